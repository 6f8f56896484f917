//! `tiendo serve`: the ledger shared over HTTP, until SIGTERM or Ctrl-C.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use clap::Args;
use tokio::{net::TcpListener, time::sleep};
use tracing_subscriber::EnvFilter;

use super::{
    exit::{Exit, Stop},
    fed,
    opened::SAMPLE,
    output,
    session::Session,
    shelf, store,
};
use crate::{
    runtime::interrupt,
    server::{Settings, serve},
    words::Words,
};

/// How often it is looked whether a signal came.
const LOOK: Duration = Duration::from_millis(50);

/// What is shared where.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    #[arg(long, value_name = "STORE")]
    store: Option<String>,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let stop = interrupt::asked_to_stop()?;
    // Several threads: a large snapshot is written while others are answered.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(share(session, arguments, &stop));
    // What was blocking when it was to stop is not waited for.
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

async fn share(session: &Session, arguments: &Arguments, stop: &AtomicBool) -> anyhow::Result<Exit> {
    let (words, config) = (&session.words, &session.config);
    // A ledger that is named by itself is nobody's workbook's.
    let is_elsewhere = arguments.store.is_some() || store::of_config(session).is_some();
    let is_sample = config.source.as_deref() == Some(SAMPLE);
    let book = if is_elsewhere || is_sample { None } else { fed::opened(session, shelf::named(session)?).await? };
    let shelf::Shelf { ledger, name } = shelf::open(session, arguments.store.as_deref()).await?;
    let address = arguments.listen.unwrap_or(config.serve.listen);
    let has_tokens = ledger.tokens().await?.iter().any(|token| token.revoked.is_none());
    if !address.ip().is_loopback() && !has_tokens {
        let said = words.with("cli-serve-no-tokens", &[("address", address.to_string().into())]);
        return Err(Stop::with(Exit::Refused, said));
    }
    let listener = TcpListener::bind(address).await.map_err(|error| {
        let args = [("address", address.to_string().into()), ("detail", error.to_string().into())];
        Stop::with(Exit::Failed, words.with("cli-serve-listen", &args))
    })?;
    let address = listener.local_addr().unwrap_or(address);
    log();
    output::complain(&words.with("cli-serving", &[("path", name.into()), ("address", address.to_string().into())]));
    if !has_tokens {
        output::complain(&words.with("cli-serve-open", &[("me", config.me.as_str().into())]));
    }
    let settings = Settings { limits: config.serve.clone(), me: Some(config.me.clone()), language: config.language };
    let followed = book.map(|book| tokio::spawn(fed::follow(book, Words::new(words.language))));
    let served = serve(listener, ledger, settings, asked(stop)).await;
    if let Some(followed) = followed {
        followed.abort();
    }
    served?;
    output::complain(&words.get("cli-serve-stopped"));
    Ok(Exit::Done)
}

/// Ends when a signal came.
async fn asked(stop: &AtomicBool) {
    while !stop.load(Ordering::SeqCst) {
        sleep(LOOK).await;
    }
}

/// One JSON object a line on the error output, unless a log file was asked for. RUST_LOG says how much.
fn log() {
    let much = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(much).with_writer(std::io::stderr);
    // Where nobody reads the error output any more, it would be told there: a panic.
    let log = log.log_internal_errors(false);
    // There is one already where `--log` names a file.
    let _ = log.try_init();
}
