//! The round trip: a plan is handed over as a workbook, edited in an office, and comes back: what was edited is taken in, and
//! nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    fs,
    io::Cursor,
    path::PathBuf,
    process::{Command, Stdio},
};

use calamine::{Data, Reader, SheetVisible, Xlsx};
use rust_xlsxwriter::Workbook;
use tempfile::TempDir;

struct Office {
    home: TempDir,
}

/// Cells by sheet, in the order of rows; only of workbooks this program wrote, which are small.
type Sheets = Vec<(String, bool, Vec<Vec<String>>)>;

impl Office {
    fn new() -> Self {
        Office { home: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn try_run(&self, line: &[&str]) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_tiendo"))
            .args(line)
            .current_dir(self.home.path())
            .env_clear()
            .env("HOME", self.home.path())
            .env("TIENDO_DATA", self.home.path().join("data"))
            .env("TIENDO_ME", "van-thu")
            .env("LANG", "vi_VN.UTF-8")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        (output.status.code().unwrap(), out + &err)
    }

    #[track_caller]
    fn run(&self, line: &[&str]) -> String {
        let (code, said) = self.try_run(line);
        assert_eq!(code, 0, "{said}");
        said
    }

    /// The workbook as somebody saves it from another program: every cell as text, formats lost.
    fn edit(&self, from: &str, to: &str, edit: impl FnOnce(&mut Sheets)) {
        let mut read = Xlsx::new(Cursor::new(fs::read(self.file(from)).unwrap())).unwrap();
        let shown = |cell: &Data| {
            if let Data::DateTime(day) = cell {
                let (year, month, day, ..) = day.to_ymd_hms_milli();
                return format!("{day}/{month}/{year}");
            }
            cell.to_string()
        };
        let mut sheets: Sheets = Vec::new();
        for sheet in read.sheets_metadata().to_vec() {
            let range = read.worksheet_range(&sheet.name).unwrap();
            let blank = vec![String::new(); range.width()];
            let mut rows = vec![blank; range.start().unwrap().0 as usize];
            rows.extend(range.rows().map(|row| row.iter().map(shown).collect::<Vec<_>>()));
            sheets.push((sheet.name.clone(), sheet.visible != SheetVisible::Visible, rows));
        }
        edit(&mut sheets);
        let mut book = Workbook::new();
        for (name, hidden, rows) in sheets {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            sheet.set_very_hidden(hidden);
            for (row, cells) in (0..).zip(rows) {
                for (column, cell) in (0..).zip(cells) {
                    if !cell.is_empty() {
                        sheet.write_string(row, column, cell).unwrap();
                    }
                }
            }
        }
        fs::write(self.file(to), book.save_to_buffer().unwrap()).unwrap();
    }

    /// The sample's plan and journal in a ledger of this machine.
    fn with_sample() -> Self {
        let office = Office::new();
        let sample = tiendo::planfile::sample().unwrap();
        fs::write(office.file("plan.json"), tiendo::planfile::write_json(&sample.plan)).unwrap();
        let lines: String = sample.journal.iter().map(|entry| serde_json::to_string(entry).unwrap() + "\n").collect();
        fs::write(office.file("plan.journal.jsonl"), lines).unwrap();
        office.run(&["import", "plan.json", "--yes"]);
        office
    }
}

/// The cell of the row that begins with `id` below that heading.
fn cell<'s>(sheets: &'s mut Sheets, sheet: &str, id: &str, heading: &str) -> &'s mut String {
    let (_, _, rows) = sheets.iter_mut().find(|(name, ..)| name == sheet).unwrap();
    let headings = rows.iter().find(|row| row.iter().any(|cell| cell == heading)).unwrap();
    let column = headings.iter().position(|cell| cell == heading).unwrap();
    let row = rows.iter_mut().find(|row| row[0] == id).unwrap_or_else(|| panic!("no row {id}"));
    &mut row[column]
}

#[test]
fn what_nobody_edited_changes_nothing() {
    let office = Office::with_sample();
    for lang in ["vi", "en"] {
        office.run(&["--lang", lang, "export", "a.xlsx", "--force"]);
        office.edit("a.xlsx", "b.xlsx", |_| {});
        for file in ["a.xlsx", "b.xlsx"] {
            let said = office.run(&["import", file]);
            assert!(said.contains("Không có ô nào được sửa"), "{lang} {file}: {said}");
            assert!(!said.contains("  ! "), "{lang} {file}: {said}");
        }
    }
}

