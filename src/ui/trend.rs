//! The trend's charts: planned against actual completion, what is overdue by week and by age, reports on time by period, the
//! agencies late most often.

mod bars;
mod completion;
mod overdue;
mod plot;
mod rows;

use ratatui::buffer::Buffer;

use super::{
    Look,
    pen::{Piece, put_pieces},
    table::{self, Nothing},
    theme::Role,
};
use crate::{
    app::model::Model,
    domain::trend::Trend,
    panels::{column::Align, trend::Chart, view::Area},
};

/// Draws a chart within its frame.
pub(super) fn draw(buffer: &mut Buffer, area: Area, chart: Chart, model: &Model, look: &Look<'_>) {
    let Some((trend, scene)) = model.pictures.trend.shown().zip(model.scene()) else {
        let nothing = if model.feed.failure.is_some() { Nothing::Failed } else { Nothing::Loading };
        table::draw_nothing(buffer, area, nothing, look);
        return;
    };
    let inside = area.inside();
    // A cell of air at either side.
    let inside = Area { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    match chart {
        Chart::Completion => completion::draw(buffer, inside, model, trend, look),
        Chart::Overdue => overdue::draw(buffer, inside, model, trend, look),
        Chart::Ageing => rows::ageing(buffer, inside, trend, look),
        Chart::OnTime => rows::on_time(buffer, inside, trend, &scene, look),
        Chart::LateAgencies => rows::agencies(buffer, inside, trend, &scene, look),
    }
}

/// What stands at the right of a chart's border: what its signs mean.
pub(super) fn legend<'a>(chart: Chart, model: &Model, look: &Look<'_>) -> Vec<Piece<'a>> {
    let Some(trend) = model.pictures.trend.shown() else { return Vec::new() };
    match chart {
        Chart::Completion => completion::legend(look),
        Chart::Overdue => Vec::new(),
        Chart::Ageing => {
            let count: u32 = trend.lateness.ageing.iter().sum();
            vec![Piece::new(if count > 0 { Role::Late } else { Role::Dim }, count.to_string())]
        }
        Chart::OnTime => vec![Piece::new(Role::Dim, trend.lateness.periods.len().to_string())],
        Chart::LateAgencies => vec![Piece::new(Role::Dim, trend.lateness.agencies.len().to_string())],
    }
}

/// Writes a line of an area.
fn line(buffer: &mut Buffer, area: Area, row: u16, pieces: &[Piece<'_>], look: &Look<'_>) {
    if row < area.height {
        put_pieces(buffer, (area.x, area.y + row), (area.width, Align::Left), pieces, look.glyphs.ellipsis, |role| {
            look.palette.style(role)
        });
    }
}

/// What is said in place of the weeks gone by while they are not there.
fn without_past(model: &Model, trend: &Trend, look: &Look<'_>) -> Option<String> {
    if trend.has_past {
        return None;
    }
    Some(match model.pictures.trend.failure() {
        Some(why) => look.words.say(why),
        None if model.pictures.trend.is_counting() => look.words.get("trend-counting").into_owned(),
        None => look.words.get("trend-elsewhere").into_owned(),
    })
}
