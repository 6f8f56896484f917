//! Reminders sent: what becomes of a mail by how far it came, at most once to each recipient, what is left after a break.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/post.rs"]
mod post;
#[path = "common/skip.rs"]
mod skip;

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::{
    Timestamp,
    civil::{Date, date},
};
use post::{HangUp, Sink, Stub, plan};
use rstest::rstest;
use serde_json::Value;
use tiendo::{
    domain::{
        answer::{Fetched, Filter},
        check::Refusal,
        entry::{Entry, Outcome},
        id::{EntryId, ItemId},
        ladder::{ladder, reminders_due},
        mailing::shown,
        plan::Plan,
        snapshot::Snapshot,
    },
    ledger::{Ledger, memory::MemoryLedger},
    letters::{Composed, MailSettings, Occasion, Phase, Postbox, Templates, Tls, compose},
    runtime::reminders::{Ended, NotNow, Progress, Round, left_behind},
    secret::Secret,
    sources::{Source, embedded::Embedded},
    words::{LANGUAGES, Words},
};
use uuid::Uuid;

const TODAY: Date = date(2023, 11, 20);

/// A plan in a ledger.
struct Office {
    source: Embedded,
}

impl Office {
    async fn open(plan: Value) -> Self {
        let plan: Plan = serde_json::from_value(plan).unwrap();
        let (ledger, id) = (MemoryLedger::new(), plan.id.clone());
        ledger.lay_down(plan, &"me".into(), Timestamp::UNIX_EPOCH, EntryId(Uuid::now_v7())).await.unwrap();
        let interval = std::time::Duration::from_secs(2);
        Office { source: Embedded::new(Arc::new(ledger), id, "me".into(), interval) }
    }

    async fn snapshot(&self) -> Snapshot {
        match self.source.fetch(None).await.unwrap() {
            Fetched::Whole(snapshot) => *snapshot,
            other @ (Fetched::Unchanged | Fetched::Entries(_)) => panic!("{other:?}"),
        }
    }

    async fn journal(&self, item: &str) -> Vec<Entry> {
        let filter = Filter { item: Some(item.into()), ..Filter::default() };
        let mut entries = self.source.entries(&filter).await.unwrap().entries;
        entries.reverse();
        entries
    }

    async fn outcomes(&self, item: &str) -> Vec<Outcome> {
        self.journal(item).await.iter().filter_map(|entry| entry.outcome).collect()
    }

    /// What would be sent to these agencies.
    async fn composed(&self, agencies: &[&str]) -> Composed {
        let snapshot = self.snapshot().await;
        let outline = &snapshot.outline;
        let items =
            snapshot.items.iter().filter(|item| agencies.contains(&outline.agencies[item.agency as usize].id.as_str()));
        let due = reminders_due(items, &outline.calendar, &ladder(&outline.plan), TODAY);
        let chosen: Vec<(ItemId, u8)> = due.into_iter().map(|(item, step)| (item.id.clone(), step)).collect();
        let (words, templates) = (Words::new(&LANGUAGES[0]), Templates::load(None).unwrap());
        let occasion = Occasion {
            snapshot: &snapshot,
            today: TODAY,
            words: &words,
            templates: &templates,
            office: "Sở LĐTBXH",
            answer_working_days: 5,
        };
        compose(&occasion, &chosen)
    }

    async fn round(&self, agencies: &[&str], settings: &MailSettings) -> Result<Round, NotNow> {
        let (snapshot, composed) = (self.snapshot().await, self.composed(agencies).await);
        Round::new(&snapshot, self.source.capabilities(), false, settings, &composed, TODAY)
    }

    async fn send(&self, agencies: &[&str], settings: &MailSettings) -> Vec<Ended> {
        self.send_until(agencies, settings, usize::MAX).await
    }

    /// Sends, and is asked to stop when so many mails have begun.
    async fn send_until(&self, agencies: &[&str], settings: &MailSettings, begun: usize) -> Vec<Ended> {
        let stop = AtomicBool::new(false);
        let mut told = |progress: Progress<'_>| {
            if let Progress::Sending(place, _) = progress {
                stop.store(place + 1 >= begun, Ordering::SeqCst);
            }
        };
        let secret = (!settings.user.is_empty()).then(|| Secret::new(CANARY));
        let postbox = Postbox::new(settings, secret).unwrap();
        let round = self.round(agencies, settings).await.unwrap();
        movable(round.send(&self.source, &postbox, settings, &stop, &mut told)).await
    }
}

/// It can be carried out in a task of its own, as the dashboard does with effects.
fn movable<T: Send>(sending: T) -> T {
    sending
}

/// A secret that must not be found anywhere else.
const CANARY: &str = "chim-hoang-yen-7";

