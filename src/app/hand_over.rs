//! Handing over what is on the screen: which form, into which file; what it is that is on the screen: its filter, what was drilled
//! down to, its order, its day. The file itself is made by `runtime`.

use super::{
    effect::Effect,
    lists::in_scope,
    messages::Level,
    model::{Model, Scope},
    msg::Ticket,
    pick::{Candidate, Pick},
    saved,
    sheet::{Control, Line, Purpose, Sheet, Slot},
};
use crate::{
    domain::{
        entry::Entry,
        item::{Index, Item},
        query::Matcher,
        sentence::Sentence,
        text::Text,
    },
    panels::{PanelId, Row, view::ViewId},
};

/// A form a plan is handed over in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// How a file of it ends, without the dot.
    pub ending: &'static str,
    /// What it is called, in each language in the order of the settings'.
    pub names: Vec<Text>,
    /// Is it of one view, rather than of the whole plan?
    pub of_a_view: bool,
    /// Is it the screen itself, as it is?
    pub is_picture: bool,
}

/// A file that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The form, by its ending.
    pub ending: &'static str,
    /// Its path as it was typed.
    pub file: Text,
    /// May it take the place of another one?
    pub over: bool,
}

/// Why a file was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unwritten {
    /// There is one already.
    Exists,
    /// It could not be.
    Failed(Sentence),
}

/// What is being handed over.
#[derive(Clone, Debug, Default)]
pub struct HandingOver {
    /// The one under way, and the sheet it was asked on.
    under_way: Option<(Ticket, Box<Sheet>)>,
    last_ticket: Ticket,
}

impl HandingOver {
    /// Is a file being written?
    pub fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }
}

/// Asks for the form and the file.
pub(super) fn begin(model: &mut Model) {
    if model.wall.is_some() || model.settings.forms.is_empty() {
        model.say(Level::Info, Sentence::new("read-only-wall"));
        return;
    }
    if model.snapshot.is_none() {
        return;
    }
    if model.handing_over.is_under_way() {
        model.say(Level::Info, Sentence::new("said-still-handing-over"));
        return;
    }
    let language = model.language;
    let candidate = |form: &Offered| {
        let name = form.names.get(language).map(|name| format!("{name} (.{})", form.ending)).unwrap_or_default();
        Candidate::new(form.ending, &name, [])
    };
    let forms: Vec<Candidate> = model.settings.forms.iter().map(candidate).collect();
    let first = model.settings.forms.first().map(|form| form.ending).unwrap_or_default();
    let lines =
        vec![Line::pick(Slot::Form, Pick::among(forms, Some(first))), Line::typed(Slot::File, &proposed(model, first))];
    model.sheet = Some(Sheet::new(Purpose::HandOver, lines));
}

/// The name that is proposed for a file that ends so.
fn proposed(model: &Model, ending: &str) -> String {
    let plan = model.snapshot.as_ref().map(|snapshot| snapshot.outline.plan.id.as_str()).unwrap_or_default();
    // An id is any text; a name of a file is not.
    let is_kept = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    let plan: String = plan.chars().map(|letter| if is_kept(letter) { letter } else { '-' }).collect();
    let of_a_view = model.settings.forms.iter().any(|form| form.ending == ending && form.of_a_view);
    let view = if of_a_view { format!("-{}", model.view.as_str()) } else { String::new() };
    format!("{}{view}-{}.{ending}", plan.trim_start_matches('.'), model.today.date)
}

/// Keeps the name's ending with the form, and the form with an ending that is typed: what was changed last is followed.
pub(super) fn follow(model: &Model, sheet: &mut Sheet) {
    let (form, name) = (sheet.value(Slot::Form), sheet.value(Slot::File));
    let before = sheet.followed.take().unwrap_or_else(|| (form.clone(), name.clone()));
    let forms = &model.settings.forms;
    let known = |ending: &str| forms.iter().find(|form| form.ending.eq_ignore_ascii_case(ending));
    let typed = name.rsplit_once('.').filter(|(stem, ending)| !stem.is_empty() && known(ending).is_some());
    if form != before.0 {
        let is_proposed = forms.iter().any(|form| proposed(model, form.ending) == name.as_str());
        let stem = typed.map_or(name.as_str(), |(stem, _)| stem);
        let now = if is_proposed { proposed(model, &form) } else { format!("{stem}.{form}") };
        if let Some(Control::Typed(input)) = sheet.line_mut(Slot::File).map(|line| &mut line.control) {
            *input = now.as_str().into();
        }
    } else if name != before.1
        && let Some(ending) = typed.and_then(|(_, ending)| known(ending))
        && let Some(Control::Pick(forms)) = sheet.line_mut(Slot::Form).map(|line| &mut line.control)
    {
        forms.choose(ending.ending);
    }
    sheet.followed = Some((sheet.value(Slot::Form), sheet.value(Slot::File)));
}

