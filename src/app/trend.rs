//! The trend: which part of it is known, made anew where what it is of changed, and where the crosshair stands.
//!
//! Today's point comes from the data that are shown, so that it follows every act. Of the weeks gone by the source is asked
//! once; another filter or another day needs no other answer.

use jiff::civil::Date;

use super::{action::Action, effect::Effect, model::Model, msg::Ticket, navigate};
use crate::{
    domain::{
        calendar::end_of_day,
        entry::Entry,
        failure::Failure,
        item::Index,
        past::Past,
        query::{Matcher, Query},
        sentence::Sentence,
        trend,
        weeks::ends_before,
    },
    panels::{Body, view::ViewId},
};

/// How many weeks a page is.
const WEEKS: usize = 4;

/// Of plans larger than this the journal is not read through until somebody goes to the trend.
const AT_A_GLANCE: usize = 20_000;

/// What is known of it and what of it can be changed.
#[derive(Clone, Debug, Default)]
pub struct Trend {
    past: Option<Known>,
    asked: Option<Ticket>,
    last_ticket: Ticket,
    failed: Option<Sentence>,
    /// What the source would tell of the weeks gone by is not what it told.
    stale: bool,
    made: Option<trend::Trend>,
    /// The filter it was made by.
    query: Query,
    /// Which of the snapshot's items that let through.
    admitted: Vec<bool>,
    outdated: bool,
    /// Another snapshot took the place of the one shown: its items may stand elsewhere.
    replaced: bool,
    /// The day looked at; none where that is today as it goes on.
    crosshair: Option<Date>,
}

/// The weeks gone by.
#[derive(Clone, Debug)]
struct Known {
    past: Past,
    /// The day it was asked for.
    day: Date,
    /// The place of each of its items in the snapshot shown.
    places: Vec<Option<Index>>,
}

impl Trend {
    /// The trend; none until there are data and somebody looks.
    pub fn shown(&self) -> Option<&trend::Trend> {
        self.made.as_ref()
    }

    /// Why there is nothing before today; none where that may yet come.
    pub fn failure(&self) -> Option<&Sentence> {
        self.failed.as_ref()
    }

    /// The day looked at, one of [`trend::Trend::days`].
    pub fn crosshair(&self) -> Option<Date> {
        self.crosshair
    }

    /// The data or the day changed.
    pub(super) fn outdated(&mut self) {
        self.outdated = true;
    }

    /// Another snapshot is shown.
    pub(super) fn replaced(&mut self) {
        self.replaced = true;
    }

    /// The source can be asked again.
    pub(super) fn take_heart(&mut self) {
        self.failed = None;
    }

    /// Are the weeks gone by on their way?
    pub fn is_counting(&self) -> bool {
        self.asked.is_some()
    }

    /// The plan may be another one, or its past.
    pub(super) fn past_changed(&mut self) {
        (self.stale, self.failed) = (true, None);
    }
}

/// Entries came: those recorded in a week gone by change it.
pub(super) fn came(model: &mut Model, entries: &[Entry]) {
    let Some(known) = &model.pictures.trend.past else { return };
    let last = known.past.weeks.last().and_then(|end| end_of_day(*end, &model.zone));
    if entries.iter().any(|entry| Some(entry.recorded_at()) <= last) {
        model.pictures.trend.past_changed();
    }
}

/// The weeks gone by came, or could not be had.
pub(super) fn fetched(model: &mut Model, ticket: Ticket, result: Result<Box<Past>, Failure>) {
    let day = model.clock_date();
    let trend = &mut model.pictures.trend;
    if trend.asked.take_if(|asked| *asked == ticket).is_none() {
        return;
    }
    match result {
        Ok(past) => {
            (trend.failed, trend.outdated, trend.replaced) = (None, true, true);
            trend.past = Some(Known { past: *past, day, places: Vec::new() });
        }
        Err(failure) => trend.failed = Some(failure.why().clone()),
    }
}

