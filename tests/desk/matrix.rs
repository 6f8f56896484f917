//! The matrix: its cells and totals are the figures, its rows say who is late again and again, and one moves in it cell by
//! cell, down into a cell and back.

use crate::{
    picture::{Appearance, lines},
    screen::{App, now, snapshot},
};
use tiendo::{
    app::{
        action::Action,
        effect::Effect,
        model::Scope,
        msg::{Msg, Pointed, Pointer, Ticket},
    },
    domain::{
        answer::Fetched,
        entry::{Entry, Verb},
        id::{EntryId, ItemId},
        item::Index,
        matrix::{Across, ColumnKey, Matrix},
        snapshot::Delta,
        status::Cell,
        summary::Figures,
    },
    panels::{PanelId, RowKey, grid, view::ViewId},
};
use uuid::Uuid;

const LARGE: (u16, u16) = (120, 36);
const SMALL: (u16, u16) = (80, 24);

fn on_matrix(size: (u16, u16)) -> App {
    let mut app = App::on_sample(size);
    app.keys("5");
    app
}

/// The agency and the column under the cursor: `bdo R6/2023-H1`.
fn place(app: &App) -> String {
    let scene = app.model.scene().unwrap();
    let grid = scene.matrix.unwrap();
    let key = grid.matrix.columns[grid.column].key(&scene.snapshot.outline).unwrap();
    format!("{} {}", app.selected(), named(&key))
}

fn named(key: &ColumnKey) -> String {
    match key {
        ColumnKey::Period(duty, period) => format!("{duty}/{period}"),
        ColumnKey::Duty(duty) => duty.to_string(),
        ColumnKey::Programme(programme) => programme.as_ref().map_or("—".into(), ToString::to_string),
    }
}

fn columns(app: &App) -> Vec<String> {
    let scene = app.model.scene().unwrap();
    let columns = &scene.matrix.unwrap().matrix.columns;
    columns.iter().map(|column| named(&column.key(&scene.snapshot.outline).unwrap())).collect()
}

fn counted(figures: &Figures) -> [u32; Cell::ALL.len()] {
    Cell::ALL.map(|cell| figures.in_cell(cell))
}

fn sum<'a>(figures: impl Iterator<Item = &'a Figures>) -> [u32; Cell::ALL.len()] {
    figures.fold([0; Cell::ALL.len()], |sum, one| {
        let one = counted(one);
        std::array::from_fn(|cell| sum[cell] + one[cell])
    })
}

#[test]
fn cells_and_totals_add_up_to_the_figures_of_the_plan() {
    let app = App::on_sample(LARGE);
    let (snapshot, summary) = (app.model.snapshot.as_ref().unwrap(), &app.model.summary);
    for across in [Across::Periods, Across::Programmes] {
        let matrix = Matrix::of(snapshot, app.model.today, across, |_| true);
        let whole = counted(summary.of_kind(across.kind()));
        assert_eq!(counted(&matrix.total), whole);
        assert_eq!(sum(matrix.rows.iter().map(|row| &row.figures)), whole);
        assert_eq!(sum(matrix.feet.iter()), whole);
        for (row, figures) in matrix.rows.iter().zip(&summary.agencies) {
            let figures = if across == Across::Periods { figures.reports } else { figures.tasks };
            assert_eq!(counted(&row.figures), counted(&figures));
        }
        let mut items = Vec::new();
        for agency in 0..matrix.rows.len() as Index {
            for (column, standing) in matrix.columns.iter().enumerate() {
                let Some(cell) = matrix.cell(agency, column) else { continue };
                let key = standing.key(&snapshot.outline).unwrap();
                let id = &snapshot.outline.agencies[agency as usize].id;
                let all = snapshot.items.iter().filter(|item| key.has(id, item, &snapshot.outline));
                let all = all.filter(|item| !item.is_called_off()).count();
                assert_eq!(cell.items.len(), all, "{id} {}", named(&key));
                items.extend_from_slice(cell.items);
            }
        }
        items.sort_unstable();
        let of_kind = (0..).zip(&snapshot.items).filter(|(_, item)| item.kind() == across.kind());
        let of_kind: Vec<Index> = of_kind.filter(|(_, item)| !item.is_called_off()).map(|(place, _)| place).collect();
        assert_eq!(items, of_kind, "every item stands in one cell");
    }
}

#[test]
fn columns_stand_by_due_date_and_what_events_open_comes_last() {
    let mut app = on_matrix(LARGE);
    let expected = [
        "R1/2023",
        "R6/2023-H1",
        "R2/2023-H1",
        "R9/2023-H1",
        "R4/2023-Q3",
        "R6/2023",
        "R3/2023",
        "R5/C1",
        "R9/2023",
        "R7",
        "R8",
    ];
    assert_eq!(columns(&app), expected);
    app.keys("M");
    assert_eq!(columns(&app), ["P-CL", "P-BLG", "P-TT", "P-GN", "P-NTM", "P-DTTS", "P-DA8", "P-QL", "P-BAN"]);
}

