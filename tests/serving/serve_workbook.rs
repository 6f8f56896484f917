//! A workbook whose ledger is shared: the server follows it, so that whoever asks over HTTP sees what is changed in it, and what
//! they do stays beside it.
#![cfg(unix)]

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader},
    path::Path,
    process::ChildStderr,
    time::{Duration, SystemTime},
};

use crate::{machine::Machine, record::full};
use futures::StreamExt as _;
use tiendo::{
    domain::{
        answer::{Admission, Fetched},
        entry::Verb,
        snapshot::Snapshot,
        status::Base,
    },
    sources::{
        Source as _,
        http::{Http, HttpSettings, TokenFrom},
    },
};
use tokio::time::timeout;

/// Only for a test that would never end.
const TOO_LONG: Duration = Duration::from_secs(60);

/// Somebody saves it: no two of its states have the same time.
fn save(path: &Path, age: u64, rows: &[String]) {
    let text = format!("Mã,Nội dung nhiệm vụ,Cơ quan chủ trì,Thời hạn,Tiến độ (%)\n{}\n", rows.join("\n"));
    let beside = path.with_extension("new");
    fs::write(&beside, text).unwrap();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + age);
    File::options().write(true).open(&beside).unwrap().set_modified(time).unwrap();
    fs::rename(&beside, path).unwrap();
}

async fn until(source: &Http, mut seen: Snapshot, is_so: impl Fn(&Snapshot) -> bool) -> Snapshot {
    let mut changes = source.changed();
    let follow = async {
        loop {
            match source.fetch(Some(seen.cursor)).await.unwrap() {
                Fetched::Unchanged => {}
                Fetched::Entries(delta) => drop(seen.apply_delta(delta)),
                Fetched::Whole(whole) => seen = *whole,
            }
            if is_so(&seen) {
                return seen;
            }
            changes.next().await;
        }
    };
    timeout(TOO_LONG, follow).await.expect("it was not seen")
}

/// Reads on until a line has that in it.
fn says(said: &mut BufReader<ChildStderr>, part: &str) {
    let mut line = String::new();
    while !line.contains(part) {
        line.clear();
        assert!(said.read_line(&mut line).unwrap() > 0, "it never said {part}");
    }
}

#[tokio::test]
async fn what_is_changed_in_a_workbook_is_seen_by_whoever_asks_the_server() {
    let machine = Machine::new();
    let path = machine.home.path().join("ke-hoach.csv");
    let rows: Vec<String> = (1..=12).map(|number| format!("N{number},Việc {number},Sở Nội vụ,15/12/2026,")).collect();
    save(&path, 0, &rows);
    let config = format!(
        "language = \"en\"\n[[source]]\nname = \"phong\"\nkind = \"sheet\"\npath = \"{}\"\ninterval_s = 1\n\
         [source.mapping]\nplan = \"kh\"\n",
        path.display()
    );
    let file = machine.home.path().join("tiendo.toml");
    fs::write(&file, config).unwrap();
    // Nobody has opened it yet.
    let (_running, url, mut said) = machine.serve_with(&["--config", file.to_str().unwrap()], &[]);
    let settings = HttpSettings { name: "x".into(), url, token: TokenFrom::Nowhere, ca_file: None, language: "en" };
    let source = Http::new(settings, None, "kh".into()).unwrap();
    let Fetched::Whole(seen) = source.fetch(None).await.unwrap() else { panic!("everything was asked for") };
    assert_eq!(seen.items.len(), 12);
    // What is done over HTTP stays, whatever else is changed in the workbook.
    let act = full(1, "task:N2", Verb::Submit);
    let answers = source.send(std::slice::from_ref(&act), act.at).await.unwrap();
    assert!(matches!(answers[..], [Admission::Applied { .. }]), "{answers:?}");
    let mut more = [&rows[..], &["N13,Mới,Sở Tư pháp,30/12/2026,".to_owned()]].concat();
    more[0] += "40";
    save(&path, 1, &more);
    let seen = until(&source, *seen, |seen| seen.item(&"task:N13".into()).is_some()).await;
    let seen = until(&source, seen, |seen| seen.item(&"task:N1".into()).unwrap().state.progress == 40).await;
    assert_eq!(seen.item(&"task:N2".into()).unwrap().state.base, Base::AwaitingConfirmation);
    // Nobody is there to be asked whether most of it may be gone: what there was stays, and that is told.
    save(&path, 2, &rows[..6]);
    says(&mut said, "% of the rows of ke-hoach.csv are gone");
    let Fetched::Whole(now) = source.fetch(None).await.unwrap() else { panic!("everything was asked for") };
    assert_eq!(now.items.len(), 13);
    // One that cannot be read is told of, and followed again once it can.
    fs::write(&path, "không phải bảng").unwrap();
    says(&mut said, "what it said before is shared on");
    more[0] = more[0].replace("40", "60");
    save(&path, 9, &more);
    until(&source, *now, |seen| seen.item(&"task:N1".into()).unwrap().state.progress == 60).await;
}
