//! `tiendo digest`: what became overdue, what arrived, what is due soon, what the ladder proposes today; for a person's eyes
//! once a day, as text, Markdown, or an HTML mail. `fact.rs` has what is told, `paper.rs` how it is worded, `text.rs` and
//! `html.rs` how that is written down.

mod fact;
mod html;
mod paper;
mod text;

use std::io::Write as _;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use uuid::Uuid;

use super::{
    arguments::Asked,
    changes,
    exit::{Exit, Stop},
    mail,
    opened::wait,
    output, print,
    session::Session,
    view::View,
};
use crate::{
    domain::{
        changes::{Asked as Wanted, Changes, since},
        digest::{self, Digest},
        entry::Outcome,
        id::AgencyId,
        ladder::ladder,
        look::Look,
        text::Text,
    },
    letters::{Letter, Message},
};
use fact::DigestFact;
use paper::Paper;

pub(in crate::cli) use fact::DigestFact as Printed;

/// What is told, of when, how.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(long, value_name = "SINCE", default_value = "1d")]
    since: String,
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(..=250))]
    due_within: u16,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[arg(long, value_name = "DATE")]
    at: Option<String>,
    #[arg(long, value_name = "ID")]
    agency: Option<String>,
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
    #[arg(long)]
    quiet_if_nothing: bool,
    #[arg(long)]
    fail_if_any: bool,
    #[arg(long, value_name = "ADDRESS")]
    mail: Option<String>,
}

/// How it is written down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    #[value(alias = "md")]
    Markdown,
    Html,
    Json,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    wait(tell(session, arguments))
}

async fn tell(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let asked = Asked {
        at: arguments.at.clone(),
        agency: arguments.agency.clone(),
        filter: arguments.filter.clone(),
        fail_if_any: arguments.fail_if_any,
        ..Asked::default()
    };
    let view = View::of(session, &asked).await?;
    let (fact, nothing) = found(session, &view, arguments).await?;
    if nothing && arguments.quiet_if_nothing {
        return Ok(asked.exit(&view, false));
    }
    let paper = Paper::of(session, &view, &fact);
    if let Some(address) = &arguments.mail {
        post(session, &view, &paper, address).await?;
        return Ok(asked.exit(&view, !nothing));
    }
    let mut out = output::out();
    match arguments.format {
        Format::Json => print::json(&fact)?,
        Format::Text => write!(out, "{}", text::plain(&paper))?,
        Format::Markdown => write!(out, "{}", text::markdown(&paper)?)?,
        Format::Html => write!(out, "{}", html::page(&paper))?,
    }
    output::finish(out)?;
    Ok(asked.exit(&view, !nothing))
}

/// What there is to tell; and whether that is nothing.
async fn found(session: &Session, view: &View, arguments: &Arguments) -> anyhow::Result<(DigestFact, bool)> {
    let look = changes::look(session, view, &arguments.since).await?;
    if look.is_none() {
        output::complain(&session.words.get("cli-changes-never"));
    }
    let changes = match look {
        Some(look) => changed(session, view, look).await?,
        None => Changes::default(),
    };
    let outline = &view.snapshot.outline;
    let ladder = ladder(&outline.plan);
    // Nobody writes to themselves, unless they ask for just that.
    let seat = session.config.agency.as_ref().and_then(|id| outline.agency(id.as_str()));
    let asked = digest::Asked {
        changes: &changes,
        today: view.today,
        within: arguments.due_within,
        ladder: &ladder,
        seat: seat.filter(|_| view.agency.is_none()),
    };
    let items = view.items();
    let digest = Digest::of(&items, &outline.calendar, asked);
    let fact = DigestFact::of(session, view, &digest, look, arguments.due_within);
    Ok((fact, digest.is_empty()))
}

/// What changed, by whomever: who reads it need not be who did it.
async fn changed(session: &Session, view: &View, look: Look) -> anyhow::Result<Changes> {
    // A source without a journal tells no more than time does.
    let entries = match view.opened.source.capabilities().journal {
        true => changes::entries(view, look).await?,
        false => Vec::new(),
    };
    let soon = session.config.due_soon_working_days;
    let wanted = Wanted { look, until: Some(view.at), me: None, today: view.today, soon };
    Ok(since(&view.snapshot, &entries, wanted))
}

/// Mails it, once; the sample is mailed to nobody.
async fn post(session: &Session, view: &View, paper: &Paper, address: &str) -> anyhow::Result<()> {
    let words = &session.words;
    if view.is_sample() {
        return Err(Stop::with(Exit::Refused, words.get("cli-remind-sample")));
    }
    let letter = Letter {
        agency: AgencyId::from(""),
        name: Text::new(address),
        to: Text::new(address),
        level: 0,
        items: Vec::new(),
        subject: Text::new(&paper.subject),
        text: text::plain(paper),
        html: html::page(paper),
    };
    let settings = &session.config.mail;
    let stop = |problem| mail::stop(words, &problem);
    let postbox = mail::postbox(session).await.map_err(stop)?;
    let message = Message::of(&letter, settings, Uuid::now_v7(), Timestamp::now()).map_err(stop)?;
    let delivery = postbox.post(&message).await;
    let phase = words.get(&format!("mail-phase-{}", delivery.phase.as_str())).into_owned();
    let said = words.with("mail-said", &[("phase", phase.into()), ("said", delivery.said.as_str().into())]);
    let args = [("email", address.into()), ("said", said.into())];
    match delivery.outcome {
        Outcome::Sent => {
            output::complain(&words.with("cli-digest-sent", &args));
            Ok(())
        }
        Outcome::Failed => Err(Stop::with(Exit::Failed, words.with("cli-digest-failed", &args))),
        Outcome::Uncertain | Outcome::Claimed => {
            Err(Stop::with(Exit::Failed, words.with("cli-digest-uncertain", &args)))
        }
    }
}
