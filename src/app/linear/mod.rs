//! Linear mode: a conversation in lines in place of the screen. A place is told, what can be chosen there is numbered, the
//! next line says which. What is done is what the screen does: the same dialogs, forms and sheets, answered one question
//! after the other. How a place is told is `ui/linear`'s. What is listed at one is in `numbered.rs`, what a line means in
//! `typed.rs`, the way from place to place in `places.rs`, how questions are answered in `answers.rs`.

mod answers;
mod numbered;
mod places;
mod typed;

use super::{effect::Effect, history::History, mail, messages::Said, model::Model, sheet::Purpose};
use crate::{
    domain::{sentence::Sentence, text::Text},
    panels::view::ViewId,
};
pub use numbered::{Numbered, PAGE, What, listed, numbered, numbered_rows};
pub use typed::{COMMANDS, Command};

/// Where the conversation is.
#[derive(Clone, Debug, Default)]
pub struct Linear {
    /// The place, where nothing is asked over it.
    pub place: Place,
    /// The place it was opened from, where that is one to come back to.
    from: Place,
    /// The first that is listed, of rows or choices.
    pub offset: usize,
    /// How much of it is to be told.
    tell: Tell,
    /// What is to be said of the last line.
    pub remarks: Vec<Sentence>,
    /// What the numbers told last stand for: another fact may have moved the rows meanwhile.
    numbers: Vec<Numbered>,
    /// How many messages were told.
    told: usize,
    /// What was asked then.
    told_at: Option<At>,
}

/// A place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// How the plan stands, and the lists there are.
    #[default]
    Home,
    /// The rows of the leading panel.
    List,
    /// Everything about the selected row.
    Item,
    /// What else can be done.
    Menu,
    /// A filter is asked for.
    Filter,
    /// A day is asked for.
    Day,
    /// How one talks to it.
    Help,
}

/// What is asked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// A dialog.
    Dialog,
    /// The line of a sheet.
    Sheet,
    /// The field of a form.
    Form,
    /// Letters, before they are sent.
    Letters,
    /// Letters are going out.
    Sending,
    /// A place.
    Place(Place),
}

/// How much is told. On a slow line, or to an ear, what was told already is long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tell {
    /// Only what is asked.
    Question,
    /// What can be chosen; of a list the row one is at.
    Choices,
    /// All of it.
    #[default]
    Whole,
}

/// What is asked now: what stands over the places goes first, as on the screen.
pub fn at(model: &Model) -> At {
    match (&model.dialog, &model.sheet, &model.form, &model.mail) {
        (Some(_), ..) => At::Dialog,
        (None, Some(_), ..) => At::Sheet,
        (None, None, Some(_), _) => At::Form,
        (None, None, None, mail::Mail::Asking { .. }) => At::Letters,
        (None, None, None, mail::Mail::Sending { .. }) => At::Sending,
        (None, None, None, mail::Mail::None) => At::Place(model.linear.place),
    }
}

/// How much of it is to be told now. What came up by itself is told whole.
pub fn tell(model: &Model) -> Tell {
    let at = at(model);
    let is_new = model.linear.told_at != Some(at) && !matches!(at, At::Place(_));
    if is_new { Tell::Whole } else { model.linear.tell }
}

/// Is an answer under way without which there is little to tell?
pub fn waits(model: &Model) -> bool {
    let loading = matches!(model.detail.history, History::Loading) && model.linear.place == Place::Item;
    let first = model.snapshot.is_none() && model.feed.failure.is_none();
    let journal = model.view == ViewId::Journal && model.journal.is_asked();
    let sending = matches!(model.mail, mail::Mail::Sending { .. });
    first
        || loading
        || journal
        || sending
        || model.other_day.wanted().is_some()
        || !model.triage.is_settled()
        || model.handing_over.is_under_way()
}

/// Everything said that was not told yet, the oldest first.
pub fn news(model: &Model) -> impl Iterator<Item = &Said> {
    let new = model.messages.count().saturating_sub(model.linear.told);
    let news: Vec<&Said> = model.messages.all().take(new).collect();
    news.into_iter().rev()
}

/// Everything was told as it stands.
pub(super) fn told(model: &mut Model) -> Vec<Effect> {
    model.linear.numbers = numbered(model);
    model.linear.told_at = Some(at(model));
    model.linear.told = model.messages.count();
    model.linear.remarks.clear();
    Vec::new()
}

/// A line was typed.
pub(super) fn answered(model: &mut Model, line: &str) -> Vec<Effect> {
    let typed = Text::new(line.trim());
    let (before, said) = (at(model), model.messages.count());
    let letters = model.sheet.as_ref().filter(|sheet| sheet.purpose == Purpose::Arrivals);
    let letters = letters.map_or(0, |sheet| sheet.arrived.len());
    model.linear.tell = Tell::Question;
    let effects = match before {
        At::Form => answers::form(model, &typed),
        At::Sheet => answers::sheet(model, &typed),
        At::Letters => answers::letters(model, &typed),
        At::Sending => answers::sending(model, &typed),
        At::Dialog => answers::dialog(model, &typed),
        At::Place(place) => places::answered(model, place, &typed),
    };
    let after = at(model);
    if after == before {
        return effects;
    }
    let is_deed = effects.iter().any(|effect| matches!(effect, Effect::Act { .. }));
    let was_asked = matches!(before, At::Form | At::Sheet | At::Letters) && matches!(after, At::Place(_));
    if is_deed && model.linear.place == Place::Item {
        // The desk is at the list again, for the next one; what became of this one is said when that is known.
        places::to_list(model);
    } else if letters > 0 {
        model.linear.remarks.push(Sentence::new("sheet-arrived").with("count", letters));
    } else if was_asked && effects.is_empty() && model.messages.count() == said {
        model.linear.remarks.push(Sentence::new("linear-left"));
    }
    if !matches!(after, At::Place(_)) {
        model.linear.offset = 0;
    } else if !matches!(before, At::Place(_)) {
        model.linear.tell = model.linear.tell.max(Tell::Choices);
    }
    effects
}

fn number(typed: &str) -> Option<usize> {
    typed.trim_end_matches('.').parse().ok().filter(|number| *number > 0)
}

/// What the number stood for when it was told.
fn chosen(model: &Model, number: usize) -> Option<What> {
    let known = model.linear.numbers.iter().find(|numbered| numbered.number == number);
    known.map(|numbered| numbered.what.clone()).or_else(|| numbered::further(model, number))
}

fn unknown(model: &mut Model, typed: &str) -> Vec<Effect> {
    model.linear.remarks.push(Sentence::new("linear-unknown").with("typed", typed));
    Vec::new()
}
