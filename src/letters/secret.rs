//! [`Secret`]: what the mail server wants to be shown. It comes from a command, a variable of the environment, a file only
//! its owner can read, or the config file under the same condition; it is never shown.

use std::{fmt, io, path::Path, process::Stdio, time::Duration};

use serde::{Deserialize, Deserializer};

use crate::own_files;

use super::{problem::Problem, settings::MailSettings};

/// How long a command may take to say the secret: somebody may have to unlock a store.
const PATIENCE: Duration = Duration::from_secs(60);

/// Something that must not be shown: `Debug` does not say it, there is no `Display`, and it does not serialise.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps `text` as a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Secret(text.into())
    }

    /// The secret itself, for whoever must be shown it.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// Is nothing kept?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Default for Secret {
    fn default() -> Self {
        Secret::new("")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.is_empty() { "no secret" } else { "a secret" })
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Secret)
    }
}

/// The secret the settings name; none where nobody signs in. `variable` tells the value of a variable of the environment.
pub async fn secret(
    settings: &MailSettings,
    variable: &(dyn Fn(&str) -> Option<String> + Sync),
) -> Result<Option<Secret>, Problem> {
    if settings.user.is_empty() {
        return Ok(None);
    }
    settings.one_secret_source()?;
    let said = if !settings.token_command.is_empty() {
        secret_said_by(&settings.token_command).await?
    } else if !settings.token_variable.is_empty() {
        let name = &settings.token_variable;
        variable(name).filter(|value| !value.is_empty()).ok_or_else(|| Problem::NoVariable(name.clone()))?
    } else if let Some(path) = settings.token_file() {
        file(path)?
    } else {
        settings.token.reveal().to_owned()
    };
    Ok(Some(Secret(said)))
}

/// What a command says on the first line of its output, which is the secret.
pub async fn secret_said_by(line: &str) -> Result<String, Problem> {
    let line = line.to_owned();
    // What the command says on its error output goes to the person at the terminal, not into an error of ours.
    let run = tokio::task::spawn_blocking(move || {
        shell(&line).stdin(Stdio::inherit()).stderr(Stdio::inherit()).stdout(Stdio::piped()).output()
    });
    let failed = |reason: String| Problem::Command(reason);
    let output = match tokio::time::timeout(PATIENCE, run).await {
        Ok(Ok(Ok(output))) => output,
        Ok(Ok(Err(error))) => return Err(failed(error.to_string())),
        Ok(Err(error)) => return Err(failed(error.to_string())),
        Err(_) => return Err(failed(format!("{} s", PATIENCE.as_secs()))),
    };
    if !output.status.success() {
        return Err(failed(output.status.to_string()));
    }
    let said = String::from_utf8(output.stdout).map_err(|_| failed("UTF-8".into()))?;
    first_line(&said).ok_or_else(|| failed("0".into()))
}

fn shell(line: &str) -> std::process::Command {
    let (program, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("/bin/sh", "-c") };
    let mut command = std::process::Command::new(program);
    command.args([flag, line]);
    command
}

fn file(path: &Path) -> Result<String, Problem> {
    keep_private(path)?;
    let text = std::fs::read_to_string(path).map_err(|error| Problem::unread(path, &error))?;
    let empty = io::Error::from(io::ErrorKind::UnexpectedEof);
    first_line(&text).ok_or_else(|| Problem::unread(path, &empty))
}

/// Refuses a file that others may read; says the command that mends it.
pub fn keep_private(path: &Path) -> Result<(), Problem> {
    if own_files::is_open_to_others(path).map_err(|error| Problem::unread(path, &error))? {
        return Err(Problem::Readable { file: path.display().to_string() });
    }
    Ok(())
}

fn first_line(text: &str) -> Option<String> {
    text.lines().next().map(str::to_owned).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(settings: &MailSettings) -> Result<Option<Secret>, Problem> {
        let variable = |name: &str| (name == "CANARY").then(|| "chim-hoang-yen".to_owned());
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(secret(settings, &variable))
    }

    fn settings() -> MailSettings {
        MailSettings { user: "an".into(), ..MailSettings::default() }
    }

    #[test]
    fn it_is_not_shown() {
        let settings = MailSettings { token: Secret::new("chim-hoang-yen"), ..settings() };
        assert!(!format!("{settings:?} {:?}", asked(&settings)).contains("chim"));
    }

    #[test]
    fn it_comes_from_one_place() {
        let expected = Ok(Some(Secret::new("chim-hoang-yen")));
        assert_eq!(asked(&MailSettings { token_variable: "CANARY".into(), ..settings() }), expected);
        assert_eq!(asked(&MailSettings { token: Secret::new("chim-hoang-yen"), ..settings() }), expected);
        assert_eq!(asked(&MailSettings::default()), Ok(None), "nobody signs in");
        assert_eq!(asked(&settings()), Err(Problem::SecretSource));
        let two = MailSettings { token_variable: "CANARY".into(), token_command: "echo x".into(), ..settings() };
        assert_eq!(asked(&two), Err(Problem::SecretSource));
        let unset = MailSettings { token_variable: "UNSET".into(), ..settings() };
        assert_eq!(asked(&unset), Err(Problem::NoVariable("UNSET".into())));
    }

    #[cfg(unix)]
    #[test]
    fn a_command_says_it_on_its_first_line_or_fails() {
        let command = |line: &str| asked(&MailSettings { token_command: line.into(), ..settings() });
        assert_eq!(command("printf 'chim-hoang-yen\\nmore\\n'"), Ok(Some(Secret::new("chim-hoang-yen"))));
        assert!(matches!(command("echo chim-hoang-yen; exit 3"), Err(Problem::Command(why)) if !why.contains("chim")));
        assert!(matches!(command("true"), Err(Problem::Command(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_others_may_read_is_refused_with_the_command_that_mends_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        std::fs::write(&path, "chim-hoang-yen\n").unwrap();
        let settings = MailSettings { token_file: path.clone(), ..settings() };
        for mode in [0o644, 0o640, 0o604] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            let refused = asked(&settings).unwrap_err();
            assert!(refused.to_string().contains(&format!("chmod 600 {}", path.display())), "{refused}");
        }
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(asked(&settings), Ok(Some(Secret::new("chim-hoang-yen"))));
    }
}
