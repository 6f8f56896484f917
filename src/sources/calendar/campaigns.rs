//! What of a calendar becomes what: an event is a campaign, one that recurs a campaign with a milestone for each time; what
//! belongs to another event, or says that it is a milestone, is one of the campaign it lies in, as is a task with a due date.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::{
    Reading,
    event::{Event, Occurrence, Settled},
    lines::{Kind, Piece, pieces},
    moment::{Zones, offset},
    recurring::Patience,
    remarks::{Remark, Remarks},
};
use crate::domain::{
    agency::Agency,
    borrowed::{Borrowed, MARK},
    campaign::{Campaign, Milestone, days_between},
    id::{AgencyId, CampaignId, ItemId},
    item::State,
    plan::{NO_YEAR, Plan, Unknown},
    sentence::Sentence,
    status::Base,
    text::{Text, fold_marks},
    title::Title,
};

/// So many campaigns and milestones of calendars are laid over a plan.
const MOST: usize = 1_000;
/// A category that says "milestone", folded.
const MILESTONE: [&str; 4] = ["moc", "cot moc", "milestone", "milestones"];

/// An event or a task with the times it takes place in the year.
struct Told {
    event: Event,
    recurs: bool,
    times: Vec<Occurrence>,
}

/// A milestone, and whom it was said by.
struct Point {
    id: String,
    time: Occurrence,
    state: State,
}

/// What the calendar of that name says. `taken` are the events other calendars have told already.
pub(super) fn read(
    name: &Text,
    bytes: &[u8],
    reading: &Reading<'_>,
    taken: &mut HashSet<String>,
) -> (Borrowed, Vec<Sentence>) {
    let mut remarks = Remarks::default();
    let told = told(bytes, reading, taken, &mut remarks);
    let known: HashSet<&str> = told.iter().map(|told| told.event.uid.as_str()).collect();
    let mut campaigns: Vec<(Campaign, Vec<Point>)> = Vec::new();
    let mut points: Vec<(Option<CampaignId>, Told)> = Vec::new();
    let mut full = 0;
    for told in told.iter().filter(|told| !told.times.is_empty()) {
        let parent = told.event.parent.as_deref().filter(|uid| known.contains(uid) && *uid != told.event.uid);
        let is_named = told.event.categories.iter().any(|one| MILESTONE.contains(&fold_marks(one).as_str()));
        if told.event.kind == Kind::Todo || parent.is_some() || is_named {
            let told = Told { event: told.event.clone(), recurs: told.recurs, times: told.times.clone() };
            points.push((parent.map(campaign_id), told));
        } else if full < MOST {
            full += 1 + if told.recurs { told.times.len() } else { 0 };
            campaigns.push(campaign(name, told, reading));
        } else {
            remarks.add(Remark::Full(MOST));
        }
    }
    for (parent, told) in points {
        if full + told.times.len() > MOST {
            remarks.add(Remark::Full(MOST));
            continue;
        }
        full += told.times.len();
        let mut alone = true;
        for time in &told.times {
            let place = parent.as_ref().and_then(|id| campaigns.iter().position(|(campaign, _)| campaign.id == *id));
            let Some(place) = place.or_else(|| lies_in(&campaigns, time.last)) else { continue };
            alone = false;
            let uid = name_of(&told.event.uid);
            let id = if told.recurs { format!("{uid}~{}", time.day) } else { uid };
            if let Some((_, points)) = campaigns.get_mut(place) {
                points.push(Point { id, time: time.clone(), state: state(told.event.kind, time, reading.today) });
            }
        }
        if alone && told.event.kind == Kind::Event {
            campaigns.push(campaign(name, &told, reading));
        } else if alone {
            remarks.add(Remark::Nowhere);
        }
    }
    (borrowed(campaigns, reading), remarks.sentences(name))
}

fn told(bytes: &[u8], reading: &Reading<'_>, taken: &mut HashSet<String>, remarks: &mut Remarks) -> Vec<Told> {
    let pieces = pieces(bytes, remarks);
    let described = pieces.iter().filter_map(|piece| match piece {
        Piece::Zone(name, only) => Some((name.clone(), offset(only.as_deref()?)?)),
        Piece::Component(..) => None,
    });
    let zones = Zones { plan: reading.zone.clone(), described: described.collect() };
    let mut masters: BTreeMap<String, Event> = BTreeMap::new();
    let mut replaced: HashMap<String, Vec<Event>> = HashMap::new();
    for piece in &pieces {
        let Piece::Component(kind, lines) = piece else { continue };
        let Some(event) = Event::read(*kind, lines, &zones, remarks) else { continue };
        if event.replaces.is_some() {
            replaced.entry(event.uid.clone()).or_default().push(event);
        } else {
            masters.entry(event.uid.clone()).or_insert(event);
        }
    }
    // Times of an event that is not here itself: somebody was asked to these only.
    for (uid, others) in &replaced {
        if let Some(first) = others.first().filter(|_| !masters.contains_key(uid)) {
            masters.insert(uid.clone(), first.clone());
        }
    }
    let year = if reading.plan.year == NO_YEAR { reading.today.year() } else { reading.plan.year };
    let mut patience = Patience::default();
    let mut told = Vec::new();
    for (uid, event) in masters {
        if event.settled == Settled::Cancelled && event.replaces.is_none() || !taken.insert(uid.clone()) {
            continue;
        }
        let others = replaced.remove(&uid).unwrap_or_default();
        let recurs = event.recurs() || !others.is_empty();
        let times = event.occurrences(&others, year, &zones, (&mut patience, remarks));
        told.push(Told { event, recurs, times });
    }
    told
}

