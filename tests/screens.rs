//! The screen as it is seen: the sample plan in both languages at three sizes, every size without a panic, every theme.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

#[path = "common/picture.rs"]
mod picture;
#[path = "common/screen.rs"]
mod screen;

use picture::{Appearance, lines, styled, text};
use screen::App;
use tiendo::{
    app::{
        action::Action,
        effect::Effect,
        msg::{Msg, Ticket},
        settings::Settings,
    },
    domain::{
        answer::{Fetched, Page},
        entry::{Entry, Verb},
        failure::Failure,
        id::{EntryId, ItemId},
        sentence::Sentence,
        waiting::{Act, Standing, Trouble},
    },
    panels::{RowKey, cell::Word},
    planfile,
    ui::{depth::Depth, glyphs::Curves},
};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 50)];

/// The journal of an item, newest first.
fn page(item: &ItemId) -> Page {
    let journal = planfile::sample().unwrap().journal;
    let reversed = journal.iter().filter_map(|entry| entry.reverses).collect();
    let of_item = journal.into_iter().rev().filter(|entry| entry.item == *item && entry.verb != Verb::Reverse);
    Page { entries: of_item.collect(), reversed, ..Page::default() }
}

/// On the sample at a size, in a language, after these keys; the detail's history has come.
fn app(size: (u16, u16), language: usize, keys: &str) -> App {
    let mut app = App::on_sample(size);
    app.past();
    if language == 1 {
        app.keys("L");
    }
    for key in keys.split_whitespace() {
        app.keys(key).journal().past();
    }
    match app.model.detail.row.clone() {
        Some(RowKey::Item(item)) => {
            app.history(page(&item));
        }
        Some(RowKey::Entry(id)) => {
            let item = app.model.journal.told(id).unwrap().entry.item.clone();
            let result = Ok(page(&item));
            app.fact(Msg::HistoryFetched { item, result });
        }
        Some(RowKey::Agency(_) | RowKey::Campaign(_)) | None => {}
    }
    app
}

fn see(app: &App, appearance: &Appearance) -> String {
    text(&appearance.draw(&app.model, &app.bindings, app.model.size).0)
}

#[test]
fn views_look_like_this() {
    let dark = Appearance::dark();
    for (language, tag) in [(0, "vi"), (1, "en")] {
        for size in SIZES {
            for (name, keys) in [
                ("overview", ""),
                ("queue", "tab j"),
                ("reports", "2"),
                ("tasks", "3 F"),
                ("campaigns", "4"),
                ("matrix", "5"),
                ("trend", "6"),
                ("journal", "7 j"),
            ] {
                let app = app(size, language, keys);
                insta::assert_snapshot!(format!("{name}-{tag}-{}x{}", size.0, size.1), see(&app, &dark));
            }
        }
    }
}

#[test]
fn dialogs_and_lines_look_like_this() {
    let dark = Appearance::dark();
    let scenes = [
        ("help", "?"),
        ("palette", ":"),
        ("facets", "f down tab"),
        ("sort", "2 s"),
        ("messages", "y :esc"),
        ("marked", "2 space space space"),
        ("sorted", "2 l l"),
        ("agency-detail", "j tab tab tab"),
        ("campaigns-weeks", "4 +"),
        ("campaigns-years", "4 - -"),
        ("campaigns-later", "4 l l l"),
        ("campaign-items", "4 j enter"),
        ("journal-filter", "7 / v e r b : r e m i n d enter j"),
        ("journal-facets", "7 f"),
        ("matrix-programmes", "5 M"),
        ("matrix-several", "5 M g h h h h h h"),
        ("matrix-not-owed", "5 j"),
    ];
    for (language, tag) in [(0, "vi"), (1, "en")] {
        for (name, keys) in scenes {
            let keys = keys.replace(":esc", "");
            let app = app((120, 36), language, &keys);
            insta::assert_snapshot!(format!("{name}-{tag}"), see(&app, &dark));
        }
        let mut typing = app((80, 24), language, "2 /");
        typing.types("bu dop");
        insta::assert_snapshot!(format!("filter-{tag}"), see(&typing, &dark));
        let mut nothing = app((80, 24), language, "2 /");
        nothing.types("xyz").keys("enter");
        insta::assert_snapshot!(format!("filter-hides-all-{tag}"), see(&nothing, &dark));
    }
}

