//! Another day: going to it, what it shows, that it can only be looked at, and the way back.

use std::process::{Command, Stdio};

use crate::{
    desk::Desk,
    picture::{Appearance, text},
    screen::now,
};
use jiff::civil::{Date, date};
use tiendo::{
    app::{effect::Effect, msg::Msg},
    domain::{
        calendar::end_of_day,
        entry::{Entry, Verb},
        failure::Failure,
        id::EntryId,
        sentence::Sentence,
        status::{Cell, Today},
        summary::{Figures, Summary},
    },
    sources::Source,
};
use uuid::Uuid;

const BDO: &str = "report:R6/2023-H1/bdo";

fn shown(desk: &Desk) -> (Option<Date>, Date) {
    (desk.app.model.other_day.day(), desk.app.model.today.date)
}

fn acknowledged_today(desk: &Desk) -> bool {
    desk.item(BDO).state.acknowledged.iter().any(|stamp| stamp.on == date(2023, 11, 20))
}

fn screen_text(desk: &Desk) -> String {
    text(&Appearance::dark().draw(&desk.app.model, &desk.app.bindings, (120, 36)).0)
}

/// Keys without what they wish for being carried out.
fn wishes(desk: &mut Desk, keys: &str) -> Vec<Effect> {
    desk.app.keys(keys);
    desk.app.effects.drain(..).collect()
}

fn days(effects: &[Effect]) -> Vec<Date> {
    let zone = jiff::tz::TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let instant = |effect: &Effect| {
        let Effect::FetchDay { instant, .. } = effect else { return None };
        Some(zone.to_datetime(*instant).date())
    };
    effects.iter().filter_map(instant).collect()
}

fn answer(desk: &mut Desk, effects: Vec<Effect>) -> Vec<Effect> {
    for effect in effects {
        if let Effect::FetchDay { .. } = effect {
            desk.app.effects.push(effect);
        }
    }
    let effects: Vec<Effect> = desk.app.effects.drain(..).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for effect in effects {
        if let Effect::FetchDay { ticket, instant } = effect {
            let result = runtime.block_on(desk.source.at(instant)).map(Box::new);
            desk.app.fact(Msg::DayFetched { ticket, result });
        }
    }
    desk.app.effects.drain(..).collect()
}

#[test]
fn a_day_back_and_forth_and_back_to_today() {
    let mut desk = Desk::new();
    desk.keys("<");
    assert_eq!(shown(&desk), (Some(date(2023, 11, 19)), date(2023, 11, 19)));
    desk.keys("< <");
    assert_eq!(shown(&desk).0, Some(date(2023, 11, 17)));
    desk.keys(">");
    assert_eq!(shown(&desk).0, Some(date(2023, 11, 18)));
    desk.keys("=");
    assert_eq!(shown(&desk), (None, date(2023, 11, 20)));
    desk.keys("< >");
    assert_eq!(shown(&desk), (None, date(2023, 11, 20)));
    desk.keys(">");
    assert_eq!((shown(&desk).0, desk.said()), (None, "said-day-to-come"));
}

#[test]
fn the_palette_goes_to_a_day_as_it_is_typed() {
    for (typed, day) in
        [("at 14/6/2023", date(2023, 6, 14)), ("ngày 14/6", date(2023, 6, 14)), ("at 2/1", date(2023, 1, 2))]
    {
        let mut desk = Desk::new();
        desk.keys(":").types(typed).keys("enter");
        assert_eq!(shown(&desk).0, Some(day), "{typed}");
    }
    let mut desk = Desk::new();
    desk.keys(":").types("at 31/2").keys("enter");
    assert_eq!(shown(&desk).0, None);
}

#[test]
fn its_figures_are_those_of_that_day() {
    let mut desk = Desk::new();
    let now_shown = desk.app.model.summary.clone();
    desk.keys(":").types("at 14/6/2023").keys("enter");
    let zone = desk.app.model.zone.clone();
    let end = end_of_day(date(2023, 6, 14), &zone).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let then = runtime.block_on(desk.source.at(end)).unwrap();
    let today = Today::new(date(2023, 6, 14), desk.app.model.settings.due_soon_working_days, &then.outline.calendar);
    assert_eq!(desk.app.model.summary, Summary::of(&then, today));
    assert_ne!(desk.app.model.summary, now_shown);
    desk.keys("=");
    assert_eq!(desk.app.model.summary, now_shown);
}

