//! [`Model`]: the only state of the screen. `update` changes it, `ui` reads it.

use std::collections::BTreeSet;

use jiff::{Timestamp, tz::TimeZone};

pub use super::drill::{Drill, Scope};
pub use super::history::{Detail, History};
use super::{
    amend::Amendments,
    changed::Changed,
    dialog::Dialog,
    filter::FilterLine,
    first_steps::FirstSteps,
    form::Form,
    hand_over::HandingOver,
    history::Journals,
    journal::Journal,
    linear::Linear,
    lists::List,
    mail::Mail,
    matrix,
    messages::{Level as Grade, Messages, Said},
    notifications::Notifications,
    other_day::OtherDay,
    palette::Palette,
    pending::Pending,
    pictures::Pictures,
    plans::Plans,
    settings::Settings,
    sheet::Sheet,
    sync::{Chance, Feed},
    triage::Triage,
    wall::Wall,
};
use crate::{
    domain::{lookup::Lookup, query::Desk, sentence::Sentence, snapshot::Snapshot, status::Today, summary::Summary},
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
    /// Those of them that are not shown.
    pub hidden_marks: super::marks::Hidden,
    /// Where a range of marks began.
    pub range: Option<RowKey>,
    /// Campaigns over time, the matrix, the trend.
    pub pictures: Pictures,
    /// The detail.
    pub detail: Detail,
    /// The plan's journal, as far as it has come.
    pub journal: Journal,
    /// Journals of the rows around it.
    pub journals: Journals,
    /// What the palette finds, and the views kept under names.
    pub palette: Palette,
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
    /// What is different since the last look, or from another day.
    pub changed: Changed,
    /// What the terminal is to be told of.
    pub notifications: Notifications,
    /// What whoever is new here was shown.
    pub first_steps: FirstSteps,
    /// Where the conversation is, where there is no screen.
    pub linear: Linear,
    /// Other plans one can switch to.
    pub plans: Plans,
    /// What is being handed over.
    pub handing_over: HandingOver,
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
            palette: Palette::new(settings.views.clone()),
            language: settings.begins.0,
            theme: settings.begins.1,
            plans: Plans::default(),
            first_steps: FirstSteps::new(settings.first_time),
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
            view: ViewId::Overview,
            focus: VIEWS.each_ref().map(|view| view.panels[0]),
            leading: VIEWS.each_ref().map(|view| view.panels[0]),
            filters: Default::default(),
            typing: false,
            zoomed: false,
            drills: Vec::new(),
            lists: Default::default(),
            marks: BTreeSet::new(),
            hidden_marks: Default::default(),
            range: None,
            pictures: Pictures::default(),
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
            changed: Changed::default(),
            notifications: Notifications::default(),
            linear: Linear::default(),
            handing_over: HandingOver::default(),
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
        let (changes, readiness) = (self.changed.changes(), self.pictures.timeline.readiness());
        let matrix = self.pictures.matrix.grid();
        Some(Scene { snapshot, summary, lookup, readiness, today, desk, history, journal, waiting, changes, matrix })
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

    /// What is looked at and acted on: the selected row of the table the detail follows; of a matrix the only item of the cell
    /// under the cursor.
    pub fn selected(&self) -> Option<RowKey> {
        let of_cell = if self.leading() == PanelId::Matrix { matrix::only_item(self) } else { None };
        of_cell.map(RowKey::Item).or_else(|| self.list(self.leading()).selected.clone())
    }

    /// Where everything stands on the screen.
    pub fn arranged(&self) -> Arranged {
        arrange(self.view, self.focused(), self.zoomed, self.size.0, self.size.1)
    }

    /// Says something to the user.
    pub fn say(&mut self, level: Grade, sentence: Sentence) {
        self.messages.say(Said { level, sentence, at: self.now });
    }
}