fn settings(port: u16) -> MailSettings {
    MailSettings {
        host: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        user: "so".into(),
        token_variable: "TIENDO_TEST_MAIL".into(),
        from: "Sở LĐTBXH <so@mau.invalid>".into(),
        reply_to: "tra-loi@mau.invalid".into(),
        reply_s: 5,
        connect_s: 5,
        ..MailSettings::default()
    }
}

fn outcome(ended: &[Ended]) -> Outcome {
    let [Ended::Posted { delivery, unrecorded: None }] = ended else { panic!("{ended:?}") };
    delivery.outcome
}

#[rstest]
#[case(HangUp::Connect, Outcome::Failed)]
#[case(HangUp::Greeting, Outcome::Failed)]
#[case(HangUp::Ehlo, Outcome::Failed)]
#[case(HangUp::Auth, Outcome::Failed)]
#[case(HangUp::Mail, Outcome::Failed)]
#[case(HangUp::Rcpt, Outcome::Failed)]
#[case(HangUp::Data, Outcome::Failed)]
#[case(HangUp::FinalDot, Outcome::Uncertain)]
#[case(HangUp::Never, Outcome::Sent)]
#[tokio::test]
async fn wherever_the_server_hangs_up_nobody_gets_two(#[case] hang_up: HangUp, #[case] expected: Outcome) {
    let office = Office::open(plan()).await;
    let (broken, good) = (Stub::start(hang_up), Stub::start(HangUp::Never));
    let ended = office.send(&["b"], &settings(broken.port)).await;
    assert_eq!(outcome(&ended), expected, "{ended:?}");
    assert_eq!(broken.connections(), 1, "nothing is tried again by itself");
    assert_eq!(office.outcomes("task:N2").await, [Outcome::Claimed, expected]);
    let state = office.snapshot().await.item(&"task:N2".into()).unwrap().state.clone();
    assert_eq!(state.reminders, u16::from(expected != Outcome::Failed));
    // Once more, on a server that takes everything: only what failed is sent.
    let again = office.send(&["b"], &settings(good.port)).await;
    if expected == Outcome::Failed {
        assert_eq!(outcome(&again), Outcome::Sent);
        assert_eq!(broken.mails() + good.mails(), 1);
    } else {
        assert_eq!(again, [], "it stands before the second reminder, whose day has not come");
        assert_eq!((broken.mails(), good.connections()), (1, 0));
    }
}

#[tokio::test]
async fn no_server_is_a_failure_that_ends_the_round() {
    let office = Office::open(plan()).await;
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let ended = office.send(&["a", "b"], &settings(port)).await;
    assert_eq!(outcome(&ended), Outcome::Failed);
    assert!(matches!(&ended[0], Ended::Posted { delivery, .. } if delivery.phase == Phase::Connect));
    assert_eq!(office.journal("task:N2").await, [], "the second was not even claimed");
}

#[tokio::test]
async fn what_a_server_repeats_of_the_sign_in_is_not_kept() {
    let office = Office::open(plan()).await;
    let ended = office.send(&["b"], &settings(Stub::start(HangUp::Echo).port)).await;
    let [Ended::Posted { delivery, .. }] = ended.as_slice() else { panic!("{ended:?}") };
    assert_eq!((delivery.phase, delivery.said.as_str()), (Phase::SignIn, "535"));
    assert_eq!(office.journal("task:N2").await[1].reason.as_deref(), Some("535"));
}

#[tokio::test]
async fn an_agency_has_one_mail_a_day_whoever_sends_it() {
    let office = Office::open(plan()).await;
    let stub = Stub::start(HangUp::Never);
    let settings = settings(stub.port);
    // Two desks look at the plan at the same moment.
    let (mine, theirs) =
        (office.round(&["a"], &settings).await.unwrap(), office.round(&["a"], &settings).await.unwrap());
    let postbox = Postbox::new(&settings, Some(Secret::new(CANARY))).unwrap();
    let go = AtomicBool::new(false);
    let (mut one, mut other) = (|_: Progress<'_>| {}, |_: Progress<'_>| {});
    let (mine, theirs) = tokio::join!(
        mine.send(&office.source, &postbox, &settings, &go, &mut one),
        theirs.send(&office.source, &postbox, &settings, &go, &mut other),
    );
    let refused = |ended: &[Ended]| matches!(ended, [Ended::Refused(Refusal::AlreadyReminded { .. })]);
    assert!(refused(&mine) != refused(&theirs), "{mine:?} {theirs:?}");
    assert_eq!(stub.mails(), 1);
    for item in ["task:N1", "report:R1/2023-H1/a"] {
        assert_eq!(office.outcomes(item).await, [Outcome::Claimed, Outcome::Sent], "{item}");
    }
}

