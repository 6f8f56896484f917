//! The app as a user meets it: keys and answers in, the model and effects out. No terminal, no clock, no source.

use crate::screen::{App, now, snapshot};
use jiff::{SignedDuration, Timestamp};
use tiendo::{
    app::{
        self,
        effect::Effect,
        model::History,
        msg::{Msg, Pointed, Pointer, Ticket},
        sync::Freshness,
    },
    domain::{
        answer::{Fetched, Page},
        entry::{Entry, Verb},
        failure::Failure,
        id::{EntryId, ItemId},
        sentence::Sentence,
        snapshot::Delta,
    },
    panels::{PanelId, view::ViewId},
};
use uuid::Uuid;

const LARGE: (u16, u16) = (120, 36);
const SMALL: (u16, u16) = (80, 24);

fn entry(item: &str, verb: Verb, seq: u64) -> Entry {
    let id = EntryId(Uuid::from_u128(u128::from(seq)));
    let entry = Entry::new(id, ItemId::from(item), verb, "2023-11-20".parse().unwrap(), now());
    Entry { seq, by: Some("dieu-phoi-1".into()), ..entry }
}

fn offline() -> Failure {
    Failure::Offline(Sentence::new("file-busy").with("file", "ledger.db"))
}

#[test]
fn it_starts_by_asking_and_shows_that_it_is_loading() {
    let app = App::started(LARGE);
    assert_eq!(app.effects, [Effect::Fetch { ticket: Ticket(1), cursor: None }]);
    assert_eq!(app.model.feed.freshness(now()), Freshness::Loading);
}

#[test]
fn the_queue_has_the_overdue_reports_first_and_then_what_else_waits() {
    let mut app = App::on_sample(LARGE);
    app.keys("tab");
    assert_eq!(app.model.focused(), PanelId::OverdueReports);
    let rows = app.rows();
    assert_eq!(
        rows[..5],
        [
            "report:R6/2023-H1/bdo",
            "report:R2/2023-H1/hccb",
            "report:R4/2023-Q3/bdo",
            "report:R4/2023-Q3/bgm",
            "report:R4/2023-Q3/ln"
        ]
    );
    assert!(rows[5].starts_with("report:R7/") && rows[5].ends_with("/dx"), "{rows:?}");
    assert_eq!(rows.len(), 6);
}

#[test]
fn enter_on_an_agency_drills_to_its_tasks_and_escape_comes_back_to_the_same_row() {
    let mut app = App::on_sample(LARGE);
    app.keys("j j");
    let agency = app.selected();
    app.keys("enter");
    assert_eq!((app.model.view, app.model.focused()), (ViewId::Tasks, PanelId::Tasks));
    let plan = app.model.snapshot.as_ref().unwrap().outline.plan.clone();
    let led = plan.tasks.iter().filter(|task| task.lead.as_str() == agency).count();
    assert_eq!(app.rows().len(), led);
    app.keys("/").types("xyz").keys("enter esc esc");
    assert_eq!((app.model.view, app.selected()), (ViewId::Overview, agency));
}

#[test]
fn enter_on_a_campaign_drills_to_what_belongs_to_it() {
    let mut app = App::on_sample(LARGE);
    app.keys("tab tab");
    assert_eq!(app.selected(), "campaign:C1");
    app.keys("enter");
    // Six milestones, six tasks, thirty-six reports.
    assert_eq!(app.rows().len(), 48);
    app.keys("/").types("kind:report").keys("enter");
    assert_eq!(app.rows().len(), 36);
    app.keys("esc");
    app.keys("esc");
    assert_eq!((app.model.focused(), app.selected()), (PanelId::UpcomingCampaigns, "campaign:C1".into()));
}

