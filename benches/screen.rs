//! The screen at 1,000, 10,000 and 100,000 reports: counting, folding an entry, a filter's keystroke, moving, sorting,
//! drawing a frame. `cargo bench --bench screen`; the budgets are in CONTRIBUTING.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, unreachable_pub, dead_code, missing_docs)]

#[path = "../tests/common/screen.rs"]
mod screen;

use std::sync::Arc;

use divan::{Bencher, black_box};
use ratatui::{buffer::Buffer, layout::Rect};
use screen::App;
use tiendo::{
    app::{
        effect::Effect,
        msg::{Msg, Ticket},
    },
    domain::{
        answer::{Admission, Fetched, Page},
        changes::{Asked, between, since},
        entry::{Entry, Verb},
        id::EntryId,
        look::Look,
        matrix::{Across, Matrix},
        past::Past,
        plan::Plan,
        readiness::Readiness,
        replay::Revision,
        snapshot::{Delta, Snapshot},
        stamp::stamp,
        status::Today,
        summary::Summary,
        waiting::Acted,
    },
    ui::{Looks, depth::Depth},
    words::LANGUAGES,
};
use uuid::Uuid;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const SCREEN: (u16, u16) = (200, 50);

fn main() {
    divan::main();
}

/// A plan of `reports` reports: ten duties with ten periods each, owed by a hundredth as many agencies; each duty belongs to
/// a campaign.
fn plan(reports: usize) -> Plan {
    let agency = |number| serde_json::json!({"id": format!("a{number}"), "short": format!("Sở số {number}"), "kind": "district", "reports": true});
    let period =
        |month| serde_json::json!({"period": format!("2023-M{month:02}"), "due": format!("2023-{month:02}-19")});
    let periods: Vec<_> = (3..=12).map(period).collect();
    let duty = |number| serde_json::json!({"id": format!("R{number}"), "title": "Báo cáo", "owes": ["all"], "periods": periods, "campaign": format!("C{number}")});
    let task = |number| serde_json::json!({"id": format!("N{number}"), "title": "Nhiệm vụ", "lead": format!("a{}", number % (reports / 100)), "due": "2023-10-31"});
    let milestone =
        |day| serde_json::json!({"id": format!("M{day}"), "title": "Mốc", "due": format!("2023-11-{day:02}")});
    let campaign = |number| serde_json::json!({"id": format!("C{number}"), "title": "Tháng hành động", "from": "2023-11-15", "to": "2023-12-15", "lead": "a1", "milestones": (number + 1..number + 7).map(milestone).collect::<Vec<_>>()});
    serde_json::from_value(serde_json::json!({
        "format": "tiendo-plan/1", "id": "large", "year": 2023, "timezone": "Asia/Ho_Chi_Minh", "sample": true,
        "agencies": (0..reports / 100).map(agency).collect::<Vec<_>>(),
        "duties": (0..10).map(duty).collect::<Vec<_>>(),
        "tasks": (0..reports / 50).map(task).collect::<Vec<_>>(),
        "campaigns": (0..10).map(campaign).collect::<Vec<_>>(),
    }))
    .unwrap()
}

fn received(snapshot: &Snapshot, place: usize, seq: u64) -> Entry {
    let item = snapshot.items[place].id.clone();
    let entry = Entry::new(
        EntryId(Uuid::from_u128(seq.into())),
        item,
        Verb::Receive,
        "2023-06-01".parse().unwrap(),
        screen::now(),
    );
    Entry { seq, ..entry }
}

/// Nineteen of twenty reports received, the rest open.
fn snapshot(reports: usize) -> Snapshot {
    let mut snapshot = Snapshot::new(Arc::new(plan(reports)));
    let entries: Vec<Entry> = (0..snapshot.items.len())
        .filter(|place| place % 20 > 0)
        .map(|place| received(&snapshot, place, place as u64))
        .collect();
    snapshot.apply_delta(Delta { entries, refolded: Vec::new(), cursor: 0 });
    snapshot
}

fn app(reports: usize) -> App {
    let mut app = App::started(SCREEN);
    app.fetched(Ticket(1), Fetched::Whole(Box::new(snapshot(reports))));
    app
}

