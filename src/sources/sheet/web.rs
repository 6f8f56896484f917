//! [`Web`]: a workbook at a URL, fetched when it is another one than it was. Nobody signs in there: what it answers is a file
//! anybody may have, or a page that says why not.

use std::{
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::{Mutex, Once, PoisonError},
    time::Duration,
};

use futures::FutureExt;
use reqwest::{
    Response, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{
        ACCEPT_ENCODING, CONTENT_ENCODING, ETAG, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH,
        LAST_MODIFIED,
    },
    redirect::Policy,
};
use tokio::time::{Sleep, sleep};

use super::{address::export, limits::Limits};
use crate::{
    domain::{failure::Failure, sentence::Sentence},
    sources::web::verdict::{broken, kind, rest, resting, too_large},
};

/// How long a connection may take, how long nothing may come, and how long it may take in all.
const WAITS: [Duration; 3] = [Duration::from_secs(5), Duration::from_secs(15), Duration::from_secs(180)];
/// So many redirects are followed.
const REDIRECTS: usize = 5;

/// A workbook's address.
pub(super) struct Web {
    http: reqwest::Client,
    url: Url,
    /// It wants to be left alone until then.
    rests: Mutex<Option<Pin<Box<Sleep>>>>,
}

/// What tells one state of it from another.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tag {
    etag: Option<HeaderValue>,
    modified: Option<HeaderValue>,
}

/// A workbook that was fetched.
#[derive(Debug)]
pub(super) struct Got {
    pub(super) bytes: Vec<u8>,
    /// What it is, as the ending of a file's name.
    pub(super) ending: &'static str,
    pub(super) tag: Tag,
}

impl Web {
    /// That of `written`, as a person has it.
    pub(super) fn new(written: &str) -> Result<Self, Failure> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Somebody may have installed one: that will do.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let url = export(written).map_err(Failure::Refused)?;
        let own = url.clone();
        let policy = Policy::custom(move |attempt| {
            let count = attempt.previous().len();
            if count <= REDIRECTS && is_followed(&own, attempt.url()) { attempt.follow() } else { attempt.stop() }
        });
        let builder = reqwest::Client::builder()
            .connect_timeout(WAITS[0])
            .read_timeout(WAITS[1])
            .timeout(WAITS[2])
            // What is packed could unpack to anything; a workbook is packed already.
            .gzip(false)
            .referer(false)
            .user_agent(concat!("tiendo/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Guarded { own: url.host_str().unwrap_or_default().to_owned() })
            .redirect(policy);
        let http = builder.build().map_err(|error| broken(&error))?;
        Ok(Web { http, url, rests: Mutex::default() })
    }

    /// Its name, where the address ends in that of a file.
    pub(super) fn name(&self) -> Option<&str> {
        let last = self.url.path_segments()?.next_back()?;
        ENDINGS.iter().any(|(_, ending)| last.to_ascii_lowercase().ends_with(ending)).then_some(last)
    }

    /// What is there, where it is not what bears `tag`.
    pub(super) async fn get(&self, tag: Option<&Tag>, most: usize) -> Result<Option<Got>, Failure> {
        if self.is_resting() {
            return Err(resting());
        }
        let mut request = self.http.get(self.url.clone()).header(ACCEPT_ENCODING, "identity");
        let tags = tag.map(|tag| [(IF_NONE_MATCH, tag.etag.clone()), (IF_MODIFIED_SINCE, tag.modified.clone())]);
        for (name, value) in tags.into_iter().flatten() {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let response = request.send().await.map_err(|error| broken(&error))?;
        let status = response.status().as_u16();
        if status == 304 {
            return Ok(None);
        }
        if !response.status().is_success() {
            return Err(self.refused(status, response.headers()));
        }
        let headers = response.headers().clone();
        let ending = ending(&headers, &self.url)?;
        let bytes = taken_in(response, most).await?;
        let tag = Tag { etag: headers.get(ETAG).cloned(), modified: headers.get(LAST_MODIFIED).cloned() };
        Ok(Some(Got { bytes, ending, tag }))
    }

    fn refused(&self, status: u16, headers: &HeaderMap) -> Failure {
        let said = |id| Sentence::new(id).with("status", usize::from(status));
        match status {
            300..=399 => {
                let to = headers.get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
                let to = to.split(['?', '#']).next().unwrap_or_default();
                Failure::Offline(Sentence::new("source-elsewhere").with("to", to))
            }
            401 | 403 => Failure::Denied(said("book-private")),
            404 | 410 => Failure::Refused(said("book-none-there")),
            408 | 425 | 429 | 500..=599 => {
                if let Some(time) = rest(headers) {
                    *self.rests.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::pin(sleep(time)));
                }
                Failure::Offline(said("source-troubled").with("said", ""))
            }
            _ => Failure::Refused(said("source-refused").with("said", "")),
        }
    }

    fn is_resting(&self) -> bool {
        let mut rests = self.rests.lock().unwrap_or_else(PoisonError::into_inner);
        let still = rests.as_mut().is_some_and(|wait| wait.now_or_never().is_none());
        if !still {
            *rests = None;
        }
        still
    }
}

/// What is at `written` now, for who only wants to look: within the same limits and rules as where it is followed. With a name for
/// it that says what it is.
///
/// # Errors
///
/// What is wrong with the address, or why nothing came.
pub async fn look_at(written: &str) -> Result<(Vec<u8>, String), Failure> {
    let web = Web::new(written)?;
    let Some(Got { bytes, ending, .. }) = web.get(None, Limits::default().file).await? else {
        return Err(Failure::Unreadable(Sentence::new("source-not-whole")));
    };
    let name = web.name().filter(|name| name.to_lowercase().ends_with(ending));
    Ok((bytes, name.map_or_else(|| format!("bang-tinh{ending}"), str::to_owned)))
}

/// The kinds of files, by what a server calls them.
const ENDINGS: [(&str, &str); 6] = [
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    ("application/vnd.ms-excel.sheet.macroenabled.12", ".xlsx"),
    ("text/csv", ".csv"),
    ("application/csv", ".csv"),
    ("application/json", ".json"),
    ("text/json", ".json"),
];

/// What came, as the ending of a file's name; a page is told for what it is.
fn ending(headers: &HeaderMap, url: &Url) -> Result<&'static str, Failure> {
    let kind = kind(headers);
    if let Some((_, ending)) = ENDINGS.iter().find(|(name, _)| *name == kind) {
        return Ok(ending);
    }
    if kind.starts_with("text/html") {
        return Err(Failure::Unreadable(Sentence::new("book-page")));
    }
    // A server that does not know what it has.
    let path = url.path().to_ascii_lowercase();
    let named = ENDINGS.iter().find(|(_, ending)| path.ends_with(ending));
    named.map(|(_, ending)| *ending).ok_or_else(|| Failure::Unreadable(Sentence::new("source-kind").with("kind", kind)))
}

