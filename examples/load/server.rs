//! [`Server`]: the real program, which serves the ledger to be tried, and what memory it takes.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{Mutex, PoisonError},
};

use reqwest::{Client, RequestBuilder};

pub(crate) struct Server {
    child: Mutex<Child>,
    id: u32,
    program: std::path::PathBuf,
    store: String,
    name: String,
    token: String,
    pub(crate) url: String,
    plan: String,
    _place: tempfile::TempDir,
}

impl Server {
    pub(crate) fn start(store: &str) -> Self {
        // target/PROFILE/examples/load beside target/PROFILE/tiendo.
        let program = std::env::current_exe().unwrap().parent().unwrap().with_file_name("tiendo");
        assert!(program.is_file(), "build the program first: cargo build --release");
        let place = tempfile::tempdir().unwrap();
        let config = place.path().join("tiendo.toml");
        let limits = "[serve]\nper_minute = 1000000000\nconnections = 20000\nevent_streams = 10000\n";
        std::fs::write(&config, limits).unwrap();
        let run = |line: &[&str]| {
            let mut command = Command::new(&program);
            command.args(line).args(["--store", store, "--lang", "en"]).env("TIENDO_CONFIG", &config);
            command
        };
        let name = format!("load-{}", std::process::id());
        let token = run(&["token", "add", &name, "--role", "coordinator"]).output().unwrap();
        assert!(token.status.success(), "{}", String::from_utf8_lossy(&token.stderr));
        let token = String::from_utf8(token.stdout).unwrap().trim().to_owned();
        let mut child =
            run(&["serve", "--listen", "127.0.0.1:0"]).env("RUST_LOG", "error").stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let url = loop {
            let mut line = String::new();
            assert!(said.read_line(&mut line).unwrap() > 0, "the server did not start");
            if let Some((_, url)) = line.split_once(" http://") {
                break format!("http://{}", url.split(';').next().unwrap());
            }
        };
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::stderr()));
        let plan = first_plan(&url, &token);
        let id = child.id();
        Server { child: Mutex::new(child), id, program, store: store.to_owned(), name, token, url, plan, _place: place }
    }

    pub(crate) fn plan(&self) -> &str {
        &self.plan
    }

    /// A client of its own, as each dashboard is.
    pub(crate) fn client() -> Client {
        Client::builder().no_proxy().gzip(false).build().unwrap()
    }

    /// How far the journal has come.
    pub(crate) async fn cursor(&self, client: &Client) -> u64 {
        let asked = client.get(format!("{}/v1/plans", self.url)).bearer_auth(&self.token);
        let plans: tiendo::wire::Plans = asked.send().await.unwrap().json().await.unwrap();
        plans.plans.iter().find(|head| head.id.as_str() == self.plan).map_or(0, |head| head.seq)
    }

    pub(crate) fn get(&self, client: &Client, path: &str) -> RequestBuilder {
        client.get(format!("{}/v1/plans/{}/{path}", self.url, self.plan)).bearer_auth(&self.token)
    }

    pub(crate) fn post(&self, client: &Client, path: &str) -> RequestBuilder {
        client.post(format!("{}/v1/plans/{}/{path}", self.url, self.plan)).bearer_auth(&self.token)
    }

    /// A request as bytes, for who reads slowly.
    pub(crate) fn raw(&self, path: &str) -> (String, String) {
        let address = self.url.trim_start_matches("http://").to_owned();
        let request = format!(
            "GET /v1/plans/{}/{path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: gzip\r\nAuthorization: Bearer {}\r\n\r\n",
            self.plan, self.token
        );
        (address, request)
    }

    /// What it takes now, and took at most.
    pub(crate) fn memory(&self) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id)).unwrap_or_default();
        let mib = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            let kib: f64 = line.trim_start_matches(':').trim().trim_end_matches(" kB").parse().unwrap_or_default();
            kib / 1024.0
        };
        format!("{:.0} MiB (at most {:.0})", mib("VmRSS"), mib("VmHWM"))
    }
}

/// Ends the server when it goes, however the driver ends: dashboards may hold on to it.
pub(crate) struct Ending<'a>(pub(crate) &'a Server);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        let server = self.0;
        let mut child = server.child.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
        let line = ["token", "revoke", &server.name, "--store", &server.store];
        let _ = Command::new(&server.program).args(line).stderr(Stdio::null()).status();
    }
}

/// The first plan of the server.
fn first_plan(url: &str, token: &str) -> String {
    let asked = async {
        let asked = Server::client().get(format!("{url}/v1/plans")).bearer_auth(token);
        asked.send().await.unwrap().json::<tiendo::wire::Plans>().await.unwrap()
    };
    let plans = std::thread::scope(|scope| {
        let asking =
            scope.spawn(|| tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(asked));
        asking.join().unwrap()
    });
    plans.plans.first().expect("the ledger holds no plan: tiendo import plan.json --store …").id.to_string()
}
