//! A plan one can switch to, in a line: whose it is, its name, how it stands.

use super::{
    Look,
    choice::Pieces,
    freshness,
    pen::{Piece, truncated, width},
    theme::Role,
};
use crate::app::{
    model::Model,
    plans::{PlanLine, Told},
};

/// The widest a source's name is.
const WIDEST: u16 = 16;

/// What it says at its left and at its right.
pub(super) fn line<'a>(line: &'a PlanLine, model: &'a Model, look: &'a Look<'_>) -> Pieces<'a> {
    let words = look.words;
    let name = |source: Option<&str>| source.map_or_else(|| words.get("plans-here").into_owned(), str::to_owned);
    let names = model.settings.sources.iter().map(|source| name(source.as_ref().map(|source| source.as_str())));
    let widest = names.map(|name| width(&name)).max().unwrap_or(0).min(WIDEST);
    let source = name(line.source.as_ref().map(|source| source.as_str()));
    let source = truncated(&source, widest, look.glyphs.ellipsis);
    let gap = " ".repeat(usize::from((widest + 2).saturating_sub(width(&source))));
    let mut left = vec![Piece::new(Role::Dim, format!("{source}{gap}"))];
    let glance = match &line.told {
        Told::Awaited => return (left, vec![Piece::new(Role::Dim, words.get("plans-awaited"))]),
        Told::Failed(why) => return (left, vec![Piece::new(Role::DueSoon, words.say(why))]),
        Told::Stands(glance) => glance,
    };
    if let Some(number) = &glance.number {
        left.push(Piece::new(Role::Title, number.as_str()));
        left.push(Piece::new(Role::Dim, format!(" {} ", look.glyphs.dot)));
    }
    left.push(Piece::new(Role::Text, glance.title.get(words.language.tag)));
    let late = glance.reports_overdue + glance.tasks_overdue > 0;
    let counts = [("reports", glance.reports_overdue.into()), ("tasks", glance.tasks_overdue.into())];
    let mut right = Vec::new();
    if let Some(at) = glance.remembered {
        let when = freshness::when(at, model, look);
        right.push(Piece::new(Role::DueSoon, words.with("freshness-remembered", &[("when", when.into())])));
        right.push(Piece::new(Role::Dim, format!(" {} ", look.glyphs.dot)));
    }
    right.push(Piece::new(if late { Role::Late } else { Role::Dim }, words.with("plans-late", &counts)));
    (left, right)
}
