//! [`HolidayTables`]: days off and make-up working days by year, from files that are edited as the announcements come; and
//! resolving them into a plan's calendar. How working days are counted is in `domain/calendar.rs`.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    calendar::DaysOff,
    nearest::nearest,
    plan::{NO_YEAR, Unknown},
    sentence::Sentence,
    text::Text,
};

use super::{
    error::PlanError,
    node::Document,
    records::{Record, read_list},
    remark::{Remark, Remarks, no_such},
    source::{Source, name, read_text},
};

/// The Vietnamese table that ships with the program.
const VN: &str = include_str!("../../config/holidays/vn.toml");

/// Holiday tables by their id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HolidayTables {
    tables: BTreeMap<Text, HolidayTable>,
}

/// One table: the years it knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HolidayTable {
    /// By year.
    pub years: BTreeMap<i16, HolidayYear>,
}

/// The days of one year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HolidayYear {
    /// Which year.
    pub year: i16,
    /// Public holidays and days off in lieu; weekends are not named.
    #[serde(default)]
    #[schemars(with = "BTreeSet<String>")]
    pub days_off: BTreeSet<Date>,
    /// Weekend days that are worked instead.
    #[serde(default)]
    #[schemars(with = "BTreeSet<String>")]
    pub make_up: BTreeSet<Date>,
    /// Where it is from.
    #[serde(default)]
    pub source: Text,
    /// Was the year's announcement read? If not, it is a projection of the rules.
    #[serde(default)]
    pub verified: bool,
    /// Days of the lists above that no announcement confirms.
    #[serde(default)]
    #[schemars(with = "BTreeSet<String>")]
    pub uncertain: BTreeSet<Date>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

impl Record for HolidayYear {
    const ID: &'static str = "year";

    fn id(&self) -> Text {
        Text::from(self.year.to_string())
    }

    fn unknown(&self) -> &Unknown {
        &self.unknown
    }
}

impl HolidayTables {
    /// The tables that ship with the program: `vn`.
    pub fn shipped() -> Self {
        let mut tables = HolidayTables::default();
        // What ships is tested to be read without a remark.
        let _ = tables.add("vn.toml", VN);
        tables
    }

    /// Adds the table in the file at `path`; one of the same id is replaced.
    pub fn add_file(&mut self, path: &Path) -> Result<Vec<Remark>, PlanError> {
        self.add(&name(path), &read_text(path)?)
    }

    /// Adds the table in `text`, under the name `file` in remarks.
    pub fn add(&mut self, file: &str, text: &str) -> Result<Vec<Remark>, PlanError> {
        let source = Source::new(file, text);
        let document = Document::parse(&source)?;
        let mut remarks = Remarks::new(&source);
        let (mut id, mut years) = (None, BTreeMap::new());
        for field in document.fields(&source) {
            match field.name.as_str() {
                "id" => id = field.node.text(),
                "year" => {
                    let listed = read_list::<HolidayYear>(field.node, "year", &mut remarks);
                    years = listed.records.into_iter().map(|year| (year.year, year)).collect();
                }
                strange => {
                    let problem = Sentence::new("remark-unknown-field").with("field", strange);
                    remarks.warn(Some(field.offset), strange, problem.near(nearest(strange, ["id", "year"])));
                }
            }
        }
        let Some(id) = id else {
            return Err(source.refused(None, "id", Sentence::new("remark-missing").with("field", "id")));
        };
        self.tables.insert(id, HolidayTable { years });
        Ok(remarks.list)
    }

    /// The table of that id.
    pub fn get(&self, id: &str) -> Option<&HolidayTable> {
        self.tables.get(id)
    }

    /// All days of the table `id`, for a plan of `year`: a warning at `at` where that year or the next is not to be relied
    /// on. Without such a table only weekends are days off.
    pub(super) fn resolve(&self, id: &Text, year: i16, at: Option<usize>, remarks: &mut Remarks<'_>) -> DaysOff {
        let Some(table) = self.tables.get(id) else {
            let near = nearest(id, self.tables.keys().map(Text::as_str));
            remarks.warn(at, "holidays", no_such("remark-what-holiday-table", id).near(near));
            return DaysOff::default();
        };
        for year in [year, year.saturating_add(1)].into_iter().filter(|_| year != NO_YEAR) {
            let said = |word| Sentence::new(word).with("table", id).with("year", year.to_string());
            let problem = match table.years.get(&year) {
                None => said("remark-no-holidays"),
                Some(days) if !days.verified => said("remark-projected-holidays"),
                Some(days) if !days.uncertain.is_empty() => {
                    let days: Vec<String> = days.uncertain.iter().map(Date::to_string).collect();
                    said("remark-uncertain-holidays").with("days", days.join(", "))
                }
                Some(_) => continue,
            };
            remarks.warn(at, "holidays", problem);
        }
        let years = || table.years.values();
        DaysOff {
            days_off: years().flat_map(|year| year.days_off.iter().copied()).collect(),
            make_up: years().flat_map(|year| year.make_up.iter().copied()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_read_without_a_remark() {
        let mut tables = HolidayTables::default();
        assert_eq!(tables.add("vn.toml", VN), Ok(Vec::new()));
        assert_eq!(tables, HolidayTables::shipped());
        let years: Vec<i16> = tables.get("vn").unwrap().years.keys().copied().collect();
        assert_eq!(years, [2023, 2024, 2025, 2026, 2027]);
    }
}
