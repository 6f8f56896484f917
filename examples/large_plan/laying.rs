//! The plan: agencies, tasks, duties, campaigns, in numbers that follow from how many reports are to be expected.

use jiff::{ToSpan, civil::Date};
use std::collections::BTreeMap;
use tiendo::{
    domain::{
        agency::{Agency, AgencyKind},
        calendar::Calendar,
        campaign::{Campaign, Milestone},
        duty::{DueRule, Duty},
        period::Recurrence,
        plan::{FORMAT, Plan, Programme, Step, StepVerb, Unknown},
        task::Task,
        text::Text,
        title::Title,
    },
    planfile::HolidayTables,
};

use super::{
    chance::Chance,
    names::{self, Name},
};

/// The year of the plan.
const YEAR: i16 = 2023;

/// A plan in which exactly so many reports are expected.
pub(crate) fn plan(reports: usize, chance: &mut Chance) -> Plan {
    let owing = (reports / 100).clamp(1, 1_000).max(reports.min(10));
    let tables = HolidayTables::shipped();
    let years = tables.get("vn").map(|table| table.years.values()).into_iter().flatten();
    let mut plan = Plan {
        format: FORMAT.into(),
        id: Text::from(format!("large-{reports}")).as_str().into(),
        number: Some("01/KH-MAU".into()),
        title: title(("Kế hoạch mẫu cỡ lớn".into(), "Large sample plan".into())),
        issued: Date::new(YEAR, 1, 3).ok(),
        owner: Some("ubnd".into()),
        year: YEAR,
        timezone: "Asia/Ho_Chi_Minh".into(),
        holidays: Some("vn".into()),
        calendar: Default::default(),
        roll: true,
        sample: true,
        programmes: programmes(),
        agencies: agencies(owing, chance),
        tasks: Vec::new(),
        duties: duties(reports, owing),
        campaigns: Vec::new(),
        ladder: ladder(),
        unknown: Unknown::new(),
    };
    for year in years {
        plan.calendar.days_off.extend(&year.days_off);
        plan.calendar.make_up.extend(&year.make_up);
    }
    let calendar = Calendar::new(plan.calendar.clone());
    plan.tasks = (0..reports / 50).map(|place| task(place, owing, chance)).collect();
    plan.campaigns =
        (0..(reports / 2_000).clamp(2, 24)).map(|place| campaign(place, owing, &calendar, chance)).collect();
    plan
}

fn title((vi, en): Name) -> Title {
    Title::ByLanguage(BTreeMap::from([("vi".into(), Text::from(vi)), ("en".into(), Text::from(en))]))
}

/// The id of the owing agency at `place`.
pub(crate) fn agency_id(place: usize) -> String {
    format!("a{place:04}")
}

fn agencies(owing: usize, chance: &mut Chance) -> Vec<Agency> {
    let (departments, districts) = (owing.div_ceil(50), owing.div_ceil(10));
    let owner = Agency {
        reports: false,
        ..agency("ubnd".into(), ("UBND tỉnh".into(), "Ủy ban nhân dân tỉnh".into()), AgencyKind::Owner)
    };
    let owing = (0..owing).map(|place| {
        let id = agency_id(place);
        let mut made = if place < departments {
            agency(id, names::department(place), AgencyKind::Department)
        } else if place < departments + districts {
            agency(id, names::district(place - departments), AgencyKind::District)
        } else {
            agency(id, names::service(place - departments - districts, chance), AgencyKind::Service)
        };
        let parent = if made.kind == AgencyKind::Service {
            agency_id(departments + chance.below(districts))
        } else {
            "ubnd".into()
        };
        made.parent = Some(parent.as_str().into());
        made
    });
    std::iter::once(owner).chain(owing.collect::<Vec<_>>()).collect()
}

fn agency(id: String, (short, name): (String, String), kind: AgencyKind) -> Agency {
    Agency {
        id: id.as_str().into(),
        short: Title::Plain(short.into()),
        name: Title::Plain(name.into()),
        kind,
        parent: None,
        reports: true,
        email: Some(Text::from(format!("{id}@mau.invalid"))),
        phone: None,
        unknown: Unknown::new(),
    }
}

fn programmes() -> Vec<Programme> {
    let named = [("P-CL", "Chiến lược quốc gia", "28/NQ-CP"), ("P-BLG", "Phòng ngừa bạo lực", "2232/QĐ-TTg")];
    let named = named.into_iter().chain([("P-TT", "Truyền thông", "1790/QĐ-TTg")]);
    named
        .map(|(id, name, document)| Programme {
            id: id.into(),
            title: name.into(),
            document: Some(document.into()),
            from: Some(2021),
            to: Some(2030),
            unknown: Unknown::new(),
        })
        .collect()
}

