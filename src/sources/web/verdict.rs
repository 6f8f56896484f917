//! What became of a request, as a [`Failure`] by what helps. A server's own sentences are passed on; what stands between it and
//! us (a proxy, a network's login page) is told for what it is.

use std::{error::Error, fmt::Display, time::Duration};

use jiff::{Timestamp, fmt::rfc2822::DateTimeParser};
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, LOCATION, RETRY_AFTER};

use super::access::TokenFrom;
use crate::{
    domain::{failure::Failure, sentence::Sentence},
    wire::{Problem, ProblemKind},
};

/// How long one waits where a server says until when, but not what time it is there.
const UNSURE: Duration = Duration::from_secs(60);

/// Nobody waits longer for anything a server says.
const LONGEST: Duration = Duration::from_secs(3_600);

/// What is wrong with what came.
pub(in crate::sources) fn unreadable(place: &str, said: &str) -> Failure {
    Failure::Unreadable(Sentence::new("source-unreadable").with("place", place).with("said", said))
}

/// It tells of something else than what was asked for.
pub(in crate::sources) fn unfitting(what: &str, found: &impl Display) -> Failure {
    unreadable(what, &found.to_string())
}

/// It is more than will be read.
pub(in crate::sources) fn too_large(most: usize) -> Failure {
    Failure::Unreadable(Sentence::new("source-too-large").with("mb", most >> 20))
}

/// It wants to be left alone.
pub(in crate::sources) fn resting() -> Failure {
    Failure::Offline(Sentence::new("source-rests"))
}

/// The request got no whole answer.
pub(in crate::sources) fn broken(error: &reqwest::Error) -> Failure {
    let deepest = deepest(error);
    let id = if deepest.contains("certificate") {
        "source-certificate"
    } else if error.is_timeout() {
        "source-slow"
    } else if error.is_connect() {
        "source-not-connected"
    } else {
        "source-cut"
    };
    Failure::Offline(Sentence::new(id).with("detail", deepest))
}

/// Did nothing come for too long?
pub(in crate::sources) fn is_slow(failure: &Failure) -> bool {
    failure.why().id == "source-slow"
}

/// What lies at the bottom of an error; addresses, which may hold more than is to be shown, stand only above.
fn deepest(error: &reqwest::Error) -> String {
    let mut said = String::new();
    let mut below = error.source();
    while let Some(cause) = below {
        said = cause.to_string();
        below = cause.source();
    }
    said
}

/// The answer is no success: what it means. `problem` is what its body says, where that is ours.
pub(in crate::sources) fn refused(
    status: u16,
    headers: &HeaderMap,
    problem: Option<Problem>,
    token: &TokenFrom,
) -> Failure {
    let said = |id| {
        let said = Sentence::new(id).with("status", usize::from(status));
        match &problem {
            Some(problem) => said.with(
                "said",
                Sentence::new("source-problem").with("said", problem.detail.clone()).with("next", problem.next.clone()),
            ),
            None => said.with("said", ""),
        }
    };
    match status {
        300..=399 => {
            let to = headers.get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
            // Only where to: what stands behind it may be meant for somebody else.
            let to = to.split(['?', '#']).next().unwrap_or_default();
            Failure::Offline(Sentence::new("source-elsewhere").with("to", to))
        }
        401 => Failure::Denied(said("source-denied").with("token", token.said())),
        407 => Failure::Offline(said("source-proxy-denied")),
        404 | 405 if problem.is_none() => Failure::Refused(said("source-none-there")),
        408 | 425 | 429 | 500..=599 => Failure::Offline(said("source-troubled")),
        _ if problem.as_ref().is_some_and(|problem| problem.kind == ProblemKind::AmendedMeanwhile) => {
            Failure::Refused(Sentence::new("refusal-amended-meanwhile"))
        }
        _ => Failure::Refused(said("source-refused")),
    }
}

/// The answer is a success, of this kind: is it one of ours?
pub(super) fn check_kind(headers: &HeaderMap, wanted: &str) -> Result<(), Failure> {
    let kind = kind(headers);
    if kind == wanted {
        return Ok(());
    }
    if kind.starts_with("text/html") {
        return Err(Failure::Unreadable(Sentence::new("source-login-page")));
    }
    if wanted.is_empty() {
        return Ok(());
    }
    Err(Failure::Unreadable(Sentence::new("source-kind").with("kind", kind)))
}

/// What kind a body is, in small letters.
pub(in crate::sources) fn kind(headers: &HeaderMap) -> String {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The server's clock.
pub(super) fn clock(headers: &HeaderMap) -> Option<Timestamp> {
    instant(headers.get(DATE)?.to_str().ok()?)
}

/// For how long it wants to be left alone, in either form.
pub(in crate::sources) fn rest(headers: &HeaderMap) -> Option<Duration> {
    let said = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let time = match said.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        // By the clock that said so, not by ours.
        Err(_) => match (instant(said)?, clock(headers)) {
            (until, Some(now)) => Duration::try_from(until.duration_since(now)).unwrap_or_default(),
            (_, None) => UNSURE,
        },
    };
    Some(time.min(LONGEST))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
fn instant(said: &str) -> Option<Timestamp> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    PARSER.parse_timestamp(said).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(said: &[(&'static str, &'static str)]) -> HeaderMap {
        said.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn how_long_to_wait_is_said_in_seconds_or_by_the_servers_clock() {
        let rests = |said: &[(&'static str, &'static str)]| rest(&headers(said)).map(|time| time.as_secs());
        assert_eq!(rests(&[]), None);
        assert_eq!(rests(&[("retry-after", "7")]), Some(7));
        assert_eq!(rests(&[("retry-after", "99999999")]), Some(3_600), "not for ever");
        let until = ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(rests(&[until, ("date", "Sun, 06 Nov 1994 08:48:37 GMT")]), Some(60));
        assert_eq!(rests(&[until, ("date", "Sun, 06 Nov 1994 08:50:37 GMT")]), Some(0), "it has passed");
        assert_eq!(rests(&[until]), Some(60), "nobody knows what time it is there");
        assert_eq!(rests(&[("retry-after", "soon")]), None);
    }

    #[test]
    fn what_helps_is_told_by_the_status() {
        let by = |status| refused(status, &headers(&[]), None, &TokenFrom::Nowhere);
        assert!(matches!(by(401), Failure::Denied(_)));
        for status in [302, 307, 407, 408, 429, 500, 502, 503, 504] {
            assert!(matches!(by(status), Failure::Offline(_)), "{status}");
        }
        for status in [400, 403, 404, 405, 413, 422, 428] {
            assert!(matches!(by(status), Failure::Refused(_)), "{status}");
        }
    }

    #[test]
    fn a_page_that_wants_a_name_typed_in_is_told_for_what_it_is() {
        let page = headers(&[("content-type", "text/html; charset=utf-8")]);
        assert_eq!(check_kind(&page, "application/json").unwrap_err().why().id, "source-login-page");
        assert_eq!(check_kind(&headers(&[("content-type", "Application/JSON")]), "application/json"), Ok(()));
        assert_eq!(check_kind(&headers(&[]), "application/json").unwrap_err().why().id, "source-kind");
    }
}
