//! Shared calendars laid over a plan: what of one becomes what, that a broken or hostile one does no harm, and that a source with
//! calendars before it answers as it did.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, dead_code, unreachable_pub)]

#[path = "common/screen.rs"]
mod screen;
#[path = "common/skip.rs"]
mod skip;

use std::{
    fmt::Write as _,
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use futures::StreamExt as _;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use proptest::prelude::*;
use screen::{App, now, snapshot};
use tempfile::TempDir;
use tiendo::{
    app::{choices::Label, effect::Effect, msg::Ticket},
    config::{Config, Layer},
    domain::{
        amendment::Amendment,
        answer::{Admission, Fetched, Filter},
        borrowed::{Borrowed, is_borrowed},
        campaign::Campaign,
        check::Refusal,
        deed::Deed,
        entry::{Entry, Verb},
        heard::Heard,
        id::{ActorId, EntryId, ItemId},
        sentence::Sentence,
        snapshot::Snapshot,
        status::Base,
        takes::Takes,
        text::Text,
        title::Title,
    },
    ledger::{Ledger as _, memory::MemoryLedger},
    planfile,
    runtime::{calendars::Calendars, laid_over},
    secret::Secret,
    sources::{
        Source,
        calendar::{self, Calendar, CalendarSettings, Reading},
        embedded::Embedded,
        http::TokenFrom,
    },
    store::calendars::KeptCalendar,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    sync::watch,
};
use uuid::Uuid;

/// A calendar with these components.
fn ics(components: &str) -> String {
    let body = components.trim().replace("\r\n", "\n").replace('\n', "\r\n");
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tiendo//test//VI\r\n{body}\r\nEND:VCALENDAR\r\n")
}

fn event(uid: &str, lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20231101T000000Z\n{}\nEND:VEVENT\n", lines.trim())
}

fn todo(uid: &str, lines: &str) -> String {
    event(uid, lines).replace("VEVENT", "VTODO")
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn titles(sentence: &Sentence) -> Title {
    let title = sentence.text("title").unwrap_or("");
    Title::Plain(Text::new(&format!("{} [{title}]", sentence.id)))
}

/// What a calendar says over the sample plan (2023, Asia/Ho_Chi_Minh) on 20/11/2023, and what was left out of it.
fn read(calendar: &str) -> (Borrowed, Vec<String>) {
    read_all(&[calendar])
}

fn read_all(calendars: &[&str]) -> (Borrowed, Vec<String>) {
    let plan = planfile::sample().unwrap().plan;
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let reading = Reading { plan: &plan, zone, today: day("2023-11-20"), titles: &titles };
    let name = Text::new("lich.ics");
    let (borrowed, said) = calendar::read(calendars.iter().map(|calendar| (&name, calendar.as_bytes())), &reading);
    let said = said.iter().map(|sentence| {
        let Some((_, tiendo::domain::sentence::Part::Sentence(remark))) =
            sentence.parts.iter().find(|(name, _)| *name == "remark")
        else {
            panic!("{sentence}")
        };
        remark.to_string()
    });
    (borrowed, said.collect())
}

/// Each campaign in a line, its milestones after it.
fn told(borrowed: &Borrowed) -> Vec<String> {
    let line = |campaign: &Campaign| {
        let mut line = format!("{} {}..{}", campaign.title.get("vi"), campaign.from, campaign.to);
        for milestone in &campaign.milestones {
            let _ = write!(line, " | {} {}", milestone.title.get("vi"), milestone.due.unwrap());
        }
        line
    };
    borrowed.campaigns.iter().map(line).collect()
}

fn only(components: &str) -> Vec<String> {
    let (borrowed, said) = read(&ics(components));
    assert_eq!(said, Vec::<String>::new());
    told(&borrowed)
}

#[test]
fn a_day_is_the_plans_day_whatever_clock_it_is_written_by() {
    let of = |lines| only(&event("a", lines)).pop().unwrap_or_default();
    let whole = of("SUMMARY:A\nDTSTART;VALUE=DATE:20231201\nDTEND;VALUE=DATE:20231204");
    assert_eq!(whole, "A 2023-12-01..2023-12-03", "the end is the day after the last");
    assert_eq!(of("SUMMARY:A\nDTSTART;VALUE=DATE:20231201"), "A 2023-12-01..2023-12-01");
    assert_eq!(of("SUMMARY:A\nDTSTART;VALUE=DATE:20231201\nDURATION:P2W"), "A 2023-12-01..2023-12-14");
    let utc = of("SUMMARY:A\nDTSTART:20231201T180000Z\nDTEND:20231201T190000Z");
    assert_eq!(utc, "A 2023-12-02..2023-12-02", "one o'clock in the morning there");
    let here =
        of("SUMMARY:A\nDTSTART;TZID=Asia/Ho_Chi_Minh:20231201T080000\nDTEND;TZID=Asia/Ho_Chi_Minh:20231202T000000");
    assert_eq!(here, "A 2023-12-01..2023-12-01", "midnight is not the next day yet");
    let far = of("SUMMARY:A\nDTSTART;TZID=America/New_York:20231201T200000\nDURATION:PT3H");
    assert_eq!(far, "A 2023-12-02..2023-12-02");
    assert_eq!(
        of("SUMMARY:A\nDTSTART:20231201T233000\nDURATION:PT1H"),
        "A 2023-12-01..2023-12-02",
        "floating: the plan's"
    );
    let old = of("SUMMARY:A\nDTSTART;TZID=/mozilla.org/20070129_1/Asia/Ho_Chi_Minh:20231201T080000");
    assert_eq!(old, "A 2023-12-01..2023-12-01");
    assert_eq!(of("SUMMARY:A\nDTSTART;VALUE=DATE:20221201\nDTEND;VALUE=DATE:20221204"), "", "another year");
    let around = of("SUMMARY:A\nDTSTART;VALUE=DATE:20231220\nDTEND;VALUE=DATE:20240110");
    assert_eq!(around, "A 2023-12-20..2024-01-09", "it begins in the year");
}

#[test]
fn a_zone_with_a_name_of_its_own_is_the_offset_it_describes_and_an_unknown_one_is_the_plans() {
    let zone = "BEGIN:VTIMEZONE\nTZID:SE Asia Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0700\n\
                TZOFFSETTO:-0500\nEND:STANDARD\nEND:VTIMEZONE\n";
    let at = "SUMMARY:A\nDTSTART;TZID=\"SE Asia Standard Time\":20231201T200000";
    assert_eq!(only(&format!("{zone}{}", event("a", at))), ["A 2023-12-02..2023-12-02"]);
    let (borrowed, said) = read(&ics(&event("a", at)));
    assert_eq!(told(&borrowed), ["A 2023-12-01..2023-12-01"]);
    assert_eq!(said, ["calendar-zone (count: 1)"]);
}

#[test]
fn what_is_called_off_is_left_out_and_what_is_not_settled_says_so() {
    let on = "DTSTART;VALUE=DATE:20231201";
    let all = [
        event("a", &format!("SUMMARY:Ra quân\n{on}\nSTATUS:CONFIRMED")),
        event("b", &format!("SUMMARY:Trồng cây\n{on}\nSTATUS:TENTATIVE")),
        event("c", &format!("SUMMARY:Thôi\n{on}\nSTATUS:CANCELLED")),
        event("d", on),
    ];
    let one = "2023-12-01..2023-12-01";
    let wanted = [
        format!("Ra quân {one}"),
        format!("calendar-tentative [Trồng cây] {one}"),
        format!("calendar-untitled [] {one}"),
    ];
    assert_eq!(only(&all.concat()), wanted);
}

#[test]
fn what_recurs_is_one_campaign_with_a_milestone_for_each_time() {
    let weekly = "SUMMARY:Giao ban\nDTSTART;TZID=Asia/Ho_Chi_Minh:20231107T080000\nDURATION:PT3H\n\
                  RRULE:FREQ=WEEKLY;COUNT=6\nEXDATE;TZID=Asia/Ho_Chi_Minh:20231114T080000\n\
                  RDATE;TZID=Asia/Ho_Chi_Minh:20231230T080000";
    let moved = "SUMMARY:Giao ban muộn\nRECURRENCE-ID;TZID=Asia/Ho_Chi_Minh:20231121T080000\n\
                 DTSTART;TZID=Asia/Ho_Chi_Minh:20231123T080000";
    let gone = "SUMMARY:Giao ban\nRECURRENCE-ID:20231128T010000Z\nDTSTART:20231128T010000Z\nSTATUS:CANCELLED";
    let all = [event("g", moved), event("g", weekly), event("g", gone)].concat();
    let wanted = "Giao ban 2023-11-07..2023-12-30 | Giao ban 2023-11-07 | Giao ban muộn 2023-11-23 | Giao ban 2023-12-05 | \
                  Giao ban 2023-12-12 | Giao ban 2023-12-30";
    assert_eq!(only(&all), [wanted]);
    let (borrowed, _) = read(&ics(&all));
    let ids: Vec<&str> = borrowed.campaigns[0].milestones.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(
        ids,
        ["2023-11-07", "2023-11-21", "2023-12-05", "2023-12-12", "2023-12-30"],
        "a moved one keeps its name"
    );
}

#[test]
fn what_is_changed_from_some_time_on_is_changed_from_then_on() {
    let weekly =
        "SUMMARY:Giao ban\nDTSTART;TZID=Asia/Ho_Chi_Minh:20231107T080000\nDURATION:PT3H\nRRULE:FREQ=WEEKLY;COUNT=6";
    let later = "SUMMARY:Giao ban muộn\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Asia/Ho_Chi_Minh:20231121T080000\n\
                 DTSTART;TZID=Asia/Ho_Chi_Minh:20231123T140000\nDURATION:P1DT2H";
    let once = "SUMMARY:Giao ban sớm\nRECURRENCE-ID;TZID=Asia/Ho_Chi_Minh:20231128T080000\n\
                DTSTART;TZID=Asia/Ho_Chi_Minh:20231127T080000";
    let all = [event("g", weekly), event("g", later), event("g", once)].concat();
    let wanted = "Giao ban 2023-11-07..2023-12-15 | Giao ban 2023-11-07 | Giao ban 2023-11-14 | Giao ban muộn 2023-11-24 | \
                  Giao ban sớm 2023-11-27 | Giao ban muộn 2023-12-08 | Giao ban muộn 2023-12-15";
    assert_eq!(only(&all), [wanted], "two days later, into the next one; a single time is what it says itself");
    let (borrowed, _) = read(&ics(&all));
    let ids: Vec<&str> = borrowed.campaigns[0].milestones.iter().map(|one| one.id.as_str()).collect();
    let days = ["2023-11-07", "2023-11-14", "2023-11-21", "2023-11-28", "2023-12-05", "2023-12-12"];
    assert_eq!(ids, days, "moved ones keep their names");
    // The last word from some time on counts; called off from then on it is over.
    let again =
        later.replace("20231121", "20231205").replace("muộn", "trưa").replace("20231123T140000", "20231205T110000");
    let twice = [event("g", weekly), event("g", &again), event("g", later)].concat();
    assert!(
        only(&twice)[0].ends_with("Giao ban muộn 2023-12-01 | Giao ban trưa 2023-12-06 | Giao ban trưa 2023-12-13")
    );
    let over = [event("g", weekly), event("g", &format!("{later}\nSTATUS:CANCELLED"))].concat();
    assert_eq!(only(&over), ["Giao ban 2023-11-07..2023-11-14 | Giao ban 2023-11-07 | Giao ban 2023-11-14"]);
}

#[test]
fn a_task_that_recurs_is_due_each_time_as_long_after_it_could_be_begun_and_done_time_by_time() {
    let year = event("nam", "SUMMARY:Cả năm\nDTSTART;VALUE=DATE:20230101\nDTEND;VALUE=DATE:20240101");
    // From each Monday on, due on the Friday.
    let weekly = "SUMMARY:Tổng hợp\nDTSTART;VALUE=DATE:20231106\nDUE;VALUE=DATE:20231110\n\
                  RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4\nEXDATE;VALUE=DATE:20231120\nRELATED-TO:nam";
    let first = "SUMMARY:Tổng hợp\nRECURRENCE-ID;VALUE=DATE:20231106\nDTSTART;VALUE=DATE:20231106\n\
                 DUE;VALUE=DATE:20231110\nSTATUS:COMPLETED\nCOMPLETED:20231109T020000Z";
    let all = [year, todo("th", weekly), todo("th", first)].concat();
    let wanted = "Cả năm 2023-01-01..2023-12-31 | Tổng hợp 2023-11-10 | Tổng hợp 2023-11-17 | Tổng hợp 2023-12-01";
    assert_eq!(only(&all), [wanted]);
    let (borrowed, _) = read(&ics(&all));
    let ids: Vec<&str> = borrowed.campaigns[0].milestones.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["th~2023-11-06", "th~2023-11-13", "th~2023-11-27"], "by the day it could be begun");
    let done: Vec<(String, Option<Date>)> =
        borrowed.states.iter().map(|(id, state)| (id.to_string(), state.handed_in)).collect();
    assert_eq!(done, [("milestone:ics~nam/th~2023-11-06".to_owned(), Some(day("2023-11-09")))]);
    // Without a day to begin on the rule is that of the day it is due.
    let due = [
        event("nam", "SUMMARY:Cả năm\nDTSTART;VALUE=DATE:20230101\nDTEND;VALUE=DATE:20240101"),
        todo("th", "SUMMARY:Báo cáo\nDUE;VALUE=DATE:20231025\nRRULE:FREQ=MONTHLY"),
    ];
    let wanted = "Cả năm 2023-01-01..2023-12-31 | Báo cáo 2023-10-25 | Báo cáo 2023-11-25 | Báo cáo 2023-12-25";
    assert_eq!(only(&due.concat()), [wanted]);
}

#[test]
fn rules_stop_at_the_years_end_and_where_they_say() {
    let count = |rule: &str, start: &str| {
        let (borrowed, said) = read(&ics(&event("r", &format!("SUMMARY:R\nDTSTART{start}\nRRULE:{rule}"))));
        assert_eq!(said, Vec::<String>::new(), "{rule}");
        let milestones = borrowed.campaigns.first().map_or(0, |campaign| campaign.milestones.len());
        (milestones, borrowed.campaigns.first().map(|campaign| (campaign.from, campaign.to)))
    };
    let years = Some((day("2023-01-01"), day("2023-12-31")));
    assert_eq!(count("FREQ=DAILY", ";VALUE=DATE:19990101"), (365, years));
    assert_eq!(count("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20230401T000000Z", ";VALUE=DATE:20220128").0, 3);
    let until = count("FREQ=DAILY;UNTIL=20231103T005959Z", ";TZID=Asia/Ho_Chi_Minh:20231101T080000");
    assert_eq!(until.0, 2, "8 o'clock is 01:00 in UTC");
    assert_eq!(count("FREQ=DAILY;UNTIL=20231103T010000Z", ";TZID=Asia/Ho_Chi_Minh:20231101T080000").0, 3);
    assert_eq!(count("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20", ";VALUE=DATE:20001120").0, 1);
    assert_eq!(count("FREQ=DAILY", ";VALUE=DATE:20240101").0, 0);
}

#[test]
fn what_belongs_to_an_event_or_says_milestone_is_one_of_the_campaign_it_lies_in() {
    let all = [
        event("cd", "SUMMARY:Chiến dịch\nDTSTART;VALUE=DATE:20231115\nDTEND;VALUE=DATE:20231216"),
        event("dai", "SUMMARY:Cả năm\nDTSTART;VALUE=DATE:20230101\nDTEND;VALUE=DATE:20240101"),
        event("le", "SUMMARY:Lễ phát động\nDTSTART;VALUE=DATE:20231116\nCATEGORIES:Truyền thông,Mốc"),
        event("tk", "SUMMARY:Tổng kết\nDTSTART;VALUE=DATE:20231228\nRELATED-TO:cd"),
        event("le-2", "SUMMARY:Lẻ\nDTSTART;VALUE=DATE:20231225\nRELATED-TO;RELTYPE=SIBLING:cd"),
        todo("bc", "SUMMARY:Báo cáo\nDUE;VALUE=DATE:20231130\nSTATUS:IN-PROCESS"),
        todo(
            "xong",
            "SUMMARY:Xong\nDUE;VALUE=DATE:20231110\nRELATED-TO:cd\nSTATUS:COMPLETED\nCOMPLETED:20231108T180000Z",
        ),
        todo("thoi", "SUMMARY:Thôi\nDUE;VALUE=DATE:20231130\nSTATUS:CANCELLED"),
    ];
    let (borrowed, said) = read(&ics(&all.concat()));
    assert!(said.is_empty(), "{said:?}");
    let wanted = [
        "Cả năm 2023-01-01..2023-12-31",
        "Chiến dịch 2023-11-15..2023-12-15 | Xong 2023-11-10 | Lễ phát động 2023-11-16 | Báo cáo 2023-11-30 | Tổng kết 2023-12-28",
        "Lẻ 2023-12-25..2023-12-25",
    ];
    assert_eq!(told(&borrowed), wanted);
    let states: Vec<String> = borrowed
        .states
        .iter()
        .map(|(id, state)| format!("{id} {} {:?}", state.base.as_str(), state.handed_in.map(|on| on.to_string())))
        .collect();
    let wanted = [
        "milestone:ics~cd/xong done Some(\"2023-11-09\")",
        "milestone:ics~cd/le done Some(\"2023-11-16\")",
        "milestone:ics~cd/bc in-progress None",
    ];
    assert_eq!(states, wanted, "what took place is done; a task when it says so");
    let (borrowed, said) = read(&ics(&todo("a", "SUMMARY:A\nDUE:20231201T100000Z")));
    assert_eq!((borrowed, said), (Borrowed::default(), vec!["calendar-nowhere (count: 1)".to_owned()]));
}

#[test]
fn ids_stay_and_none_is_taken_twice() {
    let long = "x".repeat(200);
    let strange = "a/b:c d";
    let on = "SUMMARY:A\nDTSTART;VALUE=DATE:20231201";
    let text = ics(&[event(&long, on), event(strange, on), event("cd-001", on)].concat());
    let ids = |text: &str| -> Vec<String> { read(text).0.campaigns.iter().map(|one| one.id.to_string()).collect() };
    let first = ids(&text);
    assert_eq!(first, ids(&text.replace("SUMMARY:A", "SUMMARY:B")));
    assert!(
        first.contains(&"ics~cd-001".to_owned()) && first.iter().all(|id| id.len() <= 32 && !id.contains(['/', ':']))
    );
    assert_eq!(first.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
    let (twice, _) = read_all(&[&text, &text]);
    assert_eq!(twice.campaigns.len(), 3, "two calendars that share an event tell one");
    assert!(is_borrowed(&"milestone:ics~cd-001/M1".into()) && !is_borrowed(&"milestone:C1/M1".into()));
}

#[test]
fn who_is_named_leads_and_else_who_issued_the_plan() {
    let on = "DTSTART;VALUE=DATE:20231201";
    let lead =
        |lines: &str| read(&ics(&event("a", &format!("SUMMARY:A\n{on}\n{lines}")))).0.campaigns[0].lead.to_string();
    assert_eq!(lead("LOCATION:Ở đâu đó"), "ubnd");
    assert_eq!(lead("CATEGORIES:VHTTDL"), "vhttdl");
    assert_eq!(lead("ORGANIZER;CN=\"ldtbxh\":mailto:a@b.example"), "ldtbxh");
}

#[test]
fn letters_that_act_are_made_harmless_and_a_fold_within_a_letter_is_undone() {
    let mut bytes = ics(&event("a", "SUMMARY:Chiến dịch\nDTSTART;VALUE=DATE:20231201")).into_bytes();
    let at = bytes.windows(3).position(|some| some == "ế".as_bytes()).unwrap();
    bytes.splice(at + 1..at + 1, *b"\r\n ");
    let plan = planfile::sample().unwrap().plan;
    let reading = Reading { plan: &plan, zone: TimeZone::UTC, today: day("2023-11-20"), titles: &titles };
    let (borrowed, _) = calendar::read([(&Text::new("a"), bytes.as_slice())], &reading);
    assert_eq!(told(&borrowed), ["Chiến dịch 2023-12-01..2023-12-01"]);
    let bad = "SUMMARY:\u{1b}]0;x\u{7}A\\nB \u{202e}C\u{9b}2J\nLOCATION:\u{1b}[2J\nDTSTART;VALUE=DATE:20231201";
    let (borrowed, _) = read(&ics(&event("\u{1b}\u{202e}", bad)));
    let campaign = &borrowed.campaigns[0];
    for text in [campaign.title.get("vi"), campaign.id.as_str(), campaign.source.as_ref().unwrap().as_str()] {
        assert!(text.chars().all(|letter| !letter.is_control() && letter != '\u{202e}'), "{text:?}");
    }
}

#[test]
fn a_hostile_calendar_is_cut_within_limits_and_each_limit_is_said() {
    let on = "SUMMARY:A\nDTSTART:19000101T000000Z";
    let said = |components: &str| read(&ics(components)).1;
    assert_eq!(said(&event("a", &format!("{on}\nRRULE:FREQ=SECONDLY"))), ["calendar-rule (count: 1)"]);
    let bursts = "RRULE:FREQ=YEARLY;BYHOUR=0,1,2,3;BYMINUTE=1,2,3;BYSECOND=1,2,3";
    assert_eq!(said(&event("a", &format!("{on}\n{bursts}"))), Vec::<String>::new(), "times of a day do not count");
    assert_eq!(said(&event("a", &format!("{on}\nRRULE:FREQ=DAILY"))), ["calendar-endless (count: 1)"]);
    let never = "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31";
    assert_eq!(said(&event("a", &format!("{on}\n{never}"))), Vec::<String>::new());
    for wrong in [
        "FREQ=",
        "FREQ=DAILY;BYDAY=\u{1b}",
        "X",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=99999999999999999999",
        "FREQ=DAILY;BYSETPOS=1",
    ] {
        let (borrowed, _) = read(&ics(&event("a", &format!("SUMMARY:A\nDTSTART;VALUE=DATE:20231201\nRRULE:{wrong}"))));
        assert!(borrowed.campaigns.len() <= 1, "{wrong}");
    }
    let many: String = (0..400).map(|at| event(&format!("e{at}"), &format!("{on}\nRRULE:FREQ=YEARLY"))).collect();
    assert_eq!(said(&many), ["calendar-endless (count: 100)"]);
    let deep = format!("{}{}", "BEGIN:X\n".repeat(50_000), "END:X\n".repeat(50_000));
    assert_eq!(said(&deep).len(), 1);
    let million: String =
        (0..30_000).map(|at| format!("BEGIN:VEVENT\nUID:e{at}\nDTSTART;VALUE=DATE:20231201\nEND:VEVENT\n")).collect();
    let (borrowed, said) = read(&ics(&million));
    assert_eq!(borrowed.campaigns.len(), 1_000);
    assert_eq!(said, ["calendar-many (count: 10000, most: 20000)", "calendar-full (count: 19000, most: 1000)"]);
    let folded = format!("SUMMARY:A{}\nDTSTART;VALUE=DATE:20231201", "\n b".repeat(200_000));
    let (borrowed, _) = read(&ics(&event("a", &folded)));
    assert!(borrowed.campaigns[0].title.get("vi").chars().count() <= 300);
    let dates: String =
        (0..50_000).map(|at| format!("RDATE;VALUE=DATE:2023{:02}{:02}\n", at % 12 + 1, at % 28 + 1)).collect();
    let (borrowed, _) = read(&ics(&event("a", &format!("SUMMARY:A\nDTSTART;VALUE=DATE:20230101\n{dates}"))));
    assert!(borrowed.campaigns[0].milestones.len() <= 366);
    assert_eq!(self::said_of("BEGIN:VEVENT\nSUMMARY:A\nDTSTART:never\nEND:VEVENT"), ["calendar-no-day (count: 1)"]);
}

fn said_of(components: &str) -> Vec<String> {
    read(&ics(components)).1
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_calendar_breaks_its_reader(
        lines in prop::collection::vec(
            prop_oneof![
                Just("BEGIN:VEVENT".to_owned()), Just("END:VEVENT".to_owned()), Just("BEGIN:VTODO".to_owned()),
                Just("END:VTODO".to_owned()), Just("UID:a".to_owned()), Just("SUMMARY:Ắ".to_owned()),
                "(DTSTART|DTEND|DUE|RECURRENCE-ID|EXDATE|RDATE)(;VALUE=DATE|;TZID=Asia/Ho_Chi_Minh|;TZID=x|)?:(2023|0000|9999|1900)(11|02|13)(30|01|00)(T[0-2][0-9]3000Z?)?",
                "RRULE:FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY);(INTERVAL=[0-9]{1,5};)?(COUNT=[0-9]{1,6};)?(BYDAY=-?[0-9]?(MO|FR);)?(BYMONTHDAY=-?[0-9]{1,2};)?(BYSETPOS=-?[0-9]{1,3};)?(BYWEEKNO=[0-9]{1,2};)?(BYYEARDAY=-?[0-9]{1,3};)?(UNTIL=20230101(T000000Z)?)?",
                "DURATION:-?P[0-9]{1,9}[WD]", "DURATION:PT[0-9]{1,12}[HMS]", "[A-Z;:=\\\\,\"]{0,40}", "\\PC{0,30}",
            ],
            0..24,
        ),
    ) {
        let _ = read(&ics(&lines.join("\n")));
    }
}

// The source with calendars before it.

struct Office {
    ledger: Arc<MemoryLedger>,
    folder: TempDir,
    clock: Arc<AtomicI64>,
}

impl Office {
    async fn new() -> Self {
        let planfile::Loaded { plan, mut journal, .. } = planfile::sample().unwrap();
        journal.retain(|entry| entry.recorded_at() <= now());
        let ledger = MemoryLedger::new();
        let id = plan.id.clone();
        let issued = "2023-03-21T08:00:00+07:00".parse().unwrap();
        ledger.lay_down(plan, &ActorId::from("ubnd"), issued, EntryId(Uuid::now_v7())).await.unwrap();
        ledger.import(&id, journal).await.unwrap();
        let clock = Arc::new(AtomicI64::new(now().as_second()));
        Office { ledger: Arc::new(ledger), folder: tempfile::tempdir().unwrap(), clock }
    }

    async fn plain(&self) -> Arc<dyn Source> {
        let ledger = Arc::clone(&self.ledger);
        Arc::new(Embedded::choose(ledger, None, ActorId::from("me"), Duration::from_millis(5)).await.unwrap())
    }

    fn file(&self) -> String {
        self.folder.path().join("chien-dich.ics").display().to_string()
    }

    fn write(&self, text: &str) {
        fs::write(self.file(), text).unwrap();
    }

    fn kept(&self, address: &str) -> KeptCalendar {
        KeptCalendar::new(&self.folder.path().join("cache"), address, "")
    }

    async fn over(&self, settings: CalendarSettings, interval: Duration) -> Arc<dyn Source> {
        let kept = self.kept(&settings.address);
        let password = settings.token.find(false).await.unwrap();
        let calendar = Calendar::new(settings, password).unwrap();
        let calendars = Calendars::watch(vec![(calendar, Some(kept))], interval);
        let clock = Arc::clone(&self.clock);
        let clock = Arc::new(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap());
        laid_over::before(self.plain().await, calendars, Arc::new(titles), clock, Duration::from_secs(5))
    }

    async fn over_file(&self) -> Arc<dyn Source> {
        self.over(at(&self.file()), Duration::from_millis(10)).await
    }
}

fn at(address: &str) -> CalendarSettings {
    CalendarSettings { address: address.to_owned(), token: TokenFrom::Nowhere, ca_file: None, language: "vi" }
}

async fn whole(source: &dyn Source, cursor: Option<u64>) -> Snapshot {
    let Fetched::Whole(snapshot) = source.fetch(cursor).await.unwrap() else { panic!("everything") };
    *snapshot
}

fn borrowed_titles(snapshot: &Snapshot) -> Vec<String> {
    let all = snapshot.outline.plan.campaigns.iter().filter(|campaign| is_borrowed(&ItemId::campaign(&campaign.id)));
    all.map(|campaign| campaign.title.get("vi").to_owned()).collect()
}

/// What there is to tell.
fn said(heard: Heard) -> Vec<Sentence> {
    heard.notices.into_iter().map(|notice| notice.said).collect()
}

/// What is told next, once something is.
async fn heard(source: &dyn Source) -> Vec<String> {
    let mut changed = source.changed();
    loop {
        let notices = source.heard().notices;
        if !notices.is_empty() {
            return notices.iter().map(|notice| notice.said.id.to_owned()).collect();
        }
        let _ = tokio::time::timeout(Duration::from_millis(20), changed.next()).await;
    }
}

/// Waits until there is another whole.
async fn another(source: &dyn Source, cursor: u64) -> Snapshot {
    let mut changed = source.changed();
    loop {
        if let Fetched::Whole(snapshot) = source.fetch(Some(cursor)).await.unwrap() {
            return *snapshot;
        }
        let _ = tokio::time::timeout(Duration::from_millis(20), changed.next()).await;
    }
}

const CAMPAIGN: &str = "SUMMARY:Số hóa hồ sơ\nDTSTART;VALUE=DATE:20231117\nDTEND;VALUE=DATE:20231203";
const WEEKLY: &str = "SUMMARY:Giao ban\nDTSTART;VALUE=DATE:20231107\nRRULE:FREQ=WEEKLY;COUNT=5";

fn entry(item: &str, verb: Verb) -> Entry {
    let mut entry = Entry::new(EntryId(Uuid::now_v7()), item.into(), verb, day("2023-11-20"), now());
    entry.note = Some("ghi chú".into());
    entry
}

#[tokio::test]
async fn the_plan_carries_the_campaigns_and_everything_that_happened_stays() {
    let office = Office::new().await;
    office.write(&ics(&[event("cd", CAMPAIGN), event("gb", WEEKLY)].concat()));
    let (source, plain) = (office.over_file().await, office.plain().await);
    let (laid, bare) = (whole(&*source, None).await, whole(&*plain, None).await);
    assert_eq!(borrowed_titles(&laid), ["Giao ban", "Số hóa hồ sơ"]);
    assert_eq!(laid.cursor, bare.cursor);
    for item in &bare.items {
        let same = laid.item(&item.id).unwrap();
        assert_eq!(
            (&same.state, same.due, same.original_due),
            (&item.state, item.due, item.original_due),
            "{}",
            item.id
        );
    }
    assert_eq!(laid.items.len(), bare.items.len() + 5);
    assert_eq!(laid.withdrawn, bare.withdrawn);
    let base = |day: &str| laid.item(&format!("milestone:ics~gb/{day}").as_str().into()).unwrap().state.base;
    assert_eq!((base("2023-11-14"), base("2023-11-21")), (Base::Done, Base::NotStarted));
    let then = source.at(now() - SignedDuration::from_hours(24 * 14)).await.unwrap();
    assert_eq!(borrowed_titles(&then).len(), 2);
    assert_eq!(
        then.item(&"milestone:ics~gb/2023-11-14".into()).unwrap().state.base,
        Base::NotStarted,
        "it was to come"
    );
    let past = source.past(day("2023-11-20")).await.unwrap();
    assert_eq!(past, plain.past(day("2023-11-20")).await.unwrap());
}

#[tokio::test]
async fn deltas_pass_and_only_another_calendar_or_another_day_gives_everything_anew() {
    let office = Office::new().await;
    office.write(&ics(&event("gb", WEEKLY)));
    let source = office.over_file().await;
    let first = whole(&*source, None).await;
    assert!(matches!(source.fetch(Some(first.cursor)).await.unwrap(), Fetched::Unchanged));
    let task = first.items.iter().find(|item| item.id.as_str().starts_with("task:")).unwrap().id.clone();
    let answers = source.send(&[entry(task.as_str(), Verb::Note)], now()).await.unwrap();
    assert!(matches!(answers[..], [Admission::Applied { .. }]));
    let Fetched::Entries(delta) = source.fetch(Some(first.cursor)).await.unwrap() else { panic!("a delta") };
    let mut laid = first;
    laid.apply_delta(delta);
    assert_eq!(laid.item(&task).unwrap().state.notes, 1);
    office.write(&ics(&event("cd", CAMPAIGN)));
    let laid = another(&*source, laid.cursor).await;
    assert_eq!(borrowed_titles(&laid), ["Số hóa hồ sơ"]);
    assert_eq!(laid.item(&task).unwrap().state.notes, 1);
    // The same, written anew.
    office.write(&ics(&event("cd", &format!("{CAMPAIGN}\nLOCATION:"))));
    tokio::time::timeout(Duration::from_secs(5), source.changed().next()).await.ok();
    assert!(matches!(source.fetch(Some(laid.cursor)).await.unwrap(), Fetched::Unchanged), "it says the same");
    office.write(&ics(&event("gb", WEEKLY)));
    let laid = another(&*source, laid.cursor).await;
    office.clock.fetch_add(2 * 86_400, Ordering::Relaxed);
    let laid = another(&*source, laid.cursor).await;
    assert_eq!(laid.item(&"milestone:ics~gb/2023-11-21".into()).unwrap().state.base, Base::Done, "it took place");
}

#[tokio::test(start_paused = true)]
async fn another_day_is_told_of_though_nothing_changed() {
    let office = Office::new().await;
    office.write(&ics(&event("gb", WEEKLY)));
    let source = office.over(at(&office.file()), Duration::from_secs(300)).await;
    let laid = whole(&*source, None).await;
    let mut changed = source.changed();
    office.clock.fetch_add(2 * 86_400, Ordering::Relaxed);
    loop {
        changed.next().await.unwrap();
        if let Fetched::Whole(snapshot) = source.fetch(Some(laid.cursor)).await.unwrap() {
            assert_eq!(snapshot.item(&"milestone:ics~gb/2023-11-21".into()).unwrap().state.base, Base::Done);
            break;
        }
    }
}

#[tokio::test]
async fn a_calendar_that_is_gone_or_broken_leaves_the_last_good_one_and_is_told_once() {
    let office = Office::new().await;
    let source = office.over_file().await;
    let bare = whole(&*source, None).await;
    assert_eq!(borrowed_titles(&bare), Vec::<String>::new(), "the plan is there without it");
    assert_eq!(heard(&*source).await, ["calendar-failed"]);
    office.write(&ics(&event("cd", CAMPAIGN)));
    let laid = another(&*source, bare.cursor).await;
    for broken in ["<html>sign in</html>", &ics(&event("cd", CAMPAIGN))[..100], ""] {
        office.write(broken);
        assert_eq!(heard(&*source).await, ["calendar-failed-kept"], "{broken}");
        assert!(matches!(source.fetch(Some(laid.cursor)).await.unwrap(), Fetched::Unchanged));
        assert_eq!(borrowed_titles(&whole(&*source, None).await), ["Số hóa hồ sơ"]);
        assert_eq!(source.heard().notices, Vec::new(), "once");
        office.write(&ics(&event("cd", &format!("{CAMPAIGN}\nLOCATION:{}", broken.len()))));
        another(&*source, laid.cursor).await;
    }
    fs::remove_file(office.file()).unwrap();
    assert_eq!(heard(&*source).await, ["calendar-failed-kept"]);
    drop(source);
    let again = office.over_file().await;
    assert_eq!(borrowed_titles(&whole(&*again, None).await), ["Số hóa hồ sơ"], "kept for a start without it");
}

#[tokio::test]
async fn what_is_borrowed_is_nobodys_to_act_on_and_is_never_laid_down() {
    let office = Office::new().await;
    office.write(&ics(&event("gb", WEEKLY)));
    let source = office.over_file().await;
    let laid = whole(&*source, None).await;
    let id: ItemId = "milestone:ics~gb/2023-11-21".into();
    let item = laid.item(&id).unwrap();
    for deed in Deed::ALL {
        assert_eq!(Takes::default().deed(deed, item), Err(Refusal::Borrowed), "{deed:?}");
    }
    assert!(source.entries(&Filter { item: Some(id.clone()), ..Filter::default() }).await.unwrap().entries.is_empty());
    let task = laid.items.iter().find(|item| item.id.as_str().starts_with("task:")).unwrap().id.clone();
    let both = [entry(id.as_str(), Verb::Note), entry(task.as_str(), Verb::Note)];
    let answers = source.send(&both, now()).await.unwrap();
    assert!(matches!(answers[..], [Admission::Refused(Refusal::Borrowed), Admission::Applied { .. }]), "{answers:?}");
    let seen = Arc::clone(&laid.outline.plan);
    let mut plan = (*seen).clone();
    plan.tasks[0].title = "Tên khác".into();
    let amendment = Amendment { seen, plan, reason: "sửa".into(), reverses: None };
    source.amend(&amendment, EntryId(Uuid::now_v7()), now()).await.unwrap();
    let bare = whole(&*office.plain().await, None).await;
    assert_eq!(bare.outline.plan.tasks[0].title, "Tên khác".into());
    assert_eq!(borrowed_titles(&bare), Vec::<String>::new());
    assert_eq!(borrowed_titles(&whole(&*source, None).await), ["Giao ban"]);
}

#[test]
fn the_menu_says_why_nothing_can_be_done_about_a_borrowed_milestone() {
    let (borrowed, _) = read(&ics(&event("gb", WEEKLY)));
    let laid = snapshot().with_borrowed(&borrowed);
    let mut app = App::started((120, 36));
    app.effects.clear();
    app.fetched(Ticket(1), Fetched::Whole(Box::new(laid)));
    app.keys("4 enter");
    assert_eq!(app.rows().len(), 5, "{:?}", app.rows());
    app.keys("a");
    let said = app.model.messages.all().next().unwrap().sentence.clone();
    assert!(said.to_string().contains("refusal-borrowed"), "{said}");
    assert!(app.effects.iter().all(|effect| !matches!(effect, Effect::Act { .. })), "nothing is handed in");
    app.keys("m");
    let choices = tiendo::app::dialog::choices(&app.model);
    let impossible = choices.iter().filter_map(|choice| {
        let Label::Impossible(_, why) = &choice.label else { return None };
        Some(why.id)
    });
    let impossible: Vec<&str> = impossible.collect();
    assert_eq!(impossible, vec!["refusal-borrowed"; Deed::ALL.len()], "every deed says why");
}

// Servers.

/// A server that answers requests one after the other: status line and headers, body. What was asked is kept.
struct Answers {
    url: String,
    asked: watch::Sender<Vec<String>>,
    says: Arc<Mutex<(String, String)>>,
}

impl Answers {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/lich/cd.ics?export", listener.local_addr().unwrap());
        let answers = Answers { url, asked: watch::Sender::default(), says: Arc::default() };
        let (asked, says) = (answers.asked.clone(), Arc::clone(&answers.says));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (asked, says) = (asked.clone(), Arc::clone(&says));
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    let mut some = [0; 4096];
                    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
                        match stream.read(&mut some).await {
                            Ok(count @ 1..) => head.extend_from_slice(&some[..count]),
                            Ok(_) | Err(_) => return,
                        }
                    }
                    let (mut status, mut body) = says.lock().unwrap().clone();
                    let head = String::from_utf8_lossy(&head).to_lowercase();
                    if let Some((_, tag)) = status.split_once("etag: ")
                        && head.contains(&format!("if-none-match: {tag}"))
                    {
                        (status, body) = (format!("304 Not Modified\r\netag: {tag}"), String::new());
                    }
                    asked.send_modify(|asked| asked.push(head));
                    let length = body.len();
                    let answer =
                        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
                    let _ = stream.write_all(answer.as_bytes()).await;
                });
            }
        });
        answers
    }

    fn say(&self, status: &str, body: &str) {
        *self.says.lock().unwrap() = (status.to_owned(), body.to_owned());
    }

    /// Waits until it was asked so many times more.
    async fn is_asked(&self, times: usize) -> Vec<String> {
        self.asked.send_replace(Vec::new());
        self.asked.subscribe().wait_for(|asked| asked.len() >= times).await.unwrap().clone()
    }
}

