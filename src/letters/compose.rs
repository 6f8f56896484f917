//! [`compose`]: one letter per agency, listing the chosen items in the wording of the highest rung among them. Pure: the day,
//! the words and the wording come as arguments.

use std::fmt::Write;

use jiff::civil::Date;

use super::{
    message::usable,
    table::{Row, html_table, text_rows},
    template::{Filled, Place, Templates},
};
use crate::{
    domain::{
        id::{AgencyId, ItemId},
        item::Index,
        snapshot::Snapshot,
        text::Text,
    },
    words::{
        Words,
        prose::{Prose, whole_name},
    },
};

/// What letters are written from.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'a> {
    /// The plan as it stands.
    pub snapshot: &'a Snapshot,
    /// The day of the letters, in the plan's zone.
    pub today: Date,
    /// The language.
    pub words: &'a Words,
    /// The wording.
    pub templates: &'a Templates,
    /// The body that reminds, by its name.
    pub office: &'a str,
    /// An answer is asked for before the day so many working days from today.
    pub answer_working_days: u16,
}

/// A reminder to one agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The agency.
    pub agency: AgencyId,
    /// Its whole name.
    pub name: Text,
    /// Its address: one, and usable.
    pub to: Text,
    /// The rung it is worded in: the highest of its items'.
    pub level: u8,
    /// The items, each with its own rung.
    pub items: Vec<(ItemId, u8)>,
    /// The subject, on one line.
    pub subject: Text,
    /// The letter as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

impl Occasion<'_> {
    pub(super) fn prose(&self) -> Prose<'_> {
        Prose { snapshot: self.snapshot, today: self.today, words: self.words }
    }
}

/// An agency that cannot be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreachable {
    /// The agency.
    pub agency: AgencyId,
    /// Its whole name.
    pub name: Text,
    /// What the plan has as its address, where that is not one; none where it has nothing.
    pub email: Option<Text>,
    /// The items it would have been reminded of.
    pub items: Vec<(ItemId, u8)>,
}

/// What was written, and to whom nothing could be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Composed {
    /// One letter per agency, in the order the agencies were first named.
    pub letters: Vec<Letter>,
    /// Agencies without a usable address.
    pub unreachable: Vec<Unreachable>,
}

/// Writes one letter per agency about `chosen`: items with the rung each is reminded at. An item the plan does not have is
/// passed over.
pub fn compose(occasion: &Occasion<'_>, chosen: &[(ItemId, u8)]) -> Composed {
    let mut by_agency: Vec<(Index, Vec<(ItemId, u8)>)> = Vec::new();
    for (id, level) in chosen {
        let Some(item) = occasion.snapshot.item(id) else { continue };
        match by_agency.iter_mut().find(|(agency, _)| *agency == item.agency) {
            Some((_, items)) => items.push((id.clone(), *level)),
            None => by_agency.push((item.agency, vec![(id.clone(), *level)])),
        }
    }
    let mut composed = Composed::default();
    for (index, items) in by_agency {
        let Some(agency) = occasion.snapshot.outline.agencies.get(index as usize) else { continue };
        let tag = occasion.words.language.tag;
        let name = Text::new(&whole_name(agency, tag));
        let (agency, email) = (agency.id.clone(), agency.email.clone());
        match email.as_deref().and_then(usable) {
            Some(to) => composed.letters.extend(letter(occasion, agency, name, to, items)),
            None => composed.unreachable.push(Unreachable { agency, name, email, items }),
        }
    }
    composed
}

fn letter(occasion: &Occasion<'_>, agency: AgencyId, name: Text, to: Text, items: Vec<(ItemId, u8)>) -> Option<Letter> {
    let (words, outline, prose) = (occasion.words, &occasion.snapshot.outline, occasion.prose());
    let level = items.iter().map(|(_, level)| *level).max()?;
    let template = occasion.templates.get(level, words.language.tag)?;
    let rows: Vec<Row> = items.iter().filter_map(|(id, _)| Row::of(occasion, id)).collect();
    let before = outline.calendar.add_working_days(occasion.today, i32::from(occasion.answer_working_days));
    let value = |place| match place {
        Place::Agency => name.to_string(),
        Place::Plan => prose.title(),
        Place::PlanNumber => prose.number(),
        Place::Basis => prose.basis(),
        Place::Owner => prose.owner(),
        Place::Office => Text::new(occasion.office).to_string(),
        Place::Date => words.date(occasion.today),
        Place::Before => words.date(before),
        Place::Level => level.to_string(),
        Place::Count => rows.len().to_string(),
        // Stands on a line of its own, and is filled in there.
        Place::Items => String::new(),
    };
    let (subject, paragraphs) = template.fill(&value);
    let subject = Text::new(&subject);
    let text = as_text(&paragraphs, &text_rows(&rows, words));
    let html = as_html(&paragraphs, &subject, &html_table(&rows, words), words.language.tag);
    Some(Letter { agency, name, to, level, items, subject, text, html })
}

impl Letter {
    /// The letter as it is shown before it is sent: to whom, the subject, the text.
    pub fn preview(&self, words: &Words) -> String {
        let to = words.with("letter-to", &[("name", self.name.as_str().into()), ("email", self.to.as_str().into())]);
        let subject = words.with("letter-subject", &[("subject", self.subject.as_str().into())]);
        format!("{to}\n{subject}\n\n{}", self.text)
    }
}

fn as_text(paragraphs: &[Filled], items: &str) -> String {
    let paragraph = |paragraph: &Filled| match paragraph {
        Filled::Lines(lines) => lines.join("\n"),
        Filled::Items => items.to_owned(),
    };
    let mut text = paragraphs.iter().map(paragraph).collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}

fn as_html(paragraphs: &[Filled], subject: &str, items: &str, tag: &str) -> String {
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n\
         <body style=\"font-family: serif; font-size: 12pt; line-height: 1.4; color: #000; background: #fff\">\n",
        escaped(tag),
        escaped(subject)
    );
    for paragraph in paragraphs {
        // Writing to a string does not fail.
        let _ = match paragraph {
            Filled::Lines(lines) => {
                let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
                writeln!(html, "<p>{}</p>", lines.join("<br>\n"))
            }
            Filled::Items => writeln!(html, "{items}"),
        };
    }
    html.push_str("</body>\n</html>\n");
    html
}

/// Text that stands in HTML as itself, also within a quoted attribute.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}
