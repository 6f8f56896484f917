//! [`Templates`]: the wording of a reminder by rung and language: those that ship, each replaced by the file of the same
//! name in the config's folder of letters where there is one. What a place is, is in `words/template.rs`; one that is not
//! known is an error with file and line.

use std::{collections::BTreeMap, path::Path};

use super::problem::{Problem, Wrong};
use crate::{
    domain::text::clean_lines,
    words::template::{self, own_or_shipped},
};

/// The rungs there is wording for; a higher one is worded as the last of them.
pub const LEVELS: u8 = 3;

/// A place in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The agency written to.
    Agency,
    /// The plan's name.
    Plan,
    /// The plan's number; its name where it has none.
    PlanNumber,
    /// The plan with number, date and issuer, as an official letter cites it.
    Basis,
    /// The body that issued the plan.
    Owner,
    /// The body that reminds.
    Office,
    /// The day of the letter.
    Date,
    /// The day before which an answer is asked for.
    Before,
    /// The rung.
    Level,
    /// How many items there are.
    Count,
    /// The items, on a line of its own.
    Items,
}

impl Place {
    /// All of them with their names.
    pub const ALL: [(&'static str, Place); 11] = [
        ("agency", Place::Agency),
        ("plan", Place::Plan),
        ("plan_number", Place::PlanNumber),
        ("basis", Place::Basis),
        ("owner", Place::Owner),
        ("office", Place::Office),
        ("date", Place::Date),
        ("before", Place::Before),
        ("level", Place::Level),
        ("count", Place::Count),
        ("items", Place::Items),
    ];
}

/// A line of a template.
type Line = template::Line<Place>;

/// The wording of one rung in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    subject: Line,
    paragraphs: Vec<Paragraph>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Paragraph {
    Lines(Vec<Line>),
    Items,
}

/// A filled paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled {
    /// Its lines.
    Lines(Vec<String>),
    /// Here the items stand.
    Items,
}

impl Template {
    /// Reads a template; `file` is where it stands.
    pub fn parse(file: &str, text: &str) -> Result<Self, Problem> {
        let text = clean_lines(text);
        let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#'));
        let mut lines = lines.skip_while(|(_, line)| line.trim().is_empty());
        let wrong = |line: usize, wrong| Problem::Template { file: file.into(), line, wrong };
        let (number, first) = lines.next().ok_or_else(|| wrong(1, Wrong::NoSubject))?;
        let subject = first.strip_prefix("Subject:").ok_or_else(|| wrong(number, Wrong::NoSubject))?;
        let subject = pieces(subject.trim()).map_err(|reason| wrong(number, reason))?;
        if subject.places().any(|place| place == Place::Items) {
            return Err(wrong(number, Wrong::ItemsWithin));
        }
        let (mut paragraphs, mut open, mut last) = (Vec::new(), Vec::new(), number);
        for (number, line) in lines {
            last = number;
            let line = line.trim();
            if line.is_empty() {
                close(&mut open, &mut paragraphs);
                continue;
            }
            let line = pieces(line).map_err(|reason| wrong(number, reason))?;
            if line.alone() == Some(Place::Items) {
                close(&mut open, &mut paragraphs);
                paragraphs.push(Paragraph::Items);
            } else if line.places().any(|place| place == Place::Items) {
                return Err(wrong(number, Wrong::ItemsWithin));
            } else {
                open.push(line);
            }
        }
        close(&mut open, &mut paragraphs);
        if !paragraphs.contains(&Paragraph::Items) {
            return Err(wrong(last, Wrong::NoItems));
        }
        Ok(Template { subject, paragraphs })
    }

    /// The subject and the paragraphs, their places filled by `value`.
    pub fn fill(&self, value: &dyn Fn(Place) -> String) -> (String, Vec<Filled>) {
        let paragraph = |paragraph: &Paragraph| match paragraph {
            Paragraph::Lines(lines) => Filled::Lines(lines.iter().map(|line| line.fill(value)).collect()),
            Paragraph::Items => Filled::Items,
        };
        (self.subject.fill(value), self.paragraphs.iter().map(paragraph).collect())
    }
}

fn close(open: &mut Vec<Line>, paragraphs: &mut Vec<Paragraph>) {
    if !open.is_empty() {
        paragraphs.push(Paragraph::Lines(std::mem::take(open)));
    }
}

/// A line taken apart.
fn pieces(line: &str) -> Result<Line, Wrong> {
    Line::parse(line, &Place::ALL).map_err(Wrong::Place)
}

