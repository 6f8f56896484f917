//! Days as people write them into cells: `20/6/2023`, `20.6.23`, `trước ngày 20/6`, `tháng 6`, `quý II/2023`,
//! `15/11 – 15/12/2023`. A day is read as [`crate::domain::typed_date`] reads one; here are the wordings around it.

use jiff::civil::{Date, date};

use crate::domain::{
    calendar::Calendar,
    period::{Period, Span},
    text::{Text, fold_marks},
    typed_date::{self, Base, Sense},
};

use super::{
    grid::Value,
    names::{Deadline, NAMES},
    xlsx::day_of,
};

/// A deadline as it stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Due {
    /// The first day, where a time is named.
    pub(super) from: Option<Date>,
    /// The last on-time day; none where the cell says that there is none.
    pub(super) due: Option<Date>,
    /// The wording, where it is more than a day.
    pub(super) wording: Option<Text>,
}

/// What days are read against.
#[derive(Clone, Debug)]
pub(super) struct Days {
    /// The year of a day without one.
    pub(super) year: i16,
    calendar: Calendar,
}

impl Days {
    pub(super) fn of(year: i16) -> Self {
        Days { year, calendar: Calendar::default() }
    }

    /// The day in a cell.
    pub(super) fn day(&self, value: &Value) -> Option<Date> {
        match value {
            Value::Date(date) => Some(*date),
            Value::Number(number, false) => serial(*number),
            Value::Text(text) => self.typed(text),
            Value::Number(..) | Value::Answer(_) | Value::Broken(_) => None,
        }
    }

    /// The deadline in a cell; `None` where it is none.
    pub(super) fn due(&self, value: &Value) -> Option<Due> {
        let Value::Text(text) = value else {
            return self.day(value).map(|due| Due { due: Some(due), ..Due::default() });
        };
        if let Some(due) = self.typed(text) {
            return Some(Due { due: Some(due), ..Due::default() });
        }
        let wording = Some(value.text());
        if let Some((from, due)) = self.span(text) {
            return Some(Due { from: Some(from), due: Some(due), wording });
        }
        match NAMES.deadline(text)? {
            (Deadline::Never, _) => Some(Due { wording, ..Due::default() }),
            (Deadline::Before, rest) => {
                let day = self.typed(rest).or_else(|| self.span(rest).map(|(from, _)| from))?;
                Some(Due { due: Some(day.yesterday().ok()?), wording, ..Due::default() })
            }
            (Deadline::By, rest) => {
                let due = self.typed(rest).or_else(|| self.span(rest).map(|(_, to)| to))?;
                Some(Due { due: Some(due), wording, ..Due::default() })
            }
        }
    }

    /// The first and the last day a text names: a range, a month, a quarter, a year.
    pub(super) fn span(&self, text: &str) -> Option<(Date, Date)> {
        let folded = fold_marks(text);
        let folded = folded.trim().trim_start_matches("tu ngay").trim_start_matches("tu ").trim();
        for between in ["–", "—", " den ngay ", " den het ", " den ", " to ", " - ", "-"] {
            if let Some((from, to)) = folded.split_once(between)
                && let Some(range) = self.range(from.trim(), to.trim())
            {
                return Some(range);
            }
        }
        let period = period(folded, self.year)?;
        calendar_days(period)
    }

    /// A range; the year stands often at its end only, and the month, too: `20 - 25/6/2023`.
    fn range(&self, from: &str, to: &str) -> Option<(Date, Date)> {
        let whole = |text: &str| {
            let period = period(text, self.year).and_then(calendar_days);
            self.typed(text).map(|day| (day, day)).or(period)
        };
        let (_, last) = whole(to)?;
        let there = Days { year: last.year(), calendar: Calendar::default() };
        let first =
            there.typed(from).or_else(|| period(from, last.year()).and_then(calendar_days).map(|(from, _)| from));
        let day_only = || Date::new(last.year(), last.month(), from.parse().ok()?).ok();
        let first = first.or_else(day_only)?;
        // From December to January.
        let first = if first > last && there.typed(from).is_some() {
            Date::new(first.year() - 1, first.month(), first.day()).ok()?
        } else {
            first
        };
        (first <= last).then_some((first, last))
    }

