//! The input thread: what the terminal and the system say, as [`Input`] on a channel.
//!
//! One thread waits for keys, signals and a hang-up together and sleeps while there is none.
//! It stops the job and brings it back, for only it can be sure that nobody reads the keys
//! meanwhile; and if nobody acts on the end it has announced, it ends the process itself.
//! What a key means is not decided here.

use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

use crossterm::event::{KeyEvent, KeyEventKind, MouseEvent};
use tokio::sync::mpsc::Sender;
use tokio::sync::mpsc::error::TrySendError;

use super::hold;
use super::platform;

/// From the announcement of the end to the end, whether or not anybody acted on it.
const LAST_RESORT: Duration = Duration::from_millis(900);
/// The same key again this soon is one held down: keyboards repeat every 25 to 50 ms, fingers take
/// longer. Terminals do not tell the two apart.
const HELD_WITHIN: Duration = Duration::from_millis(60);
/// How often a full channel is tried again; keys wait in the kernel meanwhile.
const FULL_CHANNEL: Duration = Duration::from_millis(10);

/// What the terminal, or the system about it, says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key went down, or is held: `kind` is `Press` or `Repeat`, never `Release`.
    ///
    /// A key seen again within 60 ms is a `Repeat`: movement and typing take it, acts must not.
    Key(KeyEvent),
    /// Text pasted in one piece, as it came: newlines and controls included.
    Paste(String),
    /// A button or the wheel; cells count from 0.
    Mouse(MouseEvent),
    /// The terminal now has so many columns and rows: a frame is due. Also after a suspension.
    Resize(u16, u16),
    /// The terminal is gone: nothing can be shown any more, and the process ends within a second.
    Hangup,
    /// A signal ends the program, with this exit code: the process ends within a second.
    Ended(u8),
}

/// What a source tells this thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Happened {
    Typed(Input),
    Resized,
    StopAsked,
    Continued,
    Ended(u8),
    HungUp,
}

/// Starts the input thread. It lives as long as the process: once the receiver is gone it leaves
/// the keys alone, and still makes sure that a signal ends the process.
///
/// # Errors
///
/// When the terminal cannot be opened, or signals cannot be listened to.
pub fn listen(sender: Sender<Input>) -> io::Result<()> {
    let source = platform::Source::open()?;
    let listener = Listener { source, sender, waiting: VecDeque::new(), last_key: None, end: None };
    std::thread::Builder::new().name("input".to_owned()).spawn(move || listener.run())?;
    Ok(())
}

struct Listener {
    source: platform::Source,
    sender: Sender<Input>,
    /// What the channel had no room for.
    waiting: VecDeque<Input>,
    last_key: Option<(KeyEvent, Instant)>,
    /// When the process ends by force, and its exit code then.
    end: Option<(Instant, u8)>,
}

impl Listener {
    fn run(mut self) {
        loop {
            self.deliver();
            let read = self.waiting.is_empty() && !self.sender.is_closed() && hold::is_held();
            let happened = self.source.wait(read, self.patience());
            happened.into_iter().for_each(|happened| self.take(happened));
            if let Some((at, code)) = self.end
                && Instant::now() >= at
            {
                hold::release();
                std::process::exit(i32::from(code));
            }
        }
    }

    fn patience(&self) -> Option<Duration> {
        let end = self.end.map(|(at, _)| at.saturating_duration_since(Instant::now()));
        let full = (!self.waiting.is_empty()).then_some(FULL_CHANNEL);
        [end, full].into_iter().flatten().min()
    }

    fn deliver(&mut self) {
        while let Some(input) = self.waiting.pop_front() {
            match self.sender.try_send(input) {
                Ok(()) => {}
                Err(TrySendError::Full(input)) => {
                    self.waiting.push_front(input);
                    return;
                }
                Err(TrySendError::Closed(_)) => self.waiting.clear(),
            }
        }
    }

    fn take(&mut self, happened: Happened) {
        match happened {
            Happened::Typed(Input::Key(key)) => self.take_key(key),
            Happened::Typed(input) => self.waiting.push_back(input),
            Happened::Resized => self.resize(),
            Happened::StopAsked => {
                // It returns before the stop takes effect; coming back is for the continuation to say.
                if platform::can_stop() && hold::pause() {
                    platform::stop_job();
                }
            }
            Happened::Continued => self.come_back(),
            Happened::Ended(code) => self.announce(Input::Ended(code), code),
            // As if by SIGHUP, which the terminal's going sends to some and not to others.
            Happened::HungUp => self.announce(Input::Hangup, 129),
        }
    }

    fn take_key(&mut self, mut key: KeyEvent) {
        if key.kind == KeyEventKind::Release {
            return;
        }
        let now = Instant::now();
        let again = |(last, at): (KeyEvent, Instant)| {
            (last.code, last.modifiers) == (key.code, key.modifiers) && now.duration_since(at) < HELD_WITHIN
        };
        if self.last_key.is_some_and(again) {
            key.kind = KeyEventKind::Repeat;
        }
        self.last_key = Some((key, now));
        self.waiting.push_back(Input::Key(key));
    }

    /// Modes and size may be anything after a stop: others had the terminal.
    fn come_back(&mut self) {
        if hold::resume() {
            self.resize();
        }
    }

    fn resize(&mut self) {
        let Some((columns, rows)) = hold::resized() else {
            return;
        };
        // Of a storm only the last size counts.
        self.waiting.retain(|input| !matches!(input, Input::Resize(..)));
        self.waiting.push_back(Input::Resize(columns, rows));
    }

    fn announce(&mut self, input: Input, code: u8) {
        self.waiting.push_back(input);
        if self.end.is_none() {
            self.end = Some((Instant::now() + LAST_RESORT, code));
        }
    }
}
