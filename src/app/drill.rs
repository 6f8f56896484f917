//! [`Drill`]: a step down into what belongs to an agency, a campaign or a line, and the way back.

use super::{filter::FilterLine, lists::Level, messages::Level as Grade, model::Model, navigate::focus, wall};
use crate::{
    domain::{
        id::{AgencyId, CampaignId, ItemName},
        item::Index,
        matrix::ColumnKey,
        sentence::Sentence,
    },
    panels::{PanelId, RowKey, journal, scene::Scene, view::ViewId},
};

/// What one looks at within a view after drilling down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What an agency answers for.
    Agency(AgencyId),
    /// What belongs to a campaign.
    Campaign(CampaignId),
    /// What stands in a cell of the matrix.
    Cell(AgencyId, ColumnKey),
}

/// A step down, and where it came from.
#[derive(Clone, Debug)]
pub struct Drill {
    /// What is looked at now; none where it is all there is.
    pub scope: Option<Scope>,
    /// The view it came from.
    pub from: ViewId,
    /// The panel that had the focus there.
    pub focus: PanelId,
    /// The filter of the view it led to.
    pub filter: FilterLine,
}

impl Model {
    /// What was drilled down to.
    pub fn scope(&self) -> Option<&Scope> {
        self.drills.last()?.scope.as_ref()
    }
}

/// Goes to a row wherever one is: an agency's tasks; the list a task, a report or a campaign stands in. Esc comes back.
pub(super) fn go_to(model: &mut Model, key: RowKey) {
    wall::chosen(model);
    let place = match &key {
        RowKey::Agency(agency) => return drill(model, Scope::Agency(agency.clone())),
        RowKey::Campaign(id) => Ok(campaign(id.as_str())),
        RowKey::Item(id) => {
            let found = model.scene().and_then(|scene| Some(place_of(&scene, scene.snapshot.place(id)?)));
            found.unwrap_or(Err("said-not-listed"))
        }
        RowKey::Entry(_) => return,
    };
    show_row(model, place);
}

/// Goes down into what belongs to `scope`, listed with everything else of its kind.
pub(super) fn drill(model: &mut Model, scope: Scope) {
    let (to, panel) = match &scope {
        Scope::Cell(_, ColumnKey::Period(..) | ColumnKey::Duty(_)) => (ViewId::Reports, PanelId::Reports),
        Scope::Agency(_) | Scope::Campaign(_) | Scope::Cell(_, ColumnKey::Programme(_)) => {
            (ViewId::Tasks, PanelId::Tasks)
        }
    };
    let filter = std::mem::take(&mut model.filters[to as usize]);
    model.drills.push(Drill { scope: Some(scope), from: model.view, focus: model.focused(), filter });
    model.view = to;
    (model.zoomed, model.typing) = (false, false);
    focus(model, panel);
    model.lists_changed(Level::All);
    let list = &mut model.lists[panel as usize];
    (list.selected, list.position, list.offset) = (None, 0, 0);
}

/// Goes to where the item of the selected entry is listed; Esc comes back.
pub(super) fn go_to_item(model: &mut Model) {
    let place = place_of_entry(model);
    show_row(model, place);
}

/// A view, a panel of it, and a row of that; or why there is none, as words by id.
type Place = Result<(ViewId, PanelId, RowKey), &'static str>;

fn show_row(model: &mut Model, place: Place) {
    match place {
        Ok((view, panel, key)) => {
            if model.scope().is_some() {
                model.lists_changed(Level::All);
            }
            let filter = std::mem::take(&mut model.filters[view as usize]);
            model.drills.push(Drill { scope: None, from: model.view, focus: model.focused(), filter });
            model.view = view;
            (model.zoomed, model.typing) = (false, false);
            focus(model, panel);
            let list = &mut model.lists[panel as usize];
            list.selected = Some(key);
            list.outdated(Level::Filter);
        }
        Err(why) => model.say(Grade::Info, Sentence::new(why)),
    }
}

/// Where the item of the selected entry stands.
fn place_of_entry(model: &Model) -> Place {
    let (list, none) = (model.list(PanelId::Journal), "said-no-item");
    let (scene, row) = model.scene().zip(list.row()).ok_or(none)?;
    let told = journal::told(&scene, row).ok_or(none)?;
    match scene.subject(&told.entry) {
        Some(place) => place_of(&scene, place),
        None => match told.entry.item.name() {
            Some(ItemName::Campaign(id)) => Ok(campaign(id)),
            Some(_) | None => Err(none),
        },
    }
}

/// The list an item stands in, and its row.
fn place_of(scene: &Scene<'_>, place: Index) -> Place {
    let item = scene.item(place).ok_or("said-no-item")?;
    let (view, panel) = match item.id.name() {
        Some(ItemName::Task(_)) => (ViewId::Tasks, PanelId::Tasks),
        Some(ItemName::Report { .. }) => (ViewId::Reports, PanelId::Reports),
        Some(ItemName::Milestone { campaign: id, .. }) => return Ok(campaign(id)),
        Some(ItemName::Campaign(_) | ItemName::Duty(_) | ItemName::Plan(_)) | None => return Err("said-no-item"),
    };
    let is_listed = panel.table().is_some_and(|table| table.rows.has(scene, place, item));
    is_listed.then(|| (view, panel, RowKey::Item(item.id.clone()))).ok_or("said-not-listed")
}

fn campaign(id: &str) -> (ViewId, PanelId, RowKey) {
    (ViewId::Overview, PanelId::UpcomingCampaigns, RowKey::Campaign(id.into()))
}

pub(super) fn leave(model: &mut Model, drill: &Drill) {
    model.filters[model.view as usize] = drill.filter.clone();
    model.view = drill.from;
    focus(model, drill.focus);
    model.lists_changed(Level::All);
}
