//! The reports of an edited workbook. A report is owed by its duty: its name is changed for all who owe it, or not at
//! all; a deadline also for one of them; who owes it and for when is not changed in a row of a report.

use std::collections::BTreeMap;

use super::edits::{Edits, retitle};
use crate::{
    domain::{
        duty::OwnDue,
        id::{AgencyId, ItemId, ItemName},
        plan::Plan,
        sentence::Sentence,
        text::{Text, fold_marks},
        title::Title,
    },
    sources::sheet::{lines::Reported, mapping::Field, reading::Unread},
};

/// What was edited alike in rows: the value, in which rows.
type Edited<'a> = BTreeMap<String, Vec<(&'a ItemId, &'a Reported)>>;

impl Edits<'_> {
    pub(super) fn reports(&self, plan: &mut Plan, left: &mut Vec<Unread>) {
        // By duty; by duty and period.
        let (mut titles, mut dues) = (BTreeMap::<String, Edited<'_>>::new(), BTreeMap::<String, Edited<'_>>::new());
        for (id, is) in &self.read.reports {
            let (Some(was), Some(ItemName::Report { duty, period, .. })) = (self.written.reports.get(id), id.name())
            else {
                continue;
            };
            if was.title != is.title {
                titles.entry(duty.to_owned()).or_default().entry(is.title.to_string()).or_default().push((id, is));
            }
            let due = (is.due, &is.due_text);
            if (was.due, &was.due_text) != due && !self.is_unclear(id.as_str(), &[Field::Due]) {
                let said = format!("{due:?}");
                dues.entry(format!("{duty}/{period}")).or_default().entry(said).or_default().push((id, is));
            }
            self.fixed(id, left);
        }
        for (duty, edited) in titles {
            self.retitled(plan, &duty, edited, left);
        }
        for (place, edited) in dues {
            self.moved(plan, &place, edited, left);
        }
    }

    /// Who owes it and for which period is said by its id.
    fn fixed(&self, id: &ItemId, left: &mut Vec<Unread>) {
        let lines = [self.written, self.read].map(|one| one.lines.get(id.as_str()));
        let [Some(was), Some(is)] = lines else { return };
        // What it calls a case is not known to a ledger that was told of it by a workbook.
        let fields = [Some(Field::Agency), Some(Field::Period).filter(|_| self.faithful)];
        for field in fields.into_iter().flatten() {
            if fold_marks(was.cell(field)) != fold_marks(is.cell(field)) {
                left.push(is.unread(Some(field), Sentence::new("cli-import-report-fixed")));
            }
        }
    }

    fn retitled(&self, plan: &mut Plan, duty: &str, edited: Edited<'_>, left: &mut Vec<Unread>) {
        let there = plan.duties.iter_mut().find(|one| one.id.as_str() == duty);
        if let (true, Some(duty), Some(title)) =
            (self.is_whole(&format!("report:{duty}/"), &edited), there, edited.keys().next())
        {
            return retitle(&mut duty.title, self.words.language.tag, &Title::Plain(Text::new(title)));
        }
        let why = Sentence::new("cli-import-report-title").with("duty", duty);
        left.extend(edited.values().flatten().map(|(id, _)| self.at(id.as_str(), Some(Field::Title), why.clone())));
    }

    /// A deadline that was changed for all of a period is that of the period, else that of the agency, where the duty gives its
    /// periods.
    fn moved(&self, plan: &mut Plan, place: &str, edited: Edited<'_>, left: &mut Vec<Unread>) {
        let Some((duty, period)) = place.split_once('/') else { return };
        let alike = self.is_whole(&format!("report:{place}/"), &edited);
        let there = plan.duties.iter_mut().find(|one| one.id.as_str() == duty && one.due_by_kind.is_empty());
        let there = there.and_then(|duty| duty.periods.iter_mut().find(|it| it.period.as_str() == period));
        let rows = edited.values().flatten();
        let Some(there) = there else {
            let why = Sentence::new("cli-import-report-due").with("duty", duty);
            left.extend(rows.map(|(id, _)| self.at(id.as_str(), Some(Field::Due), why.clone())));
            return;
        };
        for (id, is) in rows {
            let Some(ItemName::Report { agency, .. }) = id.name() else { continue };
            let agency = AgencyId::from(agency);
            if alike {
                (there.due, there.due_text) = (is.due, is.due_text.clone());
            }
            there.lay_down(agency, OwnDue { due: is.due, due_text: is.due_text.clone(), ..OwnDue::default() });
        }
    }

    /// Do all rows whose ids begin so say the same? Of a part of the plan it is not known which others there are.
    fn is_whole(&self, begins: &str, edited: &Edited<'_>) -> bool {
        let read = self.read.reports.keys().filter(|id| id.as_str().starts_with(begins));
        let rows = read.filter(|id| self.written.reports.contains_key(*id)).count();
        !self.partial && edited.len() == 1 && edited.values().map(Vec::len).sum::<usize>() == rows
    }
}
