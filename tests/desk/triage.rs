//! Acting as a coordinator meets it: keys in, the ledger and the model out. The ledger is the one of the sample, in memory.

use crate::{
    desk::Desk,
    picture::{Appearance, text},
    screen::now,
};
use tiendo::{
    app::{
        asked::{Choice, Control},
        choices::Label,
        effect::Effect,
        mail::{self, Posted, Preview},
        msg::Msg,
    },
    domain::{
        deed::{Deed, Field},
        entry::{Entry, Verb},
        id::{EntryId, ItemId},
        sentence::{Part, Sentence},
        status::Base,
        takes::Takes,
    },
    panels::{PanelId, RowKey, cell::Word},
};

const HCCB: &str = "report:R2/2023-H1/hccb";
const BDO: &str = "report:R6/2023-H1/bdo";
const LN: &str = "report:R4/2023-Q3/ln";

fn entry(item: &str, verb: Verb) -> Entry {
    Entry::new(EntryId::UNMADE, item.into(), verb, "2023-11-20".parse().unwrap(), now())
}

/// A coordinator at the sample's queue.
fn at_queue() -> Desk {
    let mut desk = Desk::new();
    desk.keys("tab");
    assert_eq!(desk.app.model.focused(), PanelId::OverdueReports);
    desk
}

#[test]
fn an_act_that_asks_for_nothing_is_done_at_once_and_the_cursor_goes_on() {
    let mut desk = at_queue();
    assert_eq!(desk.app.selected(), BDO);
    desk.keys("a");
    assert_eq!(desk.last(BDO).verb, Verb::Acknowledge);
    assert_eq!(desk.item(BDO).state.acknowledged.len(), 1);
    assert_eq!(desk.app.selected(), HCCB);
    assert_eq!(desk.said(), "said-acted");
}

#[test]
fn enter_accepts_what_is_most_likely_meant() {
    let mut desk = at_queue();
    desk.keys("r enter");
    let reminded = desk.last(BDO);
    assert_eq!((reminded.verb.clone(), reminded.level), (Verb::Remind, Some(2)), "it was reminded of once");
    assert_eq!(desk.item(BDO).state.reminders, 2);
    desk.keys("x");
    desk.keys("tab").types("chờ số liệu").keys("enter");
    let extended = desk.last(HCCB);
    assert_eq!(extended.until.unwrap().to_string(), "2023-11-27", "five working days");
    assert_eq!(extended.reason.as_deref(), Some("chờ số liệu"));
    assert_eq!(desk.item(HCCB).due.unwrap().to_string(), "2023-11-27");
    assert_eq!(desk.item(HCCB).original_due.unwrap().to_string(), "2023-06-19");
}

#[test]
fn what_is_missing_is_asked_for_and_nothing_is_done_without_it() {
    let mut desk = at_queue();
    let before = desk.journal_of(BDO).len();
    desk.keys("x enter");
    let form = desk.app.model.form.as_ref().unwrap();
    assert_eq!(form.focus, 1, "the reason");
    assert!(form.asked[1].wrong);
    desk.keys("up").retype("31/2").keys("enter");
    assert!(desk.app.model.form.as_ref().unwrap().asked[0].wrong);
    desk.keys("esc");
    assert!(desk.app.model.form.is_none());
    assert_eq!(desk.journal_of(BDO).len(), before, "Esc leaves nothing behind");
}

#[test]
fn a_report_is_received_on_a_day_that_has_been() {
    let mut desk = at_queue();
    desk.keys("d").retype("17/11").keys("tab").types("12/BC-UBND").keys("enter");
    let item = desk.item(BDO);
    assert_eq!((item.state.base, item.state.handed_in.unwrap().to_string()), (Base::Done, "2023-11-17".into()));
    assert_eq!(item.state.document.as_deref(), Some("12/BC-UBND"));
    assert_ne!(desk.app.selected(), BDO, "it left the queue");
    desk.keys("d").retype("+1").keys("enter");
    assert!(desk.app.model.form.as_ref().unwrap().asked[0].wrong, "tomorrow has not been");
}

