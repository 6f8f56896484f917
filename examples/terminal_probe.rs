//! The terminal part alone, driven by the tests of it: a counter that moves with every key.
//!
//! `q` quits, `s` suspends, `p` panics here, `t` in a thread, `k` in a task, `w` in the thread that
//! writes, `c` in work whose panics are contained; `f` floods the terminal with frames. With
//! `PROBE_TELL` it tells over that unix socket what it does; with `PROBE_DEAF` it ignores its end.

use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::process::ExitCode;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};
use tiendo::runtime::{self, Frame, Input, Options, Terminal, panic};
use tokio::sync::mpsc;
use tokio::time::interval;

fn main() -> ExitCode {
    if let Err(error) = runtime::require_terminal() {
        let _ = writeln!(std::io::stderr(), "{error}");
        return ExitCode::from(2);
    }
    let Ok(tokio) = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() else {
        return ExitCode::FAILURE;
    };
    let code = tokio.block_on(run()).unwrap_or(ExitCode::FAILURE);
    tokio.shutdown_background();
    code
}

async fn run() -> std::io::Result<ExitCode> {
    panic::install();
    let tell = Tell(std::env::var_os("PROBE_TELL").and_then(|path| UnixStream::connect(path).ok()));
    let terminal = Terminal::enter(Options { mouse: true, title: true, ascii: false })?;
    let (sender, mut inputs) = mpsc::channel(64);
    runtime::listen(sender)?;
    let size = terminal.size().into();
    let deaf = std::env::var_os("PROBE_DEAF").is_some();
    let mut probe =
        Probe { terminal, tell, size, spare: Buffer::default(), count: 0, last: String::new(), flood: false, deaf };
    probe.draw();
    let mut beats = interval(Duration::from_millis(5));
    loop {
        tokio::select! {
            input = inputs.recv() => {
                if let Some(code) = input.and_then(|input| probe.take(input)) {
                    probe.terminal.leave();
                    return Ok(ExitCode::from(code));
                }
            }
            _ = beats.tick(), if probe.flood || probe.tell.0.is_some() => probe.beat(),
        }
    }
}

struct Probe {
    terminal: Terminal,
    tell: Tell,
    size: (u16, u16),
    spare: Buffer,
    count: u32,
    last: String,
    flood: bool,
    deaf: bool,
}

impl Probe {
    fn take(&mut self, input: Input) -> Option<u8> {
        self.tell.line(&format!("{input:?}"));
        self.count += 1;
        match input {
            Input::Key(key) => {
                self.last = format!("{:?} {:?}", key.code, key.modifiers);
                if let Some(c) = key.code.as_char() {
                    return self.act(c);
                }
            }
            Input::Paste(text) => self.last = format!("pasted {text:?}"),
            Input::Mouse(mouse) => self.last = format!("mouse {},{}", mouse.column, mouse.row),
            Input::Resize(columns, rows) => self.size = (columns, rows),
            Input::Hangup => return (!self.deaf).then_some(1),
            Input::Ended(code) => return (!self.deaf).then_some(code),
        }
        self.draw();
        None
    }

    fn act(&mut self, c: char) -> Option<u8> {
        match c {
            'q' => return Some(0),
            's' => self.terminal.suspend(),
            'f' => self.flood = !self.flood,
            'p' => broken(),
            't' => drop(std::thread::spawn(broken)),
            'k' => drop(tokio::spawn(async { broken() })),
            'w' => self.terminal.fail_writing_thread(),
            'c' => self.last = format!("{:?}", panic::contained(broken)),
            _ => {}
        }
        self.draw();
        None
    }

    fn beat(&mut self) {
        self.tell.line("beat");
        if self.flood {
            self.count += 1;
            self.draw();
        }
    }

    fn draw(&mut self) {
        let mut buffer = std::mem::take(&mut self.spare);
        buffer.resize(Rect::new(0, 0, self.size.0, self.size.1));
        buffer.reset();
        if self.flood {
            for (at, cell) in (0_u32..).zip(&mut buffer.content) {
                cell.set_char(char::from(b'a' + ((at + self.count) % 26) as u8))
                    .set_fg(Color::Indexed((at % 200) as u8));
            }
        }
        let lines = [
            format!("count {} ", self.count),
            format!("size {}x{} ", self.size.0, self.size.1),
            format!("last {} ", self.last),
            "tiến độ: \u{202e}xấu".to_owned(),
        ];
        for (y, line) in (0_u16..).zip(&lines).take(usize::from(self.size.1)) {
            buffer.set_string(0, y, line, Style::new());
        }
        // Past all that draws text: what only the sweep still sees.
        if let Some(cell) = buffer.cell_mut((30, 3)) {
            cell.set_symbol("\u{1b}[31m");
        }
        let title = Some("probe \u{7}title".to_owned());
        self.spare = self.terminal.show(Frame { buffer, cursor: Some(Position::new(2, 1)), title });
    }
}

#[allow(clippy::panic, reason = "what is tried here")]
fn broken() {
    panic!("broken on purpose");
}

struct Tell(Option<UnixStream>);

impl Tell {
    fn line(&mut self, line: &str) {
        if let Some(socket) = &mut self.0 {
            let _ = writeln!(socket, "{line}");
        }
    }
}
