//! The round trip: a plan is handed over as a workbook, edited in an office, and comes back: what was edited is taken in, and
//! nothing else.

use crate::{office::Office, skip};
use std::{
    fs,
    io::Cursor,
    process::{Command, Stdio},
};

use calamine::{Data, Reader, SheetVisible, Xlsx};
use rust_xlsxwriter::Workbook;

/// Cells by sheet, in the order of rows; only of workbooks this program wrote, which are small.
type Sheets = Vec<(String, bool, Vec<Vec<String>>)>;

impl Office {
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
            // As LibreOffice saves a sheet nobody was to see.
            sheet.set_hidden(hidden);
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
    let (code, said) = office.tried(&["import", "b.xlsx"]);
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
    let (code, said) = office.tried(&["import", "missing.xlsx"]);
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
    let (code, said) = office.tried(&["export", "a.xlsx"]);
    assert_eq!(code, 4, "{said}");
    let (code, said) = office.tried(&["export", "a.pdf"]);
    assert_eq!(code, 2, "{said}");
    let mut read = Xlsx::new(Cursor::new(fs::read(office.file("a.xlsx")).unwrap())).unwrap();
    let formulas = read.worksheet_formula("Nhiệm vụ").unwrap();
    assert_eq!(formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty()).count(), 0);
    let range = read.worksheet_range("Nhiệm vụ").unwrap();
    assert!(range.used_cells().any(|(_, _, cell)| *cell == Data::String("=HYPERLINK(\"http://example.vn\")".into())));
}

/// Rows of that sheet, each with its id before it.
fn each<'s>(sheets: &'s mut Sheets, sheet: &str, begins: &str) -> Vec<&'s mut Vec<String>> {
    let (_, _, rows) = sheets.iter_mut().find(|(name, ..)| name == sheet).unwrap();
    rows.iter_mut().filter(|row| row[0].starts_with(begins)).collect()
}

#[test]
fn what_is_edited_in_the_row_of_a_report_is_taken_in_for_all_or_told_with_its_place() {
    let office = Office::with_sample();
    office.run(&["export", "a.xlsx"]);
    office.edit("a.xlsx", "b.xlsx", |sheets| {
        // For all who owe it: its name, and the deadline of its period.
        for row in each(sheets, "Báo cáo", "R4/2023-Q3/") {
            (row[1], row[4]) = ("Báo cáo 9 tháng (mới)".into(), "22/9/2023".into());
        }
        // In one row of many.
        *cell(sheets, "Báo cáo", "R2/2023-H1/hccb", "Tên báo cáo") = "Báo cáo riêng".into();
        *cell(sheets, "Báo cáo", "R2/2023-H1/hccb", "Hạn nộp") = "30/6/2023".into();
        *cell(sheets, "Báo cáo", "R2/2023-H1/hccb", "Cơ quan") = "Sở YT".into();
        *cell(sheets, "Báo cáo", "R2/2023-H1/hccb", "Ngày nhận") = "22/11/2023".into();
        *cell(sheets, "Báo cáo", "R2/2023-H1/hccb", "Số ngày trễ") = "3".into();
    });
    let said = office.run(&["import", "b.xlsx", "--yes"]);
    let row = said.lines().find(|line| line.contains("Báo cáo riêng")).unwrap_or_else(|| panic!("{said}"));
    assert!(
        row.contains("Báo cáo, dòng ") && row.contains("cột Tên báo cáo “Báo cáo riêng”") && row.contains("R2"),
        "{row}"
    );
    for told in ["cột Cơ quan “Sở YT”", "cột Số ngày trễ “3”"] {
        assert!(said.contains(told), "{told} is not in {said}");
    }
    let plan = plan_of(&office);
    let duty = |id: &str| plan["duties"].as_array().unwrap().iter().find(|duty| duty["id"] == id).unwrap().clone();
    assert_eq!(
        (&duty("R4")["title"]["vi"], &duty("R4")["title"]["en"]),
        (&"Báo cáo 9 tháng (mới)".into(), &"Q3 report (nine months)".into())
    );
    assert_eq!(duty("R4")["periods"][0]["due"], "2023-09-22");
    let before = serde_json::to_value(tiendo::planfile::sample().unwrap().plan).unwrap();
    for place in [2, 4, 5, 6, 7, 8] {
        assert_eq!(plan["duties"][place], before["duties"][place]);
    }
    // A deadline in one row is that of its agency.
    assert!(said.contains("periods.2023-H1.due_by_agency.hccb.due – → 2023-06-30"), "{said}");
    let own = serde_json::json!({"hccb": {"due": "2023-06-30"}});
    assert_eq!(plan["duties"][1]["periods"][0]["due_by_agency"], own);
    assert_eq!(plan["duties"][1]["periods"][0]["due"], "2023-06-19");
    let listed = office.run(&["reports", "--format", "csv"]);
    let row = listed.lines().find(|line| line.contains("R2/2023-H1/hccb")).unwrap();
    assert!(row.contains("2023-11-22"), "what else was edited in the row is taken in: {row}");
    assert!(row.contains("2023-06-30"), "{row}");
}

