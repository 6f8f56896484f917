//! Notifications: what the terminal is told, how often, and what it is not told of.

use crate::screen::{App, now, snapshot};
use jiff::{SignedDuration, Timestamp};
use tiendo::{
    app::{
        self,
        effect::Effect,
        msg::{Msg, Ticket},
        notifications::{How, NotificationSettings},
        settings::Settings,
    },
    domain::answer::Fetched,
    words::{LANGUAGES, Words},
};

const BDO: &str = "report:R6/2023-H1/bdo";
const OTHER: &str = "dieu-phoi-2";
const ME: &str = "dieu-phoi-1";

fn app(how: How) -> App {
    let notifications = NotificationSettings { how, every_min: 10 };
    let mut app = App::started_as((120, 36), |settings| Settings { notifications, ..settings });
    app.effects.clear();
    app.fetched(Ticket(1), Fetched::Whole(Box::new(snapshot())));
    app
}

/// What the terminal was told since this was last asked, in English.
fn told(app: &mut App) -> Vec<String> {
    let words = Words::new(&LANGUAGES[1]);
    let said = |effect: Effect| {
        let Effect::Notify(sentence) = effect else { return None };
        Some(words.say(&sentence).trim().to_owned())
    };
    app.effects.drain(..).filter_map(said).collect()
}

fn at(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

#[test]
fn nothing_is_told_unless_asked_for() {
    let mut app = app(How::Off);
    app.received(BDO, OTHER);
    app.fact(Msg::Ticked(at(24 * 15)));
    assert_eq!(told(&mut app), Vec::<String>::new());
}

#[test]
fn what_is_there_at_the_start_is_no_news() {
    let mut app = app(How::Bell);
    app.fact(Msg::Ticked(at(1)));
    assert_eq!(told(&mut app), Vec::<String>::new());
}

#[test]
fn what_arrived_is_told_but_not_what_i_received_myself() {
    let mut app = app(How::Osc9);
    app.received(BDO, ME);
    assert_eq!(told(&mut app), Vec::<String>::new());
    app.received(BDO, OTHER);
    assert_eq!(told(&mut app), ["1 arrived."]);
}

#[test]
fn what_became_overdue_over_night_is_told() {
    let mut app = app(How::Osc9);
    let before = app.model.summary.tasks.overdue() + app.model.summary.reports.overdue();
    app.fact(Msg::Ticked(at(24 * 14)));
    let after = app.model.summary.tasks.overdue() + app.model.summary.reports.overdue();
    let milestones = app.model.summary.milestones.overdue();
    assert!(after > before);
    let said = told(&mut app);
    assert_eq!(said.len(), 1, "{said:?}");
    let count: u32 = said[0].split(' ').next().unwrap().parse().unwrap();
    assert!((after - before..=after - before + milestones).contains(&count), "{said:?}");
}

#[test]
fn there_is_one_in_ten_minutes_at_most_and_it_says_all_of_it() {
    let mut app = app(How::Osc9);
    app.received(BDO, OTHER);
    assert_eq!(told(&mut app).len(), 1);
    app.received(BDO, OTHER);
    app.received(BDO, OTHER);
    assert_eq!(told(&mut app), Vec::<String>::new());
    app.fact(Msg::Ticked(now() + SignedDuration::from_mins(9)));
    assert_eq!(told(&mut app), Vec::<String>::new());
    let due = now() + SignedDuration::from_mins(10);
    assert!(app::wakes_at(&app.model) <= due);
    app.fact(Msg::Ticked(due));
    assert_eq!(told(&mut app), ["2 arrived."]);
}