    /// A day as typed: of digits, or `ngày 20 tháng 6 năm 2023`.
    pub(super) fn typed(&self, text: &str) -> Option<Date> {
        let folded = fold_marks(text);
        let mut typed = folded.trim().trim_end_matches(['.', ';', ',']).trim();
        // The time of an instant, and a weekday, say nothing more.
        if let Some((day, time)) = typed.split_once(['t', ' '])
            && day.len() >= 8
            && time.starts_with(|letter: char| letter.is_ascii_digit())
            && time.contains(':')
        {
            typed = day;
        }
        typed = typed.strip_prefix("ngay ").unwrap_or(typed).trim();
        let digits = typed.replace(" thang ", "/").replace(" nam ", "/").replace(' ', "");
        let mut parts = digits.split(['/', '-', '.']);
        let numeric =
            |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        let count = parts.clone().count();
        if !(2..=3).contains(&count) || !parts.all(numeric) {
            return None;
        }
        let first_is_year = digits.bytes().take_while(u8::is_ascii_digit).count() == 4;
        let with_year = match count {
            3 => digits,
            // `6/2023` is a month.
            _ if first_is_year || digits.rsplit(['/', '-', '.']).next().is_some_and(|last| last.len() > 2) => {
                return None;
            }
            _ => format!("{digits}/{}", self.year),
        };
        typed_date::read(&with_year, Sense::Past, Base { today: date(9000, 1, 1), due: None, calendar: &self.calendar })
    }
}

/// The year a day in a cell has, where it has one of its own.
pub(super) fn year_in(value: &Value) -> Option<i16> {
    const NO_YEAR: i16 = 1;
    match value {
        Value::Date(date) => Some(date.year()),
        Value::Text(text) if text.len() <= 40 => {
            Days::of(NO_YEAR).typed(text).map(Date::year).filter(|year| *year != NO_YEAR)
        }
        Value::Text(_) | Value::Number(..) | Value::Answer(_) | Value::Broken(_) => None,
    }
}

/// A year named in a line: `… năm 2023`, `2023`.
pub(super) fn year_named(text: &str) -> Option<i16> {
    let runs = text.split(|letter: char| !letter.is_ascii_digit());
    let year = |run: &str| run.parse().ok().filter(|year| run.len() == 4 && (2000..=2100).contains(year));
    runs.filter_map(year).next_back()
}

/// A date whose format was lost is a number of days.
fn serial(number: f64) -> Option<Date> {
    // 1950 to 2100: less is a count or a year.
    const DAYS: (f64, f64) = (18_264.0, 73_415.0);
    (DAYS.0..DAYS.1).contains(&number).then(|| day_of(number, false)).flatten()
}

/// The calendar days of a period; its figures' window is another.
fn calendar_days(period: Period) -> Option<(Date, Date)> {
    let (first, last) = match period.span {
        Span::Month(month) => (month, month),
        Span::Quarter(quarter) => (quarter * 3 - 2, quarter * 3),
        Span::Half(half) => (half * 6 - 5, half * 6),
        Span::NineMonths => (1, 9),
        Span::Year => (1, 12),
    };
    let last = Date::new(period.year, last, 1).ok()?.last_of_month();
    Some((Date::new(period.year, first, 1).ok()?, last))
}

/// The period a text names: `quý II/2023`, `6 tháng đầu năm`, `tháng 5`, `9 tháng`, `năm 2023`, `2023-Q1`.
pub(super) fn period(text: &str, year: i16) -> Option<Period> {
    if let Ok(period) = text.trim().parse::<Period>() {
        return Some(period);
    }
    let folded = fold_marks(text).replace(['/', '-', '.', ',', ':', '(', ')'], " ");
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    if words.len() > 12 {
        return None;
    }
    let named = words.iter().rev().find_map(|word| year_named(word).filter(|_| word.len() == 4));
    words.retain(|word| !(word.len() == 4 && year_named(word).is_some()));
    let year = named.unwrap_or(year);
    // "Báo cáo", "kỳ", "số liệu" before it say nothing of which.
    while words
        .first()
        .is_some_and(|word| matches!(*word, "bao" | "cao" | "bc" | "ky" | "so" | "lieu" | "report" | "trong" | "het"))
    {
        words.remove(0);
    }
    let span = match *words.as_slice() {
        [] | ["nam"] | ["ca", "nam"] | ["year"] if named.is_some() || !words.is_empty() => Span::Year,
        ["quy" | "quarter", number, ..] | [number, "quy"] => Span::Quarter(numeral(number, 4)?),
        ["6", "thang" | "months", "cuoi", ..] | ["6t", "cuoi", ..] | ["second", "half"] | ["h2"] => Span::Half(2),
        ["6", "thang" | "months", ..] | ["6t", ..] | ["first", "half"] | ["h1"] => Span::Half(1),
        ["9", "thang" | "months", ..] | ["9t", ..] | ["9m"] => Span::NineMonths,
        ["thang" | "month", number] => Span::Month(numeral(number, 12)?),
        // `5/2023`
        [number] if named.is_some() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            Span::Month(numeral(number, 12)?)
        }
        [word] => {
            let (kind, number) = word.split_at_checked(1)?;
            match kind {
                "q" => Span::Quarter(numeral(number, 4)?),
                "t" | "m" => Span::Month(numeral(number, 12)?),
                _ => return None,
            }
        }
        _ => return None,
    };
    Some(Period { year, span })
}

