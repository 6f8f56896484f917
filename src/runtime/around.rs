//! Looking around: every source is asked how its plans stand, each by itself, so that one that is slow holds up no other.

use std::{sync::Arc, time::Duration};

use futures::future::BoxFuture;
use tokio::{sync::mpsc::Sender, time::timeout};

use crate::{
    app::msg::{Msg, Ticket},
    domain::{
        failure::Failure,
        glance::{Glance, PlanAt},
        sentence::Sentence,
        text::Text,
    },
};

/// How long a source has to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Opens a source by its name and says how its plans stand.
pub type Look = Arc<dyn Fn(Option<Text>) -> BoxFuture<'static, Result<Vec<Glance>, Failure>> + Send + Sync>;

/// How a sitting ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The program is left with this exit code.
    Left(u8),
    /// Another plan is to be shown, in the language and the theme at these places.
    Switches {
        /// Which.
        to: PlanAt,
        /// The language and the theme.
        begins: (usize, usize),
    },
}

/// Asks each of `sources`; each answers by a fact of its own.
pub(super) fn look_around(look: &Look, sources: &[Option<Text>], ticket: Ticket, facts: &Sender<Msg>) {
    for source in sources {
        let (asked, facts, source) = (look(source.clone()), facts.clone(), source.clone());
        tokio::spawn(async move {
            let result = timeout(PATIENCE, asked).await.unwrap_or_else(|_| {
                let said = Sentence::new("plans-took-too-long").with("seconds", PATIENCE.as_secs());
                Err(Failure::Offline(said))
            });
            // Nobody listens any more once the plan is left.
            let _ = facts.send(Msg::PlansSeen { ticket, source, result }).await;
        });
    }
}
