//! Amending the plan from the screen: keys in, the plan and its journal out, on each kind of ledger.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

#[path = "common/desk.rs"]
mod desk;
#[path = "common/screen.rs"]
mod screen;

use std::sync::Arc;

use desk::{Desk, desks};
use tiendo::{
    app::{action::Action, msg::Msg, sheet::Slot},
    domain::{amendment::Amendment, difference::Change, entry::Verb, plan::Plan},
    panels::cell::Word,
};

/// At a task in the list of tasks.
fn at_task(desk: &mut Desk, id: &str) {
    desk.keys("3 / ctrl-u").types(id).keys("enter");
    assert_eq!(desk.app.selected(), format!("task:{id}"));
}

fn amend(desk: &mut Desk, action: Action) {
    desk.app.fact(Msg::Chosen(action));
    assert!(desk.app.model.sheet.is_some(), "{action:?}: {}", desk.said());
}

/// Goes to a line of the sheet and puts a text there.
fn fill(desk: &mut Desk, slot: Slot, text: &str) {
    go(desk, slot);
    desk.retype(text);
}

fn go(desk: &mut Desk, slot: Slot) {
    for _ in 0..12 {
        let sheet = desk.app.model.sheet.as_ref().unwrap();
        if sheet.lines[sheet.focus].slot == slot {
            return;
        }
        desk.keys("tab");
    }
    panic!("no line {slot:?}");
}

fn task(plan: &Plan, id: &str) -> tiendo::domain::task::Task {
    plan.tasks.iter().find(|task| task.id.as_str() == id).unwrap().clone()
}

#[test]
fn a_due_date_is_amended_with_a_reason_and_the_journal_says_what_changed() {
    for mut desk in desks() {
        at_task(&mut desk, "N29");
        let before = task(&desk.plan(), "N29");
        amend(&mut desk, Action::AmendTask);
        fill(&mut desk, Slot::Due, "15/12/2023");
        desk.keys("enter");
        assert_eq!(desk.fault(), Some((Slot::Reason, "said-needed")));
        desk.types("UBND tỉnh đồng ý lùi").keys("enter");
        assert_eq!(desk.said(), "said-amended");
        let after = task(&desk.plan(), "N29");
        assert_eq!(after.due.unwrap().to_string(), "2023-12-15");
        assert_eq!((after.title, after.lead, after.start), (before.title, before.lead, before.start));
        assert_eq!(desk.item("task:N29").written_due.unwrap().to_string(), "2023-12-15");
        let entry = desk.journal().remove(0);
        assert_eq!((entry.verb.clone(), entry.reason.as_deref()), (Verb::Plan, Some("UBND tỉnh đồng ý lùi")));
        assert_eq!(entry.by.unwrap().as_str(), desk::ME);
        assert_eq!(entry.changes.len(), 1);
        assert_eq!(entry.changes[0].id.as_str(), "N29");
        let Change::Changed(fields) = &entry.changes[0].change else { panic!("not changed") };
        let due = fields.iter().find(|field| field.field.as_str() == "due").unwrap();
        assert_eq!(due.new.as_deref(), Some("2023-12-15"));
    }
}

#[test]
fn an_amendment_is_taken_back_by_the_wording_before_it_and_what_was_done_before_comes_next() {
    for mut desk in desks() {
        let before = desk.plan();
        at_task(&mut desk, "N29");
        desk.keys("n").types("đã gọi điện").keys("enter");
        at_task(&mut desk, "N29");
        amend(&mut desk, Action::AmendTask);
        fill(&mut desk, Slot::Title, "Tên khác");
        fill(&mut desk, Slot::Reason, "ghi nhầm");
        desk.keys("enter");
        assert_eq!(task(&desk.plan(), "N29").title.get("vi"), "Tên khác");
        assert_eq!(task(&desk.plan(), "N29").title.get("en"), task(&before, "N29").title.get("en"));
        desk.keys("u");
        assert_eq!(desk.said(), "said-amendment-taken-back");
        assert_eq!(desk.plan(), before);
        assert_eq!(desk.item("task:N29").state.notes, 1);
        desk.keys("U");
        assert_eq!((desk.said(), desk.plan()), ("said-nothing-to-redo", before.clone()));
        desk.keys("u");
        assert_eq!(desk.item("task:N29").state.notes, 0, "the step before it");
    }
}

#[test]
fn what_cannot_be_taken_back_says_so_and_how() {
    for mut desk in desks() {
        at_task(&mut desk, "N29");
        amend(&mut desk, Action::AmendTask);
        fill(&mut desk, Slot::Title, "Tên khác");
        fill(&mut desk, Slot::Reason, "ghi nhầm");
        desk.keys("enter");
        // As after the program was left and opened again.
        desk.app.model.amendments = Default::default();
        let before = desk.journal().len();
        desk.keys("u");
        assert_eq!(desk.said(), "said-amendment-stays");
        assert_eq!(desk.journal().len(), before);
    }
}

