//! Text pasted into a line being typed: put in at once, and no more of it than anybody would write there.

use tui_input::Input;

use crate::domain::text::Text;

/// A line takes so many letters; it is looked at whole at every key, so what is pasted beyond is dropped.
const MOST: usize = 2_000;

/// Puts `text`, cleaned, where the cursor is.
pub(super) fn paste(input: &mut Input, text: &str) {
    let (line, at) = (input.value(), input.cursor());
    let room = MOST.saturating_sub(line.chars().count());
    let pasted: String = Text::new(text).chars().take(room).collect();
    let end = at + pasted.chars().count();
    let whole: String = line.chars().take(at).chain(pasted.chars()).chain(line.chars().skip(at)).collect();
    *input = Input::new(whole).with_cursor(end);
}
