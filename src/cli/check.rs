//! `tiendo check`: config, data directory, source and plan, or a plan file; what is wrong and how to mend it.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;
use jiff::Timestamp;

use super::{
    arguments::Global,
    exit::{self, Exit},
    mail,
    opened::{self, wait},
    outbox, output, questions, said,
    session::{Given, Session, variable, words_so_far},
};
use crate::{
    app::keys::Bindings,
    config::{self, Config},
    domain::{answer::Fetched, heard::Behind, sentence::Sentence, snapshot::Snapshot},
    planfile::{self, HolidayTables, Loaded, PlanError},
    store::outbox::Address,
    words::Words,
};

/// What is checked.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(value_name = "FILE", conflicts_with = "plan_file")]
    file: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    plan_file: Option<PathBuf>,
    #[arg(long)]
    mail: bool,
}

/// How far something is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Good,
    Doubtful,
    Bad,
}

pub(super) fn run(global: &Global, arguments: &Arguments, given: Option<Given>) -> anyhow::Result<Exit> {
    if let Some(file) = arguments.file.as_ref().or(arguments.plan_file.as_ref()) {
        return plan_file(&words_so_far(global), file);
    }
    let config = match Config::gather(global.config.as_deref(), global.layer(), &variable) {
        Ok(config) => config,
        Err(error) => {
            let words = words_so_far(global);
            let mut findings = Findings::new(&words);
            findings.add(Order::Bad, "cli-check-config", &said::option(&words, &error));
            findings.add(Order::Doubtful, "cli-check-mend", &words.get("cli-mend-config"));
            findings.print()?;
            return Ok(Exit::Usage);
        }
    };
    let (read_only, wall) = (global.read_only, global.wall);
    let session = Session { words: Words::new(config.language), config, read_only, wall, view: None, given };
    let mut findings = Findings::new(&session.words);
    findings.config(&session);
    findings.data(&session.config);
    let mail = findings.mail(&session, arguments.mail);
    let exit = findings.source(&session);
    findings.print()?;
    Ok(if exit == Exit::Done { mail } else { exit })
}

/// Checks a plan file by itself.
fn plan_file(words: &Words, path: &Path) -> anyhow::Result<Exit> {
    let mut findings = Findings::new(words);
    let exit = match planfile::read_file(path, &HolidayTables::shipped(), Timestamp::now()) {
        Ok(loaded) => {
            findings.remarks(&loaded);
            if loaded.set_aside > 0 { Exit::Failed } else { Exit::Done }
        }
        Err(PlanError(wrong)) => {
            findings.add(Order::Bad, "cli-check-plan", &said::remark(words, &wrong));
            Exit::Failed
        }
    };
    findings.print()?;
    Ok(exit)
}

/// What was found, as it will be printed.
struct Findings<'a> {
    words: &'a Words,
    lines: Vec<String>,
}

impl<'a> Findings<'a> {
    fn new(words: &'a Words) -> Self {
        Findings { words, lines: Vec::new() }
    }

    fn add(&mut self, order: Order, what: &str, said: &str) {
        let sign = self.words.get(match order {
            Order::Good => "cli-check-good",
            Order::Doubtful => "cli-check-doubtful",
            Order::Bad => "cli-check-bad",
        });
        self.lines.push(format!("[{sign}] {}: {said}", self.words.get(what)));
    }

    fn config(&mut self, session: &Session) {
        let config = &session.config;
        let said = match (&config.file, config::usual_file()) {
            (Some(file), _) => file.display().to_string(),
            (None, Some(usual)) => self.words.with("cli-config-none", &[("path", usual.display().to_string().into())]),
            (None, None) => self.words.get("cli-config-nowhere").into_owned(),
        };
        self.add(Order::Good, "cli-check-config", &said);
        if let Err(wrong) = Bindings::new(&config.keys) {
            self.add(Order::Bad, "cli-check-config", &session.wrong_keys(&wrong));
        }
    }

    fn data(&mut self, config: &Config) {
        match opened::local_ledger(config) {
            Some(path) if path.is_file() => self.add(Order::Good, "cli-check-data", &path.display().to_string()),
            Some(path) => {
                let said = self.words.with("cli-data-empty", &[("path", path.display().to_string().into())]);
                self.add(Order::Good, "cli-check-data", &said);
            }
            None => {
                let said = self.words.get("cli-no-data-dir").into_owned();
                self.add(Order::Doubtful, "cli-check-data", &said);
            }
        }
    }

    /// The mail settings and the wording of letters; asks the mail server only where `connect` says so.
    fn mail(&mut self, session: &Session, connect: bool) -> Exit {
        let words = self.words;
        let mut exit = match mail::templates(session) {
            Ok(_) => {
                self.add(Order::Good, "cli-check-letters", &words.get("cli-letters-good"));
                Exit::Done
            }
            Err(problem) => {
                self.add(Order::Bad, "cli-check-letters", &words.say(&problem.sentence()));
                Exit::Usage
            }
        };
        if !session.config.mail.is_set_up() {
            self.add(Order::Good, "cli-check-mail", &words.get("cli-mail-off"));
            return exit;
        }
        if let Err(problem) = session.config.mail.check() {
            self.add(Order::Bad, "cli-check-mail", &words.say(&problem.sentence()));
            return Exit::Usage;
        }
        self.add(Order::Good, "cli-check-mail", &mail::described(session));
        if connect {
            match wait(mail::try_out(session)) {
                Ok(()) => self.add(Order::Good, "cli-check-mail", &words.get("cli-mail-reached")),
                Err(error) => {
                    self.add(Order::Bad, "cli-check-mail", &format!("{error:#}"));
                    exit = exit::exit(&error);
                }
            }
        }
        exit
    }

