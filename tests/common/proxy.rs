//! A network with faults, between who asks and a real server: it is told what goes wrong with the next connections.
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    sync::{Notify, watch},
    time::sleep,
};

/// What goes wrong with a connection.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Nothing.
    None,
    /// It is closed as soon as it is there.
    Refused,
    /// Nothing ever comes back.
    BlackHole,
    /// Everything that comes back is so late.
    Latency(Duration),
    /// So many bytes come back at a time, with so long between.
    Bandwidth(usize, Duration),
    /// It ends after so many bytes that came back.
    Cut(usize),
    /// It is broken off after so many.
    Reset(usize),
    /// The request arrives, no answer comes.
    LostReply,
    /// The request arrives twice; the second answer comes.
    Twice,
    /// Something between answers this in the server's place.
    Says(Vec<u8>),
}

pub struct Proxy {
    pub url: String,
    faults: Arc<Mutex<VecDeque<Fault>>>,
    always: Arc<Mutex<Fault>>,
    /// Requests that came, by their first lines; more than one on a connection are one here.
    pub seen: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
    came: Arc<Notify>,
    end: watch::Sender<u64>,
}

impl Proxy {
    /// Before the server at `address`.
    pub async fn before(address: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let proxy = Proxy {
            url,
            faults: Arc::default(),
            always: Arc::new(Mutex::new(Fault::None)),
            seen: Arc::default(),
            connections: Arc::default(),
            came: Arc::default(),
            end: watch::Sender::new(0),
        };
        let (faults, always) = (Arc::clone(&proxy.faults), Arc::clone(&proxy.always));
        let (seen, connections, came) =
            (Arc::clone(&proxy.seen), Arc::clone(&proxy.connections), Arc::clone(&proxy.came));
        let end = proxy.end.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                let fault = faults.lock().unwrap().pop_front().unwrap_or_else(|| always.lock().unwrap().clone());
                let (address, seen, came) = (address.clone(), Arc::clone(&seen), Arc::clone(&came));
                let mut ended = end.subscribe();
                tokio::spawn(async move {
                    tokio::select! {
                        () = carry(stream, &address, fault, &seen, &came) => {}
                        _ = ended.changed() => {}
                    }
                });
            }
        });
        proxy
    }

    /// What goes wrong with the next connections, one after the other; those that stand are closed.
    pub fn fails(&self, faults: impl IntoIterator<Item = Fault>) {
        self.faults.lock().unwrap().extend(faults);
        self.close();
    }

    /// What goes wrong with all that follow.
    pub fn always(&self, fault: Fault) {
        *self.always.lock().unwrap() = fault;
        self.close();
    }

    /// Closes what stands.
    pub fn close(&self) {
        self.end.send_modify(|count| *count += 1);
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Waits until another request has come.
    pub async fn came(&self) {
        self.came.notified().await;
    }
}

async fn carry(mut stream: TcpStream, address: &str, fault: Fault, seen: &Mutex<Vec<String>>, came: &Notify) {
    if matches!(fault, Fault::Refused) {
        return;
    }
    let Some(request) = request(&mut stream).await else { return };
    seen.lock()
        .unwrap()
        .push(request.iter().take_while(|byte| **byte != b'\r').map(|byte| char::from(*byte)).collect());
    came.notify_one();
    if let Fault::Says(answer) = &fault {
        let _ = stream.write_all(answer).await;
        let _ = stream.shutdown().await;
        return;
    }
    if matches!(fault, Fault::BlackHole) {
        return std::future::pending().await;
    }
    let Ok(mut server) = TcpStream::connect(address).await else { return };
    if server.write_all(&request).await.is_err() {
        return;
    }
    match fault {
        Fault::LostReply => {
            let _ = server.read(&mut [0; 1]).await;
        }
        Fault::Twice => {
            let _ = server.read(&mut [0; 1]).await;
            let Ok(mut again) = TcpStream::connect(address).await else { return };
            let _ = again.write_all(&request).await;
            let _ = copy_bidirectional(&mut stream, &mut again).await;
        }
        Fault::None => {
            let _ = copy_bidirectional(&mut stream, &mut server).await;
        }
        Fault::Latency(late) => back(&mut stream, &mut server, usize::MAX, usize::MAX, late).await,
        Fault::Bandwidth(some, wait) => back(&mut stream, &mut server, some, usize::MAX, wait).await,
        Fault::Cut(most) => back(&mut stream, &mut server, usize::MAX, most, Duration::ZERO).await,
        Fault::Reset(most) => {
            back(&mut stream, &mut server, usize::MAX, most, Duration::ZERO).await;
            // What was not read when it is closed is told the other side as a reset.
            let _ = stream.set_zero_linger();
        }
        Fault::Refused | Fault::BlackHole | Fault::Says(_) => {}
    }
}

/// A whole request.
async fn request(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let (mut read, mut some) = (Vec::new(), [0; 16 << 10]);
    loop {
        let count = stream.read(&mut some).await.ok().filter(|count| *count > 0)?;
        read.extend_from_slice(&some[..count]);
        let text = String::from_utf8_lossy(&read).to_lowercase();
        let Some(end) = text.find("\r\n\r\n") else { continue };
        let length = text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        if read.len() >= end + 4 + length.unwrap_or(0_usize) {
            // One request on each connection, so that what goes wrong with one goes wrong with that.
            read.splice(end..end, *b"\r\nconnection: close");
            return Some(read);
        }
    }
}

async fn back(stream: &mut TcpStream, server: &mut TcpStream, some: usize, most: usize, wait: Duration) {
    let (mut gone, mut read) = (0, vec![0; some.min(16 << 10)]);
    while let Ok(count @ 1..) = server.read(&mut read).await {
        if !wait.is_zero() {
            sleep(wait).await;
        }
        let count = count.min(most - gone);
        if stream.write_all(&read[..count]).await.is_err() {
            return;
        }
        gone += count;
        if gone >= most {
            return;
        }
    }
}
