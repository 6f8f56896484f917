//! Undo and redo where acts wait to be sent, fact by fact: what arrives between the key and the answer, what is half on its
//! way, and in which order steps go and come back.

use crate::screen::{App, now};
use jiff::SignedDuration;
use tiendo::{
    app::{
        action::Action,
        effect::{Direction, Effect},
        msg::{Delivered, Msg, Ticket},
        sheet::Slot,
    },
    domain::{
        answer::{Admission, LaidDown, Page},
        difference::{Change, Difference, Record},
        entry::{Entry, Verb},
        failure::Failure,
        fold::reversed,
        id::EntryId,
        sentence::Sentence,
        waiting::{Act, Acted, Answer, Standing, Withdrawal},
    },
};
use uuid::Uuid;

fn id(number: u128) -> EntryId {
    EntryId(Uuid::from_u128(number))
}

/// A note of that number, made so many minutes ago, in a batch.
fn note(number: u128, ago: i64, batch: u128) -> Entry {
    let at = now() - SignedDuration::from_mins(ago);
    let entry = Entry::new(id(number), "task:N29".into(), Verb::Note, "2023-11-20".parse().unwrap(), at);
    Entry { note: Some(format!("{number}").as_str().into()), batch: Some(Uuid::from_u128(batch)), ..entry }
}

fn reverse(number: u128, ago: i64, reverses: u128) -> Entry {
    Entry { verb: Verb::Reverse, note: None, reverses: Some(id(reverses)), ..note(number, ago, number) }
}

/// The amendment of a plan, as the journal has it.
fn amendment(number: u128, ago: i64) -> Entry {
    let changes = vec![Difference { record: Record::Task, id: "N29".into(), change: Change::Added }];
    Entry { verb: Verb::Plan, note: None, changes, batch: None, ..note(number, ago, 0) }
}

/// What the source tells of this journal, oldest first.
fn page(journal: &[Entry]) -> Page {
    let gone = reversed(journal);
    let numbered = (1..).zip(journal).map(|(seq, entry)| Entry { seq, ..entry.clone() });
    let entries: Vec<Entry> = numbered.collect();
    let reversed = entries.iter().map(|entry| entry.id).filter(|id| gone.contains(id)).collect();
    Page { entries: entries.into_iter().rev().collect(), reversed, ..Page::default() }
}

/// What update wished for about acts and steps.
#[derive(Debug, PartialEq)]
enum Wish {
    Steps(Direction),
    Withdraw(Vec<u128>),
    /// What is reversed, or the note that is written.
    HandIn(Vec<u128>),
    Amend,
}

use Direction::{Redo, Undo};
use Wish::{HandIn, Steps, Withdraw};

/// An app before a source that is far away.
struct Desk {
    app: App,
    last: Ticket,
    drafts: Vec<Entry>,
}

impl Desk {
    fn with(waiting: &[Entry]) -> Self {
        let mut desk = Desk { app: App::on_sample((120, 36)), last: Ticket(0), drafts: Vec::new() };
        desk.wait(waiting);
        desk
    }

    /// The outbox has these.
    fn wait(&mut self, waiting: &[Entry]) {
        let act = |entry: &Entry| Act { entry: entry.clone(), standing: Standing::Waiting };
        self.app.fact(Msg::WaitingRead(waiting.iter().map(act).collect()));
    }

    /// What is wished for since it was asked last.
    fn wishes(&mut self) -> Vec<Wish> {
        let mut wishes = Vec::new();
        for effect in std::mem::take(&mut self.app.effects) {
            match effect {
                Effect::FetchSteps { direction } => wishes.push(Steps(direction)),
                Effect::Withdraw { ticket, ids } => {
                    self.last = ticket;
                    wishes.push(Withdraw(ids.iter().map(|id| id.0.as_u128()).collect()));
                }
                Effect::Act { ticket, drafts } => {
                    (self.last, self.drafts) = (ticket, drafts.clone());
                    let about = |draft: &Entry| match draft.reverses {
                        Some(id) => id.0.as_u128(),
                        None => draft.note.as_deref().unwrap_or("0").parse().unwrap(),
                    };
                    wishes.push(HandIn(drafts.iter().map(about).collect()));
                }
                Effect::Amend { ticket, .. } => {
                    self.last = ticket;
                    wishes.push(Wish::Amend);
                }
                Effect::Fetch { .. }
                | Effect::FetchDay { .. }
                | Effect::FetchPast { .. }
                | Effect::FetchHistory { .. }
                | Effect::FetchJournal { .. }
                | Effect::FetchChanges { .. }
                | Effect::KeepLook(_)
                | Effect::KeepFirstSteps
                | Effect::Notify(_)
                | Effect::ComposeMail { .. }
                | Effect::SendMail
                | Effect::StopMail
                | Effect::Decide { .. }
                | Effect::Reply { .. }
                | Effect::SendNow
                | Effect::KeepView { .. }
                | Effect::Recall
                | Effect::LookAround { .. }
                | Effect::SwitchTo(_)
                | Effect::StopFetch
                | Effect::Keep
                | Effect::Copy(_)
                | Effect::HandOver { .. }
                | Effect::OpenLink(_)
                | Effect::Suspend
                | Effect::Quit => {}
            }
        }
        wishes
    }

