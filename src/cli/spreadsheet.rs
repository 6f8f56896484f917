//! CSV as spreadsheets read it: RFC 4180, and no cell that would be taken for a formula.

use std::io::Write;

use serde_json::Value;

/// Writes records under a header. A list within a field is joined by `;`, what is not there is empty.
pub(super) fn write(
    out: &mut impl Write,
    head: &[String],
    records: impl Iterator<Item = anyhow::Result<Vec<String>>>,
) -> anyhow::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(head)?;
    for record in records {
        writer.write_record(record?.into_iter().map(defused))?;
    }
    Ok(writer.flush()?)
}

/// `tasks/cells/on-time` is headed `tasks_on_time`.
pub(super) fn heading(field: &str) -> String {
    field.replace("/cells/", "/").replace(['/', '-'], "_")
}

/// A value as it stands in a cell.
pub(super) fn text(value: &Value) -> String {
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
    use serde_json::json;

    use super::*;

    #[test]
    fn cells_are_quoted_and_do_not_run() {
        let head = ["id", "parts", "late"].map(str::to_owned);
        let rows = [(json!("=1+1"), json!(["a,b", "c\"d"]), json!(null)), (json!("x"), json!([]), json!(3))];
        let records = rows.iter().map(|(id, parts, late)| Ok(vec![text(id), text(parts), text(late)]));
        let mut out = Vec::new();
        write(&mut out, &head, records).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "id,parts,late\r\n'=1+1,\"a,b;c\"\"d\",\r\nx,,3\r\n");
    }
}
