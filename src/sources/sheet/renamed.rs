//! [`recognise`]: rows that have no id of their own bear one made of what they say; where that was changed they go on under the
//! former one, with their history. Which row is which former one is decided where it can be only one and is called alike; else it
//! is asked, as long as something was done about the former one.

use std::{
    collections::{BTreeMap, BTreeSet},
    iter,
};

use super::{
    memory::Memory,
    parted::{Former, former, may_join},
    pen::entry_id,
    reading::Reading,
    renaming::rename,
};
use crate::domain::{
    ask::{About, Ask, Row as Asked},
    id::AgencyId,
    item::State,
    plan::Plan,
    snapshot::Snapshot,
    text::{Text, fold_marks},
    title::Title,
};

/// So much is asked at once; who changes more at a time is told what went.
const MOST: usize = 50;

/// A row that goes on under the id of a former one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Renamed {
    /// What it was called.
    pub(super) was: Title,
    /// What it is called now.
    pub(super) is: Title,
}

/// A record that bears an id and a title.
#[derive(Clone, Debug)]
struct Row {
    /// `task:N14`, `duty:R2`, `campaign:C1`.
    key: Text,
    title: Title,
    /// Who answers for it.
    whose: Vec<AgencyId>,
    /// What it has in common with what it was before, but for the title.
    place: String,
}

/// Gives the rows of `reading` the ids they had in `before`; `memory` remembers which those are, and what is to be asked.
pub(super) fn recognise(reading: &mut Reading, before: Option<&Snapshot>, memory: &mut Memory) -> Vec<Renamed> {
    let known: Vec<(Text, Text)> = memory.former.iter().map(|(is, was)| (is.clone(), was.clone())).collect();
    for (is, was) in known {
        rename(reading, &is, &was);
    }
    let Some(before) = before else { return Vec::new() };
    let [went, came] = moved(&before.outline.plan, reading);
    let (mut pairs, mut went, came) = pairs(went, came);
    if pairs.is_empty() && came.is_empty() {
        forget(&mut memory.asks, reading);
        return Vec::new();
    }
    let touched = touched(before);
    went.retain(|row| touched.contains(&row.key));
    // Of each row that came those it may have been.
    let mut doubts: Vec<(Row, Vec<Row>)> = Vec::new();
    pairs.retain(|(was, is)| {
        let sure = is_alike(&was.title, &is.title) || !touched.contains(&was.key);
        if !sure {
            doubts.push((is.clone(), vec![was.clone()]));
        }
        sure
    });
    for is in came {
        let duty = is.key.strip_prefix("duty:");
        let parts = duty.map(|duty| former(before, &memory.told, reading, duty)).unwrap_or_default();
        match parts.as_slice() {
            [former] if former.had_all && (is_alike(&former.title, &is.title) || !former.has_history) => {
                pairs.push((row_of(former), is));
            }
            [] => doubts.push((is.clone(), like(&is, &went))),
            _ => {
                let had = parts.iter().filter(|former| former.has_history && former.had_all);
                doubts.push((is, had.map(row_of).collect()));
            }
        }
    }
    let mut renamed = Vec::new();
    for (was, is) in pairs {
        rename(reading, &is.key, &was.key);
        memory.former.insert(is.key, was.key);
        renamed.push(Renamed { was: was.title, is: is.title });
    }
    memory.asks.extend(doubts.into_iter().filter_map(|(is, was)| ask(reading, &is, &was)));
    forget(&mut memory.asks, reading);
    renamed
}

/// A duty that lost reports, as a row.
fn row_of(former: &Former) -> Row {
    let key = Text::from(format!("duty:{}", former.duty));
    Row { key, title: former.title.clone(), whose: Vec::new(), place: String::new() }
}

/// Those of `went` it may be: it has their place or their title.
fn like(is: &Row, went: &[Row]) -> Vec<Row> {
    let kind = |row: &Row| row.key.split_once(':').map(|(kind, _)| kind.to_owned());
    let called = |row: &Row| row.title.all().map(fold_marks).collect::<Vec<_>>();
    let same_title = |was: &&Row| called(was) == called(is);
    let mut was: Vec<&Row> =
        went.iter().filter(|was| kind(was) == kind(is) && (was.place == is.place || same_title(was))).collect();
    was.sort_by_key(|was| !same_title(was));
    was.into_iter().cloned().collect()
}

