//! The campaigns' view: what keys do to the stretch of time, what stands on it, and that it says what the command line says.

use std::{
    process::{Command, Stdio},
    sync::Arc,
};

use crate::{
    picture::{Appearance, lines},
    screen::{self, App},
};
use jiff::civil::{Date, date};
use tiendo::{
    app::msg::{Msg, Pointed, Pointer, Ticket},
    domain::{
        answer::Fetched,
        entry::{Entry, Verb},
        id::EntryId,
        plan::Plan,
        readiness::{Readiness, Verdict},
        snapshot::{Delta, Snapshot},
    },
    panels::{
        PanelId,
        stretch::{Scale, Stretch},
        timeline::{self, CHART},
        view::{ViewId, table_headings},
    },
    ui::depth::Depth,
};

const SIZE: (u16, u16) = (120, 36);

fn app() -> App {
    let mut app = App::on_sample(SIZE);
    app.keys("4");
    app
}

fn stretch(app: &App) -> Stretch {
    let area = app.model.arranged().area(PanelId::Timeline).unwrap();
    app.model.pictures.timeline.stretch(app.model.today.date, timeline::chart(area).width)
}

fn shows(app: &App, day: Date) -> bool {
    let stretch = stretch(app);
    stretch.begin <= day && day < stretch.end()
}

fn seen(app: &App) -> Vec<String> {
    lines(&Appearance::new("dark", Depth::None, false).draw(&app.model, &app.bindings, SIZE).0)
}

/// The line of the timeline that shows a campaign.
fn line(app: &App, name: &str) -> String {
    seen(app).into_iter().skip(3).find(|line| line.contains(name)).unwrap()
}

#[test]
fn at_first_it_shows_today_at_a_third_and_what_runs_and_comes_next() {
    let app = app();
    let today = app.model.today.date;
    assert_eq!(stretch(&app).scale, Scale::Month);
    let before = (today - stretch(&app).begin).get_days();
    assert!((before - stretch(&app).days() / 3).abs() <= 2, "{before} of {}", stretch(&app).days());
    for day in [date(2023, 11, 15), date(2023, 12, 15), date(2023, 11, 25)] {
        assert!(shows(&app, day), "{day}");
    }
    // Running, in time; next, and something of it presses.
    assert!(line(&app, "Tháng hành động vì bình").contains("còn 19 lv    ◔ trong hạn"));
    assert!(line(&app, "16 ngày hành động").contains("4 lv nữa     △ 1 sắp đến hạn"));
    assert!(seen(&app)[2].contains("sắp tới: 16 ngày") && seen(&app)[2].contains("4 lv nữa · △ 1 sắp đến hạn"));
}

#[test]
fn left_and_right_move_in_time_and_zero_comes_back() {
    let mut app = app();
    let begin = stretch(&app).begin;
    app.keys("l");
    assert_eq!((stretch(&app).begin - begin).get_days(), 14);
    app.keys("left");
    assert_eq!(stretch(&app).begin, begin);
    app.keys("shift-right");
    let page = i32::from(stretch(&app).cells) - 7;
    assert_eq!((stretch(&app).begin - begin).get_days(), page * 2);
    app.keys("h 0");
    assert_eq!((stretch(&app).begin, app.selected()), (begin, "campaign:C1".into()));
    // As far as half of it is empty, and no further.
    for _ in 0..100 {
        app.keys("shift-right");
    }
    assert!(shows(&app, date(2024, 3, 13)));
    for _ in 0..100 {
        app.keys("shift-left");
    }
    assert!(shows(&app, date(2023, 5, 12)));
}

