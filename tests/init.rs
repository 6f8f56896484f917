//! `tiendo init`: the conversation, the same by flags, what it writes and what it leaves alone.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Command, Stdio},
};

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
