//! The wall: a screen nobody sits at turns its pages by itself. Read only; a key holds the page for a while.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, de::IntoDeserializer};

use super::{model::Model, navigate};
use crate::panels::view::ViewId;

/// How long a page stays after a key, at least.
const HELD: SignedDuration = SignedDuration::from_secs(60);

/// Which pages are turned, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WallSettings {
    /// How long each page stays, in seconds.
    pub every_s: u32,
    /// The pages in their order; none is the same as the figures alone.
    pub pages: Vec<Page>,
}

impl Default for WallSettings {
    fn default() -> Self {
        let views = [ViewId::Overview, ViewId::Reports, ViewId::Tasks, ViewId::Campaigns, ViewId::Trend];
        let pages = std::iter::once(Page::Figures).chain(views.map(Page::View)).collect();
        WallSettings { every_s: 20, pages }
    }
}

/// A page of the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Page {
    /// The figures, as large as the screen lets them be.
    Figures,
    /// A view.
    View(ViewId),
}

impl TryFrom<String> for Page {
    type Error = serde::de::value::Error;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        match name.as_str() {
            "figures" => Ok(Page::Figures),
            view => ViewId::deserialize(view.into_deserializer()).map(Page::View),
        }
    }
}

/// The wall while it turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wall {
    settings: WallSettings,
    place: usize,
    turns: Timestamp,
    /// The figures are shown in place of the view.
    figures: bool,
}

impl Wall {
    /// On its first page from `now` on.
    pub fn new(settings: WallSettings, now: Timestamp) -> Self {
        let mut wall = Wall { settings, place: 0, turns: now, figures: true };
        wall.stay(now, wall.every());
        wall
    }

    /// Are the figures shown in place of the view?
    pub fn shows_figures(&self) -> bool {
        self.figures
    }

    /// The page from 1, and how many there are.
    pub fn page(&self) -> (usize, usize) {
        (self.place + 1, self.settings.pages.len().max(1))
    }

    /// When the next page comes.
    pub fn turns(&self) -> Timestamp {
        self.turns
    }

    fn every(&self) -> SignedDuration {
        SignedDuration::from_secs(self.settings.every_s.max(1).into())
    }

    fn stay(&mut self, now: Timestamp, how_long: SignedDuration) {
        self.turns = now.saturating_add(how_long).unwrap_or(now);
    }

    fn shown(&self) -> Page {
        self.settings.pages.get(self.place).copied().unwrap_or(Page::Figures)
    }
}

/// Shows the first page.
pub(super) fn start(model: &mut Model) {
    turn_to(model, 0);
}

/// The clock moved: is it time for the next page?
pub(super) fn ticked(model: &mut Model) {
    let Some(wall) = &model.wall else { return };
    if wall.turns <= model.now {
        turn_to(model, wall.place + 1);
    }
}

/// Somebody is there: the page stays for a while.
pub(super) fn held(model: &mut Model) {
    let now = model.now;
    if let Some(wall) = &mut model.wall {
        wall.stay(now, wall.every().max(HELD));
    }
}

/// A view was chosen: it is shown, whatever page it is.
pub(super) fn chosen(model: &mut Model) {
    if let Some(wall) = &mut model.wall {
        wall.figures = false;
    }
}

fn turn_to(model: &mut Model, place: usize) {
    let now = model.now;
    let Some(wall) = &mut model.wall else { return };
    wall.place = place % wall.settings.pages.len().max(1);
    wall.stay(now, wall.every());
    let page = wall.shown();
    if let Page::View(view) = page {
        navigate::show(model, view);
    }
    if let Some(wall) = &mut model.wall {
        wall.figures = page == Page::Figures;
    }
}