/// What ships: file name and text.
const SHIPPED: [(&str, &str); 6] = [
    ("remind-1.vi.txt", include_str!("../../config/letters/remind-1.vi.txt")),
    ("remind-2.vi.txt", include_str!("../../config/letters/remind-2.vi.txt")),
    ("remind-3.vi.txt", include_str!("../../config/letters/remind-3.vi.txt")),
    ("remind-1.en.txt", include_str!("../../config/letters/remind-1.en.txt")),
    ("remind-2.en.txt", include_str!("../../config/letters/remind-2.en.txt")),
    ("remind-3.en.txt", include_str!("../../config/letters/remind-3.en.txt")),
];

/// The wording of every rung in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templates(BTreeMap<String, Template>);

impl Templates {
    /// Those that ship, under the files of `folder` that bear their names.
    pub fn load(folder: Option<&Path>) -> Result<Self, Problem> {
        let mut templates = BTreeMap::new();
        for (name, shipped) in SHIPPED {
            let read = own_or_shipped(folder, name, "config/letters", shipped);
            let (file, text) = read.map_err(|(path, error)| Problem::unread(&path, &error))?;
            let template = Template::parse(&file, &text)?;
            templates.insert(name.to_owned(), template);
        }
        Ok(Templates(templates))
    }

    /// The wording of a rung in the language of `tag`.
    pub fn get(&self, level: u8, tag: &str) -> Option<&Template> {
        self.0.get(&format!("remind-{}.{tag}.txt", level.clamp(1, LEVELS)))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::words::{LANGUAGES, template::Misplaced};

    fn wrong(text: &str) -> (usize, Wrong) {
        match Template::parse("x.txt", text) {
            Err(Problem::Template { line, wrong, .. }) => (line, wrong),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_rung_ships_in_every_language() {
        let templates = Templates::load(None).unwrap();
        for language in &LANGUAGES {
            for level in [0, 1, 2, 3, 9] {
                assert!(templates.get(level, language.tag).is_some(), "{level} {}", language.tag);
            }
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let unknown = Misplaced::Unknown { name: "agancy".into(), nearest: Some("agency".into()) };
        assert_eq!(wrong("# x\nSubject: a\n\nKính gửi {agancy}\n{items}"), (4, Wrong::Place(unknown)));
        assert_eq!(wrong("Kính gửi"), (1, Wrong::NoSubject));
        assert_eq!(wrong(""), (1, Wrong::NoSubject));
        assert_eq!(wrong("Subject: a\n\nb"), (3, Wrong::NoItems));
        assert_eq!(wrong("Subject: {items}\n{items}"), (1, Wrong::ItemsWithin));
        assert_eq!(wrong("Subject: a\nb {items}"), (2, Wrong::ItemsWithin));
        for brace in ["{", "}", "a {b", "a } b"] {
            assert_eq!(
                wrong(&format!("Subject: a\n{brace}\n{{items}}")),
                (2, Wrong::Place(Misplaced::Brace)),
                "{brace}"
            );
        }
    }

    #[test]
    fn places_are_filled_and_braces_can_be_written() {
        let template = Template::parse("x", "Subject: {level} {{x}}\nKính gửi {agency}\nb\n\n{items}\nc").unwrap();
        let value = |place| if place == Place::Level { "2".to_owned() } else { "{owner}".into() };
        let lines = |lines: &[&str]| Filled::Lines(lines.iter().map(ToString::to_string).collect());
        let expected = vec![lines(&["Kính gửi {owner}", "b"]), Filled::Items, lines(&["c"])];
        assert_eq!(template.fill(&value), ("2 {x}".into(), expected), "what is filled in is not read again");
    }

    #[test]
    fn a_file_of_ones_own_replaces_the_shipped_one() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("remind-2.vi.txt"), "Subject: riêng\n{items}\n").unwrap();
        let (own, shipped) = (Templates::load(Some(folder.path())).unwrap(), Templates::load(None).unwrap());
        assert_eq!(own.get(2, "vi").unwrap().fill(&|_| String::new()).0, "riêng");
        assert_eq!(own.get(1, "vi"), shipped.get(1, "vi"));
        fs::write(folder.path().join("remind-1.en.txt"), "Subject: {nobody}\n").unwrap();
        let problem = Templates::load(Some(folder.path())).unwrap_err().to_string();
        assert!(problem.contains("remind-1.en.txt:1") && problem.contains("nobody"), "{problem}");
    }
}