#[test]
fn plus_and_minus_change_the_scale_and_keep_the_middle() {
    let mut app = app();
    app.keys("+");
    assert_eq!(stretch(&app).scale, Scale::Week);
    app.keys("+");
    assert_eq!(stretch(&app).scale, Scale::Week);
    app.keys("- -");
    assert_eq!(stretch(&app).scale, Scale::Quarter);
    // Where one moved in time, what is in the middle stays there; else today stays at a third.
    let today = app.model.today.date;
    assert!(shows(&app, today));
    app.keys("h h h");
    let middle = |app: &App| stretch(app).day(stretch(app).cells / 2);
    let before = middle(&app);
    app.keys("- -");
    assert_eq!(stretch(&app).scale, Scale::Year);
    assert!((middle(&app) - before).get_days().abs() <= 8);
    assert!(app.model.pictures.timeline.begin.is_some());
}

#[test]
fn a_campaign_off_the_stretch_says_when_and_selecting_it_brings_it_in() {
    let mut app = app();
    assert!(line(&app, "Phụ nữ 2024").contains("08/03/2024 ›"));
    assert!(line(&app, "toàn dân phòng").contains("‹ 30/07"));
    app.keys("j");
    let home = stretch(&app).begin;
    assert!(app.model.pictures.timeline.begin.is_none(), "what is there already moves nothing");
    app.keys("j");
    assert_eq!(app.selected(), "campaign:C10");
    assert!(shows(&app, date(2024, 3, 8)) && stretch(&app).begin > home);
    // Today is off now, and the heading says where.
    assert!(seen(&app)[3].contains("‹ 20/11"), "{}", seen(&app)[3]);
    app.keys("0");
    assert_eq!(stretch(&app).begin, home);
}

#[test]
fn todays_line_goes_through_all_rows_and_the_date_stands_over_it() {
    let app = app();
    let area = app.model.arranged().area(PanelId::Timeline).unwrap();
    let chart = timeline::chart(area);
    let seen = seen(&app);
    let column = |line: &String, x: u16| line.chars().nth(usize::from(x)).unwrap();
    let tiendo::panels::stretch::Place::Cell(cell) = stretch(&app).place(app.model.today.date) else { panic!() };
    for y in chart.y..chart.y + chart.height {
        assert_eq!(column(&seen[usize::from(y)], chart.x + cell), '│', "{y}");
    }
    let over: String = seen[usize::from(chart.y - 1)].chars().skip(usize::from(chart.x + cell - 2)).take(5).collect();
    assert_eq!(over, "20/11");
}

#[test]
fn another_day_has_its_own_line_and_its_own_readiness() {
    let mut app = app();
    app.fact(Msg::Ticked("2023-11-28T08:00:00+07:00".parse().unwrap()));
    assert!(seen(&app)[3].contains("28/11"));
    // The launch of the sixteen days was not ticked, and N60 was not handed in.
    assert!(line(&app, "16 ngày hành động").contains("▲ 2 quá hạn"), "{}", line(&app, "16 ngày hành động"));
}

#[test]
fn readiness_counts_each_item_once_and_puts_the_late_first() {
    let app = app();
    let snapshot = app.model.snapshot.as_ref().unwrap();
    let outline = &snapshot.outline;
    let all = app.model.pictures.timeline.readiness();
    assert_eq!(all.len(), 10);
    let of = |id: &str| &all[outline.campaign(id).unwrap() as usize];
    let action_month = of("C1");
    assert_eq!((action_month.milestones.done(), action_month.milestones.assigned()), (3, 6));
    assert_eq!((action_month.tasks.done(), action_month.tasks.assigned()), (2, 6));
    assert_eq!((action_month.reports.done(), action_month.reports.assigned()), (0, 36));
    for readiness in all {
        let parts = [&readiness.milestones, &readiness.tasks, &readiness.reports];
        assert_eq!(parts.map(|figures| figures.assigned()).iter().sum::<u32>(), readiness.all.assigned());
        let offices: u32 = readiness.offices.iter().map(|office| office.figures.assigned()).sum();
        assert_eq!(offices, readiness.tasks.assigned() + readiness.reports.assigned());
        let late: Vec<bool> = readiness.offices.iter().map(|office| office.figures.overdue() > 0).collect();
        assert!(late.is_sorted_by_key(|late| !late));
    }
    // Later nobody has reported: all are late, those with more first.
    let mut later = self::app();
    later.fact(Msg::Ticked("2024-01-10T08:00:00+07:00".parse().unwrap()));
    let offices = &later.model.pictures.timeline.readiness()[outline.campaign("C1").unwrap() as usize].offices;
    assert_eq!(offices.len(), 37);
    assert!(offices.is_sorted_by_key(|office| std::cmp::Reverse(office.figures.overdue())));
    assert_eq!(Verdict::of(&offices[0].figures), Verdict::Overdue(2));
    assert_eq!(Verdict::of(&offices[36].figures), Verdict::Done);
}

