//! [`Glyphs`]: the signs the screen is drawn with, in Unicode and, for `--ascii`, without it. Words are not signs: they keep
//! their letters either way.
//!
//! Every sign takes one cell and stands in both JetBrains Mono and DejaVu Sans Mono; no emoji, whose width terminals disagree
//! on.

use serde::Deserialize;

use crate::domain::{campaign::Phase, status::Cell};

/// A set of signs.
#[derive(Debug)]
pub struct Glyphs {
    /// Corners and sides of a panel's border.
    pub border: Border,
    /// Where text was cut off.
    pub ellipsis: &'static str,
    /// Between parts of a line.
    pub dot: &'static str,
    /// Between two dates.
    pub dash: &'static str,
    /// A count of nothing.
    pub zero: &'static str,
    /// Before the selected row.
    pub selected: &'static str,
    /// Before a marked row.
    pub marked: &'static str,
    /// Before something to choose: not chosen, chosen.
    pub chosen: [&'static str; 2],
    /// Before what changed.
    pub changed: &'static str,
    /// Sorted upwards and downwards.
    pub sorted: [&'static str; 2],
    /// The place in a list, on the border.
    pub thumb: &'static str,
    /// From none to seven eighths of a cell; none where bars are made of letters.
    pub eighths: Option<[&'static str; 8]>,
    /// A bar's classes where there are no colours: done on time, done late, overdue, awaiting, due soon, the rest.
    pub classes: [&'static str; 6],
    /// Reminders sent.
    pub reminded: &'static str,
    /// Escalated.
    pub escalated: &'static str,
    /// A longer time given.
    pub extended: &'static str,
    /// How fresh the data are: live, old, none, trouble.
    pub freshness: [&'static str; 4],
    /// Waiting to be sent.
    pub waiting: &'static str,
    /// Two acts that contradict each other.
    pub conflict: &'static str,
    /// Something is under way.
    pub spinner: [&'static str; 4],
    /// From one thing to another.
    pub arrow: &'static str,
    /// Before a line that is typed.
    pub prompt: &'static str,
    /// Statuses, in the order of `status::Cell::ALL`.
    statuses: [&'static str; Cell::ALL.len()],
    /// Nothing has come yet.
    pub nothing: &'static str,
    /// Sent back.
    pub returned: &'static str,
    /// In no figures: cancelled, exempt.
    pub left_out: &'static str,
    /// Campaigns: running, coming, past.
    phases: [&'static str; 3],
    /// Their bars where there are no colours.
    phase_bars: [&'static str; 3],
    /// Their bars where there are; not as high as a cell, so that bars below each other stay apart.
    pub bar: Option<&'static str>,
    /// Time: today, where a month begins, what leads up to a campaign and follows it.
    pub time: [&'static str; 3],
    /// There is more off what is shown: before and after it, to the left and to the right.
    pub beyond: [&'static str; 2],
    /// What curves are drawn with.
    pub curves: Curves,
    /// Upright lines of a chart: today, the day looked at.
    pub uprights: [&'static str; 2],
    /// What the parts of a chart's upright bars are filled with: tasks, reports.
    pub fillings: [&'static str; 2],
    /// What the parts of a chart's lying bars are made of.
    pub lying: [&'static str; 2],
}

/// What curves are drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Curves {
    /// Dots, eight to a cell; not every font has them.
    #[default]
    Braille,
    /// Half cells.
    Block,
    /// Letters.
    #[serde(skip)]
    Letters,
}

/// The parts of a border.
#[derive(Debug)]
#[allow(missing_docs, reason = "the words are the documentation")]
pub struct Border {
    pub top_left: &'static str,
    pub top_right: &'static str,
    pub bottom_left: &'static str,
    pub bottom_right: &'static str,
    pub horizontal: &'static str,
    pub vertical: &'static str,
}

/// Signs of Unicode.
pub static UNICODE: Glyphs = BRAILLE;

/// The same with curves of half cells.
pub static BLOCKS: Glyphs = Glyphs { curves: Curves::Block, ..BRAILLE };

const BRAILLE: Glyphs = Glyphs {
    border: Border {
        top_left: "╭",
        top_right: "╮",
        bottom_left: "╰",
        bottom_right: "╯",
        horizontal: "─",
        vertical: "│",
    },
    ellipsis: "…",
    dot: "·",
    dash: "–",
    zero: "·",
    selected: "▌",
    marked: "●",
    chosen: ["◦", "●"],
    changed: "◆",
    sorted: ["▴", "▾"],
    thumb: "┃",
    eighths: Some([" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]),
    classes: ["█", "▓", "▲", "◎", "△", "░"],
    reminded: "»",
    escalated: "↑",
    extended: "→",
    freshness: ["●", "◔", "◌", "▲"],
    waiting: "↥",
    conflict: "≠",
    spinner: ["▖", "▘", "▝", "▗"],
    arrow: "→",
    prompt: "›",
    statuses: ["✓", "▽", "✓", "◔", "△", "▲", "◎", "≡", "∞"],
    nothing: "◌",
    returned: "◁",
    left_out: "×",
    phases: ["▶", "▷", "·"],
    phase_bars: ["█", "▒", "░"],
    bar: Some("▆"),
    time: ["│", "┊", "─"],
    beyond: ["‹", "›"],
    curves: Curves::Braille,
    uprights: ["┊", "│"],
    fillings: ["█", "▒"],
    lying: ["━", "╌"],
};

/// Signs of ASCII.
pub static ASCII: Glyphs = Glyphs {
    border: Border {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        horizontal: "-",
        vertical: "|",
    },
    ellipsis: "~",
    dot: "-",
    dash: "-",
    zero: ".",
    selected: ">",
    marked: "*",
    chosen: ["-", "*"],
    changed: "+",
    sorted: ["^", "v"],
    thumb: "#",
    eighths: None,
    classes: ["#", "=", "!", "?", "+", "."],
    reminded: "r",
    escalated: "^",
    extended: ">",
    freshness: ["*", "~", "o", "!"],
    waiting: "@",
    conflict: "!",
    spinner: ["|", "/", "-", "\\"],
    arrow: ">",
    prompt: ">",
    statuses: ["v", "=", "v", "/", "+", "!", "?", "|", "-"],
    nothing: "o",
    returned: "<",
    left_out: "x",
    phases: [">", "-", "."],
    phase_bars: ["#", "%", "."],
    bar: None,
    time: ["|", ":", "-"],
    beyond: ["<", ">"],
    curves: Curves::Letters,
    uprights: [":", "|"],
    fillings: ["#", "="],
    lying: ["#", "="],
};

/// No signs at all: what is read out says everything in words, and parts follow each other with a comma.
pub static SPOKEN: Glyphs = Glyphs {
    border: Border { top_left: "", top_right: "", bottom_left: "", bottom_right: "", horizontal: "", vertical: "" },
    ellipsis: "...",
    dot: ",",
    dash: " - ",
    zero: "0",
    selected: "",
    marked: "",
    chosen: ["", ""],
    changed: "",
    sorted: ["", ""],
    thumb: "",
    eighths: None,
    classes: [""; 6],
    reminded: "",
    escalated: "",
    extended: "",
    freshness: [""; 4],
    waiting: "",
    conflict: "",
    spinner: [""; 4],
    arrow: "->",
    prompt: "",
    statuses: [""; Cell::ALL.len()],
    nothing: "",
    returned: "",
    left_out: "",
    phases: [""; 3],
    phase_bars: [""; 3],
    bar: None,
    time: [""; 3],
    beyond: [""; 2],
    curves: Curves::Letters,
    uprights: [""; 2],
    fillings: [""; 2],
    lying: [""; 2],
};

impl Glyphs {
    /// The set for `ascii`.
    pub fn of(ascii: bool) -> &'static Glyphs {
        if ascii { &ASCII } else { &UNICODE }
    }

    /// The same set with curves of another kind; the plain one has only letters.
    pub fn with_curves(&'static self, curves: Curves) -> &'static Glyphs {
        match (curves, self.is_ascii()) {
            (Curves::Block, false) => &BLOCKS,
            (Curves::Braille | Curves::Letters, _) | (Curves::Block, true) => self,
        }
    }

    /// Is it the set without Unicode?
    pub fn is_ascii(&self) -> bool {
        self.eighths.is_none()
    }

    /// A status's sign.
    pub fn status(&self, cell: Cell) -> &'static str {
        self.statuses[cell as usize]
    }

    /// A campaign's sign.
    pub fn phase(&self, phase: Phase) -> &'static str {
        self.phases[phase as usize]
    }

    /// A campaign's bar where there are no colours.
    pub fn phase_bar(&self, phase: Phase) -> &'static str {
        self.phase_bars[phase as usize]
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn all(glyphs: &Glyphs) -> Vec<&'static str> {
        let border = &glyphs.border;
        let mut all = vec![
            border.top_left,
            border.top_right,
            border.bottom_left,
            border.bottom_right,
            border.horizontal,
            border.vertical,
            glyphs.ellipsis,
            glyphs.dot,
            glyphs.dash,
            glyphs.zero,
            glyphs.selected,
            glyphs.marked,
            glyphs.changed,
            glyphs.thumb,
            glyphs.reminded,
            glyphs.escalated,
            glyphs.extended,
            glyphs.arrow,
            glyphs.prompt,
            glyphs.nothing,
            glyphs.returned,
            glyphs.left_out,
            glyphs.waiting,
            glyphs.conflict,
        ];
        all.extend(glyphs.sorted);
        all.extend(glyphs.eighths.into_iter().flatten());
        all.extend(glyphs.classes);
        all.extend(glyphs.freshness);
        all.extend(glyphs.spinner);
        all.extend(glyphs.statuses);
        all.extend(glyphs.phases);
        all.extend(glyphs.phase_bars);
        all.extend(glyphs.bar);
        all.extend(glyphs.time);
        all.extend(glyphs.beyond);
        all.extend(glyphs.uprights);
        all.extend(glyphs.fillings);
        all.extend(glyphs.lying);
        all
    }

    #[test]
    fn every_sign_takes_one_cell() {
        for sign in all(&UNICODE).into_iter().chain(all(&ASCII)) {
            assert_eq!((sign.width(), sign.chars().count()), (1, 1), "{sign:?}");
        }
    }

    #[test]
    fn the_plain_set_is_plain() {
        assert!(all(&ASCII).into_iter().all(str::is_ascii));
    }

    #[test]
    fn open_statuses_and_bar_classes_can_be_told_apart_without_colour() {
        for glyphs in [&UNICODE, &ASCII] {
            let open: std::collections::BTreeSet<_> =
                Cell::ALL.into_iter().filter(|cell| !cell.is_done()).map(|cell| glyphs.status(cell)).collect();
            assert_eq!(open.len(), 6);
            assert_eq!(std::collections::BTreeSet::from(glyphs.classes).len(), glyphs.classes.len());
        }
    }
}
