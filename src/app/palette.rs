//! The palette: every action, view, saved view, agency, task, report and campaign, found by words without marks; those
//! chosen last stand first. What is found is worked out once for what is typed; commands with arguments are in `commands.rs`.

mod index;
mod named;
mod pattern;

use nucleo_matcher::Matcher;

pub use self::pattern::{Marker, Pattern};
use self::{
    index::{Index, Line, Part},
    pattern::{Scored, matcher},
};
use super::{
    choices::{Choice, Does, Label},
    commands,
    dialog::{Dialog, Kind},
    model::Model,
    saved::Views,
};
use crate::{domain::text::fold_marks, panels::scene::Scene};

/// So many are listed at most; who wants another types another letter.
const BEST: usize = 50;
/// What has less than this part of the best one's score is not listed.
const NOISE: (u64, u64) = (3, 4);
/// So many of those chosen last are remembered.
const REMEMBERED: usize = 20;
/// So many of them are listed before anything is typed.
const RECENT: usize = 5;

/// What the palette found, and what it finds by.
#[derive(Debug, Default)]
pub struct Palette {
    /// The views one can show by name.
    pub views: Views,
    /// What it finds by has changed: data, day, language, views.
    pub outdated: bool,
    /// Those chosen, the last one first.
    recent: Vec<Choice>,
    index: Option<Index>,
    pattern: Pattern,
    found: Vec<Choice>,
    /// What was typed for it; none while it is closed.
    typed: Option<String>,
}

impl Palette {
    /// One that knows these views.
    pub fn new(views: Views) -> Self {
        Palette { views, ..Palette::default() }
    }

    /// What was found, the best first.
    pub fn found(&self) -> &[Choice] {
        &self.found
    }

    /// The words looked for.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// Remembers what was chosen. What keeps or forgets a view does not: found again by the view's own name it would stand before
    /// the view, and overwrite it.
    pub(super) fn remember(&mut self, choice: &Choice) {
        if matches!(choice.does, Does::Nothing | Does::Complete(_) | Does::Keep(_) | Does::Forget(_)) {
            return;
        }
        self.recent.retain(|other| other.does != choice.does);
        self.recent.insert(0, choice.clone());
        self.recent.truncate(REMEMBERED);
    }
}

/// Works out what is found, where the palette is open and what it depends on changed.
pub(super) fn refresh(model: &mut Model) {
    let Some(Dialog { kind: Kind::Palette, input, .. }) = &model.dialog else {
        model.palette.typed = None;
        return;
    };
    let typed = input.value().to_owned();
    if !model.palette.outdated && model.palette.typed.as_ref() == Some(&typed) {
        return;
    }
    let mut matcher = matcher();
    let (index, earlier) = match (model.palette.index.take(), model.palette.outdated) {
        (Some(index), false) => (Some(index), std::mem::take(&mut model.palette.pattern)),
        (Some(_) | None, _) => (model.scene().map(|scene| Index::new(&scene, model)), Pattern::default()),
    };
    let folded = fold_marks(&typed);
    let pattern = Pattern::new(&folded, index.as_ref(), &earlier, &mut matcher);
    let found = if pattern.is_empty() { listed(model) } else { found(model, index.as_ref(), &pattern, &mut matcher) };
    let found = with_commands(model, &typed, found);
    let palette = &mut model.palette;
    (palette.index, palette.pattern, palette.found) = (index, pattern, found);
    (palette.typed, palette.outdated) = (Some(typed), false);
}

/// Before anything is typed: those chosen last, then whatever is not of the plan.
fn listed(model: &Model) -> Vec<Choice> {
    let all = named::all(model);
    let now = |recent: &Choice| all.iter().find(|choice| choice.does == recent.does).unwrap_or(recent).clone();
    let recent: Vec<Choice> = model.palette.recent.iter().take(RECENT).map(now).collect();
    before(recent, all)
}

