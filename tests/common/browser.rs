//! A real browser without a window, and what it asked for: nothing it is shown may ask for anything.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::print_stderr,
    reason = "each test takes what it needs; what is passed over is said"
)]

use std::{
    io::Read as _,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    thread,
};

/// Where it may be found.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

pub struct Browser {
    program: &'static str,
    home: tempfile::TempDir,
    /// A proxy that writes down what is asked for, and answers nobody.
    proxy: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Browser {
    /// The one of this machine; where there is none that is said, and where it is required the test fails.
    pub fn find() -> Option<Self> {
        let runs = |name: &&str| {
            let version = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
            version.is_ok_and(|status| status.success())
        };
        let Some(program) = NAMES.into_iter().find(|name| runs(name)) else {
            return crate::skip::skipped("a real browser", "there is none (Debian: chromium)");
        };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let written = Arc::clone(&asked);
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut first = [0; 512];
                let read = stream.read(&mut first).unwrap_or(0);
                let line = String::from_utf8_lossy(&first[..read]).lines().next().unwrap_or_default().to_owned();
                written.lock().unwrap().push(line);
            }
        });
        Some(Browser { program, home: tempfile::tempdir().unwrap(), proxy, asked })
    }

    /// What it asked for so far at `host`. A browser has errands of its own, which are none of a page's.
    pub fn requests(&self, host: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|line| line.contains(host)).count()
    }

    /// Opens a file; gives what stands there once it is loaded, and what the console said of it.
    pub fn open(&self, file: &Path) -> (String, String) {
        let output = self.run(&["--dump-dom", "--virtual-time-budget=2000"], file);
        let said = String::from_utf8_lossy(&output.1)
            .lines()
            .filter(|line| line.contains("CONSOLE"))
            .collect::<Vec<_>>()
            .join("\n");
        (String::from_utf8(output.0).unwrap(), said)
    }

    /// Prints a file; gives the PDF.
    pub fn print(&self, file: &Path) -> Vec<u8> {
        let pdf = self.home.path().join("printed.pdf");
        self.run(&["--no-pdf-header-footer", &format!("--print-to-pdf={}", pdf.display())], file);
        std::fs::read(pdf).unwrap()
    }

    fn run(&self, arguments: &[&str], file: &Path) -> (Vec<u8>, Vec<u8>) {
        let quiet = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-domain-reliability",
            "--disable-sync",
            "--no-first-run",
            "--no-default-browser-check",
            "--enable-logging=stderr",
            "--proxy-bypass-list=<-loopback>",
        ];
        let address = format!("file://{}", absolute(file).display());
        let output = Command::new(self.program)
            .args(quiet)
            .arg(format!("--proxy-server={}", self.proxy))
            .arg(format!("--user-data-dir={}", self.home.path().join("profile").display()))
            .args(arguments)
            .arg(address)
            .env("HOME", self.home.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (output.stdout, output.stderr)
    }
}

fn absolute(file: &Path) -> PathBuf {
    std::fs::canonicalize(file).unwrap()
}
