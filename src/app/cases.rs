//! Opening a case: a report that no calendar foresees, owed from the day something happened.

use super::{
    act::Act,
    arrivals::candidate,
    effect::Effect,
    form::against,
    messages::Level,
    model::Model,
    pick::{Candidate, Pick},
    results,
    sheet::{Line, Purpose, Sheet, Slot},
    triage,
};
use crate::domain::{
    check::check_open,
    entry::{Entry, Verb},
    follow::same_case,
    id::{EntryId, ItemId},
    sentence::{Part, Sentence},
    typed_date::{self, Sense},
};

/// Opens the sheet, where the plan has a duty cases are opened on.
pub fn begin(model: &mut Model) {
    if !triage::may_act(model) {
        return;
    }
    let Some(snapshot) = &model.snapshot else { return };
    let language = model.language();
    let plan = &snapshot.outline.plan;
    let ad_hoc = plan.duties.iter().filter(|duty| duty.within.is_some());
    let duties: Vec<Candidate> = ad_hoc
        .map(|duty| {
            let label = format!("{} · {}", duty.id, duty.title.get(language));
            Candidate::new(duty.id.as_str(), &label, [])
        })
        .collect();
    let Some(first) = duties.first().map(|duty| duty.id.clone()) else {
        model.say(Level::Info, Sentence::new("said-no-case-duty"));
        return;
    };
    let agencies = snapshot.outline.agencies.iter().map(|agency| candidate(agency, language)).collect();
    let lines = vec![
        Line::pick(Slot::Duty, Pick::among(duties, Some(first.as_str()))),
        Line::pick(Slot::Agency, Pick::typed(agencies, None)),
        Line::typed(Slot::Event, "+0"),
        Line::typed(Slot::CaseTitle, ""),
    ];
    let mut sheet = Sheet::new(Purpose::Case, lines);
    sheet.focus = 1;
    model.sheet = Some(sheet);
}

/// Opens the case; where there is one of that agency and day already, asks first.
pub(super) fn accept(model: &mut Model, mut sheet: Sheet) -> Vec<Effect> {
    let asked = sheet.is_sure() == Some(true);
    match draft(model, &sheet) {
        Err((slot, why)) => sheet.fault(slot, why),
        Ok((_, Some(same))) if !asked => {
            sheet.ask();
            sheet.fault(Slot::Sure, Sentence::new("said-same-case").with("item", same));
        }
        Ok((draft, _)) => return triage::hand_in(model, Act::Open, vec![draft], Vec::new()),
    }
    model.sheet = Some(sheet);
    Vec::new()
}

/// The entry that opens it, and the name of a case that is the same; else the line that cannot be used, and why.
fn draft(model: &Model, sheet: &Sheet) -> Result<(Entry, Option<Part>), (Slot, Sentence)> {
    let (Some(snapshot), Some(against)) = (&model.snapshot, against(model)) else {
        return Err((Slot::Duty, Sentence::new("said-no-case-duty")));
    };
    let (duty, agency, title) = (sheet.value(Slot::Duty), sheet.value(Slot::Agency), sheet.value(Slot::CaseTitle));
    if agency.is_empty() {
        return Err((Slot::Agency, Sentence::new("said-which-agency")));
    }
    let base = typed_date::Base { today: against.today, due: None, calendar: against.calendar };
    let on = typed_date::read(&sheet.value(Slot::Event), Sense::Past, base).filter(|on| *on <= against.today);
    let on = on.ok_or_else(|| (Slot::Event, super::slot::wrong_day(&sheet.value(Slot::Event), against)))?;
    if title.is_empty() {
        return Err((Slot::CaseTitle, Sentence::new("said-needed")));
    }
    let item = ItemId::duty(&duty.as_str().into());
    let entry = Entry::new(EntryId::UNMADE, item, Verb::Open, on, against.now);
    let entry = Entry { agency: Some(agency.as_str().into()), title: Some(title), ..entry };
    check_open(&snapshot.outline, &entry).map_err(|refusal| (Slot::Agency, refusal.sentence()))?;
    let same = same_case(snapshot, &entry).map(|same| results::name(model, &same.id));
    Ok((entry, same))
}
