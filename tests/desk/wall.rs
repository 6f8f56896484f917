//! A screen on the wall: its pages turn by the clock, a key holds them, and nothing can be done there.

use crate::{
    picture::{Appearance, text},
    screen::{App, now, snapshot},
};
use jiff::SignedDuration;
use tiendo::{
    app::{
        self,
        msg::{Msg, Ticket},
        settings::Settings,
        wall::{Page, WallSettings},
    },
    domain::{answer::Fetched, failure::Failure, sentence::Sentence, status::Cell},
    panels::{cell::Word, view::ViewId},
};

fn on_the_wall() -> App {
    let pages = vec![Page::Figures, Page::View(ViewId::Overview), Page::View(ViewId::Tasks)];
    let wall = Some(WallSettings { every_s: 20, pages });
    let set = |settings| Settings { wall, read_only: Some(Word("read-only-wall")), ..settings };
    let mut app = App::started_as((120, 36), set);
    app.effects.clear();
    app.fetched(Ticket(1), Fetched::Whole(Box::new(snapshot())));
    app
}

fn after(app: &mut App, seconds: i64) {
    app.fact(Msg::Ticked(now() + SignedDuration::from_secs(seconds)));
}

/// The page from 1; its view where it is one.
fn page(app: &App) -> (usize, Option<ViewId>) {
    let wall = app.model.wall.as_ref().unwrap();
    (wall.page().0, (!wall.shows_figures()).then_some(app.model.view))
}

fn seen(app: &App, ascii: bool) -> String {
    let appearance =
        if ascii { Appearance::new("dark", tiendo::ui::depth::Depth::None, true) } else { Appearance::dark() };
    text(&appearance.draw(&app.model, &app.bindings, app.model.size).0)
}

#[test]
fn pages_turn_by_the_clock_and_begin_again() {
    let mut app = on_the_wall();
    assert_eq!(page(&app), (1, None));
    after(&mut app, 19);
    assert_eq!(page(&app), (1, None));
    after(&mut app, 20);
    assert_eq!(page(&app), (2, Some(ViewId::Overview)));
    after(&mut app, 40);
    assert_eq!(page(&app), (3, Some(ViewId::Tasks)));
    after(&mut app, 60);
    assert_eq!(page(&app), (1, None));
}

#[test]
fn it_wakes_for_the_next_page() {
    let app = on_the_wall();
    assert_eq!(app::wakes_at(&app.model), now() + SignedDuration::from_secs(20));
}

#[test]
fn a_key_holds_the_page_and_a_view_can_be_chosen() {
    let mut app = on_the_wall();
    after(&mut app, 15);
    app.keys("j");
    after(&mut app, 70);
    assert_eq!(page(&app), (1, None));
    app.keys("2");
    assert_eq!(page(&app), (1, Some(ViewId::Reports)));
    after(&mut app, 131);
    assert_eq!(page(&app), (2, Some(ViewId::Overview)));
}

#[test]
fn nothing_can_be_done_there() {
    let mut app = on_the_wall();
    after(&mut app, 20);
    let asked = app.effects.len();
    for key in ["a", "d", "x", "u", "A"] {
        app.keys(key);
        assert!(app.effects.len() == asked && !app.model.is_asking(), "{key}");
        assert_eq!(app.model.messages.all().next().unwrap().sentence.id, "read-only-wall", "{key}");
    }
}

#[test]
fn the_days_of_campaigns_stand_below_each_other() {
    for size in [(80, 24), (120, 36), (200, 50)] {
        let mut app = on_the_wall();
        app.fact(Msg::Resized { width: size.0, height: size.1 });
        let screen = seen(&app, false);
        let signs = screen.lines().filter_map(|line| line.chars().position(|sign| "▶▷".contains(sign)));
        let signs: Vec<usize> = signs.collect();
        assert!(signs.len() > 1 && signs.windows(2).all(|pair| pair[0] == pair[1]), "{signs:?} {screen}");
    }
}

#[test]
fn the_figures_are_those_of_the_plan() {
    let app = on_the_wall();
    let summary = &app.model.summary;
    let screen = seen(&app, false);
    assert!(screen.contains(&format!("{}/{} nhiệm vụ", summary.tasks.done(), summary.tasks.assigned())), "{screen}");
    assert!(screen.contains(&format!("{} việc cần xử lý", app.model.queue)), "{screen}");
    assert!(screen.contains("BÁO CÁO QUÁ HẠN") && screen.contains("SẮP ĐẾN HẠN"), "{screen}");
    assert!(summary.reports.in_cell(Cell::Overdue) > 0);
}

#[test]
fn a_small_screen_says_the_figures_in_words() {
    let mut app = on_the_wall();
    app.fact(Msg::Resized { width: 40, height: 10 });
    let screen = seen(&app, true);
    let overdue = app.model.summary.reports.overdue();
    assert!(screen.contains(&format!("{overdue} BÁO CÁO QUÁ")), "{screen}");
}

#[test]
fn without_data_it_says_so_and_goes_on() {
    let wall = Some(WallSettings::default());
    let mut app = App::started_as((120, 36), |settings| Settings { wall, ..settings });
    assert!(seen(&app, false).contains("Đang tải"));
    app.fact(Msg::Fetched { ticket: Ticket(1), result: Err(Failure::Offline(Sentence::new("ledger-busy"))) });
    assert!(seen(&app, false).contains("Không tải được dữ liệu"));
    after(&mut app, 20);
    assert_eq!(page(&app).0, 2);
}

#[test]
fn no_size_is_too_odd_for_it() {
    let mut app = on_the_wall();
    for (width, height) in (0..=200).step_by(7).flat_map(|width| (0..=60).step_by(3).map(move |height| (width, height)))
    {
        app.fact(Msg::Resized { width, height });
        seen(&app, width % 2 == 0);
    }
}

#[test]
fn pages_are_read_by_their_names() {
    let read = |text: &str| toml::from_str::<WallSettings>(text);
    let settings = read("every_s = 5\npages = [\"figures\", \"journal\"]").unwrap();
    assert_eq!(settings, WallSettings { every_s: 5, pages: vec![Page::Figures, Page::View(ViewId::Journal)] });
    let wrong = read("pages = [\"figure\"]").unwrap_err().to_string();
    assert!(wrong.contains("overview"), "{wrong}");
}
