//! [`Filled`]: what a person filled in for a deed, as typed. The same for the form on the screen and the command line; read
//! against each item by itself, so that `+5h` counts from each one's own due date.

use jiff::{Timestamp, civil::Date};

use super::{
    calendar::Calendar,
    check::Refusal,
    deed::{Deed, Field},
    entry::{Channel, Entry, Verb},
    id::{EntryId, ItemId},
    item::Item,
    text::Text,
    typed_date::{self, Sense},
};

/// What was typed into the fields of a deed; blank ones are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled(Vec<(Field, Text)>);

/// Why a deed does not come to entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// What was typed into this field cannot be read, or is missing.
    Field(Field),
    /// The rules do not let it.
    Refused(Refusal),
}

/// What a deed is done against.
#[derive(Clone, Copy, Debug)]
pub struct Against<'a> {
    /// Now, by the plan's clock.
    pub now: Timestamp,
    /// Its day in the plan's zone.
    pub today: Date,
    /// The plan's calendar.
    pub calendar: &'a Calendar,
}

impl Filled {
    /// Fills in a field; blank text leaves it out.
    pub fn fill(&mut self, field: Field, typed: &str) {
        self.0.retain(|(other, _)| *other != field);
        let typed = Text::new(typed.trim());
        if !typed.is_empty() {
            self.0.push((field, typed));
        }
    }

    /// What was typed into a field.
    pub fn get(&self, field: Field) -> Option<&Text> {
        self.0.iter().find(|(other, _)| *other == field).map(|(_, typed)| typed)
    }

    /// The day typed into a field, as `item` reads it; none where it is blank or no date.
    pub fn date(&self, field: Field, item: &Item, against: Against<'_>) -> Option<Date> {
        self.date_of(field, item.due, against)
    }

    /// The same as an item reads it that is due on this day.
    pub fn date_of(&self, field: Field, due: Option<Date>, against: Against<'_>) -> Option<Date> {
        let base = typed_date::Base { today: against.today, due, calendar: against.calendar };
        typed_date::read(self.get(field)?, sense(field), base)
    }

    /// The day typed into a field if it was meant on the other side of today than the field takes; none where it is no date
    /// either way.
    pub fn other_way(&self, field: Field, item: &Item, against: Against<'_>) -> Option<Date> {
        let base = typed_date::Base { today: against.today, due: item.due, calendar: against.calendar };
        typed_date::read(self.get(field)?, sense(field).other(), base)
    }

    /// The entries `deed` comes to on `item`, their ids still to be made.
    ///
    /// # Errors
    ///
    /// The first field that is missing or cannot be read; what the rules say against it.
    pub fn entries(&self, deed: Deed, item: &Item, against: Against<'_>) -> Result<Vec<Entry>, Fault> {
        deed.check(item).map_err(Fault::Refused)?;
        let said = self.said(deed, item, against).map_err(Fault::Field)?;
        deed.entries(&said, item, against.calendar).map_err(Fault::Refused)
    }

    /// The first field that is missing or cannot be read against `item`, whatever the rules say of the deed itself.
    pub fn fault(&self, deed: Deed, item: &Item, against: Against<'_>) -> Option<Field> {
        self.said(deed, item, against).err()
    }

    fn said(&self, deed: Deed, item: &Item, against: Against<'_>) -> Result<Entry, Field> {
        let text = |field| self.get(field).cloned();
        let date = |field| self.date(field, item, against);
        let on = date(Field::On).unwrap_or(against.today);
        let nothing = Entry::new(EntryId::UNMADE, ItemId::from(""), Verb::Note, on, against.now);
        let said = Entry {
            until: date(Field::Until),
            promise: date(Field::Promise),
            percent: self.number(Field::Percent).filter(|percent| *percent <= 100),
            level: self.number(Field::Level),
            channel: self.get(Field::Channel).and_then(|typed| channel(typed)),
            to: text(Field::To),
            document: text(Field::Document),
            link: text(Field::Link),
            reason: text(Field::Reason),
            note: text(Field::Note),
            ..nothing
        };
        let is_wrong = |field: &&Field| match self.get(**field) {
            None => deed.needs(**field),
            Some(_) if is_date(**field) => date(**field).is_none_or(|day| is_wrong_way(**field, day, against.today)),
            Some(_) => !is_read(**field, &said),
        };
        match deed.fields().iter().find(is_wrong) {
            Some(wrong) => Err(*wrong),
            None => Ok(said),
        }
    }

    fn number(&self, field: Field) -> Option<u8> {
        self.get(field)?.trim_end_matches('%').trim().parse().ok()
    }
}

/// Did what was typed into a field come to something? Days are looked at by themselves.
fn is_read(field: Field, said: &Entry) -> bool {
    match field {
        Field::Percent => said.percent.is_some(),
        Field::Level => said.level.is_some(),
        Field::Channel => said.channel.is_some(),
        Field::On | Field::Until | Field::Promise => true,
        Field::To | Field::Document | Field::Link | Field::Reason | Field::Note => true,
    }
}

/// Does a day lie on the wrong side of today for this field? What took effect has been; what somebody is given time until
/// is still to come. A promise is written down as it was made.
pub fn is_wrong_way(field: Field, day: Date, today: Date) -> bool {
    match field {
        Field::On => day > today,
        Field::Until => day < today,
        Field::Promise
        | Field::Percent
        | Field::Level
        | Field::Channel
        | Field::To
        | Field::Document
        | Field::Link
        | Field::Reason
        | Field::Note => false,
    }
}

/// Is a field's day one that has been or one to come?
pub fn sense(field: Field) -> Sense {
    if field == Field::On { Sense::Past } else { Sense::ToCome }
}

/// Is a date typed into it?
pub fn is_date(field: Field) -> bool {
    matches!(field, Field::On | Field::Until | Field::Promise)
}

fn channel(typed: &str) -> Option<Channel> {
    Channel::ALL.into_iter().find(|channel| channel.as_str() == typed)
}
