//! [`Facts`]: what a document says: the plan, the figures, what is late and what was done about it. The figures are those of
//! `domain/summary.rs`, as `tiendo status` has them.

use std::cmp::Reverse;

use super::{letterhead::Letterhead, places::Place};
use crate::{
    domain::{
        item::{Index, Item, Kind},
        status::{Cell, cell},
        summary::{Figures, Summary, days_late},
        text::fold_marks,
    },
    export::HandOver,
    words::{
        Words,
        prose::{Prose, whole_name},
    },
};

/// A figure of the tasks or the reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Figure {
    Assigned,
    Reached,
    Done,
    /// Done on time, or without a deadline.
    OnTime,
    DoneLate,
    Open,
    /// Open with time left, or without a deadline.
    InTime,
    Overdue,
    /// Waiting for confirmation, or put off.
    Waiting,
    LeftOut,
    DoneRate,
    OverdueRate,
}

impl Figure {
    /// On time, late, in time, overdue, waiting: each assigned item is in one of these.
    pub(super) const PARTITION: [Figure; 5] =
        [Figure::OnTime, Figure::DoneLate, Figure::InTime, Figure::Overdue, Figure::Waiting];

    /// The number; none where it is a share.
    fn count(self, figures: &Figures) -> Option<u32> {
        let sum = |cells: &[Cell]| cells.iter().map(|cell| figures.in_cell(*cell)).sum();
        Some(match self {
            Figure::Assigned => figures.assigned(),
            Figure::Reached => figures.reached(),
            Figure::Done => figures.done(),
            Figure::OnTime => sum(&[Cell::OnTime, Cell::DoneNoDeadline]),
            Figure::DoneLate => figures.in_cell(Cell::Late),
            Figure::Open => figures.open(),
            Figure::InTime => sum(&[Cell::InTime, Cell::DueSoon, Cell::NoDeadline]),
            Figure::Overdue => figures.overdue(),
            Figure::Waiting => sum(&[Cell::AwaitingConfirmation, Cell::Paused]),
            Figure::LeftOut => figures.left_out,
            Figure::DoneRate | Figure::OverdueRate => return None,
        })
    }

    /// The figure as it is written.
    pub(super) fn said(self, figures: &Figures, words: &Words) -> String {
        if let Some(count) = self.count(figures) {
            return words.number(count.into());
        }
        let rate = if self == Figure::DoneRate { figures.done_rate() } else { figures.overdue_rate() };
        match rate {
            // A share from 0 to 1, in tenths of a hundredth.
            Some(share) => format!("{}%", words.tenths((share * 1000.0).round() as u64)),
            None => "–".to_owned(),
        }
    }
}

/// What nothing is known of is filled in by hand.
const BLANK: &str = "……………";

/// What is said.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub(super) over: &'a HandOver<'a>,
    pub(super) letterhead: &'a Letterhead,
    pub(super) prose: Prose<'a>,
    pub(super) summary: Summary,
    /// What is overdue, the latest first.
    pub(super) late: Vec<&'a Item>,
}

/// What is overdue, the latest first; milestones are not counted, as nowhere.
pub fn late<'a>(over: &HandOver<'a>) -> Vec<&'a Item> {
    let is_late = |item: &&Item| item.kind() != Kind::Milestone && cell(item, over.today) == Some(Cell::Overdue);
    let mut late: Vec<&Item> = over.items.iter().copied().filter(is_late).collect();
    late.sort_by_key(|item| (Reverse(days_late(item, over.today)), item.agency));
    late
}

/// The same without what the office itself owes: nobody writes to oneself.
pub(super) fn late_elsewhere<'a>(over: &HandOver<'a>, letterhead: &Letterhead) -> Vec<&'a Item> {
    let (outline, tag) = (&over.snapshot.outline, over.words.language.tag);
    let seat = letterhead.seat.as_ref().and_then(|id| outline.agency(id.as_str()));
    let own: Vec<Index> = (0..)
        .zip(&outline.agencies)
        .filter(|(index, agency)| Some(*index) == seat || whole_name(agency, tag) == letterhead.office)
        .map(|(index, _)| index)
        .collect();
    let mut late = late(over);
    late.retain(|item| !own.contains(&item.agency));
    late
}

impl<'a> Facts<'a> {
    pub(super) fn new(over: &'a HandOver<'a>, letterhead: &'a Letterhead, late: Vec<&'a Item>) -> Self {
        let summary = Summary::over(&over.snapshot.outline, over.items.iter().copied(), over.today);
        let prose = Prose { snapshot: over.snapshot, today: over.today.date, words: over.words };
        Facts { over, letterhead, prose, summary, late }
    }

