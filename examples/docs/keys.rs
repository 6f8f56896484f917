//! The page of keys, from `config/keys.toml` and the words of both languages.

use std::fmt::Write;

use tiendo::{
    app::{
        action::Action,
        keys::{Bindings, Scope, Written},
    },
    ui::keycap,
    words::{Words, language},
};

/// The scopes, and where they hold.
const SCOPES: [(Scope, &str); 4] = [
    (Scope::Panels, "While panels have the focus · Khi đang ở các khung"),
    (Scope::Dialog, "In a dialog · Trong hộp thoại"),
    (Scope::Form, "While a deed asks for what it needs · Khi đang điền thông tin xử lý"),
    (Scope::Typing, "While the filter is typed · Khi đang gõ bộ lọc"),
];

/// The page's name and text.
pub(crate) fn page() -> (&'static str, String) {
    let bindings = Bindings::new(&Written::new()).expect("the shipped keys can be read");
    let [vietnamese, english] = ["vi", "en"].map(|tag| Words::new(language(tag).expect("it ships")));
    let mut page = String::from(
        "# Keys · Phím\n\n\
         Made from `config/keys.toml` by `cargo run --example docs`. In the program `?` shows the same, searchable. Other keys go into\n\
         your config: `[keys.panels]`, `\"ctrl-x\" = \"quit\"`; the name to write is in the last column. Actions without a key are in the\n\
         palette (`:`).\n",
    );
    for (scope, heading) in SCOPES {
        let _ = write!(page, "\n## {heading}\n\n| key · phím | | | name |\n|---|---|---|---|\n");
        for action in Action::ALL {
            let keys: Vec<String> =
                bindings.keys(scope, *action).map(|key| format!("`{}`", keycap::name(key, false))).collect();
            if keys.is_empty() && scope != Scope::Panels {
                continue;
            }
            let id = action.word().0;
            let keys = keys.join(" ").replace('|', "\\|");
            let _ = writeln!(page, "| {keys} | {} | {} | `{}` |", vietnamese.get(id), english.get(id), action.as_str());
        }
    }
    ("keys.md", page)
}
