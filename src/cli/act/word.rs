//! [`What`]: what VERB asks for; which fields each takes, for the help and for whoever gave another one.

use crate::{
    app::act::Act,
    cli::{exit::Stop, session::Session},
    domain::{
        deed::{Deed, Field},
        entry::Verb,
        nearest::nearest,
        sentence::{Sentence, Word},
    },
    words::Words,
};

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// A deed on items; where one verb of the journal was named, only where the deed comes to that.
    Deed(Deed, Option<Verb>),
    /// The last step taken back.
    Undo,
    /// The step taken back last, brought back.
    Redo,
    /// A case of an ad hoc duty.
    Open,
}

const UNDO: &str = "undo";
const REDO: &str = "redo";
const OPEN: &str = "open";

/// Verbs of the journal that a deed comes to under another name.
const ALIASES: [(Verb, Deed); 4] = [
    (Verb::Receive, Deed::Done),
    (Verb::Confirm, Deed::Done),
    (Verb::Tick, Deed::Done),
    (Verb::Return, Deed::SendBack),
];

/// What `open` takes besides the duty: the agency, which it needs, the day and what the case is.
const OF_OPEN: [(&str, bool); 3] = [("agency", true), ("on", false), ("title", false)];

impl What {
    /// What that word asks for.
    pub(super) fn named(session: &Session, word: &str) -> anyhow::Result<What> {
        let alias = || ALIASES.into_iter().find(|(verb, _)| verb.as_str() == word);
        let aliased = || alias().map(|(verb, deed)| What::Deed(deed, Some(verb)));
        let found = match word {
            UNDO => Some(What::Undo),
            REDO => Some(What::Redo),
            OPEN => Some(What::Open),
            word => Deed::named(word).map(|deed| What::Deed(deed, None)).or_else(aliased),
        };
        found.ok_or_else(|| {
            let aliases: Vec<&str> = ALIASES.iter().map(|(verb, _)| verb.as_str()).collect();
            let known = Deed::ALL.into_iter().map(Deed::as_str).chain(aliases).chain([UNDO, REDO, OPEN]);
            let known: Vec<&str> = known.collect();
            let wrong = Sentence::new("cli-act-no-such-verb").with("verb", word).with("known", known.join(", "));
            Stop::usage(session.words.say(&wrong.near(nearest(word, known.iter().copied()))))
        })
    }

    /// The fields it takes, and which of them it needs.
    pub(super) fn takes(&self) -> Vec<(&'static str, bool)> {
        match self {
            What::Deed(deed, _) => of_deed(*deed),
            What::Undo | What::Redo => Vec::new(),
            What::Open => OF_OPEN.to_vec(),
        }
    }

    /// The id of its words.
    pub(super) fn word(&self) -> Word {
        match self {
            What::Deed(deed, _) => Word(Act::Deed(*deed).word().0),
            What::Undo => Word(Act::Undo.word().0),
            What::Redo => Word(Act::Redo.word().0),
            What::Open => Word("help-act-open"),
        }
    }
}

fn of_deed(deed: Deed) -> Vec<(&'static str, bool)> {
    deed.fields().iter().map(|field: &Field| (field.as_str(), deed.needs(*field))).collect()
}

/// Options as they are written: those that may be left out in brackets.
fn options(takes: &[(&str, bool)]) -> String {
    let option = |(name, needed): &(&str, bool)| if *needed { format!("--{name}") } else { format!("[--{name}]") };
    takes.iter().map(option).collect::<Vec<_>>().join(" ")
}

/// Every word one can act with.
pub(in crate::cli) fn words() -> Vec<&'static str> {
    let deeds = Deed::ALL.into_iter().map(Deed::as_str);
    deeds.chain(ALIASES.iter().map(|(verb, _)| verb.as_str())).chain([UNDO, REDO, OPEN]).collect()
}

/// Every verb with what it is and takes, for the help.
pub(super) fn verbs(words: &Words) -> String {
    let line = |verb: &str, said: &str, takes: &[(&str, bool)]| {
        let colon = if takes.is_empty() { "" } else { ": " };
        format!("  {verb:<17}  {said}{colon}{}", options(takes))
    };
    let plain = |verb: &str, what: &What| line(verb, &words.get(what.word().0), &what.takes());
    let deeds = Deed::ALL.into_iter().map(|deed| plain(deed.as_str(), &What::Deed(deed, None)));
    let aliases = ALIASES.into_iter().map(|(verb, deed)| {
        let said = words.with("help-act-alias", &[("deed", deed.as_str().into())]);
        line(verb.as_str(), &said, &[])
    });
    let others = [(UNDO, What::Undo), (REDO, What::Redo), (OPEN, What::Open)];
    let lines = deeds.chain(aliases).chain(others.iter().map(|(verb, what)| plain(verb, what)));
    let heading = std::iter::once(format!("{}:", words.get("help-act-verbs")));
    let foot = [String::new(), words.get("help-act-dates").into_owned()];
    heading.chain(lines).chain(foot).collect::<Vec<_>>().join("\n")
}
