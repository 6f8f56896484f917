//! Plan and journal in one file, streamed: the plan as it is, then an entry for each event in the order of time.

use std::{
    io::{self, Write},
    sync::Arc,
};

use jiff::{Timestamp, civil::Date};
use tiendo::domain::{
    entry::{Channel, Entry, Outcome, Verb},
    id::EntryId,
    item::Subject,
    outline::Outline,
    plan::Plan,
    text::Text,
};
use uuid::Builder;

use super::{
    chance::Chance,
    story::{Act, Event, Teller},
};

/// Vietnam is at UTC+7 the whole year.
const OFFSET: i64 = 7 * 3_600_000;
const DAY: i64 = 24 * 3_600_000;
const MORNING: i64 = 7 * 3_600_000 + 1_800_000;
const EVENING: i64 = 17 * 3_600_000;

/// Writes the plan and its story; answers with what was written, in words.
pub(crate) fn write(plan: Plan, chance: &mut Chance, mut out: impl Write) -> io::Result<String> {
    let head = serde_json::to_string(&plan)?;
    let outline = Outline::new(Arc::new(plan));
    let items = outline.expected();
    let events = {
        let mut teller = Teller { calendar: &outline.calendar, chance, events: Vec::with_capacity(items.len() * 4) };
        for (place, item) in (0..).zip(&items) {
            let start = match item.subject {
                Subject::Task(task) => outline.plan.tasks[task as usize].start,
                Subject::Report { .. } | Subject::Milestone { .. } => None,
            };
            teller.tell(place, item, start);
        }
        let mut events = teller.events;
        events.sort_by_key(|event| event.on);
        events
    };
    out.write_all(head.strip_suffix('}').unwrap_or(&head).as_bytes())?;
    out.write_all(b",\"journal\":[\n")?;
    let mut last = vec![Last::default(); items.len()];
    let mut clock = Clock { moments: moments(&events), chance };
    for (seq, event) in (1..).zip(&events) {
        let (at, id) = clock.next(seq);
        let item = &items[event.item as usize];
        let agency = outline.agencies[item.agency as usize].id.as_str();
        let mut entry = entry(event, Entry::new(id, item.id.clone(), Verb::Note, event.on, at), agency, seq);
        let standing = &mut last[event.item as usize];
        entry.expects = standing.now.filter(|_| !entry.verb.commutes());
        if entry.verb == Verb::Reverse {
            entry.reverses = standing.now;
            standing.now = standing.before.take();
        } else if !entry.verb.commutes() {
            *standing = Last { before: standing.now, now: Some(id) };
        }
        if seq > 1 {
            out.write_all(b",\n")?;
        }
        serde_json::to_writer(&mut out, &entry)?;
    }
    out.write_all(b"\n]}\n")?;
    out.flush()?;
    Ok(format!("{} items and {} entries written", items.len(), events.len()))
}

/// The last entries on an item that do not commute.
#[derive(Clone, Copy, Default)]
struct Last {
    before: Option<EntryId>,
    now: Option<EntryId>,
}

/// The moment of each event: spread evenly over the working hours of its day, in order.
fn moments(events: &[Event]) -> Vec<i64> {
    let epoch = Date::constant(1970, 1, 1);
    let mut moments = Vec::with_capacity(events.len());
    for of_day in events.chunk_by(|one, other| one.on == other.on) {
        let days =
            of_day.first().and_then(|event| event.on.since(epoch).ok()).map_or(0, |span| i64::from(span.get_days()));
        let step = (EVENING - MORNING) / (of_day.len() as i64 + 1);
        moments.extend((1..=of_day.len() as i64).map(|number| days * DAY - OFFSET + MORNING + number * step));
    }
    moments
}

/// Gives each entry its instant and its id, a UUID of version 7; both grow.
struct Clock<'a> {
    moments: Vec<i64>,
    chance: &'a mut Chance,
}

impl Clock<'_> {
    fn next(&mut self, seq: u64) -> (Timestamp, EntryId) {
        let moment = self.moments[seq as usize - 1];
        let at = Timestamp::from_millisecond(moment).unwrap_or(Timestamp::UNIX_EPOCH);
        let random = self.chance.next().to_be_bytes();
        // The number goes first: entries of one millisecond are in order, too.
        let number = (seq % 4_096) as u16;
        let mut bytes = [0; 10];
        bytes[..2].copy_from_slice(&number.to_be_bytes());
        bytes[2..].copy_from_slice(&random);
        (at, EntryId(Builder::from_unix_timestamp_millis(moment.unsigned_abs(), &bytes).into_uuid()))
    }
}

fn entry(event: &Event, bare: Entry, agency: &str, seq: u64) -> Entry {
    let coordinator = format!("dieu-phoi-{}", event.item % 5 + 1);
    let of_agency = format!("dau-moi-{agency}");
    let document = Some(Text::from(format!("{}/BC-{}", seq % 900 + 1, agency.to_uppercase())));
    let signed =
        |by: &str, verb: Verb| Entry { verb, by: Some(by.into()), seq, recorded: Some(bare.at), ..bare.clone() };
    let reason = |words: &str| Some(Text::from(words));
    match event.act {
        Act::Receive => Entry { document, ..signed(&coordinator, Verb::Receive) },
        Act::Submit => Entry { document, ..signed(&of_agency, Verb::Submit) },
        Act::Confirm => signed(&coordinator, Verb::Confirm),
        Act::Return => Entry { reason: reason("thiếu biểu số liệu"), ..signed(&coordinator, Verb::Return) },
        Act::Tick => signed(&coordinator, Verb::Tick),
        Act::Progress(percent) => Entry { percent: Some(percent), ..signed(&of_agency, Verb::Progress) },
        Act::RequestExtension(until) => Entry {
            until: Some(until),
            reason: reason("chờ số liệu của cơ sở"),
            ..signed(&of_agency, Verb::RequestExtension)
        },
        Act::Extend(until) => Entry {
            until: Some(until),
            reason: reason("chờ số liệu của cơ sở"),
            document,
            ..signed(&coordinator, Verb::Extend)
        },
        Act::Acknowledge => signed(&coordinator, Verb::Acknowledge),
        Act::Note => Entry { note: reason("đã trao đổi qua điện thoại"), ..signed(&coordinator, Verb::Note) },
        Act::Remind(level) => Entry {
            level: Some(level),
            channel: Some(if level == 1 { Channel::Email } else { Channel::Letter }),
            outcome: (level == 1).then_some(Outcome::Sent),
            ..signed(&coordinator, Verb::Remind)
        },
        Act::Escalate(level) => {
            Entry { level: Some(level), to: Some("ubnd".into()), document, ..signed(&coordinator, Verb::Escalate) }
        }
        Act::Reverse => signed(&coordinator, Verb::Reverse),
    }
}
