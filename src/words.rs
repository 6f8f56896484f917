//! Words, dates and numbers in a language: for the screen, tables, letters, exports and errors. The words themselves are in
//! `config/lang`; no other module holds text for a person.

pub mod prose;
pub mod standing;
pub mod template;

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use jiff::civil::{Date, Weekday};

use crate::domain::{
    period::{Period, Span},
    sentence::{Part, Sentence},
};

/// Quarters are counted in Roman numerals in Vietnamese offices.
const QUARTERS: [&str; 4] = ["I", "II", "III", "IV"];

/// A language that ships with the program.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// Its tag, `vi`.
    pub tag: &'static str,
    /// Its own name for itself.
    pub name: &'static str,
    /// The mark before the decimals; the other one of `.` and `,` parts the thousands.
    decimal: char,
    source: &'static str,
}

/// Every language, the default first. A new one is one file in `config/lang` and one line here.
pub static LANGUAGES: [Language; 2] = [
    Language { tag: "vi", name: "Tiếng Việt", decimal: ',', source: include_str!("../config/lang/vi.ftl") },
    Language { tag: "en", name: "English", decimal: '.', source: include_str!("../config/lang/en.ftl") },
];

/// The language of `tag` (`vi`, `vi-VN`, `vi_VN.UTF-8`), if there is one.
pub fn language(tag: &str) -> Option<&'static Language> {
    let primary = tag.split(['-', '_', '.']).next().unwrap_or(tag);
    LANGUAGES.iter().find(|language| language.tag.eq_ignore_ascii_case(primary))
}

/// What goes into a message's place.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg<'a> {
    /// A number: chooses the plural form, shown with its thousands parted.
    Number(i64),
    /// Text as it is.
    Text(Cow<'a, str>),
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Arg::Number(number)
    }
}

impl From<i32> for Arg<'_> {
    fn from(number: i32) -> Self {
        Arg::Number(number.into())
    }
}

impl From<u32> for Arg<'_> {
    fn from(number: u32) -> Self {
        Arg::Number(number.into())
    }
}

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(text.into())
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(text.into())
    }
}

/// The words of one language.
pub struct Words {
    /// Which language.
    pub language: &'static Language,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Words").field("language", &self.language.tag).finish_non_exhaustive()
    }
}

impl Words {
    /// Reads a language's words.
    pub fn new(language: &'static Language) -> Self {
        // A message that cannot be read is left out and shows its id; a test keeps the shipped files free of such.
        let resource = FluentResource::try_new(language.source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let mut bundle = FluentBundle::new_concurrent(vec![language.tag.parse().unwrap_or_default()]);
        // Isolation marks would stand in the terminal's cells.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(plain_number));
        bundle.add_resource_overriding(resource);
        Words { language, bundle }
    }

    /// The words of `id`; the id itself where there are none.
    pub fn get<'a>(&'a self, id: &'a str) -> Cow<'a, str> {
        self.format(id, None)
    }

    /// The words of `id` with its places filled.
    pub fn with(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            let value = match value {
                Arg::Number(number) => FluentValue::from(*number as f64),
                Arg::Text(text) => FluentValue::from(text.as_ref()),
            };
            filled.set(*name, value);
        }
        self.format(id, Some(&filled)).into_owned()
    }

    /// What a sentence says.
    pub fn say(&self, sentence: &Sentence) -> String {
        self.say_as(sentence.id, sentence)
    }

    /// What a sentence says in the words of another `id`: shorter ones, with the same in their places.
    pub fn say_as(&self, id: &str, sentence: &Sentence) -> String {
        let part = |part: &Part| match part {
            Part::Number(number) => Arg::Number(*number),
            Part::Text(text) => Arg::Text(text.to_string().into()),
            Part::Date(date) => self.date(*date).into(),
            Part::Day(date) => self.day(*date).into(),
            Part::Word(id) => self.get(id).into_owned().into(),
            Part::Sentence(sentence) => self.say(sentence).into(),
        };
        let parts: Vec<(&str, Arg<'_>)> = sentence.parts.iter().map(|(place, value)| (*place, part(value))).collect();
        let nearest = sentence.nearest.iter();
        let nearest: String =
            nearest.map(|name| self.with("did-you-mean", &[("name", name.as_str().into())])).collect();
        self.with(id, &parts) + &nearest
    }

    /// Every id.
    pub fn ids(&self) -> impl Iterator<Item = &'static str> + use<> {
        let is_id = |line: &&str| line.starts_with(|first: char| first.is_ascii_lowercase());
        self.language.source.lines().filter(is_id).filter_map(|line| line.split([' ', '=']).next())
    }

    /// Is there such an id?
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// `20/11/2023`.
    pub fn date(&self, date: Date) -> String {
        format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
    }

    /// `20/11`, with the year where it is not `this_year`.
    pub fn short_date(&self, date: Date, this_year: i16) -> String {
        if date.year() == this_year { format!("{:02}/{:02}", date.day(), date.month()) } else { self.date(date) }
    }

    /// `thứ Hai 20/11/2023`.
    pub fn day(&self, date: Date) -> String {
        format!("{} {}", self.weekday(date.weekday()), self.date(date))
    }

