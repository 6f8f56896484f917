//! `tiendo check`: config, data directory, source and plan, mail, clock and terminal, or a plan file; what is wrong and how
//! to mend it. What was found is in `findings.rs`; who looks at what in the files beside it.

mod clock;
mod findings;
mod origin;
mod plan;
mod post;
mod terminal;

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use super::{
    arguments::{Global, Shape},
    exit::Exit,
    opened, said,
    session::{Given, Session, variable, words_so_far},
};
use crate::{
    app::keys::Bindings,
    config::{self, Config},
    planfile::{self, HolidayTables, PlanError},
    words::Words,
};
use findings::{Findings, What};

pub(in crate::cli) use findings::CheckFact;

/// What is checked.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(value_name = "FILE", conflicts_with = "plan_file", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    plan_file: Option<PathBuf>,
    #[arg(long)]
    mail: bool,
    #[arg(long)]
    json: bool,
    #[arg(long)]
    fail_if_any: bool,
}

impl Arguments {
    fn shape(&self) -> Shape {
        if self.json { Shape::Json } else { Shape::Table }
    }
}

pub(super) fn run(global: &Global, arguments: &Arguments, given: Option<Given>) -> anyhow::Result<Exit> {
    if let Some(file) = arguments.file.as_ref().or(arguments.plan_file.as_ref()) {
        let words = words_so_far(global);
        let mut findings = Findings::new(&words, global.ascii);
        plan_file(&mut findings, file);
        return findings.end(arguments.shape(), arguments.fail_if_any);
    }
    let config = match Config::gather(global.config.as_deref(), global.layer(), &variable) {
        Ok(config) => config,
        Err(error) => {
            let words = words_so_far(global);
            let mut findings = Findings::new(&words, global.ascii);
            findings.bad(Exit::Usage, What::Config, &said::option(&words, &error)).mend("cli-mend-config");
            return findings.end(arguments.shape(), arguments.fail_if_any);
        }
    };
    let (read_only, wall) = (global.read_only, global.wall);
    let session = Session { words: Words::new(config.language), config, read_only, wall, view: None, given };
    let mut findings = Findings::new(&session.words, session.config.ascii);
    of_config(&mut findings, &session);
    of_data(&mut findings, &session.config);
    post::look(&mut findings, &session, arguments.mail);
    let clock = origin::look(&mut findings, &session);
    clock::look(&mut findings, clock.as_ref());
    // Last: from then on a signal waits for the end.
    terminal::look(&mut findings, &session);
    findings.end(arguments.shape(), arguments.fail_if_any)
}

/// A plan file by itself.
fn plan_file(findings: &mut Findings<'_>, path: &Path) {
    match planfile::read_file(path, &HolidayTables::shipped(), Timestamp::now()) {
        Ok(loaded) => plan::remarks(findings, &loaded),
        Err(PlanError(wrong)) => {
            let said = said::remark(findings.words, &wrong);
            findings.bad(Exit::Failed, What::Plan, &said);
        }
    }
}

fn of_config(findings: &mut Findings<'_>, session: &Session) {
    let (config, words) = (&session.config, findings.words);
    let said = match (&config.file, config::usual_file()) {
        (Some(file), _) => file.display().to_string(),
        (None, Some(usual)) => words.with("cli-config-none", &[("path", usual.display().to_string().into())]),
        (None, None) => words.get("cli-config-nowhere").into_owned(),
    };
    findings.good(What::Config, &said);
    if let Err(wrong) = Bindings::new(&config.keys) {
        findings.bad(Exit::Usage, What::Config, &session.wrong_keys(&wrong)).mend("cli-mend-config");
    }
}

fn of_data(findings: &mut Findings<'_>, config: &Config) {
    let words = findings.words;
    match opened::local_ledger(config) {
        Some(path) if path.is_file() => findings.good(What::Data, &path.display().to_string()),
        Some(path) => {
            findings.good(What::Data, &words.with("cli-data-empty", &[("path", path.display().to_string().into())]));
        }
        None => {
            findings.doubtful(What::Data, &words.get("cli-no-data-dir"));
        }
    }
}
