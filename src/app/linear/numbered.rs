//! [`numbered`]: what is listed where one is, each with the number by which it is chosen.

use super::{
    super::{
        action::Action,
        amend,
        asked::{self, Asked},
        choices::Choice,
        dialog,
        model::Model,
        sheet, triage,
    },
    At, Place, at,
    typed::Command,
};
use crate::{
    domain::text::Text,
    panels::{PanelId, Row, RowKey, order},
};

/// How many rows or choices are told at a time.
pub const PAGE: usize = 10;

/// Something that can be chosen by its number.
#[derive(Clone, Debug)]
pub struct Numbered {
    /// From 1.
    pub number: usize,
    /// What.
    pub what: What,
}

/// What a number stands for.
#[derive(Clone, Debug)]
pub enum What {
    /// A list.
    Panel(PanelId),
    /// A row of a list.
    Row(RowKey),
    /// An action of the screen.
    Action(Action),
    /// A command of the conversation.
    Command(Command),
    /// A line of a dialog.
    Choice(Choice),
    /// An answer of a form, and its place among those there are.
    Option(asked::Choice, usize),
    /// One of those a sheet offers.
    Candidate(Text),
    /// No or yes.
    Answer(bool),
}

/// The lists, in the order they are told.
const LISTS: [PanelId; 6] = [
    PanelId::OverdueReports,
    PanelId::Reports,
    PanelId::Tasks,
    PanelId::TasksByAgency,
    PanelId::UpcomingCampaigns,
    PanelId::Journal,
];

/// How many there are to be listed in all.
pub fn listed(model: &Model) -> usize {
    match at(model) {
        At::Dialog => dialog::choices(model).len(),
        At::Place(Place::List) => model.list(model.leading()).rows.len(),
        At::Sheet | At::Form | At::Letters | At::Sending => 0,
        At::Place(Place::Home | Place::Item | Place::Menu | Place::Filter | Place::Day | Place::Help) => 0,
    }
}

/// What can be chosen now. Of what is longer than a page only the part that is told.
pub fn numbered(model: &Model) -> Vec<Numbered> {
    let offset = model.linear.offset;
    match at(model) {
        At::Dialog => {
            let choices = dialog::choices(model);
            let choices = (1..).zip(choices.iter().cloned()).skip(offset).take(PAGE);
            choices.map(|(number, choice)| Numbered { number, what: What::Choice(choice) }).collect()
        }
        At::Place(Place::List) => numbered_rows(model)
            .skip(offset)
            .take(PAGE)
            .filter_map(|(number, row)| {
                let key = row.key(&model.scene()?)?;
                Some(Numbered { number: number?, what: What::Row(key) })
            })
            .collect(),
        At::Place(Place::Home) => all(home(model)),
        At::Place(Place::Item) => all(item(model)),
        At::Place(Place::Menu) => all(menu(model)),
        At::Place(Place::Filter | Place::Day | Place::Help) | At::Sending => Vec::new(),
        At::Letters => all(vec![What::Answer(false), What::Answer(true)]),
        At::Form => all(options(model)),
        At::Sheet => all(candidates(model)),
    }
}

/// A row or a choice further away than what was told.
pub(super) fn further(model: &Model, number: usize) -> Option<What> {
    match at(model) {
        At::Dialog => dialog::choices(model).get(number - 1).cloned().map(What::Choice),
        At::Place(Place::List) => {
            let (_, row) = numbered_rows(model).find(|(of, _)| *of == Some(number))?;
            row.key(&model.scene()?).map(What::Row)
        }
        At::Sheet | At::Form | At::Letters | At::Sending | At::Place(_) => None,
    }
}

/// The rows of the list, each but the headings with its number.
pub fn numbered_rows(model: &Model) -> impl Iterator<Item = (Option<usize>, Row)> {
    let mut last = 0;
    model.list(model.leading()).rows.iter().map(move |row| {
        let is_heading = matches!(row, Row::Heading(..));
        last += usize::from(!is_heading);
        ((!is_heading).then_some(last), *row)
    })
}

fn all(what: Vec<What>) -> Vec<Numbered> {
    (1..).zip(what).map(|(number, what)| Numbered { number, what }).collect()
}

fn home(model: &Model) -> Vec<What> {
    let cards = (model.pending.to_decide() > 0).then_some(What::Action(Action::Cards));
    let lists = LISTS.into_iter().map(What::Panel);
    lists.chain(cards).chain([What::Command(Command::Menu), What::Command(Command::Help)]).collect()
}

