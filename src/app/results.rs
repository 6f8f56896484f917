//! What became of an act: item by item, and what is said of it. What was not done stays marked and can be tried again.

use super::{act::Act, asked, dialog, form::Form, lists, messages::Level, model::Model};
use crate::{
    domain::{
        answer::Admission,
        check::Refusal,
        deed::{Deed, Field},
        entry::Entry,
        failure::Failure,
        id::{ItemId, ItemName},
        item::{Item, Subject},
        sentence::{Part, Sentence, Word},
        text::Text,
        waiting::{Acted, Withdrawal},
    },
    panels::{PanelId, RowKey},
};

/// What became of an act on one item.
#[derive(Clone, Debug, PartialEq)]
pub enum Became {
    /// It is in the journal.
    Done,
    /// It is on disk and will be sent.
    Queued,
    /// It was taken back before it was sent.
    Withdrawn,
    /// It is on its way, or was: it cannot be taken back before the source has answered.
    Uncertain,
    /// Somebody else acted meanwhile; this is what they did.
    Conflict(Box<Entry>),
    /// The rules do not let it.
    Refused(Refusal),
    /// What was filled in does not fit this item.
    Unfit(Field),
    /// It did not get anywhere.
    Failed(Failure),
}

impl Became {
    /// Was it done, as far as it can be now?
    pub fn is_good(&self) -> bool {
        match self {
            Became::Done | Became::Queued | Became::Withdrawn => true,
            Became::Uncertain | Became::Conflict(_) | Became::Refused(_) | Became::Unfit(_) | Became::Failed(_) => {
                false
            }
        }
    }
}

/// The entries that were taken in: done, or queued.
pub fn taken_in(entries: &[Entry], result: &Result<Vec<Acted>, Failure>) -> Vec<Entry> {
    let is_in = |acted: &Acted| match acted {
        Acted::Queued | Acted::Answered(Admission::Applied { .. } | Admission::Replayed { .. }) => true,
        Acted::Answered(Admission::Conflict { .. } | Admission::Refused(_)) | Acted::NotTaken(_) | Acted::Withdrawn => {
            false
        }
    };
    let answers = result.as_ref().map_or(&[][..], Vec::as_slice);
    entries.iter().zip(answers).filter(|(_, acted)| is_in(acted)).map(|(entry, _)| entry.clone()).collect()
}

/// What became of each item: the first of its entries that was not taken in decides. Beside it the entries that were queued.
pub fn became(entries: Vec<Entry>, result: Result<Vec<Acted>, Failure>) -> (Vec<(ItemId, Became)>, Vec<Entry>) {
    let (mut results, mut queued): (Vec<(ItemId, Became)>, Vec<Entry>) = Default::default();
    for (place, entry) in entries.into_iter().enumerate() {
        let became = match &result {
            Ok(answers) => match answers.get(place) {
                Some(Acted::Queued) => Became::Queued,
                Some(Acted::Withdrawn) => Became::Withdrawn,
                Some(Acted::NotTaken(why)) => {
                    Became::Failed(Failure::Refused(Sentence::new("result-not-taken").with("why", why)))
                }
                Some(Acted::Answered(Admission::Applied { .. } | Admission::Replayed { .. })) => Became::Done,
                Some(Acted::Answered(Admission::Conflict { stands })) => Became::Conflict(stands.clone()),
                Some(Acted::Answered(Admission::Refused(refusal))) => Became::Refused(refusal.clone()),
                None => Became::Refused(Refusal::NoSuchItem { item: entry.item.clone() }),
            },
            Err(failure) => Became::Failed(failure.clone()),
        };
        let is_queued = became == Became::Queued;
        match results.iter_mut().find(|(item, _)| *item == entry.item) {
            Some((_, first)) if first.is_good() => *first = became,
            Some(_) => {}
            None => results.push((entry.item.clone(), became)),
        }
        if is_queued {
            queued.push(entry);
        }
    }
    (results, queued)
}

/// What became of each item on which something was to be taken back before it is sent.
pub fn withdrawn(answers: impl IntoIterator<Item = (ItemId, Withdrawal)>) -> Vec<(ItemId, Became)> {
    let mut results: Vec<(ItemId, Became)> = Vec::new();
    for (item, answer) in answers {
        let became = match answer {
            Withdrawal::Withdrawn => Became::Withdrawn,
            Withdrawal::Sent => Became::Uncertain,
            Withdrawal::Depended(by) => Became::Refused(Refusal::Depended { by }),
        };
        match results.iter_mut().find(|(known, _)| *known == item) {
            Some((_, first)) if *first == Became::Withdrawn => *first = became,
            Some(_) => {}
            None => results.push((item, became)),
        }
    }
    results
}

