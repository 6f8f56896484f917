//! Keys: how they are written, and what they are bound to. The only file that knows crossterm's key types.

use std::{collections::BTreeMap, fmt, str::FromStr};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use serde::{Deserialize, Serialize};
use tui_input::{Input, backend::crossterm::EventHandler};

use super::action::Action;
use crate::domain::{nearest::nearest, sentence::Sentence};

/// The bindings that ship.
const SHIPPED: &str = include_str!("../../config/keys.toml");

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
    repeat: bool,
}

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// While panels have the focus.
    Panels,
    /// While a dialog is open.
    Dialog,
    /// While a deed asks for what it needs.
    Form,
    /// While the filter is typed.
    Typing,
}

/// Bindings as written: scope, key, action.
pub type Written = BTreeMap<Scope, BTreeMap<String, String>>;

/// What each key does in each scope.
#[derive(Clone, Debug, Default)]
pub struct Bindings {
    bound: Vec<(Scope, Key, Action)>,
}

impl Bindings {
    /// The shipped bindings, with those of `changes` in their place; what is wrong with them where they cannot be used.
    pub fn new(changes: &Written) -> Result<Self, Sentence> {
        let unreadable = |error: toml::de::Error| Sentence::new("keys-shipped").with("reason", error.message());
        let shipped: toml::Table = SHIPPED.parse().map_err(unreadable)?;
        let shipped: Written = shipped.try_into().map_err(unreadable)?;
        let mut bindings = Bindings::default();
        for (written, replaces) in [(&shipped, false), (changes, true)] {
            for (scope, keys) in written {
                bindings.take(*scope, keys, replaces)?;
            }
        }
        Ok(bindings)
    }

    /// What `key` does in `scope`. A held key repeats only what moves.
    pub fn action(&self, scope: Scope, key: Key) -> Option<Action> {
        let pressed = Key { repeat: false, ..key };
        let bound = self.bound.iter().find(|(of, bound, _)| *of == scope && *bound == pressed);
        bound.map(|(_, _, action)| *action).filter(|action| !key.repeat || action.repeats())
    }

    /// The keys of `action` in `scope`, the first bound first.
    pub fn keys(&self, scope: Scope, action: Action) -> impl Iterator<Item = Key> {
        self.bound.iter().filter(move |(of, _, bound)| *of == scope && *bound == action).map(|(_, key, _)| *key)
    }

    fn take(&mut self, scope: Scope, keys: &BTreeMap<String, String>, replaces: bool) -> Result<(), Sentence> {
        let mut taken: Vec<(Key, &String)> = Vec::new();
        for (written, action) in keys {
            let wrong = |id| Sentence::new(id).with("scope", scope.to_string()).with("key", written.as_str());
            let key: Key = written.parse().map_err(|()| wrong("keys-not-a-key"))?;
            if let Some((_, first)) = taken.iter().find(|(other, _)| *other == key) {
                return Err(wrong("keys-bound-twice").with("first", first.as_str()).with("second", action.as_str()));
            }
            taken.push((key, action));
            if replaces {
                self.bound.retain(|(of, bound, _)| (*of, *bound) != (scope, key));
            }
            if action != "none" {
                let near = || nearest(action, Action::ALL.iter().map(|action| action.as_str()));
                let bound = Action::named(action);
                let bound =
                    bound.ok_or_else(|| wrong("keys-no-such-action").with("action", action.as_str()).near(near()));
                self.bound.push((scope, key, bound?));
            }
        }
        Ok(())
    }
}

impl Key {
    /// A key event as a key; `None` for a release.
    pub fn of(event: KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let repeat = event.kind == KeyEventKind::Repeat;
        Some(Key { repeat, ..Key::plain(event.code, event.modifiers) })
    }

    /// The letter it types, if it types one.
    pub fn typed(self) -> Option<char> {
        let commands = self.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        if let KeyCode::Char(letter) = self.code { Some(letter).filter(|_| !commands) } else { None }
    }

    /// Edits a line being typed. Did its text change?
    pub fn edit(self, line: &mut Input) -> bool {
        let event = Event::Key(KeyEvent::new(self.code, self.modifiers));
        line.handle_event(&event).is_some_and(|change| change.value)
    }

    fn plain(code: KeyCode, modifiers: KeyModifiers) -> Self {
        // Terminals differ in whether they say shift with a capital letter or sign, and with BackTab.
        let (code, modifiers) = if matches!(code, KeyCode::Char(_)) {
            (code, modifiers - KeyModifiers::SHIFT)
        } else if code == KeyCode::BackTab {
            (KeyCode::Tab, modifiers | KeyModifiers::SHIFT)
        } else {
            (code, modifiers)
        };
        let kept = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT;
        Key { code, modifiers: modifiers & kept, repeat: false }
    }
}

const NAMED: [(&str, KeyCode); 15] = [
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("page-up", KeyCode::PageUp),
    ("page-down", KeyCode::PageDown),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("space", KeyCode::Char(' ')),
];