#[test]
fn a_row_more_among_the_reports_is_told_and_leaves_the_others_what_they_are() {
    let office = Office::with_sample();
    office.run(&["export", "a.xlsx"]);
    office.edit("a.xlsx", "b.xlsx", |sheets| {
        *cell(sheets, "Báo cáo", "R2/2023-H1/hccb", "Ngày nhận") = "22/11/2023".into();
        let title = cell(sheets, "Báo cáo", "R2/2023-H1/hccb", "Tên báo cáo").clone();
        let (_, _, rows) = sheets.iter_mut().find(|(name, ..)| name == "Báo cáo").unwrap();
        let mut row = vec![String::new(); rows[5].len()];
        (row[1], row[2], row[3], row[4]) = (title, "Sở YT".into(), "quý I".into(), "20/3/2023".into());
        rows.push(row);
    });
    let said = office.run(&["import", "b.xlsx", "--yes"]);
    assert_eq!(said.matches("  ! ").count(), 1, "{said}");
    assert!(said.contains("thêm báo cáo phải thêm nghĩa vụ báo cáo"), "{said}");
    assert!(said.contains("+ report:R2/2023-H1/hccb"), "{said}");
}

#[test]
fn an_agency_goes_where_nothing_names_it_and_stays_under_whatever_it_is_called() {
    let office = Office::with_sample();
    office.run(&["export", "a.xlsx"]);
    office.edit("a.xlsx", "b.xlsx", |sheets| {
        // Tasks and reports go on calling it by the name it had.
        *cell(sheets, "Cơ quan", "nv", "Tên viết tắt") = "Sở Nội vụ tỉnh".into();
        let (_, _, rows) = sheets.iter_mut().find(|(name, ..)| name == "Cơ quan").unwrap();
        rows.retain(|row| row[0] != "yt");
        let mut row = vec![String::new(); rows[5].len()];
        (row[0], row[1], row[2]) = ("moi".into(), "Ban mới (minh họa)".into(), "Ban mới".into());
        rows.push(row);
    });
    let said = office.run(&["import", "b.xlsx", "--yes"]);
    assert!(said.contains("Cơ quan (bản đã xuất), dòng ") && said.contains("yt vẫn giữ dù dòng đã xóa"), "{said}");
    assert!(said.contains("+ cơ quan moi"), "{said}");
    let before = serde_json::to_value(tiendo::planfile::sample().unwrap().plan).unwrap();
    let plan = plan_of(&office);
    assert_eq!((&plan["tasks"], &plan["campaigns"]), (&before["tasks"], &before["campaigns"]), "{said}");
    assert_eq!(plan["agencies"].as_array().unwrap().len(), before["agencies"].as_array().unwrap().len() + 1);
    office.run(&["export", "c.xlsx"]);
    office.edit("c.xlsx", "d.xlsx", |sheets| {
        let (_, _, rows) = sheets.iter_mut().find(|(name, ..)| name == "Cơ quan").unwrap();
        rows.retain(|row| row[0] != "moi");
    });
    // It owes what everybody owes.
    assert!(office.run(&["import", "d.xlsx", "--yes"]).contains("moi vẫn giữ"));
}

