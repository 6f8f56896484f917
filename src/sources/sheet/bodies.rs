//! [`Bodies`]: the agencies of a workbook, each known by its id, its short and its whole name; those no sheet lists are gathered
//! from where they are named.

use std::collections::{HashMap, HashSet};

use crate::domain::{
    agency::{Agency, AgencyKind},
    id::AgencyId,
    plan::Unknown,
    text::Text,
    title::Title,
};

use super::{
    draft::slug,
    names::{NAMES, begins, key},
};

/// What stands for an agency that is not named.
pub(super) const NOBODY: &str = "—";

/// The agencies so far.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    pub(super) agencies: Vec<Agency>,
    /// By every name it has.
    known: HashMap<String, AgencyId>,
    ids: HashSet<AgencyId>,
}

impl Bodies {
    /// Lays an agency down with its names; `None` where one with that id is there already.
    pub(super) fn list(&mut self, agency: Agency) -> Option<()> {
        if !self.ids.insert(agency.id.clone()) {
            return None;
        }
        let names: Vec<String> =
            agency.short.all().chain(agency.name.all()).chain([agency.id.as_str()]).map(key).collect();
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            self.known.entry(name).or_insert_with(|| agency.id.clone());
        }
        self.agencies.push(agency);
        Some(())
    }

    /// The agency of that name; one that is not known yet is now.
    pub(super) fn named(&mut self, name: &str) -> AgencyId {
        let name = name.trim().trim_end_matches([';', ',', '.']).trim();
        if let Some(id) = self.known.get(&key(name)) {
            return id.clone();
        }
        let id = AgencyId::from(if name == NOBODY { NOBODY.to_owned() } else { slug(name) }.as_str());
        let agency = agency(id.clone(), name, name);
        if self.list(agency).is_none() {
            // Another wording of one that is known.
            self.known.insert(key(name), id.clone());
        }
        id
    }

    pub(super) fn knows(&self, name: &str) -> bool {
        self.known.contains_key(&key(name))
    }

    /// The agency that answers, and others named in the same cell.
    pub(super) fn lead(&mut self, cell: &str) -> (AgencyId, Vec<AgencyId>) {
        let mut names = self.parted(cell, &['\n', ';']).into_iter();
        let lead = names.next().unwrap_or_else(|| NOBODY.to_owned());
        let lead = self.named(&lead);
        let others = names.map(|name| self.named(&name)).filter(|id| *id != lead).collect();
        (lead, others)
    }

    /// The agencies that help; `all` for those that stand for everybody.
    pub(super) fn several(&mut self, cell: &str) -> Vec<AgencyId> {
        let mut ids = Vec::new();
        for name in self.parted(cell, &['\n', ';', ',', '+']) {
            let folded = key(&name);
            let everybody = NAMES.words.everybody.contains(&folded);
            let id = if everybody { AgencyId::from("all") } else { self.named(&name) };
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// The names in a cell. A comma within a name parts nothing: what follows one is a name only where it begins like one.
    fn parted(&self, cell: &str, separators: &[char]) -> Vec<String> {
        let whole = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.knows(&whole) || NAMES.words.everybody.contains(&key(&whole)) {
            return vec![whole];
        }
        let mut names: Vec<String> = Vec::new();
        for part in cell.split(|letter| separators.contains(&letter)) {
            let part = part.trim().trim_start_matches(['-', '–', '•', '*', '+']).trim();
            if key(part).is_empty() {
                continue;
            }
            let continued = separators.contains(&',') && !self.knows(part) && !begins_like_one(part);
            match names.last_mut().filter(|last| continued && begins_like_one(last)) {
                Some(last) => {
                    last.push_str(", ");
                    last.push_str(part);
                }
                None => names.push(part.to_owned()),
            }
        }
        names
    }
}

fn begins_like_one(name: &str) -> bool {
    let name = key(name);
    NAMES.words.agencies.iter().any(|word| begins(&name, word))
}

/// An agency of these names, its kind by what it is called.
pub(super) fn agency(id: AgencyId, short: &str, name: &str) -> Agency {
    let kind = NAMES.kind(name).or_else(|| NAMES.kind(short)).unwrap_or("unlisted");
    Agency {
        short: Title::from(short),
        name: Title::from(name),
        kind: AgencyKind::from(Text::new(kind)),
        parent: None,
        reports: id.as_str() != NOBODY,
        email: None,
        phone: None,
        unknown: Unknown::new(),
        id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(cell: &str) -> Vec<String> {
        Bodies::default().several(cell).iter().map(|id| id.as_str().to_owned()).collect()
    }

    #[test]
    fn agencies_in_one_cell_are_parted_and_names_with_commas_are_not() {
        assert_eq!(ids("Sở Nội vụ, Sở Tài chính"), ["so-noi-vu", "so-tai-chinh"]);
        assert_eq!(
            ids("Sở Văn hóa, Thể thao và Du lịch; Công an tỉnh"),
            ["so-van-hoa-the-thao-va-du-lich", "cong-an-tinh"]
        );
        assert_eq!(ids("- Sở Y tế\n- UBND huyện Bù Đốp"), ["so-y-te", "ubnd-huyen-bu-dop"]);
        assert_eq!(ids("Các sở, ban, ngành"), ["all"]);
        assert_eq!(ids("SYT, SNV"), ["syt", "snv"]);
    }

    #[test]
    fn an_agency_is_known_by_each_of_its_names() {
        let mut bodies = Bodies::default();
        bodies.list(agency("nv".into(), "Sở NV", "Sở Nội vụ"));
        for name in ["sở nội vụ", "Sở NV", "NV", "SO NOI VU."] {
            assert_eq!(bodies.named(name).as_str(), "nv", "{name}");
        }
        assert_eq!(bodies.named("Sở Y tế").as_str(), "so-y-te");
        assert_eq!(bodies.agencies.len(), 2);
    }
}
