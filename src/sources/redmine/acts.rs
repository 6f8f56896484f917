//! An act as a change of an issue: which fields it sets and what note goes with it. What there is no place for is refused before
//! anything is sent.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::{
    history::mark,
    mapping::Mapping,
    wire::{Status, Whole},
};
use crate::domain::{
    check::{Because, Refusal},
    entry::{Entry, Verb},
    item::{Item, Kind},
    sentence::{Part, Sentence},
    status::Base,
    text::Text,
};

/// How the server is called.
pub(super) const NAME: &str = "Redmine";

/// The verbs it has no place for.
pub(super) static LACKING: [Verb; 12] = [
    Verb::RequestExtension,
    Verb::Decline,
    Verb::Assign,
    Verb::Snooze,
    Verb::Remind,
    Verb::Escalate,
    Verb::Exempt,
    Verb::Pause,
    Verb::Resume,
    Verb::Cancel,
    Verb::Open,
    Verb::Reverse,
];

/// A field that is set.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ask {
    Status(u64),
    Due(Date),
    Ratio(u8),
    Field(u64, String),
}

/// What is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Change {
    /// What must be so afterwards.
    pub(super) asks: Vec<Ask>,
    /// What the server may settle otherwise: progress may go by the status.
    pub(super) wishes: Vec<Ask>,
    pub(super) note: String,
}

/// Says a sentence in the language of the notes.
pub(super) type Say<'a> = &'a (dyn Fn(&Sentence) -> String + Send + Sync);

/// Why it is not taken.
pub(super) fn not_taken(because: Because, said: impl Into<Text>) -> Refusal {
    Refusal::NotTaken { source: NAME.into(), because, said: said.into() }
}

/// The change that `acts`, each said in view of the one before it, come to on an issue as it stands: what the last of them
/// leaves.
pub(super) fn change(
    acts: &[Entry],
    item: &Item,
    whole: &Whole,
    mapping: &Mapping,
    say: Say<'_>,
) -> Result<Change, Refusal> {
    let issue = &whole.issue;
    let mut change = Change::default();
    let Some(entry) = acts.last() else { return Ok(change) };
    let is_parent = !whole.children.is_empty();
    let status = |base| status(base, item.kind(), whole, mapping);
    let field = |id: Option<u64>, value: String| issue.field(id).map(|field| Ask::Field(field.id, value));
    let done = |change: &mut Change, on: Date| -> Result<(), Refusal> {
        change.asks.extend(status(Base::Done)?);
        change.asks.extend(field(mapping.received, on.to_string()));
        change.wishes.extend((!is_parent).then_some(Ask::Ratio(100)));
        Ok(())
    };
    match &entry.verb {
        Verb::Note => {}
        Verb::Acknowledge => change.asks.extend(field(mapping.acknowledged, "1".into())),
        Verb::Extend => {
            if is_parent {
                return Err(not_taken(Because::Derived, ""));
            }
            change.asks.extend(entry.until.map(Ask::Due));
            let count = issue.said(mapping.extensions).and_then(|said| said.parse::<u32>().ok()).unwrap_or(0);
            change.asks.extend(field(mapping.extensions, (count + 1).to_string()));
        }
        Verb::Receive | Verb::Tick => done(&mut change, entry.on)?,
        Verb::Confirm => done(&mut change, item.state.handed_in.unwrap_or(entry.on))?,
        Verb::Submit => {
            match status(Base::AwaitingConfirmation) {
                Ok(ask) => change.asks.extend(ask),
                // Where it can be closed at once there is nothing to wait for: what confirms it closes it.
                Err(refusal) => drop(status(Base::Done).map_err(|_| refusal)?),
            }
            change.asks.extend(field(mapping.received, entry.on.to_string()));
        }
        Verb::Return => {
            change
                .asks
                .extend(status(Base::Returned).or_else(|refusal| status(Base::InProgress).map_err(|_| refusal))?);
            change.asks.extend(field(mapping.received, String::new()));
        }
        Verb::Progress => {
            if is_parent {
                return Err(not_taken(Because::Derived, ""));
            }
            change.asks.extend(entry.percent.map(Ask::Ratio));
            if item.state.base != Base::InProgress {
                change.wishes.extend(status(Base::InProgress).ok().flatten());
            }
        }
        Verb::RequestExtension
        | Verb::Decline
        | Verb::Assign
        | Verb::Snooze
        | Verb::Remind
        | Verb::Escalate
        | Verb::Exempt
        | Verb::Pause
        | Verb::Resume
        | Verb::Cancel
        | Verb::Open
        | Verb::Reverse
        | Verb::Plan
        | Verb::Unknown(_) => return Err(not_taken(Because::NoPlace, entry.verb.as_str())),
    }
    change.note = note(acts, say);
    Ok(change)
}

