//! The timeline: which stretch of time is shown and how large, and how far the campaigns on it are prepared.
//!
//! Where one has not moved in time, the stretch is the one around the day shown. Moving the selection brings its campaign
//! into the stretch; moving in time leaves the selection where it is.

use jiff::civil::Date;

use super::{action::Action, model::Model};
use crate::{
    domain::{campaign::Campaign, readiness::Readiness},
    panels::{
        PanelId, RowKey,
        stretch::{Scale, Stretch},
        timeline::chart,
        view::ViewId,
    },
};

/// Cells a step in time moves by.
const STEP: i32 = 7;

/// What of it can be changed, and what was counted for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// How large time is shown.
    pub scale: Scale,
    /// The first day shown, where one moved in time.
    pub begin: Option<Date>,
    readiness: Vec<Readiness>,
    is_counted: bool,
}

impl Timeline {
    /// The stretch on so many cells, on a day.
    pub fn stretch(&self, today: Date, cells: u16) -> Stretch {
        match self.begin {
            Some(begin) => Stretch { begin, scale: self.scale, cells },
            None => Stretch::around(today, self.scale, cells),
        }
    }

    /// How far each campaign is prepared, in the plan's order; empty before it was looked at.
    pub fn readiness(&self) -> &[Readiness] {
        if self.is_counted { &self.readiness } else { &[] }
    }

    /// What was counted has to be counted again when it is looked at.
    pub(super) fn outdated(&mut self) {
        self.is_counted = false;
    }
}

/// Counts how far the campaigns are prepared, where one looks at them and it is not known.
pub(super) fn follow(model: &mut Model) {
    let looks = matches!(model.leading(), PanelId::Timeline | PanelId::UpcomingCampaigns);
    let Some(snapshot) = model.snapshot.as_ref().filter(|_| looks && !model.pictures.timeline.is_counted) else {
        return;
    };
    let rank = |agency| model.lookup.agencies.rank(agency);
    let readiness = Readiness::of_all(snapshot, model.today, rank);
    let timeline = &mut model.pictures.timeline;
    (timeline.readiness, timeline.is_counted) = (readiness, true);
}

/// A step back or on in time.
pub(super) fn sideways(model: &mut Model, action: Action) {
    move_by(model, if action == Action::Left { -STEP } else { STEP });
}

/// A page back or on in time; a step of it stays.
pub(super) fn paged(model: &mut Model, action: Action) {
    let Some(stretch) = shown(model) else { return };
    let page = (i32::from(stretch.cells) - STEP).max(STEP);
    move_by(model, if action == Action::PageLeft { -page } else { page });
}

/// Shows time at another scale.
pub(super) fn scaled(model: &mut Model, to: impl Fn(Scale) -> Scale) {
    let Some(stretch) = shown(model) else { return };
    let scale = to(stretch.scale);
    let timeline = &mut model.pictures.timeline;
    timeline.scale = scale;
    timeline.begin = timeline.begin.map(|_| stretch.scaled(scale).begin);
}

/// The stretch around the day shown.
pub(super) fn home(model: &mut Model) {
    if model.view == ViewId::Campaigns {
        model.pictures.timeline.begin = None;
    }
}

/// Brings the selected campaign into the stretch where nothing of it is there.
pub(super) fn reveal(model: &mut Model) {
    let Some((stretch, campaign)) = shown(model).zip(selected(model)) else { return };
    if stretch.span(campaign.from, campaign.to).is_none() {
        model.pictures.timeline.begin = Some(stretch.showing(campaign.from, campaign.to).begin);
    }
}

fn move_by(model: &mut Model, cells: i32) {
    let Some((stretch, (first, last))) = shown(model).zip(reach(model)) else { return };
    let moved = stretch.moved(cells);
    // Half of it may be empty, no more; where it is empty already, it may come back.
    let half = i32::from(stretch.cells) / 2;
    let begin = moved.begin.max(stretch.begin.min(Stretch { begin: first, ..stretch }.moved(-half).begin));
    let begin = begin.min(stretch.begin.max(Stretch { begin: last, ..stretch }.moved(-half).begin));
    model.pictures.timeline.begin = Some(begin);
}

/// The stretch on the screen; none in another view.
fn shown(model: &Model) -> Option<Stretch> {
    if model.view != ViewId::Campaigns {
        return None;
    }
    let area = model.arranged().area(PanelId::Timeline)?;
    Some(model.pictures.timeline.stretch(model.today.date, chart(area).width))
}

/// The first and the last day on which there is something to see.
fn reach(model: &Model) -> Option<(Date, Date)> {
    let campaigns = &model.snapshot.as_ref()?.outline.plan.campaigns;
    let days = campaigns.iter().flat_map(|campaign| {
        let milestones = campaign.milestones.iter().filter_map(|milestone| milestone.due);
        [campaign.from, campaign.to].into_iter().chain(milestones)
    });
    let today = model.today.date;
    Some(days.fold((today, today), |(first, last), day| (first.min(day), last.max(day))))
}

fn selected(model: &Model) -> Option<&Campaign> {
    let outline = &model.snapshot.as_ref()?.outline;
    let Some(RowKey::Campaign(id)) = &model.list(PanelId::Timeline).selected else { return None };
    outline.plan.campaigns.get(outline.campaign(id.as_str())? as usize)
}
