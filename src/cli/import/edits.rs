//! [`edited`]: what was edited in a workbook this program wrote, brought into the plan in force. The workbook as it was written
//! is read in the same way as the edited one: only what differs between the two was edited, and nothing else is touched. What
//! was edited and is not taken in is told with its place.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::{
        agency::Agency,
        id::{AgencyId, ItemId, ProgrammeId, TaskId},
        plan::Plan,
        sentence::Sentence,
        snapshot::Snapshot,
        task::Task,
        text::{Text, fold_marks},
        title::Title,
    },
    sources::sheet::{looked::Looked, mapping::Field, reading::Unread},
    words::Words,
};

/// A workbook as it was written, and as it came back.
pub(super) struct Edits<'a> {
    /// The plan it is to be brought into, with what happened.
    pub(super) standing: &'a Snapshot,
    /// An untouched copy of the workbook.
    pub(super) written: &'a Looked,
    /// As it came back.
    pub(super) read: &'a Looked,
    /// In the language the workbook is in.
    pub(super) words: &'a Words,
    /// The untouched copy is what was written, word for word: the ledger knows all that was known then.
    pub(super) faithful: bool,
    /// It holds a part of the plan only: what is not in it was not taken out.
    pub(super) partial: bool,
}

/// The plan with the edits, and what was edited and is not in it.
pub(super) fn edited(edits: &Edits<'_>) -> (Plan, Vec<Unread>) {
    let mut plan = Plan::clone(&edits.standing.outline.plan);
    let mut left = Vec::new();
    edits.head(&mut left);
    edits.agencies(&mut plan, &mut left);
    edits.tasks(&mut plan, &mut left);
    edits.reports(&mut plan, &mut left);
    edits.campaigns(&mut plan, &mut left);
    edits.agencies_named(&mut plan);
    edits.agencies_gone(&mut plan, &mut left);
    edits.worked_out(&mut left);
    (plan, left)
}