/// What to set so that the issue stands so: nothing where it does; refused where this user may set nothing that means it.
fn status(base: Base, kind: Kind, whole: &Whole, mapping: &Mapping) -> Result<Option<Ask>, Refusal> {
    if mapping.base(&whole.issue.status, kind) == base {
        return Ok(None);
    }
    let allowed = |status: &&Status| {
        whole.allowed_statuses.is_empty() || whole.allowed_statuses.iter().any(|allowed| allowed.id == status.id)
    };
    match mapping.meaning(base).find(allowed) {
        Some(status) => Ok(Some(Ask::Status(status.id))),
        None => Err(not_taken(Because::NoStatus, base.as_str())),
    }
}

/// What is written beside: what was done, what was said of it, and on the last lines whose acts it was.
fn note(acts: &[Entry], say: Say<'_>) -> String {
    let line = |name: &'static str, text: &Option<Text>| {
        let text = text.as_ref().filter(|text| !text.trim().is_empty())?;
        let said = Sentence::new("redmine-line").with("name", Part::Word(name.into())).with("text", text.clone());
        Some(say(&said))
    };
    let mut lines: Vec<String> = acts.iter().filter_map(done).map(|done| say(&done)).collect();
    // Acts of one step were all said with the same words.
    if let Some(entry) = acts.first() {
        lines.extend(entry.note.iter().map(|note| note.to_string()));
        lines.extend(line("field-reason", &entry.reason));
        lines.extend(line("field-document", &entry.document));
        lines.extend(line("field-link", &entry.link));
        let promise = entry.promise.map(|day| Sentence::new("redmine-promise").with("day", day));
        lines.extend(promise.iter().map(say));
    }
    // A line of one's own that looks like a mark would be taken for one.
    let written = lines.join("\n").replace("tiendo 0", "tiendo\u{a0}0");
    let marks: Vec<String> = acts.iter().map(mark).collect();
    format!("{written}\n\n{}", marks.join("\n")).trim_start().to_owned()
}

/// What was done, where that is more than a remark.
fn done(entry: &Entry) -> Option<Sentence> {
    match &entry.verb {
        Verb::Acknowledge => Some(Sentence::new("redmine-did-acknowledge")),
        Verb::Extend => entry.until.map(|until| Sentence::new("redmine-did-extend").with("until", until)),
        Verb::Receive => Some(Sentence::new("redmine-did-receive").with("on", entry.on)),
        Verb::Submit => Some(Sentence::new("redmine-did-submit").with("on", entry.on)),
        Verb::Confirm => Some(Sentence::new("redmine-did-confirm")),
        Verb::Return => Some(Sentence::new("redmine-did-return")),
        Verb::Progress => {
            entry.percent.map(|percent| Sentence::new("redmine-did-progress").with("percent", usize::from(percent)))
        }
        Verb::Tick => Some(Sentence::new("redmine-did-tick").with("on", entry.on)),
        Verb::Note
        | Verb::RequestExtension
        | Verb::Decline
        | Verb::Assign
        | Verb::Snooze
        | Verb::Remind
        | Verb::Escalate
        | Verb::Exempt
        | Verb::Pause
        | Verb::Resume
        | Verb::Cancel
        | Verb::Open
        | Verb::Reverse
        | Verb::Plan
        | Verb::Unknown(_) => None,
    }
}

impl Change {
    /// What is put.
    pub(super) fn body(&self) -> Value {
        let mut issue = Map::new();
        let mut fields = Vec::new();
        for ask in self.asks.iter().chain(&self.wishes) {
            match ask {
                Ask::Status(id) => drop(issue.insert("status_id".into(), json!(id))),
                Ask::Due(day) => drop(issue.insert("due_date".into(), json!(day.to_string()))),
                Ask::Ratio(percent) => drop(issue.insert("done_ratio".into(), json!(percent))),
                Ask::Field(id, value) => fields.push(json!({ "id": id, "value": value })),
            }
        }
        if !fields.is_empty() {
            issue.insert("custom_fields".into(), Value::Array(fields));
        }
        issue.insert("notes".into(), json!(self.note));
        json!({ "issue": issue })
    }

    /// The first of what was asked that is not so: a success that says nothing may have done nothing.
    pub(super) fn missing(&self, whole: &Whole) -> Option<&'static str> {
        let issue = &whole.issue;
        let is_so = |ask: &Ask| match ask {
            Ask::Status(id) => issue.status.id == *id,
            Ask::Due(day) => issue.due_date == Some(*day),
            Ask::Ratio(percent) => issue.done_ratio == Some(*percent),
            Ask::Field(id, value) => issue.said(Some(*id)).map_or("", |said| said.as_str()) == value,
        };
        self.asks.iter().find(|ask| !is_so(ask)).map(|ask| match ask {
            Ask::Status(_) => "status",
            Ask::Due(_) => "due_date",
            Ask::Ratio(_) => "done_ratio",
            Ask::Field(..) => "custom_fields",
        })
    }
}