/// Has it written.
pub(super) fn accept(model: &mut Model, mut sheet: Sheet) -> Vec<Effect> {
    follow(model, &mut sheet);
    let (form, name) = (sheet.value(Slot::Form), sheet.value(Slot::File));
    let form = model.settings.forms.iter().find(|offered| offered.ending == form.as_str());
    let Some(form) = form.filter(|_| !name.is_empty()) else {
        sheet.fault(Slot::File, Sentence::new("said-needed"));
        model.sheet = Some(sheet);
        return Vec::new();
    };
    let (ending, is_picture) = (form.ending, form.is_picture);
    let ends_so = name.rsplit_once('.').is_some_and(|(_, typed)| typed.eq_ignore_ascii_case(ending));
    let file = if ends_so { name } else { Text::new(&format!("{name}.{ending}")) };
    let order = Order { ending, file, over: sheet.is_sure() == Some(true) };
    let handing = &mut model.handing_over;
    let ticket = Ticket(handing.last_ticket.0 + 1);
    (handing.last_ticket, handing.under_way) = (ticket, Some((ticket, Box::new(sheet))));
    // A picture shows the screen, not that it is being written.
    if !is_picture {
        model.say(Level::Info, Sentence::new("said-handing-over").with("file", order.file.clone()));
    }
    vec![Effect::HandOver { ticket, order }]
}

/// The file was written, or was not. `result` is its whole path, and whether all that was wanted is in it.
pub(super) fn handed_over(model: &mut Model, ticket: Ticket, result: Result<Written, Unwritten>) {
    let Some((_, mut sheet)) = model.handing_over.under_way.take_if(|(asked, _)| *asked == ticket) else { return };
    match result {
        Ok(Written { path, whole }) => {
            let word = if whole { "said-handed-over" } else { "said-handed-over-part" };
            model.say(Level::Info, Sentence::new(word).with("file", path));
        }
        Err(Unwritten::Failed(why)) => {
            model.say(Level::Error, Sentence::new("said-not-handed-over").with("why", why));
        }
        Err(Unwritten::Exists) => {
            let why = Sentence::new("said-file-exists").with("file", sheet.value(Slot::File));
            if model.is_asking() {
                // Something else is asked for now.
                model.say(Level::Error, why);
                return;
            }
            // It is not being written any more.
            model.messages.showing = false;
            sheet.ask();
            sheet.fault(Slot::Sure, why);
            model.sheet = Some(*sheet);
        }
    }
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub path: Text,
    /// Is all in it that was on the screen, and what the screen had not fetched yet?
    pub whole: bool,
}

/// What the filter and what was drilled down to say, as it is typed; empty where everything is shown.
pub fn filter(model: &Model) -> String {
    saved::seen(model).filter
}

/// The items that the filter and what was drilled down to let through, by their places.
pub fn admitted(model: &Model) -> Vec<Index> {
    let Some(snapshot) = &model.snapshot else { return Vec::new() };
    let (query, scope, outline) = (&model.filter().query, model.scope(), &snapshot.outline);
    let matcher = Matcher::new(query, outline, &model.lookup, &model.desk, model.today);
    let is_in = |item: &Item| scope.is_none_or(|scope| in_scope(item, outline, scope));
    let items = (0..).zip(&snapshot.items);
    items.filter(|(_, item)| is_in(item) && (query.is_empty() || matcher.item(item))).map(|(place, _)| place).collect()
}

/// The campaigns they let through; in the screen's order where it lists them.
pub fn campaigns(model: &Model) -> Vec<Index> {
    let Some(snapshot) = &model.snapshot else { return Vec::new() };
    let listed = rows(model).iter().filter_map(|row| match row {
        Row::Campaign(index) => Some(*index),
        Row::Item(_) | Row::Agency(_) | Row::Entry(_) | Row::Heading(..) => None,
    });
    let listed: Vec<Index> = listed.collect();
    if !listed.is_empty() {
        return listed;
    }
    let matcher = Matcher::new(&model.filter().query, &snapshot.outline, &model.lookup, &model.desk, model.today);
    let is_in = |index: Index, lead: &str, id: &str| match model.scope() {
        None => matcher.campaign(index),
        Some(Scope::Agency(agency) | Scope::Cell(agency, _)) => agency.as_str() == lead && matcher.campaign(index),
        Some(Scope::Campaign(campaign)) => campaign.as_str() == id,
    };
    let all = (0..).zip(&snapshot.outline.plan.campaigns);
    let all = all.filter(|(index, campaign)| is_in(*index, campaign.lead.as_str(), campaign.id.as_str()));
    all.map(|(index, _)| index).collect()
}

/// The items the screen lists, in its order; none where it lists none.
pub fn listed(model: &Model) -> Option<Vec<Index>> {
    let items = rows(model).iter().filter_map(|row| match row {
        Row::Item(place) => Some(*place),
        Row::Agency(_) | Row::Campaign(_) | Row::Entry(_) | Row::Heading(..) => None,
    });
    let panel = model.leading();
    matches!(panel, PanelId::Reports | PanelId::Tasks | PanelId::OverdueReports).then(|| items.collect())
}

/// The entries of the journal the screen lists, newest first, where a filter leaves only some; and are they all there are?
pub fn entries(model: &Model) -> Option<(Vec<Entry>, bool)> {
    if model.view != ViewId::Journal || model.filter().query.is_empty() {
        return None;
    }
    let told = model.journal.shown();
    let entries = rows(model).iter().filter_map(|row| match row {
        Row::Entry(place) => told.get(*place as usize).map(|told| told.entry.clone()),
        Row::Item(_) | Row::Agency(_) | Row::Campaign(_) | Row::Heading(..) => None,
    });
    Some((entries.collect(), model.journal.is_complete()))
}

fn rows(model: &Model) -> &[Row] {
    &model.list(model.leading()).rows
}
