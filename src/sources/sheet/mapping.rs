//! [`Mapping`]: what a workbook's owner says of it, where guessing would not do. What is not said is guessed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{id::PlanId, text::Text};

/// How a workbook is to be read; all that is not said is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// The plan's id; else made from the file's name.
    pub plan: Option<PlanId>,
    /// The plan's title; else the lines above the first heading, else the file's name.
    pub title: Option<Text>,
    /// The number of the issuing document, `95/KH-UBND`.
    pub number: Option<Text>,
    /// The year of dates that have none.
    pub year: Option<i16>,
    /// An IANA zone; `Asia/Ho_Chi_Minh` where it is not said.
    pub timezone: Option<Text>,
    /// The holiday table; `vn` where it is not said, none where it is empty.
    pub holidays: Option<Text>,
    /// Sheets of which something is to be said.
    #[serde(rename = "sheet")]
    pub sheets: Vec<SheetMapping>,
}

/// How one sheet is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SheetMapping {
    /// Its name, marks and case aside; empty for the one sheet of a file that has no sheets.
    pub name: Text,
    /// What its rows are.
    pub kind: Option<SheetKind>,
    /// The row of the headings as the spreadsheet counts it, from 1.
    pub heading_row: Option<u32>,
    /// The column of a field: by its heading, or by its letters.
    pub columns: BTreeMap<Field, Text>,
    /// The name of the report, for a grid of agencies and periods that does not say it.
    pub report: Option<Text>,
}

/// What the rows of a sheet are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetKind {
    /// Tasks, one a row.
    Tasks,
    /// Reports, one a row.
    Reports,
    /// Reports, an agency a row and a period a column.
    ReportGrid,
    /// Campaigns, one a row or several rows for the milestones of one.
    Campaigns,
    /// Agencies, one a row.
    Agencies,
    /// It is not read.
    Ignored,
}

/// What a column says of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// A lasting id.
    Id,
    /// A row's number, which changes when rows are moved: not read.
    Place,
    /// What is to be done, reported or held; an agency's name.
    Title,
    /// The agency that answers for it.
    Agency,
    /// The agencies that help.
    Coordinating,
    /// The body that receives it.
    Recipient,
    /// The first day.
    From,
    /// The last on-time day; a campaign's last day.
    Due,
    /// Both, or a month or a quarter, in one cell.
    Span,
    /// A progress in percent.
    Progress,
    /// How it stands, in words.
    Status,
    /// The day it was handed in or done.
    HandedIn,
    /// The number of the document it was handed in with.
    Document,
    /// A page about it.
    Link,
    /// The day up to which it was extended.
    ExtendedTo,
    /// A remark.
    Note,
    /// The programme it belongs to.
    Programme,
    /// The report's period.
    Period,
    /// The last day of the figures.
    Closing,
    /// A campaign's milestone.
    Milestone,
    /// A lasting id of the milestone.
    MilestoneId,
    /// The last on-time day of the milestone.
    MilestoneDue,
    /// That the milestone is reached, or when.
    MilestoneDone,
    /// An agency's short name.
    Short,
    /// Its kind.
    Kind,
    /// Where its reminders go.
    Email,
    /// Whom to call.
    Phone,
    /// What the program itself keeps about a row it wrote: not read here.
    Ours,
}

impl SheetKind {
    /// The word in the config.
    pub fn as_str(self) -> &'static str {
        match self {
            SheetKind::Tasks => "tasks",
            SheetKind::Reports => "reports",
            SheetKind::ReportGrid => "report-grid",
            SheetKind::Campaigns => "campaigns",
            SheetKind::Agencies => "agencies",
            SheetKind::Ignored => "ignored",
        }
    }
}

impl Field {
    /// The word in the config.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Id => "id",
            Field::Place => "place",
            Field::Title => "title",
            Field::Agency => "agency",
            Field::Coordinating => "coordinating",
            Field::Recipient => "recipient",
            Field::From => "from",
            Field::Due => "due",
            Field::Span => "span",
            Field::Progress => "progress",
            Field::Status => "status",
            Field::HandedIn => "handed-in",
            Field::Document => "document",
            Field::Link => "link",
            Field::ExtendedTo => "extended-to",
            Field::Note => "note",
            Field::Programme => "programme",
            Field::Period => "period",
            Field::Closing => "closing",
            Field::Milestone => "milestone",
            Field::MilestoneId => "milestone-id",
            Field::MilestoneDue => "milestone-due",
            Field::MilestoneDone => "milestone-done",
            Field::Short => "short",
            Field::Kind => "kind",
            Field::Email => "email",
            Field::Phone => "phone",
            Field::Ours => "ours",
        }
    }
}