#[test]
fn a_plan_amended_meanwhile_is_not_overwritten_and_what_was_filled_in_stays() {
    for mut desk in desks() {
        at_task(&mut desk, "N29");
        amend(&mut desk, Action::AmendTask);
        fill(&mut desk, Slot::Due, "15/12/2023");
        fill(&mut desk, Slot::Reason, "lùi hạn");
        let seen = Arc::new(desk.plan());
        let mut plan = desk.plan();
        plan.agencies[0].phone = Some("0271 3870 000".into());
        let theirs = Amendment { seen, plan: plan.clone(), reason: "số mới".into(), reverses: None };
        desk.amended_elsewhere(&theirs).unwrap();
        desk.keys("enter");
        assert_eq!(desk.said(), "said-not-amended");
        assert_eq!(desk.plan(), plan, "theirs stands");
        assert_eq!(desk.value(Slot::Due), "15/12/2023", "mine is still there");
        desk.keys("enter");
        assert_eq!(desk.said(), "said-amended");
        assert_eq!(task(&desk.plan(), "N29").due.unwrap().to_string(), "2023-12-15");
        assert_eq!(desk.plan().agencies[0].phone.as_deref(), Some("0271 3870 000"));
        assert!(desk.amended_elsewhere(&theirs).is_err(), "what they saw is no longer in force");
    }
}

#[test]
fn who_leads_and_who_helps_are_chosen_by_name() {
    let mut desk = Desk::new();
    at_task(&mut desk, "N29");
    amend(&mut desk, Action::AmendTask);
    fill(&mut desk, Slot::Lead, "hoi lien hiep phu nu");
    fill(&mut desk, Slot::Coordinating, "bu dop, ldtbxh");
    fill(&mut desk, Slot::Reason, "phân công lại");
    desk.keys("enter");
    let after = task(&desk.plan(), "N29");
    assert_eq!(after.lead.as_str(), "lhpn");
    assert_eq!(after.coordinating.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["bdo", "ldtbxh"]);
    amend(&mut desk, Action::AmendTask);
    fill(&mut desk, Slot::Coordinating, "bu dop, qqq");
    desk.keys("enter");
    assert_eq!(desk.fault(), Some((Slot::Coordinating, "said-no-such-agency")));
}

#[test]
fn an_agencys_address_and_telephone_are_amended_from_its_row() {
    for mut desk in desks() {
        desk.keys("1 g m");
        assert!(desk.app.model.dialog.is_some(), "an agency's row has a menu");
        desk.types("amend-agency").keys("enter");
        assert!(desk.app.model.sheet.is_some());
        desk.retype("khong phai dia chi").keys("enter");
        assert_eq!(desk.fault(), Some((Slot::Email, "said-no-address")));
        desk.retype("vanthu@coquan.example").keys("tab").retype("0271 3870 001");
        fill(&mut desk, Slot::Reason, "đổi địa chỉ");
        desk.keys("enter");
        let plan = desk.plan();
        let agency = plan.agencies.iter().find(|agency| agency.phone.as_deref() == Some("0271 3870 001")).unwrap();
        assert_eq!(agency.email.as_deref(), Some("vanthu@coquan.example"));
    }
}

#[test]
fn a_task_is_added_with_an_id_of_its_own() {
    for mut desk in desks() {
        amend(&mut desk, Action::AddTask);
        assert_eq!(desk.value(Slot::Id), "N63", "counted on");
        desk.types("Hội nghị bổ sung");
        fill(&mut desk, Slot::Id, "N29");
        desk.keys("enter");
        assert_eq!(desk.fault(), Some((Slot::Id, "said-no-new-id")));
        fill(&mut desk, Slot::Id, "N63");
        fill(&mut desk, Slot::Lead, "ldtbxh");
        fill(&mut desk, Slot::Start, "01/12/2023");
        fill(&mut desk, Slot::Due, "30/11/2023");
        fill(&mut desk, Slot::Reason, "theo chỉ đạo");
        desk.keys("enter");
        assert_eq!(desk.fault(), Some((Slot::Due, "said-due-before-start")));
        fill(&mut desk, Slot::Due, "15/12");
        desk.keys("enter");
        assert_eq!(desk.item("task:N63").due.unwrap().to_string(), "2023-12-15");
        assert_eq!(desk.journal()[0].changes[0].change, Change::Added);
        desk.keys("u");
        assert!(desk.find("task:N63").is_none());
    }
}

#[test]
fn nothing_changed_is_nothing_laid_down() {
    let mut desk = Desk::new();
    let before = desk.journal().len();
    at_task(&mut desk, "N29");
    amend(&mut desk, Action::AmendTask);
    fill(&mut desk, Slot::Reason, "không có gì");
    desk.keys("enter");
    assert_eq!(desk.fault(), Some((Slot::Reason, "said-nothing-changed")));
    desk.keys("esc");
    assert_eq!(desk.journal().len(), before);
}

#[test]
fn where_the_source_takes_no_amendments_it_is_said() {
    let mut desk = Desk::new();
    at_task(&mut desk, "N29");
    desk.app.model.settings.amends = false;
    desk.app.fact(Msg::Chosen(Action::AmendTask));
    assert_eq!((desk.app.model.sheet.is_none(), desk.said()), (true, "said-cannot-amend"));
    desk.app.model.settings.amends = true;
    desk.app.model.settings.read_only = Some(Word("read-only-asked"));
    desk.app.fact(Msg::Chosen(Action::AmendTask));
    assert_eq!((desk.app.model.sheet.is_none(), desk.said()), (true, "read-only-asked"));
}
