//! [`Term`]: one condition of a filter, and when one condition implies another.

use super::{
    Subject,
    field::{self, Field, Flag, Number, Part, Role, Status},
    token::{Said, Sign, Token},
    told::{Asked, OfEntry},
};
use crate::domain::{item::Kind, sentence::Sentence, text::fold_marks};

/// One condition, as said or its opposite.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    pub negated: bool,
    pub test: Test,
}

/// What is asked of an item. Of several values one is enough.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    /// The folded words stand in a text of one of its parts.
    Words(String),
    /// Its part of that list is one of these, by id or by words in its texts; folded.
    Part(Part, Vec<String>),
    /// Its id is one of these, or has one of these as a part; folded.
    Id(Vec<String>),
    Kind(Vec<Kind>),
    Status(Vec<Status>),
    Role(Vec<Role>),
    /// The number lies in one of these ranges.
    Number(Number, Vec<Range>),
    Flag(Flag),
    /// Asked of an entry of the journal only.
    Entry(Asked),
}

/// Whole numbers from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range(pub i32, pub i32);

impl Range {
    fn of(sign: Sign, number: i32) -> Self {
        match sign {
            Sign::Is => Range(number, number),
            Sign::Less => Range(i32::MIN, number.saturating_sub(1)),
            Sign::AtMost => Range(i32::MIN, number),
            Sign::More => Range(number.saturating_add(1), i32::MAX),
            Sign::AtLeast => Range(number, i32::MAX),
        }
    }

    pub(super) fn contains(self, number: i32) -> bool {
        (self.0..=self.1).contains(&number)
    }
}

impl Term {
    /// Reads a token; `None` where nothing of it could be used. What was not understood goes to `problems`.
    pub(super) fn read(token: Token, subject: Subject, problems: &mut Vec<Sentence>) -> Option<Term> {
        let negated = token.negated;
        let (name, sign, values) = match token.said {
            Said::Words { text, quoted } => {
                let flag = (!quoted).then(|| Field::flag(&text)).flatten();
                let test = flag.map_or_else(|| Test::Words(fold_marks(&text)), Test::Flag);
                return Some(Term { negated, test });
            }
            Said::Field { name, sign, values } => (name, sign, values),
        };
        if is_item_kind(&name) {
            let ids = values.iter().map(|value| fold_marks(&format!("{name}:{value}"))).collect::<Vec<_>>();
            return (!ids.is_empty()).then_some(Term { negated, test: Test::Id(ids) });
        }
        match Field::named(&name) {
            Ok(Field::Entry(_)) if subject == Subject::Items => {
                problems.push(Sentence::new("filter-not-here").with("field", name));
                None
            }
            Ok(field) => test(field, sign, &values, negated, problems),
            Err(nearest) => {
                problems.push(Sentence::new("filter-no-field").with("field", name).near(nearest));
                None
            }
        }
    }

    /// Does whatever this lets through pass `other` too? `false` where it is not certain.
    pub(super) fn implies(&self, other: &Term) -> bool {
        match (self.negated, other.negated) {
            (false, false) => self.test.within(&other.test),
            (true, true) => other.test.within(&self.test),
            (true, false) | (false, true) => false,
        }
    }
}

impl Test {
    /// Does whatever holds for this hold for `other` too?
    fn within(&self, other: &Test) -> bool {
        fn among<T: PartialEq>(ours: &[T], theirs: &[T]) -> bool {
            ours.iter().all(|value| theirs.contains(value))
        }
        match (self, other) {
            (Test::Words(ours), Test::Words(theirs)) => ours.contains(theirs.as_str()),
            (Test::Part(part, ours), Test::Part(of, theirs)) => part == of && among(ours, theirs),
            (Test::Id(ours), Test::Id(theirs)) => among(ours, theirs),
            (Test::Kind(ours), Test::Kind(theirs)) => among(ours, theirs),
            (Test::Status(ours), Test::Status(theirs)) => among(ours, theirs),
            (Test::Role(ours), Test::Role(theirs)) => among(ours, theirs),
            (Test::Number(number, ours), Test::Number(of, theirs)) => {
                let covered = |range: &Range| theirs.iter().any(|other| other.0 <= range.0 && range.1 <= other.1);
                number == of && ours.iter().all(covered)
            }
            (Test::Flag(ours), Test::Flag(theirs)) => ours == theirs,
            (Test::Entry(ours), Test::Entry(theirs)) => ours == theirs,
            (
                Test::Words(_)
                | Test::Part(..)
                | Test::Id(_)
                | Test::Kind(_)
                | Test::Status(_)
                | Test::Role(_)
                | Test::Number(..)
                | Test::Flag(_)
                | Test::Entry(_),
                _,
            ) => false,
        }
    }
}

/// The words before the colon of an item's id, so that an id can be pasted as it is.
fn is_item_kind(name: &str) -> bool {
    Kind::ALL.iter().any(|kind| kind.as_str() == name)
}

fn test(field: Field, sign: Sign, values: &[String], negated: bool, problems: &mut Vec<Sentence>) -> Option<Term> {
    let mut read = Values { field, values, problems };
    let folded = || values.iter().map(|value| fold_marks(value)).collect::<Vec<_>>();
    let test = match field {
        Field::Part(part) => Test::Part(part, folded()),
        Field::Id => Test::Id(folded()),
        Field::Kind => Test::Kind(read.all(field::kind)),
        Field::Status => Test::Status(read.all(field::status)),
        Field::Role => Test::Role(read.all(field::role)),
        Field::Number(number) => Test::Number(number, read.all(|word| range(sign, word))),
        Field::Entry(OfEntry::By) => Test::Entry(Asked::By(folded())),
        Field::Entry(OfEntry::Verb) => Test::Entry(Asked::Verb(read.all(field::verb))),
        Field::Entry(OfEntry::Document) => Test::Entry(Asked::Document(folded())),
        Field::Flag(flag) => {
            let wanted = *read.all(field::answer).first()?;
            return Some(Term { negated: negated == wanted, test: Test::Flag(flag) });
        }
    };
    let empty = match &test {
        Test::Part(_, values) | Test::Id(values) => values.is_empty(),
        Test::Kind(values) => values.is_empty(),
        Test::Status(values) => values.is_empty(),
        Test::Role(values) => values.is_empty(),
        Test::Number(_, values) => values.is_empty(),
        Test::Entry(asked) => asked.is_empty(),
        Test::Words(_) | Test::Flag(_) => false,
    };
    (!empty).then_some(Term { negated, test })
}

/// That a field has no such value.
pub(super) fn no_value(field: &str, value: &str) -> Sentence {
    Sentence::new("filter-no-value").with("field", field).with("value", value)
}

fn range(sign: Sign, word: &str) -> Result<Range, Option<&'static str>> {
    word.trim().trim_end_matches('%').parse().map(|number| Range::of(sign, number)).map_err(|_| None)
}

struct Values<'a> {
    field: Field,
    values: &'a [String],
    problems: &'a mut Vec<Sentence>,
}

impl Values<'_> {
    /// The values that are understood; the others become problems.
    fn all<T>(&mut self, read: impl Fn(&str) -> Result<T, Option<&'static str>>) -> Vec<T> {
        let mut understood = Vec::with_capacity(self.values.len());
        for value in self.values {
            match read(value) {
                Ok(meaning) => understood.push(meaning),
                Err(nearest) => {
                    self.problems.push(no_value(self.field.name(), value).near(nearest));
                }
            }
        }
        understood
    }
}