#[test]
fn the_detail_follows_the_selection_and_asks_for_its_history_once() {
    let mut app = App::on_sample(LARGE);
    app.effects.clear();
    app.keys("tab");
    let first = ItemId::from("report:R6/2023-H1/bdo");
    assert_eq!(app.effects, [Effect::FetchHistory { item: first, until: None }]);
    app.history(Page::default());
    assert!(matches!(app.model.detail.history, History::Loaded(_)));
    app.effects.clear();
    // Those beside it were asked for ahead: moving there asks for nothing, and shows what has come.
    app.keys("j");
    assert!(app.effects.is_empty() && matches!(app.model.detail.history, History::Loading));
    app.keys("k");
    assert!(app.effects.is_empty() && matches!(app.model.detail.history, History::Loaded(_)));
    app.keys("j").history(Page::default());
    app.effects.clear();
    app.keys("j").history(Page::default());
    assert_eq!(app.effects.len(), 1, "only the row below is new: {:?}", app.effects);
    // An answer about a row one has left is let go.
    app.keys("j");
    app.fact(Msg::HistoryFetched { item: ItemId::from("task:N01"), result: Ok(Page::default()) });
    assert!(matches!(app.model.detail.history, History::Loading));
}

#[test]
fn a_history_kept_from_before_a_change_is_not_shown_after_it() {
    let mut app = App::on_sample(LARGE);
    app.keys("2").history(Page::default());
    app.keys("j").history(Page::default());
    app.keys("k");
    assert!(matches!(app.model.detail.history, History::Loaded(_)));
    let cursor = app.model.snapshot.as_ref().unwrap().cursor + 1;
    app.fact(Msg::SourceChanged);
    let entries = vec![entry("task:N02", Verb::Note, cursor)];
    app.fetched(Ticket(2), Fetched::Entries(Delta { entries, refolded: Vec::new(), cursor }));
    app.keys("j");
    assert!(matches!(app.model.detail.history, History::Loading));
}

#[test]
fn typing_a_filter_without_marks_narrows_and_escape_takes_it_back() {
    let mut app = App::on_sample(LARGE);
    app.keys("2");
    let all = app.rows().len();
    app.keys("/").types("bu dop");
    let narrowed = app.rows();
    assert!(!narrowed.is_empty() && narrowed.len() < all);
    assert!(narrowed.iter().all(|id| id.ends_with("/bdo")), "{narrowed:?}");
    app.keys("enter");
    assert!(!app.model.typing);
    app.keys("esc");
    assert_eq!(app.rows().len(), all);
    app.keys("/").types("xyz").keys("esc");
    assert_eq!((app.model.filter().text(), app.rows().len()), ("", all));
}

#[test]
fn marks_are_items_and_survive_sort_filter_and_new_data() {
    let mut app = App::on_sample(LARGE);
    app.keys("2 space space");
    let marks = app.model.marks.clone();
    assert_eq!(marks.len(), 2);
    app.keys("l /").types("nothing has this").keys("enter");
    assert_eq!(app.rows().len(), 0);
    app.fetched(Ticket(1), Fetched::Unchanged);
    app.fact(Msg::SourceChanged).fetched(Ticket(2), Fetched::Whole(Box::new(snapshot())));
    assert_eq!(app.model.marks, marks);
}

#[test]
fn a_range_marks_everything_between() {
    let mut app = App::on_sample(LARGE);
    app.keys("2 v j j j v");
    assert_eq!(app.model.marks.len(), 4);
    app.keys("esc");
    assert!(app.model.dialog.is_some(), "more than three marks are not dropped unasked");
    app.keys("enter");
    assert_eq!(app.model.marks.len(), 4, "No is the first answer");
    app.keys("esc down enter");
    assert!(app.model.marks.is_empty());
}

#[test]
fn what_another_process_writes_shows_without_losing_the_place() {
    let mut app = App::on_sample(LARGE);
    app.keys("2 j j j space");
    let (selected, marks) = (app.selected(), app.model.marks.clone());
    let cursor = app.model.snapshot.as_ref().unwrap().cursor;
    app.effects.clear();
    app.fact(Msg::SourceChanged);
    assert_eq!(app.effects, [Effect::Fetch { ticket: Ticket(2), cursor: Some(cursor) }]);
    let entries = vec![entry("report:R2/2023-H1/hccb", Verb::Receive, cursor + 1)];
    app.fetched(Ticket(2), Fetched::Entries(Delta { entries, refolded: Vec::new(), cursor: cursor + 1 }));
    assert_eq!((app.selected(), app.model.marks.clone()), (selected, marks));
    assert_eq!(app.model.summary.reports.overdue(), 3);
}

