//! The secret the mail server wants to be shown, from the one place the settings name.

use super::{problem::Problem, settings::MailSettings};
use crate::secret::{self, Environment, Missing, Secret};

/// The secret the settings name; none where nobody signs in. `variable` tells the value of a variable of the environment.
pub async fn secret(settings: &MailSettings, variable: Environment<'_>) -> Result<Option<Secret>, Problem> {
    if settings.user.is_empty() {
        return Ok(None);
    }
    settings.one_secret_source()?;
    let said = if !settings.token_command.is_empty() {
        secret::of_command(&settings.token_command, true).await?
    } else if !settings.token_variable.is_empty() {
        secret::of_variable(&settings.token_variable, variable)?
    } else if let Some(path) = settings.token_file() {
        secret::of_file(path)?
    } else {
        settings.token.clone()
    };
    Ok(Some(said))
}

impl From<Missing> for Problem {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Unread { file, reason } => Problem::Unread { file, reason },
            Missing::Readable { file } => Problem::Readable { file },
            Missing::Variable(name) => Problem::NoVariable(name),
            Missing::Command(reason) => Problem::Command(reason),
        }
    }
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
