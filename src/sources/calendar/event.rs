//! [`Event`]: an event or a task as its calendar says it, and when it takes place in a year.

use std::collections::BTreeMap;

use icalendar::parser::{Component, Property, read_calendar_simple};
use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};

use super::{
    lines::Kind,
    moment::{Length, Moment, Zones},
    recurring::{Patience, times},
    remarks::{Remark, Remarks},
};
use crate::domain::text::Text;

/// So long a name may be, in letters.
const LONGEST: usize = 300;
/// So many days may be added to a rule, or taken out of it, by hand.
const DATES: usize = 2_000;
/// What begins so many days before the year may last into it.
const BEFORE: i32 = 400;

/// Is it settled?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    Firm,
    Tentative,
    Cancelled,
}

/// An event or a task.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) kind: Kind,
    pub(super) uid: String,
    /// Which time of a recurring one it takes the place of.
    pub(super) replaces: Option<Moment>,
    /// It takes the place of those after that too.
    onwards: bool,
    pub(super) start: Moment,
    /// What its rules and exceptions are told by: of a task that is when one can begin with it, not when it is due.
    begins: Moment,
    length: Length,
    pub(super) title: Text,
    pub(super) settled: Settled,
    /// Of a task: it is done, on that day where it says so.
    pub(super) done: Option<Option<Date>>,
    /// Of a task: somebody has begun.
    pub(super) begun: bool,
    rules: Vec<String>,
    more: Vec<Moment>,
    without: Vec<Moment>,
    pub(super) categories: Vec<Text>,
    /// The event it belongs to.
    pub(super) parent: Option<String>,
    pub(super) place: Option<Text>,
    pub(super) organizer: Option<Text>,
}

/// One time it takes place.
#[derive(Clone, Debug)]
pub(super) struct Occurrence {
    /// Which of them it is: the day it was to begin on, wherever it was moved.
    pub(super) day: Date,
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) title: Text,
    pub(super) settled: Settled,
    /// Of a task: as of [`Event`].
    pub(super) done: Option<Option<Date>>,
    pub(super) begun: bool,
}

impl Event {
    /// What the lines of a component say. `None` where they cannot be read, or say no day.
    pub(super) fn read(kind: Kind, lines: &str, zones: &Zones, remarks: &mut Remarks) -> Option<Event> {
        let read = read_calendar_simple(lines).ok();
        let component = read.as_ref().and_then(|components| components.first());
        let event = component.and_then(|component| Event::of(kind, component, zones, remarks));
        if event.is_none() {
            remarks.add(Remark::NoDay);
        }
        event
    }

    fn of(kind: Kind, component: &Component<'_>, zones: &Zones, remarks: &mut Remarks) -> Option<Event> {
        let text = |name| {
            component.find_prop(name).map(|property| property.val.as_ref().trim()).filter(|text| !text.is_empty())
        };
        let mut moment = |name| component.find_prop(name).and_then(|property| Moment::of(property, zones, remarks));
        let (begins, ends, due, replaces) =
            (moment("DTSTART"), moment("DTEND"), moment("DUE"), moment("RECURRENCE-ID"));
        let completed = moment("COMPLETED");
        let lasting = |start: &Moment| text("DURATION").and_then(|written| start.lasting(written));
        let nothing =
            |start: &Moment| if start.is_day { Length::Days(1) } else { Length::Time(jiff::SignedDuration::ZERO) };
        let first = begins.clone();
        let (start, length) = match (kind, begins, due) {
            (Kind::Event, Some(start), _) => {
                let length = ends.and_then(|end| start.until(&end)).or_else(|| lasting(&start));
                let length = length.unwrap_or_else(|| nothing(&start));
                (start, length)
            }
            // A task is a point: the day it is due.
            (Kind::Todo, _, Some(due)) => {
                let length = nothing(&due);
                (due, length)
            }
            (Kind::Todo, Some(start), None) => {
                let length = lasting(&start)?;
                (start, length)
            }
            (Kind::Event | Kind::Todo, None, _) => return None,
        };
        let status = text("STATUS").unwrap_or_default().to_ascii_uppercase();
        let percent = text("PERCENT-COMPLETE").and_then(|percent| percent.parse::<u8>().ok()).unwrap_or(0);
        let is_done = kind == Kind::Todo && (status == "COMPLETED" || percent >= 100 || completed.is_some());
        let all = |name: &'static str| component.properties.iter().filter(move |property| property.name == name);
        let mut dates = |name| {
            let of = |property: &Property<'_>| Moment::all(property, zones, remarks, DATES);
            all(name).flat_map(of).take(DATES).collect::<Vec<_>>()
        };
        let (more, without) = (dates("RDATE"), dates("EXDATE"));
        let title = short(text("SUMMARY").or_else(|| text("LOCATION")).unwrap_or_default());
        let uid = text("UID").map_or_else(|| format!("{title} {}", start.at), ToOwned::to_owned);
        Some(Event {
            kind,
            uid,
            replaces,
            onwards: component.find_prop("RECURRENCE-ID").is_some_and(is_onwards),
            begins: first.unwrap_or_else(|| start.clone()),
            length,
            settled: match status.as_str() {
                "CANCELLED" => Settled::Cancelled,
                "TENTATIVE" => Settled::Tentative,
                _ => Settled::Firm,
            },
            done: is_done.then(|| completed.map(|at| at.day(&zones.plan))),
            begun: kind == Kind::Todo && (status == "IN-PROCESS" || percent > 0),
            rules: all("RRULE").take(4).map(|rule| rule.val.as_ref().trim().to_owned()).collect(),
            more,
            without,
            categories: all("CATEGORIES").flat_map(|property| list(property.val.as_ref())).take(20).collect(),
            parent: all("RELATED-TO").find(|property| is_parent(property)).map(|of| of.val.as_ref().trim().to_owned()),
            place: text("LOCATION").map(short),
            organizer: component.find_prop("ORGANIZER").and_then(common_name),
            title,
            start,
        })
    }