/// Duties whose periods times the owing agencies are `reports`; what is over is a duty of some of them.
fn duties(reports: usize, owing: usize) -> Vec<Duty> {
    const WAYS: [(usize, &str, &str, &[Recurrence]); 5] = [
        (12, "tháng", "Monthly", &[Recurrence::Month]),
        (12, "tháng", "Monthly", &[Recurrence::Month]),
        (4, "quý", "Quarterly", &[Recurrence::Quarter]),
        (2, "6 tháng và năm", "Half-yearly", &[Recurrence::FirstHalf, Recurrence::Year]),
        (1, "9 tháng", "Nine-month", &[Recurrence::NineMonths]),
    ];
    let (mut left, over) = (reports / owing, reports % owing);
    let mut duties: Vec<Duty> = Vec::new();
    while left > 0 {
        let fitting = WAYS.iter().cycle().skip(duties.len() % WAYS.len()).take(WAYS.len());
        let Some((periods, vi, en, every)) = fitting.filter(|way| way.0 <= left).max_by_key(|way| way.0) else { break };
        duties.push(duty(duties.len(), names::duty(duties.len(), vi, en), every, vec!["all".into()]));
        left -= periods;
    }
    if over > 0 {
        let owes = (0..over).map(|place| Text::from(agency_id(place))).collect();
        let name = ("Báo cáo chuyên đề 9 tháng".into(), "Topical nine-month report".into());
        duties.push(duty(duties.len(), name, &[Recurrence::NineMonths], owes));
    }
    duties
}

fn duty(place: usize, name: Name, every: &[Recurrence], owes: Vec<Text>) -> Duty {
    Duty {
        id: Text::from(format!("R{:02}", place + 1)).as_str().into(),
        title: title(name),
        kind: Some("periodic".into()),
        owes,
        to: vec!["ubnd".into()],
        programme: Some(["P-CL", "P-BLG", "P-TT"][place % 3].into()),
        campaign: None,
        source: None,
        roll: None,
        periods: Vec::new(),
        every: every.to_vec(),
        due: Some(DueRule::BeforeDay(18 + (place % 8) as i8)),
        due_by_kind: BTreeMap::new(),
        due_text: None,
        within: None,
        after_task: Vec::new(),
        working_days: None,
        unknown: Unknown::new(),
    }
}

fn task(place: usize, owing: usize, chance: &mut Chance) -> Task {
    let start = Date::new(YEAR, 1, 9).ok().and_then(|first| first.checked_add(chance.between(0, 300).days()).ok());
    let due = start.and_then(|start| start.checked_add(chance.between(14, 120).days()).ok());
    Task {
        id: Text::from(format!("N{:05}", place + 1)).as_str().into(),
        title: title(names::task(place, chance)),
        lead: agency_id(chance.below(owing)).as_str().into(),
        coordinating: vec![agency_id(chance.below(owing)).as_str().into()],
        programme: Some(chance.one_of(&["P-CL", "P-BLG", "P-TT"]).into()),
        campaign: None,
        kind: None,
        source: None,
        audience: Vec::new(),
        start,
        due: due.filter(|_| !chance.happens(30)),
        due_text: None,
        roll: None,
        recurs: None,
        link: None,
        unknown: Unknown::new(),
    }
}

fn campaign(place: usize, owing: usize, calendar: &Calendar, chance: &mut Chance) -> Campaign {
    let first = Date::new(YEAR, 1, 16).unwrap_or_default();
    let from = first.checked_add((place as i32 * 345 / 24 + chance.between(0, 10)).days()).unwrap_or(first);
    let to = from.checked_add(chance.between(0, 30).days()).unwrap_or(from);
    let milestone = |number: usize, name: &str, from: Date, days: i32| Milestone {
        id: Text::from(format!("M{number}")).as_str().into(),
        title: name.into(),
        due: from.checked_add(days.days()).ok().map(|day| calendar.roll_back(day)),
        item: None,
        unknown: Unknown::new(),
    };
    Campaign {
        id: Text::from(format!("C{:02}", place + 1)).as_str().into(),
        title: title(names::campaign(place)),
        from,
        to,
        lead: agency_id(chance.below(owing)).as_str().into(),
        coordinating: vec!["all".into()],
        programme: Some("P-TT".into()),
        source: None,
        milestones: vec![
            milestone(1, "Ban hành kế hoạch", from, -20),
            milestone(2, "Sản phẩm truyền thông", from, -10),
            milestone(3, "Lễ phát động", from, 0),
            milestone(4, "Báo cáo kết quả", to, 5),
        ],
        unknown: Unknown::new(),
    }
}

fn ladder() -> Vec<Step> {
    let step = |step, verb, after_working_days, title: &str| Step {
        step,
        verb,
        after_working_days,
        title: title.into(),
        unknown: Unknown::new(),
    };
    vec![
        step(0, StepVerb::Notice, -3, "Nhắc việc trước hạn"),
        step(1, StepVerb::Remind, 1, "Đôn đốc lần 1"),
        step(2, StepVerb::Remind, 5, "Đôn đốc lần 2"),
        step(3, StepVerb::Escalate, 10, "Nhắc nhở, rút kinh nghiệm"),
        step(4, StepVerb::Escalate, 20, "Đề xuất phê bình"),
    ]
}
