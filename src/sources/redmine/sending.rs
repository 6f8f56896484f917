//! An act on its way into an issue: looked at before, so that nothing is overwritten and nothing is done twice, and after, as a
//! success of this server says little. Between the look before and the change somebody may come in between: that is as small as
//! the server lets it be, which knows no condition to a change.

use jiff::tz::TimeZone;

use super::{
    super::web::{Client, Question, unreadable},
    acts::{self, Change, Say, not_taken},
    book::{Book, Token},
    closer::take,
    fetching::{Desk, Reader},
    history,
    mapping::Mapping,
    wire::{Journal, Whole},
};
use crate::domain::{
    answer::Admission,
    check::{Because, Refusal, check},
    entry::{Entry, Verb},
    failure::Failure,
    id::ItemId,
    item::Item,
    sentence::Sentence,
};

/// What is asked for beside an issue before it is changed.
const BEFORE: &str = "journals,children,allowed_statuses";

/// Hands acts in.
pub(super) struct Sender<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) client: &'a Client,
    pub(super) say: Say<'a>,
    pub(super) zone: TimeZone,
}

impl Sender<'_> {
    /// What becomes of `acts`, which are one step on one item: one change of the issue, where the server lets it be one.
    ///
    /// # Errors
    ///
    /// Where that is not known: the server could not be asked, before or after. Asked again, what was done is found.
    pub(super) async fn hand_in(&self, acts: &[Entry], desk: &mut Desk) -> Result<Vec<Admission>, Failure> {
        if acts.len() > 1
            && let Some(together) = self.hand_in_one(acts, desk).await?
        {
            return Ok(vec![together; acts.len()]);
        }
        let mut answers = Vec::with_capacity(acts.len());
        for act in acts {
            answers.extend(self.hand_in_one(std::slice::from_ref(act), desk).await?);
        }
        Ok(answers)
    }

    /// The same as one change; nothing where it has to be one after another.
    async fn hand_in_one(&self, acts: &[Entry], desk: &mut Desk) -> Result<Option<Admission>, Failure> {
        match self.try_it(acts, desk).await {
            Ok(admission) => Ok(Some(admission)),
            Err(Stop::Apart) => Ok(None),
            Err(Stop::Refused(refusal)) => Ok(Some(Admission::Refused(refusal))),
            Err(Stop::Failed(failure)) => Err(failure),
        }
    }

    async fn try_it(&self, acts: &[Entry], desk: &mut Desk) -> Result<Admission, Stop> {
        let Some(entry) = acts.first() else { return Err(Stop::Apart) };
        acts.iter().try_for_each(|act| super::TAKES.check(&act.verb))?;
        if desk.book.is_none() {
            self.reader.look(desk).await?;
        }
        let no_item = || Refusal::NoSuchItem { item: entry.item.clone() };
        let book = desk.book.as_mut().ok_or_else(no_item)?;
        let id = book.issue(&entry.item).ok_or_else(no_item)?;
        let before = self.look(id, &entry.item).await?;
        self.learn(book, before.clone());
        let item = book.item(id).and_then(|item| book.snapshot.item(item)).cloned().ok_or_else(no_item)?;
        let known = acts.iter().find_map(|act| marked(&before, act));
        match (known, acts) {
            (Some(journal), [entry]) => return self.known(entry, journal, &item, &before, book),
            (Some(_), _) => return Err(Stop::Apart),
            (None, _) => {}
        }
        let rests_on = self.agrees(entry, &item, &before, book)?;
        let Agreed::With(own) = rests_on else {
            return Ok(Admission::Conflict { stands: Box::new(self.stands(&item, &before, &book.mapping)) });
        };
        // It was said in view of this state: what the rules say of the state itself.
        let seen = Entry { expects: item.state.last, item: item.id.clone(), ..entry.clone() };
        let confirms_own = entry.verb == Verb::Confirm && own == Some(Verb::Submit);
        if !confirms_own {
            check(&item, &seen)?;
        }
        let change = match acts::change(acts, &item, &before, &book.mapping, self.say) {
            // Perhaps what the last of them leaves is reached by way of what the first does.
            Err(_) if acts.len() > 1 => return Err(Stop::Apart),
            decided => decided?,
        };
        self.put(id, &change).await?;
        let after = self.look(id, &entry.item).await?;
        let missing = change.missing(&after);
        let is_there = acts.iter().all(|act| marked(&after, act).is_some());
        self.learn(book, after);
        match (missing, is_there) {
            (Some(field), _) => Err(not_taken(Because::NoEffect, field).into()),
            (None, false) => Err(not_taken(Because::NoEffect, "notes").into()),
            (None, true) => Ok(Admission::Applied { seq: book.version }),
        }
    }

    /// It was sent before, and its note is there: so is what it asked for, unless the server left that out or somebody changed it
    /// since. What it left out it never told of.
    fn known(
        &self,
        entry: &Entry,
        journal: &Journal,
        item: &Item,
        whole: &Whole,
        book: &Book,
    ) -> Result<Admission, Stop> {
        if journal.acts().iter().any(|(id, verb)| *id == entry.id && *verb != entry.verb) {
            return Err(Refusal::IdReused.into());
        }
        let replayed = Admission::Replayed { seq: book.version };
        if entry.verb.commutes() {
            return Ok(replayed);
        }
        let later = whole.journals.iter().any(|other| other.id > journal.id && other.moves(&book.mapping));
        let change = acts::change(std::slice::from_ref(entry), item, whole, &book.mapping, self.say);
        let missing =
            change.ok().and_then(|change| change.missing(whole)).filter(|missing| *missing != "custom_fields");
        match missing {
            Some(field) if !later && !journal.moves(&book.mapping) => Err(not_taken(Because::NoEffect, field).into()),
            Some(_) | None => Ok(replayed),
        }
    }

    /// Was it said in view of how the issue stands? Either in view of that state itself, or of an entry after which nothing came.
    fn agrees(&self, entry: &Entry, item: &Item, whole: &Whole, book: &Book) -> Result<Agreed, Stop> {
        let has_children = !whole.children.is_empty();
        let token = Token::of(&whole.issue, &book.mapping, has_children).id();
        if entry.verb.commutes() || entry.expects == Some(token) || entry.expects == item.state.last {
            let last = whole.journals.iter().rev().find(|journal| journal.moves(&book.mapping));
            return Ok(Agreed::With(last.and_then(Journal::act).map(|(_, verb)| verb)));
        }
        let seen = whole.journals.iter().position(|journal| entry.expects.is_some_and(|id| journal.is(id)));
        let after = seen.and_then(|place| whole.journals.get(place + 1..)).unwrap_or_default();
        match seen.and_then(|place| whole.journals.get(place)) {
            Some(journal) if !after.iter().any(|journal| journal.moves(&book.mapping)) => {
                Ok(Agreed::With(journal.act().map(|(_, verb)| verb)))
            }
            Some(_) | None => Ok(Agreed::No),
        }
    }

    /// What stands in its way: what was done to the issue last.
    fn stands(&self, item: &Item, whole: &Whole, mapping: &Mapping) -> Entry {
        let last = whole.journals.iter().rev().find(|journal| journal.moves(mapping)).or(whole.journals.last());
        let entry = |journal: &Journal| history::entry(journal, &item.id, item.kind(), mapping, &self.zone);
        last.map(entry).unwrap_or_else(|| {
            let at = whole.issue.updated_on;
            let id = item.state.last.unwrap_or(crate::domain::id::EntryId::UNMADE);
            let day = self.zone.to_datetime(at).date();
            Entry::new(id, item.id.clone(), Verb::Unknown("redmine".into()), day, at)
        })
    }

    async fn look(&self, id: u64, item: &ItemId) -> Result<Whole, Stop> {
        match self.reader.one(id, BEFORE).await {
            Err(Failure::Refused(why)) if why.id == "redmine-none-there" => {
                Err(Refusal::NoSuchItem { item: item.clone() }.into())
            }
            Err(Failure::Refused(why)) => Err(refused(&why).into()),
            Err(failure) => Err(failure.into()),
            Ok(whole) => Ok(whole),
        }
    }

    async fn put(&self, id: u64, change: &Change) -> Result<(), Stop> {
        let path = ["issues".to_owned(), format!("{id}.json")];
        let question = Question::send("PUT", path, &change.body())?;
        match self.client.ask(question).await {
            Ok(reply) if matches!(reply.status, 200 | 204) => Ok(()),
            Ok(reply) => Err(unreadable("status", &reply.status.to_string()).into()),
            Err(Failure::Refused(why)) => Err(refused(&why).into()),
            Err(failure) => Err(failure.into()),
        }
    }

    fn learn(&self, book: &mut Book, whole: Whole) {
        if take(book, whole) {
            book.changed(&self.reader.frame);
        }
    }
}

/// Does what it was said in view of still stand?
enum Agreed {
    /// It does; after this act of ours, where one was the last.
    With(Option<Verb>),
    No,
}

/// Why it goes no further.
enum Stop {
    /// It has to be one act after another.
    Apart,
    Refused(Refusal),
    Failed(Failure),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refused(refusal)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Stop::Failed(failure)
    }
}

/// The journal that an act of this id left.
fn marked<'a>(whole: &'a Whole, entry: &Entry) -> Option<&'a Journal> {
    whole.journals.iter().find(|journal| journal.acts().iter().any(|(id, _)| *id == entry.id))
}

/// What the server refuses a change for.
fn refused(why: &Sentence) -> Refusal {
    match (why.id, why.text("said")) {
        ("redmine-forbidden", _) => not_taken(Because::Forbidden, ""),
        (_, Some(said)) if !said.is_empty() => not_taken(Because::Said, said),
        (_, Some(_) | None) => not_taken(Because::Said, "?"),
    }
}
