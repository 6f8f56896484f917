//! A digest as an HTML page that mail programs show as it is: styles stand in the tags (a `<style>` is dropped by some), the
//! layout is plain tables, nothing is loaded and nothing runs. Text is escaped.

use std::fmt::Write as _;

use super::{
    paper::{Paper, Part},
    text::headed,
};
use crate::{cli::table::Align, letters::escaped};

const FONT: &str = "font-family:'Segoe UI',Roboto,Arial,sans-serif;";
const INK: &str = "#1f2328";
const DIM: &str = "#57606a";
const RULE: &str = "#d0d7de";
/// Red is for what is late, and for nothing else.
const LATE: &str = "#b42318";

/// The whole page.
pub(super) fn page(paper: &Paper) -> String {
    let mut page = String::with_capacity(4_096);
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n</head>\n\
         <body style=\"margin:0;padding:0;background:#ffffff;\">\n\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">\n\
         <tr><td style=\"padding:16px;{FONT}font-size:14px;line-height:1.45;color:{INK};\">\n\
         <h1 style=\"margin:0 0 8px;font-size:20px;line-height:1.25;\">{}</h1>\n",
        paper.tag,
        escaped(&paper.subject),
        escaped(&paper.title),
    );
    for (place, line) in paper.about.iter().enumerate() {
        let colour = if place == 0 { INK } else { DIM };
        let _ = writeln!(page, "<p style=\"margin:0 0 2px;color:{colour};\">{}</p>", escaped(line));
    }
    for part in &paper.parts {
        write_part(&mut page, part);
    }
    page.push_str("</td></tr>\n</table>\n</body>\n</html>\n");
    page
}

fn write_part(page: &mut String, part: &Part) {
    if part.rows.is_empty() {
        let _ = writeln!(page, "<p style=\"margin:20px 0 0;color:{DIM};\">{}</p>", escaped(&part.nothing));
        return;
    }
    let colour = if part.late { LATE } else { INK };
    let heading = escaped(&headed(part));
    let _ = writeln!(page, "<h2 style=\"margin:24px 0 6px;font-size:16px;color:{colour};\">{heading}</h2>");
    let _ = writeln!(
        page,
        "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"border-collapse:collapse;\">"
    );
    let cell = |tag: &str, text: &str, align: Align, style: &str| {
        let align = if align == Align::Right { "right" } else { "left" };
        format!(
            "<{tag} align=\"{align}\" valign=\"top\" style=\"padding:5px 8px;border-bottom:1px solid {RULE};\
             {FONT}font-size:14px;text-align:{align};{style}\">{}</{tag}>",
            escaped(text)
        )
    };
    page.push_str("<tr>");
    for (name, align) in &part.columns {
        page.push_str(&cell("th", name, *align, &format!("font-weight:600;color:{DIM};")));
    }
    page.push_str("</tr>\n");
    for row in &part.rows {
        page.push_str("<tr>");
        for (text, (_, align)) in row.cells.iter().zip(&part.columns) {
            // Numbers and dates stay on one line.
            let style = if *align == Align::Right { "white-space:nowrap;" } else { "" };
            page.push_str(&cell("td", text, *align, style));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</table>\n");
    if let Some(more) = &part.more {
        let _ = writeln!(page, "<p style=\"margin:4px 0 0;color:{DIM};\">{}</p>", escaped(more));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::digest::paper::Row;

    #[test]
    fn nothing_of_a_plan_is_taken_for_html_and_nothing_is_loaded_or_runs() {
        let evil = "<script>alert(1)</script>\" onload='x' & <img src=//a>";
        let text = || evil.to_owned();
        let part = |rows| Part {
            heading: text(),
            nothing: text(),
            columns: vec![(text(), Align::Left)],
            rows,
            total: 3,
            more: Some(text()),
            late: true,
        };
        let rows = vec![Row { cells: vec![text()], line: text() }];
        let parts = vec![part(rows), part(Vec::new())];
        let paper = Paper { tag: "vi", subject: text(), title: text(), about: vec![text()], parts };
        let page = page(&paper);
        for forbidden in ["<script", "<img", "<link", "<style", "\" onload", "href=", "url(", "class="] {
            assert!(!page.contains(forbidden), "{forbidden}: {page}");
        }
        assert_eq!(
            page.matches("&lt;script&gt;").count(),
            8,
            "subject, title, about, heading, column, cell, more, nothing"
        );
    }
}
