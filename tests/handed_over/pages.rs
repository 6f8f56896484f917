//! The page that is handed over: its figures are those of the command line, everything in it is escaped, it can be read without
//! eyes, and a real browser shows and prints it without asking anybody for anything.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use crate::{browser::Browser, office::Office};
use ratatui::style::Color;
use serde_json::Value;
use tiendo::ui::colour::contrast;

const STYLE: &str = include_str!("../../src/export/page/style.css");

/// A tag as it stands in the page, without its brackets.
fn tags(page: &str) -> impl Iterator<Item = &str> {
    let body = page.split("</style>").nth(1).unwrap();
    body.split('<').skip(1).filter_map(|tag| tag.split_once('>')).map(|(tag, _)| tag)
}

fn name(tag: &str) -> &str {
    tag.split([' ', '/']).next().unwrap()
}

/// Every figure that bears a name.
fn figures(page: &str) -> BTreeMap<String, u64> {
    let parts = page.split("data-figure=\"").skip(1);
    parts
        .map(|part| {
            let (named, rest) = part.split_once('"').unwrap();
            let figure = rest.split_once('>').unwrap().1.split_once('<').unwrap().0;
            (named.to_owned(), figure.parse().unwrap())
        })
        .collect()
}

#[track_caller]
fn assert_figures(page: &str, status: &Value) {
    let found = figures(page);
    let mut wanted = BTreeMap::new();
    for (kind, of) in [("task", &status["tasks"]), ("report", &status["reports"])] {
        for (cell, count) in of["cells"].as_object().unwrap() {
            wanted.insert(format!("{kind}-{cell}"), count.as_u64().unwrap());
        }
        for name in ["total", "cancelled"] {
            wanted.insert(format!("{kind}-{name}"), of[name].as_u64().unwrap());
        }
    }
    assert_eq!(found, wanted);
}

#[test]
fn the_figures_are_those_of_status_on_any_day_and_in_any_filter() {
    let office = Office::new();
    let asked: [&[&str]; 4] =
        [&[], &["--at", "14/6/2023"], &["--agency", "bdo"], &["--filter", "programme:P-DA8", "--at", "30/9/2023"]];
    for (number, asked) in asked.iter().enumerate() {
        let file = format!("{number}.html");
        office.run(&[&["export", &file], *asked].concat());
        let status = office.run(&[&["status", "--format", "json"], *asked].concat());
        assert_figures(&office.read(&file), &serde_json::from_str(&status).unwrap());
    }
}

#[test]
fn a_page_says_of_what_it_is_and_that_it_is_sample_data() {
    let office = Office::new();
    office.run(&["export", "a.html", "--agency", "bdo", "--filter", "late>30"]);
    let page = office.read("a.html");
    for part in
        ["<html lang=\"vi\">", "95/KH-UBND", "20/11/2023 08:00", "bdo late&gt;30", "van-thu", "kế hoạch minh họa"]
    {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains("Dữ liệu minh họa, không phải số liệu thật"));
    office.run(&["export", "b.html", "--lang", "en"]);
    let english = office.read("b.html");
    assert!(english.contains("<html lang=\"en\">") && english.contains("Sample data, not real figures"));
}

