//! Letters: one per agency, in the wording of the highest rung, in both languages, nothing left unfilled or unescaped.

use crate::post;
use std::sync::Arc;

use jiff::civil::date;
use proptest::prelude::*;
use tiendo::{
    domain::{id::ItemId, plan::Plan, snapshot::Snapshot},
    letters::{Composed, LEVELS, Occasion, Templates, compose},
    planfile,
    words::{LANGUAGES, Language, Words},
};

const OFFICE: &str = "Sở LĐTBXH";

fn written(snapshot: &Snapshot, language: usize, chosen: &[(&str, u8)]) -> Composed {
    let (words, templates) = (Words::new(&LANGUAGES[language]), Templates::load(None).unwrap());
    let occasion = Occasion {
        snapshot,
        today: date(2023, 11, 20),
        words: &words,
        templates: &templates,
        office: OFFICE,
        answer_working_days: 5,
    };
    let chosen: Vec<(ItemId, u8)> = chosen.iter().map(|(item, level)| ((*item).into(), *level)).collect();
    compose(&occasion, &chosen)
}

fn sample() -> Snapshot {
    let loaded = planfile::sample().unwrap();
    let until = "2023-11-20T08:00:00+07:00".parse().unwrap();
    let journal: Vec<_> = loaded.journal.iter().filter(|entry| entry.recorded_at() <= until).collect();
    Snapshot::replay(Arc::new(loaded.plan), journal)
}

#[test]
fn an_agency_gets_one_letter_in_the_wording_of_the_highest_rung() {
    let chosen =
        [("report:R6/2023-H1/bdo", 2), ("report:R4/2023-Q3/bgm", 1), ("report:R4/2023-Q3/bdo", 1), ("task:no-such", 1)];
    let composed = written(&sample(), 0, &chosen);
    let of: Vec<(&str, u8, usize)> =
        composed.letters.iter().map(|letter| (letter.agency.as_str(), letter.level, letter.items.len())).collect();
    assert_eq!(of, [("bdo", 2, 2), ("bgm", 1, 1)]);
    let [bdo, bgm] = composed.letters.as_slice() else { panic!() };
    assert!(bdo.subject.starts_with("Đôn đốc lần 2: 2 báo cáo"), "{}", bdo.subject);
    assert_eq!(bdo.items, [("report:R6/2023-H1/bdo".into(), 2), ("report:R4/2023-Q3/bdo".into(), 1)], "each its own");
    for said in [
        "Kính gửi: UBND huyện Bù Đốp",
        "Kế hoạch số 95/KH-UBND ngày 21/03/2023",
        "1. Báo cáo Dự án 8 – 6 tháng đầu năm 2023\n",
        "Thời hạn: 19/06/2023 (văn bản ghi: trước ngày 18/6/2023)",
        "Quá hạn: 154 ngày (108 ngày làm việc)",
        "Đã đôn đốc: 1 lần, gần nhất ngày 21/06/2023",
        "trước ngày 27/11/2023",
        "không thay thế công văn",
    ] {
        assert!(bdo.text.contains(said), "{said}\n{}", bdo.text);
    }
    assert!(bgm.text.contains("1. Báo cáo quý III (9 tháng)\n"), "the name says the period: {}", bgm.text);
    assert!(bgm.text.contains("Đã đôn đốc: chưa"));
    assert!(bgm.preview(&Words::new(&LANGUAGES[0])).starts_with("Kính gửi: UBND huyện Bù Gia Mập <bgm@mau.invalid>\n"));
}

#[test]
fn every_rung_is_whole_in_every_language() {
    let snapshot = sample();
    for (language, Language { tag, .. }) in LANGUAGES.iter().enumerate() {
        for level in 1..=LEVELS + 1 {
            let composed = written(&snapshot, language, &[("report:R4/2023-Q3/bdo", level), ("task:N49", level)]);
            let letter = &composed.letters[0];
            for part in [letter.subject.as_str(), &letter.text, &letter.html] {
                assert!(!part.contains(['{', '}']) && !part.contains("letter-"), "{tag} {level}: {part}");
            }
            assert!(letter.subject.contains(&level.to_string()) && letter.text.contains(OFFICE));
            assert_eq!(letter.html.matches("<tr>").count(), 3, "a heading and two items");
            assert!(letter.html.contains(&format!("<html lang=\"{tag}\">")));
            // No number and no signature are pretended.
            assert!(!letter.text.contains("Số:") && !letter.text.contains("(đã ký)"));
        }
    }
}

#[test]
fn nobody_is_dropped_in_silence() {
    let plan: Plan = serde_json::from_value(post::plan()).unwrap();
    let composed = written(&Snapshot::new(Arc::new(plan)), 1, &[("task:N3", 1), ("task:N4", 1), ("task:N1", 1)]);
    assert_eq!(composed.letters.len(), 1);
    let without: Vec<(&str, Option<&str>, usize)> = composed
        .unreachable
        .iter()
        .map(|agency| (agency.agency.as_str(), agency.email.as_deref(), agency.items.len()))
        .collect();
    assert_eq!(without, [("c", None, 1), ("d", Some("d@mau.invalid, e@mau.invalid"), 1)]);
}

proptest! {
    #[test]
    fn names_from_a_plan_are_text_in_html(name in "[<>&\"'a-zđ/= {}\u{202e}\r\n]{0,40}", title in "(?s).{0,40}") {
        let mut plan = post::plan();
        plan["agencies"][2]["name"] = name.into();
        plan["tasks"][1]["title"] = title.into();
        let plan: Plan = serde_json::from_value(plan).unwrap();
        let composed = written(&Snapshot::new(Arc::new(plan)), 0, &[("task:N2", 1)]);
        let letter = &composed.letters[0];
        let tags: Vec<&str> = letter.html.split('<').skip(1).map(|tag| tag.split([' ', '>', '\n']).next().unwrap()).collect();
        let known = ["!DOCTYPE", "html", "head", "meta", "title", "/title", "/head", "body", "/body", "/html", "p", "/p", "br",
            "table", "/table", "tr", "/tr", "th", "/th", "td", "/td"];
        prop_assert!(tags.iter().all(|tag| known.contains(tag)), "{tags:?}");
        prop_assert!(!letter.html.chars().chain(letter.text.chars()).any(|letter| letter.is_control() && letter != '\n'));
        prop_assert!(!letter.subject.chars().any(char::is_control));
    }
}