#[test]
fn the_command_line_gives_the_same_figures_of_that_day() {
    let home = tempfile::tempdir().unwrap();
    let said = Command::new(env!("CARGO_BIN_EXE_tiendo"))
        .args(["status", "--at", "2023-06-14", "--format", "json"])
        .env_clear()
        .env("HOME", home.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let status: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    let mut desk = Desk::new();
    desk.keys(":").types("at 14/6/2023").keys("enter");
    let model = &desk.app.model;
    let assert_same = |shown: &Figures, told: &serde_json::Value| {
        for (field, count) in [("done", shown.done()), ("open", shown.open())] {
            assert_eq!(told[field], count, "{field} of {told}");
        }
        let cells = [
            ("on-time", Cell::OnTime),
            ("late", Cell::Late),
            ("in-time", Cell::InTime),
            ("due-soon", Cell::DueSoon),
            ("overdue", Cell::Overdue),
            ("awaiting-confirmation", Cell::AwaitingConfirmation),
        ];
        for (field, cell) in cells {
            assert_eq!(told["cells"][field], shown.in_cell(cell), "{field} of {told}");
        }
    };
    assert_same(&model.summary.tasks, &status["tasks"]);
    assert_same(&model.summary.reports, &status["reports"]);
    let agencies = &model.snapshot.as_ref().unwrap().outline.agencies;
    let told = status["agencies"].as_array().unwrap();
    let mut compared = 0;
    for (agency, figures) in agencies.iter().zip(&model.summary.agencies) {
        if let Some(one) = told.iter().find(|one| one["id"] == agency.id.as_str()) {
            assert_same(&figures.tasks, &one["tasks"]);
            assert_same(&figures.reports, &one["reports"]);
            compared += 1;
        }
    }
    assert_eq!((compared, told.len()), (37, 37));
}

#[test]
fn the_screen_says_that_it_is_not_today() {
    let mut desk = Desk::new();
    assert!(!screen_text(&desk).contains("không phải hôm nay"));
    desk.keys(":").types("at 14/6/2023").keys("enter");
    let screen = screen_text(&desk);
    assert!(screen.contains("thứ Tư 14/06/2023 · không phải hôm nay"), "{screen}");
    assert!(screen.contains("= hôm nay"), "{screen}");
}

#[test]
fn nothing_can_be_done_on_another_day_and_it_is_said_why() {
    let mut desk = Desk::new();
    desk.keys("2 <");
    let before = desk.journal().len();
    for key in ["a", "r", "x", "d", "n", "A", "u", "U", ".", "X"] {
        desk.keys(key);
        assert_eq!(desk.said(), "read-only-other-day", "{key}");
        assert!(!desk.app.model.is_asking(), "{key}");
    }
    assert_eq!(desk.journal().len(), before);
    desk.keys("= a");
    assert_eq!(desk.journal().len(), before + 1);
}

#[test]
fn nothing_can_be_done_while_another_day_is_on_its_way() {
    let mut desk = Desk::new();
    desk.keys("2");
    let effects = wishes(&mut desk, "<");
    assert_eq!(days(&effects), [date(2023, 11, 19)]);
    desk.app.keys("x");
    assert_eq!(desk.said(), "read-only-other-day");
    assert!(!desk.app.model.is_asking());
}

#[test]
fn going_on_while_a_day_is_fetched_asks_for_the_last_one_only() {
    let mut desk = Desk::new();
    let mut effects = wishes(&mut desk, "<");
    effects.extend(wishes(&mut desk, "<"));
    effects.extend(wishes(&mut desk, "<"));
    assert_eq!(days(&effects), [date(2023, 11, 19)], "one question at a time");
    let next = answer(&mut desk, effects);
    assert_eq!((shown(&desk).0, days(&next)), (None, vec![date(2023, 11, 17)]));
    answer(&mut desk, next);
    assert_eq!(shown(&desk).0, Some(date(2023, 11, 17)));
}

#[test]
fn an_answer_that_is_no_longer_wanted_is_let_go() {
    let mut desk = Desk::new();
    let effects = wishes(&mut desk, "<");
    desk.app.keys("=");
    let next = answer(&mut desk, effects);
    assert_eq!((shown(&desk).0, days(&next)), (None, vec![]));
}

#[test]
fn a_day_that_cannot_be_read_leaves_what_is_shown() {
    let mut desk = Desk::new();
    let effects = wishes(&mut desk, "<");
    let Some(Effect::FetchDay { ticket, .. }) = effects.iter().find(|effect| matches!(effect, Effect::FetchDay { .. }))
    else {
        panic!("asked")
    };
    let result = Err(Failure::Offline(Sentence::new("ledger-busy")));
    desk.app.fact(Msg::DayFetched { ticket: *ticket, result });
    assert_eq!((shown(&desk).0, desk.said()), (None, "said-no-such-day"));
    assert!(desk.app.model.read_only().is_none());
}

#[test]
fn what_happens_meanwhile_is_there_on_coming_back() {
    let mut desk = Desk::new();
    desk.keys("<");
    let note =
        Entry::new(EntryId(Uuid::from_u128(7)), BDO.into(), Verb::Acknowledge, "2023-11-20".parse().unwrap(), now());
    let before = desk.app.model.snapshot.as_ref().unwrap().cursor;
    desk.acted_elsewhere(note);
    desk.keys("R");
    assert_eq!(desk.app.model.snapshot.as_ref().unwrap().cursor, before, "the day shown stays as it was");
    assert!(!acknowledged_today(&desk));
    desk.keys("=");
    assert!(acknowledged_today(&desk));
}

#[test]
fn the_journal_and_the_history_end_with_the_day() {
    let mut desk = Desk::new();
    desk.keys("7").keys(":").types("at 14/6/2023").keys("enter");
    let end = desk.app.model.other_day.until().unwrap();
    let told = desk.app.model.journal.shown();
    assert!(!told.is_empty());
    assert!(told.iter().all(|told| told.entry.recorded_at() <= end));
    desk.keys("=");
    let newest = desk.app.model.journal.shown()[0].entry.recorded_at();
    assert!(newest > end);
}

#[test]
fn midnight_passes_unseen_on_another_day() {
    let mut desk = Desk::new();
    desk.keys("<");
    desk.app.fact(Msg::Ticked("2023-11-21T08:00:00+07:00".parse().unwrap()));
    assert_eq!(shown(&desk), (Some(date(2023, 11, 19)), date(2023, 11, 19)));
    desk.keys("=");
    assert_eq!(shown(&desk), (None, date(2023, 11, 21)));
}

#[test]
fn a_source_that_cannot_tell_says_so() {
    let mut desk = Desk::new();
    desk.app.model.settings.tells_days = false;
    desk.keys("<");
    assert_eq!((shown(&desk).0, desk.said()), (None, "said-no-other-days"));
}
