//! What the terminal says of the mouse, as facts: clicks, double clicks, the wheel; a click on a tab as its action.

use std::time::{Duration, Instant};

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::{
    app::{
        model::Model,
        msg::{Msg, Pointed, Pointer},
    },
    ui,
};

/// Two clicks on one cell this soon are one double click.
const DOUBLE: Duration = Duration::from_millis(400);

/// Remembers the last click.
#[derive(Default)]
pub(super) struct Mouse {
    last: Option<(u16, u16, Instant)>,
}

impl Mouse {
    /// The fact a mouse event is; none for moving and letting go.
    pub(super) fn took(&mut self, event: MouseEvent, model: &Model, look: &ui::Look<'_>) -> Option<Msg> {
        let (x, y) = (event.column, event.row);
        let kind = match event.kind {
            MouseEventKind::Down(MouseButton::Left) => self.clicked(x, y),
            MouseEventKind::ScrollUp => Pointed::WheelUp,
            MouseEventKind::ScrollDown => Pointed::WheelDown,
            MouseEventKind::Down(MouseButton::Right | MouseButton::Middle)
            | MouseEventKind::Up(_)
            | MouseEventKind::Drag(_)
            | MouseEventKind::Moved
            | MouseEventKind::ScrollLeft
            | MouseEventKind::ScrollRight => return None,
        };
        let on_tab = (kind == Pointed::Click).then(|| ui::action_at(model, look, x, y)).flatten();
        Some(on_tab.map_or(Msg::Pointed(Pointer { x, y, kind }), Msg::Chosen))
    }

    fn clicked(&mut self, x: u16, y: u16) -> Pointed {
        let now = Instant::now();
        let again =
            self.last.take().is_some_and(|(last_x, last_y, at)| (last_x, last_y) == (x, y) && now - at < DOUBLE);
        if again {
            return Pointed::DoubleClick;
        }
        self.last = Some((x, y, now));
        Pointed::Click
    }
}
