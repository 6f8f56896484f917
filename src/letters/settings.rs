//! [`MailSettings`]: how reminders leave, `[mail]` of the config. Every option is described in `config/tiendo.toml`.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};

use lettre::message::Mailbox;
use serde::Deserialize;

use super::problem::Problem;
use crate::{
    secret::{self, Secret},
    words::{self, LANGUAGES, Language},
};

/// How mail is sent. The default sends nothing: there is no host.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs, reason = "each option is described in config/tiendo.toml")]
pub struct MailSettings {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub ca_file: PathBuf,
    pub user: String,
    pub token_command: String,
    pub token_variable: String,
    pub token_file: PathBuf,
    pub token: Secret,
    pub from: String,
    pub reply_to: String,
    pub office: String,
    pub language: String,
    pub answer_working_days: u16,
    pub cap: u16,
    pub connect_s: u16,
    pub reply_s: u16,
}

/// How the way to the mail server is kept from being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// From the first byte on.
    Tls,
    /// The connection is turned into an encrypted one before anything is said on it; refused where the server cannot.
    #[default]
    Starttls,
    /// Not at all: only to this machine itself.
    None,
}

impl Default for MailSettings {
    fn default() -> Self {
        MailSettings {
            host: String::new(),
            port: 0,
            tls: Tls::Starttls,
            ca_file: PathBuf::new(),
            user: String::new(),
            token_command: String::new(),
            token_variable: String::new(),
            token_file: PathBuf::new(),
            token: Secret::default(),
            from: String::new(),
            reply_to: String::new(),
            office: String::new(),
            language: String::new(),
            answer_working_days: 5,
            cap: 50,
            connect_s: 10,
            reply_s: 60,
        }
    }
}

impl MailSettings {
    /// Is mail set up at all?
    pub fn is_set_up(&self) -> bool {
        !self.host.is_empty()
    }

    /// Are they in order? Nothing is asked of the network, and the secret is not looked at.
    pub fn check(&self) -> Result<(), Problem> {
        if self.host.trim().is_empty() {
            return Err(Problem::Missing("host"));
        }
        if self.tls == Tls::None && !is_this_machine(&self.host) {
            return Err(Problem::Unencrypted { host: self.host.clone() });
        }
        self.sender()?;
        self.answers_to()?;
        self.language(&LANGUAGES[0])?;
        if let Some(file) = self.token_file() {
            secret::keep_private(file)?;
        }
        if self.user.is_empty() { Ok(()) } else { self.one_secret_source() }
    }

    /// The port that is connected to: the usual one where none is said.
    pub fn port(&self) -> u16 {
        match (self.port, self.tls) {
            (0, Tls::Tls) => 465,
            (0, Tls::Starttls) => 587,
            (0, Tls::None) => 25,
            (port, Tls::Tls | Tls::Starttls | Tls::None) => port,
        }
    }

    /// The language of the letters; `otherwise` where none is said.
    pub fn language(&self, otherwise: &'static Language) -> Result<&'static Language, Problem> {
        if self.language.is_empty() {
            return Ok(otherwise);
        }
        words::language(&self.language).ok_or_else(|| Problem::NoLanguage(self.language.clone()))
    }

    pub(super) fn token_file(&self) -> Option<&Path> {
        Some(self.token_file.as_path()).filter(|path| !path.as_os_str().is_empty())
    }

    pub(super) fn one_secret_source(&self) -> Result<(), Problem> {
        let said = [
            !self.token_command.is_empty(),
            !self.token_variable.is_empty(),
            self.token_file().is_some(),
            !self.token.is_empty(),
        ];
        if said.into_iter().filter(|said| *said).count() == 1 { Ok(()) } else { Err(Problem::SecretSource) }
    }

    pub(super) fn sender(&self) -> Result<Mailbox, Problem> {
        if self.from.is_empty() {
            return Err(Problem::Missing("from"));
        }
        mailbox("from", &self.from)
    }

    pub(super) fn answers_to(&self) -> Result<Option<Mailbox>, Problem> {
        if self.reply_to.is_empty() { Ok(None) } else { mailbox("reply_to", &self.reply_to).map(Some) }
    }
}

fn mailbox(option: &'static str, value: &str) -> Result<Mailbox, Problem> {
    let wrong = || Problem::NotAnAddress { option, value: crate::domain::text::Text::new(value).to_string() };
    // A line end would end the header, and what follows would be another one.
    if value.chars().any(char::is_control) {
        return Err(wrong());
    }
    value.parse().map_err(|_| wrong())
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> MailSettings {
        MailSettings { host: "mail.invalid".into(), from: "Sở <so@mau.invalid>".into(), ..MailSettings::default() }
    }

    #[test]
    fn what_is_missing_or_unsafe_is_named() {
        assert_eq!(settings().check(), Ok(()));
        assert_eq!(MailSettings::default().check(), Err(Problem::Missing("host")));
        assert_eq!(MailSettings { from: String::new(), ..settings() }.check(), Err(Problem::Missing("from")));
        assert_eq!(MailSettings { user: "an".into(), ..settings() }.check(), Err(Problem::SecretSource));
        let tongue = MailSettings { language: "xx".into(), ..settings() };
        assert_eq!(tongue.check(), Err(Problem::NoLanguage("xx".into())));
        for value in ["so", "so@mau.invalid\r\nBcc: x@mau.invalid", "Sở\n <so@mau.invalid>", "a@b, c@d"] {
            for wrong in [
                MailSettings { from: value.into(), ..settings() },
                MailSettings { reply_to: value.into(), ..settings() },
            ] {
                assert!(matches!(wrong.check(), Err(Problem::NotAnAddress { .. })), "{value}");
            }
        }
    }

    #[test]
    fn unencrypted_mail_stays_on_this_machine() {
        let to = |host: &str| MailSettings { host: host.into(), tls: Tls::None, ..settings() }.check();
        for host in ["localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"] {
            assert_eq!(to(host), Ok(()), "{host}");
        }
        for host in ["mail.invalid", "10.0.0.1", "0.0.0.0", "localhost.invalid", "127.0.0.1.invalid"] {
            assert_eq!(to(host), Err(Problem::Unencrypted { host: host.into() }));
        }
    }

    #[test]
    fn the_port_goes_by_the_encryption() {
        let port = |port, tls| MailSettings { port, tls, ..settings() }.port();
        assert_eq!(
            [port(0, Tls::Tls), port(0, Tls::Starttls), port(0, Tls::None), port(2525, Tls::Tls)],
            [465, 587, 25, 2525]
        );
    }
}