const OK: &str = "200 OK\r\ncontent-type: text/calendar; charset=utf-8";
const SOON: Duration = Duration::from_millis(10);

#[tokio::test]
async fn a_server_is_asked_only_for_what_is_new_and_one_that_sends_it_all_again_changes_nothing() {
    let (office, server) = (Office::new().await, Answers::new().await);
    server.say(&format!("{OK}\r\netag: \"1\""), &ics(&event("cd", CAMPAIGN)));
    let source = office.over(at(&server.url), SOON).await;
    let laid = whole(&*source, None).await;
    assert_eq!(borrowed_titles(&laid), ["Số hóa hồ sơ"]);
    let asked = server.is_asked(2).await.pop().unwrap();
    assert!(asked.starts_with("get /lich/cd.ics?export http/1.1") && asked.contains("if-none-match: \"1\""), "{asked}");
    assert!(!asked.contains("authorization"), "{asked}");
    server.say(&format!("{OK}\r\nlast-modified: Mon, 20 Nov 2023 01:00:00 GMT"), &ics(&event("cd", CAMPAIGN)));
    let asked = server.is_asked(3).await.pop().unwrap();
    assert!(asked.contains("if-modified-since: mon, 20 nov 2023 01:00:00 gmt"), "{asked}");
    assert!(matches!(source.fetch(Some(laid.cursor)).await.unwrap(), Fetched::Unchanged), "the same content");
    server.say(OK, &ics(&event("gb", WEEKLY)));
    assert_eq!(borrowed_titles(&another(&*source, laid.cursor).await), ["Giao ban"]);
}

