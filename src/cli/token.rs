//! `tiendo token add|list|revoke`: who may use the shared ledger, as what. A token is shown once, on the standard output; what
//! is to be known about it, on the error output.

use std::io::Write;

use clap::{Args, Subcommand, builder::PossibleValuesParser};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    arguments::Shape,
    day,
    exit::{Exit, Stop},
    opened::wait,
    output,
    session::Session,
    shelf::{self, Shelf},
    table::{self, Align},
};
use crate::{
    domain::{
        access::{Role, Token},
        calendar::end_of_day,
        id::{ActorId, AgencyId},
        nearest::nearest,
        sentence::Sentence,
    },
    server::secret,
};

/// The longest name.
const LONGEST: usize = 64;

#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    deed: Deed,
    #[arg(long, global = true, value_name = "STORE")]
    store: Option<String>,
}

#[derive(Clone, Debug, Subcommand)]
enum Deed {
    Add(Add),
    List(List),
    Revoke(Revoke),
}

#[derive(Clone, Debug, Args)]
struct Add {
    #[arg(value_name = "NAME")]
    name: String,
    #[arg(long, value_parser = PossibleValuesParser::new(Role::ALL.map(Role::as_str)))]
    role: String,
    #[arg(long, value_name = "ID")]
    agency: Option<String>,
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    expires: Option<String>,
}

#[derive(Clone, Debug, Args)]
struct List {
    #[arg(long, value_enum, default_value_t)]
    format: Shape,
}

#[derive(Clone, Debug, Args)]
struct Revoke {
    #[arg(value_name = "NAME")]
    name: String,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let reads = matches!(arguments.deed, Deed::List(_));
    if session.read_only && !reads {
        return Err(Stop::with(Exit::Refused, session.words.get("cli-read-only")));
    }
    wait(async {
        let shelf = shelf::open(session, arguments.store.as_deref()).await?;
        match &arguments.deed {
            Deed::Add(add) => give(session, &shelf, add).await,
            Deed::List(list) => show(session, &shelf, list).await,
            Deed::Revoke(revoke) => take_back(session, &shelf, revoke).await,
        }
    })
}

async fn give(session: &Session, shelf: &Shelf, add: &Add) -> anyhow::Result<Exit> {
    let words = &session.words;
    let usage = |id: &'static str| Stop::usage(words.get(id));
    let is_name = |letter: char| letter.is_alphanumeric() || "-._@".contains(letter);
    if add.name.is_empty() || add.name.chars().count() > LONGEST || !add.name.chars().all(is_name) {
        return Err(usage("cli-token-name"));
    }
    // clap let no other word through.
    let role = Role::ALL.into_iter().find(|role| role.as_str() == add.role).unwrap_or(Role::Viewer);
    if (role == Role::Agency) != add.agency.is_some() {
        return Err(usage("cli-token-agency"));
    }
    let agency = match &add.agency {
        Some(id) => Some(agency(session, shelf, id).await?),
        None => None,
    };
    let now = Timestamp::now();
    let expires = add.expires.as_deref().map(|typed| {
        let until = until(typed, now).filter(|until| *until > now);
        until.ok_or_else(|| Stop::usage(words.with("cli-token-expires", &[("typed", typed.into())])))
    });
    let made = secret::make()?;
    let token = Token {
        name: ActorId::from(add.name.as_str()),
        role,
        agency,
        hash: made.hash,
        created: now,
        expires: expires.transpose()?,
        last_used: None,
        revoked: None,
    };
    shelf.ledger.add_token(&token).await?;
    let role = words.get(&format!("role-{}", role.as_str())).into_owned();
    output::complain(&words.with("cli-token-shown", &[("name", add.name.as_str().into()), ("role", role.into())]));
    let mut out = output::out();
    writeln!(out, "{}", made.token)?;
    output::finish(out)?;
    Ok(Exit::Done)
}

