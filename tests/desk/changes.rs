//! What changed since the last look and between two days: on the sample, as it is asked for, marked, listed, seen, kept.

use crate::{
    desk::{Desk, ME},
    picture::{Appearance, text},
    screen::{App, now, page, snapshot},
};
use jiff::Timestamp;
use tiendo::{
    app::{
        effect::Effect,
        msg::{Msg, Ticket},
        settings::Settings,
    },
    domain::{
        answer::{Fetched, Filter, Page},
        entry::{Entry, Verb},
        failure::Failure,
        id::EntryId,
        item::Kind,
        look::{LastLook, Look},
        sentence::Sentence,
    },
    planfile,
    store::{outbox::Address, seen::Seen},
};
use uuid::Uuid;

const BDO: &str = "report:R6/2023-H1/bdo";

fn sample_look() -> LastLook {
    LastLook::At(Look { at: planfile::last_look().unwrap(), cursor: None })
}

/// An app with that last look, and the effects it wished for when the sample came.
fn looked(last_look: LastLook, size: (u16, u16)) -> App {
    let mut app = App::started_as(size, |settings| Settings { last_look, ..settings });
    app.effects.clear();
    app.fetched(Ticket(1), Fetched::Whole(Box::new(snapshot())));
    app
}

fn asked(app: &mut App) -> Option<(Ticket, Filter)> {
    let place = app.effects.iter().position(|effect| matches!(effect, Effect::FetchChanges { .. }))?;
    let Effect::FetchChanges { ticket, filter } = app.effects.remove(place) else { unreachable!() };
    Some((ticket, filter))
}

/// The sample's journal answers.
fn answered(app: &mut App) {
    let journal = planfile::sample().unwrap().journal;
    while let Some((ticket, filter)) = asked(app) {
        app.fact(Msg::ChangesFetched { ticket, result: Ok(page(&journal, &filter)) });
    }
}

fn on_sample(size: (u16, u16)) -> App {
    let mut app = looked(sample_look(), size);
    answered(&mut app);
    app
}

fn kept(app: &mut App) -> Vec<Look> {
    let look = |effect: &Effect| if let Effect::KeepLook(look) = effect { Some(*look) } else { None };
    app.effects.iter().filter_map(look).collect()
}

fn told(app: &App) -> Vec<String> {
    let changes = app.model.changed.changes().all();
    changes.iter().map(|change| format!("{} {}", change.turn.as_str(), change.item)).collect()
}

fn shown(app: &App, size: (u16, u16)) -> String {
    text(&Appearance::dark().draw(&app.model, &app.bindings, size).0)
}

fn said(app: &App) -> &'static str {
    app.model.messages.all().next().map_or("", |said| said.sentence.id)
}

const SINCE_15_11: [&str; 6] = [
    "overdue task:N15",
    "new report:R7/018bd5d6-7a88-7000-8000-000000000168/dx",
    "settled milestone:C9/M2",
    "settled task:N30",
    "progress task:N17",
    "due-soon task:N60",
];

#[test]
fn the_sample_has_exactly_six_changes_since_15_11() {
    let app = on_sample((120, 36));
    assert_eq!(told(&app), SINCE_15_11);
    let changes = app.model.changed.changes();
    assert_eq!([Kind::Report, Kind::Task, Kind::Milestone].map(|kind| changes.count(kind)), [1, 4, 1]);
}

#[test]
fn they_are_marked_and_counted_on_the_screen() {
    let screen = shown(&on_sample((120, 36)), (120, 36));
    assert!(screen.contains("◆ 6 thay đổi từ 15/11"), "{screen}");
    assert!(screen.contains("2 Báo cáo 4 ◆1  3 Nhiệm vụ 7 ◆4  4 Chiến dịch"), "{screen}");
    for row in ["◆ Sở LĐTBXH", "◆ BPTV", "◆ hôm nay  Đồng Xoài", "◆ 16 ngày hành động"] {
        assert!(screen.contains(row), "{row}: {screen}");
    }
    assert!(screen.contains("  Hội LHPN "), "{screen}");
    let narrow = shown(&on_sample((80, 24)), (80, 24));
    assert!(narrow.lines().nth(1).unwrap().trim_end_matches(['|', ' ']).ends_with("7 Nhật ký  ◆6"), "{narrow}");
}

