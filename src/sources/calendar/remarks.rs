//! What there is to say of a calendar that was read: what of it was left out, and why. Each kind is said once, with its count.

use std::collections::BTreeMap;

use crate::domain::{sentence::Sentence, text::Text};

/// Something that was left out or understood otherwise than it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Remark {
    /// Components stand in each other too deep.
    Deep,
    /// There are more events than so many.
    Many(usize),
    /// There are more campaigns or milestones in the year than so many.
    Full(usize),
    /// An event has no day that can be read.
    NoDay,
    /// A rule cannot be read, or recurs more often than daily.
    Rule,
    /// The rules are too much to work out.
    Endless,
    /// A zone is not known: the plan's is taken.
    Zone,
    /// A task lies in no campaign.
    Nowhere,
}

/// The remarks on a calendar, counted.
#[derive(Debug, Default)]
pub(super) struct Remarks(BTreeMap<Remark, usize>);

impl Remarks {
    pub(super) fn add(&mut self, remark: Remark) {
        *self.0.entry(remark).or_default() += 1;
    }

    /// As they are said of the calendar of that name.
    pub(super) fn sentences(self, name: &Text) -> Vec<Sentence> {
        let said = |(remark, count): (Remark, usize)| match remark {
            Remark::Deep => Sentence::new("calendar-deep").with("count", count),
            Remark::Many(most) => Sentence::new("calendar-many").with("count", count).with("most", most),
            Remark::Full(most) => Sentence::new("calendar-full").with("count", count).with("most", most),
            Remark::NoDay => Sentence::new("calendar-no-day").with("count", count),
            Remark::Rule => Sentence::new("calendar-rule").with("count", count),
            Remark::Endless => Sentence::new("calendar-endless").with("count", count),
            Remark::Zone => Sentence::new("calendar-zone").with("count", count),
            Remark::Nowhere => Sentence::new("calendar-nowhere").with("count", count),
        };
        let whole = |said| Sentence::new("calendar-remark").with("name", name).with("remark", said);
        self.0.into_iter().map(said).map(whole).collect()
    }
}
