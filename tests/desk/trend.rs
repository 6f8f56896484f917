//! The trend: what it says of each week is what was true then, its filter, its crosshair, and when the source is asked.

use std::sync::Arc;

use crate::{
    desk::{Desk, desks},
    picture::{Appearance, text},
    record, screen,
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, date},
};
use tiendo::{
    app::{effect::Effect, msg::Msg},
    domain::{
        calendar::end_of_day,
        entry::{Entry, Verb},
        failure::Failure,
        id::EntryId,
        item::{Item, Kind},
        past::{Past, Standing, Stood},
        replay::{Revision, in_force},
        sentence::Sentence,
        snapshot::Snapshot,
        status::Today,
        summary::{Figures, Summary},
        trend::{Counts, Point, Trend},
    },
    sources::Source,
};
use uuid::Uuid;

fn trend(desk: &Desk) -> &Trend {
    desk.app.model.pictures.trend.shown().unwrap()
}

fn point(desk: &Desk, day: Date) -> &Point {
    trend(desk).points.iter().find(|point| point.day == day).unwrap_or_else(|| panic!("no point on {day}"))
}

fn counts(figures: &Figures) -> Counts {
    Counts { assigned: figures.assigned(), done: figures.done(), overdue: figures.overdue() }
}

/// What `tiendo status --at` that day counts.
fn status_at(desk: &Desk, day: Date, holds: impl Fn(&Snapshot, &Item) -> bool) -> (Counts, Counts) {
    let until = end_of_day(day, &jiff::tz::TimeZone::get("Asia/Ho_Chi_Minh").unwrap()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let snapshot = runtime.block_on(desk.source.at(until)).unwrap();
    let today = Today::new(day, 3, &snapshot.outline.calendar);
    let of = |kind| {
        let items = snapshot.items.iter().filter(|item| item.kind() == kind && holds(&snapshot, item));
        counts(&Figures::of(items, today))
    };
    (of(Kind::Task), of(Kind::Report))
}

fn screen_text(desk: &Desk) -> String {
    text(&Appearance::dark().draw(&desk.app.model, &desk.app.bindings, (120, 36)).0)
}

#[test]
fn each_point_counts_what_the_status_of_that_day_counts() {
    for mut desk in desks() {
        desk.keys("6");
        let days: Vec<Date> = trend(&desk).points.iter().map(|point| point.day).collect();
        assert_eq!((days[0], days[days.len() - 1]), (date(2023, 3, 26), date(2023, 11, 20)));
        for day in days {
            let shown = point(&desk, day);
            assert_eq!((shown.tasks, shown.reports), status_at(&desk, day, |_, _| true), "{day}");
        }
        desk.keys("=");
        // A day within a week, gone to: the trend ends with it.
        desk.keys(":").types("at 14/6/2023").keys("enter");
        let last = trend(&desk).today().unwrap();
        assert_eq!(last.day, date(2023, 6, 14));
        assert_eq!((last.tasks, last.reports), status_at(&desk, date(2023, 6, 14), |_, _| true));
        let before = point(&desk, date(2023, 6, 11));
        assert_eq!((before.tasks, before.reports), status_at(&desk, date(2023, 6, 11), |_, _| true));
        assert!(trend(&desk).has_past);
    }
}

#[test]
fn a_filter_leaves_of_every_week_what_it_lets_through_and_nothing_is_asked_again() {
    let mut desk = Desk::new();
    desk.keys("6 /");
    for (filter, agency, programme) in
        [("agency:ldtbxh", Some("ldtbxh"), None), ("programme:P-DA8", None, Some("P-DA8"))]
    {
        desk.app.types(filter);
        assert_eq!(desk.app.effects, []);
        for day in [date(2023, 6, 25), date(2023, 9, 24), date(2023, 11, 20)] {
            let holds = |snapshot: &Snapshot, item: &Item| {
                let outline = &snapshot.outline;
                let of_agency = agency.is_none_or(|id| outline.agency(id) == Some(item.agency));
                of_agency && programme.is_none_or(|id| outline.programme(id) == item.programme)
            };
            let shown = point(&desk, day);
            assert_eq!((shown.tasks, shown.reports), status_at(&desk, day, holds), "{filter} {day}");
        }
        assert!(point(&desk, date(2023, 11, 20)).tasks.assigned < 62);
        desk.keys("esc /");
    }
}

#[test]
fn a_filter_typed_letter_by_letter_over_data_that_change_is_the_same_as_one_typed_at_once() {
    let typed = |parts: &[&str]| {
        let mut desk = Desk::new();
        desk.keys("6 /");
        for part in parts {
            match *part {
                "<" => desk.keys("backspace"),
                "!" => {
                    let id = EntryId(Uuid::nil());
                    let bdo = "report:R6/2023-H1/bdo".into();
                    desk.acted_elsewhere(Entry::new(id, bdo, Verb::Receive, date(2023, 11, 20), screen::now()));
                    desk.app.fact(Msg::SourceChanged);
                    desk.perform();
                    &mut desk
                }
                letters => desk.types(letters),
            };
        }
        trend(&desk).clone()
    };
    let at_once = typed(&["bu dop"]);
    assert_ne!(at_once, typed(&["bu"]), "more letters let less through");
    assert_eq!(typed(&["b", "u", " d", "x", "<", "op"]), at_once);
    let received = typed(&["!", "bu dop"]);
    assert_ne!(received, at_once);
    assert_eq!(typed(&["bu d", "!", "op"]), received);
}

#[test]
fn the_answer_sets_what_was_carried_out_against_the_plans_own_dates() {
    let mut desk = Desk::new();
    desk.keys("6");
    let today = trend(&desk).today().unwrap();
    assert_eq!((today.tasks.done, today.due, today.ahead()), (35, 43, -11));
    assert!(screen_text(&desk).contains("Chậm hơn kế hoạch 11 điểm: đạt 82% so với 93% theo kế hoạch"));
    // The plan ends whole.
    let (end, planned) = *trend(&desk).coming.last().unwrap();
    assert_eq!((end, planned), (date(2023, 12, 31), 1.0));
    // It never goes back.
    let trend = trend(&desk);
    let planned: Vec<f64> =
        trend.points.iter().map(|point| point.planned).chain(trend.coming.iter().map(|(_, share)| *share)).collect();
    assert!(planned.is_sorted_by(|one, next| *next >= one - 1e-9));
}

#[test]
fn an_act_moves_todays_point_without_asking_for_the_weeks_before() {
    let mut desk = Desk::new();
    desk.keys("6");
    let before = trend(&desk).today().unwrap().reports;
    desk.keys("2").keys("d").keys("enter").keys("6");
    let after = trend(&desk).today().unwrap().reports;
    assert_eq!((after.done, after.overdue), (before.done + 1, before.overdue - 1));
    assert_eq!(desk.app.effects, []);
}

#[test]
fn the_crosshair_goes_by_weeks_and_reads_what_was_then() {
    let mut desk = Desk::new();
    desk.keys("6");
    let looked_at = |desk: &Desk| desk.app.model.pictures.trend.crosshair();
    assert_eq!(looked_at(&desk), None);
    desk.keys("h");
    assert_eq!(looked_at(&desk), Some(date(2023, 11, 19)));
    desk.keys("left left right");
    assert_eq!(looked_at(&desk), Some(date(2023, 11, 12)));
    let point = *point(&desk, date(2023, 11, 12));
    assert!(screen_text(&desk).contains("12/11 kế hoạch"), "{}", screen_text(&desk));
    assert!(screen_text(&desk).contains(&format!("{} điểm", point.ahead())));
    desk.keys("home");
    assert_eq!(looked_at(&desk), Some(date(2023, 3, 26)));
    desk.keys("h");
    assert_eq!(looked_at(&desk), Some(date(2023, 3, 26)));
    desk.keys("end");
    assert_eq!(looked_at(&desk), Some(date(2023, 11, 20)));
    // What is planned can be read too.
    desk.keys("l l");
    assert_eq!(looked_at(&desk), Some(date(2023, 12, 3)));
    desk.keys("esc");
    assert_eq!((looked_at(&desk), desk.app.model.view), (None, tiendo::panels::view::ViewId::Trend));
}

/// The questions after the weeks gone by, asked while keys are pressed and facts come.
fn questions(app: &mut screen::App) -> usize {
    let asked = app.effects.iter().filter(|effect| matches!(effect, Effect::FetchPast { .. })).count();
    app.effects.clear();
    asked
}

#[test]
fn the_weeks_gone_by_are_asked_for_once_a_week_and_only_where_they_are_seen() {
    let mut app = screen::App::on_sample((120, 36));
    assert_eq!(questions(&mut app), 0);
    app.keys("6");
    app.past();
    app.keys("j k 7 6 h l");
    assert_eq!(questions(&mut app), 0);
    app.fact(Msg::Ticked(screen::now() + SignedDuration::from_hours(24 * 5)));
    assert_eq!(questions(&mut app), 0);
    app.fact(Msg::Ticked(screen::now() + SignedDuration::from_hours(24 * 7)));
    assert_eq!(questions(&mut app), 1);
}

#[test]
fn the_overview_shows_the_trend_where_there_is_room_and_a_click_goes_to_it() {
    let mut app = screen::App::on_sample((200, 50));
    assert_eq!(questions(&mut app), 1);
    let area = app.model.arranged().area(tiendo::panels::PanelId::Trend).unwrap();
    let click = tiendo::app::msg::Pointer { x: area.x + 5, y: area.y + 5, kind: tiendo::app::msg::Pointed::Click };
    app.keys("tab tab tab tab");
    assert_eq!(app.model.focused(), tiendo::panels::PanelId::TasksByAgency);
    app.fact(Msg::Pointed(click));
    assert_eq!(app.model.view, tiendo::panels::view::ViewId::Trend);
    for size in [(179, 50), (200, 43), (120, 36), (80, 24)] {
        let mut app = screen::App::on_sample(size);
        assert_eq!((app.model.arranged().area(tiendo::panels::PanelId::Trend), questions(&mut app)), (None, 0));
    }
}

#[test]
fn what_cannot_be_told_is_said_and_not_asked_again_and_again() {
    let mut app = screen::App::on_sample((120, 36));
    app.keys("6");
    let Some(Effect::FetchPast { ticket, .. }) =
        app.effects.iter().find(|effect| matches!(effect, Effect::FetchPast { .. })).cloned()
    else {
        panic!("not asked")
    };
    let see = |app: &screen::App| text(&Appearance::dark().draw(&app.model, &app.bindings, (120, 36)).0);
    assert!(see(&app).contains("đang tính các tuần trước"));
    app.effects.clear();
    let why = Failure::Refused(Sentence::new("trend-no-past"));
    app.fact(Msg::PastFetched { ticket, result: Err(why) });
    app.keys("j k");
    assert_eq!(questions(&mut app), 0);
    let seen = see(&app);
    assert!(seen.contains("không cho biết"), "{seen}");
    // The answer stands all the same: it needs today alone.
    assert!(seen.contains("Chậm hơn kế hoạch 11 điểm"));
    app.keys("R");
    assert_eq!(questions(&mut app), 1);
}

/// Numbers without order, the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// A journal over half a year, with amendments, reversals, cases; `apart` is how far what was recorded stands out of order.
fn journal(seed: u64, apart: i64) -> (Vec<Revision>, Vec<Entry>) {
    let mut dice = Dice(seed);
    let mut journal: Vec<Entry> = Vec::new();
    let mut revisions = vec![Revision { seq: 1, on: date(2023, 1, 2), plan: Arc::new(record::plan()) }];
    let items =
        ["task:N1", "task:N2", "task:N3", "task:N4", "report:R1/2023-H1/a", "report:R1/2023-H1/b", "report:R8/N1/a"];
    let verbs = [
        Verb::Receive,
        Verb::Submit,
        Verb::Confirm,
        Verb::Return,
        Verb::Progress,
        Verb::Extend,
        Verb::Exempt,
        Verb::Pause,
        Verb::Resume,
        Verb::Cancel,
        Verb::Note,
        Verb::Remind,
        Verb::Reverse,
        Verb::Reverse,
        Verb::Open,
    ];
    for number in 1..=120_u64 {
        let day = date(2023, 1, 2).checked_add(jiff::Span::new().days(number as i64 * 3 / 2)).unwrap();
        let out = if apart > 0 { dice.roll(apart as usize) as i64 } else { 0 };
        let recorded = "2023-01-02T02:00:00Z".parse::<Timestamp>().unwrap()
            + SignedDuration::from_hours(24 * (number as i64 * 3 / 2 - out));
        let id = EntryId(Uuid::from_u128(number.into()));
        let item = items[dice.roll(items.len())];
        let mut entry = Entry::new(id, item.into(), verbs[dice.roll(verbs.len())].clone(), day, recorded);
        (entry.seq, entry.recorded) = (number, Some(recorded));
        (entry.percent, entry.until) = (Some(dice.roll(101) as u8), Some(date(2023, 6, 1 + dice.roll(28) as i8)));
        if number == 1 || number % 40 == 0 {
            (entry.item, entry.verb) = ("plan:p".into(), Verb::Plan);
            let plan = if number % 80 == 40 { record::amended() } else { record::plan() };
            if number > 1 {
                revisions.push(Revision { seq: number, on: day, plan: Arc::new(plan) });
            }
        } else if entry.verb == Verb::Open {
            (entry.item, entry.agency) = ("duty:R7".into(), Some("a".into()));
        } else if entry.verb == Verb::Reverse {
            let of_item: Vec<&Entry> = journal.iter().filter(|other| other.item == entry.item).collect();
            match of_item.get(dice.roll(of_item.len().max(1))) {
                Some(other) => entry.reverses = Some(other.id),
                None => entry.verb = Verb::Note,
            }
        }
        journal.push(entry);
    }
    (revisions, journal)
}

#[test]
fn every_week_of_any_journal_is_what_replaying_it_up_to_then_gives() {
    for seed in 0..12 {
        for apart in [0, 30] {
            let (revisions, whole) = journal(seed, apart);
            let moving: Vec<Entry> = whole.iter().filter(|entry| entry.verb.moves()).cloned().collect();
            let past = Past::of(&revisions, &moving, date(2023, 7, 20), &|| false).unwrap();
            assert!(past.weeks.len() > 25, "{:?}", past.weeks);
            for (week, end) in past.weeks.iter().enumerate() {
                let until = end_of_day(*end, &jiff::tz::TimeZone::get("Asia/Ho_Chi_Minh").unwrap()).unwrap();
                let known: Vec<&Entry> = whole.iter().filter(|entry| entry.recorded_at() <= until).collect();
                let then = Snapshot::replay_revisions(&in_force(&revisions, &known), &known).unwrap();
                let today = Today::new(*end, 3, &then.outline.calendar);
                let wanted = then.items.iter().filter(|item| item.kind() != Kind::Milestone);
                let mut wanted: Vec<_> = wanted
                    .map(|item| (item.id.clone(), Standing::of(item, today)))
                    .filter(|(_, standing)| standing.stood != Stood::LeftOut)
                    .collect();
                let standing = |steps: &[tiendo::domain::past::Step]| {
                    steps.iter().rev().find(|step| usize::from(step.week) <= week).map(|step| step.standing)
                };
                let mut told: Vec<_> = past
                    .histories()
                    .filter_map(|(history, steps)| Some((history.id.clone(), standing(steps)?)))
                    .filter(|(_, standing)| standing.stood != Stood::LeftOut)
                    .collect();
                wanted.sort_by(|one, other| one.0.cmp(&other.0));
                told.sort_by(|one, other| one.0.cmp(&other.0));
                assert_eq!(told, wanted, "seed {seed}, {apart} apart, {end}");
            }
            // Today's counts and the summary's are the same.
            let now = Snapshot::replay_revisions(&revisions, &whole.iter().collect::<Vec<_>>()).unwrap();
            let today = Today::new(date(2023, 7, 20), 3, &now.outline.calendar);
            let trend = Trend::of(&now, today, None, &vec![true; now.items.len()], true);
            let (summary, last) = (Summary::of(&now, today), trend.today().unwrap());
            assert_eq!((last.tasks, last.reports), (counts(&summary.tasks), counts(&summary.reports)));
            assert_eq!(trend.lateness.ageing, summary.ageing);
        }
    }
}

#[test]
fn counting_ends_when_nobody_waits_any_more() {
    let (revisions, whole) = journal(1, 0);
    assert!(Past::of(&revisions, &whole, date(2023, 7, 20), &|| true).is_none());
}
