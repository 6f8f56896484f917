//! What a source tells beside what it is asked: whom it takes us for, that it wants to be left alone, that its clock or its
//! journal is another one than was thought.

use super::{cards, effect::Effect, messages::Level, model::Model, msg::News};
use crate::{
    domain::{heard::Behind, sentence::Sentence},
    panels::cell::Word,
};

/// It was told.
pub(super) fn heard(model: &mut Model, news: News) -> Vec<Effect> {
    if let Some(rests) = news.rests {
        model.feed.rests = model.now.checked_add(rests).ok();
    }
    if let Some(signed) = news.signed {
        model.settings.amends = signed.amends();
        if !signed.writes() {
            model.settings.read_only = model.settings.read_only.or(Some(Word("read-only-viewer")));
        } else if model.settings.read_only == Some(Word("read-only-viewer")) {
            // Another token was put in the place of the one that could only look.
            model.settings.read_only = None;
        }
        if model.settings.me.as_ref() != Some(&signed.by) {
            model.desk.me = Some(signed.by.clone());
            model.settings.me = Some(signed.by);
            model.data_changed();
        }
    }
    if let Some(skew) = news.skew.filter(|skew| !skew.is_zero()) {
        let minutes = skew.abs().as_mins().max(2);
        let id = if skew.is_negative() { "said-clock-ahead" } else { "said-clock-behind" };
        model.say(Level::Error, Sentence::new(id).with("minutes", usize::try_from(minutes).unwrap_or(usize::MAX)));
    }
    if news.went_back {
        model.say(Level::Error, Sentence::new("said-source-went-back"));
    }
    for notice in news.notices {
        model.say(if notice.grave { Level::Error } else { Level::Info }, notice.said);
    }
    if let Some(behind) = news.behind {
        fed(model, behind);
    }
    if let Some(asks) = news.asks {
        cards::asked(model, asks);
    }
    Vec::new()
}

/// How it stands with what the source is fed from.
fn fed(model: &mut Model, behind: Behind) {
    let was = std::mem::take(&mut model.feed.behind);
    match behind {
        Behind::Read => {
            if was.is_some() {
                model.say(Level::Info, Sentence::new("said-source-back"));
            }
        }
        Behind::Unread { why, last } => {
            if was.is_none_or(|(before, _)| before != why) {
                model.say(Level::Error, why.while_polling());
            }
            model.feed.behind = Some((why, last));
        }
    }
}
