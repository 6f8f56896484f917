//! [`SavedView`]: a view with its filter, sort and grouping under a name: what is on the screen is kept, and shown again. Those
//! written in a person's config are only shown; those kept from the palette are in a file of the program's own.

use serde::{Deserialize, Serialize, de::DeserializeOwned, de::IntoDeserializer};

use super::{drill::Scope, effect::Effect, filter, lists::Sort, messages::Level, model::Model, navigate};
use crate::{
    domain::{
        matrix::ColumnKey,
        query::{Query, terms},
        sentence::Sentence,
        text::{Text, fold_marks},
    },
    panels::{Group, PanelId, view::ViewId},
};

/// What is shown. Names that may be gone in another version are text: they are left out then, the rest is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// The view.
    pub view: ViewId,
    /// The table that was looked at, where the view has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<String>,
    /// The filter as typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub filter: String,
    /// The column it is sorted by; none for the table's own order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// The other way round?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reversed: bool,
    /// What it is grouped by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

impl SavedView {
    /// A view with what is known by its kind.
    pub fn new(
        view: ViewId,
        panel: Option<PanelId>,
        filter: String,
        sort: Option<String>,
        group: Option<Group>,
    ) -> Self {
        let (panel, group) = (panel.and_then(name_of), group.and_then(name_of));
        SavedView { view, panel, filter, sort, reversed: false, group }
    }

    /// The same with its order turned round, or not.
    #[must_use]
    pub fn turned(self, reversed: bool) -> Self {
        SavedView { reversed, ..self }
    }
}

/// The views one can show by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Views {
    /// From the config.
    pub written: Vec<(Text, SavedView)>,
    /// From the palette; one of these goes before one of the same name in the config.
    pub kept: Vec<(Text, SavedView)>,
    /// The one to be shown as soon as there are data.
    pub asked: Option<Text>,
}

impl Views {
    /// All of them, those kept from the palette first.
    pub fn all(&self) -> impl Iterator<Item = (&Text, &SavedView)> {
        let shadowed = |name: &Text| self.is_kept(name);
        let written = self.written.iter().filter(move |(name, _)| !shadowed(name));
        self.kept.iter().chain(written).map(|(name, view)| (name, view))
    }

    /// The one of that name; marks and capitals are all the same.
    pub fn find(&self, name: &str) -> Option<(&Text, &SavedView)> {
        let folded = fold_marks(name);
        self.all().find(|(name, _)| fold_marks(name) == folded)
    }

    /// Is one of that name kept from the palette?
    pub fn is_kept(&self, name: &str) -> bool {
        let folded = fold_marks(name);
        self.kept.iter().any(|(name, _)| fold_marks(name) == folded)
    }
}

/// What is on the screen. What was drilled down to becomes a term of the filter.
pub(super) fn seen(model: &Model) -> SavedView {
    let panel = model.leading();
    let list = model.list(panel);
    let scope = model.scope().map(|scope| match scope {
        Scope::Agency(id) => format!("agency:{id}"),
        Scope::Cell(id, ColumnKey::Period(duty, period)) => format!("agency:{id} duty:{duty} period:{period}"),
        Scope::Cell(id, ColumnKey::Duty(duty)) => format!("agency:{id} duty:{duty}"),
        Scope::Cell(id, ColumnKey::Programme(Some(programme))) => format!("agency:{id} programme:{programme}"),
        Scope::Cell(id, ColumnKey::Programme(None)) => format!("agency:{id}"),
        Scope::Campaign(id) => format!("campaign:{id}"),
    });
    let filter: Vec<&str> = scope.iter().map(String::as_str).chain([model.filter().text().trim()]).collect();
    let tables = model.view.view().panels.iter().filter(|panel| panel.table().is_some()).count();
    let column = list.sort.and_then(|sort| panel.table()?.columns.get(sort.column));
    let panel = (tables > 1).then_some(panel);
    let sort = column.map(|column| column.id.to_owned());
    let seen = SavedView::new(model.view, panel, filter.join(" ").trim().to_owned(), sort, list.group);
    seen.turned(list.sort.is_some_and(|sort| sort.reversed))
}

