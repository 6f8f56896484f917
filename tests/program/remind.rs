//! `tiendo remind`: a preview by itself, mail only where it is asked for and agreed to, what a kill or Ctrl-C leaves behind.

use std::{
    fs,
    process::{Child, Command, Output, Stdio},
};

use crate::{
    post::{HangUp, Stub, plan},
    ran::Run,
};
use serde_json::Value;
use tempfile::TempDir;

/// A secret that must not be found anywhere.
const CANARY: &str = "chim-hoang-yen-7";

/// A machine with the plan laid down and mail set up.
struct Machine {
    home: TempDir,
}

impl Machine {
    fn new(port: u16) -> Self {
        let machine = Machine { home: tempfile::tempdir().unwrap() };
        machine.set_up(port, "");
        let file = machine.write("plan.json", &plan().to_string());
        let run = machine.run(&["import", &file, "--yes"]);
        assert_eq!(run.code, 0, "{}", run.err);
        machine
    }

    fn set_up(&self, port: u16, more: &str) {
        let mail = format!(
            "[mail]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\nuser = \"so\"\ntoken_variable = \"MAIL_TOKEN\"\n\
             from = \"Sở LĐTBXH <so@mau.invalid>\"\noffice = \"Sở LĐTBXH\"\nreply_s = 30\n{more}"
        );
        self.write("tiendo.toml", &mail);
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.home.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn command(&self, line: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
        command
            .args(line)
            .env_clear()
            .env("HOME", self.home.path())
            .env("TIENDO_DATA", self.home.path().join("data"))
            .env("TIENDO_CONFIG", self.home.path().join("tiendo.toml"))
            .env("TIENDO_ME", "dieu-phoi-1")
            .env("TIENDO_LANG", "vi")
            .env("MAIL_TOKEN", CANARY)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, line: &[&str]) -> Run {
        ran(self.command(line).output().unwrap())
    }

    fn start(&self, line: &[&str]) -> Child {
        self.command(line).spawn().unwrap()
    }

    /// What the journal says of mails about an item, the oldest first.
    fn outcomes(&self, item: &str) -> Vec<String> {
        let run = self.run(&["journal", "--item", item, "--format", "json"]);
        let entries: Value = serde_json::from_str(&run.out).unwrap();
        let outcome = |entry: &Value| entry["outcome"].as_str().map(str::to_owned);
        let mut outcomes: Vec<String> = entries.as_array().unwrap().iter().filter_map(outcome).collect();
        outcomes.reverse();
        outcomes
    }
}

/// What it came to; the secret is nowhere in it.
fn ran(output: Output) -> Run {
    let run = Run::of(output);
    assert!(!run.out.contains(CANARY) && !run.err.contains(CANARY), "the secret was said");
    run
}

#[test]
fn by_itself_it_shows_the_mails_and_sends_none() {
    let stub = Stub::start(HangUp::Never);
    let machine = Machine::new(stub.port);
    for line in [&["remind"][..], &["remind", "--dry-run"]] {
        let run = machine.run(line);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{line:?}");
        for said in [
            "Kính gửi: UBND huyện Bù Đốp <a@mau.invalid>",
            "Căn cứ Kế hoạch số 95/KH-UBND ngày 21/03/2023 của UBND tỉnh",
            "1. Tập huấn",
            "Thời hạn: 19/06/2023 (văn bản ghi: trước ngày 20/6/2023)",
            "Đã đôn đốc: chưa",
            "Không địa chỉ: không có địa chỉ thư điện tử dùng được; 1 mục",
            "“d@mau.invalid, e@mau.invalid” không phải là một địa chỉ thư điện tử",
            "Chưa gửi gì",
        ] {
            assert!(run.out.contains(said), "{said}\n{}", run.out);
        }
    }
    let json: Value = serde_json::from_str(&machine.run(&["remind", "--agency", "a", "--format", "json"]).out).unwrap();
    assert_eq!((&json["sample"], &json["sent"]), (&false.into(), &false.into()));
    let [letter] = json["letters"].as_array().unwrap().as_slice() else { panic!("{json}") };
    assert_eq!(
        (&letter["to"], &letter["level"], &letter["outcome"]),
        (&"a@mau.invalid".into(), &1.into(), &Value::Null)
    );
    assert_eq!(letter["items"].as_array().unwrap().len(), 2);
    assert_eq!(stub.connections(), 0);
    assert_eq!(machine.outcomes("task:N1"), Vec::<String>::new());
}

#[test]
fn letters_have_a_language_and_a_sender_of_their_own() {
    let machine = Machine::new(1);
    machine.set_up(1, "language = \"en\"\n");
    let run = machine.run(&["remind", "--agency", "a"]);
    assert!(run.out.contains("Pursuant to the Plan") && run.out.contains("Chưa gửi gì"), "{}", run.out);
    let ours = machine.command(&["remind", "--format", "json"]).env("TIENDO_AGENCY", "a").output().unwrap();
    let ours: Value = serde_json::from_slice(&ours.stdout).unwrap();
    let agencies: Vec<&str> =
        ours["letters"].as_array().unwrap().iter().map(|letter| letter["agency"].as_str().unwrap()).collect();
    assert_eq!(agencies, ["b", "c", "d"], "nobody writes to themselves");
}

#[test]
fn it_sends_what_was_agreed_to_and_says_what_became_of_it() {
    let stub = Stub::start(HangUp::Never);
    let machine = Machine::new(stub.port);
    let nobody = machine.run(&["remind", "--send"]);
    assert_eq!((nobody.code, stub.connections()), (4, 0), "nobody there is a no: {}", nobody.err);
    assert_eq!(machine.run(&["--read-only", "remind", "--send", "--yes"]).code, 4);
    let log = machine.write("log", "");
    let run = machine.run(&["--log", &log, "remind", "--send", "--yes"]);
    assert_eq!((run.code, stub.mails()), (0, 2), "{}", run.err);
    // base64 of "\0so\0" and the secret begins so.
    let logged = fs::read_to_string(&log).unwrap();
    assert!(!logged.contains(CANARY) && !logged.contains("AHNvAGNo"), "{logged}");
    assert!(run.err.contains("[1/2] UBND huyện Bù Đốp <a@mau.invalid>: đã gửi"), "{}", run.err);
    assert!(run.err.contains("Đã gửi 2, chưa rõ 0, không gửi được 0, bỏ qua 0."), "{}", run.err);
    assert_eq!(machine.outcomes("report:R1/2023-H1/a"), ["claimed", "sent"]);
    let again = machine.run(&["remind", "--send", "--yes"]);
    assert_eq!((again.code, stub.mails()), (0, 2), "nothing has reached the second reminder");
    let overdue = machine.run(&["overdue", "--agency", "a", "--format", "json"]);
    let overdue: Value = serde_json::from_str(&overdue.out).unwrap();
    assert!(overdue.as_array().unwrap().iter().all(|item| item["reminders"] == 1), "{overdue}");
}

#[test]
fn the_sample_plan_is_shown_and_never_sent() {
    let stub = Stub::start(HangUp::Never);
    let machine = Machine::new(stub.port);
    let shown = machine.run(&["--source", "sample", "remind"]);
    assert!(shown.code == 0 && shown.out.contains("dữ liệu minh họa"), "{}", shown.err);
    let sent = machine.run(&["--source", "sample", "remind", "--send", "--yes"]);
    assert!(sent.code == 4 && sent.err.contains("kế hoạch minh họa không gửi thư"), "{}", sent.err);
    assert_eq!(stub.connections(), 0);
}

#[test]
fn what_is_set_up_wrong_is_named_and_nothing_is_claimed() {
    let stub = Stub::start(HangUp::Never);
    let machine = Machine::new(stub.port);
    machine.set_up(stub.port, "cap = 1\n");
    let capped = machine.run(&["remind", "--send", "--yes"]);
    assert!(capped.code == 4 && capped.err.contains("mỗi lần gửi nhiều nhất 1"), "{}", capped.err);
    assert_eq!(machine.run(&["remind", "--agency", "b", "--send", "--yes"]).code, 0, "one is");
    let level = machine.run(&["remind", "--level", "3"]);
    assert!(level.code == 2 && level.err.contains("1, 2"), "{}", level.err);
    machine.write("letters/remind-1.vi.txt", "Subject: x\n\nKính gửi {agancy}\n{items}\n");
    let template = machine.run(&["remind"]);
    assert_eq!(template.code, 2);
    assert!(template.err.contains("remind-1.vi.txt:3") && template.err.contains("agency"), "{}", template.err);
    assert_eq!(machine.run(&["check"]).code, 2);
    machine.write("letters/remind-1.vi.txt", "Subject: riêng\n\n{agency}\n\n{items}\n");
    assert!(machine.run(&["remind", "--agency", "a"]).out.contains("Tiêu đề: riêng"));
    machine.write("tiendo.toml", "[mail]\nhost = \"mail.invalid\"\ntls = \"none\"\nfrom = \"so@mau.invalid\"\n");
    let unencrypted = machine.run(&["remind", "--agency", "a", "--send", "--yes"]);
    assert!(unencrypted.code == 2 && unencrypted.err.contains("mail.invalid"), "{}", unencrypted.err);
    assert_eq!(machine.outcomes("task:N1"), Vec::<String>::new());
}

#[test]
fn check_looks_at_the_settings_and_connects_only_where_asked() {
    let stub = Stub::start(HangUp::Never);
    let machine = Machine::new(stub.port);
    let looked = machine.run(&["check"]);
    assert!(looked.code == 0 && looked.out.contains("so@mau.invalid"), "{}", looked.out);
    assert_eq!(stub.connections(), 0);
    let connected = machine.run(&["check", "--mail"]);
    assert!(connected.code == 0 && connected.out.contains("đã kết nối và đăng nhập"), "{}", connected.out);
    assert_eq!((stub.connections(), stub.mails()), (1, 0));
}

#[cfg(unix)]
#[test]
fn killed_between_claim_and_result_it_is_uncertain_and_not_sent_again() {
    let (held, good) = (Stub::start(HangUp::Held), Stub::start(HangUp::Never));
    let machine = Machine::new(held.port);
    let mut sending = machine.start(&["remind", "--agency", "b", "--send", "--yes"]);
    held.wait();
    sending.kill().unwrap();
    sending.wait().unwrap();
    assert_eq!(machine.outcomes("task:N2"), ["claimed"]);
    machine.set_up(good.port, "");
    let again = machine.run(&["remind", "--agency", "b", "--send", "--yes"]);
    assert_eq!((again.code, good.connections()), (0, 0), "{}", again.err);
    assert_eq!(held.mails(), 1);
}

#[cfg(unix)]
#[test]
fn ctrl_c_lets_the_mail_under_way_end_and_sends_no_other() {
    let held = Stub::start(HangUp::Held);
    let machine = Machine::new(held.port);
    let sending = machine.start(&["remind", "--send", "--yes"]);
    held.wait();
    let id = rustix::process::Pid::from_child(&sending);
    rustix::process::kill_process(id, rustix::process::Signal::INT).unwrap();
    held.release.send(()).unwrap();
    let run = ran(sending.wait_with_output().unwrap());
    assert_eq!(run.code, 130, "{}", run.err);
    assert!(run.err.contains("Đã gửi 1,") && run.err.contains("1 thư chưa gửi"), "{}", run.err);
    assert_eq!(machine.outcomes("task:N1"), ["claimed", "sent"]);
    assert_eq!(machine.outcomes("task:N2"), Vec::<String>::new());
    assert_eq!(held.mails(), 1);
}