#[test]
fn a_sort_by_a_column_that_has_no_room_is_said_in_the_title() {
    let dark = Appearance::dark();
    let title = |keys: &str| {
        let seen = see(&app((80, 24), 0, keys), &dark);
        seen.lines().find(|line| line.contains('╭')).unwrap().to_owned()
    };
    let said = title("2 s down down down down down down down down enter");
    assert!(said.contains("xếp theo bước tiếp theo"), "{said}");
    assert!(!title("2 s down down down down enter").contains("xếp theo"), "the column's own heading says so");
}

#[test]
fn sheets_look_like_this() {
    let dark = Appearance::dark();
    let sheets = [
        ("arrivals", Action::Arrivals, "", "bu dop"),
        ("case", Action::OpenCase, "", "bu"),
        ("amend-task", Action::AmendTask, "3 j j", ""),
        ("amend-agency", Action::AmendAgency, "j", ""),
        ("add-task", Action::AddTask, "", "Hội nghị bổ sung"),
    ];
    for (language, tag) in [(0, "vi"), (1, "en")] {
        for size in [(80, 24), (120, 36)] {
            for (name, action, keys, typed) in sheets {
                let mut app = app(size, language, keys);
                app.fact(Msg::Chosen(action)).types(typed);
                insta::assert_snapshot!(format!("sheet-{name}-{tag}-{}x{}", size.0, size.1), see(&app, &dark));
            }
            // The second letter of a sitting: the first has not been answered.
            let mut sitting = app(size, language, "A");
            sitting.types("hccb").keys("tab").types("12/BC-CCB").keys("enter").types("ubnd").keys("enter");
            insta::assert_snapshot!(format!("sheet-sitting-{tag}-{}x{}", size.0, size.1), see(&sitting, &dark));
        }
    }
}

#[test]
fn nothing_yet_nothing_at_all_and_a_failure_do_not_look_alike() {
    let dark = Appearance::dark();
    let loading = App::started((80, 24));
    let mut failed = App::started((80, 24));
    let failure = Failure::Offline(Sentence::new("file-busy").with("file", "ledger.db"));
    failed.fact(Msg::Fetched { ticket: tiendo::app::msg::Ticket(1), result: Err(failure) });
    insta::assert_snapshot!("loading", see(&loading, &dark));
    insta::assert_snapshot!("failed", see(&failed, &dark));
}

/// Acts that are not confirmed: one waits, one came back as a card with another behind it.
fn waiting() -> Vec<Act> {
    let day = jiff::civil::date(2023, 11, 20);
    let entry = |number: u128, item: &str, verb: Verb| {
        let id = EntryId(uuid::Uuid::from_u128(number));
        Entry { by: Some("dieu-phoi-1".into()), ..Entry::new(id, item.into(), verb, day, screen::now()) }
    };
    let (bdo, hccb) = ("report:R6/2023-H1/bdo", "report:R2/2023-H1/hccb");
    let until = Some(jiff::civil::date(2023, 11, 30));
    let mine = Entry { until, reason: Some("thiếu biểu số liệu".into()), ..entry(2, hccb, Verb::Extend) };
    let stands =
        Entry { by: Some("dieu-phoi-2".into()), document: Some("45/BC-CCB".into()), ..entry(9, hccb, Verb::Receive) };
    let card = Standing::Card(Trouble::Conflict { stands: Box::new(stands) });
    let note = Entry { note: Some("đã gọi điện".into()), ..entry(3, hccb, Verb::Note) };
    vec![
        Act { entry: entry(1, bdo, Verb::Acknowledge), standing: Standing::Waiting },
        Act { standing: Standing::Behind(mine.id), entry: note },
        Act { entry: mine, standing: card },
    ]
}

