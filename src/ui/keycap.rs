//! How a key is named on the screen: `Ctrl-p`, `Esc`, `↑`.

use crate::app::{
    action::Action,
    keys::{Bindings, Key, Scope},
};

const NAMES: [(&str, &str, &str); 14] = [
    ("up", "↑", "Up"),
    ("down", "↓", "Down"),
    ("left", "←", "Left"),
    ("right", "→", "Right"),
    ("page-up", "PgUp", "PgUp"),
    ("page-down", "PgDn", "PgDn"),
    ("home", "Home", "Home"),
    ("end", "End", "End"),
    ("tab", "Tab", "Tab"),
    ("enter", "Enter", "Enter"),
    ("esc", "Esc", "Esc"),
    ("space", "Space", "Space"),
    ("backspace", "Backspace", "Backspace"),
    ("delete", "Del", "Del"),
];

/// The names of an action's keys while panels have the focus, the shortest first; of one length a letter before a sign.
pub fn names(bindings: &Bindings, action: Action, ascii: bool) -> Vec<String> {
    let mut names: Vec<String> = bindings.keys(Scope::Panels, action).map(|key| name(key, ascii)).collect();
    names.sort_by_key(|name| (name.chars().count(), !name.is_ascii()));
    names
}

/// The key's name.
pub fn name(key: Key, ascii: bool) -> String {
    let written = key.to_string();
    let mut rest = written.as_str();
    let mut name = String::new();
    for (modifier, shown) in [("ctrl-", "Ctrl-"), ("alt-", "Alt-"), ("shift-", "Shift-")] {
        if let Some(after) = rest.strip_prefix(modifier).filter(|after| !after.is_empty()) {
            name.push_str(shown);
            rest = after;
        }
    }
    match NAMES.iter().find(|(named, ..)| *named == rest) {
        Some((_, unicode, plain)) => name.push_str(if ascii { plain } else { unicode }),
        None if rest.starts_with('f') && rest.len() > 1 => name.push_str(&rest.to_uppercase()),
        None => name.push_str(rest),
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_named_as_they_stand_on_the_keyboard() {
        let named = |written: &str| name(written.parse().unwrap(), false);
        assert_eq!(
            ["j", "G", "ctrl-p", "shift-tab", "f5", "up", "page-down", "space", "-", "f"].map(named),
            ["j", "G", "Ctrl-p", "Shift-Tab", "F5", "↑", "PgDn", "Space", "-", "f"]
        );
        assert_eq!(name("up".parse().unwrap(), true), "Up");
    }
}