    fn keys(&mut self, keys: &str) -> Vec<Wish> {
        self.app.keys(keys);
        self.wishes()
    }

    fn steps(&mut self, direction: Direction, journal: &[Entry]) -> Vec<Wish> {
        self.app.fact(Msg::StepsFetched { direction, result: Ok(page(journal)) });
        self.wishes()
    }

    fn withdrawn(&mut self, answers: &[(u128, Withdrawal)]) -> Vec<Wish> {
        let result = Ok(answers.iter().map(|(number, answer)| (id(*number), *answer)).collect());
        self.app.fact(Msg::Withdrawn { ticket: self.last, result });
        self.wishes()
    }

    /// What was handed in last is queued, under these numbers.
    fn queued(&mut self, numbers: &[u128]) -> Vec<Wish> {
        let drafts = std::mem::take(&mut self.drafts);
        assert_eq!(drafts.len(), numbers.len());
        let batch = Some(Uuid::from_u128(numbers[0] + 1000));
        let named = |(draft, number): (Entry, &u128)| Entry { id: id(*number), at: now(), batch, ..draft };
        let entries: Vec<Entry> = drafts.into_iter().zip(numbers).map(named).collect();
        let result = Ok(vec![Acted::Queued; entries.len()]);
        self.app.fact(Msg::Acted { ticket: self.last, entries, result });
        self.wishes()
    }

    /// It could not be handed in.
    fn failed(&mut self) -> Vec<Wish> {
        let (entries, result) = (std::mem::take(&mut self.drafts), Err(offline()));
        self.app.fact(Msg::Acted { ticket: self.last, entries, result });
        self.wishes()
    }

    /// These arrived.
    fn arrived(&mut self, numbers: &[u128]) -> Vec<Wish> {
        let through = |number: &u128| (id(*number), Answer::Answered(Admission::Applied { seq: 9000 }));
        self.app.fact(Msg::Delivered(Delivered::Settled(numbers.iter().map(through).collect())));
        self.wishes()
    }

    fn said(&self) -> &'static str {
        self.app.model.messages.all().next().map_or("", |said| said.sentence.id)
    }
}

fn offline() -> Failure {
    Failure::Offline(Sentence::new("source-silent"))
}

const GONE: Withdrawal = Withdrawal::Withdrawn;

#[test]
fn a_redo_that_waits_is_what_the_next_undo_takes_back() {
    let journal = [note(1, 30, 1), note(2, 20, 2), reverse(3, 10, 2)];
    let mut desk = Desk::with(&[reverse(4, 5, 3)]);
    assert_eq!(desk.keys("u"), [Steps(Undo)]);
    assert_eq!(desk.steps(Undo, &journal), [Withdraw(vec![4])], "not the step before it");
    assert_eq!(desk.withdrawn(&[(4, GONE)]), []);
    assert_eq!(desk.said(), "said-withdrawn");
    assert_eq!(desk.keys("U"), [HandIn(vec![3])], "and it is brought back again");
}

#[test]
fn of_an_amendment_and_an_act_that_waits_the_newer_one_goes_first() {
    let journal = [amendment(1, 20)];
    let mut desk = Desk::with(&[note(2, 10, 2)]);
    desk.keys("u");
    assert_eq!(desk.steps(Undo, &journal), [Withdraw(vec![2])]);
    desk.withdrawn(&[(2, GONE)]);
    desk.keys("u");
    assert_eq!((desk.steps(Undo, &journal), desk.said()), (vec![], "said-amendment-stays"));
}

/// The first of the batch has arrived, the second one waits; both were taken back.
fn half_withdrawn() -> Desk {
    let mut desk = Desk::with(&[note(2, 10, 1)]);
    assert_eq!(desk.keys("u"), [Steps(Undo)]);
    assert_eq!(desk.steps(Undo, &[note(1, 10, 1)]), [Withdraw(vec![2])]);
    assert_eq!(desk.withdrawn(&[(2, GONE)]), [HandIn(vec![1])]);
    assert_eq!(desk.queued(&[3]), []);
    desk
}

