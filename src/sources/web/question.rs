//! [`Question`]: what a server is asked.

use reqwest::Method;
use serde::Serialize;

use super::verdict::unreadable;
use crate::domain::failure::Failure;

/// What is asked.
#[derive(Debug, Default)]
pub(in crate::sources) struct Question {
    pub(super) method: Method,
    pub(super) path: Vec<String>,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Option<Vec<u8>>,
    pub(super) unless: Option<String>,
    pub(super) since: Option<String>,
    pub(super) matching: Option<String>,
    pub(super) large: bool,
    pub(super) patient: bool,
}

impl Question {
    pub(in crate::sources) fn get(path: impl Into<Vec<String>>) -> Self {
        Question { path: path.into(), ..Question::default() }
    }

    pub(in crate::sources) fn send(
        method: &str,
        path: impl Into<Vec<String>>,
        body: &impl Serialize,
    ) -> Result<Self, Failure> {
        let body = serde_json::to_vec(body).map_err(|error| unreadable("JSON", &error.to_string()))?;
        let method = Method::from_bytes(method.as_bytes()).unwrap_or_default();
        Ok(Question { method, path: path.into(), body: Some(body), ..Question::default() })
    }

    pub(in crate::sources) fn with(self, query: Vec<(&'static str, String)>) -> Self {
        Question { query, ..self }
    }

    /// What is asked, by its path and its terms.
    pub(in crate::sources) fn name(&self) -> String {
        let terms: Vec<String> = self.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("{}?{}", self.path.join("/"), terms.join("&"))
    }

    /// Its answer may be large: it takes as long as something comes, and tells how far it has come.
    pub(in crate::sources) fn large(self) -> Self {
        Question { large: true, ..self }
    }

    /// It may take long until something comes: that nothing does tells nothing of the server.
    pub(in crate::sources) fn patient(self) -> Self {
        Question { patient: true, ..self }
    }

    /// Not where what we have bears this tag.
    pub(in crate::sources) fn unless(self, tag: Option<String>) -> Self {
        Question { unless: tag, ..self }
    }

    /// Only where it was changed since then, in the server's words.
    pub(in crate::sources) fn since(self, modified: Option<String>) -> Self {
        Question { since: modified, ..self }
    }

    /// Only where what stands there bears this tag.
    pub(in crate::sources) fn matching(self, tag: &str) -> Self {
        Question { matching: Some(format!("\"{tag}\"")), ..self }
    }
}
