//! What is counted anew when the data, the day or the language change.

use super::{lists::Level, model::Model};
use crate::domain::{
    item::{Index, Kind},
    lookup::Lookup,
    query::Desk,
    queue::needs_dealing_with,
    snapshot::Snapshot,
    status::Today,
    summary::Summary,
};

impl Model {
    /// Takes a whole snapshot in place of what there was.
    pub fn take_snapshot(&mut self, snapshot: Snapshot) {
        self.zone = snapshot.outline.zone.clone();
        let agency = self.settings.agency.as_ref().and_then(|id| snapshot.outline.agency(id.as_str()));
        self.desk = Desk { agency, me: self.settings.me.clone() };
        self.snapshot = Some(snapshot);
        self.pictures.trend.replaced();
        self.look_up();
        self.day_changed();
    }

    /// Prepares texts and ranks in the language shown.
    pub fn look_up(&mut self) {
        if let Some(snapshot) = &self.snapshot {
            self.lookup = Lookup::new(&snapshot.outline, self.language());
            self.palette.outdated = true;
            self.pictures.outdated();
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
        (self.notifications.outdated, self.palette.outdated, self.changed.outdated) = (true, true, true);
        self.pictures.outdated();
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

    pub(super) fn day_changed(&mut self) {
        if let Some(snapshot) = &self.snapshot {
            let soon = self.settings.due_soon_working_days;
            self.today = Today::new(self.shown_date(), soon, &snapshot.outline.calendar);
        }
        self.data_changed();
    }
}