impl Edits<'_> {
    /// The line above a table says what plan it is: that is not where its name is changed.
    fn head(&self, left: &mut Vec<Unread>) {
        for is in &self.read.tables {
            let was = self.written.tables.iter().find(|was| was.kind == is.kind);
            if was.is_some_and(|was| was.first != is.first) {
                let value = is.first.clone().unwrap_or_default();
                let why = Sentence::new("cli-import-head");
                left.push(Unread { sheet: is.sheet.clone(), row: 1, column: None, value, why });
            }
        }
    }

    fn tasks(&self, plan: &mut Plan, left: &mut Vec<Unread>) {
        let written: BTreeMap<&TaskId, &Task> =
            self.written.reading.plan.tasks.iter().map(|one| (&one.id, one)).collect();
        for read in &self.read.reading.plan.tasks {
            let record = format!("task:{}", read.id);
            let programme = self.programme(read.programme.as_ref(), plan);
            let there = plan.tasks.iter_mut().find(|one| one.id == read.id);
            match (written.get(&read.id), there) {
                (Some(was), Some(task)) => {
                    self.title(&mut task.title, &was.title, &read.title);
                    if !self.is_unclear(&record, &[Field::Agency]) {
                        self.take_agencies(&mut task.lead, &mut task.coordinating, was, read);
                    }
                    if !self.is_unclear(&record, &[Field::From, Field::Due, Field::Span]) {
                        take(&mut task.start, &was.start, &read.start);
                        if was.due != read.due || was.due_text != read.due_text {
                            task.due = read.due;
                            task.due_text = read.due_text.clone();
                        }
                    }
                    if was.programme != read.programme {
                        task.programme = programme;
                    }
                }
                (None, None) => plan.tasks.push(Task {
                    programme,
                    lead: self.who(&read.lead),
                    coordinating: read.coordinating.iter().map(|id| self.who(id)).collect(),
                    ..read.clone()
                }),
                (Some(_), None) => left.push(self.at(&record, None, gone(read.id.as_str()))),
                (None, Some(_)) => left.push(self.at(&record, None, came(read.id.as_str()))),
            }
        }
        let read: BTreeSet<&TaskId> = self.read.reading.plan.tasks.iter().map(|task| &task.id).collect();
        let gone = |task: &Task| !self.partial && written.contains_key(&task.id) && !read.contains(&task.id);
        plan.tasks.retain(|task| !gone(task) || self.stays(&ItemId::task(&task.id), task.id.as_str(), left));
    }

    fn take_agencies(&self, lead: &mut AgencyId, coordinating: &mut Vec<AgencyId>, was: &Task, is: &Task) {
        take(lead, &was.lead, &self.who(&is.lead));
        let is: Vec<AgencyId> = is.coordinating.iter().map(|id| self.who(id)).collect();
        take(coordinating, &was.coordinating, &is);
    }

    /// A row that is gone: what has a history stays, and that is said.
    pub(super) fn stays(&self, item: &ItemId, id: &str, left: &mut Vec<Unread>) -> bool {
        let stays = self.has_history(item);
        if stays {
            left.push(self.at(item.as_str(), None, Sentence::new("cli-import-history").with("id", id)));
        }
        stays
    }

    pub(super) fn has_history(&self, item: &ItemId) -> bool {
        self.standing.item(item).is_some_and(|item| item.state != Default::default())
    }

    /// Something is to be said of a cell of a record, or of its row; where that is gone, of the one that was written.
    pub(super) fn at(&self, record: &str, field: Option<Field>, why: Sentence) -> Unread {
        if let Some(line) = self.read.lines.get(record) {
            return line.unread(field, why);
        }
        let Some(line) = self.written.lines.get(record) else {
            return Unread { sheet: Text::default(), row: 0, column: None, value: Text::default(), why };
        };
        let said = line.unread(field, why);
        let written = self.words.with("cli-workbook-written", &[("sheet", said.sheet.as_str().into())]);
        Unread { sheet: Text::new(&written), value: Text::default(), ..said }
    }

    /// Can it not be told what one of these cells says? What is in the plan stays then; that it cannot be read is told.
    pub(super) fn is_unclear(&self, record: &str, fields: &[Field]) -> bool {
        let line = self.read.lines.get(record);
        line.is_some_and(|line| fields.iter().any(|field| line.unclear.contains(field)))
    }

    /// Which agency of the plan is meant: an id made of a name may be one it has under another id, or had under another name.
    pub(super) fn who(&self, id: &AgencyId) -> AgencyId {
        let read = &self.read.reading.plan.agencies;
        let written = &self.written.reading.plan.agencies;
        let has_row = self.read.lines.contains_key(format!("agency:{id}").as_str());
        let Some(named) = read.iter().find(|one| one.id == *id).filter(|_| !has_row) else { return id.clone() };
        let names =
            |agency: &Agency| -> Vec<String> { agency.short.all().chain(agency.name.all()).map(fold_marks).collect() };
        let called = names(named);
        let same = |agency: &&Agency| agency.id != *id && names(agency).iter().any(|name| called.contains(name));
        let known = written.iter().find(same).or_else(|| self.standing.outline.plan.agencies.iter().find(same));
        known.map_or_else(|| id.clone(), |agency| agency.id.clone())
    }

    /// The plan's programme of the name a workbook says; one of a new name is added.
    fn programme(&self, id: Option<&ProgrammeId>, plan: &mut Plan) -> Option<ProgrammeId> {
        let id = id?;
        let read = self.read.reading.plan.programmes.iter().find(|one| one.id == *id)?;
        let name = |title: &Title| fold_marks(title.get(self.words.language.tag));
        let named = name(&read.title);
        let same = plan.programmes.iter().find(|one| name(&one.title) == named || fold_marks(one.id.as_str()) == named);
        if let Some(same) = same {
            return Some(same.id.clone());
        }
        plan.programmes.push(read.clone());
        Some(id.clone())
    }

    /// A title in the workbook's language; those in others stay.
    pub(super) fn title(&self, title: &mut Title, was: &Title, is: &Title) {
        if was != is {
            retitle(title, self.words.language.tag, is);
        }
    }

    /// What the program works out is not read again.
    fn worked_out(&self, left: &mut Vec<Unread>) {
        if !self.faithful {
            return;
        }
        for (record, is) in &self.read.lines {
            let Some(was) = self.written.lines.get(record) else { continue };
            for (heading, value) in &is.worked_out {
                if was.worked_out.get(heading).is_some_and(|was| was != value) {
                    let said = is.unread(None, Sentence::new("cli-import-worked-out"));
                    left.push(Unread { column: Some(heading.clone()), value: value.clone(), ..said });
                }
            }
        }
    }
}

impl Edits<'_> {
    /// A status that was worded anew and says nothing else than it did.
    pub(super) fn only_worded(&self, record: &str) -> Option<Unread> {
        let lines = [self.written, self.read].map(|one| one.lines.get(record).filter(|_| self.faithful));
        let [Some(was), Some(is)] = lines else { return None };
        // Near or not is worked out by how many days one wants to be told before.
        let [soon, in_time] = ["cell-due-soon", "cell-in-time"].map(|id| fold_marks(&self.words.get(id)));
        let said = |text: &str| fold_marks(text).replace(&soon, &in_time);
        let same = said(was.cell(Field::Status)) == said(is.cell(Field::Status)) || is.unclear.contains(&Field::Status);
        (!same).then(|| is.unread(Some(Field::Status), Sentence::new("cli-import-same-status")))
    }
}

/// Changes a title in one language.
pub(super) fn retitle(title: &mut Title, language: &str, is: &Title) {
    let text = Text::new(is.get(language));
    match title {
        Title::Plain(plain) => *plain = text,
        Title::ByLanguage(texts) => {
            texts.insert(language.into(), text);
        }
    }
}

/// Takes what was edited.
pub(super) fn take<T: Clone + PartialEq>(field: &mut T, was: &T, is: &T) {
    if was != is {
        *field = is.clone();
    }
}

pub(super) fn gone(id: &str) -> Sentence {
    Sentence::new("cli-import-gone").with("id", id)
}

pub(super) fn came(id: &str) -> Sentence {
    Sentence::new("cli-import-there").with("id", id)
}
