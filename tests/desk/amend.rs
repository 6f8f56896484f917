//! Amending the plan from the screen: keys in, the plan and its journal out, on each kind of ledger.

use std::sync::Arc;

use crate::desk::{self, Desk, desks};
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

/// A task as somebody else amends it, which this screen has not fetched.
fn amended_elsewhere(desk: &mut Desk, id: &str, how: impl FnOnce(&mut tiendo::domain::task::Task)) {
    let (seen, mut plan) = (Arc::new(desk.plan()), desk.plan());
    how(plan.tasks.iter_mut().find(|task| task.id.as_str() == id).unwrap());
    desk.amended_elsewhere(&Amendment { seen, plan, reason: "khác".into(), reverses: None }).unwrap();
}

/// Both amend when a task is due; I its reason and whatever else `mine` does too.
fn contested(desk: &mut Desk, mine: impl FnOnce(&mut Desk)) {
    at_task(desk, "N29");
    amend(desk, Action::AmendTask);
    fill(desk, Slot::Due, "15/12/2023");
    fill(desk, Slot::Reason, "lùi hạn");
    mine(desk);
    amended_elsewhere(desk, "N29", |task| {
        task.due = Some("2023-12-20".parse().unwrap());
        task.start = Some("2023-11-01".parse().unwrap());
    });
    desk.keys("enter");
    assert_eq!(desk.said(), "said-not-amended");
}

fn due(desk: &Desk) -> String {
    task(&desk.plan(), "N29").due.unwrap().to_string()
}

#[test]
fn what_both_of_us_amended_is_shown_beside_mine_and_enter_alone_decides_nothing() {
    for mut desk in desks() {
        contested(&mut desk, |_| {});
        assert_eq!((desk.value(Slot::Due), desk.value(Slot::Theirs)), ("15/12/2023".into(), "20/12/2023".into()));
        assert_eq!(desk.value(Slot::Start), "01/11/2023", "what I left as it stood is as theirs");
        assert_eq!(desk.fault(), Some((Slot::Whose, "said-amended-too")));
        let before = desk.journal().len();
        desk.keys("enter enter enter");
        assert_eq!((desk.journal().len(), due(&desk)), (before, "2023-12-20".into()));
        assert_eq!(desk.value(Slot::Due), "15/12/2023", "nor is mine lost");
    }
}

#[test]
fn mine_is_laid_on_top_of_theirs_where_i_say_so() {
    for mut desk in desks() {
        contested(&mut desk, |_| {});
        desk.keys("enter right right enter");
        assert_eq!((desk.said(), due(&desk)), ("said-amended", "2023-12-15".into()));
        assert_eq!(task(&desk.plan(), "N29").start.unwrap().to_string(), "2023-11-01", "what was only theirs stays");
        desk.keys("u");
        assert_eq!((desk.said(), due(&desk)), ("said-amendment-taken-back", "2023-12-20".into()));
    }
}

#[test]
fn theirs_is_kept_with_what_else_i_amended() {
    for mut desk in desks() {
        contested(&mut desk, |desk| fill(desk, Slot::Lead, "hoi lien hiep phu nu"));
        desk.keys("enter right enter");
        assert_eq!((desk.said(), due(&desk)), ("said-amended", "2023-12-20".into()));
        assert_eq!(task(&desk.plan(), "N29").lead.as_str(), "lhpn");
    }
}

#[test]
fn keeping_theirs_where_nothing_else_was_amended_leaves_everything() {
    let mut desk = Desk::new();
    contested(&mut desk, |_| {});
    let before = desk.journal().len();
    desk.keys("enter right enter");
    assert_eq!((desk.said(), desk.app.model.sheet.is_none()), ("said-card-dropped", true));
    assert_eq!((desk.journal().len(), due(&desk)), (before, "2023-12-20".into()));
}

#[test]
fn who_leads_as_they_have_it_is_shown_by_name_and_given_back() {
    let mut desk = Desk::new();
    at_task(&mut desk, "N29");
    amend(&mut desk, Action::AmendTask);
    fill(&mut desk, Slot::Lead, "hoi lien hiep phu nu");
    fill(&mut desk, Slot::Title, "Tên khác");
    fill(&mut desk, Slot::Reason, "phân công lại");
    amended_elsewhere(&mut desk, "N29", |task| task.lead = "bdo".into());
    // What is fetched while the sheet is open shows at once, and not under the hand of who is writing.
    desk.app.fact(Msg::SourceChanged);
    desk.perform();
    let label = desk.value(Slot::Theirs);
    assert!(label.contains("Bù Đốp"), "{label}");
    let sheet = desk.app.model.sheet.as_ref().unwrap();
    assert_eq!(sheet.lines[sheet.focus].slot, Slot::Reason);
    desk.keys("enter right enter");
    assert_eq!(desk.said(), "said-amended");
    let after = task(&desk.plan(), "N29");
    assert_eq!((after.lead.as_str(), after.title.get("vi")), ("bdo", "Tên khác"));
}

#[test]
fn the_same_amended_by_both_is_nothing_to_decide_and_a_third_wording_asks_anew() {
    let mut desk = Desk::new();
    contested(&mut desk, |_| {});
    let fetch = |desk: &mut Desk| {
        desk.app.fact(Msg::SourceChanged);
        desk.perform();
    };
    desk.keys("enter right right");
    assert_eq!(desk.value(Slot::Whose), "mine");
    amended_elsewhere(&mut desk, "N29", |task| task.due = Some("2023-12-22".parse().unwrap()));
    fetch(&mut desk);
    assert_eq!((desk.value(Slot::Theirs), desk.value(Slot::Whose)), ("22/12/2023".into(), String::new()));
    amended_elsewhere(&mut desk, "N29", |task| task.due = Some("2023-12-15".parse().unwrap()));
    fetch(&mut desk);
    let lines = &desk.app.model.sheet.as_ref().unwrap().lines;
    assert!(lines.iter().all(|line| !matches!(line.slot, Slot::Theirs | Slot::Whose)));
    desk.keys("enter");
    assert_eq!(desk.fault(), Some((Slot::Reason, "said-nothing-changed")));
}

#[test]
fn a_task_gone_meanwhile_is_said_to_be() {
    let mut desk = Desk::new();
    at_task(&mut desk, "N29");
    amend(&mut desk, Action::AmendTask);
    fill(&mut desk, Slot::Due, "15/12/2023");
    fill(&mut desk, Slot::Reason, "lùi hạn");
    let (seen, mut plan) = (Arc::new(desk.plan()), desk.plan());
    plan.tasks.retain(|task| task.id.as_str() != "N29");
    desk.amended_elsewhere(&Amendment { seen, plan, reason: "bỏ".into(), reverses: None }).unwrap();
    desk.keys("enter");
    assert_eq!(desk.said(), "said-not-amended");
    desk.keys("enter");
    assert_eq!(desk.fault(), Some((Slot::Title, "said-gone")));
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