#[tokio::test]
async fn a_letter_about_what_has_changed_meanwhile_is_not_sent_and_its_day_is_free() {
    let office = Office::open(plan()).await;
    let stub = Stub::start(HangUp::Never);
    let settings = settings(stub.port);
    let round = office.round(&["a"], &settings).await.unwrap();
    let id = EntryId(Uuid::now_v7());
    let handed_in = Entry::new(id, "task:N1".into(), tiendo::domain::entry::Verb::Submit, TODAY, Timestamp::now());
    office.source.send(&[handed_in], Timestamp::now()).await.unwrap();
    let postbox = Postbox::new(&settings, Some(Secret::new(CANARY))).unwrap();
    let ended = round.send(&office.source, &postbox, &settings, &AtomicBool::new(false), &mut |_| {}).await;
    assert!(matches!(ended.as_slice(), [Ended::Refused(Refusal::NotInState { .. })]), "{ended:?}");
    assert_eq!(stub.connections(), 0);
    assert_eq!(office.outcomes("report:R1/2023-H1/a").await, [Outcome::Claimed, Outcome::Failed]);
    assert_eq!(outcome(&office.send(&["a"], &settings).await), Outcome::Sent, "what is left of it");
}

#[tokio::test]
async fn asked_to_stop_it_stops_between_two_mails() {
    let office = Office::open(plan()).await;
    let stub = Stub::start(HangUp::Never);
    let ended = office.send_until(&["a", "b"], &settings(stub.port), 1).await;
    assert_eq!(outcome(&ended), Outcome::Sent, "the one under way is sent");
    assert_eq!((stub.mails(), office.journal("task:N2").await), (1, vec![]), "the other is not claimed");
}

