//! [`Names`]: how columns, sheets and words are called in workbooks, from `config/sheet-headings.toml`.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::LazyLock,
};

use serde::Deserialize;

use crate::domain::text::fold_marks;

use super::mapping::{Field, SheetKind};

/// The names that ship with the program. They are tested to be read.
pub(super) static NAMES: LazyLock<Names> = LazyLock::new(|| {
    toml::from_str::<Names>(include_str!("../../../config/sheet-headings.toml")).unwrap_or_default().folded()
});

/// What things are called; in [`key`]'s form.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Names {
    columns: BTreeMap<Field, Vec<String>>,
    columns_of: BTreeMap<SheetKind, BTreeMap<Field, Vec<String>>>,
    sheets: BTreeMap<SheetKind, Vec<String>>,
    status: BTreeMap<Status, Vec<String>>,
    pub(super) words: Words,
    kinds: BTreeMap<String, Vec<String>>,
    deadlines: BTreeMap<Deadline, Vec<String>>,
    /// Footers, in [`key`]'s form.
    #[serde(skip)]
    footers: HashSet<String>,
    /// The names of columns by their first word.
    #[serde(skip)]
    index: HashMap<String, Vec<Name>>,
}

/// A name of a column.
#[derive(Debug)]
struct Name {
    name: String,
    field: Field,
    /// The kind of sheets it is for; all where none is said.
    of: Option<SheetKind>,
}

/// Words that stand for themselves.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Words {
    footers: Vec<String>,
    pub(super) due_rows: Vec<String>,
    pub(super) examples: Vec<String>,
    pub(super) titles: Vec<String>,
    pub(super) mottos: Vec<String>,
    pub(super) everybody: Vec<String>,
    pub(super) agencies: Vec<String>,
}

/// How something stands, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Status {
    Done,
    Open,
    Awaiting,
    Returned,
    Paused,
    Cancelled,
    Exempt,
}

/// What a wording makes of the day named after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Deadline {
    /// The day before is the last on-time day.
    Before,
    /// The day itself is.
    By,
    /// There is none.
    Never,
}

impl Names {
    fn folded(mut self) -> Self {
        let fold = |names: &mut Vec<String>| names.iter_mut().for_each(|name| *name = key(name));
        self.columns.values_mut().for_each(fold);
        self.columns_of.values_mut().flat_map(BTreeMap::values_mut).for_each(fold);
        self.sheets.values_mut().for_each(fold);
        self.status.values_mut().for_each(fold);
        self.kinds.values_mut().for_each(fold);
        self.deadlines.values_mut().for_each(fold);
        self.footers = self.words.footers.iter().map(|word| key(word)).collect();
        // "Cộng" sums up, and "Công an" does not: these are compared with their marks.
        let Words { footers: _, due_rows, examples, titles, mottos, everybody, agencies } = &mut self.words;
        [due_rows, examples, titles, mottos, everybody, agencies].into_iter().for_each(fold);
        let own =
            self.columns_of.iter().flat_map(|(kind, fields)| fields.iter().map(move |field| (Some(*kind), field)));
        for (of, (field, names)) in own.chain(self.columns.iter().map(|field| (None, field))) {
            for name in names {
                let first = name.split(' ').next().unwrap_or_default().to_owned();
                self.index.entry(first).or_default().push(Name { name: name.clone(), field: *field, of });
            }
        }
        self
    }

    /// The fields a heading of a sheet of that kind may name, and how well: the letters of the name, twice where it is all of it.
    pub(super) fn fields(&self, heading: &str, kind: SheetKind) -> Vec<(Field, usize)> {
        /// A longer text is no heading.
        const LONGEST: usize = 200;
        let heading = if heading.len() > 4 * LONGEST { String::new() } else { key(heading) };
        if heading.is_empty() || heading.len() > LONGEST {
            return Vec::new();
        }
        let mut known: Vec<(Field, usize, bool)> = Vec::new();
        let begins_at = heading.match_indices(' ').map(|(at, _)| at + 1);
        for rest in std::iter::once(0).chain(begins_at).filter_map(|at| heading.get(at..)) {
            let word = rest.split(' ').next().unwrap_or_default();
            for name in self.index.get(word).into_iter().flatten() {
                let own = name.of.is_some();
                let whole = name.name == heading;
                let held = whole || name.name.len() >= 3 && begins(rest, &name.name);
                if held && (!own || name.of == Some(kind)) {
                    known.push((name.field, name.name.len() * if whole { 2 } else { 1 }, own));
                }
            }
        }
        // Of two as good the kind's own is meant.
        known.sort_by_key(|(_, letters, own)| (std::cmp::Reverse(*letters), !own));
        known.into_iter().map(|(field, letters, _)| (field, letters)).collect()
    }

    /// What a sheet of that name holds.
    pub(super) fn sheet(&self, name: &str) -> Option<SheetKind> {
        let name = key(name);
        let named = self.sheets.iter().flat_map(|(kind, names)| names.iter().map(move |one| (*kind, one)));
        named.filter(|(_, one)| holds(&name, one)).max_by_key(|(_, one)| one.len()).map(|(kind, _)| kind)
    }

