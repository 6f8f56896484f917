//! The palette: what it finds, in which order, and where choosing leads; commands with arguments; views kept under names,
//! across a restart and out of a broken file.

use std::{cell::RefCell, fs, path::Path};

use crate::{
    picture::{Appearance, lines},
    screen::{App, now, snapshot},
};
use jiff::Timestamp;
use tiendo::{
    app::{
        action::Action,
        dialog::choices,
        effect::Effect,
        msg::{Msg, Ticket},
        saved::{SavedView, Views},
        settings::Settings,
    },
    domain::{
        answer::Fetched,
        entry::{Entry, Verb},
        id::EntryId,
        snapshot::Delta,
        text::Text,
    },
    panels::{Group, PanelId, view::ViewId},
    runtime, store,
    ui::{Looks, depth::Depth},
    words::LANGUAGES,
};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

const SIZE: (u16, u16) = (120, 36);

fn app() -> App {
    app_with(Views::default(), SIZE)
}

fn app_with(views: Views, size: (u16, u16)) -> App {
    let looks = Looks::new(&LANGUAGES[0], "dark", Depth::TrueColour, false).unwrap();
    let words =
        |settings: Settings| Settings { vocabularies: looks.vocabularies(), themes: looks.themes(), views, ..settings };
    let mut app = App::started_as(size, words);
    app.effects.clear();
    app.fetched(Ticket(1), Fetched::Whole(Box::new(snapshot())));
    app
}

/// The lines of the palette, as they are seen: without frame and search line.
fn listed(app: &App) -> Vec<String> {
    let screen = Appearance::dark().draw(&app.model, &app.bindings, app.model.size).0;
    let lines = lines(&screen);
    let top = lines.iter().position(|line| line.contains("╭ Lệnh") || line.contains("╭ Commands")).unwrap();
    let left = lines[top].find("╭ Lệnh").or(lines[top].find("╭ Commands")).unwrap();
    let left = lines[top][..left].chars().count();
    let inside = |line: &String| {
        let line: String = line.chars().skip(left + 1).collect();
        line.split(['│', '┃', '╯']).next().unwrap().trim_start_matches('▌').trim_end().to_owned()
    };
    lines[top + 2..].iter().map(inside).take_while(|line| !line.starts_with('─')).collect()
}

/// What the palette finds of the sample, nothing chosen before.
fn found(typed: &str) -> Vec<String> {
    thread_local! {
        static APP: RefCell<App> = RefCell::new(app());
    }
    APP.with_borrow_mut(|app| {
        app.keys(":").types(typed);
        let lines = listed(app).into_iter().filter(|line| !line.is_empty()).collect();
        app.keys("esc");
        lines
    })
}

/// What is said last.
fn said(app: &App) -> Option<&'static str> {
    app.model.messages.all().next().map(|said| said.sentence.id)
}

#[track_caller]
fn assert_line(line: &str, left: &str, right: &str) {
    assert!(line.trim_start().starts_with(left) && line.ends_with(right), "{line:?} is not {left} … {right}");
}

#[test]
fn an_agency_its_tasks_and_its_reports_are_found_without_marks_and_told_apart() {
    let lines = found("bu dop");
    assert_line(&lines[0], "Bù Đốp", "cơ quan");
    assert_line(&lines[1], "▲ N49 Kiện toàn", "Bù Đốp · nhiệm vụ");
    assert_line(&lines[2], "▲ Báo cáo Dự án 8", "Bù Đốp · báo cáo");
    assert!(lines[2..].iter().all(|line| line.contains("Bù Đốp ·")), "{lines:#?}");
}

#[test]
fn a_report_is_found_by_words_of_its_duty_its_period_and_its_agency_in_any_order() {
    for typed in ["bao cao bu dop quy iii", "quý III Bù Đốp", "bu dop R4 2023-q3"] {
        assert_line(&found(typed)[0], "▲ Báo cáo quý III (9 tháng)", "Bù Đốp · báo cáo");
    }
    assert_line(&found("6 thang dau nam dong xoai")[0], "✓ Báo cáo", "Đồng Xoài · báo cáo");
}

#[test]
fn marks_composed_or_not_find_the_same() {
    let composed = "bù đốp";
    let decomposed: String = composed.nfd().collect();
    assert_ne!(composed, decomposed);
    assert_eq!(found(composed), found("bu dop"));
    let mut pasted = app();
    pasted.keys(":").fact(Msg::Pasted(decomposed));
    assert_eq!(listed(&pasted)[0], found("bu dop")[0]);
}

