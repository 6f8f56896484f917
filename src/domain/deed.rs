//! [`Deed`]: what a person does to items in one step. A deed asks for what it needs and becomes entries of one or two verbs,
//! by what the item is and how it stands.

use serde::{Deserialize, Serialize};

use super::{
    calendar::Calendar,
    check::{Refusal, check},
    entry::{Entry, Verb},
    fold::fold,
    id::EntryId,
    item::{Item, Kind},
    status::Base,
    text::Text,
    verbs::rule,
};

/// What can be done to items; the words are those of the keys, the palette and the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// I have seen it and am on it.
    Acknowledge,
    /// A reminder, one of the lower rungs of the ladder.
    Remind,
    /// A later due date.
    Extend,
    /// A report received or confirmed, a task done or confirmed, a milestone ticked.
    Done,
    /// To be done again.
    SendBack,
    /// A proposal to the leadership, one of the upper rungs.
    Escalate,
    /// Out of my queue until a date.
    Snooze,
    /// A remark, with or without a promised day.
    Note,
    /// How far a task has come.
    Progress,
    /// Who deals with it.
    Assign,
    /// The agency handed it in: it waits for confirmation.
    Submit,
    /// The agency asks for a later date.
    RequestExtension,
    /// A later date that was asked for is not granted.
    Decline,
    /// Not owed this time.
    Exempt,
    /// Put off for the time being.
    Pause,
    /// Taken up again.
    Resume,
    /// Given up.
    Cancel,
}

/// What a deed asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The day it took effect.
    On,
    /// A date to come.
    Until,
    /// A percentage.
    Percent,
    /// The rung of the ladder.
    Level,
    /// By e-mail, letter or telephone.
    Channel,
    /// To whom, or who takes it.
    To,
    /// The number of the document it rests on.
    Document,
    /// Where the document is.
    Link,
    /// Why.
    Reason,
    /// A remark.
    Note,
    /// The day something was promised for.
    Promise,
}

impl Field {
    /// Its name in entries and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::On => "on",
            Field::Until => "until",
            Field::Percent => "percent",
            Field::Level => "level",
            Field::Channel => "channel",
            Field::To => "to",
            Field::Document => "document",
            Field::Link => "link",
            Field::Reason => "reason",
            Field::Note => "note",
            Field::Promise => "promise",
        }
    }
}

impl Deed {
    /// Every deed, the most frequent first.
    pub const ALL: [Deed; 17] = [
        Deed::Acknowledge,
        Deed::Remind,
        Deed::Done,
        Deed::Extend,
        Deed::SendBack,
        Deed::Escalate,
        Deed::Snooze,
        Deed::Note,
        Deed::Progress,
        Deed::Assign,
        Deed::Submit,
        Deed::RequestExtension,
        Deed::Decline,
        Deed::Exempt,
        Deed::Pause,
        Deed::Resume,
        Deed::Cancel,
    ];