/// The agency of that id in any of the plans.
async fn agency(session: &Session, shelf: &Shelf, id: &str) -> anyhow::Result<AgencyId> {
    let mut known = Vec::new();
    for head in shelf.ledger.plans().await? {
        let agencies = shelf.ledger.snapshot(&head.id).await?.outline.agencies;
        known.extend(agencies.into_iter().map(|agency| agency.id));
    }
    known.iter().find(|agency| agency.as_str() == id).cloned().ok_or_else(|| {
        let near = nearest(id, known.iter().map(AgencyId::as_str));
        Stop::usage(session.words.say(&Sentence::new("cli-no-such-agency").with("agency", id).near(near)))
    })
}

/// The end of the day `typed` means, on this machine.
fn until(typed: &str, now: Timestamp) -> Option<Timestamp> {
    let zone = TimeZone::system();
    let today = now.to_zoned_datetime(zone.clone()).date();
    let day = match typed.strip_prefix('+') {
        Some(days) => today.checked_add(days.parse::<i32>().ok()?.days()).ok()?,
        None => day::date(typed, today)?,
    };
    end_of_day(day, &zone)
}

async fn take_back(session: &Session, shelf: &Shelf, revoke: &Revoke) -> anyhow::Result<Exit> {
    let words = &session.words;
    let named = [("name", revoke.name.as_str().into())];
    let name = ActorId::from(revoke.name.as_str());
    if !shelf.ledger.revoke_token(&name, Timestamp::now()).await? {
        return Err(Stop::with(Exit::Refused, words.with("cli-token-unknown", &named)));
    }
    output::complain(&words.with("cli-token-revoked", &named));
    Ok(Exit::Done)
}

async fn show(session: &Session, shelf: &Shelf, list: &List) -> anyhow::Result<Exit> {
    let (words, tokens) = (&session.words, shelf.ledger.tokens().await?);
    let mut out = output::out();
    match list.format {
        Shape::Json => {
            let said: Vec<TokenFact> = tokens.iter().map(TokenFact::of).collect();
            writeln!(out, "{}", serde_json::to_string_pretty(&said)?)?;
        }
        Shape::Table if tokens.is_empty() => writeln!(out, "{}", words.get("cli-token-none"))?,
        Shape::Table => {
            let now = Timestamp::now();
            let columns = ["name", "role", "agency", "created", "expires", "used", "state"];
            let heading = |column: &str| words.get(&format!("cli-token-column-{column}")).into_owned();
            let headings = columns.map(|column| (heading(column), Align::Left, false));
            let rows: Vec<Vec<String>> = tokens.iter().map(|token| row(session, token, now)).collect();
            table::plain(&mut out, &headings, &rows, (usize::MAX, "…"))?;
        }
    }
    output::finish(out)?;
    Ok(Exit::Done)
}

fn row(session: &Session, token: &Token, now: Timestamp) -> Vec<String> {
    let words = &session.words;
    let day = |instant: Option<Timestamp>| {
        instant.map_or("–".into(), |instant| words.date(instant.to_zoned_datetime(TimeZone::system()).date()))
    };
    let state = match token {
        Token { revoked: Some(_), .. } => "cli-token-ended",
        token if token.is_expired(now) => "cli-token-over",
        _ => "cli-token-holds",
    };
    vec![
        token.name.to_string(),
        words.get(&format!("role-{}", token.role.as_str())).into_owned(),
        token.agency.as_ref().map_or("–".into(), ToString::to_string),
        day(Some(token.created)),
        day(token.expires),
        day(token.last_used),
        words.get(state).into_owned(),
    ]
    .into_iter()
    .map(|text| session.signs(text))
    .collect()
}

/// A token as it is printed, without what it is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TokenFact {
    name: ActorId,
    role: Role,
    agency: Option<AgencyId>,
    #[schemars(schema_with = "crate::domain::schema::instant")]
    created: Timestamp,
    #[schemars(schema_with = "crate::domain::schema::optional_instant")]
    expires: Option<Timestamp>,
    #[schemars(schema_with = "crate::domain::schema::optional_instant")]
    last_used: Option<Timestamp>,
    #[schemars(schema_with = "crate::domain::schema::optional_instant")]
    revoked: Option<Timestamp>,
}

impl TokenFact {
    fn of(token: &Token) -> Self {
        let Token { name, role, agency, hash: _, created, expires, last_used, revoked } = token.clone();
        TokenFact { name, role, agency, created, expires, last_used, revoked }
    }
}
