//! [`Lookup`]: what search and sorting need of a plan, prepared once: folded texts and ranks in the language's order.

use std::cmp::Ordering;

use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};

use super::{item::Index, ladder::ladder, outline::Outline, plan::Step, text::fold_marks, title::Title};

/// Folded texts to search in, and ranks to sort by, of a plan's lists. The texts of an item are those of its parts, so that
/// a hundred thousand reports cost no more than their agencies, duties and periods.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    /// Of `Outline::agencies`: id, short and whole name, e-mail.
    pub agencies: Entries,
    /// Of `Plan::tasks`: id, title, source.
    pub tasks: Entries,
    /// Of `Plan::duties`: id, title.
    pub duties: Entries,
    /// Of `Outline::periods`: id, wording, the case's title.
    pub periods: Entries,
    /// Of `Plan::campaigns`: id, title, milestones.
    pub campaigns: Entries,
    /// Of `Plan::programmes`: id, title.
    pub programmes: Entries,
    /// The ladder the plan goes by.
    pub ladder: Vec<Step>,
}

/// One list's texts and ranks.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    /// Lower case without marks, all languages in one line.
    pub texts: Vec<String>,
    /// The place each has when the list is sorted by name.
    pub ranks: Vec<u32>,
}

impl Entries {
    /// The rank of the one at `index`.
    pub fn rank(&self, index: Index) -> u32 {
        self.ranks.get(index as usize).copied().unwrap_or(u32::MAX)
    }

    /// The folded text of the one at `index`.
    pub fn text(&self, index: Index) -> &str {
        self.texts.get(index as usize).map_or("", String::as_str)
    }
}

impl Lookup {
    /// Prepares the lists of `outline` in the order of `language` (a tag).
    pub fn new(outline: &Outline, language: &str) -> Self {
        let plan = &outline.plan;
        let order = Order::of(language);
        let agencies = outline.agencies.iter().map(|agency| {
            let words = agency.short.all().chain(agency.name.all()).chain([agency.id.as_str()]);
            (agency.label(language), joined(words))
        });
        let tasks = plan.tasks.iter().map(|task| {
            let more = [Some(task.id.as_str()), task.source.as_deref()].into_iter().flatten();
            (task.title.get(language), joined(task.title.all().chain(more)))
        });
        let periods = outline.periods.iter().map(|period| {
            let case = period.event.as_ref().and_then(|event| event.title.as_deref());
            let words = [Some(period.id.as_str()), period.due_text.as_deref(), case];
            (period.id.as_str(), joined(words.into_iter().flatten()))
        });
        let campaigns = plan.campaigns.iter().map(|campaign| {
            let milestones = campaign.milestones.iter().flat_map(|milestone| milestone.title.all());
            (campaign.title.get(language), joined(campaign.title.all().chain([campaign.id.as_str()]).chain(milestones)))
        });
        let titled = |id: &'_ str, title: &'_ Title| joined(title.all().chain([id]));
        Lookup {
            agencies: order.entries(agencies),
            tasks: order.entries(tasks),
            duties: order.entries(
                plan.duties.iter().map(|duty| (duty.title.get(language), titled(duty.id.as_str(), &duty.title))),
            ),
            periods: order.entries(periods),
            campaigns: order.entries(campaigns),
            programmes: order.entries(
                plan.programmes.iter().map(|one| (one.title.get(language), titled(one.id.as_str(), &one.title))),
            ),
            ladder: ladder(plan),
        }
    }
}

/// The order of words in a language.
pub struct Order(Option<CollatorBorrowed<'static>>);

impl std::fmt::Debug for Order {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Order").field(&self.0.is_some()).finish()
    }
}

impl Order {
    /// Of the language of that tag.
    pub fn of(language: &str) -> Self {
        let locale = language.parse::<icu_locale_core::Locale>().ok();
        Order(locale.and_then(|locale| Collator::try_new(locale.into(), CollatorOptions::default()).ok()))
    }

    /// Which of two stands first.
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        match &self.0 {
            Some(collator) => collator.compare(one, other),
            None => one.cmp(other),
        }
    }

    fn entries<'a>(&self, named: impl Iterator<Item = (&'a str, String)>) -> Entries {
        let (names, texts): (Vec<&str>, Vec<String>) = named.unzip();
        let mut places: Vec<usize> = (0..names.len()).collect();
        places.sort_by(|a, b| self.compare(names[*a], names[*b]));
        let mut ranks = vec![0; names.len()];
        for (rank, place) in (0..).zip(places) {
            ranks[place] = rank;
        }
        Entries { texts, ranks }
    }
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&fold_marks(word));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_letters_stand_where_the_alphabet_has_them() {
        let order = Order::of("vi");
        let names = ["Đồng Xoài", "Bù Đốp", "Ea Súp", "Ăn", "An", "Bù Đăng", "Da"];
        let entries = order.entries(names.iter().map(|name| (*name, fold_marks(name))));
        let mut sorted: Vec<&str> = names.to_vec();
        sorted.sort_by_key(|name| entries.ranks[names.iter().position(|one| one == name).unwrap()]);
        assert_eq!(sorted, ["An", "Ăn", "Bù Đăng", "Bù Đốp", "Da", "Đồng Xoài", "Ea Súp"]);
    }
}
