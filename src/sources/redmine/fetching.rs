//! What is new: the issues that changed since the last change that is known; everything, now and then, as what was deleted or moved
//! away is in no list of changes. Pages are offsets into a list that may move meanwhile: they go by number, each issue counts once,
//! and where their total does not hold they are read again.

use std::{
    collections::{BTreeMap, HashMap},
    pin::Pin,
    time::Duration,
};

use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use tokio::time::{Sleep, sleep};

use super::{
    super::web::{Client, Question, SMALL, unreadable},
    book::{Book, Known, parents},
    mapping::Mapping,
    options::RedmineOptions,
    plan::Frame,
    wire::{Issue, One, OneProject, Page, Project, Projects, Statuses, Trackers, Version, Versions, Whole},
};
use crate::domain::{failure::Failure, sentence::Sentence};

/// So many issues come at a time: the server gives no more.
const PAGE: usize = 100;
/// So many are read at most.
const MOST: usize = 200_000;
/// So many times a list that moves is read.
const TRIES: usize = 3;
/// Nothing new.
const NOT_CHANGED: u16 = 304;

/// What is known, and when all of it is read again.
#[derive(Default)]
pub(super) struct Desk {
    pub(super) book: Option<Book>,
    whole: Option<Pin<Box<Sleep>>>,
    /// The tags of what was answered last, by what was asked.
    tags: HashMap<String, String>,
    /// Issues whose journals are still to be read.
    pub(super) closer: bool,
    /// What was given last: what somebody remembers of another run may have been made of the same by other options.
    pub(super) given: Option<u64>,
}

/// Asks the server.
pub(super) struct Reader<'a> {
    pub(super) client: &'a Client,
    pub(super) project: &'a str,
    pub(super) options: &'a RedmineOptions,
    pub(super) frame: Frame<'a>,
}

impl Desk {
    fn is_whole_due(&mut self) -> bool {
        self.whole.as_mut().is_none_or(|wait| wait.now_or_never().is_some())
    }
}

