//! The mail settings and the wording of letters and reports; asks the mail server only where that is asked for.

use super::findings::{Findings, What};
use crate::cli::{
    exit::{self, Exit},
    letter, mail,
    opened::wait,
    session::Session,
};

pub(super) fn look(findings: &mut Findings<'_>, session: &Session, connect: bool) {
    let words = findings.words;
    match mail::templates(session) {
        Ok(_) => findings.good(What::Letters, &words.get("cli-letters-good")),
        Err(problem) => {
            findings.bad(Exit::Usage, What::Letters, &words.say(&problem.sentence())).mend("cli-mend-letters");
        }
    }
    match letter::wording(session) {
        Ok(()) => findings.good(What::Reports, &words.get("cli-reports-good")),
        Err(fault) => {
            findings.bad(Exit::Usage, What::Reports, &words.say(&fault.sentence())).mend("cli-mend-reports");
        }
    }
    if !session.config.mail.is_set_up() {
        return findings.good(What::Mail, &words.get("cli-mail-off"));
    }
    if let Err(problem) = session.config.mail.check() {
        return findings.bad(Exit::Usage, What::Mail, &words.say(&problem.sentence())).mend("cli-mend-mail");
    }
    findings.good(What::Mail, &mail::described(session));
    if !connect {
        return;
    }
    match wait(mail::try_out(session)) {
        Ok(()) => findings.good(What::Mail, &words.get("cli-mail-reached")),
        Err(error) => findings.bad(exit::exit(&error), What::Mail, &format!("{error:#}")).mend("cli-mend-mail-server"),
    }
}
