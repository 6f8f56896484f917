//! Progress over time of what is handed over.

use super::HandOver;
use crate::domain::trend::Trend;

impl HandOver<'_> {
    /// The trend of its items; of today alone where the weeks gone by are not known.
    pub fn trend(&self) -> Trend {
        let mut wanted = vec![self.is_whole; self.snapshot.items.len()];
        for place in self.items.iter().filter_map(|item| self.snapshot.place(&item.id)) {
            wanted.get_mut(place as usize).into_iter().for_each(|wanted| *wanted = true);
        }
        let places = self.past.map(|past| past.places(self.snapshot));
        let past = self.past.zip(places.as_deref());
        Trend::of(self.snapshot, self.today, past, &wanted, self.is_whole)
    }
}
