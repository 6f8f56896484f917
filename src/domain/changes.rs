//! [`Changes`]: what is different from before: since somebody's last look ([`since`]), or since another day ([`between`]).
//! Both are one picture, drawn and listed alike.

mod between;
mod since;

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    entry::{Entry, Verb},
    id::{ActorId, EntryId, ItemId},
    item::{Index, Item, Kind, Subject},
    snapshot::Snapshot,
    status::{Base, Cell, Today, cell},
};

pub use between::between;
pub use since::{Asked, fresh, since};

/// Something that is different.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What it is about.
    pub item: ItemId,
    /// What became of it.
    pub turn: Turn,
    /// The day since when it is so, where that is known.
    pub on: Option<Date>,
    /// The entry that made it so; none where time did, or where only two days are compared.
    pub entry: Option<Box<Entry>>,
    /// How it stood on the other day, where two are compared; not where it was not there.
    pub was: Option<Standing>,
}

/// What became of an item. The order is that in which changes are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// It became overdue.
    Overdue,
    /// It was not there before.
    New,
    /// It was handed in or received.
    Arrived,
    /// It was confirmed, done, reached.
    Settled,
    /// It was sent back.
    Returned,
    /// Its due date: extended, or that was asked for or declined.
    Deadline,
    /// It was reminded of or escalated.
    Chased,
    /// It came on, was paused or taken up again.
    Progress,
    /// It is out of the figures.
    Gone,
    /// What had been done was taken back.
    TakenBack,
    /// The plan says something else of it.
    Amended,
    /// Somebody saw to it or remarked on it.
    Noted,
    /// Its due date came near.
    DueSoon,
}

impl Turn {
    /// All of them.
    pub const ALL: [Turn; 13] = [
        Turn::Overdue,
        Turn::New,
        Turn::Arrived,
        Turn::Settled,
        Turn::Returned,
        Turn::Deadline,
        Turn::Chased,
        Turn::Progress,
        Turn::Gone,
        Turn::TakenBack,
        Turn::Amended,
        Turn::Noted,
        Turn::DueSoon,
    ];

    /// The word in JSON and at the end of word ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Turn::Overdue => "overdue",
            Turn::New => "new",
            Turn::Arrived => "arrived",
            Turn::Settled => "settled",
            Turn::Returned => "returned",
            Turn::Deadline => "deadline",
            Turn::Chased => "chased",
            Turn::Progress => "progress",
            Turn::Gone => "gone",
            Turn::TakenBack => "taken-back",
            Turn::Amended => "amended",
            Turn::Noted => "noted",
            Turn::DueSoon => "due-soon",
        }
    }

    /// What an entry of `verb` comes to for somebody else; nothing for what concerns only who did it.
    pub fn of(verb: &Verb) -> Option<Turn> {
        Some(match verb {
            Verb::Open => Turn::New,
            Verb::Receive | Verb::Submit => Turn::Arrived,
            Verb::Confirm | Verb::Tick => Turn::Settled,
            Verb::Return => Turn::Returned,
            Verb::Extend | Verb::RequestExtension | Verb::Decline => Turn::Deadline,
            Verb::Remind | Verb::Escalate => Turn::Chased,
            Verb::Progress | Verb::Pause | Verb::Resume => Turn::Progress,
            Verb::Exempt | Verb::Cancel => Turn::Gone,
            Verb::Reverse => Turn::TakenBack,
            Verb::Plan => Turn::Amended,
            Verb::Acknowledge | Verb::Note | Verb::Assign | Verb::Unknown(_) => Turn::Noted,
            Verb::Snooze => return None,
        })
    }
}

/// How an item stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The state it is in.
    pub base: Base,
    /// Its cell of the partition.
    pub cell: Option<Cell>,
    /// The last on-time day.
    pub due: Option<Date>,
    /// Progress in percent.
    pub progress: u8,
}

impl Standing {
    /// How `item` stands on `today`.
    pub fn of(item: &Item, today: Today) -> Self {
        Standing { base: item.state.base, cell: cell(item, today), due: item.due, progress: item.progress() }
    }
}

impl Change {
    /// Who made it so, where somebody did.
    pub fn by(&self) -> Option<&ActorId> {
        self.entry.as_ref()?.by.as_ref()
    }
}

/// Everything that is different, and where it shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    list: Vec<Change>,
    places: HashMap<ItemId, Vec<usize>>,
    agencies: BTreeSet<Index>,
    campaigns: BTreeSet<Index>,
    entries: HashSet<EntryId>,
    counts: [usize; Kind::ALL.len()],
    /// There is more in the journal than was read.
    pub cut: bool,
}

impl Changes {
    /// These, in the order they are told in: by what became of things, the newest first.
    fn new(mut list: Vec<Change>, snapshot: &Snapshot) -> Self {
        let age = |change: &Change| std::cmp::Reverse((change.entry.as_ref().map(|entry| entry.seq), change.on));
        list.sort_by_key(|change| (change.turn, age(change)));
        let mut changes = Changes::default();
        for (place, change) in list.iter().enumerate() {
            changes.entries.extend(change.entry.as_ref().map(|entry| entry.id));
            let places = changes.places.entry(change.item.clone()).or_default();
            places.push(place);
            let Some(item) = snapshot.item(&change.item).filter(|_| places.len() == 1) else { continue };
            changes.counts[item.kind() as usize] += 1;
            match item.subject {
                Subject::Milestone { campaign, .. } => {
                    changes.campaigns.insert(campaign);
                }
                // The panel of agencies counts their tasks.
                Subject::Task(_) => {
                    changes.agencies.insert(item.agency);
                }
                Subject::Report { .. } => {}
            }
        }
        Changes { list, ..changes }
    }

    /// All of them, in the order they are told in.
    pub fn all(&self) -> &[Change] {
        &self.list
    }

    /// Is nothing different?
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Those of an item.
    pub fn on(&self, item: &ItemId) -> impl Iterator<Item = &Change> {
        let places = self.places.get(item).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.list.get(*place))
    }

    /// Is something of the item different?
    pub fn is_item(&self, item: &ItemId) -> bool {
        self.places.contains_key(item)
    }

    /// Is a task of the agency different?
    pub fn is_agency(&self, index: Index) -> bool {
        self.agencies.contains(&index)
    }

    /// Is a milestone of the campaign different?
    pub fn is_campaign(&self, index: Index) -> bool {
        self.campaigns.contains(&index)
    }

    /// Did this entry make a difference?
    pub fn is_entry(&self, entry: EntryId) -> bool {
        self.entries.contains(&entry)
    }

    /// How many items of that kind are different.
    pub fn count(&self, kind: Kind) -> usize {
        self.counts[kind as usize]
    }
}
