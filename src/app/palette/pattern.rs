//! [`Pattern`]: the words typed into the palette, and how well each part of the plan is matched by each of them.
//!
//! Every word has to be found, in one of a row's parts; which part is all the same, and in which order. Words are matched
//! letter by letter with gaps (`bdop` finds Bù Đốp), but not so loosely that any long title has them somewhere. A word
//! that was typed before keeps its scores, one that grew looks only at the parts that had its beginning.

use nucleo_matcher::{Config, Matcher, Utf32Str, Utf32String};

use super::index::{Index, Line, PARTS, Part};
use crate::domain::text::fold_marks;

/// So many words are looked for; what is typed beyond is left out.
pub(super) const MOST: usize = 8;

/// What each letter of a scattered word must score: first letters of words and letters beside each other do, others do not.
const LEAST: u16 = 24;

/// The score of a text that has all letters in their order, but too scattered to count.
const SCATTERED: u16 = 1;

/// How well each word is matched; of words there are none of, 1.
pub(super) type Scores = [u16; MOST];

/// The words typed.
#[derive(Clone, Debug, Default)]
pub struct Pattern {
    words: Vec<Word>,
}

#[derive(Clone, Debug)]
struct Word {
    text: String,
    needle: Utf32String,
    /// By part, as [`rate`] says it.
    scores: [Vec<u16>; PARTS],
}

impl Pattern {
    /// Reads what was typed, folded; `earlier` is the pattern before, of the same index.
    pub(super) fn new(folded: &str, index: Option<&Index>, earlier: &Pattern, matcher: &mut Matcher) -> Self {
        let mut words: Vec<Word> = Vec::new();
        for text in folded.split_whitespace() {
            let known = words.iter().any(|word| word.text == text);
            if !known && words.len() < MOST {
                words.push(Word::new(text, index, earlier, matcher));
            }
        }
        Pattern { words }
    }

    /// Is there nothing to look for?
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well a text is matched; none where a word is not in it. `folded` is in lower case and without marks.
    pub(super) fn text(&self, folded: &str, matcher: &mut Matcher) -> Option<u16> {
        let text = Utf32String::from(folded);
        let mut sum = 0_u16;
        for word in &self.words {
            let score = rate(text.slice(..), &word.needle, matcher);
            sum = sum.saturating_add(Some(score).filter(|score| *score > SCATTERED)?);
        }
        Some(sum)
    }

    /// How well each of a part's texts is matched.
    pub(super) fn part(&self, part: Part) -> Vec<Scores> {
        let count = self.words.first().map_or(0, |word| word.scores[part as usize].len());
        let mut scores = vec![[1; MOST]; count];
        for (lane, word) in self.words.iter().enumerate() {
            for (scores, score) in scores.iter_mut().zip(&word.scores[part as usize]) {
                scores[lane] = if *score > SCATTERED { *score } else { 0 };
            }
        }
        scores
    }
}

/// Says which letters of a text are matched.
pub struct Marker<'a> {
    pattern: &'a Pattern,
    matcher: Matcher,
}

impl<'a> Marker<'a> {
    /// By this pattern.
    pub fn new(pattern: &'a Pattern) -> Self {
        Marker { pattern, matcher: matcher() }
    }

