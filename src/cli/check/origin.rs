//! The source: opened, asked, and what waits to be sent to it.

use jiff::{Timestamp, tz::TimeZone};

use super::{
    findings::{Findings, What},
    plan,
};
use crate::{
    cli::{
        exit::{self, Exit},
        opened::{self, wait},
        outbox, said,
        session::Session,
    },
    domain::{
        answer::{Fetched, Filter},
        calendar::Calendar,
        failure::Failure,
        heard::Behind,
        sentence::Sentence,
    },
    planfile,
    store::outbox::Address,
};

/// What a source says of time.
pub(super) struct Clock {
    /// Its clock, and ours when it said so.
    pub told: Option<(Timestamp, Timestamp)>,
    /// When the newest entry of its journal was recorded.
    pub newest: Option<Timestamp>,
    /// The zone and the working days of its plan.
    pub zone: TimeZone,
    pub calendar: Calendar,
    /// Is it the sample, whose clock stands?
    pub built_in: bool,
}

/// Opens the source and reads the plan.
pub(super) fn look(findings: &mut Findings<'_>, session: &Session) -> Option<Clock> {
    let words = findings.words;
    let read = wait(async {
        let opened = opened::open(session).await;
        let here = opened.as_ref().ok().and_then(|opened| outbox::address(session, opened.source.as_ref()));
        waiting(findings, session, here).await;
        let opened = opened?;
        let fetched = opened.source.fetch(None).await?;
        let at = Timestamp::now();
        let newest = match opened.source.capabilities().journal {
            true => {
                let last = Filter { limit: Some(1), ..Filter::default() };
                opened
                    .source
                    .entries(&last)
                    .await
                    .ok()
                    .and_then(|page| page.entries.first().map(|one| one.recorded_at()))
            }
            false => None,
        };
        Ok((opened, fetched, at, newest))
    });
    let (opened, fetched, at, newest) = match read {
        Ok(read) => read,
        Err(error) => {
            let exit = exit::exit(&error);
            findings.bad(exit, What::Source, &said::error(words, &error)).mend(remedy(exit));
            return None;
        }
    };
    findings.good(What::Source, &opened.name);
    let heard = opened.source.heard();
    for notice in heard.notices {
        match notice.grave {
            true => drop(findings.doubtful(What::Source, &words.say(&notice.said))),
            false => findings.good(What::Source, &words.say(&notice.said)),
        }
    }
    if let Some(Behind::Unread { why, .. }) = heard.behind {
        let exit = match &why {
            Failure::Offline(_) => Exit::Unreachable,
            Failure::Denied(_) | Failure::Refused(_) => Exit::Refused,
            Failure::Unreadable(_) => Exit::Failed,
        };
        findings.bad(exit, What::Source, &words.say(why.why())).mend(remedy(exit));
    }
    let clock = match fetched {
        Fetched::Whole(snapshot) => {
            plan::counted(findings, session, &snapshot);
            let outline = &snapshot.outline;
            let told = heard.clock.map(|clock| (clock, at));
            let (zone, calendar) = (outline.zone.clone(), outline.calendar.clone());
            Some(Clock { told, newest, zone, calendar, built_in: opened.built_in })
        }
        Fetched::Unchanged | Fetched::Entries(_) => None,
    };
    if opened.built_in
        && let Ok(loaded) = planfile::sample()
    {
        plan::remarks(findings, &loaded);
    }
    clock
}

/// What helps where a source ends so.
fn remedy(exit: Exit) -> &'static str {
    match exit {
        Exit::Unreachable => "cli-mend-unreachable",
        Exit::Refused => "cli-mend-refused",
        Exit::Usage => "cli-mend-source",
        Exit::Failed | Exit::Done | Exit::Queued | Exit::Found | Exit::Ended(_) => "cli-mend-unreadable",
    }
}

/// What waits to be sent, to the source that is opened and to others.
async fn waiting(findings: &mut Findings<'_>, session: &Session, here: Option<Address>) {
    let words = findings.words;
    let found = match outbox::look(session, here.as_ref()).await {
        Ok(Some(found)) => found,
        Ok(None) => return,
        Err(failure) => {
            let said = Sentence::new("said-outbox-broken").with("why", failure.why().clone());
            findings.bad(Exit::Failed, What::Outbox, &words.say(&said));
            return;
        }
    };
    let count = i64::try_from(found.here).unwrap_or(i64::MAX);
    if here.is_some() || found.elsewhere.is_empty() {
        findings.good(What::Outbox, &words.with("cli-outbox-here", &[("count", count.into())]));
    }
    for said in found.told() {
        findings.doubtful(What::Outbox, &words.say(&said));
    }
}
