//! How fresh the data are, as the header says it: a sign and words; and how far an answer has come that is on its way.

use jiff::{SignedDuration, Timestamp};

use super::{Look, pen::Piece, theme::Role};
use crate::{
    app::{model::Model, sync::Freshness},
    domain::heard::Loading,
};

/// A sign and words.
pub(super) fn pieces(model: &Model, look: &Look<'_>) -> Vec<Piece<'static>> {
    let [live, old, none, trouble] = look.glyphs.freshness;
    let words = |word: &str| look.words.get(word).into_owned();
    let dated = |word: &str, at| look.words.with(word, &[("when", when(at, model, look).into())]);
    if let Some(loading) = model.feed.loading.filter(|_| model.snapshot.is_none()) {
        // Why there was nothing before does not matter while something comes.
        let said = format!("{} {}", words("freshness-loading"), loading_text(loading, look));
        return vec![Piece::new(Role::Dim, format!("{old} ")), Piece::new(Role::Dim, said)];
    }
    let fresh = model.feed.freshness(model.now);
    let (sign, role, said) = match fresh {
        Freshness::Loading => (old, Role::Dim, words("freshness-loading")),
        Freshness::Remembered(at) => (old, Role::DueSoon, dated("freshness-remembered", at)),
        Freshness::Cut(at) => (none, Role::DueSoon, dated("freshness-cut", at)),
        Freshness::Live => (live, Role::OnTime, words("freshness-live")),
        Freshness::Shrunk(percent) => {
            (trouble, Role::Late, look.words.with("freshness-shrunk", &[("percent", usize::from(percent).into())]))
        }
        Freshness::Stale(age) if age < SignedDuration::from_mins(1) => {
            (old, Role::DueSoon, words("freshness-just-lost"))
        }
        Freshness::Stale(age) => {
            (old, Role::DueSoon, look.words.with("freshness-stale", &[("age", age_text(age, look).into())]))
        }
        Freshness::Offline => (none, Role::DueSoon, words("freshness-offline")),
        Freshness::SignInNeeded => (trouble, Role::DueSoon, words("freshness-sign-in")),
        Freshness::SourceError => (trouble, Role::DueSoon, words("freshness-source-error")),
        Freshness::NoData => (none, Role::Dim, words("freshness-no-data")),
    };
    let mut pieces = vec![Piece::new(role, format!("{sign} ")), Piece::new(role, said)];
    if let Some(loading) = model.feed.loading {
        pieces.push(Piece::new(Role::Dim, format!(" {}", loading_text(loading, look))));
    } else if let (Some(at), false) = (model.feed.remembered, dates_itself(fresh)) {
        // Why nothing newer is there is said; how old it is matters as much.
        pieces.push(Piece::new(role, format!(" {} {}", look.glyphs.dot, dated("freshness-remembered", at))));
    }
    pieces
}

fn dates_itself(fresh: Freshness) -> bool {
    match fresh {
        Freshness::Remembered(_) | Freshness::Cut(_) => true,
        Freshness::Loading
        | Freshness::Live
        | Freshness::Shrunk(_)
        | Freshness::Stale(_)
        | Freshness::Offline
        | Freshness::SignInNeeded
        | Freshness::SourceError
        | Freshness::NoData => false,
    }
}

/// How far an answer has come: `3,2 trên 6,1 MB · 41.250 trên 100.000 mục`.
pub(super) fn loading_text(loading: Loading, look: &Look<'_>) -> String {
    let words = look.words;
    let small = loading.of.unwrap_or(loading.bytes) < 1 << 20;
    let unit = if small { "KB" } else { "MB" };
    let size =
        |bytes: u64| if small { (bytes >> 10).to_string() } else { words.tenths(bytes.saturating_mul(10) >> 20) };
    let bytes = match (loading.reads, loading.of) {
        (true, _) => words.get("loading-reads").into_owned(),
        (false, Some(of)) => {
            let args = [("bytes", size(loading.bytes).into()), ("of", size(of).into()), ("unit", unit.into())];
            words.with("loading-of", &args)
        }
        (false, None) => words.with("loading-bytes", &[("bytes", size(loading.bytes).into()), ("unit", unit.into())]),
    };
    let Some(of) = loading.of_records else { return bytes };
    let number = |count: u64| words.number(i64::try_from(count).unwrap_or(i64::MAX));
    let records = [("records", number(loading.records.min(of)).into()), ("of", number(of).into())];
    format!("{bytes} {} {}", look.glyphs.dot, words.with("loading-records", &records))
}

/// A time near today: `14:02`, `14:02 hôm qua`, `14:02 18/11`.
pub(super) fn when(at: Timestamp, model: &Model, look: &Look<'_>) -> String {
    let (at, today) = (model.zone.to_datetime(at), model.clock_date());
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    if at.date() == today {
        time
    } else if today.yesterday().is_ok_and(|yesterday| yesterday == at.date()) {
        look.words.with("when-yesterday", &[("time", time.into())])
    } else {
        format!("{time} {}", look.words.short_date(at.date(), today.year()))
    }
}

fn age_text(age: SignedDuration, look: &Look<'_>) -> String {
    let minutes = age.as_mins().max(0);
    let (word, count) = match minutes {
        0..60 => ("age-minutes", minutes),
        60..2880 => ("age-hours", minutes / 60),
        _ => ("age-days", minutes / 1440),
    };
    look.words.with(word, &[("count", count.into())])
}