#[test]
fn an_older_answer_is_let_go_and_a_change_meanwhile_is_asked_for_again() {
    let mut app = App::on_sample(LARGE);
    app.effects.clear();
    app.fact(Msg::SourceChanged).fact(Msg::SourceChanged);
    assert_eq!(app.effects.len(), 1, "one question at a time");
    app.fact(Msg::Fetched { ticket: Ticket(1), result: Err(offline()) });
    assert_eq!(app.model.feed.freshness(now()), Freshness::Live);
    app.fetched(Ticket(2), Fetched::Unchanged);
    assert!(matches!(app.effects.last(), Some(Effect::Fetch { ticket: Ticket(3), .. })));
}

#[test]
fn tries_come_later_and_later_but_within_a_minute() {
    // The longest wait before each try, over many spreads.
    let mut longest = [SignedDuration::ZERO; 10];
    for seed in 0..64 {
        let mut app = App::on_sample(LARGE);
        app.model.chance = tiendo::app::sync::Chance(seed);
        app.fact(Msg::SourceChanged);
        for (ticket, longest) in (2..).zip(&mut longest) {
            app.fact(Msg::Fetched { ticket: Ticket(ticket), result: Err(offline()) });
            let next = app.model.feed.next_try.unwrap();
            *longest = next.duration_since(app.model.now).max(*longest);
            app.fact(Msg::Ticked(next));
        }
    }
    assert!(longest[0] < longest[2] && longest[2] < longest[9], "{longest:?}");
    assert!(longest[9] <= SignedDuration::from_mins(1), "{longest:?}");
}

#[test]
fn a_failure_keeps_the_data_says_so_and_is_tried_again() {
    let mut app = App::on_sample(LARGE);
    app.fact(Msg::SourceChanged);
    for ticket in 2..12 {
        app.fact(Msg::Fetched { ticket: Ticket(ticket), result: Err(offline()) });
        assert!(app.model.snapshot.is_some());
        let next = app.model.feed.next_try.unwrap();
        assert!(app::wakes_at(&app.model) <= next);
        app.fact(Msg::Ticked(next));
    }
    assert!(matches!(app.model.feed.freshness(app.model.now), Freshness::Stale(age) if age.is_positive()));
    assert_eq!(app.model.messages.all().count(), 1, "the same failure is said once");
    app.fetched(Ticket(12), Fetched::Unchanged);
    assert_eq!(app.model.feed.freshness(app.model.now), Freshness::Live);
}

#[test]
fn a_first_load_that_failed_does_not_look_like_an_empty_list() {
    let mut app = App::started(LARGE);
    app.fact(Msg::Fetched { ticket: Ticket(1), result: Err(offline()) });
    assert_eq!(app.model.feed.freshness(now()), Freshness::Offline);
    assert!(app.model.snapshot.is_none());
}

#[test]
fn a_new_day_counts_everything_anew() {
    let mut app = App::on_sample(LARGE);
    let overdue = app.model.summary.reports.overdue();
    app.fact(Msg::Ticked("2023-11-21T00:00:00+07:00".parse().unwrap()));
    assert_eq!(app.model.summary.reports.overdue(), overdue + 1, "the case that was due on 20/11");
    assert_eq!(app.model.today.date.to_string(), "2023-11-21");
}

#[test]
fn nothing_wakes_but_the_next_minute() {
    let app = App::on_sample(LARGE);
    let next: Timestamp = "2023-11-20T08:01:00+07:00".parse().unwrap();
    assert_eq!(app::wakes_at(&app.model), next);
}

#[test]
fn sorting_goes_over_the_columns_and_turns_round() {
    let mut app = App::on_sample(LARGE);
    app.keys("3");
    let own = app.rows();
    app.keys("l l S");
    assert_ne!(app.rows(), own);
    assert!(app.model.list(PanelId::Tasks).sort.unwrap().reversed);
    app.keys("h h");
    assert_eq!(app.rows(), own);
}

