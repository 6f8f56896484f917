//! [`Model`]: the only state of the screen. `update` changes it, `ui` reads it.

use std::collections::BTreeSet;

use jiff::{Timestamp, tz::TimeZone};

pub use super::drill::{Drill, Scope};
pub use super::history::{Detail, History};
use super::{
    amend::Amendments,
    dialog::Dialog,
    filter::FilterLine,
    form::Form,
    history::Journals,
    journal::Journal,
    linear::Linear,
    lists::{Level, List},
    mail::Mail,
    messages::{Level as Grade, Messages, Said},
    notifications::Notifications,
    other_day::OtherDay,
    pending::Pending,
    settings::Settings,
    sheet::Sheet,
    sync::{Chance, Feed},
    triage::Triage,
    wall::Wall,
};
use crate::{
    domain::{
        item::{Index, Kind},
        lookup::Lookup,
        query::Desk,
        queue::needs_dealing_with,
        sentence::Sentence,
        snapshot::Snapshot,
        status::Today,
        summary::Summary,
    },
    panels::{
        PANELS, PanelId, RowKey,
        scene::Scene,
        view::{Arranged, VIEWS, ViewId, arrange},
    },
};

/// Everything the screen shows and remembers.
#[derive(Debug)]
pub struct Model {
    /// What does not change.
    pub settings: Settings,
    /// The plan's clock.
    pub now: Timestamp,
    /// The day it shows, in the plan's zone.
    pub today: Today,
    /// The terminal's size in cells.
    pub size: (u16, u16),
    /// The source and how fresh its data are.
    pub feed: Feed,
    /// The day shown in place of today, where one is.
    pub other_day: OtherDay,
    /// The data; none until the first answer.
    pub snapshot: Option<Snapshot>,
    /// Figures of the data.
    pub summary: Summary,
    /// How many reports the desk has to deal with.
    pub queue: usize,
    /// Texts and ranks of the data.
    pub lookup: Lookup,
    /// The wall, where this is one.
    pub wall: Option<Wall>,
    /// Whose desk, looked up in the plan.
    pub desk: Desk,
    /// Place of the language in the settings.
    pub language: usize,
    /// Place of the theme in the settings.
    pub theme: usize,
    /// The view shown.
    pub view: ViewId,
    /// The panel with the focus, by view in the order of `VIEWS`.
    pub focus: [PanelId; VIEWS.len()],
    /// The table the detail follows, by view.
    pub leading: [PanelId; VIEWS.len()],
    /// The filter, by view.
    pub filters: [FilterLine; VIEWS.len()],
    /// Is the filter being typed?
    pub typing: bool,
    /// Is the focused panel alone on the screen?
    pub zoomed: bool,
    /// Steps down, the last one in force.
    pub drills: Vec<Drill>,
    /// The lists, in the order of `PANELS`.
    pub lists: [List; PANELS.len()],
    /// Marked rows.
    pub marks: BTreeSet<RowKey>,
    /// Where a range of marks began.
    pub range: Option<RowKey>,
    /// The detail.
    pub detail: Detail,
    /// The plan's journal, as far as it has come.
    pub journal: Journal,
    /// Journals of the rows around it.
    pub journals: Journals,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// What a deed asks for, while it does.
    pub form: Option<Form>,
    /// Letters shown or going out.
    pub mail: Mail,
    /// What is asked for that is not done to rows, while it is.
    pub sheet: Option<Sheet>,
    /// What was amended from here.
    pub amendments: Amendments,
    /// What was handed in and is not answered; what can be repeated.
    pub triage: Triage,
    /// What a remote source has not confirmed.
    pub pending: Pending,
    /// What the terminal is to be told of.
    pub notifications: Notifications,
    /// Where the conversation is, where there is no screen.
    pub linear: Linear,
    /// What was said.
    pub messages: Messages,
    /// Chance for the spread of retries.
    pub chance: Chance,
    /// The zone days are counted in; the plan's once there is one.
    pub zone: TimeZone,
}

impl Model {
    /// An empty screen at `now`.
    pub fn new(settings: Settings, now: Timestamp, size: (u16, u16)) -> Self {
        let today =
            Today::new(TimeZone::UTC.to_datetime(now).date(), settings.due_soon_working_days, &Default::default());
        Model {
            chance: Chance(settings.seed),
            feed: Feed::new(settings.sample),
            wall: settings.wall.clone().map(|settings| Wall::new(settings, now)),
            settings,
            now,
            today,
            size,
            other_day: OtherDay::default(),
            snapshot: None,
            summary: Summary::default(),
            queue: 0,
            lookup: Lookup::default(),
            desk: Desk::default(),
            language: 0,
            theme: 0,
            view: ViewId::Overview,
            focus: VIEWS.each_ref().map(|view| view.panels[0]),
            leading: VIEWS.each_ref().map(|view| view.panels[0]),
            filters: Default::default(),
            typing: false,
            zoomed: false,
            drills: Vec::new(),
            lists: Default::default(),
            marks: BTreeSet::new(),
            range: None,
            detail: Detail::default(),
            journal: Journal::default(),
            journals: Journals::default(),
            dialog: None,
            form: None,
            mail: Mail::None,
            sheet: None,
            amendments: Amendments::default(),
            triage: Triage::default(),
            pending: Pending::default(),
            notifications: Notifications::default(),
            linear: Linear::default(),
            messages: Messages::default(),
            zone: TimeZone::UTC,
        }
    }

