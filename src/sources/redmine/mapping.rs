//! [`Mapping`]: what of the server means what, decided: as the config says, else guessed from names as they are common in
//! Vietnamese administration and in Redmine as it ships.

use std::collections::BTreeMap;

use super::{
    options::{AgenciesFrom, RedmineOptions},
    wire::{Custom, Issue, Named, Status, Version},
};
use crate::domain::{
    item::Kind,
    sentence::Sentence,
    status::Base,
    text::{Text, fold_marks},
};

/// What of the server means what, by its ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Mapping {
    /// The trackers that are looked at.
    pub(super) kinds: BTreeMap<u64, Kind>,
    /// In the server's order.
    pub(super) statuses: Vec<(Status, Base)>,
    pub(super) code: Option<u64>,
    pub(super) document: Option<u64>,
    pub(super) coordinating: Option<u64>,
    pub(super) received: Option<u64>,
    pub(super) acknowledged: Option<u64>,
    pub(super) extensions: Option<u64>,
    pub(super) period: Option<u64>,
    pub(super) duty: Option<u64>,
    pub(super) agency: Option<u64>,
    pub(super) campaign_start: Option<u64>,
    pub(super) agencies: AgenciesFrom,
}

/// Words a name is recognised by, folded; the first that fits decides.
const REPORT: &[&str] = &["bao cao", "report"];
const MILESTONE: &[&str] = &["cot moc", "moc tien do", "milestone"];
const CODE: &[&str] = &["ma nhiem vu", "ma so", "ma viec", "code"];
const DOCUMENT: &[&str] = &["van ban giao", "so van ban", "can cu", "document"];
const COORDINATING: &[&str] = &["co quan phoi hop", "don vi phoi hop", "phoi hop", "coordinating"];
const RECEIVED: &[&str] = &["ngay nhan", "ngay nop", "ngay hoan thanh", "received"];
const ACKNOWLEDGED: &[&str] = &["da tiep nhan", "dang xu ly", "acknowledged"];
const EXTENSIONS: &[&str] = &["so lan gia han", "lan gia han", "extensions"];
const PERIOD: &[&str] = &["ky bao cao", "period"];
const DUTY: &[&str] = &["loai bao cao", "che do bao cao", "duty"];
const AGENCY: &[&str] = &["co quan chu tri", "don vi chu tri", "co quan thuc hien", "lead agency"];
const START: &[&str] = &["ngay bat dau", "bat dau", "start"];

/// What an open status is called that is no simple work in progress; asked in this order.
const OPEN: &[(Base, &[&str])] = &[
    (Base::Paused, &["tam hoan", "tam dung", "on hold", "paused"]),
    (Base::Returned, &["tra lai", "thuc hien lai", "lam lai", "yeu cau bo sung", "phan hoi", "feedback", "returned"]),
    (Base::NotStarted, &["moi", "new", "chua", "cho thuc hien", "to do"]),
    (
        Base::AwaitingConfirmation,
        &[
            "cho xac nhan",
            "cho duyet",
            "cho phe duyet",
            "da giai quyet",
            "duoc giai quyet",
            "da nop",
            "hoan thanh",
            "resolved",
            "review",
        ],
    ),
];

/// What a closed status is called that is no completion.
const DROPPED: &[&str] = &["tu choi", "huy", "dung thuc hien", "rejected", "cancelled", "canceled"];

