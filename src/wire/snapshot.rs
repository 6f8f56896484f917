//! A whole snapshot: [`Sent`] says one, [`Received`] reads it back as it was. It carries the plan and each item's state; what
//! follows from the plan (due dates, who owes what) is made anew by whoever reads it, by the same rules.

use std::{fmt, marker::PhantomData, sync::Arc};

use schemars::JsonSchema;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
    ser::SerializeStruct,
};

use super::line::{Borrowed, Dated, Line, Read};
use crate::domain::{
    id::{EntryId, ItemId},
    item::{Kind, State},
    plan::Plan,
    snapshot::Snapshot,
    text::Text,
};

/// The `format` of what is said.
const FORMAT: &str = "tiendo-snapshot/1";

/// How many of each kind a snapshot has. Who reads one counts again: a cut or altered answer is not taken for a whole one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Tasks.
    pub tasks: usize,
    /// Reports, those that nobody sent among them.
    pub reports: usize,
    /// Milestones.
    pub milestones: usize,
    /// Items that left the plan and have a history.
    pub withdrawn: usize,
}

impl Counts {
    /// Those of `snapshot`.
    pub fn of(snapshot: &Snapshot) -> Self {
        let mut counts = Counts { withdrawn: snapshot.withdrawn.len(), ..Counts::default() };
        for item in &snapshot.items {
            *match item.kind() {
                Kind::Task => &mut counts.tasks,
                Kind::Report => &mut counts.reports,
                Kind::Milestone => &mut counts.milestones,
            } += 1;
        }
        counts
    }

    /// All together.
    pub(super) fn all(self) -> u64 {
        let Counts { tasks, reports, milestones, withdrawn } = self;
        let all = tasks.saturating_add(reports).saturating_add(milestones).saturating_add(withdrawn);
        u64::try_from(all).unwrap_or(u64::MAX)
    }
}

/// A snapshot as it is said.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// It.
    pub snapshot: &'a Snapshot,
    /// The entry at its cursor.
    pub last: Option<EntryId>,
    /// What the revision of its plan is called, for `If-Match` of an amendment; none on another day.
    pub plan_tag: Option<&'a str>,
}

impl Serialize for Sent<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let snapshot = self.snapshot;
        let mut said = serializer.serialize_struct("Snapshot", 8)?;
        said.serialize_field("format", FORMAT)?;
        said.serialize_field("cursor", &snapshot.cursor)?;
        said.serialize_field("last", &self.last)?;
        said.serialize_field("plan_tag", &self.plan_tag)?;
        said.serialize_field("count", &Counts::of(snapshot))?;
        // Before the items, which are laid into it as they come.
        said.serialize_field("plan", snapshot.outline.plan.as_ref())?;
        said.serialize_field("items", &Items(snapshot))?;
        said.serialize_field("withdrawn", &Withdrawn(snapshot))?;
        said.end()
    }
}

struct Items<'a>(&'a Snapshot);

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.items.iter().map(Dated::of))
    }
}

struct Withdrawn<'a>(&'a Snapshot);

impl Serialize for Withdrawn<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let line = |(id, state): (&ItemId, &State)| Line { id: id.clone(), state: state.clone() };
        serializer.collect_seq(self.0.withdrawn.iter().map(line))
    }
}

/// A snapshot as it was read.
#[derive(Clone, Debug)]
pub struct Received {
    /// It.
    pub snapshot: Snapshot,
    /// The entry at its cursor.
    pub last: Option<EntryId>,
    /// What the revision of its plan is called.
    pub plan_tag: Option<Text>,
}

impl<'de> Deserialize<'de> for Received {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Framed::deserialize(deserializer)?.finish()
    }
}

/// A snapshot that has been read but for what may yet be laid into it.
pub(super) struct Framed {
    received: Received,
    count: Counts,
    /// So many items were read.
    items: usize,
    withdrawn: Vec<Line>,
}

impl Framed {
    /// An item with its state.
    pub(super) fn take(&mut self, read: Read<'_>) {
        self.received.snapshot.restore(&read.id, read.state);
        self.items += 1;
    }

