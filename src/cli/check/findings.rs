//! [`Findings`]: what was found, each with its order and its remedy; as lines and as JSON, and how the command ends by it.

use std::io::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    cli::{arguments::Shape, exit::Exit, output, print},
    words::Words,
};

/// What a check is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::cli) enum What {
    Config,
    Data,
    Source,
    Plan,
    PlanFile,
    Outbox,
    Letters,
    Reports,
    Mail,
    Clock,
    Calendar,
    Terminal,
    Colours,
    Letter,
    Mouse,
    Clipboard,
}

impl What {
    /// The id of its words.
    fn id(self) -> &'static str {
        match self {
            What::Config => "cli-check-config",
            What::Data => "cli-check-data",
            What::Source => "cli-check-source",
            What::Plan => "cli-check-plan",
            What::PlanFile => "cli-check-remark",
            What::Outbox => "cli-check-outbox",
            What::Letters => "cli-check-letters",
            What::Reports => "cli-check-reports",
            What::Mail => "cli-check-mail",
            What::Clock => "cli-check-clock",
            What::Calendar => "cli-check-calendar",
            What::Terminal => "cli-check-terminal",
            What::Colours => "cli-check-colours",
            What::Letter => "cli-check-width",
            What::Mouse => "cli-check-mouse",
            What::Clipboard => "cli-check-clipboard",
        }
    }
}

/// How far something is in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::cli) enum Order {
    /// It is.
    #[default]
    Good,
    /// It works, and wants to be looked at.
    Doubtful,
    /// It does not work.
    Bad,
}

/// What was found, as JSON.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct CheckFact {
    /// The worst of them.
    pub worst: Order,
    pub findings: Vec<Finding>,
}

/// One thing that was found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct Finding {
    pub what: What,
    pub order: Order,
    pub said: String,
    /// What to do about it, where there is something.
    pub remedy: Option<String>,
    #[serde(skip)]
    exit: Option<Exit>,
}

/// What was found, in order.
pub(super) struct Findings<'a> {
    pub words: &'a Words,
    ascii: bool,
    list: Vec<Finding>,
}

/// The finding that was added last, which may be told its remedy.
pub(super) struct Added<'f, 'a>(&'f mut Findings<'a>);

impl Added<'_, '_> {
    /// What to do about it: the words of that id.
    pub(super) fn mend(self, id: &str) {
        let remedy = self.0.words.get(id).into_owned();
        if let Some(last) = self.0.list.last_mut() {
            last.remedy = Some(remedy);
        }
    }
}

impl<'a> Findings<'a> {
    pub(super) fn new(words: &'a Words, ascii: bool) -> Self {
        Findings { words, ascii, list: Vec::new() }
    }

    pub(super) fn good(&mut self, what: What, said: &str) {
        self.add(Order::Good, None, what, said);
    }

    pub(super) fn doubtful(&mut self, what: What, said: &str) -> Added<'_, 'a> {
        self.add(Order::Doubtful, None, what, said);
        Added(self)
    }

    /// Something that does not work, and how a command ends by it.
    pub(super) fn bad(&mut self, exit: Exit, what: What, said: &str) -> Added<'_, 'a> {
        self.add(Order::Bad, Some(exit), what, said);
        Added(self)
    }

    fn add(&mut self, order: Order, exit: Option<Exit>, what: What, said: &str) {
        self.list.push(Finding { what, order, said: said.to_owned(), remedy: None, exit });
    }

    fn worst(&self) -> Order {
        self.list.iter().map(|finding| finding.order).max().unwrap_or_default()
    }

    /// Prints them and says how the command ends: by the worst.
    pub(super) fn end(self, shape: Shape, fail_if_any: bool) -> anyhow::Result<Exit> {
        let worst = self.worst();
        let exits = self.list.iter().filter_map(|finding| finding.exit);
        let exit = match worst {
            Order::Bad => exits.min_by_key(|exit| gravity(*exit)).unwrap_or(Exit::Failed),
            Order::Doubtful if fail_if_any => Exit::Found,
            Order::Doubtful | Order::Good => Exit::Done,
        };
        match shape {
            Shape::Json => print::json(&CheckFact { worst, findings: self.list })?,
            Shape::Table => self.print()?,
        }
        Ok(exit)
    }

    fn print(&self) -> anyhow::Result<()> {
        let mut out = output::out();
        for finding in &self.list {
            let sign = match (finding.order, self.ascii) {
                (Order::Good, false) => "✓",
                (Order::Doubtful, _) => "!",
                (Order::Bad, false) => "✗",
                (Order::Good, true) => "+",
                (Order::Bad, true) => "x",
            };
            writeln!(out, "{sign} {}: {}", self.words.get(finding.what.id()), finding.said)?;
            if let Some(remedy) = &finding.remedy {
                let arrow = if self.ascii { "->" } else { "→" };
                writeln!(out, "  {arrow} {remedy}")?;
            }
        }
        Ok(output::finish(out)?)
    }
}

/// Which of several ends is told: what is wrong here before what is wrong elsewhere.
fn gravity(exit: Exit) -> u8 {
    match exit {
        Exit::Usage => 0,
        Exit::Failed => 1,
        Exit::Refused => 2,
        Exit::Unreachable => 3,
        Exit::Done | Exit::Queued | Exit::Found | Exit::Ended(_) => 4,
    }
}
