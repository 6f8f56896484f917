//! A dashboard: the snapshot once, then an event stream, and the journal at each event.

use std::{sync::Arc, time::Instant};

use futures::{StreamExt, future::join_all};
use reqwest::{
    Client, StatusCode,
    header::{ETAG, IF_NONE_MATCH},
};
use serde::Deserialize;
use tiendo::wire::Entries;
use tokio::{task::JoinHandle, time::sleep};

use super::{figures::Figures, server::Server};

/// Opens so many; they are open when this returns.
pub(crate) async fn open(server: &Arc<Server>, figures: &Arc<Figures>, count: usize) -> Vec<JoinHandle<()>> {
    let opened = (0..count).map(|_| one(Arc::clone(server), Arc::clone(figures)));
    join_all(opened.map(tokio::spawn)).await.into_iter().map(|opened| opened.expect("a dashboard failed")).collect()
}

/// The head of a snapshot.
#[derive(Deserialize)]
struct Head {
    cursor: u64,
}

async fn one(server: Arc<Server>, figures: Arc<Figures>) -> JoinHandle<()> {
    let client = Server::client();
    let begun = Instant::now();
    let response = server.get(&client, "snapshot").send().await.unwrap().error_for_status().unwrap();
    let tag = response.headers()[ETAG].to_str().unwrap().to_owned();
    let mut body = response.bytes_stream();
    // Unpacked and thrown away: reading it is the dashboard's time, not the server's. The cursor stands at the beginning.
    let mut head = Vec::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.unwrap();
        if head.len() < 1_024 {
            head.extend_from_slice(&chunk);
        }
    }
    figures.took("snapshot", begun);
    let cursor = cursor(&head);
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

/// `"cursor":N` near the beginning of a snapshot.
fn cursor(head: &[u8]) -> u64 {
    let head = String::from_utf8_lossy(&head[..head.len().min(1_024)]).into_owned();
    let digits = head.split_once("\"cursor\":").map(|(_, rest)| rest.split([',', '}']).next().unwrap_or_default());
    let read: Head = serde_json::from_str(&format!("{{\"cursor\":{}}}", digits.expect("no cursor"))).unwrap();
    read.cursor
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
        let asked = server.get(&client, "snapshot").header(IF_NONE_MATCH, &tag).send().await;
        let Ok(response) = asked else { return };
        if response.status() == StatusCode::NOT_MODIFIED {
            figures.took("304", begun);
        }
        sleep(now.unwrap_or_default().saturating_sub(begun.elapsed())).await;
    }
}
