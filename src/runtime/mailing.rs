//! The dashboard's reminders by e-mail: letters are written for what was chosen, shown, and sent in a task of their own that
//! tells of each as a fact. How one is claimed and recorded is in `reminders.rs`.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::mpsc::{Sender, UnboundedSender, unbounded_channel},
    task::JoinHandle,
    time::timeout,
};

use super::reminders::{Ended, NotNow, Progress, Round};
use crate::{
    app::{
        mail::{Posted, Preview},
        model::Model,
        msg::Msg,
    },
    domain::{
        entry::Outcome,
        id::{AgencyId, ItemId},
        sentence::{Part, Sentence, Word},
        text::Text,
    },
    letters::{self, Letter, MailSettings, Occasion, Postbox, Templates, compose},
    sources::Source,
    words::{self, Words},
};

/// How long leaving waits for the letter under way.
const PATIENCE: Duration = Duration::from_secs(45);

/// What reminders by e-mail take.
#[derive(Debug)]
pub struct Mailing {
    /// The settings.
    pub settings: MailSettings,
    /// The wording.
    pub templates: Templates,
    /// The agency at whose desk one sits.
    pub seat: Option<AgencyId>,
    /// Looks an environment variable up, for the secret.
    pub variable: fn(&str) -> Option<String>,
}

/// Writes letters, and sends those last written.
pub(super) struct Mailer {
    mailing: Option<Arc<Mailing>>,
    source: Arc<dyn Source>,
    facts: Sender<Msg>,
    round: Option<Round>,
    stop: Arc<AtomicBool>,
    task: Option<JoinHandle<()>>,
}

impl Mailer {
    pub(super) fn new(mailing: Option<Mailing>, source: Arc<dyn Source>, facts: Sender<Msg>) -> Self {
        Mailer { mailing: mailing.map(Arc::new), source, facts, round: None, stop: Arc::default(), task: None }
    }

    /// The letters about `items`, as they will be sent.
    pub(super) fn compose(&mut self, model: &Model, items: &[(ItemId, u8)]) -> Preview {
        let refused = |why: &'static str| Preview { refused: Some(Sentence::new(why)), ..Preview::default() };
        let (Some(mailing), Some(snapshot)) = (&self.mailing, &model.snapshot) else {
            return refused("mail-not-set-up");
        };
        let settings = &mailing.settings;
        let shown = words::language(model.language()).unwrap_or(&words::LANGUAGES[0]);
        let words = Words::new(settings.language(shown).unwrap_or(shown));
        let office = letters::office(settings, mailing.seat.as_ref(), &snapshot.outline, words.language.tag);
        let occasion = Occasion {
            snapshot,
            today: model.today.date,
            words: &words,
            templates: &mailing.templates,
            office: &office,
            answer_working_days: settings.answer_working_days,
        };
        let composed = compose(&occasion, items);
        let read_only = model.read_only().is_some();
        match Round::new(snapshot, self.source.capabilities(), read_only, settings, &composed, model.today.date) {
            Err(why) => Preview { refused: Some(not_now(why)), ..Preview::default() },
            Ok(round) => {
                let lines = |letter: &Letter| letter.preview(&words).lines().map(Text::new).collect();
                let letters = composed.letters.iter().map(lines).collect();
                let unreachable = composed.unreachable.iter().map(|agency| agency.name.clone()).collect();
                let items = round.items();
                self.round = Some(round);
                Preview { letters, items, unreachable, refused: None }
            }
        }
    }

    /// Sends the letters last written, once.
    pub(super) fn send(&mut self) {
        let (Some(mailing), Some(round)) = (self.mailing.clone(), self.round.take()) else { return };
        self.stop = Arc::default();
        let (source, facts, stop) = (Arc::clone(&self.source), self.facts.clone(), Arc::clone(&self.stop));
        self.task = Some(tokio::spawn(async move {
            let why = deliver(&mailing, &round, source.as_ref(), &facts, &stop).await.err();
            // Nobody listens any more: the program is ending.
            let _ = facts.send(Msg::MailEnded(why)).await;
        }));
    }

    /// Sends no further letter.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::SeqCst);
    }

    /// Sends no further letter, and waits until what became of the one under way is recorded, though not for ever.
    pub(super) async fn finish(self) {
        self.stop();
        if let Some(task) = self.task {
            let _ = timeout(PATIENCE, task).await;
        }
    }
}

async fn deliver(
    mailing: &Mailing,
    round: &Round,
    source: &dyn Source,
    facts: &Sender<Msg>,
    stop: &AtomicBool,
) -> Result<(), Sentence> {
    let settings = &mailing.settings;
    let unusable = |problem: letters::Problem| Sentence::new("mail-unusable").with("why", problem.sentence());
    settings.check().map_err(unusable)?;
    let secret = letters::secret(settings, &mailing.variable).await.map_err(unusable)?;
    let postbox = Postbox::new(settings, secret).map_err(unusable)?;
    let (told, mut telling) = unbounded_channel::<Posted>();
    let pass_on = async {
        while let Some(posted) = telling.recv().await {
            let _ = facts.send(Msg::MailPosted(posted)).await;
        }
    };
    let send = async {
        let told: UnboundedSender<Posted> = told;
        let mut tell = |progress: Progress<'_>| {
            if let Progress::Ended(_, letter, ended) = progress {
                let items = letter.items.iter().map(|(item, _)| item.clone()).collect();
                let sent = ended.outcome() == Some(Outcome::Sent);
                let _ = told.send(Posted { agency: letter.name.clone(), items, sent, said: said(ended) });
            }
        };
        round.send(source, &postbox, settings, stop, &mut tell).await
    };
    tokio::join!(send, pass_on);
    Ok(())
}

/// What became of a letter.
fn said(ended: &Ended) -> Part {
    match ended {
        Ended::Refused(refusal) => refusal.sentence().into(),
        Ended::Unclaimed(failure) => failure.why().clone().into(),
        Ended::Unwritten(problem) => problem.sentence().into(),
        Ended::Posted { delivery, .. } => {
            let word = match delivery.outcome {
                Outcome::Sent => return Word("outcome-sent").into(),
                Outcome::Uncertain | Outcome::Claimed => Word("outcome-uncertain"),
                Outcome::Failed => Word("outcome-failed"),
            };
            let phase = Part::Word(format!("mail-phase-{}", delivery.phase.as_str()).into());
            let why = Sentence::new("mail-said").with("phase", phase).with("said", delivery.said.as_str());
            Sentence::new("mail-outcome").with("outcome", word).with("why", why).into()
        }
    }
}

fn not_now(why: NotNow) -> Sentence {
    match why {
        NotNow::Sample => Sentence::new("refusal-sample"),
        NotNow::ReadOnly => Sentence::new("read-only-asked"),
        NotNow::NoJournal => Sentence::new("read-only-source"),
        NotNow::OverCap { count, cap } => Sentence::new("mail-over-cap").with("count", count).with("cap", cap),
    }
}
