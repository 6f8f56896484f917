//! [`Line`]: what a sheet asks, line by line, and how it is answered.

use tui_input::Input;

use super::{action::Action, pick::Pick};
use crate::{
    domain::{
        filled::Against,
        id::{AgencyId, TaskId},
        sentence::Sentence,
        text::Text,
        typed_date::{self, Sense},
    },
    panels::cell::Word,
};

/// What a sheet is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Letters that arrived.
    Arrivals,
    /// A case to be opened.
    Case,
    /// A task of the plan to be amended.
    Task(TaskId),
    /// An agency of the plan to be amended.
    Agency(AgencyId),
    /// A task the plan is to have.
    NewTask,
    /// What is on the screen to be handed over.
    HandOver,
}

impl Purpose {
    /// The action that opens it.
    pub fn action(&self) -> Action {
        match self {
            Purpose::Arrivals => Action::Arrivals,
            Purpose::Case => Action::OpenCase,
            Purpose::Task(_) => Action::AmendTask,
            Purpose::Agency(_) => Action::AmendAgency,
            Purpose::NewTask => Action::AddTask,
            Purpose::HandOver => Action::HandOver,
        }
    }
}

/// A line of a sheet.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it asks.
    pub slot: Slot,
    /// How it is answered.
    pub control: Control,
    /// What is wrong with what stands there.
    pub wrong: Option<Sentence>,
    /// What stood there to begin with.
    pub(super) first: Text,
    /// Did somebody else put another thing there meanwhile?
    pub(super) is_contested: bool,
}

/// What a line asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words are the documentation: `slot-…` in `config/lang`")]
pub enum Slot {
    Agency,
    Report,
    Document,
    On,
    Link,
    Duty,
    Event,
    CaseTitle,
    Id,
    Title,
    OtherTitle,
    Lead,
    Coordinating,
    Start,
    Due,
    Email,
    Phone,
    Reason,
    Theirs,
    Whose,
    Sure,
    Form,
    File,
}

impl Slot {
    /// The id of its words.
    pub fn word(self) -> Word {
        Word(match self {
            Slot::Agency => "slot-agency",
            Slot::Report => "slot-report",
            Slot::Document => "field-document",
            Slot::On => "field-on-done",
            Slot::Link => "field-link",
            Slot::Duty => "slot-duty",
            Slot::Event => "slot-event",
            Slot::CaseTitle => "slot-case-title",
            Slot::Id => "slot-id",
            Slot::Title => "slot-title",
            Slot::OtherTitle => "slot-other-title",
            Slot::Lead => "slot-lead",
            Slot::Coordinating => "slot-coordinating",
            Slot::Start => "slot-start",
            Slot::Due => "slot-due",
            Slot::Email => "slot-email",
            Slot::Phone => "slot-phone",
            Slot::Reason => "field-reason",
            Slot::Theirs => "slot-theirs",
            Slot::Whose => "slot-whose",
            Slot::Sure => "form-sure",
            Slot::Form => "slot-form",
            Slot::File => "slot-file",
        })
    }

    /// Is a date typed into it?
    pub fn is_date(self) -> bool {
        matches!(self, Slot::On | Slot::Event | Slot::Start | Slot::Due)
    }

    /// May it be left blank?
    pub fn is_optional(self) -> bool {
        matches!(self, Slot::Document | Slot::Link | Slot::Coordinating | Slot::Email | Slot::Phone)
    }
}

/// What is said of a day that cannot be used where it should have been.
pub(super) fn wrong_day(typed: &str, against: Against<'_>) -> Sentence {
    let base = typed_date::Base { today: against.today, due: None, calendar: against.calendar };
    let to_come = typed_date::read(typed, Sense::ToCome, base).is_some_and(|day| day > against.today);
    Sentence::new(if to_come { "said-day-to-come" } else { "said-wrong-day" })
}

/// How a line is answered.
#[derive(Clone, Debug)]
pub enum Control {
    /// By typing.
    Typed(Input),
    /// By choosing.
    Pick(Pick),
    /// Not at all: it is only shown.
    Shown(Text),
}

impl Line {
    /// A line to type, with what stands there to begin with.
    pub fn typed(slot: Slot, first: &str) -> Self {
        Line::new(slot, Control::Typed(first.into()), Text::new(first))
    }

    /// A line to choose from.
    pub fn pick(slot: Slot, pick: Pick) -> Self {
        let first = pick.chosen().map(|chosen| chosen.id.clone()).unwrap_or_default();
        Line::new(slot, Control::Pick(pick), first)
    }

    /// A line that is only shown.
    pub fn shown(slot: Slot, text: &str) -> Self {
        Line::new(slot, Control::Shown(Text::new(text)), Text::new(text))
    }

    fn new(slot: Slot, control: Control, first: Text) -> Self {
        Line { slot, control, wrong: None, first, is_contested: false }
    }

    /// Puts what stood there to begin with there again.
    pub(super) fn restore(&mut self) {
        match &mut self.control {
            Control::Typed(input) => *input = self.first.as_str().into(),
            Control::Pick(pick) => pick.restore(&self.first),
            Control::Shown(text) => text.clone_from(&self.first),
        }
    }

    /// Is nothing chosen and nothing typed?
    pub(super) fn is_untouched(&self) -> bool {
        match &self.control {
            Control::Typed(input) => input.value().is_empty(),
            Control::Pick(pick) => pick.chosen().is_none() && pick.input.value().is_empty(),
            Control::Shown(_) => false,
        }
    }

    /// Is there anything to choose from?
    pub(super) fn can_choose(&self) -> bool {
        matches!(&self.control, Control::Pick(pick) if pick.place().1 > 0)
    }

    /// What is filled in: the text, or the id of what is chosen.
    pub fn value(&self) -> Text {
        match &self.control {
            Control::Typed(input) => Text::new(input.value().trim()),
            Control::Pick(pick) => pick.chosen().map(|chosen| chosen.id.clone()).unwrap_or_default(),
            Control::Shown(text) => text.clone(),
        }
    }
}