#[test]
fn a_step_half_withdrawn_and_half_reversed_comes_back_whole() {
    let mut desk = half_withdrawn();
    desk.arrived(&[3]);
    assert_eq!(desk.keys("U"), [Steps(Redo)]);
    let journal = [note(1, 10, 1), reverse(3, 0, 1)];
    assert_eq!(desk.steps(Redo, &journal), [HandIn(vec![3, 2])], "in one batch, to go as one again");
    desk.queued(&[4, 5]);
    assert_eq!(desk.keys("U"), [Steps(Redo)], "nothing is left here");
}

#[test]
fn what_reversed_half_of_it_is_withdrawn_where_it_still_waits() {
    let mut desk = half_withdrawn();
    assert_eq!(desk.keys("U"), [Withdraw(vec![3])]);
    assert_eq!(desk.withdrawn(&[(3, GONE)]), [HandIn(vec![2])]);
    desk.queued(&[4]);
    assert_eq!(desk.keys("U"), [Steps(Redo)]);
}

#[test]
fn no_half_comes_back_while_it_is_not_known_what_became_of_the_other() {
    let mut desk = half_withdrawn();
    desk.keys("U");
    assert_eq!(desk.withdrawn(&[(3, Withdrawal::Sent)]), []);
    assert_eq!(desk.said(), "said-not-possible");
    desk.arrived(&[3]);
    assert_eq!(desk.keys("U"), [Steps(Redo)]);
    let journal = [note(1, 10, 1), reverse(3, 0, 1)];
    assert_eq!(desk.steps(Redo, &journal), [HandIn(vec![3, 2])], "nothing was lost");
}

#[test]
fn an_act_that_arrived_while_the_journal_was_read_is_not_passed_over() {
    let mut desk = Desk::with(&[note(2, 10, 2)]);
    desk.keys("u");
    desk.arrived(&[2]);
    let read_before = [note(1, 30, 1)];
    assert_eq!(desk.steps(Undo, &read_before), [Steps(Undo)], "it is read anew");
    assert_eq!(desk.steps(Undo, &[note(1, 30, 1), note(2, 10, 2)]), [HandIn(vec![2])]);
}

#[test]
fn an_act_that_arrived_while_it_was_withdrawn_is_reversed() {
    let mut desk = Desk::with(&[note(1, 10, 1), note(2, 10, 1)]);
    desk.keys("u");
    assert_eq!(desk.steps(Undo, &[]), [Withdraw(vec![2, 1])]);
    desk.arrived(&[1]);
    assert_eq!(desk.withdrawn(&[(1, Withdrawal::Sent), (2, GONE)]), [HandIn(vec![1])]);
    desk.queued(&[3]);
    assert_eq!(desk.said(), "said-queued-many", "both are told of");
    assert_eq!(desk.keys("U"), [Withdraw(vec![3])], "and come back together");
    assert_eq!(desk.withdrawn(&[(3, GONE)]), [HandIn(vec![2])]);
}

#[test]
fn what_the_journal_has_already_is_reversed_though_its_answer_has_not_come() {
    let mut desk = Desk::with(&[note(1, 10, 1)]);
    desk.keys("u");
    assert_eq!(desk.steps(Undo, &[note(1, 10, 1)]), [HandIn(vec![1])]);
}

#[test]
fn what_was_done_after_the_key_is_not_what_it_takes_back() {
    let mut desk = Desk::with(&[note(1, 10, 1)]);
    desk.keys("u");
    desk.wait(&[note(1, 10, 1), note(2, 0, 2)]);
    assert_eq!(desk.steps(Undo, &[]), [Withdraw(vec![1])]);
}

#[test]
fn a_letter_and_a_case_end_what_could_come_back() {
    let letter = |desk: &mut Desk| {
        desk.app.keys("A").types("bu dop").keys("enter esc");
    };
    let case = |desk: &mut Desk| {
        desk.app.fact(Msg::Chosen(Action::OpenCase));
        desk.app.types("chon thanh").keys("tab tab").types("Vụ việc").keys("enter");
    };
    for record in [&letter as &dyn Fn(&mut Desk), &case] {
        let mut desk = Desk::with(&[note(1, 10, 1)]);
        desk.keys("u");
        desk.steps(Undo, &[]);
        desk.withdrawn(&[(1, GONE)]);
        record(&mut desk);
        assert!(matches!(desk.wishes()[..], [HandIn(_)]), "{}", desk.said());
        desk.queued(&[2]);
        assert_eq!(desk.keys("U"), [Steps(Redo)], "the journal is asked, nothing is done again from here");
    }
}