#[test]
fn those_late_again_and_again_come_first_and_the_cursor_is_where_the_first_is_worst() {
    let app = on_matrix(LARGE);
    assert_eq!(app.rows()[..3], ["bdo", "hccb", "bgm"]);
    assert_eq!(place(&app), "bdo R6/2023-H1");
    assert_eq!(app.model.detail.row, Some(RowKey::Item("report:R6/2023-H1/bdo".into())));
}

#[test]
fn one_moves_cell_by_cell_and_no_further_than_to_the_edges() {
    let mut app = on_matrix(LARGE);
    app.keys("j l");
    assert_eq!(place(&app), "hccb R2/2023-H1");
    app.keys("k h h h h left");
    assert_eq!(place(&app), "bdo R1/2023");
    app.keys("G");
    let last = app.rows().last().unwrap().clone();
    for _ in 0..20 {
        app.keys("right");
    }
    assert_eq!(place(&app), format!("{last} R8"));
    app.keys("g page-down");
    assert_eq!(app.model.list(PanelId::Matrix).position, 14);
}

#[test]
fn enter_lists_what_stands_in_the_cell_and_escape_comes_back_to_it() {
    let mut app = on_matrix(LARGE);
    app.keys("j l enter");
    assert_eq!((app.model.view, app.rows()), (ViewId::Reports, vec!["report:R2/2023-H1/hccb".to_owned()]));
    assert_eq!(app.model.detail.row, Some(RowKey::Item("report:R2/2023-H1/hccb".into())));
    app.keys("esc");
    assert_eq!((app.model.view, place(&app).as_str()), (ViewId::Matrix, "hccb R2/2023-H1"));
    // Several tasks of one programme.
    app.keys("M g");
    let mut app = on_matrix(LARGE);
    app.keys("M g h h h h h h h h h l l");
    assert_eq!(place(&app), "ldtbxh P-TT");
    app.keys("enter");
    assert_eq!((app.model.view, app.rows().len()), (ViewId::Tasks, 6));
    assert!(matches!(app.model.scope(), Some(Scope::Cell(agency, _)) if agency.as_str() == "ldtbxh"));
    app.keys("esc");
    assert_eq!(place(&app), "ldtbxh P-TT");
}

#[test]
fn enter_on_a_cell_where_nothing_is_owed_goes_nowhere() {
    let mut app = on_matrix(LARGE);
    app.keys("j");
    assert_eq!(place(&app), "hccb R6/2023-H1");
    app.keys("enter");
    assert_eq!(app.model.view, ViewId::Matrix);
    assert_eq!(app.model.detail.row, Some(RowKey::Agency("hccb".into())));
}

#[test]
fn cases_of_one_duty_share_a_cell() {
    let mut app = on_matrix(LARGE);
    let snapshot = app.model.snapshot.clone().unwrap();
    let open = |number: u64| {
        let id = EntryId(Uuid::from_u128(u128::from(number)));
        let on = jiff::civil::date(2023, 11, number as i8);
        Entry {
            seq: snapshot.cursor + number,
            agency: Some("bdo".into()),
            ..Entry::new(id, ItemId::from("duty:R7"), Verb::Open, on, now())
        }
    };
    let entries: Vec<Entry> = [13, 14].map(open).into();
    app.fact(Msg::SourceChanged);
    let cursor = snapshot.cursor + 14;
    app.fetched(Ticket(2), Fetched::Entries(Delta { entries, refolded: Vec::new(), cursor }));
    while !place(&app).ends_with("R7") {
        app.keys("l");
    }
    assert_eq!(place(&app), "bdo R7");
    app.keys("enter");
    assert_eq!(app.rows().len(), 2, "{:?}", app.rows());
}

#[test]
fn the_cell_stays_the_same_when_data_come_and_when_the_order_changes() {
    let mut app = on_matrix(LARGE);
    app.keys("j j l l l");
    assert_eq!(place(&app), "bgm R4/2023-Q3");
    let cursor = app.model.snapshot.as_ref().unwrap().cursor + 1;
    let id = EntryId(Uuid::from_u128(1));
    let day = jiff::civil::date(2023, 11, 20);
    let received = Entry { seq: cursor, ..Entry::new(id, "report:R4/2023-Q3/bgm".into(), Verb::Receive, day, now()) };
    app.fact(Msg::SourceChanged);
    app.fetched(Ticket(2), Fetched::Entries(Delta { entries: vec![received], refolded: Vec::new(), cursor }));
    assert_eq!(place(&app), "bgm R4/2023-Q3");
    assert_ne!(app.rows()[2], "hccb");
    app.keys("s down enter");
    assert_eq!(place(&app), "bgm R4/2023-Q3");
    // The matrix itself has followed.
    let scene = app.model.scene().unwrap();
    assert_eq!(scene.matrix.unwrap().matrix.total.overdue(), 3);
}

