//! The S-curve: what was planned to be carried out against what was; below it what was overdue at the end of each week.

use jiff::civil::Date;
use maud::{Markup, html};

use super::{
    chart::{Days, at, month},
    weeks,
};
use crate::{
    domain::trend::{Trend, whole},
    export::{HandOver, standing::capital},
};

/// The drawing, in its own units; they are a pixel each where there is room.
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 430.0;
/// Where the axes stand.
const LEFT: f64 = 46.0;
const RIGHT: f64 = 850.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 290.0;
/// The bars below.
const BARS: (f64, f64) = (330.0, 400.0);

pub(super) fn section(over: &HandOver<'_>, trend: &Trend) -> Markup {
    let words = over.words;
    let Some(today) = trend.today().filter(|today| today.tasks.assigned > 0) else {
        return html! { p { (words.get("trend-no-tasks")) } };
    };
    let days = Days { from: trend.from, to: trend.to, left: LEFT, right: RIGHT };
    let y = |share: f64| BOTTOM - (BOTTOM - TOP) * share.clamp(0.0, 1.0);
    let path = |points: &[(Date, f64)]| {
        let place = |(day, share): &(Date, f64)| format!("{} {}", at(days.end_of(*day)), at(y(*share)));
        points.iter().map(place).collect::<Vec<_>>().join("L")
    };
    let planned: Vec<(Date, f64)> =
        trend.points.iter().map(|point| (point.day, point.planned)).chain(trend.coming.iter().copied()).collect();
    let actual: Vec<(Date, f64)> = trend.points.iter().map(|point| (point.day, point.actual)).collect();
    let percent = |share: f64| words.percent(whole(share) as f64 / 100.0, 0);
    let now = days.end_of(today.day);
    let reading = [("planned", percent(today.planned).into()), ("actual", percent(today.actual).into())];
    let said = words.with(
        "page-curve-said",
        &[("date", words.date(today.day).into()), ("reading", words.with("trend-reading", &reading).into())],
    );
    // Where the two come close together their names would stand on each other.
    let end = planned.last().map_or(1.0, |(_, share)| *share);
    html! {
        @if !trend.has_past { p.quiet { (words.get("trend-no-past")) } }
        figure {
            svg.wide viewBox={ "0 0 " (at(WIDTH)) " " (at(HEIGHT)) } role="img" aria-labelledby="curve-title curve-desc" {
                title #curve-title { (words.get("page-curve")) }
                desc #curve-desc { (said) }
                @for step in 0..=4 {
                    @let share = f64::from(step) / 4.0;
                    line.grid x1=(at(LEFT)) x2=(at(RIGHT)) y1=(at(y(share))) y2=(at(y(share))) {}
                    text.tick x=(at(LEFT - 6.0)) y=(at(y(share) + 4.0)) text-anchor="end" { (words.percent(share, 0)) }
                }
                @for (place, first) in days.months().enumerate() {
                    @let x = days.start_of(first);
                    line.grid x1=(at(x)) x2=(at(x)) y1=(at(BOTTOM)) y2=(at(BOTTOM + 5.0)) {}
                    text.tick x=(at(x + 3.0)) y=(at(BOTTOM + 16.0)) { (month(over, first, place == 0)) }
                }
                (bars(over, trend, days))
                path.gap d={ "M" (at(now)) " " (at(y(today.planned))) "V" (at(y(today.actual))) } {}
                path.planned d={ "M" (path(&planned)) } {}
                path.actual d={ "M" (path(&actual)) } {}
                line.today x1=(at(now)) x2=(at(now)) y1=(at(TOP - 4.0)) y2=(at(BARS.1)) {}
                text.now x=(at(now)) y=(at(BARS.1 + 18.0)) text-anchor="middle" { (words.short_date(today.day, over.snapshot.outline.plan.year)) }
                circle.actual cx=(at(now)) cy=(at(y(today.actual))) r="4.5" {}
                text.actual x=(at(now + 9.0)) y=(at(y(today.actual) + if today.actual <= today.planned { 16.0 } else { -8.0 })) {
                    (words.get("trend-actual")) " " (percent(today.actual))
                }
                text.planned x=(at(RIGHT + 8.0)) y=(at(y(end) + 4.0)) { (words.get("trend-planned")) " " (percent(end)) }
            }
            figcaption { (said) }
        }
        (weeks::table(over, trend))
    }
}

/// What was overdue at the end of each week, tasks upon reports.
fn bars(over: &HandOver<'_>, trend: &Trend, days: Days) -> Markup {
    let words = over.words;
    let most = trend.points.iter().map(|point| point.overdue()).max().unwrap_or(0).max(1);
    let (top, bottom) = BARS;
    let tall = |count: u32| (bottom - top) * f64::from(count) / f64::from(most);
    let wide = ((RIGHT - LEFT) / (trend.points.len() + trend.coming.len()).max(1) as f64 - 1.5).clamp(1.0, 12.0);
    html! {
        text.tick x=(at(LEFT)) y=(at(top - 6.0)) {
            (capital(&words.get("page-overdue-by-week"))) ": "
            tspan.overdue { "■" } " " (words.get("trend-tasks")) "  "
            tspan.report-overdue { "■" } " " (words.get("trend-reports"))
        }
        text.tick x=(at(LEFT - 6.0)) y=(at(top + 4.0)) text-anchor="end" { (most) }
        text.tick x=(at(LEFT - 6.0)) y=(at(bottom + 3.0)) text-anchor="end" { "0" }
        line.axis x1=(at(LEFT)) x2=(at(RIGHT)) y1=(at(bottom)) y2=(at(bottom)) {}
        @for point in trend.points.iter().filter(|point| point.overdue() > 0) {
            @let x = days.end_of(point.day) - wide;
            @let (tasks, reports) = (tall(point.tasks.overdue), tall(point.reports.overdue));
            rect.overdue x=(at(x)) y=(at(bottom - tasks)) width=(at(wide)) height=(at(tasks)) {}
            rect.report-overdue x=(at(x)) y=(at(bottom - tasks - reports)) width=(at(wide)) height=(at(reports)) {}
        }
    }
}
