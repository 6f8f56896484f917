//! [`Said`]: the fields as they were given, held against what the verb takes; and what is wrong with one.

use clap::Args;
use jiff::civil::Date;

use super::word::What;
use crate::{
    cli::{
        exit::{Exit, Stop},
        session::Session,
        view::View,
    },
    domain::{
        deed::{Deed, Field},
        entry::Channel,
        filled::{Against, Filled},
        item::Item,
        ladder::ladder,
        nearest::nearest,
        plan::StepVerb,
        sentence::Sentence,
        typed_date::{self, Sense},
    },
};

/// What was said with it, as typed.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Said {
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    #[arg(long, value_name = "N")]
    percent: Option<String>,
    #[arg(long, value_name = "N")]
    level: Option<String>,
    #[arg(long, value_name = "CHANNEL")]
    channel: Option<String>,
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    #[arg(long, value_name = "N")]
    document: Option<String>,
    #[arg(long, value_name = "URL")]
    link: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[arg(long, value_name = "DATE")]
    promise: Option<String>,
    #[arg(long, value_name = "ID")]
    pub agency: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
}

impl Said {
    fn of_deeds(&self) -> [(Field, &Option<String>); 11] {
        [
            (Field::On, &self.on),
            (Field::Until, &self.until),
            (Field::Percent, &self.percent),
            (Field::Level, &self.level),
            (Field::Channel, &self.channel),
            (Field::To, &self.to),
            (Field::Document, &self.document),
            (Field::Link, &self.link),
            (Field::Reason, &self.reason),
            (Field::Note, &self.note),
            (Field::Promise, &self.promise),
        ]
    }

    fn given(&self) -> Vec<(&'static str, &str)> {
        let of_deeds = self.of_deeds().into_iter().map(|(field, typed)| (field.as_str(), typed));
        let all = of_deeds.chain([("agency", &self.agency), ("title", &self.title)]);
        all.filter_map(|(name, typed)| Some((name, typed.as_deref()?))).collect()
    }

    /// Refuses a field that `what`, called `verb`, does not take, and the want of one that it needs.
    pub(super) fn check(&self, session: &Session, what: &What, verb: &str) -> anyhow::Result<()> {
        let (given, takes) = (self.given(), what.takes());
        let usage = |sentence: Sentence| Err(Stop::usage(session.words.say(&sentence)));
        if let Some((strange, _)) = given.iter().find(|(name, _)| takes.iter().all(|(taken, _)| taken != name)) {
            let known = takes.iter().map(|(name, _)| format!("--{name}")).collect::<Vec<_>>().join(", ");
            let id = if takes.is_empty() { "cli-act-takes-nothing" } else { "cli-act-not-taken" };
            return usage(Sentence::new(id).with("verb", verb).with("field", *strange).with("known", known));
        }
        let blank = |name: &str| given.iter().all(|(one, typed)| *one != name || typed.trim().is_empty());
        match takes.iter().find(|(name, needed)| *needed && blank(name)) {
            Some((name, _)) => usage(Sentence::new("cli-act-missing").with("verb", verb).with("field", *name)),
            None => Ok(()),
        }
    }

    /// The fields of a deed, filled in.
    pub(super) fn filled(&self) -> Filled {
        let mut filled = Filled::default();
        for (field, typed) in self.of_deeds() {
            filled.fill(field, typed.as_deref().unwrap_or_default());
        }
        filled
    }
}

/// What `deed` is done against.
pub(super) fn against(view: &View) -> Against<'_> {
    Against { now: view.opened.now, today: view.today.date, calendar: &view.snapshot.outline.calendar }
}

/// Refuses what fits none of `items`, a rung the plan's ladder does not have, and what another command does.
pub(super) fn check_filled(
    session: &Session,
    view: &View,
    deed: Deed,
    filled: &Filled,
    items: &[&Item],
) -> anyhow::Result<()> {
    if filled.get(Field::Channel).is_some_and(|channel| channel.as_str() == Channel::Email.as_str()) {
        return Err(Stop::with(Exit::Refused, session.words.get("cli-act-email")));
    }
    let faults = || items.iter().map(|item| filled.fault(deed, item, against(view)).map(|field| (field, *item)));
    let of_all = faults().collect::<Option<Vec<_>>>().and_then(|faults| faults.first().copied());
    if let Some((field, item)) = of_all {
        return Err(Stop::usage(session.words.say(&wrong(view, deed, filled, field, item))));
    }
    let level = filled.get(Field::Level).and_then(|typed| typed.parse::<u8>().ok());
    let known = levels(view, deed);
    if level.is_some_and(|level| !known.is_empty() && !known.contains(&level)) {
        return Err(Stop::usage(session.words.say(&no_level(view, deed, filled))));
    }
    Ok(())
}

/// The day that has been which was typed for `--on`.
pub(super) fn day(view: &View, typed: &str) -> Result<Date, Sentence> {
    let Against { today, calendar, .. } = against(view);
    let said = |id| Sentence::new(id).with("field", Field::On.as_str()).with("typed", typed);
    match typed_date::read(typed, Sense::Past, typed_date::Base { today, due: None, calendar }) {
        Some(date) if date > today => Err(said("cli-act-to-come").with("date", date)),
        Some(date) => Ok(date),
        None => Err(said("cli-act-no-date")),
    }
}

/// What is wrong with what was filled into `field`, for `item`.
pub(super) fn wrong(view: &View, deed: Deed, filled: &Filled, field: Field, item: &Item) -> Sentence {
    let Some(typed) = filled.get(field) else {
        return Sentence::new("cli-act-missing").with("verb", deed.as_str()).with("field", field.as_str());
    };
    let said = |id| Sentence::new(id).with("field", field.as_str()).with("typed", typed);
    match field {
        Field::Percent => said("cli-act-no-percent"),
        Field::Level => no_level(view, deed, filled),
        Field::Channel => {
            let by_hand = [Channel::Letter, Channel::Telephone].map(Channel::as_str);
            said("cli-act-no-channel").with("known", by_hand.join(", ")).near(nearest(typed, by_hand))
        }
        Field::On | Field::Until | Field::Promise => match filled.date(field, item, against(view)) {
            Some(date) if field == Field::On => said("cli-act-to-come").with("date", date),
            Some(date) => said("cli-act-passed").with("date", date),
            None => said("cli-act-no-date"),
        },
        Field::To | Field::Document | Field::Link | Field::Reason | Field::Note => said("cli-act-unread"),
    }
}

fn no_level(view: &View, deed: Deed, filled: &Filled) -> Sentence {
    let known = levels(view, deed).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let typed = filled.get(Field::Level).cloned().unwrap_or_default();
    Sentence::new("cli-act-no-level").with("typed", typed).with("known", known)
}

/// The rungs of the ladder that `deed` can name.
fn levels(view: &View, deed: Deed) -> Vec<u8> {
    let verb = if deed == Deed::Escalate { StepVerb::Escalate } else { StepVerb::Remind };
    let ladder = ladder(&view.snapshot.outline.plan);
    ladder.into_iter().filter(|step| step.verb == verb).map(|step| step.step).collect()
}
