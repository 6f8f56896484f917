//! Several plans: how each stands, and switching from one to another, on the model and with the real program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

#[path = "common/picture.rs"]
mod picture;
#[cfg(unix)]
#[path = "common/pty.rs"]
mod pty;
#[path = "common/screen.rs"]
mod screen;

use picture::{Appearance, text};
use screen::{App, snapshot};
use tiendo::{
    app::{
        effect::Effect,
        msg::{Msg, Ticket},
        settings::Settings,
    },
    domain::{
        answer::Fetched,
        failure::Failure,
        glance::{Glance, PlanAt},
        sentence::Sentence,
        status::Today,
        text::Text,
    },
};

/// On the sample as the source `tinh`, with two more.
fn of_three() -> App {
    let names = ["tinh", "huyen", "xa"].map(|name| Some(Text::new(name)));
    let mut app = App::started_as((120, 36), |settings| Settings {
        source: names[0].clone(),
        sources: names.to_vec(),
        ..settings
    });
    app.fetched(Ticket(1), Fetched::Whole(Box::new(snapshot())));
    app.effects.clear();
    app
}

fn glance(id: &str, title: &str) -> Glance {
    let snapshot = snapshot();
    let today = Today::new(jiff::civil::date(2023, 11, 20), 3, &snapshot.outline.calendar);
    let glance = Glance::of(&snapshot, today, None);
    Glance { plan: id.into(), title: title.into(), ..glance }
}

fn seen(app: &mut App, ticket: u64, source: &str, result: Result<Vec<Glance>, Failure>) {
    app.fact(Msg::PlansSeen { ticket: Ticket(ticket), source: Some(Text::new(source)), result });
}

fn see(app: &App) -> String {
    text(&Appearance::dark().draw(&app.model, &app.bindings, (120, 36)).0)
}

fn line(app: &App, part: &str) -> String {
    let screen = see(app);
    screen.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("no {part}: {screen}")).to_owned()
}

#[test]
fn every_source_is_asked_and_one_that_is_slow_or_down_holds_up_no_other() {
    let mut app = of_three();
    app.keys("P");
    assert_eq!(app.effects, [Effect::LookAround { ticket: Ticket(1) }]);
    seen(&mut app, 1, "tinh", Ok(vec![glance("kh95-2023", "Kế hoạch tỉnh")]));
    let gone = Failure::Offline(Sentence::new("plans-took-too-long").with("seconds", 20_u64));
    seen(&mut app, 1, "xa", Err(gone));
    assert!(line(&app, "Kế hoạch tỉnh").contains("4 báo cáo · 7 nhiệm vụ quá hạn"), "{}", see(&app));
    assert!(line(&app, "huyen").contains("đang hỏi…"));
    assert!(line(&app, " xa ").contains("không trả lời trong 20 giây"));
    seen(&mut app, 1, "huyen", Ok(vec![glance("kh12", "Kế hoạch huyện"), glance("kh13", "Kế hoạch năm trước")]));
    assert!(line(&app, "Kế hoạch năm trước").contains("huyen"));
    // What was told stays on the screen while it is asked again; an answer to the first question says nothing any more.
    app.keys("esc P");
    assert!(see(&app).contains("Kế hoạch huyện"));
    seen(&mut app, 1, "huyen", Ok(Vec::new()));
    assert!(see(&app).contains("Kế hoạch huyện"));
}

#[test]
fn a_plan_is_chosen_and_the_one_on_the_screen_is_not_begun_anew() {
    let mut app = of_three();
    app.keys("P");
    seen(&mut app, 1, "tinh", Ok(vec![glance("kh95-2023", "Kế hoạch tỉnh")]));
    seen(&mut app, 1, "huyen", Ok(vec![glance("kh12", "Kế hoạch huyện")]));
    app.effects.clear();
    app.keys("enter");
    assert_eq!(app.effects, []);
    app.keys("P").types("huyen");
    app.effects.clear();
    app.keys("enter");
    let to = PlanAt { source: Some(Text::new("huyen")), plan: "kh12".into() };
    assert_eq!(app.effects, [Effect::SwitchTo(to)]);
}

