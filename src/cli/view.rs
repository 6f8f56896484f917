//! [`View`]: the plan as a list asks for it: its source opened, its day, whose desk, which items.

use jiff::{Timestamp, ZonedDateTime};

use super::{
    arguments::Asked,
    day, days,
    exit::Stop,
    facts::Seen,
    opened::{self, Opened},
    output,
    session::Session,
    workbook,
};
use crate::domain::{
    answer::Fetched,
    failure::Failure,
    id::ActorId,
    item::{Index, Item},
    lookup::Lookup,
    nearest::nearest,
    query::{Desk, Matcher, Query},
    sentence::Sentence,
    snapshot::Snapshot,
    status::Today,
};
use crate::sources::Remembered;

/// A plan on a day, and what was asked of it.
pub(super) struct View {
    pub opened: Opened,
    pub snapshot: Snapshot,
    /// Where the source is not reached: how old this is, and why.
    pub old: Option<Old>,
    pub today: Today,
    /// The instant that is shown.
    pub at: Timestamp,
    /// The agency asked for.
    pub agency: Option<Index>,
    lookup: Lookup,
    desk: Desk,
    query: Query,
}

impl View {
    /// Opens the source and looks at what was asked for. A date, an agency or a filter that is not understood is a usage
    /// error with the nearest that would be.
    pub(super) async fn of(session: &Session, asked: &Asked) -> anyhow::Result<Self> {
        let query = Query::parse(asked.filter.as_deref().unwrap_or_default());
        if let Some(problem) = query.problems.first() {
            return Err(Stop::usage(session.words.say(problem)));
        }
        let opened = opened::open(session).await?;
        let (snapshot, mut old) = whole(&opened).await?;
        if let Some((why, Some(at))) = workbook::tell(session, opened.source.as_ref()) {
            old = old.or(Some(Old { at, why }));
        }
        if let Some(old) = &old {
            old.tell(session, &snapshot);
        }
        days::settle(session, &opened).await;
        View::look(session, asked, query, (opened, snapshot, old)).await
    }

    /// The same plan as it is now; what it says cannot be asked for anew is told once.
    pub(super) async fn again(self, session: &Session, asked: &Asked) -> anyhow::Result<Self> {
        let View { mut opened, mut snapshot, old: before, query, .. } = self;
        let heard = opened.now;
        if !opened.built_in {
            opened.now = Timestamp::now();
        }
        let mut old = None;
        match opened.source.fetch(Some(snapshot.cursor)).await {
            Ok(Fetched::Unchanged) => {}
            Ok(Fetched::Entries(delta)) => drop(snapshot.apply_delta(delta)),
            Ok(Fetched::Whole(whole)) => {
                opened.source.keep();
                snapshot = *whole;
            }
            Err(why @ Failure::Offline(_)) => {
                old = Some(Old { at: before.as_ref().map_or(heard, |before| before.at), why });
            }
            Err(failure) => return Err(failure.into()),
        }
        if let Some((why, Some(at))) = workbook::tell(session, opened.source.as_ref()) {
            old = old.or(Some(Old { at, why }));
        }
        match (&before, &old) {
            (None, Some(old)) => old.tell(session, &snapshot),
            (Some(_), None) => output::complain(&format!("tiendo: {}", session.words.get("cli-watch-back"))),
            (None, None) | (Some(_), Some(_)) => {}
        }
        days::settle(session, &opened).await;
        View::look(session, asked, query, (opened, snapshot, old)).await
    }

    async fn look(
        session: &Session,
        asked: &Asked,
        query: Query,
        (opened, mut snapshot, old): (Opened, Snapshot, Option<Old>),
    ) -> anyhow::Result<Self> {
        let mut at = opened.now;
        if let Some(typed) = &asked.at {
            let end = day::end_of(typed, &snapshot.outline.zone, opened.now);
            let no_date = || Stop::usage(session.words.with("cli-no-date", &[("typed", typed.as_str().into())]));
            at = end.ok_or_else(no_date)?;
            snapshot = opened.source.at(at).await?;
        }
        let date = at.to_zoned_datetime(snapshot.outline.zone.clone()).date();
        if let Some(kept_on) = snapshot.kept_on.filter(|kept_on| *kept_on != date) {
            output::complain(&session.words.say(&Sentence::new("said-kept-day").with("date", kept_on)));
        }
        let outline = &snapshot.outline;
        let today = Today::new(date, session.config.due_soon_working_days, &outline.calendar);
        let agency = asked.agency.as_deref().map(|id| named_agency(session, &snapshot, id)).transpose()?;
        let seat = session.config.agency.as_ref().and_then(|id| outline.agency(id.as_str()));
        let desk = Desk { agency: seat, me: Some(me(session, &opened)) };
        let lookup = Lookup::new(outline, session.tag());
        if let Some(stranger) = query.stranger(&snapshot, &lookup) {
            return Err(Stop::usage(session.words.say(&stranger)));
        }
        Ok(View { opened, snapshot, old, today, at, agency, lookup, desk, query })
    }

