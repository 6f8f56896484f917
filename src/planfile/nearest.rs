//! "Did you mean …?": the known word nearest to one that is not.

use crate::domain::text::Text;

/// Longer words are not compared: what is that long was not mistyped by a letter or two.
const LONGEST: usize = 64;

/// So many known words are compared, at most: a hostile file must not cost more than its reading.
const MOST: usize = 20_000;

/// The known word nearest to `word`: at most one slip of the fingers for three letters of it, case aside.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<Text> {
    if word.len() > LONGEST {
        return None;
    }
    let most = (word.chars().count() / 3).max(1);
    let lower = word.to_lowercase();
    let distance = |known: &str| strsim::damerau_levenshtein(&lower, &known.to_lowercase());
    let near =
        known.into_iter().take(MOST).filter(|known| *known != word && known.len().abs_diff(word.len()) <= 3 * most);
    let (distance, known) = near.map(|known| (distance(known), known)).min()?;
    (distance <= most && distance < lower.chars().count()).then(|| Text::new(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_is_found_and_another_word_is_not() {
        let known = ["due", "lead", "ldtbxh", "coordinating"];
        let near = |word: &str| nearest(word, known).map(|text| text.to_string());
        assert_eq!(near("deu").as_deref(), Some("due"));
        assert_eq!(near("Due").as_deref(), Some("due"));
        assert_eq!(near("ldtbhx").as_deref(), Some("ldtbxh"));
        assert_eq!(near("cordinating").as_deref(), Some("coordinating"));
        assert_eq!(near("deadline"), None);
        assert_eq!(near(""), None);
        assert_eq!(near(&"x".repeat(100_000)), None);
    }
}
