//! `tiendo remind`: reminders by e-mail to the agencies whose reports and tasks have reached a reminder of the ladder. Shows
//! them; sends them with `--send`.

mod fact;
mod said;

use std::{io::Write, sync::atomic::Ordering};

use clap::Args;

use super::{
    arguments::{Asked, Format, Shape},
    columns::Columns,
    exit::{Exit, Stop},
    mail,
    opened::wait,
    output, print,
    session::Session,
    view::View,
};
use crate::{
    domain::{
        id::ItemId,
        ladder::{ladder, reminders_due},
        plan::StepVerb,
    },
    letters::{Composed, Occasion, compose},
    runtime::{
        interrupt::asked_to_stop,
        reminders::{NotNow, Progress, Round, left_behind},
    },
    words::Words,
};
pub(in crate::cli) use fact::Printed;
use fact::{LetterFact, facts};
use said::{line, outcome, sum_up};

/// Whom to remind, and whether for real.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(long, value_name = "N")]
    level: Option<u8>,
    #[arg(long, value_name = "ID")]
    agency: Option<String>,
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
    #[arg(long, conflicts_with = "send")]
    dry_run: bool,
    #[arg(long)]
    send: bool,
    #[arg(long, short)]
    yes: bool,
    #[arg(long, value_enum, default_value_t)]
    format: Shape,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    wait(remind(session, arguments))
}

async fn remind(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let words = &session.words;
    let Arguments { agency, filter, .. } = arguments.clone();
    let asked = Asked { agency, filter, ..Asked::default() };
    let mut view = View::of(session, &asked).await?;
    if arguments.send {
        refuse(session, &view)?;
        let results = left_behind(&view.snapshot, view.today.date);
        if !results.is_empty() {
            view.opened.source.send(&results, view.opened.now).await?;
            view = View::of(session, &asked).await?;
        }
    }
    let composed = composed(session, &view, arguments.level)?;
    let mut facts = facts(&composed);
    if !arguments.send {
        show(session, &view, arguments.format, &facts, true)?;
        return Ok(Exit::Done);
    }
    let round = Round::new(
        &view.snapshot,
        view.opened.source.capabilities(),
        session.read_only,
        &session.config.mail,
        &composed,
        view.today.date,
    );
    let round = round.map_err(|why| not_now(words, why))?;
    if round.letters().is_empty() {
        show(session, &view, arguments.format, &facts, false)?;
        return Ok(Exit::Done);
    }
    let postbox = mail::postbox(session).await.map_err(|problem| mail::stop(words, &problem))?;
    if !arguments.yes {
        agree(session, &view, &facts, &round)?;
    }
    let stop = asked_to_stop()?;
    let count = round.letters().len();
    let mut told = |progress: Progress<'_>| {
        if let Progress::Ended(place, letter, ended) = progress {
            output::complain(&line(words, place, count, letter, ended));
        }
    };
    let ended = round.send(view.opened.source.as_ref(), &postbox, &session.config.mail, &stop, &mut told).await;
    for (fact, ended) in facts.iter_mut().zip(&ended) {
        let (outcome, said) = outcome(words, ended);
        fact.outcome = Some(outcome);
        fact.said = said;
    }
    if arguments.format == Shape::Json {
        show(session, &view, arguments.format, &facts, false)?;
    }
    Ok(sum_up(words, &ended, count, stop.load(Ordering::SeqCst)))
}

/// The guards that are looked at before anything else is done.
fn refuse(session: &Session, view: &View) -> anyhow::Result<()> {
    let empty = Composed::default();
    let source = view.opened.source.capabilities();
    let round = Round::new(&view.snapshot, source, session.read_only, &session.config.mail, &empty, view.today.date);
    round.map(drop).map_err(|why| not_now(&session.words, why))
}

