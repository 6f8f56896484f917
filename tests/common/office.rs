//! The real program in a folder of its own.
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

pub struct Office {
    pub home: TempDir,
}

impl Office {
    pub fn new() -> Self {
        Office { home: tempfile::tempdir().unwrap() }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap()
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }

    /// The variables it is run with.
    pub fn variables(&self) -> [(&'static str, String); 4] {
        let path = |name: &str| self.home.path().join(name).display().to_string();
        [
            ("HOME", path("")),
            ("TIENDO_DATA", path("data")),
            ("TIENDO_ME", "van-thu".into()),
            ("LANG", "vi_VN.UTF-8".into()),
        ]
    }

    /// Its exit code, what it printed, what it complained of.
    pub fn try_run(&self, line: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_tiendo"))
            .args(line)
            .current_dir(self.home.path())
            .env_clear()
            .envs(self.variables())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        (output.status.code().unwrap(), out, err)
    }

    /// Its exit code, and all it said.
    pub fn tried(&self, line: &[&str]) -> (i32, String) {
        let (code, out, err) = self.try_run(line);
        (code, out + &err)
    }

    /// All it said, where it did what was asked.
    #[track_caller]
    pub fn run(&self, line: &[&str]) -> String {
        let (code, said) = self.tried(line);
        assert_eq!(code, 0, "{line:?}: {said}");
        said
    }
}
