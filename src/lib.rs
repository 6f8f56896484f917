//! tiendo: a live dashboard in the terminal for plans being carried out.
//!
//! A pure core wrapped by a thin runtime. **Facts** ([`app::msg::Msg`]) arrive on one channel; [`app::update`] changes the
//! [`app::model::Model`] and says what it wants of the world; [`runtime`] carries each **effect** out in a task whose only way
//! back is another fact; [`ui::draw`] shows the model. Whatever happens to a plan is an **entry** in a **journal**; what is
//! true is the plan with its entries applied ([`domain::snapshot::Snapshot`]).
//!
//! ```text
//!  keys, resize ─┐                                            ┌── ui::draw(&Model, &Look, &mut Buffer) ──> terminal thread
//!  ticks, signals┼──> one channel ──> update(&mut Model, Msg)─┤
//!  tasks' ends ──┘        ▲                │                  └── nothing else reads it
//!                         └── Msg ◄── task ◄── perform(Effect)
//! ```
//!
//! Folders are layers; a layer imports only those named in the table of `tests/layers.rs`, never sideways, never up:
//!
//! | layer | what |
//! |---|---|
//! | [`domain`] | what is true: plain data and rules |
//! | [`words`], [`planfile`], [`wire`], [`panels`] | how it is said, read from files, spoken over HTTP, looked at |
//! | [`app`] | what happens |
//! | [`ui`] | how it looks |
//! | [`own_files`], [`sqlite`] | our own files, opened |
//! | [`secret`] | what a server wants to be shown, and never anybody else |
//! | [`ledger`], [`sources`] | the record, and where facts come from |
//! | [`letters`] | reminders by e-mail |
//! | [`export`] | what is handed over: workbooks, pages, pictures, tables, reports, official letters |
//! | [`server`] | the ledger shared over HTTP |
//! | [`store`] | what is remembered here: the outbox, the last look, what a source said last, days gone by |
//! | [`config`] | the options, gathered |
//! | [`runtime`], [`cli`] | what touches the world |

pub mod app;
pub mod cli;
pub mod config;
pub mod domain;
pub mod export;
pub mod ledger;
pub mod letters;
pub mod own_files;
pub mod panels;
pub mod planfile;
pub mod runtime;
pub mod secret;
pub mod server;
pub mod sources;
pub mod sqlite;
pub mod store;
pub mod ui;
pub mod wire;
pub mod words;
