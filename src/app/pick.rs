//! [`Pick`]: choosing one of many, by typing a part of its name without marks or by going through them. Typing again after
//! an input method took letters back is the same as typing once: only the text that stands there counts.

use tui_input::Input;

use crate::domain::text::{Text, fold_marks};

/// One of many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is filled in.
    pub id: Text,
    /// As it is shown.
    pub label: Text,
    /// Its names to be found by, folded.
    names: Vec<String>,
}

impl Candidate {
    /// `id` shown as `label`, found by any of `names`.
    pub fn new<'a>(id: &'a str, label: &'a str, names: impl IntoIterator<Item = &'a str>) -> Self {
        let names = names.into_iter().chain([id, label]).filter(|name| !name.is_empty()).map(fold_marks).collect();
        Candidate { id: Text::new(id), label: Text::new(label), names }
    }

    /// How well it fits what is typed, the best first; none where it does not.
    fn fit(&self, typed: &str) -> Option<u8> {
        if self.names.iter().any(|name| name == typed) {
            return Some(0);
        }
        let words: Vec<&str> = typed.split_whitespace().collect();
        let begins = |name: &str, word: &str| name.split([' ', '-', '/']).any(|part| part.starts_with(word));
        let any =
            |is: &dyn Fn(&str, &str) -> bool| words.iter().all(|word| self.names.iter().any(|name| is(name, word)));
        if self.names.iter().any(|name| name.starts_with(typed)) {
            Some(1)
        } else if any(&begins) {
            Some(2)
        } else {
            any(&|name, word| name.contains(word)).then_some(3)
        }
    }
}

/// Those of `candidates` that fit `typed`, the best first; all of them where nothing is typed.
pub fn fitting<'a>(candidates: &'a [Candidate], typed: &str) -> Vec<&'a Candidate> {
    let typed = fold_marks(typed.trim());
    if typed.is_empty() {
        return candidates.iter().collect();
    }
    let mut fitting: Vec<(u8, &Candidate)> =
        candidates.iter().filter_map(|candidate| Some((candidate.fit(&typed)?, candidate))).collect();
    fitting.sort_by_key(|(fit, _)| *fit);
    fitting.into_iter().map(|(_, candidate)| candidate).collect()
}

/// A choice being made.
#[derive(Clone, Debug, Default)]
pub struct Pick {
    /// What is typed to find one.
    pub input: Input,
    /// Can one type, or only go through them?
    pub is_typed: bool,
    candidates: Vec<Candidate>,
    /// The place chosen among those that fit.
    place: Option<usize>,
    /// The one chosen while nothing is typed.
    standing: Option<usize>,
}

impl Pick {
    /// One of `candidates` found by typing; to begin with the one with the id `standing`.
    pub fn typed(candidates: Vec<Candidate>, standing: Option<&str>) -> Self {
        Pick { is_typed: true, ..Pick::among(candidates, standing) }
    }

    /// One of `candidates` to go through; to begin with the one with the id `standing`.
    pub fn among(candidates: Vec<Candidate>, standing: Option<&str>) -> Self {
        let standing = standing.and_then(|id| candidates.iter().position(|candidate| candidate.id.as_str() == id));
        Pick { input: Input::default(), is_typed: false, candidates, place: standing, standing }
    }

    /// Those that fit what is typed, the best first.
    pub fn fitting(&self) -> Vec<&Candidate> {
        fitting(&self.candidates, self.input.value())
    }

    /// The one chosen.
    pub fn chosen(&self) -> Option<&Candidate> {
        self.fitting().get(self.place?).copied()
    }

    /// Its place among those that fit, and how many these are.
    pub fn place(&self) -> (Option<usize>, usize) {
        (self.place, self.fitting().len())
    }

    /// Goes to the next one that fits, or the one before.
    pub fn step(&mut self, forth: bool) {
        let count = self.fitting().len();
        self.place = match (count, self.place, forth) {
            (0, _, _) => None,
            (_, None, true) => Some(0),
            (_, None, false) => Some(count - 1),
            (_, Some(place), true) => Some((place + 1) % count),
            (_, Some(place), false) => Some((place + count - 1) % count),
        };
    }

    /// Chooses the one with that id among those that fit.
    pub(super) fn choose(&mut self, id: &str) {
        let place = self.fitting().iter().position(|candidate| candidate.id.as_str() == id);
        self.place = place.or(self.place);
    }

    /// Chooses the one with that id, as if nothing had been typed.
    pub(super) fn restore(&mut self, id: &str) {
        self.input = Input::default();
        self.standing = self.candidates.iter().position(|candidate| candidate.id.as_str() == id);
        self.place = self.standing;
    }

    /// The typed text changed: the best that fits is chosen.
    pub fn retyped(&mut self) {
        self.place = match self.input.value().trim().is_empty() {
            true => self.standing,
            false => (!self.fitting().is_empty()).then_some(0),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agencies() -> Vec<Candidate> {
        let agency = |id, label, name| Candidate::new(id, label, [name]);
        vec![
            agency("bdo", "Bù Đốp", "UBND huyện Bù Đốp"),
            agency("bda", "Bù Đăng", "UBND huyện Bù Đăng"),
            agency("ldtbxh", "Sở LĐTBXH", "Sở Lao động - Thương binh và Xã hội"),
            agency("ln", "Lộc Ninh", "UBND huyện Lộc Ninh"),
            agency("lnx", "Liên ngành", "Tổ liên ngành"),
        ]
    }

    fn typed(text: &str) -> Option<String> {
        let mut pick = Pick::typed(agencies(), None);
        pick.input = text.into();
        pick.retyped();
        pick.chosen().map(|candidate| candidate.id.to_string())
    }

    #[test]
    fn a_name_is_found_without_marks_and_the_closest_comes_first() {
        for (text, id) in [
            ("bu dop", "bdo"),
            ("Bù Đ", "bdo"),
            ("bù đă", "bdo"),
            ("bu dang", "bda"),
            ("ldtbxh", "ldtbxh"),
            ("LĐTBXH", "ldtbxh"),
            ("thuong binh", "ldtbxh"),
            ("ln", "ln"),
            ("ninh", "ln"),
        ] {
            let expected = if text == "bù đă" { "bda" } else { id };
            assert_eq!(typed(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(typed("xyz"), None);
        assert_eq!(typed(""), None, "nothing is chosen by typing nothing");
    }

    #[test]
    fn one_goes_round_through_what_fits() {
        let mut pick = Pick::typed(agencies(), Some("ln"));
        let id = |pick: &Pick| pick.chosen().map(|candidate| candidate.id.to_string());
        assert_eq!(id(&pick).as_deref(), Some("ln"));
        pick.input = "bu".into();
        pick.retyped();
        pick.step(true);
        assert_eq!(id(&pick).as_deref(), Some("bda"));
        pick.step(true);
        assert_eq!(id(&pick).as_deref(), Some("bdo"));
        pick.input = Input::default();
        pick.retyped();
        assert_eq!(id(&pick).as_deref(), Some("ln"), "what stood there stands again");
    }
}
