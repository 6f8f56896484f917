//! How an item stands, in words: its state, and how it stands to its date where that says more.

use super::Words;
use crate::domain::{
    item::Kind,
    status::{Base, Cell},
};

impl Words {
    /// `chưa nộp, quá hạn`; where the cell says it all, its words alone.
    pub fn standing(&self, kind: Kind, base: Base, cell: Option<Cell>) -> String {
        let state = || self.get(&kind.state_word(base)).into_owned();
        let stands = |cell: Cell| self.get(&format!("cell-{}", cell.as_str())).into_owned();
        match cell {
            None | Some(Cell::DoneNoDeadline | Cell::AwaitingConfirmation | Cell::Paused) => state(),
            Some(cell @ (Cell::OnTime | Cell::Late)) => stands(cell),
            Some(cell @ (Cell::InTime | Cell::DueSoon | Cell::Overdue | Cell::NoDeadline)) => {
                format!("{}, {}", state(), stands(cell))
            }
        }
    }
}
