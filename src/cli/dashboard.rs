//! The dashboard itself, on the configured source or on the sample.

use clap::Args;
use jiff::civil::{Date, date};

use super::{
    day,
    exit::{Exit, Stop},
    output,
    session::Session,
};

/// The day of the sample plan: what its journal leads up to.
const SAMPLE_DAY: Date = date(2023, 11, 20);

/// `tiendo demo`.
#[derive(Clone, Debug, Args)]
pub(super) struct Demo {
    /// The day its clock is set to, 8 o'clock
    #[arg(long, value_name = "DATE", default_value = "2023-11-20")]
    at: String,
}

impl Demo {
    /// The day asked for.
    pub(super) fn day(&self, session: &Session) -> anyhow::Result<Date> {
        let no_date = || Stop::usage(session.words.with("cli-no-date", &[("typed", self.at.as_str().into())]));
        day::date(&self.at, SAMPLE_DAY).ok_or_else(no_date)
    }
}

/// What the dashboard is opened with.
#[derive(Debug)]
pub(super) struct Options {
    pub session: Session,
    /// The sample plan rather than what is configured, its clock set to 8 o'clock of that day.
    pub demo: Option<Date>,
}

/// Opens the dashboard and returns when it is closed.
pub(super) fn dashboard(options: Options) -> Exit {
    let Options { session, demo } = options;
    tracing::debug!(?demo, "no dashboard");
    output::complain(&session.words.get("cli-no-dashboard"));
    Exit::Failed
}