#[test]
fn what_was_edited_is_taken_in_and_nothing_else() {
    let office = Office::with_sample();
    office.run(&["export", "a.xlsx"]);
    office.edit("a.xlsx", "b.xlsx", |sheets| {
        *cell(sheets, "Nhiệm vụ", "N02", "Nội dung nhiệm vụ") = "Rà soát kết quả 22 chỉ tiêu".into();
        *cell(sheets, "Nhiệm vụ", "N02", "Thời hạn") = "trước ngày 16/12/2023".into();
        *cell(sheets, "Nhiệm vụ", "N03", "Tiến độ") = "65%".into();
        *cell(sheets, "Nhiệm vụ", "N03", "Cơ quan phối hợp") = "Công an; Sở YT".into();
        *cell(sheets, "Báo cáo", "R2/2023-H1/hccb", "Ngày nhận") = "22/11/2023".into();
        *cell(sheets, "Báo cáo", "R2/2023-H1/hccb", "Số văn bản") = "77/BC-HCCB".into();
        *cell(sheets, "Báo cáo", "R4/2023-Q3/bgm", "Gia hạn đến") = "15/12/2023".into();
        *cell(sheets, "Cơ quan", "nv", "Thư điện tử") = "nv@example.vn".into();
        let (_, _, tasks) = sheets.iter_mut().find(|(name, ..)| name == "Nhiệm vụ").unwrap();
        let mut row = vec![String::new(); tasks[5].len()];
        (row[1], row[2], row[6]) = ("Nhiệm vụ mới (minh họa)".into(), "Sở NV".into(), "30/12/2023".into());
        tasks.push(row);
    });
    let (code, said) = office.try_run(&["import", "b.xlsx"]);
    assert_eq!(code, 4, "nobody can be asked: {said}");
    for line in ["~ nhiệm vụ N02: ", "65%", "report:R2/2023-H1/hccb", "77/BC-HCCB", "+ nhiệm vụ N", "→ 15/12/2023"]
    {
        assert!(said.contains(line), "{line} is not in {said}");
    }
    office.run(&["import", "b.xlsx", "--yes"]);
    let tasks: serde_json::Value = serde_json::from_str(&office.run(&["tasks", "--format", "json"])).unwrap();
    let task = |id: &str| {
        let items =
            tasks["tasks"].as_array().or_else(|| tasks["items"].as_array()).or_else(|| tasks.as_array()).unwrap();
        items
            .iter()
            .find(|task| task["item"] == format!("task:{id}"))
            .unwrap_or_else(|| panic!("{id} in {tasks}"))
            .clone()
    };
    let plan = plan_of(&office);
    let laid = |id: &str| plan["tasks"].as_array().unwrap().iter().find(|task| task["id"] == id).unwrap().clone();
    let before = tiendo::planfile::sample().unwrap().plan;
    assert_eq!(laid("N02")["title"]["vi"], "Rà soát kết quả 22 chỉ tiêu");
    assert_eq!(laid("N02")["title"]["en"], "Review the Strategy's 20 targets in the province", "other languages stay");
    assert_eq!(
        (laid("N02")["due"].as_str(), laid("N02")["due_text"].as_str()),
        (Some("2023-12-15"), Some("trước ngày 16/12/2023"))
    );
    assert_eq!(laid("N03")["coordinating"], serde_json::json!(["ca", "yt"]));
    assert_eq!(task("N03")["progress"], 65);
    assert_eq!(plan["duties"], serde_json::to_value(&before.duties).unwrap());
    assert_eq!(plan["ladder"], serde_json::to_value(&before.ladder).unwrap());
    assert_eq!(plan["tasks"].as_array().unwrap().len(), before.tasks.len() + 1);
    let others = |plan: &serde_json::Value| {
        let mut tasks = plan["tasks"].as_array().unwrap().clone();
        tasks.truncate(before.tasks.len());
        tasks.retain(|task| task["id"] != "N02" && task["id"] != "N03");
        tasks
    };
    assert_eq!(others(&plan), others(&serde_json::to_value(&before).unwrap()));
    assert!(office.run(&["import", "a.xlsx"]).contains("Không có ô nào được sửa"), "the old copy takes nothing back");
}

/// The plan in force, word for word, as a backup of the ledger has it.
fn plan_of(office: &Office) -> serde_json::Value {
    use tiendo::ledger::{Ledger, sqlite::SqliteLedger};
    let path = office.home.path().join("data/ledger.db");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let ledger = SqliteLedger::open(&path).await.unwrap();
        let head = ledger.plans().await.unwrap().remove(0);
        let snapshot = ledger.snapshot(&head.id).await.unwrap();
        serde_json::to_value(&*snapshot.outline.plan).unwrap()
    })
}

#[test]
fn what_has_a_history_stays_though_its_row_is_gone_and_that_is_said() {
    let office = Office::with_sample();
    office.run(&["export", "a.xlsx"]);
    office.edit("a.xlsx", "b.xlsx", |sheets| {
        for (_, _, rows) in sheets.iter_mut() {
            rows.retain(|row| !["N49", "N59", "R4/2023-Q3/bdo"].contains(&row[0].as_str()));
        }
    });
    let said = office.run(&["import", "b.xlsx", "--yes"]);
    assert!(said.contains("N49 đã có quá trình xử lý"), "{said}");
    assert!(said.contains("R4/2023-Q3/bdo"), "{said}");
    let plan = plan_of(&office);
    let has = |id: &str| plan["tasks"].as_array().unwrap().iter().any(|task| task["id"] == id);
    assert!(has("N49") && !has("N59"), "N59 had nothing done to it");
}

