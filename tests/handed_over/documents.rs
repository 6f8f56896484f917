//! The consolidated report and the official letter: what is in them, in which form, and that a real word processor opens them.

use crate::{office::Office, skip};
use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read},
    path::Path,
    process::{Command, Stdio},
};

use quick_xml::{Reader, events::Event};
use serde_json::Value;
use zip::ZipArchive;

impl Office {
    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.file(name).parent().unwrap()).unwrap();
        fs::write(self.file(name), text).unwrap();
    }

    #[track_caller]
    fn markdown(&self, line: &[&str]) -> String {
        self.run(&[line, &["export", "x.md", "--force"]].concat());
        fs::read_to_string(self.file("x.md")).unwrap()
    }

    #[track_caller]
    fn letter(&self, line: &[&str]) -> String {
        self.run(&[&["export", "--letter", "x.md", "--force"], line].concat());
        fs::read_to_string(self.file("x.md")).unwrap()
    }

    #[track_caller]
    fn docx(&self, line: &[&str]) -> Docx {
        self.run(&[line, &["export", "x.docx", "--force"]].concat());
        Docx::read(&self.file("x.docx"))
    }

    /// The plan in a ledger of this machine.
    #[track_caller]
    fn with_plan(plan: &str) -> Self {
        let office = Office::new();
        office.write("plan.toml", plan);
        office.run(&["import", "plan.toml", "--yes"]);
        office
    }
}

/// The parts of a file, each read to its end as XML.
struct Docx(BTreeMap<String, String>);

impl Docx {
    #[track_caller]
    fn read(file: &Path) -> Self {
        let mut zip = ZipArchive::new(Cursor::new(fs::read(file).unwrap())).unwrap();
        let mut parts = BTreeMap::new();
        for index in 0..zip.len() {
            let mut part = zip.by_index(index).unwrap();
            let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
            part.read_to_string(&mut text).unwrap();
            let letters = text.chars();
            let strange = letters.filter(|letter| letter.is_control() && *letter != '\n').count();
            assert_eq!(strange, 0, "{name}");
            let mut reader = Reader::from_str(&text);
            reader.config_mut().check_end_names = true;
            while reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) != Event::Eof {}
            parts.insert(name, text);
        }
        Docx(parts)
    }

    fn body(&self) -> &str {
        &self.0["word/document.xml"]
    }

    /// The paragraphs, as text.
    fn paragraphs(&self) -> Vec<String> {
        let (mut said, mut now, mut inside) = (Vec::new(), String::new(), false);
        let mut reader = Reader::from_str(self.body());
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => return said,
                Event::Start(tag) => inside = tag.name().as_ref() == "w:t",
                Event::Text(text) if inside => now.push_str(&text),
                Event::GeneralRef(name) if inside => now.push_str(match name.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    other => panic!("{other:?}"),
                }),
                Event::End(tag) => {
                    inside = false;
                    if tag.name().as_ref() == "w:p" {
                        said.push(std::mem::take(&mut now));
                    }
                }
                Event::Empty(_)
                | Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_)
                | Event::GeneralRef(_) => {}
            }
        }
    }

    fn text(&self) -> String {
        self.paragraphs().join("\n")
    }
}

/// The tables of a Markdown text, each its rows of cells, headings first.
fn tables(markdown: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut before = "";
    for line in markdown.lines() {
        if line.starts_with("| ") {
            if !before.starts_with("| ") {
                tables.push(Vec::new());
            }
            let cells = line.strip_prefix("| ").unwrap().strip_suffix(" |").unwrap();
            let cells = cells.split(" | ").map(|cell| cell.trim_matches('*').to_owned()).collect();
            tables.last_mut().unwrap().push(cells);
        }
        before = line;
    }
    for table in &mut tables {
        table.remove(1);
    }
    tables
}

/// What a row of figures has to say, by `tiendo status`.
fn figures(counts: &Value, all: &str) -> Vec<String> {
    let number = |name: &str| counts[name].as_u64().unwrap();
    let cell = |name: &str| counts["cells"][name].as_u64().unwrap_or(0);
    let (assigned, done) = (number(all), number("done"));
    let open = number("open");
    let waiting = cell("awaiting-confirmation") + cell("paused");
    // What has no deadline bears one word in `cells`, done or not: the rest of done is on time, that of open in time.
    let counted = [
        assigned,
        number("reached"),
        done - cell("late"),
        cell("late"),
        open - cell("overdue") - waiting,
        cell("overdue"),
        waiting,
    ];
    let tenths = (done as f64 / assigned as f64 * 1000.0).round() as u64;
    let rate = format!("{},{}%", tenths / 10, tenths % 10);
    counted.iter().map(ToString::to_string).chain([rate]).collect()
}

