//! Letters that arrived and cases that are opened, as a coordinator meets them: keys in, the ledger and the model out.

use crate::{
    desk::{Desk, desks},
    screen::now,
};
use tiendo::{
    app::{
        action::Action,
        msg::Msg,
        results::Became,
        sheet::{Purpose, Slot},
    },
    domain::{
        entry::{Entry, Verb},
        id::EntryId,
        status::Base,
    },
    panels::cell::Word,
};

const HCCB: &str = "report:R2/2023-H1/hccb";
const BDO: &str = "report:R6/2023-H1/bdo";
const BDO_R4: &str = "report:R4/2023-Q3/bdo";
const BGM: &str = "report:R4/2023-Q3/bgm";

#[test]
fn an_agency_and_enter_record_its_most_overdue_report_as_received_today() {
    for mut desk in desks() {
        desk.keys("A").types("bu dop");
        assert_eq!(desk.value(Slot::Report), BDO, "the most overdue one");
        desk.keys("enter");
        let item = desk.item(BDO);
        assert_eq!((item.state.base, item.state.handed_in.unwrap().to_string()), (Base::Done, "2023-11-20".into()));
        let sheet = desk.app.model.sheet.as_ref().unwrap();
        assert_eq!(sheet.arrived.len(), 1, "the sheet stays for the next letter");
        assert_eq!(sheet.arrived[0].became, Some(Became::Done));
        assert_eq!((desk.value(Slot::Agency), sheet.focus), (String::new(), 0));
    }
}

#[test]
fn ten_letters_take_few_keys_and_are_taken_back_one_by_one() {
    for mut desk in desks() {
        let before = desk.journal().len();
        desk.keys("A tab tab tab").retype("17/11").keys("tab tab");
        for agency in ["hccb", "bu dop", "bdo", "bgm", "ct", "bptv", "lhpn", "hq", "bdbp", "yt"] {
            desk.types(agency).keys("enter");
            assert_eq!(desk.fault(), None, "{agency}");
        }
        assert_eq!(desk.app.model.sheet.as_ref().unwrap().arrived.len(), 10);
        assert_eq!(desk.journal().len(), before + 10);
        for id in [HCCB, BDO, BDO_R4, BGM] {
            assert_eq!(desk.item(id).state.handed_in.unwrap().to_string(), "2023-11-17", "the day is kept: {id}");
        }
        desk.keys("esc");
        assert!(desk.app.model.sheet.is_none());
        desk.keys("u");
        assert_eq!(desk.item(BGM).state.base, Base::Done, "one step each");
        desk.keys("u u u u u u");
        assert_eq!(desk.item(BGM).state.base, Base::NotStarted);
        assert_eq!(desk.item(BDO_R4).state.base, Base::Done);
        desk.keys("u u u");
        assert_eq!(desk.item(HCCB).state.base, Base::NotStarted);
    }
}

#[test]
fn number_link_and_another_report_are_recorded() {
    let mut desk = Desk::new();
    desk.keys("A").types("bdo").keys("page-down");
    assert_eq!(desk.value(Slot::Report), BDO_R4);
    desk.keys("page-up tab").types("12/BC-UBND").keys("tab right");
    assert_eq!(desk.value(Slot::Report), BDO_R4);
    desk.keys("tab tab").types("https://vb.example/12").keys("enter");
    let item = desk.item(BDO_R4);
    assert_eq!(item.state.document.as_deref(), Some("12/BC-UBND"));
    assert_eq!(item.state.link.as_deref(), Some("https://vb.example/12"));
    assert_eq!(desk.item(BDO).state.base, Base::NotStarted);
}

#[test]
fn arrows_and_enter_are_enough() {
    let mut desk = Desk::new();
    desk.app.fact(Msg::Chosen(Action::Arrivals));
    desk.keys("right enter right enter");
    assert_eq!(desk.item(BDO).state.base, Base::Done, "who is most overdue comes first");
    assert_eq!(desk.item(HCCB).state.base, Base::Done);
}

#[test]
fn letters_taken_back_by_an_input_method_come_to_what_stands_there() {
    let mut desk = Desk::new();
    desk.keys("A").types("bu");
    desk.keys("backspace").types("ù");
    assert!(desk.value(Slot::Agency).starts_with("bd") || !desk.value(Slot::Agency).is_empty());
    desk.types(" do");
    desk.keys("backspace backspace").types("đô");
    desk.keys("backspace").types("ốp");
    assert_eq!(desk.value(Slot::Agency), "bdo");
    desk.keys("enter");
    assert_eq!(desk.item(BDO).state.base, Base::Done);
}

#[test]
fn who_owes_nothing_is_said_so_and_nothing_is_recorded() {
    let mut desk = Desk::new();
    let before = desk.journal().len();
    desk.keys("A enter");
    assert_eq!(desk.fault(), Some((Slot::Agency, "said-which-agency")));
    desk.types("ubnd").keys("enter");
    assert_eq!(desk.fault(), Some((Slot::Agency, "said-owes-nothing")));
    desk.retype("xyz").keys("enter");
    assert_eq!(desk.fault(), Some((Slot::Agency, "said-which-agency")));
    desk.retype("hccb").keys("tab tab tab").retype("+1").keys("enter");
    assert_eq!(desk.fault(), Some((Slot::On, "said-day-to-come")), "tomorrow has not been");
    assert_eq!(desk.journal().len(), before);
}

