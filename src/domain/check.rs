//! [`check`]: may this entry be admitted? Asked once, by the ledger. What it then does is in `fold.rs`.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    entry::{Entry, Verb},
    id::{EntryId, ItemId},
    item::{Item, Kind},
    outline::Outline,
    status::Base,
    text::Text,
    verbs::{Need, rule},
};

/// Why an entry is not admitted. The words for a person are in `config/lang` under `refusal-…`.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "why")]
pub enum Refusal {
    /// The plan has no such item.
    #[error("the plan has no item {item}")]
    NoSuchItem {
        /// The item asked for.
        item: ItemId,
    },
    /// The verb is not said of items of this kind.
    #[error("`{verb}` is not said of a {}", kind.as_str())]
    NotOfKind {
        /// The verb.
        verb: Text,
        /// The item's kind.
        kind: Kind,
    },
    /// The item is in a state the verb is not possible in.
    #[error("`{verb}` is not possible while it is {}", base.as_str())]
    NotInState {
        /// The verb.
        verb: Text,
        /// The item's state.
        base: Base,
    },
    /// Something the verb needs is missing or out of range.
    #[error("`{field}` is missing or out of range")]
    Needs {
        /// The field of the entry.
        field: Text,
    },
    /// The new date is not after the one in force.
    #[error("the new date is not later than the one in force")]
    NotLater,
    /// No extension was asked for.
    #[error("no extension was asked for")]
    NothingRequested,
    /// The agency does not owe this duty.
    #[error("the agency does not owe this duty")]
    NotOwed,
    /// Somebody else acted since: the last entry that stands.
    #[error("somebody else acted meanwhile: entry {stands}")]
    Conflict {
        /// The entry that stands.
        stands: EntryId,
    },
    /// What the actor had seen last was taken back since.
    #[error("entry {entry} was taken back meanwhile")]
    TakenBack {
        /// The entry that no longer stands.
        entry: EntryId,
    },
    /// The entry to reverse is not there, or is reversed already.
    #[error("there is no such entry to reverse")]
    NothingToReverse,
    /// A later entry rests on the one to reverse.
    #[error("entry {by} rests on it")]
    Depended {
        /// The later entry.
        by: EntryId,
    },
    /// A sent e-mail cannot be taken back.
    #[error("a sent e-mail cannot be taken back")]
    Sent,
    /// The id was used for another entry.
    #[error("the id was used for another entry")]
    IdReused,
}

/// May `entry` be said of `item` as it stands? Conflicts, then the table of verbs, then what the verb must bring.
pub fn check(item: &Item, entry: &Entry) -> Result<(), Refusal> {
    let verb = || Text::new(entry.verb.as_str());
    if matches!(entry.verb, Verb::Unknown(_)) {
        return Ok(());
    }
    let Some(rule) = rule(&entry.verb) else {
        return Err(Refusal::NotOfKind { verb: verb(), kind: item.kind() });
    };
    if !rule.kinds.contains(&item.kind()) {
        return Err(Refusal::NotOfKind { verb: verb(), kind: item.kind() });
    }
    check_seen(item, entry)?;
    if !rule.from.contains(&item.state.base) {
        return Err(Refusal::NotInState { verb: verb(), base: item.state.base });
    }
    if let Some(missing) = rule.needs.iter().find(|need| !brings(entry, **need)) {
        return Err(Refusal::Needs { field: missing.field().into() });
    }
    let asks_for_time = matches!(entry.verb, Verb::Extend | Verb::RequestExtension);
    if asks_for_time && item.due.is_some() && entry.until <= item.due {
        return Err(Refusal::NotLater);
    }
    if entry.verb == Verb::Decline && item.state.requested.is_none() {
        return Err(Refusal::NothingRequested);
    }
    Ok(())
}

/// What does not commute must have been said in view of the last such entry that stands. A reversal needs no such check:
/// it is refused where anything rests on what it takes back.
fn check_seen(item: &Item, entry: &Entry) -> Result<(), Refusal> {
    match (item.state.last, entry.expects) {
        _ if entry.verb.commutes() => Ok(()),
        (Some(stands), seen) if seen != Some(stands) => Err(Refusal::Conflict { stands }),
        (None, Some(entry)) => Err(Refusal::TakenBack { entry }),
        (Some(_), _) | (None, None) => Ok(()),
    }
}

/// May a case be opened by `entry`, an `open` on a duty?
pub fn check_open(outline: &Outline, entry: &Entry) -> Result<(), Refusal> {
    let no_such_item = || Refusal::NoSuchItem { item: entry.item.clone() };
    let Some(super::id::ItemName::Duty(duty)) = entry.item.name() else { return Err(no_such_item()) };
    let duty = outline.duty(duty).ok_or_else(no_such_item)?;
    let Some(agency) = entry.agency.as_ref() else { return Err(Refusal::Needs { field: "agency".into() }) };
    let ad_hoc = outline.plan.duties.get(duty as usize).is_some_and(|duty| duty.within.is_some());
    let owed = outline.agency(agency.as_str()).is_some_and(|agency| outline.owing(duty).contains(&agency));
    if ad_hoc && owed { Ok(()) } else { Err(Refusal::NotOwed) }
}

impl Need {
    /// The entry's field it means.
    pub fn field(self) -> &'static str {
        match self {
            Need::Until => "until",
            Need::Reason => "reason",
            Need::Percent => "percent",
            Need::Note => "note",
            Need::To => "to",
            Need::Level => "level",
        }
    }
}

fn brings(entry: &Entry, need: Need) -> bool {
    let said = |text: &Option<Text>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    match need {
        Need::Until => entry.until.is_some(),
        Need::Reason => said(&entry.reason),
        Need::Percent => entry.percent.is_some_and(|percent| percent <= 100),
        Need::Note => said(&entry.note),
        Need::To => said(&entry.to),
        Need::Level => entry.level.is_some(),
    }
}
