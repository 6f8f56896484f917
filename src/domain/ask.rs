//! [`Ask`]: what a source wants a person to decide, as it cannot tell itself; and the [`Reply`]. Until there is one nothing is done.

use serde::{Deserialize, Serialize};

use super::{
    entry::Entry,
    id::{EntryId, ItemId},
    text::Text,
};

/// Something that is asked once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// Its id: the same for the same question.
    pub id: EntryId,
    /// What is asked.
    pub about: About,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A row that came may be one that went, called otherwise.
    Renamed {
        /// The one that came.
        is: Row,
        /// Those that went and of which something was done; one of them it may be.
        was: Vec<Row>,
    },
    /// What was changed in a workbook went over what was done here.
    Clash {
        /// Of which item.
        item: ItemId,
        /// What was done here.
        mine: Box<Entry>,
        /// What became of the changed cells.
        theirs: Vec<Entry>,
    },
}

/// A row, as a person knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// `task:N14`, `duty:R2`, `campaign:C1`.
    pub record: Text,
    /// What it is called.
    pub title: Text,
}

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It is this former row: its history goes on.
    Former(Text),
    /// It is a new one.
    New,
    /// What the workbook says holds.
    Theirs,
    /// What was done here holds: it is done once more.
    Mine,
}

impl Ask {
    /// Is it about that item?
    pub fn is_about(&self, of: &ItemId) -> bool {
        match &self.about {
            About::Clash { item, .. } => item == of,
            About::Renamed { is, .. } => of.record().as_ref() == Some(&is.record),
        }
    }

    /// Can it be answered so?
    pub fn takes(&self, reply: &Reply) -> bool {
        match (&self.about, reply) {
            (About::Renamed { was, .. }, Reply::Former(record)) => was.iter().any(|row| row.record == *record),
            (About::Renamed { .. }, Reply::New) | (About::Clash { .. }, Reply::Theirs | Reply::Mine) => true,
            (About::Renamed { .. }, Reply::Theirs | Reply::Mine)
            | (About::Clash { .. }, Reply::Former(_) | Reply::New) => false,
        }
    }
}
