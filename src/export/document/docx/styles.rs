//! The styles of a document: sizes and letters by the table at the end of appendix I of Decree 30/2020/NĐ-CP.

use std::fmt::Write;

use super::{BODY, SMALL};

/// A style of paragraphs.
struct Style {
    id: &'static str,
    /// As a word processor lists it; one of its own names makes it that style.
    name: &'static str,
    /// In half points.
    size: u16,
    /// What is said of the paragraph.
    paragraph: &'static str,
    /// What is said of its letters.
    letters: &'static str,
}

const fn style(
    id: &'static str,
    name: &'static str,
    size: u16,
    paragraph: &'static str,
    letters: &'static str,
) -> Style {
    Style { id, name, size, paragraph, letters }
}

const BOLD: &str = "<w:b/><w:bCs/>";
const ITALIC: &str = "<w:i/><w:iCs/>";
const BOTH: &str = "<w:b/><w:bCs/><w:i/><w:iCs/>";
const CENTRED: &str = "<w:jc w:val=\"center\"/>";

/// Text: both edges straight, the first line 1 cm in, 6 pt between paragraphs, a little more than single lines.
const TEXT: &str = "<w:spacing w:before=\"60\" w:after=\"60\" w:line=\"264\" w:lineRule=\"auto\"/>\
    <w:ind w:firstLine=\"567\"/><w:jc w:val=\"both\"/>";

const STYLES: [Style; 30] = [
    style("BodyText", "Body Text", BODY, TEXT, ""),
    style("Basis", "tiendo Basis", BODY, TEXT, ITALIC),
    style("ListBullet", "List Bullet", BODY, TEXT, ""),
    style("Blank", "tiendo Blank", BODY, "<w:spacing w:before=\"60\" w:after=\"60\"/>", ""),
    style(
        "Heading1",
        "heading 1",
        BODY,
        "<w:keepNext/><w:spacing w:before=\"180\" w:after=\"60\"/><w:ind w:firstLine=\"567\"/><w:outlineLvl w:val=\"0\"/>",
        BOLD,
    ),
    style(
        "Heading2",
        "heading 2",
        BODY,
        "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/><w:ind w:firstLine=\"567\"/><w:outlineLvl w:val=\"1\"/>",
        BOLD,
    ),
    style(
        "AppendixTitle",
        "tiendo Appendix",
        BODY,
        "<w:keepNext/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>",
        BOLD,
    ),
    style(
        "AppendixSubtitle",
        "tiendo Appendix Title",
        BODY,
        "<w:keepNext/><w:spacing w:after=\"40\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"1\"/>",
        BOLD,
    ),
    style("Attached", "tiendo Attached", BODY, "<w:spacing w:after=\"160\"/><w:jc w:val=\"center\"/>", ITALIC),
    style("Title", "Title", BODY, "<w:keepNext/><w:spacing w:before=\"200\"/><w:jc w:val=\"center\"/>", BOLD),
    style("Subtitle", "Subtitle", BODY, "<w:keepNext/><w:jc w:val=\"center\"/>", BOLD),
    style("Above", "tiendo Above", 26, CENTRED, ""),
    style("Office", "tiendo Office", 26, CENTRED, BOLD),
    style("Number", "tiendo Number", 26, CENTRED, ""),
    style("Subject", "tiendo Subject", 24, "<w:spacing w:before=\"120\"/><w:jc w:val=\"center\"/>", ""),
    style("Nation", "tiendo Nation", 25, CENTRED, BOLD),
    style("Motto", "tiendo Motto", BODY, CENTRED, BOLD),
    style("Place", "tiendo Place", BODY, CENTRED, ITALIC),
    style("Rule", "tiendo Rule", 8, "<w:spacing w:before=\"40\" w:after=\"60\"/>", ""),
    style(
        "To",
        "tiendo To",
        BODY,
        "<w:spacing w:before=\"240\" w:after=\"240\"/><w:ind w:left=\"1134\" w:right=\"567\"/><w:jc w:val=\"center\"/>",
        "",
    ),
    style(
        "ToSeveral",
        "tiendo To Several",
        BODY,
        "<w:keepNext/><w:spacing w:before=\"240\"/><w:ind w:left=\"1701\"/>",
        "",
    ),
    style("Addressee", "tiendo Addressee", BODY, "<w:ind w:left=\"2835\" w:hanging=\"170\"/>", ""),
    style("Copies", "tiendo Copies", 24, "", BOTH),
    style("Copy", "tiendo Copy", SMALL, "", ""),
    style("Signed", "tiendo Signed", BODY, CENTRED, BOLD),
    style("Cell", "tiendo Cell", SMALL, "<w:spacing w:before=\"30\" w:after=\"30\"/>", ""),
    style("CellTotal", "tiendo Cell Total", SMALL, "<w:spacing w:before=\"30\" w:after=\"30\"/>", BOLD),
    style(
        "CellHeading",
        "tiendo Cell Heading",
        20,
        "<w:spacing w:before=\"30\" w:after=\"30\"/><w:jc w:val=\"center\"/>",
        BOLD,
    ),
    style("Note", "tiendo Note", SMALL, "<w:spacing w:before=\"60\" w:after=\"60\"/>", ITALIC),
    style("HeaderNote", "tiendo Header Note", 20, CENTRED, ITALIC),
];

/// The box that says a document is no real one.
const WARNING: &str = "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Warning\"><w:name w:val=\"tiendo Warning\"/>\
    <w:basedOn w:val=\"Normal\"/><w:pPr><w:keepNext/><w:pBdr>\
    <w:top w:val=\"single\" w:sz=\"8\" w:space=\"3\" w:color=\"000000\"/><w:left w:val=\"single\" w:sz=\"8\" w:space=\"4\" w:color=\"000000\"/>\
    <w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"3\" w:color=\"000000\"/><w:right w:val=\"single\" w:sz=\"8\" w:space=\"4\" w:color=\"000000\"/>\
    </w:pBdr><w:spacing w:after=\"200\"/><w:ind w:left=\"2268\" w:right=\"2268\"/><w:jc w:val=\"center\"/></w:pPr><w:rPr><w:b/><w:bCs/>\
    <w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr></w:style>";

/// A gap that takes next to no room.
const GAP: &str = "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Gap\"><w:name w:val=\"tiendo Gap\"/>\
    <w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"80\" w:lineRule=\"exact\"/></w:pPr>\
    <w:rPr><w:sz w:val=\"8\"/><w:szCs w:val=\"8\"/></w:rPr></w:style>";

/// The page's number in the middle of the top margin.
const HEADER: &str = "<w:style w:type=\"paragraph\" w:styleId=\"Header\"><w:name w:val=\"header\"/><w:basedOn w:val=\"Normal\"/>\
    <w:pPr><w:jc w:val=\"center\"/></w:pPr></w:style>";

/// `word/styles.xml` for a language, `vi-VN`.
pub(super) fn styles(language: &str) -> String {
    let mut out = format!(
        "<w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>\
         <w:sz w:val=\"{BODY}\"/><w:szCs w:val=\"{BODY}\"/>\
         <w:lang w:val=\"{language}\" w:eastAsia=\"{language}\" w:bidi=\"ar-SA\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>{WARNING}{GAP}{HEADER}"
    );
    for Style { id, name, size, paragraph, letters } in &STYLES {
        let own = if name.starts_with("tiendo ") { " w:customStyle=\"1\"" } else { "" };
        // Writing to a string does not fail.
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\"{own} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
             <w:pPr>{paragraph}</w:pPr><w:rPr>{letters}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>"
        );
    }
    out
}