#[test]
fn what_waits_for_confirmation_is_confirmed_without_a_date() {
    let mut desk = at_queue();
    desk.keys("j j j j");
    assert_eq!(desk.app.selected(), LN);
    desk.keys("d");
    assert!(desk.app.model.form.as_ref().is_none_or(|form| form.asked.len() == 2), "no date");
    desk.keys("enter");
    assert_eq!(desk.item(LN).state.base, Base::Done);
    assert_eq!(desk.item(LN).state.handed_in.unwrap().to_string(), "2023-09-19", "as it was handed in");
}

#[test]
fn a_task_is_handed_in_and_confirmed_in_one_step_that_is_taken_back_as_one() {
    let mut desk = at_queue();
    desk.keys("3 /").types("N61").keys("enter");
    assert_eq!(desk.app.selected(), "task:N61");
    desk.keys("d enter");
    assert_eq!(desk.item("task:N61").state.base, Base::Done);
    desk.keys("u");
    assert_eq!(desk.item("task:N61").state.base, Base::InProgress);
    desk.keys("U");
    assert_eq!(desk.item("task:N61").state.base, Base::Done);
}

#[test]
fn marks_are_acted_on_together_and_taken_back_together() {
    let mut desk = at_queue();
    desk.keys("space space space a");
    let form = desk.app.model.form.as_ref().unwrap();
    assert_eq!(form.targets.len(), 3, "a batch is shown first");
    desk.keys("enter");
    assert!(desk.app.model.marks.is_empty());
    let batches: Vec<_> = [BDO, HCCB].map(|id| desk.last(id).batch).into();
    assert_eq!(batches[0], batches[1]);
    assert_eq!(desk.said(), "said-acted-many");
    desk.keys("u");
    for id in [BDO, HCCB] {
        assert_eq!(desk.last(id).verb, Verb::Reverse);
    }
    desk.keys("u");
    assert_eq!(desk.said(), "said-acted", "what was done before is next");
}

#[test]
fn a_batch_leaves_out_what_is_not_possible_and_keeps_marked_what_failed() {
    let mut desk = at_queue();
    desk.keys("space j j j space");
    desk.keys("r");
    let form = desk.app.model.form.clone().unwrap();
    assert_eq!((form.targets, form.left_out.len()), (vec![ItemId::from(BDO)], 1), "one waits for confirmation");
    desk.keys("esc");
    // Somebody else receives one of the two meanwhile.
    desk.keys("esc").keys("g space space");
    let received = entry(BDO, Verb::Receive);
    desk.acted_elsewhere(received);
    desk.keys("d enter");
    let results = &desk.app.model.triage.results;
    assert_eq!(results.len(), 2);
    assert!(desk.app.model.dialog.is_some(), "the results are shown");
    assert_eq!(desk.item(HCCB).state.base, Base::Done);
    assert_eq!(desk.app.model.marks.iter().collect::<Vec<_>>(), [&RowKey::Item(BDO.into())]);
    assert_eq!(desk.last(BDO).by.as_ref().unwrap().as_str(), "dieu-phoi-2", "nothing is overwritten");
}

#[test]
fn marks_the_filter_hides_are_counted_before_anything_is_done() {
    let mut desk = at_queue();
    desk.keys("space space /").types("CCB").keys("enter").keys("a");
    assert_eq!(desk.app.model.form.as_ref().unwrap().hidden, 1);
}

#[test]
fn what_is_longest_late_is_read_first_whatever_was_marked_first() {
    let mut desk = at_queue();
    desk.keys("G k space g space space space x");
    let due = |id: &ItemId| desk.item(id.as_str()).due.unwrap();
    let form = desk.app.model.form.as_ref().unwrap();
    assert!(form.targets.len() > 2 && form.targets.is_sorted_by_key(due), "{:?}", form.targets);
}

#[test]
fn a_due_date_of_another_year_is_seen_whole_and_has_no_room_kept_where_there_is_none() {
    let mut desk = Desk::new();
    let small = (80, 24);
    desk.app.fact(Msg::Resized { width: 80, height: 24 });
    desk.keys("2");
    let before = seen(&desk, small);
    assert!(before.contains("Báo cáo quý III (9 tháng)") && before.contains("  19/09"), "{before}");
    desk.keys("x").retype("15/1/2024").keys("tab").types("chờ số liệu").keys("enter");
    let after = seen(&desk, small);
    assert!(after.contains("15/01/2024"), "{after}");
}

