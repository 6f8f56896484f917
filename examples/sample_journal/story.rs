//! What `story.toml` says.

use std::{collections::BTreeMap, str::FromStr};

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use serde::Deserialize;
use tiendo::domain::{
    entry::{Entry, Verb},
    id::{ActorId, EntryId, ItemId},
};
use uuid::Uuid;

#[derive(Deserialize)]
pub(crate) struct Story {
    /// The day on which the story is told: nothing of it has happened yet.
    pub(crate) today: Date,
    /// When the coordinator last looked, by the clock on the wall.
    pub(crate) last_look: DateTime,
    pub(crate) tasks: BTreeMap<String, Standing>,
    pub(crate) reports: Vec<Reports>,
    pub(crate) cases: Vec<Case>,
    pub(crate) milestones: BTreeMap<String, Vec<Date>>,
    pub(crate) acts: Vec<Act>,
    pub(crate) letters: BTreeMap<String, String>,
}

/// How a task stands.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum Standing {
    NotBegun,
    Done { handed_in: Date },
    HandedIn { on: Date },
    UnderWay { percent: u8, last: Option<Date> },
}

/// What was not as usual with the reports of one duty and period.
#[derive(Deserialize)]
pub(crate) struct Reports {
    pub(crate) duty: String,
    pub(crate) period: String,
    #[serde(default)]
    pub(crate) late: BTreeMap<String, Date>,
    #[serde(default)]
    pub(crate) never: Vec<String>,
    #[serde(default)]
    pub(crate) told: Vec<String>,
}

/// An ad hoc case.
#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) duty: String,
    pub(crate) agency: String,
    pub(crate) found: Date,
    pub(crate) title: String,
    pub(crate) received: Option<Date>,
}

/// One entry told in full, but for its id and time.
#[derive(Deserialize)]
#[serde(try_from = "toml::Table")]
pub(crate) struct Act(pub(crate) Entry);

const COORDINATOR: &str = "dieu-phoi-1";
/// Who sits there after the coordinator's last look, so that there is something not seen yet.
const COLLEAGUE: &str = "dieu-phoi-2";

/// Who does what the coordinator would do, at a time by the clock on the wall.
pub(crate) fn stand_in(entry: &mut Entry, at: DateTime, story: &Story) {
    if at > story.last_look && entry.by.as_ref().is_some_and(|by| by.as_str() == COORDINATOR) {
        entry.by = Some(ActorId::from(COLLEAGUE));
    }
}

/// An entry of the coordinator's, without its id and time.
pub(crate) fn entry(item: &str, verb: Verb, on: Date) -> Entry {
    let unset = EntryId(Uuid::nil());
    Entry {
        by: Some(ActorId::from(COORDINATOR)),
        ..Entry::new(unset, ItemId::from(item), verb, on, Timestamp::UNIX_EPOCH)
    }
}

/// The same of an agency's contact.
pub(crate) fn entry_of(agency: &str, item: &str, verb: Verb, on: Date) -> Entry {
    Entry { by: Some(ActorId::from(format!("dau-moi-{agency}").as_str())), ..entry(item, verb, on) }
}

impl TryFrom<toml::Table> for Act {
    type Error = String;

    fn try_from(told: toml::Table) -> Result<Self, String> {
        let table_of = |entry: &Entry| toml::Table::try_from(entry).map_err(|wrong| wrong.to_string());
        let mut table = table_of(&entry("", Verb::Note, Date::default()))?;
        table.extend(told.clone());
        let entry: Entry = table.try_into().map_err(|wrong| wrong.to_string())?;
        let known = table_of(&entry)?;
        match told.keys().find(|key| !known.contains_key(*key)) {
            Some(key) => Err(format!("an entry has no field {key:?}")),
            None => Ok(Act(entry)),
        }
    }
}

impl TryFrom<String> for Standing {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("cannot read the standing {text:?}");
        let day = |word: &str| Date::from_str(word).map_err(|_| wrong());
        match *text.split(' ').collect::<Vec<_>>() {
            ["-"] => Ok(Self::NotBegun),
            ["x", handed_in] => Ok(Self::Done { handed_in: day(handed_in)? }),
            ["w", on] => Ok(Self::HandedIn { on: day(on)? }),
            ["o" | "r" | "p", percent, ref last @ ..] => Ok(Self::UnderWay {
                percent: percent.strip_suffix('%').and_then(|number| number.parse().ok()).ok_or_else(wrong)?,
                last: last.first().map(|word| day(word)).transpose()?,
            }),
            _ => Err(wrong()),
        }
    }
}
