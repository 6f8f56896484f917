//! [`Effect`]: what `update` wants of the world, in the imperative. `runtime` carries it out.

use jiff::{Timestamp, civil::Date};

use super::{hand_over::Order, msg::Ticket, saved::SavedView};
use crate::domain::{
    amendment::Amendment,
    answer::Filter,
    ask::Reply,
    entry::Entry,
    glance::PlanAt,
    id::{EntryId, ItemId},
    look::Look,
    sentence::Sentence,
    text::Text,
    waiting::Decision,
};

/// A wish.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask every source how its plans stand; each answers by a `Msg::PlansSeen` of its own.
    LookAround {
        /// The number of this question.
        ticket: Ticket,
    },
    /// Leave this plan for another one.
    SwitchTo(PlanAt),
    /// Ask for what the source said before this program was started; answered by `Msg::Recalled`.
    Recall,
    /// Give up the fetch that is under way.
    StopFetch,
    /// The whole that was fetched last is good: it may be remembered.
    Keep,
    /// Ask the source what is new; answered by `Msg::Fetched`.
    Fetch {
        /// The number of this question.
        ticket: Ticket,
        /// The cursor one has; none for the first time.
        cursor: Option<u64>,
    },
    /// Ask what was true at an instant; answered by `Msg::DayFetched`.
    FetchDay {
        /// The number of this question.
        ticket: Ticket,
        /// The end of the day.
        instant: Timestamp,
    },
    /// Ask how every item stood at the end of each week before a day; answered by `Msg::PastFetched`.
    FetchPast {
        /// The number of this question.
        ticket: Ticket,
        /// The day.
        day: Date,
    },
    /// Ask for an item's history; answered by `Msg::HistoryFetched`.
    FetchHistory {
        /// The item.
        item: ItemId,
        /// Only what was recorded by then, where another day is shown.
        until: Option<Timestamp>,
    },
    /// Ask for a page of the journal; answered by `Msg::JournalFetched`.
    FetchJournal {
        /// The number of this question.
        ticket: Ticket,
        /// Which entries.
        filter: Filter,
    },
    /// Ask for what was recorded since the last look; answered by `Msg::ChangesFetched`.
    FetchChanges {
        /// The number of this question.
        ticket: Ticket,
        /// Which entries.
        filter: Filter,
    },
    /// Keep that the first steps need not be shown again.
    KeepFirstSteps,
    /// Keep that everything was seen by then; where that does not work, `Msg::LookLost` says so.
    KeepLook(Look),
    /// Give ids to these drafts and hand them in as one batch; answered by `Msg::Acted`.
    Act {
        /// The number of this act.
        ticket: Ticket,
        /// The entries, their ids still to be made.
        drafts: Vec<Entry>,
    },
    /// Write letters about these items, each at its rung; answered by `Msg::MailComposed`.
    ComposeMail {
        /// The items.
        items: Vec<(ItemId, u8)>,
    },
    /// Send the letters written last; each answered by `Msg::MailPosted`, all by `Msg::MailEnded`.
    SendMail,
    /// Send no further letter.
    StopMail,
    /// Take back these acts if they were not sent yet; answered by `Msg::Withdrawn`.
    Withdraw {
        /// The number of this step.
        ticket: Ticket,
        /// The acts.
        ids: Vec<EntryId>,
    },
    /// Decide on a card; answered by `Msg::Decided`.
    Decide {
        /// The card's act.
        id: EntryId,
        /// How.
        decision: Decision,
    },
    /// Answer what the source asks; answered by `Msg::Replied`.
    Reply {
        /// Which question.
        id: EntryId,
        /// How.
        reply: Reply,
    },
    /// Send what waits now: the source is there again, or the user wants to see.
    SendNow,
    /// Lay down another wording of the plan; answered by `Msg::Amended`.
    Amend {
        /// The number of this act.
        ticket: Ticket,
        /// The wording, and why.
        amendment: Box<Amendment>,
    },
    /// Ask what was done at this desk, the newest first; answered by `Msg::StepsFetched`.
    FetchSteps {
        /// What it is asked for.
        direction: Direction,
    },
    /// Keep a view under a name, or forget the one of that name; answered by `Msg::ViewKept`.
    KeepView {
        /// The name.
        name: Text,
        /// What it shows; none to forget it.
        view: Option<SavedView>,
    },
    /// Write what is on the screen into a file; answered by `Msg::HandedOver`.
    HandOver {
        /// The number of this file.
        ticket: Ticket,
        /// Which.
        order: Order,
    },
    /// Put text into the clipboard, through the terminal (OSC 52).
    Copy(String),
    /// Have the terminal say something to whoever is not looking at it.
    Notify(Sentence),
    /// Show a page with the desktop's own program.
    OpenLink(String),
    /// Stop as Ctrl-Z does.
    Suspend,
    /// End.
    Quit,
}

/// The way through what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Back: the last step is to be taken back.
    Undo,
    /// Forth: what was taken back last is to come back.
    Redo,
}