/// Makes the trend where it is looked at and is not what it was; asks for what is missing of it.
pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    let is_seen = |panel: &crate::panels::PanelId| matches!(panel.panel().body, Body::Chart(_));
    let seen = model.arranged().panels.iter().any(|(panel, _)| is_seen(panel));
    if !seen || model.snapshot.is_none() {
        return Vec::new();
    }
    let effects = ask(model);
    let query = &model.filters[model.view as usize].query;
    let trend = &model.pictures.trend;
    if trend.outdated || trend.made.is_none() || trend.query != *query {
        make(model, query.clone());
    }
    effects
}

fn ask(model: &mut Model) -> Vec<Effect> {
    let day = model.clock_date();
    let items = model.snapshot.as_ref().map_or(0, |snapshot| snapshot.items.len());
    if model.view != ViewId::Trend && items > AT_A_GLANCE {
        return Vec::new();
    }
    let trend = &mut model.pictures.trend;
    // A week more has ended since.
    let ended = trend.past.as_ref().is_none_or(|known| ends_before(known.day, day).next().is_some());
    if trend.asked.is_some() || trend.failed.is_some() || !(ended || trend.stale) {
        return Vec::new();
    }
    trend.last_ticket = Ticket(trend.last_ticket.0 + 1);
    (trend.asked, trend.stale) = (Some(trend.last_ticket), false);
    vec![Effect::FetchPast { ticket: trend.last_ticket, day }]
}

fn make(model: &mut Model, query: Query) {
    let Some(snapshot) = &model.snapshot else { return };
    let trend = &mut model.pictures.trend;
    if let Some(known) = trend.past.as_mut().filter(|_| trend.replaced) {
        known.places = known.past.places(snapshot);
    }
    trend.replaced = false;
    let past = trend.past.as_ref().map(|known| (&known.past, known.places.as_slice()));
    let matcher = Matcher::new(&query, &snapshot.outline, &model.lookup, &model.desk, model.today);
    if !trend.outdated && query.narrows(&trend.query) && trend.admitted.len() == snapshot.items.len() {
        let admitted = snapshot.items.iter().zip(&mut trend.admitted);
        admitted.filter(|(_, admitted)| **admitted).for_each(|(item, admitted)| *admitted = matcher.item(item));
    } else {
        trend.admitted = snapshot.items.iter().map(|item| query.is_empty() || matcher.item(item)).collect();
    }
    let made = trend::Trend::of(snapshot, model.today, past, &trend.admitted, query.is_empty());
    trend.crosshair = trend.crosshair.and_then(|day| made.days().take_while(|end| *end <= day).last());
    (trend.made, trend.outdated) = (Some(made), false);
    trend.query = query;
}

/// A week to the left or to the right.
pub(super) fn sideways(model: &mut Model, action: Action) {
    shift(model, if action == Action::Left { -1 } else { 1 });
}

/// To the first day, to today, or by weeks.
pub(super) fn moved(model: &mut Model, action: Action) {
    let trend = &mut model.pictures.trend;
    let Some(made) = &trend.made else { return };
    if action == Action::First {
        trend.crosshair = made.days().next();
    } else if action == Action::Last {
        trend.crosshair = made.today().map(|point| point.day);
    } else if let Some(by) = navigate::step(action, WEEKS) {
        shift(model, by);
    }
}

fn shift(model: &mut Model, by: isize) {
    let trend = &mut model.pictures.trend;
    let Some(made) = &trend.made else { return };
    let days: Vec<Date> = made.days().collect();
    let today = made.points.len().saturating_sub(1);
    let looked_at = trend.crosshair.and_then(|day| days.iter().position(|other| *other == day)).unwrap_or(today);
    let place = looked_at.saturating_add_signed(by).min(days.len().saturating_sub(1));
    trend.crosshair = days.get(place).copied();
}

/// Takes the crosshair away; was there one to be seen?
pub(super) fn give_up(model: &mut Model) -> bool {
    model.view == ViewId::Trend && model.pictures.trend.crosshair.take().is_some()
}