#[test]
fn what_waits_and_what_has_to_be_decided_looks_like_this() {
    let dark = Appearance::dark();
    for (language, tag) in [(0, "vi"), (1, "en")] {
        for size in [(80, 24), (120, 36)] {
            let mut waiting_app = app(size, language, "tab");
            waiting_app.fact(Msg::WaitingRead(waiting()));
            insta::assert_snapshot!(format!("waiting-{tag}-{}x{}", size.0, size.1), see(&waiting_app, &dark));
            waiting_app.keys("X enter");
            let item = ItemId::from("report:R2/2023-H1/hccb");
            let result = Ok(page(&item));
            waiting_app.fact(Msg::HistoryFetched { item, result });
            insta::assert_snapshot!(format!("card-{tag}-{}x{}", size.0, size.1), see(&waiting_app, &dark));
        }
    }
    let mut cards = app((80, 24), 1, "");
    cards.fact(Msg::WaitingRead(waiting())).keys("X");
    insta::assert_snapshot!("cards-en", see(&cards, &Appearance::new("dark", Depth::None, true)));
    // At no size does it panic, nor does anything remain once nothing waits.
    cards.keys("enter");
    for (width, height) in [(0, 0), (3, 2), (40, 10), (41, 11), (60, 12), (200, 60)] {
        cards.fact(Msg::Resized { width, height });
        dark.draw(&cards.model, &cards.bindings, (width, height));
    }
    let (mut plain, mut after) = (app((120, 36), 0, "tab"), app((120, 36), 0, "tab"));
    after.fact(Msg::WaitingRead(waiting())).fact(Msg::WaitingRead(Vec::new()));
    let ticket = tiendo::app::msg::Ticket(2);
    after.fetched(ticket, tiendo::domain::answer::Fetched::Unchanged);
    plain.keys("j k");
    after.keys("j k");
    assert_eq!(see(&plain, &dark), see(&after, &dark));
}

#[test]
fn styles_are_these() {
    let app = app((80, 24), 0, "tab space j");
    let looks = [
        ("dark", Depth::TrueColour, false),
        ("light", Depth::Colours256, false),
        ("dark", Depth::Colours16, false),
        ("dark", Depth::None, false),
        ("dark", Depth::None, true),
    ];
    for (theme, depth, ascii) in looks {
        let appearance = Appearance::new(theme, depth, ascii);
        let name = format!("styled-{theme}-{depth:?}{}", if ascii { "-ascii" } else { "" });
        insta::assert_snapshot!(name, styled(&appearance.draw(&app.model, &app.bindings, (80, 24)).0));
    }
}

/// Screens with everything on them that can be.
fn busy() -> Vec<(String, App)> {
    let size = (120, 36);
    let scenes = [
        "tab tab",
        "tab space j",
        "2 v j j",
        "3 F j",
        "3 s",
        "4 j",
        "5 l",
        "7 j",
        "tab m",
        "?",
        "f",
        "2 /",
        "A",
        "2 V x",
    ];
    let mut all: Vec<(String, App)> = scenes.map(|keys| (keys.to_owned(), app(size, 0, keys))).into();
    let mut queued = app(size, 0, "tab");
    queued.fact(Msg::WaitingRead(waiting())).keys("X");
    all.push(("cards".into(), queued));
    let mut failed = app(size, 0, "tab j");
    let ticket = failed
        .fact(Msg::SourceChanged)
        .effects
        .iter()
        .find_map(|effect| if let Effect::Fetch { ticket, .. } = effect { Some(*ticket) } else { None });
    let failure = Failure::Offline(Sentence::new("file-busy").with("file", "ledger.db"));
    failed.fact(Msg::Fetched { ticket: ticket.unwrap(), result: Err(failure) });
    all.push(("failed".into(), failed));
    let mut other_day = app(size, 0, "tab <");
    let ticket = other_day
        .effects
        .iter()
        .find_map(|effect| if let Effect::FetchDay { ticket, .. } = effect { Some(*ticket) } else { None });
    other_day.fact(Msg::DayFetched { ticket: ticket.unwrap(), result: Ok(Box::new(screen::snapshot())) });
    all.push(("other day".into(), other_day));
    let wall = Some(tiendo::app::wall::WallSettings::default());
    let mut wall = App::started_as(size, |settings| tiendo::app::settings::Settings { wall, ..settings });
    wall.fetched(tiendo::app::msg::Ticket(1), tiendo::domain::answer::Fetched::Whole(Box::new(screen::snapshot())));
    all.push(("wall".into(), wall));
    all
}