#[test]
fn each_of_a_batch_is_reminded_at_its_own_rung() {
    let mut desk = at_queue();
    desk.keys("space j j space r");
    assert_eq!(desk.app.model.form.as_ref().unwrap().asked[0].chosen(), Some(Choice::NextLevel));
    desk.keys("enter");
    assert_eq!((desk.last(BDO).level, desk.last("report:R4/2023-Q3/bgm").level), (Some(2), Some(1)));
}

#[test]
fn the_last_act_is_repeated_on_the_row_under_the_cursor() {
    let mut desk = at_queue();
    desk.keys(".");
    assert_eq!(desk.said(), "said-nothing-to-repeat");
    desk.keys("n").types("đã gọi điện").keys("enter").keys("j .");
    for id in [BDO, HCCB] {
        assert_eq!(desk.last(id).note.as_deref(), Some("đã gọi điện"));
    }
}

#[test]
fn typed_text_is_whole_whichever_way_it_comes() {
    let mut desk = at_queue();
    // An input method sends the letter, takes it back and sends another; the paste is decomposed.
    desk.keys("n").types("d");
    desk.keys("backspace").types("đ");
    desk.app.fact(Msg::Pasted("u\u{31b}o\u{323}c\nrồi\u{1b}[2J".into()));
    let Control::Line(input) = &desk.app.model.form.as_ref().unwrap().asked[0].control else { panic!("not a line") };
    assert!(input.value().starts_with("đưọc"), "composed: {:?}", input.value());
    assert!(!input.value().contains('\u{1b}') && !input.value().contains('\n'), "{:?}", input.value());
    desk.keys("enter");
    assert!(desk.last(BDO).note.is_some());
}

#[test]
fn a_dangerous_act_is_not_done_by_enter_alone() {
    let mut desk = at_queue();
    desk.keys("m").types("exempt").keys("enter");
    assert!(desk.app.model.form.is_some());
    desk.types("không phát sinh").keys("enter");
    assert_eq!(desk.item(BDO).state.base, Base::NotStarted, "No is the first answer");
    assert!(desk.app.model.form.is_some(), "and it is asked");
    desk.keys("right enter");
    assert_eq!(desk.item(BDO).state.base, Base::Exempt);
}

#[test]
fn everything_can_be_done_with_arrows_and_enter() {
    let mut desk = at_queue();
    for _ in 0..4 {
        desk.keys("enter enter enter");
        assert_eq!(desk.app.model.focused(), PanelId::OverdueReports, "back at the list");
    }
    assert_eq!(desk.item(BDO).state.reminders, 2);
    assert_eq!(desk.item(HCCB).state.escalation, 4, "it stood before the last rung");
    assert_eq!(desk.app.selected(), LN);
    desk.keys("enter enter enter");
    assert_eq!(desk.item(LN).state.base, Base::Done);
}

#[test]
fn the_menu_says_why_something_is_not_possible() {
    let mut desk = at_queue();
    desk.keys("b");
    assert_eq!(desk.said(), "said-not-possible");
    assert!(desk.app.model.form.is_none());
}

#[test]
fn what_the_source_has_no_place_for_is_not_begun_and_the_menu_says_so() {
    static LACKING: [Verb; 2] = [Verb::Remind, Verb::Exempt];
    let mut desk = at_queue();
    desk.app.model.settings.takes = Takes { source: "Redmine", lacking: &LACKING };
    desk.keys("r");
    assert_eq!(desk.said(), "said-not-possible");
    assert!(desk.app.model.form.is_none());
    desk.keys("m");
    let choices = tiendo::app::dialog::choices(&desk.app.model);
    let why = |deed| {
        let impossible = |label: &Label| {
            let Label::Impossible(action, why) = label else { return None };
            (action.deed() == Some(deed)).then_some(why.id)
        };
        choices.iter().find_map(|choice| impossible(&choice.label)).unwrap_or_default()
    };
    assert_eq!((why(Deed::Remind), why(Deed::Exempt)), ("refusal-no-place", "refusal-no-place"));
    assert_eq!(why(Deed::Note), "", "the others are as they were");
}

