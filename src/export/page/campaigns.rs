//! Campaigns over time: a row each with its bar, milestones and today's line; the months stand above, on every printed page.

use jiff::civil::Date;
use maud::{Markup, html};

use super::chart::{Days, at, month};
use crate::{
    domain::{
        campaign::{Campaign, Phase},
        id::ItemId,
        item::{Index, Kind},
        readiness::{Readiness, Verdict},
        status::{Base, Cell, cell},
    },
    export::{HandOver, standing, standing::capital},
    ui::{glyphs::UNICODE, status},
};

/// A row's drawing, in its own units.
const WIDTH: f64 = 420.0;
const TALL: f64 = 26.0;

pub(super) fn section(over: &HandOver<'_>) -> Markup {
    let words = over.words;
    let plan = &over.snapshot.outline.plan;
    let mut rows: Vec<(Index, &Campaign)> =
        over.campaigns.iter().filter_map(|index| Some((*index, plan.campaigns.get(*index as usize)?))).collect();
    if rows.is_empty() {
        return html! { p { (words.get("page-no-campaigns")) } };
    }
    rows.sort_by_key(|(_, campaign)| (campaign.from, campaign.to));
    let days = span(over, &rows);
    let readiness = Readiness::of_all(over.snapshot, over.today, |agency| agency);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(words.get("page-campaigns")) {
            table.timeline {
                caption { (words.get("page-campaigns-caption")) }
                thead {
                    tr {
                        th scope="col" { (words.get("export-column-campaign")) }
                        th.time scope="col" { span.heard { (words.get("page-time")) } (months(over, days)) }
                        th scope="col" { (words.get("page-countdown")) }
                        th scope="col" { (words.get("page-readiness")) }
                    }
                }
                tbody {
                    @for (index, campaign) in &rows {
                        tr {
                            th scope="row" {
                                (title(over, campaign))
                                br; small { (standing::named(over, &campaign.lead)) }
                            }
                            td.time { (bar(over, campaign, days)) }
                            td { (dates(over, campaign)) br; (countdown(over, campaign)) }
                            td { @if let Some(ready) = readiness.get(*index as usize) { (verdict(over, ready)) } }
                        }
                    }
                }
            }
        }
        ul.legend {
            @for (cell, base) in MILESTONES {
                li { span.{ "milestone " (class(cell)) } aria-hidden="true" { (status::sign(&UNICODE, base, Some(cell))) } " " (words.get(status::word(Kind::Milestone, base, Some(cell)))) }
            }
        }
    }
}

/// How milestones stand, for the legend.
const MILESTONES: [(Cell, Base); 5] = [
    (Cell::OnTime, Base::Done),
    (Cell::Late, Base::Done),
    (Cell::InTime, Base::NotStarted),
    (Cell::DueSoon, Base::NotStarted),
    (Cell::Overdue, Base::NotStarted),
];

fn title(over: &HandOver<'_>, campaign: &Campaign) -> String {
    let title = campaign.title.get(over.words.language.tag);
    if title.is_empty() { campaign.id.to_string() } else { title.to_owned() }
}

/// From which day to which; the year once where it is the same.
fn dates(over: &HandOver<'_>, campaign: &Campaign) -> String {
    let (from, to) = (campaign.from, campaign.to);
    if from == to {
        return over.words.date(to);
    }
    format!("{}–{}", over.words.short_date(from, to.year()), over.words.date(to))
}

/// The whole months everything stands in.
fn span(over: &HandOver<'_>, rows: &[(Index, &Campaign)]) -> Days {
    let today = over.today.date;
    let dates = rows.iter().flat_map(|(_, campaign)| {
        let due = campaign.milestones.iter().filter_map(|milestone| milestone.due);
        [campaign.from, campaign.to].into_iter().chain(due)
    });
    let (mut from, mut to) = (today, today);
    // A date mistyped by a century would press everything else into a line.
    let near = |date: &Date| (date.year() - today.year()).abs() <= 5;
    for date in dates.filter(near) {
        (from, to) = (from.min(date), to.max(date));
    }
    let (from, to) = (from.first_of_month(), to.last_of_month());
    Days { from, to, left: 0.0, right: WIDTH }
}