#[tokio::test]
async fn whatever_a_server_answers_instead_the_last_good_calendar_stays() {
    let (office, server) = (Office::new().await, Answers::new().await);
    server.say(OK, &ics(&event("cd", CAMPAIGN)));
    let source = office.over(at(&server.url), SOON).await;
    assert_eq!(borrowed_titles(&whole(&*source, None).await), ["Số hóa hồ sơ"]);
    let elsewhere = "302 Found\r\nlocation: https://login.example/?next=x";
    for (status, body) in [
        ("200 OK\r\ncontent-type: text/html", "<html>"),
        (OK, "{}"),
        (OK, "BEGIN:VCALENDAR\r\n"),
        ("401 Unauthorized", ""),
        ("404 Not Found", ""),
        ("503 Service Unavailable", ""),
        (elsewhere, ""),
        ("200 OK\r\ncontent-encoding: gzip", "no gzip"),
    ] {
        server.say(status, body);
        assert_eq!(heard(&*source).await, ["calendar-failed-kept"], "{status}");
        assert_eq!(borrowed_titles(&whole(&*source, None).await), ["Số hóa hồ sơ"]);
        server.is_asked(2).await;
        assert_eq!(source.heard().notices, Vec::new(), "once: {status}");
        server.say(OK, &ics(&event("cd", CAMPAIGN)));
        server.is_asked(2).await;
    }
    drop(source);
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap();
    drop(nobody);
    server.say("503 Service Unavailable", "");
    let again = office.over(at(&server.url), SOON).await;
    assert_eq!(borrowed_titles(&whole(&*again, None).await), ["Số hóa hồ sơ"], "kept");
}