#[divan::bench(args = SIZES)]
fn summarise(bencher: Bencher<'_, '_>, reports: usize) {
    let app = app(reports);
    let snapshot = app.model.snapshot.as_ref().unwrap();
    bencher.bench_local(|| Summary::of(black_box(snapshot), app.model.today));
}

#[divan::bench(args = SIZES)]
fn expected_reports(bencher: Bencher<'_, '_>, reports: usize) {
    let plan = Arc::new(plan(reports));
    bencher.bench_local(|| Snapshot::new(black_box(Arc::clone(&plan))));
}

#[divan::bench(args = SIZES)]
fn fold_an_entry(bencher: Bencher<'_, '_>, reports: usize) {
    let mut snapshot = snapshot(reports);
    let entry = received(&snapshot, snapshot.items.len() / 2, 1);
    bencher.bench_local(move || snapshot.apply(black_box(&entry)));
}

#[divan::bench(args = SIZES)]
fn a_hundred_new_entries(bencher: Bencher<'_, '_>, reports: usize) {
    let mut app = app(reports);
    app.keys("2");
    let snapshot = app.model.snapshot.as_ref().unwrap();
    let entries: Vec<Entry> = (0..100).map(|number| received(snapshot, number * 7, number as u64)).collect();
    let mut ticket = 1;
    bencher.bench_local(move || {
        ticket += 1;
        app.fact(Msg::SourceChanged);
        let delta = Delta { entries: entries.clone(), refolded: Vec::new(), cursor: ticket };
        app.fetched(Ticket(ticket), Fetched::Entries(delta));
    });
}

/// From the key to the changed row: what the key asks for, the ledger's answer, the entries that are fetched then, and the
/// frame with the row as it is now. What the ledger takes meanwhile: `append_one` and `delta` in `benches/ledger.rs`.
#[divan::bench(args = SIZES)]
fn act_to_the_changed_row(bencher: Bencher<'_, '_>, reports: usize) {
    acting(bencher, reports, "a", "2");
}

/// The same where the row leaves the list it is in, and the list is sorted by what changed.
#[divan::bench(args = SIZES)]
fn receive_to_the_changed_list(bencher: Bencher<'_, '_>, reports: usize) {
    acting(bencher, reports, "d enter", "1 tab");
}

fn acting(bencher: Bencher<'_, '_>, reports: usize, act: &str, view: &str) {
    let mut app = app(reports);
    app.keys(view);
    app.effects.clear();
    let looks = Looks::new(&LANGUAGES[0], "dark", Depth::TrueColour, false).unwrap();
    let mut buffer = Buffer::empty(Rect::new(0, 0, SCREEN.0, SCREEN.1));
    let mut seq = app.model.snapshot.as_ref().unwrap().cursor;
    bencher.bench_local(move || {
        app.keys(act);
        let mut fresh = Vec::new();
        while let Some(effect) = app.effects.pop() {
            if let Effect::Act { ticket, drafts: mut entries } = effect {
                seq += 1;
                stamp(&mut entries, screen::now(), Uuid::now_v7);
                fresh = entries.iter().map(|entry| Entry { seq, ..entry.clone() }).collect();
                let result = Ok(entries.iter().map(|_| Acted::Answered(Admission::Applied { seq })).collect());
                app.fact(Msg::Acted { ticket, entries, result });
            } else if let Effect::Fetch { ticket, .. } = effect {
                let delta = Delta { entries: std::mem::take(&mut fresh), refolded: Vec::new(), cursor: seq };
                app.fetched(ticket, Fetched::Entries(delta));
            }
        }
        buffer.reset();
        let look = looks.of(&app.model, &app.bindings).unwrap();
        tiendo::ui::draw(black_box(&app.model), &look, &mut buffer)
    });
}

