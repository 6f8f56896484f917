//! [`Action`]: what a key, the mouse or the palette can ask for.

use serde::{Deserialize, Serialize};

use crate::panels::{cell::Word, view::ViewId};

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
    /// Sort by the column to the left.
    Left = "left",
    /// Sort by the column to the right.
    Right = "right",
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
    /// The next view.
    NextView = "next-view",
    /// The view before.
    PreviousView = "previous-view",
    /// Drill into an agency or campaign, open an item's detail.
    Open = "open",
    /// One step back; never quits.
    Back = "back",
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
    /// Type a command or choose an action.
    Palette = "palette",
    /// The keys.
    Help = "help",
    /// What was said before.
    Messages = "messages",
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
        }
    }

    /// The action of that name.
    pub fn named(name: &str) -> Option<Action> {
        Action::ALL.iter().copied().find(|action| action.as_str() == name)
    }

    /// May a held key repeat it? What only moves or steps may; what switches, leaves or reaches outside acts once.
    pub fn repeats(self) -> bool {
        !matches!(
            self,
            Action::Quit
                | Action::Suspend
                | Action::Zoom
                | Action::Group
                | Action::Reverse
                | Action::Coordinating
                | Action::MarkAll
                | Action::MarkRange
                | Action::Language
                | Action::Theme
                | Action::Refresh
                | Action::Copy
                | Action::OpenLink
        )
    }
}