#[test]
fn a_cell_that_cannot_be_read_takes_nothing_back() {
    let office = Office::with_sample();
    let text = "Mã;Nhiệm vụ;Chủ trì;Thời hạn;Ngày hoàn thành;Gia hạn đến\nN1;Rà soát (minh họa);Sở Nội vụ;20/6/2023;15/6/2023;\nN2;Tập huấn (minh họa);Sở Y tế;20/7/2023;;1/8/2023\n";
    fs::write(office.file("so.csv"), text).unwrap();
    office.run(&["import", "so.csv", "--yes"]);
    office.run(&["--plan", "so", "export", "a.xlsx"]);
    office.edit("a.xlsx", "b.xlsx", |sheets| {
        *cell(sheets, "Nhiệm vụ", "N1", "Ngày hoàn thành") = "15/6/20x3".into();
        *cell(sheets, "Nhiệm vụ", "N1", "Thời hạn") = "sớm".into();
        *cell(sheets, "Nhiệm vụ", "N2", "Gia hạn đến") = "??".into();
        *cell(sheets, "Nhiệm vụ", "N2", "Cơ quan chủ trì") = "".into();
    });
    let said = office.run(&["import", "b.xlsx", "--yes"]);
    for told in ["“15/6/20x3”", "“sớm”", "“??”", "chưa ghi cơ quan"] {
        assert!(said.contains(told), "{told} is not in {said}");
    }
    assert!(said.contains("Không nạp được nội dung nào") || said.contains("Không có ô nào"), "{said}");
    let listed = office.run(&["--plan", "so", "tasks", "--format", "csv"]);
    assert!(listed.contains("2023-06-15") && listed.contains("2023-08-01"), "{listed}");
}

#[test]
fn an_edited_cell_that_comes_to_nothing_is_told() {
    let office = Office::with_sample();
    office.run(&["export", "a.xlsx"]);
    office.edit("a.xlsx", "b.xlsx", |sheets| {
        *cell(sheets, "Báo cáo", "R2/2023-H1/hccb", "Số văn bản") = "7/BC".into();
        *cell(sheets, "Nhiệm vụ", "N59", "Tình trạng") = "Đang làm".into();
    });
    let said = office.run(&["import", "b.xlsx"]);
    assert!(said.contains("cột Số văn bản “7/BC”: số văn bản chỉ được ghi cùng ngày nhận"), "{said}");
    assert!(said.contains("cột Tình trạng “Đang làm”"), "{said}");
    assert!(said.contains("Không nạp được nội dung nào"), "{said}");
}

#[test]
fn an_offices_own_workbook_leaves_what_it_says_nothing_of() {
    let office = Office::with_sample();
    let plan = tiendo::planfile::sample().unwrap().plan;
    let id = plan.id.to_string();
    // Its tasks only, one of them called otherwise, and one gone.
    let mut text = "Mã;Nhiệm vụ;Chủ trì\n".to_owned();
    for task in plan.tasks.iter().filter(|task| task.id.as_str() != "N59") {
        let title = if task.id.as_str() == "N02" { "Việc N02 gọi khác" } else { task.title.get("vi") };
        text += &format!("{};\"{}\";{}\n", task.id, title.replace('"', "\"\""), task.lead);
    }
    fs::write(office.file(&format!("{id}.csv")), text).unwrap();
    let said = office.run(&["import", &format!("{id}.csv"), "--yes"]);
    for told in [
        "= giữ nguyên thang đôn đốc",
        "= giữ nguyên 9 nghĩa vụ báo cáo",
        "= giữ nguyên 10 chiến dịch",
        "- nhiệm vụ N59",
    ] {
        assert!(said.contains(told), "{told} is not in {said}");
    }
    let (before, after) = (serde_json::to_value(&plan).unwrap(), plan_of(&office));
    for part in ["ladder", "duties", "campaigns", "agencies", "programmes", "calendar", "owner", "issued", "sample"] {
        assert_eq!(after[part], before[part], "{part}");
    }
    let task = |plan: &serde_json::Value, id: &str| {
        plan["tasks"].as_array().unwrap().iter().find(|task| task["id"] == id).unwrap().clone()
    };
    let mut expected = task(&before, "N02");
    expected["title"]["vi"] = "Việc N02 gọi khác".into();
    assert_eq!(task(&after, "N02"), expected, "dates, programmes and the other language stay");
    assert_eq!(task(&after, "N03"), task(&before, "N03"));
}