    /// Its word in keys, on the command line and as the end of ids in `config/lang`.
    pub fn as_str(self) -> &'static str {
        match self {
            Deed::Acknowledge => "acknowledge",
            Deed::Remind => "remind",
            Deed::Extend => "extend",
            Deed::Done => "done",
            Deed::SendBack => "send-back",
            Deed::Escalate => "escalate",
            Deed::Snooze => "snooze",
            Deed::Note => "note",
            Deed::Progress => "progress",
            Deed::Assign => "assign",
            Deed::Submit => "submit",
            Deed::RequestExtension => "request-extension",
            Deed::Decline => "decline",
            Deed::Exempt => "exempt",
            Deed::Pause => "pause",
            Deed::Resume => "resume",
            Deed::Cancel => "cancel",
        }
    }

    /// The deed of that word.
    pub fn named(word: &str) -> Option<Deed> {
        Deed::ALL.into_iter().find(|deed| deed.as_str() == word)
    }

    /// The verbs it comes to on an item of this kind in this state, in order.
    pub fn verbs(self, kind: Kind, base: Base) -> &'static [Verb] {
        match self {
            Deed::Done => match kind {
                Kind::Milestone => &[Verb::Tick],
                Kind::Report | Kind::Task if base == Base::AwaitingConfirmation => &[Verb::Confirm],
                Kind::Report => &[Verb::Receive],
                Kind::Task => &[Verb::Submit, Verb::Confirm],
            },
            Deed::Acknowledge => &[Verb::Acknowledge],
            Deed::Remind => &[Verb::Remind],
            Deed::Extend => &[Verb::Extend],
            Deed::SendBack => &[Verb::Return],
            Deed::Escalate => &[Verb::Escalate],
            Deed::Snooze => &[Verb::Snooze],
            Deed::Note => &[Verb::Note],
            Deed::Progress => &[Verb::Progress],
            Deed::Assign => &[Verb::Assign],
            Deed::Submit => &[Verb::Submit],
            Deed::RequestExtension => &[Verb::RequestExtension],
            Deed::Decline => &[Verb::Decline],
            Deed::Exempt => &[Verb::Exempt],
            Deed::Pause => &[Verb::Pause],
            Deed::Resume => &[Verb::Resume],
            Deed::Cancel => &[Verb::Cancel],
        }
    }

    /// What it asks for, in the order it is asked.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Deed::Acknowledge | Deed::Resume => &[],
            Deed::Remind => &[Field::Level, Field::Channel, Field::Document, Field::Note],
            Deed::Extend => &[Field::Until, Field::Reason, Field::Document],
            Deed::Done | Deed::Submit => &[Field::On, Field::Document, Field::Link],
            Deed::SendBack | Deed::Exempt | Deed::Pause | Deed::Cancel | Deed::Decline => &[Field::Reason],
            Deed::Escalate => &[Field::Level, Field::To, Field::Document],
            Deed::Snooze => &[Field::Until],
            Deed::Note => &[Field::Note, Field::Promise],
            Deed::Progress => &[Field::Percent],
            Deed::Assign => &[Field::To],
            Deed::RequestExtension => &[Field::Until, Field::Reason],
        }
    }

    /// Must this field be filled in?
    pub fn needs(self, field: Field) -> bool {
        let kinds = Kind::ALL.into_iter().flat_map(|kind| self.verbs(kind, Base::InProgress));
        kinds.filter_map(rule).flat_map(|rule| rule.needs).any(|need| need.field() == field.as_str())
    }

    /// Is one asked whether one is sure, with No as the first answer?
    pub fn is_dangerous(self) -> bool {
        matches!(self, Deed::Cancel | Deed::Exempt)
    }

    /// Could it be done to `item` as it stands, whatever else is said?
    pub fn check(self, item: &Item) -> Result<(), Refusal> {
        // What follows the first verb is asked for in the state the first one leads to.
        self.verbs(item.kind(), item.state.base).first().map_or(Ok(()), |verb| possible(verb, item))?;
        if self == Deed::Decline && item.state.requested.is_none() {
            return Err(Refusal::NothingRequested);
        }
        Ok(())
    }

    /// The entries it comes to on `item`, each seen with the one before it done; `said` carries what was filled in. Their
    /// ids are still to be made: see [`stamp`](super::stamp::stamp).
    ///
    /// # Errors
    ///
    /// What [`check()`] says to the first entry that is not possible.
    pub fn entries(self, said: &Entry, item: &Item, calendar: &Calendar) -> Result<Vec<Entry>, Refusal> {
        self.check(item)?;
        let mut item = item.clone();
        let mut entries = Vec::new();
        for verb in self.verbs(item.kind(), item.state.base) {
            let expects = item.state.last.filter(|_| !verb.commutes());
            let entry =
                Entry { id: EntryId::UNMADE, item: item.id.clone(), verb: verb.clone(), expects, ..said.clone() };
            check(&item, &entry)?;
            fold(&mut item, &entry, calendar);
            entries.push(entry);
        }
        Ok(entries)
    }
}

/// Are these one step: a task handed in, and confirmed by the same deed in view of that? Where it can, it is one change elsewhere.
pub fn is_one_step(one: &Entry, next: &Entry) -> bool {
    let confirms = (&one.verb, &next.verb) == (&Verb::Submit, &Verb::Confirm);
    confirms && one.item == next.item && next.expects == Some(one.id) && one.batch.is_some() && one.batch == next.batch
}

/// Could `verb` be said of `item` as it stands, by the table of verbs alone?
pub fn possible(verb: &Verb, item: &Item) -> Result<(), Refusal> {
    let Some(rule) = rule(verb) else { return Ok(()) };
    let verb = Text::new(verb.as_str());
    if !rule.kinds.contains(&item.kind()) {
        return Err(Refusal::NotOfKind { verb, kind: item.kind() });
    }
    if !rule.from.contains(&item.state.base) {
        return Err(Refusal::NotInState { verb, base: item.state.base, kind: Some(item.kind()) });
    }
    Ok(())
}
