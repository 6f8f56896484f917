//! Who answers for an issue, as an agency: the sub-project it stands in, whom it is assigned to, or what a custom field says. Their
//! short names are made as the administration itself shortens them, unless the config has others.

use std::collections::{BTreeMap, HashMap};

use super::{
    mapping::Mapping,
    options::{AgenciesFrom, RedmineOptions},
    wire::{Issue, Project},
};
use crate::domain::{
    agency::{Agency, AgencyKind},
    id::AgencyId,
    plan::Unknown,
    text::{Text, fold_marks},
    title::Title,
};

/// A name of so many letters fits a table as it is.
const SHORT: usize = 16;

/// The agencies of a plan as they are met, in order.
#[derive(Debug)]
pub(super) struct Agencies<'a> {
    from: AgenciesFrom,
    options: &'a RedmineOptions,
    field: Option<u64>,
    root: &'a Project,
    /// By project.
    of_project: HashMap<u64, AgencyId>,
    /// By folded name.
    by_name: HashMap<String, AgencyId>,
    list: Vec<Agency>,
    places: BTreeMap<AgencyId, usize>,
}

impl<'a> Agencies<'a> {
    /// The body whose plan it is, then the sub-projects of `root` in the order of their names.
    pub(super) fn new(options: &'a RedmineOptions, mapping: &Mapping, root: &'a Project, projects: &[Project]) -> Self {
        let below = below(root, projects);
        let from = match mapping.agencies {
            AgenciesFrom::Auto if mapping.agency.is_some() && below.is_empty() => AgenciesFrom::Field,
            AgenciesFrom::Auto if below.is_empty() => AgenciesFrom::Assignees,
            AgenciesFrom::Auto => AgenciesFrom::Projects,
            AgenciesFrom::Projects => AgenciesFrom::Projects,
            AgenciesFrom::Assignees => AgenciesFrom::Assignees,
            AgenciesFrom::Field => AgenciesFrom::Field,
        };
        let mut agencies = Agencies {
            from,
            options,
            field: mapping.agency,
            root,
            of_project: HashMap::new(),
            by_name: HashMap::new(),
            list: Vec::new(),
            places: BTreeMap::new(),
        };
        let name = if options.owner.is_empty() { root.name.clone() } else { Text::new(&options.owner) };
        let owner = agencies.add(&root.identifier, &name, AgencyKind::Owner, false);
        agencies.of_project.insert(root.id, owner.clone());
        for project in below {
            let is_agency = from == AgenciesFrom::Projects;
            let id = if is_agency {
                agencies.add(&project.identifier, &project.name, kind(&project.name), true)
            } else {
                owner.clone()
            };
            agencies.of_project.insert(project.id, id);
        }
        agencies
    }

    /// The body whose plan it is.
    pub(super) fn owner(&self) -> AgencyId {
        AgencyId::from(self.root.identifier.as_str())
    }

    /// Who answers for `issue`.
    pub(super) fn answering(&mut self, issue: &Issue) -> AgencyId {
        let name = match self.from {
            AgenciesFrom::Projects | AgenciesFrom::Auto => {
                if let Some(known) = self.of_project.get(&issue.project.id) {
                    return known.clone();
                }
                Some(&issue.project.name)
            }
            AgenciesFrom::Assignees => issue.assigned_to.as_ref().map(|one| &one.name),
            AgenciesFrom::Field => issue.said(self.field),
        };
        match name.filter(|name| !name.is_empty()) {
            Some(name) => self.named(&name.clone(), true),
            None => self.owner(),
        }
    }

    /// The agency of that name; one that is not known by it is taken in.
    pub(super) fn named(&mut self, name: &Text, reports: bool) -> AgencyId {
        let folded = fold_marks(name);
        match self.by_name.get(&folded) {
            Some(known) => {
                let known = known.clone();
                if let Some(agency) = self.places.get(&known).and_then(|place| self.list.get_mut(*place)) {
                    agency.reports |= reports && agency.kind != AgencyKind::Owner;
                }
                known
            }
            None => self.add(&slug(name), name, kind(name), reports),
        }
    }

    /// What the agency is called: whole, and short.
    pub(super) fn names(&self, id: &AgencyId) -> Vec<&str> {
        let agency = self.places.get(id).and_then(|place| self.list.get(*place));
        agency.into_iter().flat_map(|agency| agency.name.all().chain(agency.short.all())).collect()
    }

    /// All of them.
    pub(super) fn list(self) -> Vec<Agency> {
        self.list
    }

