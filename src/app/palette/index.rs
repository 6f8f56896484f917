//! [`Index`]: what the palette finds rows of the plan by: folded texts of the plan's parts, and which parts each row has. A
//! report has the texts of its agency and of its period; a hundred thousand of them cost no more than those.

use nucleo_matcher::Utf32String;

use super::super::model::Model;
use crate::{
    domain::{
        item::{self, Index as Place, Item, Subject},
        status::{Cell, Today, cell},
    },
    panels::{Row, scene::Scene},
};

/// A list of the plan whose texts are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// `Outline::agencies`.
    Agency,
    /// `Plan::campaigns`.
    Campaign,
    /// `Plan::tasks`.
    Task,
    /// `Outline::periods`, each with its duty.
    Period,
}

/// How many of them there are.
pub(super) const PARTS: usize = 4;

/// A row one can find. The order of kinds is that of rows found equally well.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// What names it: a place in the texts of this part.
    pub part: Part,
    /// That place.
    pub own: Place,
    /// The agency that answers for it, whose texts are its own too; of an agency or a campaign none.
    pub agency: Option<Place>,
    /// Its item, where it is one.
    pub item: Option<Place>,
    /// What presses stands before what is done.
    pub class: u8,
}

/// Everything that can be found, prepared.
#[derive(Clone, Debug)]
pub(super) struct Index {
    /// The texts, by part.
    texts: [Vec<Utf32String>; PARTS],
    /// Agencies and campaigns, then tasks and reports in the snapshot's order.
    pub lines: Vec<Line>,
}

impl Index {
    /// Prepares what `scene` has, with the words of the language shown for its periods.
    pub(super) fn new(scene: &Scene<'_>, model: &Model) -> Self {
        let (lookup, outline) = (scene.lookup, &scene.snapshot.outline);
        let words = model.settings.vocabularies.get(model.language);
        let period = |index: Place| {
            let period = outline.periods.get(index as usize)?;
            let said = period.period.and_then(|period| Some(words?.period(period.span))).unwrap_or_default();
            Some(format!("{} {said} {}", lookup.duties.text(period.duty), lookup.periods.text(index)).into())
        };
        let all = |texts: &[String]| texts.iter().map(|text| text.as_str().into()).collect();
        let texts = [
            all(&lookup.agencies.texts),
            all(&lookup.campaigns.texts),
            all(&lookup.tasks.texts),
            (0..).map_while(period).collect(),
        ];
        let whole = |part, count: usize| {
            (0..).take(count).map(move |own| Line { part, own, agency: None, item: None, class: 0 })
        };
        let agencies = whole(Part::Agency, outline.agencies.len());
        let campaigns = whole(Part::Campaign, outline.plan.campaigns.len());
        let items = (0..).zip(&scene.snapshot.items).filter_map(|(place, item)| line(place, item, scene.today));
        Index { texts, lines: agencies.chain(campaigns).chain(items).collect() }
    }

    /// The texts of a part, folded.
    pub(super) fn texts(&self, part: Part) -> &[Utf32String] {
        &self.texts[part as usize]
    }

    /// Everything that is searched in a row.
    pub(super) fn text(&self, line: &Line) -> String {
        let text = |part, place: Place| self.texts(part).get(place as usize).map(ToString::to_string);
        let of_agency = line.agency.and_then(|agency| text(Part::Agency, agency));
        format!("{} {}", text(line.part, line.own).unwrap_or_default(), of_agency.unwrap_or_default())
    }
}

impl Line {
    /// The row it stands for.
    pub(super) fn row(&self) -> Row {
        match (self.item, self.part) {
            (Some(place), _) => Row::Item(place),
            (None, Part::Campaign) => Row::Campaign(self.own),
            (None, Part::Agency | Part::Task | Part::Period) => Row::Agency(self.own),
        }
    }
}

/// A task or a report that is owed. Milestones are found by their campaign.
fn line(place: Place, item: &Item, today: Today) -> Option<Line> {
    let (part, own) = match item.subject {
        Subject::Task(task) => (Part::Task, task),
        Subject::Report { period, .. } if !item.is_called_off() => (Part::Period, period),
        Subject::Report { .. } | Subject::Milestone { .. } => return None,
    };
    Some(Line { part, own, agency: Some(item.agency), item: Some(place), class: class(item, today) })
}

fn class(item: &item::Item, today: Today) -> u8 {
    match cell(item, today) {
        Some(Cell::Overdue) => 0,
        Some(Cell::AwaitingConfirmation | Cell::DueSoon | Cell::InTime | Cell::Paused | Cell::NoDeadline) => 1,
        Some(Cell::OnTime | Cell::Late | Cell::DoneNoDeadline) | None => 2,
    }
}
