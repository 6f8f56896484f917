//! The themes as their files have them: every letter is readable on every ground it may stand on (WCAG 2.1, 1.4.3: 4.5:1),
//! what is drawn is seen (1.4.11: 3:1), and the colours that say how something stands are told apart by eyes that see
//! colours otherwise. What is read on the screens themselves is in `screens.rs`.

use ratatui::style::{Color, Modifier, Style};
use tiendo::ui::{
    colour::{contrast, rgb},
    depth::Depth,
    palette::Palette,
    theme::{Role, SHIPPED, Theme},
};

/// Letters against their ground.
const READ: f64 = 4.5;
/// What is drawn against its ground.
const SEEN: f64 = 3.0;
/// A part of a bar against what is not done of it: where it ends is to be seen.
const ENDS: f64 = 2.0;
/// How far apart two colours are at least, in CIE 1976 ΔE: five times what is just noticed (2.3).
const APART: f64 = 11.5;

/// Themes whose colours the files know. Of `terminal` nothing can be counted: which colours its names stand for is the
/// terminal's own, and so is what its user chose them for.
const COUNTED: [&str; 3] = ["dark", "light", "high-contrast"];

/// What a role is; a role more has to be given its place here.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// Letters on the ground and in rows, selected or not.
    Letters,
    /// A ground with letters of its own.
    Ground,
    /// A ground others' letters stand on too.
    Row,
    /// A line that is drawn, on the ground only.
    Line,
    /// A part of a bar.
    Part,
    /// Where nothing is done: the quiet rest of a bar, that need not be seen to read the figures beside it.
    Rest,
}

fn kind(role: Role) -> Kind {
    match role {
        Role::Text
        | Role::Dim
        | Role::Accent
        | Role::Title
        | Role::Heading
        | Role::Mark
        | Role::Changed
        | Role::Late
        | Role::DueSoon
        | Role::OnTime
        | Role::DoneLate
        | Role::InProgress
        | Role::Awaiting
        | Role::Paused
        | Role::Key
        | Role::Input
        | Role::Info => Kind::Letters,
        Role::Selection | Role::SelectionIdle => Kind::Row,
        Role::Error | Role::Sample | Role::PastDay => Kind::Ground,
        Role::Border | Role::BorderFocused | Role::BorderPastDay | Role::BorderPastDayFocused => Kind::Line,
        // Bars over time: each stands in a row that says what it is.
        Role::BarRunning | Role::BarComing => Kind::Line,
        Role::BarPast => Kind::Rest,
        Role::BarOnTime | Role::BarDoneLate | Role::BarLate => Kind::Part,
        Role::Track => Kind::Rest,
    }
}

fn of(kinds: &[Kind]) -> impl Iterator<Item = Role> {
    Role::ALL.iter().copied().filter(move |role| kinds.contains(&kind(*role)))
}

fn theme(name: &str) -> Theme {
    Theme::shipped(name).unwrap().unwrap()
}

/// Every theme that can be counted, in all its colours and as 256 of them show it.
fn palettes() -> Vec<(String, Palette)> {
    let depths = [Depth::TrueColour, Depth::Colours256];
    let of = |name: &&'static str| {
        let name = *name;
        depths.map(|depth| (format!("{name} {depth:?}"), Palette::new(&theme(name), &theme("terminal"), depth)))
    };
    COUNTED.iter().flat_map(of).collect()
}

/// Letters and ground as they are shown: over the text's where a style leaves one open, turned round where it says so.
fn shown(style: Style, palette: &Palette) -> (Color, Color) {
    let text = palette.style(Role::Text);
    let (letters, ground) = (style.fg.or(text.fg).unwrap(), style.bg.or(text.bg).unwrap());
    if style.add_modifier.contains(Modifier::REVERSED) { (ground, letters) } else { (letters, ground) }
}

#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn least(&mut self, least: f64, (letters, ground): (Color, Color), what: &str) {
        let found = contrast(letters, ground);
        if found.is_none_or(|found| found < least) {
            self.0.push(format!("{what}: {found:.2?}, at least {least}"));
        }
    }

    #[track_caller]
    fn none(self) {
        assert!(self.0.is_empty(), "{:#?}", self.0);
    }
}

#[test]
fn every_letter_is_readable_on_every_ground_it_may_stand_on() {
    let mut wrong = Wrong::default();
    for (name, palette) in palettes() {
        for role in of(&[Kind::Letters, Kind::Ground, Kind::Row]) {
            wrong.least(READ, shown(palette.style(role), &palette), &format!("{name} {role:?}"));
        }
        for (row, role) in of(&[Kind::Row]).flat_map(|row| of(&[Kind::Letters]).map(move |role| (row, role))) {
            let style = palette.selected(role, row);
            wrong.least(READ, shown(style, &palette), &format!("{name} {role:?} in {row:?}"));
        }
        // A line being typed stays its own ground, whatever is written into it.
        let input = palette.style(Role::Input).bg;
        for role in of(&[Kind::Letters]) {
            let style = Style { bg: input.or(palette.style(Role::Text).bg), ..palette.style(role) };
            wrong.least(READ, shown(style, &palette), &format!("{name} {role:?} typed"));
        }
    }
    wrong.none();
}