#[test]
fn nothing_of_a_plan_is_taken_for_the_pages_own() {
    let office = Office::new();
    let evil = r#"<script>alert(1)</script>"'&<img src=x onerror=alert(2)>"#;
    let plan = serde_json::json!({
        "format": "tiendo-plan/1", "id": "p", "year": 2023, "timezone": "Asia/Ho_Chi_Minh", "title": evil, "number": evil,
        "agencies": [{"id": "a", "kind": "department", "name": evil, "short": evil}],
        "programmes": [{"id": "P1", "title": evil}],
        "tasks": [{"id": "N1", "lead": "a", "title": evil, "due": "2023-05-10", "programme": "P1"}],
        "duties": [{"id": "R1", "title": evil, "owes": ["all"], "periods": [{"period": "2023-Q1", "due": "2023-04-10"}]}],
        "campaigns": [{"id": "C1", "title": evil, "from": "2023-05-01", "to": "2023-05-09", "lead": "a",
                       "milestones": [{"id": "M1", "title": evil, "due": "2023-05-02"}]}],
    });
    fs::write(office.file("plan.json"), plan.to_string()).unwrap();
    office.run(&["import", "plan.json", "--yes"]);
    office.run(&["export", "a.html", "--filter", "\"<img\""]);
    office.run(&["export", "b.html"]);
    office.run(&["export", "c.svg"]);
    for file in ["a.html", "b.html", "c.svg"] {
        let text = office.read(file);
        assert!(!text.contains("<script") && !text.contains("<img"), "{file}");
        assert!(text.contains("&lt;"), "{file}: it was to be found there");
    }
    // What is left after the text is known tags alone.
    let known: BTreeSet<&str> = "p h1 h2 h3 header nav ol ul li a main section div table caption thead tbody tfoot tr th td span small \
        strong svg title desc rect line path circle text tspan br figure figcaption details summary dl dt dd abbr footer body html head"
        .split_whitespace()
        .collect();
    let page = office.read("b.html");
    for tag in tags(&page).map(|tag| name(tag.trim_start_matches('/'))) {
        assert!(known.contains(tag), "<{tag}>");
    }
    if let Some(browser) = Browser::find() {
        let (_, said) = browser.open(&office.file("b.html"));
        assert_eq!(said, "");
    }
}

#[test]
fn a_page_can_be_read_without_eyes() {
    let office = Office::new();
    office.run(&["export", "a.html"]);
    let page = office.read("a.html");
    let (mut last, mut ids) = (0, BTreeSet::new());
    let (mut tables, mut captions, mut pictures, mut titles) = (0, 0, 0, 0);
    for tag in tags(&page) {
        match name(tag) {
            "h1" | "h2" | "h3" => {
                let level: i32 = name(tag)[1..].parse().unwrap();
                assert!(level <= last + 1, "<{tag}> after a heading of level {last}");
                last = level;
            }
            "th" => assert!(tag.contains("scope="), "<{tag}>"),
            "table" => tables += 1,
            "caption" => captions += 1,
            "svg" => {
                let named = tag.contains("role=\"img\"");
                assert!(named || tag.contains("aria-hidden=\"true\""), "<{tag}>");
                pictures += usize::from(named);
            }
            "title" => titles += 1,
            _ => {}
        }
        if let Some(id) = tag.split(" id=\"").nth(1) {
            assert!(ids.insert(id.split('"').next().unwrap()), "{tag}");
        }
        if let Some(target) = tag.split(" href=\"#").nth(1) {
            let target = format!("id=\"{}\"", target.split('"').next().unwrap());
            assert!(page.contains(&target), "{target}");
        }
        // Styles within tags would be refused by the page's own policy, and so would be events.
        let event = tag.split_whitespace().any(|part| part.starts_with("on") && part.contains('='));
        assert!(!tag.contains(" style=") && !event, "<{tag}>");
    }
    assert!(tables >= 6 && tables == captions, "{tables} tables, {captions} captions");
    assert!(pictures > 40 && pictures == titles, "{pictures} pictures, {titles} titles");
    // Shapes of SVG are no void elements of HTML: an open one would swallow what follows it.
    for shape in ["rect", "line", "path", "circle"] {
        assert_eq!(
            page.matches(&format!("<{shape} ")).count(),
            page.matches(&format!("</{shape}>")).count(),
            "{shape}"
        );
    }
}

/// The colours of a block of the style.
fn colours(block: &str) -> BTreeMap<&str, Color> {
    let pairs = block.split("--").skip(1).filter_map(|part| part.split_once(": #"));
    pairs
        .map(|(named, rest)| {
            let digits = rest.split(';').next().unwrap();
            let wide: String =
                if digits.len() == 3 { digits.chars().flat_map(|one| [one, one]).collect() } else { digits.to_owned() };
            let part = |place: usize| u8::from_str_radix(&wide[place..place + 2], 16).unwrap();
            (named, Color::Rgb(part(0), part(2), part(4)))
        })
        .collect()
}

/// The light, the dark and the printed one.
fn themes() -> [BTreeMap<&'static str, Color>; 3] {
    let block = |after: &str| STYLE.split(after).nth(1).unwrap().split('}').next().unwrap();
    [block(":root {"), block("dark) {\n  :root {"), block("print {\n  :root {")].map(colours)
}

