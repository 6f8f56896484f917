//! [`Settings`]: what the app goes by and does not change while it runs.

use super::{
    hand_over::Offered, notifications::NotificationSettings, saved::Views, vocabulary::Vocabulary, wall::WallSettings,
};
use crate::{
    domain::{
        id::{ActorId, AgencyId},
        look::LastLook,
        takes::Takes,
        text::Text,
    },
    panels::cell::Word,
};

/// What does not change while it runs; from the config and the command line.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The languages one can switch to, by tag, with the words the app searches in. At least one; the first is shown first.
    pub vocabularies: Vec<Vocabulary>,
    /// The themes one can switch to. The first is shown first.
    pub themes: Vec<String>,
    /// Working days before a due date that count as soon.
    pub due_soon_working_days: u16,
    /// The agency at whose desk one sits.
    pub agency: Option<AgencyId>,
    /// The person who sits there.
    pub me: Option<ActorId>,
    /// Is it the sample, kept in memory only?
    pub sample: bool,
    /// Can reminders be sent by e-mail from here? Else one written elsewhere is only recorded.
    pub mails: bool,
    /// Why nothing can be done here, as words by id; none where it can.
    pub read_only: Option<Word>,
    /// Can the plan be amended from the screen?
    pub amends: bool,
    /// What the source has a place for.
    pub takes: Takes,
    /// Has the source no journal of the whole plan, but of each item only?
    pub no_journal: bool,
    /// Can the source tell how things stood on another day?
    pub tells_days: bool,
    /// When whoever sits there last looked.
    pub last_look: LastLook,
    /// Is whoever sits there here for the first time?
    pub first_time: bool,
    /// Does somebody remember what the source said before?
    pub recalls: bool,
    /// Is it a wall nobody sits at, and which pages does it turn?
    pub wall: Option<WallSettings>,
    /// Is the terminal told of what happens?
    pub notifications: NotificationSettings,
    /// The views one can show by name, as they are when it starts.
    pub views: Views,
    /// The sources one can switch to, by name; none is the ledger of this machine. Empty where there is only what is shown.
    pub sources: Vec<Option<Text>>,
    /// Which of them this is.
    pub source: Option<Text>,
    /// Place of the language and of the theme to begin with.
    pub begins: (usize, usize),
    /// The forms a plan is handed over in, the first one proposed; empty where nothing is.
    pub forms: Vec<Offered>,
    /// Seeds what is left to chance: the spread of retries.
    pub seed: u64,
}
