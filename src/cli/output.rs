//! The standard outputs, written so that a closed pipe is no panic.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// The locked standard output. What was written and not flushed is lost: end with [`finish`].
pub(super) fn out() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}

/// Writes what is left.
pub(super) fn finish(mut out: BufWriter<StdoutLock<'static>>) -> io::Result<()> {
    out.flush()
}

/// Says `line` on the error output, as well as that is possible.
pub(super) fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Can a person be asked: are both the input and the error output a terminal?
pub(super) fn is_somebody_there() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks on the error output whether to go on; no is the default.
pub(super) fn agreed(question: &str) -> io::Result<bool> {
    let answer = ask(question)?.unwrap_or_default();
    Ok(["y", "yes", "c", "có", "co"].contains(&answer.to_lowercase().as_str()))
}

/// Asks on the error output and reads a line; `None` at the end of the input.
fn ask(question: &str) -> io::Result<Option<String>> {
    let mut asking = io::stderr().lock();
    write!(asking, "{question} ")?;
    asking.flush()?;
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}
