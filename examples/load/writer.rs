//! A writer: one remark at a time, at its pace or flat out.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures::future::join_all;
use jiff::Timestamp;
use tiendo::{
    domain::{
        answer::Admission,
        entry::{Entry, Verb},
        id::{EntryId, ItemId},
    },
    wire::{Answers, PageOf, Posting},
};
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use super::{figures::Figures, server::Server};

/// So many write for so long.
pub(crate) async fn write(
    server: &Arc<Server>,
    figures: &Arc<Figures>,
    count: usize,
    a_second: Option<u64>,
    lasting: Duration,
) {
    let items = Arc::new(items(server).await);
    let one = |number: usize| {
        let (server, figures, items) = (Arc::clone(server), Arc::clone(figures), Arc::clone(&items));
        tokio::spawn(async move {
            let (client, end) = (Server::client(), Instant::now() + lasting);
            // Not all at the same moment.
            tokio::time::sleep(Duration::from_millis(37 * number as u64 % 500)).await;
            let mut pace =
                interval(a_second.map_or(Duration::from_nanos(1), |count| Duration::from_secs(1) / count as u32));
            pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
            let mut turn = number;
            while Instant::now() < end {
                pace.tick().await;
                turn += count;
                let item = &items[turn % items.len()];
                let entries = vec![remark(item)];
                let begun = Instant::now();
                let asked = server.post(&client, "journal").json(&Posting { entries }).send().await.unwrap();
                let answers: Answers = asked.error_for_status().unwrap().json().await.unwrap();
                figures.took("post", begun);
                let answer = &answers.results[0].admission;
                let Admission::Applied { seq } = answer else { panic!("{answer:?}") };
                figures.posted(*seq, begun);
            }
        })
    };
    for ended in join_all((0..count).map(one)).await {
        ended.expect("a writer failed");
    }
    // What was told last arrives.
    tokio::time::sleep(Duration::from_millis(500)).await;
}

fn remark(item: &ItemId) -> Entry {
    let now = Timestamp::now();
    let today = now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let note = Some("a remark made by the load driver".into());
    Entry { note, ..Entry::new(EntryId(Uuid::now_v7()), item.clone(), Verb::Note, today, now) }
}

/// Items something was recorded on.
async fn items(server: &Server) -> Vec<ItemId> {
    let asked = server.get(&Server::client(), "journal?limit=2000").send().await.unwrap();
    let page: PageOf = asked.error_for_status().unwrap().json().await.unwrap();
    let on_items = |entry: &&Entry| ["task:", "report:"].iter().any(|kind| entry.item.as_str().starts_with(kind));
    let mut items: Vec<ItemId> = page.entries.iter().filter(on_items).map(|entry| entry.item.clone()).collect();
    items.sort_unstable();
    items.dedup();
    assert!(!items.is_empty(), "the journal is empty: take a plan with one (large_plan)");
    items
}