    /// Opens the source and reads the plan.
    fn source(&mut self, session: &Session) -> Exit {
        let read = wait(async {
            let opened = opened::open(session).await;
            let here = opened.as_ref().ok().and_then(|opened| outbox::address(session, opened.source.as_ref()));
            self.outbox(session, here).await;
            let opened = opened?;
            let fetched = opened.source.fetch(None).await?;
            Ok((opened, fetched))
        });
        let (opened, fetched) = match read {
            Ok(read) => read,
            Err(error) => {
                self.add(Order::Bad, "cli-check-source", &said::error(self.words, &error));
                return exit::exit(&error);
            }
        };
        self.add(Order::Good, "cli-check-source", &opened.name);
        let heard = opened.source.heard();
        for notice in heard.notices {
            let order = if notice.grave { Order::Doubtful } else { Order::Good };
            self.add(order, "cli-check-source", &self.words.say(&notice.said));
        }
        for ask in heard.asks.unwrap_or_default() {
            self.add(Order::Doubtful, "cli-check-question", &self.words.say(&questions::sentence(&ask)));
        }
        if let Some(Behind::Unread { why, .. }) = heard.behind {
            self.add(Order::Bad, "cli-check-source", &self.words.say(why.why()));
        }
        let mut in_order = Bindings::new(&session.config.keys).is_ok();
        if let Fetched::Whole(snapshot) = fetched {
            in_order &= self.plan(session, &snapshot);
        }
        if opened.built_in
            && let Ok(loaded) = planfile::sample()
        {
            self.remarks(&loaded);
        }
        if in_order { Exit::Done } else { Exit::Usage }
    }

    /// What waits to be sent, to the source that is opened and to others.
    async fn outbox(&mut self, session: &Session, here: Option<Address>) {
        let words = self.words;
        let found = match outbox::look(session, here.as_ref()).await {
            Ok(Some(found)) => found,
            Ok(None) => return,
            Err(failure) => {
                let said = Sentence::new("said-outbox-broken").with("why", failure.why().clone());
                self.add(Order::Bad, "cli-check-outbox", &words.say(&said));
                return;
            }
        };
        let count = i64::try_from(found.here).unwrap_or(i64::MAX);
        if here.is_some() || found.elsewhere.is_empty() {
            self.add(Order::Good, "cli-check-outbox", &words.with("cli-outbox-here", &[("count", count.into())]));
        }
        for said in found.told() {
            self.add(Order::Doubtful, "cli-check-outbox", &words.say(&said));
        }
    }

    fn plan(&mut self, session: &Session, snapshot: &Snapshot) -> bool {
        let plan = &snapshot.outline.plan;
        let counts = self.words.with(
            "cli-plan-counts",
            &[
                ("agencies", plan.agencies.len().into()),
                ("tasks", plan.tasks.len().into()),
                ("duties", plan.duties.len().into()),
                ("campaigns", plan.campaigns.len().into()),
            ],
        );
        self.add(Order::Good, "cli-check-plan", &format!("{} · {} · {counts}", plan.id, plan.title.get(session.tag())));
        match &session.config.agency {
            Some(agency) if snapshot.outline.agency(agency.as_str()).is_none() => {
                let said = self.words.with("cli-no-such-agency", &[("agency", agency.as_str().into())]);
                self.add(Order::Bad, "cli-check-config", &said);
                false
            }
            Some(_) | None => true,
        }
    }

    /// What is wrong in a plan file.
    fn remarks(&mut self, loaded: &Loaded) {
        for remark in &loaded.remarks {
            let order = match remark.severity {
                planfile::Severity::SetAside => Order::Bad,
                planfile::Severity::Warning => Order::Doubtful,
            };
            let said = said::remark(self.words, remark);
            self.add(order, "cli-check-remark", &said);
        }
        let said = self.words.with(
            "cli-plan-read",
            &[
                ("plan", loaded.plan.id.as_str().into()),
                ("entries", loaded.journal.len().into()),
                ("aside", loaded.set_aside.into()),
                ("warnings", loaded.warnings.into()),
            ],
        );
        let order = if loaded.set_aside > 0 { Order::Bad } else { Order::Good };
        self.add(order, "cli-check-plan", &said);
        if loaded.set_aside > 0 {
            let mend = self.words.get("cli-mend-plan").into_owned();
            self.add(Order::Doubtful, "cli-check-mend", &mend);
        }
    }

    fn print(&self) -> anyhow::Result<()> {
        let mut out = output::out();
        for line in &self.lines {
            writeln!(out, "{line}")?;
        }
        Ok(output::finish(out)?)
    }
}
