//! Acts that wait for another source or another person: they are not sent from here, and not forgotten in silence. It is said
//! when the program starts, and by `tiendo check`, with what to do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

#[cfg(unix)]
#[path = "common/pty.rs"]
mod pty;
#[path = "common/record.rs"]
mod record;
#[path = "common/remote.rs"]
mod remote;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use record::*;
use remote::{address, holder};
use tiendo::{
    domain::entry::Verb,
    runtime::post::{self, Found},
    store::outbox::{Address, Outbox},
};

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Home(tempfile::tempdir().unwrap())
    }

    fn outbox(&self) -> PathBuf {
        self.0.path().join("outbox.db")
    }

    async fn queued(&self, address: &Address, numbers: std::ops::Range<u128>) {
        let outbox = Outbox::open(&self.outbox(), minute(0)).await.unwrap().outbox;
        let acts: Vec<_> = numbers.map(|number| full(number, TASK, Verb::Note)).collect();
        outbox.queue(address, &acts).await.unwrap();
    }

    /// What `tiendo check` prints, and its exit code.
    fn check(&self, lang: &str) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
        command.args(["check", "--lang", lang]).env_clear().envs(self.env());
        let output = command.output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    }

    fn env(&self) -> [(&str, &str); 4] {
        let path = self.0.path().to_str().unwrap();
        [("TIENDO_DATA", path), ("XDG_CONFIG_HOME", path), ("HOME", path), ("TIENDO_ME", "me")]
    }
}

fn renamed() -> Address {
    Address { source: "office https://tiendo.example".into(), ..address() }
}

fn of_another() -> Address {
    Address { by: "you".into(), ..address() }
}

async fn opened(path: &Path) -> Found {
    match post::open(path, address(), 7).await {
        Ok((_, found)) => found,
        Err(failure) => panic!("{failure}"),
    }
}

#[tokio::test]
async fn what_waits_for_another_source_or_person_is_told_when_the_outbox_is_opened() {
    let home = Home::new();
    assert_eq!(post::look(&home.outbox(), None).await.unwrap(), None);
    assert!(!home.outbox().exists(), "none is made by looking");
    home.queued(&address(), 1..3).await;
    assert_eq!(opened(&home.outbox()).await, Found { here: 2, ..Found::default() });
    home.queued(&renamed(), 10..13).await;
    home.queued(&of_another(), 20..21).await;
    let found = opened(&home.outbox()).await;
    assert_eq!(found.elsewhere, [(renamed(), 3), (of_another(), 1)]);
    assert_eq!(found.notices().iter().map(|said| said.id).collect::<Vec<_>>(), ["said-waits-elsewhere"; 2]);
    assert_eq!(found.here, 2);
    let nothing_is_sent = post::look(&home.outbox(), None).await.unwrap().unwrap();
    assert_eq!((nothing_is_sent.here, nothing_is_sent.elsewhere.len()), (0, 3));
}

#[tokio::test]
async fn check_says_what_waits_for_whom_and_what_to_do() {
    let home = Home::new();
    assert!(!home.check("en").1.contains("outbox"));
    home.queued(&renamed(), 10..13).await;
    home.queued(&of_another(), 20..21).await;
    let (code, out) = home.check("en");
    assert_eq!(code, 0, "{out}");
    let office = "! outbox: 3 acts wait for another source or person and are not sent from here: made by me for office \
                  https://tiendo.example, plan p. Open that source, named in the config as it was then, with me = \"me\".";
    for said in [office, "One act waits for another source or person and is not sent from here: made by you for remote"]
    {
        assert!(out.contains(said), "{said}\n{out}");
    }
    let (_, out) = home.check("vi");
    let office = "! hộp chờ gửi: Còn 3 việc chờ gửi của nguồn hoặc người khác, ở đây không gửi được: do me làm, gửi đến \
                  office https://tiendo.example, kế hoạch p.";
    assert!(out.contains(office), "{out}");
    let outbox = Outbox::open(&home.outbox(), minute(0)).await.unwrap().outbox;
    assert!(outbox.lease(&renamed(), holder(1), minute(0)).await.unwrap());
    assert_eq!(outbox.addresses().await.unwrap().len(), 2, "looking changes nothing");
}

#[tokio::test]
async fn check_tells_of_an_outbox_that_cannot_be_used() {
    let home = Home::new();
    std::fs::write(home.outbox(), vec![7_u8; 8192]).unwrap();
    let (_, out) = home.check("en");
    assert!(out.contains("outbox: The outbox was damaged"), "{out}");
}

#[cfg(unix)]
#[tokio::test]
async fn the_dashboard_says_it_when_it_starts() {
    let home = Home::new();
    home.queued(&renamed(), 10..13).await;
    let program = Path::new(env!("CARGO_BIN_EXE_tiendo"));
    let mut screen = pty::Pty::start(program, &["--lang", "en"], &home.env(), (120, 36));
    screen.wait_for_text("Tasks by agency");
    screen.wait_for_text("Run tiendo check: 3 acts by me for office https://tiendo.example not sent from here.");
    screen.send("q");
    assert_eq!(screen.exit_code_within(std::time::Duration::from_secs(20)), 0);
}