/// What is drawn rather than read: borders, and bars, which have figures beside them.
fn is_drawn(symbol: &str) -> bool {
    symbol.chars().all(|sign| matches!(sign, '\u{2500}'..='\u{259f}' | ' '))
}

#[test]
fn every_letter_on_every_screen_is_readable_in_every_theme() {
    use ratatui::style::Modifier;
    let mut wrong = std::collections::BTreeSet::new();
    let mut read = 0;
    for (name, app) in busy() {
        for (theme, depth) in ["dark", "light", "high-contrast"]
            .iter()
            .flat_map(|theme| [Depth::TrueColour, Depth::Colours256].map(|depth| (*theme, depth)))
        {
            let appearance = Appearance::new(theme, depth, false);
            for cell in appearance.draw(&app.model, &app.bindings, app.model.size).0.content {
                if is_drawn(cell.symbol()) {
                    continue;
                }
                read += 1;
                // Which way round it is does not matter: the contrast is the same.
                let found = tiendo::ui::colour::contrast(cell.fg, cell.bg);
                if found.is_none_or(|found| found < 4.5) || cell.modifier.contains(Modifier::DIM) {
                    wrong.insert(format!("{theme} {depth:?} “{name}”: {} on {}, {found:.2?}", cell.fg, cell.bg));
                }
            }
        }
    }
    assert!(read > 100_000, "the screens were not drawn: {read}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn curves_look_like_this_in_half_cells_and_in_letters() {
    let mut blocks = Appearance::dark();
    blocks.glyphs = blocks.glyphs.with_curves(Curves::Block);
    let plain = Appearance::new("dark", Depth::None, true);
    for (name, appearance) in [("block", &blocks), ("ascii", &plain)] {
        let app = app((80, 24), 0, "6 h h h h");
        insta::assert_snapshot!(format!("curves-{name}"), see(&app, appearance));
    }
    // The plain set has nothing but letters, whatever is asked for.
    assert_eq!(plain.glyphs.with_curves(Curves::Block).curves, Curves::Letters);
    let mut filtered = app((120, 36), 0, "6 /");
    filtered.types("programme:P-DA8").keys("enter");
    insta::assert_snapshot!("trend-filtered", see(&filtered, &Appearance::dark()));
}

#[test]
fn what_is_said_too_long_for_its_line_is_read_whole_where_it_is_selected() {
    let dark = Appearance::dark();
    let mut app = app((80, 24), 1, "");
    let why = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";
    app.fact(Msg::Failed { what: Action::Copy, why: why.into() });
    app.fact(Msg::Failed { what: Action::OpenLink, why: "short".into() });
    app.fact(Msg::Chosen(Action::Messages));
    let folded = see(&app, &dark);
    assert!(folded.contains("one two three") && !folded.contains("sixteen"), "{folded}");
    let unfolded = see(app.keys("down"), &dark);
    let lines = |screen: &str| screen.lines().filter(|line| line.contains('╭') || line.contains('╰')).count();
    assert!(unfolded.contains("sixteen") && unfolded.contains("short"), "{unfolded}");
    assert_eq!(lines(&folded), lines(&unfolded), "the dialog stands still:\n{folded}\n{unfolded}");
    // Where there is hardly any room, nothing panics and the search line stays.
    for (width, height) in [(41, 11), (43, 12), (60, 10)] {
        app.fact(Msg::Resized { width, height });
        dark.draw(&app.model, &app.bindings, (width, height));
    }
}

#[test]
fn why_there_are_no_data_stays_on_the_screen() {
    let dark = Appearance::dark();
    let mut failed = App::started((120, 36));
    let why = Sentence::new("plans-took-too-long").with("seconds", 20_u64);
    failed.fact(Msg::Fetched { ticket: Ticket(1), result: Err(Failure::Offline(why)) }).keys("j");
    let screen = see(&failed, &dark);
    assert_eq!(screen.matches("không trả lời trong 20 giây").count(), 1, "{screen}");
}

#[test]
fn the_plans_number_is_whole_before_the_programs_name_is() {
    let dark = Appearance::dark();
    let header = |app: &App| see(app, &dark).lines().next().unwrap().to_owned();
    let mut app = app((80, 24), 0, "");
    assert!(header(&app).starts_with(" tiendo   95/KH-UBND"), "{}", header(&app));
    app.fact(Msg::WaitingRead(waiting()));
    assert!(header(&app).starts_with(" 95/KH-UBND"), "{}", header(&app));
}

#[test]
fn a_tabs_count_stands_apart_from_the_next_tabs_key() {
    for width in 80..140 {
        let app = app((width, 36), 1, "");
        let tabs = see(&app, &Appearance::dark()).lines().nth(1).unwrap().to_owned();
        assert!(tabs.contains("7 Journal"), "{width}: {tabs}");
        assert!(tabs.contains("Tasks 7  4 Campaigns") || tabs.contains("Tasks 7   4 Campaigns"), "{width}: {tabs}");
    }
}

#[test]
fn what_is_wrong_with_a_percentage_is_said() {
    let mut app = app((80, 24), 0, "3 p backspace backspace backspace");
    app.types("150").keys("enter");
    let screen = see(&app, &Appearance::dark());
    assert!(screen.contains("từ 0 đến 100") && !screen.contains("cần điền"), "{screen}");
}

#[test]
fn a_period_drilled_down_to_is_said_in_words() {
    let screen = see(&app((80, 24), 0, "5 enter"), &Appearance::dark());
    assert!(screen.contains("Bù Đốp · R6 6 tháng đầu năm 2023"), "{screen}");
    assert!(!screen.contains("2023-H1"), "{screen}");
}

#[test]
fn a_comparison_says_whole_figures_and_states_or_none() {
    for language in [0, 1] {
        let mut app = app((80, 24), language, "");
        app.keys(":").types("compare 14/6").keys("enter");
        let asked = |effect: &Effect| if let Effect::FetchDay { ticket, .. } = effect { Some(*ticket) } else { None };
        let ticket = app.effects.iter().rev().find_map(asked);
        let sample = planfile::sample().unwrap();
        let day: jiff::Timestamp = "2023-06-14T23:59:59+07:00".parse().unwrap();
        let before: Vec<_> = sample.journal.into_iter().filter(|entry| entry.recorded_at() <= day).collect();
        let then = tiendo::domain::snapshot::Snapshot::replay(std::sync::Arc::new(sample.plan), &before);
        app.fact(Msg::DayFetched { ticket: ticket.unwrap(), result: Ok(Box::new(then)) }).keys("c");
        let screen = see(&app, &Appearance::dark());
        let list = |line: &&str| line.contains(" → ") && line.contains('│');
        let cut = |line: &&str| line.trim_end_matches([' ', '│', '|', '█', '▐']).ends_with('…');
        assert!(screen.contains("37 → 96"), "{screen}");
        assert_eq!(screen.lines().filter(list).filter(cut).count(), 0, "{screen}");
    }
}

/// The last line of the screen.
fn footer(app: &App) -> String {
    see(app, &Appearance::new("dark", Depth::None, false)).lines().last().unwrap().to_owned()
}

#[test]
fn whoever_is_new_is_shown_three_steps_one_after_another_and_then_never_again() {
    let new = |settings| Settings { first_time: true, ..settings };
    let mut app = App::started_as((80, 24), new);
    assert!(!footer(&app).contains("Bước"), "nothing is taught before there is something to see");
    app.effects.clear();
    app.fetched(Ticket(1), Fetched::Whole(Box::new(screen::snapshot())));
    let steps = ["", "j", "enter", "esc", "m"].map(|key| footer(app.keys(key)));
    assert!(steps[0].starts_with(" Bước 1/3  ↓ đi từng dòng   Tab sang khung khác"), "{}", steps[0]);
    assert!(steps[1].starts_with(" Bước 2/3  Enter mở dòng này   Esc trở lại"), "{}", steps[1]);
    for step in &steps[2..4] {
        assert!(step.starts_with(" Bước 3/3  m việc làm được với dòng này   : tìm mọi thứ"), "{step}");
    }
    assert!(steps[..4].iter().all(|step| step.contains("trợ giúp")), "help has its place all the same");
    assert_eq!(app.effects.iter().filter(|effect| **effect == Effect::KeepFirstSteps).count(), 1);
    assert!(!footer(app.keys("esc")).contains("Bước"));
    let mut english =
        App::started_as((80, 24), |settings| Settings { read_only: Some(Word("read-only-asked")), ..new(settings) });
    english.fetched(Ticket(1), Fetched::Whole(Box::new(screen::snapshot()))).keys("L j enter");
    let third = footer(&english);
    assert!(third.contains("Step 3 of 3  : finds everything") && !third.contains("this row"), "{third}");
}

/// Letters of names are the plan's; every sign is ours, wherever it stands.
#[test]
fn ascii_draws_no_sign_outside_of_ascii_in_any_state() {
    let appearance = Appearance::new("dark", Depth::None, true);
    let asked = [
        "s",
        "f",
        "m",
        "a enter",
        "x",
        "r",
        "2 / b u",
        "2 space space x",
        "7 enter",
        "A",
        "c",
        ": b u",
        "1 z",
        "< <",
        "P",
    ];
    let views = ["", "2", "3", "4", "4 - -", "5", "5 M", "6", "6 h h", "7", "?", "tab tab tab"];
    for keys in views.into_iter().chain(asked) {
        let app = app((120, 36), 1, keys);
        let drawn = see(&app, &appearance);
        let signs: String = drawn.chars().filter(|letter| !letter.is_ascii() && !letter.is_alphabetic()).collect();
        assert_eq!(signs, "", "{keys}\n{drawn}");
    }
}

#[test]
fn no_size_makes_it_panic() {
    let dark = Appearance::dark();
    let widths = [0, 1, 2, 3, 39, 40, 41, 60, 80, 99, 100, 110, 139, 140, 179, 180, 200];
    let heights = [0, 1, 2, 9, 10, 11, 24, 27, 28, 30, 35, 36, 60];
    let scenes = [
        "",
        "tab",
        "tab tab",
        "tab tab tab",
        "2",
        "2 tab",
        "3 F",
        "3 z",
        "4",
        "4 tab",
        "4 l l - - l",
        "4 shift-left + enter",
        "5",
        "5 M G l",
        "5 tab",
        "6",
        "6 h h z",
        "6 tab h",
        "6 shift-tab",
        "7",
        "7 tab",
        "?",
        ":",
        "f",
        "2 s",
        "2 /",
        "A",
    ];
    for keys in scenes {
        let mut app = app((200, 60), 0, keys);
        for width in widths {
            for height in heights {
                app.fact(Msg::Resized { width, height });
                dark.draw(&app.model, &app.bindings, (width, height));
            }
        }
        // A frame of another size than the model knows of: the terminal shrank meanwhile.
        for size in [(0, 0), (1, 1), (40, 10), (79, 23), (200, 60)] {
            dark.draw(&app.model, &app.bindings, size);
        }
    }
}

#[test]
#[ignore = "long: every size there is"]
fn no_size_at_all_makes_it_panic() {
    let dark = Appearance::dark();
    for keys in ["", "tab tab tab", "2", "3 F", "4", "5", "6", "?"] {
        let mut app = app((200, 60), 0, keys);
        for width in 0..=200 {
            for height in 0..=60 {
                app.fact(Msg::Resized { width, height });
                dark.draw(&app.model, &app.bindings, (width, height));
            }
        }
    }
}

#[test]
fn borders_stand_where_they_should_whatever_the_letters_are() {
    let dark = Appearance::dark();
    for size in SIZES {
        for keys in ["", "2", "3", "4", "5", "6", "7"] {
            let app = app(size, 0, keys);
            let drawn = lines(&dark.draw(&app.model, &app.bindings, size).0);
            for (y, line) in drawn.iter().enumerate() {
                assert_eq!(
                    unicode_width::UnicodeWidthStr::width(line.as_str()),
                    usize::from(size.0),
                    "{keys} {y}: {line}"
                );
            }
            let body = &drawn[usize::from(3u8)..drawn.len() - 1];
            assert!(body.iter().all(|line| line.starts_with(['│', '╭', '╰'])), "{keys}");
        }
    }
}

#[test]
fn decomposed_letters_make_the_same_screen() {
    use unicode_normalization::UnicodeNormalization;
    let read = |text: &str| planfile::read("plan.toml", text, &planfile::HolidayTables::shipped()).unwrap().plan;
    let composed = std::fs::read_to_string("config/plans/binh-phuoc-2023.toml").unwrap();
    let decomposed: String = composed.nfd().collect();
    assert_ne!(composed, decomposed);
    let dark = Appearance::dark();
    let seen = |text: &str| {
        let snapshot = tiendo::domain::snapshot::Snapshot::new(std::sync::Arc::new(read(text)));
        let mut app = App::started((120, 36));
        app.fetched(tiendo::app::msg::Ticket(1), tiendo::domain::answer::Fetched::Whole(Box::new(snapshot)));
        ["", "2", "3", "4", "5"].map(|keys| {
            app.keys(keys);
            styled(&dark.draw(&app.model, &app.bindings, (120, 36)).0)
        })
    };
    assert_eq!(seen(&composed), seen(&decomposed));
}

#[test]
fn wide_and_combining_letters_move_no_border() {
    let text = std::fs::read_to_string("config/plans/binh-phuoc-2023.toml").unwrap();
    let hostile = text
        .replace("Bù Đốp", "漢字漢字漢字漢字漢字")
        .replace("Báo cáo", "e\u{301}\u{302}\u{303}\u{304}\u{305}क्षि👩‍👩‍👧")
        .replace("Tháng", "한글\u{1100}\u{1161}");
    let plan = planfile::read("plan.toml", &hostile, &planfile::HolidayTables::shipped()).unwrap().plan;
    let snapshot = tiendo::domain::snapshot::Snapshot::new(std::sync::Arc::new(plan));
    let dark = Appearance::dark();
    let mut app = App::started((120, 36));
    app.fetched(tiendo::app::msg::Ticket(1), tiendo::domain::answer::Fetched::Whole(Box::new(snapshot)));
    for keys in ["", "2", "3", "4", "5", "6", "?", "esc :"] {
        app.keys(keys);
        for size in [(120, 36), (97, 30), (80, 24), (43, 11)] {
            app.fact(Msg::Resized { width: size.0, height: size.1 });
            for line in lines(&dark.draw(&app.model, &app.bindings, size).0) {
                assert_eq!(unicode_width::UnicodeWidthStr::width(line.as_str()), usize::from(size.0), "{keys} {line}");
            }
        }
    }
}
