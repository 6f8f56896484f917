//! Tokens of a filter: what stands between blanks, taken apart into minus, name, comparison and values. Knows no field.

/// One part of a filter as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Did a minus stand before it?
    pub negated: bool,
    /// What it says.
    pub said: Said,
}

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// A word or a quoted phrase.
    Words {
        /// Without its quotation marks.
        text: String,
        /// Was any of it quoted?
        quoted: bool,
    },
    /// `name:value,value`, `name>value`.
    Field {
        /// What stands before the sign.
        name: String,
        /// The comparison.
        sign: Sign,
        /// The values, without quotation marks; empty ones are left out.
        values: Vec<String>,
    },
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// `:` or `=`
    Is,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

/// The tokens of a filter. A quotation mark that is not closed reaches to the end: it is still being typed.
pub(super) fn tokens(typed: &str) -> Vec<Token> {
    terms(typed).into_iter().filter_map(token).collect()
}

/// The terms of a filter, each as typed: what stands between blanks outside of quotation marks.
pub fn terms(typed: &str) -> Vec<&str> {
    let mut terms = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let end = outside_quotes(rest, char::is_whitespace).map_or(rest.len(), |(place, _)| place);
        let (raw, after) = rest.split_at(end);
        terms.push(raw);
        rest = after.trim_start();
    }
    terms
}

fn token(raw: &str) -> Option<Token> {
    let (negated, raw) = raw.strip_prefix('-').map_or((false, raw), |rest| (true, rest));
    let sign = outside_quotes(raw, |letter| matches!(letter, ':' | '=' | '<' | '>'));
    let said = match sign {
        Some((place, _)) if place > 0 => {
            let (name, rest) = raw.split_at(place);
            let (sign, values) = comparison(rest);
            Said::Field { name: unquoted(name), sign, values: split(values) }
        }
        Some(_) | None => Said::Words { text: unquoted(raw), quoted: raw.contains(is_quote) },
    };
    let empty = matches!(&said, Said::Words { text, .. } if text.trim().is_empty());
    (!empty).then_some(Token { negated, said })
}

/// The sign `rest` begins with (`:>` is `>`), and what follows it.
fn comparison(rest: &str) -> (Sign, &str) {
    const SIGNS: [(&str, Sign); 6] = [
        (">=", Sign::AtLeast),
        ("<=", Sign::AtMost),
        (">", Sign::More),
        ("<", Sign::Less),
        ("=", Sign::Is),
        (":", Sign::Is),
    ];
    let after_colon = rest.strip_prefix(':').filter(|rest| rest.starts_with(['<', '>', '=']));
    let rest = after_colon.unwrap_or(rest);
    SIGNS.iter().find_map(|(text, sign)| Some((*sign, rest.strip_prefix(text)?))).unwrap_or((Sign::Is, rest))
}

fn split(values: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = values;
    while let Some((place, comma)) = outside_quotes(rest, |letter| letter == ',') {
        parts.push(&rest[..place]);
        rest = &rest[place + comma.len_utf8()..];
    }
    parts.push(rest);
    parts.into_iter().map(unquoted).filter(|value| !value.trim().is_empty()).collect()
}

/// The first character outside of quotation marks that is wanted, and where it stands.
fn outside_quotes(text: &str, wanted: impl Fn(char) -> bool) -> Option<(usize, char)> {
    let mut quoted = false;
    text.char_indices().find(|(_, letter)| {
        quoted ^= is_quote(*letter);
        !quoted && wanted(*letter)
    })
}

fn unquoted(text: &str) -> String {
    text.chars().filter(|letter| !is_quote(*letter)).collect()
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„')
}
