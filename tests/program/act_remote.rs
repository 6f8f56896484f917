//! `tiendo act` on a remote source: done where the source answers, queued (exit code 5) where it does not, sent by the next
//! call, taken back before it was sent. The program runs in a process of its own, on a source that fails as it is told to.

use std::{ffi::OsString, process::Command, sync::Arc};

use crate::{record::*, remote::*};
use serde_json::Value;
use tiendo::{
    cli::run_on,
    domain::entry::{Entry, Verb},
    sources::Source,
    store::outbox::Standing,
};

/// In the environment: what the process is to do, a line each.
const SCRIPT: &str = "TIENDO_TEST_SCRIPT";
const CONFIG: &str = "TIENDO_TEST_CONFIG";
/// Stands between what is printed.
const END: char = '\u{1e}';

/// What a line of the command line printed, and how it ended.
#[derive(Debug)]
struct Run {
    exit: String,
    out: String,
}

impl Run {
    #[track_caller]
    fn results(&self) -> Vec<Value> {
        let answer: Value = serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out));
        answer["results"].as_array().unwrap().clone()
    }
}

struct Machine(tempfile::TempDir);

impl Machine {
    fn new() -> Self {
        Machine(tempfile::tempdir().unwrap())
    }

    /// What each line of the command line came to; and what was said on the error output. Lines that are none tell the source
    /// what to do.
    fn runs(&self, script: &[&str]) -> (Vec<Run>, String) {
        let config = self.0.path().join("tiendo.toml");
        let data = self.0.path().join("data");
        std::fs::write(&config, format!("data_dir = {data:?}\nme = \"me\"\nlanguage = \"en\"\n")).unwrap();
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["act_remote::the_program_itself", "--exact", "--ignored", "--nocapture"])
            .env_clear()
            .env(SCRIPT, script.join("\n"))
            .env(CONFIG, config)
            .output()
            .unwrap();
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        let parts: Vec<&str> = out.split(END).collect();
        let run = |pair: &[&str]| Run { out: pair[0].trim().to_owned(), exit: pair[1].to_owned() };
        // Before the first and behind the last the test harness speaks.
        (parts[1..parts.len() - 1].chunks_exact(2).map(run).collect(), err)
    }

    fn waiting(&self) -> Vec<(String, Standing)> {
        let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        tokio.block_on(async {
            let outbox = open_outbox(&self.0.path().join("data")).await;
            let acts = outbox.acts(&address()).await.unwrap();
            acts.into_iter().map(|act| (act.entry.verb.as_str().to_owned(), act.standing)).collect()
        })
    }
}

/// Does what the script says.
#[test]
#[ignore = "run by the other tests, in a process of its own"]
fn the_program_itself() {
    let (Ok(script), Ok(config)) = (std::env::var(SCRIPT), std::env::var(CONFIG)) else { return };
    let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let remote = tokio.block_on(Remote::new());
    println!();
    for line in script.lines() {
        match line {
            "down" => remote.fails(vec![Fault::Offline; 100]),
            "asks who it is" => remote.fails(vec![Fault::Denied; 100]),
            "up" => remote.faults.lock().unwrap().clear(),
            "loses the reply" => remote.fails([Fault::LostReply]),
            "takes no request" => remote.fails([Fault::Refused]),
            "somebody extends N2" => {
                tokio.block_on(append(&remote.ledger, full(900, "task:N2", Verb::Extend)));
            }
            line => {
                let line = line.split(' ').map(|word| word.replace('_', " "));
                let arguments = ["tiendo", "--config", &config].map(str::to_owned).into_iter().chain(line);
                print!("{END}");
                let exit = run_on(Arc::clone(&remote) as Arc<dyn Source>, arguments.map(OsString::from));
                print!("{END}{exit:?}");
            }
        }
    }
    let journal: Vec<Entry> = tokio.block_on(journal(&remote.ledger));
    let journal: Vec<String> = journal.iter().skip(1).map(|entry| entry.verb.as_str().to_owned()).collect();
    println!("{END}{}{END}journal{END}", journal.join(" "));
}

#[test]
fn what_the_source_takes_is_done_and_nothing_waits() {
    let machine = Machine::new();
    let (runs, err) = machine.runs(&["act progress N2 N1 --percent 40 --format json", "check"]);
    let results = runs[0].results();
    assert_eq!((runs[0].exit.as_str(), results.len()), ("Done", 2), "{err}");
    assert_eq!((&results[0]["result"], &results[0]["after"]["state"]), (&"applied".into(), &"in-progress".into()));
    assert!(results[0]["seq"].as_u64().is_some_and(|seq| seq > 1));
    assert!(runs[1].out.contains("outbox: nothing waits to be sent"), "{}", runs[1].out);
    assert_eq!((runs[2].out.as_str(), machine.waiting()), ("progress progress", vec![]));
}