#[test]
fn a_changed_row_keeps_its_sign_while_it_is_selected_and_the_detail_says_what() {
    let mut app = on_sample((120, 36));
    app.keys("3 / ").types("N17").keys("enter");
    let screen = shown(&app, (120, 36));
    assert!(screen.contains("│◆ ◔ đang thực hiện  N17"), "{screen}");
    assert!(screen.contains("◆ tiến độ · tiến độ 80% — dau-moi-bptv · 17/11"), "{screen}");
}

#[test]
fn the_list_tells_them_by_what_became_of_things_and_goes_to_the_item_and_back() {
    let mut app = on_sample((120, 36));
    app.keys("c");
    let screen = shown(&app, (120, 36));
    assert!(screen.contains("Thay đổi từ 15/11 16:30"), "{screen}");
    assert!(screen.contains("đã xong      Hội LHPN · Hoàn thành sản phẩm truyền thông"), "{screen}");
    assert!(screen.contains("dieu-phoi-2  17/11 13:41"), "{screen}");
    assert_eq!(screen.matches("đã xong ").count(), 1, "said once for both");
    app.types("bptv").keys("enter");
    assert_eq!(app.selected(), "task:N17");
    app.keys("esc");
    assert!(shown(&app, (120, 36)).contains("Báo cáo quá hạn ─"), "back where it was asked");
}

#[test]
fn seen_they_are_gone_and_the_look_is_kept() {
    let mut app = on_sample((120, 36));
    app.effects.clear();
    app.keys("!");
    assert_eq!((told(&app), said(&app)), (vec![], "said-seen"));
    let cursor = app.model.snapshot.as_ref().unwrap().cursor;
    assert_eq!(kept(&mut app), [Look { at: now(), cursor: Some(cursor) }]);
    assert!(!shown(&app, (120, 36)).contains('◆'));
    app.keys("c");
    assert_eq!((said(&app), app.model.dialog.is_none()), ("said-nothing-new", true));
}

#[test]
fn in_their_list_too_they_are_marked_as_seen_but_not_while_something_is_looked_for() {
    let mut app = on_sample((120, 36));
    app.effects.clear();
    app.keys("c").types("bptv!");
    assert_eq!(kept(&mut app), []);
    app.keys("esc c");
    assert!(shown(&app, (120, 36)).contains("! đã xem hết"));
    app.keys("!");
    assert_eq!((app.model.dialog.is_none(), said(&app), kept(&mut app).len()), (true, "said-seen", 1));
}

#[test]
fn leaving_is_no_look() {
    let mut app = on_sample((120, 36));
    app.effects.clear();
    app.keys("c esc 2 3 q");
    assert_eq!(kept(&mut app), []);
}

#[test]
fn at_the_first_look_everything_counts_as_seen_and_that_is_kept() {
    let mut app = looked(LastLook::Never, (120, 36));
    let cursor = app.model.snapshot.as_ref().unwrap().cursor;
    assert_eq!(kept(&mut app), [Look { at: now(), cursor: Some(cursor) }]);
    assert_eq!((asked(&mut app), told(&app)), (None, vec![]));
    app.received(BDO, "dieu-phoi-2");
    assert_eq!(told(&app), [format!("arrived {BDO}")]);
}