    /// Who signs what is done.
    pub(super) fn me(&self, session: &Session) -> ActorId {
        me(session, &self.opened)
    }

    /// The items that were asked for, in the plan's order.
    pub(super) fn items(&self) -> Vec<&Item> {
        let matcher = self.matcher();
        self.snapshot.items.iter().filter(|item| self.is_asked_for(&matcher, item)).collect()
    }

    /// Was the item asked for? `matcher` is the filter, prepared.
    pub(super) fn is_asked_for(&self, matcher: &Matcher<'_>, item: &Item) -> bool {
        self.agency.is_none_or(|agency| item.agency == agency) && matcher.item(item)
    }

    /// The filter, prepared.
    pub(super) fn matcher(&self) -> Matcher<'_> {
        Matcher::new(&self.query, &self.snapshot.outline, &self.lookup, &self.desk, self.today)
    }

    /// Was only a part of the plan asked for?
    pub(super) fn is_partial(&self) -> bool {
        self.agency.is_some() || !self.query.is_empty()
    }

    /// The agency of that id; else a usage error with the nearest there is.
    pub(super) fn named_agency(&self, session: &Session, id: &str) -> anyhow::Result<Index> {
        named_agency(session, &self.snapshot, id)
    }

    /// What facts are told of.
    pub(super) fn seen(&self) -> Seen<'_> {
        Seen { snapshot: &self.snapshot, today: self.today }
    }

    /// The place of an agency in the language's order.
    pub(super) fn rank(&self, agency: Index) -> u32 {
        self.lookup.agencies.rank(agency)
    }

    /// Is it sample data?
    pub(super) fn is_sample(&self) -> bool {
        self.snapshot.outline.plan.sample
    }

    /// The instant that is shown, in the plan's zone.
    pub(super) fn zoned(&self) -> ZonedDateTime {
        self.at.to_zoned_datetime(self.snapshot.outline.zone.clone())
    }
}

/// Who signs: whom the source takes us for, else whom the config names.
fn me(session: &Session, opened: &Opened) -> ActorId {
    opened.source.signs().unwrap_or_else(|| session.config.me.clone())
}

/// Everything as it stands now; where the source is not reached, as it was last said, and why it is not newer.
pub(super) async fn whole(opened: &Opened) -> anyhow::Result<(Snapshot, Option<Old>)> {
    let source = &opened.source;
    let Some(Remembered { mut snapshot, at }) = source.recall().await else {
        let Fetched::Whole(snapshot) = source.fetch(None).await? else {
            return Err(Failure::Unreadable(Sentence::new("source-not-whole")).into());
        };
        source.keep();
        return Ok((*snapshot, None));
    };
    match source.fetch(Some(snapshot.cursor)).await {
        Ok(Fetched::Unchanged) => {}
        Ok(Fetched::Entries(delta)) => drop(snapshot.apply_delta(delta)),
        Ok(Fetched::Whole(whole)) => {
            source.keep();
            snapshot = *whole;
        }
        Err(why @ Failure::Offline(_)) => return Ok((snapshot, Some(Old { at, why }))),
        Err(failure) => return Err(failure.into()),
    }
    Ok((snapshot, None))
}

/// What was shown is not what the source says now.
#[derive(Clone, Debug)]
pub(super) struct Old {
    /// When it said it.
    pub at: Timestamp,
    /// Why it says nothing newer.
    pub why: Failure,
}

impl Old {
    /// Says on the error output that what is printed is old, how old, and why.
    fn tell(&self, session: &Session, snapshot: &Snapshot) {
        let when = self.at.to_zoned_datetime(snapshot.outline.zone.clone());
        let when = format!("{} {:02}:{:02}", session.words.date(when.date()), when.hour(), when.minute());
        let args = [("when", when.into()), ("why", session.words.say(self.why.why()).into())];
        output::complain(&format!("tiendo: {}", session.words.with("cli-from-cache", &args)));
    }
}

fn named_agency(session: &Session, snapshot: &Snapshot, id: &str) -> anyhow::Result<Index> {
    let outline = &snapshot.outline;
    let by_case = || outline.agencies.iter().position(|agency| agency.id.as_str().eq_ignore_ascii_case(id));
    let found = outline.agency(id).or_else(|| Index::try_from(by_case()?).ok());
    found.ok_or_else(|| {
        let near = nearest(id, outline.agencies.iter().map(|agency| agency.id.as_str()));
        Stop::usage(session.words.say(&Sentence::new("cli-no-such-agency").with("agency", id).near(near)))
    })
}