async fn taken_in(mut response: Response, most: usize) -> Result<Vec<u8>, Failure> {
    if let Some(coding) = response.headers().get(CONTENT_ENCODING).filter(|coding| *coding != "identity") {
        let said = coding.to_str().unwrap_or_default();
        return Err(Failure::Unreadable(Sentence::new("source-kind").with("kind", said)));
    }
    let of = response.content_length();
    let mut bytes = Vec::new();
    while let Some(some) = response.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() + some.len() > most {
            return Err(too_large(most));
        }
        bytes.extend_from_slice(&some);
    }
    let came = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if of.is_some_and(|of| of != came) {
        return Err(Failure::Offline(
            Sentence::new("source-cut").with("detail", format!("{came}/{}", of.unwrap_or(0))),
        ));
    }
    Ok(bytes)
}

/// May one be sent on to `to`? Within the own server anywhere; else over TLS only, and not into a private network.
fn is_followed(own: &Url, to: &Url) -> bool {
    if own.origin() == to.origin() {
        return true;
    }
    let host = to.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    let private = host.parse().is_ok_and(is_private) || host.eq_ignore_ascii_case("localhost");
    to.scheme() == "https" && !private
}

/// Is it an address that means another machine in each network?
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_unspecified()
                || address.is_broadcast()
                || (first == 100 && (64..128).contains(&second))
        }
        IpAddr::V6(address) => {
            let of_4 = address.to_ipv4_mapped().is_some_and(|address| is_private(IpAddr::V4(address)));
            of_4 || address.is_loopback()
                || address.is_unspecified()
                || address.is_unique_local()
                || address.is_unicast_link_local()
        }
    }
}

/// Finds addresses of names: of any but the own server's none in a private network.
struct Guarded {
    own: String,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let is_own = name.as_str().eq_ignore_ascii_case(&self.own);
        async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = found.filter(|found| is_own || !is_private(found.ip())).collect();
            if found.is_empty() {
                return Err(std::io::Error::from(std::io::ErrorKind::AddrNotAvailable).into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_sent_on_over_tls_only_and_never_into_a_private_network() {
        let own: Url = "http://10.0.0.7/kh.xlsx".parse().unwrap();
        let followed = |to: &str| is_followed(&own, &to.parse().unwrap());
        assert!(followed("http://10.0.0.7/other") && followed("https://files.example.vn/x"));
        for not in [
            "http://files.example.vn/x",
            "https://10.0.0.8/x",
            "https://127.0.0.1/x",
            "https://localhost/x",
            "https://[::1]/x",
            "https://[fd00::1]/x",
            "https://[::ffff:192.168.1.1]/x",
            "https://169.254.169.254/latest",
            "https://100.64.0.1/x",
            "http://10.0.0.7:81/x",
        ] {
            assert!(!followed(not), "{not}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_into_a_private_network_leads_nowhere() {
        let guarded = Guarded { own: "a.vn".into() };
        assert!(guarded.resolve("localhost".parse().unwrap()).await.is_err());
        let own = Guarded { own: "localhost".into() };
        assert!(own.resolve("localhost".parse().unwrap()).await.is_ok());
    }
}
