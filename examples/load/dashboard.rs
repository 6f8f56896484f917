//! A dashboard: the snapshot once, then an event stream, and the journal at each event.

use std::{sync::Arc, time::Instant};

use futures::{StreamExt, future::join_all};
use reqwest::{
    Client, StatusCode,
    header::{ACCEPT_ENCODING, ETAG, IF_NONE_MATCH},
};
use tiendo::wire::Entries;
use tokio::{task::JoinHandle, time::sleep};

use super::{figures::Figures, server::Server};

/// Opens so many; they are open when this returns.
pub(crate) async fn open(server: &Arc<Server>, figures: &Arc<Figures>, count: usize) -> Vec<JoinHandle<()>> {
    let opened = (0..count).map(|_| one(Arc::clone(server), Arc::clone(figures)));
    join_all(opened.map(tokio::spawn)).await.into_iter().map(|opened| opened.expect("a dashboard failed")).collect()
}

async fn one(server: Arc<Server>, figures: Arc<Figures>) -> JoinHandle<()> {
    let client = Server::client();
    let cursor = server.cursor(&client).await;
    let begun = Instant::now();
    // Taken packed and thrown away: unpacking and reading it is the dashboard's time, not the server's.
    let asked = server.get(&client, "snapshot").header(ACCEPT_ENCODING, "gzip");
    let response = asked.send().await.unwrap().error_for_status().unwrap();
    let tag = response.headers()[ETAG].to_str().unwrap().to_owned();
    let mut body = response.bytes_stream();
    while let Some(chunk) = body.next().await {
        chunk.unwrap();
    }
    figures.took("snapshot", begun);
    tokio::spawn(poll(Arc::clone(&server), Arc::clone(&figures), client.clone(), tag));
    let events = server.get(&client, "events").header("last-event-id", cursor).send().await.unwrap();
    assert_eq!(events.status(), StatusCode::OK);
    tokio::spawn(async move {
        let (mut events, mut seen) = (events.bytes_stream(), cursor);
        while let Some(Ok(event)) = events.next().await {
            if event.starts_with(b"event: journal") {
                seen = catch_up(&server, &figures, &client, seen).await;
            }
        }
    })
}

async fn catch_up(server: &Server, figures: &Figures, client: &Client, mut seen: u64) -> u64 {
    loop {
        let begun = Instant::now();
        let asked = server.get(client, &format!("journal?after={seen}")).send().await;
        let Ok(response) = asked else { return seen };
        let Ok(entries) = response.json::<Entries>().await else { return seen };
        figures.took("journal", begun);
        figures.told(seen, entries.cursor);
        seen = entries.cursor;
        if !entries.more {
            return seen;
        }
    }
}

/// Asks for the snapshot by its tag, as often as that is wanted.
async fn poll(server: Arc<Server>, figures: Arc<Figures>, client: Client, tag: String) {
    let mut every = figures.polls();
    loop {
        let Ok(now) = every.wait_for(Option::is_some).await.map(|every| *every) else { return };
        let begun = Instant::now();
        let asked =
            server.get(&client, "snapshot").header(ACCEPT_ENCODING, "gzip").header(IF_NONE_MATCH, &tag).send().await;
        let Ok(response) = asked else { return };
        if response.status() == StatusCode::NOT_MODIFIED {
            figures.took("304", begun);
        }
        sleep(now.unwrap_or_default().saturating_sub(begun.elapsed())).await;
    }
}