#[test]
fn letters_may_be_left_out_but_not_so_that_anything_is_found() {
    assert_line(&found("bdop")[0], "Bù Đốp", "cơ quan");
    assert_line(&found("bgm")[0], "Bù Gia Mập", "cơ quan");
    assert_eq!(found("xyzzy").len(), 1);
    assert!(found("bdop").len() < 20);
}

#[test]
fn a_campaign_and_an_action_with_its_key_are_found() {
    assert_line(&found("thang hanh dong")[0], "Tháng hành động", "chiến dịch");
    assert_line(&found("gia han")[0], "gia hạn", "x");
    assert_line(&found("xem nhat ky")[0], "xem Nhật ký", "7");
}

#[test]
fn every_action_and_every_view_can_be_found() {
    let mut app = app();
    app.keys(":");
    let listed = choices(&app.model).to_vec();
    for action in Action::ALL.iter().filter(|action| **action != Action::Palette) {
        let does = tiendo::app::choices::Does::Action(*action);
        assert!(listed.iter().any(|choice| choice.does == does), "{action:?}");
    }
}

#[test]
fn an_agency_is_drilled_down_to_and_esc_comes_back_to_where_one_was() {
    let mut app = app();
    app.keys("2 j j");
    let (row, filter) = (app.selected(), app.model.filter().text().to_owned());
    app.keys(":").types("bu dop").keys("enter");
    assert_eq!((app.model.view, app.rows()), (ViewId::Tasks, vec!["task:N49".to_owned()]));
    app.keys("esc");
    assert_eq!((app.model.view, app.selected()), (ViewId::Reports, row));
    assert_eq!(app.model.filter().text(), filter);
}

#[test]
fn a_task_a_report_and_a_campaign_are_gone_to_and_esc_comes_back() {
    for (typed, view, panel, row) in [
        ("N49", ViewId::Tasks, PanelId::Tasks, "task:N49"),
        ("quy iii bu dop", ViewId::Reports, PanelId::Reports, "report:R4/2023-Q3/bdo"),
        ("16 ngay hanh dong", ViewId::Overview, PanelId::UpcomingCampaigns, "campaign:C2"),
    ] {
        let mut app = app();
        app.keys("7 :").types(typed).keys("enter");
        assert_eq!((app.model.view, app.model.focused()), (view, panel), "{typed}");
        assert!(app.selected().starts_with(row.split(':').next().unwrap()), "{typed}: {}", app.selected());
        if !row.starts_with("campaign") {
            assert_eq!(app.selected(), row);
        }
        app.keys("esc");
        assert_eq!(app.model.view, ViewId::Journal, "{typed}");
    }
}

#[test]
fn an_item_outside_of_what_was_drilled_down_to_is_gone_to_all_the_same() {
    let mut app = app();
    app.keys("enter");
    assert_eq!(app.model.view, ViewId::Tasks);
    let scoped = app.rows().len();
    app.keys(":").types("N49").keys("enter");
    assert_eq!(app.selected(), "task:N49");
    assert!(app.rows().len() > scoped);
    app.keys("esc");
    assert_eq!(app.rows().len(), scoped);
}

#[test]
fn what_was_chosen_last_stands_first() {
    let mut app = app();
    app.keys(":").types("N49").keys("enter :").types("doi mau").keys("enter :");
    let lines = listed(&app);
    assert_line(&lines[0], "đổi màu", "T");
    assert_line(&lines[1], "▲ N49", "nhiệm vụ");
    app.types("n");
    let lines = listed(&app);
    assert!(lines[0].contains("N49"), "{lines:#?}");
    assert_eq!(lines.iter().filter(|line| line.contains("N49")).count(), 1);
}

#[test]
fn what_is_found_follows_the_data_and_the_language() {
    let mut app = app();
    app.keys(":").types("N49");
    assert!(listed(&app)[0].contains("▲ N49"));
    let receive =
        Entry::new(EntryId(Uuid::from_u128(9)), "task:N49".into(), Verb::Confirm, "2023-11-20".parse().unwrap(), now());
    app.fact(Msg::SourceChanged);
    let delta = Delta { entries: vec![Entry { seq: 9_999, ..receive }], refolded: Vec::new(), cursor: 9_999 };
    app.fetched(Ticket(2), Fetched::Entries(delta));
    assert!(!listed(&app)[0].contains("▲"), "{:?}", listed(&app)[0]);
    app.keys("esc L :").types("extend");
    assert!(listed(&app)[0].contains("extend"), "{:?}", listed(&app));
}