#[test]
fn read_only_says_so_and_hands_nothing_in() {
    let mut desk = at_queue();
    desk.app.model.settings.read_only = Some(Word("read-only-asked"));
    let before = desk.journal_of(BDO).len();
    desk.keys("a r enter x enter d enter u U .");
    assert_eq!(desk.said(), "read-only-asked");
    assert_eq!(desk.journal_of(BDO).len(), before);
}

#[test]
fn a_held_key_acts_once() {
    let desk = at_queue();
    for action in ["acknowledge", "undo", "repeat", "menu"] {
        let action = tiendo::app::action::Action::named(action).unwrap();
        assert!(action == tiendo::app::action::Action::Menu || !action.repeats(), "{action:?}");
    }
    drop(desk);
}

/// A desk from which mail can be sent, with its first report about to be reminded of by e-mail.
fn about_to_mail() -> Desk {
    let mut desk = at_queue();
    desk.app.model.settings.mails = true;
    desk.keys("r");
    desk.app.keys("enter");
    desk
}

#[test]
fn letters_are_shown_before_they_are_sent_and_no_is_the_first_answer() {
    let mut desk = about_to_mail();
    let items = vec![(ItemId::from(BDO), 2)];
    assert_eq!(desk.app.effects, [Effect::ComposeMail { items }]);
    assert_eq!(desk.journal_of(BDO).len(), 2, "nothing is recorded yet");
    let letter = vec!["Kính gửi: UBND huyện Bù Đốp".into()];
    let preview = Preview { letters: vec![letter], items: 1, ..Preview::default() };
    desk.app.effects.clear();
    desk.app.fact(Msg::MailComposed(preview.clone())).keys("enter");
    assert!(desk.app.effects.is_empty() && !mail::is_open(&desk.app.model), "Enter alone sends nothing");
    desk.app.fact(Msg::MailComposed(preview)).keys("right enter");
    assert_eq!(desk.app.effects, [Effect::SendMail]);
    desk.app.effects.clear();
    desk.app.keys("esc esc");
    assert_eq!(desk.app.effects, [Effect::StopMail], "once");
    let posted = |sent| Posted { agency: "Bù Đốp".into(), items: vec![BDO.into()], sent, said: Part::Number(1) };
    desk.app.fact(Msg::MailPosted(posted(false)));
    assert!(desk.app.model.marks.contains(&RowKey::Item(BDO.into())), "what failed can be tried again");
    desk.app.fact(Msg::MailPosted(posted(true)));
    assert!(desk.app.model.marks.is_empty());
    desk.app.fact(Msg::MailEnded(None));
    assert!(!mail::is_open(&desk.app.model));
}

#[test]
fn why_nothing_can_be_sent_is_said_and_agencies_without_an_address_are_named() {
    let mut desk = about_to_mail();
    let refused = Some(Sentence::new("refusal-sample"));
    desk.app.fact(Msg::MailComposed(Preview { refused, ..Preview::default() }));
    assert_eq!(desk.said(), "refusal-sample");
    desk.app.fact(Msg::MailComposed(Preview { unreachable: vec!["Bù Đốp".into()], ..Preview::default() }));
    assert_eq!(desk.said(), "mail-unreachable");
    assert!(!mail::is_open(&desk.app.model));
}

#[test]
fn what_is_proposed_gives_way_to_what_is_typed() {
    let mut desk = at_queue();
    desk.keys("x").types("+6lv");
    assert_eq!(
        desk.app.model.form.as_ref().unwrap().filled().get(Field::Until).map(|typed| typed.as_str()),
        Some("+6lv")
    );
    desk.keys("esc x right").types("0");
    assert_eq!(
        desk.app.model.form.as_ref().unwrap().filled().get(Field::Until).map(|typed| typed.as_str()),
        Some("+5lv0")
    );
}