#[test]
fn the_figures_are_those_of_status_for_all_and_for_a_part() {
    let office = Office::new();
    for asked in [&[][..], &["--filter", "status:overdue"], &["--agency", "bdo"], &["--at", "30/6/2023"]] {
        let status = office.run(&[&["status", "--format", "json"], asked].concat());
        let status: Value = serde_json::from_str(&status).unwrap();
        office.run(&[&["export", "x.md", "--force"], asked].concat());
        let tables = tables(&fs::read_to_string(office.file("x.md")).unwrap());
        for (table, kind) in [(&tables[0], "tasks"), (&tables[1], "reports")] {
            let agencies = status["agencies"].as_array().unwrap().iter();
            let agencies: Vec<&Value> = agencies.filter(|agency| agency[kind]["assigned"] != 0).collect();
            assert_eq!(table.len(), agencies.len() + 2, "{asked:?} {kind}");
            for (row, agency) in table[1..].iter().zip(agencies) {
                assert_eq!(row[1], agency["name"].as_str().unwrap());
                assert_eq!(row[2..], figures(&agency[kind], "assigned"), "{asked:?} {kind} {}", row[1]);
            }
            let total = table.last().unwrap();
            if status[kind]["total"] != 0 {
                assert_eq!(total[2..], figures(&status[kind], "total"), "{asked:?} {kind}");
            }
            let sum: u64 = total[4..9].iter().map(|cell| cell.parse::<u64>().unwrap()).sum();
            assert_eq!(sum.to_string(), total[2], "each is in one column");
        }
        let overdue = status["tasks"]["cells"]["overdue"].as_u64().unwrap()
            + status["reports"]["cells"]["overdue"].as_u64().unwrap();
        let listed = tables.last().unwrap();
        assert_eq!(listed.len() as u64, overdue + 1, "{asked:?}: the appendix lists what is overdue");
        let programmes = tables[2].last().unwrap()[2].parse::<u64>().unwrap();
        let all = status["tasks"]["total"].as_u64().unwrap() + status["reports"]["total"].as_u64().unwrap();
        assert_eq!(programmes, all, "{asked:?}");
        let rows = tables[2][1..tables[2].len() - 1].iter().map(|row| row[2].parse::<u64>().unwrap());
        assert_eq!(rows.sum::<u64>(), all, "the programmes, and what belongs to none, are all");
    }
}

#[test]
fn a_report_says_where_it_is_from_and_that_it_is_sample_data() {
    let office = Office::new();
    let text = office.markdown(&[]);
    for said in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "*Bình Phước, ngày …… tháng …… năm ……*",
        "# BÁO CÁO\n",
        "Kế hoạch số 95/KH-UBND ngày 21/03/2023 của Ủy ban nhân dân tỉnh Bình Phước",
        "số liệu tính đến 08:00 ngày 20/11/2023",
        "Số liệu lúc 20/11/2023 08:00 · nguồn: kế hoạch minh họa · phạm vi: toàn bộ kế hoạch · người lập: van-thu",
        "## III. NGUYÊN NHÂN\n\n- Hội Cựu chiến binh tỉnh, Báo cáo 6 tháng đầu năm: “hẹn nộp trong tháng 7” (ngày 14/07/2023).",
        "“Đề xuất phê bình”: 1 mục của Hội Cựu chiến binh tỉnh",
        "đôn đốc 2 lần, gần nhất ngày 27/06/2023; trình lãnh đạo 1 lần (Nhắc nhở, rút kinh nghiệm); đơn vị hẹn ngày 31/07/2023",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert_eq!(text.matches("Dữ liệu minh họa, không phải số liệu thật").count(), 2, "on each part");
    let docx = office.docx(&[]);
    assert!(docx.text().starts_with("Dữ liệu minh họa"));
    assert!(docx.0["word/header1.xml"].contains("Dữ liệu minh họa"), "on each page");
    let filtered = office.letter(&["--filter", "bu dop", "--agency", "bdo"]);
    assert!(filtered.contains("phạm vi: bdo bu dop"), "{filtered}");
}

