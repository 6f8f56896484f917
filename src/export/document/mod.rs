//! Documents an office sends: the consolidated report (*báo cáo tổng hợp*) and the official letter that urges what is late
//! (*công văn đôn đốc*), in the form Decree 30/2020/NĐ-CP (appendix I) gives to administrative documents.
//!
//! `template.rs` reads the wording, which can be edited; `facts.rs` knows what goes into its places, `tables.rs` and
//! `points.rs` the parts made of many items; `compose.rs` makes a [`Document`] of both. What a document looks like is for
//! those who write it: `docx/`, `markdown.rs`.

mod compose;
mod docx;
mod facts;
mod fields;
mod letterhead;
mod markdown;
mod places;
mod points;
mod tables;
mod template;

use jiff::Timestamp;

pub use compose::{addressed, letter, report};
pub use facts::late as overdue;
pub use letterhead::Letterhead;
pub use template::{Fault, Kind, Wrong};

use super::Unwritten;

/// A document, in whatever form it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The language it is in, `vi`.
    pub tag: &'static str,
    /// What the file's properties call it.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// When it is of.
    pub made: Timestamp,
    /// What has to stand on each page, where it is no real one.
    pub warning: Option<String>,
    /// What stands above its text.
    pub head: Head,
    /// The text, then each appendix on pages of its own.
    pub parts: Vec<Part>,
}

/// What stands above a document's text. What is empty is left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// The body above the one that issues it.
    pub above: String,
    /// The body that issues it.
    pub office: String,
    /// Its number, to be filled in.
    pub number: String,
    /// A letter's subject, below its number.
    pub subject: String,
    /// The state.
    pub nation: String,
    /// Its motto.
    pub motto: String,
    /// Place and date.
    pub place: String,
    /// What kind of document it is; a letter does not say it.
    pub kind: String,
    /// What it is about, line by line.
    pub about: Vec<String>,
    /// What stands before whom it is to.
    pub dear: String,
    /// Whom it is to.
    pub to: Vec<String>,
}

/// A part of a document, with pages of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// Is it an appendix?
    pub is_appendix: bool,
    /// Are its pages laid across?
    pub is_wide: bool,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading, 1 the highest.
    Heading(u8, String),
    /// A paragraph.
    Text(Manner, String),
    /// A table.
    Table(Table),
    /// Who gets it, and who signs.
    Closing(Closing),
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// As text.
    Body,
    /// What it rests on, or what an appendix belongs to: in italics.
    Basis,
    /// One of several.
    Point,
    /// Small, about the document itself.
    Note,
    /// A line to be filled in by hand.
    Blank,
}

/// The end of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Closing {
    /// What stands above who gets it.
    pub copies: String,
    /// Who gets it.
    pub copy: Vec<String>,
    /// The authority and position of who signs, to be filled in.
    pub signed: Vec<String>,
    /// The name, to be filled in.
    pub name: String,
}

/// A table. Its headings stand on each page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What stands above it and its neighbours of the same group.
    pub group: Option<String>,
    /// Its heading.
    pub heading: String,
    /// Its share of the width, in hundredths.
    pub share: u16,
    /// How its cells are set.
    pub align: Align,
}

/// How a cell's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// As text does.
    Left,
    /// As a number or a day does.
    Centre,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A cell for each column.
    Cells(Vec<String>),
    /// The same for all of them.
    Total(Vec<String>),
    /// A heading across the rows that follow.
    Across(String),
}

impl Document {
    /// As a word processor's file.
    ///
    /// # Errors
    ///
    /// Where it cannot be packed.
    pub fn docx(&self) -> Result<Vec<u8>, Unwritten> {
        docx::docx(self)
    }

    /// As Markdown.
    pub fn markdown(&self) -> Vec<u8> {
        markdown::markdown(self).into_bytes()
    }
}
