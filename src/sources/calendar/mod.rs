//! Shared calendars (iCalendar, RFC 5545) laid over a plan: where they are ([`Calendar`]) and what they say of a year ([`read`]).
//! `lines.rs` takes one apart, `event.rs` reads an event, `moment.rs` and `recurring.rs` know when it takes place,
//! `campaigns.rs` makes campaigns of them. Whatever a calendar holds, reading it stays within limits, and what is left out is
//! said.

mod campaigns;
mod event;
mod lines;
mod moment;
mod place;
mod recurring;
mod remarks;

use std::collections::HashSet;

use jiff::{civil::Date, tz::TimeZone};

pub use self::place::{Calendar, CalendarSettings, Copy, check_address};
use crate::domain::{borrowed::Borrowed, plan::Plan, sentence::Sentence, text::Text, title::Title};

/// What reading a calendar needs to know.
pub struct Reading<'a> {
    /// The plan it is laid over: its year, and its agencies.
    pub plan: &'a Plan,
    /// Its zone.
    pub zone: TimeZone,
    /// The day it is there.
    pub today: Date,
    /// Says a title in every language.
    pub titles: &'a (dyn Fn(&Sentence) -> Title + Send + Sync),
}

/// What the calendars say, each with its name; and what of it was left out.
pub fn read<'a>(
    calendars: impl IntoIterator<Item = (&'a Text, &'a [u8])>,
    reading: &Reading<'_>,
) -> (Borrowed, Vec<Sentence>) {
    let (mut all, mut said, mut taken) = (Borrowed::default(), Vec::new(), HashSet::new());
    for (name, bytes) in calendars {
        let (borrowed, remarks) = campaigns::read(name, bytes, reading, &mut taken);
        all.campaigns.extend(borrowed.campaigns);
        all.states.extend(borrowed.states);
        said.extend(remarks);
    }
    (all, said)
}
