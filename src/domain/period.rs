//! Report periods: their ids, and the closing windows of their figures (*thời gian chốt số liệu*).
//!
//! A month's figures run from the 15th of the month before to the 14th; longer periods likewise (the rule periodic
//! reports of state bodies share; nine months follow the third quarter, cumulated).

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The day of the month on which a window closes; the next one opens the day after.
const CLOSING_DAY: i8 = 14;

/// A calendar period of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Span {
    /// `2023-M05`
    Month(i8),
    /// `2023-Q3`
    Quarter(i8),
    /// `2023-H1`, `2023-H2`
    Half(i8),
    /// `2023-9M`
    NineMonths,
    /// `2023`
    Year,
}

/// A period as its id says it: `2023-M05`, `2023-Q3`, `2023-9M`, `2023-H1`, `2023`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The year.
    pub year: i16,
    /// Which part of it.
    pub span: Span,
}

/// How often a periodic report is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Recurrence {
    /// Every month.
    Month,
    /// Every quarter.
    Quarter,
    /// The first six months.
    FirstHalf,
    /// The second six months, where the yearly report does not replace them.
    SecondHalf,
    /// Nine months.
    NineMonths,
    /// The year.
    Year,
}

impl Recurrence {
    /// The periods of `year` it stands for.
    pub fn periods(self, year: i16) -> Vec<Period> {
        let spans: Vec<Span> = match self {
            Recurrence::Month => (1..=12).map(Span::Month).collect(),
            Recurrence::Quarter => (1..=4).map(Span::Quarter).collect(),
            Recurrence::FirstHalf => vec![Span::Half(1)],
            Recurrence::SecondHalf => vec![Span::Half(2)],
            Recurrence::NineMonths => vec![Span::NineMonths],
            Recurrence::Year => vec![Span::Year],
        };
        spans.into_iter().map(|span| Period { year, span }).collect()
    }
}

impl Period {
    /// The first and the last day its figures cover; `None` outside of the years a date can have.
    pub fn window(self) -> Option<(Date, Date)> {
        let (first, last) = match self.span {
            Span::Month(month) => (month, month),
            Span::Quarter(quarter) => (quarter * 3 - 2, quarter * 3),
            Span::Half(half) => (half * 6 - 5, half * 6),
            Span::NineMonths => (1, 9),
            Span::Year => (1, 12),
        };
        let (open_year, open_month) = if first == 1 { (self.year - 1, 12) } else { (self.year, first - 1) };
        let opens = Date::new(open_year, open_month, CLOSING_DAY + 1).ok()?;
        Some((opens, Date::new(self.year, last, CLOSING_DAY).ok()?))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year;
        match self.span {
            Span::Month(month) => write!(formatter, "{year}-M{month:02}"),
            Span::Quarter(quarter) => write!(formatter, "{year}-Q{quarter}"),
            Span::Half(half) => write!(formatter, "{year}-H{half}"),
            Span::NineMonths => write!(formatter, "{year}-9M"),
            Span::Year => write!(formatter, "{year}"),
        }
    }
}

impl FromStr for Period {
    type Err = ();

    fn from_str(id: &str) -> Result<Self, ()> {
        let (year, span) = id.split_once('-').map_or((id, None), |(year, span)| (year, Some(span)));
        if year.len() != 4 {
            return Err(());
        }
        let year = year.parse().map_err(|_| ())?;
        let number =
            |digits: &str, most: i8| digits.parse().ok().filter(|number| (1..=most).contains(number)).ok_or(());
        let span = match span {
            None => Span::Year,
            Some("9M") => Span::NineMonths,
            Some(span) => match span.split_at_checked(1) {
                Some(("M", digits)) if digits.len() == 2 => Span::Month(number(digits, 12)?),
                Some(("Q", digits)) => Span::Quarter(number(digits, 4)?),
                Some(("H", digits)) => Span::Half(number(digits, 2)?),
                Some(_) | None => return Err(()),
            },
        };
        Ok(Period { year, span })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ids_are_read_as_they_are_written() {
        for id in ["2023", "2023-M05", "2023-M12", "2023-Q3", "2023-9M", "2023-H1", "2023-H2"] {
            assert_eq!(id.parse::<Period>().unwrap().to_string(), id);
        }
        for id in ["C1", "2023-Q5", "2023-M13", "2023-M1", "23-H1", "2023-", "2023-é"] {
            assert!(id.parse::<Period>().is_err(), "{id}");
        }
    }

    #[test]
    fn windows_close_on_the_fourteenth() {
        let window = |id: &str| id.parse::<Period>().unwrap().window().unwrap();
        assert_eq!(window("2023-M01"), (date(2022, 12, 15), date(2023, 1, 14)));
        assert_eq!(window("2023-M05"), (date(2023, 4, 15), date(2023, 5, 14)));
        assert_eq!(window("2023-Q3"), (date(2023, 6, 15), date(2023, 9, 14)));
        assert_eq!(window("2023-H1"), (date(2022, 12, 15), date(2023, 6, 14)));
        assert_eq!(window("2023-H2"), (date(2023, 6, 15), date(2023, 12, 14)));
        assert_eq!(window("2023-9M"), (date(2022, 12, 15), date(2023, 9, 14)));
        assert_eq!(window("2023"), (date(2022, 12, 15), date(2023, 12, 14)));
    }
}
