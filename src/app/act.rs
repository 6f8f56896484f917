//! [`Act`]: what was done in one step, and the words that say so.

use super::action::Action;
use crate::{domain::deed::Deed, panels::cell::Word};

/// What an act is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A deed.
    Deed(Deed),
    /// A case opened.
    Open,
    /// A step taken back.
    Undo,
    /// A step brought back.
    Redo,
}

impl Act {
    /// The id of the words that say it was done.
    pub fn did(self) -> Word {
        Word(match self {
            Act::Open => "did-open",
            Act::Undo => "did-undo",
            Act::Redo => "did-redo",
            Act::Deed(Deed::Acknowledge) => "did-acknowledge",
            Act::Deed(Deed::Remind) => "did-remind",
            Act::Deed(Deed::Extend) => "did-extend",
            Act::Deed(Deed::Done) => "did-done",
            Act::Deed(Deed::SendBack) => "did-send-back",
            Act::Deed(Deed::Escalate) => "did-escalate",
            Act::Deed(Deed::Snooze) => "did-snooze",
            Act::Deed(Deed::Note) => "did-note",
            Act::Deed(Deed::Progress) => "did-progress",
            Act::Deed(Deed::Assign) => "did-assign",
            Act::Deed(Deed::Submit) => "did-submit",
            Act::Deed(Deed::RequestExtension) => "did-request-extension",
            Act::Deed(Deed::Decline) => "did-decline",
            Act::Deed(Deed::Exempt) => "did-exempt",
            Act::Deed(Deed::Pause) => "did-pause",
            Act::Deed(Deed::Resume) => "did-resume",
            Act::Deed(Deed::Cancel) => "did-cancel",
        })
    }

    /// The id of its words.
    pub fn word(self) -> Word {
        match self {
            Act::Deed(deed) => Action::begin(deed).word(),
            Act::Open => Action::OpenCase.word(),
            Act::Undo => Action::Undo.word(),
            Act::Redo => Action::Redo.word(),
        }
    }
}
