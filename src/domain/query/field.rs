//! The fields of the filter language and the words their values take, in English and in Vietnamese without marks.
//!
//! Names are compared folded and without hyphens, so that `sắp-đến-hạn`, `sapdenhan` and `SAP DEN HAN` are one.

use super::told::{OfEntry, VERBS};
use crate::domain::{
    entry::Verb,
    item::Kind,
    nearest::nearest,
    status::{Base, Cell},
    text::fold_marks,
};

/// What a field is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// A part of the plan, by its id or its texts.
    Part(Part),
    /// The item's id.
    Id,
    /// Task, report or milestone.
    Kind,
    /// How it stands.
    Status,
    /// What the desk's agency has to do with it.
    Role,
    /// A number of it.
    Number(Number),
    /// Something that is so or not.
    Flag(Flag),
    /// What only the journal's entries have.
    Entry(OfEntry),
}

/// A list of the plan an item has its part in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words are the documentation")]
pub(super) enum Part {
    Agency,
    Duty,
    Period,
    Programme,
    Campaign,
}

/// A number of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// Days late, calendar days; 0 where it is not.
    Late,
    /// How many reminders went out.
    Reminders,
    /// A task's progress; only tasks have one.
    Progress,
}

/// Something that is so or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    /// Acknowledged by me; where nobody sits at the desk, by anyone.
    Acked,
    /// Hidden from my queue today; where nobody sits at the desk, from anyone's.
    Snoozed,
    /// The desk's agency answers for it, or it was assigned to me.
    Mine,
    /// It has to be dealt with.
    Queue,
    /// Its due date was put off.
    Extended,
}

/// A status word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// In that state.
    Base(Base),
    /// In that cell of the official partition.
    Cell(Cell),
    /// Without a due date, done or not.
    NoDeadline,
    /// Still to be done.
    Open,
    /// Still to be done, and nobody did anything about it.
    Untouched,
}

/// What the desk's agency has to do with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It helps.
    Coordinating,
    /// It answers for it.
    Owing,
    /// It is owed to it by another one.
    Receiving,
}

