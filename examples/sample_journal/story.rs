//! What `story.toml` says.

use jiff::{ZonedDateTime, civil::Date, fmt::temporal::DateTimeParser, tz::TimeZone};
use serde::{Deserialize, Deserializer};
use std::{collections::BTreeMap, str::FromStr};

#[derive(Deserialize)]
pub(crate) struct Story {
    #[serde(deserialize_with = "instant")]
    pub(crate) clock: ZonedDateTime,
    pub(crate) tasks: BTreeMap<String, Standing>,
    pub(crate) reports: Vec<Reports>,
    pub(crate) cases: Vec<Case>,
    pub(crate) milestones: BTreeMap<String, Vec<Date>>,
    pub(crate) acts: Vec<Act>,
    pub(crate) letters: BTreeMap<String, String>,
}

/// How a task stands.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum Standing {
    NotBegun,
    Done { handed_in: Date },
    HandedIn { on: Date },
    UnderWay { percent: u8, last: Option<Date> },
}

/// What was not as usual with the reports of one duty and period.
#[derive(Deserialize)]
pub(crate) struct Reports {
    pub(crate) duty: String,
    pub(crate) period: String,
    #[serde(default)]
    pub(crate) late: BTreeMap<String, Date>,
    #[serde(default)]
    pub(crate) never: Vec<String>,
    #[serde(default)]
    pub(crate) told: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) duty: String,
    pub(crate) agency: String,
    pub(crate) found: Date,
    pub(crate) title: String,
    pub(crate) received: Option<Date>,
}

/// One entry told in full.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Act {
    pub(crate) item: String,
    pub(crate) verb: String,
    pub(crate) on: Date,
    pub(crate) by: Option<String>,
    pub(crate) until: Option<Date>,
    pub(crate) level: Option<u8>,
    pub(crate) channel: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) outcome: Option<String>,
    pub(crate) document: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) note: Option<String>,
}

impl TryFrom<String> for Standing {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("cannot read the standing {text:?}");
        let day = |word: &str| Date::from_str(word).map_err(|_| wrong());
        match *text.split(' ').collect::<Vec<_>>() {
            ["-"] => Ok(Self::NotBegun),
            ["x", handed_in] => Ok(Self::Done { handed_in: day(handed_in)? }),
            ["w", on] => Ok(Self::HandedIn { on: day(on)? }),
            ["o" | "r" | "p", percent, ref last @ ..] => Ok(Self::UnderWay {
                percent: percent.strip_suffix('%').and_then(|n| n.parse().ok()).ok_or_else(wrong)?,
                last: last.first().map(|word| day(word)).transpose()?,
            }),
            _ => Err(wrong()),
        }
    }
}

fn instant<'de, D: Deserializer<'de>>(input: D) -> Result<ZonedDateTime, D::Error> {
    let text = String::deserialize(input)?;
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").map_err(serde::de::Error::custom)?;
    let instant = DateTimeParser::new().parse_timestamp(&text).map_err(serde::de::Error::custom)?;
    Ok(instant.to_zoned_datetime(zone))
}

impl Act {
    /// The agency whose numbered document comes with this act, if one does.
    pub(crate) fn sender(&self) -> Option<String> {
        let submitted = self.by.as_deref().filter(|_| self.verb == "submit").and_then(|by| by.strip_prefix("dau-moi-"));
        let received = self.item.rsplit('/').next().filter(|_| self.verb == "receive");
        submitted.or(received).map(Into::into)
    }
}