#[tokio::test]
async fn a_server_that_says_nothing_holds_up_nobody() {
    let office = Office::new().await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = at(&format!("http://{}/", silent.local_addr().unwrap()));
    let calendar = Calendar::new(settings, None).unwrap();
    let calendars = Calendars::watch(vec![(calendar, None)], SOON);
    let clock = Arc::new(now);
    let source = laid_over::before(office.plain().await, calendars, Arc::new(titles), clock, Duration::from_millis(50));
    let fetched = tokio::time::timeout(Duration::from_secs(5), source.fetch(None)).await.expect("it does not wait");
    assert!(matches!(fetched.unwrap(), Fetched::Whole(_)));
}

#[tokio::test]
async fn a_password_is_shown_to_its_server_as_basic_and_nowhere_else() {
    let (office, server) = (Office::new().await, Answers::new().await);
    server.say(OK, &ics(&event("cd", CAMPAIGN)));
    let password = TokenFrom::Config(Secret::new("canary"));
    let token = TokenFrom::Of("lich".into(), Box::new(password));
    let source = office.over(CalendarSettings { token, ..at(&server.url) }, SOON).await;
    whole(&*source, None).await;
    let asked = server.is_asked(1).await.pop().unwrap();
    // `lich:canary`
    assert!(asked.contains(&format!("authorization: basic {}", "bGljaDpjYW5hcnk=".to_lowercase())), "{asked}");
    for file in fs::read_dir(office.folder.path().join("cache")).unwrap() {
        let path = file.unwrap().path();
        assert!(!String::from_utf8_lossy(&fs::read(&path).unwrap()).contains("canary"));
        assert!(!tiendo::own_files::is_open_to_others(&path).unwrap());
    }
    server.say("401 Unauthorized", "");
    let told = loop {
        if let Some(said) = source.heard().notices.pop() {
            break said.said.to_string();
        }
        server.is_asked(1).await;
    };
    assert!(
        told.contains("calendar-denied") && told.contains("source-token-config") && !told.contains("canary"),
        "{told}"
    );
}