#[test]
fn a_command_says_what_its_argument_is_and_an_unknown_one_gives_the_nearest() {
    assert_line(&found("at")[0], "at NGÀY", "14/6");
    assert_line(&found("at 31/2")[0], "at NGÀY", "14/6");
    assert_line(&found("at 14/6/2023")[0], "14/06/2023", "xem lại ngày");
    assert_line(&found("theme light")[0], "light", "màu");
    assert_line(&found("lang en")[0], "en", "ngôn ngữ");
    assert_line(&found("theme lihgt")[0], "theme light", "gần đúng nhất");
    assert_line(&found("thmee light")[0], "theme light", "gần đúng nhất");
    let mut app = app();
    app.keys(":").types("thmee light").keys("enter");
    assert_line(&listed(&app)[0], "light", "màu");
    app.keys("enter");
    assert_eq!(app.model.settings.themes[app.model.theme], "light");
    app.keys(":").types("lang en").keys("enter");
    assert_eq!(app.model.language(), "en");
}

/// Carries out what is to be kept, in the file at `path`.
fn carry_out(app: &mut App, path: &Path) {
    for effect in app.effects.drain(..).collect::<Vec<_>>() {
        let Effect::KeepView { name, view } = effect else { continue };
        let forgotten = view.is_none();
        let table = view.map(|view| toml::Table::try_from(&view).unwrap());
        store::views::keep(path, &name, table, now()).unwrap();
        let result = Ok(runtime::views::read(path).0);
        app.fact(Msg::ViewKept { name, forgotten, result });
    }
}

fn restarted(path: &Path) -> App {
    let (kept, found) = runtime::views::read(path);
    assert_eq!(found, []);
    app_with(Views { kept, ..Views::default() }, SIZE)
}

#[test]
fn a_view_is_kept_under_its_name_found_after_a_restart_and_shown_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data/views.toml");
    let mut app = app();
    app.keys("2 /").types("agency:bdo -acked").keys("enter l F");
    let rows = app.rows();
    let list = app.model.list(PanelId::Reports);
    let (sort, group) = (list.sort, list.group);
    assert!(sort.is_some() && group == Some(Group::Agency));
    app.keys(":").types("save Bù Đốp còn nợ");
    assert_line(&listed(&app)[0], "Bù Đốp còn nợ", "lưu thành khung nhìn");
    app.keys("enter");
    carry_out(&mut app, &path);
    assert_eq!(said(&app), Some("said-view-kept"));
    assert_eq!(app.model.palette.views.kept[0].0.as_str(), "Bù Đốp còn nợ");

    // Keeping it was chosen last, but its name finds the view and not what would overwrite it.
    app.keys("1 :").types("con no");
    assert_line(&listed(&app)[0], "Bù Đốp còn nợ", "khung nhìn đã lưu");
    app.keys("enter");
    assert_eq!((app.model.view, app.model.filter().text()), (ViewId::Reports, "agency:bdo -acked"));

    let mut app = restarted(&path);
    app.keys(":").types("con no");
    assert_line(&listed(&app)[0], "Bù Đốp còn nợ", "khung nhìn đã lưu");
    app.keys("enter");
    let list = app.model.list(PanelId::Reports);
    assert_eq!((app.model.view, list.sort, list.group), (ViewId::Reports, sort, group));
    assert_eq!((app.model.filter().text(), app.rows()), ("agency:bdo -acked", rows));

    app.keys(":").types("forget con no").keys("enter");
    carry_out(&mut app, &path);
    assert_eq!(said(&app), Some("said-view-forgotten"));
    assert_eq!(restarted(&path).model.palette.views.all().count(), 0);
}

#[test]
fn what_was_drilled_down_to_is_a_term_of_the_filter_kept() {
    let mut app = app();
    app.keys(":").types("bu dop").keys("enter :").types("luu mot").keys("enter");
    let Some(Effect::KeepView { view: Some(view), .. }) = app.effects.last() else { panic!("{:?}", app.effects) };
    assert_eq!((view.view, view.filter.as_str()), (ViewId::Tasks, "agency:bdo"));
}