#[test]
fn what_could_not_be_brought_back_can_be_tried_again() {
    let mut desk = Desk::with(&[note(1, 10, 1)]);
    desk.keys("u");
    desk.steps(Undo, &[]);
    desk.withdrawn(&[(1, GONE)]);
    assert_eq!(desk.keys("U"), [HandIn(vec![1])]);
    assert_eq!(desk.failed(), []);
    assert_eq!(desk.keys("U"), [HandIn(vec![1])]);
    desk.queued(&[2]);
    assert_eq!(desk.keys("U"), [Steps(Redo)]);
}

#[test]
fn cut_off_what_waits_goes_and_of_the_journal_it_is_said_why_not() {
    let mut desk = Desk::with(&[note(1, 10, 1)]);
    let waits = Delivered::Waits { failure: offline(), again: None };
    desk.app.fact(Msg::Delivered(waits));
    assert_eq!(desk.keys("u"), [Withdraw(vec![1])]);
    desk.withdrawn(&[(1, GONE)]);
    assert_eq!(desk.keys("u"), [Steps(Undo)]);
    desk.app.fact(Msg::StepsFetched { direction: Undo, result: Err(offline()) });
    assert_eq!(desk.said(), "source-silent", "not that there is nothing");
}

/// The amendment that is wished for.
fn amendment_wished(desk: &mut Desk) -> Effect {
    let place = desk.app.effects.iter().position(|effect| matches!(effect, Effect::Amend { .. }));
    let place = place.unwrap_or_else(|| panic!("no amendment: {}", desk.said()));
    let effect = desk.app.effects.remove(place);
    desk.app.effects.clear();
    effect
}

/// Another title for a task.
fn amends(desk: &mut Desk, title: &str) -> Effect {
    desk.app.keys("3 / ctrl-u").types("N29").keys("enter");
    desk.app.fact(Msg::Chosen(Action::AmendTask)).keys("ctrl-u").types(title);
    desk.app.keys("shift-tab").types("ghi nhầm").keys("enter");
    amendment_wished(desk)
}

fn amended(desk: &mut Desk, effect: Effect, result: Result<LaidDown, Failure>) {
    let Effect::Amend { ticket, amendment } = effect else { panic!("{effect:?}") };
    desk.app.fact(Msg::Amended { ticket, amendment, result });
}

#[test]
fn an_amendment_that_could_not_be_taken_back_can_be_tried_again_before_the_screen_has_fetched_it() {
    let mut desk = Desk::with(&[]);
    let seq = desk.app.model.snapshot.as_ref().unwrap().cursor + 1;
    let made = Entry { seq, ..amendment(1, 0) };
    let first = amends(&mut desk, "Tên khác");
    amended(&mut desk, first, Ok(LaidDown::Amended { seq }));
    assert_eq!(desk.said(), "said-amended");
    let undo = |desk: &mut Desk| {
        desk.app.keys("u");
        let result = Ok(Page { entries: vec![made.clone()], ..Page::default() });
        desk.app.fact(Msg::StepsFetched { direction: Undo, result });
        amendment_wished(desk)
    };
    let taking_back = undo(&mut desk);
    amended(&mut desk, taking_back, Err(offline()));
    assert_eq!(desk.said(), "said-not-amended");
    let taking_back = undo(&mut desk);
    amended(&mut desk, taking_back, Ok(LaidDown::Amended { seq: seq + 1 }));
    assert_eq!(desk.said(), "said-amendment-taken-back");
}

#[test]
fn of_two_amendments_under_way_each_has_its_answer() {
    let mut desk = Desk::with(&[]);
    let seq = desk.app.model.snapshot.as_ref().unwrap().cursor + 1;
    let [first, second] = ["Một", "Hai"].map(|title| amends(&mut desk, title));
    amended(&mut desk, first, Ok(LaidDown::Amended { seq }));
    assert_eq!(desk.said(), "said-amended");
    assert_eq!(desk.keys("u"), [], "the other one is not answered");
    amended(&mut desk, second, Err(offline()));
    assert_eq!(desk.said(), "said-not-amended");
    assert_eq!(desk.app.model.sheet.as_ref().unwrap().value(Slot::Title).as_str(), "Hai");
    assert_eq!(desk.wishes(), [Steps(Undo)]);
}