fn months(over: &HandOver<'_>, days: Days) -> Markup {
    let now = days.end_of(over.today.date);
    html! {
        svg viewBox="0 0 420 30" aria-hidden="true" {
            @for (place, first) in days.months().enumerate() {
                @let x = days.start_of(first);
                line.grid x1=(at(x)) x2=(at(x)) y1="12" y2="30" {}
                text.tick x=(at(x + 3.0)) y="25" { (month(over, first, place == 0)) }
            }
            line.today x1=(at(now)) x2=(at(now)) y1="11" y2="30" {}
            text.now x=(at(now.clamp(16.0, WIDTH - 16.0))) y="9" text-anchor="middle" { (over.words.short_date(over.today.date, over.snapshot.outline.plan.year)) }
        }
    }
}

fn bar(over: &HandOver<'_>, campaign: &Campaign, days: Days) -> Markup {
    let words = over.words;
    let phase = campaign.countdown(over.today.date, &over.snapshot.outline.calendar).phase;
    let (from, to) = (days.start_of(campaign.from), days.end_of(campaign.to));
    let now = days.end_of(over.today.date);
    let points: Vec<(f64, Cell, Base, String)> = campaign
        .milestones
        .iter()
        .filter_map(|milestone| {
            let item = over.snapshot.item(&ItemId::milestone(&campaign.id, &milestone.id))?;
            let (due, cell) = (item.due?, cell(item, over.today)?);
            let title = milestone.title.get(words.language.tag);
            let said = words.get(status::word(Kind::Milestone, item.state.base, Some(cell)));
            Some((days.end_of(due), cell, item.state.base, format!("{title} {}: {said}", words.date(due))))
        })
        .collect();
    html! {
        svg viewBox={ "0 0 " (at(WIDTH)) " " (at(TALL)) } role="img" {
            title { (title(over, campaign)) ": " (dates(over, campaign)) }
            @if !points.is_empty() {
                desc { (points.iter().map(|(.., said)| said.as_str()).collect::<Vec<_>>().join("; ")) }
            }
            @for first in days.months() { line.grid x1=(at(days.start_of(first))) x2=(at(days.start_of(first))) y1="0" y2=(at(TALL)) {} }
            rect.{ "phase " (phase_class(phase)) } x=(at(from)) y="7" width=(at((to - from).max(2.0))) height="12" rx="2" {}
            line.today x1=(at(now)) x2=(at(now)) y1="0" y2=(at(TALL)) {}
            @for (x, cell, base, _) in &points {
                text.{ "milestone " (class(*cell)) } x=(at(x.clamp(6.0, WIDTH - 6.0))) y="17.5" text-anchor="middle" { (status::sign(&UNICODE, *base, Some(*cell))) }
            }
        }
    }
}

fn phase_class(phase: Phase) -> &'static str {
    match phase {
        Phase::Running => "running",
        Phase::Coming => "coming",
        Phase::Past => "past",
    }
}

fn class(cell: Cell) -> &'static str {
    super::chart::class(cell)
}

fn countdown(over: &HandOver<'_>, campaign: &Campaign) -> Markup {
    let words = over.words;
    let countdown = campaign.countdown(over.today.date, &over.snapshot.outline.calendar);
    let said = match countdown.phase {
        Phase::Running => {
            let day = countdown.day.unwrap_or_default();
            words.with("cli-campaign-running", &[("day", day.into()), ("days", countdown.days.into())])
        }
        Phase::Coming => {
            let left = [("days", countdown.days_left.into()), ("working", countdown.working_days_left.into())];
            words.with("cli-campaign-coming", &left)
        }
        Phase::Past => words.get("cli-campaign-past").into_owned(),
    };
    html! { span.quiet[countdown.phase == Phase::Past] { (said) } }
}

fn verdict(over: &HandOver<'_>, readiness: &Readiness) -> Markup {
    let words = over.words;
    let (done, all) = (readiness.all.done(), readiness.all.assigned());
    let (class, said) = match Verdict::of(&readiness.all) {
        Verdict::Nothing => return html! {},
        Verdict::Overdue(count) => ("late", words.with("readiness-overdue", &[("count", count.into())])),
        Verdict::DueSoon(count) => ("soon", words.with("readiness-due-soon", &[("count", count.into())])),
        Verdict::Awaiting(count) => ("", words.with("readiness-awaiting", &[("count", count.into())])),
        Verdict::InTime => ("", words.get("readiness-in-time").into_owned()),
        Verdict::Done => ("good", words.get("readiness-done").into_owned()),
    };
    html! { span.(class) { (capital(&said)) } br; small { (words.with("page-done-of", &[("done", done.into()), ("all", all.into())])) } }
}
