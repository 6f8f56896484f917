//! `tiendo export --letter FILE`: the official letter that urges what is late, drafted: numbered, signed and sent it is
//! outside. What the office is called and where its own wording is serves the consolidated report too.

use std::path::{Path, PathBuf};

use super::{
    exit::{Exit, Stop},
    output,
    session::Session,
};
use crate::{
    config::Config,
    domain::{item::Index, outline::Outline, sentence::Sentence},
    export::{
        Format, HandOver,
        document::{Fault, Kind, Letterhead, addressed, letter},
    },
    letters,
};

/// The office documents come from.
pub(super) fn letterhead(session: &Session, outline: &Outline) -> Letterhead {
    letterhead_in(&session.config, outline, session.tag())
}

/// The same in the language of `tag`.
pub(super) fn letterhead_in(config: &Config, outline: &Outline, tag: &str) -> Letterhead {
    Letterhead {
        office: letters::office(&config.mail, config.agency.as_ref(), outline, tag),
        seat: config.agency.clone(),
        answer_working_days: config.mail.answer_working_days,
        folder: config.reports(),
    }
}

/// Is the wording of all documents in order?
pub(super) fn wording(session: &Session) -> Result<(), Fault> {
    Letterhead { folder: session.config.reports(), ..Letterhead::default() }.check_all()
}

/// A wording that is not in order is the config's fault, and told before anything is made of it.
pub(super) fn in_order(session: &Session, letterhead: &Letterhead, kind: Kind) -> anyhow::Result<()> {
    let fault = |fault: Fault| Stop::usage(session.words.say(&fault.sentence()));
    letterhead.check(kind, session.tag()).map_err(fault)
}

/// The letter, or one for each agency: where it goes and its bytes. Where nobody is late none is drafted.
pub(super) fn drafts(
    session: &Session,
    over: &HandOver<'_>,
    (file, format): (&Path, Format),
    each: bool,
) -> anyhow::Result<Vec<(PathBuf, Vec<u8>)>> {
    for kind in [Kind::Letter, Kind::LetterToOne] {
        in_order(session, over.letterhead, kind)?;
    }
    let agencies = addressed(over, over.letterhead);
    told_of_own(session, over, &agencies);
    if agencies.is_empty() {
        let everything = session.words.get("export-everything");
        let filter = if over.filter.is_empty() { &everything } else { over.filter };
        let said = Sentence::new("cli-letter-nobody").with("filter", filter).with("date", over.today.date);
        return Err(Stop::with(Exit::Refused, session.words.say(&said)));
    }
    let one = |only: Option<Index>| -> anyhow::Result<Vec<u8>> {
        let fault = |fault: Fault| Stop::usage(session.words.say(&fault.sentence()));
        let document = letter(over, over.letterhead, only).map_err(fault)?;
        if format == Format::Markdown {
            return Ok(document.markdown());
        }
        document.docx().map_err(|why| Stop::with(Exit::Failed, session.words.say(&why.0)))
    };
    if !each {
        return Ok(vec![(file.to_owned(), one(None)?)]);
    }
    let outline = &over.snapshot.outline;
    let mut drafts = Vec::new();
    for index in agencies {
        let id = outline.agencies.get(index as usize).map(|agency| agency.id.as_str()).unwrap_or_default();
        drafts.push((beside(file, id), one(Some(index))?));
    }
    Ok(drafts)
}

/// What the office itself is late with is not in the letter; that is said.
fn told_of_own(session: &Session, over: &HandOver<'_>, agencies: &[Index]) {
    let mut own: Vec<(Index, usize)> = Vec::new();
    for item in crate::export::document::overdue(over).iter().filter(|item| !agencies.contains(&item.agency)) {
        match own.iter_mut().find(|(agency, _)| *agency == item.agency) {
            Some((_, count)) => *count += 1,
            None => own.push((item.agency, 1)),
        }
    }
    for (agency, count) in own {
        let name = over.labels.get(agency as usize).map(String::as_str).unwrap_or_default();
        let args = [("agency", name.into()), ("count", count.into())];
        output::complain(&format!("tiendo: {}", session.words.with("cli-letter-own", &args)));
    }
}

/// `cong-van.docx` for the agency `bdo`: `cong-van-bdo.docx`. An id is no path.
fn beside(file: &Path, id: &str) -> PathBuf {
    let plain = |letter: char| if letter.is_alphanumeric() || matches!(letter, '-' | '_') { letter } else { '_' };
    let id: String = id.chars().map(plain).collect();
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let ending = file.extension().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!("{stem}-{id}.{ending}"))
}