#[test]
fn a_workbook_is_read_as_a_mapping_says_and_what_is_wrong_in_one_is_told_with_its_line() {
    let office = Office::new();
    fs::write(office.file("so.csv"), "X;Y;Z\nRà soát (minh họa);Sở Nội vụ;20/6\n").unwrap();
    let (code, said) = office.tried(&["import", "so.csv", "--yes"]);
    assert_eq!(code, 1, "{said}");
    let mapping = "year = 2024\nplan = \"kh\"\n[[sheet]]\nkind = \"tasks\"\ncolumns = { title = \"X\", agency = \"B\", due = \"Z\" }\n";
    fs::write(office.file("map.toml"), mapping).unwrap();
    office.run(&["import", "so.csv", "--map", "map.toml", "--yes"]);
    let plan = plan_of(&office);
    assert_eq!((plan["id"].as_str(), plan["tasks"][0]["due"].as_str()), (Some("kh"), Some("2024-06-20")));
    // The same by the name of a source of the config.
    let indented = mapping.replace("[[sheet]]", "[[source.mapping.sheet]]");
    let config =
        format!("[[source]]\nname = \"ke-hoach\"\nkind = \"sheet\"\npath = \"so.csv\"\n[source.mapping]\n{indented}");
    fs::write(office.file("tiendo.toml"), config).unwrap();
    let said =
        office.run(&["--config", "tiendo.toml", "import", "so.csv", "--map", "ke-hoach", "--store", "data/ledger.db"]);
    assert!(said.contains("Không có ô nào được sửa"), "{said}");
    let (code, said) = office.tried(&["--config", "tiendo.toml", "import", "so.csv", "--map", "ke-hoac"]);
    assert!(code == 2 && said.contains("ke-hoach"), "{said}");
    fs::write(office.file("map.toml"), "year = 2024\n[[sheet]]\nkind = \"task\"\n").unwrap();
    let (code, said) = office.tried(&["import", "so.csv", "--map", "map.toml"]);
    assert!(code == 2 && said.contains("map.toml:3") && said.contains("tasks"), "{said}");
    fs::write(office.file("plan.toml"), "format = \"tiendo-plan/1\"\n").unwrap();
    let (code, said) = office.tried(&["import", "plan.toml", "--map", "map.toml"]);
    assert!(code == 2 && said.contains("--map"), "{said}");
}

/// What LibreOffice saves of a file, in another form; false where it is not installed, or not asked for.
fn saved_by_libreoffice(office: &Office, file: &str, form: &str) -> bool {
    if !skip::is_asked_for("LibreOffice") {
        return false;
    }
    let home = office.home.path();
    let saved = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", office.file("profile").display()))
        .args(["--headless", "--convert-to", form, "--outdir"])
        .args([home, &office.file(file)])
        .env("HOME", home)
        .stdin(Stdio::null())
        .output();
    match saved {
        Ok(output) => {
            assert!(office.file(file).with_extension(form).exists(), "{output:?}");
            true
        }
        Err(error) => skip::skipped("LibreOffice", &error.to_string()).unwrap_or_default(),
    }
}

#[test]
fn what_was_edited_in_libreoffice_is_taken_in_and_nothing_else() {
    let office = Office::with_sample();
    office.run(&["export", "a.xlsx"]);
    if !saved_by_libreoffice(&office, "a.xlsx", "fods") {
        return;
    }
    fs::remove_file(office.file("a.xlsx")).unwrap();
    saved_by_libreoffice(&office, "a.fods", "xlsx");
    let said = office.run(&["import", "a.xlsx"]);
    assert!(said.contains("Không có ô nào được sửa") && !said.contains("  ! "), "{said}");
    let mut sheets = fs::read_to_string(office.file("a.fods")).unwrap();
    let mut edit = |row: &str, edits: &[(&str, &str)]| {
        let place = sheets.find(&format!("<text:p>{row}</text:p>")).unwrap();
        let begin = sheets[..place].rfind("<table:table-row").unwrap();
        let end = place + sheets[place..].find("</table:table-row>").unwrap() + "</table:table-row>".len();
        let mut edited = sheets[begin..end].to_owned();
        for (was, is) in edits {
            assert!(edited.contains(was), "{was} in {edited}");
            edited = edited.replace(was, is);
        }
        sheets.replace_range(begin..end, if edits.is_empty() { "" } else { &edited });
    };
    edit("N02", &[("20 chỉ tiêu", "22 chỉ tiêu"), ("2023-11-30", "2023-12-15"), ("30/11/2023", "15/12/2023")]);
    edit("N59", &[]);
    edit("R2/2023-H1/hccb", &[("Báo cáo 6 tháng đầu năm", "Báo cáo sáu tháng")]);
    fs::write(office.file("b.fods"), sheets).unwrap();
    saved_by_libreoffice(&office, "b.fods", "xlsx");
    let said = office.run(&["import", "b.xlsx", "--yes"]);
    for line in ["~ nhiệm vụ N02: due 2023-11-30 → 2023-12-15", "- nhiệm vụ N59", "cột Tên báo cáo “Báo cáo sáu tháng”"]
    {
        assert!(said.contains(line), "{line} is not in {said}");
    }
    let changes = said.lines().filter(|line| line.starts_with("  ")).count();
    assert_eq!(changes, 3, "{said}");
}