#[test]
fn what_somebody_else_does_while_a_form_is_open_is_a_conflict_even_where_it_was_fetched() {
    let mut desk = at_queue();
    desk.keys("x");
    let until = Some("2023-12-29".parse().unwrap());
    desk.acted_elsewhere(Entry { until, reason: Some("khác".into()), ..entry(BDO, Verb::Extend) });
    desk.app.fact(Msg::SourceChanged);
    desk.perform();
    assert_eq!(desk.item(BDO).due.unwrap().to_string(), "2023-12-29", "it is on the screen");
    desk.types("29/12/2024").keys("tab").types("chờ số liệu").keys("enter");
    assert_eq!(desk.last(BDO).by.as_ref().unwrap().as_str(), "dieu-phoi-2", "nothing was laid over it");
    assert_eq!(desk.said(), "said-not-possible");
}

#[test]
fn a_deadline_or_a_day_to_come_back_that_has_passed_is_not_taken_and_it_is_said_why() {
    let mut desk = at_queue();
    let before = desk.journal().len();
    for (begin, until) in [("x", "1/11/2023"), ("x", "+5h"), ("w", "19/11/2023")] {
        desk.keys(begin).retype(until);
        if begin == "x" {
            desk.keys("tab").types("mưa lũ");
        }
        desk.keys("enter");
        let form = desk.app.model.form.as_ref().unwrap();
        let wrong = form.asked.iter().find(|asked| asked.wrong).map(|asked| asked.field);
        assert_eq!(wrong, Some(Some(Field::Until)), "{until}");
        let screen = text(&Appearance::dark().draw(&desk.app.model, &desk.app.bindings, (120, 36)).0);
        assert!(screen.contains("ngày đã qua"), "{until}\n{screen}");
        desk.keys("esc");
    }
    assert_eq!(desk.journal().len(), before);
    desk.keys("x").retype("20/11/2023").keys("tab").types("mưa lũ").keys("enter");
    assert_eq!(desk.last(BDO).until.unwrap().to_string(), "2023-11-20", "today is not over");
}

#[test]
fn undo_waits_for_the_act_before_it() {
    let mut desk = at_queue();
    desk.keys("a");
    desk.app.keys("g a u");
    let asked = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::FetchSteps { .. }));
    assert!(!asked(&desk.app.effects), "the act is not answered yet");
    desk.perform();
    assert_eq!(desk.last(BDO).verb, Verb::Reverse);
    let live = desk.journal_of(BDO).iter().filter(|entry| entry.verb == Verb::Acknowledge).count();
    assert_eq!(live, 2, "the second one was taken back, not the first");
    assert_eq!(desk.item(BDO).state.acknowledged.len(), 1);
}

/// What the desk shows, without the blanks at the ends of lines.
fn seen(desk: &Desk, size: (u16, u16)) -> String {
    text(&Appearance::dark().draw(&desk.app.model, &desk.app.bindings, size).0)
}

fn footer(desk: &Desk, size: (u16, u16)) -> String {
    seen(desk, size).lines().last().unwrap().trim_end_matches('|').trim().to_owned()
}

/// The last thing said, in words.
fn told(desk: &Desk, language: usize) -> String {
    let words = tiendo::words::Words::new(&tiendo::words::LANGUAGES[language]);
    words.say(&desk.app.model.messages.all().next().unwrap().sentence)
}

#[test]
fn a_notice_names_the_day_that_was_recorded() {
    let mut desk = at_queue();
    desk.keys("x").retype("24/11").keys("tab").types("mưa lũ").keys("enter");
    assert_eq!(told(&desk, 0), "Đã gia hạn đến thứ Sáu 24/11/2023: Bù Đốp · Báo cáo Dự án 8.");
    assert!(told(&desk, 1).starts_with("Extended until Friday 24/11/2023: "), "{}", told(&desk, 1));
    desk.keys("w enter");
    assert!(told(&desk, 0).starts_with("Đã ẩn khỏi việc của tôi đến thứ Ba 21/11/2023: "), "{}", told(&desk, 0));
    desk.keys("d").retype("17/11").keys("enter");
    assert!(told(&desk, 0).starts_with("Đã ghi hoàn thành ngày thứ Sáu 17/11/2023: "), "{}", told(&desk, 0));
    desk.keys("n").types("gọi").keys("tab").types("30/11").keys("enter");
    assert!(told(&desk, 0).starts_with("Đã ghi chú, hẹn nộp thứ Năm 30/11/2023: "), "{}", told(&desk, 0));
    desk.keys("a");
    assert!(told(&desk, 0).starts_with("Đã ghi là đang xử lý: "), "{}", told(&desk, 0));
}

