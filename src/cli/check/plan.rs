//! The plan: what it holds, whether the config speaks of an agency it has, and what is wrong in its file.

use super::findings::{Findings, What};
use crate::{
    cli::{exit::Exit, said, session::Session},
    domain::{nearest::nearest, sentence::Sentence, snapshot::Snapshot},
    planfile::{Loaded, Severity},
};

/// What it holds.
pub(super) fn counted(findings: &mut Findings<'_>, session: &Session, snapshot: &Snapshot) {
    let (words, outline) = (findings.words, &snapshot.outline);
    let plan = &outline.plan;
    let counts = words.with(
        "cli-plan-counts",
        &[
            ("agencies", plan.agencies.len().into()),
            ("tasks", plan.tasks.len().into()),
            ("duties", plan.duties.len().into()),
            ("campaigns", plan.campaigns.len().into()),
        ],
    );
    findings.good(What::Plan, &format!("{} · {} · {counts}", plan.id, plan.title.get(session.tag())));
    if let Some(agency) = &session.config.agency
        && outline.agency(agency.as_str()).is_none()
    {
        let near = nearest(agency.as_str(), outline.agencies.iter().map(|agency| agency.id.as_str()));
        let said = Sentence::new("cli-no-such-agency").with("agency", agency.as_str()).near(near);
        findings.bad(Exit::Usage, What::Config, &words.say(&said)).mend("cli-mend-config");
    }
}

/// What is wrong in a plan file.
pub(super) fn remarks(findings: &mut Findings<'_>, loaded: &Loaded) {
    let words = findings.words;
    for remark in &loaded.remarks {
        let said = said::remark(words, remark);
        match remark.severity {
            Severity::SetAside => findings.bad(Exit::Failed, What::PlanFile, &said),
            Severity::Warning => findings.doubtful(What::PlanFile, &said),
        };
    }
    let said = words.with(
        "cli-plan-read",
        &[
            ("plan", loaded.plan.id.as_str().into()),
            ("entries", loaded.journal.len().into()),
            ("aside", loaded.set_aside.into()),
            ("warnings", loaded.warnings.into()),
        ],
    );
    match loaded.set_aside {
        0 => findings.good(What::Plan, &said),
        _ => findings.bad(Exit::Failed, What::Plan, &said).mend("cli-mend-plan"),
    }
}
