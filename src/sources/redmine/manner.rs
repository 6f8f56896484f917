//! How Redmine is spoken to: the key goes in a header of its own, and what a refusal means is told by its status. What it says is in
//! the language of the key's user: it is shown, never looked at.

use reqwest::header::HeaderMap;

use super::{
    super::web::{Manner, Reply, TokenFrom, refused},
    wire::Errors,
};
use crate::domain::{failure::Failure, sentence::Sentence};

pub(super) static MANNER: Manner = Manner {
    under: &[],
    shown: ("x-redmine-api-key", ""),
    says: "application/json",
    kind: "application/json",
    exact: false,
    answers: &[304],
    judge,
};

fn judge(status: u16, headers: &HeaderMap, said: Option<&Reply>, key: &TokenFrom) -> Failure {
    let of = |id| Sentence::new(id).with("status", usize::from(status));
    match status {
        401 => Failure::Denied(Sentence::new("redmine-denied").with("key", key_said(key))),
        403 => Failure::Refused(of("redmine-forbidden")),
        404 => Failure::Refused(of("redmine-none-there")),
        422 => {
            let errors = said.and_then(Reply::aside::<Errors>).map(|errors| errors.errors).unwrap_or_default();
            let errors: Vec<&str> = errors.iter().map(|error| error.trim()).filter(|error| !error.is_empty()).collect();
            Failure::Refused(of("redmine-invalid").with("said", errors.join(" · ")))
        }
        _ => refused(status, headers, None, key),
    }
}

/// Which key it is, for a person.
fn key_said(key: &TokenFrom) -> Sentence {
    match key {
        TokenFrom::Nowhere => Sentence::new("redmine-key-none"),
        TokenFrom::Command(_) => Sentence::new("redmine-key-command"),
        TokenFrom::File(path) => Sentence::new("redmine-key-file").with("file", path.display().to_string()),
        TokenFrom::Config(_) => Sentence::new("redmine-key-config"),
        TokenFrom::Variable(name, _) => Sentence::new("redmine-key-variable").with("name", *name),
        TokenFrom::Of(_, key) => key_said(key),
    }
}
