//! The real program with a place of its own.
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::{
    io::{BufRead, BufReader},
    process::{Child, ChildStderr, Command, Stdio},
};

/// The real program with a place of its own.
pub struct Machine {
    pub home: tempfile::TempDir,
}

impl Machine {
    pub fn new() -> Self {
        let machine = Machine { home: tempfile::tempdir().unwrap() };
        let plan = "format = \"tiendo-plan/1\"\nid = \"p\"\nyear = 2023\ntimezone = \"Asia/Ho_Chi_Minh\"\n\
                    [[agencies]]\nid = \"ldtbxh\"\nkind = \"department\"\n";
        std::fs::write(machine.home.path().join("plan.toml"), plan).unwrap();
        machine
    }

    pub fn command(&self, line: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
        command.args(line).env_clear().env("HOME", self.home.path()).env("TIENDO_LANG", "en").env("TIENDO_ME", "me");
        command.env("TIENDO_DATA", self.home.path().join("data")).current_dir(self.home.path()).stdin(Stdio::null());
        command
    }

    pub fn run(&self, line: &[&str]) -> (i32, String, String) {
        let output = self.command(line).output().unwrap();
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        (output.status.code().unwrap(), out, err)
    }

    pub fn serve(&self) -> (Running, String, BufReader<ChildStderr>) {
        self.serve_with(&[], &[])
    }

    /// The same with more arguments and variables: the program, where it listens, and what else it says.
    pub fn serve_with(&self, line: &[&str], variables: &[(&str, &str)]) -> (Running, String, BufReader<ChildStderr>) {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.args(line).envs(variables.iter().copied());
        let mut child = Running(command.stderr(Stdio::piped()).spawn().unwrap());
        let mut said = BufReader::new(child.0.stderr.take().unwrap());
        let mut line = String::new();
        loop {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "it did not say where");
            if let Some((_, url)) = line.split_once(" http://") {
                let url = format!("http://{}", url.split(';').next().unwrap());
                return (child, url, said);
            }
        }
    }
}

/// Ends with the test, whatever becomes of it.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