#[test]
fn what_the_source_does_not_take_now_is_queued_and_goes_with_the_next_call() {
    let machine = Machine::new();
    let (runs, err) = machine.runs(&[
        "down",
        "act progress N2 --percent 40 --format json",
        "act progress N1 --percent 50",
        "check",
        "up",
        "act progress N2 --percent 60 --format json",
    ]);
    let queued = &runs[0].results()[0];
    assert_eq!((runs[0].exit.as_str(), &queued["result"]), ("Queued", &"queued".into()), "{err}");
    assert_eq!((&queued["before"]["state"], &queued["after"]["state"]), (&"not-started".into(), &"in-progress".into()));
    assert!(queued.get("seq").is_none() && queued.get("why").is_none(), "{queued}");
    assert!(err.contains("One act waits to be sent: kept on this machine"), "{err}");
    let table = &runs[1];
    assert_eq!(table.exit, "Queued");
    assert!(table.out.contains("0 done, 1 to be sent, 0 not") && table.out.contains("to be sent"), "{}", table.out);
    assert!(runs[2].out.contains("outbox: 2 acts wait to be sent to this source"), "{}", runs[2].out);
    let done = &runs[3].results()[0];
    assert_eq!(
        (runs[3].exit.as_str(), &done["result"]),
        ("Done", &"applied".into()),
        "made in view of the one that waited"
    );
    assert_eq!((runs[4].out.as_str(), machine.waiting()), ("progress progress progress", vec![]));
}

#[test]
fn a_reply_that_was_lost_is_asked_for_again_under_the_same_id() {
    let machine = Machine::new();
    let (runs, _) = machine.runs(&[
        "loses the reply",
        "act note N2 --note x --format json",
        "act undo --format json",
        "act note N1 --note y",
    ]);
    assert_eq!((runs[0].exit.as_str(), &runs[0].results()[0]["result"]), ("Queued", &"queued".into()));
    let undone = &runs[1].results()[0];
    assert_eq!(
        (runs[1].exit.as_str(), &undone["why"]["code"]),
        ("Refused", &"uncertain".into()),
        "it may have arrived"
    );
    assert_eq!((runs[2].exit.as_str(), runs[3].out.as_str()), ("Done", "note note"));
    assert_eq!(machine.waiting(), vec![]);
}

#[test]
fn what_was_not_sent_is_taken_back_as_if_it_had_never_been() {
    let machine = Machine::new();
    let (runs, _) = machine.runs(&[
        "act note N1 --note first",
        "asks who it is",
        "act note N1 --note second",
        "act progress N2 --percent 40",
        "act undo --dry-run --format json",
        "act undo --format json",
        "up",
        "act note N1 --note last",
    ]);
    let preview = &runs[3].results()[0];
    assert_eq!((&preview["result"], &preview["item"]), (&"would-apply".into(), &"task:N2".into()));
    for undone in [preview, &runs[4].results()[0]] {
        assert_eq!(
            (&undone["before"]["state"], &undone["after"]["state"]),
            (&"in-progress".into(), &"not-started".into())
        );
    }
    assert_eq!((runs[4].exit.as_str(), &runs[4].results()[0]["result"]), ("Done", &"withdrawn".into()));
    assert_eq!(
        (runs[6].out.as_str(), machine.waiting()),
        ("note note note", vec![]),
        "no progress, and nothing reversed"
    );
}

#[test]
fn of_a_step_that_went_out_in_part_only_the_rest_is_taken_back() {
    let machine = Machine::new();
    let (runs, _) = machine.runs(&[
        "down",
        "act progress N1 N2 --percent 40",
        "act undo --format json",
        "up",
        "act note N3 --note x",
    ]);
    let results: Vec<(Value, Value)> =
        runs[1].results().iter().map(|one| (one["item"].clone(), one["result"].clone())).collect();
    assert_eq!(results, [("task:N2".into(), "withdrawn".into()), ("task:N1".into(), "refused".into())]);
    assert_eq!((runs[1].exit.as_str(), runs[3].out.as_str()), ("Refused", "note progress"), "that one was on its way");
}

#[test]
fn what_is_refused_is_told_and_what_an_earlier_call_left_is_decided_on_at_the_screen() {
    let machine = Machine::new();
    let (runs, err) = machine.runs(&[
        "takes no request",
        "act note N1 --note x --format json",
        "down",
        "act progress N2 --percent 40",
        "somebody extends N2",
        "up",
        "act note N3 --note y",
        "act note N2 --note z",
        "act done N2 --dry-run --format json",
    ]);
    let refused = &runs[0].results()[0];
    assert_eq!((runs[0].exit.as_str(), &refused["result"]), ("Refused", &"refused".into()), "{err}");
    assert!(refused["why"]["text"].as_str().unwrap().contains("the source did not take it"), "{refused}");
    assert_eq!((runs[1].exit.as_str(), runs[2].exit.as_str()), ("Queued", "Done"));
    assert_eq!(runs[3].exit, "Queued", "it waits behind what has to be decided on");
    let waiting = machine.waiting();
    assert!(matches!(&waiting[0], (verb, Standing::Card(_)) if verb == "progress"), "{waiting:?}");
    assert!(matches!(&waiting[1], (verb, Standing::Behind(_)) if verb == "note"), "{waiting:?}");
    assert_eq!(runs[4].results()[0]["before"]["state"], "not-started", "what did not go through is not seen as done");
    assert_eq!(runs[5].out, "extend note");
}

#[test]
fn looking_makes_no_outbox_and_reading_only_sends_nothing() {
    let machine = Machine::new();
    let (runs, _) = machine.runs(&["act done N2 --dry-run", "act done N2 --read-only", "status"]);
    let exits: Vec<&str> = runs.iter().map(|run| run.exit.as_str()).collect();
    assert_eq!(exits, ["Done", "Refused", "Done", "journal"]);
    assert!(!machine.0.path().join("data/outbox.db").exists());
    assert_eq!(runs[3].out, "");
}
