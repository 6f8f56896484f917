//! A file from anywhere costs no more than its limits: each kind of hostile file is refused in a sentence that says what it is.

use std::{
    io::{Cursor, Write},
    sync::atomic::Ordering,
};

use tiendo::{
    sources::sheet::{
        limits::{Limits, Unusable},
        mapping::Mapping,
        read::read,
        reading::Reading,
    },
    words::{LANGUAGES, Words},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr/><sheets><sheet name="Nhiệm vụ" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const HEADINGS: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Nhiệm vụ</t></is></c><c r="B1" t="inlineStr"><is><t>Chủ trì</t></is></c></row>"#;
const TASK: &str =
    r#"<row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c><c r="B2" t="inlineStr"><is><t>Sở X</t></is></c></row>"#;

fn sheet(rows: &str, after: &str) -> String {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{HEADINGS}{rows}</sheetData>{after}</worksheet>"#
    )
}

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        writer.start_file(*name, packed).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook with that sheet, and more parts.
fn workbook(sheet: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend(more);
    package(&parts)
}

fn try_read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Reading, Unusable> {
    read(bytes, name, &Mapping::default(), limits)
}

/// Refused for that reason, which has words in every language.
#[track_caller]
fn refused(bytes: &[u8], name: &str, limits: &Limits, why: &str) {
    let Unusable(said) = try_read(bytes, name, limits).expect_err("it was read");
    assert_eq!(said.id, why, "{said}");
    for language in &LANGUAGES {
        let words = Words::new(language);
        assert!(words.has(said.id) && !words.say(&said).is_empty(), "{why}");
    }
}

fn small() -> Limits {
    Limits {
        unpacked: 1 << 20,
        cells: 1_000,
        texts: 1 << 20,
        text: 32 << 10,
        parts: 50,
        sheets: 5,
        ..Limits::default()
    }
}

#[test]
fn a_workbook_within_limits_is_read() {
    let reading = try_read(&workbook(&sheet(TASK, ""), &[]), "a.xlsx", &small()).unwrap();
    assert_eq!(reading.plan.tasks.len(), 1);
}

#[test]
fn what_unpacks_to_too_much_is_refused_whatever_its_name() {
    let zeros = vec![b' '; 4 << 20];
    for name in ["xl/sharedStrings.xml", "xl/media/image1.png", "xl/worksheets/sheet2.xml"] {
        let file = workbook(&sheet(TASK, ""), &[(name, &zeros)]);
        assert!(file.len() < 100_000);
        refused(&file, "a.xlsx", &small(), "workbook-unpacks-too-large");
    }
}

