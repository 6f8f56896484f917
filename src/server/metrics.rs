//! Figures for Prometheus: requests, how long they took, event streams, what became of entries.

use std::{sync::Arc, time::Duration};

use prometheus_client::{
    encoding::text::encode,
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

use super::routes::Route;
use crate::domain::answer::Admission;

type Labels<const COUNT: usize> = [(&'static str, &'static str); COUNT];

/// What is counted.
#[derive(Debug)]
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<[(&'static str, String); 2], Counter>,
    seconds: Family<Labels<1>, Histogram, fn() -> Histogram>,
    refused: Family<[(&'static str, String); 1], Counter>,
    entries: Family<Labels<1>, Counter>,
    streams: Arc<Gauge>,
    connections: Arc<Gauge>,
}

/// Something that is open as long as this is kept.
#[derive(Debug)]
pub(super) struct Open(Arc<Gauge>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("tiendo");
        let buckets: fn() -> Histogram = || Histogram::new(exponential_buckets(0.000_5, 4.0, 9));
        let metrics = Metrics {
            requests: Family::default(),
            seconds: Family::new_with_constructor(buckets),
            refused: Family::default(),
            entries: Family::default(),
            streams: Arc::default(),
            connections: Arc::default(),
            registry: Registry::default(),
        };
        registry.register("requests", "Requests answered", metrics.requests.clone());
        registry.register("request_seconds", "How long an answer took to begin", metrics.seconds.clone());
        registry.register("refused", "Requests refused, by why", metrics.refused.clone());
        registry.register("entries", "Entries handed in, by what became of them", metrics.entries.clone());
        registry.register("event_streams", "Event streams that are open", Gauge::clone(&metrics.streams));
        registry.register("connections", "Connections that are open", Gauge::clone(&metrics.connections));
        Metrics { registry, ..metrics }
    }

    /// A request was answered.
    pub(super) fn answered(&self, route: Option<Route>, status: u16, took: Duration) {
        let path = route.map_or("none", |route| route.rule().path);
        let method = route.map_or("none", |route| route.rule().method);
        self.requests.get_or_create(&[("route", format!("{method} {path}")), ("status", status.to_string())]).inc();
        self.seconds.get_or_create(&[("route", path)]).observe(took.as_secs_f64());
    }

    /// A request was refused.
    pub(super) fn refused(&self, why: &str) {
        self.refused.get_or_create(&[("why", why.to_owned())]).inc();
    }

    /// An entry was handed in.
    pub(super) fn entry(&self, admission: &Admission) {
        let result = match admission {
            Admission::Applied { .. } => "applied",
            Admission::Replayed { .. } => "replayed",
            Admission::Conflict { .. } => "conflict",
            Admission::Refused(_) => "refused",
        };
        self.entries.get_or_create(&[("result", result)]).inc();
    }

    pub(super) fn stream(&self) -> Open {
        self.streams.inc();
        Open(Arc::clone(&self.streams))
    }

    pub(super) fn connection(&self) -> Open {
        self.connections.inc();
        Open(Arc::clone(&self.connections))
    }

    /// All of it, as Prometheus reads it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
