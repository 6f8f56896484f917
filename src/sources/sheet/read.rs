//! [`read`]: a plan out of a workbook's bytes.

use std::{
    collections::{BTreeMap, HashSet},
    path::Path,
};

use crate::{
    domain::{
        id::{PlanId, ProgrammeId},
        plan::{FORMAT, NO_YEAR, Plan, Unknown},
        sentence::Sentence,
        text::Text,
        title::Title,
    },
    planfile::{self, HolidayTables, Severity},
};

use super::{
    agencies, campaigns,
    draft::{Draft, slug},
    duties, encoding,
    grid::Workbook,
    head::{self, Head},
    limits::{Limits, Unusable},
    looked::{Looked, Seen},
    mapping::{Mapping, SheetKind, SheetMapping},
    names::{NAMES, key},
    objects, package,
    reading::{Reading, Unread},
    reports, separated,
    stamp::Stamp,
    table::Table,
    tasks, xlsx,
};

/// The zone of a workbook that does not say one.
const ZONE: &str = "Asia/Ho_Chi_Minh";

/// Its holiday table.
const HOLIDAYS: &str = "vn";

/// Reads the workbook in `bytes`, whose `name` tells by its ending what it is: `.xlsx`, `.csv`, `.json`; what stands in it is
/// looked at, too.
///
/// # Errors
///
/// Why there is no plan in it, where there is none.
pub fn read(bytes: &[u8], name: &str, mapping: &Mapping, limits: &Limits) -> Result<Reading, Unusable> {
    Ok(look(bytes, name, mapping, limits)?.reading)
}

/// The same as [`read`], with what else the workbook shows.
///
/// # Errors
///
/// Why there is no plan in it, where there is none.
pub fn look(bytes: &[u8], name: &str, mapping: &Mapping, limits: &Limits) -> Result<Looked, Unusable> {
    if bytes.len() > limits.file {
        return Err(Unusable(Sentence::new("workbook-too-large").with("most", limits.file >> 20)));
    }
    let path = Path::new(name);
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or(name);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    if package::is_ole(bytes) {
        return Err(package::ole(bytes));
    }
    if bytes.starts_with(b"PK") {
        return workbook(&xlsx::read(bytes, limits)?, stem, mapping);
    }
    match ending.as_str() {
        "xlsx" | "xlsm" => Err(Unusable::because("workbook-not-a-workbook")),
        "xls" | "xlsb" | "ods" => Err(Unusable::because("workbook-old")),
        "json" => json(bytes, name, stem, mapping, limits),
        "csv" | "tsv" | "txt" => workbook(&separated::read(bytes, stem, limits)?, stem, mapping),
        // A URL may say nothing of what it gives.
        _ if bytes.trim_ascii_start().starts_with(b"{") || bytes.trim_ascii_start().starts_with(b"[") => {
            json(bytes, name, stem, mapping, limits)
        }
        _ if bytes.trim_ascii_start().starts_with(b"<") => Err(Unusable::because("workbook-a-page")),
        _ => workbook(&separated::read(bytes, stem, limits)?, stem, mapping),
    }
}

fn json(bytes: &[u8], name: &str, stem: &str, mapping: &Mapping, limits: &Limits) -> Result<Looked, Unusable> {
    let text = encoding::decoded(bytes)?;
    match objects::format(&text) {
        Some(format) if format.starts_with("tiendo-plan/") => native(&text, name),
        Some(_) | None => workbook(&objects::read(&text, stem, limits)?, stem, mapping),
    }
}

/// A plan file: read as it is everywhere. What happened to it is not a workbook's to say.
fn native(text: &str, name: &str) -> Result<Looked, Unusable> {
    let loaded =
        planfile::read(name, text, &HolidayTables::shipped()).map_err(|refused| Unusable(refused.0.problem))?;
    let reading = Reading {
        plan: loaded.plan,
        told: Default::default(),
        made: Default::default(),
        unread: unread(&loaded.remarks),
    };
    Ok(Looked {
        reading,
        lines: BTreeMap::new(),
        reports: BTreeMap::new(),
        titled: true,
        stamp: None,
        tables: Vec::new(),
    })
}

/// What was set aside of a plan file.
fn unread(remarks: &[planfile::Remark]) -> Vec<Unread> {
    let aside = remarks.iter().filter(|remark| remark.severity == Severity::SetAside);
    let said = aside.map(|remark| Unread {
        sheet: remark.file.clone(),
        row: remark.line.unwrap_or_default(),
        column: Some(remark.path.clone()),
        value: Text::default(),
        why: remark.problem.clone(),
    });
    said.collect()
}

