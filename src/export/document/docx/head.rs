//! What stands above a document's text: the body that issues it on the left, the state and its motto on the right, each with
//! its line; below them number, place and date; kind and subject; whom it is to.

use super::{table, xml::Paragraph};
use crate::export::document::Head;

pub(super) fn head(head: &Head, room: u32) -> String {
    let left = room * 41 / 100;
    let right = room - left;
    let mut office = text("Above", &head.above);
    office.push_str(&text("Office", &head.office));
    // A third of the width, as the Decree has it.
    office.push_str(&line(left, left / 3));
    let mut nation = text("Nation", &head.nation);
    nation.push_str(&text("Motto", &head.motto));
    // As long as the motto is.
    nation.push_str(&line(right, right * 62 / 100));
    let mut number = text("Number", &head.number);
    number.push_str(&text("Subject", &head.subject));
    let place = text("Place", &head.place);
    let mut out = table::beside(&[(left, office), (right, nation)]);
    out.push_str(&table::beside(&[(left, number), (right, place)]));
    if !head.kind.is_empty() || !head.about.is_empty() {
        out.push_str(&text("Title", &head.kind));
        out.extend(head.about.iter().map(|line| text("Subtitle", line)));
        out.push_str(&line(room, room / 4));
    }
    match head.to.as_slice() {
        [] => {}
        [one] => out.push_str(&Paragraph::of("To").text(&format!("{} {one}", head.dear))),
        several => {
            out.push_str(&Paragraph::of("ToSeveral").text(&head.dear));
            for one in several {
                out.push_str(&Paragraph::of("Addressee").text(&format!("- {one}")));
            }
            out.push_str(&Paragraph::of("Gap").text(""));
        }
    }
    out
}

fn text(style: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { Paragraph::of(style).text(text) }
}

/// A line of that length in the middle of `room`.
fn line(room: u32, length: u32) -> String {
    let side = room.saturating_sub(length) / 2;
    let more = format!(
        "<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>\
         <w:ind w:left=\"{side}\" w:right=\"{side}\"/>"
    );
    Paragraph::of("Rule").with(&more).text("")
}
