//! `tiendo campaigns`: running ones first, then those to come, then past ones, the last first.

use std::cmp::Reverse;

use super::{
    arguments::Asked, exit::Exit, facts::campaign::CampaignFact, opened::wait, print, session::Session, view::View,
};
use crate::domain::{campaign::Phase, item::Index};

pub(super) fn run(session: &Session, asked: &Asked) -> anyhow::Result<Exit> {
    let view = wait(View::of(session, asked))?;
    let outline = &view.snapshot.outline;
    let matcher = view.matcher();
    let leads = |lead: Option<Index>| view.agency.is_none() || lead == view.agency;
    let mut campaigns: Vec<CampaignFact> = (0..)
        .zip(&outline.plan.campaigns)
        .filter(|(index, campaign)| matcher.campaign(*index) && leads(outline.agency(campaign.lead.as_str())))
        .map(|(_, campaign)| CampaignFact::of(view.seen(), campaign, session.tag()))
        .collect();
    in_order(&mut campaigns);
    print::list(session, &view, "cli-campaigns", &campaigns, asked.format)?;
    Ok(asked.exit(&view, !campaigns.is_empty()))
}

/// Puts campaigns into their order.
pub(super) fn in_order(campaigns: &mut [CampaignFact]) {
    campaigns.sort_by_key(|campaign| {
        (campaign.phase, (campaign.phase == Phase::Past).then_some(Reverse(campaign.to)), campaign.from)
    });
}