/// With a look a month ago, which many due dates have passed since, and a thousand entries.
#[divan::bench(args = SIZES)]
fn what_changed_since_a_look(bencher: Bencher<'_, '_>, reports: usize) {
    let app = app(reports);
    let snapshot = app.model.snapshot.as_ref().unwrap();
    let entries: Vec<Entry> =
        (0..1_000.min(reports)).map(|place| received(snapshot, place, place as u64 + 1)).collect();
    let look = Look { at: "2023-10-18T08:00:00+07:00".parse().unwrap(), cursor: Some(0) };
    let asked = Asked { look, until: None, me: None, today: app.model.today, soon: 3 };
    bencher.bench_local(|| since(black_box(snapshot), &entries, asked));
}

#[divan::bench(args = SIZES)]
fn two_days_compared(bencher: Bencher<'_, '_>, reports: usize) {
    let app = app(reports);
    let snapshot = app.model.snapshot.as_ref().unwrap();
    let then = Snapshot::new(Arc::new(plan(reports)));
    let june = Today::new("2023-06-14".parse().unwrap(), 3, &then.outline.calendar);
    bencher.bench_local(|| between(black_box((&then, june)), (snapshot, app.model.today)));
}

#[divan::bench(args = SIZES)]
fn move_down(bencher: Bencher<'_, '_>, reports: usize) {
    let mut app = app(reports);
    app.keys("2");
    bencher.bench_local(move || {
        app.keys("j");
    });
}

#[divan::bench(args = SIZES)]
fn type_a_filter(bencher: Bencher<'_, '_>, reports: usize) {
    let mut app = app(reports);
    app.keys("2");
    bencher.bench_local(move || {
        app.keys("/").types("so 12").keys("esc");
    });
}

/// Nine letters, one after the other, and back again: eighteen keys.
#[divan::bench(args = SIZES)]
fn type_in_the_palette(bencher: Bencher<'_, '_>, reports: usize) {
    let mut app = app(reports);
    app.keys(":");
    bencher.bench_local(move || {
        app.types("bao so 12");
        for _ in 0..9 {
            app.keys("backspace");
        }
    });
}

#[divan::bench(args = SIZES)]
fn open_the_palette(bencher: Bencher<'_, '_>, reports: usize) {
    let mut app = app(reports);
    bencher.bench_local(move || {
        app.model.palette.outdated = true;
        app.keys(": esc");
    });
}

#[divan::bench(args = SIZES)]
fn sort(bencher: Bencher<'_, '_>, reports: usize) {
    let mut app = app(reports);
    app.keys("2");
    bencher.bench_local(move || {
        app.keys("l");
    });
}

#[divan::bench(args = SIZES)]
fn change_the_view(bencher: Bencher<'_, '_>, reports: usize) {
    let mut app = app(reports);
    app.keys("1 2 3");
    bencher.bench_local(move || {
        app.keys("2 3");
    });
}

fn draw(bencher: Bencher<'_, '_>, reports: usize, view: &str) {
    let mut app = app(reports);
    app.keys(view);
    draw_app(bencher, app);
}

fn draw_app(bencher: Bencher<'_, '_>, app: App) {
    let looks = Looks::new(&LANGUAGES[0], "dark", Depth::TrueColour, false).unwrap();
    let mut buffer = Buffer::empty(Rect::new(0, 0, SCREEN.0, SCREEN.1));
    bencher.bench_local(|| {
        buffer.reset();
        let look = looks.of(&app.model, &app.bindings).unwrap();
        tiendo::ui::draw(black_box(&app.model), &look, &mut buffer)
    });
}

#[divan::bench(args = SIZES)]
fn draw_overview(bencher: Bencher<'_, '_>, reports: usize) {
    draw(bencher, reports, "1");
}

#[divan::bench(args = SIZES)]
fn draw_reports(bencher: Bencher<'_, '_>, reports: usize) {
    draw(bencher, reports, "2");
}

#[divan::bench(args = SIZES)]
fn draw_reports_by_agency(bencher: Bencher<'_, '_>, reports: usize) {
    draw(bencher, reports, "2 g");
}

#[divan::bench(args = SIZES)]
fn draw_facets(bencher: Bencher<'_, '_>, reports: usize) {
    draw(bencher, reports, "2 f");
}

#[divan::bench(args = SIZES)]
fn lay_out_the_matrix(bencher: Bencher<'_, '_>, reports: usize) {
    let app = app(reports);
    let snapshot = app.model.snapshot.as_ref().unwrap();
    bencher.bench_local(|| Matrix::of(black_box(snapshot), app.model.today, Across::Periods, |_| true));
}