#[test]
fn a_directory_that_lies_about_sizes_helps_nobody() {
    let zeros = vec![b' '; 4 << 20];
    let mut file = workbook(&sheet(TASK, ""), &[("xl/big.xml", &zeros)]);
    let size = u32::try_from(zeros.len()).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..file.len() - 4).filter(|at| file[*at..at + 4] == size).collect();
    assert!(!places.is_empty());
    for at in places {
        file[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    let Unusable(said) = try_read(&file, "a.xlsx", &small()).unwrap_err();
    assert!(["workbook-unpacks-too-large", "workbook-broken"].contains(&said.id), "{said}");
}

#[test]
fn entities_are_not_unfolded() {
    let bomb = format!(
        r#"<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>{}"#,
        sheet(r#"<row r="2"><c r="A2" t="inlineStr"><is><t>&b;</t></is></c></row>"#, "")
    );
    refused(&workbook(&bomb, &[]), "a.xlsx", &small(), "workbook-doctype");
    let unknown = sheet(r#"<row r="2"><c r="A2" t="inlineStr"><is><t>&b;</t></is></c></row>"#, "");
    refused(&workbook(&unknown, &[]), "a.xlsx", &small(), "workbook-broken");
}

#[test]
fn a_cell_at_the_last_place_costs_no_more_than_one_at_the_first() {
    let far = r#"<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>"#;
    let file =
        workbook(&sheet(&format!("{TASK}{far}"), r#"<mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>"#), &[]);
    let reading = try_read(&file, "a.xlsx", &small()).unwrap();
    assert_eq!(reading.plan.tasks.len(), 1);
}

#[test]
fn a_merged_cell_over_everything_fills_no_more_than_there_is() {
    let wide = (3..900).map(|row| format!(r#"<row r="{row}"><c r="B{row}"><v>1</v></c></row>"#)).collect::<String>();
    let merged = r#"<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>"#;
    refused(&workbook(&sheet(&wide, merged), &[]), "a.xlsx", &small(), "workbook-too-many-cells");
    let reversed = r#"<mergeCells><mergeCell ref="B2:A1"/></mergeCells>"#;
    refused(&workbook(&sheet(TASK, reversed), &[]), "a.xlsx", &small(), "workbook-strange-range");
}

#[test]
fn too_many_cells_sheets_and_parts_are_refused() {
    let rows = (2..2_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}"><v>1</v></c></row>"#)).collect::<String>();
    refused(&workbook(&sheet(&rows, ""), &[]), "a.xlsx", &small(), "workbook-too-many-cells");
    let names: Vec<String> = (0..60).map(|part| format!("xl/p{part}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"<a/>"[..])).collect();
    refused(&workbook(&sheet(TASK, ""), &parts), "a.xlsx", &small(), "workbook-too-many-parts");
    let list = (0..10).map(|at| format!(r#"<sheet name="S{at}" sheetId="{at}" r:id="r1"/>"#)).collect::<String>();
    let book = BOOK.replace(r#"<sheet name="Nhiệm vụ" sheetId="1" r:id="r1"/>"#, &list);
    let file = package(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet(TASK, "").as_bytes()),
    ]);
    refused(&file, "a.xlsx", &small(), "workbook-too-many-sheets");
}

#[test]
fn huge_and_declared_shared_strings_are_refused() {
    let declared = r#"<sst uniqueCount="99999999999"><si><t>a</t></si></sst>"#;
    refused(
        &workbook(&sheet(TASK, ""), &[("xl/sharedStrings.xml", declared.as_bytes())]),
        "a.xlsx",
        &small(),
        "workbook-too-many-of",
    );
    let many = format!("<sst>{}</sst>", "<si><t>a</t></si>".repeat(2_000));
    refused(
        &workbook(&sheet(TASK, ""), &[("xl/sharedStrings.xml", many.as_bytes())]),
        "a.xlsx",
        &small(),
        "workbook-too-many-of",
    );
    // One long string in many cells.
    let long = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(30_000));
    let rows =
        (2..60).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect::<String>();
    refused(
        &workbook(&sheet(&rows, ""), &[("xl/sharedStrings.xml", long.as_bytes())]),
        "a.xlsx",
        &small(),
        "workbook-too-much-text",
    );
    let huge = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(40_000));
    let row = r#"<row r="2"><c r="A2" t="s"><v>0</v></c></row>"#;
    refused(
        &workbook(&sheet(row, ""), &[("xl/sharedStrings.xml", huge.as_bytes())]),
        "a.xlsx",
        &small(),
        "workbook-cell-too-long",
    );
}

#[test]
fn formats_that_would_be_copied_a_thousand_times_are_refused() {
    let code = "0".repeat(100_000);
    let styles = format!(
        r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts><cellXfs>{}</cellXfs></styleSheet>"#,
        r#"<xf numFmtId="164"/>"#.repeat(1_000)
    );
    refused(
        &workbook(&sheet(TASK, ""), &[("xl/styles.xml", styles.as_bytes())]),
        "a.xlsx",
        &small(),
        "workbook-too-many-of",
    );
}

#[test]
fn deep_nesting_is_refused_in_workbooks_and_in_json() {
    let deep = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
    refused(&workbook(&sheet(TASK, &deep), &[]), "a.xlsx", &small(), "workbook-too-deep");
    for json in ["[".repeat(200_000), format!("[{{\"a\":{}1", "[".repeat(200_000)), "{\"a\":".repeat(100_000)] {
        refused(json.as_bytes(), "a.json", &small(), "workbook-broken");
    }
}

#[test]
fn names_that_lead_out_of_the_package_are_refused() {
    for name in ["../../etc/passwd", "xl/../../evil.xml", "xl\\..\\..\\evil.xml"] {
        refused(&workbook(&sheet(TASK, ""), &[(name, b"x")]), "a.xlsx", &small(), "workbook-strange-part");
    }
}

#[test]
fn a_file_cut_at_any_place_is_refused_or_read_whole() {
    let file = workbook(&sheet(TASK, ""), &[]);
    for end in (2..file.len()).step_by(7) {
        refused(&file[..end], "a.xlsx", &small(), "workbook-broken");
    }
    let cut = sheet(TASK, "");
    let cut = &cut[..cut.find("</sheetData>").unwrap()];
    refused(&workbook(cut, &[]), "a.xlsx", &small(), "workbook-broken");
}

#[test]
fn what_is_no_workbook_says_what_it_is() {
    refused(b"hello", "a.xlsx", &small(), "workbook-not-a-workbook");
    refused(b"", "a.xlsx", &small(), "workbook-not-a-workbook");
    refused(b"<!DOCTYPE html><html></html>", "https://example.vn/x?y", &small(), "workbook-a-page");
    let ole = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600]].concat();
    for name in ["a.xls", "a.xlsx", "a"] {
        refused(&ole, name, &small(), "workbook-old");
    }
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(&[&ole[..], &name].concat(), "a.xlsx", &small(), "workbook-encrypted");
    refused(b"", "a.csv", &small(), "workbook-no-table");
    refused(b"{}", "a.json", &small(), "workbook-no-table");
}

#[test]
fn long_lines_wide_rows_and_half_letters_of_text_files_are_refused() {
    let open = format!("Nhiệm vụ,Chủ trì\nA,\"{}", "b,c\n".repeat(20_000));
    refused(open.as_bytes(), "a.csv", &small(), "workbook-cell-too-long");
    refused(",".repeat(100_000).as_bytes(), "a.csv", &small(), "workbook-row-too-wide");
    refused(b"\xFF\xFEa\x00b", "a.csv", &small(), "workbook-not-utf16");
    refused(b"\xFE\xFF\xD8\x00\x00a", "a.csv", &small(), "workbook-not-utf16");
    refused(&[0x81; 100], "a.csv", &small(), "workbook-not-utf8");
    let rows = "x,y\n".repeat(2_000);
    refused(rows.as_bytes(), "a.csv", &small(), "workbook-too-many-cells");
    refused(&[b'a'; 100], "a.csv", &Limits { file: 99, ..Limits::default() }, "workbook-too-large");
    let many = format!("[{}]", vec!["{\"a\":1}"; 2_000].join(","));
    refused(many.as_bytes(), "a.json", &small(), "workbook-too-many-cells");
    let sheets = (0..10).map(|at| format!("\"s{at}\":[{{\"a\":1}}]")).collect::<Vec<_>>().join(",");
    refused(format!("{{{sheets}}}").as_bytes(), "a.json", &small(), "workbook-too-many-sheets");
}

#[test]
fn reading_stops_when_somebody_has_waited_long_enough() {
    let limits = small();
    limits.stop.store(true, Ordering::Relaxed);
    refused(&workbook(&sheet(TASK, ""), &[]), "a.xlsx", &limits, "workbook-too-long");
    let rows = "x,y\n".repeat(9_000);
    let limits = Limits { stop: limits.stop, ..Limits::default() };
    refused(rows.as_bytes(), "a.csv", &limits, "workbook-too-long");
}

#[test]
fn no_byte_of_a_cell_acts_on_a_terminal() {
    let reading =
        try_read("Nhiệm vụ,Chủ trì,Hạn\nA\u{1b}[31m,S\u{202e}X,\u{7}b\n".as_bytes(), "a.csv", &small()).unwrap();
    let written = tiendo::planfile::write_json(&reading.plan);
    assert!(!written.contains(['\u{1b}', '\u{202e}', '\u{7}']));
    assert!(reading.unread.iter().all(|one| !one.value.contains('\u{7}')));
}

#[test]
fn a_workbook_damaged_anywhere_is_read_or_refused_and_nothing_else() {
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
    let strings = "<sst uniqueCount=\"2\"><si><t>Rà soát</t></si><si><t>20/6/2023</t></si></sst>";
    let rows = r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><t>Sở X</t></is></c><c r="C2" s="1"><v>45097</v></c></row>"#;
    let merged = r#"<mergeCells><mergeCell ref="A2:A3"/></mergeCells>"#;
    let parts = [
        ("_rels/.rels", ROOT.to_owned()),
        ("xl/workbook.xml", BOOK.to_owned()),
        ("xl/_rels/workbook.xml.rels", RELS.to_owned()),
        ("xl/worksheets/sheet1.xml", sheet(rows, merged)),
        ("xl/sharedStrings.xml", strings.to_owned()),
        ("xl/styles.xml", styles.to_owned()),
    ];
    let mut seed = std::env::var("TIENDO_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_231_120_u64);
    let mut next = |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % most
    };
    let signs = b"<>/&;\"'=0123456789-AZ!: \xFF\x00";
    for _ in 0..400 {
        let mut damaged: Vec<(&str, Vec<u8>)> =
            parts.iter().map(|(name, text)| (*name, text.clone().into_bytes())).collect();
        let place = next(damaged.len());
        let bytes = &mut damaged[place].1;
        let at = next(bytes.len());
        match next(4) {
            0 => bytes[at] = signs[next(signs.len())],
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..(at + next(20)).min(bytes.len())).count()),
            _ => {
                let again = bytes[at..(at + 40).min(bytes.len())].to_vec();
                bytes.splice(at..at, again);
            }
        }
        let parts: Vec<(&str, &[u8])> = damaged.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        drop(try_read(&package(&parts), "a.xlsx", &small()));
    }
}

#[test]
fn a_workbook_that_counts_its_days_from_1904_has_the_same_days() {
    let styles = r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let headings = HEADINGS.replace("</row>", r#"<c r="C1" t="inlineStr"><is><t>Hạn</t></is></c></row>"#);
    let of = |properties: &str, serial: u32| {
        let row = TASK.replace("</row>", &format!(r#"<c r="C2" s="1"><v>{serial}</v></c></row>"#));
        let sheet = sheet(&row, "").replace(HEADINGS, &headings);
        let book = BOOK.replace("<workbookPr/>", properties);
        let file = package(&[
            ("_rels/.rels", ROOT.as_bytes()),
            ("xl/workbook.xml", book.as_bytes()),
            ("xl/_rels/workbook.xml.rels", RELS.as_bytes()),
            ("xl/styles.xml", styles.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ]);
        try_read(&file, "a.xlsx", &small()).unwrap().plan.tasks[0].due
    };
    let day = Some(jiff::civil::date(2023, 6, 20));
    assert_eq!(of("<workbookPr/>", 45_097), day);
    for properties in [r#"<workbookPr date1904="1"/>"#, r#"<workbookPr date1904="true"/>"#] {
        assert_eq!(of(properties, 43_635), day, "{properties}");
    }
}

/// What a spreadsheet program makes of a workbook with a password (MS-OFFCRYPTO 2.3, in a compound file of MS-CFB version 3): a
/// root with the streams `EncryptionInfo` and `EncryptedPackage`, each of 4096 bytes.
fn with_a_password(package: &str) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    let mut file = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    file.extend([0; 16]);
    for field in [0x003E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        file.extend(field.to_le_bytes());
    }
    // Sectors: none of the directory's counted, one of the table; the directory begins in 1; no small streams.
    for field in [0_u32, 1, 1, 0, 4096, END, 0, END, 0, 0] {
        file.extend(field.to_le_bytes());
    }
    file.extend(FREE.to_le_bytes().repeat(108));
    let chain = |from: u32| (from + 1..from + 8).chain([END]);
    let table: Vec<u32> = [0xFFFF_FFFD, END].into_iter().chain(chain(2)).chain(chain(10)).collect();
    let free = 128 - table.len();
    file.extend(table.into_iter().chain(std::iter::repeat_n(FREE, free)).flat_map(u32::to_le_bytes));
    let entry = |name: &str, kind: u8, links: [u32; 3], start: u32, size: u64| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = if name.is_empty() { 0 } else { u16::try_from(entry.len()).unwrap() + 2 };
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend(links.into_iter().flat_map(u32::to_le_bytes));
        entry.extend([0; 36]);
        entry.extend(start.to_le_bytes());
        entry.extend(size.to_le_bytes());
        entry
    };
    file.extend(entry("Root Entry", 5, [FREE, FREE, 1], END, 0));
    file.extend(entry("EncryptionInfo", 2, [FREE, 2, FREE], 2, 4096));
    file.extend(entry(package, 2, [FREE; 3], 10, 4096));
    file.extend(entry("", 0, [FREE; 3], 0, 0));
    let mut info = [4, 0, 4, 0, 0x40, 0, 0, 0].to_vec();
    info.extend(br#"<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"/></encryption>"#);
    info.resize(4096, b' ');
    file.extend(info);
    file.extend(4000_u64.to_le_bytes());
    file.extend((0..4088_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8));
    file
}

#[test]
fn a_workbook_with_a_password_is_refused_with_what_to_do() {
    let file = with_a_password("EncryptedPackage");
    assert_eq!(file.len(), 512 * 19);
    for name in ["a.xlsx", "a.xls", "a"] {
        refused(&file, name, &small(), "workbook-encrypted");
    }
    let Unusable(said) = try_read(&file, "a.xlsx", &small()).unwrap_err();
    let [vi, en] = [&LANGUAGES[0], &LANGUAGES[1]].map(|language| Words::new(language).say(&said));
    assert!(vi.contains("mật khẩu") && en.contains("take the password off"), "{vi} {en}");
    // The same file with the stream an old workbook has is one of the old form.
    refused(&with_a_password("Workbook"), "a.xls", &small(), "workbook-old");
}