#[test]
fn readiness_follows_an_entry() {
    let mut app = app();
    let before = app.model.pictures.timeline.readiness().to_vec();
    let entry = Entry::new(
        EntryId(uuid::Uuid::from_u128(1)),
        "milestone:C9/M3".into(),
        Verb::Tick,
        date(2023, 11, 20),
        screen::now(),
    );
    app.fact(Msg::SourceChanged);
    let delta = Delta { entries: vec![Entry { seq: 10_000, ..entry }], refolded: Vec::new(), cursor: 10_000 };
    app.fetched(Ticket(2), Fetched::Entries(delta));
    let snapshot = app.model.snapshot.as_ref().unwrap();
    let place = snapshot.outline.campaign("C9").unwrap() as usize;
    let after = app.model.pictures.timeline.readiness();
    assert_eq!(after[place].milestones.done(), before[place].milestones.done() + 1);
    // It is what counting anew gives.
    let rank = |agency| app.model.lookup.agencies.rank(agency);
    assert_eq!(after, Readiness::of_all(snapshot, app.model.today, rank));
}

#[test]
fn enter_shows_all_that_belongs_to_it_and_escape_comes_back_to_the_same_campaign_and_time() {
    let mut app = app();
    app.keys("j l");
    let begin = stretch(&app).begin;
    app.keys("enter");
    assert_eq!((app.model.view, app.model.focused()), (ViewId::Tasks, PanelId::Tasks));
    let rows = app.rows();
    assert!(rows.iter().all(|row| row.starts_with("milestone:C9/") || row == "task:N60"), "{rows:?}");
    assert_eq!((rows.len(), rows[0].as_str()), (7, "task:N60"), "what is due next stands first");
    // A milestone can be ticked from here.
    app.keys("j d");
    assert!(app.model.form.is_some());
    app.keys("esc esc");
    assert_eq!((app.model.view, app.selected()), (ViewId::Campaigns, "campaign:C9".into()));
    assert_eq!(stretch(&app).begin, begin);
}

#[test]
fn filter_and_sort_go_on_working_and_the_selection_stays() {
    let mut app = app();
    app.keys("j /").types("quoc te").keys("enter");
    assert_eq!(app.rows(), ["campaign:C9", "campaign:C10", "campaign:C6"]);
    assert_eq!(app.selected(), "campaign:C9");
    app.keys("esc");
    assert_eq!((app.rows().len(), app.selected()), (10, "campaign:C9".into()));
    // A click on the heading over the bars sorts by when they begin; one on a row selects it.
    let area = app.model.arranged().area(PanelId::Timeline).unwrap();
    let (chart, headings) = (timeline::chart(area), table_headings(area));
    app.fact(Msg::Pointed(Pointer { x: chart.x + chart.width / 2, y: headings.y, kind: Pointed::Click }));
    assert_eq!(app.model.list(PanelId::Timeline).sort.map(|sort| sort.column), Some(CHART));
    assert_eq!((app.rows()[0].as_str(), app.selected()), ("campaign:C2", "campaign:C9".into()));
    app.fact(Msg::Pointed(Pointer { x: chart.x + 3, y: chart.y, kind: Pointed::Click }));
    assert_eq!(app.selected(), "campaign:C2");
    assert!(shows(&app, date(2023, 6, 30)));
}