// The config, and the real program.

fn wrong(lines: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tiendo.toml");
    fs::write(&path, format!("[[source]]\nname = \"a\"\n{lines}")).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    match Config::gather(Some(&path), Layer::default(), &|_| None) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn what_is_wrong_with_calendars_in_the_config_is_said_and_no_secret_with_it() {
    assert_eq!(wrong("overlays = [\"a.ics\", \"https://a.example/x.ics?export\", \"webcal://a.example/y\"]"), "");
    assert_eq!(wrong("overlays = [\"https://a.example/x\"]\noverlay_user = \"u\"\noverlay_token = \"canary\""), "");
    for (lines, why) in [
        ("overlays = [\"https://me:canary@a.example/x\"]", "config-source-secret-in-url"),
        ("overlays = [\"http://a.example/x\"]", "config-source-plain"),
        ("overlays = [\"ftp://a.example/x\"]", "config-source-url"),
        ("overlays = [\"\"]", "config-overlay-empty"),
        ("overlays = [\"a\"]\noverlay_token = \"canary\"", "config-overlay-no-user"),
        ("overlays = [\"a\"]\noverlay_user = \"u:v\"\noverlay_token = \"canary\"", "config-overlay-user"),
        (
            "overlays = [\"a\"]\noverlay_user = \"u\"\noverlay_token = \"canary\"\noverlay_token_file = \"f\"",
            "config-overlay-tokens",
        ),
        (
            "overlays = [\"https://a.example/x\", \"https://b.example/x\"]\noverlay_user = \"u\"",
            "config-overlay-servers",
        ),
    ] {
        let said = wrong(lines);
        assert!(said.contains(why), "{lines}: {said}");
        assert!(!said.contains("canary"), "{said}");
    }
}

#[test]
fn commands_show_the_campaigns_in_either_language_and_say_what_is_wrong() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("lich.ics");
    let tentative = "SUMMARY:Trồng cây\nDTSTART;VALUE=DATE:20231225\nSTATUS:TENTATIVE";
    fs::write(&file, ics(&[event("gb", WEEKLY), event("tc", tentative), event("x", "SUMMARY:X")].concat())).unwrap();
    let config = home.path().join("tiendo.toml");
    fs::write(&config, format!("[[source]]\nname = \"a\"\noverlays = [\"{}\"]\n", file.display())).unwrap();
    let run = |line: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
        command.args(line).env_clear().env("HOME", home.path()).env("TIENDO_DATA", home.path().join("data"));
        command.env("TIENDO_CONFIG", &config).env("TIENDO_ME", "me").stdin(Stdio::null());
        let output = command.output().unwrap();
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        (output.status.code().unwrap(), out, err)
    };
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/plans/binh-phuoc-2023.toml");
    assert_eq!(run(&["import", plan.to_str().unwrap(), "--yes"]).0, 0);
    let (code, out, err) = run(&["campaigns", "--at", "2023-11-20", "--lang", "vi"]);
    assert!(code == 0 && out.contains("Trồng cây (dự kiến)") && out.contains("Giao ban"), "{out}{err}");
    assert!(err.contains("Lịch chung lich.ics") && err.contains("bỏ qua 1 sự kiện"), "{err}");
    let (_, out, err) = run(&["campaigns", "--at", "2023-11-20", "--lang", "en"]);
    assert!(out.contains("Trồng cây (tentative)") && err.contains("lich.ics: one event is left out"), "{out}{err}");
    let (_, out, _) = run(&["check", "--lang", "en"]);
    assert!(out.contains("source: Calendar lich.ics: one event"), "{out}");
    let (code, out, err) = run(&["act", "note", "milestone:ics~gb/2023-11-21", "--note", "x", "--lang", "en", "--yes"]);
    assert!(code != 0 && format!("{out}{err}").contains("from a shared calendar: view only"), "{code} {out}{err}");
}