#[test]
fn where_there_is_only_one_source_it_is_said_how_there_would_be_more() {
    let mut app = App::on_sample((120, 36));
    app.effects.clear();
    app.keys("P");
    assert_eq!(app.effects, []);
    assert!(see(&app).contains("[[source]]"), "{}", see(&app));
}

#[cfg(unix)]
#[test]
fn one_goes_to_another_plan_and_back_and_one_that_cannot_be_opened_is_only_told_of() {
    let home = tempfile::tempdir().unwrap();
    let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_tiendo"));
    let folder = home.path().to_str().unwrap();
    let env = [("TIENDO_DATA", folder), ("XDG_CONFIG_HOME", folder), ("HOME", folder), ("TIENDO_LANG", "en")];
    for id in ["first", "second"] {
        let plan = format!(
            "format = 'tiendo-plan/1'\nid = '{id}'\ntitle = 'The {id} plan'\ntimezone = 'Asia/Ho_Chi_Minh'\n\
             year = 2023\n[[agencies]]\nid = 'a'\nname = 'A'\n[[tasks]]\nid = 'N1'\ntitle = 'Do it'\nlead = 'a'\n\
             due = 2023-06-01\n"
        );
        std::fs::write(path("plan.toml"), plan).unwrap();
        let mut import = std::process::Command::new(binary);
        import.args(["import", &path("plan.toml"), "--yes"]).envs(env).env("TIENDO_DATA", path(id));
        let output = import.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let config = format!(
        "[[source]]\nname = 'one'\npath = '{0}'\nplan = 'first'\n[[source]]\nname = 'two'\npath = '{1}'\n\
         plan = 'second'\n[[source]]\nname = 'gone'\npath = '{2}'\n",
        path("first/ledger.db"),
        path("second/ledger.db"),
        path("nowhere.db")
    );
    std::fs::write(path("config.toml"), config).unwrap();
    let mut pty = pty::Pty::start(binary, &["--config", &path("config.toml")], &env, (120, 36));
    pty.wait_for_text("The first plan");
    pty.send("L");
    pty.wait_for_text("Nhiệm vụ theo cơ quan");
    pty.send("P");
    pty.wait_for_text("The second plan");
    // Why it cannot be opened, in the language that was chosen since the start.
    pty.wait_for("why it is not there", |screen| screen.contents().contains("không có sổ theo dõi tại"));
    pty.wait_for_text("nowhere.db");
    pty.send("second");
    pty.wait_for("only one is left", |screen| !screen.contents().contains("nowhere.db"));
    pty.send("\r");
    pty.wait_for("the other plan is shown", |screen| {
        let top = screen.contents().lines().next().unwrap_or_default().to_owned();
        top.contains("The second plan") && screen.contents().contains("Nhiệm vụ theo cơ quan")
    });
    pty.send("P");
    pty.wait_for_text("The first plan");
    pty.send("one first");
    pty.wait_for("only one is left", |screen| !screen.contents().contains("nowhere.db"));
    pty.send("\r");
    pty.wait_for("back at the first", |screen| {
        screen.contents().lines().next().is_some_and(|top| top.contains("The first plan"))
    });
    pty.send("P");
    pty.wait_for_text("The second plan");
    pty.send("second");
    pty.wait_for("only one is left", |screen| !screen.contents().contains("nowhere.db"));
    std::fs::remove_file(path("second/ledger.db")).unwrap();
    pty.send("\r");
    pty.wait_for("it is told of, and one stays where one was", |screen| {
        let seen = screen.contents();
        let top = seen.lines().next().unwrap_or_default().to_owned();
        seen.contains("Không mở được kế hoạch đã chọn") && top.contains("The first plan")
    });
    pty.send("q");
    assert_eq!(pty.exit_code_within(std::time::Duration::from_secs(5)), 0);
    pty.assert_given_back();
}
