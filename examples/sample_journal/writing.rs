//! From drafts to lines: the time in the day, the order, document numbers, ids, what each entry had seen.

use std::collections::{BTreeMap, HashMap};

use jiff::{
    ZonedDateTime,
    civil::{Date, Time},
};
use tiendo::domain::{
    entry::Entry,
    id::{EntryId, ItemId},
    snapshot::Snapshot,
};
use uuid::Builder;

use super::{
    story::{Story, stand_in},
    telling::{Draft, scatter},
};

/// The drafts as lines of JSON, in the order of their times; `snapshot` is the plan before anything happened.
pub(crate) fn lines(drafts: Vec<Draft>, mut snapshot: Snapshot, story: &Story) -> String {
    let mut numbers = Numbers { letters: &story.letters, last: HashMap::new() };
    let mut cases = HashMap::new();
    let mut text = String::new();
    for (seq, (at, draft)) in (1..).zip(timed(drafts, &snapshot)) {
        let mut entry = draft.entry;
        entry.id = id(&at, seq);
        entry.seq = seq;
        entry.at = at.timestamp();
        entry.recorded = Some(entry.at);
        stand_in(&mut entry, at.datetime(), story);
        if let Some(case) = draft.case {
            let opening = cases.entry(case).or_insert(entry.id);
            entry.item = ItemId::from(entry.item.as_str().replace("{case}", &opening.to_string()).as_str());
        }
        if let Some(sender) = draft.sender {
            entry.document = Some(numbers.next(&sender, &entry).into());
        }
        entry.expects = snapshot.item(&entry.item).and_then(|item| item.state.last);
        snapshot.apply(&entry);
        text += &line(&entry, &at);
        text.push('\n');
    }
    text
}

/// One entry as JSON, the time of the act by the clock on the wall.
fn line(entry: &Entry, at: &ZonedDateTime) -> String {
    let json = serde_json::to_string(entry).expect("an entry is plain data");
    let wall = at.strftime("%Y-%m-%dT%H:%M:%S%:z");
    json.replacen(&format!(r#""at":"{}""#, entry.at), &format!(r#""at":"{wall}""#), 1)
}

/// Gives every draft a time in its day's working hours and sorts by it. Items come in no particular order over the day,
/// what happened to one item in the order told.
fn timed(drafts: Vec<Draft>, snapshot: &Snapshot) -> Vec<(ZonedDateTime, Draft)> {
    let mut by_day: BTreeMap<Date, Vec<Draft>> = BTreeMap::new();
    for draft in drafts {
        by_day.entry(snapshot.outline.calendar.roll(draft.entry.on)).or_default().push(draft);
    }
    let mut timed = vec![];
    for (day, mut drafts) in by_day {
        drafts.sort_by_key(|draft| scatter(draft.entry.item.as_str()));
        let count = u32::try_from(drafts.len()).expect("few enough a day");
        for (nth, draft) in (0..).zip(drafts) {
            let within = scatter(&format!("{day}{}{}", draft.entry.item, draft.entry.verb.as_str())) % 1000;
            let time = working_time(WORKED * (nth * 1000 + within) / (count * 1000));
            let at = day.to_datetime(time).to_zoned_datetime(snapshot.outline.zone.clone()).expect("a time of day");
            timed.push((at, draft));
        }
    }
    timed
}

/// Seconds worked in a day: 08:00–11:30 and 13:30–16:15.
const WORKED: u32 = MORNING + 165 * 60;
const MORNING: u32 = 210 * 60;

fn working_time(worked: u32) -> Time {
    let second = if worked < MORNING { 8 * 3600 + worked } else { 13 * 3600 + 30 * 60 + worked - MORNING };
    let part = |value: u32| i8::try_from(value).expect("part of a time of day");
    Time::constant(part(second / 3600), part(second / 60 % 60), part(second % 60), 0)
}

/// A UUID of version 7: the time from the entry, the rest from its place in the journal.
fn id(at: &ZonedDateTime, seq: u64) -> EntryId {
    let mut rest = [0; 10];
    rest[2..].copy_from_slice(&seq.to_be_bytes());
    let millis = u64::try_from(at.timestamp().as_millisecond()).expect("after 1970");
    EntryId(Builder::from_unix_timestamp_millis(millis, &rest).into_uuid())
}

/// Running document numbers, one sequence per agency.
struct Numbers<'a> {
    letters: &'a BTreeMap<String, String>,
    last: HashMap<String, u32>,
}

impl Numbers<'_> {
    /// About as many documents a day as the agency writes, and never the same number twice.
    fn next(&mut self, agency: &str, entry: &Entry) -> String {
        let day = u32::try_from(entry.on.day_of_year()).expect("a day of the year");
        let usual = 1 + day * (40 + scatter(agency) % 60) / 100;
        let last = self.last.entry(agency.into()).or_default();
        *last = usual.max(*last + 1);
        let kind = if entry.item.as_str().starts_with("report:R1/") { "KH" } else { "BC" };
        format!("{last}/{kind}-{}", self.letters[agency])
    }
}
