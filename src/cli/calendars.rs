//! Shared calendars before the source that names them: every command shows them.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;

use super::{
    exit::{Exit, Stop},
    opened::Opened,
    session::Session,
};
use crate::{
    config::NamedSource,
    domain::{failure::Failure, sentence::Sentence, text::Text, title::Title},
    runtime::{
        calendars::Calendars,
        laid_over::{self, Titles},
    },
    sources::{calendar::Calendar, http::missing},
    store::calendars::KeptCalendar,
    words::{LANGUAGES, Words},
};

/// The same source, with the calendars of `named` laid over its plan; who asks it first waits `patience` for them at most.
pub(super) async fn laid_over(
    session: &Session,
    named: Option<&NamedSource>,
    opened: Opened,
    patience: Duration,
) -> anyhow::Result<Opened> {
    let Some(named) = named.filter(|named| !named.overlays.is_empty()) else { return Ok(opened) };
    let usage = |why: Sentence| Stop::because(&session.words, Exit::Usage, why);
    let folder = session.config.data_dir.as_ref().map(|folder| folder.join("cache"));
    let mut calendars = Vec::new();
    // It is the same for all of them: nobody is asked for a word twice.
    let mut password = None;
    for settings in named.calendars(&session.config) {
        if password.is_none() {
            password = settings.token.find(true).await.map_err(|why| usage(missing(&why)))?;
        }
        let kept = folder.as_ref().map(|folder| KeptCalendar::new(folder, &settings.address, &named.overlay_user));
        let calendar = Calendar::new(settings, password.clone()).map_err(|failure| match failure {
            Failure::Refused(why) => usage(why),
            other @ (Failure::Offline(_) | Failure::Denied(_) | Failure::Unreadable(_)) => other.into(),
        })?;
        calendars.push((calendar, kept));
    }
    let calendars = Calendars::watch(calendars, named.overlay_interval());
    let source = laid_over::before(opened.source, calendars, titles(), Arc::new(Timestamp::now), patience);
    Ok(Opened { source, ..opened })
}

/// Says a title in every language there is.
fn titles() -> Titles {
    let words: Vec<Words> = LANGUAGES.iter().map(Words::new).collect();
    Arc::new(move |sentence| {
        let said = words.iter().map(|words| (words.language.tag.into(), Text::new(&words.say(sentence))));
        Title::ByLanguage(said.collect())
    })
}
