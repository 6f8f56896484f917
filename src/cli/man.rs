//! `tiendo man`: the manual page, for `man -l -` or the file `tiendo.1`.

use super::{command, exit::Exit, output};

pub(super) fn run() -> anyhow::Result<Exit> {
    let mut out = output::out();
    clap_mangen::Man::new(command()).render(&mut out)?;
    output::finish(out)?;
    Ok(Exit::Done)
}
