//! [`ReportPeriod`]: a period one duty is owed for, and those that are known from the plan alone. Periods that an event opens
//! are made in `outline.rs`.

use jiff::civil::Date;

use super::{
    deadline::written_due,
    duty::{DueRule, Duty, GivenPeriod},
    item::{Event, Index},
    period::Period,
    text::Text,
};

/// A period of one duty.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportPeriod {
    /// The duty, of `Plan::duties`.
    pub duty: Index,
    /// Its id, the middle part of the report's id.
    pub id: Text,
    /// The calendar period the id says, where it says one.
    pub period: Option<Period>,
    /// The first and the last day its figures cover.
    pub opens: Option<Date>,
    /// The last of them.
    pub closing: Option<Date>,
    /// The last on-time day as written; agencies of some kinds may have another.
    pub due: Option<Date>,
    /// The wording of the deadline.
    pub due_text: Option<Text>,
    /// What opened it, for a case or an `after_task` report.
    pub event: Option<Event>,
}

/// The periods of a duty that are known beforehand.
pub(super) fn laid_out(duty: &Duty, index: Index, year: i16) -> Vec<ReportPeriod> {
    let given = duty.periods.iter().map(|period| given(period, index));
    let ruled = duty.every.iter().flat_map(|recurrence| recurrence.periods(year));
    given.chain(ruled.map(|period| ruled_period(period, index, duty.due))).collect()
}

fn given(laid_down: &GivenPeriod, duty: Index) -> ReportPeriod {
    let period: Option<Period> = laid_down.period.parse().ok();
    let window = period.and_then(Period::window);
    ReportPeriod {
        duty,
        id: laid_down.period.clone(),
        period,
        opens: window.map(|(opens, _)| opens),
        closing: laid_down.closing.or(window.map(|(_, closing)| closing)),
        due: laid_down.due,
        due_text: laid_down.due_text.clone(),
        event: None,
    }
}

fn ruled_period(period: Period, duty: Index, rule: Option<DueRule>) -> ReportPeriod {
    let window = period.window();
    ReportPeriod {
        duty,
        id: Text::new(&period.to_string()),
        period: Some(period),
        opens: window.map(|(opens, _)| opens),
        closing: window.map(|(_, closing)| closing),
        due: rule.zip(window).and_then(|(rule, (_, closing))| written_due(rule, closing)),
        due_text: None,
        event: None,
    }
}
