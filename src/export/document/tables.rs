//! The tables of a document: figures by agency and by programme, campaigns, what is late.

use super::{
    Align, Column, Row, Table,
    facts::{Facts, Figure},
};
use crate::domain::{
    campaign::Phase,
    id::ItemId,
    item::{Item, Kind},
    status::Base,
    summary::{AgencyFigures, Figures},
};

/// A list of what is late has so many lines; a longer one is for a workbook.
pub(super) const MOST_ROWS: usize = 2_000;

const DONE: Option<&str> = Some("export-group-done");
const OPEN: Option<&str> = Some("export-group-open");

/// A group, a heading, a width: the columns of a table.
type Heads<'h> = &'h [(Option<&'h str>, &'h str, u16, Align)];

impl Facts<'_> {
    fn table(&self, heads: Heads<'_>, rows: Vec<Row>) -> Table {
        let said = |id: &str| self.words().get(id).into_owned();
        let column = |(group, heading, share, align): &(Option<&str>, &str, u16, Align)| Column {
            group: group.map(said),
            heading: said(heading),
            share: *share,
            align: *align,
        };
        Table { columns: heads.iter().map(column).collect(), rows }
    }

    /// Assigned, reached, the partition, the share done.
    fn figures(&self, figures: &Figures) -> Vec<String> {
        let counted = [Figure::Assigned, Figure::Reached].into_iter().chain(Figure::PARTITION);
        counted.chain([Figure::DoneRate]).map(|figure| figure.said(figures, self.words())).collect()
    }

    /// The figures of tasks or reports by agency, those that have any.
    pub(super) fn figures_by_agency(&self, kind: Kind) -> Table {
        let of = |agency: &AgencyFigures| if kind == Kind::Task { agency.tasks } else { agency.reports };
        let agencies = (0..).zip(&self.summary.agencies).map(|(index, agency)| (self.prose.agency(index), of(agency)));
        let assigned = if kind == Kind::Task { "export-column-assigned" } else { "export-column-owed" };
        self.figure_table(("export-column-agency", assigned), agencies.collect(), *self.summary.of_kind(kind))
    }

    /// The figures of tasks and reports by programme; what belongs to none is in a row of its own.
    pub(super) fn figures_by_programme(&self) -> Table {
        let tag = self.words().language.tag;
        let plan = &self.over.snapshot.outline.plan;
        let named = plan.programmes.iter().map(|programme| match programme.title.get(tag) {
            "" => programme.id.to_string(),
            title => title.to_owned(),
        });
        let mut rows: Vec<(String, Figures)> = named.zip(self.summary.programmes.iter().copied()).collect();
        let stray = self.over.items.iter().copied();
        let stray = stray.filter(|item| item.kind() != Kind::Milestone && item.programme.is_none());
        rows.push((self.words().get("export-no-programme").into_owned(), Figures::of(stray, self.over.today)));
        let mut all = self.summary.tasks;
        all.join(&self.summary.reports);
        self.figure_table(("export-column-programme", "export-column-all"), rows, all)
    }

    fn figure_table(&self, (first, all): (&str, &str), rows: Vec<(String, Figures)>, total: Figures) -> Table {
        let heads: Heads<'_> = &[
            (None, "letter-column-number", 6, Align::Centre),
            (None, first, 26, Align::Left),
            (None, all, 8, Align::Centre),
            (None, "export-column-reached", 8, Align::Centre),
            (DONE, "export-column-on-time", 8, Align::Centre),
            (DONE, "export-column-past-due", 8, Align::Centre),
            (OPEN, "export-column-in-time", 8, Align::Centre),
            (OPEN, "export-column-past-due", 8, Align::Centre),
            (OPEN, "export-column-waiting", 11, Align::Centre),
            (None, "export-column-done-rate", 11, Align::Centre),
        ];
        let counted = rows.into_iter().filter(|(_, figures)| figures.assigned() > 0);
        let numbered = (1_usize..).zip(counted);
        let row = |(number, (name, figures)): (usize, (String, Figures))| {
            Row::Cells([vec![number.to_string(), name], self.figures(&figures)].concat())
        };
        let mut rows: Vec<Row> = numbered.map(row).collect();
        let all = self.words().get("export-total").into_owned();
        rows.push(Row::Total([vec![String::new(), all], self.figures(&total)].concat()));
        self.table(heads, rows)
    }

    /// The campaigns that are handed over.
    pub(super) fn campaigns(&self) -> Table {
        let heads: Heads<'_> = &[
            (None, "letter-column-number", 6, Align::Centre),
            (None, "export-column-campaign", 35, Align::Left),
            (None, "export-column-span", 16, Align::Centre),
            (None, "export-column-lead", 18, Align::Left),
            (None, "export-column-status", 13, Align::Left),
            (None, "export-column-milestones", 12, Align::Centre),
        ];
        let (over, words) = (self.over, self.words());
        let outline = &over.snapshot.outline;
        let campaigns = over.campaigns.iter().filter_map(|index| outline.plan.campaigns.get(*index as usize));
        let row = |(number, campaign): (usize, &crate::domain::campaign::Campaign)| {
            let countdown = campaign.countdown(over.today.date, &outline.calendar);
            let stands = match countdown.phase {
                Phase::Running => words.with(
                    "cli-campaign-running",
                    &[("day", countdown.day.unwrap_or_default().into()), ("days", countdown.days.into())],
                ),
                Phase::Coming => words.with(
                    "cli-campaign-coming",
                    &[("days", countdown.days_left.into()), ("working", countdown.working_days_left.into())],
                ),
                Phase::Past => words.get("cli-campaign-past").into_owned(),
            };
            let is_done = |id: ItemId| over.snapshot.item(&id).is_some_and(|item| item.state.base == Base::Done);
            let ids = campaign.milestones.iter().map(|milestone| ItemId::milestone(&campaign.id, &milestone.id));
            let done = ids.filter(|id| is_done(id.clone())).count();
            let lead = outline.agency(campaign.lead.as_str());
            let title = campaign.title.get(words.language.tag);
            Row::Cells(vec![
                number.to_string(),
                if title.is_empty() { campaign.id.to_string() } else { title.to_owned() },
                match (words.date(campaign.from), words.date(campaign.to)) {
                    (from, to) if from == to => from,
                    (from, to) => format!("{from} – {to}"),
                },
                lead.map_or_else(|| campaign.lead.to_string(), |lead| self.prose.agency(lead)),
                stands,
                format!("{done}/{}", campaign.milestones.len()),
            ])
        };
        self.table(heads, (1..).zip(campaigns).map(row).collect())
    }

    /// Who is late, with how much, and what was done about it.
    pub(super) fn late_by_agency(&self) -> Table {
        let heads: Heads<'_> = &[
            (None, "letter-column-number", 6, Align::Centre),
            (None, "export-column-agency", 28, Align::Left),
            (Some("export-group-overdue"), "export-column-tasks", 10, Align::Centre),
            (Some("export-group-overdue"), "export-column-reports", 10, Align::Centre),
            (None, "export-column-longest", 10, Align::Centre),
            (Some("export-group-handled"), "export-column-reminded", 12, Align::Centre),
            (Some("export-group-handled"), "export-column-escalated", 12, Align::Centre),
            (Some("export-group-handled"), "export-column-untouched", 12, Align::Centre),
        ];
        let words = self.words();
        let row = |(number, (agency, items)): (usize, (u32, Vec<&Item>))| {
            let count = |is: &dyn Fn(&Item) -> bool| {
                let count = items.iter().filter(|item| is(item)).count();
                words.number(i64::try_from(count).unwrap_or(i64::MAX))
            };
            let longest = items.iter().map(|item| self.days(item)).max().unwrap_or_default();
            Row::Cells(vec![
                number.to_string(),
                self.prose.agency(agency),
                count(&|item| item.kind() == Kind::Task),
                count(&|item| item.kind() == Kind::Report),
                words.number(longest.into()),
                count(&|item| item.state.reminders > 0),
                count(&|item| item.state.escalations > 0),
                count(&|item| item.state.is_untouched()),
            ])
        };
        self.table(heads, (1..).zip(self.by_agency()).map(row).collect())
    }

    /// What is late, the latest first, and what was done about each.
    pub(super) fn late_items(&self) -> Table {
        let heads: Heads<'_> = &[
            (None, "letter-column-number", 5, Align::Centre),
            (None, "export-column-agency", 18, Align::Left),
            (None, "letter-column-what", 27, Align::Left),
            (None, "letter-column-due", 17, Align::Left),
            (None, "letter-column-late", 12, Align::Centre),
            (None, "export-group-handled", 21, Align::Left),
        ];
        let row = |(number, item): (usize, &&Item)| {
            Row::Cells(vec![
                number.to_string(),
                self.prose.agency(item.agency),
                self.prose.what(item).unwrap_or_else(|| item.id.to_string()),
                self.prose.due(item),
                self.prose.late(item),
                self.handled(item),
            ])
        };
        self.table(heads, (1..).zip(self.late.iter().take(MOST_ROWS)).map(row).collect())
    }

    /// What is late, agency by agency: what each of them is told.
    pub(super) fn late_items_by_agency(&self) -> Table {
        let heads: Heads<'_> = &[
            (None, "letter-column-number", 7, Align::Centre),
            (None, "letter-column-what", 33, Align::Left),
            (None, "letter-column-due", 22, Align::Left),
            (None, "letter-column-late", 18, Align::Centre),
            (None, "letter-column-earlier", 20, Align::Left),
        ];
        let (mut rows, mut written) = (Vec::new(), 0);
        for (agency, items) in self.by_agency() {
            if written >= MOST_ROWS {
                break;
            }
            rows.push(Row::Across(self.prose.agency(agency)));
            for (number, item) in (1_usize..).zip(items.iter().take(MOST_ROWS - written)) {
                rows.push(Row::Cells(vec![
                    number.to_string(),
                    self.prose.what(item).unwrap_or_else(|| item.id.to_string()),
                    self.prose.due(item),
                    self.prose.late(item),
                    self.prose.earlier(item),
                ]));
                written += 1;
            }
        }
        self.table(heads, rows)
    }
}
