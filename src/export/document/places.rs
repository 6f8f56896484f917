//! [`Place`]: the places of a document's template. Some stand within a line, the others are parts of their own.

use super::facts::Figure;

/// A place in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The plan's name.
    Plan,
    /// The plan's number; its name where it has none.
    PlanNumber,
    /// The plan as one cites it.
    Basis,
    /// The body that issued the plan.
    Owner,
    /// The body that issues the document.
    Office,
    /// The body above it.
    Above,
    /// The place it sits in.
    Seat,
    /// The day.
    Date,
    /// The time of day.
    Time,
    /// The day before which an answer is asked for.
    Before,
    /// A figure of the tasks.
    Tasks(Figure),
    /// A figure of the reports.
    Reports(Figure),
    /// How many tasks and reports are late.
    Late,
    /// Of how many agencies.
    LateAgencies,
    /// The most days one is late.
    Longest,
    /// How many of them were reminded of.
    Reminded,
    /// How many were proposed to the leadership.
    Escalated,
    /// How many nothing was done about.
    Untouched,
    /// Where the figures are from, and who made the document.
    AsOf,
    /// Whom a letter is to.
    Addressees,
    /// The figures of the tasks by agency.
    TasksByAgency,
    /// The figures of the reports by agency.
    ReportsByAgency,
    /// The figures by programme.
    ByProgramme,
    /// The campaigns.
    Campaigns,
    /// Who is late, and what was done about it.
    LateByAgency,
    /// Why things are late, as far as it was written down.
    Reasons,
    /// What the ladder proposes.
    Proposals,
    /// What is late, the latest first.
    LateItems,
    /// What is late, agency by agency.
    LateItemsByAgency,
}

const fn tasks(name: &'static str, figure: Figure) -> (&'static str, Place) {
    (name, Place::Tasks(figure))
}

const fn reports(name: &'static str, figure: Figure) -> (&'static str, Place) {
    (name, Place::Reports(figure))
}

impl Place {
    /// All of them with their names.
    pub(super) const ALL: [(&'static str, Place); 51] = [
        ("plan", Place::Plan),
        ("plan_number", Place::PlanNumber),
        ("basis", Place::Basis),
        ("owner", Place::Owner),
        ("office", Place::Office),
        ("above", Place::Above),
        ("place", Place::Seat),
        ("date", Place::Date),
        ("time", Place::Time),
        ("before", Place::Before),
        tasks("tasks", Figure::Assigned),
        tasks("tasks_reached", Figure::Reached),
        tasks("tasks_done", Figure::Done),
        tasks("tasks_on_time", Figure::OnTime),
        tasks("tasks_late", Figure::DoneLate),
        tasks("tasks_open", Figure::Open),
        tasks("tasks_in_time", Figure::InTime),
        tasks("tasks_overdue", Figure::Overdue),
        tasks("tasks_waiting", Figure::Waiting),
        tasks("tasks_left_out", Figure::LeftOut),
        tasks("tasks_done_rate", Figure::DoneRate),
        tasks("tasks_overdue_rate", Figure::OverdueRate),
        reports("reports", Figure::Assigned),
        reports("reports_reached", Figure::Reached),
        reports("reports_done", Figure::Done),
        reports("reports_on_time", Figure::OnTime),
        reports("reports_late", Figure::DoneLate),
        reports("reports_open", Figure::Open),
        reports("reports_in_time", Figure::InTime),
        reports("reports_overdue", Figure::Overdue),
        reports("reports_waiting", Figure::Waiting),
        reports("reports_left_out", Figure::LeftOut),
        reports("reports_done_rate", Figure::DoneRate),
        reports("reports_overdue_rate", Figure::OverdueRate),
        ("late", Place::Late),
        ("late_agencies", Place::LateAgencies),
        ("longest", Place::Longest),
        ("reminded", Place::Reminded),
        ("escalated", Place::Escalated),
        ("untouched", Place::Untouched),
        ("as_of", Place::AsOf),
        ("addressees", Place::Addressees),
        ("tasks_by_agency", Place::TasksByAgency),
        ("reports_by_agency", Place::ReportsByAgency),
        ("by_programme", Place::ByProgramme),
        ("campaigns", Place::Campaigns),
        ("late_by_agency", Place::LateByAgency),
        ("reasons", Place::Reasons),
        ("proposals", Place::Proposals),
        ("late_items", Place::LateItems),
        ("late_items_by_agency", Place::LateItemsByAgency),
    ];

    /// Is it a part of its own, which needs a line of its own?
    pub(super) fn is_part(self) -> bool {
        match self {
            Place::Plan
            | Place::PlanNumber
            | Place::Basis
            | Place::Owner
            | Place::Office
            | Place::Above
            | Place::Seat
            | Place::Date
            | Place::Time
            | Place::Before
            | Place::Tasks(_)
            | Place::Reports(_)
            | Place::Late
            | Place::LateAgencies
            | Place::Longest
            | Place::Reminded
            | Place::Escalated
            | Place::Untouched
            | Place::AsOf => false,
            Place::Addressees
            | Place::TasksByAgency
            | Place::ReportsByAgency
            | Place::ByProgramme
            | Place::Campaigns
            | Place::LateByAgency
            | Place::Reasons
            | Place::Proposals
            | Place::LateItems
            | Place::LateItemsByAgency => true,
        }
    }

    /// Its name in a template.
    pub(super) fn name(self) -> &'static str {
        Place::ALL.into_iter().find(|(_, place)| *place == self).map_or("", |(name, _)| name)
    }
}
