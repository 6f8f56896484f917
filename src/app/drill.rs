//! [`Drill`]: a step down into what belongs to an agency, a campaign or a line, and the way back.

use super::filter::FilterLine;
use crate::{
    domain::{
        id::{AgencyId, CampaignId},
        matrix::ColumnKey,
    },
    panels::{PanelId, view::ViewId},
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