/// What the words find: those chosen last before, then the best.
fn found(model: &Model, index: Option<&Index>, pattern: &Pattern, matcher: &mut Matcher) -> Vec<Choice> {
    let mut recent = model.palette.recent.clone();
    recent.retain(|choice| pattern.text(&choice.search, matcher).is_some());
    let named = named::all(model);
    let mut best = Best::default();
    for (place, choice) in (0..).zip(&named) {
        if let Some(score) = pattern.text(&choice.search, matcher) {
            best.offer(score, 0, choice.search.len(), place);
        }
    }
    let scene = model.scene();
    if let Some((index, scene)) = index.zip(scene.as_ref()) {
        let scored = Scored::new(pattern);
        for (place, line) in (0..).zip(&index.lines) {
            if let Some(score) = scored.line(line) {
                let length = index.texts(line.part).get(line.own as usize).map_or(0, |text| text.len());
                best.offer(score, rank(line), length, place);
            }
        }
        let choice = |(rank, place): (u8, usize)| match rank {
            0 => named.get(place).cloned(),
            _ => of_line(scene, index, index.lines.get(place)?),
        };
        return before(recent, best.places().into_iter().filter_map(choice).collect());
    }
    before(recent, best.places().into_iter().filter_map(|(_, place)| named.get(place).cloned()).collect())
}

/// `first`, then those of `rest` that are not among them.
fn before(first: Vec<Choice>, rest: Vec<Choice>) -> Vec<Choice> {
    let known = |choice: &Choice| first.iter().any(|other| other.does == choice.does);
    let rest: Vec<Choice> = rest.into_iter().filter(|choice| !known(choice)).collect();
    first.into_iter().chain(rest).collect()
}

/// A command that is understood stands first, one that is not explains itself; where nothing is found at all, the nearest.
fn with_commands(model: &Model, typed: &str, found: Vec<Choice>) -> Vec<Choice> {
    let commands::Said { first, last } = commands::said(model, typed);
    let mut all = before(first, found);
    all.extend(last);
    if all.is_empty() {
        all.extend(commands::nearest_to(typed));
    }
    all
}

/// Rows found equally well stand in this order: names before what belongs to them, what presses before what is done.
fn rank(line: &Line) -> u8 {
    let kind = match line.part {
        Part::Agency => 1,
        Part::Campaign => 2,
        Part::Task => 3,
        Part::Period => 4,
    };
    kind << 2 | line.class
}

fn of_line(scene: &Scene<'_>, index: &Index, line: &Line) -> Option<Choice> {
    let key = line.row().key(scene)?;
    Some(Choice { label: Label::Found(key.clone()), search: index.text(line), does: Does::Go(key), on: false })
}

/// The best of many, each a number: the least is the best.
#[derive(Default)]
struct Best {
    keys: Vec<u64>,
    /// What is above it is not among the best any more.
    bar: Option<u64>,
}

impl Best {
    /// Offers what stands at `place` among those of its rank; the shorter of two texts is nearer to the words.
    fn offer(&mut self, score: u16, rank: u8, length: usize, place: u32) {
        let length = u64::try_from(length).map_or(255, |length| length.min(255));
        let key = u64::from(u16::MAX - score) << 48 | u64::from(rank) << 40 | length << 32 | u64::from(place);
        if self.bar.is_some_and(|bar| key > bar) {
            return;
        }
        self.keys.push(key);
        if self.keys.len() >= 16 * BEST {
            let (_, bar, _) = self.keys.select_nth_unstable(BEST);
            self.bar = Some(*bar);
            self.keys.truncate(BEST);
        }
    }

    /// Rank and place of each, the best first. What is found far less well than the best is noise, and left out.
    fn places(mut self) -> Vec<(u8, usize)> {
        self.keys.sort_unstable();
        self.keys.truncate(BEST);
        let score = |key: u64| u64::from(u16::MAX) - (key >> 48);
        if let Some(best) = self.keys.first().map(|key| score(*key)) {
            self.keys.retain(|key| score(*key) * NOISE.1 >= best * NOISE.0);
        }
        self.keys.into_iter().map(|key| ((key >> 40) as u8, key as u32 as usize)).collect()
    }
}
