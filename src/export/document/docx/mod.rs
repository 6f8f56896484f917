//! A document as a word processor's file (ECMA-376 WordprocessingML), by the measures of Decree 30/2020/NĐ-CP, appendix I: A4,
//! Times New Roman, margins of 20 mm (30 mm on the left, 15 mm on the right), the page's number in the middle of the top
//! margin from the second page on, an appendix numbered by itself. Headings have the styles a word processor lists them by,
//! a table's headings stand on each page.
//!
//! What Word calls a dxa is a twentieth of a point; 567 are a centimetre.

mod head;
mod package;
mod styles;
mod table;
mod xml;

use std::fmt::Write;

use self::xml::{Paragraph, element};
use super::{Block, Closing, Document, Manner, Part};
use crate::export::Unwritten;

/// Half of a point is what Word counts letters in: the sizes the Decree gives.
const BODY: u16 = 28;
const SMALL: u16 = 22;

/// The pages of a part, in dxa.
struct Page {
    width: u32,
    height: u32,
    left: u32,
    right: u32,
    edge: u32,
}

const UPRIGHT: Page = Page { width: 11_906, height: 16_838, left: 1_701, right: 851, edge: 1_134 };

const ACROSS: Page = Page { width: 16_838, height: 11_906, left: 1_701, right: 851, edge: 1_134 };

impl Page {
    fn of(part: &Part) -> Page {
        if part.is_wide { ACROSS } else { UPRIGHT }
    }

    /// How wide text can be.
    fn room(&self) -> u32 {
        self.width - self.left - self.right
    }
}

/// The file's bytes.
pub(super) fn docx(document: &Document) -> Result<Vec<u8>, Unwritten> {
    let mut body = String::new();
    for (place, part) in document.parts.iter().enumerate() {
        if let Some(warning) = &document.warning {
            body.push_str(&Paragraph::of("Warning").text(warning));
        }
        if place == 0 {
            body.push_str(&head::head(&document.head, Page::of(part).room()));
        }
        for (at, each) in part.blocks.iter().enumerate() {
            // The last words stay with who signs, what introduces a table stays with it.
            let together = matches!(part.blocks.get(at + 1), Some(Block::Closing(_) | Block::Table(_)));
            body.push_str(&block(each, part, together));
        }
        let pages = section(part);
        if place + 1 < document.parts.len() {
            // A section ends with a paragraph that bears it, as small as can be.
            body.push_str(&Paragraph::of("Gap").with(&pages).text(""));
        } else {
            body.push_str(&pages);
        }
    }
    package::packed(document, &body)
}

fn block(block: &Block, part: &Part, together: bool) -> String {
    match block {
        Block::Heading(level, text) if part.is_appendix => {
            Paragraph::of(if *level == 1 { "AppendixTitle" } else { "AppendixSubtitle" }).text(text)
        }
        Block::Heading(level, text) => Paragraph::of(if *level == 1 { "Heading1" } else { "Heading2" }).text(text),
        Block::Text(Manner::Basis, text) if part.is_appendix => Paragraph::of("Attached").text(text),
        Block::Text(manner, text) => {
            let style = match manner {
                Manner::Body => "BodyText",
                Manner::Basis => "Basis",
                Manner::Point => "ListBullet",
                Manner::Note => "Note",
                Manner::Blank => return blank(),
            };
            let dash = if *manner == Manner::Point { "- " } else { "" };
            let together = if together { "<w:keepNext/>" } else { "" };
            Paragraph::of(style).with(together).text(&format!("{dash}{text}"))
        }
        Block::Table(table) => table::table(table, Page::of(part).room()) + &Paragraph::of("Gap").text(""),
        Block::Closing(closing) => self::closing(closing, Page::of(part).room()),
    }
}

/// A line of dots to be filled in, as long as the text is wide.
fn blank() -> String {
    let stop = format!("<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"{}\"/></w:tabs>", UPRIGHT.room());
    Paragraph::of("Blank").with(&stop).raw("<w:r><w:tab/></w:r>")
}

/// Who gets it on the left, who signs on the right: never on two pages.
fn closing(closing: &Closing, room: u32) -> String {
    let left = room * 45 / 100;
    let mut copies = Paragraph::of("Copies").together().text(&closing.copies);
    for copy in &closing.copy {
        copies.push_str(&Paragraph::of("Copy").together().text(&format!("- {copy}")));
    }
    let mut signed: String = closing.signed.iter().map(|line| Paragraph::of("Signed").together().text(line)).collect();
    // Room to sign, and for the seal.
    for _ in 0..4 {
        signed.push_str(&Paragraph::of("Signed").together().text(""));
    }
    signed.push_str(&Paragraph::of("Signed").text(&closing.name));
    if closing.copy.is_empty() {
        copies = Paragraph::of("Copy").together().text("");
    }
    Paragraph::of("Gap").together().text("") + &table::beside(&[(left, copies), (room - left, signed)])
}

/// The pages of a part: size, margins, the page's number from the second on, counted from one in each part.
fn section(part: &Part) -> String {
    let page = Page::of(part);
    let turned = if part.is_wide { " w:orient=\"landscape\"" } else { "" };
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = write!(
        out,
        "<w:headerReference w:type=\"default\" r:id=\"rIdHeader\"/><w:type w:val=\"nextPage\"/>\
         <w:pgSz w:w=\"{}\" w:h=\"{}\"{turned}/>\
         <w:pgMar w:top=\"{edge}\" w:right=\"{}\" w:bottom=\"{edge}\" w:left=\"{}\" w:header=\"454\" w:footer=\"567\" \
         w:gutter=\"0\"/><w:pgNumType w:start=\"1\"/><w:titlePg/>",
        page.width,
        page.height,
        page.right,
        page.left,
        edge = page.edge,
    );
    element("w:sectPr", &out)
}