#[test]
fn a_word_processors_file_says_what_the_markdown_says() {
    let office = Office::new();
    for lang in [&["--lang", "vi"], &["--lang", "en"]] {
        let (docx, markdown) = (office.docx(lang), office.markdown(lang));
        let plain = markdown.replace(['*', '\\'], "");
        for paragraph in docx.paragraphs() {
            let paragraph = paragraph.trim();
            // Headings of groups are said with each column there.
            assert!(plain.contains(paragraph), "{paragraph}");
        }
        assert!(docx.paragraphs().len() > 700, "{}", docx.paragraphs().len());
        assert!(!plain.contains(['{', '}']) && !plain.contains("export-") && !plain.contains("letter-"), "{plain}");
    }
}

#[test]
fn the_form_is_an_offices() {
    let office = Office::new();
    let docx = office.docx(&[]);
    let (body, styles) = (docx.body(), &docx.0["word/styles.xml"]);
    assert_eq!(body.matches("<w:sectPr>").count(), 2);
    // A4, margins within 20–25, 20–25, 30–35, 15–20 mm; the first page of each part bears no number.
    assert!(body.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"));
    assert!(body.contains("<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"));
    let margins = "w:top=\"1134\" w:right=\"851\" w:bottom=\"1134\" w:left=\"1701\"";
    assert_eq!(body.matches(margins).count(), 2);
    assert_eq!(body.matches("<w:titlePg/>").count(), 2);
    assert!(docx.0["word/header1.xml"].contains(" PAGE "));
    for style in ["Heading1", "Heading2", "Title", "AppendixTitle"] {
        assert!(body.contains(&format!("<w:pStyle w:val=\"{style}\"/>")), "{style}");
    }
    let tables = body.matches("<w:tblBorders>").count();
    assert_eq!(tables, 6);
    // Four of them have groups of columns, and two rows of headings.
    assert_eq!(body.matches("<w:tblHeader/>").count(), 10);
    assert!(styles.contains("w:ascii=\"Times New Roman\"") && styles.contains("<w:lang w:val=\"vi-VN\""));
    assert!(styles.contains("<w:name w:val=\"heading 1\"/>") && styles.contains("<w:outlineLvl w:val=\"0\"/>"));
    assert!(office.docx(&["--lang", "en"]).0["word/styles.xml"].contains("<w:lang w:val=\"en-GB\""));
    for style in styles.split("w:styleId=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert_eq!(styles.matches(&format!("w:styleId=\"{style}\"")).count(), 1, "{style}");
    }
    for used in body.split("<w:pStyle w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(styles.contains(&format!("w:styleId=\"{used}\"")), "{used}");
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let office = Office::new();
    for line in [&["export"][..], &["export", "--letter"]] {
        let bytes = [(); 2].map(|()| {
            office.run(&[line, &["x.docx", "--force"]].concat());
            fs::read(office.file("x.docx")).unwrap()
        });
        assert!(bytes[0] == bytes[1]);
    }
}

#[test]
fn a_letter_lists_what_each_agency_is_late_with() {
    let office = Office::new();
    let text = office.letter(&[]);
    for said in [
        "Số: ……/……-……",
        "V/v đôn đốc thực hiện nhiệm vụ, báo cáo quá hạn theo Kế hoạch 95/KH-UBND",
        "- UBND huyện Bù Gia Mập;\n- UBND huyện Lộc Ninh.",
        "còn 8 cơ quan, đơn vị chưa hoàn thành 11 nhiệm vụ, báo cáo đã quá hạn",
        "trước ngày 27/11/2023",
        "|  | **UBND huyện Bù Đốp** |  |  |  |\n| 1 | Kiện toàn Ban VSTBPN huyện Bù Đốp | 31/05/2023 | 173 ngày (121 ngày làm việc) | 2 lần, gần nhất ngày 09/06/2023 |",
        "(QUYỀN HẠN, CHỨC VỤ)",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(!text.contains("hẹn nộp"), "what was noted inside the office stays there");
    let listed: usize = tables(&text).iter().map(|table| table.len() - 1 - 8).sum();
    assert_eq!(listed, 11);
    let one = office.letter(&["--agency", "bdo"]);
    assert!(one.contains("Kính gửi: UBND huyện Bù Đốp\n") && one.contains("Quý cơ quan còn 3 nhiệm vụ"), "{one}");
    assert!(!one.contains("Bù Gia Mập"));
    let english = office.letter(&["--agency", "bdo", "--lang", "en"]);
    assert!(english.contains("SOCIALIST REPUBLIC OF VIET NAM") && english.contains("To: Bù Đốp District"), "{english}");
}

#[test]
fn each_agency_gets_a_letter_of_its_own_where_that_is_asked_for() {
    let office = Office::new();
    office.write("own.toml", "agency = \"ldtbxh\"\n");
    let line = ["--config", "own.toml", "export", "--letter", "--each", "cong-van.docx"];
    let said = office.run(&line);
    assert!(said.contains("Sở LĐTBXH còn 1 mục quá hạn, không có trong công văn"), "{said}");
    let mut files: Vec<String> = fs::read_dir(office.home.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".docx"))
        .collect();
    files.sort();
    let ids = ["bda", "bdo", "bgm", "hccb", "lhpn", "ln", "mttq"];
    assert_eq!(files, ids.map(|id| format!("cong-van-{id}.docx")));
    let text = Docx::read(&office.file("cong-van-bdo.docx")).text();
    assert!(text.contains("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI") && text.contains("ỦY BAN NHÂN DÂN TỈNH BÌNH PHƯỚC"));
    assert!(text.contains("- Ủy ban nhân dân tỉnh Bình Phước (để báo cáo);"), "{text}");
    assert_eq!(office.tried(&line).0, 4, "what is there is not written over");
    office.run(&[&line[..], &["--force"]].concat());
    assert_eq!(office.tried(&["export", "--each", "x.docx"]).0, 2);
    assert_eq!(office.tried(&["export", "--letter", "x.xlsx"]).0, 2);
    assert!(!office.file("x.xlsx").exists());
}

