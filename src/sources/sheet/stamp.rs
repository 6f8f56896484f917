//! [`Stamp`]: what this program says of a workbook it wrote, in a sheet nobody sees: of which plan it is and when.

use jiff::Timestamp;

use crate::domain::{id::PlanId, text::Text};

use super::{
    grid::{Sheet, Value},
    mapping::Mapping,
};

/// The sheet's name, and its first line. `export/workbook` writes them.
pub(super) const SHEET: &str = "tiendo";
const FORMAT: &str = "tiendo-workbook/1";

/// What a workbook of this program's own is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The plan.
    pub plan: PlanId,
    /// When it was written: what is in it was true then.
    pub at: Timestamp,
    /// The language it is in.
    pub language: Text,
    /// How everything stood when it was written: the same letters for the same.
    pub state: Text,
    /// It holds a part of the plan only.
    pub partial: bool,
    title: Option<Text>,
    number: Option<Text>,
    year: Option<i16>,
    timezone: Text,
    holidays: Text,
    /// It is sample data.
    pub(super) sample: bool,
}

impl Stamp {
    /// What the sheet says; `None` where it is another one of that name.
    pub(super) fn of(sheet: &Sheet) -> Option<Self> {
        let said = |wanted: &str| {
            let is = |row: &&u32| sheet.get(**row, 0).is_some_and(|name| &*name.text() == wanted);
            let row = sheet.rows.keys().take(50).find(is)?;
            Some(sheet.get(*row, 1).map(Value::text).unwrap_or_default())
        };
        said(FORMAT)?;
        let plan = said("plan").filter(|plan| !plan.is_empty() && !plan.contains('/'))?;
        Some(Stamp {
            plan: PlanId::from(plan.as_str()),
            at: said("at")?.parse().ok()?,
            language: said("language").unwrap_or_default(),
            state: said("state").unwrap_or_default(),
            partial: said("partial").is_some_and(|partial| &*partial == "true"),
            title: said("title").filter(|title| !title.is_empty()),
            number: said("number").filter(|number| !number.is_empty()),
            year: said("year").and_then(|year| year.parse().ok()),
            timezone: said("timezone").unwrap_or_default(),
            holidays: said("holidays").unwrap_or_default(),
            // What is not said is taken for a sample: it sends nothing.
            sample: said("sample").is_none_or(|sample| &*sample != "false"),
        })
    }

    /// The mapping, with what the stamp says where it says nothing.
    pub(super) fn under(&self, mapping: &Mapping) -> Mapping {
        let mut mapping = mapping.clone();
        mapping.plan.get_or_insert_with(|| self.plan.clone());
        mapping.title = mapping.title.or_else(|| self.title.clone());
        mapping.number = mapping.number.or_else(|| self.number.clone());
        mapping.year = mapping.year.or(self.year);
        if !self.timezone.is_empty() {
            mapping.timezone.get_or_insert_with(|| self.timezone.clone());
        }
        mapping.holidays.get_or_insert_with(|| self.holidays.clone());
        mapping
    }
}
