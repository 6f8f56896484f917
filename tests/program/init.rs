//! `tiendo init`: the conversation, the same by flags, what it writes and what it leaves alone. A real Redmine is in `redmine.rs`.
#![cfg(unix)]

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Command, Stdio},
    thread,
};

use crate::tracker::{CANARY, Tracker, issue};
use tempfile::TempDir;

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Home(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The exit code and all that was said, after these answers.
    fn run(&self, line: &[&str], answers: &str) -> (i32, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tiendo"))
            .args(line)
            .current_dir(self.0.path())
            .env_clear()
            .env("HOME", self.0.path())
            .env("TIENDO_DATA", self.file("data"))
            .env("TIENDO_CONFIG", self.file("own/tiendo.toml"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Whoever ends early does not hear the rest.
        let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
        let output = child.wait_with_output().unwrap();
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        (output.status.code().unwrap(), out + &err)
    }

    fn config(&self) -> String {
        fs::read_to_string(self.file("own/tiendo.toml")).unwrap()
    }

    fn book(&self) -> PathBuf {
        let path = self.file("ke hoach.csv");
        let text = "Nội dung nhiệm vụ,Cơ quan chủ trì,Thời hạn,Tiến độ (%)\n\
                    Rà soát quy hoạch,Sở Nội vụ,15/12/2026,40\n\
                    Kiểm tra liên ngành,Thanh tra,ngày nào đó,\n";
        fs::write(&path, text).unwrap();
        path
    }
}

#[test]
fn a_workbook_is_shown_as_it_is_understood_and_becomes_the_source() {
    let home = Home::new();
    let book = home.book();
    let (code, said) = home.run(&["init"], &format!("1\n1\n{}\n\n", book.display()));
    assert_eq!(code, 0, "{said}");
    for part in ["nhiệm vụ, 2 dòng", "Nội dung nhiệm vụ → nội dung, tên", "1 chỗ không đọc được", "ngày nào đó"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    let config = home.config();
    assert!(config.contains("kind = \"sheet\"") && config.contains("# Bảng tính chỉ được đọc"), "{config}");
    let mode = fs::metadata(home.file("own/tiendo.toml")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let (code, said) = home.run(&["tasks", "--format", "csv"], "");
    assert!(code == 0 && said.contains("Rà soát quy hoạch"), "{said}");
}

#[test]
fn by_flags_nothing_is_asked_and_nothing_overwritten() {
    let home = Home::new();
    let book = home.book();
    let book = book.to_str().unwrap();
    let line = ["init", "--source", "sheet", "--path", book, "--lang", "en", "--yes"];
    let (code, said) = home.run(&line, "");
    assert_eq!(code, 0, "{said}");
    assert!(home.config().contains("language = \"en\""));
    let before = home.config();
    let (code, said) = home.run(&["init", "--source", "http", "--url", "https://a.vn", "--lang", "en", "--yes"], "");
    assert!(code == 4 && said.contains("--force"), "{said}");
    assert_eq!(home.config(), before);
    let (code, said) = home.run(&["init"], "không\n");
    assert!(code == 4 && home.config() == before, "{said}");
    let (code, _) = home.run(&["init", "--source", "http", "--url", "https://a.vn", "--yes", "--force"], "");
    assert!(code == 0 && home.config().contains("kind = \"http\""));
    let (code, said) = home.run(&["init", "--source", "sheet", "--lang", "en", "--yes", "--force"], "");
    assert!(code == 2 && said.contains("--path"), "{said}");
    let (code, said) = home.run(&["init", "--source", "shet", "--lang", "en", "--yes", "--force"], "");
    assert!(code == 2 && said.contains("sheet"), "{said}");
}

#[test]
fn a_year_is_made_from_a_template_with_ones_own_agencies_and_last_years_unfinished_tasks() {
    let home = Home::new();
    let last = r#"{"format": "tiendo-plan/1", "id": "bdg-2025", "year": 2025, "timezone": "Asia/Ho_Chi_Minh",
        "agencies": [{"id": "snv", "name": "Sở Nội vụ", "kind": "department"}],
        "tasks": [{"id": "N1", "title": "Còn dở", "lead": "snv", "due": "2025-12-15", "due_text": "trong quý IV/2025"},
                  {"id": "N2", "title": "Đã xong", "lead": "snv"}]}"#;
    fs::write(home.file("last.json"), last).unwrap();
    fs::create_dir(home.file("own")).unwrap();
    fs::write(home.file("own/tiendo.toml"), "").unwrap();
    assert_eq!(home.run(&["import", "last.json", "--yes"], "").0, 0);
    assert_eq!(home.run(&["act", "done", "task:N2", "--yes"], "").0, 0);
    fs::write(home.file("cq.csv"), "id,name,kind,reports\nldtbxh,Sở Nội vụ,department,1\nxa1,Xã Một,district,1\n")
        .unwrap();
    let line = ["init", "--source", "template", "--year", "2026", "--agencies", "cq.csv", "--carry", "bdg-2025"];
    let (code, said) = home.run(&[&line[..], &["--lang", "vi", "--yes", "--force"]].concat(), "");
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("1 nhiệm vụ chưa xong"), "{said}");
    assert!(home.config().contains("plan = \"bdg-2026\""));
    let (_, tasks) = home.run(&["tasks", "--format", "csv"], "");
    assert!(tasks.contains("Còn dở") && tasks.contains("2026-12-15") && !tasks.contains("Đã xong"), "{tasks}");
    let (_, reports) = home.run(&["reports", "--format", "csv"], "");
    assert!(reports.contains("2026-06-19") && reports.contains("xa1") && !reports.contains("2000"), "{reports}");
    let (_, campaigns) = home.run(&["campaigns", "--format", "csv"], "");
    assert!(campaigns.contains("2026-11-15"), "{campaigns}");
    let (code, said) = home.run(&[&line[..], &["--lang", "vi", "--yes", "--force"]].concat(), "");
    assert!(code == 4 && said.contains("bdg-2026"), "a plan that is there is not laid down twice: {said}");
}

#[test]
fn whoever_hangs_up_has_written_nothing() {
    let home = Home::new();
    let (code, said) = home.run(&["init"], "1\n");
    assert_eq!(code, 2, "{said}");
    assert!(!home.file("own/tiendo.toml").exists());
}

/// What a server on loopback answers each request with, until the test ends: head and body.
fn answering(head: &str, body: &str) -> (String, std::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/ke-hoach-2026.csv", listener.local_addr().unwrap());
    let answer = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    let (tell, asked) = std::sync::mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let request: Vec<String> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
            let _ = tell.send(request.join("\n"));
            let _ = (&stream).write_all(answer.as_bytes());
        }
    });
    (url, asked)
}

