//! [`Talk`]: a short conversation, one line asked and one answered; with `--yes` nothing is asked, and what is not said is as it is
//! offered.

use std::io::{BufRead, Write};

use super::super::exit::{Exit, Stop, exit};
use crate::{
    domain::{failure::Failure, sentence::Sentence, text::clean_lines},
    words::Words,
};

/// Who asks, and who is listened to.
pub(super) struct Talk<'a> {
    pub(super) input: &'a mut dyn BufRead,
    pub(super) out: &'a mut dyn Write,
    pub(super) words: Words,
    /// Nothing is asked.
    pub(super) yes: bool,
}

impl Talk<'_> {
    /// Tells something.
    pub(super) fn say(&mut self, line: &str) -> anyhow::Result<()> {
        // Names out of somebody's file stand in it.
        Ok(writeln!(self.out, "{}", clean_lines(line))?)
    }

    /// Tells words of that id.
    pub(super) fn tell(&mut self, id: &str, args: &[(&str, String)]) -> anyhow::Result<()> {
        let line = self.worded(id, args);
        self.say(&line)
    }

    /// Words of that id.
    pub(super) fn worded(&self, id: &str, args: &[(&str, String)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        self.words.with(id, &args)
    }

    /// Asks for a line; an empty one is what is `offered`. Where nothing is, and nothing may be asked, `flag` is named.
    pub(super) fn ask(&mut self, id: &str, offered: &str, flag: &str) -> anyhow::Result<String> {
        if self.yes {
            if offered.is_empty() {
                return Err(Stop::usage(self.worded("init-needs", &[("flag", flag.to_owned())])));
            }
            return Ok(offered.to_owned());
        }
        loop {
            let question = self.words.get(id).into_owned();
            let shown = if offered.is_empty() { String::new() } else { format!(" [{offered}]") };
            write!(self.out, "{}{shown} ", clean_lines(&question))?;
            self.out.flush()?;
            let mut line = String::new();
            if self.input.read_line(&mut line)? == 0 {
                return Err(Stop::usage(self.words.get("init-ended")));
            }
            let line = if line.trim().is_empty() { offered } else { line.trim() };
            if !line.is_empty() {
                return Ok(line.to_owned());
            }
        }
    }

    /// The same where nothing is an answer, too.
    pub(super) fn ask_maybe(&mut self, id: &str) -> anyhow::Result<Option<String>> {
        const NOTHING: &str = "-";
        if self.yes {
            return Ok(None);
        }
        let said = self.ask(id, NOTHING, "")?;
        Ok((said != NOTHING).then_some(said))
    }

    /// One of several, by number or by name; the first is offered. The words of each are `ID-NAME`.
    pub(super) fn choose<'n>(&mut self, id: &str, names: &[&'n str], flag: &str) -> anyhow::Result<&'n str> {
        if !self.yes {
            for (place, name) in (1..).zip(names) {
                let line = format!("  {place}. {}", self.words.get(&format!("{id}-{name}")));
                self.say(&line)?;
            }
        }
        loop {
            let offered = if self.yes { "" } else { "1" };
            let said = self.ask(id, offered, flag)?;
            let by_number = said.parse::<usize>().ok().and_then(|number| names.get(number.checked_sub(1)?));
            if let Some(name) = by_number.or_else(|| names.iter().find(|name| **name == said)) {
                return Ok(name);
            }
            self.tell("init-not-among", &[("said", said)])?;
        }
    }

    /// Yes or no; yes is offered.
    pub(super) fn agreed(&mut self, id: &str) -> anyhow::Result<bool> {
        self.yes_or_no(id, "init-yes")
    }

    /// Yes or no, of which the words of `offered` are offered; yes where nothing is asked.
    fn yes_or_no(&mut self, id: &str, offered: &str) -> anyhow::Result<bool> {
        if self.yes {
            return Ok(true);
        }
        let offered = self.words.get(offered).into_owned();
        let said = self.ask(id, &offered, "")?.to_lowercase();
        Ok(["y", "yes", "c", "có", "co"].contains(&said.as_str()))
    }
}

/// What is at `place` could not be looked at: is the config to be written all the same? Where nobody is asked it is not, and the
/// failure ends the program.
pub(super) fn despite(talk: &mut Talk<'_>, place: &str, failure: Failure) -> anyhow::Result<()> {
    let said = Sentence::new("init-not-looked-at").with("place", place).with("why", failure.why().clone());
    let said = talk.words.say(&said);
    if talk.yes {
        let next = talk.words.get("init-offline-next").into_owned();
        return Err(Stop::with(exit(&failure.into()), format!("{said}\n{next}")));
    }
    talk.say(&said)?;
    if talk.yes_or_no("init-despite", "init-no")? {
        return Ok(());
    }
    Err(Stop::with(Exit::Refused, talk.words.get("init-declined")))
}