impl Reader<'_> {
    /// Looks what is new. What was learned before something failed, or before nobody waited any more, is kept.
    pub(super) async fn look(&self, desk: &mut Desk) -> Result<(), Failure> {
        let is_first = desk.book.is_none();
        if is_first || desk.is_whole_due() || !self.read_since(desk).await? {
            self.read_all(desk).await?;
        }
        self.look_closer(desk, is_first).await
    }

    async fn read_all(&self, desk: &mut Desk) -> Result<(), Failure> {
        let root: OneProject =
            self.ask(["projects", &format!("{}.json", self.project)], vec![]).await.map_err(|failure| {
                let is_missing = failure.why().id == "redmine-none-there";
                let said = || Sentence::new("redmine-no-project").with("project", self.project);
                if is_missing { Failure::Refused(said()) } else { failure }
            })?;
        let statuses: Statuses = self.ask(["issue_statuses.json"], vec![]).await?;
        let trackers: Trackers = self.ask(["trackers.json"], vec![]).await?;
        let projects = self.projects().await?;
        desk.tags.clear();
        let versions = self.versions(desk).await?.unwrap_or_default();
        let issues = self.issues(vec![]).await?;
        let mut details = desk.book.as_ref().map(|book| book.known.details.clone()).unwrap_or_default();
        details.retain(|id, _| issues.contains_key(id));
        let known = Known {
            root: root.project,
            projects,
            statuses: statuses.issue_statuses,
            trackers: trackers.trackers,
            versions,
            parents: parents(&issues),
            issues,
            details,
        };
        let mapping = self.mapping(&known)?;
        match &mut desk.book {
            Some(book) if book.known == known && book.mapping == mapping => {}
            Some(book) => {
                (book.known, book.mapping) = (known, mapping);
                book.changed(&self.frame);
            }
            None => desk.book = Some(Book::new(known, mapping, &self.frame)),
        }
        desk.whole = Some(Box::pin(sleep(Duration::from_secs(self.options.full_every_min.max(1) * 60))));
        Ok(())
    }

    /// What changed since the last change that is known; false where something is met that was not there when all was read.
    async fn read_since(&self, desk: &mut Desk) -> Result<bool, Failure> {
        // Each answer is taken in before the next is waited for: the server is not asked for it again.
        if let Some(versions) = self.versions(desk).await?
            && let Some(book) = desk.book.as_mut().filter(|book| book.known.versions != versions)
        {
            book.known.versions = versions;
            self.lay_out(book)?;
        }
        let Some(since) = desk.book.as_ref().and_then(Book::since) else { return Ok(false) };
        let news = self.changed_since(since, desk).await?;
        let Some(book) = &mut desk.book else { return Ok(false) };
        let known = &mut book.known;
        let is_foreign = |issue: &Issue| {
            !known.trackers.iter().any(|tracker| tracker.id == issue.tracker.id)
                || !known.statuses.iter().any(|status| status.id == issue.status.id)
                || !known.projects.iter().chain([&known.root]).any(|project| project.id == issue.project.id)
        };
        if news.values().any(is_foreign) {
            return Ok(false);
        }
        let mut changes = false;
        for (id, issue) in news {
            changes |= known.issues.get(&id) != Some(&issue);
            known.issues.insert(id, issue);
        }
        if changes {
            self.lay_out(book)?;
        }
        Ok(true)
    }

    /// Lays out what is known now; by what was decided before, where the config no longer fits.
    fn lay_out(&self, book: &mut Book) -> Result<(), Failure> {
        let mapping = self.mapping(&book.known);
        let decided = mapping.map(|mapping| book.mapping = mapping);
        book.changed(&self.frame);
        decided
    }

    async fn changed_since(&self, since: Timestamp, desk: &mut Desk) -> Result<BTreeMap<u64, Issue>, Failure> {
        // Whole seconds and Z are all the server takes; one second more, as others may follow within the same one.
        let from = since.checked_sub(SignedDuration::from_secs(1)).unwrap_or(since);
        let from = Timestamp::from_second(from.as_second()).unwrap_or(from);
        let since = ("updated_on", format!(">={from}"));
        let question = self.page(0, vec![since.clone()]);
        match self.unless_known(question, desk).await? {
            None => Ok(BTreeMap::new()),
            Some(Page { issues, total_count }) if issues.len() >= total_count => {
                Ok(issues.into_iter().map(|issue| (issue.id, issue)).collect())
            }
            Some(_) => {
                // It is not all there yet: the next time it must not be told that nothing changed.
                desk.tags.remove(&self.page(0, vec![since.clone()]).name());
                self.issues(vec![since]).await
            }
        }
    }

    /// One issue, with what is asked for beside it.
    pub(super) async fn one(&self, id: u64, include: &str) -> Result<Whole, Failure> {
        let path = ["issues", &format!("{id}.json")];
        let one: One = self.ask(path, vec![("include", include.to_owned())]).await?;
        if one.issue.issue.id != id {
            return Err(unreadable("issue", &one.issue.issue.id.to_string()));
        }
        Ok(one.issue)
    }

    fn mapping(&self, known: &Known) -> Result<Mapping, Failure> {
        let issues = known.issues.values();
        Mapping::decide(self.options, &known.statuses, &known.trackers, &known.versions, issues)
            .map_err(Failure::Refused)
    }

    async fn projects(&self) -> Result<Vec<Project>, Failure> {
        let mut projects: BTreeMap<u64, Project> = BTreeMap::new();
        let mut offset = 0;
        loop {
            let query = vec![("limit", PAGE.to_string()), ("offset", offset.to_string())];
            let page: Projects = self.ask(["projects.json"], query).await?;
            let count = page.projects.len();
            offset += count;
            projects.extend(page.projects.into_iter().map(|project| (project.id, project)));
            if count == 0 || offset >= page.total_count || offset >= MOST {
                return Ok(projects.into_values().collect());
            }
        }
    }

    /// The versions where they are others than they were.
    async fn versions(&self, desk: &mut Desk) -> Result<Option<Vec<Version>>, Failure> {
        let path = ["projects".to_owned(), self.project.to_owned(), "versions.json".to_owned()];
        let versions: Option<Versions> = self.unless_known(Question::get(path), desk).await?;
        Ok(versions.map(|Versions { versions }| versions))
    }

    fn page(&self, offset: usize, more: Vec<(&'static str, String)>) -> Question {
        let mut query = vec![
            ("project_id", self.project.to_owned()),
            ("status_id", "*".to_owned()),
            ("sort", "id".to_owned()),
            ("limit", PAGE.to_string()),
            ("offset", offset.to_string()),
        ];
        query.extend(more);
        Question::get(["issues.json".to_owned()]).with(query)
    }

    /// Every issue that these terms let through.
    async fn issues(&self, terms: Vec<(&'static str, String)>) -> Result<BTreeMap<u64, Issue>, Failure> {
        for _ in 0..TRIES {
            let mut issues = BTreeMap::new();
            let (mut offset, mut total, mut holds) = (0, None, true);
            loop {
                let page: Page = self.client.ask(self.page(offset, terms.clone())).await?.read(SMALL).await?;
                holds &= *total.get_or_insert(page.total_count) == page.total_count;
                let count = page.issues.len();
                offset += count;
                issues.extend(page.issues.into_iter().map(|issue| (issue.id, issue)));
                if count == 0 || !holds || offset >= page.total_count || offset >= MOST {
                    break;
                }
            }
            // One fewer than there are: the list moved between two pages.
            if holds && total == Some(issues.len()) {
                return Ok(issues);
            }
        }
        Err(Failure::Unreadable(Sentence::new("redmine-restless")))
    }

    async fn ask<T, const N: usize>(&self, path: [&str; N], query: Vec<(&'static str, String)>) -> Result<T, Failure>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let question = Question::get(path.map(str::to_owned)).with(query);
        self.client.ask(question).await?.read(SMALL).await
    }

    /// The answer, where it is another one than the last to the same question.
    async fn unless_known<T>(&self, question: Question, desk: &mut Desk) -> Result<Option<T>, Failure>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let name = question.name();
        let reply = self.client.ask(question.unless(desk.tags.get(&name).cloned())).await?;
        if reply.status == NOT_CHANGED {
            return Ok(None);
        }
        let tag = reply.etag.clone();
        let read = reply.read(SMALL).await?;
        match tag {
            Some(tag) => desk.tags.insert(name, tag),
            None => desk.tags.remove(&name),
        };
        Ok(Some(read))
    }
}
