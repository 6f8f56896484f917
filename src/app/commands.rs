//! Commands of the palette that take an argument: what is typed there is read as one, beside the search.

use jiff::civil::Date;

use super::{
    choices::{Choice, Does, Label},
    model::Model,
};
use crate::{
    domain::{
        text::Text,
        typed_date::{Base, Sense, read},
    },
    panels::cell::Word,
};

/// What the text typed into the palette, folded, asks for as a command; nothing where it is none.
pub(super) fn typed(model: &Model, text: &str) -> Vec<Choice> {
    let Some((command, argument)) = text.trim().split_once(' ') else { return Vec::new() };
    let choice = |word, shown: String, does| Choice {
        label: Label::Named(Word(word), Text::new(&shown)),
        search: String::new(),
        does,
        on: false,
    };
    match command {
        "at" | "ngay" => {
            let go = |day: Date| choice("palette-at", day.strftime("%d/%m/%Y").to_string(), Does::GoTo(day));
            past_day(model, argument).map(go).into_iter().collect()
        }
        "compare" | "so" | "doi" => {
            // So sánh, đối chiếu.
            let argument = ["sanh ", "chieu "].iter().find_map(|word| argument.strip_prefix(word)).unwrap_or(argument);
            let days: Option<Vec<Date>> = argument.split_whitespace().map(|typed| past_day(model, typed)).collect();
            let (day, to) = match days.as_deref() {
                Some([day]) => (*day, None),
                Some([day, to]) => (*day, Some(*to)),
                Some(_) | None => return Vec::new(),
            };
            let said: Vec<String> =
                [Some(day), to].iter().flatten().map(|day| day.strftime("%d/%m/%Y").to_string()).collect();
            vec![choice("palette-compare", said.join(" – "), Does::Compare(day, to))]
        }
        _ => Vec::new(),
    }
}

/// The day typed, one that has been: without its year the last such day.
fn past_day(model: &Model, typed: &str) -> Option<Date> {
    let calendar = &model.snapshot.as_ref()?.outline.calendar;
    let today = model.clock_date();
    let base = Base { today, due: None, calendar };
    let with_year = || {
        let years = [today.year(), today.year() - 1];
        years
            .into_iter()
            .filter_map(|year| read(&format!("{typed}/{year}"), Sense::Past, base))
            .find(|day| *day <= today)
    };
    read(typed, Sense::Past, base).or_else(with_year)
}
