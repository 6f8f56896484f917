//! [`Laid`]: an overlay laid into a snapshot, so that whoever reads items need not know of it, and lifted again before the
//! snapshot takes in what its source says. Costs as much as the items it touches.

use super::{
    item::{Index, Item},
    outline::Outline,
    overlay::Overlay,
    snapshot::Snapshot,
};

/// What stands under an overlay that was laid into a snapshot.
#[derive(Debug)]
pub struct Laid {
    /// The items it took the places of, as the source has them.
    under: Vec<(Index, Item)>,
    /// The items that came behind the others.
    added: usize,
    outline: Option<Outline>,
}

impl Laid {
    /// The places it touches.
    pub fn places(&self) -> impl Iterator<Item = Index> {
        self.under.iter().map(|(place, _)| *place)
    }

    /// Does it have items that the snapshot does not have?
    pub fn adds(&self) -> bool {
        self.added > 0
    }
}

impl Snapshot {
    /// Lays the overlay's items in the place of its own.
    pub fn lay(&mut self, mut overlay: Overlay) -> Laid {
        let outline = overlay.outline.take().map(|outline| std::mem::replace(&mut self.outline, *outline));
        let before = self.items.len();
        for id in &overlay.new_items {
            if let Some(item) = overlay.items.remove(id) {
                self.push(item);
            }
        }
        let mut under = Vec::with_capacity(overlay.items.len());
        for (id, item) in overlay.items {
            let Some(place) = self.place(&id) else { continue };
            if let Some(standing) = self.items.get_mut(place as usize) {
                under.push((place, std::mem::replace(standing, item)));
            }
        }
        Laid { under, added: self.items.len() - before, outline }
    }

    /// Lifts what was laid last: it is again what the source said.
    pub fn lift(&mut self, laid: Laid) {
        for _ in 0..laid.added {
            if let Some(item) = self.items.pop() {
                self.opened.remove(&item.id);
            }
        }
        for (place, item) in laid.under {
            if let Some(standing) = self.items.get_mut(place as usize) {
                *standing = item;
            }
        }
        if let Some(outline) = laid.outline {
            self.outline = outline;
        }
    }
}
