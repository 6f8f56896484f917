//! Rows as JSON objects: a list of them, or named lists of them, one for each sheet. Read as they come, without a tree of the
//! whole.

use std::{collections::HashMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::domain::sentence::Sentence;

use super::{
    grid::{Gathering, Sheet, Value, Workbook},
    limits::{Limits, Unusable},
    package::broken,
};

/// The format a file names, where it names one.
pub(super) fn format(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Head {
        format: Option<String>,
    }
    serde_json::from_str::<Head>(text).ok().and_then(|head| head.format)
}

/// Reads the rows of `text`.
pub(super) fn read(text: &str, name: &str, limits: &Limits) -> Result<Workbook, Unusable> {
    let mut reading = Objects { gathering: Gathering::new(limits), sheets: Vec::new(), why: None };
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Root { reading: &mut reading, name }.deserialize(&mut reader).and_then(|()| reader.end());
    match (reading.why.take(), read) {
        (Some(why), _) => Err(why),
        (None, Err(error)) => Err(broken(error)),
        (None, Ok(())) => Ok(Workbook { sheets: reading.sheets, stamp: None }),
    }
}

struct Objects<'l> {
    gathering: Gathering<'l>,
    sheets: Vec<Sheet>,
    /// Why reading was given up.
    why: Option<Unusable>,
}

impl Objects<'_> {
    /// Keeps what was refused, and ends the reading.
    fn held<T, E: Error>(&mut self, result: Result<T, Unusable>) -> Result<T, E> {
        result.map_err(|why| {
            self.why = Some(why);
            E::custom("given up")
        })
    }
}

/// The whole file.
struct Root<'r, 'l> {
    reading: &'r mut Objects<'l>,
    name: &'r str,
}

impl<'de> DeserializeSeed<'de> for Root<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Root<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of rows, or an object of named lists of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, rows: A) -> Result<(), A::Error> {
        let name = self.name;
        Rows { reading: self.reading, name }.visit_seq(rows)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut sheets: A) -> Result<(), A::Error> {
        while let Some(name) = sheets.next_key::<String>()? {
            sheets.next_value_seed(Rows { reading: self.reading, name: &name })?;
        }
        Ok(())
    }
}

/// The rows of one sheet.
struct Rows<'r, 'l> {
    reading: &'r mut Objects<'l>,
    name: &'r str,
}

impl<'de> DeserializeSeed<'de> for Rows<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of rows, each an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        let most = self.reading.gathering.limits.sheets;
        if self.reading.sheets.len() >= most {
            let many = Unusable(Sentence::new("workbook-too-many-sheets").with("most", most));
            return self.reading.held(Err(many));
        }
        let mut sheet = Sheet::new(self.name);
        let mut columns = HashMap::new();
        // The headings are the first row, as they would be in a spreadsheet.
        let mut row = 2;
        while rows
            .next_element_seed(Row { reading: self.reading, sheet: &mut sheet, columns: &mut columns, row })?
            .is_some()
        {
            row = row.saturating_add(1);
        }
        self.reading.sheets.push(sheet);
        Ok(())
    }
}

/// One row.
struct Row<'r, 'l> {
    reading: &'r mut Objects<'l>,
    sheet: &'r mut Sheet,
    columns: &'r mut HashMap<String, u32>,
    row: u32,
}

impl<'de> DeserializeSeed<'de> for Row<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Row<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a row as an object of its columns")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut cells: A) -> Result<(), A::Error> {
        let Row { reading, sheet, columns, row } = self;
        while let Some(heading) = cells.next_key::<String>()? {
            let JsonCell(cell) = cells.next_value()?;
            let column = match columns.get(&heading) {
                Some(column) => *column,
                None => {
                    let column = u32::try_from(columns.len()).unwrap_or(u32::MAX);
                    let text = reading.gathering.text(sheet, 1, &heading);
                    if let Some(value) = reading.held(text)? {
                        let put = reading.gathering.put(sheet, 1, column, value);
                        reading.held(put)?;
                    }
                    columns.insert(heading, column);
                    column
                }
            };
            let value = match cell {
                Json::Nothing => None,
                Json::Text(text) => {
                    let text = reading.gathering.text(sheet, row, &text);
                    reading.held(text)?
                }
                Json::Other(value) => Some(value),
            };
            if let Some(value) = value {
                let put = reading.gathering.put(sheet, row, column, value);
                reading.held(put)?;
            }
        }
        Ok(())
    }
}

/// What stands in a cell.
enum Json {
    Nothing,
    Text(String),
    Other(Value),
}

struct JsonCell(Json);

impl<'de> Deserialize<'de> for JsonCell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Json;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text, a number, true, false or null")
            }
            fn visit_bool<E>(self, answer: bool) -> Result<Json, E> {
                Ok(Json::Other(Value::Answer(answer)))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
                Ok(Json::Other(Value::Number(number as f64, false)))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
                Ok(Json::Other(Value::Number(number as f64, false)))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
                Ok(Json::Other(Value::Number(number, false)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Json, E> {
                Ok(Json::Text(text.to_owned()))
            }
            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::Nothing)
            }
            /// Names in a list are parted as a cell would part them.
            fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<Json, A::Error> {
                let mut lines: Vec<String> = Vec::new();
                while let Some(name) = names.next_element::<String>()? {
                    lines.push(name);
                }
                Ok(Json::Text(lines.join("\n")))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Json, A::Error> {
                while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Json::Other(Value::Broken("{…}".into())))
            }
        }
        deserializer.deserialize_any(Any).map(JsonCell)
    }
}