/// Keeps what is on the screen under a name.
pub(super) fn keep(model: &Model, name: &Text) -> Vec<Effect> {
    vec![Effect::KeepView { name: name.clone(), view: Some(seen(model)) }]
}

/// Forgets what was kept under a name.
pub(super) fn forget(name: &Text) -> Vec<Effect> {
    vec![Effect::KeepView { name: name.clone(), view: None }]
}

/// What came of keeping a view, or of forgetting one (`forgotten`): all that are kept now.
pub(super) fn kept(model: &mut Model, name: &Text, forgotten: bool, result: Result<Vec<(Text, SavedView)>, Sentence>) {
    let (level, said) = match result {
        Ok(views) => {
            model.palette.views.kept = views;
            model.palette.outdated = true;
            (Level::Info, Sentence::new(if forgotten { "said-view-forgotten" } else { "said-view-kept" }))
        }
        Err(why) => (Level::Error, Sentence::new("said-view-not-kept").with("why", why)),
    };
    model.say(level, said.with("name", name));
}

/// Shows the view that was asked for at the start, once there are data.
pub(super) fn open(model: &mut Model) {
    if model.snapshot.is_some()
        && let Some(name) = model.palette.views.asked.take()
    {
        show(model, &name);
    }
}

/// Shows the view of that name, and says what of it cannot be shown.
pub(super) fn show(model: &mut Model, name: &str) {
    let Some((name, saved)) = model.palette.views.find(name).map(|(name, view)| (name.clone(), view.clone())) else {
        return;
    };
    navigate::show(model, saved.view);
    let mut left_out = Vec::new();
    let panel = saved.panel.as_deref().and_then(|panel| known(panel, &mut left_out)).unwrap_or(model.leading());
    if saved.view.view().panels.contains(&panel) {
        navigate::focus(model, panel);
    }
    let filter = understood(model, &saved, &mut left_out);
    filter::set(model, &filter);
    let (panel, table) = (model.leading(), model.leading().table());
    let column = saved.sort.as_deref().and_then(|id| {
        let columns = table.map_or(&[][..], |table| table.columns);
        let place = columns.iter().position(|column| column.id == id && column.order.is_some());
        left_out.extend(place.is_none().then(|| id.to_owned()));
        place
    });
    let group: Option<Group> = saved.group.as_deref().and_then(|group| {
        let known =
            known(group, &mut Vec::new()).filter(|group| table.is_some_and(|table| table.groups.contains(group)));
        left_out.extend(known.is_none().then(|| group.to_owned()));
        known
    });
    model.lists[panel as usize].group = group;
    navigate::set_sort(model, panel, column.map(|column| Sort { column, reversed: saved.reversed }));
    if !left_out.is_empty() {
        let said = Sentence::new("said-view-parts").with("name", name).with("parts", left_out.join(", "));
        model.say(Level::Info, said);
    }
}

/// The filter without what is not understood or nowhere in the plan.
fn understood(model: &Model, saved: &SavedView, left_out: &mut Vec<String>) -> String {
    let mut kept = Vec::new();
    for term in terms(&saved.filter) {
        let query = filter::query(saved.view, term);
        let is_strange = |query: &Query| {
            model.snapshot.as_ref().is_some_and(|snapshot| query.stranger(snapshot, &model.lookup).is_some())
        };
        if query.problems.is_empty() && !is_strange(&query) {
            kept.push(term);
        } else {
            left_out.push(term.to_owned());
        }
    }
    kept.join(" ")
}

/// The panel or group of that name.
fn known<T: DeserializeOwned>(name: &str, left_out: &mut Vec<String>) -> Option<T> {
    let deserializer: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
    let known = T::deserialize(deserializer).ok();
    left_out.extend(known.is_none().then(|| name.to_owned()));
    known
}

/// Its name in files.
fn name_of(named: impl Serialize) -> Option<String> {
    match serde_json::to_value(named) {
        Ok(serde_json::Value::String(name)) => Some(name),
        Ok(_) | Err(_) => None,
    }
}