/// A real one, which `tests/peers/radicale.sh` starts; none, said aloud, where this machine has not got it.
struct Radicale {
    child: Child,
    said: Vec<(String, String)>,
}

impl Radicale {
    fn start() -> Option<Self> {
        let skipped = |why| skip::skipped("a real Radicale", why);
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/radicale.sh");
        let mut command = Command::new("/usr/bin/env");
        command.arg("bash").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let Ok(mut child) = command.spawn() else { return skipped("there is no bash") };
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let said: Vec<(String, String)> = lines
            .take_while(|line| line != "ready")
            .filter_map(|line| line.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())))
            .collect();
        if said.is_empty() {
            assert_eq!(child.wait().unwrap().code(), Some(77), "Radicale did not start");
            return skipped("it cannot be had (Debian: radicale curl)");
        }
        Some(Radicale { child, said })
    }

    fn said(&self, name: &str) -> &str {
        &self.said.iter().find(|(said, _)| said == name).unwrap().1
    }

    fn settings(&self, password: &str) -> CalendarSettings {
        let password = TokenFrom::Config(Secret::new(password));
        let token = TokenFrom::Of(self.said("USER").to_owned(), Box::new(password));
        CalendarSettings { token, ..at(self.said("URL")) }
    }

    async fn put(&self, uid: &str, text: &str) {
        let url = format!("{}{uid}.ics", self.said("URL"));
        let request = reqwest::Client::new().put(url).basic_auth(self.said("USER"), Some(self.said("PASSWORD")));
        let request = request.header("content-type", "text/calendar; charset=utf-8").body(text.to_owned());
        assert_eq!(request.send().await.unwrap().status().as_u16(), 201);
    }
}

