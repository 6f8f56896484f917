//! [`Problem`]: what went wrong with a request (RFC 9457), for a program by its kind, for a person in a sentence and what to do
//! next.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::domain::text::Text;

/// What comes before the word of a kind in `type`.
const URN: &str = "urn:tiendo:problem:";

/// The body of an answer that is no success, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// Which one.
    #[serde(rename = "type")]
    pub kind: ProblemKind,
    /// What it is, in the language asked for.
    #[serde(default)]
    pub title: Text,
    /// The status of the answer.
    pub status: u16,
    /// What happened this time.
    #[serde(default)]
    pub detail: Text,
    /// What to do about it.
    #[serde(default)]
    pub next: Text,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $status:literal;)*) => {
        /// What can go wrong.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(from = "Text", into = "Text")]
        pub enum ProblemKind {
            $($(#[$doc])* $name,)*
            /// One this version does not know.
            Other(Text),
        }

        impl ProblemKind {
            /// Those this version knows.
            pub const KNOWN: &'static [ProblemKind] = &[$(ProblemKind::$name,)*];

            /// Its word.
            pub fn as_str(&self) -> &str {
                match self {
                    $(ProblemKind::$name => $word,)*
                    ProblemKind::Other(word) => word,
                }
            }

            /// The status of an answer that says it.
            pub fn status(&self) -> u16 {
                match self {
                    $(ProblemKind::$name => $status,)*
                    ProblemKind::Other(_) => 500,
                }
            }
        }
    };
}

kinds! {
    /// Something in the address or the headers cannot be read.
    BadRequest = "bad-request", 400;
    /// No token came.
    TokenMissing = "token-missing", 401;
    /// The token is not known, or was revoked.
    TokenUnknown = "token-unknown", 401;
    /// The token's time is over.
    TokenExpired = "token-expired", 401;
    /// The token's role may not do this.
    NotAllowed = "not-allowed", 403;
    /// There is no such plan, or none this token may see.
    NoSuchPlan = "no-such-plan", 404;
    /// There is no such item, or none this token may see.
    NoSuchItem = "no-such-item", 404;
    /// There is nothing at this address.
    NoSuchAddress = "no-such-address", 404;
    /// Nothing at this address goes by that method.
    NoSuchMethod = "no-such-method", 405;
    /// The request came too slowly.
    TooSlow = "too-slow", 408;
    /// The cursor is of another journal, or from the future: fetch the snapshot.
    CursorUnknown = "cursor-unknown", 410;
    /// Somebody else amended the plan meanwhile.
    AmendedMeanwhile = "amended-meanwhile", 412;
    /// The request is too large.
    TooLarge = "too-large", 413;
    /// The body cannot be read.
    Unreadable = "unreadable", 422;
    /// It was understood, and is not done.
    Refused = "refused", 422;
    /// It must say which revision it amends.
    IfMatchNeeded = "if-match-needed", 428;
    /// Too many requests: `Retry-After` says when to come again.
    TooMany = "too-many", 429;
    /// What is stored cannot be read.
    Broken = "broken", 500;
    /// The ledger cannot be reached now.
    Unreached = "unreached", 503;
    /// The server is stopping.
    Stopping = "stopping", 503;
    /// As many event streams are open as may be.
    StreamsFull = "streams-full", 503;
}

impl From<Text> for ProblemKind {
    fn from(said: Text) -> Self {
        let word = said.strip_prefix(URN).unwrap_or(&said);
        let known = ProblemKind::KNOWN.iter().find(|kind| kind.as_str() == word);
        known.cloned().unwrap_or_else(|| ProblemKind::Other(Text::new(word)))
    }
}

impl From<ProblemKind> for Text {
    fn from(kind: ProblemKind) -> Text {
        Text::new(&format!("{URN}{}", kind.as_str()))
    }
}

impl JsonSchema for ProblemKind {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ProblemKind".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let known: Vec<Text> = ProblemKind::KNOWN.iter().cloned().map(Text::from).collect();
        json_schema!({ "type": "string", "format": "uri", "examples": known })
    }
}
