//! How an issue stands: its status as a base state, the days of it, and what its journals add.

use jiff::{Timestamp, civil::Date};

use super::{book::Token, history::Details, plan::Laying, wire::Issue};
use crate::domain::{
    id::ActorId,
    item::{ByDay, Kind, Rare, State},
    status::Base,
    text::Text,
};

impl Laying<'_> {
    pub(super) fn state(&self, issue: &Issue, kind: Kind) -> State {
        let mapping = self.mapping;
        let base = mapping.base(&issue.status, kind);
        let details = self.details(issue);
        let handed_in = matches!(base, Base::Done | Base::AwaitingConfirmation).then(|| {
            let closed = issue.closed_on.filter(|_| mapping.is_closed(&issue.status)).map(|at| self.day(at));
            let told = issue.day(mapping.received).or_else(|| details?.handed_in.map(|at| self.day(at)));
            told.or(closed).unwrap_or_else(|| self.day(issue.updated_on))
        });
        let has_children = self.known.parents.contains(&issue.id);
        let mut state = State {
            base,
            progress: issue.done_ratio.unwrap_or_default().min(100),
            handed_in,
            acknowledged: self.acknowledged(issue),
            notes: details.map_or(0, |details| details.notes),
            last: Some(Token::of(issue, mapping, has_children).id()),
            ..State::default()
        };
        let extensions = self.extensions(issue);
        if extensions > 0 {
            let reason = details.and_then(|details| details.extension_reason.clone());
            let extended_to = self.extended_to(issue);
            state.rare = Rare { extensions, extended_to, extension_reason: reason, ..Rare::default() }.into();
        }
        if let Some(details) = details.filter(|details| details.returns > 0) {
            (state.returns, state.reason) = (details.returns, details.reason.clone());
        }
        state
    }

    fn acknowledged(&self, issue: &Issue) -> Vec<ByDay> {
        let by_day = |by: &str, at| ByDay { by: ActorId::from(by), on: self.day(at) };
        let told = self.details(issue).and_then(|details| details.acknowledged.clone());
        match issue.said(self.mapping.acknowledged).map(Text::as_str) {
            Some("1") => vec![told.map_or_else(|| by_day("Redmine", issue.created_on), |(by, at)| by_day(&by, at))],
            // Where there is no such field the note of whoever saw to it tells.
            None => told.map(|(by, at)| by_day(&by, at)).into_iter().collect(),
            Some(_) => Vec::new(),
        }
    }

    fn details(&self, issue: &Issue) -> Option<&Details> {
        self.known.details.get(&issue.id)
    }

    fn extensions(&self, issue: &Issue) -> u16 {
        let counted = issue.said(self.mapping.extensions).and_then(|said| said.parse().ok());
        counted.or_else(|| self.details(issue).map(|details| details.extensions)).unwrap_or(0)
    }

    pub(super) fn extended_to(&self, issue: &Issue) -> Option<Date> {
        issue.due_date.filter(|_| self.extensions(issue) > 0)
    }

    /// The day it was due at first, as far as that is known.
    pub(super) fn original(&self, issue: &Issue) -> Option<Date> {
        let first = self.details(issue).and_then(|details| details.first_due);
        if self.extensions(issue) > 0 { first.or(issue.due_date) } else { issue.due_date }
    }

    pub(super) fn day(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }
}