#[test]
fn only_what_came_after_the_last_entry_seen_is_asked_for() {
    let cursor = snapshot().cursor;
    let at = planfile::last_look().unwrap();
    let mut app = looked(LastLook::At(Look { at, cursor: Some(cursor - 4) }), (120, 36));
    let (ticket, filter) = asked(&mut app).unwrap();
    assert_eq!(filter, Filter { limit: Some(4), ..Filter::default() });
    let journal = planfile::sample().unwrap().journal;
    app.fact(Msg::ChangesFetched { ticket, result: Ok(page(&journal, &filter)) });
    assert_eq!((told(&app).len(), asked(&mut app)), (6, None));
    let mut app = looked(LastLook::At(Look { at: now(), cursor: Some(cursor) }), (120, 36));
    assert_eq!(asked(&mut app), None, "nothing came: nothing is asked");
}

#[test]
fn a_ledger_that_has_less_than_was_seen_is_asked_by_the_time_of_the_look() {
    let at = planfile::last_look().unwrap();
    let mut app = looked(LastLook::At(Look { at, cursor: Some(100_000) }), (120, 36));
    assert_eq!(asked(&mut app).unwrap().1.since, Some(at));
}

#[test]
fn what_comes_in_by_itself_is_marked_without_asking_and_mine_is_not() {
    let mut app = on_sample((120, 36));
    app.received(BDO, ME);
    assert_eq!(told(&app), SINCE_15_11);
    app.received(BDO, "dieu-phoi-2");
    assert_eq!((told(&app).len(), asked(&mut app)), (7, None));
}

#[test]
fn entries_that_could_not_be_had_are_asked_for_again_with_the_next_key() {
    let mut app = looked(sample_look(), (120, 36));
    let (ticket, _) = asked(&mut app).unwrap();
    app.fact(Msg::ChangesFetched { ticket, result: Err(Failure::Offline(Sentence::new("ledger-busy"))) });
    assert_eq!((asked(&mut app), told(&app)), (None, vec![]));
    app.keys("j");
    answered(&mut app);
    assert_eq!(told(&app), SINCE_15_11);
}

#[test]
fn an_answer_that_is_no_longer_wanted_is_let_go() {
    let mut app = looked(sample_look(), (120, 36));
    let (ticket, filter) = asked(&mut app).unwrap();
    app.keys("!");
    let journal = planfile::sample().unwrap().journal;
    app.fact(Msg::ChangesFetched { ticket, result: Ok(page(&journal, &filter)) });
    assert_eq!(told(&app), [""; 0]);
}

#[test]
fn where_there_are_more_than_are_asked_for_it_says_so() {
    let mut app = looked(sample_look(), (120, 36));
    let (ticket, filter) = asked(&mut app).unwrap();
    let entry = planfile::sample().unwrap().journal.pop().unwrap();
    let entries = vec![entry; filter.most()];
    app.fact(Msg::ChangesFetched { ticket, result: Ok(Page { entries, ..Page::default() }) });
    assert!(shown(&app, (120, 36)).contains("+ thay đổi từ 15/11"));
}

#[test]
fn nobody_looks_at_a_wall() {
    let mut app = looked(LastLook::Nobody, (120, 36));
    assert_eq!((asked(&mut app), kept(&mut app)), (None, vec![]));
    app.keys("!");
    assert_eq!((said(&app), kept(&mut app)), ("said-no-looks", vec![]));
}

/// A desk at the sample's ledger with its last look.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.app = App::started_as((120, 36), |settings| Settings { last_look: sample_look(), ..settings });
    desk.perform();
    desk
}

#[test]
fn another_day_is_marked_with_what_had_changed_by_then() {
    let mut desk = desk();
    assert_eq!(told(&desk.app), SINCE_15_11);
    desk.keys("< < < <");
    let by_16_11 = ["overdue task:N15", "overdue milestone:C9/M2", SINCE_15_11[1], "settled task:N30"];
    assert_eq!(told(&desk.app), by_16_11);
    desk.keys("!");
    assert_eq!((desk.said(), told(&desk.app).len()), ("said-not-the-look", 4), "not what is there now");
    desk.keys("< <");
    assert_eq!(told(&desk.app), [""; 0], "before the look");
    desk.keys("=");
    assert_eq!(told(&desk.app), SINCE_15_11);
}

