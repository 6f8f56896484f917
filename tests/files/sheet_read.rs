//! Workbooks as offices have them become plans; what cannot be read is said with its sheet, row and column.

use jiff::civil::{Date, date};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use tiendo::{
    domain::id::ItemId,
    planfile::{self, HolidayTables},
    sources::sheet::{
        limits::{Limits, Unusable},
        mapping::{Field, Mapping, SheetKind, SheetMapping},
        read::read,
        reading::{Reading, Standing, Told},
    },
};

fn xlsx(lay_out: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    lay_out(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

fn write(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            if !cell.is_empty() {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
}

fn try_read(bytes: &[u8], name: &str) -> Result<Reading, Unusable> {
    read(bytes, name, &Mapping::default(), &Limits::default())
}

fn csv(text: &str) -> Reading {
    try_read(text.as_bytes(), "ke-hoach-2023.csv").unwrap()
}

fn told<'r>(reading: &'r Reading, item: &str) -> &'r Told {
    reading.told.get(item).unwrap_or_else(|| panic!("{item} is not among {:?}", reading.told.keys()))
}

fn unread(reading: &Reading) -> Vec<(String, u32, String, String, &'static str)> {
    let said = |one: &tiendo::sources::sheet::reading::Unread| {
        let column = one.column.as_ref().map(ToString::to_string).unwrap_or_default();
        (one.sheet.to_string(), one.row, column, one.value.to_string(), one.why.id)
    };
    reading.unread.iter().map(said).collect()
}

/// A workbook of sample data as an office would keep it: title lines, merged headings, sections, a footer.
fn office() -> Vec<u8> {
    xlsx(|workbook| {
        let day = Format::new().set_num_format("dd/mm/yyyy");
        let sheet = workbook.add_worksheet().set_name("Nhiệm vụ").unwrap();
        sheet.merge_range(0, 0, 0, 3, "ỦY BAN NHÂN DÂN TỈNH (dữ liệu minh họa)", &Format::new()).unwrap();
        sheet.merge_range(0, 4, 0, 8, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &Format::new()).unwrap();
        sheet.merge_range(2, 0, 2, 8, "PHÂN CÔNG NHIỆM VỤ THỰC HIỆN KẾ HOẠCH NĂM 2023", &Format::new()).unwrap();
        sheet.merge_range(3, 0, 3, 8, "(Kèm theo Kế hoạch số 95/KH-UBND ngày 21/3/2023)", &Format::new()).unwrap();
        for (column, heading) in [(0, "STT"), (1, "Nội dung nhiệm vụ"), (2, "Cơ quan chủ trì"), (3, "Cơ quan phối hợp")]
        {
            sheet.merge_range(5, column, 6, column, heading, &Format::new()).unwrap();
        }
        sheet.merge_range(5, 4, 5, 5, "Thời gian thực hiện", &Format::new()).unwrap();
        sheet.write_string(6, 4, "Bắt đầu").unwrap();
        sheet.write_string(6, 5, "Kết thúc").unwrap();
        for (column, heading) in [(6, "Tiến độ (%)"), (7, "Tình trạng"), (8, "Ghi chú")] {
            sheet.merge_range(5, column, 6, column, heading, &Format::new()).unwrap();
        }
        for column in 0..9 {
            sheet.write_number(7, column, f64::from(column + 1)).unwrap();
        }
        sheet.merge_range(8, 0, 8, 8, "I. CÔNG TÁC TRUYỀN THÔNG", &Format::new()).unwrap();
        sheet.write_number(9, 0, 1).unwrap();
        sheet.write_string(9, 1, "Tuyên truyền Luật Bình đẳng giới").unwrap();
        sheet.write_string(9, 2, "Sở Tư pháp").unwrap();
        sheet.write_string(9, 3, "Sở Văn hóa, Thể thao và Du lịch; Hội LHPN tỉnh").unwrap();
        sheet.write_datetime_with_format(9, 4, ExcelDateTime::from_ymd(2023, 5, 15).unwrap(), &day).unwrap();
        sheet.write_datetime_with_format(9, 5, ExcelDateTime::from_ymd(2023, 11, 9).unwrap(), &day).unwrap();
        sheet.write_number_with_format(9, 6, 0.8, &Format::new().set_num_format("0%")).unwrap();
        sheet.write_string(9, 7, "Đang thực hiện").unwrap();
        sheet.write_number(10, 0, 2).unwrap();
        sheet.write_string(10, 1, "Phát hành sản phẩm truyền thông").unwrap();
        sheet.write_string(10, 2, "Sở LĐTBXH").unwrap();
        sheet.write_string(10, 5, "trước ngày 20/6").unwrap();
        sheet.write_string(10, 7, "Đã hoàn thành 15/6/2023").unwrap();
        sheet.write_string(10, 8, "Đã gửi các huyện").unwrap();
        sheet.merge_range(11, 0, 11, 8, "II. CÔNG TÁC CÁN BỘ", &Format::new()).unwrap();
        sheet.write_number(12, 0, 3).unwrap();
        sheet.write_string(12, 1, "Rà soát quy hoạch cán bộ nữ").unwrap();
        sheet.write_string(12, 2, "Sở Nội vụ").unwrap();
        sheet.write_string(12, 5, "sớm nhất có thể").unwrap();
        sheet.write_string(12, 7, "Có dự thảo").unwrap();
        sheet.write_string(13, 1, "Tổng cộng").unwrap();
        sheet.write_number(13, 0, 3).unwrap();
        sheet.write_string(15, 7, "NGƯỜI LẬP BIỂU").unwrap();

        let sheet = workbook.add_worksheet().set_name("Báo cáo").unwrap();
        write(
            sheet,
            &[
                &["THEO DÕI BÁO CÁO NĂM 2023"],
                &[
                    "TT",
                    "Tên báo cáo",
                    "Đơn vị báo cáo",
                    "Kỳ báo cáo",
                    "Hạn nộp",
                    "Ngày nhận",
                    "Số văn bản",
                    "Gia hạn đến",
                ],
                &[
                    "1",
                    "Báo cáo 6 tháng",
                    "Sở Nội vụ",
                    "6 tháng đầu năm",
                    "trước ngày 20/6/2023",
                    "19/6/2023",
                    "12/BC-SNV",
                ],
                &["2", "Báo cáo 6 tháng", "Sở Tư pháp", "6 tháng đầu năm", "trước ngày 20/6/2023", "", "", "30/6"],
                &["3", "Báo cáo 6 tháng", "Sở LĐTBXH", "6 tháng đầu năm", "trước ngày 20/6/2023", "chưa"],
            ],
        );
        let sheet = workbook.add_worksheet().set_name("Báo cáo quý").unwrap();
        write(
            sheet,
            &[
                &["BÁO CÁO QUÝ"],
                &["STT", "Cơ quan", "Quý I (trước 20/3)", "Quý II", "Quý III", "Quý IV"],
                &["", "Hạn nộp", "", "19/6", "20.9.23", ""],
                &["1", "Sở Nội vụ", "18/3/2023", "x", "", ""],
                &["2", "Sở Tư pháp", "có", "miễn", "hẹn sau", ""],
            ],
        );
        let sheet = workbook.add_worksheet().set_name("Chiến dịch").unwrap();
        write(
            sheet,
            &[
                &["Tên chiến dịch", "Thời gian", "Chủ trì", "Phối hợp", "Mốc"],
                &[
                    "Tháng hành động vì bình đẳng giới",
                    "15/11 – 15/12/2023",
                    "Sở LĐTBXH",
                    "Các sở, ban, ngành",
                    "Lễ phát động: 15/11\nBáo cáo kết quả (20/12)",
                ],
            ],
        );
        let sheet = workbook.add_worksheet().set_name("Danh sách cơ quan").unwrap();
        write(
            sheet,
            &[
                &["Mã", "Tên cơ quan", "Tên viết tắt", "Email"],
                &["ldtbxh", "Sở Lao động - Thương binh và Xã hội", "Sở LĐTBXH", "ldtbxh@example.vn"],
                &["nv", "Sở Nội vụ", "Sở NV", ""],
            ],
        );
    })
}

#[test]
fn a_workbook_as_an_office_has_it_becomes_a_plan() {
    let reading = try_read(&office(), "ke-hoach-2023.xlsx").unwrap();
    let plan = &reading.plan;
    assert_eq!(plan.id.as_str(), "ke-hoach-2023");
    assert_eq!(plan.title.get("vi"), "PHÂN CÔNG NHIỆM VỤ THỰC HIỆN KẾ HOẠCH NĂM 2023");
    assert_eq!((plan.number.as_deref(), plan.year, &*plan.timezone), (Some("95/KH-UBND"), 2023, "Asia/Ho_Chi_Minh"));
    assert!(!plan.calendar.days_off.is_empty(), "the holidays of the country");

    let tasks: Vec<_> =
        plan.tasks.iter().map(|task| (task.title.get("vi"), task.lead.as_str(), task.start, task.due)).collect();
    assert_eq!(
        tasks,
        [
            ("Tuyên truyền Luật Bình đẳng giới", "so-tu-phap", Some(date(2023, 5, 15)), Some(date(2023, 11, 9))),
            ("Phát hành sản phẩm truyền thông", "ldtbxh", None, Some(date(2023, 6, 19))),
            ("Rà soát quy hoạch cán bộ nữ", "nv", None, None),
        ]
    );
    let [first, second, third] = plan.tasks.as_slice() else { panic!("{tasks:?}") };
    assert_eq!(
        first.coordinating.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        ["so-van-hoa-the-thao-va-du-lich", "hoi-lhpn-tinh"]
    );
    assert_eq!(first.programme.as_ref().unwrap().as_str(), "i-cong-tac-truyen-thong");
    assert_eq!(second.due_text.as_deref(), Some("trước ngày 20/6"));
    assert_eq!(third.programme.as_ref().unwrap().as_str(), "ii-cong-tac-can-bo");
    assert_eq!(told(&reading, ItemId::task(&first.id).as_str()).progress, Some(80));
    let done = told(&reading, ItemId::task(&second.id).as_str());
    assert_eq!((done.done, done.handed_in), (true, Some(date(2023, 6, 15))));
    assert_eq!(done.note.as_deref(), Some("Đã gửi các huyện"));
    assert_eq!(told(&reading, ItemId::task(&third.id).as_str()).note.as_deref(), Some("Có dự thảo"));

    let half = plan.duties.iter().find(|duty| duty.id.as_str() == "bao-cao-6-thang").unwrap();
    assert_eq!(half.owes.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["nv", "so-tu-phap", "ldtbxh"]);
    assert_eq!((&*half.periods[0].period, half.periods[0].due), ("2023-H1", Some(date(2023, 6, 19))));
    let received = told(&reading, "report:bao-cao-6-thang/2023-H1/nv");
    assert_eq!((received.handed_in, received.document.as_deref()), (Some(date(2023, 6, 19)), Some("12/BC-SNV")));
    assert_eq!(told(&reading, "report:bao-cao-6-thang/2023-H1/so-tu-phap").extended_to, Some(date(2023, 6, 30)));
    assert!(!reading.told.contains_key("report:bao-cao-6-thang/2023-H1/ldtbxh"));

    let quarters = plan.duties.iter().find(|duty| duty.id.as_str() == "bao-cao-quy").unwrap();
    let due: Vec<_> = quarters.periods.iter().map(|period| (&*period.period, period.due)).collect();
    let day = |month, day| Some(date(2023, month, day));
    assert_eq!(due, [("2023-Q4", None), ("2023-Q1", day(3, 19)), ("2023-Q2", day(6, 19)), ("2023-Q3", day(9, 20))]);
    assert_eq!(told(&reading, "report:bao-cao-quy/2023-Q1/nv").handed_in, day(3, 18));
    assert!(told(&reading, "report:bao-cao-quy/2023-Q2/nv").done);
    assert_eq!(told(&reading, "report:bao-cao-quy/2023-Q2/so-tu-phap").standing, Some(Standing::Exempt));

    let [campaign] = plan.campaigns.as_slice() else { panic!() };
    assert_eq!(
        (campaign.from, campaign.to, campaign.lead.as_str()),
        (date(2023, 11, 15), date(2023, 12, 15), "ldtbxh")
    );
    assert_eq!(campaign.coordinating[0].as_str(), "all");
    let milestones: Vec<_> = campaign.milestones.iter().map(|one| (one.title.get("vi"), one.due)).collect();
    assert_eq!(milestones, [("Lễ phát động", day(11, 15)), ("Báo cáo kết quả", day(12, 20))]);

    let labour = plan.agencies.iter().find(|agency| agency.id.as_str() == "ldtbxh").unwrap();
    assert_eq!(
        (labour.name.get("vi"), labour.email.as_deref()),
        ("Sở Lao động - Thương binh và Xã hội", Some("ldtbxh@example.vn"))
    );
}

#[test]
fn what_could_not_be_read_is_said_with_its_place() {
    let reading = try_read(&office(), "ke-hoach-2023.xlsx").unwrap();
    let said = unread(&reading);
    let said: Vec<_> = said
        .iter()
        .map(|(sheet, row, column, value, why)| (sheet.as_str(), *row, column.as_str(), value.as_str(), *why))
        .collect();
    assert_eq!(
        said,
        [
            ("Nhiệm vụ", 13, "Kết thúc", "sớm nhất có thể", "workbook-not-a-day"),
            ("Nhiệm vụ", 13, "Tình trạng", "Có dự thảo", "workbook-unknown-status"),
            ("Báo cáo quý", 5, "Quý III", "hẹn sau", "workbook-not-an-answer"),
        ]
    );
}

#[test]
fn the_same_row_has_the_same_id_next_time() {
    let before = csv("Nhiệm vụ,Chủ trì,Thời hạn\nA,Sở X,1/6/2023\nB,Sở Y,1/6/2023\n");
    let after = csv("Nhiệm vụ,Chủ trì,Thời hạn,Ghi chú\nMới,Sở X,\nB,SỞ Y,9/9/2023,n\na,Sở X,2/7/2023\n");
    let id = |reading: &Reading, title: &str| {
        let found = reading.plan.tasks.iter().find(|task| task.title.get("vi").eq_ignore_ascii_case(title));
        found.unwrap().id.clone()
    };
    assert_eq!(id(&before, "A"), id(&after, "a"));
    assert_eq!(id(&before, "B"), id(&after, "B"));
    let twice = csv("Nhiệm vụ,Chủ trì\nA,Sở X\nA,Sở X\n");
    let ids: Vec<_> = twice.plan.tasks.iter().map(|task| task.id.as_str().to_owned()).collect();
    assert_eq!(ids[1], format!("{}-2", ids[0]));
}

#[test]
fn a_column_of_ids_is_taken_and_two_rows_with_one_are_not() {
    let reading = csv("Mã,Nhiệm vụ,Chủ trì\nN01,A,Sở X\nN01,B,Sở X\nN/2,C,Sở X\n");
    assert_eq!(reading.plan.tasks.iter().map(|task| task.id.as_str()).filter(|id| *id == "N01").count(), 1);
    let said: Vec<_> =
        unread(&reading).into_iter().map(|(_, row, column, value, why)| (row, column, value, why)).collect();
    assert_eq!(
        said,
        [
            (3, "Mã".to_owned(), "N01".to_owned(), "workbook-id-twice"),
            (4, "Mã".to_owned(), "N/2".to_owned(), "workbook-id-slash")
        ]
    );
}

#[test]
fn a_sheet_of_tasks_alone_is_enough_and_english_is_read() {
    let reading = csv(
        "No,Task,Responsible agency,Deadline,Progress,Done\n1,Review,Department of Health,2023-06-20,50%,\n2,Train,Department of Health,30/6/2023,,yes\n",
    );
    assert_eq!(reading.plan.agencies.len(), 1);
    assert_eq!(reading.plan.agencies[0].kind.as_str(), "department");
    assert_eq!(
        reading.plan.tasks.iter().map(|task| task.due).collect::<Vec<_>>(),
        [Some(date(2023, 6, 20)), Some(date(2023, 6, 30))]
    );
    assert!(told(&reading, ItemId::task(&reading.plan.tasks[1].id).as_str()).done);
    assert_eq!(reading.unread, []);
}

#[test]
fn all_of_it_is_done_unless_a_column_of_its_own_says_otherwise() {
    let rows = "Mã,Nội dung nhiệm vụ,Cơ quan chủ trì,Thời hạn,Tiến độ (%)";
    let alone = csv(&format!("{rows}\nN1,Phát động,Sở Nội vụ,20/6/2023,100\nN2,Tập huấn,Sở Nội vụ,20/6/2023,70\n"));
    assert_eq!((told(&alone, "task:N1").done, told(&alone, "task:N2").done), (true, false));
    let status = csv(&format!("{rows},Tình trạng\nN1,Phát động,Sở Nội vụ,20/6/2023,100,Đang thực hiện\n"));
    assert!(!told(&status, "task:N1").done);
}

#[test]
fn a_mapping_goes_before_what_would_be_guessed() {
    let file = "Sổ theo dõi\nA,B,C,D\nViệc,Ai,Khi nào,Bao giờ\nRà soát,Phòng 1,x,5/6\n";
    assert_eq!(try_read(file.as_bytes(), "so.csv").unwrap_err().0.id, "workbook-no-table");
    let columns = [(Field::Title, "Việc"), (Field::Agency, "b"), (Field::Due, "Bao giờ")];
    let sheet = SheetMapping {
        kind: Some(SheetKind::Tasks),
        heading_row: Some(3),
        columns: columns.into_iter().map(|(field, named)| (field, named.into())).collect(),
        ..SheetMapping::default()
    };
    let mapping = Mapping {
        plan: Some("so".into()),
        title: Some("Sổ việc".into()),
        year: Some(2024),
        timezone: Some("Asia/Bangkok".into()),
        holidays: Some("".into()),
        sheets: vec![sheet],
        ..Mapping::default()
    };
    let reading = read(file.as_bytes(), "x.csv", &mapping, &Limits::default()).unwrap();
    let plan = &reading.plan;
    assert_eq!(
        (plan.id.as_str(), plan.title.get("vi"), plan.year, &*plan.timezone, &plan.holidays),
        ("so", "Sổ việc", 2024, "Asia/Bangkok", &None)
    );
    assert_eq!(
        plan.tasks.iter().map(|task| (task.title.get("vi"), task.lead.as_str(), task.due)).collect::<Vec<_>>(),
        [("Rà soát", "phong-1", Some(date(2024, 6, 5)))]
    );
    assert_eq!(
        unread(&reading).into_iter().map(|one| (one.2, one.4)).collect::<Vec<_>>(),
        [("Khi nào".to_owned(), "workbook-unknown-column")]
    );
    let toml = "plan = 'so'\n[[sheet]]\nname = 'Trang 1'\nkind = 'report-grid'\nheading_row = 4\ncolumns = { agency = 'B', handed-in = 'Ngày' }\n";
    assert!(toml::from_str::<Mapping>(toml).is_ok());
}

#[test]
fn dates_of_both_systems_and_of_lost_formats_are_read() {
    let file = xlsx(|workbook| {
        let sheet = workbook.add_worksheet();
        write(sheet, &[&["Nhiệm vụ", "Chủ trì", "Hạn"], &["A", "Sở X"]]);
        sheet.write_number(1, 2, 45097).unwrap();
    });
    let due = |file: &[u8]| -> Vec<Option<Date>> {
        try_read(file, "a.xlsx").unwrap().plan.tasks.iter().map(|task| task.due).collect()
    };
    assert_eq!(due(&file), [Some(date(2023, 6, 20))]);
}

#[test]
fn rows_of_json_are_read_alone_and_by_sheets() {
    let rows = r#"[{"Nhiệm vụ": "A", "Chủ trì": "Sở X", "Phối hợp": ["Sở Y", "Sở Z"], "Hạn": "2023-06-20T00:00:00Z", "Tiến độ": 40, "khác": {"a": 1}}]"#;
    let reading = try_read(rows.as_bytes(), "a.json").unwrap();
    let [task] = reading.plan.tasks.as_slice() else { panic!() };
    assert_eq!((task.due, task.coordinating.len()), (Some(date(2023, 6, 20)), 2));
    assert_eq!(told(&reading, ItemId::task(&task.id).as_str()).progress, Some(40));
    let sheets = r#"{"Nhiệm vụ": [{"Nội dung": "A", "Chủ trì": "nv"}], "Cơ quan": [{"Mã": "nv", "Tên": "Sở Nội vụ"}]}"#;
    let reading = try_read(sheets.as_bytes(), "https://example.vn/plan").unwrap();
    assert_eq!(reading.plan.tasks[0].lead.as_str(), "nv");
    assert_eq!(reading.plan.agencies[0].name.get("vi"), "Sở Nội vụ");
}

#[test]
fn a_plan_file_is_read_as_it_is_everywhere() {
    let sample = planfile::sample().unwrap().plan;
    let reading = try_read(planfile::write_json(&sample).as_bytes(), "plan.json").unwrap();
    assert_eq!(reading.plan, sample);
    assert!(reading.told.is_empty());
}

#[test]
fn what_is_read_passes_for_a_plan_file_without_a_remark() {
    let reading = try_read(&office(), "ke-hoach-2023.xlsx").unwrap();
    let written = planfile::write_json(&reading.plan);
    let loaded = planfile::read("x.json", &written, &HolidayTables::shipped()).unwrap();
    assert_eq!((loaded.plan, loaded.set_aside), (reading.plan, 0));
}

#[test]
fn old_code_pages_and_utf_16_give_the_same_plan() {
    let text = "Nhiệm vụ;Chủ trì;Hạn\r\nKế hoạch;Sở Y tế;20/6/2023\r\n";
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    // ê and ô are letters of windows-1258, the tones marks behind them.
    let old = b"Nhi\xEA\xF2m v\x75\xF2;Ch\x75\xD2 tri\xCC;H\x61\xF2n\r\nK\xEA\xEC hoa\xF2ch;S\xF5\xD2 Y t\xEA\xEC;20/6/2023\r\n";
    let expected = csv(text);
    assert_eq!(try_read(&utf16, "ke-hoach-2023.csv").unwrap().plan, expected.plan);
    assert_eq!(try_read(old, "ke-hoach-2023.csv").unwrap().plan, expected.plan);
}