    fn add(&mut self, id: &str, name: &Text, kind: AgencyKind, reports: bool) -> AgencyId {
        let id = AgencyId::from(id);
        let written = [id.as_str(), name.as_str()].into_iter().find_map(|key| self.options.short.get(key));
        // A plan's name is no body's: it is not shortened as one.
        let own = || if kind == AgencyKind::Owner { name.clone() } else { shortened(name) };
        let short = written.map_or_else(own, |short| Text::new(short));
        self.by_name.insert(fold_marks(name), id.clone());
        self.by_name.entry(fold_marks(&short)).or_insert_with(|| id.clone());
        if !self.places.contains_key(&id) {
            self.places.insert(id.clone(), self.list.len());
            self.list.push(Agency {
                id: id.clone(),
                short: Title::Plain(short),
                name: Title::Plain(name.clone()),
                kind,
                parent: None,
                reports,
                email: None,
                phone: None,
                unknown: Unknown::new(),
            });
        }
        id
    }
}

/// The projects below `root`, however deep, in the order of their names.
fn below<'p>(root: &Project, projects: &'p [Project]) -> Vec<&'p Project> {
    let mut inside = vec![root.id];
    let mut found: Vec<&Project> = Vec::new();
    // Each round finds the next level; a circle finds nothing new.
    loop {
        let parent = |project: &&Project| project.parent.as_ref().is_some_and(|parent| inside.contains(&parent.id));
        let more: Vec<&Project> = projects.iter().filter(parent).filter(|one| !inside.contains(&one.id)).collect();
        if more.is_empty() {
            break;
        }
        inside.extend(more.iter().map(|project| project.id));
        found.extend(more);
    }
    found.sort_by_cached_key(|project| fold_marks(&project.name));
    found
}

/// What sort of body it is, by its name.
fn kind(name: &str) -> AgencyKind {
    let name = fold_marks(name);
    let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    let of_place = ["xa ", "phuong ", "dac khu ", "huyen ", "thi xa ", "thanh pho ", "quan ", "thi tran "];
    if begins(&of_place)
        || name.strip_prefix("ubnd ").is_some_and(|rest| of_place.iter().any(|word| rest.starts_with(word)))
    {
        AgencyKind::District
    } else if begins(&["hoi ", "doan ", "lien doan ", "lien minh ", "mat tran ", "uy ban mat tran", "uy ban mttq"]) {
        AgencyKind::MassOrganisation
    } else if begins(&["tinh uy", "thanh uy", "dang uy", "ban to chuc", "ban tuyen giao"]) {
        AgencyKind::Party
    } else if begins(&["cong an", "bo chi huy", "cuc ", "kho bac", "bao hiem xa hoi", "toa an", "vien kiem sat"]) {
        AgencyKind::Vertical
    } else if begins(&["truong ", "trung tam ", "benh vien ", "dai phat thanh", "bao "]) {
        AgencyKind::Service
    } else {
        AgencyKind::Department
    }
}

/// An id made of a name: small letters without marks, joined by hyphens.
pub(super) fn slug(name: &str) -> String {
    let folded = fold_marks(name);
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// A long name as it is shortened: the kind of body stands, of what it is for the first letters (Sở GD&ĐT); a committee of a place
/// goes by the place.
fn shortened(name: &Text) -> Text {
    let of_place =
        ["UBND ", "Ủy ban nhân dân ", "Uỷ ban nhân dân "].iter().find_map(|before| name.strip_prefix(before));
    let name = of_place.map_or_else(|| name.clone(), Text::new);
    if of_place.is_some() || name.chars().count() <= SHORT {
        return name;
    }
    let Some((kind, what)) = name.split_once(' ').filter(|(_, what)| what.contains(' ')) else { return name };
    let letters = |part: &str| -> String {
        part.split_whitespace().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
    };
    let parts: Vec<String> = what.split(" và ").map(letters).collect();
    Text::from(format!("{kind} {}", parts.join("&")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_shortened_as_the_administration_does() {
        for (name, short) in [
            ("Sở Tài chính", "Sở Tài chính"),
            ("Sở Giáo dục và Đào tạo", "Sở GD&ĐT"),
            ("Sở Nông nghiệp và Môi trường", "Sở NN&MT"),
            ("UBND xã Tân Lập", "xã Tân Lập"),
            ("UBND phường Hòa Bình", "phường Hòa Bình"),
            ("Hội Liên hiệp Phụ nữ", "Hội LHPN"),
        ] {
            assert_eq!(shortened(&name.into()).as_str(), short);
        }
    }

    #[test]
    fn the_kind_of_a_body_is_told_by_its_name() {
        assert_eq!(kind("UBND phường Hòa Bình"), AgencyKind::District);
        assert_eq!(kind("Sở Y tế"), AgencyKind::Department);
        assert_eq!(kind("Hội Liên hiệp Phụ nữ"), AgencyKind::MassOrganisation);
        assert_eq!(slug("Sở Y tế (cơ sở 2)"), "so-y-te-co-so-2");
    }
}
