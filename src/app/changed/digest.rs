//! The list of what is different: what became of things and of which, the newest first; choosing one goes to the item.

use crate::{
    app::{
        choices::{Choice, Does, Label},
        model::Model,
        results,
    },
    domain::{
        changes::{Change, Turn},
        sentence::Part,
        text::{Text, fold_marks},
    },
    panels::{RowKey, cell::Word},
};

/// Of one sort so many are listed; the rest is counted.
const MOST: usize = 100;

/// The list.
pub(in crate::app) fn choices(model: &Model) -> Vec<Choice> {
    let all = model.changed.changes().all();
    let mut choices = Vec::new();
    for run in all.chunk_by(|one, other| one.turn == other.turn) {
        // Their places, in a list that is in order.
        let first = choices_before(all, run);
        choices.extend((first..).zip(run.iter().take(MOST)).map(|(place, change)| choice(model, place, change)));
        if run.len() > MOST {
            let label = Label::More(run.len() - MOST);
            choices.push(Choice { label, search: String::new(), does: Does::Nothing, on: false });
        }
    }
    choices
}

fn choices_before(all: &[Change], run: &[Change]) -> usize {
    run.first().map_or(0, |first| all.partition_point(|change| change.turn < first.turn))
}

fn choice(model: &Model, place: usize, change: &Change) -> Choice {
    let by = change.by().map_or("", |by| by.as_str());
    let word = model.settings.vocabularies.get(model.language);
    let word = word.map_or("", |vocabulary| vocabulary.folded(turn_word(change.turn).0));
    let search = format!("{word} {} {}", fold_marks(&name(model, change)), fold_marks(by));
    Choice { label: Label::Change(place), search, does: Does::Go(RowKey::Item(change.item.clone())), on: false }
}

/// Who answers for what changed, and what it is.
pub fn name(model: &Model, change: &Change) -> Text {
    match results::name(model, &change.item) {
        Part::Text(name) => name,
        Part::Number(_) | Part::Date(_) | Part::Day(_) | Part::Word(_) | Part::Sentence(_) => {
            Text::new(change.item.as_str())
        }
    }
}

/// The words of what became of an item.
pub fn turn_word(turn: Turn) -> Word {
    Word(match turn {
        Turn::Overdue => "turn-overdue",
        Turn::New => "turn-new",
        Turn::Arrived => "turn-arrived",
        Turn::Settled => "turn-settled",
        Turn::Returned => "turn-returned",
        Turn::Deadline => "turn-deadline",
        Turn::Chased => "turn-chased",
        Turn::Progress => "turn-progress",
        Turn::Gone => "turn-gone",
        Turn::TakenBack => "turn-taken-back",
        Turn::Amended => "turn-amended",
        Turn::Noted => "turn-noted",
        Turn::DueSoon => "turn-due-soon",
    })
}
