//! `GET …/trend`: the weeks gone by, as points ([`Points`]), or item by item ([`Weeks`]) for who draws curves of a part of them.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::{
    id::{ItemId, ItemName},
    item::Kind,
    past::{Past, Planned, Standing, Step, Stood},
    schema,
    trend::{Counts, Trend},
};

/// `?by=week`: points of the curve, of all that whoever asks sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Points {
    /// The ends of the weeks gone by, in order; then the day asked about, as it stands now.
    pub points: Vec<PointOf>,
}

/// How it stood at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PointOf {
    /// The day.
    #[schemars(schema_with = "schema::date")]
    pub day: Date,
    /// Tasks.
    pub tasks: Counts,
    /// Reports.
    pub reports: Counts,
    /// How many tasks were to be done by then, by the plan's own due dates.
    pub due: u32,
    /// The share of the tasks that was to be carried out by then, from 0 to 1.
    pub planned: f64,
    /// The share that was.
    pub actual: f64,
}

impl From<&Trend> for Points {
    fn from(trend: &Trend) -> Self {
        let points = trend.points.iter().map(|point| {
            let (day, tasks, reports, due) = (point.day, point.tasks, point.reports, point.due);
            PointOf { day, tasks, reports, due, planned: point.planned, actual: point.actual }
        });
        Points { points: points.collect() }
    }
}

/// `?by=item`: how every task and report stood at the end of each week before a day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Weeks {
    /// The last days of the weeks, in order.
    #[schemars(schema_with = "schema::dates")]
    pub weeks: Vec<Date>,
    /// The items: those of the plan, in its order; then those that left it.
    pub items: Vec<WeeksOf>,
}

/// How an item stood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeeksOf {
    /// Its id.
    pub id: ItemId,
    /// The day a task begins, by the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub start: Option<Date>,
    /// The last on-time day, as first in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub due: Option<Date>,
    /// From the end of which week on (its place among `weeks`) it stood how, and how many percent were carried out. Before the first
    /// it was not there.
    pub steps: Vec<(u16, Stood, u8)>,
}

impl From<&Past> for Weeks {
    fn from(past: &Past) -> Self {
        let items = past.histories().map(|(history, steps)| WeeksOf {
            id: history.id.clone(),
            start: history.planned.start,
            due: history.planned.due,
            steps: steps.iter().map(|Step { week, standing }| (*week, standing.stood, standing.progress)).collect(),
        });
        Weeks { weeks: past.weeks.clone(), items: items.collect() }
    }
}

/// Why what came tells no past.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NoPast {
    /// The weeks are not in order.
    #[error("weeks")]
    Weeks,
    /// What is told of this item cannot be.
    #[error("{0}")]
    Item(ItemId),
}

impl TryFrom<Weeks> for Past {
    type Error = NoPast;

    fn try_from(told: Weeks) -> Result<Past, NoPast> {
        let Weeks { weeks, items } = told;
        let in_order = |days: &[Date]| days.is_sorted_by(|one, next| one < next);
        if !in_order(&weeks) {
            return Err(NoPast::Weeks);
        }
        let items = items.into_iter().map(|item| {
            let WeeksOf { id, start, due, steps } = item;
            let fits = steps.is_sorted_by(|(one, ..), (next, ..)| one < next)
                && steps.iter().all(|(week, _, progress)| usize::from(*week) < weeks.len() && *progress <= 100);
            let kind = match id.name() {
                Some(ItemName::Task(_)) => Some(Kind::Task),
                Some(ItemName::Report { .. }) => Some(Kind::Report),
                Some(ItemName::Milestone { .. } | ItemName::Campaign(_) | ItemName::Duty(_) | ItemName::Plan(_)) => {
                    None
                }
                None => None,
            };
            let Some(kind) = kind.filter(|_| fits) else { return Err(NoPast::Item(id)) };
            let step = |(week, stood, progress)| Step { week, standing: Standing { stood, progress } };
            Ok((id, kind, Planned { start, due }, steps.into_iter().map(step).collect()))
        });
        let items: Vec<_> = items.collect::<Result<_, _>>()?;
        Ok(Past::told(weeks, items))
    }
}
