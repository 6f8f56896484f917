//! A slow reader: a KiB a second of the snapshot, and nothing of an event stream.

use std::{sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinHandle,
    time::sleep,
};

use super::server::Server;

/// So many slow readers.
pub(crate) fn open(server: &Arc<Server>, count: usize) -> Vec<JoinHandle<()>> {
    (0..count).map(|_| tokio::spawn(one(Arc::clone(server)))).collect()
}

async fn one(server: Arc<Server>) {
    let (address, events) = server.raw("events");
    let mut silent = TcpStream::connect(&address).await.unwrap();
    silent.write_all(events.as_bytes()).await.unwrap();
    let (address, snapshot) = server.raw("snapshot");
    let mut slow = TcpStream::connect(&address).await.unwrap();
    slow.write_all(snapshot.as_bytes()).await.unwrap();
    let mut some = [0; 1_024];
    while slow.read(&mut some).await.is_ok_and(|read| read > 0) {
        sleep(Duration::from_secs(1)).await;
    }
    // Given up by the server; the stream stays as it is.
    sleep(Duration::from_secs(3_600)).await;
}
