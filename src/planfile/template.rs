//! Templates a year's plan is made from. They are plans of the year 2000: every 2000 in them becomes the year that is asked for.

use serde_json::Value;

use super::{HolidayTables, Loaded, PlanError, read};
use crate::domain::sentence::Sentence;

/// The year the templates are written in.
const WRITTEN: &str = "2000";

/// The templates, by name.
pub const TEMPLATES: [(&str, &str); 2] = [
    ("gender-equality-year", include_str!("../../config/plans/gender-equality-year.toml")),
    ("empty-year", include_str!("../../config/plans/empty-year.toml")),
];

/// The plan of `year` by the template of that name, with `agencies` in the place of its own where there are some.
pub fn template(name: &str, year: i16, agencies: Option<Vec<Value>>) -> Result<Loaded, PlanError> {
    let found = TEMPLATES.iter().find(|(known, _)| *known == name);
    let text = found.map_or("", |(_, text)| text).replace(WRITTEN, &year.to_string());
    let tables = HolidayTables::shipped();
    let Some(agencies) = agencies else { return read(&format!("{name}.toml"), &text, &tables) };
    let parsed: Result<Value, _> = toml::from_str(&text);
    let broken = |error: toml::de::Error| Sentence::new("file-syntax").with("reason", error.message());
    let mut plan = parsed.map_err(|error| PlanError::of_file(name.into(), None, broken(error)))?;
    if let Some(plan) = plan.as_object_mut() {
        plan.insert("agencies".to_owned(), Value::Array(agencies));
    }
    read(&format!("{name}.json"), &plan.to_string(), &tables)
}
