//! A slow reader: a KiB a second of the snapshot, and nothing of an event stream.

use std::{sync::Arc, time::Duration};

use futures::future::join_all;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinHandle,
    time::sleep,
};

use super::server::Server;

/// So many slow readers; they read when this returns.
pub(crate) async fn open(server: &Arc<Server>, count: usize) -> Vec<JoinHandle<()>> {
    join_all((0..count).map(|_| one(Arc::clone(server)))).await
}

async fn one(server: Arc<Server>) -> JoinHandle<()> {
    let (address, events) = server.raw("events");
    let mut silent = TcpStream::connect(&address).await.unwrap();
    silent.write_all(events.as_bytes()).await.unwrap();
    let (address, snapshot) = server.raw("snapshot");
    let mut slow = TcpStream::connect(&address).await.unwrap();
    slow.write_all(snapshot.as_bytes()).await.unwrap();
    let mut some = [0; 1_024];
    // The snapshot is made for all of them once; that is not what is measured.
    slow.read_exact(&mut some[..1]).await.unwrap();
    tokio::spawn(async move {
        while slow.read(&mut some).await.is_ok_and(|read| read > 0) {
            sleep(Duration::from_secs(1)).await;
        }
        // Given up by the server; the stream stays as it is.
        silent.writable().await.ok();
        sleep(Duration::from_secs(3_600)).await;
    })
}