    /// Does it take place more than once?
    pub(super) fn recurs(&self) -> bool {
        !self.rules.is_empty() || !self.more.is_empty()
    }

    /// The one that begins `at`.
    fn occurrence(&self, at: DateTime, day: Date, zones: &Zones) -> Occurrence {
        let moved = self.start.at.checked_add(at.duration_since(self.begins.at));
        let start = self.start.moved(moved.unwrap_or(self.start.at));
        let (first, last) = (start.day(&zones.plan), start.last_day(self.length, &zones.plan));
        let Event { title, settled, done, begun, .. } = self;
        Occurrence { day, first, last, title: title.clone(), settled: *settled, done: *done, begun: *begun }
    }

    /// Of `replaced` the one that holds from some time on, up to `at` or longer, with that time.
    fn since<'e>(&self, at: DateTime, replaced: &'e [Event]) -> Option<(DateTime, &'e Event)> {
        let onwards = replaced.iter().filter(|other| other.onwards);
        let from = onwards.filter_map(|other| Some((other.replaces.as_ref()?.beside(&self.begins), other)));
        from.filter(|(from, _)| *from <= at).max_by_key(|(from, _)| *from)
    }

    /// When it takes place in `year`, in order; `replaced` are those of its times that are told apart from the rest.
    pub(super) fn occurrences(
        &self,
        replaced: &[Event],
        year: i16,
        zones: &Zones,
        (patience, remarks): (&mut Patience, &mut Remarks),
    ) -> Vec<Occurrence> {
        let (Ok(begin), Ok(end)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else { return Vec::new() };
        let margin = |date: Date, days: i32| date.checked_add(days.days()).unwrap_or(date).at(0, 0, 0, 0);
        let room = (margin(begin, -BEFORE), margin(end, 2));
        let mut starts = Vec::new();
        let mut follows = false;
        for rule in &self.rules {
            if let Some(times) = times(rule, &self.begins, room, patience, remarks) {
                follows = true;
                starts.extend(times);
            }
        }
        if !follows {
            starts.push(self.begins.at);
        }
        starts.extend(self.more.iter().map(|moment| moment.beside(&self.begins)));
        let is = |moment: &Moment, at: DateTime| {
            let other = moment.beside(&self.begins);
            if moment.is_day || self.begins.is_day { other.date() == at.date() } else { other == at }
        };
        starts.retain(|at| !self.without.iter().any(|without| is(without, *at)));
        let mut found: BTreeMap<Date, Occurrence> = BTreeMap::new();
        for at in starts {
            let is_replaced = replaced.iter().filter_map(|other| other.replaces.as_ref()).any(|moment| is(moment, at));
            if is_replaced {
                continue;
            }
            let occurrence = match self.since(at, replaced) {
                None => self.occurrence(at, at.date(), zones),
                Some((_, other)) if other.settled == Settled::Cancelled => continue,
                Some((from, other)) => {
                    let moved = other.begins.at.checked_add(at.duration_since(from)).unwrap_or(at);
                    other.occurrence(moved, at.date(), zones)
                }
            };
            found.entry(at.date()).or_insert(occurrence);
        }
        for other in replaced.iter().filter(|other| other.settled != Settled::Cancelled) {
            let day = other.replaces.as_ref().map_or(other.begins.at, |moment| moment.beside(&self.begins)).date();
            found.insert(day, other.occurrence(other.begins.at, day, zones));
        }
        let mut found: Vec<Occurrence> = found.into_values().collect();
        found.retain(|occurrence| occurrence.first <= end && occurrence.last >= begin);
        found.sort_by_key(|occurrence| (occurrence.first, occurrence.last, occurrence.day));
        found
    }
}

/// `RANGE=THISANDFUTURE`.
fn is_onwards(replaces: &Property<'_>) -> bool {
    let range = replaces.params.iter().find(|param| param.key.as_ref().eq_ignore_ascii_case("RANGE"));
    range.and_then(|range| range.val.as_ref()).is_some_and(|range| range.as_ref().eq_ignore_ascii_case("THISANDFUTURE"))
}

/// The values of a list; its commas are not those of the values.
fn list(written: &str) -> Vec<Text> {
    let marked = written.replace("\\,", "\u{1}");
    let plain = |one: &str| short(one.replace('\u{1}', ",").replace("\\;", ";").replace("\\\\", "\\").trim());
    marked.split(',').map(plain).filter(|one| !one.is_empty()).collect()
}

fn is_parent(property: &Property<'_>) -> bool {
    let kind = property.params.iter().find(|param| param.key.as_ref().eq_ignore_ascii_case("RELTYPE"));
    kind.and_then(|kind| kind.val.as_ref()).is_none_or(|kind| kind.as_ref().eq_ignore_ascii_case("PARENT"))
}

fn common_name(organizer: &Property<'_>) -> Option<Text> {
    let name = organizer.params.iter().find(|param| param.key.as_ref().eq_ignore_ascii_case("CN"))?.val.as_ref()?;
    Some(short(name.as_ref().trim_matches('"')))
}

fn short(text: &str) -> Text {
    Text::new(&text.chars().take(LONGEST).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_that_is_escaped_does_not_part_a_list() {
        let said: Vec<String> = list(r"Xã Tân Lập\, phường Hòa Bình,Mốc, ").iter().map(ToString::to_string).collect();
        assert_eq!(said, ["Xã Tân Lập, phường Hòa Bình", "Mốc"]);
    }
}
