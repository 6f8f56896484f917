//! A real PostgreSQL, which `tests/peers/postgres.sh` starts in a temporary directory.
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tiendo::ledger::postgres::{Address, PostgresLedger};

/// One that runs until this is dropped, or the test ends.
pub struct Cluster {
    child: Child,
    pipes: Mutex<Option<(ChildStdin, BufReader<ChildStdout>)>>,
    folder: String,
    programs: String,
    databases: AtomicU32,
}

/// The one of this test program; none, said aloud, where this machine has not got it.
pub fn shared() -> Option<&'static Cluster> {
    static SHARED: OnceLock<Option<Cluster>> = OnceLock::new();
    SHARED.get_or_init(Cluster::start).as_ref()
}

pub async fn ledger(url: &str) -> PostgresLedger {
    PostgresLedger::open(&url.parse::<Address>().unwrap()).await.unwrap()
}

impl Cluster {
    pub fn start() -> Option<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/postgres.sh");
        let child = Command::new("/usr/bin/env")
            .arg("bash")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut child) = child else { return skipped("there is no bash") };
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut folder = String::new();
        said.read_line(&mut folder).unwrap();
        if folder.is_empty() {
            let ended = child.wait().unwrap();
            assert_eq!(ended.code(), Some(77), "PostgreSQL did not start");
            return skipped("it is not installed (Debian: postgresql)");
        }
        let mut programs = String::new();
        said.read_line(&mut programs).unwrap();
        let [folder, programs] = [folder, programs].map(|line| line.trim().to_owned());
        let pipes = Mutex::new(Some((child.stdin.take().unwrap(), said)));
        Some(Cluster { child, pipes, folder, programs, databases: AtomicU32::new(0) })
    }

    /// The URL of a database there, for the user who may do everything.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://tiendo@{}/{database}", self.folder.replace('/', "%2F"))
    }

    /// A new and empty database.
    pub async fn database(&self) -> String {
        let name = format!("d{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.run(&format!("CREATE DATABASE {name}")).await;
        self.url(&name)
    }

    /// A connection past the ledger.
    pub async fn administrator(&self) -> PgConnection {
        PgConnection::connect(&self.url("postgres")).await.unwrap()
    }

    pub async fn run(&self, sql: &str) {
        let mut connection = self.administrator().await;
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    /// Runs one of PostgreSQL's own programs.
    pub fn program(&self, name: &str, line: &[&str]) {
        let mut command = Command::new(Path::new(&self.programs).join(name));
        let ended = command.args(line).env("PGHOST", &self.folder).env("PGUSER", "tiendo").status().unwrap();
        assert!(ended.success(), "{name} {line:?}");
    }

    /// Ends every server process that serves a program; says how many there were.
    pub async fn cut_off_everybody(&self) -> i64 {
        let mut connection = self.administrator().await;
        let sql = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                   WHERE backend_type = 'client backend' AND application_name = 'tiendo'";
        sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
    }

    /// Ends the whole server at once, as a loss of power does.
    pub fn crash(&self) {
        self.tell("crash");
    }

    /// Starts it again.
    pub fn start_again(&self) {
        self.tell("start");
    }

    /// Another server follows this one: each commit waits for it. The URL leads to whichever has the address.
    pub fn with_standby(&self, url: &str) -> String {
        self.tell("standby");
        url.replacen(&self.folder.replace('/', "%2F"), &format!("{}:6000", self.folder.replace('/', "%2F")), 1)
    }

    /// The address leads to the other one now.
    pub fn turn_to_the_standby(&self) {
        self.tell("turn");
    }

    /// The other one takes writes now.
    pub fn promote_the_standby(&self) {
        self.tell("promote");
    }

    fn tell(&self, command: &str) {
        let mut pipes = self.pipes.lock().unwrap();
        let (input, output) = pipes.as_mut().unwrap();
        writeln!(input, "{command}").unwrap();
        let mut answer = String::new();
        output.read_line(&mut answer).unwrap();
        assert_eq!(answer, "done\n", "{command}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The end of its input ends it.
        drop(self.pipes.lock().unwrap().take());
        let _ = self.child.wait();
    }
}

fn skipped<T>(why: &str) -> Option<T> {
    crate::skip::skipped("a real PostgreSQL", why)
}