#[test]
fn grouping_heads_each_group_and_selection_steps_over_the_heads() {
    let mut app = App::on_sample(LARGE);
    app.keys("3 F");
    let rows = app.rows();
    assert_eq!(rows[0], "—");
    app.keys("g");
    assert_ne!(app.selected(), "");
    app.keys("G k k k k k k g");
    assert_eq!(app.selected(), rows[1]);
    app.keys("F F");
    assert!(!app.rows().contains(&"—".to_owned()));
}

#[test]
fn facets_go_into_the_filter_and_out_again() {
    let mut app = App::on_sample(LARGE);
    app.keys("2 f").types("agency:bdo").keys("enter");
    assert_eq!(app.model.filter().text(), "agency:bdo");
    assert!(app.rows().iter().all(|id| id.ends_with("/bdo")));
    app.keys("f").types("agency:bdo").keys("enter");
    assert_eq!(app.model.filter().text(), "");
}

#[test]
fn help_is_searched_and_does_what_its_line_says() {
    let mut app = App::on_sample(LARGE);
    app.keys("?").types("show-tasks").keys("enter");
    assert_eq!((app.model.view, app.model.dialog.is_none()), (ViewId::Tasks, true));
    app.keys(":").types("messages").keys("enter");
    assert!(app.model.dialog.is_some());
}

#[test]
fn on_a_small_screen_one_panel_is_shown_at_a_time_and_enter_opens_the_detail() {
    let mut app = App::on_sample(SMALL);
    assert_eq!(app.model.arranged().panels.len(), 1);
    app.keys("tab enter");
    assert_eq!(app.model.arranged().panels[0].0, PanelId::Detail);
    assert!(app.model.dialog.is_some(), "what can be done is listed");
    app.keys("esc");
    assert_eq!(app.model.arranged().panels[0].0, PanelId::Detail);
    app.keys("esc");
    assert_eq!(app.model.arranged().panels[0].0, PanelId::OverdueReports);
}

#[test]
fn the_mouse_selects_sorts_and_opens() {
    let mut app = App::on_sample(LARGE);
    app.keys("2");
    let area = app.model.arranged().area(PanelId::Reports).unwrap();
    let at = |x, y, kind| Msg::Pointed(Pointer { x: area.x + x, y: area.y + y, kind });
    app.fact(at(10, 4, Pointed::Click));
    assert_eq!(app.model.list(PanelId::Reports).position, 2);
    app.fact(at(4, 1, Pointed::Click));
    assert!(app.model.list(PanelId::Reports).sort.is_some());
    app.fact(at(10, 4, Pointed::DoubleClick));
    assert_eq!(app.model.focused(), PanelId::Detail);
}

#[test]
fn pasted_text_acts_on_nothing_but_a_line_being_typed() {
    let mut app = App::on_sample(LARGE);
    app.effects.clear();
    app.fact(Msg::Pasted("qqqq\u{1b}".into()));
    assert!(!app.effects.contains(&Effect::Quit));
    app.keys("/").fact(Msg::Pasted("Bù\nĐốp".into()));
    assert_eq!(app.model.filter().text(), "Bù Đốp");
    app.keys("left left").fact(Msg::Pasted("ố\u{7}".into()));
    assert!(app.model.filter().text().starts_with("Bù Đố"), "where the cursor is: {}", app.model.filter().text());
}

#[test]
fn a_huge_paste_fills_a_line_as_far_as_anybody_would_write_in_it() {
    let huge = "ơ".repeat(1 << 19);
    for keys in ["2 /", ":", "2 n", "A"] {
        let mut app = App::on_sample(LARGE);
        app.keys(keys).fact(Msg::Pasted(huge.clone())).keys("backspace").fact(Msg::Pasted(huge.clone()));
        let typed = match (&app.model.dialog, &app.model.sheet) {
            (Some(dialog), _) => dialog.input.value().to_owned(),
            (None, _) if app.model.typing => app.model.filter().text().to_owned(),
            (None, _) => continue,
        };
        assert_eq!(typed.chars().count(), 2_000, "{keys}");
    }
}

