//! What dialogs list, and what choosing a line does.

use jiff::civil::Date;

use super::{
    action::Action,
    amend, cards, changed,
    commands::Command,
    dialog::{self, Question},
    drill,
    effect::Effect,
    filter,
    messages::{Level, Said},
    model::Model,
    navigate, other_day,
    plans::{self, PlanLine},
    results::{self, Became},
    saved,
    states::{base_word, time_word},
    triage,
};
use crate::{
    domain::{
        ask::Reply,
        check::Refusal,
        deed::Deed,
        entry::Verb,
        glance::PlanAt,
        id::{EntryId, ItemId},
        item::Item,
        sentence::Sentence,
        status::{Base, Time},
        text::{Text, fold_marks},
        title::Title,
        waiting::Decision,
    },
    panels::{PanelId, RowKey, cell::Word, journal::verb_word, view::ViewId},
};

/// A line of a dialog.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What it says.
    pub label: Label,
    /// What is searched in it: lower case, without marks.
    pub search: String,
    /// What choosing it does.
    pub does: Does,
    /// Is it in force now?
    pub on: bool,
}

/// What a line says.
#[derive(Clone, Debug)]
pub enum Label {
    /// An action, with its keys beside it.
    Action(Action),
    /// Words by id.
    Word(Word),
    /// Words by id: what something is, then what it is called.
    Of(Word, Word),
    /// Words by id, then text: a theme, a language, a facet with its field.
    Named(Word, Text),
    /// An action, and why it is not possible.
    Impossible(Action, Sentence),
    /// A message.
    Said(Said),
    /// What became of an item, and whether that is to be looked at.
    Became(Level, Sentence),
    /// A row of the plan: an agency, a task, a report, a campaign.
    Found(RowKey),
    /// A command, with its argument.
    Command(&'static Command),
    /// Something that is different, by its place among all that is.
    Change(usize),
    /// So many more.
    More(usize),
    /// A plan one can switch to.
    Plan(PlanLine),
}

/// What choosing a line does.
#[derive(Clone, Debug, PartialEq)]
pub enum Does {
    /// Nothing: it was only to be read.
    Nothing,
    /// An action.
    Action(Action),
    /// Shows the language at this place.
    Language(usize),
    /// Shows the theme at this place.
    Theme(usize),
    /// Shows how things stood on a day.
    GoTo(Date),
    /// Compares a day with the one shown, or with another one.
    Compare(Date, Option<Date>),
    /// Adds a term to the filter, or takes it out.
    Term(String),
    /// Sorts a panel by a column; none for its own order.
    Sort(PanelId, Option<usize>),
    /// Says yes to a question.
    Yes(Question),
    /// Shows a card.
    Card(EntryId),
    /// Shows what the source asks.
    Ask(EntryId),
    /// Answers it.
    Reply(EntryId, Reply),
    /// Decides on one.
    Decide(EntryId, Decision),
    /// Goes to a row of the plan.
    Go(RowKey),
    /// Shows the view kept under a name.
    Show(Text),
    /// Keeps what is on the screen under a name.
    Keep(Text),
    /// Forgets what was kept under a name.
    Forget(Text),
    /// Shows another plan.
    SwitchTo(PlanAt),
    /// Puts this into the search line; the dialog stays open.
    Complete(String),
}

/// Every action, with its keys.
pub(super) fn help(model: &Model) -> Vec<Choice> {
    Action::ALL.iter().map(|action| of_action(model, *action)).collect()
}

/// Statuses, agencies and programmes, each a term of the filter; of the journal verbs and persons first.
pub(super) fn facets(model: &Model) -> Vec<Choice> {
    let Some(snapshot) = &model.snapshot else { return Vec::new() };
    let language = model.language();
    let is_journal = model.view == ViewId::Journal;
    let term = |field: &str, value: &str| format!("{field}:{value}");
    let facet = |word: Word, name: &str, term: String| {
        let on = model.filter().has(&term);
        let choice = named(model, word, name, Does::Term(term.clone()), on);
        Choice { search: format!("{} {term}", choice.search), ..choice }
    };
    let statuses = Time::ALL.iter().map(|time| (time_word(*time), term("status", time.as_str())));
    let bases = [Base::AwaitingConfirmation, Base::Returned, Base::Paused, Base::NotStarted];
    let bases = bases.iter().map(|base| (base_word(*base), term("status", base.as_str())));
    let of = |field: Word, word: Word, term: String| Choice {
        search: format!("{} {} {term}", folded(model, field), folded(model, word)),
        on: model.filter().has(&term),
        label: Label::Of(field, word),
        does: Does::Term(term),
    };
    let statuses = statuses.chain(bases).map(|(word, term)| of(Word("facet-status"), word, term));
    let verbs = Verb::KNOWN.iter().filter(|_| is_journal);
    let verbs = verbs.map(|verb| of(Word("facet-verb"), verb_word(verb), term("verb", verb.as_str())));
    let persons = model.journal.persons().iter().filter(|_| is_journal);
    let persons = persons.map(|by| facet(Word("facet-person"), by.as_str(), term("by", by.as_str())));
    let agencies = snapshot
        .outline
        .agencies
        .iter()
        .map(|agency| facet(Word("facet-agency"), agency.label(language), term("agency", agency.id.as_str())));
    let title = |title: &Title| title.get(language).to_owned();
    let programmes = snapshot.outline.plan.programmes.iter().map(|programme| {
        facet(Word("facet-programme"), &title(&programme.title), term("programme", programme.id.as_str()))
    });
    let first: Vec<Choice> = if is_journal { verbs.chain(persons).collect() } else { statuses.collect() };
    first.into_iter().chain(agencies).chain(programmes).collect()
}

/// The sortable columns of the focused table, and its own order.
pub(super) fn sort(model: &Model) -> Vec<Choice> {
    let panel = model.leading();
    let Some(table) = panel.table() else { return Vec::new() };
    let current = model.list(panel).sort.map(|sort| sort.column);
    let choice = |word: Word, column: Option<usize>| Choice {
        label: Label::Word(word),
        search: folded(model, word).to_owned(),
        does: Does::Sort(panel, column),
        on: current == column,
    };
    let columns = table.columns.iter().enumerate().filter(|(_, column)| column.order.is_some());
    let columns = columns.map(|(place, column)| choice(column.heading, Some(place)));
    std::iter::once(choice(Word("sort-own"), None)).chain(columns).collect()
}

/// What was said, the newest first.
pub(super) fn messages(model: &Model) -> Vec<Choice> {
    let said = |said: &Said| Choice {
        label: Label::Said(said.clone()),
        search: folded(model, Word(said.sentence.id)).to_owned(),
        does: Does::Nothing,
        on: false,
    };
    model.messages.all().map(said).collect()
}

/// Every deed: those possible on what is chosen with their keys, the others with the reason.
pub(super) fn deeds(model: &Model) -> Vec<Choice> {
    let Some(snapshot) = &model.snapshot else { return Vec::new() };
    let (chosen, takes) = (triage::chosen(model), model.settings.takes);
    let items: Vec<&Item> = chosen.iter().filter_map(|id| snapshot.item(id)).collect();
    let choice = |deed: Deed| {
        let action = Action::begin(deed);
        let refusals: Vec<Refusal> = items.iter().filter_map(|item| takes.deed(deed, item).err()).collect();
        let choice = of_action(model, action);
        match refusals.first().filter(|_| refusals.len() == items.len()) {
            Some(refusal) => {
                Choice { label: Label::Impossible(action, refusal.sentence()), does: Does::Nothing, ..choice }
            }
            None => choice,
        }
    };
    let of_plan = amend::possible(model).into_iter().map(|action| of_action(model, action));
    if items.is_empty() {
        return of_plan.map(|choice| reachable(model, choice)).collect();
    }
    let others = [Action::Undo, Action::Redo, Action::Repeat].map(|action| of_action(model, action));
    let card = cards::first_deed(model, &chosen).map(|action| of_action(model, action));
    let (possible, not): (Vec<_>, Vec<_>) =
        Deed::ALL.into_iter().map(choice).partition(|choice| matches!(choice.label, Label::Action(_)));
    let acts = possible.into_iter().chain(of_plan).chain(others).chain(not);
    card.into_iter().chain(acts.map(|choice| reachable(model, choice))).collect()
}

/// A line of the menu; where nothing may be done at all it says why, and does nothing.
fn reachable(model: &Model, choice: Choice) -> Choice {
    match (&choice.label, model.read_only()) {
        (Label::Action(action) | Label::Impossible(action, _), Some(why)) => {
            Choice { label: Label::Impossible(*action, Sentence::new(why.0)), does: Does::Nothing, ..choice }
        }
        (_, _) => choice,
    }
}

/// What became of each item of the last act; those that failed first.
pub(super) fn results(model: &Model) -> Vec<Choice> {
    let mut became: Vec<&(ItemId, Became)> = model.triage.results.iter().collect();
    became.sort_by_key(|(_, became)| became.is_good());
    let line = |(id, became): &(ItemId, Became)| {
        let level = if became.is_good() { Level::Info } else { Level::Error };
        let line = Sentence::new("result-line").with("item", results::name(model, id));
        let label = Label::Became(level, line.with("became", results::why_not(became)));
        Choice { label, search: fold_marks(id.as_str()), does: Does::Nothing, on: false }
    };
    became.into_iter().map(line).collect()
}

/// No, then yes.
pub(super) fn answers(question: Question) -> Vec<Choice> {
    let answer = |word, does| Choice { label: Label::Word(word), search: String::new(), does, on: false };
    vec![answer(Word("answer-no"), Does::Nothing), answer(Word("answer-yes"), Does::Yes(question))]
}

/// Does what a line says.
pub(super) fn chosen(model: &mut Model, does: Does) -> Vec<Effect> {
    match does {
        Does::Nothing => {}
        Does::Action(action) => return super::intent::acted(model, action),
        Does::Language(place) => model.set_language(place),
        Does::Theme(place) => model.theme = place,
        Does::GoTo(day) => return other_day::go_to(model, day),
        Does::Compare(day, to) => return changed::compare(model, day, to),
        Does::Term(term) => filter::toggle(model, &term),
        Does::Sort(panel, Some(column)) => navigate::sort_by(model, panel, column),
        Does::Sort(panel, None) => navigate::set_sort(model, panel, None),
        Does::Yes(Question::ClearMarks) => model.marks.clear(),
        Does::Card(id) => dialog::open(model, dialog::Kind::Card(id)),
        Does::Ask(id) => dialog::open(model, dialog::Kind::Ask(id)),
        Does::Reply(id, reply) => return vec![Effect::Reply { id, reply }],
        Does::Go(key) => drill::go_to(model, key),
        Does::Show(name) => saved::show(model, &name),
        Does::Keep(name) => return saved::keep(model, &name),
        Does::Forget(name) => return saved::forget(&name),
        Does::SwitchTo(plan) => return plans::switch(model, plan),
        Does::Complete(text) => dialog::complete(model, text),
        Does::Decide(id, decision) => return vec![Effect::Decide { id, decision }],
    }
    Vec::new()
}

pub(super) fn of_action(model: &Model, action: Action) -> Choice {
    let search = format!("{} {}", folded(model, action.word()), action.as_str());
    Choice { label: Label::Action(action), search, does: Does::Action(action), on: false }
}

pub(super) fn named(model: &Model, word: Word, name: &str, does: Does, on: bool) -> Choice {
    let search = format!("{} {}", folded(model, word), fold_marks(name));
    Choice { label: Label::Named(word, Text::new(name)), search, does, on }
}

pub(super) fn folded(model: &Model, word: Word) -> &str {
    model.settings.vocabularies.get(model.language).map_or("", |vocabulary| vocabulary.folded(word.0))
}
