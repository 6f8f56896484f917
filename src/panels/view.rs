//! Views: which panels stand on the screen together and where ([`arrange`]).

use serde::{Deserialize, Serialize};

use super::{PanelId, cell::Word};

/// A whole screen, reached by its digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ViewId {
    /// Three panels and the detail.
    Overview,
    /// Every report owed.
    Reports,
    /// Every task.
    Tasks,
    /// Campaigns over months.
    Campaigns,
    /// Agencies by periods or programmes.
    Matrix,
    /// Progress over time.
    Trend,
    /// What happened.
    Journal,
}

/// A view's description.
#[derive(Debug)]
pub struct View {
    /// Which.
    pub id: ViewId,
    /// Its name on the tab.
    pub title: Word,
    /// Its panels in the order of Tab; the detail is the last.
    pub panels: &'static [PanelId],
}

/// Every view, in the order of their digits.
pub static VIEWS: [View; 7] = [
    View {
        id: ViewId::Overview,
        title: Word("view-overview"),
        panels: &[PanelId::TasksByAgency, PanelId::OverdueReports, PanelId::UpcomingCampaigns, PanelId::Detail],
    },
    View { id: ViewId::Reports, title: Word("view-reports"), panels: &[PanelId::Reports, PanelId::Detail] },
    View { id: ViewId::Tasks, title: Word("view-tasks"), panels: &[PanelId::Tasks, PanelId::Detail] },
    View { id: ViewId::Campaigns, title: Word("view-campaigns"), panels: &[PanelId::Timeline, PanelId::Detail] },
    View { id: ViewId::Matrix, title: Word("view-matrix"), panels: &[PanelId::Matrix, PanelId::Detail] },
    View {
        id: ViewId::Trend,
        title: Word("view-trend"),
        panels: &[PanelId::Trend, PanelId::OverdueByWeek, PanelId::Ageing, PanelId::OnTime, PanelId::LateAgencies],
    },
    View { id: ViewId::Journal, title: Word("view-journal"), panels: &[PanelId::Journal, PanelId::Detail] },
];

impl ViewId {
    /// The view a panel is at home in.
    pub fn of(panel: PanelId) -> ViewId {
        VIEWS.iter().find(|view| view.panels.contains(&panel)).map_or(ViewId::Overview, |view| view.id)
    }

    /// Its name in files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            ViewId::Overview => "overview",
            ViewId::Reports => "reports",
            ViewId::Tasks => "tasks",
            ViewId::Campaigns => "campaigns",
            ViewId::Matrix => "matrix",
            ViewId::Trend => "trend",
            ViewId::Journal => "journal",
        }
    }

    /// Its description.
    pub fn view(self) -> &'static View {
        VIEWS.iter().find(|view| view.id == self).unwrap_or(&VIEWS[0])
    }
}

/// A rectangle of terminal cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words are the documentation")]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Area {
    /// Is the cell at `x`, `y` in it?
    pub fn contains(&self, x: u16, y: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&x)
            && (self.y..self.y.saturating_add(self.height)).contains(&y)
    }

    /// The area within a border of one cell.
    pub fn inside(&self) -> Area {
        Area {
            x: self.x.saturating_add(1),
            y: self.y.saturating_add(1),
            width: self.width.saturating_sub(2),
            height: self.height.saturating_sub(2),
        }
    }

    fn columns(self, left: u16) -> (Area, Area) {
        let left = left.min(self.width);
        (Area { width: left, ..self }, Area { x: self.x + left, width: self.width - left, ..self })
    }

    fn rows(self, top: u16) -> (Area, Area) {
        let top = top.min(self.height);
        (Area { height: top, ..self }, Area { y: self.y + top, height: self.height - top, ..self })
    }
}

/// The least a screen must have; below it one is asked politely to widen it.
pub const LEAST: (u16, u16) = (40, 10);
/// Lines above the panels: the plan's line and the tabs.
pub const HEADER: u16 = 2;
/// Lines below the panels: the keys.
pub const FOOTER: u16 = 1;

/// A screen's parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    /// Where each panel that is shown stands.
    pub panels: Vec<(PanelId, Area)>,
    /// A line naming all panels, where only one is shown at a time.
    pub panel_tabs: Option<Area>,
    /// The lines at the top.
    pub header: Area,
    /// The line at the bottom.
    pub footer: Area,
}

impl Arranged {
    /// Where `panel` stands, if it is shown.
    pub fn area(&self, panel: PanelId) -> Option<Area> {
        self.panels.iter().find(|(shown, _)| *shown == panel).map(|(_, area)| *area)
    }
}

