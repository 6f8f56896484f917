//! [`LetterFact`]: a mail as `tiendo remind` prints it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    cli::{
        print::{Column, Fact},
        table::Align,
    },
    domain::{
        id::{AgencyId, ItemId},
        text::Text,
    },
    letters::{Composed, Letter, Unreachable},
};

/// A mail as it is printed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct LetterFact {
    pub(super) agency: AgencyId,
    #[serde(skip)]
    pub(super) name: Text,
    /// Null where the agency has no usable address: nothing can be sent.
    pub(super) to: Option<Text>,
    pub(super) level: Option<u8>,
    pub(super) items: Vec<ItemFact>,
    pub(super) subject: Option<Text>,
    pub(super) text: Option<String>,
    /// Null while it is not sent: `sent`, `uncertain`, `failed`, or `refused` where it was not tried.
    pub(super) outcome: Option<&'static str>,
    pub(super) said: Option<String>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct ItemFact {
    pub(super) item: ItemId,
    pub(super) level: u8,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct Printed<'a> {
    pub(super) sample: bool,
    pub(super) sent: bool,
    pub(super) letters: &'a [LetterFact],
}

/// The mails, then the agencies that cannot be written to.
pub(super) fn facts(composed: &Composed) -> Vec<LetterFact> {
    let items = |items: &[(ItemId, u8)]| {
        items.iter().map(|(item, level)| ItemFact { item: item.clone(), level: *level }).collect::<Vec<_>>()
    };
    let letter = |letter: &Letter| LetterFact {
        agency: letter.agency.clone(),
        name: letter.name.clone(),
        to: Some(letter.to.clone()),
        level: Some(letter.level),
        items: items(&letter.items),
        subject: Some(letter.subject.clone()),
        text: Some(letter.text.clone()),
        outcome: None,
        said: None,
    };
    let unreachable = |agency: &Unreachable| LetterFact {
        agency: agency.agency.clone(),
        name: agency.name.clone(),
        to: None,
        level: None,
        items: items(&agency.items),
        subject: None,
        text: None,
        outcome: None,
        said: agency.email.as_ref().map(ToString::to_string),
    };
    composed.letters.iter().map(letter).chain(composed.unreachable.iter().map(unreachable)).collect()
}

impl Fact for LetterFact {
    const FIELDS: &'static [&'static str] = &["agency", "to", "level", "subject"];

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("cli-column-agency", Align::Left, true, |fact, _| fact.name.to_string()),
            Column::new("cli-column-email", Align::Left, false, |fact, _| {
                fact.to.as_ref().map_or_else(|| "–".into(), ToString::to_string)
            }),
            Column::new("cli-column-level", Align::Right, false, |fact, _| {
                fact.level.map(|level| level.to_string()).unwrap_or_default()
            }),
            Column::new("cli-column-items", Align::Right, false, |fact, _| fact.items.len().to_string()),
            Column::new("cli-column-subject", Align::Left, true, |fact, _| {
                fact.subject.as_ref().map(ToString::to_string).unwrap_or_default()
            }),
        ]
    }
}
