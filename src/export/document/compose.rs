//! [`report`], [`letter`]: a document made of its wording and of the facts.

use super::{
    Block, Closing, Document, Head, Letterhead, Part,
    facts::{Facts, late, late_elsewhere},
    fields::Field,
    places::Place,
    tables::MOST_ROWS,
    template::{Element, Fault, Kind, Template},
};
use crate::{
    domain::item::{Index, Item, Kind as Of},
    export::HandOver,
};

/// A letter names so many addressees; where there are more it names the appendix.
const MOST_ADDRESSEES: usize = 12;

/// The consolidated report.
///
/// # Errors
///
/// Where the office's own wording is not in order.
pub fn report(over: &HandOver<'_>, letterhead: &Letterhead) -> Result<Document, Fault> {
    document(Facts::new(over, letterhead, late(over)), Kind::Report)
}

/// The letter to the agencies that are late; to one of them where `only` says so. Whether there is any says [`addressed`].
///
/// # Errors
///
/// Where the office's own wording is not in order.
pub fn letter(over: &HandOver<'_>, letterhead: &Letterhead, only: Option<Index>) -> Result<Document, Fault> {
    let mut late = late_elsewhere(over, letterhead);
    late.retain(|item| only.is_none_or(|agency| item.agency == agency));
    let facts = Facts::new(over, letterhead, late);
    let kind = if facts.by_agency().len() == 1 { Kind::LetterToOne } else { Kind::Letter };
    document(facts, kind)
}

/// The agencies a letter would go to, in the plan's order.
pub fn addressed(over: &HandOver<'_>, letterhead: &Letterhead) -> Vec<Index> {
    let mut agencies: Vec<Index> =
        late_elsewhere(over, letterhead).into_iter().map(|item: &Item| item.agency).collect();
    agencies.sort_unstable();
    agencies.dedup();
    agencies
}

fn document(facts: Facts<'_>, kind: Kind) -> Result<Document, Fault> {
    let (over, words) = (facts.over, facts.words());
    let template = Template::load(facts.letterhead.folder.as_deref(), kind, words.language.tag)?;
    let (mut head, mut closing) = (Head::default(), Closing::default());
    for (field, line) in &template.fields {
        let value = |place| facts.value(place);
        // A line that is there for something the plan does not say is left out.
        if line.places().any(|place| !place.is_part() && value(place).is_empty()) {
            continue;
        }
        let text = line.fill(&value);
        match field {
            Field::Above => head.above = text.to_uppercase(),
            Field::Office => head.office = text.to_uppercase(),
            Field::Number => head.number = text,
            Field::Subject => head.subject = text,
            Field::Nation => head.nation = text,
            Field::Motto => head.motto = text,
            Field::Place => head.place = text,
            Field::Kind => head.kind = text,
            Field::About => head.about.push(text),
            Field::Dear => head.dear = text,
            Field::To if line.alone() == Some(Place::Addressees) => head.to.extend(addressees(&facts)),
            Field::To => head.to.push(text),
            Field::Copies => closing.copies = text,
            Field::Copy => closing.copy.push(text),
            Field::Signed => closing.signed.push(text),
            Field::Name => closing.name = text,
        }
    }
    let title = match kind {
        Kind::Report => [head.kind.as_str(), facts.prose.title().as_str()].join(" · "),
        Kind::Letter | Kind::LetterToOne => head.subject.clone(),
    };
    let parts = (0..).zip(&template.parts).map(|(place, elements)| part(&facts, kind, place, elements));
    let mut parts: Vec<Part> = parts.collect();
    if let Some(first) = parts.first_mut() {
        first.blocks.push(Block::Closing(closing));
    }
    Ok(Document {
        tag: words.language.tag,
        title,
        author: over.who.to_owned(),
        made: over.at.timestamp(),
        warning: over.snapshot.outline.plan.sample.then(|| words.get("export-sample").into_owned()),
        head,
        parts,
    })
}

fn part(facts: &Facts<'_>, kind: Kind, place: usize, elements: &[Element]) -> Part {
    let mut blocks = Vec::new();
    for element in elements {
        match element {
            Element::Heading(level, line) => {
                blocks.push(Block::Heading(*level, line.fill(&|place| facts.value(place))))
            }
            Element::Text(manner, line) => blocks.push(Block::Text(*manner, line.fill(&|place| facts.value(place)))),
            Element::Part(place) => blocks.extend(whole_part(facts, *place)),
        }
    }
    // What is late has more columns in a report: its pages lie across.
    Part { is_appendix: place > 0, is_wide: place > 0 && kind == Kind::Report, blocks }
}

/// The blocks of a part of its own; an empty list says that it is empty.
fn whole_part(facts: &Facts<'_>, place: Place) -> Vec<Block> {
    let table = match place {
        Place::Reasons => return facts.reasons(),
        Place::Proposals => return facts.proposals(),
        Place::TasksByAgency => facts.figures_by_agency(Of::Task),
        Place::ReportsByAgency => facts.figures_by_agency(Of::Report),
        Place::ByProgramme => facts.figures_by_programme(),
        Place::Campaigns => facts.campaigns(),
        Place::LateByAgency => facts.late_by_agency(),
        Place::LateItems => facts.late_items(),
        Place::LateItemsByAgency => facts.late_items_by_agency(),
        Place::Plan
        | Place::PlanNumber
        | Place::Basis
        | Place::Owner
        | Place::Office
        | Place::Above
        | Place::Seat
        | Place::Date
        | Place::Time
        | Place::Before
        | Place::Tasks(_)
        | Place::Reports(_)
        | Place::Late
        | Place::LateAgencies
        | Place::Longest
        | Place::Reminded
        | Place::Escalated
        | Place::Untouched
        | Place::AsOf
        | Place::Addressees => return Vec::new(),
    };
    if table.rows.is_empty() {
        return vec![Block::Text(super::Manner::Body, facts.words().get("export-none").into_owned())];
    }
    let mut blocks = vec![Block::Table(table)];
    let is_list = matches!(place, Place::LateItems | Place::LateItemsByAgency);
    if let Some(more) = facts.late.len().checked_sub(MOST_ROWS).filter(|more| is_list && *more > 0) {
        blocks.push(facts.rest(more));
    }
    blocks
}

/// Whom a letter is to; many are named in its appendix.
fn addressees(facts: &Facts<'_>) -> Vec<String> {
    let agencies = facts.by_agency();
    if agencies.len() > MOST_ADDRESSEES {
        return vec![facts.words().get("export-to-appendix").into_owned()];
    }
    let last = agencies.len().saturating_sub(1);
    let named = (0..).zip(agencies).map(|(place, (agency, _))| {
        let end = if last == 0 {
            ""
        } else if place == last {
            "."
        } else {
            ";"
        };
        facts.prose.agency(agency) + end
    });
    named.collect()
}