impl Mapping {
    /// Decides, of what there is on the server.
    ///
    /// # Errors
    ///
    /// What in the config names nothing there.
    pub(super) fn decide<'a>(
        options: &RedmineOptions,
        statuses: &[Status],
        trackers: &[Named],
        versions: &[Version],
        issues: impl Iterator<Item = &'a Issue>,
    ) -> Result<Self, Sentence> {
        let fields = fields(issues.flat_map(|issue| &issue.custom_fields));
        let of_versions = fields_of(versions);
        let field = |option: &'static str, written: &str, words: &[&str]| chosen(&fields, option, written, words);
        let asked = &options.fields;
        Ok(Mapping {
            kinds: kinds(options, trackers)?,
            statuses: bases(options, statuses)?,
            code: field("code", &asked.code, CODE)?,
            document: field("document", &asked.document, DOCUMENT)?,
            coordinating: field("coordinating", &asked.coordinating, COORDINATING)?,
            received: field("received", &asked.received, RECEIVED)?,
            acknowledged: field("acknowledged", &asked.acknowledged, ACKNOWLEDGED)?,
            extensions: field("extensions", &asked.extensions, EXTENSIONS)?,
            period: field("period", &asked.period, PERIOD)?,
            duty: field("duty", &asked.duty, DUTY)?,
            agency: field("agency", &asked.agency, AGENCY)?,
            campaign_start: chosen(&of_versions, "campaign_start", &asked.campaign_start, START)?,
            agencies: options.agencies,
        })
    }

    /// Is the status a closed one? Only that decides, never `closed_on`, which a reopened issue keeps.
    pub(super) fn is_closed(&self, status: &Status) -> bool {
        let known = || self.statuses.iter().find(|(known, _)| known.id == status.id);
        status.is_closed.or_else(|| known()?.0.is_closed).unwrap_or(false)
    }

    /// What an issue's status means for what it is. A report that was rejected is owed no more.
    pub(super) fn base(&self, status: &Status, kind: Kind) -> Base {
        let known = self.statuses.iter().find(|(known, _)| known.id == status.id);
        let base = known.map_or_else(|| guessed(status, false), |(_, base)| *base);
        match (base, kind) {
            (Base::Cancelled, Kind::Report) => Base::Exempt,
            (Base::Exempt, Kind::Task | Kind::Milestone) => Base::Cancelled,
            (base, _) => base,
        }
    }

    /// The statuses that mean `base`, in the server's order.
    pub(super) fn meaning(&self, base: Base) -> impl Iterator<Item = &Status> {
        self.statuses.iter().filter(move |(_, meant)| *meant == base).map(|(status, _)| status)
    }
}

/// Every custom field that is met, once.
fn fields<'a>(met: impl Iterator<Item = &'a Custom>) -> Vec<Named> {
    let mut fields: BTreeMap<u64, Text> = BTreeMap::new();
    for field in met {
        fields.entry(field.id).or_insert_with(|| field.name.clone());
    }
    fields.into_iter().map(|(id, name)| Named { id, name }).collect()
}

pub(super) fn fields_of(versions: &[Version]) -> Vec<Named> {
    fields(versions.iter().flat_map(|version| &version.custom_fields))
}

pub(super) fn fields_met<'a>(issues: impl Iterator<Item = &'a Issue>) -> Vec<Named> {
    fields(issues.flat_map(|issue| &issue.custom_fields))
}

/// The field that is written, else the first whose name has one of these words in it, the words in order.
fn chosen(there: &[Named], option: &'static str, written: &str, words: &[&str]) -> Result<Option<u64>, Sentence> {
    if !written.is_empty() {
        // One that no issue shows may be there all the same: by its number it is believed.
        let by_number = written.parse().ok().filter(|_| named(there, written).is_none());
        let found = by_number.or_else(|| named(there, written).map(|field| field.id));
        return found.map(Some).ok_or_else(|| {
            let said = Sentence::new("redmine-no-field").with("option", option).with("name", written);
            said.with("known", names(there))
        });
    }
    let folded: Vec<(u64, String)> = there.iter().map(|field| (field.id, fold_marks(&field.name))).collect();
    let found = words.iter().find_map(|word| folded.iter().find(|(_, name)| has(name, &[word])));
    Ok(found.map(|(id, _)| *id))
}

/// The one of that number or name.
fn named<'a>(there: &'a [Named], written: &str) -> Option<&'a Named> {
    let folded = fold_marks(written.trim());
    let by_number = there.iter().find(|one| one.id.to_string() == folded);
    by_number.or_else(|| there.iter().find(|one| fold_marks(&one.name) == folded))
}

