//! [`Watching`]: hears of changes by the server's event stream; where there is none it says every half minute that it is worth
//! asking. While the server does not answer it is still: who asks finds out when it does.

use std::{sync::Arc, time::Duration};

use reqwest::Response;
use tokio::time::sleep;

use super::{super::web::Client, followed::Followed};
use crate::wire::JOURNAL;

/// How often one is to ask where no stream tells.
const POLL: Duration = Duration::from_secs(30);
/// The longest event that is read.
const LONGEST: usize = 64 << 10;

/// Somebody who listens.
pub(super) struct Watching {
    client: Arc<Client>,
    followed: Arc<Followed>,
    path: [String; 3],
    stream: Option<Stream>,
    /// What the stream last told of.
    told: Option<u64>,
    /// How many streams in a row could not be had, or ended without having told anything.
    failures: u32,
}

impl Watching {
    pub(super) fn new(client: Arc<Client>, followed: Arc<Followed>, path: [String; 3]) -> Self {
        Watching { client, followed, path, stream: None, told: None, failures: 0 }
    }

    /// Waits until something may have changed.
    pub(super) async fn wait(&mut self) {
        loop {
            self.client.state.up().await;
            let Some(stream) = &mut self.stream else {
                let seen = self.followed.cursor();
                match self.client.stream(self.path.clone(), seen).await {
                    Ok(response) => self.stream = Some(Stream { response, read: Vec::new() }),
                    Err(failure) => {
                        tracing::debug!(%failure, "no event stream");
                        return self.without().await;
                    }
                }
                continue;
            };
            match stream.next().await {
                Some(told) => {
                    self.failures = 0;
                    if Some(told) != self.followed.cursor() && Some(told) != self.told {
                        self.told = Some(told);
                        return;
                    }
                }
                None => {
                    self.stream = None;
                    return self.without().await;
                }
            }
        }
    }

    /// There is no stream now. Asking at once tells whether the server is there; after that there is time.
    async fn without(&mut self) {
        self.failures = self.failures.saturating_add(1);
        if self.failures > 1 {
            sleep(POLL).await;
        }
    }
}

/// A stream of events.
struct Stream {
    response: Response,
    read: Vec<u8>,
}

impl Stream {
    /// How far the journal has come, as the next event says; none where the stream ended or cannot be followed.
    async fn next(&mut self) -> Option<u64> {
        loop {
            if let Some(event) = first_event(&mut self.read) {
                if let Some(cursor) = cursor(&event) {
                    return Some(cursor);
                }
                continue;
            }
            // An end that is an error (nothing came for too long) is an end.
            let some = self.response.chunk().await.ok()??;
            self.read.extend_from_slice(&some);
            if self.read.len() > LONGEST {
                return None;
            }
        }
    }
}

/// Takes the first whole event out of what was read.
fn first_event(read: &mut Vec<u8>) -> Option<String> {
    let text = std::str::from_utf8(read).ok()?;
    let (end, gap) = ["\n\n", "\r\n\r\n"].into_iter().filter_map(|gap| Some((text.find(gap)?, gap.len()))).min()?;
    let event = text.get(..end)?.to_owned();
    read.drain(..end + gap);
    Some(event)
}

/// Its id; of a beat too, which says the same.
fn cursor(event: &str) -> Option<u64> {
    let field = |name: &str| event.lines().find_map(|line| Some(line.strip_prefix(name)?.trim()));
    let known = field("event:").is_none_or(|event| event == JOURNAL || event == crate::wire::BEAT);
    field("id:").filter(|_| known)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_as_they_come_in_pieces() {
        let mut read =
            b"event: journal\nid: 7\ndata: {}\n\n: remark\n\nevent: beat\r\nid: 8\r\n\r\nevent: jour".to_vec();
        assert_eq!(first_event(&mut read).as_deref().and_then(cursor), Some(7));
        assert_eq!(first_event(&mut read).as_deref().map(cursor), Some(None), "a remark tells nothing");
        assert_eq!(first_event(&mut read).as_deref().and_then(cursor), Some(8));
        assert_eq!(first_event(&mut read), None);
        read.extend_from_slice(b"nal\nid: 9\n\n");
        assert_eq!(first_event(&mut read).as_deref().and_then(cursor), Some(9));
        assert_eq!(cursor("event: other\nid: 3"), None);
    }
}