/// Says what became of an act, and keeps it to be read; `did` says that it was done.
pub fn tell(model: &mut Model, what: Act, did: Part, results: Vec<(ItemId, Became)>) {
    let (done, not): (Vec<_>, Vec<_>) = results.iter().partition(|(_, became)| became.is_good());
    for (id, _) in &done {
        model.marks.remove(&RowKey::Item(id.clone()));
    }
    // A step taken back is looked at again.
    let leading = model.leading();
    if let (Act::Undo | Act::Redo, Some((id, _)), true) =
        (what, done.first(), !matches!(leading, PanelId::Journal | PanelId::Matrix))
    {
        let list = &mut model.lists[leading as usize];
        list.selected = Some(RowKey::Item((*id).clone()));
        list.outdated(lists::Level::Filter);
    }
    let waits = done.iter().any(|(_, became)| *became == Became::Queued);
    let withdrawn = done.iter().all(|(_, became)| *became == Became::Withdrawn);
    let (one, many) = match (waits, withdrawn) {
        (true, _) => ("said-queued", "said-queued-many"),
        (false, true) => ("said-withdrawn", "said-withdrawn-many"),
        (false, false) => ("said-acted", "said-acted-many"),
    };
    let (level, said) = match (done.as_slice(), not.as_slice()) {
        ([], []) => return,
        ([], _) if not.iter().all(|(_, became)| *became == Became::Refused(Refusal::Sent)) => {
            (Level::Error, Sentence::new("said-mail-is-sent"))
        }
        ([], [(_, became)]) => (Level::Error, Sentence::new("said-not-possible").with("why", why_not(became))),
        ([(id, _)], []) => (Level::Info, Sentence::new(one).with("item", name(model, id))),
        (done, []) => (Level::Info, Sentence::new(many).with("count", done.len())),
        (done, not) => {
            let said = Sentence::new("said-acted-some").with("count", done.len());
            (Level::Error, said.with("not", not.len()))
        }
    };
    let said = said.with("what", if done.is_empty() { what.word().into() } else { did });
    let is_mail = not.iter().any(|(_, became)| *became == Became::Refused(Refusal::Sent));
    let (several, failed) = (results.len() > 1, !not.is_empty());
    if several && matches!(what, Act::Deed(_)) {
        model.marks.extend(not.iter().map(|(id, _)| RowKey::Item(id.clone())));
    }
    let recalled = not.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>();
    model.say(level, said);
    model.triage.results = results;
    if is_mail {
        model.form = Some(Form::new(model, Deed::Note, recalled, Vec::new()));
    } else if several && failed {
        dialog::open(model, dialog::Kind::Results);
    }
}

/// Why something was not done, in words.
pub fn why_not(became: &Became) -> Part {
    match became {
        Became::Done => Word("result-done").into(),
        Became::Queued => Word("result-queued").into(),
        Became::Withdrawn => Word("result-withdrawn").into(),
        Became::Uncertain => Word("result-uncertain").into(),
        Became::Conflict(_) => Word("result-conflict").into(),
        Became::Refused(refusal) => why(refusal),
        Became::Unfit(field) => asked::field_word(*field).into(),
        Became::Failed(failure) => failure.why().clone().into(),
    }
}

/// That a deed leaves items out, and why the first of them.
pub fn left_out(model: &Model, id: &ItemId, refusal: &Refusal, count: usize) -> Sentence {
    Sentence::new("form-left-out").with("count", count).with("item", name(model, id)).with("why", why(refusal))
}

/// A refusal in words.
pub fn why(refusal: &Refusal) -> Part {
    refusal.sentence().into()
}

/// An item as it is named in a notice: who, and what.
pub fn name(model: &Model, id: &ItemId) -> Part {
    let item = model.snapshot.as_ref().and_then(|snapshot| snapshot.item(id));
    let named = || duty_name(model, id).unwrap_or_else(|| Text::new(id.as_str()));
    Part::Text(item.map_or_else(named, |item| item_name(model, item)))
}

/// The name of a duty, where cases are opened.
fn duty_name(model: &Model, id: &ItemId) -> Option<Text> {
    let Some(ItemName::Duty(duty)) = id.name() else { return None };
    let outline = &model.snapshot.as_ref()?.outline;
    let duty = outline.plan.duties.get(outline.duty(duty)? as usize)?;
    Some(Text::new(duty.title.get(model.language())))
}

/// Who answers for an item, and what it is.
pub fn item_name(model: &Model, item: &Item) -> Text {
    let (Some(snapshot), language) = (&model.snapshot, model.language()) else { return Text::new(item.id.as_str()) };
    let outline = &snapshot.outline;
    let plan = &outline.plan;
    let title = match item.subject {
        Subject::Task(task) => plan.tasks.get(task as usize).map(|task| &task.title),
        Subject::Report { duty, .. } => plan.duties.get(duty as usize).map(|duty| &duty.title),
        Subject::Milestone { campaign, milestone } => {
            let campaign = plan.campaigns.get(campaign as usize);
            campaign.and_then(|campaign| campaign.milestones.get(milestone as usize)).map(|milestone| &milestone.title)
        }
    };
    let agency = outline.agencies.get(item.agency as usize).map_or("", |agency| agency.label(language));
    Text::new(&format!("{agency} · {}", title.map_or(item.id.as_str(), |title| title.get(language))))
}