    /// What panels may look at; none until there are data.
    pub fn scene(&self) -> Option<Scene<'_>> {
        let history = match &self.detail.history {
            History::Loaded(page) => Some(page),
            History::None | History::Loading | History::Failed(_) => None,
        };
        let snapshot = self.snapshot.as_ref()?;
        let (summary, lookup, desk) = (&self.summary, &self.lookup, &self.desk);
        let (journal, waiting, today) = (self.journal.shown(), &self.pending.waiting, self.today);
        Some(Scene { snapshot, summary, lookup, today, desk, history, journal, waiting })
    }

    /// The tag of the language shown.
    pub fn language(&self) -> &'static str {
        self.settings.vocabularies.get(self.language).map_or("vi", |vocabulary| vocabulary.language)
    }

    /// The panel with the focus.
    pub fn focused(&self) -> PanelId {
        self.focus[self.view as usize]
    }

    /// The table the detail follows in this view.
    pub fn leading(&self) -> PanelId {
        self.leading[self.view as usize]
    }

    /// The filter of this view.
    pub fn filter(&self) -> &FilterLine {
        &self.filters[self.view as usize]
    }

    /// A panel's list.
    pub fn list(&self, panel: PanelId) -> &List {
        &self.lists[panel as usize]
    }

    /// What was drilled down to.
    pub fn scope(&self) -> Option<&Scope> {
        self.drills.last()?.scope.as_ref()
    }

    /// Where everything stands on the screen.
    pub fn arranged(&self) -> Arranged {
        arrange(self.view, self.focused(), self.zoomed, self.size.0, self.size.1)
    }

    /// Says something to the user.
    pub fn say(&mut self, level: Grade, sentence: Sentence) {
        self.messages.say(Said { level, sentence, at: self.now });
    }

    /// Takes a whole snapshot in place of what there was.
    pub fn take_snapshot(&mut self, snapshot: Snapshot) {
        self.zone = snapshot.outline.zone.clone();
        let agency = self.settings.agency.as_ref().and_then(|id| snapshot.outline.agency(id.as_str()));
        self.desk = Desk { agency, me: self.settings.me.clone() };
        self.snapshot = Some(snapshot);
        self.look_up();
        self.day_changed();
    }

    /// Prepares texts and ranks in the language shown.
    pub fn look_up(&mut self) {
        if let Some(snapshot) = &self.snapshot {
            self.lookup = Lookup::new(&snapshot.outline, self.language());
        }
    }

    /// Sets the clock; on a new day everything that depends on it is counted anew.
    pub fn set_clock(&mut self, now: Timestamp) {
        self.now = now;
        if self.shown_date() != self.today.date {
            self.day_changed();
        }
    }

    /// Counts anew after entries came in that touched these items.
    pub fn items_changed(&mut self, touched: &[Index]) {
        self.count();
        self.forget_journals();
        self.lists.iter_mut().for_each(|list| list.touched(touched));
    }

    /// Counts anew after anything may have changed.
    pub fn data_changed(&mut self) {
        self.count();
        self.forget_journals();
        self.lists_changed(Level::All);
    }

    /// Counts anew what is seen, where no journal changed.
    pub(super) fn count(&mut self) {
        let Some(snapshot) = &self.snapshot else { return };
        // A case opened meanwhile has a period that cannot be searched yet.
        if self.lookup.periods.texts.len() != snapshot.outline.periods.len() {
            self.lookup = Lookup::new(&snapshot.outline, self.language());
        }
        self.notifications.outdated = true;
        self.summary = Summary::of(snapshot, self.today);
        let reports = snapshot.items.iter().filter(|item| item.kind() == Kind::Report);
        let outline = &snapshot.outline;
        self.queue = reports.filter(|item| needs_dealing_with(item, outline, self.today, &self.desk)).count();
    }

    fn forget_journals(&mut self) {
        self.journals.forget();
        self.detail.outdated = true;
    }

    /// What depends on the lists has to be made anew from this level on.
    pub fn lists_changed(&mut self, level: Level) {
        self.lists.iter_mut().for_each(|list| list.outdated(level));
    }

    fn day_changed(&mut self) {
        if let Some(snapshot) = &self.snapshot {
            let calendar = &snapshot.outline.calendar;
            self.today = Today::new(self.shown_date(), self.settings.due_soon_working_days, calendar);
        }
        self.data_changed();
    }
}
