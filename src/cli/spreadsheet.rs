//! CSV as spreadsheets read it: RFC 4180, and no cell that would be taken for a formula.

use std::io::Write;

use serde_json::Value;

use super::print::Fact;

/// Writes `facts` with a header row. A list within a field is joined by `;`, what is not there is empty.
pub(super) fn write<T: Fact>(out: &mut impl Write, facts: &[T]) -> anyhow::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(T::FIELDS.iter().map(|field| heading(field)))?;
    for fact in facts {
        let value = serde_json::to_value(fact)?;
        let cell = |field: &&str| value.pointer(&format!("/{field}")).map(text).unwrap_or_default();
        writer.write_record(T::FIELDS.iter().map(|field| defused(cell(field))))?;
    }
    Ok(writer.flush()?)
}

/// `tasks/cells/on-time` is headed `tasks_on_time`.
fn heading(field: &str) -> String {
    field.replace("/cells/", "/").replace(['/', '-'], "_")
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(answer) => answer.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(";"),
        // A thing in a list is named by its id.
        Value::Object(fields) => fields.get("id").map(text).unwrap_or_default(),
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe before it.
fn defused(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;
    use crate::cli::print::Column;

    #[derive(Serialize)]
    struct Row {
        id: &'static str,
        parts: Vec<&'static str>,
        late: Option<u8>,
    }

    impl Fact for Row {
        const FIELDS: &'static [&'static str] = &["id", "parts", "late"];
        fn columns() -> Vec<Column<Self>> {
            Vec::new()
        }
    }

    #[test]
    fn cells_are_quoted_and_do_not_run() {
        let rows =
            [Row { id: "=1+1", parts: vec!["a,b", "c\"d"], late: None }, Row { id: "x", parts: vec![], late: Some(3) }];
        let mut out = Vec::new();
        write(&mut out, &rows).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "id,parts,late\r\n'=1+1,\"a,b;c\"\"d\",\r\nx,,3\r\n");
    }
}
