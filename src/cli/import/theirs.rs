//! [`theirs`]: an office's own workbook over a plan the ledger has. It is another wording of what it speaks of; of what it says
//! nothing the plan keeps what it has: its ladder, its rules, what no column is for.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    edits::retitle,
    workbook::{Anew, Import, record, rewritten},
};
use crate::{
    cli::session::Session,
    domain::{
        agency::Agency,
        campaign::Campaign,
        duty::Duty,
        id::ItemId,
        item::State,
        plan::{Plan, Programme},
        sentence::Sentence,
        snapshot::Snapshot,
        task::Task,
        title::Title,
    },
    sources::sheet::{
        looked::Looked,
        mapping::{Field, SheetKind},
        reading::Told,
    },
};

/// What of it is taken in: an empty cell takes nothing back.
pub(super) fn theirs(
    session: &Session,
    standing: &Snapshot,
    looked: &Looked,
    now: Timestamp,
) -> anyhow::Result<Import> {
    let current = rewritten(session, standing, now, &session.words)?;
    let nothing = Told::default();
    let told = looked.reading.told.iter().map(|(id, told)| {
        let was = current.reading.told.get(id).unwrap_or(&nothing).clone();
        Anew { item: id.clone(), record: record(looked, id), is: told.over(&was), was }
    });
    let told = told.filter(|Anew { was, is, .. }| was != is).collect();
    let (plan, mut kept) = Meeting { standing, looked, language: session.tag() }.plan();
    let mut after = standing.clone();
    let zone = after.outline.zone.clone();
    after.amend(plan.clone().into(), now.to_zoned_datetime(zone).date());
    let gone = standing.items.iter().filter(|item| item.state != State::default() && after.place(&item.id).is_none());
    kept.extend(gone.map(|item| Sentence::new("cli-import-vanishes").with("id", item.id.as_str())));
    let amends = plan != *standing.outline.plan;
    Ok(Import { plan, amends, left: Vec::new(), kept, told })
}

/// The plan in force meets what a workbook says.
struct Meeting<'a> {
    standing: &'a Snapshot,
    looked: &'a Looked,
    language: &'a str,
}