const PLAN: &str = r#"
format = "tiendo-plan/1"
id = "p"
timezone = "Asia/Ho_Chi_Minh"
[[agencies]]
id = "a"
kind = "department"
[[agencies]]
id = "b"
kind = "department"
"#;

#[test]
fn where_nobody_is_late_no_letter_is_drafted() {
    let office = Office::with_plan(&format!("{PLAN}[[tasks]]\nid = \"N1\"\nlead = \"a\"\ndue = \"2999-01-02\"\n"));
    let (code, said) = office.tried(&["export", "--letter", "x.docx"]);
    assert!(code == 4 && said.contains("Không có cơ quan nào quá hạn"), "{code} {said}");
    assert!(!office.file("x.docx").exists());
    let report = office.markdown(&[]);
    assert!(report.contains("## III. NGUYÊN NHÂN\n\nKhông có nhiệm vụ, báo cáo quá hạn."), "{report}");
    assert!(report.contains("## IV. KIẾN NGHỊ\n\nKhông có kiến nghị."));
}

#[test]
fn a_plan_that_says_little_of_itself_leaves_blanks_and_no_debris() {
    let office = Office::with_plan(&format!("{PLAN}[[tasks]]\nid = \"N1\"\nlead = \"a\"\ndue = \"2023-01-02\"\n"));
    for text in [office.markdown(&[]), office.letter(&[])] {
        assert!(text.contains("*……………, ngày …… tháng …… năm ……*"), "{text}");
        for debris in ["None", "()", " số  ", "của  ", "ngày  ", "{", "minh họa"] {
            assert!(!text.contains(debris), "{debris:?} {text}");
        }
    }
    assert!(office.letter(&[]).contains("Kế hoạch (p)"));
    assert!(office.markdown(&[]).contains("| 1 | Không thuộc chương trình nào | 1 | 1 | 0 |"));
    let docx = office.docx(&[]);
    assert!(!docx.0["word/header1.xml"].contains("HeaderNote"));
}