#[tokio::test]
async fn a_claim_left_behind_is_uncertain_and_is_not_sent_again() {
    let office = Office::open(plan()).await;
    let stub = Stub::start(HangUp::Held);
    let settings = settings(stub.port);
    {
        // The program ends while the server has the mail and has not answered.
        let sending = office.send(&["b"], &settings);
        tokio::pin!(sending);
        let came = async {
            while stub.mails() == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! { biased; ended = &mut sending => panic!("{ended:?}"), () = came => {} }
    }
    assert_eq!(office.outcomes("task:N2").await, [Outcome::Claimed]);
    let journal = office.journal("task:N2").await;
    assert_eq!(shown(&journal, &journal[0]), Some(Outcome::Uncertain), "what a person is told");
    let good = Stub::start(HangUp::Never);
    assert_eq!(office.send(&["b"], &self::settings(good.port)).await, [], "nobody chooses it");
    // Nor the next day, when it is written down as uncertain, once.
    let snapshot = office.snapshot().await;
    assert_eq!(left_behind(&snapshot, TODAY), [], "somebody may still be at it");
    let results = left_behind(&snapshot, date(2023, 11, 21));
    office.source.send(&results, Timestamp::now()).await.unwrap();
    assert_eq!(office.outcomes("task:N2").await, [Outcome::Claimed, Outcome::Uncertain]);
    let snapshot = office.snapshot().await;
    assert_eq!(snapshot.item(&"task:N2".into()).unwrap().state.reminders, 1);
    assert_eq!(left_behind(&snapshot, date(2023, 11, 22)), []);
    assert_eq!(good.connections(), 0);
}

#[tokio::test]
async fn what_may_not_be_sent_is_refused_before_anything_is_claimed() {
    let stub = Stub::start(HangUp::Never);
    let settings = settings(stub.port);
    let mut sample = plan();
    sample["sample"] = true.into();
    assert_eq!(Office::open(sample).await.round(&["a"], &settings).await.unwrap_err(), NotNow::Sample);
    let office = Office::open(plan()).await;
    let (snapshot, composed) = (office.snapshot().await, office.composed(&["a", "b"]).await);
    let round = |read_only, capabilities, cap| {
        let settings = MailSettings { cap, ..settings.clone() };
        Round::new(&snapshot, capabilities, read_only, &settings, &composed, TODAY).map(drop)
    };
    let able = office.source.capabilities();
    assert_eq!(round(false, able, 2), Ok(()));
    assert_eq!(round(false, able, 1), Err(NotNow::OverCap { count: 2, cap: 1 }));
    assert_eq!(round(true, able, 2), Err(NotNow::ReadOnly));
    let read_only = tiendo::sources::Capabilities { writes: false, ..able };
    assert_eq!(round(false, read_only, 2), Err(NotNow::NoJournal));
}

/// Settings for a real server with sign-in.
fn real(sink: &Sink, tls: Tls) -> MailSettings {
    let ca_file = if tls == Tls::None { std::path::PathBuf::new() } else { sink.certificate() };
    MailSettings { tls, ca_file, ..settings(sink.port) }
}

#[tokio::test]
async fn a_real_server_takes_a_mail_that_a_mail_program_reads() {
    let sign_in = format!("so:{CANARY}");
    let Some(sink) = Sink::start(&["--auth", &sign_in, "--starttls"]) else { return };
    let office = Office::open(plan()).await;
    let ended = office.send(&["a"], &real(&sink, Tls::Starttls)).await;
    assert_eq!(outcome(&ended), Outcome::Sent, "{ended:?}");
    let mails = sink.mails();
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(mail["type"], "multipart/alternative");
    let header = |name: &str| mail["headers"][name].as_str().unwrap().to_owned();
    assert_eq!(header("subject"), "Đôn đốc lần 1: 2 báo cáo, nhiệm vụ quá hạn theo Kế hoạch 95/KH-UBND");
    assert_eq!(header("from"), "Sở LĐTBXH <so@mau.invalid>");
    assert_eq!(header("to"), "UBND huyện Bù Đốp <a@mau.invalid>");
    assert_eq!(header("reply-to"), "tra-loi@mau.invalid");
    assert_eq!(header("auto-submitted"), "auto-generated");
    assert_eq!(header("x-rcptto"), "a@mau.invalid");
    let batch = office.journal("task:N1").await[0].batch.unwrap();
    assert_eq!(header("message-id"), format!("<{batch}@mau.invalid>"), "the claim's batch");
    let names: BTreeSet<&str> = mail["names"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert!(!names.contains("bcc") && !names.contains("cc"), "{names:?}");
    let parts: Vec<(&str, &str)> = mail["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| (part["type"].as_str().unwrap(), part["text"].as_str().unwrap()))
        .collect();
    let [("text/plain", text), ("text/html", html)] = parts.as_slice() else { panic!("{parts:?}") };
    for said in ["Kính gửi: UBND huyện Bù Đốp", "Tập huấn <b>\"cán bộ\"</b> & đoàn thể", "trước ngày 27/11/2023"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(
        html.contains("Tập huấn &lt;b&gt;&quot;cán bộ&quot;&lt;/b&gt; &amp; đoàn thể") && !html.contains("<b>"),
        "{html}"
    );
}

#[rstest]
#[case("reject@mau.invalid", "550 5.1.1 No such mailbox here")]
#[case("greylist@mau.invalid", "451 4.7.1 Try again later")]
#[case("full@mau.invalid", "552 5.2.2 Mailbox full")]
#[tokio::test]
async fn a_refused_recipient_is_a_failure_with_the_servers_sentence(#[case] email: &str, #[case] sentence: &str) {
    let sign_in = format!("so:{CANARY}");
    let Some(sink) = Sink::start(&["--auth", &sign_in, "--tls"]) else { return };
    let mut plan = plan();
    plan["agencies"][1]["email"] = email.into();
    let office = Office::open(plan).await;
    let ended = office.send(&["a", "b"], &real(&sink, Tls::Tls)).await;
    let [Ended::Posted { delivery: refused, .. }, Ended::Posted { delivery: sent, .. }] = ended.as_slice() else {
        panic!("{ended:?}")
    };
    assert_eq!((refused.outcome, refused.phase, refused.said.as_str()), (Outcome::Failed, Phase::To, sentence));
    assert_eq!(sent.outcome, Outcome::Sent, "the others get theirs");
    assert_eq!(sink.mails().len(), 1);
    let journal = office.journal("task:N1").await;
    assert_eq!(journal.last().unwrap().reason.as_deref(), Some(sentence));
}

#[tokio::test]
async fn who_is_not_let_in_or_not_trusted_sends_nothing() {
    let Some(sink) = Sink::start(&["--auth", "so:another-word", "--starttls"]) else { return };
    let office = Office::open(plan()).await;
    let phase = |ended: &[Ended]| match ended {
        [Ended::Posted { delivery, .. }] if delivery.outcome == Outcome::Failed => {
            assert!(!delivery.said.contains(CANARY) && !format!("{delivery:?}").contains(CANARY));
            delivery.phase
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(phase(&office.send(&["a"], &real(&sink, Tls::Starttls)).await), Phase::SignIn, "a wrong word");
    let untrusted = MailSettings { ca_file: std::path::PathBuf::new(), ..real(&sink, Tls::Starttls) };
    assert_eq!(phase(&office.send(&["a"], &untrusted).await), Phase::Encrypt, "a certificate nobody vouches for");
    let unencrypted = real(&sink, Tls::None);
    assert_ne!(phase(&office.send(&["a"], &unencrypted).await), Phase::Mail);
    let plain = Stub::start(HangUp::Never);
    let wants_tls = MailSettings { tls: Tls::Starttls, ..settings(plain.port) };
    assert_eq!(phase(&office.send(&["a"], &wants_tls).await), Phase::Encrypt, "no STARTTLS, no mail");
    assert_eq!((sink.mails().len(), plain.mails()), (0, 0));
}
