//! What was drilled down to, by name.

use std::borrow::Cow;

use super::Look;
use crate::{
    app::model::{Model, Scope},
    domain::matrix::ColumnKey,
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
            Some(format!("{agency} {} {}", look.glyphs.dot, column_name(column, look)).into())
        }
        Scope::Campaign(id) => {
            let campaign = outline.plan.campaigns.get(outline.campaign(id.as_str())? as usize)?;
            Some(campaign.title.get(language).into())
        }
    }
}

/// A column of the matrix by its ids.
fn column_name<'a>(column: &'a ColumnKey, look: &'a Look<'_>) -> Cow<'a, str> {
    match column {
        ColumnKey::Period(duty, period) => format!("{duty} {period}").into(),
        ColumnKey::Duty(duty) => duty.as_str().into(),
        ColumnKey::Programme(Some(programme)) => programme.as_str().into(),
        ColumnKey::Programme(None) => look.words.get("group-other"),
    }
}
