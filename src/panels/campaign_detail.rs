//! The detail of a campaign: its dates, its milestones, and who has done what of its tasks and reports; side by side where
//! there is room.

use super::{
    cell::{Cell, Word},
    detail::{Facts, Line},
    scene::Scene,
    upcoming_campaigns::milestones,
};
use crate::domain::{
    borrowed::is_borrowed,
    campaign::{Campaign, Phase},
    id::ItemId,
    item::Index,
};

/// The lines about the campaign at `index`.
pub(super) fn lines<'a>(scene: &Scene<'a>, index: Index) -> Vec<Line<'a>> {
    let outline = &scene.snapshot.outline;
    let Some(campaign) = outline.plan.campaigns.get(index as usize) else { return Vec::new() };
    let mut lines = Facts(vec![Line::Title(Cell::Title(&campaign.title))]);
    dates(scene, campaign, &mut lines);
    let readiness = scene.readiness.get(index as usize);
    if let Some(readiness) = readiness.filter(|readiness| readiness.all.assigned() > 0) {
        lines.fact("fact-readiness", [Cell::Readiness(&readiness.all)]);
        for (word, figures) in [("section-tasks", &readiness.tasks), ("section-reports", &readiness.reports)] {
            if figures.assigned() > 0 {
                lines.fact(word, [Cell::Fraction(figures.done(), figures.assigned()), Cell::Bar(figures)]);
            }
        }
    }
    let (reached, all) = milestones(scene, campaign);
    if all > 0 {
        lines.fact("fact-milestones", [Cell::Milestones(reached, all)]);
        lines.0.push(Line::Beside(Word("section-milestones")));
    }
    for milestone in &campaign.milestones {
        if let Some(item) = scene.snapshot.item(&ItemId::milestone(&campaign.id, &milestone.id)) {
            lines.0.push(Line::Point(&milestone.title, item));
        }
    }
    if let Some(readiness) = readiness.filter(|readiness| !readiness.offices.is_empty()) {
        lines.0.push(Line::Beside(Word("section-offices")));
        lines.0.push(Line::Offices(&readiness.offices, &outline.agencies));
    }
    lines.0
}

fn dates<'a>(scene: &Scene<'a>, campaign: &'a Campaign, lines: &mut Facts<'a>) {
    let outline = &scene.snapshot.outline;
    let countdown = campaign.countdown(scene.today.date, &outline.calendar);
    lines.fact("fact-dates", [Cell::Range(campaign.from, campaign.to)]);
    let mut left = vec![Cell::Countdown(countdown)];
    if countdown.phase != Phase::Past {
        left.push(Cell::WorkingDays(countdown.working_days_left));
    }
    lines.fact("fact-countdown", left);
    let lead = outline.agency(campaign.lead.as_str()).and_then(|index| scene.agency(index));
    lines.maybe("fact-lead", lead.map(|lead| Cell::Title(&lead.name)));
    lines.text(
        if is_borrowed(&ItemId::campaign(&campaign.id)) { "fact-calendar" } else { "fact-source" },
        &campaign.source,
    );
}