fn campaign(name: &Text, told: &Told, reading: &Reading<'_>) -> (Campaign, Vec<Point>) {
    let Told { event, recurs, times } = told;
    let first = times.iter().map(|time| time.first).min().unwrap_or(reading.today);
    let last = times.iter().map(|time| time.last).max().unwrap_or(first);
    let source = event.place.as_ref().map_or_else(|| name.clone(), |place| Text::new(&format!("{name} · {place}")));
    let own = if *recurs { times.as_slice() } else { &[] };
    let point = |time: &Occurrence| Point {
        id: time.day.to_string(),
        time: time.clone(),
        state: state(event.kind, time, reading.today),
    };
    let points = own.iter().map(point).collect();
    let settled = if *recurs { event.settled } else { times.first().map_or(event.settled, |time| time.settled) };
    let campaign = Campaign {
        id: campaign_id(&event.uid),
        title: title(&event.title, settled, reading),
        from: first,
        to: last,
        lead: lead(event, reading.plan),
        coordinating: Vec::new(),
        programme: None,
        source: Some(source),
        milestones: Vec::new(),
        unknown: Unknown::default(),
    };
    (campaign, points)
}

/// The shortest campaign that day lies in.
fn lies_in(campaigns: &[(Campaign, Vec<Point>)], day: Date) -> Option<usize> {
    let around = campaigns.iter().enumerate().filter(|(_, (one, _))| one.from <= day && day <= one.to);
    let place = around.min_by_key(|(_, (one, _))| (days_between(one.from, one.to), one.id.clone()));
    place.map(|(place, _)| place)
}

fn borrowed(campaigns: Vec<(Campaign, Vec<Point>)>, reading: &Reading<'_>) -> Borrowed {
    let mut all = Borrowed::default();
    let mut campaigns = campaigns;
    campaigns.sort_by(|(one, _), (other, _)| (one.from, one.to, &one.id).cmp(&(other.from, other.to, &other.id)));
    for (mut campaign, mut points) in campaigns {
        points.sort_by(|one, other| (one.time.last, &one.id).cmp(&(other.time.last, &other.id)));
        for Point { id, time, state } in points {
            let milestone = Milestone {
                id: id.as_str().into(),
                title: title(&time.title, time.settled, reading),
                due: Some(time.last),
                item: None,
                unknown: Unknown::default(),
            };
            if state != State::default() {
                all.states.push((ItemId::milestone(&campaign.id, &milestone.id), state));
            }
            campaign.milestones.push(milestone);
        }
        all.campaigns.push(campaign);
    }
    all
}

/// What took place is done: there is nothing about it that could be late. A task is done when its calendar says so.
fn state(kind: Kind, time: &Occurrence, today: Date) -> State {
    let done = |on: Date| State { base: Base::Done, handed_in: Some(on), ..State::default() };
    match (kind, time.done) {
        (Kind::Event, _) if time.last < today => done(time.last),
        (Kind::Todo, Some(on)) => done(on.unwrap_or(time.last)),
        (Kind::Todo, None) if time.begun => State { base: Base::InProgress, ..State::default() },
        (Kind::Event, _) | (Kind::Todo, None) => State::default(),
    }
}

fn title(title: &Text, settled: Settled, reading: &Reading<'_>) -> Title {
    let named = |id: &'static str| (reading.titles)(&Sentence::new(id).with("title", title));
    match settled {
        _ if title.trim().is_empty() => named("calendar-untitled"),
        Settled::Tentative => named("calendar-tentative"),
        Settled::Firm | Settled::Cancelled => Title::Plain(title.clone()),
    }
}

/// The agency an event names, as its organizer, a category or its place; else who issued the plan.
fn lead(event: &Event, plan: &Plan) -> AgencyId {
    let named = event.organizer.iter().chain(&event.categories).chain(&event.place).map(|name| fold_marks(name));
    let is = |agency: &Agency, name: &str| {
        let names = agency.name.all().chain(agency.short.all()).chain([agency.id.as_str()]);
        names.into_iter().any(|known| fold_marks(known) == name)
    };
    let found = named.into_iter().find_map(|name| plan.agencies.iter().find(|agency| is(agency, &name)));
    let first = || plan.agencies.first().map(|agency| agency.id.clone());
    found.map(|agency| agency.id.clone()).or_else(|| plan.owner.clone()).or_else(first).unwrap_or_else(|| MARK.into())
}

fn campaign_id(uid: &str) -> CampaignId {
    CampaignId::from(format!("{MARK}{}", name_of(uid)).as_str())
}

/// An id made of that of an event: itself where it is short and plain, else its hash; of two events never the same.
fn name_of(uid: &str) -> String {
    let is_plain = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'.' | b'_' | b'-' | b'@');
    if uid.len() <= 40 && uid.bytes().all(is_plain) {
        return uid.to_owned();
    }
    let hash = Sha256::digest(uid.as_bytes());
    std::iter::once("~".to_owned()).chain(hash.iter().take(10).map(|byte| format!("{byte:02x}"))).collect()
}