#[test]
fn text_of_a_plan_stays_text() {
    let hostile = r#"<w:p>&amp; "x" ]]> | **đ** _e_ [f](javascript:1) `g` <script>\u202e\u0007 אבג 🎉 #1"#;
    let cleaned = "<w:p>&amp; \"x\" ]]> | **đ** _e_ [f](javascript:1) `g` <script>\u{fffd}\u{fffd} אבג 🎉 #1";
    let quoted = hostile.replace('"', "\\\"");
    let plan = format!(
        "{PLAN}[[tasks]]\nid = \"N1\"\nlead = \"c\"\ndue = \"2023-01-02\"\ntitle = \"{quoted}\"\n\
         [[agencies]]\nid = \"c\"\nkind = \"department\"\nname = \"{quoted}\"\n"
    );
    let office = Office::with_plan(&plan.replace("id = \"p\"", &format!("id = \"p\"\nnumber = \"{quoted}\"")));
    office.run(&["act", "note", "task:N1", "--note", "]]></w:t><w:br/>| <b>vì</b> mưa"]);
    for letter in [false, true] {
        let line: &[&str] = if letter { &["export", "--letter"] } else { &["export"] };
        for file in ["x.docx", "x.md"] {
            office.run(&[line, &[file, "--force"]].concat());
        }
        let docx = Docx::read(&office.file("x.docx"));
        let said = docx.paragraphs();
        assert!(said.iter().filter(|paragraph| *paragraph == cleaned).count() >= 2, "{said:#?}");
        let markdown = fs::read_to_string(office.file("x.md")).unwrap();
        let escaped = "&lt;w:p&gt;&amp;amp; \"x\" \\]\\]&gt; \\| \\*\\*đ\\*\\* \\_e\\_ \\[f\\](javascript:1) \\`g\\` &lt;script&gt;\u{fffd}\u{fffd} אבג 🎉 \\#1";
        assert!(markdown.contains(escaped), "{markdown}");
        assert!(!markdown.contains("<script") && !markdown.contains("<b>"));
        for table in tables(&markdown) {
            assert!(table.iter().all(|row| row.len() == table[0].len()), "{table:?}");
        }
        assert_eq!(docx.text().contains("]]></w:t><w:br/>| <b>vì</b> mưa"), !letter);
    }
}

#[test]
fn what_was_taken_back_is_no_reason() {
    let office = Office::with_plan(&format!("{PLAN}[[tasks]]\nid = \"N1\"\nlead = \"a\"\ndue = \"2023-01-02\"\n"));
    office.run(&["act", "note", "task:N1", "--note", "chờ kinh phí"]);
    assert!(office.markdown(&[]).contains("“chờ kinh phí”"));
    office.run(&["act", "undo"]);
    let text = office.markdown(&[]);
    assert!(!text.contains("chờ kinh phí") && text.contains("Chưa ghi nhận nguyên nhân của 1 mục: a."), "{text}");
}

#[test]
fn a_long_list_is_cut_and_says_so() {
    let tasks: String = (0..2_003)
        .map(|number| {
            format!("[[tasks]]\nid = \"N{number}\"\nlead = \"{}\"\ndue = \"2023-01-03\"\n", ["a", "b"][number % 2])
        })
        .collect();
    let office = Office::with_plan(&format!("{PLAN}{tasks}"));
    for text in [office.markdown(&[]), office.letter(&[])] {
        let rows = tables(&text).last().unwrap().iter().filter(|row| row[0].parse::<u32>().is_ok()).count();
        assert_eq!(rows, 2_000);
        assert!(text.contains("Còn 3 mục nữa không liệt kê ở đây"));
    }
    assert!(office.letter(&[]).contains("chưa hoàn thành 2.003 nhiệm vụ"));
}

#[test]
fn an_offices_own_wording_goes_before_what_ships() {
    let office = Office::new();
    office.write("tiendo.toml", "");
    let own = "Office: {office}\nKind: TỜ TRÌNH\nCopy: {above} (để biết);\nCopy: Lưu: VT.\n\n= Mở đầu\n\n> Căn cứ {basis};\n1. {late} mục {{x}}.\n…………\n";
    office.write("reports/report.vi.txt", own);
    let text = office.markdown(&["--config", "tiendo.toml"]);
    let end = "## Mở đầu\n\n*Căn cứ Kế hoạch số 95/KH-UBND";
    assert!(text.contains("# TỜ TRÌNH") && text.contains(end) && text.contains("1\\. 11 mục {x}."), "{text}");
    assert!(text.contains("- Lưu: VT.") && !text.contains("để biết"), "what the plan has nothing for is left out");
    assert!(!text.contains("CỘNG HÒA"), "what is not in it is not there");
    let english = office.markdown(&["--config", "tiendo.toml", "--lang", "en"]);
    assert!(english.contains("# REPORT"), "the others ship");
}

