//! How the palette says what it found: a row of the plan with its sign, its name and what it is; a command with its argument;
//! the letters that were matched.

use super::{Look, cell, pen::Piece, status, theme::Role};
use crate::{
    app::{commands::Command, model::Model, palette::Marker},
    domain::{
        item::{Item, Kind, Subject},
        status::cell as status_of,
    },
    panels::{Row, RowKey, cell::Cell, scene::Scene},
};

/// What is said of a row at the left and at the right of a line; nothing of one that is gone.
pub(super) fn row<'a>(key: &RowKey, model: &'a Model, look: &'a Look<'_>) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let Some((scene, row)) = model.scene().and_then(|scene| Some((scene, key.row(&scene)?))) else {
        return (left, right);
    };
    let language = look.words.language.tag;
    let outline = &scene.snapshot.outline;
    let kind = match row {
        Row::Item(place) => {
            let item = scene.item(place);
            item.into_iter().for_each(|item| of_item(item, &scene, look, (&mut left, &mut right)));
            if item.is_some_and(|item| item.kind() == Kind::Task) { "kind-task" } else { "kind-report" }
        }
        Row::Agency(index) => {
            if let Some(agency) = scene.agency(index) {
                let (label, name) = (agency.label(language), agency.name.get(language));
                left.push(Piece::new(Role::Text, label));
                if name != label {
                    left.push(Piece::new(Role::Dim, format!("  {name}")));
                }
            }
            "facet-agency"
        }
        Row::Campaign(index) => {
            let campaign = outline.plan.campaigns.get(index as usize);
            left.extend(campaign.map(|campaign| Piece::new(Role::Text, campaign.title.get(language))));
            "palette-campaign"
        }
        Row::Entry(_) | Row::Heading(..) => return (left, right),
    };
    right.push(Piece::new(Role::Dim, look.words.get(kind)));
    (left, right)
}

/// The sign of how a row's item stands; none of what has no status.
pub(super) fn sign<'a>(key: &RowKey, model: &Model, look: &'a Look<'_>) -> Option<Piece<'a>> {
    let id = key.item()?;
    let item = model.snapshot.as_ref()?.item(id)?;
    let stands = status_of(item, model.today);
    let sign = status::sign(look.glyphs, item.state.base, stands);
    Some(Piece::new(status::role(item.state.base, stands), sign))
}

fn of_item<'a>(
    item: &'a Item,
    scene: &Scene<'a>,
    look: &'a Look<'_>,
    (left, right): (&mut Vec<Piece<'a>>, &mut Vec<Piece<'a>>),
) {
    let outline = &scene.snapshot.outline;
    let name = match item.subject {
        Subject::Task(_) => scene.task(item).map(|task| {
            left.push(Piece::new(Role::Dim, format!("{} ", task.id)));
            Cell::Title(&task.title)
        }),
        Subject::Report { duty, period } => {
            let duty = outline.plan.duties.get(duty as usize);
            duty.zip(outline.periods.get(period as usize)).map(|(duty, period)| Cell::Report(&duty.title, period))
        }
        Subject::Milestone { .. } => None,
    };
    if let Some(name) = name {
        cell::pieces(&name, look.saying(scene), left);
    }
    if let Some(agency) = scene.agency(item.agency) {
        right.push(Piece::new(Role::Text, agency.label(look.words.language.tag)));
        right.push(Piece::new(Role::Dim, format!(" {} ", look.glyphs.dot)));
    }
}

/// What is said of a command: its name and its argument's, and what it does.
pub(super) fn command<'a>(command: &'static Command, look: &'a Look<'_>) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    let argument = format!(" {}", look.words.get(command.argument.0));
    let left = vec![Piece::new(Role::Text, command.name()), Piece::new(Role::Dim, argument)];
    (left, vec![Piece::new(Role::Dim, look.words.get(command.does.0))])
}

/// The same with the letters that were matched standing out.
pub(super) fn lit<'a>(pieces: Vec<Piece<'a>>, marker: &mut Marker<'_>) -> Vec<Piece<'a>> {
    let mut all = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let marks = if matches!(piece.role, Role::Text | Role::Dim) { marker.marks(&piece.text) } else { Vec::new() };
        if !marks.contains(&true) {
            all.push(piece);
            continue;
        }
        let mut letters = piece.text.chars().zip(&marks).peekable();
        while let Some((letter, marked)) = letters.next() {
            let mut run = String::from(letter);
            while let Some((letter, _)) = letters.next_if(|(_, other)| *other == marked) {
                run.push(letter);
            }
            all.push(Piece::new(if *marked { Role::Accent } else { piece.role }, run));
        }
    }
    all
}