/// Is it one title, put otherwise? Half of the words of the shorter one are in the other.
fn is_alike(was: &Title, is: &Title) -> bool {
    let words = |title: &Title| -> BTreeSet<String> {
        let folded = fold_marks(title.get("vi"));
        folded
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (was, is) = (words(was), words(is));
    2 * was.intersection(&is).count() >= was.len().min(is.len()).max(1)
}

/// Is that row one of those? Nothing is asked where there is none.
fn ask(reading: &Reading, is: &Row, was: &[Row]) -> Option<Ask> {
    let asked = |row: &Row| Asked { record: row.key.clone(), title: called(row, &reading.plan) };
    let id = entry_id(&reading.plan.id, 0, &format!("asked {}", is.key), 0);
    let about = About::Renamed { is: asked(is), was: was.iter().map(asked).collect() };
    (!was.is_empty()).then_some(Ask { id, about })
}

/// A row's title, and whose it is: `Rà soát quy hoạch · Sở Nội vụ`.
fn called(row: &Row, plan: &Plan) -> Text {
    const NAMED: usize = 3;
    let label = |id: &AgencyId| {
        let known = plan.agencies.iter().find(|agency| agency.id == *id);
        known.map_or_else(|| id.to_string(), |agency| agency.label("vi").to_owned())
    };
    let mut said: Vec<String> = row.whose.iter().take(NAMED).map(label).collect();
    if row.whose.len() > NAMED {
        said.push("…".to_owned());
    }
    let whose = Some(said.join(", ")).filter(|whose| !whose.is_empty());
    Text::from(iter::once(row.title.get("vi").to_owned()).chain(whose).collect::<Vec<_>>().join(" · "))
}

/// What is asked of rows goes with them: where the new one is gone, or the former one is there again.
fn forget(asks: &mut Vec<Ask>, reading: &Reading) {
    let present: BTreeSet<Text> = rows(&reading.plan).into_iter().map(|row| row.key).collect();
    let mut seen = BTreeSet::new();
    asks.retain_mut(|ask| {
        let stands = match &mut ask.about {
            About::Renamed { is, was } => {
                was.retain(|was| {
                    !present.contains(&was.record) || may_join(&reading.plan, &reading.told, &is.record, &was.record)
                });
                present.contains(&is.record) && !was.is_empty()
            }
            About::Clash { .. } => true,
        };
        stands && seen.insert(ask.id)
    });
    asks.truncate(MOST);
}

/// The records about whose items something was done.
fn touched(before: &Snapshot) -> BTreeSet<Text> {
    let touched = before.items.iter().filter(|item| item.state != State::default());
    touched.filter_map(|item| item.id.record()).collect()
}

/// The rows that went, and those that came and have no id of their own.
fn moved(before: &Plan, reading: &Reading) -> [Vec<Row>; 2] {
    let (old, new) = (rows(before), rows(&reading.plan));
    let keys = |rows: &[Row]| rows.iter().map(|row| row.key.clone()).collect::<BTreeSet<Text>>();
    let (old_keys, new_keys) = (keys(&old), keys(&new));
    let went = old.into_iter().filter(|row| !new_keys.contains(&row.key)).collect();
    let came = new.into_iter().filter(|row| !old_keys.contains(&row.key) && reading.made.contains(&row.key)).collect();
    [went, came]
}

/// Each row that came with the only one of its place that went; those of both that are left.
fn pairs(went: Vec<Row>, came: Vec<Row>) -> (Vec<(Row, Row)>, Vec<Row>, Vec<Row>) {
    let mut places: BTreeMap<String, [Vec<Row>; 2]> = BTreeMap::new();
    for (side, row) in went.into_iter().map(|row| (0, row)).chain(came.into_iter().map(|row| (1, row))) {
        places.entry(row.place.clone()).or_default()[side].push(row);
    }
    let (mut pairs, mut left, mut new) = (Vec::new(), Vec::new(), Vec::new());
    for [went, came] in places.into_values() {
        match (<[Row; 1]>::try_from(went), <[Row; 1]>::try_from(came)) {
            (Ok([was]), Ok([is])) => pairs.push((was, is)),
            (went, came) => {
                left.extend(went.map_or_else(|rows| rows, Vec::from));
                new.extend(came.map_or_else(|rows| rows, Vec::from));
            }
        }
    }
    (pairs, left, new)
}

fn rows(plan: &Plan) -> Vec<Row> {
    let row = |kind: &str, id: &str, title: &Title, whose: Vec<AgencyId>, place: String| Row {
        key: Text::new(&format!("{kind}:{id}")),
        title: title.clone(),
        place: format!("{kind}\n{whose:?}\n{place}"),
        whose,
    };
    let tasks = plan.tasks.iter().map(|it| {
        let place = format!("{:?}", it.due);
        row("task", it.id.as_str(), &it.title, vec![it.lead.clone()], place)
    });
    let duties = plan.duties.iter().map(|it| {
        let place = format!("{:?}", (&it.periods, &it.every, &it.due, &it.within));
        row("duty", it.id.as_str(), &it.title, it.owes.iter().map(|id| id.as_str().into()).collect(), place)
    });
    let campaigns = plan.campaigns.iter().map(|it| {
        let place = format!("{}\n{}", it.from, it.to);
        row("campaign", it.id.as_str(), &it.title, vec![it.lead.clone()], place)
    });
    tasks.chain(duties).chain(campaigns).collect()
}