#[test]
fn the_same_number_twice_is_pointed_out_once() {
    let mut desk = Desk::new();
    desk.keys("A").types("bdo").keys("tab").types("12/BC-UBND").keys("enter");
    desk.types("bdo").keys("tab").types("12/bc-ubnd").keys("enter");
    assert_eq!(desk.fault(), Some((Slot::Document, "said-same-document")));
    assert_eq!(desk.item(BDO_R4).state.base, Base::NotStarted);
    desk.keys("enter");
    assert_eq!(desk.item(BDO_R4).state.base, Base::Done, "one letter may be for two reports");
    // Also what was recorded before this sitting is known.
    desk.keys("esc A").types("bdo").keys("tab").types("12/BC-UBND").keys("enter");
    assert_eq!(desk.fault(), Some((Slot::Document, "said-same-document")));
}

#[test]
fn what_somebody_else_recorded_meanwhile_is_shown_as_not_recorded() {
    let mut desk = Desk::new();
    desk.keys("A").types("hccb");
    let entry = Entry::new(EntryId::UNMADE, HCCB.into(), Verb::Receive, "2023-11-20".parse().unwrap(), now());
    let entry = Entry { expects: desk.item(HCCB).state.last, ..entry };
    desk.acted_elsewhere(entry);
    desk.keys("enter");
    let arrived = desk.app.model.sheet.as_ref().unwrap().arrived.clone();
    assert!(matches!(arrived[0].became, Some(Became::Conflict(_))), "{arrived:?}");
}

#[test]
fn where_somebody_else_received_the_chosen_report_none_takes_its_place_by_itself() {
    for fetched_before in [true, false] {
        let mut desk = Desk::new();
        desk.keys("A").types("bdo");
        assert_eq!(desk.value(Slot::Report), BDO);
        let entry = Entry::new(EntryId::UNMADE, BDO.into(), Verb::Receive, "2023-11-20".parse().unwrap(), now());
        desk.acted_elsewhere(entry);
        if fetched_before {
            desk.app.fact(Msg::SourceChanged);
            desk.perform();
            assert_eq!(desk.fault(), Some((Slot::Report, "said-owed-no-more")));
            assert_eq!(desk.value(Slot::Report), "", "not the next one");
            desk.keys("enter enter");
            assert_eq!(desk.fault(), Some((Slot::Report, "said-owed-no-more")));
        } else {
            desk.keys("enter");
            assert!(desk.app.model.sheet.as_ref().unwrap().arrived[0].became.is_some());
            desk.types("bdo");
        }
        assert_eq!(desk.item(BDO_R4).state.base, Base::NotStarted, "Enter receives nothing else");
        if fetched_before {
            desk.keys("page-down");
        }
        assert_eq!((desk.value(Slot::Report).as_str(), desk.fault()), (BDO_R4, None));
        desk.keys("enter");
        assert_eq!(desk.item(BDO_R4).state.base, Base::Done);
    }
}

#[test]
fn a_case_is_opened_and_stands_among_the_reports_with_its_due_date() {
    for mut desk in desks() {
        desk.app.fact(Msg::Chosen(Action::OpenCase));
        assert_eq!(desk.app.model.sheet.as_ref().unwrap().purpose, Purpose::Case);
        desk.types("chon thanh").keys("tab").retype("17/11").keys("enter");
        assert_eq!(desk.fault(), Some((Slot::CaseTitle, "said-needed")));
        desk.types("Vụ việc tại khu nhà trọ").keys("enter");
        assert_eq!(desk.said(), "said-acted");
        let opened = desk.journal().remove(0);
        assert_eq!((opened.verb.clone(), opened.on.to_string()), (Verb::Open, "2023-11-17".into()));
        let agency = opened.agency.unwrap();
        let case = desk.item(&format!("report:R7/{}/{agency}", opened.id));
        assert_eq!(case.due.unwrap().to_string(), "2023-11-21", "two working days after Friday");
        desk.keys("u");
        assert_eq!(desk.item(case.id.as_str()).state.base, Base::Cancelled, "called off");
    }
}

#[test]
fn a_case_of_the_same_agency_and_day_is_asked_about_first() {
    let mut desk = Desk::new();
    let before = desk.journal().len();
    // The sample has a case of this agency on 16/11.
    desk.app.fact(Msg::Chosen(Action::OpenCase));
    desk.types("dx").keys("tab").retype("16/11").keys("tab").types("Vụ việc khác").keys("enter");
    assert_eq!(desk.fault(), Some((Slot::Sure, "said-same-case")));
    desk.keys("enter");
    assert!(desk.app.model.sheet.is_none(), "No is the first answer");
    assert_eq!(desk.journal().len(), before);
    desk.app.fact(Msg::Chosen(Action::OpenCase));
    desk.types("dx").keys("tab").retype("16/11").keys("tab").types("Vụ việc khác").keys("enter right enter");
    assert_eq!(desk.journal().len(), before + 1);
}

#[test]
fn read_only_opens_nothing() {
    let mut desk = Desk::new();
    desk.app.model.settings.read_only = Some(Word("read-only-asked"));
    desk.keys("A");
    assert!(desk.app.model.sheet.is_none());
    assert_eq!(desk.said(), "read-only-asked");
    desk.app.fact(Msg::Chosen(Action::OpenCase));
    assert!(desk.app.model.sheet.is_none());
}