#[test]
fn names_are_one_whatever_their_marks_and_capitals_and_what_another_instance_kept_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("views.toml");
    let view = |filter: &str| {
        let view = SavedView::new(ViewId::Reports, None, filter.into(), None, None);
        Some(toml::Table::try_from(&view).unwrap())
    };
    store::views::keep(&path, "Quá hạn", view("late>1"), now()).unwrap();
    store::views::keep(&path, "other", view("late>2"), now()).unwrap();
    store::views::keep(&path, "QUA HAN", view("late>3"), now()).unwrap();
    let kept = runtime::views::read(&path).0;
    let names: Vec<&str> = kept.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["QUA HAN", "other"]);
    assert_eq!(kept[0].1.filter, "late>3");
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owners_alone_and_what_another_version_wrote_stays_in_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("views.toml");
    fs::write(&path, "later = 1\n[views.mai]\nview = \"map\"\nzoom = 3\n").unwrap();
    let (kept, told) = runtime::views::read(&path);
    assert_eq!((kept.len(), told[0].id, told[0].text("names")), (0, "said-views-strange", Some("mai")));
    let table = toml::Table::try_from(SavedView::new(ViewId::Tasks, None, String::new(), None, None)).unwrap();
    store::views::keep(&path, "a", Some(table), now()).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("later = 1") && text.contains("zoom = 3") && text.contains("[views.a]"), "{text}");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_broken_file_is_said_and_set_aside_and_keeping_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("views.toml");
    for broken in ["[views.a\nview = 3", "views = 3", "\u{0}\u{1}"] {
        fs::write(&path, broken).unwrap();
        let (kept, told) = runtime::views::read(&path);
        assert_eq!((kept.len(), told.len(), told[0].id), (0, 1, "said-views-damaged"));
        let aside = told[0].text("file").unwrap().to_owned();
        assert_eq!(fs::read_to_string(aside).unwrap(), broken);
        assert!(!path.exists());
    }
    let table = toml::Table::try_from(SavedView::new(ViewId::Tasks, None, String::new(), None, None)).unwrap();
    fs::write(&path, "{").unwrap();
    let shelf = store::views::keep(&path, "a", Some(table), Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!((shelf.views.len(), shelf.damage.is_some()), (1, true));
    assert!(folder.path().join("views-damaged-19700101T000000Z.toml").exists());
}

#[test]
fn that_a_view_could_not_be_kept_is_said_and_nothing_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let path = folder.path().join("file/views.toml");
    assert!(store::views::keep(&path, "a", None, now()).is_err());
    let mut app = app();
    let why = tiendo::domain::sentence::Sentence::new("said-reason").with("reason", "full");
    app.fact(Msg::ViewKept { name: Text::new("a"), forgotten: false, result: Err(why) });
    assert_eq!(said(&app), Some("said-view-not-kept"));
    assert_eq!(app.model.palette.views.all().count(), 0);
}

#[test]
fn a_view_that_names_what_is_gone_is_shown_as_far_as_possible_and_says_what_is_left_out() {
    let mut view =
        SavedView::new(ViewId::Reports, None, "agency:zzz late>1 colour:red".into(), Some("shoe-size".into()), None);
    view.group = Some("planet".into());
    let mut app = app_with(Views { written: vec![(Text::new("cũ"), view)], ..Views::default() }, SIZE);
    app.keys(":").types("view cu").keys("enter");
    assert_eq!((app.model.view, app.model.filter().text()), (ViewId::Reports, "late>1"));
    assert!(!app.model.typing && app.model.filter().query.problems.is_empty());
    let said = &app.model.messages.all().next().unwrap().sentence;
    assert_eq!((said.id, said.text("parts")), ("said-view-parts", Some("agency:zzz, colour:red, shoe-size, planet")));
}

#[test]
fn the_view_asked_for_at_the_start_is_shown_once_there_are_data() {
    let view = SavedView::new(ViewId::Reports, None, "agency:zzz late>1".into(), None, None);
    let views = Views { written: vec![(Text::new("Nợ"), view)], asked: Some(Text::new("Nợ")), ..Views::default() };
    let mut app = app_with(views, SIZE);
    assert_eq!((app.model.view, app.model.filter().text()), (ViewId::Reports, "late>1"));
    app.keys("1").fact(Msg::SourceChanged);
    assert_eq!(app.model.view, ViewId::Overview);
}

#[test]
fn one_from_the_config_is_shown_but_not_forgotten_and_one_kept_goes_before_it() {
    let view = |filter: &str| SavedView::new(ViewId::Reports, None, filter.into(), None, None);
    let written = vec![(Text::new("Nợ"), view("late>1"))];
    let mut app = app_with(Views { written: written.clone(), ..Views::default() }, SIZE);
    app.keys(":").types("forget no");
    assert_line(&listed(&app)[0], "Nợ", "xóa ở đó");
    app.keys("enter");
    assert_eq!(app.effects.iter().filter(|effect| matches!(effect, Effect::KeepView { .. })).count(), 0);
    let views = Views { written, kept: vec![(Text::new("no"), view("late>2"))], asked: None };
    let mut app = app_with(views, SIZE);
    assert_eq!(app.model.palette.views.all().count(), 1);
    app.keys(":").types("view no").keys("enter");
    assert_eq!(app.model.filter().text(), "late>2");
}