#[test]
fn two_days_are_compared_and_left_again() {
    for leave in ["esc", "="] {
        let mut desk = desk();
        desk.keys(":").types("compare 14/6").keys("enter");
        let screen = shown(&desk.app, (120, 36));
        assert!(screen.contains("đối chiếu với 14/06: 139 khác"), "{screen}");
        desk.keys("c");
        let screen = shown(&desk.app, (120, 36));
        assert!(screen.contains("Đối chiếu 14/06 với 20/11"), "{screen}");
        assert!(screen.contains("BC quá hạn 0 → 4  ·  NV quá hạn 1 → 7"), "{screen}");
        assert!(screen.contains("△ sắp đến hạn → ▲ quá hạn"), "{screen}");
        desk.keys("esc !");
        assert_eq!(desk.said(), "said-not-the-look");
        desk.keys(leave);
        assert_eq!(told(&desk.app), SINCE_15_11, "{leave}");
    }
}

#[test]
fn a_row_says_how_it_stood() {
    let mut desk = desk();
    desk.keys(":").types("đối chiếu 14/6").keys("enter 3 /").types("N06").keys("enter");
    let screen = shown(&desk.app, (120, 36));
    assert!(screen.contains("◆ quá hạn · ◌ chưa thực hiện → ▲ quá hạn · 0% → 50%"), "{screen}");
}

#[test]
fn two_other_days_are_compared_by_showing_the_later_one() {
    let mut desk = desk();
    desk.keys(":").types("so sánh 30/9 14/6").keys("enter c");
    let screen = shown(&desk.app, (120, 36));
    assert!(screen.contains("Đối chiếu 14/06 với 30/09"), "{screen}");
    desk.keys("esc =");
    assert_eq!(told(&desk.app), SINCE_15_11);
    assert_eq!(desk.app.model.other_day.day(), None);
}

#[test]
fn only_an_earlier_day_can_be_compared() {
    let mut desk = desk();
    desk.keys(":").types("compare 20/11").keys("enter");
    assert_eq!(desk.said(), "said-compare-earlier");
}

#[test]
fn a_comparison_follows_what_happens() {
    let mut desk = desk();
    desk.keys(":").types("compare 19/11").keys("enter");
    let before = told(&desk.app);
    let entry = Entry::new(EntryId(Uuid::nil()), BDO.into(), Verb::Receive, "2023-11-20".parse().unwrap(), now());
    desk.acted_elsewhere(entry);
    desk.keys("R");
    let arrived = format!("arrived {BDO}");
    assert!(!before.contains(&arrived) && told(&desk.app).contains(&arrived));
}

fn address(source: &str, by: &str) -> Address {
    Address { source: source.into(), plan: "p".into(), by: by.into() }
}

#[tokio::test]
async fn a_look_survives_restarts_for_each_source_and_person() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data").join("seen.db");
    let look = |minute: i64, cursor| Look { at: Timestamp::from_second(minute * 60).unwrap(), cursor };
    let seen = Seen::open(&path, address("one", ME)).await.unwrap();
    assert_eq!(seen.last().await.unwrap(), None);
    seen.keep(look(1, Some(7))).await.unwrap();
    seen.keep(look(3, None)).await.unwrap();
    seen.keep(look(2, Some(9))).await.unwrap();
    drop(seen);
    let last = async |source, by| Seen::open(&path, address(source, by)).await.unwrap().last().await.unwrap();
    assert_eq!(last("one", ME).await, Some(look(3, None)), "the later look counts");
    assert_eq!(last("one", "dieu-phoi-2").await, None);
    assert_eq!(last("two", ME).await, None);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    }
}
