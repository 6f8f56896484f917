//! `tiendo campaigns`: running ones first, then those to come, then past ones, the last first.

use std::cmp::Reverse;

use super::{
    arguments::Asked,
    exit::Exit,
    facts::campaign::CampaignFact,
    list::{self, Found, List},
    session::Session,
    view::View,
};
use crate::domain::{campaign::Phase, item::Index};

pub(super) fn run(session: &Session, asked: &Asked) -> anyhow::Result<Exit> {
    list::run(session, asked, &Campaigns)
}

/// The campaigns, by how near they are.
pub(super) struct Campaigns;

impl List for Campaigns {
    type Row = CampaignFact;
    type Whole = Vec<CampaignFact>;
    const TITLE: &'static str = "cli-campaigns";

    async fn find(&self, session: &Session, view: &View) -> anyhow::Result<Found<CampaignFact, Vec<CampaignFact>>> {
        let outline = &view.snapshot.outline;
        let matcher = view.matcher();
        let leads = |lead: Option<Index>| view.agency.is_none() || lead == view.agency;
        let mut campaigns: Vec<CampaignFact> = (0..)
            .zip(&outline.plan.campaigns)
            .filter(|(index, campaign)| matcher.campaign(*index) && leads(outline.agency(campaign.lead.as_str())))
            .map(|(_, campaign)| CampaignFact::of(view.seen(), campaign, session.tag()))
            .collect();
        in_order(&mut campaigns);
        Ok(Found::rows(campaigns))
    }
}

/// Puts campaigns into their order.
pub(super) fn in_order(campaigns: &mut [CampaignFact]) {
    campaigns.sort_by_key(|campaign| {
        (campaign.phase, (campaign.phase == Phase::Past).then_some(Reverse(campaign.to)), campaign.from)
    });
}
