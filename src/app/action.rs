//! [`Action`]: what a key, the mouse or the palette can ask for.

use serde::{Deserialize, Serialize};

use crate::{
    domain::deed::Deed,
    panels::{cell::Word, view::ViewId},
};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// An intent. Its name in `config/keys.toml` and the palette is the word; `action-…` names it in `config/lang`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Action {
            $($(#[$doc])* $name,)*
        }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Action] = &[$(Action::$name,)*];

            /// Its name in files.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Action::$name => $word,)*
                }
            }

            /// The id of its words.
            pub fn word(self) -> Word {
                match self {
                    $(Action::$name => Word(concat!("action-", $word)),)*
                }
            }
        }
    };
}

actions! {
    /// One row up.
    Up = "up",
    /// One row down.
    Down = "down",
    /// To the first row.
    First = "first",
    /// To the last row.
    Last = "last",
    /// A page up.
    PageUp = "page-up",
    /// A page down.
    PageDown = "page-down",
    /// Half a page up.
    HalfPageUp = "half-page-up",
    /// Half a page down.
    HalfPageDown = "half-page-down",
    /// To the left: the column it is sorted by, back in time.
    Left = "left",
    /// To the right: the column it is sorted by, on in time.
    Right = "right",
    /// A page back in time.
    PageLeft = "page-left",
    /// A page on in time.
    PageRight = "page-right",
    /// Time shown larger.
    Closer = "closer",
    /// More time shown.
    Wider = "wider",
    /// Time shown as at first, with today in it.
    ShowNow = "show-now",
    /// The next panel.
    NextPanel = "next-panel",
    /// The panel before.
    PreviousPanel = "previous-panel",
    /// The overview.
    ShowOverview = "show-overview",
    /// The reports.
    ShowReports = "show-reports",
    /// The tasks.
    ShowTasks = "show-tasks",
    /// The campaigns.
    ShowCampaigns = "show-campaigns",
    /// The matrix.
    ShowMatrix = "show-matrix",
    /// The trend.
    ShowTrend = "show-trend",
    /// The journal.
    ShowJournal = "show-journal",
    /// The next view.
    NextView = "next-view",
    /// The view before.
    PreviousView = "previous-view",
    /// Drill into an agency or campaign, open an item's detail.
    Open = "open",
    /// One step back; never quits.
    Back = "back",
    /// Every deed, with its key or why it is not possible.
    Menu = "menu",
    /// I have seen it and am on it.
    Acknowledge = "acknowledge",
    /// Remind: the lower rungs of the ladder.
    Remind = "remind",
    /// Received, confirmed, done, ticked.
    Done = "done",
    /// A later due date.
    Extend = "extend",
    /// To be done again.
    SendBack = "send-back",
    /// Escalate: the upper rungs of the ladder.
    Escalate = "escalate",
    /// Out of my queue until a date.
    Snooze = "snooze",
    /// A remark.
    Note = "note",
    /// How far a task has come.
    Progress = "progress",
    /// Who deals with it.
    Assign = "assign",
    /// Handed in by the agency, to be confirmed.
    Submit = "submit",
    /// A later date the agency asks for.
    RequestExtension = "request-extension",
    /// A later date that is not granted.
    Decline = "decline",
    /// Not owed this time.
    Exempt = "exempt",
    /// Put off for the time being.
    Pause = "pause",
    /// Taken up again.
    Resume = "resume",
    /// Given up.
    Cancel = "cancel",
    /// Letters that arrived, one after the other.
    Arrivals = "arrivals",
    /// A case of a report that no calendar foresees.
    OpenCase = "open-case",
    /// Amend the task of the row.
    AmendTask = "amend-task",
    /// Amend the agency of the row.
    AmendAgency = "amend-agency",
    /// A task the plan does not have yet.
    AddTask = "add-task",
    /// Take back the last step.
    Undo = "undo",
    /// Bring back what was taken back last.
    Redo = "redo",
    /// The last deed again, on the row under the cursor.
    Repeat = "repeat",
    /// As it stood the day before.
    PreviousDay = "previous-day",
    /// As it stood the day after.
    NextDay = "next-day",
    /// As it stands today.
    Today = "today",
    /// What is different counts as seen.
    MarkSeen = "mark-seen",
    /// What is different.
    Changes = "changes",
    /// Type a filter.
    Filter = "filter",
    /// Choose agencies, programmes, statuses to filter by.
    Facets = "facets",
    /// Only what we coordinate.
    Coordinating = "coordinating",
    /// Choose the column to sort by.
    Sort = "sort",
    /// Turn the order round.
    Reverse = "reverse",
    /// Set the matrix against the other thing: periods, programmes.
    SwitchMatrix = "switch-matrix",
    /// Group by the next thing one can group by.
    Group = "group",
    /// Mark the row and go down.
    Mark = "mark",
    /// Mark from here to where one goes.
    MarkRange = "mark-range",
    /// Mark all in the filter.
    MarkAll = "mark-all",
    /// The panel alone on the screen, and back.
    Zoom = "zoom",
    /// Copy what the row shows.
    Copy = "copy",
    /// Open the row's link.
    OpenLink = "open-link",
    /// Fetch now.
    Refresh = "refresh",
    /// Give up an answer that is on its way.
    StopLoading = "stop-loading",
    /// Take what the source says, although much is gone in it.
    Accept = "accept",
    /// Type a command or choose an action.
    Palette = "palette",
    /// The keys.
    Help = "help",
    /// Acts that did not go through, to be decided on.
    Cards = "cards",
    /// What was said before.
    Messages = "messages",
    /// List other plans to switch to.
    Plans = "plans",
    /// Hand over what is on the screen, as a file.
    HandOver = "hand-over",
    /// The next language.
    Language = "language",
    /// The next theme.
    Theme = "theme",
    /// Go to the shell; `fg` comes back.
    Suspend = "suspend",
    /// Leave.
    Quit = "quit",
}

