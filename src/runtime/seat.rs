//! [`Seat`]: the terminal, taken once. One dashboard after another is shown there; what the last one had under way ends beside
//! the next.

use std::io;

use tokio::{
    sync::mpsc::{self, Receiver},
    task::JoinHandle,
};

use super::{
    Input, Options, Terminal,
    acts::Left,
    around::Ending,
    dashboard::{Dashboard, FACTS, Running},
};

/// The terminal, and what is typed there.
pub struct Seat {
    terminal: Terminal,
    inputs: Receiver<Input>,
    leaving: Vec<JoinHandle<Left>>,
}

impl Seat {
    /// Takes the terminal.
    ///
    /// # Errors
    ///
    /// When there is none, or it cannot be taken.
    pub fn take(options: Options) -> io::Result<Self> {
        super::panic::install();
        let (sender, inputs) = mpsc::channel(FACTS);
        let terminal = Terminal::enter(options)?;
        super::listen(sender)?;
        Ok(Seat { terminal, inputs, leaving: Vec::new() })
    }

    /// Makes the thread that writes fail, to show what happens then.
    pub fn fail_writing_thread(&self) {
        self.terminal.fail_writing_thread();
    }

    /// Shows a dashboard until it is left for another plan, or with the program.
    pub async fn show(&mut self, dashboard: Dashboard) -> Ending {
        let (mut running, facts) = Running::new(dashboard, &self.terminal);
        let ending = running.run(&mut self.inputs, facts).await;
        self.leaving.push(tokio::spawn(running.finish()));
        ending
    }

    /// Gives the terminal back; answers what was not sent.
    pub async fn leave(self) -> Left {
        self.terminal.leave();
        Left::by(self.leaving).await
    }
}
