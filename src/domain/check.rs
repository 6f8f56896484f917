//! [`check`]: may this entry be admitted? Asked once, by the ledger. What it then does is in `fold.rs`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    entry::{Entry, Verb},
    id::{EntryId, ItemId},
    item::{Item, Kind},
    mailing::{is_claim, is_result},
    outline::Outline,
    sentence::{Part, Sentence},
    status::Base,
    text::Text,
    verbs::{Need, rule},
};

/// Why an entry is not admitted. What it says to a person is [`Refusal::sentence`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "why")]
pub enum Refusal {
    /// The plan has no such item.
    NoSuchItem {
        /// The item asked for.
        item: ItemId,
    },
    /// The verb is not said of items of this kind.
    NotOfKind {
        /// The verb.
        verb: Text,
        /// The item's kind.
        kind: Kind,
    },
    /// The item is in a state the verb is not possible in.
    NotInState {
        /// The verb.
        verb: Text,
        /// The item's state.
        base: Base,
        /// The item's kind, where it is told: a report that is not there yet is worded otherwise than a task.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<Kind>,
    },
    /// Something the verb needs is missing or out of range.
    Needs {
        /// The field of the entry.
        field: Text,
    },
    /// The new date is not after the one in force.
    NotLater,
    /// No extension was asked for.
    NothingRequested,
    /// The agency does not owe this duty.
    NotOwed,
    /// Somebody else acted since: the last entry that stands.
    Conflict {
        /// The entry that stands.
        stands: EntryId,
    },
    /// What the actor had seen last was taken back since.
    TakenBack {
        /// The entry that no longer stands.
        entry: EntryId,
    },
    /// The entry to reverse is not there, or is reversed already.
    NothingToReverse,
    /// A later entry rests on the one to reverse.
    Depended {
        /// The later entry.
        by: EntryId,
    },
    /// A sent e-mail cannot be taken back.
    Sent,
    /// The agency was sent a mail that day already, or somebody is about to send one.
    AlreadyReminded {
        /// The claim that stands.
        stands: EntryId,
    },
    /// What became of a mail that nobody claimed, or of which it is known already.
    NotClaimed,
    /// A sample plan sends nothing.
    Sample,
    /// The id was used for another entry.
    IdReused,
    /// Who hands it in may not say this verb: an agency hands in and asks, it does not decide.
    NotAllowed {
        /// The verb.
        verb: Text,
    },
    /// An agency's day must not lie before the day its entry arrives.
    BeforeReceipt,
    /// It is a shared calendar's, laid over the plan.
    Borrowed,
    /// The system the plan is kept in does not take it.
    NotTaken {
        /// What that is called.
        source: Text,
        /// Why it does not.
        because: Because,
        /// What there is to say beside.
        said: Text,
    },
}

/// Why another system does not take an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// It has no place for the verb that is said.
    NoPlace,
    /// Whoever signs in there may not change the item.
    Forbidden,
    /// What would be changed follows from parts of the item.
    Derived,
    /// It told of success, and what is said is as it was.
    NoEffect,
    /// Nothing that whoever signs in may make of the item means the state that is said.
    NoStatus,
    /// It says why.
    Said,
}

impl Refusal {
    /// What it says.
    pub fn sentence(&self) -> Sentence {
        let said = |verb: &Text| Part::Word(format!("verb-{verb}").into());
        match self {
            Refusal::NoSuchItem { item } => Sentence::new("refusal-no-such-item").with("item", item.as_str()),
            Refusal::NotOfKind { verb, kind } => Sentence::new("refusal-not-of-kind")
                .with("verb", said(verb))
                .with("kind", Part::Word(format!("kind-{}", kind.as_str()).into())),
            Refusal::NotInState { verb, base, kind } => Sentence::new("refusal-not-in-state")
                .with("verb", said(verb))
                .with("state", Part::Word(kind.unwrap_or(Kind::Task).state_word(*base).into())),
            Refusal::Needs { field } => Sentence::new("refusal-needs").with("field", field),
            Refusal::NotLater => Sentence::new("refusal-not-later"),
            Refusal::NothingRequested => Sentence::new("refusal-nothing-requested"),
            Refusal::NotOwed => Sentence::new("refusal-not-owed"),
            Refusal::Conflict { stands } => Sentence::new("refusal-conflict").with("stands", stands.to_string()),
            Refusal::TakenBack { .. } => Sentence::new("refusal-taken-back"),
            Refusal::AlreadyReminded { .. } => Sentence::new("refusal-already-reminded"),
            Refusal::NotClaimed => Sentence::new("refusal-not-claimed"),
            Refusal::Sample => Sentence::new("refusal-sample"),
            Refusal::NothingToReverse => Sentence::new("refusal-nothing-to-reverse"),
            Refusal::Depended { by } => Sentence::new("refusal-depended").with("by", by.to_string()),
            Refusal::Sent => Sentence::new("refusal-sent"),
            Refusal::IdReused => Sentence::new("refusal-id-reused"),
            Refusal::NotAllowed { verb } => Sentence::new("refusal-not-allowed").with("verb", said(verb)),
            Refusal::BeforeReceipt => Sentence::new("refusal-before-receipt"),
            Refusal::Borrowed => Sentence::new("refusal-borrowed"),
            Refusal::NotTaken { source, because, said: text } => {
                let of = |id| Sentence::new(id).with("source", source);
                match because {
                    Because::NoPlace => of("refusal-no-place").with("verb", said(text)),
                    Because::Forbidden => of("refusal-forbidden"),
                    Because::Derived => of("refusal-derived"),
                    Because::NoEffect => of("refusal-no-effect").with("field", text),
                    Because::NoStatus => {
                        of("refusal-no-status").with("state", Part::Word(format!("base-{text}").into()))
                    }
                    Because::Said => of("refusal-said").with("said", text),
                }
            }
        }
    }
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
    // What became of a mail is recorded whatever happened to the item while it was under way.
    if !rule.from.contains(&item.state.base) && !is_result(entry) {
        return Err(Refusal::NotInState { verb: verb(), base: item.state.base, kind: Some(item.kind()) });
    }
    if let Some(missing) = rule.needs.iter().find(|need| !brings(entry, **need)) {
        return Err(Refusal::Needs { field: missing.field().into() });
    }
    let asks_for_time = matches!(entry.verb, Verb::Extend | Verb::RequestExtension);
    if asks_for_time && item.due.is_some() && entry.until <= item.due {
        return Err(Refusal::NotLater);
    }
    if is_claim(entry) && entry.batch.is_none() {
        return Err(Refusal::Needs { field: "batch".into() });
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