fn workbook(workbook: &Workbook, stem: &str, mapping: &Mapping) -> Result<Looked, Unusable> {
    let stamp = workbook.stamp.as_ref().and_then(Stamp::of);
    let under = stamp.as_ref().map(|stamp| stamp.under(mapping));
    let mapping = under.as_ref().unwrap_or(mapping);
    // Periods are known as such whatever their year.
    const ANY_YEAR: i16 = 2000;
    let said = |name: &Text| said(mapping, name, workbook.sheets.len());
    let mut hidden = Vec::new();
    let mut tables = Vec::new();
    for sheet in &workbook.sheets {
        let mapped = said(&sheet.name);
        let ignored = mapped.and_then(|mapped| mapped.kind) == Some(SheetKind::Ignored)
            || mapped.is_none() && NAMES.sheet(&sheet.name) == Some(SheetKind::Ignored);
        if ignored || sheet.rows.is_empty() {
            continue;
        }
        if sheet.hidden && mapped.is_none() {
            hidden.push((sheet.name.clone(), "workbook-hidden"));
            continue;
        }
        match Table::find(sheet, mapped, mapping.year.unwrap_or(ANY_YEAR)) {
            Some(table) => tables.push(table),
            None => hidden.push((sheet.name.clone(), "workbook-without-table")),
        }
    }
    if !tables.iter().any(|table| table.kind != SheetKind::Agencies) {
        let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).take(20).collect();
        return Err(Unusable(Sentence::new("workbook-no-table").with("sheets", names.join(", "))));
    }
    let head = Head::of(workbook, &tables, stem);
    let mut draft = Draft::new(mapping.year.or(head.year).unwrap_or(NO_YEAR));
    // Agencies first: the others name them.
    tables.sort_by_key(|table| (table.kind != SheetKind::Agencies, table.kind != SheetKind::Tasks));
    for table in &tables {
        read_table(&mut draft, table, said(&table.sheet.name));
    }
    let whole = |(sheet, why): (Text, &'static str)| Unread {
        sheet,
        row: 1,
        column: None,
        value: Text::default(),
        why: Sentence::new(why),
    };
    draft.unread.extend(hidden.into_iter().map(whole));
    let seen = tables.iter().map(Seen::of).collect();
    Ok(Looked { tables: seen, ..finished(draft, head, stem, mapping, stamp)? })
}

/// What the mapping says of a sheet; of the only one it may say it without a name.
fn said<'m>(mapping: &'m Mapping, name: &Text, sheets: usize) -> Option<&'m SheetMapping> {
    let fits = |said: &&SheetMapping| key(&said.name) == key(name) || sheets == 1 && said.name.is_empty();
    mapping.sheets.iter().find(fits)
}

fn read_table(draft: &mut Draft, table: &Table<'_>, said: Option<&SheetMapping>) {
    let name = || head::title(&head::lines(table)).unwrap_or_else(|| table.sheet.name.clone());
    match table.kind {
        SheetKind::Agencies => agencies::read(draft, table),
        SheetKind::Tasks => tasks::read(draft, table),
        SheetKind::Campaigns => campaigns::read(draft, table),
        SheetKind::Reports => {
            let owed = reports::rows_of(draft, table, &name());
            duties::lay_down(draft, table, owed);
        }
        SheetKind::ReportGrid => {
            let owed = reports::grid(draft, table, said, &name());
            duties::lay_down(draft, table, owed);
        }
        SheetKind::Ignored => {}
    }
}

/// The plan of what was gathered, checked as a plan file is.
fn finished(draft: Draft, head: Head, stem: &str, mapping: &Mapping, stamp: Option<Stamp>) -> Result<Looked, Unusable> {
    let Draft {
        days,
        bodies,
        programmes,
        tasks,
        duties,
        campaigns,
        told,
        lines,
        reports,
        unread: mut cells,
        more_unread,
        by_words: made,
        ..
    } = draft;
    let title = mapping.title.clone().or(head.title);
    let titled = title.is_some();
    let title = title.unwrap_or_else(|| Text::new(stem));
    let holidays = mapping.holidays.clone().unwrap_or_else(|| Text::new(HOLIDAYS));
    let of_tasks = tasks.iter().filter_map(|task| task.programme.as_ref());
    let of_duties = duties.iter().filter_map(|duty| duty.programme.as_ref());
    let of_campaigns = campaigns.iter().filter_map(|campaign| campaign.programme.as_ref());
    let used: HashSet<&ProgrammeId> = of_tasks.chain(of_duties).chain(of_campaigns).collect();
    let programmes = programmes.into_iter().filter(|programme| used.contains(&programme.id)).collect();
    let plan = Plan {
        format: Text::new(FORMAT),
        id: mapping.plan.clone().unwrap_or_else(|| PlanId::from(slug(stem).as_str())),
        number: mapping.number.clone().or(head.number),
        title: Title::Plain(title),
        issued: None,
        owner: None,
        year: days.year,
        timezone: mapping.timezone.clone().unwrap_or_else(|| Text::new(ZONE)),
        holidays: Some(holidays).filter(|table| !table.is_empty()),
        calendar: Default::default(),
        roll: true,
        sample: stamp.as_ref().is_some_and(|stamp| stamp.sample),
        programmes,
        agencies: bodies.agencies,
        tasks,
        duties,
        campaigns,
        ladder: Vec::new(),
        unknown: Unknown::new(),
    };
    let written = planfile::write_json(&plan);
    let loaded =
        planfile::read(stem, &written, &HolidayTables::shipped()).map_err(|refused| Unusable(refused.0.problem))?;
    cells.extend(unread(&loaded.remarks));
    if more_unread > 0 {
        let why = Sentence::new("workbook-more-unread").with("count", more_unread);
        cells.push(Unread { sheet: Text::new(stem), row: 0, column: None, value: Text::default(), why });
    }
    Ok(Looked {
        reading: Reading { plan: loaded.plan, told, made, unread: cells },
        lines,
        reports,
        titled,
        stamp,
        tables: Vec::new(),
    })
}