    /// How a word says something stands, and what stands behind the word.
    pub(super) fn status<'t>(&self, text: &'t str) -> Option<(Status, &'t str)> {
        let named = self.status.iter().flat_map(|(status, words)| words.iter().map(move |word| (*status, word)));
        let (status, word) = longest(named, text)?;
        Some((status, behind(text, word)))
    }

    /// What a wording makes of the day behind it, and that.
    pub(super) fn deadline<'t>(&self, text: &'t str) -> Option<(Deadline, &'t str)> {
        let named = self.deadlines.iter().flat_map(|(what, words)| words.iter().map(move |word| (*what, word)));
        let (what, word) = longest(named, text)?;
        Some((what, behind(text, word)))
    }

    /// Does a row that begins so sum up or sign?
    pub(super) fn is_footer(&self, text: &str) -> bool {
        let lower = text.trim().to_lowercase();
        let begins = |word: &String| {
            let rest = lower.strip_prefix(word.as_str());
            rest.is_some_and(|rest| rest.chars().next().is_none_or(|letter| !letter.is_alphanumeric()))
        };
        self.words.footers.iter().any(begins) || self.footers.contains(&key(text))
    }

    /// What kind of body an agency of that name is.
    pub(super) fn kind(&self, name: &str) -> Option<&str> {
        let named = self.kinds.iter().flat_map(|(kind, words)| words.iter().map(move |word| (kind.as_str(), word)));
        longest(named, name).map(|(kind, _)| kind)
    }
}

/// The longest word `text` begins with.
fn longest<'w, T: Copy>(words: impl Iterator<Item = (T, &'w String)>, text: &str) -> Option<(T, &'w String)> {
    let text = key(text);
    words.filter(|(_, word)| begins(&text, word)).max_by_key(|(_, word)| word.len())
}

/// Does `text` begin with that whole word? Both in [`key`]'s form.
pub(super) fn begins(text: &str, word: &str) -> bool {
    !word.is_empty() && text.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Does `text` hold the words in a row?
fn holds(text: &str, words: &str) -> bool {
    let parts = |letter: Option<char>| letter.is_none_or(|letter| letter == ' ');
    let apart = |at: usize| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + words.len()..).unwrap_or_default());
        parts(before.chars().next_back()) && parts(after.chars().next())
    };
    !words.is_empty() && text.match_indices(words).any(|(at, _)| apart(at))
}

/// What stands behind the letters of `word` in `text`.
fn behind<'t>(text: &'t str, word: &str) -> &'t str {
    let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
    // Brackets and marks aside a word is not much longer in the text than in its form; a long text is not gone through for each.
    let end = ends.take(4 * word.len() + 32).find(|end| text.get(..*end).is_some_and(|head| key(head) == word));
    end.and_then(|end| text.get(end..)).unwrap_or_default().trim()
}

/// The form in which names are compared: no case, no marks, nothing in brackets, words parted by one space. What has no letters
/// is its signs.
pub(super) fn key(text: &str) -> String {
    let mut depth = 0_usize;
    let mut words = String::new();
    for letter in fold_marks(text).chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if letter.is_alphanumeric() || letter == '%' || letter == '#' => words.push(letter),
            _ if !words.ends_with(' ') && !words.is_empty() => words.push(' '),
            _ => {}
        }
    }
    words.truncate(words.trim_end().len());
    if words.is_empty() { text.trim().to_owned() } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_read() {
        assert!(toml::from_str::<Names>(include_str!("../../../config/sheet-headings.toml")).is_ok());
    }

    #[test]
    fn headings_are_known_however_they_are_written() {
        let field = |heading| NAMES.fields(heading, SheetKind::Tasks).first().map(|(field, _)| *field);
        for (heading, meant) in [
            ("Cơ quan chủ trì", Field::Agency),
            ("CƠ QUAN, ĐƠN VỊ CHỦ TRÌ", Field::Agency),
            ("Don vi thuc hien", Field::Agency),
            ("Nội dung nhiệm vụ", Field::Title),
            ("Thời hạn hoàn thành", Field::Due),
            ("Hạn (ngày/tháng)", Field::Due),
            ("Thời gian thực hiện", Field::Span),
            ("Tiến độ (%)", Field::Progress),
            ("Tình trạng", Field::Status),
            ("Ngày hoàn thành", Field::HandedIn),
            ("Đơn vị phối hợp", Field::Coordinating),
            ("Số, ký hiệu văn bản", Field::Document),
            ("Gia hạn đến", Field::ExtendedTo),
            ("Ghi chú", Field::Note),
            ("STT", Field::Place),
            ("Mã", Field::Id),
            ("Deadline", Field::Due),
        ] {
            assert_eq!(field(heading), Some(meant), "{heading}");
        }
        assert_eq!(field("Kinh phí"), None);
    }

    #[test]
    fn words_are_known_by_their_beginning() {
        let status = |text| NAMES.status(text);
        assert_eq!(status("Đã nộp ngày 15/6"), Some((Status::Done, "ngày 15/6")));
        assert_eq!(status("chưa hoàn thành"), Some((Status::Open, "")));
        assert_eq!(status("X"), Some((Status::Done, "")));
        assert_eq!(status("Không phải báo cáo"), Some((Status::Exempt, "")));
        assert_eq!(NAMES.deadline("Trước ngày 20/6"), Some((Deadline::Before, "20/6")));
        assert_eq!(NAMES.kind("UBND huyện Bù Đốp"), Some("district"));
        assert_eq!(NAMES.kind("Sở Nội vụ"), Some("department"));
    }
}