const BOOK: &str = "Nội dung nhiệm vụ,Cơ quan chủ trì,Thời hạn\nRà soát quy hoạch,Sở Nội vụ,15/12/2026\n";

#[test]
fn a_workbook_at_an_address_is_shown_as_it_is_understood_before_anything_is_written() {
    let home = Home::new();
    let (url, _asked) = answering("200 OK\r\nContent-Type: text/csv; charset=utf-8", BOOK);
    let (code, said) = home.run(&["init"], &format!("1\n1\n{url}\n\n"));
    assert_eq!(code, 0, "{said}");
    let shown = said.find("nhiệm vụ, 1 dòng").unwrap_or_else(|| panic!("{said}"));
    assert!(shown < said.find("[[source]]").unwrap() && said.contains("Cơ quan chủ trì"), "{said}");
    let config = home.config();
    assert!(config.contains("name = \"ke-hoach-2026\"") && config.contains(&format!("url = \"{url}\"")), "{config}");
    let (code, said) = home.run(&["tasks", "--format", "csv"], "");
    assert!(code == 0 && said.contains("Rà soát quy hoạch"), "{said}");
}

#[test]
fn a_workbook_that_cannot_be_looked_at_is_told_with_what_to_do_and_may_be_written_all_the_same() {
    let csv = "Content-Type: text/csv";
    let elsewhere = answering("200 OK\r\nContent-Type: text/csv", BOOK);
    let to_elsewhere = format!("302 Found\r\nLocation: {}", elsewhere.0.replace("127.0.0.1", "127.0.0.2"));
    for (head, body, code, part) in [
        ("404 Not Found", "", 4, "no workbook at this address"),
        ("403 Forbidden", "", 4, "share it with anyone who has the link"),
        ("200 OK\r\nContent-Type: text/html", "<html>", 1, "answers with a web page"),
        ("503 Service Unavailable", "", 3, "503"),
        (&format!("200 OK\r\n{csv}"), "không phải bảng", 1, "could not be looked at"),
        (&to_elsewhere, "", 3, "points to another place"),
    ] {
        let home = Home::new();
        let (url, _asked) = answering(head, body);
        let line = ["init", "--source", "sheet", "--url", &url, "--lang", "en"];
        let (ended, said) = home.run(&[&line[..], &["--yes"]].concat(), "");
        assert!(ended == code && said.contains(part) && said.contains(&url), "{head}: {ended} {said}");
        assert!(said.contains("--offline") && !home.file("own/tiendo.toml").exists(), "{said}");
        let (ended, said) = home.run(&line, "\n");
        assert!(ended == 4 && said.contains("nothing was written"), "no is offered: {said}");
        assert!(!home.file("own/tiendo.toml").exists());
        let (ended, said) = home.run(&line, "yes\n\n");
        assert!(ended == 0 && home.config().contains(&url), "{said}");
    }
    assert!(elsewhere.1.try_recv().is_err(), "nobody is sent on to another machine in the office");
}

