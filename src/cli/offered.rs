//! What the screen hands over: in which forms, and what that takes.

use std::sync::Arc;

use super::{handed, letter, session::Session};
use crate::{app::hand_over::Offered, domain::text::Text, export::Format, runtime::handing::Hands, ui};

/// The forms that are offered; how a language calls each is the words' to say.
pub(super) fn forms(looks: &ui::Looks) -> Vec<Offered> {
    let offered = |format: Format| Offered {
        ending: format.ending(),
        names: looks.words().iter().map(|words| Text::new(&words.get(format.word().0))).collect(),
        of_a_view: format.is_of_a_view(),
        is_picture: format == Format::Picture,
    };
    Format::ALL.into_iter().map(offered).collect()
}

/// What handing over takes besides what is shown.
pub(super) fn hands(session: &Session) -> Hands {
    let config = session.config.clone();
    Hands { lists: handed::lists, office: Arc::new(move |outline, tag| letter::letterhead_in(&config, outline, tag)) }
}
