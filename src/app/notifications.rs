//! Notifications: the terminal is told when something became overdue, arrived, or is in conflict. Off by default; at most one
//! in so many minutes, which says all that happened since the one before.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::{effect::Effect, model::Model};
use crate::domain::{
    entry::{Entry, Verb},
    id::ItemId,
    sentence::Sentence,
    status::{Cell, cell},
};

/// Whether and how the terminal is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NotificationSettings {
    /// How.
    pub how: How,
    /// At most one in so many minutes.
    pub every_min: u32,
}

impl Default for NotificationSettings {
    fn default() -> Self {
        NotificationSettings { how: How::Off, every_min: 10 }
    }
}

/// How the terminal is told. Each also goes over SSH.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Not at all.
    #[default]
    Off,
    /// By its bell.
    Bell,
    /// By OSC 9, as iTerm2, Windows Terminal, kitty and others take it.
    Osc9,
    /// By OSC 777, as urxvt, foot, VTE and others take it.
    Osc777,
}

/// What happened that was not told yet.
#[derive(Clone, Debug, Default)]
pub struct Notifications {
    /// What was overdue when it was last looked; none before the first time.
    overdue: Option<BTreeSet<ItemId>>,
    cards: usize,
    /// The data or the day changed since.
    pub(super) outdated: bool,
    newly: Counts,
    last: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    overdue: usize,
    arrived: usize,
    conflicts: usize,
}

/// Entries came in: what others handed in or received has arrived.
pub(super) fn came(model: &mut Model, entries: &[Entry]) {
    let me = model.settings.me.as_ref();
    let others = entries.iter().filter(|entry| entry.by.is_none() || entry.by.as_ref() != me);
    model.notifications.newly.arrived += others.filter(|entry| is_arrival(&entry.verb)).count();
}

fn is_arrival(verb: &Verb) -> bool {
    matches!(verb, Verb::Submit | Verb::Receive)
}

/// Looks at what is overdue and in conflict by now, and tells of it where it is time to.
pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    let settings = model.settings.notifications;
    if settings.how == How::Off {
        return Vec::new();
    }
    look(model);
    let now = model.now;
    let waits = model.notifications.tells_at(settings).is_some_and(|at| now < at);
    let notifications = &mut model.notifications;
    if notifications.newly == Counts::default() || waits {
        return Vec::new();
    }
    notifications.last = Some(now);
    let Counts { overdue, arrived, conflicts } = std::mem::take(&mut notifications.newly);
    let said = Sentence::new("notification").with("overdue", overdue).with("arrived", arrived);
    vec![Effect::Notify(said.with("conflicts", conflicts))]
}

/// When what happened is told of; none where nothing waits for that.
pub(super) fn wakes_at(model: &Model) -> Option<Timestamp> {
    let notifications = &model.notifications;
    (notifications.newly != Counts::default()).then(|| notifications.tells_at(model.settings.notifications)).flatten()
}

impl Notifications {
    fn tells_at(&self, settings: NotificationSettings) -> Option<Timestamp> {
        self.last?.checked_add(SignedDuration::from_mins(settings.every_min.into())).ok()
    }
}

fn look(model: &mut Model) {
    let cards = model.pending.to_decide();
    let notifications = &mut model.notifications;
    notifications.newly.conflicts += cards.saturating_sub(notifications.cards);
    notifications.cards = cards;
    // On another day nothing is looked at; on coming back it is.
    if model.other_day.day().is_some() || !std::mem::take(&mut notifications.outdated) {
        return;
    }
    let Some(snapshot) = &model.snapshot else { return };
    let late = snapshot.items.iter().filter(|item| cell(item, model.today) == Some(Cell::Overdue));
    let overdue: BTreeSet<ItemId> = late.map(|item| item.id.clone()).collect();
    if let Some(before) = &model.notifications.overdue {
        model.notifications.newly.overdue += overdue.difference(before).count();
    }
    model.notifications.overdue = Some(overdue);
}
