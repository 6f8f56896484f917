//! What the program says to the user: the notice in the footer, and everything said before (`:messages`).

use jiff::Timestamp;

use crate::domain::sentence::Sentence;

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

/// Something said.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// How much it matters.
    pub level: Level,
    /// What.
    pub sentence: Sentence,
    /// When.
    pub at: Timestamp,
}

/// Everything said, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    said: Vec<Said>,
    /// How many were said in all.
    count: usize,
    /// Is the last one still shown in the footer?
    pub showing: bool,
}

impl Messages {
    /// Says one more thing.
    pub fn say(&mut self, said: Said) {
        if self.said.len() == KEPT {
            self.said.remove(0);
        }
        self.said.push(said);
        self.count += 1;
        self.showing = true;
    }

    /// The last one, while it is shown.
    pub fn notice(&self) -> Option<&Said> {
        self.said.last().filter(|_| self.showing)
    }

    /// How many were said in all, those no longer kept among them.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Everything said, the newest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Said> + ExactSizeIterator {
        self.said.iter().rev()
    }
}
