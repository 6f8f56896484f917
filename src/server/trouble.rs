//! [`Trouble`]: why a request is not answered with what it asked for. In which language it is said is decided at the front
//! (`front.rs`), where the problem document is written.

use std::time::Duration;

use axum::{http::StatusCode, response::Response};

use crate::{
    domain::{failure::Failure, sentence::Sentence, text::Text},
    wire::{Problem, ProblemKind},
    words::Words,
};

/// What a request comes to where it fails.
pub(super) type Outcome = Result<Response, Trouble>;

/// Why a request fails.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    pub(super) kind: ProblemKind,
    /// What it is this time.
    pub(super) detail: Option<Sentence>,
    /// When trying again may help.
    pub(super) again: Option<Duration>,
}

impl Trouble {
    pub(super) fn new(kind: ProblemKind) -> Self {
        Trouble { kind, detail: None, again: None }
    }

    pub(super) fn with(self, detail: Sentence) -> Self {
        Trouble { detail: Some(detail), ..self }
    }

    pub(super) fn again(self, after: Duration) -> Self {
        Trouble { again: Some(after), ..self }
    }

    /// A parameter, header or body that cannot be read, with what a library says of it.
    pub(super) fn of(kind: ProblemKind, place: &str, said: &impl std::fmt::Display) -> Self {
        let detail = Sentence::new("problem-place").with("place", place).with("said", said.to_string());
        Trouble::new(kind).with(detail)
    }

    pub(super) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// As a document in a language.
    pub(super) fn said(&self, words: &Words) -> Problem {
        let id = format!("problem-{}", self.kind.as_str());
        let title = Text::new(&words.get(&id));
        let detail = self.detail.as_ref().map(|detail| Text::new(&words.say(detail)));
        Problem {
            status: self.kind.status(),
            kind: self.kind.clone(),
            detail: detail.unwrap_or_else(|| title.clone()),
            title,
            next: Text::new(&words.get(&format!("{id}-next"))),
        }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(why) if why.id == "ledger-no-such-plan" => Trouble::new(ProblemKind::NoSuchPlan).with(why),
            Failure::Refused(why) if why.id == "refusal-amended-meanwhile" => {
                Trouble::new(ProblemKind::AmendedMeanwhile)
            }
            Failure::Refused(why) => Trouble::new(ProblemKind::Refused).with(why),
            // What is wrong with the ledger's file is for the log, not for everybody.
            Failure::Offline(why) => {
                tracing::error!(%why, "the ledger is not reached");
                Trouble::new(ProblemKind::Unreached).again(Duration::from_secs(2))
            }
            Failure::Denied(why) | Failure::Unreadable(why) => {
                tracing::error!(%why, "the ledger is not read");
                Trouble::new(ProblemKind::Broken)
            }
        }
    }
}