impl Action {
    /// The action that shows `view`.
    pub fn show(view: ViewId) -> Action {
        match view {
            ViewId::Overview => Action::ShowOverview,
            ViewId::Reports => Action::ShowReports,
            ViewId::Tasks => Action::ShowTasks,
            ViewId::Campaigns => Action::ShowCampaigns,
            ViewId::Matrix => Action::ShowMatrix,
            ViewId::Trend => Action::ShowTrend,
            ViewId::Journal => Action::ShowJournal,
        }
    }

    /// The action that begins `deed`.
    pub fn begin(deed: Deed) -> Action {
        match deed {
            Deed::Acknowledge => Action::Acknowledge,
            Deed::Remind => Action::Remind,
            Deed::Extend => Action::Extend,
            Deed::Done => Action::Done,
            Deed::SendBack => Action::SendBack,
            Deed::Escalate => Action::Escalate,
            Deed::Snooze => Action::Snooze,
            Deed::Note => Action::Note,
            Deed::Progress => Action::Progress,
            Deed::Assign => Action::Assign,
            Deed::Submit => Action::Submit,
            Deed::RequestExtension => Action::RequestExtension,
            Deed::Decline => Action::Decline,
            Deed::Exempt => Action::Exempt,
            Deed::Pause => Action::Pause,
            Deed::Resume => Action::Resume,
            Deed::Cancel => Action::Cancel,
        }
    }

    /// The deed it begins, if it begins one.
    pub fn deed(self) -> Option<Deed> {
        Deed::ALL.into_iter().find(|deed| Action::begin(*deed) == self)
    }

    /// The action of that name.
    pub fn named(name: &str) -> Option<Action> {
        Action::ALL.iter().copied().find(|action| action.as_str() == name)
    }

    /// May a held key repeat it? What only moves or steps may; what switches, leaves or reaches outside acts once.
    pub fn repeats(self) -> bool {
        let steps = !matches!(
            self,
            Action::Quit
                | Action::Suspend
                | Action::Zoom
                | Action::Group
                | Action::SwitchMatrix
                | Action::Reverse
                | Action::Coordinating
                | Action::MarkAll
                | Action::MarkRange
                | Action::Language
                | Action::Theme
                | Action::Refresh
                | Action::StopLoading
                | Action::Accept
                | Action::Cards
                | Action::MarkSeen
                | Action::Changes
                | Action::Copy
                | Action::OpenLink
                | Action::Arrivals
                | Action::OpenCase
                | Action::AmendTask
                | Action::AmendAgency
                | Action::AddTask
                | Action::HandOver
                | Action::Undo
                | Action::Redo
                | Action::Repeat
        );
        steps && self.deed().is_none()
    }
}