#[test]
fn what_is_drawn_is_seen() {
    let mut wrong = Wrong::default();
    for (name, palette) in palettes() {
        for role in of(&[Kind::Line, Kind::Part]) {
            wrong.least(SEEN, shown(palette.style(role), &palette), &format!("{name} {role:?}"));
        }
        for part in of(&[Kind::Part]) {
            let colours = (palette.colour(part), palette.colour(Role::Track));
            wrong.least(ENDS, colours, &format!("{name} {part:?} beside what is not done"));
        }
    }
    wrong.none();
}

#[test]
fn what_needs_no_eye_is_quieter_than_what_is_read_and_the_focus_stands_out() {
    for (name, palette) in palettes() {
        let [text, dim, border, focused] = [Role::Text, Role::Dim, Role::Border, Role::BorderFocused]
            .map(|role| shown(palette.style(role), &palette))
            .map(|(letters, ground)| contrast(letters, ground).unwrap());
        assert!(dim < text * 0.8, "{name}: dim {dim:.1}, text {text:.1}");
        assert!(
            border < dim && border < focused * 0.8,
            "{name}: border {border:.1}, focused {focused:.1}, dim {dim:.1}"
        );
    }
}

#[test]
fn the_terminals_own_colours_cannot_be_counted_and_are_left_to_it() {
    let own = theme("terminal");
    let palette = Palette::new(&own, &own, Depth::TrueColour);
    for role in Role::ALL {
        let style = palette.style(*role);
        let known = [style.fg, style.bg].into_iter().flatten().filter_map(rgb).count();
        assert_eq!(known, 0, "{role:?} names a colour; the theme is the terminal's own");
    }
    let shipped: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).filter(|name| *name != "terminal").collect();
    assert_eq!(shipped, COUNTED, "a theme more is to be counted too");
}

/// How eyes without one kind of cones see, on linear RGB: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, “A
/// Physiologically-based Model for Simulation of Color Vision Deficiency”, IEEE TVCG 15(6), 2009, severity 1.0.
const EYES: [(&str, [[f64; 3]; 3]); 4] = [
    ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

/// A colour in CIE 1976 L*a*b* (D65), as those eyes see it.
fn lab(colour: Color, eyes: &[[f64; 3]; 3]) -> [f64; 3] {
    let linear = rgb(colour).unwrap().map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    let times = |matrix: &[[f64; 3]; 3], of: [f64; 3]| {
        matrix.map(|row| row.iter().zip(of).map(|(factor, part)| factor * part).sum::<f64>())
    };
    let seen = times(eyes, linear).map(|part| part.clamp(0.0, 1.0));
    let xyz = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];
    let [x, y, z] = times(&xyz, seen);
    let root = |part: f64| if part > 216.0 / 24389.0 { part.cbrt() } else { (24389.0 / 27.0 * part + 16.0) / 116.0 };
    let [x, y, z] = [x / 0.95047, y, z / 1.08883].map(root);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn apart(one: Color, other: Color, eyes: &[[f64; 3]; 3]) -> f64 {
    let (one, other) = (lab(one, eyes), lab(other, eyes));
    one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn how_something_stands_is_told_apart_by_eyes_that_see_colours_otherwise() {
    let standing = [Role::Late, Role::DueSoon, Role::OnTime, Role::DoneLate, Role::Accent];
    let parts = [Role::BarLate, Role::BarOnTime, Role::BarDoneLate];
    let mut wrong = Vec::new();
    for (name, palette) in palettes() {
        for group in [&standing[..], &parts] {
            for (place, one) in group.iter().enumerate() {
                for (other, (eyes, matrix)) in
                    group[place + 1..].iter().flat_map(|other| EYES.iter().map(move |eyes| (other, eyes)))
                {
                    let found = apart(palette.colour(*one), palette.colour(*other), matrix);
                    if found < APART {
                        wrong.push(format!("{name} {one:?} and {other:?}, {eyes}: {found:.1}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_measure_is_that_of_the_standards() {
    let grey = |level| Color::Rgb(level, level, level);
    assert!((apart(grey(0), grey(255), &EYES[0].1) - 100.0).abs() < 0.1);
    // Red and green of one lightness fall together without the cones that tell them apart.
    let (red, green) = (Color::Rgb(200, 80, 80), Color::Rgb(120, 120, 80));
    assert!(apart(red, green, &EYES[2].1) < apart(red, green, &EYES[0].1) / 3.0);
}
