//! A workbook's mapping in a file of its own: what stands in `[source.mapping]` of the config otherwise.

use std::path::Path;

use super::{Config, ConfigError};
use crate::{domain::sentence::Sentence, sources::sheet::mapping::Mapping};

impl Config {
    /// The mapping in the file at `path`.
    pub fn mapping_file(path: &Path) -> Result<Mapping, ConfigError> {
        let place = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| {
            ConfigError::at(&place, Sentence::new("config-unread").with("reason", error.to_string()))
        })?;
        let reader = toml::Deserializer::parse(&text).map_err(|error| ConfigError::of(&place, &text, "", &error))?;
        serde_path_to_error::deserialize(reader)
            .map_err(|error| ConfigError::of(&place, &text, &error.path().to_string(), error.inner()))
    }
}
