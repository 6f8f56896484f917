//! [`plain`]: a line as it leaves: letters, digits and the signs every voice, braille table and line printer has.

use crate::words::Words;

/// What stands for a sign that is drawn rather than read.
const READ: [(&str, &str); 16] = [
    (" · ", ", "),
    ("·", ","),
    (" — ", ", "),
    ("—", "-"),
    ("–", "-"),
    ("…", "..."),
    ("“", "\""),
    ("”", "\""),
    ("’", "'"),
    ("‘", "'"),
    ("×", "x"),
    ("›", ""),
    ("◆", ""),
    ("●", ""),
    ("○", ""),
    ("\u{fffd}", "?"),
];

/// One line without drawn signs, without doubled blanks.
pub(super) fn plain(line: &str, words: &Words) -> String {
    let becomes = words.get("linear-becomes");
    let line = line.replace("->", &becomes).replace('→', &becomes);
    let line = READ.iter().fold(line, |line, (sign, read)| line.replace(sign, read));
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace(" ,", ",").replace(" :", ":").replace(",,", ",").trim_end_matches([',', ' ']).to_owned()
}