#[test]
fn copying_gives_the_ids_and_a_link_that_is_none_says_so() {
    let mut app = App::on_sample(LARGE);
    app.effects.clear();
    app.keys("2 y");
    assert!(app.effects.contains(&Effect::Copy("report:R6/2023-H1/bdo".into())));
    app.keys("o");
    assert!(app.model.messages.notice().is_some());
}

#[test]
fn the_desks_own_agency_is_not_in_its_queue() {
    let mut app = App::started(LARGE);
    app.model.settings.agency = Some("ldtbxh".into());
    app.fetched(Ticket(1), Fetched::Whole(Box::new(snapshot())));
    app.keys("tab");
    let rows = app.rows();
    assert!(rows.iter().all(|id| !id.ends_with("/ldtbxh")));
    assert!(rows.contains(&"report:R6/2023-H1/bdo".to_owned()), "overdue stays, whoever receives it");
}

#[test]
fn the_selected_row_is_on_the_screen_whatever_changed() {
    let mut app = App::on_sample(LARGE);
    let visible = |app: &App| {
        let list = app.model.list(PanelId::Reports);
        let page = tiendo::app::lists::page(&app.model, PanelId::Reports);
        (list.offset..list.offset + page).contains(&list.position)
    };
    app.keys("2 z G z");
    assert!(visible(&app));
    app.keys("G 1").fact(Msg::Resized { width: SMALL.0, height: SMALL.1 }).keys("2");
    assert!(visible(&app));
}

#[test]
fn a_filter_that_is_not_understood_is_not_taken() {
    let mut app = App::on_sample(LARGE);
    app.keys("2 /").types("doplate>30").keys("enter");
    assert!(app.model.typing, "the line stays open with what is wrong beside it");
    app.keys("esc");
    assert!(!app.model.typing && app.model.filter().text().is_empty());
}

#[test]
fn a_tab_that_is_clicked_ends_typing_and_does_nothing_under_a_dialog() {
    let mut app = App::on_sample(LARGE);
    app.keys("2 /").types("bu dop").fact(Msg::Chosen(tiendo::app::action::Action::ShowTasks));
    assert_eq!((app.model.view, app.model.typing), (ViewId::Tasks, false));
    app.keys("?").fact(Msg::Chosen(tiendo::app::action::Action::ShowReports));
    assert_eq!(app.model.view, ViewId::Tasks);
}

#[test]
fn what_we_coordinate_needs_to_know_who_we_are() {
    let mut app = App::on_sample(LARGE);
    app.keys("3 C");
    assert_eq!((app.model.filter().text(), app.model.messages.all().count()), ("", 1));
    let mut app = App::started(LARGE);
    app.model.settings.agency = Some("lhpn".into());
    app.fetched(Ticket(1), Fetched::Whole(Box::new(snapshot())));
    app.keys("3 C");
    assert!(!app.rows().is_empty() && app.rows().len() < 62);
}

#[test]
fn marking_all_twice_takes_the_marks_off() {
    let mut app = App::on_sample(LARGE);
    app.keys("2 V");
    assert_eq!(app.model.marks.len(), app.rows().len());
    app.keys("V");
    assert!(app.model.marks.is_empty());
}

#[test]
fn a_history_that_failed_is_asked_for_again_when_the_data_change() {
    let mut app = App::on_sample(LARGE);
    app.keys("2");
    let item = ItemId::from(app.selected().as_str());
    app.fact(Msg::HistoryFetched { item: item.clone(), result: Err(offline()) });
    app.effects.clear();
    let cursor = app.model.snapshot.as_ref().unwrap().cursor + 1;
    app.fact(Msg::SourceChanged);
    let entries = vec![entry("task:N02", Verb::Note, cursor)];
    app.fetched(Ticket(2), Fetched::Entries(Delta { entries, refolded: Vec::new(), cursor }));
    assert!(app.effects.contains(&Effect::FetchHistory { item, until: None }));
}

#[test]
fn quitting_and_ending_from_outside_end_it() {
    for msg in [Msg::Pressed("q".parse().unwrap()), Msg::Ended] {
        let mut app = App::on_sample(LARGE);
        app.fact(msg);
        assert!(app.effects.contains(&Effect::Quit));
    }
}
