//! [`Msg`]: facts, in the past tense. Everything that happens to the program comes to `update` as one of these.

use jiff::{SignedDuration, Timestamp};

use super::{
    action::Action,
    effect::Direction,
    hand_over::{Unwritten, Written},
    keys::Key,
    mail::{Posted, Preview},
    saved::SavedView,
};
use crate::domain::{
    amendment::Amendment,
    answer::{Fetched, LaidDown, Page},
    ask::{Ask, Reply},
    entry::Entry,
    failure::Failure,
    glance::Glance,
    heard::{Behind, Loading, Notice, Signed},
    id::{EntryId, ItemId},
    past::Past,
    sentence::Sentence,
    snapshot::Snapshot,
    text::Text,
    waiting::{Act, Acted, Answer, Decided, Decision, Withdrawal},
};

/// Which fetch an answer belongs to; an older one than the last asked for is let go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// A fact.
#[derive(Debug)]
pub enum Msg {
    /// A key went down.
    Pressed(Key),
    /// Text was pasted, as one piece.
    Pasted(String),
    /// A line was typed in answer to what was told, where there is no screen.
    Answered(String),
    /// What there is to tell was told, and the numbers in it.
    Told,
    /// The mouse did something.
    Pointed(Pointer),
    /// Something on the screen that only the drawing knows the place of (a tab) was clicked.
    Chosen(Action),
    /// The terminal has this size now, in cells.
    Resized {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// The plan's clock reached this instant.
    Ticked(Timestamp),
    /// The source says that something may have changed.
    SourceChanged,
    /// What the source said before this program was started, and when; nothing where nobody remembers.
    Recalled(Option<(Box<Snapshot>, Timestamp)>),
    /// A large answer has come so far.
    Loading(Loading),
    /// A source told how its plans stand, or could not.
    PlansSeen {
        /// Of which question.
        ticket: Ticket,
        /// The source's name; none for the ledger of this machine.
        source: Option<Text>,
        /// Its plans.
        result: Result<Vec<Glance>, Failure>,
    },
    /// The source told something beside what it was asked.
    Heard(News),
    /// A fetch ended.
    Fetched {
        /// Which one.
        ticket: Ticket,
        /// Its answer.
        result: Result<Fetched, Failure>,
    },
    /// What was true at the end of another day came.
    DayFetched {
        /// Which question it answers.
        ticket: Ticket,
        /// What was true; or why that cannot be told.
        result: Result<Box<Snapshot>, Failure>,
    },
    /// The weeks gone by came.
    PastFetched {
        /// Which question it answers.
        ticket: Ticket,
        /// How every item stood; or why that cannot be told.
        result: Result<Box<Past>, Failure>,
    },
    /// An item's history came.
    HistoryFetched {
        /// The item.
        item: ItemId,
        /// Its entries, newest first.
        result: Result<Page, Failure>,
    },
    /// A page of the journal came.
    JournalFetched {
        /// Which question it answers.
        ticket: Ticket,
        /// Its entries, newest first.
        result: Result<Page, Failure>,
    },
    /// What was recorded since the last look came.
    ChangesFetched {
        /// Which question it answers.
        ticket: Ticket,
        /// Its entries, newest first.
        result: Result<Page, Failure>,
    },
    /// A look could not be kept.
    LookLost(Failure),
    /// The local history has something to tell: it cannot be kept, or was damaged.
    HistoryTold(Sentence),
    /// An act was handed in.
    Acted {
        /// Which one.
        ticket: Ticket,
        /// Its entries, with their ids.
        entries: Vec<Entry>,
        /// What became of each; or why none of them got anywhere.
        result: Result<Vec<Acted>, Failure>,
    },
    /// The outbox was read: these acts are not confirmed.
    WaitingRead(Vec<Act>),
    /// Something happened on the way from the outbox to the source.
    Delivered(Delivered),
    /// Acts were to be taken back before they are sent.
    Withdrawn {
        /// Which step it was.
        ticket: Ticket,
        /// What became of each.
        result: Result<Vec<(EntryId, Withdrawal)>, Failure>,
    },
    /// What the source asks was answered.
    Replied {
        /// Which question.
        id: EntryId,
        /// How.
        reply: Reply,
        /// What came of it.
        result: Result<Decided, Failure>,
    },
    /// A card was decided on.
    Decided {
        /// How.
        decision: Decision,
        /// What came of it.
        result: Result<Decided, Failure>,
    },
    /// Letters were written.
    MailComposed(Preview),
    /// A letter was sent, or was not.
    MailPosted(Posted),
    /// No further letter is sent; why, where that was not asked for.
    MailEnded(Option<Sentence>),
    /// An amendment was handed in.
    Amended {
        /// Which one.
        ticket: Ticket,
        /// What it was.
        amendment: Box<Amendment>,
        /// What it came to.
        result: Result<LaidDown, Failure>,
    },
    /// What was done at this desk came.
    StepsFetched {
        /// What it was asked for.
        direction: Direction,
        /// The entries, newest first.
        result: Result<Page, Failure>,
    },
    /// A view was kept under a name, or forgotten.
    ViewKept {
        /// The name.
        name: Text,
        /// Was it to be forgotten?
        forgotten: bool,
        /// All that are kept now; or why that did not work.
        result: Result<Vec<(Text, SavedView)>, Sentence>,
    },
    /// A file was written with what was on the screen, or was not.
    HandedOver {
        /// Which one.
        ticket: Ticket,
        /// Where it is; or why it is not.
        result: Result<Written, Unwritten>,
    },
    /// The detail was scrolled past its end, which is at this line.
    DetailEnds(usize),
    /// Something asked of the machine did not work: copying, opening a link.
    Failed {
        /// What was asked.
        what: Action,
        /// Why not.
        why: Text,
    },
    /// The program was asked from outside to end.
    Ended,
}

/// What a source told beside what it was asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct News {
    /// So far its clock is ahead of this machine's, where that is too far.
    pub skew: Option<SignedDuration>,
    /// It wants to be left alone for so long.
    pub rests: Option<SignedDuration>,
    /// Its journal is another one than it was.
    pub went_back: bool,
    /// Whom it takes us for.
    pub signed: Option<Signed>,
    /// What is to be told.
    pub notices: Vec<Notice>,
    /// How it stands with what it is fed from.
    pub behind: Option<Behind>,
    /// What it asks.
    pub asks: Option<Vec<Ask>>,
}

/// What happened on the way from the outbox to the source.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivered {
    /// This became of acts that were sent.
    Settled(Vec<(EntryId, Answer)>),
    /// The source takes nothing now.
    Waits {
        /// Why.
        failure: Failure,
        /// When it is tried next; none where that is the user's.
        again: Option<Timestamp>,
    },
    /// The outbox itself cannot be used; it is tried again.
    Broken(Failure),
    /// Another instance sends.
    AnotherSends,
}

/// What the mouse did, in terminal cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// Column.
    pub x: u16,
    /// Row.
    pub y: u16,
    /// What.
    pub kind: Pointed,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointed {
    /// The left button went down.
    Click,
    /// It went down again at once.
    DoubleClick,
    /// The wheel turned away.
    WheelUp,
    /// The wheel turned towards.
    WheelDown,
}