/// Where the panels of `view` stand on a screen of that size. Where there is no room for all, or the focused one is zoomed,
/// the focused one has it all. Empty on a screen below [`LEAST`].
pub fn arrange(view: ViewId, focus: PanelId, zoomed: bool, width: u16, height: u16) -> Arranged {
    if width < LEAST.0 || height < LEAST.1 {
        return Arranged::default();
    }
    let screen = Area { x: 0, y: 0, width, height };
    let (header, rest) = screen.rows(HEADER);
    let (body, footer) = rest.rows(rest.height - FOOTER);
    let roomy = match view {
        ViewId::Overview => width >= 100 && height >= 28,
        ViewId::Reports | ViewId::Tasks | ViewId::Journal => width >= 140 || height >= 30,
        ViewId::Campaigns | ViewId::Matrix => height >= 30,
        ViewId::Trend => width >= 110 && height >= 30,
    };
    let arranged = Arranged { panels: Vec::new(), panel_tabs: None, header, footer };
    if !roomy || zoomed {
        let (tabs, one) = body.rows(u16::from(!zoomed));
        let panel_tabs = (!zoomed).then_some(tabs);
        return Arranged { panels: vec![(focus, one)], panel_tabs, ..arranged };
    }
    let panels = match view {
        ViewId::Overview => overview(body),
        ViewId::Reports => with_detail(PanelId::Reports, body),
        ViewId::Tasks => with_detail(PanelId::Tasks, body),
        ViewId::Campaigns => above_detail(PanelId::Timeline, body),
        ViewId::Matrix => matrix(body),
        ViewId::Trend => trend(body),
        ViewId::Journal => with_detail(PanelId::Journal, body),
    };
    Arranged { panels, ..arranged }
}

fn overview(body: Area) -> Vec<(PanelId, Area)> {
    if body.width >= 180 && body.height >= 36 {
        let (left, rest) = body.columns(body.width * 30 / 100);
        let (middle, right) = rest.columns(rest.width * 56 / 100);
        let with_trend = body.height >= 41;
        let (top, rest) = middle.rows(middle.height * if with_trend { 36 } else { 55 } / 100);
        let (bottom, trend) = rest.rows(if with_trend { rest.height * 48 / 100 } else { rest.height });
        let trend = with_trend.then_some((PanelId::Trend, trend));
        let panels = [
            (PanelId::TasksByAgency, left),
            (PanelId::OverdueReports, top),
            (PanelId::UpcomingCampaigns, bottom),
            (PanelId::Detail, right),
        ];
        return panels.into_iter().chain(trend).collect();
    }
    let (left, right) = body.columns(body.width * 44 / 100);
    let campaigns = (body.height * 38 / 100).max(8);
    let (agencies, campaigns) = left.rows(body.height - campaigns);
    let (overdue, detail) = right.rows(body.height * 45 / 100);
    vec![
        (PanelId::TasksByAgency, agencies),
        (PanelId::OverdueReports, overdue),
        (PanelId::UpcomingCampaigns, campaigns),
        (PanelId::Detail, detail),
    ]
}

fn with_detail(list: PanelId, body: Area) -> Vec<(PanelId, Area)> {
    // The detail is read in lines of some sixty letters; what is wider serves the list.
    let beside = (body.width * 36 / 100).min(60);
    let (rows, detail) =
        if body.width >= 140 { body.columns(body.width - beside) } else { body.rows(body.height * 58 / 100) };
    vec![(list, rows), (PanelId::Detail, detail)]
}

/// What grows to the right has the whole width; the detail stands below it.
fn above_detail(list: PanelId, body: Area) -> Vec<(PanelId, Area)> {
    let (rows, detail) = body.rows(body.height / 2);
    vec![(list, rows), (PanelId::Detail, detail)]
}

/// There are more agencies than columns: where it is wide enough, they have the whole height and the detail stands beside.
fn matrix(body: Area) -> Vec<(PanelId, Area)> {
    let (rows, detail) =
        if body.width >= 170 { body.columns(body.width * 66 / 100) } else { body.rows(body.height * 68 / 100) };
    vec![(PanelId::Matrix, rows), (PanelId::Detail, detail)]
}

/// Curves side by side above, what is late below.
fn trend(body: Area) -> Vec<(PanelId, Area)> {
    let (top, bottom) = body.rows(body.height * 58 / 100);
    let (completion, overdue) = top.columns(body.width * 58 / 100);
    let (ageing, rest) = bottom.columns(body.width * 24 / 100);
    let (on_time, agencies) = rest.columns(rest.width * 56 / 100);
    vec![
        (PanelId::Trend, completion),
        (PanelId::OverdueByWeek, overdue),
        (PanelId::Ageing, ageing),
        (PanelId::OnTime, on_time),
        (PanelId::LateAgencies, agencies),
    ]
}

/// Cells before a row's first column: the selection's bar and the mark.
pub const GUTTER: u16 = 2;

/// Where a table's column headings stand in its panel.
pub fn table_headings(panel: Area) -> Area {
    let inside = panel.inside();
    // The last cell is the scroll bar's.
    let width = inside.width.saturating_sub(GUTTER + 1);
    Area { x: inside.x + GUTTER.min(inside.width), y: inside.y, width, height: inside.height.min(1) }
}

/// Where a table's rows stand in its panel, gutter included.
pub fn table_rows(panel: Area) -> Area {
    panel.inside().rows(1).1
}
