//! Connections: taken in up to a limit, given up where the other side is too slow, and ended without breaking off an answer when
//! the server is to stop.

use std::{
    future::Future,
    io,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::Router;
use futures::FutureExt;
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
    time::{Sleep, sleep, timeout},
};
use tower::ServiceExt;

use super::{Server, front::Peer};

/// After an error of the system, such as too many open files.
const PAUSE: Duration = Duration::from_millis(50);

/// Smaller, hyper refuses to read at all.
const LEAST_HEADER: usize = 8 * 1024;

/// Takes connections until `shutdown`; then lets those under way end, and answers who still comes that it stops.
pub(super) async fn take(
    listener: TcpListener,
    router: Router,
    server: Arc<Server>,
    stop: watch::Sender<bool>,
    shutdown: impl Future<Output = ()>,
) {
    let mut connections = JoinSet::new();
    // Who comes while it stops is told so, and not waited for.
    let mut late = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    let most = server.limits.connections;
    let mut drained = pin!(sleep(Duration::MAX));
    loop {
        let stopping = *stop.borrow();
        if stopping && connections.is_empty() {
            return;
        }
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) if connections.len() + late.len() < most => {
                    let _ = stream.set_nodelay(true);
                    let router = router.clone();
                    let spawn_in = if stopping { &mut late } else { &mut connections };
                    spawn_in.spawn(converse(stream, Peer(peer), router, Arc::clone(&server), stopping));
                }
                // One too many is not kept waiting.
                Ok(_) => server.metrics.refused("connections"),
                Err(error) => {
                    tracing::warn!(%error, "a connection was not taken");
                    sleep(PAUSE).await;
                }
            },
            Some(_) = connections.join_next() => {}
            Some(_) = late.join_next() => {}
            () = &mut shutdown, if !stopping => {
                tracing::info!(target: "tiendo::serve", connections = connections.len(), "stopping");
                stop.send_replace(true);
                drained.set(sleep(Duration::from_secs(server.limits.drain_s)));
            }
            () = &mut drained, if stopping => {
                tracing::warn!(target: "tiendo::serve", connections = connections.len(), "broken off");
                return;
            }
        }
    }
}

async fn converse(stream: TcpStream, peer: Peer, router: Router, server: Arc<Server>, last: bool) {
    let _open = server.metrics.connection();
    let slow = Duration::from_secs(server.limits.slow_s.max(1));
    let service = router.map_request(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(peer);
        request.map(axum::body::Body::new)
    });
    let header = (server.limits.header_kb * 1024).max(LEAST_HEADER);
    let mut stop = server.stop.clone();
    let stream = TokioIo::new(Patient { stream, slow, stalled: None });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(slow)
        .max_buf_size(header)
        .keep_alive(!last)
        .serve_connection(stream, TowerToHyperService::new(service));
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.wait_for(|stop| *stop).map(drop), if !last => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(target: "tiendo::serve", %error, "a connection was broken off");
    }
}

/// A stream that is given up where the other side takes nothing for too long.
struct Patient {
    stream: TcpStream,
    slow: Duration,
    /// Since when it takes nothing: ends when that is too long.
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn patiently<T>(
        &mut self,
        context: &mut Context<'_>,
        write: impl FnOnce(Pin<&mut TcpStream>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if let Poll::Ready(result) = write(Pin::new(&mut self.stream), context) {
            self.stalled = None;
            return Poll::Ready(result);
        }
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(self.slow)));
        stalled.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.patiently(context, |stream, context| stream.poll_write(context, bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.patiently(context, |stream, context| stream.poll_write_vectored(context, bytes))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.patiently(context, |stream, context| stream.poll_flush(context))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.patiently(context, |stream, context| stream.poll_shutdown(context))
    }
}

/// Waits for `work`, at most for `within`.
pub(super) async fn soon<T>(within: Duration, work: impl Future<Output = T>) -> Option<T> {
    timeout(within, work).await.ok()
}
