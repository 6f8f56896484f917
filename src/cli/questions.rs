//! `tiendo questions`: what the workbook that is followed asks, and the answers: is a new row an old one renamed, does a changed
//! cell hold or what was done here? The same is asked on the screen, as cards.

use std::io::Write;

use clap::Args;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    exit::{Exit, Stop},
    opened::{self, wait},
    output, print,
    session::Session,
};
use crate::{
    domain::{
        ask::{About, Ask, Reply},
        entry::Entry,
        failure::Failure,
        sentence::{Part, Sentence},
        waiting::Decided,
    },
    sources::Source,
    words::Words,
};

/// So many letters of its id name a question.
const LETTERS: usize = 8;

/// What is answered.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(value_name = "QUESTION", requires = "answer")]
    question: Option<String>,
    #[arg(long, value_name = "ANSWER", requires = "question")]
    answer: Option<String>,
    #[arg(long, conflicts_with = "question")]
    json: bool,
}

/// A question, as it is printed for a program.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct QuestionFact {
    /// What it is answered by.
    question: String,
    /// The item, where it is about what was done; else the row that came.
    about: String,
    /// What is asked, in words.
    asked: String,
    /// What may be answered.
    answers: Vec<AnswerFact>,
}

/// What may be answered.
#[derive(Debug, Serialize, JsonSchema)]
struct AnswerFact {
    /// What to give for `--answer`.
    answer: String,
    /// What that means, in words.
    means: String,
}

impl QuestionFact {
    fn of(words: &Words, ask: &Ask) -> Self {
        let about = match &ask.about {
            About::Renamed { is, .. } => is.record.to_string(),
            About::Clash { item, .. } => item.to_string(),
        };
        let answers = answers(words, ask).into_iter().map(|(answer, means)| AnswerFact { answer, means }).collect();
        QuestionFact { question: named(ask), about, asked: words.say(&sentence(ask)), answers }
    }
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let words = &session.words;
    if arguments.answer.is_some() && session.read_only {
        return Err(Stop::with(Exit::Refused, words.get("cli-read-only")));
    }
    wait(async {
        let opened = opened::open(session).await?;
        let source = opened.source.as_ref();
        let asks = asked(source).await?;
        let (Some(question), Some(answer)) = (&arguments.question, &arguments.answer) else {
            if arguments.json {
                let facts: Vec<QuestionFact> = asks.iter().map(|ask| QuestionFact::of(words, ask)).collect();
                return print::json(&facts).map(|()| Exit::Done);
            }
            return list(session, &asks);
        };
        let Some(ask) = asks.iter().find(|ask| named(ask) == *question) else {
            return Err(Stop::usage(words.with("cli-no-question", &[("question", question.as_str().into())])));
        };
        let reply = reply(answer);
        if !ask.takes(&reply) {
            let known = answers(words, ask).into_iter().map(|(answer, _)| answer).collect::<Vec<_>>().join(", ");
            let said = words.with("cli-no-answer", &[("answer", answer.as_str().into()), ("known", known.into())]);
            return Err(Stop::usage(said));
        }
        let said = match source.reply(ask.id, &reply).await? {
            Decided::Gone => return Err(Stop::with(Exit::Refused, words.get("said-card-gone"))),
            Decided::Done => match reply {
                Reply::Former(_) => "said-ask-former",
                Reply::New => "said-ask-new",
                Reply::Theirs => "said-ask-theirs",
                Reply::Mine => "said-ask-mine",
            },
        };
        let mut out = output::out();
        writeln!(out, "{}", words.get(said))?;
        output::finish(out)?;
        Ok(Exit::Done)
    })
}

/// What the source asks, now that it was looked at.
async fn asked(source: &dyn Source) -> Result<Vec<Ask>, Failure> {
    let before = source.heard().asks;
    source.fetch(None).await?;
    Ok(source.heard().asks.or(before).unwrap_or_default())
}

fn list(session: &Session, asks: &[Ask]) -> anyhow::Result<Exit> {
    let words = &session.words;
    let mut out = output::out();
    if asks.is_empty() {
        writeln!(out, "{}", words.get("cli-no-questions"))?;
    }
    for ask in asks {
        writeln!(out, "{}  {}", named(ask), session.signs(words.say(&sentence(ask))))?;
        for (answer, means) in answers(words, ask) {
            writeln!(out, "  --answer {answer}  {}", session.signs(means))?;
        }
    }
    output::finish(out)?;
    Ok(Exit::Done)
}

/// How a question is named.
fn named(ask: &Ask) -> String {
    ask.id.0.simple().to_string().chars().take(LETTERS).collect()
}

/// What is asked, in a sentence.
pub(super) fn sentence(ask: &Ask) -> Sentence {
    match &ask.about {
        About::Renamed { is, .. } => Sentence::new("ask-line-renamed").with("title", &is.title),
        About::Clash { item, .. } => Sentence::new("ask-line-clash").with("item", item.as_str()),
    }
}

fn reply(answer: &str) -> Reply {
    match answer {
        "new" => Reply::New,
        "workbook" => Reply::Theirs,
        "here" => Reply::Mine,
        record => Reply::Former(record.into()),
    }
}

/// What may be answered, and what that means.
fn answers(words: &Words, ask: &Ask) -> Vec<(String, String)> {
    let worded = |answer: &str, id: &str| (answer.to_owned(), words.get(id).into_owned());
    match &ask.about {
        About::Renamed { was, .. } => {
            let former =
                was.iter().map(|row| (row.record.to_string(), format!("“{}”: {}", row.title, words.get("ask-former"))));
            former.chain([worded("new", "ask-new")]).collect()
        }
        About::Clash { mine, theirs, .. } => {
            let theirs: Vec<String> = theirs.iter().map(|entry| told(words, entry)).collect();
            let theirs = if theirs.is_empty() { words.get("ask-emptied").into_owned() } else { theirs.join("; ") };
            let (book, here) = (worded("workbook", "ask-keep-theirs"), worded("here", "ask-mine-again"));
            vec![(book.0, format!("{}: {theirs}", book.1)), (here.0, format!("{}: {}", here.1, told(words, mine)))]
        }
    }
}

/// `van-thu: tiến độ, 70%, 20/11/2023`.
fn told(words: &Words, entry: &Entry) -> String {
    let verb = words.say(
        &Sentence::new("cli-question-act")
            .with("by", entry.by.as_ref().map_or("", |by| by.as_str()))
            .with("verb", Part::Word(format!("verb-{}", entry.verb.as_str()).into())),
    );
    let percent = entry.percent.map(|percent| format!("{percent}%"));
    let until = entry.until.map(|until| words.date(until));
    let rest = [percent, until, entry.document.as_ref().map(ToString::to_string), Some(words.date(entry.on))];
    std::iter::once(verb).chain(rest.into_iter().flatten()).collect::<Vec<_>>().join(", ")
}