fn item(model: &Model) -> Vec<What> {
    let list = model.list(model.leading());
    let command = What::Command;
    let scene = model.scene();
    let has_link = scene.as_ref().zip(list.row()).and_then(|(scene, row)| order::item(scene, row));
    let has_link = has_link.is_some_and(|item| item.state.link.is_some());
    let mut what = match &list.selected {
        Some(RowKey::Item(_)) => vec![command(Command::Deeds), command(Command::Mark)],
        Some(RowKey::Agency(_)) if amend::possible(model).is_empty() => vec![command(Command::Open)],
        Some(RowKey::Agency(_)) => vec![command(Command::Open), command(Command::Deeds)],
        Some(RowKey::Campaign(_) | RowKey::Entry(_)) => vec![command(Command::Open)],
        None => Vec::new(),
    };
    what.extend(has_link.then_some(What::Action(Action::OpenLink)));
    what.extend([command(Command::Next), command(Command::Previous)]);
    what
}

/// Everything else, the list's own first.
fn menu(model: &Model) -> Vec<What> {
    let (action, command) = (What::Action, What::Command);
    let of_list = model.linear.from != Place::Home;
    let marked = !model.marks.is_empty();
    let table = model.leading().table();
    let groups = table.is_some_and(|table| !table.groups.is_empty());
    let sorts = table.is_some_and(|table| table.columns.iter().any(|column| column.order.is_some()));
    let other_day = model.other_day.day().is_some();
    let of_items = !matches!(model.leading(), PanelId::TasksByAgency | PanelId::UpcomingCampaigns | PanelId::Journal);
    let mayact = model.read_only().is_none();
    let menu = [
        (of_list && marked, command(Command::Deeds)),
        (of_list && marked, command(Command::Unmark)),
        (of_list, command(Command::Filter)),
        (of_list, action(Action::Facets)),
        (of_list && model.desk.agency.is_some(), action(Action::Coordinating)),
        (of_list && sorts, action(Action::Sort)),
        (of_list && model.list(model.leading()).sort.is_some(), action(Action::Reverse)),
        (of_list && groups, action(Action::Group)),
        (of_list && of_items, action(Action::MarkAll)),
        (mayact && triage::is_possible(model, Action::Repeat) && of_list, action(Action::Repeat)),
        (mayact, action(Action::Undo)),
        (mayact, action(Action::Redo)),
        (mayact, action(Action::Arrivals)),
        (mayact, action(Action::OpenCase)),
        (mayact && model.settings.amends, action(Action::AddTask)),
        (model.pending.to_decide() > 0, action(Action::Cards)),
        (!model.changed.changes().is_empty(), action(Action::Changes)),
        (!model.changed.changes().is_empty() && !other_day, action(Action::MarkSeen)),
        (model.settings.tells_days, command(Command::Day)),
        (other_day, action(Action::Today)),
        (!model.settings.forms.is_empty(), action(Action::HandOver)),
        (true, action(Action::Refresh)),
        (true, action(Action::Messages)),
        (true, action(Action::Language)),
        (of_list, command(Command::Home)),
        (true, command(Command::Help)),
        (true, command(Command::Quit)),
    ];
    menu.into_iter().filter(|(is, _)| *is).map(|(_, what)| what).collect()
}

fn options(model: &Model) -> Vec<What> {
    let asked = model.form.as_ref().and_then(|form| form.asked.get(form.focus));
    match asked {
        Some(Asked { control: asked::Control::Choice { options, .. }, .. }) => {
            options.iter().enumerate().map(|(place, choice)| What::Option(*choice, place)).collect()
        }
        Some(Asked { control: asked::Control::Line(_), .. }) | None => Vec::new(),
    }
}

/// What fits what is typed; where all would fit, nothing is read out.
fn candidates(model: &Model) -> Vec<What> {
    let line = model.sheet.as_ref().and_then(|sheet| sheet.lines.get(sheet.focus));
    match line.map(|line| &line.control) {
        Some(sheet::Control::Pick(pick)) if pick.is_typed && pick.input.value().is_empty() => Vec::new(),
        Some(sheet::Control::Pick(pick)) => {
            let fitting = pick.fitting().into_iter().take(PAGE);
            fitting.map(|candidate| What::Candidate(candidate.id.clone())).collect()
        }
        Some(sheet::Control::Typed(_) | sheet::Control::Shown(_)) | None => Vec::new(),
    }
}
