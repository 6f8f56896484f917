//! From drafts to lines: the time in the day, the order, document numbers, ids, what each entry had seen.

use super::{
    calendar::Calendar,
    story::Story,
    telling::{Draft, scatter},
};
use jiff::{
    ZonedDateTime,
    civil::{Date, Time},
};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use uuid::{Builder, Uuid};

/// An entry as the protocol writes it; what is empty is left out.
#[derive(Serialize)]
struct Entry {
    id: Uuid,
    item: String,
    verb: String,
    on: Date,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expects: Option<Uuid>,
    by: String,
    seq: u64,
    recorded: String,
}

/// Verbs that two people may use at once without one undoing the other's.
const COMMUTING: [&str; 6] = ["acknowledge", "note", "assign", "snooze", "remind", "open"];

pub(crate) fn lines(drafts: Vec<Draft>, days: &Calendar, story: &Story) -> String {
    let mut numbers = Numbers { letters: &story.letters, last: HashMap::new() };
    let mut opened = HashMap::new();
    let mut seen = HashMap::new();
    let mut text = String::new();
    for (seq, (at, draft)) in (1..).zip(timed(drafts, days, &story.clock)) {
        let id = id(&at, seq);
        let item = match draft.case {
            Some(case) => draft.item.replace("{case}", &opened.entry(case).or_insert(id).to_string()),
            None => draft.item.clone(),
        };
        let expects = match COMMUTING.contains(&draft.verb.as_str()) {
            true => seen.get(&item).copied(),
            false => seen.insert(item.clone(), id),
        };
        let entry = Entry {
            id,
            item,
            on: draft.on,
            at: at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            document: draft.numbered.as_deref().map(|agency| numbers.next(agency, &draft)).or(draft.document),
            expects,
            seq,
            recorded: at.timestamp().to_string(),
            verb: draft.verb,
            until: draft.until,
            percent: draft.percent,
            level: draft.level,
            channel: draft.channel,
            to: draft.to,
            agency: draft.agency,
            title: draft.title,
            outcome: draft.outcome,
            reason: draft.reason,
            note: draft.note,
            by: draft.by,
        };
        text += &serde_json::to_string(&entry).expect("an entry is plain data");
        text.push('\n');
    }
    text
}

/// Gives every draft a time in its day's working hours and sorts by it. Items come in no particular order over the day,
/// what happened to one item in the order told.
fn timed(drafts: Vec<Draft>, days: &Calendar, clock: &ZonedDateTime) -> Vec<(ZonedDateTime, Draft)> {
    let mut by_day: BTreeMap<Date, Vec<Draft>> = BTreeMap::new();
    for draft in drafts {
        by_day.entry(days.roll(draft.on)).or_default().push(draft);
    }
    by_day.into_iter().flat_map(|(day, mut drafts)| {
        drafts.sort_by_key(|draft| scatter(&draft.item));
        let count = u32::try_from(drafts.len()).expect("few enough a day");
        (0..).zip(drafts).map(move |(nth, draft)| {
            let within = scatter(&format!("{day}{}{}", draft.item, draft.verb)) % 1000;
            let time = working_time(WORKED * (nth * 1000 + within) / (count * 1000));
            (day.to_datetime(time).to_zoned_datetime(clock.time_zone().clone()).expect("a time of day"), draft)
        })
    }).collect()
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
fn id(at: &ZonedDateTime, seq: u64) -> Uuid {
    let mut rest = [0; 10];
    rest[2..].copy_from_slice(&seq.to_be_bytes());
    let millis = u64::try_from(at.timestamp().as_millisecond()).expect("after 1970");
    Builder::from_unix_timestamp_millis(millis, &rest).into_uuid()
}

/// Running document numbers, one sequence per agency.
struct Numbers<'a> {
    letters: &'a BTreeMap<String, String>,
    last: HashMap<String, u32>,
}

impl Numbers<'_> {
    /// About as many documents a day as the agency writes, and never the same number twice.
    fn next(&mut self, agency: &str, draft: &Draft) -> String {
        let day = u32::try_from(draft.on.day_of_year()).expect("a day of the year");
        let usual = 1 + day * (40 + scatter(agency) % 60) / 100;
        let last = self.last.entry(agency.into()).or_default();
        *last = usual.max(*last + 1);
        let kind = if draft.item.starts_with("report:R1/") { "KH" } else { "BC" };
        format!("{last}/{kind}-{}", self.letters[agency])
    }
}
