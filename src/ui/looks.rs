//! [`Looks`]: every language and theme one can switch to, ready; a frame takes those the model shows.

use super::{
    Look,
    depth::Depth,
    glyphs::{Curves, Glyphs},
    palette::Palette,
    theme::{Theme, ThemeError},
};
use crate::{
    app::{keys::Bindings, model::Model, vocabulary::Vocabulary},
    domain::{
        period::{Period, Span},
        text::fold_marks,
    },
    words::{LANGUAGES, Language, Words},
};

/// The theme sixteen colours are taken from: the terminal's own.
const SIXTEEN: &str = "terminal";

/// Words and palettes by the places the model counts in.
#[derive(Debug)]
pub struct Looks {
    words: Vec<Words>,
    palettes: Vec<Palette>,
    themes: Vec<String>,
    glyphs: &'static Glyphs,
}

impl Looks {
    /// All shipped languages and themes, `language` and `theme` first.
    ///
    /// # Errors
    ///
    /// Where a shipped theme cannot be read.
    pub fn new(language: &'static Language, theme: &str, depth: Depth, ascii: bool) -> Result<Self, ThemeError> {
        let others = LANGUAGES.iter().filter(|other| *other != language);
        let words = std::iter::once(language).chain(others).map(Words::new).collect();
        let mut names = Theme::names();
        names.sort_by_key(|name| *name != theme);
        let shipped: Vec<Theme> = names.into_iter().filter_map(Theme::shipped).collect::<Result<_, _>>()?;
        let sixteen = shipped.iter().find(|theme| theme.name == SIXTEEN).or(shipped.first());
        let palette = |theme: &Theme| Palette::new(theme, sixteen.unwrap_or(theme), depth);
        let palettes = shipped.iter().map(palette).collect();
        let themes = shipped.iter().map(|theme| theme.name.clone()).collect();
        Ok(Looks { words, palettes, themes, glyphs: Glyphs::of(ascii) })
    }

    /// The same with curves of this kind.
    #[must_use]
    pub fn with_curves(self, curves: Curves) -> Self {
        Looks { glyphs: self.glyphs.with_curves(curves), ..self }
    }

    /// What the app searches in, by language.
    pub fn vocabularies(&self) -> Vec<Vocabulary> {
        let vocabulary = |words: &Words| {
            let folded = words.ids().map(|id| (id, fold_marks(&words.get(id))));
            let halves = [Span::Half(1), Span::Half(2), Span::NineMonths, Span::Year];
            let spans = (1..=12).map(Span::Month).chain((1..=4).map(Span::Quarter)).chain(halves);
            let period = |span| fold_marks(&words.period(Period { year: 0, span }, ""));
            let periods = spans.map(|span| (span, period(span)));
            Vocabulary::new(words.language.tag, folded).with_periods(periods)
        };
        self.words.iter().map(vocabulary).collect()
    }

    /// The words of each language, in the order of the places.
    pub fn words(&self) -> &[Words] {
        &self.words
    }

    /// The names of the themes.
    pub fn themes(&self) -> Vec<String> {
        self.themes.clone()
    }

    /// How the model looks now; none where there is no language or theme at all.
    pub fn of<'a>(&'a self, model: &Model, bindings: &'a Bindings) -> Option<Look<'a>> {
        let words = self.words.get(model.language).or(self.words.first())?;
        let palette = self.palettes.get(model.theme).or(self.palettes.first())?;
        let past_day = model.other_day.day().is_some();
        Some(Look { palette, words, glyphs: self.glyphs, bindings, past_day })
    }
}
