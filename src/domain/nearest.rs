//! [`nearest`]: "did you mean …?", the known name a mistyped one most likely means.

/// Longer words are not compared: what is that long was not mistyped by a letter or two.
const LONGEST: usize = 64;

/// So many known names are compared, at most: a hostile file must not cost more than its reading.
const MOST: usize = 20_000;

/// The one of `known` nearest to `typed`: at most one slip of the fingers for three letters of it, case aside; `None` where
/// none is near. Of two as near the first in the alphabet.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if typed.len() > LONGEST {
        return None;
    }
    let typed_lower = typed.to_lowercase();
    let known: Vec<&str> = known.into_iter().take(MOST).collect();
    let letters = typed_lower.chars().count();
    let most = (letters / 3).max(1);
    let distance = |name: &str| strsim::damerau_levenshtein(&typed_lower, &name.to_lowercase());
    // A word that was only begun.
    let mut begun = known.iter().copied().filter(|name| letters >= 3 && name.to_lowercase().starts_with(&typed_lower));
    if let (Some(name), None) = (begun.next(), begun.next()) {
        return Some(name).filter(|name| *name != typed);
    }
    let comparable = |name: &&str| *name != typed && name.len().abs_diff(typed.len()) <= 3 * most;
    let near = known.into_iter().filter(comparable).map(|name| (distance(name), name));
    let (distance, name) = near.min()?;
    (distance <= most && distance < letters).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood_and_nonsense_is_not() {
        let known = ["agency", "duty", "period", "late", "lead", "due", "ldtbxh", "coordinating"];
        for (typed, meant) in
            [("agecny", "agency"), ("Dutty", "duty"), ("deu", "due"), ("Due", "due"), ("ldtbhx", "ldtbxh")]
        {
            assert_eq!(nearest(typed, known), Some(meant));
        }
        assert_eq!(nearest("cordinating", known), Some("coordinating"));
        assert_eq!(nearest("Coord", known), Some("coordinating"), "a word that was only begun");
        assert_eq!(nearest("lea", ["lead", "leave"]), Some("lead"), "of several that begin so the nearest");
        for typed in ["zzz", "", "deadline", &"x".repeat(100_000)] {
            assert_eq!(nearest(typed, known), None);
        }
    }
}