#[test]
fn a_workbook_from_another_machine_is_taken_in_once() {
    let office = Office::new();
    office.run(&["--source", "sample", "export", "a.xlsx"]);
    let said = office.run(&["import", "a.xlsx", "--yes"]);
    assert!(said.contains("đã lập mới"), "{said}");
    assert!(!said.contains("  ! "), "{said}");
    let said = office.run(&["import", "a.xlsx"]);
    assert!(said.contains("Không có ô nào được sửa"), "{said}");
    assert_eq!(plan_of(&office)["sample"], true, "sample data stay sample data");
}

#[test]
fn a_part_of_a_plan_takes_nothing_out_of_the_rest() {
    let office = Office::with_sample();
    office.run(&["export", "a.xlsx", "--agency", "nv"]);
    let said = office.run(&["import", "a.xlsx"]);
    assert!(said.contains("Không có ô nào được sửa"), "{said}");
}

#[test]
fn a_workbook_of_an_office_becomes_a_plan_with_what_was_done() {
    let office = Office::new();
    let text = "Nhiệm vụ;Chủ trì;Thời hạn;Tình trạng\nRà soát (minh họa);Sở Nội vụ;20/6/2023;Đã hoàn thành 15/6/2023\nTập huấn (minh họa);Sở Y tế;sớm;\n";
    fs::write(office.file("so-theo-doi-2023.csv"), text).unwrap();
    let said = office.run(&["import", "so-theo-doi-2023.csv", "--yes"]);
    assert!(said.contains("dòng 3, cột Thời hạn “sớm”: đây không phải là ngày"), "{said}");
    let listed = office.run(&["tasks", "--format", "csv"]);
    assert!(listed.contains("2023-06-15"), "{listed}");
    let said = office.run(&["import", "so-theo-doi-2023.csv"]);
    assert!(said.contains("Không có ô nào được sửa"), "the same again changes nothing: {said}");
    let (code, said) = office.try_run(&["import", "missing.xlsx"]);
    assert_eq!(code, 1, "{said}");
}

#[test]
fn a_template_is_read_again_and_its_example_is_none() {
    let office = Office::new();
    for lang in ["vi", "en"] {
        office.run(&["--lang", lang, "export", "--template", "t.xlsx", "--force"]);
        let (sheets, words) = if lang == "vi" {
            ("Nhiệm vụ", ("Nội dung nhiệm vụ", "Ví dụ"))
        } else {
            ("Tasks", ("Task", "Example"))
        };
        office.edit("t.xlsx", "u.xlsx", |all| {
            assert_eq!(all.len(), 4);
            assert_ne!(cell(all, sheets, words.1, words.0), "");
            let (_, _, rows) = all.iter_mut().find(|(name, ..)| name == sheets).unwrap();
            let mut row = vec![String::new(); rows[5].len()];
            (row[1], row[2]) = ("Việc thật".into(), "Sở Y tế".into());
            rows.push(row);
        });
        let said = office.run(&["import", "u.xlsx", "--yes"]);
        assert!(said.contains("u: 1 nhiệm vụ, 0 nghĩa vụ báo cáo, 0 chiến dịch, 1 cơ quan"), "{lang}: {said}");
        assert!(!said.contains("  ! "), "{lang}: {said}");
        fs::remove_dir_all(office.home.path().join("data")).unwrap();
    }
}

#[test]
fn a_workbook_is_not_written_over_and_text_stays_text() {
    let office = Office::new();
    let text = "Nhiệm vụ,Chủ trì\n\"=HYPERLINK(\"\"http://example.vn\"\")\",\"@Sở X\"\n";
    fs::write(office.file("a.csv"), text).unwrap();
    office.run(&["import", "a.csv", "--yes"]);
    office.run(&["export", "a.xlsx"]);
    let (code, said) = office.try_run(&["export", "a.xlsx"]);
    assert_eq!(code, 4, "{said}");
    let (code, said) = office.try_run(&["export", "a.pdf"]);
    assert_eq!(code, 2, "{said}");
    let mut read = Xlsx::new(Cursor::new(fs::read(office.file("a.xlsx")).unwrap())).unwrap();
    let formulas = read.worksheet_formula("Nhiệm vụ").unwrap();
    assert_eq!(formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty()).count(), 0);
    let range = read.worksheet_range("Nhiệm vụ").unwrap();
    assert!(range.used_cells().any(|(_, _, cell)| *cell == Data::String("=HYPERLINK(\"http://example.vn\")".into())));
}
