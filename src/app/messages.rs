//! What the program says to the user: the notice in the footer, and everything said before (`:messages`).

use jiff::Timestamp;

use crate::{
    domain::{failure::Failure, text::Text},
    panels::cell::Word,
};

/// How many are kept.
const KEPT: usize = 500;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Good to know.
    Info,
    /// Something did not work.
    Error,
}

/// Something said: words by id, with what goes into their places.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// How much it matters.
    pub level: Level,
    /// The words.
    pub word: Word,
    /// What goes into their places.
    pub args: Vec<(&'static str, SaidArg)>,
    /// When; set by the model.
    pub at: Timestamp,
}

/// What goes into a place.
#[derive(Clone, Debug, PartialEq)]
pub enum SaidArg {
    /// A count.
    Number(i64),
    /// Clean text.
    Text(Text),
    /// Words by id.
    Word(Word),
}

/// Everything said, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    said: Vec<Said>,
    /// Is the last one still shown in the footer?
    pub showing: bool,
}

impl Said {
    /// Words without places.
    pub fn new(level: Level, word: Word) -> Self {
        Said { level, word, args: Vec::new(), at: Timestamp::UNIX_EPOCH }
    }

    /// With something in a place.
    pub fn with(mut self, name: &'static str, arg: SaidArg) -> Self {
        self.args.push((name, arg));
        self
    }

    /// A failure in plain words, with what helps.
    pub fn of_failure(failure: &Failure) -> Self {
        let (word, detail) = match failure {
            Failure::Offline(detail) => ("failure-offline", detail),
            Failure::Denied(detail) => ("failure-denied", detail),
            Failure::Refused(detail) => ("failure-refused", detail),
            Failure::Unreadable(detail) => ("failure-unreadable", detail),
        };
        Said::new(Level::Error, Word(word)).with("detail", SaidArg::Text(detail.clone()))
    }
}

impl Messages {
    /// Says one more thing.
    pub fn say(&mut self, said: Said) {
        if self.said.len() == KEPT {
            self.said.remove(0);
        }
        self.said.push(said);
        self.showing = true;
    }

    /// The last one, while it is shown.
    pub fn notice(&self) -> Option<&Said> {
        self.said.last().filter(|_| self.showing)
    }

    /// Everything said, the newest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Said> + ExactSizeIterator {
        self.said.iter().rev()
    }
}
