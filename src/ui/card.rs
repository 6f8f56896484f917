//! What a card says above its choices: mine, theirs, what I had seen; why it did not go through; what waits behind it.

use super::{
    Look,
    cell::{self, Saying},
    entry as said,
    paragraph::wrapped_pieces,
    pen::{Piece, width},
    theme::Role,
};
use crate::{
    app::{cards, dialog::Kind, model::Model, results},
    domain::{
        answer::Page,
        ask::About,
        entry::Entry,
        id::EntryId,
        sentence::Part,
        status::{cell as standing, time},
        told::Line,
        waiting::Trouble,
    },
    panels::cell::Cell,
};

/// A line: the name of what it says, at the first one, and what it says.
pub(super) type Shown = (Option<Piece<'static>>, Vec<Piece<'static>>);

/// How far what is said stands to the right, so that the names stand beside it.
pub(super) fn indent(look: &Look<'_>) -> u16 {
    let names = ["card-mine", "card-theirs", "card-seen", "card-why", "card-behind", "ask-here", "ask-book", "ask-row"];
    names.iter().map(|word| width(&look.words.get(word))).max().unwrap_or(0) + 2
}

/// The lines above the choices of a dialog, in `room` cells; none where it is about no card.
pub(super) fn about(model: &Model, kind: Kind, room: u16, look: &Look<'_>) -> Vec<Shown> {
    match kind {
        Kind::Card(id) => lines(model, id, room, look),
        Kind::Ask(id) => asked(model, id, room, look),
        Kind::Help
        | Kind::Palette
        | Kind::Facets
        | Kind::Sort
        | Kind::Messages
        | Kind::Deeds
        | Kind::Results
        | Kind::Cards
        | Kind::Changes
        | Kind::Plans
        | Kind::Confirm(_) => Vec::new(),
    }
}

/// The lines about what is asked under that id.
fn asked(model: &Model, id: EntryId, room: u16, look: &Look<'_>) -> Vec<Shown> {
    let (Some(ask), Some(scene)) = (cards::ask(model, id), model.scene()) else { return Vec::new() };
    let saying = look.saying(&scene);
    let beside = room.saturating_sub(indent(look));
    let mut shown: Vec<Shown> = Vec::new();
    let mut add = |word: &str, pieces: &[Piece<'_>]| {
        let mut name = Some(Piece::new(Role::Dim, look.words.get(word).into_owned()));
        shown.extend(wrapped_pieces(pieces, beside).into_iter().map(|line| (name.take(), line)));
    };
    match &ask.about {
        About::Renamed { is, .. } => {
            add("ask-row", &[Piece::new(Role::Title, is.title.as_str())]);
            add("card-why", &[Piece::new(Role::Text, look.words.get("ask-why-renamed"))]);
        }
        About::Clash { item, mine, theirs } => {
            let page = cards::page_of(model, item);
            if let Part::Text(item) = results::name(model, item) {
                add("card-item", &[Piece::new(Role::Title, item.as_str())]);
            }
            add("ask-here", &told(mine, page, saying));
            for entry in theirs {
                add("ask-book", &told(entry, page, saying));
            }
            if theirs.is_empty() {
                add("ask-book", &[Piece::new(Role::Text, look.words.get("ask-emptied"))]);
            }
        }
    }
    shown
}

/// The lines about the card of that id, in `room` cells; none where it is gone.
fn lines(model: &Model, id: EntryId, room: u16, look: &Look<'_>) -> Vec<Shown> {
    let (Some(card), Some(scene)) = (cards::card(model, id), model.scene()) else { return Vec::new() };
    let saying = look.saying(&scene);
    let page = cards::page(model, card);
    let beside = room.saturating_sub(indent(look));
    let mut shown: Vec<Shown> = Vec::new();
    let mut add = |word: &str, pieces: &[Piece<'_>]| {
        let mut name = Some(Piece::new(Role::Dim, look.words.get(word).into_owned()));
        shown.extend(wrapped_pieces(pieces, beside).into_iter().map(|line| (name.take(), line)));
    };
    if let Part::Text(item) = results::name(model, &card.mine.item) {
        add("card-item", &[Piece::new(Role::Title, item.as_str())]);
    }
    add("card-mine", &told(card.mine, page, saying));
    match card.trouble {
        Trouble::Conflict { stands } => add("card-theirs", &told(stands, page, saying)),
        Trouble::Refused { refusal } => {
            add("card-why", &[Piece::new(Role::DueSoon, look.words.say(&refusal.sentence()))]);
        }
        Trouble::NotTaken { why } => add("card-why", &[Piece::new(Role::DueSoon, why.as_str())]),
    }
    // A state is told by the journal up to it: what a source has that keeps none is what stands now.
    if !matches!(card.trouble, Trouble::NotTaken { .. }) && !model.settings.no_journal {
        add("card-seen", &seen(model, id, saying));
    }
    for behind in model.pending.waiting.behind(id) {
        let mut pieces = told(behind, page, saying);
        if let (false, Part::Text(item)) = (behind.item == card.mine.item, results::name(model, &behind.item)) {
            pieces.push(Piece::new(Role::Dim, format!(" {} {item}", saying.glyphs.dot)));
        }
        add("card-behind", &pieces);
    }
    shown
}

/// An entry: its day, what it did, with what, who.
fn told(entry: &Entry, page: Option<&Page>, saying: Saying<'_>) -> Vec<Piece<'static>> {
    let took_back = page.and_then(|page| page.took_back(entry));
    let day = saying.short_date(entry.on);
    let mut pieces = vec![Piece::new(Role::Dim, format!("{day}  "))];
    pieces.extend(said::whole(Line { entry, reversed: false, took_back }, saying));
    pieces
}

/// The state I had seen, and the last entry I knew.
fn seen(model: &Model, id: EntryId, saying: Saying<'_>) -> Vec<Piece<'static>> {
    let known = cards::card(model, id).and_then(|card| cards::seen(model, card));
    let Some((item, last)) = known else {
        return vec![Piece::new(Role::Dim, saying.words.get("history-loading").into_owned())];
    };
    let mut pieces = Vec::new();
    cell::pieces(&Cell::Status(item.kind(), item.state.base, standing(&item, model.today)), saying, &mut pieces);
    if let Some(due) = item.due {
        pieces.push(Piece::new(Role::Dim, format!(" {} {} ", saying.glyphs.dot, saying.words.get("fact-due"))));
        cell::pieces(&Cell::Due(due, time(&item, model.today)), saying, &mut pieces);
    }
    pieces.push(Piece::new(Role::Dim, format!(" {} ", saying.glyphs.dot)));
    match last {
        Some(last) => pieces.extend(told(last, None, saying)),
        None => pieces.push(Piece::new(Role::Dim, saying.words.get("card-nothing-seen").into_owned())),
    }
    pieces.into_iter().map(|piece| Piece::new(piece.role, piece.text.into_owned())).collect()
}