#[test]
fn agencies_are_sorted_by_the_column_under_the_cursor_and_stay_so_when_it_moves_on() {
    let mut app = on_matrix(LARGE);
    let own = app.rows();
    let sort = |app: &mut App| {
        app.keys("s end enter");
    };
    app.keys("l");
    assert_eq!(place(&app), "bdo R2/2023-H1");
    sort(&mut app);
    let by_r2 = app.rows();
    // Overdue, then the most days late, then the rest; who does not owe it comes last.
    assert_eq!(by_r2[..2], ["hccb", "pr"]);
    assert_eq!(by_r2.last().unwrap(), "ldtbxh");
    app.keys("h h h");
    assert_eq!(app.rows(), by_r2);
    // Chosen again in another column, it is that column's.
    sort(&mut app);
    assert_eq!(app.rows()[0], "bdo");
    assert_ne!(app.rows(), by_r2);
    app.keys("S");
    assert_ne!(app.rows()[0], "bdo");
    app.keys("s home enter");
    assert_eq!(app.rows(), own);
}

#[test]
fn the_filter_says_what_counts_and_what_it_leaves_nothing_of_is_not_shown() {
    let mut app = on_matrix(LARGE);
    let (rows, all) = (app.rows().len(), columns(&app));
    app.keys("/").types("bu dop").keys("enter");
    assert_eq!(app.rows(), ["bdo"]);
    app.keys("esc /").types("duty:R4").keys("enter");
    assert_eq!((app.rows().len(), columns(&app)), (15, vec!["R4/2023-Q3".to_owned()]));
    app.keys("esc /").types("status:overdue").keys("enter");
    assert_eq!(app.rows(), ["bdo", "hccb", "bgm"]);
    let total = app.model.scene().unwrap().matrix.unwrap().matrix.total;
    assert_eq!((total.assigned(), total.overdue()), (4, 4));
    assert_eq!(app.model.list(PanelId::Matrix).hidden(), rows - 3);
    app.keys("esc /").types("xyzzy").keys("enter");
    assert!(app.rows().is_empty());
    app.keys("enter l h M M esc");
    assert_eq!((app.rows().len(), columns(&app)), (rows, all));
}

#[test]
fn a_column_the_filter_hides_is_under_the_cursor_again_afterwards() {
    let mut app = on_matrix(LARGE);
    assert_eq!(place(&app), "bdo R6/2023-H1");
    app.keys("/").types("duty:R4").keys("enter");
    assert_eq!(place(&app), "bdo R4/2023-Q3");
    app.keys("esc");
    assert_eq!(place(&app), "bdo R6/2023-H1");
}

#[test]
fn what_is_alone_in_its_cell_is_acted_on_and_several_are_not() {
    let mut app = on_matrix(LARGE);
    app.effects.clear();
    app.keys("a");
    let acted = app.effects.iter().find(|effect| matches!(effect, Effect::Act { .. }));
    let Some(Effect::Act { drafts, .. }) = acted else { panic!("{:?}", app.effects) };
    assert_eq!(drafts[0].item.as_str(), "report:R6/2023-H1/bdo");
    assert_eq!(place(&app), "bdo R6/2023-H1");
    let mut app = on_matrix(LARGE);
    app.keys("M g h h h h h h h h h l l");
    app.effects.clear();
    app.keys("a");
    assert!(!app.effects.iter().any(|effect| matches!(effect, Effect::Act { .. })));
}

