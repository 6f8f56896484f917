//! What a report's subject says: which duty it is of, and for which period. "Báo cáo giải ngân tháng 11/2026 - Sở Tài chính" is
//! the duty "Báo cáo giải ngân", its period 2026-M11. Never told by the due date: an extension would make another report of it.

use crate::domain::text::{Text, fold_marks};

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// The subject without period and agency.
    pub(super) duty: Text,
    /// The period's id.
    pub(super) period: Option<Text>,
}

/// Reads `subject`, of a report that `agencies` (its names) owe; `year` is meant where none is written.
pub(super) fn read(subject: &Text, agencies: &[&str], year: i16) -> Told {
    let words = words(subject);
    let found = (0..words.len()).find_map(|from| period(&words[from..], year).map(|(id, length)| (from, length, id)));
    let mut duty = subject.to_string();
    if let Some((from, length, _)) = &found
        && let Some((begin, end)) =
            words.get(*from).zip(words.get(from + length - 1)).map(|(first, last)| (first.0, last.1))
    {
        duty = format!("{} {}", duty.get(..begin).unwrap_or_default(), duty.get(end..).unwrap_or_default());
    }
    let duty = without(&duty, agencies);
    let duty = if duty.is_empty() { subject.clone() } else { Text::new(&duty) };
    Told { duty, period: found.map(|(_, _, id)| Text::from(id)) }
}

/// The period a text says by itself, as the value of a field may.
pub(super) fn period_of(said: &Text, year: i16) -> Option<Text> {
    let words = words(said);
    (0..words.len()).find_map(|from| period(&words[from..], year)).map(|(id, _)| Text::from(id))
}

/// The words of a text, folded, with where they begin and end.
fn words(text: &str) -> Vec<(usize, usize, String)> {
    let mut words = Vec::new();
    let mut begin = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (letter.is_alphanumeric(), begin) {
            (true, None) => begin = Some(at),
            (false, Some(from)) => {
                words.push((from, at, fold_marks(text.get(from..at).unwrap_or_default())));
                begin = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    words
}

/// The period the words begin with, and how many of them say it.
fn period(words: &[(usize, usize, String)], year: i16) -> Option<(String, usize)> {
    let word = |at: usize| words.get(at).map_or("", |(_, _, word)| word.as_str());
    // "…/2026", "… năm 2026", or no year at all.
    let with_year = |at: usize| -> (i16, usize) {
        match (year_of(word(at)), word(at) == "nam", year_of(word(at + 1))) {
            (Some(year), ..) => (year, at + 1),
            (None, true, Some(year)) => (year, at + 2),
            (None, true, None) | (None, false, _) => (year, at),
        }
    };
    let number = |at: usize, most: u8| word(at).parse::<u8>().ok().filter(|number| (1..=most).contains(number));
    let first = word(0);
    let half = |end: &str| match end {
        "dau" => Some("H1"),
        "cuoi" => Some("H2"),
        _ => None,
    };
    if first == "6" && word(1) == "thang" {
        let (id, at) = half(word(2)).map_or(("H1", 2), |id| (id, 3));
        let at = if word(at) == "nam" && year_of(word(at + 1)).is_none() { at + 1 } else { at };
        let (year, length) = with_year(at);
        return Some((format!("{year}-{id}"), length));
    }
    if first == "9" && word(1) == "thang" {
        let at = if word(2) == "dau" { 3 } else { 2 };
        let (year, length) = with_year(at);
        return Some((format!("{year}-9M"), length));
    }
    let numbered = match first {
        "thang" | "month" => number(1, 12).map(|month| format!("M{month:02}")),
        "quy" | "quarter" => roman(word(1)).or_else(|| number(1, 4)).map(|quarter| format!("Q{quarter}")),
        "tuan" | "week" => number(1, 53).map(|week| format!("W{week:02}")),
        _ => None,
    };
    if let Some(id) = numbered {
        let (year, length) = with_year(2);
        return Some((format!("{year}-{id}"), length));
    }
    // 2026-M11, 2026-Q4, 2026-H1
    if let Some(year) = year_of(first) {
        let id: Option<crate::domain::period::Period> = format!("{year}-{}", word(1).to_uppercase()).parse().ok();
        return id.map(|id| (id.to_string(), 2));
    }
    (first == "nam").then(|| year_of(word(1))).flatten().map(|year| (year.to_string(), 2))
}

fn year_of(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| word.len() == 4 && (1990..=2199).contains(year))
}

fn roman(word: &str) -> Option<u8> {
    ["i", "ii", "iii", "iv"].iter().position(|roman| *roman == word).and_then(|place| u8::try_from(place + 1).ok())
}

/// The text without an agency's name at its end, and what joined it.
fn without(text: &str, agencies: &[&str]) -> String {
    let end = |text: &str| text.trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != ')').to_owned();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = end(&text);
    for agency in agencies.iter().filter(|agency| !agency.is_empty()) {
        let length = agency.chars().count();
        let Some((at, _)) = text.char_indices().rev().nth(length.saturating_sub(1)) else { continue };
        if at > 0 && fold_marks(text.get(at..).unwrap_or_default()) == fold_marks(agency) {
            text = end(text.get(..at).unwrap_or_default());
            text = text.strip_suffix(" của").map_or(text.clone(), end);
        }
    }
    text.trim_start_matches(|letter: char| !letter.is_alphanumeric()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duty_and_period_are_read_out_of_a_subject() {
        for (subject, duty, period) in [
            ("Báo cáo giải ngân tháng 11/2026 - Sở Tài chính", "Báo cáo giải ngân", Some("2026-M11")),
            ("Báo cáo quý IV năm 2026", "Báo cáo", Some("2026-Q4")),
            ("Báo cáo 6 tháng đầu năm 2026 về bình đẳng giới", "Báo cáo về bình đẳng giới", Some("2026-H1")),
            ("Báo cáo 9 tháng năm 2026", "Báo cáo", Some("2026-9M")),
            ("Báo cáo công tác năm 2026", "Báo cáo công tác", Some("2026")),
            ("Báo cáo tuần 46", "Báo cáo", Some("2026-W46")),
            ("2026-Q3 Báo cáo tiến độ của Sở Tài chính", "Báo cáo tiến độ", Some("2026-Q3")),
            ("Báo cáo đột xuất về bão", "Báo cáo đột xuất về bão", None),
            ("tháng 11", "tháng 11", Some("2026-M11")),
        ] {
            let told = read(&subject.into(), &["Sở Tài chính"], 2026);
            assert_eq!((told.duty.as_str(), told.period.as_deref()), (duty, period), "{subject}");
        }
    }

    #[test]
    fn nothing_odd_in_a_subject_breaks_it() {
        for subject in ["", " - ", "Sở Tài chính", "tháng", "tháng 13/2026", "🙂 quý", "năm", "6 tháng", "ﬀ tháng 1"]
        {
            let told = read(&subject.into(), &["Sở Tài chính", ""], 2026);
            assert_eq!(told.duty.is_empty(), subject.is_empty(), "{subject}");
        }
    }
}
