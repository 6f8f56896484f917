//! [`Title`]: the name of a thing in one or more languages.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::Text;

/// A name in one or more languages; in files a plain string, or a table by language (`{vi = "…", en = "…"}`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Title {
    /// The same in every language.
    Plain(Text),
    /// By language tag: `vi`, `en`.
    ByLanguage(BTreeMap<Box<str>, Text>),
}

impl Title {
    /// The name in `language`; where it has none, in the first language it has.
    pub fn get(&self, language: &str) -> &str {
        match self {
            Title::Plain(text) => text,
            Title::ByLanguage(texts) => {
                texts.get(language).or_else(|| texts.values().next()).map_or("", |text| text.as_str())
            }
        }
    }

    /// The name in every language it has, for search.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let (plain, texts) = match self {
            Title::Plain(text) => (Some(text), None),
            Title::ByLanguage(texts) => (None, Some(texts.values())),
        };
        plain.into_iter().chain(texts.into_iter().flatten()).map(Text::as_str)
    }

    /// Is there nothing to show?
    pub fn is_empty(&self) -> bool {
        self.all().all(str::is_empty)
    }
}

impl Default for Title {
    fn default() -> Self {
        Title::Plain(Text::default())
    }
}

impl From<&str> for Title {
    fn from(raw: &str) -> Self {
        Title::Plain(Text::new(raw))
    }
}
