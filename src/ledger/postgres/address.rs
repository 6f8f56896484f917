//! [`Address`]: which database, as whom. The password stands in the URL, in PGPASSWORD or in ~/.pgpass, or is said by a command;
//! it is never shown.

use std::{fmt, str::FromStr};

use sqlx::{
    ConnectOptions,
    postgres::{PgConnectOptions, PgSslMode},
};

use crate::domain::{failure::Failure, sentence::Sentence};

/// Where a ledger is kept in PostgreSQL: `postgres://user@host:5432/database?sslmode=verify-full`. `Display` and `Debug` say it
/// without the password.
#[derive(Clone)]
pub struct Address(PgConnectOptions);

impl Address {
    /// Is that a URL of PostgreSQL?
    pub fn is_one(url: &str) -> bool {
        url.starts_with("postgres://") || url.starts_with("postgresql://")
    }

    /// The address with another password.
    pub fn with_password(self, password: &str) -> Self {
        Address(self.0.password(password))
    }

    pub(super) fn options(&self) -> PgConnectOptions {
        let named = match self.0.get_application_name() {
            Some(_) => self.0.clone(),
            None => self.0.clone().application_name("tiendo"),
        };
        // What is written stands in the statements.
        named.disable_statement_logging()
    }
}

impl FromStr for Address {
    type Err = Failure;

    fn from_str(url: &str) -> Result<Self, Failure> {
        // What the library says of a wrong URL does not repeat it.
        let wrong = |error: sqlx::Error| Failure::Refused(Sentence::new("store-url").with("detail", error.to_string()));
        url.parse().map(Address).map_err(wrong)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Address(options) = self;
        let user = options.get_username();
        write!(formatter, "postgres://{user}@")?;
        match options.get_socket() {
            Some(socket) => write!(formatter, "{}", socket.display())?,
            None => write!(formatter, "{}:{}", options.get_host(), options.get_port())?,
        }
        write!(formatter, "/{}", options.get_database().unwrap_or(user))?;
        match options.get_ssl_mode() {
            PgSslMode::VerifyFull => write!(formatter, "?sslmode=verify-full"),
            PgSslMode::VerifyCa | PgSslMode::Require | PgSslMode::Prefer | PgSslMode::Allow | PgSslMode::Disable => {
                Ok(())
            }
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_never_shown() {
        let urls = [
            "postgres://an:chim-hoang-yen@db.example.vn/tiendo?sslmode=verify-full",
            "postgresql://an@db.example.vn/tiendo?password=chim-hoang-yen",
            "postgres://an:chim-hoang-yen@db:port/tiendo",
            "postgres://an:chim-hoang-yen@db/tiendo?sslmode=chim",
        ];
        for url in urls {
            assert!(Address::is_one(url));
            let read = url.parse::<Address>();
            let said = match &read {
                Ok(address) => format!("{address} {address:?}"),
                Err(failure) => format!("{failure} {failure:?}"),
            };
            assert!(!said.contains("hoang"), "{said}");
        }
        let address: Address = urls[0].parse().unwrap();
        assert_eq!(address.to_string(), "postgres://an@db.example.vn:5432/tiendo?sslmode=verify-full");
        assert!(!Address::is_one("/var/lib/tiendo/ledger.db"));
    }
}