    pub(super) fn words(&self) -> &'a Words {
        self.over.words
    }

    /// Days an item is late.
    pub(super) fn days(&self, item: &Item) -> i32 {
        days_late(item, self.over.today).unwrap_or_default()
    }

    /// The agencies that are late, in the plan's order, each with its items, the latest first.
    pub(super) fn by_agency(&self) -> Vec<(Index, Vec<&'a Item>)> {
        let mut items = self.late.clone();
        items.sort_by_key(|item| item.agency);
        let groups = items.chunk_by(|one, other| one.agency == other.agency);
        groups.filter_map(|group| Some((group.first()?.agency, group.to_vec()))).collect()
    }

    /// What stands in a place within a line; nothing for a part of its own.
    pub(super) fn value(&self, place: Place) -> String {
        let (over, words, prose) = (self.over, self.words(), &self.prose);
        let count = |count: usize| words.number(i64::try_from(count).unwrap_or(i64::MAX));
        let those = |is: &dyn Fn(&Item) -> bool| count(self.late.iter().filter(|item| is(item)).count());
        match place {
            Place::Plan => prose.title(),
            Place::PlanNumber => prose.number(),
            Place::Basis => prose.basis(),
            Place::Owner => prose.owner(),
            Place::Office if self.letterhead.office.is_empty() => BLANK.to_owned(),
            Place::Office => self.letterhead.office.clone(),
            Place::Above => self.above(),
            Place::Seat => self.seat(),
            Place::Date => words.date(over.at.date()),
            Place::Time => format!("{:02}:{:02}", over.at.hour(), over.at.minute()),
            Place::Before => {
                let days = i32::from(self.letterhead.answer_working_days);
                words.date(over.snapshot.outline.calendar.add_working_days(over.today.date, days))
            }
            Place::Tasks(figure) => figure.said(&self.summary.tasks, words),
            Place::Reports(figure) => figure.said(&self.summary.reports, words),
            Place::Late => count(self.late.len()),
            Place::LateAgencies => count(self.by_agency().len()),
            Place::Longest => {
                words.number(self.late.iter().map(|item| self.days(item)).max().unwrap_or_default().into())
            }
            Place::Reminded => those(&|item| item.state.reminders > 0),
            Place::Escalated => those(&|item| item.state.escalations > 0),
            Place::Untouched => those(&|item| item.state.is_untouched()),
            Place::AsOf => self.as_of(),
            Place::Addressees
            | Place::TasksByAgency
            | Place::ReportsByAgency
            | Place::ByProgramme
            | Place::Campaigns
            | Place::LateByAgency
            | Place::Reasons
            | Place::Proposals
            | Place::LateItems
            | Place::LateItemsByAgency => String::new(),
        }
    }

    /// The body above the office: as the plan has it, else the body whose plan it is, where that is another one.
    fn above(&self) -> String {
        let (outline, office) = (&self.over.snapshot.outline, &self.letterhead.office);
        let tag = self.words().language.tag;
        let own = outline.agencies.iter().find(|agency| whole_name(agency, tag) == *office);
        let parent = own.and_then(|agency| outline.agency(agency.parent.as_ref()?.as_str()));
        let above = parent.map_or_else(|| self.prose.owner(), |parent| self.prose.agency(parent));
        if above == *office { String::new() } else { above }
    }

    /// The place the plan's owner sits in, by its Vietnamese name (`Ủy ban nhân dân tỉnh Bình Phước`); to be filled in where
    /// that does not say one.
    fn seat(&self) -> String {
        let outline = &self.over.snapshot.outline;
        let owner = outline.plan.owner.as_ref().and_then(|id| outline.agency(id.as_str()));
        let owner = owner.and_then(|index| outline.agencies.get(index as usize));
        let name = owner.map(|owner| whole_name(owner, "vi")).unwrap_or_default();
        place_in(&name).unwrap_or(BLANK).to_owned()
    }

    /// `Số liệu lúc … · nguồn … · phạm vi … · người lập …`.
    fn as_of(&self) -> String {
        let over = self.over;
        let when = format!("{} {:02}:{:02}", over.words.date(over.at.date()), over.at.hour(), over.at.minute());
        let everything = over.words.get("export-everything");
        let filter = if over.filter.is_empty() { everything.as_ref() } else { over.filter };
        let parts = [
            ("when", when.into()),
            ("source", over.source.into()),
            ("filter", filter.into()),
            ("who", over.who.into()),
        ];
        over.words.with("export-of", &parts)
    }
}

/// What follows the last word for a unit of the administration, `tỉnh`, `huyện`.
fn place_in(name: &str) -> Option<&str> {
    const UNITS: [&str; 8] =
        [" tinh ", " thanh pho ", " huyen ", " thi xa ", " quan ", " xa ", " phuong ", " thi tran "];
    // Folded letter by letter, so that places in both are the same.
    let folded: Vec<String> = name.chars().map(|letter| fold_marks(&letter.to_string())).collect();
    let lengths = folded.iter().zip(name.chars()).scan((0, 0), |at, (folded, letter)| {
        *at = (at.0 + folded.len(), at.1 + letter.len_utf8());
        Some(*at)
    });
    let ends: Vec<(usize, usize)> = lengths.collect();
    let text = folded.concat();
    let end = UNITS.iter().filter_map(|unit| text.rfind(unit).map(|at| at + unit.len())).max()?;
    let (_, at) = ends.into_iter().find(|(folded, _)| *folded == end)?;
    name.get(at..).map(str::trim).filter(|place| !place.is_empty())
}

#[cfg(test)]
mod tests {
    use super::place_in;

    #[test]
    fn the_place_is_what_follows_the_word_for_the_unit() {
        for (name, place) in [
            ("Ủy ban nhân dân tỉnh Bình Phước", Some("Bình Phước")),
            ("UBND thành phố Đồng Xoài", Some("Đồng Xoài")),
            ("UBND xã Phước Tân, huyện Phú Riềng", Some("Phú Riềng")),
            ("Sở Nội vụ", None),
            ("Ủy ban nhân dân tỉnh", None),
            ("", None),
        ] {
            assert_eq!(place_in(name), place, "{name}");
        }
    }
}
