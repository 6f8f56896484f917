//! The signs of words on a screen that takes only ASCII: quotation marks, arrows, dashes and dots, wherever they came from. A
//! sign is replaced by one as wide, so that nothing moves; letters stay, and so do signs nobody could tell the meaning of.

use ratatui::buffer::Buffer;

/// Spells the signs of the frame in ASCII.
pub(super) fn spell(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if let Some(plain) = plain(cell.symbol()) {
            cell.set_symbol(plain);
        }
    }
}

/// What stands for a sign, one cell wide as it is.
fn plain(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "\u{a0}" | "\u{202f}" | "\u{2009}" => " ",
        "·" | "•" | "–" | "—" | "‑" | "−" => "-",
        "…" => "~",
        "“" | "”" | "„" | "«" | "»" => "\"",
        "‘" | "’" => "'",
        "×" => "x",
        "←" => "<",
        "→" => ">",
        "↑" => "^",
        "↓" => "v",
        _ => return None,
    })
}
