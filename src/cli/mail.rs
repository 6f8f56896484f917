//! What `tiendo remind` and `tiendo check` share: the wording, the body that reminds, the way to the mail server.

use super::{
    exit::{Exit, Stop},
    session::{Session, variable},
};
use crate::{
    letters::{self, Postbox, Problem, Templates, Tls},
    words::Words,
};

/// The wording, a person's own before what ships.
pub(super) fn templates(session: &Session) -> Result<Templates, Problem> {
    Templates::load(session.config.letters().as_deref())
}

/// The way to the mail server, with the secret it wants.
pub(super) async fn postbox(session: &Session) -> Result<Postbox, Problem> {
    let settings = &session.config.mail;
    settings.check()?;
    let secret = letters::secret(settings, &variable).await?;
    Postbox::new(settings, secret)
}

/// The settings in a line, without the secret.
pub(super) fn described(session: &Session) -> String {
    let settings = &session.config.mail;
    let tls = match settings.tls {
        Tls::Tls => "TLS",
        Tls::Starttls => "STARTTLS",
        Tls::None => "–",
    };
    session.words.with(
        "cli-mail-ready",
        &[
            ("host", settings.host.as_str().into()),
            ("port", settings.port().to_string().into()),
            ("tls", tls.into()),
            ("from", settings.from.as_str().into()),
            ("cap", i32::from(settings.cap).into()),
        ],
    )
}

/// Connects to the mail server and signs in.
pub(super) async fn try_out(session: &Session) -> anyhow::Result<()> {
    let words = &session.words;
    let postbox = postbox(session).await.map_err(|problem| stop(words, &problem))?;
    postbox.try_out().await.map_err(|delivery| {
        let phase = words.get(&format!("mail-phase-{}", delivery.phase.as_str())).into_owned();
        let said = words.with("mail-said", &[("phase", phase.into()), ("said", delivery.said.as_str().into())]);
        Stop::with(Exit::Unreachable, said)
    })
}

/// What is wrong, as a reason to end.
pub(super) fn stop(words: &Words, problem: &Problem) -> anyhow::Error {
    Stop::usage(words.say(&problem.sentence()))
}