#[divan::bench(args = SIZES)]
fn move_in_the_matrix(bencher: Bencher<'_, '_>, reports: usize) {
    let mut app = app(reports);
    app.keys("5");
    bencher.bench_local(move || {
        app.keys("j l");
    });
}

#[divan::bench(args = SIZES)]
fn type_a_filter_of_the_matrix(bencher: Bencher<'_, '_>, reports: usize) {
    let mut app = app(reports);
    app.keys("5");
    bencher.bench_local(move || {
        app.keys("/").types("so 12").keys("esc");
    });
}

#[divan::bench(args = SIZES)]
fn draw_matrix(bencher: Bencher<'_, '_>, reports: usize) {
    draw(bencher, reports, "5");
}

/// The weeks gone by of the same: nineteen of twenty received.
fn past(app: &mut App, reports: usize) {
    let Some(place) = app.effects.iter().position(|effect| matches!(effect, Effect::FetchPast { .. })) else { return };
    let Effect::FetchPast { ticket, day } = app.effects.remove(place) else { return };
    let plan = Arc::new(plan(reports));
    let items = Snapshot::new(Arc::clone(&plan));
    let journal: Vec<Entry> = (0..items.items.len())
        .filter(|place| place % 20 > 0)
        .map(|place| {
            let at = screen::now() - jiff::SignedDuration::from_hours((24 * (320 - place % 300)) as i64);
            Entry { recorded: Some(at), ..received(&items, place, place as u64) }
        })
        .collect();
    let revisions = [Revision { seq: 0, on: day, plan }];
    let past = Past::of(&revisions, &journal, day, &|| false).unwrap();
    app.fact(Msg::PastFetched { ticket, result: Ok(Box::new(past)) });
}

#[divan::bench(args = SIZES)]
fn draw_trend(bencher: Bencher<'_, '_>, reports: usize) {
    let mut app = app(reports);
    app.effects.clear();
    app.keys("6");
    past(&mut app, reports);
    app.keys("h h");
    draw_app(bencher, app);
}

/// Seven keys, each of which makes the curves of something else.
#[divan::bench(args = SIZES, sample_count = 20)]
fn filter_the_trend(bencher: Bencher<'_, '_>, reports: usize) {
    let mut app = app(reports);
    app.effects.clear();
    app.keys("6");
    past(&mut app, reports);
    bencher.bench_local(move || {
        app.keys("/").types("so so 7").keys("esc");
    });
}

/// So many entries have come.
#[divan::bench(args = [1_000, 20_000])]
fn draw_journal(bencher: Bencher<'_, '_>, entries: usize) {
    let mut app = app(1_000);
    app.keys("7");
    let snapshot = app.model.snapshot.as_ref().unwrap();
    let entries = (0..entries).rev().map(|number| received(snapshot, number % 900, number as u64)).collect();
    let page = Page { entries, ..Page::default() };
    app.fact(Msg::JournalFetched { ticket: Ticket(1), result: Ok(page) });
    app.keys("G");
    draw_app(bencher, app);
}

#[divan::bench(args = SIZES)]
fn draw_palette(bencher: Bencher<'_, '_>, reports: usize) {
    let mut app = app(reports);
    app.keys(":").types("bao so 12");
    draw_app(bencher, app);
}

#[divan::bench(args = SIZES)]
fn draw_tasks(bencher: Bencher<'_, '_>, reports: usize) {
    draw(bencher, reports, "3");
}

#[divan::bench(args = SIZES)]
fn draw_campaigns(bencher: Bencher<'_, '_>, reports: usize) {
    draw(bencher, reports, "4");
}

/// To the campaigns after an entry came in: what belongs to each is counted anew.
#[divan::bench(args = SIZES)]
fn count_readiness(bencher: Bencher<'_, '_>, reports: usize) {
    let app = app(reports);
    let snapshot = app.model.snapshot.as_ref().unwrap();
    bencher.bench_local(|| Readiness::of_all(black_box(snapshot), app.model.today, |agency| agency));
}
