//! Paragraphs and text in WordprocessingML. Text is cleaned and escaped here, and nowhere is it put in otherwise.

use crate::domain::text::Text;

/// An element and what is in it, which is markup already.
pub(super) fn element(name: &str, inner: &str) -> String {
    format!("<{name}>{inner}</{name}>")
}

/// Text that stands in XML as itself, also within a quoted attribute. Characters XML does not know are left out: the rest of
/// what does not print is made visible by [`Text`].
pub(super) fn escaped(text: &str) -> String {
    let text = Text::new(text);
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// A paragraph of a style, to be given its text.
pub(super) struct Paragraph<'a> {
    style: &'a str,
    /// Stays on the page of the next one.
    together: bool,
    /// More properties, as markup.
    more: &'a str,
}

impl<'a> Paragraph<'a> {
    pub(super) fn of(style: &'a str) -> Self {
        Paragraph { style, together: false, more: "" }
    }

    pub(super) fn together(self) -> Self {
        Paragraph { together: true, ..self }
    }

    pub(super) fn with(self, more: &'a str) -> Self {
        Paragraph { more, ..self }
    }

    /// The paragraph with that text.
    pub(super) fn text(self, text: &str) -> String {
        let run = if text.is_empty() { String::new() } else { run(text) };
        self.raw(&run)
    }

    /// The paragraph with that markup.
    pub(super) fn raw(self, runs: &str) -> String {
        let together = if self.together { "<w:keepNext/>" } else { "" };
        let style = format!("<w:pStyle w:val=\"{}\"/>", self.style);
        element("w:p", &format!("{}{runs}", element("w:pPr", &format!("{style}{together}{}", self.more))))
    }
}

/// A run of text.
pub(super) fn run(text: &str) -> String {
    element("w:r", &format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(text)))
}
