//! [`Draft`]: a plan while it is gathered from tables, with what is told of its items and what could not be read.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, hash_map::Entry};

use crate::domain::{
    campaign::Campaign,
    duty::Duty,
    id::{ItemId, ProgrammeId},
    plan::{Programme, Unknown},
    sentence::Sentence,
    task::Task,
    text::Text,
    title::Title,
};

use super::{
    bodies::Bodies,
    days::Days,
    grid::Value,
    lines::{Line, Reported},
    mapping::Field,
    names::key,
    reading::{Told, Unread},
    table::Table,
};

/// So much that could not be read is told; more is counted.
const MOST_UNREAD: usize = 2_000;

/// What has been gathered.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) days: Days,
    pub(super) bodies: Bodies,
    pub(super) programmes: Vec<Programme>,
    pub(super) tasks: Vec<Task>,
    pub(super) duties: Vec<Duty>,
    pub(super) campaigns: Vec<Campaign>,
    pub(super) told: BTreeMap<ItemId, Told>,
    /// Where each record stands, by what it is: `task:N14`, `agency:nv`.
    pub(super) lines: BTreeMap<Text, Line>,
    /// The reports of sheets with one a row, by the id their row says, else by that in the plan.
    pub(super) reports: BTreeMap<ItemId, Reported>,
    pub(super) unread: Vec<Unread>,
    /// How much more could not be read than is told.
    pub(super) more_unread: usize,
    /// The columns, by sheet and row, of which it cannot be told what they say.
    pub(super) unclear: HashMap<(Text, u32), HashSet<u32>>,
    /// The row each id was first seen in.
    ids: HashMap<String, u32>,
    /// The records whose id is made of what their row says: `task:N14`.
    pub(super) by_words: BTreeSet<Text>,
    /// How often an id was made of the same words.
    made: HashMap<String, u32>,
}

impl Draft {
    pub(super) fn new(year: i16) -> Self {
        Draft {
            days: Days::of(year),
            bodies: Bodies::default(),
            programmes: Vec::new(),
            tasks: Vec::new(),
            duties: Vec::new(),
            campaigns: Vec::new(),
            told: BTreeMap::new(),
            lines: BTreeMap::new(),
            reports: BTreeMap::new(),
            unclear: HashMap::new(),
            unread: Vec::new(),
            more_unread: 0,
            ids: HashMap::new(),
            by_words: BTreeSet::new(),
            made: HashMap::new(),
        }
    }

    /// A cell could not be read.
    pub(super) fn unread(&mut self, table: &Table<'_>, row: u32, column: Option<u32>, why: Sentence) {
        if let Some(column) = column {
            self.unclear.entry((table.sheet.name.clone(), row)).or_default().insert(column);
        }
        if self.unread.len() >= MOST_UNREAD {
            self.more_unread += 1;
            return;
        }
        let value = column.and_then(|column| table.sheet.get(row, column)).map(Value::text).unwrap_or_default();
        self.unread.push(Unread {
            sheet: table.sheet.name.clone(),
            row,
            column: column.map(|column| table.called(column)),
            value: shortened(&value),
            why,
        });
    }

    /// The field of a row could not be read.
    pub(super) fn unread_field(&mut self, table: &Table<'_>, row: u32, field: Field, id: &'static str) {
        self.unread(table, row, table.columns.get(&field).copied(), Sentence::new(id));
    }

    /// The id a row of that `record` (`task`) gives itself, else one made of `words` with a letter before it, the same for the
    /// same words next time; `None` where another row has the one it gives itself.
    pub(super) fn id(
        &mut self,
        table: &Table<'_>,
        row: u32,
        record: &str,
        letter: &str,
        words: &[&str],
    ) -> Option<String> {
        let own = table.text(row, Field::Id).filter(|own| !own.is_empty());
        if own.as_ref().is_some_and(|own| own.contains('/')) {
            self.unread_field(table, row, Field::Id, "workbook-id-slash");
        }
        let Some(own) = own.filter(|own| !own.contains('/')) else {
            return Some(self.made(letter, words));
        };
        match self.ids.entry(format!("{record} {own}")) {
            Entry::Vacant(free) => {
                free.insert(row);
                Some(own.to_string())
            }
            Entry::Occupied(taken) => {
                let why = Sentence::new("workbook-id-twice").with("first", *taken.get());
                self.unread(table, row, table.columns.get(&Field::Id).copied(), why);
                None
            }
        }
    }

    /// An id made of words. Of rows with the same words the second is counted.
    pub(super) fn made(&mut self, kind: &str, words: &[&str]) -> String {
        let words: Vec<String> = words.iter().map(|word| key(word)).collect();
        let id = format!("{kind}{}", short_hash(&words.join("\u{1f}")));
        let count = self.made.entry(id.clone()).or_default();
        *count += 1;
        let id = if *count == 1 { id } else { format!("{id}-{count}") };
        let record = if kind == "C" { "campaign" } else { "task" };
        self.by_words.insert(Text::from(format!("{record}:{id}")));
        id
    }

    /// Is there none of that kind with that id yet? There is now.
    pub(super) fn is_new(&mut self, kind: &str, id: &str) -> bool {
        self.ids.insert(format!("{kind} {id}"), 0).is_none()
    }

    /// The programme of that name.
    pub(super) fn programme(&mut self, name: &str) -> ProgrammeId {
        let id = ProgrammeId::from(slug(name).as_str());
        if self.is_new("programme", id.as_str()) {
            let title = Title::from(name);
            let programme =
                Programme { id: id.clone(), title, document: None, from: None, to: None, unknown: Unknown::new() };
            self.programmes.push(programme);
        }
        id
    }
}

/// A long text is told by its beginning.
fn shortened(text: &Text) -> Text {
    const LETTERS: usize = 80;
    if text.chars().count() <= LETTERS {
        return text.clone();
    }
    Text::from(text.chars().take(LETTERS).chain(['…']).collect::<String>())
}

/// Words as an id a person can read: `so-noi-vu`. Long ones end in a hash of the whole.
pub(super) fn slug(text: &str) -> String {
    const LONGEST: usize = 40;
    let slug: String = key(text).chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() {
        return short_hash(text);
    }
    if slug.chars().count() <= LONGEST {
        return slug.to_owned();
    }
    let head: String = slug.chars().take(LONGEST - 10).collect();
    format!("{}-{}", head.trim_end_matches('-'), short_hash(&key(text)))
}

/// Eight letters that stand for a text (FNV-1a): the same on every machine and in every version.
fn short_hash(text: &str) -> String {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    // The lower bits of this hash depend on few bits of the text.
    hash ^= hash >> 29;
    let letter = |place: u32| {
        let index = usize::try_from((hash >> (5 * place)) & 31).unwrap_or_default();
        LETTERS.get(index).copied().map_or('0', char::from)
    };
    (0..8).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_words_and_stay() {
        let mut draft = Draft::new(2023);
        assert_eq!(slug("Sở Nội vụ"), "so-noi-vu");
        let first = draft.made("N", &["Sở Nội vụ", "Rà soát"]);
        assert_eq!(first, Draft::new(2024).made("N", &["SỞ NỘI VỤ", "ra soat"]), "case and marks do not count");
        assert_eq!(draft.made("N", &["Sở Nội vụ", "Rà soát"]), format!("{first}-2"));
        assert_ne!(draft.made("N", &["Sở Nội vụ", "Rà soát 2"]), first);
    }
}