#[test]
fn names_totals_and_headings_stay_where_they_are_when_it_scrolls() {
    let mut app = on_matrix(SMALL);
    let dark = Appearance::dark();
    let draw = |app: &App| lines(&dark.draw(&app.model, &app.bindings, SMALL).0);
    let first = draw(&app);
    assert!(first[4].contains("R1") && first[4].contains('›') && !first[4].contains('‹'), "{}", first[4]);
    for _ in 0..20 {
        app.keys("l");
    }
    app.keys("G");
    let last = draw(&app);
    assert!(!last[4].contains("R1") && last[4].contains("R8"), "{}", last[4]);
    assert!(last[4].contains('‹') && !last[4].contains('›'), "{}", last[4]);
    assert!(last[5].contains("cơ quan"), "{}", last[5]);
    // Totals and feet are the same lines as before, but for the columns between.
    let parts = grid::parts(app.model.arranged().area(PanelId::Matrix).unwrap(), 11);
    let (names, totals) = (0..usize::from(parts.left), usize::from(parts.right) + 1..79);
    let part = |line: &str, range: std::ops::Range<usize>| line.chars().collect::<Vec<_>>()[range].to_vec();
    for y in [4, 5, 18, 19, 20] {
        assert_eq!(part(&first[y], names.clone()), part(&last[y], names.clone()), "{y}");
        assert_eq!(part(&first[y], totals.clone()), part(&last[y], totals.clone()), "{y}");
    }
    assert!(last[22].contains("R8 · "), "{}", last[22]);
    // Whatever the size, the cell is on the screen.
    for size in [(40, 10), (60, 20), (100, 28), (200, 50)] {
        app.fact(Msg::Resized { width: size.0, height: size.1 });
        let scene = app.model.scene().unwrap();
        let grid = scene.matrix.unwrap();
        let area = app.model.arranged().area(PanelId::Matrix).unwrap();
        let parts = grid::parts(area, grid.matrix.columns.len());
        assert!((grid.offset..grid.offset + parts.seen).contains(&grid.column), "{size:?}");
    }
}

#[test]
fn the_mouse_goes_to_a_cell_sorts_by_headings_and_opens() {
    let mut app = on_matrix(LARGE);
    let own = app.rows();
    let area = app.model.arranged().area(PanelId::Matrix).unwrap();
    let parts = grid::parts(area, 11);
    let at = |x, y, kind| Msg::Pointed(Pointer { x, y, kind });
    app.fact(at(parts.column_at(2) + 1, parts.rows.y + 1, Pointed::Click));
    assert_eq!(place(&app), "hccb R2/2023-H1");
    app.fact(at(parts.column_at(4), parts.rows.y, Pointed::Click));
    assert_eq!(place(&app), "bdo R4/2023-Q3");
    app.fact(at(parts.names.0, parts.headings.y, Pointed::Click));
    assert_ne!(app.rows(), own);
    app.fact(at(parts.total_at(3).0, parts.headings.y, Pointed::Click));
    assert_eq!(app.rows()[0], "bdo");
    app.fact(at(parts.column_at(2), parts.headings.y, Pointed::Click));
    assert_eq!(app.rows()[..2], ["hccb", "pr"]);
    app.fact(at(parts.column_at(2), parts.rows.y, Pointed::WheelDown));
    assert_eq!(app.model.list(PanelId::Matrix).rows.len(), own.len());
    app.fact(at(parts.column_at(2), parts.legend.y, Pointed::DoubleClick));
    assert_eq!(app.model.view, ViewId::Matrix, "no cell stands there");
    app.fact(at(parts.column_at(2), parts.rows.y, Pointed::DoubleClick));
    assert_eq!(app.rows(), ["report:R2/2023-H1/hccb"]);
}

#[test]
fn it_is_set_against_programmes_from_anywhere_and_each_keeps_its_column() {
    let mut app = on_matrix(LARGE);
    app.keys("l M");
    assert_eq!(app.model.pictures.matrix.across, Across::Programmes);
    app.keys("h M");
    assert_eq!(place(&app), "bdo R2/2023-H1");
    app.keys("2").fact(Msg::Chosen(Action::SwitchMatrix));
    assert_eq!((app.model.view, app.model.pictures.matrix.across), (ViewId::Matrix, Across::Programmes));
}

#[test]
fn a_marked_item_is_marked_in_its_cell() {
    let mut app = on_matrix(LARGE);
    app.keys("space");
    assert!(app.model.marks.contains(&RowKey::Item("report:R6/2023-H1/bdo".into())));
    let drawn = lines(&Appearance::dark().draw(&app.model, &app.bindings, LARGE).0);
    assert!(drawn[5].contains("●▲"), "{}", drawn[5]);
}

#[test]
fn another_day_has_its_own_matrix() {
    let mut app = on_matrix(LARGE);
    let total = |app: &App| app.model.scene().unwrap().matrix.unwrap().matrix.total;
    assert_eq!(total(&app).overdue(), 4);
    app.fact(Msg::Ticked("2023-11-21T00:00:00+07:00".parse().unwrap()));
    assert_eq!(total(&app).overdue(), 5, "the case that was due on 20/11");
    let mut app = App::on_sample(LARGE);
    app.fact(Msg::SourceChanged).fetched(Ticket(2), Fetched::Whole(Box::new(snapshot())));
    assert!(app.model.scene().unwrap().matrix.is_none(), "nothing is made of it while it is not looked at");
}