/// The letters about what has reached a reminder.
fn composed(session: &Session, view: &View, level: Option<u8>) -> anyhow::Result<Composed> {
    let words = &session.words;
    let outline = &view.snapshot.outline;
    let ladder = ladder(&outline.plan);
    if let Some(asked) = level {
        let reminders = ladder.iter().filter(|step| step.verb == StepVerb::Remind).map(|step| step.step);
        let known: Vec<u8> = reminders.collect();
        if !known.contains(&asked) {
            let known = known.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let args = [("level", i32::from(asked).into()), ("known", known.into())];
            return Err(Stop::usage(words.with("cli-remind-no-level", &args)));
        }
    }
    // Nobody writes to themselves, unless they ask for just that.
    let seat = session.config.agency.as_ref().and_then(|id| outline.agency(id.as_str()));
    let mut items = view.items();
    items.retain(|item| view.agency.is_some() || Some(item.agency) != seat);
    let due = reminders_due(items, &outline.calendar, &ladder, view.today.date);
    let due = due.into_iter().filter(|(_, step)| level.is_none_or(|level| level == *step));
    let mut chosen: Vec<_> = due.map(|(item, step)| (item.due, item.id.clone(), step)).collect();
    // The longest overdue first, in the list and in each letter.
    chosen.sort_by_key(|(due, ..)| *due);
    let chosen: Vec<(ItemId, u8)> = chosen.into_iter().map(|(_, item, step)| (item, step)).collect();
    let language = session.config.mail.language(words.language).map_err(|problem| mail::stop(words, &problem))?;
    let of_letters = Words::new(language);
    let templates = mail::templates(session).map_err(|problem| mail::stop(words, &problem))?;
    let occasion = Occasion {
        snapshot: &view.snapshot,
        today: view.today.date,
        words: &of_letters,
        templates: &templates,
        office: &crate::letters::office(
            &session.config.mail,
            session.config.agency.as_ref(),
            &view.snapshot.outline,
            language.tag,
        ),
        answer_working_days: session.config.mail.answer_working_days,
    };
    Ok(compose(&occasion, &chosen))
}

/// Prints the mails; with their texts where they are only shown.
fn show(session: &Session, view: &View, shape: Shape, facts: &[LetterFact], dry: bool) -> anyhow::Result<()> {
    if shape == Shape::Json {
        return print::json(&Printed { sample: view.is_sample(), sent: !dry, letters: facts });
    }
    let words = &session.words;
    let mut lines = Vec::new();
    if facts.is_empty() {
        lines.push(words.get("cli-remind-none").into_owned());
    }
    lines.extend(facts.iter().filter(|fact| fact.to.is_none()).map(|fact| unreachable(words, fact)));
    print::for_a_person(session, view, ("cli-remind", &lines), facts, (Format::Table, &Columns::own()))?;
    if !dry || facts.is_empty() {
        return Ok(());
    }
    let mut out = output::out();
    for fact in facts {
        let (Some(to), Some(subject), Some(text)) = (&fact.to, &fact.subject, &fact.text) else { continue };
        let to = words.with("letter-to", &[("name", fact.name.as_str().into()), ("email", to.as_str().into())]);
        let subject = words.with("letter-subject", &[("subject", subject.as_str().into())]);
        writeln!(out, "\n{}\n{to}\n{subject}\n\n{}", "─".repeat(40), text.trim_end())?;
    }
    writeln!(out, "\n{}", words.get("cli-remind-dry"))?;
    Ok(output::finish(out)?)
}

fn unreachable(words: &Words, fact: &LetterFact) -> String {
    let (agency, count) = (("agency", fact.name.as_str().into()), ("count", fact.items.len().into()));
    match &fact.said {
        Some(email) => words.with("cli-remind-bad-address", &[agency, count, ("email", email.as_str().into())]),
        None => words.with("cli-remind-unreachable", &[agency, count]),
    }
}

/// Shows what would be sent and asks; no is the default, and nobody there is a no.
fn agree(session: &Session, view: &View, facts: &[LetterFact], round: &Round) -> anyhow::Result<()> {
    let words = &session.words;
    if !output::is_somebody_there() {
        return Err(Stop::with(Exit::Refused, words.get("cli-remind-nobody")));
    }
    show(session, view, Shape::Table, facts, false)?;
    let counts = [("count", round.letters().len().into()), ("items", round.items().into())];
    if output::agreed(&words.with("cli-remind-question", &counts))? {
        return Ok(());
    }
    Err(Stop::with(Exit::Refused, words.get("cli-remind-declined")))
}

fn not_now(words: &Words, why: NotNow) -> anyhow::Error {
    let said = match why {
        NotNow::Sample => words.get("cli-remind-sample").into_owned(),
        NotNow::ReadOnly => words.get("cli-read-only").into_owned(),
        NotNow::NoJournal => words.get("cli-remind-cannot").into_owned(),
        NotNow::OverCap { count, cap } => words.with("cli-remind-cap", &[("count", count.into()), ("cap", cap.into())]),
    };
    Stop::with(Exit::Refused, said)
}