/// A word and what it means; the first of a meaning is its name.
pub(super) type Named<T> = (&'static str, T);

static FIELDS: &[Named<Field>] = &[
    ("agency", Field::Part(Part::Agency)),
    ("duty", Field::Part(Part::Duty)),
    ("period", Field::Part(Part::Period)),
    ("programme", Field::Part(Part::Programme)),
    ("campaign", Field::Part(Part::Campaign)),
    ("id", Field::Id),
    ("kind", Field::Kind),
    ("status", Field::Status),
    ("role", Field::Role),
    ("late", Field::Number(Number::Late)),
    ("reminders", Field::Number(Number::Reminders)),
    ("progress", Field::Number(Number::Progress)),
    ("acked", Field::Flag(Flag::Acked)),
    ("snoozed", Field::Flag(Flag::Snoozed)),
    ("mine", Field::Flag(Flag::Mine)),
    ("queue", Field::Flag(Flag::Queue)),
    ("extended", Field::Flag(Flag::Extended)),
    ("by", Field::Entry(OfEntry::By)),
    ("verb", Field::Entry(OfEntry::Verb)),
    ("doc", Field::Entry(OfEntry::Document)),
    ("item", Field::Id),
    ("document", Field::Entry(OfEntry::Document)),
    ("nguoi", Field::Entry(OfEntry::By)),
    ("viec", Field::Entry(OfEntry::Verb)),
    ("vanban", Field::Entry(OfEntry::Document)),
    ("doituong", Field::Id),
    ("coquan", Field::Part(Part::Agency)),
    ("donvi", Field::Part(Part::Agency)),
    ("baocao", Field::Part(Part::Duty)),
    ("ky", Field::Part(Part::Period)),
    ("kybaocao", Field::Part(Part::Period)),
    ("program", Field::Part(Part::Programme)),
    ("chuongtrinh", Field::Part(Part::Programme)),
    ("chiendich", Field::Part(Part::Campaign)),
    ("ma", Field::Id),
    ("loai", Field::Kind),
    ("trangthai", Field::Status),
    ("tinhtrang", Field::Status),
    ("vaitro", Field::Role),
    ("tre", Field::Number(Number::Late)),
    ("trehan", Field::Number(Number::Late)),
    ("dondoc", Field::Number(Number::Reminders)),
    ("nhac", Field::Number(Number::Reminders)),
    ("tiendo", Field::Number(Number::Progress)),
    ("ghinhan", Field::Flag(Flag::Acked)),
    ("daghinhan", Field::Flag(Flag::Acked)),
    ("henlai", Field::Flag(Flag::Snoozed)),
    ("cuatoi", Field::Flag(Flag::Mine)),
    ("canxuly", Field::Flag(Flag::Queue)),
    ("giahan", Field::Flag(Flag::Extended)),
];

static STATUSES: &[Named<Status>] = &[
    ("not-started", Status::Base(Base::NotStarted)),
    ("in-progress", Status::Base(Base::InProgress)),
    ("awaiting-confirmation", Status::Base(Base::AwaitingConfirmation)),
    ("returned", Status::Base(Base::Returned)),
    ("paused", Status::Base(Base::Paused)),
    ("done", Status::Base(Base::Done)),
    ("cancelled", Status::Base(Base::Cancelled)),
    ("exempt", Status::Base(Base::Exempt)),
    ("on-time", Status::Cell(Cell::OnTime)),
    ("late", Status::Cell(Cell::Late)),
    ("in-time", Status::Cell(Cell::InTime)),
    ("due-soon", Status::Cell(Cell::DueSoon)),
    ("overdue", Status::Cell(Cell::Overdue)),
    ("no-deadline", Status::NoDeadline),
    ("open", Status::Open),
    ("untouched", Status::Untouched),
    ("awaiting", Status::Base(Base::AwaitingConfirmation)),
    ("received", Status::Base(Base::Done)),
    ("chuathuchien", Status::Base(Base::NotStarted)),
    ("chuanop", Status::Base(Base::NotStarted)),
    ("dangthuchien", Status::Base(Base::InProgress)),
    ("choxacnhan", Status::Base(Base::AwaitingConfirmation)),
    ("tralai", Status::Base(Base::Returned)),
    ("lamlai", Status::Base(Base::Returned)),
    ("thuchienlai", Status::Base(Base::Returned)),
    ("tamhoan", Status::Base(Base::Paused)),
    ("xong", Status::Base(Base::Done)),
    ("hoanthanh", Status::Base(Base::Done)),
    ("dahoanthanh", Status::Base(Base::Done)),
    ("danhan", Status::Base(Base::Done)),
    ("huy", Status::Base(Base::Cancelled)),
    ("duocmien", Status::Base(Base::Exempt)),
    ("dunghan", Status::Cell(Cell::OnTime)),
    ("hoanthanhdunghan", Status::Cell(Cell::OnTime)),
    ("noptre", Status::Cell(Cell::Late)),
    ("hoanthanhquahan", Status::Cell(Cell::Late)),
    ("tronghan", Status::Cell(Cell::InTime)),
    ("sapdenhan", Status::Cell(Cell::DueSoon)),
    ("sapquahan", Status::Cell(Cell::DueSoon)),
    ("quahan", Status::Cell(Cell::Overdue)),
    ("khonghan", Status::NoDeadline),
    ("chuahoanthanh", Status::Open),
    ("chuaxong", Status::Open),
    ("chuaxuly", Status::Untouched),
];

static KINDS: &[Named<Kind>] = &[
    ("task", Kind::Task),
    ("report", Kind::Report),
    ("milestone", Kind::Milestone),
    ("nhiemvu", Kind::Task),
    ("baocao", Kind::Report),
    ("moc", Kind::Milestone),
];

static ROLES: &[Named<Role>] = &[
    ("coordinating", Role::Coordinating),
    ("owing", Role::Owing),
    ("receiving", Role::Receiving),
    ("phoihop", Role::Coordinating),
    ("chutri", Role::Owing),
    ("phainop", Role::Owing),
    ("noinhan", Role::Receiving),
];

static ANSWERS: &[Named<bool>] =
    &[("yes", true), ("no", false), ("true", true), ("false", false), ("co", true), ("khong", false)];

impl Field {
    /// The field of a name, with its name in the language of the program; else the nearest name there is.
    pub(super) fn named(name: &str) -> Result<Field, Option<&'static str>> {
        find(FIELDS, name)
    }

    /// The flag that a bare word is, if it is one.
    pub(super) fn flag(word: &str) -> Option<Flag> {
        match find(FIELDS, word) {
            Ok(Field::Flag(flag)) => Some(flag),
            Ok(
                Field::Part(_)
                | Field::Id
                | Field::Kind
                | Field::Status
                | Field::Role
                | Field::Number(_)
                | Field::Entry(_),
            )
            | Err(_) => None,
        }
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        FIELDS.iter().find(|(_, field)| *field == self).map_or("", |(name, _)| name)
    }
}

/// A status word, or the nearest there is.
pub(super) fn status(word: &str) -> Result<Status, Option<&'static str>> {
    find(STATUSES, word)
}

/// A kind of items, or the nearest there is.
pub(super) fn kind(word: &str) -> Result<Kind, Option<&'static str>> {
    find(KINDS, word)
}

/// A role, or the nearest there is.
pub(super) fn role(word: &str) -> Result<Role, Option<&'static str>> {
    find(ROLES, word)
}

/// Yes or no, or the nearest there is.
pub(super) fn answer(word: &str) -> Result<bool, Option<&'static str>> {
    find(ANSWERS, word)
}

/// A verb, or the nearest there is.
pub(super) fn verb(word: &str) -> Result<Verb, Option<&'static str>> {
    find(&VERBS, word)
}

fn find<T: Clone>(known: &'static [Named<T>], word: &str) -> Result<T, Option<&'static str>> {
    let bare = |word: &str| -> String { word.chars().filter(|letter| !matches!(letter, '-' | '_' | ' ')).collect() };
    let wanted = bare(&fold_marks(word));
    let found = known.iter().find(|(name, _)| bare(name) == wanted);
    found.map(|(_, meaning)| meaning.clone()).ok_or_else(|| nearest(&wanted, known.iter().map(|(name, _)| *name)))
}