    /// The weekday's name, as it stands before a date.
    pub fn weekday(&self, day: Weekday) -> Cow<'_, str> {
        self.get(match day {
            Weekday::Monday => "weekday-monday",
            Weekday::Tuesday => "weekday-tuesday",
            Weekday::Wednesday => "weekday-wednesday",
            Weekday::Thursday => "weekday-thursday",
            Weekday::Friday => "weekday-friday",
            Weekday::Saturday => "weekday-saturday",
            Weekday::Sunday => "weekday-sunday",
        })
    }

    /// A calendar period in a few letters, as a column's heading: `Q.III`; with the year where it is not `this_year`.
    pub fn short_period(&self, period: Period, this_year: i16) -> String {
        let roman = |quarter| QUARTERS.get(usize::try_from(quarter - 1).unwrap_or(0)).copied().unwrap_or("");
        let short = match period.span {
            Span::Month(month) => self.with("short-period-month", &[("month", i32::from(month).into())]),
            Span::Quarter(quarter) => {
                let number = ("number", i32::from(quarter).into());
                self.with("short-period-quarter", &[("quarter", roman(quarter).into()), number])
            }
            Span::Half(1) => self.get("short-period-half-first").into_owned(),
            Span::Half(_) => self.get("short-period-half-second").into_owned(),
            Span::NineMonths => self.get("short-period-nine-months").into_owned(),
            Span::Year if period.year != this_year => return period.year.to_string(),
            Span::Year => self.get("short-period-year").into_owned(),
        };
        if period.year == this_year { short } else { format!("{short}/{:02}", period.year % 100) }
    }

    /// A calendar period: `quý III/2023`; `year` as it is to be written.
    pub fn period(&self, period: Period, year: &str) -> String {
        let year = || ("year", year.into());
        match period.span {
            Span::Month(month) => self.with("period-month", &[("month", i32::from(month).into()), year()]),
            Span::Quarter(quarter) => {
                let roman = QUARTERS.get(usize::try_from(quarter - 1).unwrap_or(0)).copied().unwrap_or("");
                let number = ("number", i32::from(quarter).into());
                self.with("period-quarter", &[("quarter", roman.into()), number, year()])
            }
            Span::Half(1) => self.with("period-half-first", &[year()]),
            Span::Half(_) => self.with("period-half-second", &[year()]),
            Span::NineMonths => self.with("period-nine-months", &[year()]),
            Span::Year => self.with("period-year", &[year()]),
        }
    }

    /// `1.234` or `1,234`.
    pub fn number(&self, number: i64) -> String {
        let parted = if self.language.decimal == ',' { '.' } else { ',' };
        part_thousands(&number.to_string(), parted)
    }

    /// Tenths: `1.234,5` or `1,234.5`.
    pub fn tenths(&self, tenths: u64) -> String {
        let whole = self.number(i64::try_from(tenths / 10).unwrap_or(i64::MAX));
        format!("{whole}{}{}", self.language.decimal, tenths % 10)
    }

    /// A number in at most `room` cells where that can be: without its points, else in thousands. Never with a figure cut off,
    /// which would be another number.
    pub fn number_within(&self, number: i64, room: u16) -> String {
        let fits = |text: &String| text.len() <= room.into();
        let (whole, bare) = (self.number(number), number.to_string());
        [whole, bare].into_iter().find(fits).unwrap_or_else(|| format!("{}k", number / 1_000))
    }

    /// A share from 0 to 1 as `98,6%` or `98.6%`, with `decimals` places.
    pub fn percent(&self, share: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}%", share * 100.0);
        if self.language.decimal == ',' { text.replace('.', ",") } else { text }
    }

    fn format<'a>(&'a self, id: &'a str, args: Option<&FluentArgs<'_>>) -> Cow<'a, str> {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return Cow::Borrowed(id);
        };
        self.bundle.format_pattern(pattern, args, &mut Vec::new())
    }
}

/// Fluent does not part thousands; numbers stay plain digits, and who wants them parted passes [`Words::number`].
fn plain_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    if let FluentValue::Number(number) = value { Some(format!("{:.0}", number.value)) } else { None }
}

fn part_thousands(digits: &str, mark: char) -> String {
    let (sign, digits) = digits.split_at(usize::from(digits.starts_with('-')));
    let mut parted = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            parted.push(mark);
        }
        parted.push(digit);
    }
    format!("{sign}{parted}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn ids(language: &'static Language) -> BTreeSet<String> {
        Words::new(language).ids().map(str::to_owned).collect()
    }

    #[test]
    fn every_language_is_readable_and_says_every_id() {
        for language in &LANGUAGES {
            if let Err((_, errors)) = FluentResource::try_new(language.source.to_owned()) {
                panic!("{}: {errors:?}", language.tag);
            }
            assert_eq!(ids(language), ids(&LANGUAGES[0]), "{}", language.tag);
        }
    }

    #[test]
    fn numbers_dates_and_shares_are_written_as_the_language_does() {
        let [vi, en] = [&LANGUAGES[0], &LANGUAGES[1]].map(Words::new);
        assert_eq!((vi.number(-1_234_567), en.number(21_914)), ("-1.234.567".into(), "21,914".into()));
        let within = |room| vi.number_within(21_914, room);
        assert_eq!([within(6), within(5), within(4)], ["21.914", "21914", "21k"]);
        assert_eq!((vi.percent(0.98625, 1), en.percent(0.5, 0)), ("98,6%".into(), "50%".into()));
        let date = jiff::civil::date(2023, 11, 20);
        assert_eq!((vi.short_date(date, 2023), vi.short_date(date, 2024)), ("20/11".into(), "20/11/2023".into()));
        assert_eq!((vi.weekday(date.weekday()), en.weekday(date.weekday())), ("thứ Hai".into(), "Monday".into()));
    }
}
