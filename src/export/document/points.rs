//! What a report says of what is late besides tables: what was done about each, why it is late as far as somebody wrote it
//! down, and what the ladder of reminders proposes.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use super::{Block, Manner, facts::Facts};
use crate::{
    domain::{
        entry::{Entry, Verb},
        id::ItemId,
        item::{Index, Item},
        ladder::{ladder, next_step},
        plan::{Step, StepVerb},
    },
    words::Arg,
};

/// So many agencies are named in a sentence.
const MOST_NAMED: usize = 12;

/// So many items have their reasons listed, and so many reasons each.
const MOST_REASONS: (usize, usize) = (60, 3);

impl Facts<'_> {
    /// What was done about an item.
    pub(super) fn handled(&self, item: &Item) -> String {
        let (words, state) = (self.words(), &item.state);
        if state.is_untouched() {
            return words.get("export-untouched").into_owned();
        }
        let date = |date: Option<Date>| Arg::from(date.map(|date| words.date(date)).unwrap_or_default());
        let mut said = Vec::new();
        if state.reminders > 0 {
            let args = [("times", i32::from(state.reminders).into()), ("date", date(state.last_reminded))];
            said.push(words.with("export-reminded", &args));
        }
        if state.escalations > 0 {
            let title = self.rung(state.escalation);
            let args = [("times", i32::from(state.escalations).into()), ("step", title.into())];
            said.push(words.with("export-escalated", &args));
        }
        if state.extensions > 0 {
            said.push(words.with("export-extended", &[("date", date(item.due))]));
        }
        if let Some(request) = &state.requested {
            said.push(words.with("export-requested", &[("date", date(Some(request.until)))]));
        }
        if state.promise.is_some() {
            said.push(words.with("export-promised", &[("date", date(state.promise))]));
        }
        if said.is_empty() {
            return words.get("export-seen").into_owned();
        }
        said.join("; ")
    }

    /// Why things are late, as far as entries say it; what nobody wrote down is left to be filled in.
    pub(super) fn reasons(&self) -> Vec<Block> {
        let words = self.words();
        if self.late.is_empty() {
            return vec![Block::Text(Manner::Body, words.get("export-nothing-late").into_owned())];
        }
        let reasons = self.written_down();
        let (known, unknown): (Vec<&Item>, Vec<&Item>) =
            self.late.iter().copied().partition(|item| reasons.contains_key(&item.id));
        let point = |item: &&Item| {
            let why = reasons.get(&item.id).map(|why| why.join("; ")).unwrap_or_default();
            let what = self.prose.what(item).unwrap_or_default();
            let args = [("agency", self.prose.agency(item.agency).into()), ("what", what.into()), ("why", why.into())];
            Block::Text(Manner::Point, words.with("export-reason", &args))
        };
        let mut blocks: Vec<Block> = known.iter().take(MOST_REASONS.0).map(point).collect();
        if known.len() > MOST_REASONS.0 {
            blocks.push(self.rest(known.len() - MOST_REASONS.0));
        }
        if !unknown.is_empty() {
            let args = [("count", unknown.len().into()), ("agencies", self.named(&unknown).into())];
            blocks.push(Block::Text(Manner::Body, words.with("export-no-reason", &args)));
            blocks.extend([Block::Text(Manner::Blank, String::new()), Block::Text(Manner::Blank, String::new())]);
        }
        blocks
    }

    /// The reasons and remarks that stand in the journal of what is late, the newest first; where it has none, those an item
    /// carries itself.
    fn written_down(&self) -> HashMap<&ItemId, Vec<String>> {
        let (words, journal) = (self.words(), self.over.journal);
        let late: HashSet<&ItemId> = self.late.iter().map(|item| &item.id).collect();
        let reversed: HashSet<_> = journal.iter().filter_map(|entry| entry.reverses).collect();
        let mut reasons: HashMap<&ItemId, Vec<String>> = HashMap::new();
        let stands =
            |entry: &&Entry| entry.verb != Verb::Reverse && !reversed.contains(&entry.id) && late.contains(&entry.item);
        for entry in journal.iter().filter(stands) {
            let Some(id) = late.get(&entry.item) else { continue };
            for text in [&entry.reason, &entry.note].into_iter().flatten().filter(|text| !text.trim().is_empty()) {
                let of = reasons.entry(id).or_default();
                if of.len() < MOST_REASONS.1 {
                    let args = [("text", text.trim().into()), ("date", words.date(entry.on).into())];
                    of.push(words.with("export-said-on", &args));
                }
            }
        }
        for item in &self.late {
            let state = &item.state;
            if reasons.contains_key(&item.id) {
                continue;
            }
            let requested = state.requested.as_ref().and_then(|request| request.reason.as_ref());
            let texts = [state.reason.as_ref(), state.extension_reason.as_ref(), requested];
            let texts: Vec<String> = texts.into_iter().flatten().map(|text| format!("“{}”", text.trim())).collect();
            if !texts.is_empty() {
                reasons.insert(&item.id, texts);
            }
        }
        reasons
    }

    /// What the ladder proposes for what is late, the highest rung first.
    pub(super) fn proposals(&self) -> Vec<Block> {
        let (words, outline, today) = (self.words(), &self.over.snapshot.outline, self.over.today.date);
        let ladder = ladder(&outline.plan);
        let mut due: BTreeMap<u8, (StepVerb, Vec<&Item>)> = BTreeMap::new();
        let (mut later, mut above) = (Vec::new(), Vec::new());
        for item in &self.late {
            match next_step(item, &outline.calendar, &ladder) {
                Some(step) if step.is_due(today) => {
                    due.entry(step.step).or_insert((step.verb, Vec::new())).1.push(*item);
                }
                Some(step) => later.push((step.from, *item)),
                None => above.push(*item),
            }
        }
        let point = |id: &str, items: &[&Item], more: Vec<(&str, Arg<'_>)>| {
            let mut args = vec![("count", items.len().into()), ("agencies", self.named(items).into())];
            args.extend(more);
            Block::Text(Manner::Point, words.with(id, &args))
        };
        let mut blocks = Vec::new();
        if !above.is_empty() {
            blocks.push(point("export-propose-above", &above, Vec::new()));
        }
        for (step, (verb, items)) in due.iter().rev() {
            let id = if *verb == StepVerb::Escalate { "export-propose-escalate" } else { "export-propose-remind" };
            blocks.push(point(id, items, vec![("step", self.rung(*step).into())]));
        }
        if let Some(first) = later.iter().map(|(from, _)| *from).min() {
            let items: Vec<&Item> = later.iter().map(|(_, item)| *item).collect();
            blocks.push(point("export-propose-later", &items, vec![("date", words.date(first).into())]));
        }
        let asking: Vec<&Item> = self.late.iter().copied().filter(|item| item.state.requested.is_some()).collect();
        if !asking.is_empty() {
            blocks.push(point("export-propose-answer", &asking, Vec::new()));
        }
        if blocks.is_empty() {
            blocks.push(Block::Text(Manner::Body, words.get("export-nothing-proposed").into_owned()));
        }
        blocks
    }

    /// What a rung is called: as the plan does, else by its number.
    fn rung(&self, level: u8) -> String {
        let words = self.words();
        let ladder = ladder(&self.over.snapshot.outline.plan);
        let step: Option<&Step> = ladder.iter().find(|step| step.step == level);
        let title = step.map(|step| step.title.get(words.language.tag)).filter(|title| !title.is_empty());
        title.map_or_else(|| words.with("export-rung", &[("step", i32::from(level).into())]), ToOwned::to_owned)
    }

    /// The agencies of some items, each with how many of them are its.
    fn named(&self, items: &[&Item]) -> String {
        let words = self.words();
        let mut counts: BTreeMap<Index, usize> = BTreeMap::new();
        for item in items {
            *counts.entry(item.agency).or_default() += 1;
        }
        let one = |(agency, count): (&Index, &usize)| match count {
            1 => self.prose.agency(*agency),
            count => format!("{} ({count})", self.prose.agency(*agency)),
        };
        let named = counts.iter().take(MOST_NAMED).map(one).collect::<Vec<_>>().join(", ");
        match counts.len().saturating_sub(MOST_NAMED) {
            0 => named,
            more => words.with("export-and-more", &[("named", named.into()), ("count", more.into())]),
        }
    }

    /// That there are more than are listed.
    pub(super) fn rest(&self, count: usize) -> Block {
        Block::Text(Manner::Note, self.words().with("export-rest", &[("count", count.into())]))
    }
}