const MODIFIERS: [(&str, KeyModifiers); 3] =
    [("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT), ("shift-", KeyModifiers::SHIFT)];

impl FromStr for Key {
    type Err = ();

    fn from_str(written: &str) -> Result<Self, ()> {
        let mut rest = written;
        let mut modifiers = KeyModifiers::NONE;
        for (name, modifier) in MODIFIERS {
            if let Some(after) = rest.strip_prefix(name) {
                (rest, modifiers) = (after, modifiers | modifier);
            }
        }
        let named = NAMED.iter().find(|(name, _)| *name == rest).map(|(_, code)| *code);
        let function = rest.strip_prefix('f').and_then(|number| number.parse().ok());
        let function = function.filter(|number| (1..=12).contains(number)).map(KeyCode::F);
        let mut letters = rest.chars();
        let letter = letters.next().filter(|_| letters.next().is_none()).map(KeyCode::Char);
        named.or(function).or(letter).map(|code| Key::plain(code, modifiers)).ok_or(())
    }
}

impl fmt::Display for Key {
    /// As it is written in the config.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, modifier) in MODIFIERS {
            if self.modifiers.contains(modifier) {
                formatter.write_str(name)?;
            }
        }
        match (NAMED.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => formatter.write_str(name),
            (None, KeyCode::Char(letter)) => write!(formatter, "{letter}"),
            (None, KeyCode::F(number)) => write!(formatter, "f{number}"),
            (None, other) => write!(formatter, "{other}"),
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Scope::Panels => "panels",
            Scope::Dialog => "dialog",
            Scope::Form => "form",
            Scope::Typing => "typing",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(scope: Scope, keys: &[(&str, &str)]) -> Written {
        let keys = keys.iter().map(|(key, action)| ((*key).to_owned(), (*action).to_owned())).collect();
        Written::from([(scope, keys)])
    }

    #[test]
    fn shipped_keys_are_readable_and_written_as_they_are_read() {
        let bindings = Bindings::new(&Written::new()).unwrap();
        for (_, key, _) in &bindings.bound {
            assert_eq!(key.to_string().parse::<Key>(), Ok(*key));
        }
        let key = |written: &str| written.parse().unwrap();
        assert_eq!(bindings.action(Scope::Panels, key("shift-tab")), Some(Action::PreviousPanel));
        assert_eq!(bindings.action(Scope::Panels, key("G")), Some(Action::Last));
        assert_eq!(bindings.action(Scope::Dialog, key("G")), None);
    }

    #[test]
    fn every_action_can_be_reached_by_a_key() {
        let bindings = Bindings::new(&Written::new()).unwrap();
        let in_menu = [
            Action::Assign,
            Action::Submit,
            Action::RequestExtension,
            Action::Decline,
            Action::Exempt,
            Action::Pause,
            Action::Resume,
            Action::Cancel,
            Action::OpenCase,
            Action::AmendTask,
            Action::AmendAgency,
            Action::AddTask,
        ];
        let of_palette = [Action::Messages, Action::StopLoading, Action::Accept];
        let keyless = [&in_menu[..], &of_palette].concat();
        for action in Action::ALL.iter().filter(|action| !keyless.contains(action)) {
            assert!(bindings.bound.iter().any(|(_, _, bound)| bound == action), "{action:?}");
        }
    }

    #[test]
    fn a_change_replaces_the_shipped_key_and_none_takes_it_away() {
        let bindings = Bindings::new(&changes(Scope::Panels, &[("x", "quit"), ("q", "none")])).unwrap();
        let key = |written: &str| written.parse().unwrap();
        assert_eq!(bindings.action(Scope::Panels, key("x")), Some(Action::Quit));
        assert_eq!(bindings.action(Scope::Panels, key("q")), None);
    }

    #[test]
    fn wrong_bindings_say_what_is_meant() {
        let error = Bindings::new(&changes(Scope::Panels, &[("x", "quitt")])).unwrap_err();
        assert_eq!((error.id, error.nearest.as_deref()), ("keys-no-such-action", Some("quit")));
        assert!(Bindings::new(&changes(Scope::Panels, &[("hyper-x", "quit")])).is_err());
        let twice = changes(Scope::Panels, &[("x", "quit"), ("shift-x", "help")]);
        assert_eq!(Bindings::new(&twice).unwrap_err().id, "keys-bound-twice");
    }

    #[test]
    fn a_held_key_repeats_only_what_moves() {
        let bindings = Bindings::new(&Written::new()).unwrap();
        let held = |letter| Key { repeat: true, ..Key::plain(KeyCode::Char(letter), KeyModifiers::NONE) };
        assert_eq!(bindings.action(Scope::Panels, held('j')), Some(Action::Down));
        assert_eq!(bindings.action(Scope::Panels, held('q')), None);
    }
}