#[test]
fn what_is_wrong_in_a_wording_is_told_with_its_place_and_ends_with_2() {
    let office = Office::new();
    office.write("tiendo.toml", "");
    let wrong = |kind: &str, text: &str, place: &str, vi: &str, en: &str| {
        for (lang, said) in [("vi", vi), ("en", en)] {
            let name = format!("reports/{kind}.{lang}.txt");
            office.write(&name, text);
            let letter: &[&str] = if kind == "report" { &[] } else { &["--letter"] };
            let line = [&["--config", "tiendo.toml", "--lang", lang, "export", "x.docx"], letter].concat();
            let (code, told) = office.tried(&line);
            assert_eq!(code, 2, "{told}");
            assert!(told.contains(&format!("{kind}.{lang}.txt:{place}: ")) && told.contains(said), "{said}: {told}");
            let (code, told) = office.tried(&["--config", "tiendo.toml", "--lang", lang, "check"]);
            assert!(code == 2 && told.contains(said), "{told}");
            fs::remove_file(office.file(&name)).unwrap();
        }
    };
    wrong("report", "# x\nOffice: {ofice}\n\na\n", "2", "không có chỗ điền “ofice”", "office");
    wrong("report", "Ofice: x\n\na\n", "1", "không có trường “Ofice”", "there is no field “Ofice”");
    wrong("report", "xyz\n\na\n", "1", "chỉ có các trường", "stand fields alone");
    wrong("report", "Kind: {late_items}\n\na\n", "1", "{late_items} phải đứng riêng", "{late_items} needs a line");
    wrong("report", "Kind: x\n\na\nxem {campaigns}\n", "4", "{campaigns} phải đứng riêng", "{campaigns} needs a line");
    wrong("report", "Kind: x\n\n{addressees}\n", "3", "chỉ đứng một mình", "stands in the field");
    wrong("report", "Kind: x\n\na {b\n", "3", "dấu ngoặc nhọn", "brace");
    wrong("letter", "Dear: x\n\na\n", "3", "thiếu dòng {late_items_by_agency}", "no line {late_items_by_agency}");
    wrong("letter-one", "Dear: x\n\na\n", "3", "thiếu dòng", "no line");
    office.run(&["--config", "tiendo.toml", "export", "x.docx"]);
    office.run(&["--config", "tiendo.toml", "check"]);
}

/// What a program says; none where it is not on this machine and need not be, or is not asked for.
fn peer(program: &str, arguments: &[&str]) -> Option<String> {
    if !skip::is_asked_for(program) {
        return None;
    }
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    match output {
        Ok(output) => {
            assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
            Some(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        Err(error) => skip::skipped(program, &format!("{error} (Debian: libreoffice-writer-nogui, poppler-utils)")),
    }
}

#[test]
fn a_real_word_processor_opens_and_prints_them() {
    let office = Office::new();
    let profile = format!("-env:UserInstallation=file://{}", office.file("profile").display());
    for lang in ["vi", "en"] {
        office.run(&["--lang", lang, "export", &format!("report-{lang}.docx")]);
        office.run(&["--lang", lang, "export", "--letter", &format!("letter-{lang}.docx")]);
    }
    let folder = office.home.path().to_str().unwrap();
    let names = ["report-vi", "report-en", "letter-vi", "letter-en"];
    let files = names.map(|name| office.file(&format!("{name}.docx")).to_str().unwrap().to_owned());
    let mut line = vec![profile.as_str(), "--headless", "--convert-to", "pdf", "--outdir", folder];
    line.extend(files.iter().map(String::as_str));
    if peer("soffice", &line).is_none() {
        return;
    }
    for (name, pages, said) in [
        ("report-vi", 6..=10, ["Độc lập - Tự do - Hạnh phúc", "IV. KIẾN NGHỊ", "UBND huyện Bù Gia Mập", "Tổng cộng"]),
        ("report-en", 6..=10, ["Independence - Freedom - Happiness", "IV. PROPOSALS", "Bù Gia Mập District", "Total"]),
        ("letter-vi", 3..=4, ["Kính gửi:", "V/v đôn đốc", "Nơi nhận:", "173 ngày"]),
        ("letter-en", 3..=4, ["To:", "Re: tasks and reports", "Copies:", "173 days"]),
    ] {
        let pdf = office.file(&format!("{name}.pdf")).to_str().unwrap().to_owned();
        let Some(info) = peer("pdfinfo", &[&pdf]) else { return };
        let count = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().parse::<u32>().unwrap();
        assert!(pages.contains(&count), "{name}: {count} pages");
        assert!(info.contains("A4"), "{info}");
        let Some(text) = peer("pdftotext", &["-layout", &pdf, "-"]) else { return };
        for said in said {
            assert!(text.contains(said), "{name}: {said}\n{text}");
        }
        let texts: Vec<&str> = text.split('\u{c}').collect();
        // No number on the first page, a 2 on top of the second.
        assert!(texts[1].trim_start().starts_with('2'), "{name}: {}", texts[1]);
        if name == "report-vi" {
            let repeated = texts.iter().filter(|page| page.contains("STT")).count();
            assert!(repeated >= 6, "headings stand on each page of a table: {repeated}");
        }
    }
}
