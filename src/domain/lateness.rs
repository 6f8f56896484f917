//! [`Lateness`]: what is late now by how late it is, how many reports of each period came on time, and which agencies were
//! late most often.

use jiff::civil::Date;

use super::{
    expect::ReportPeriod,
    item::{Index, Item, Subject},
    outline::Outline,
    status::{Cell, Today, cell},
    summary::{AGEING, Figures, days_late},
};

/// What is late now, and who was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lateness {
    /// Overdue tasks and reports by how late they are, as in [`AGEING`].
    pub ageing: [u32; AGEING.len()],
    /// Report periods that have come due, the newest first.
    pub periods: Vec<PeriodFigures>,
    /// Agencies that were late, the most often late first.
    pub agencies: Vec<LateAgency>,
}

/// A report period with its figures; what has no period of its own (cases) stands together by duty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeriodFigures {
    /// The duty.
    pub duty: Index,
    /// The period, of `Outline::periods`.
    pub period: Option<Index>,
    /// Its last due date.
    pub due: Option<Date>,
    /// Its reports.
    pub figures: Figures,
}

/// An agency with how much of its was late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateAgency {
    /// The agency.
    pub agency: Index,
    /// Overdue now.
    pub overdue: u32,
    /// Done late.
    pub late: u32,
    /// All that had to be done by now or was: on time, late, overdue.
    pub reached: u32,
}

/// A lateness in the making.
pub(super) struct Counting {
    ageing: [u32; AGEING.len()],
    periods: Vec<PeriodFigures>,
    agencies: Vec<Figures>,
}

impl Counting {
    pub(super) fn new(outline: &Outline) -> Self {
        let period = |(index, period): (Index, &ReportPeriod)| {
            let own = period.event.is_none().then_some(index);
            PeriodFigures { duty: period.duty, period: own, due: None, figures: Figures::default() }
        };
        Counting {
            ageing: [0; AGEING.len()],
            periods: (0..).zip(&outline.periods).map(period).collect(),
            agencies: vec![Figures::default(); outline.agencies.len()],
        }
    }

    /// Counts one more item.
    pub(super) fn add(&mut self, item: &Item, today: Today) {
        match item.subject {
            Subject::Milestone { .. } => return,
            Subject::Report { period, .. } => {
                if let Some(of) = self.periods.get_mut(period as usize) {
                    of.figures.add(item, today);
                    of.due = of.due.max(item.due);
                }
            }
            Subject::Task(_) => {}
        }
        if let Some(figures) = self.agencies.get_mut(item.agency as usize) {
            figures.add(item, today);
        }
        if cell(item, today) == Some(Cell::Overdue) {
            let days = days_late(item, today).unwrap_or_default();
            let bucket = AGEING.iter().position(|most| days <= *most).unwrap_or(AGEING.len() - 1);
            self.ageing[bucket] += 1;
        }
    }

    pub(super) fn made(self) -> Lateness {
        Lateness { ageing: self.ageing, periods: by_period(&self.periods), agencies: by_agency(&self.agencies) }
    }
}

fn by_period(all: &[PeriodFigures]) -> Vec<PeriodFigures> {
    let mut periods: Vec<PeriodFigures> = Vec::new();
    for of in all.iter().filter(|of| of.figures.on_time_rate().is_some()) {
        let joins = |standing: &&mut PeriodFigures| {
            of.period.is_none() && standing.period.is_none() && standing.duty == of.duty
        };
        match periods.iter_mut().find(joins) {
            Some(standing) => {
                standing.figures.join(&of.figures);
                standing.due = standing.due.max(of.due);
            }
            None => periods.push(*of),
        }
    }
    periods.sort_by_key(|of| std::cmp::Reverse(of.due));
    periods
}

fn by_agency(all: &[Figures]) -> Vec<LateAgency> {
    let late = |(agency, figures): (Index, &Figures)| {
        let (overdue, late) = (figures.overdue(), figures.in_cell(Cell::Late));
        LateAgency { agency, overdue, late, reached: figures.in_cell(Cell::OnTime) + late + overdue }
    };
    let mut agencies: Vec<LateAgency> = (0..).zip(all).map(late).filter(|one| one.times() > 0).collect();
    agencies.sort_by(|one, other| other.times().cmp(&one.times()).then(other.share().total_cmp(&one.share())));
    agencies
}

impl LateAgency {
    /// How many times it was or is late.
    pub fn times(&self) -> u32 {
        self.overdue + self.late
    }

    /// The share of what it had to do that was late.
    pub fn share(&self) -> f64 {
        f64::from(self.times()) / f64::from(self.reached.max(1))
    }
}