#[test]
fn offline_nothing_is_asked_of_the_address() {
    let home = Home::new();
    let (url, asked) = answering("200 OK\r\nContent-Type: text/csv", BOOK);
    let line = ["init", "--source", "sheet", "--url", &url, "--lang", "en", "--yes", "--offline"];
    let (code, said) = home.run(&line, "");
    assert!(code == 0 && home.config().contains(&url), "{said}");
    assert!(asked.try_recv().is_err());
    let line = ["init", "--source", "redmine", "--url", &url, "--project", "ke-hoach", "--lang", "en", "--yes"];
    let (code, said) = home.run(&[&line[..], &["--offline", "--force"]].concat(), "");
    assert!(code == 0 && home.config().contains("project = \"ke-hoach\""), "{said}");
    assert!(asked.try_recv().is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_on_redmine_is_shown_becomes_the_source_and_its_figures_are_right() {
    let (past, future) = (Some("2020-01-06"), Some("2999-01-07"));
    let issues = vec![
        issue(1, 4, 2, past),
        issue(2, 4, 4, future),
        issue(3, 5, 2, past),
        issue(4, 5, 4, future),
        issue(5, 4, 4, None),
    ];
    let tracker = Tracker::with(issues).await;
    tracker.change(5, "Giám sát", serde_json::json!({"status_id": 5}));
    let home = Home::new();
    let key = home.file("key");
    fs::write(&key, CANARY).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    let answers = format!("1\n4\n{}\nke-hoach\n{}\n\n", tracker.url, key.display());
    let (code, said) = home.run(&["init"], &answers);
    assert_eq!(code, 0, "{said}");
    for part in ["Kế hoạch năm 2026", "3 nhiệm vụ · 2 báo cáo", "Nhiệm vụ, Báo cáo", "Ngày nhận báo cáo"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    let config = home.config();
    for part in ["kind = \"redmine\"", "[source.redmine.statuses]", "\"Đang tiến hành\" = \"in-progress\"", "key_file"]
    {
        assert!(config.contains(part), "{part}: {config}");
    }
    assert!(!config.contains(CANARY) && !said.contains(CANARY));
    let (code, said) = home.run(&["status", "--format", "json"], "");
    let status: serde_json::Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{code} {said}"));
    let figures = |kind: &str| ["total", "done", "open"].map(|name| status[kind][name].as_u64().unwrap());
    assert_eq!((figures("tasks"), figures("reports")), ([3, 1, 2], [2, 0, 2]), "{said}");
    let late = |kind: &str| status[kind]["cells"]["overdue"].as_u64().unwrap();
    assert_eq!((late("tasks"), late("reports")), (1, 1), "{said}");
    let agencies = status["agencies"].as_array().unwrap().iter().map(|agency| agency["id"].as_str().unwrap());
    assert_eq!(agencies.collect::<Vec<_>>(), ["so-gd-dt", "so-tai-chinh"], "{said}");
    // What is done is one change, which bears the marks of both acts it came of.
    tracker.asked();
    let (code, said) = home.run(&["act", "done", "task:#2", "--yes"], "");
    assert_eq!(code, 0, "{said}");
    let put = tracker.put();
    assert_eq!(put.len(), 1, "{put:?}");
    let note = put[0]["notes"].as_str().unwrap();
    assert!(note.contains(" submit\n") && note.ends_with(" confirm") && put[0]["status_id"] == 5, "{note}");
    let (_, said) = home.run(&["status", "--format", "json"], "");
    let status: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(status["tasks"]["done"], 2, "{said}");
}
