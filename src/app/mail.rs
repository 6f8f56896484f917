//! Reminders by e-mail on the screen: the letters are shown before they are sent, a question names their count with No as the
//! first answer, and while they go out it is said how far it has come. Writing and sending them is the runtime's.

use super::{action::Action, effect::Effect, messages::Level, model::Model, navigate, sync};
use crate::{
    domain::{
        id::ItemId,
        sentence::{Part, Sentence},
        text::Text,
    },
    panels::RowKey,
};

/// What is done about mail.
#[derive(Clone, Debug, Default)]
pub enum Mail {
    /// Nothing.
    #[default]
    None,
    /// Letters are shown, and one is asked whether to send them.
    Asking {
        /// The letters.
        preview: Preview,
        /// The first line shown.
        offset: usize,
        /// Is Yes chosen?
        yes: bool,
    },
    /// They are going out.
    Sending {
        /// How many have ended.
        ended: usize,
        /// How many there are.
        count: usize,
        /// Was it asked to stop?
        stopping: bool,
    },
}

/// Letters before they are sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// One per agency, line by line: to whom, the subject, the body.
    pub letters: Vec<Vec<Text>>,
    /// How many items they are about.
    pub items: usize,
    /// Agencies without a usable address, by name.
    pub unreachable: Vec<Text>,
    /// Why nothing can be sent; none where it can.
    pub refused: Option<Sentence>,
}

/// What became of one letter.
#[derive(Clone, Debug, PartialEq)]
pub struct Posted {
    /// The agency's name.
    pub agency: Text,
    /// The items it is about.
    pub items: Vec<ItemId>,
    /// Was it sent?
    pub sent: bool,
    /// What is to be said of it.
    pub said: Part,
}

/// Letters were written: they are shown, or it is said why there is nothing to send.
pub fn composed(model: &mut Model, preview: Preview) {
    if let Some(why) = preview.refused {
        model.say(Level::Error, why);
        return;
    }
    for agency in &preview.unreachable {
        model.say(Level::Error, Sentence::new("mail-unreachable").with("agency", agency.clone()));
    }
    if !preview.letters.is_empty() {
        model.mail = Mail::Asking { preview, offset: 0, yes: false };
    }
}

/// One letter has ended.
pub fn posted(model: &mut Model, posted: Posted) -> Vec<Effect> {
    let level = if posted.sent { Level::Info } else { Level::Error };
    for item in &posted.items {
        let key = RowKey::Item(item.clone());
        if posted.sent {
            model.marks.remove(&key);
        } else {
            model.marks.insert(key);
        }
    }
    model.say(level, Sentence::new("mail-posted").with("agency", posted.agency).with("outcome", posted.said));
    if let Mail::Sending { ended, .. } = &mut model.mail {
        *ended += 1;
    }
    sync::ask(model)
}

/// All that were to go out have ended, or nothing could be sent.
pub fn ended(model: &mut Model, why: Option<Sentence>) -> Vec<Effect> {
    if let Mail::Sending { ended, count, .. } = model.mail
        && (count > 1 || ended < count)
    {
        let level = if ended < count { Level::Error } else { Level::Info };
        model.say(level, Sentence::new("mail-ended").with("ended", ended).with("count", count));
    }
    if let Some(why) = why {
        model.say(Level::Error, why);
    }
    model.mail = Mail::None;
    sync::ask(model)
}

/// An action while letters are shown or go out.
pub fn acted(model: &mut Model, action: Action) -> Vec<Effect> {
    let page = usize::from(model.size.1 / 2);
    match &mut model.mail {
        Mail::None => {}
        Mail::Asking { offset, yes, preview } => {
            if action == Action::Back || (action == Action::Open && !*yes) {
                model.mail = Mail::None;
            } else if action == Action::Open {
                let count = preview.letters.len();
                model.mail = Mail::Sending { ended: 0, count, stopping: false };
                model.triage.taken_back.clear();
                return vec![Effect::SendMail];
            } else if matches!(action, Action::Left | Action::Right) {
                *yes = !*yes;
            } else if let Some(by) = navigate::step(action, page) {
                let lines: usize = preview.letters.iter().map(|letter| letter.len() + 2).sum();
                *offset = offset.saturating_add_signed(by).min(lines.saturating_sub(1));
            }
        }
        Mail::Sending { stopping, .. } => {
            if action == Action::Back && !*stopping {
                *stopping = true;
                return vec![Effect::StopMail];
            }
        }
    }
    Vec::new()
}

/// Asks for letters about `items`, each with its rung.
pub fn compose(model: &mut Model, items: Vec<(ItemId, u8)>) -> Vec<Effect> {
    if matches!(model.mail, Mail::None) { vec![Effect::ComposeMail { items }] } else { Vec::new() }
}

/// Is something about mail on the screen?
pub fn is_open(model: &Model) -> bool {
    !matches!(model.mail, Mail::None)
}
