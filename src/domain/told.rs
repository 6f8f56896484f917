//! [`Told`]: an entry as a journal shows it: taken back or not, what it took back itself, and its texts to search in.

use std::collections::BTreeSet;

use super::{
    answer::Page,
    entry::{Entry, Verb},
    id::EntryId,
    query::verb_names,
    text::fold_marks,
};

/// An entry of a journal that is shown.
#[derive(Clone, Debug)]
pub struct Told {
    /// The entry.
    pub entry: Entry,
    /// Is it taken back?
    pub reversed: bool,
    /// What it says, its person and its verb's names, folded.
    pub text: String,
    root: Option<Box<Entry>>,
    again: bool,
}

/// An entry with what it means in its journal.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// Is it taken back?
    pub reversed: bool,
    /// What it took back, where it is a reversal.
    pub took_back: Option<TookBack<'a>>,
}

/// What a reversal came to.
#[derive(Clone, Copy, Debug)]
pub struct TookBack<'a> {
    /// The entry that went, or came back.
    pub entry: &'a Entry,
    /// Did it come back?
    pub again: bool,
}

impl Told {
    /// The entries of a page, in its order.
    pub fn page(page: &Page) -> Vec<Told> {
        let gone: BTreeSet<&EntryId> = page.reversed.iter().collect();
        let told = page.entries.iter().map(|entry| {
            let took_back = page.took_back(entry);
            Told {
                entry: entry.clone(),
                reversed: gone.contains(&entry.id),
                text: text(entry),
                root: took_back.map(|took_back| Box::new(took_back.entry.clone())),
                again: took_back.is_some_and(|took_back| took_back.again),
            }
        });
        told.collect()
    }

    /// The entry with what it means.
    pub fn line(&self) -> Line<'_> {
        let took_back = self.root.as_deref().map(|entry| TookBack { entry, again: self.again });
        Line { entry: &self.entry, reversed: self.reversed, took_back }
    }
}

impl Page {
    /// Its entries with what they mean.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let reversed = |entry: &Entry| self.reversed.contains(&entry.id);
        self.entries.iter().map(move |entry| Line {
            entry,
            reversed: reversed(entry),
            took_back: self.took_back(entry),
        })
    }

    /// What `entry`, a reversal of this page, took back or brought back in the end.
    pub fn took_back(&self, entry: &Entry) -> Option<TookBack<'_>> {
        let find = |id: EntryId| self.entries.iter().chain(&self.taken_back).find(|entry| entry.id == id);
        let mut found = find(entry.reverses?)?;
        let mut again = false;
        // Each step goes back in the journal, so that it ends even where the data are wrong.
        while found.verb == Verb::Reverse {
            let earlier = find(found.reverses?)?;
            if found.seq <= earlier.seq && found.seq > 0 {
                return None;
            }
            (found, again) = (earlier, !again);
        }
        Some(TookBack { entry: found, again })
    }

    /// The entries that reversals of this page took back and that are not there.
    pub fn missing(&self) -> BTreeSet<EntryId> {
        let known: BTreeSet<EntryId> = self.entries.iter().chain(&self.taken_back).map(|entry| entry.id).collect();
        let wanted = self.entries.iter().chain(&self.taken_back).filter_map(|entry| entry.reverses);
        wanted.filter(|id| !known.contains(id)).collect()
    }
}

fn text(entry: &Entry) -> String {
    let by = entry.by.as_ref().map(|by| by.as_str());
    let said = [&entry.document, &entry.reason, &entry.note, &entry.title, &entry.to];
    let words = by.into_iter().chain(said.into_iter().flatten().map(|text| text.as_str())).map(fold_marks);
    words.chain(verb_names(&entry.verb).map(str::to_owned)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::date};
    use uuid::Uuid;

    use super::*;

    fn entry(number: u64, verb: Verb, reverses: Option<u64>) -> Entry {
        let id = |number: u64| EntryId(Uuid::from_u128(number.into()));
        let entry = Entry::new(id(number), "task:N1".into(), verb, date(2023, 5, 8), Timestamp::UNIX_EPOCH);
        Entry { seq: number, reverses: reverses.map(id), ..entry }
    }

    #[test]
    fn a_reversal_says_what_went_and_one_of_a_reversal_what_came_back() {
        let (remind, undo) = (entry(1, Verb::Remind, None), entry(2, Verb::Reverse, Some(1)));
        let (redo, late) = (entry(3, Verb::Reverse, Some(2)), entry(5, Verb::Reverse, Some(4)));
        let mut page = Page { entries: vec![late, redo, undo], ..Page::default() };
        assert_eq!(page.missing().len(), 2);
        page.taken_back.push(remind);
        let told = Told::page(&page);
        let said = |place: usize| told[place].line().took_back.map(|said| (said.entry.verb.clone(), said.again));
        assert_eq!([said(0), said(1), said(2)], [None, Some((Verb::Remind, true)), Some((Verb::Remind, false))]);
        assert_eq!(page.missing().len(), 1);
    }

    #[test]
    fn what_reverses_itself_comes_to_nothing() {
        let page = Page { entries: vec![entry(1, Verb::Reverse, Some(1))], ..Page::default() };
        assert!(Told::page(&page)[0].line().took_back.is_none());
    }
}
