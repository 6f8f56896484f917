//! The shared calendars of a `[[source]]`: `overlays`, and who signs in where they are.

use std::{path::Path, time::Duration};

use super::{Config, NamedSource};
use crate::{
    domain::sentence::Sentence,
    sources::{
        calendar::{CalendarSettings, check_address},
        http::TokenFrom,
    },
};

/// The variable of the environment that holds the password of the calendars' server.
pub(super) const OVERLAY: &str = "TIENDO_OVERLAY_TOKEN";
/// How often calendars on servers are asked what is new.
const INTERVAL: Duration = Duration::from_secs(300);

impl NamedSource {
    /// What is wrong with its calendars.
    pub(super) fn wrong_overlays(&self) -> Option<Sentence> {
        let mut servers = Vec::new();
        for address in &self.overlays {
            match check_address(address) {
                Ok(server) => servers.extend(server),
                Err(wrong) => return Some(wrong),
            }
        }
        servers.sort();
        servers.dedup();
        let secrets = self.overlay_secrets();
        let signs_in = !self.overlay_user.is_empty();
        let count = secrets.into_iter().filter(|said| *said).count();
        let id = if count > 1 {
            "config-overlay-tokens"
        } else if count > 0 && !signs_in {
            "config-overlay-no-user"
        } else if signs_in && self.overlay_user.contains(':') {
            "config-overlay-user"
        } else if signs_in && servers.len() > 1 {
            // A password of one server is never shown to another.
            "config-overlay-servers"
        } else {
            return None;
        };
        Some(Sentence::new(id))
    }

    fn overlay_secrets(&self) -> [bool; 3] {
        let file = !self.overlay_token_file.as_os_str().is_empty();
        [!self.overlay_token_command.is_empty(), file, !self.overlay_token.is_empty()]
    }

    /// What each of its calendars is told.
    pub fn calendars(&self, config: &Config) -> Vec<CalendarSettings> {
        let written = (self.overlay_token_command.as_str(), self.overlay_token_file.as_path(), &self.overlay_token);
        let token = if self.overlay_user.is_empty() {
            TokenFrom::Nowhere
        } else {
            let password = super::source::secret(written, (OVERLAY, &config.overlay_token));
            TokenFrom::Of(self.overlay_user.clone(), Box::new(password))
        };
        let of = |address: &String| CalendarSettings {
            address: address.clone(),
            token: token.clone(),
            ca_file: Some(self.ca_file.clone()).filter(|file| file != Path::new("")),
            language: config.language.tag,
        };
        self.overlays.iter().map(of).collect()
    }

    /// How often they are looked at.
    pub fn overlay_interval(&self) -> Duration {
        self.overlay_interval_s.map_or(INTERVAL, |seconds| Duration::from_secs(seconds.max(1)))
    }
}
