//! What was drilled down to, by name.

use std::borrow::Cow;

use super::{Look, wording};
use crate::{
    app::model::{Model, Scope},
    domain::{item::Index, matrix::ColumnKey},
};

/// The name of what was drilled down to.
pub(super) fn name<'a>(model: &'a Model, look: &Look<'_>) -> Option<Cow<'a, str>> {
    let language = look.words.language.tag;
    let outline = &model.snapshot.as_ref()?.outline;
    match model.scope()? {
        Scope::Agency(id) => {
            let agency = outline.agencies.get(outline.agency(id.as_str())? as usize)?;
            Some(agency.label(language).into())
        }
        Scope::Cell(id, column) => {
            let agency = outline.agencies.get(outline.agency(id.as_str())? as usize)?.label(language);
            Some(format!("{agency} {} {}", look.glyphs.dot, column_name(column, model, look)).into())
        }
        Scope::Campaign(id) => {
            let campaign = outline.plan.campaigns.get(outline.campaign(id.as_str())? as usize)?;
            Some(campaign.title.get(language).into())
        }
    }
}

/// A column of the matrix by its ids, a period in words.
fn column_name<'a>(column: &'a ColumnKey, model: &'a Model, look: &'a Look<'_>) -> Cow<'a, str> {
    match column {
        ColumnKey::Period(duty, period) => {
            let said = period_name(duty.as_str(), period.as_str(), model, look);
            format!("{duty} {}", said.unwrap_or(period.as_str().into())).into()
        }
        ColumnKey::Duty(duty) => duty.as_str().into(),
        ColumnKey::Programme(Some(programme)) => programme.as_str().into(),
        ColumnKey::Programme(None) => look.words.get("group-other"),
    }
}

/// A period of a duty in words.
fn period_name<'a>(duty: &str, period: &str, model: &'a Model, look: &Look<'a>) -> Option<Cow<'a, str>> {
    let scene = model.scene()?;
    let outline = &model.snapshot.as_ref()?.outline;
    let is_of = |index: Index| outline.plan.duties.get(index as usize).is_some_and(|of| of.id.as_str() == duty);
    let found = outline.periods.iter().find(|found| found.id.as_str() == period && is_of(found.duty))?;
    Some(wording::period(found, look.saying(&scene)))
}