#[test]
fn it_says_what_the_command_line_says() {
    let home = tempfile::tempdir().unwrap();
    let said = Command::new(env!("CARGO_BIN_EXE_tiendo"))
        .args(["campaigns", "--format", "json", "--lang", "vi"])
        .env_clear()
        .env("HOME", home.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let campaigns: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    let campaigns = campaigns.as_array().unwrap();
    let mut app = App::on_sample((200, 50));
    app.keys("4");
    let ids: Vec<String> = campaigns.iter().map(|one| one["item"].as_str().unwrap().to_owned()).collect();
    assert_eq!(app.rows(), ids);
    let drawn = lines(&Appearance::dark().draw(&app.model, &app.bindings, (200, 50)).0);
    let mut running = 0;
    for (line, one) in drawn[4..].iter().zip(campaigns) {
        let number = |field: &str| one[field].as_i64().unwrap();
        let milestones = format!("{}/{}", number("milestones_done"), one["milestones"].as_array().unwrap().len());
        let left = match one["phase"].as_str().unwrap() {
            "running" => format!("▶ còn {} lv ", number("working_days_left")),
            "coming" => format!("▷ {} lv nữa ", number("working_days_left")),
            _ => "· đã kết thúc ".to_owned(),
        };
        assert!(line.contains(&left) && line.contains(&milestones), "{line}\n{one}");
        running += usize::from(one["phase"] == "running");
    }
    assert_eq!(running, 1);
}

#[test]
fn a_campaign_of_today_alone_is_not_hidden_behind_todays_line() {
    let plan: Plan = serde_json::from_value(serde_json::json!({
        "format": "tiendo-plan/1", "id": "small", "timezone": "Asia/Ho_Chi_Minh",
        "agencies": [{"id": "a", "short": "A", "kind": "district"}],
        "campaigns": [
            {"id": "C1", "title": "Hôm nay", "from": "2023-11-20", "to": "2023-11-20", "lead": "a"},
            {"id": "C2", "title": "Mai", "from": "2023-11-21", "to": "2023-12-21", "lead": "a"},
        ],
    }))
    .unwrap();
    let mut app = App::started(SIZE);
    app.fetched(Ticket(1), Fetched::Whole(Box::new(Snapshot::new(Arc::new(plan)))));
    app.keys("4 -");
    let drawn = lines(&Appearance::dark().draw(&app.model, &app.bindings, SIZE).0);
    let line = |title: &str| drawn.iter().find(|line| line.contains(&format!("{title}    "))).unwrap();
    assert!(line("Hôm nay").contains('▆') && line("Mai").contains("│▆"), "{drawn:#?}");
}

#[test]
fn a_plan_without_campaigns_and_one_of_a_single_day_far_away_are_shown_too() {
    let plan = |campaigns| -> Plan {
        serde_json::from_value(serde_json::json!({
            "format": "tiendo-plan/1", "id": "small", "timezone": "Asia/Ho_Chi_Minh",
            "agencies": [{"id": "a", "short": "A", "kind": "district"}], "campaigns": campaigns,
        }))
        .unwrap()
    };
    let far = serde_json::json!([
        {"id": "C1", "title": "Xa", "from": "9999-12-31", "to": "9999-12-31", "lead": "a"},
        {"id": "C2", "title": "Xưa", "from": "-009999-01-01", "to": "-009999-01-01", "lead": "a",
            "milestones": [{"id": "M1", "title": "Không hạn"}]},
    ]);
    for campaigns in [serde_json::json!([]), far] {
        let mut app = App::started(SIZE);
        let snapshot = Snapshot::new(Arc::new(plan(campaigns)));
        app.fetched(Ticket(1), Fetched::Whole(Box::new(snapshot)));
        app.keys("4");
        for keys in ["h l", "j", "k", "- - -", "shift-right shift-left", "j l + + + +", "0"] {
            app.keys(keys);
            seen(&app);
        }
    }
}