#[test]
fn a_new_due_date_on_a_day_of_rest_says_where_it_moves_and_that_is_what_is_told() {
    let mut desk = at_queue();
    desk.keys("x").retype("25/11");
    for size in [(120, 36), (80, 24)] {
        let screen = seen(&desk, size);
        assert!(screen.contains("ngày nghỉ, hạn dời sang thứ Hai 27/11/2023"), "{screen}");
    }
    desk.keys("tab").types("mưa lũ").keys("enter");
    assert_eq!(desk.item(BDO).due.unwrap().to_string(), "2023-11-27");
    assert!(told(&desk, 0).starts_with("Đã gia hạn đến thứ Hai 27/11/2023: "), "{}", told(&desk, 0));
    // A day to come back on is a day of one's own: it does not move.
    desk.keys("w").retype("25/11");
    let screen = seen(&desk, (120, 36));
    assert!(screen.contains("thứ Bảy 25/11/2023") && !screen.contains("ngày nghỉ"), "{screen}");
}

#[test]
fn a_day_on_the_wrong_side_of_today_is_not_said_to_be_none() {
    let mut desk = at_queue();
    desk.keys("d").retype("21/11").keys("enter");
    assert!(seen(&desk, (120, 36)).contains("ngày chưa đến"));
    desk.retype("31/2").keys("enter");
    assert!(seen(&desk, (120, 36)).contains("không hiểu ngày này"));
    desk.keys("esc w").retype("10/11").keys("enter");
    assert!(seen(&desk, (120, 36)).contains("ngày đã qua"));
}

#[test]
fn the_footer_says_how_what_is_asked_is_answered_and_none_of_the_keys_of_the_list() {
    let mut desk = at_queue();
    assert!(footer(&desk, (120, 36)).contains("r đôn đốc"));
    for (keys, said) in [
        ("x", "Cách ghi ngày: 30/11"),
        ("tab", "Gõ nội dung: phải điền"),
        ("tab", "Gõ nội dung: có thể để trống"),
        ("esc d", "Cách ghi ngày: 17/11"),
        ("esc r", "Phím trái, phải để chọn"),
        ("esc m", "Gõ để tìm"),
        ("esc A", "Gõ tên để tìm"),
        ("tab tab tab", "Cách ghi ngày: 17/11"),
    ] {
        desk.keys(keys);
        let footer = footer(&desk, (120, 36));
        assert!(footer.starts_with(said) && !footer.contains("đôn đốc"), "{keys}: {footer}");
    }
    desk.keys("esc x");
    let narrow = footer(&desk, (80, 24));
    assert!(narrow.starts_with("Ngày: 30/11") && !narrow.contains('…'), "{narrow}");
}

#[test]
fn the_menu_names_what_it_is_for_and_says_its_reasons_whole() {
    let mut desk = at_queue();
    desk.keys("m");
    let screen = seen(&desk, (120, 36));
    assert!(screen.contains("Việc có thể làm · Bù Đốp"), "{screen}");
    for reason in ["vì chưa nộp │", "chưa có đề nghị │", "không dùng cho báo cáo │"] {
        assert!(screen.contains(reason), "{reason}\n{screen}");
    }
    desk.keys("end up up up up up");
    assert_eq!(footer(&desk, (120, 36)), "đang ở tình trạng “chưa nộp”");
}