impl Drop for Radicale {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_real_calendar_server_is_read_as_it_is_and_as_it_changes() {
    let Some(server) = Radicale::start() else { return };
    let office = Office::new().await;
    let source = office.over(server.settings(server.said("PASSWORD")), SOON).await;
    let bare = whole(&*source, None).await;
    assert_eq!((borrowed_titles(&bare), source.heard().notices), (Vec::new(), Vec::new()), "an empty calendar is one");
    let place = "SUMMARY:Tiêm chủng\nDTSTART;VALUE=DATE:20231124\nDTEND;VALUE=DATE:20231130\nLOCATION:Xã A\\, phường B";
    server.put("cd-003", &ics(&event("cd-003", place))).await;
    let laid = another(&*source, bare.cursor).await;
    let campaign = laid.outline.plan.campaigns.last().unwrap();
    assert_eq!((campaign.id.as_str(), campaign.to), ("ics~cd-003", day("2023-11-29")));
    assert!(campaign.source.as_ref().unwrap().ends_with(" · Xã A, phường B"), "{:?}", campaign.source);
    let zone = "BEGIN:VTIMEZONE\nTZID:Asia/Ho_Chi_Minh\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0700\n\
                TZOFFSETTO:+0700\nTZNAME:+07\nEND:STANDARD\nEND:VTIMEZONE\n";
    let weekly = "SUMMARY:Giao ban tiến độ\nDTSTART;TZID=Asia/Ho_Chi_Minh:20231122T080000\nDURATION:PT3H\nRRULE:FREQ=WEEKLY;COUNT=6";
    server.put("cd-006", &ics(&format!("{zone}{}", event("cd-006", weekly)))).await;
    let laid = another(&*source, laid.cursor).await;
    assert_eq!(borrowed_titles(&laid), ["Giao ban tiến độ", "Tiêm chủng"]);
    assert_eq!(
        laid.outline.plan.campaigns.iter().find(|one| one.id.as_str() == "ics~cd-006").unwrap().milestones.len(),
        6
    );
    assert!(
        matches!(source.fetch(Some(laid.cursor)).await.unwrap(), Fetched::Unchanged),
        "it sends everything each time"
    );
    let stranger = office.over(CalendarSettings { ..server.settings("wrong") }, SOON).await;
    whole(&*stranger, None).await;
    assert!(heard(&*stranger).await[0].starts_with("calendar-failed"));
}