    /// It is all there, if it is.
    pub(super) fn finish<E: Error>(mut self) -> Result<Received, E> {
        // An item that was left out would stand there all the same, as if nothing had happened to it.
        let lines = self.items.saturating_add(self.withdrawn.len());
        for line in self.withdrawn {
            self.received.snapshot.put(line.id, line.state);
        }
        if self.count == Counts::of(&self.received.snapshot) && u64::try_from(lines) == Ok(self.count.all()) {
            Ok(self.received)
        } else {
            Err(E::custom("not as many items as it says"))
        }
    }
}

impl<'de> Deserialize<'de> for Framed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Whole)
    }
}

struct Whole;

impl<'de> Visitor<'de> for Whole {
    type Value = Framed;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a snapshot")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Framed, M::Error> {
        let (mut format, mut cursor, mut count) = (None, None, None);
        let (mut last, mut plan_tag, mut items, mut withdrawn) = (None, None, 0, Vec::new());
        let mut growing = Growing::Waiting(Vec::new());
        while let Some(Borrowed(field)) = map.next_key()? {
            match field.as_ref() {
                "format" => format = Some(map.next_value::<Text>()?),
                "cursor" => cursor = Some(map.next_value()?),
                "last" => last = map.next_value()?,
                "plan_tag" => plan_tag = map.next_value()?,
                "count" => count = Some(map.next_value::<Counts>()?),
                "plan" => growing = growing.planted(map.next_value::<Plan>()?),
                "items" => items = map.next_value_seed(States(&mut growing, PhantomData))?,
                "withdrawn" => withdrawn = map.next_value()?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if format.as_deref().ok_or_else(|| M::Error::missing_field("format"))? != FORMAT {
            return Err(M::Error::custom("another format"));
        }
        let Growing::Standing(mut snapshot) = growing else { return Err(M::Error::missing_field("plan")) };
        snapshot.cursor = cursor.ok_or_else(|| M::Error::missing_field("cursor"))?;
        let count = count.ok_or_else(|| M::Error::missing_field("count"))?;
        Ok(Framed { received: Received { snapshot: *snapshot, last, plan_tag }, count, items, withdrawn })
    }
}

/// What has been read.
enum Growing {
    /// States whose plan has not come yet: another program may say its fields in another order.
    Waiting(Vec<Line>),
    /// The plan, with the states read so far.
    Standing(Box<Snapshot>),
}

impl Growing {
    fn planted(self, plan: Plan) -> Self {
        let mut snapshot = Snapshot::new(Arc::new(plan));
        if let Growing::Waiting(lines) = self {
            for line in lines {
                snapshot.put(line.id, line.state);
            }
        }
        Growing::Standing(Box::new(snapshot))
    }

    fn take(&mut self, read: Read<'_>) {
        match self {
            Growing::Standing(snapshot) => snapshot.restore(&read.id, read.state),
            Growing::Waiting(lines) => {
                lines.push(Line { id: ItemId::from(read.id.as_ref()), state: read.state });
            }
        }
    }
}

struct States<'a, 'de>(&'a mut Growing, PhantomData<&'de ()>);

impl<'de> DeserializeSeed<'de> for States<'_, 'de> {
    /// How many there are.
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for States<'_, 'de> {
    type Value = usize;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("items with their states")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut lines: S) -> Result<usize, S::Error> {
        let mut count = 0;
        while let Some(read) = lines.next_element::<Read<'de>>()? {
            self.0.take(read);
            count += 1;
        }
        Ok(count)
    }
}

/// The fields of a snapshot, for a description of the interface.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Snapshot")]
#[allow(dead_code, reason = "it is described, never made")]
pub struct SnapshotShape {
    /// `tiendo-snapshot/1`.
    format: Text,
    /// The sequence number of the last entry it holds: where the journal goes on.
    cursor: u64,
    /// That entry.
    last: Option<EntryId>,
    /// What the revision of its plan is called, for `If-Match`.
    plan_tag: Option<Text>,
    /// How many of each kind there are.
    count: Counts,
    /// The plan in force, its days off resolved.
    plan: Plan,
    /// Every item of the plan with what happened to it, in the plan's order; what nothing happened to as well.
    items: Vec<Dated<'static>>,
    /// What left the plan and has a history.
    withdrawn: Vec<Line>,
}