#[test]
fn where_nothing_may_be_done_the_menu_offers_nothing_and_says_why() {
    let mut desk = at_queue();
    desk.app.model.settings.read_only = Some(Word("read-only-asked"));
    let before = desk.journal().len();
    desk.keys("m");
    let screen = seen(&desk, (120, 36));
    assert!(screen.contains("sửa cơ quan") && screen.contains("hoàn tác việc vừa làm"), "{screen}");
    assert!(footer(&desk, (120, 36)).contains("chỉ xem (--read-only): không ghi thay đổi nào"));
    let said_beside = ["vì chưa nộp", "không dùng cho báo cáo"].map(|why| screen.contains(why));
    assert_eq!(
        (said_beside, screen.matches("--read-only").count()),
        ([false; 2], 1),
        "what holds for all is said once"
    );
    for _ in 0..23 {
        desk.keys("enter");
        assert!(desk.app.model.form.is_none() && desk.app.model.sheet.is_none());
        desk.keys("esc m down");
    }
    assert_eq!(desk.journal().len(), before);
}

#[test]
fn dates_say_their_year_where_it_is_not_this_one_be_it_the_plans_or_not() {
    let mut desk = at_queue();
    desk.keys("2");
    let screen = seen(&desk, (200, 50));
    assert!(screen.contains("19/06 ") && !screen.contains("19/06/2023"), "{screen}");
    desk.app.fact(Msg::Ticked("2024-02-20T08:00:00+07:00".parse().unwrap()));
    desk.perform();
    let screen = seen(&desk, (200, 50));
    assert!(screen.contains("19/06/2023") && !screen.contains("19/06 "), "{screen}");
}

#[test]
fn the_header_counts_the_marks_and_how_many_of_them_are_not_shown() {
    let mut desk = at_queue();
    let header = |desk: &Desk| seen(desk, (120, 36)).lines().nth(1).unwrap().to_owned();
    desk.keys("2 space space space");
    assert!(header(&desk).contains("3 đã chọn") && !header(&desk).contains("không hiện"), "{}", header(&desk));
    desk.keys("/").types("hcc").keys("enter");
    assert!(header(&desk).contains("3 đã chọn, 2 không hiện"), "{}", header(&desk));
    desk.keys("V");
    assert!(header(&desk).contains("2 không hiện"), "{}", header(&desk));
    desk.keys("esc");
    assert!(!header(&desk).contains("không hiện"), "{}", header(&desk));
    desk.keys("3");
    assert!(header(&desk).contains("đã chọn, ") && header(&desk).contains("không hiện"), "{}", header(&desk));
}

#[test]
fn undo_and_redo_say_what_they_take_back_and_bring_back() {
    let mut desk = at_queue();
    desk.keys("x").retype("24/11").keys("tab").types("mưa lũ").keys("enter u");
    assert_eq!(told(&desk, 0), "Đã hoàn tác (gia hạn): Bù Đốp · Báo cáo Dự án 8.");
    desk.keys("U");
    assert_eq!(told(&desk, 0), "Đã làm lại (gia hạn): Bù Đốp · Báo cáo Dự án 8.");
    desk.keys("g space space a enter u");
    assert_eq!(told(&desk, 1), "Taken back (acknowledged): 2 items.");
}

#[test]
fn a_day_that_means_another_for_each_of_a_batch_says_so_and_one_with_its_year_does_not() {
    let mut desk = at_queue();
    desk.keys("2 space space space down down down space x").types("1/12");
    let screen = seen(&desk, (120, 36));
    assert!(screen.contains("tùy từng mục, 01/12/2023 đến 01/12/2024"), "{screen}");
    desk.retype("+5h");
    assert!(seen(&desk, (120, 36)).contains("tùy từng mục, "));
    for same in ["1/12/2023", "+5lv", "thứ 6"] {
        desk.retype(same);
        let screen = seen(&desk, (120, 36));
        assert!(!screen.contains("tùy từng mục"), "{same}\n{screen}");
    }
    desk.retype("1/12/2023").keys("tab").types("mưa lũ").keys("enter");
    assert_eq!(desk.said(), "said-acted-some", "one is due later");
    assert_eq!(desk.app.model.marks.len(), 1, "and stays marked");
    assert!(seen(&desk, (120, 36)).contains("Kết quả từng mục"));
    assert!(told(&desk, 0).starts_with("Đã gia hạn đến thứ Sáu 01/12/2023: xong 3 mục"), "{}", told(&desk, 0));
}