#[test]
fn every_colour_of_letters_can_be_read_in_both_lights_and_on_paper() {
    for (theme, of) in ["light", "dark", "print"].into_iter().zip(themes()) {
        for (letters, ground) in [
            ("ink", "paper"),
            ("quiet", "paper"),
            ("accent", "paper"),
            ("late", "paper"),
            ("soon", "paper"),
            ("good", "paper"),
            ("note-ink", "note"),
        ] {
            let found = contrast(of[letters], of[ground]).unwrap();
            assert!(found >= 4.5, "{theme}: {letters} on {ground} {found:.2}");
        }
        for shape in ["overdue", "on-time", "due-soon", "done-late", "running"] {
            let found = contrast(of[shape], of["paper"]).unwrap();
            assert!(found >= 2.4, "{theme}: {shape} {found:.2}");
        }
    }
}

#[test]
fn paper_is_always_light() {
    let [light, _, print] = themes();
    for (named, colour) in &print {
        if !["ground", "ink", "quiet", "line", "strong"].contains(named) {
            assert_eq!(light[named], *colour, "{named}");
        }
    }
    assert_eq!(light.keys().collect::<Vec<_>>(), print.keys().collect::<Vec<_>>());
}

#[test]
fn a_browser_shows_the_page_and_asks_nobody_for_anything() {
    let Some(browser) = Browser::find() else { return };
    let office = Office::new();
    office.run(&["export", "a.html"]);
    let (shown, said) = browser.open(&office.file("a.html"));
    assert_eq!(said, "", "the console has nothing to say");
    let page = office.read("a.html");
    let elsewhere =
        page.split(['"', '(', ' ']).find(|part| part.contains("://") && !part.starts_with("http://www.w3.org/"));
    assert_eq!(elsewhere, None, "it names nobody who could be asked");
    let status = office.run(&["status", "--format", "json"]);
    assert_figures(&shown, &serde_json::from_str(&status).unwrap());
    // What is watched for is seen where it happens: the policy refuses it, and without the policy it is asked for.
    let foreign =
        "<img src=\"http://example.invalid/a.png\"><script>document.title = 1</script><p style=\"color: red\">";
    let with = |page: String| {
        fs::write(office.file("b.html"), page.replace("</main>", &format!("{foreign}</main>"))).unwrap();
        browser.open(&office.file("b.html"))
    };
    let (_, said) = with(page.clone());
    for refused in ["example.invalid", "inline script", "inline style"] {
        assert!(said.contains(refused), "{refused}: {said}");
    }
    assert_eq!(browser.requests("example.invalid"), 0);
    with(page.replace("Content-Security-Policy", "x"));
    assert!(browser.requests("example.invalid") > 0, "a request would have been seen");
}

#[test]
fn the_page_is_printed_on_so_many_pages_of_a4() {
    let Some(browser) = Browser::find() else { return };
    let office = Office::new();
    for language in ["vi", "en"] {
        let file = format!("{language}.html");
        office.run(&["export", &file, "--lang", language]);
        let pdf = browser.print(&office.file(&file));
        let pages = boxes(&pdf);
        // Fonts differ from machine to machine: a table may end a page earlier or later.
        assert!((5..=7).contains(&pages.len()), "{language}: {pages:?}");
        assert!(pages.iter().all(|page| *page == (595, 842)), "{language}: {pages:?}");
    }
    // Of one agency there is less to print.
    office.run(&["export", "one.html", "--agency", "bdo"]);
    let one = boxes(&browser.print(&office.file("one.html"))).len();
    assert!((3..=4).contains(&one), "{one}");
}

/// The width and the height of each page, in points.
fn boxes(pdf: &[u8]) -> Vec<(i64, i64)> {
    let text = String::from_utf8_lossy(pdf).into_owned();
    let found = text.split("/MediaBox [").skip(1).filter_map(|part| part.split_once(']'));
    found
        .map(|(sides, _)| {
            let sides: Vec<f64> = sides.split_whitespace().map(|side| side.parse().unwrap()).collect();
            (sides[2].round() as i64, sides[3].round() as i64)
        })
        .collect()
}
