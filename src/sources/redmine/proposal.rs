//! [`propose`]: asks a server what there is, and proposes what of it means what, for a config to be written.

use super::{
    super::web::{Client, TokenFrom, WebSettings},
    fetching::{Desk, Reader},
    manner::MANNER,
    mapping::{fields_met, fields_of, kind_of},
    options::{Fields, RedmineOptions},
    plan::Frame,
    wire::Named,
};
use crate::{
    domain::{failure::Failure, id::PlanId, item::Kind, sentence::Sentence, status::Base, text::Text},
    secret::Secret,
};

/// What a server has, and what it is proposed to mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The project's name.
    pub title: Text,
    /// The project's identifier: the plan's id.
    pub project: Text,
    /// As it would stand under `[source.redmine]`, everything named.
    pub options: RedmineOptions,
    /// What is read by it: tasks, reports, milestones, campaigns.
    pub found: [(Kind, usize); 3],
    /// The campaigns among the versions.
    pub campaigns: usize,
    /// The agencies, by their short names.
    pub agencies: Vec<Text>,
    /// Trackers there are, for whoever wants others.
    pub trackers: Vec<Text>,
    /// Custom fields of issues there are.
    pub fields: Vec<Text>,
    /// Statuses there are, with what they are proposed to mean.
    pub statuses: Vec<(Text, Base)>,
}

/// Asks the server at `url` about `project`, for who bears `key`.
///
/// # Errors
///
/// As any look at it: not reached, not let in, no such project.
pub async fn propose(url: &str, key: Secret, project: &str) -> Result<Proposal, Failure> {
    let web = WebSettings {
        name: Text::default(),
        url: url.to_owned(),
        token: TokenFrom::Config(key.clone()),
        ca_file: None,
        language: "vi",
    };
    let client = Client::new(web, Some(key), &MANNER)?;
    let options = RedmineOptions { journals: false, ..RedmineOptions::default() };
    let plan = PlanId::from(project);
    let frame = Frame { plan: &plan, options: &options, address: url };
    let mut desk = Desk::default();
    Reader { client: &client, project, options: &options, frame }.look(&mut desk).await?;
    let book = desk.book.ok_or_else(|| Failure::Refused(Sentence::new("redmine-nothing")))?;
    let (known, mapping, snapshot) = (&book.known, &book.mapping, &book.snapshot);
    let fields = fields_met(known.issues.values());
    let of_versions = fields_of(&known.versions);
    let name = |there: &[Named], id: Option<u64>| {
        there.iter().find(|field| Some(field.id) == id).map(|field| field.name.to_string()).unwrap_or_default()
    };
    let met = |tracker: &&Named| known.issues.values().any(|issue| issue.tracker.id == tracker.id);
    let of_kind = |kind| {
        let of_kind = known.trackers.iter().filter(met).filter(|tracker| kind_of(&tracker.name) == kind);
        of_kind.map(|tracker| tracker.name.to_string()).collect()
    };
    let plan = &snapshot.outline.plan;
    let count = |kind| (kind, snapshot.items.iter().filter(|item| item.kind() == kind).count());
    Ok(Proposal {
        title: known.root.name.clone(),
        project: known.root.identifier.clone(),
        found: [count(Kind::Task), count(Kind::Report), count(Kind::Milestone)],
        campaigns: plan.campaigns.len(),
        agencies: plan.agencies.iter().map(|agency| Text::new(agency.label("vi"))).collect(),
        trackers: known.trackers.iter().map(|tracker| tracker.name.clone()).collect(),
        statuses: mapping.statuses.iter().map(|(status, base)| (status.name.clone(), *base)).collect(),
        options: RedmineOptions {
            tasks: of_kind(Kind::Task),
            reports: of_kind(Kind::Report),
            milestones: of_kind(Kind::Milestone),
            agencies: mapping.agencies,
            statuses: mapping.statuses.iter().map(|(status, base)| (status.name.to_string(), *base)).collect(),
            fields: Fields {
                code: name(&fields, mapping.code),
                document: name(&fields, mapping.document),
                coordinating: name(&fields, mapping.coordinating),
                received: name(&fields, mapping.received),
                acknowledged: name(&fields, mapping.acknowledged),
                extensions: name(&fields, mapping.extensions),
                period: name(&fields, mapping.period),
                duty: name(&fields, mapping.duty),
                agency: name(&fields, mapping.agency),
                campaign_start: name(&of_versions, mapping.campaign_start),
            },
            journals: true,
            ..RedmineOptions::default()
        },
        fields: fields.into_iter().map(|field| field.name).collect(),
    })
}
