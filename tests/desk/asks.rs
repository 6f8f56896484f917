//! What a workbook asks, as a coordinator meets it: counted in the header, among what is to be decided, answered with Enter.

use crate::{
    picture::{Appearance, text},
    screen::{self, App},
};
use tiendo::{
    app::{
        effect::Effect,
        msg::{Msg, News},
    },
    domain::{
        ask::{About, Ask, Reply, Row},
        entry::{Entry, Verb},
        id::EntryId,
        waiting::Decided,
    },
};
use uuid::Uuid;

const SIZE: (u16, u16) = (110, 34);

fn entry(id: u128, percent: u8, by: &str) -> Entry {
    let on = jiff::civil::date(2023, 11, 17);
    let entry = Entry::new(EntryId(Uuid::from_u128(id)), "task:N03".into(), Verb::Progress, on, screen::now());
    Entry { percent: Some(percent), by: Some(by.into()), ..entry }
}

fn asks() -> Vec<Ask> {
    let row = |record: &str, title: &str| Row { record: record.into(), title: title.into() };
    let was = vec![row("task:Nb", "Tập huấn cấp xã"), row("task:Nc", "Tập huấn cấp huyện")];
    let clash = About::Clash {
        item: "task:N03".into(),
        mine: Box::new(entry(1, 70, "dieu-phoi-1")),
        theirs: vec![entry(2, 50, "so.xlsx")],
    };
    vec![
        Ask {
            id: EntryId(Uuid::from_u128(9)), about: About::Renamed { is: row("task:Na", "Tập huấn cơ sở"), was }
        },
        Ask { id: EntryId(Uuid::from_u128(1)), about: clash },
    ]
}

fn asked() -> App {
    let mut app = App::on_sample(SIZE);
    app.fact(Msg::Heard(News { asks: Some(asks()), ..News::default() }));
    app
}

fn shown(app: &App) -> String {
    text(&Appearance::dark().draw(&app.model, &app.bindings, SIZE).0)
}

fn replies(app: &App) -> Vec<(EntryId, Reply)> {
    let reply = |effect: &Effect| {
        if let Effect::Reply { id, reply } = effect { Some((*id, reply.clone())) } else { None }
    };
    app.effects.iter().filter_map(reply).collect()
}

#[test]
fn a_row_that_may_be_an_old_one_is_answered_from_the_list_of_what_is_to_be_decided() {
    let mut app = asked();
    let screen = shown(&app);
    assert!(screen.contains("2 chờ quyết định"), "{screen}");
    app.keys("X");
    assert!(shown(&app).contains("“Tập huấn cơ sở”"), "{}", shown(&app));
    app.keys("enter");
    let screen = shown(&app);
    for said in ["Tập huấn cơ sở", "Tập huấn cấp xã", "Tập huấn cấp huyện", "để sau", "là dòng mới"]
    {
        assert!(screen.contains(said), "{said} is not in {screen}");
    }
    // What leaves all as it is stands first.
    app.keys("enter");
    assert_eq!(replies(&app), []);
    app.keys("X enter down down enter");
    let id = EntryId(Uuid::from_u128(9));
    assert_eq!(replies(&app), [(id, Reply::Former("task:Nc".into()))]);
    app.fact(Msg::Replied { id, reply: Reply::Former("task:Nc".into()), result: Ok(Decided::Done) });
    let screen = shown(&app);
    assert!(screen.contains("1 chờ quyết định"), "{screen}");
    assert!(app.effects.iter().any(|effect| matches!(effect, Effect::Fetch { .. })), "what became of it is looked at");
}

#[test]
fn a_clash_shows_both_and_is_decided_for_one() {
    let mut app = asked();
    app.keys("X down enter");
    let screen = shown(&app);
    for said in ["Đã làm tại đây", "70%", "Bảng tính ghi", "50%"] {
        assert!(screen.contains(said), "{said} is not in {screen}");
    }
    app.keys("down down enter");
    assert_eq!(replies(&app), [(EntryId(Uuid::from_u128(1)), Reply::Mine)]);
    // Answered elsewhere, it goes.
    app.fact(Msg::Heard(News { asks: Some(Vec::new()), ..News::default() }));
    assert!(!shown(&app).contains("chờ quyết định"));
}
