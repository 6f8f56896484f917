//! [`WebSettings`]: where a server is and who signs in there, from one `[[source]]` of the config.

use std::{net::IpAddr, path::PathBuf};

use base64::{Engine as _, prelude::BASE64_STANDARD as STANDARD};
use reqwest::Url;

use crate::{
    domain::{sentence::Sentence, text::Text},
    secret::{self, Missing, Secret},
};

/// Where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebSettings {
    /// What it is called in the config.
    pub name: Text,
    /// Its address: `https://tiendo.example.vn`.
    pub url: String,
    /// Where the token comes from.
    pub token: TokenFrom,
    /// A file with the certificates (PEM) of authorities the system does not know.
    pub ca_file: Option<PathBuf>,
    /// The tag of the language its sentences are asked for in.
    pub language: &'static str,
}

/// Where the token that signs in comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TokenFrom {
    /// Nobody signs in.
    #[default]
    Nowhere,
    /// A command that prints it.
    Command(String),
    /// A file that holds it.
    File(PathBuf),
    /// The config.
    Config(Secret),
    /// The variable of that name, which holds it.
    Variable(&'static str, Secret),
    /// The password of this user comes from there; it is shown with the name.
    Of(String, Box<TokenFrom>),
}

impl TokenFrom {
    /// The token; none where nobody signs in. Whoever sits at the terminal may be asked for a word only while it is theirs
    /// (`asks`).
    pub async fn find(&self, asks: bool) -> Result<Option<Secret>, Missing> {
        let TokenFrom::Of(user, password) = self else { return self.bare(asks).await };
        let password = password.bare(asks).await?;
        // As it is shown (RFC 7617).
        Ok(password.map(|password| Secret::new(STANDARD.encode(format!("{user}:{}", password.reveal())))))
    }

    async fn bare(&self, asks: bool) -> Result<Option<Secret>, Missing> {
        match self {
            TokenFrom::Nowhere | TokenFrom::Of(..) => Ok(None),
            TokenFrom::Command(line) => secret::of_command(line, asks).await.map(Some),
            TokenFrom::File(path) => secret::of_file(path).map(Some),
            TokenFrom::Config(token) | TokenFrom::Variable(_, token) => Ok(Some(token.clone())),
        }
    }

    /// Which token it is, for a person.
    pub fn said(&self) -> Sentence {
        match self {
            TokenFrom::Nowhere => Sentence::new("source-token-none"),
            TokenFrom::Command(_) => Sentence::new("source-token-command"),
            TokenFrom::File(path) => Sentence::new("source-token-file").with("file", path.display().to_string()),
            TokenFrom::Config(_) => Sentence::new("source-token-config"),
            TokenFrom::Variable(name, _) => Sentence::new("source-token-variable").with("name", *name),
            TokenFrom::Of(_, password) => password.said(),
        }
    }
}

/// Why no token was found, for a person.
pub fn missing(missing: &Missing) -> Sentence {
    match missing {
        Missing::Unread { file, reason } => {
            Sentence::new("source-token-unread").with("file", file.as_str()).with("reason", reason.as_str())
        }
        Missing::Readable { file } => Sentence::new("source-token-readable").with("file", file.as_str()),
        Missing::Variable(name) => Sentence::new("source-token-unset").with("name", name.as_str()),
        Missing::Command(reason) => Sentence::new("source-token-failed").with("reason", reason.as_str()),
    }
}

/// Can a server that is shown a secret be at `url`? A token never travels where others can read it: beyond this machine only https will do.
pub fn check_url(url: &str) -> Result<(), Sentence> {
    base(url, false).map(drop)
}

/// The server an address is on that is asked as it is written.
pub(in crate::sources) fn origin(url: &str) -> Result<String, Sentence> {
    base(url, true).map(|url| url.origin().ascii_serialization())
}

/// The address that routes are put behind; or the whole of it, terms and all.
pub(super) fn base(written: &str, whole: bool) -> Result<Url, Sentence> {
    let said = |id| Sentence::new(id).with("url", written);
    let url = Url::parse(written.trim()).map_err(|_| said("config-source-url"))?;
    let is_bare = (whole || url.query().is_none()) && url.fragment().is_none() && !url.cannot_be_a_base();
    if !matches!(url.scheme(), "http" | "https") || !is_bare || url.host_str().is_none() {
        return Err(said("config-source-url"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        // It is not repeated: a secret stands in it.
        return Err(Sentence::new("config-source-secret-in-url"));
    }
    if url.scheme() == "http" && !is_here(&url) {
        return Err(said("config-source-plain"));
    }
    Ok(url)
}

/// Is it this machine?
fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_a_token_may_be_sent_to() {
        for fine in [
            "https://tiendo.example.vn",
            "https://a.vn/x/",
            "http://127.0.0.1:7095",
            "http://[::1]:1",
            "http://localhost",
        ] {
            assert_eq!(check_url(fine), Ok(()), "{fine}");
        }
        let why = |url: &str| check_url(url).unwrap_err().id;
        assert_eq!(why("http://tiendo.example.vn"), "config-source-plain");
        assert_eq!(why("http://10.0.0.7:7095"), "config-source-plain");
        for none in ["", "tiendo.example.vn", "ftp://a.vn", "https://a.vn?x=1", "data:x"] {
            assert_eq!(why(none), "config-source-url", "{none}");
        }
        let secret = check_url("https://me:canary@a.vn").unwrap_err();
        assert!(secret.id == "config-source-secret-in-url" && !secret.to_string().contains("canary"));
    }
}