    /// Letter by letter: is it matched by one of the words?
    pub fn marks(&mut self, text: &str) -> Vec<bool> {
        // Each letter folded by itself, so that places are those of `text`.
        let fold = |letter: char| fold_marks(letter.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(letter);
        let folded: Vec<char> = text.chars().map(fold).collect();
        let mut marks = vec![false; folded.len()];
        let mut places = Vec::new();
        for word in &self.pattern.words {
            let (text, needle) = (Utf32Str::Unicode(&folded), word.needle.slice(..));
            places.clear();
            if rate(text, &word.needle, &mut self.matcher) > SCATTERED {
                // As it stands, where it does.
                let found = self.matcher.substring_indices(text, needle, &mut places);
                found.or_else(|| self.matcher.fuzzy_indices(text, needle, &mut places));
            }
            for place in &places {
                marks.get_mut(*place as usize).into_iter().for_each(|mark| *mark = true);
            }
        }
        marks
    }
}

impl Word {
    fn new(text: &str, index: Option<&Index>, earlier: &Pattern, matcher: &mut Matcher) -> Self {
        if let Some(word) = earlier.words.iter().find(|word| word.text == text) {
            return word.clone();
        }
        let needle = Utf32String::from(text);
        let begun = earlier.words.iter().filter(|word| text.starts_with(&word.text)).max_by_key(|word| word.text.len());
        let mut scores: [Vec<u16>; PARTS] = Default::default();
        for part in [Part::Agency, Part::Campaign, Part::Task, Part::Period] {
            let texts = index.map_or(&[][..], |index| index.texts(part));
            let before = begun.map(|word| &word.scores[part as usize]);
            let had = |place: usize| before.is_none_or(|scores| scores.get(place).is_some_and(|score| *score > 0));
            let score = |(place, text): (usize, &Utf32String)| {
                if had(place) { rate(text.slice(..), &needle, matcher) } else { 0 }
            };
            scores[part as usize] = texts.iter().enumerate().map(score).collect();
        }
        Word { text: text.to_owned(), needle, scores }
    }
}

/// How well a text has a word: 0 where not all its letters are there in their order.
fn rate(text: Utf32Str<'_>, needle: &Utf32String, matcher: &mut Matcher) -> u16 {
    let Some(score) = matcher.fuzzy_match(text, needle.slice(..)) else { return 0 };
    let letters = u16::try_from(needle.len()).unwrap_or(u16::MAX);
    if score >= LEAST.saturating_mul(letters) {
        return score;
    }
    matcher.substring_match(text, needle.slice(..)).unwrap_or(SCATTERED)
}

/// The scores of all parts, ready to be put together for each row.
pub(super) struct Scored {
    parts: [Vec<Scores>; PARTS],
    /// What the words there are none of add to a sum.
    spare: u16,
}

impl Scored {
    pub(super) fn new(pattern: &Pattern) -> Self {
        let parts = [Part::Agency, Part::Campaign, Part::Task, Part::Period].map(|part| pattern.part(part));
        Scored { parts, spare: u16::try_from(MOST - pattern.words.len()).unwrap_or(0) }
    }

    /// How well a row is matched: each word by the part that has it best; none where a word is in none.
    pub(super) fn line(&self, line: &Line) -> Option<u16> {
        let mut scores = *self.parts[line.part as usize].get(line.own as usize)?;
        if let Some(of_agency) = line.agency.and_then(|agency| self.parts[Part::Agency as usize].get(agency as usize)) {
            for (score, other) in scores.iter_mut().zip(of_agency) {
                *score = (*score).max(*other);
            }
        }
        let least = scores.iter().fold(u16::MAX, |least, score| least.min(*score));
        let sum = || scores.iter().fold(0, |sum: u16, score| sum.saturating_add(*score));
        (least > 0).then(|| sum() - self.spare)
    }
}

/// A matcher for text that is folded already.
pub(super) fn matcher() -> Matcher {
    let mut config = Config::DEFAULT;
    (config.normalize, config.ignore_case) = (false, false);
    Matcher::new(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rated(text: &str, word: &str) -> u16 {
        rate(Utf32String::from(text).slice(..), &Utf32String::from(word), &mut matcher())
    }

    #[test]
    fn a_word_is_rated_alike_wherever_it_stands() {
        assert_eq!(rated("gia han extend", "han"), rated("ngay gia dinh \"gia dinh hanh phuc\" c1", "han"));
        assert_eq!(rated("gia han extend", "gia"), rated("ngay gia dinh \"gia dinh hanh phuc\" c1", "gia"));
    }
}