fn names(there: &[Named]) -> String {
    there.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Which trackers are what. Where none is named, those that sound like reports are, and all others are tasks.
fn kinds(options: &RedmineOptions, trackers: &[Named]) -> Result<BTreeMap<u64, Kind>, Sentence> {
    let written =
        [(&options.tasks, Kind::Task), (&options.reports, Kind::Report), (&options.milestones, Kind::Milestone)];
    let mut kinds = BTreeMap::new();
    for (list, kind) in written {
        for name in list {
            let found = named(trackers, name).ok_or_else(|| {
                let said = Sentence::new("redmine-no-tracker").with("name", name.as_str());
                said.with("known", names(trackers))
            })?;
            kinds.insert(found.id, kind);
        }
    }
    let is_guessed = |kind| written.iter().any(|(list, of)| *of == kind && list.is_empty());
    for tracker in trackers {
        let kind = kind_of(&tracker.name);
        if is_guessed(kind) {
            kinds.entry(tracker.id).or_insert(kind);
        }
    }
    Ok(kinds)
}

pub(super) fn kind_of(tracker: &str) -> Kind {
    let name = fold_marks(tracker);
    let is = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match (is(REPORT), is(MILESTONE)) {
        (true, _) => Kind::Report,
        (false, true) => Kind::Milestone,
        (false, false) => Kind::Task,
    }
}

/// What each status means.
fn bases(options: &RedmineOptions, statuses: &[Status]) -> Result<Vec<(Status, Base)>, Sentence> {
    let there: Vec<Named> = statuses.iter().map(|one| Named { id: one.id, name: one.name.clone() }).collect();
    let mut written = BTreeMap::new();
    for (name, base) in &options.statuses {
        let found = named(&there, name).ok_or_else(|| {
            let said = Sentence::new("redmine-no-status").with("name", name.as_str());
            said.with("known", names(&there))
        })?;
        written.insert(found.id, *base);
    }
    let first_open = statuses.iter().find(|status| status.is_closed != Some(true)).map(|status| status.id);
    let meant = statuses.iter().map(|status| {
        let guess = || guessed(status, Some(status.id) == first_open);
        (status.clone(), written.get(&status.id).copied().unwrap_or_else(guess))
    });
    Ok(meant.collect())
}

/// What a status means by its name; the first open one is where work has not begun.
pub(super) fn guessed(status: &Status, is_first: bool) -> Base {
    let name = fold_marks(&status.name);
    let is = |words: &[&str]| has(&name, words);
    if status.is_closed == Some(true) {
        return if is(DROPPED) { Base::Cancelled } else { Base::Done };
    }
    let by_name = OPEN.iter().find(|(_, words)| is(words)).map(|(base, _)| *base);
    by_name.unwrap_or(if is_first { Base::NotStarted } else { Base::InProgress })
}

/// Is one of these words, whole, in the folded `name`?
fn has(name: &str, words: &[&str]) -> bool {
    let name = format!(" {} ", name.replace([',', '.', ':', '(', ')', '/', '-'], " "));
    words.iter().any(|word| name.contains(&format!(" {word} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(name: &str, is_closed: bool) -> Status {
        Status { id: 9, name: name.into(), is_closed: Some(is_closed) }
    }

    #[test]
    fn what_a_status_means_is_guessed_from_its_name() {
        for (name, base) in [
            ("Mới", Base::NotStarted),
            ("Chưa thực hiện", Base::NotStarted),
            ("Đang tiến hành", Base::InProgress),
            ("Đang giải quyết", Base::InProgress),
            ("Đã tiếp nhận", Base::InProgress),
            ("Đã được giải quyết", Base::AwaitingConfirmation),
            ("Chờ xác nhận", Base::AwaitingConfirmation),
            ("Phản hồi", Base::Returned),
            ("Trả lại, thực hiện lại", Base::Returned),
            ("Trả lại", Base::Returned),
            ("Tạm hoãn", Base::Paused),
            ("Resolved", Base::AwaitingConfirmation),
        ] {
            assert_eq!(guessed(&status(name, false), false), base, "{name}");
        }
        assert_eq!(guessed(&status("Đã đóng", true), false), Base::Done);
        assert_eq!(guessed(&status("Đã chuyển", true), false), Base::Done);
        assert_eq!(guessed(&status("Từ chối", true), false), Base::Cancelled);
        assert_eq!(guessed(&status("Mở", false), true), Base::NotStarted, "the first one");
    }

    #[test]
    fn what_the_config_names_and_the_server_has_not_is_told_with_what_there_is() {
        let there = [Named { id: 4, name: "Nhiệm vụ".into() }, Named { id: 5, name: "Báo cáo".into() }];
        let kinds_of = |tasks: &[&str]| {
            let options = RedmineOptions {
                tasks: tasks.iter().map(|name| (*name).into()).collect(),
                ..RedmineOptions::default()
            };
            kinds(&options, &there)
        };
        let both: BTreeMap<u64, Kind> = [(4, Kind::Task), (5, Kind::Report)].into();
        assert_eq!(kinds_of(&[]), Ok(both));
        assert_eq!(kinds_of(&["nhiem vu"]).map(|kinds| kinds.len()), Ok(2), "what is not named is guessed still");
        assert_eq!(kinds_of(&["5"]).map(|kinds| kinds.into_values().collect::<Vec<_>>()), Ok(vec![Kind::Task]));
        let wrong = kinds_of(&["Việc"]).unwrap_err();
        assert_eq!((wrong.id, wrong.text("known")), ("redmine-no-tracker", Some("Nhiệm vụ, Báo cáo")));
    }
}