impl Meeting<'_> {
    /// The plan that comes of it, and what stays of the one in force because the workbook says nothing of it.
    fn plan(&self) -> (Plan, Vec<Sentence>) {
        let before = &*self.standing.outline.plan;
        let read = &self.looked.reading.plan;
        let mut kept = Vec::new();
        let mut stays = |what: &'static str, count: usize| {
            if count > 0 {
                kept.push(Sentence::new(what).with("count", count));
            }
        };
        stays("cli-import-keeps-ladder", before.ladder.len());
        let is_named = |known: &&Agency| read.agencies.iter().any(|agency| agency.id == known.id);
        stays("cli-import-keeps-agencies", before.agencies.iter().filter(|known| !is_named(known)).count());
        let has = |kinds: &[SheetKind]| self.looked.tables.iter().any(|table| kinds.contains(&table.kind));
        let mut plan = Plan { programmes: self.programmes(), agencies: self.agencies(), ..before.clone() };
        if read.title.all().any(|title| !title.is_empty()) && self.looked.titled {
            self.title(&mut plan.title, &read.title);
        }
        plan.number = read.number.clone().or(plan.number);
        if has(&[SheetKind::Tasks]) {
            plan.tasks = read.tasks.iter().map(|task| self.task(task)).collect();
        } else {
            stays("cli-import-keeps-tasks", before.tasks.len());
        }
        if has(&[SheetKind::Reports, SheetKind::ReportGrid]) {
            let (duties, rules) = self.duties();
            plan.duties = duties;
            stays("cli-import-keeps-rules", rules);
        } else {
            stays("cli-import-keeps-duties", before.duties.len());
        }
        if has(&[SheetKind::Campaigns]) {
            plan.campaigns = read.campaigns.iter().map(|campaign| self.campaign(campaign)).collect();
        } else {
            stays("cli-import-keeps-campaigns", before.campaigns.len());
        }
        (plan, kept)
    }

    fn column(&self, kind: SheetKind, fields: &[Field]) -> bool {
        let of_kind = self.looked.tables.iter().filter(|table| table.kind == kind);
        of_kind.flat_map(|table| &table.columns).any(|(field, _)| fields.contains(field))
    }

    fn title(&self, title: &mut Title, is: &Title) {
        let said = is.all().next().unwrap_or_default();
        if title.all().all(|known| known != said) {
            retitle(title, self.language, &Title::from(said));
        }
    }

    /// Those of the plan, and those the workbook names besides.
    fn programmes(&self) -> Vec<Programme> {
        let mut all = self.standing.outline.plan.programmes.clone();
        for read in &self.looked.reading.plan.programmes {
            if all.iter().all(|known| known.id != read.id) {
                all.push(read.clone());
            }
        }
        all
    }

    /// Those of the plan with what the workbook says of them, and those it names besides.
    fn agencies(&self) -> Vec<Agency> {
        let mut all = self.standing.outline.plan.agencies.clone();
        for read in &self.looked.reading.plan.agencies {
            let Some(known) = all.iter_mut().find(|known| known.id == read.id) else {
                all.push(read.clone());
                continue;
            };
            if self.looked.lines.contains_key(format!("agency:{}", read.id).as_str()) {
                self.title(&mut known.name, &read.name);
                if self.column(SheetKind::Agencies, &[Field::Short]) {
                    self.title(&mut known.short, &read.short);
                }
                if self.column(SheetKind::Agencies, &[Field::Kind]) {
                    known.kind = read.kind.clone();
                }
                known.email = read.email.clone().or(known.email.take());
                known.phone = read.phone.clone().or(known.phone.take());
            }
        }
        all
    }

    fn task(&self, read: &Task) -> Task {
        let plan = &self.standing.outline.plan;
        let Some(known) = plan.tasks.iter().find(|known| known.id == read.id) else { return read.clone() };
        let says = |fields: &[Field]| self.column(SheetKind::Tasks, fields);
        let mut task = Task { lead: read.lead.clone(), ..known.clone() };
        self.title(&mut task.title, &read.title);
        if says(&[Field::Coordinating]) {
            task.coordinating = read.coordinating.clone();
        }
        if says(&[Field::Due, Field::Span]) {
            (task.due, task.due_text) = (read.due, read.due_text.clone());
        }
        task.start = read.start.or(known.start.filter(|_| !says(&[Field::From])));
        task.programme = read.programme.clone().or(task.programme);
        task.kind = read.kind.clone().or(task.kind);
        task
    }

    fn campaign(&self, read: &Campaign) -> Campaign {
        let plan = &self.standing.outline.plan;
        let Some(known) = plan.campaigns.iter().find(|known| known.id == read.id) else { return read.clone() };
        let mut campaign = Campaign { from: read.from, to: read.to, lead: read.lead.clone(), ..known.clone() };
        self.title(&mut campaign.title, &read.title);
        if self.column(SheetKind::Campaigns, &[Field::Coordinating]) {
            campaign.coordinating = read.coordinating.clone();
        }
        if self.column(SheetKind::Campaigns, &[Field::Milestone]) {
            let point = |is: &crate::domain::campaign::Milestone| {
                let Some(known) = known.milestones.iter().find(|known| known.id == is.id) else { return is.clone() };
                let mut point = crate::domain::campaign::Milestone { due: is.due.or(known.due), ..known.clone() };
                self.title(&mut point.title, &is.title);
                point
            };
            campaign.milestones = read.milestones.iter().map(point).collect();
        }
        campaign
    }

    /// The duties, and how many of them keep their rules: those whose reports are the ones the workbook lists.
    fn duties(&self) -> (Vec<Duty>, usize) {
        let plan = &self.standing.outline.plan;
        let mut rules = 0;
        let mut all = Vec::new();
        for read in &self.looked.reading.plan.duties {
            let Some(known) = plan.duties.iter().find(|known| known.id == read.id) else {
                all.push(read.clone());
                continue;
            };
            let by_rule =
                known.periods.is_empty() || known.owes.iter().any(|word| word.contains(':') || word.as_str() == "all");
            let mut duty = known.clone();
            self.title(&mut duty.title, &read.title);
            if !self.owes_the_same(known, read) {
                duty.owes = read.owes.clone();
                duty.periods = read.periods.clone();
                (duty.every, duty.due, duty.within) = (Vec::new(), None, None);
                duty.due_by_kind.clear();
            } else if by_rule {
                rules += 1;
            }
            if !read.to.is_empty() {
                duty.to = read.to.clone();
            }
            all.push(duty);
        }
        // Reports that an event opens have no row before it happened.
        let by_event = |known: &&Duty| known.within.is_some() || !known.after_task.is_empty();
        let named: BTreeSet<_> = all.iter().map(|duty| duty.id.clone()).collect();
        let others: Vec<Duty> =
            plan.duties.iter().filter(by_event).filter(|it| !named.contains(&it.id)).cloned().collect();
        rules += others.len();
        all.extend(others);
        (all, rules)
    }

    /// Are the reports of the two the same, due on the same days? What is not owed by an agency for a period is told of the item.
    fn owes_the_same(&self, known: &Duty, read: &Duty) -> bool {
        let owed = |id: &ItemId| {
            self.looked
                .reading
                .told
                .get(id)
                .is_none_or(|told| told.standing != Some(crate::sources::sheet::reading::Standing::Exempt))
        };
        let begins = format!("report:{}/", known.id);
        let mut here: BTreeSet<(ItemId, Option<jiff::civil::Date>)> = BTreeSet::new();
        for period in &read.periods {
            for agency in &read.owes {
                let id = ItemId::report(&read.id, &period.period, &agency.as_str().into());
                if owed(&id) {
                    here.insert((id, period.due_of(&agency.as_str().into()).due));
                }
            }
        }
        let there = self.standing.items.iter().filter(|item| item.id.as_str().starts_with(&begins));
        let there: BTreeSet<_> =
            there.filter(|item| !item.is_called_off()).map(|item| (item.id.clone(), item.written_due)).collect();
        here == there
    }
}