/// A number from 1, Arabic or Roman.
fn numeral(text: &str, most: i8) -> Option<i8> {
    const ROMAN: [&str; 4] = ["i", "ii", "iii", "iv"];
    let roman = || ROMAN.iter().position(|one| *one == text).and_then(|at| i8::try_from(at + 1).ok());
    text.parse().ok().or_else(roman).filter(|number| (1..=most).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(text: &str) -> Option<Option<Date>> {
        Days::of(2023).due(&Value::Text(text.into())).map(|due| due.due)
    }

    #[test]
    fn days_are_read_as_offices_write_them() {
        for text in [
            "20/6/2023",
            "20.6.23",
            "20-06-2023",
            "2023-06-20",
            "20/6",
            "20/06/2023.",
            "ngày 20/6/2023",
            "ngày 20 tháng 6 năm 2023",
            "2023-06-20T00:00:00Z",
            "20/6/2023 00:00:00",
            "chậm nhất ngày 20/6/2023",
            "đến hết ngày 20/6",
            "trước ngày 21/6",
            "Trước 21/6/2023",
            "by 20/6/2023",
        ] {
            assert_eq!(due(text), Some(Some(date(2023, 6, 20))), "{text}");
        }
        for text in [
            "Tháng 6",
            "tháng 6/2023",
            "Quý II",
            "quý 2/2023",
            "6/2023",
            "15/5 - 30/6/2023",
            "từ ngày 15/5 đến ngày 30/6/2023",
            "6 tháng đầu năm",
            "Trong tháng 6",
            "trước 1/7/2023",
        ] {
            assert_eq!(due(text), Some(Some(date(2023, 6, 30))), "{text}");
        }
        assert_eq!(due("Thường xuyên"), Some(None));
        assert_eq!(due("Năm 2023"), Some(Some(date(2023, 12, 31))));
        for text in ["", "sớm", "31/2/2023", "6/20/2023", "1/2/3/4", "trước ngày mai", "20/6/20233"] {
            assert_eq!(due(text), None, "{text}");
        }
        assert_eq!(Days::of(2023).due(&Value::Number(45097.0, false)).unwrap().due, Some(date(2023, 6, 20)));
        assert_eq!(Days::of(2023).due(&Value::Number(80.0, false)), None);
    }

    #[test]
    fn ranges_may_leave_out_what_is_said_at_their_end() {
        let span = |text| Days::of(2023).span(text);
        assert_eq!(span("15/11 – 15/12/2023"), Some((date(2023, 11, 15), date(2023, 12, 15))));
        assert_eq!(span("20-25/6/2023"), Some((date(2023, 6, 20), date(2023, 6, 25))));
        assert_eq!(span("15/12 - 15/1/2024"), Some((date(2023, 12, 15), date(2024, 1, 15))));
        assert_eq!(span("quý I - quý III"), Some((date(2023, 1, 1), date(2023, 9, 30))));
    }

    #[test]
    fn periods_are_known_by_their_usual_names() {
        for (text, id) in [
            ("Quý I", "2023-Q1"),
            ("Quý III/2024", "2024-Q3"),
            ("6 tháng đầu năm 2023", "2023-H1"),
            ("BC 6 tháng", "2023-H1"),
            ("9 tháng", "2023-9M"),
            ("Tháng 5", "2023-M05"),
            ("T5", "2023-M05"),
            ("05/2023", "2023-M05"),
            ("Năm 2023", "2023"),
            ("Báo cáo năm", "2023"),
            ("Cả năm", "2023"),
            ("2023-H2", "2023-H2"),
            ("2023", "2023"),
        ] {
            assert_eq!(period(text, 2023).map(|period| period.to_string()).as_deref(), Some(id), "{text}");
        }
        for text in ["", "Quý V", "tháng 13", "Sở Nội vụ", "STT"] {
            assert_eq!(period(text, 2023), None, "{text}");
        }
    }
}
