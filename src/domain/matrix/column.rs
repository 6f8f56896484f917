//! Columns of the matrix: which there are, in which order, and which one an item belongs to.

use crate::domain::{
    id::{AgencyId, DutyId, ProgrammeId},
    item::{Index, Item, Kind, Subject},
    outline::Outline,
    text::Text,
};

/// What agencies are set against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Across {
    /// The periods reports are owed for.
    #[default]
    Periods,
    /// The programmes tasks belong to.
    Programmes,
}

/// A column; indices of the outline's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A period that is known beforehand, of `Outline::periods`.
    Period(Index),
    /// All reports of a duty that events open, of `Plan::duties`.
    Duty(Index),
    /// The tasks of a programme of `Plan::programmes`, or of none.
    Programme(Option<Index>),
}

/// A column by its ids: what the cursor holds on to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnKey {
    /// A duty's period.
    Period(DutyId, Text),
    /// A duty's cases, or what it wants after tasks.
    Duty(DutyId),
    /// A programme, or none.
    Programme(Option<ProgrammeId>),
}

/// Every column there may be, and which one an item belongs to.
pub(super) struct Slots {
    across: Across,
    pub(super) columns: Vec<Column>,
    /// By period of the outline.
    of_period: Vec<u32>,
}

impl Slots {
    pub(super) fn new(outline: &Outline, across: Across) -> Self {
        let programmes = (0..).zip(&outline.plan.programmes).map(|(index, _)| Column::Programme(Some(index)));
        if across == Across::Programmes {
            let columns = programmes.chain([Column::Programme(None)]).collect();
            return Slots { across, columns, of_period: Vec::new() };
        }
        let mut known: Vec<Index> =
            (0..).zip(&outline.periods).filter(|(_, period)| period.event.is_none()).map(|(index, _)| index).collect();
        known.sort_by_key(|index| {
            let period = &outline.periods[*index as usize];
            (period.due.is_none(), period.due, period.duty, *index)
        });
        let periods = u32::try_from(known.len()).unwrap_or(u32::MAX);
        let mut of_period: Vec<u32> = outline.periods.iter().map(|period| periods + period.duty).collect();
        for (slot, index) in (0..).zip(&known) {
            of_period[*index as usize] = slot;
        }
        let duties = (0..).zip(&outline.plan.duties).map(|(index, _)| Column::Duty(index));
        Slots { across, columns: known.into_iter().map(Column::Period).chain(duties).collect(), of_period }
    }

    pub(super) fn of(&self, item: &Item) -> Option<u32> {
        match (self.across, item.subject) {
            (Across::Periods, Subject::Report { period, .. }) if !item.is_called_off() => {
                self.of_period.get(period as usize).copied()
            }
            (Across::Programmes, Subject::Task(_)) => {
                Some(item.programme.unwrap_or(u32::try_from(self.columns.len() - 1).unwrap_or(u32::MAX)))
            }
            (_, Subject::Report { .. } | Subject::Task(_) | Subject::Milestone { .. }) => None,
        }
    }
}

impl Across {
    /// What the items are.
    pub fn kind(self) -> Kind {
        match self {
            Across::Periods => Kind::Report,
            Across::Programmes => Kind::Task,
        }
    }

    /// The other one.
    pub fn other(self) -> Across {
        match self {
            Across::Periods => Across::Programmes,
            Across::Programmes => Across::Periods,
        }
    }
}

impl Column {
    /// Its ids.
    pub fn key(self, outline: &Outline) -> Option<ColumnKey> {
        let duty = |index: Index| outline.plan.duties.get(index as usize).map(|duty| duty.id.clone());
        match self {
            Column::Period(index) => {
                let period = outline.periods.get(index as usize)?;
                Some(ColumnKey::Period(duty(period.duty)?, period.id.clone()))
            }
            Column::Duty(index) => duty(index).map(ColumnKey::Duty),
            Column::Programme(None) => Some(ColumnKey::Programme(None)),
            Column::Programme(Some(index)) => {
                let programme = outline.plan.programmes.get(index as usize)?;
                Some(ColumnKey::Programme(Some(programme.id.clone())))
            }
        }
    }
}

impl ColumnKey {
    /// Does the item stand in the cell of this column and `agency`?
    pub fn has(&self, agency: &AgencyId, item: &Item, outline: &Outline) -> bool {
        if outline.agency(agency.as_str()) != Some(item.agency) {
            return false;
        }
        match (self, item.subject) {
            (ColumnKey::Period(id, named), Subject::Report { duty, period }) => {
                outline.duty(id.as_str()) == Some(duty) && outline.period(duty, named) == Some(period)
            }
            (ColumnKey::Duty(id), Subject::Report { duty, period }) => {
                let period = outline.periods.get(period as usize);
                outline.duty(id.as_str()) == Some(duty) && period.is_some_and(|period| period.event.is_some())
            }
            (ColumnKey::Programme(id), Subject::Task(_)) => {
                id.as_ref().and_then(|id| outline.programme(id.as_str())) == item.programme
            }
            (
                ColumnKey::Period(..) | ColumnKey::Duty(_) | ColumnKey::Programme(_),
                Subject::Report { .. } | Subject::Task(_) | Subject::Milestone { .. },
            ) => false,
        }
    }
}
