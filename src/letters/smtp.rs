//! [`Postbox`]: hands one e-mail to the mail server and says what became of it. Each mail has a connection of its own, and
//! is handed over once: nothing here tries again.
//!
//! What became of it goes by how far the talk had come. Until the last line of the mail has been written the server cannot
//! have taken it: *failed*. From then on only its answer tells: 250 is *sent*, a refusal is *failed*, and where no answer
//! came it is *uncertain*.

use std::{
    error::Error as _,
    fs,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use lettre::transport::smtp::{
    Error,
    authentication::{Credentials, Mechanism},
    client::{AsyncSmtpConnection, Certificate, TlsParameters},
    commands::{Data, Mail, Rcpt},
    extension::ClientId,
    response::Severity,
};

use super::{
    message::Message,
    problem::Problem,
    settings::{MailSettings, Tls},
};
use crate::{
    domain::{entry::Outcome, text::Text},
    secret::Secret,
};

/// The longest sentence of a server that is kept.
const LONGEST: usize = 300;

/// How many times as long as for another answer is waited for the one to the whole mail (RFC 5321, 4.5.3.2.6: ten minutes).
const LAST_ANSWER: u32 = 10;

/// How far the talk had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Connecting, the greeting, and what the server can do.
    Connect,
    /// Making the connection an encrypted one.
    Encrypt,
    /// Signing in.
    SignIn,
    /// Saying from whom it is.
    From,
    /// Saying to whom it is.
    To,
    /// The mail itself.
    Mail,
}

impl Phase {
    /// The end of its id in `config/lang` under `mail-phase-…`.
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Connect => "connect",
            Phase::Encrypt => "encrypt",
            Phase::SignIn => "sign-in",
            Phase::From => "from",
            Phase::To => "to",
            Phase::Mail => "mail",
        }
    }
}

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Sent, uncertain or failed.
    pub outcome: Outcome,
    /// How far it came.
    pub phase: Phase,
    /// The server's or the system's sentence, cleaned.
    pub said: Text,
}

/// The way to a mail server.
#[derive(Clone)]
pub struct Postbox {
    settings: MailSettings,
    encryption: Option<TlsParameters>,
    credentials: Option<Credentials>,
}

impl std::fmt::Debug for Postbox {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Postbox").field("host", &self.settings.host).finish_non_exhaustive()
    }
}

impl Postbox {
    /// Makes the way ready; nothing is asked of the network yet. `secret` is what `mail.user` signs in with.
    pub fn new(settings: &MailSettings, secret: Option<Secret>) -> Result<Self, Problem> {
        settings.check()?;
        let encryption = match settings.tls {
            Tls::Tls | Tls::Starttls => Some(encryption(settings)?),
            Tls::None => None,
        };
        let credentials = secret.map(|secret| Credentials::new(settings.user.clone(), secret.reveal().to_owned()));
        Ok(Postbox { settings: settings.clone(), encryption, credentials })
    }

    /// Hands `message` over, once.
    pub async fn post(&self, message: &Message) -> Delivery {
        match self.talk(message).await {
            Ok(said) => Delivery { outcome: Outcome::Sent, phase: Phase::Mail, said },
            Err(delivery) => delivery,
        }
    }

    /// Connects and signs in, and says goodbye: shows that the settings serve.
    pub async fn try_out(&self) -> Result<(), Delivery> {
        let mut connection = self.connected().await?;
        let _ = tokio::time::timeout(self.patience(), connection.quit()).await;
        Ok(())
    }

    async fn talk(&self, message: &Message) -> Result<Text, Delivery> {
        let mut connection = self.connected().await?;
        let (from, to) = (message.envelope.from.clone(), message.envelope.to.clone());
        self.answer(Phase::From, connection.command(Mail::new(Some(from), Vec::new()))).await?;
        self.answer(Phase::To, connection.command(Rcpt::new(to, Vec::new()))).await?;
        let go_on = self.answer(Phase::Mail, connection.command(Data)).await?;
        if !go_on.has_code(354) {
            return Err(failed(Phase::Mail, go_on.first_line().unwrap_or_default()));
        }
        let written = Arc::new(AtomicBool::new(false));
        let parts = Parts { message: Some(message.bytes.clone()), written: Arc::clone(&written) };
        let answer = tokio::time::timeout(self.patience() * LAST_ANSWER, connection.message_iter(parts)).await;
        // A refusal is an answer; anything else is none, and what was written may have been taken.
        let outcome = |taken: bool| if taken { Outcome::Uncertain } else { Outcome::Failed };
        let taken = || written.load(Ordering::SeqCst);
        match answer {
            Ok(Ok(answer)) if answer.code().severity == Severity::PositiveCompletion => {
                // It has the mail: how the goodbye goes does not matter.
                let _ = tokio::time::timeout(self.patience(), connection.quit()).await;
                Ok(kept(answer.first_line().unwrap_or_default()))
            }
            Ok(Ok(answer)) => {
                let said = kept(answer.first_line().unwrap_or_default());
                Err(Delivery { outcome: Outcome::Uncertain, phase: Phase::Mail, said })
            }
            Ok(Err(error)) if error.status().is_some() => Err(failed(Phase::Mail, &sentence(&error))),
            Ok(Err(error)) => {
                Err(Delivery { outcome: outcome(taken()), phase: Phase::Mail, said: kept(&sentence(&error)) })
            }
            Err(late) => Err(Delivery { outcome: outcome(taken()), phase: Phase::Mail, said: kept(&late.to_string()) }),
        }
    }

