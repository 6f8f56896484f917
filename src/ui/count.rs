//! What a panel's border says of how much is in it.

use super::{
    Look,
    pen::{Piece, width},
    theme::Role,
    timeline, trend,
};
use crate::{
    app::model::Model,
    panels::{Body, PanelId},
};

/// How many rows a table has; shown of all where the filter hides some. Beside overdue reports stands what else the desk has
/// to deal with: not the same number.
pub(super) fn of<'a>(panel: PanelId, room: u16, model: &'a Model, look: &Look<'a>) -> Vec<Piece<'a>> {
    if let Body::Chart(chart) = panel.panel().body {
        return trend::legend(chart, model, look);
    }
    if panel.table().is_none() || model.snapshot.is_none() {
        return Vec::new();
    }
    let list = model.list(panel);
    let (total, hidden) = (list.total(), list.hidden());
    let mut said = Vec::new();
    if panel == PanelId::OverdueReports {
        let late = model.summary.reports.overdue();
        let words = look.words.with("count-overdue", &[("count", late.into())]);
        said.push(Piece::new(if late > 0 { Role::Late } else { Role::Dim }, words));
        said.push(Piece::new(Role::Dim, format!(" {} ", look.glyphs.dot)));
    }
    if panel == PanelId::Timeline && hidden == 0 {
        let room = room.saturating_sub(3 + width(&total.to_string()));
        said.extend(model.scene().map(|scene| timeline::next_up(&scene, room, look)).unwrap_or_default());
        if !said.is_empty() {
            said.push(Piece::new(Role::Dim, format!(" {} ", look.glyphs.dot)));
        }
    }
    // There are more where the oldest has not come.
    let more = if panel == PanelId::Journal && !model.journal.is_complete() { "+" } else { "" };
    if hidden > 0 {
        said.push(Piece::new(Role::Accent, format!("{}/{total}{more}", total - hidden)));
    } else if panel == PanelId::OverdueReports {
        said.push(Piece::new(Role::Dim, look.words.with("count-queue", &[("count", model.queue.into())])));
    } else {
        said.push(Piece::new(Role::Dim, format!("{total}{more}")));
    }
    said
}
