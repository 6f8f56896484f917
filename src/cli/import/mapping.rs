//! [`mapping`]: how a workbook is to be read, in the words of `[source.mapping]`: that of a source of the config, or a file of its
//! own.

use std::path::Path;

use crate::{
    cli::{exit::Stop, said, session::Session},
    config::Config,
    domain::{nearest::nearest, sentence::Sentence},
    sources::{Kind, sheet::mapping::Mapping},
};

/// The mapping `given` names; where it is not given all is guessed.
pub(super) fn mapping(session: &Session, given: Option<&str>) -> anyhow::Result<Mapping> {
    let Some(given) = given else { return Ok(Mapping::default()) };
    let books = || session.config.sources.iter().filter(|source| source.kind == Kind::Sheet);
    if let Some(source) = books().find(|source| source.name == given) {
        return Ok(source.mapping());
    }
    let path = Path::new(given);
    if !path.exists() {
        let near = nearest(given, books().map(|source| source.name.as_str()));
        let why = Sentence::new("cli-no-mapping").with("given", given).near(near);
        return Err(Stop::usage(session.words.say(&why)));
    }
    Config::mapping_file(path).map_err(|error| Stop::usage(said::option(&session.words, &error)))
}
