//! The options: those that ship, under a person's file, under the environment, under the flags, gathered into one
//! [`Config`]. What an option means is decided by who gets it; every option is described in `config/tiendo.toml`.

mod error;
mod layer;
mod mapping;
mod overlays;
mod source;
mod views;

use std::path::{Path, PathBuf};

pub use self::{
    error::ConfigError,
    layer::{Layer, choice},
    source::{KEY as REDMINE_KEY, NamedSource},
    views::WrittenView,
};
use crate::{
    app::{keys::Written, notifications::NotificationSettings, saved::SavedView, wall::WallSettings},
    domain::{
        id::{ActorId, AgencyId, PlanId},
        text::Text,
    },
    letters::MailSettings,
    secret::Secret,
    server::ServeSettings,
    ui::glyphs::Curves,
    words::{self, Language},
};

/// All options, decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The file they were read from; none where there is none.
    pub file: Option<PathBuf>,
    /// The language of screen and output.
    pub language: &'static Language,
    /// The theme's name.
    pub theme: String,
    /// Colours at all?
    pub colour: bool,
    /// Only characters every terminal has?
    pub ascii: bool,
    /// A conversation in lines in place of the screen?
    pub linear: bool,
    /// What curves are drawn with.
    pub charts: Curves,
    /// Whose desk it is.
    pub agency: Option<AgencyId>,
    /// Who signs what is done.
    pub me: ActorId,
    /// Working days left from which an item is due soon.
    pub due_soon_working_days: u16,
    /// Where the ledger of this machine is; none where the system names no place and none was given.
    pub data_dir: Option<PathBuf>,
    /// How many days back it is kept how a source stood that cannot tell other days.
    pub history_days: u16,
    /// Which plan of the source.
    pub plan: Option<PlanId>,
    /// The source asked for by name.
    pub source: Option<String>,
    /// The sources laid down.
    pub sources: Vec<NamedSource>,
    /// The token of the environment, for a source that names none.
    pub token: Secret,
    /// The key of the environment, for a Redmine server whose source names none.
    pub redmine_key: Secret,
    /// The password of the environment, for a calendar server whose source names none.
    pub overlay_token: Secret,
    /// How reminders leave by e-mail.
    pub mail: MailSettings,
    /// How the ledger is shared.
    pub serve: ServeSettings,
    /// What a wall shows.
    pub wall: WallSettings,
    /// Whether the terminal is told of what happens.
    pub notifications: NotificationSettings,
    /// Views to be shown by name.
    pub views: Vec<(Text, SavedView)>,
    /// Keys that differ from those that ship.
    pub keys: Written,
}

/// The file the environment names; an empty name is none.
pub fn named(variable: &dyn Fn(&str) -> Option<String>) -> Option<PathBuf> {
    variable("TIENDO_CONFIG").filter(|name| !name.is_empty()).map(PathBuf::from)
}

impl Config {
    /// Gathers the options. `file` is what `--config` says, `flags` what the other flags say, `variable` tells the value
    /// of a variable of the environment. A file that was named must be there; the usual one may be missing.
    pub fn gather(
        file: Option<&Path>,
        flags: Layer,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let named = file.map(Path::to_owned).or_else(|| named(variable));
        let usual = || usual_file().filter(|path| path.is_file());
        let file = named.or_else(usual);
        let of_file = file.as_deref().map(Layer::file).transpose()?.unwrap_or_default();
        let layers = flags.over(Layer::environment(variable)?).over(of_file).over(Layer::shipped()?);
        Ok(Config::of(layers, file, variable))
    }

    fn of(layers: Layer, file: Option<PathBuf>, variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let said = |text: Option<String>| text.filter(|text| !text.is_empty());
        let language = layers.language.flatten().unwrap_or_else(|| of_locale(variable));
        let views = layers.views.unwrap_or_default();
        let data_dir = layers.data_dir.filter(|path| !path.as_os_str().is_empty());
        Config {
            file,
            language,
            theme: layers.theme.unwrap_or_default(),
            colour: layers.colour.unwrap_or(true),
            ascii: layers.ascii.unwrap_or(false),
            linear: layers.linear.unwrap_or(false),
            charts: layers.charts.unwrap_or_default(),
            agency: said(layers.agency).map(|id| AgencyId::from(id.as_str())),
            me: ActorId::from(said(layers.me).unwrap_or_else(|| login(variable)).as_str()),
            due_soon_working_days: layers.due_soon_working_days.unwrap_or_default(),
            data_dir: data_dir.or_else(|| Some(usual_places()?.data_dir().to_owned())),
            history_days: layers.history_days.unwrap_or_default(),
            plan: said(layers.plan).map(|id| PlanId::from(id.as_str())),
            source: said(layers.chosen),
            sources: layers.sources.unwrap_or_default(),
            token: Secret::new(variable(source::TOKEN).unwrap_or_default()),
            redmine_key: Secret::new(variable(source::KEY).unwrap_or_default()),
            overlay_token: Secret::new(variable(overlays::OVERLAY).unwrap_or_default()),
            mail: layers.mail.unwrap_or_default(),
            serve: layers.serve.unwrap_or_default(),
            notifications: layers.notifications.unwrap_or_default(),
            wall: layers.wall.unwrap_or_default(),
            views: views.iter().map(|(name, view)| (Text::new(name), view.saved())).collect(),
            keys: layers.keys.unwrap_or_default(),
        }
    }
}

impl Config {
    /// Where views kept from the palette are: beside the ledger of this machine.
    pub fn kept_views(&self) -> Option<PathBuf> {
        Some(self.data_dir.as_ref()?.join("views.toml"))
    }

    /// The file that says that the first steps were shown.
    pub fn first_steps(&self) -> Option<PathBuf> {
        Some(self.data_dir.as_ref()?.join("first-steps"))
    }

    /// Where a person's own wording of reminders is looked for: beside the config file.
    pub fn letters(&self) -> Option<PathBuf> {
        self.beside("letters")
    }

    /// The same of documents.
    pub fn reports(&self) -> Option<PathBuf> {
        self.beside("reports")
    }

    fn beside(&self, folder: &str) -> Option<PathBuf> {
        let file = self.file.clone().or_else(usual_file)?;
        Some(file.parent()?.join(folder))
    }
}

/// Where a person's file is looked for.
pub fn usual_file() -> Option<PathBuf> {
    Some(usual_places()?.config_dir().join("tiendo.toml"))
}

/// The language the locale asks for; the first one there is where it asks for none.
pub fn of_locale(variable: &dyn Fn(&str) -> Option<String>) -> &'static Language {
    let asked = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|tag| !tag.is_empty());
    asked.and_then(|tag| words::language(&tag)).unwrap_or(&words::LANGUAGES[0])
}

fn usual_places() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("", "", "tiendo")
}

fn login(variable: &dyn Fn(&str) -> Option<String>) -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .filter_map(variable)
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "me".into())
}