    async fn connected(&self) -> Result<AsyncSmtpConnection, Delivery> {
        let settings = &self.settings;
        let hello = ClientId::default();
        let server = (settings.host.trim_start_matches('[').trim_end_matches(']'), settings.port());
        let at_once = self.encryption.clone().filter(|_| settings.tls == Tls::Tls);
        let patience = Duration::from_secs(settings.connect_s.into());
        let connecting = AsyncSmtpConnection::connect_tokio1(server, Some(patience), &hello, at_once, None);
        let mut connection = within(patience + self.patience(), Phase::Connect, connecting).await?;
        if let Some(encryption) = self.encryption.clone().filter(|_| settings.tls == Tls::Starttls) {
            self.answer(Phase::Encrypt, connection.starttls(encryption, &hello)).await?;
        }
        if let Some(credentials) = &self.credentials {
            let signing_in = connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials);
            // A server may repeat what it was told: of its sentence only the code is kept.
            let without_sentence = |error: Error| match error.status() {
                Some(code) => failed(Phase::SignIn, &code.to_string()),
                None => failed(Phase::SignIn, &sentence(&error)),
            };
            match tokio::time::timeout(self.patience(), signing_in).await {
                Ok(signed_in) => signed_in.map(drop).map_err(without_sentence)?,
                Err(late) => return Err(failed(Phase::SignIn, &late.to_string())),
            }
        }
        Ok(connection)
    }

    async fn answer<T>(&self, phase: Phase, asked: impl Future<Output = Result<T, Error>>) -> Result<T, Delivery> {
        within(self.patience(), phase, asked).await
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(self.settings.reply_s.into())
    }
}

/// The mail as one part, and word of it when it has been written: the end of the mail is written after that.
struct Parts {
    message: Option<Vec<u8>>,
    written: Arc<AtomicBool>,
}

impl Iterator for Parts {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let part = self.message.take();
        if part.is_none() {
            self.written.store(true, Ordering::SeqCst);
        }
        part
    }
}

async fn within<T>(
    patience: Duration,
    phase: Phase,
    asked: impl Future<Output = Result<T, Error>>,
) -> Result<T, Delivery> {
    match tokio::time::timeout(patience, asked).await {
        Ok(answer) => answer.map_err(|error| failed(phase, &sentence(&error))),
        Err(late) => Err(failed(phase, &late.to_string())),
    }
}

fn failed(phase: Phase, said: &str) -> Delivery {
    Delivery { outcome: Outcome::Failed, phase, said: kept(said) }
}

/// The server's sentence with its code; else what the system says.
fn sentence(error: &Error) -> String {
    let source = error.source().map(ToString::to_string);
    match (error.status(), source) {
        (Some(code), Some(said)) => format!("{code} {said}"),
        (Some(code), None) => code.to_string(),
        (None, Some(said)) => said,
        (None, None) => error.to_string(),
    }
}

fn kept(said: &str) -> Text {
    Text::new(&said.trim().chars().take(LONGEST).collect::<String>())
}

fn encryption(settings: &MailSettings) -> Result<TlsParameters, Problem> {
    let wrong = |error: Error| Problem::Tls(Text::new(&error.to_string()).to_string());
    let mut parameters = TlsParameters::builder(settings.host.clone());
    if !settings.ca_file.as_os_str().is_empty() {
        let path = &settings.ca_file;
        let pem = fs::read(path).map_err(|error| Problem::unread(path, &error))?;
        parameters = parameters.add_root_certificate(Certificate::from_pem(&pem).map_err(wrong)?);
    }
    parameters.build().map_err(wrong)
}
