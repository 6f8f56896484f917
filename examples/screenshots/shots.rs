//! The shots: what the screen is made to show, through the app itself, on the sample plan at Monday 20/11/2023 08:00.

use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use tiendo::{
    app::{
        self,
        effect::Effect,
        hand_over::Offered,
        keys::{Bindings, Written},
        model::Model,
        msg::Msg,
        settings::Settings,
        wall::WallSettings,
    },
    domain::{
        answer::Filter,
        id::{ActorId, EntryId, PlanId},
        look::{LastLook, Look},
        stamp::stamp,
        waiting::Acted,
    },
    export::Format,
    ledger::{Ledger as _, memory::MemoryLedger},
    planfile::{self, Loaded},
    sources::{Source as _, embedded::Embedded},
    ui::{
        self, Looks,
        depth::Depth,
        svg::{SvgOptions, SvgPalette, svg},
    },
    words::{Language, language},
};
use uuid::Uuid;

/// The sample's clock, in its zone.
const NOW: &str = "2023-11-20T08:00:00+07:00";
/// Who sits there.
const ME: &str = "dieu-phoi-1";
/// The size most are shown at.
const USUAL: (u16, u16) = (120, 36);

/// A picture to be made.
pub(crate) struct Shot {
    /// The name of its files.
    pub(crate) name: String,
    size: (u16, u16),
    language: &'static Language,
    theme: &'static str,
    depth: Depth,
    ascii: bool,
    steps: &'static [Step],
    wall: bool,
}

/// What is done before the picture is taken.
enum Step {
    /// Keys, parted by spaces.
    Keys(&'static str),
    /// Letters, each a key.
    Types(&'static str),
}
use Step::{Keys, Types};

const TASKS_BY_AGENCY: &[Step] = &[Keys("3 F")];
/// A new due date on a day of rest.
const EXTEND: &[Step] = &[Keys("tab down x"), Types("25/11")];
/// The actions on a row of the queue.
const MENU: &[Step] = &[Keys("tab down m")];
/// Three reports that are late and one that is not, before they are extended together.
const BATCH: &[Step] = &[
    Keys("2 space space space down down down space x"),
    Types("1/12/2023"),
    Keys("tab"),
    Types("chờ số liệu của cấp xã"),
];
/// What became of them.
const RESULTS: &[Step] = &[
    Keys("2 space space space down down down space x"),
    Types("1/12/2023"),
    Keys("tab"),
    Types("chờ số liệu của cấp xã"),
    Keys("enter"),
];
const DETAIL: &[Step] = &[Keys("tab enter")];

/// All of them.
pub(crate) fn all() -> Vec<Shot> {
    let mut shots = Vec::new();
    for tag in ["vi", "en"] {
        for size in [(80, 24), USUAL, (200, 50)] {
            shots.push(Shot { size, ..shot("overview", tag, &[]) });
        }
        let views: [(&str, &'static [Step]); 11] = [
            ("reports", &[Keys("2")]),
            ("tasks", &[Keys("3")]),
            ("tasks-by-agency", TASKS_BY_AGENCY),
            ("matrix-reports", &[Keys("5")]),
            ("journal", &[Keys("7")]),
            ("detail", DETAIL),
            ("help", &[Keys("?")]),
            ("extend", EXTEND),
            ("menu", MENU),
            ("batch", BATCH),
            ("results", RESULTS),
        ];
        shots.extend(views.map(|(name, steps)| shot(name, tag, steps)));
    }
    shots.extend(["vi", "en"].map(|tag| shot("campaigns", tag, &[Keys("4")])));
    shots.push(Shot { size: (200, 50), ..shot("campaigns", "vi", &[Keys("4")]) });
    shots.push(shot("other-day", "vi", &[Keys(":"), Types("at 14/6/2023"), Keys("enter")]));
    shots.push(shot("changes", "vi", &[Keys("c")]));
    shots.push(shot("changes", "en", &[Keys("c")]));
    shots.push(shot("compare", "vi", &[Keys("2 :"), Types("compare 14/6"), Keys("enter")]));
    shots.push(shot("compare-list", "vi", &[Keys(":"), Types("compare 14/6"), Keys("enter c")]));
    shots.push(shot("matrix-programmes", "vi", &[Keys("5 M")]));
    shots.push(Shot { size: (200, 50), ..shot("matrix-reports", "vi", &[Keys("5")]) });
    shots.push(Shot { wall: true, size: (200, 50), ..shot("wall", "vi", &[]) });
    for tag in ["vi", "en"] {
        shots.push(shot("trend", tag, &[Keys("6")]));
    }
    shots.push(Shot { size: (80, 24), ..shot("trend", "vi", &[Keys("6")]) });
    shots.push(Shot { size: (200, 50), ..shot("trend", "vi", &[Keys("6")]) });
    shots.push(shot("trend-read", "vi", &[Keys("6 h h h h h h")]));
    shots.push(Shot { depth: Depth::None, ascii: true, ..shot("trend-ascii", "vi", &[Keys("6")]) });
    shots.push(shot("palette", "vi", &[Keys(":")]));
    shots.push(shot("palette-found", "vi", &[Keys(":"), Types("bu dop")]));
    shots.push(shot("palette-command", "en", &[Keys(":"), Types("save late reports")]));
    shots.push(shot("hand-over", "vi", &[Keys("2 E")]));
    shots.push(shot("facets", "vi", &[Keys("2 f down tab")]));
    shots.push(shot("filter", "vi", &[Keys("2 /"), Types("bù đốp")]));
    shots.push(shot("marks", "vi", &[Keys("2 space space space")]));
    shots.push(Shot { theme: "light", ..shot("overview-light", "vi", &[]) });
    shots.push(Shot { theme: "high-contrast", ..shot("overview-high-contrast", "vi", &[]) });
    shots.push(Shot { depth: Depth::Colours16, ..shot("overview-16-colours", "vi", &[]) });
    shots.push(Shot { depth: Depth::None, ascii: true, ..shot("overview-ascii", "vi", &[]) });
    for shot in &mut shots {
        shot.name = format!("{}-{}x{}-{}", shot.name, shot.size.0, shot.size.1, shot.language.tag);
    }
    shots
}

fn shot(name: &str, tag: &str, steps: &'static [Step]) -> Shot {
    let language = language(tag).expect("it ships");
    Shot {
        name: name.into(),
        size: USUAL,
        language,
        theme: "dark",
        depth: Depth::TrueColour,
        ascii: false,
        steps,
        wall: false,
    }
}

impl Shot {
    /// The picture.
    pub(crate) fn svg(&self) -> String {
        let (buffer, cursor) = self.frame();
        let palette = if self.theme == "light" { SvgPalette::LIGHT } else { SvgPalette::DARK };
        svg(&buffer, &SvgOptions { title: format!("tiendo: {}", self.name), palette, cursor, framed: true })
    }

    /// The screen and the cursor's place.
    pub(crate) fn frame(&self) -> (Buffer, Option<Position>) {
        let looks = Looks::new(self.language, self.theme, self.depth, self.ascii).expect("what ships can be read");
        let mut desk = Desk::new(&looks, self.size, self.wall);
        for step in self.steps {
            match step {
                Keys(keys) => keys.split(' ').for_each(|key| desk.press(key)),
                Types(text) => text.chars().for_each(|letter| desk.type_letter(letter)),
            }
        }
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        let look = looks.of(&desk.model, &desk.bindings).expect("a theme and a language ship");
        let cursor = ui::draw(&desk.model, &look, &mut buffer).cursor;
        (buffer, cursor)
    }
}

/// The app with its source, without a terminal or a clock.
struct Desk {
    model: Model,
    bindings: Bindings,
    source: Embedded,
    waiting: tokio::runtime::Runtime,
}

impl Desk {
    fn new(looks: &Looks, size: (u16, u16), wall: bool) -> Self {
        let settings = Settings {
            vocabularies: looks.vocabularies(),
            themes: looks.themes(),
            due_soon_working_days: 3,
            agency: None,
            me: Some(ME.into()),
            sample: true,
            mails: false,
            read_only: None,
            amends: true,
            tells_days: true,
            recalls: false,
            wall: wall.then(WallSettings::default),
            first_time: false,
            notifications: Default::default(),
            views: Default::default(),
            last_look: if wall { LastLook::Nobody } else { LastLook::At(last_look()) },
            sources: Vec::new(),
            source: None,
            begins: (0, 0),
            forms: forms(looks),
            seed: 0,
            takes: Default::default(),
            no_journal: false,
        };
        let now: Timestamp = NOW.parse().expect("an instant");
        let waiting = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let source = waiting.block_on(sample(now));
        let mut model = Model::new(settings, now, size);
        let effects = app::start(&mut model);
        let bindings = Bindings::new(&Written::new()).expect("what ships can be read");
        let mut desk = Desk { model, bindings, source, waiting };
        effects.into_iter().for_each(|effect| desk.perform(effect));
        desk
    }

    fn press(&mut self, key: &str) {
        self.tell(Msg::Pressed(key.parse().expect("a key")));
    }

    fn type_letter(&mut self, letter: char) {
        if letter == ' ' { self.press("space") } else { self.press(&letter.to_string()) }
    }

    fn tell(&mut self, msg: Msg) {
        let effects = app::update(&mut self.model, &self.bindings, msg);
        effects.into_iter().for_each(|effect| self.perform(effect));
    }

    fn perform(&mut self, effect: Effect) {
        let fact = match effect {
            Effect::Fetch { ticket, cursor } => {
                let result = self.waiting.block_on(self.source.fetch(cursor));
                Msg::Fetched { ticket, result }
            }
            Effect::FetchDay { ticket, instant } => {
                let result = self.waiting.block_on(self.source.at(instant)).map(Box::new);
                Msg::DayFetched { ticket, result }
            }
            Effect::FetchPast { ticket, day } => {
                let result = self.waiting.block_on(self.source.past(day)).map(Box::new);
                Msg::PastFetched { ticket, result }
            }
            Effect::FetchHistory { item, until } => {
                let filter = Filter { item: Some(item.clone()), until, ..Filter::default() };
                let result = self.waiting.block_on(self.source.entries(&filter));
                Msg::HistoryFetched { item, result }
            }
            Effect::FetchJournal { ticket, filter } => {
                Msg::JournalFetched { ticket, result: self.waiting.block_on(self.source.entries(&filter)) }
            }
            Effect::FetchChanges { ticket, filter } => {
                Msg::ChangesFetched { ticket, result: self.waiting.block_on(self.source.entries(&filter)) }
            }
            Effect::FetchSteps { direction } => {
                let filter = Filter { by: Some(ME.into()), ..Filter::default() };
                Msg::StepsFetched { direction, result: self.waiting.block_on(self.source.entries(&filter)) }
            }
            Effect::Act { ticket, drafts: mut entries } => {
                stamp(&mut entries, self.model.now, Uuid::now_v7);
                let result = self.waiting.block_on(self.source.send(&entries, self.model.now));
                let result = result.map(|answers| answers.into_iter().map(Acted::Answered).collect());
                Msg::Acted { ticket, entries, result }
            }
            Effect::Withdraw { .. } | Effect::Decide { .. } | Effect::SendNow | Effect::Amend { .. } => return,
            Effect::Recall | Effect::StopFetch | Effect::Keep | Effect::LookAround { .. } | Effect::SwitchTo(_) => {
                return;
            }
            Effect::ComposeMail { .. }
            | Effect::SendMail
            | Effect::StopMail
            | Effect::KeepView { .. }
            | Effect::Copy(_)
            | Effect::HandOver { .. }
            | Effect::OpenLink(_)
            | Effect::Suspend
            | Effect::Notify(_)
            | Effect::KeepLook(_)
            | Effect::KeepFirstSteps
            | Effect::Reply { .. }
            | Effect::Quit => return,
        };
        self.tell(fact);
    }
}

/// What can be handed over.
fn forms(looks: &Looks) -> Vec<Offered> {
    let names = |format: Format| looks.words().iter().map(|words| words.get(format.word().0).as_ref().into()).collect();
    let offered = |format: Format| Offered {
        ending: format.ending(),
        names: names(format),
        of_a_view: format.is_of_a_view(),
        is_picture: format == Format::Picture,
    };
    Format::ALL.into_iter().map(offered).collect()
}

/// The sample's last look.
fn last_look() -> Look {
    Look { at: planfile::last_look().expect("an instant"), cursor: None }
}

/// The sample plan with its journal, in memory.
async fn sample(now: Timestamp) -> Embedded {
    static SAMPLE: LazyLock<Loaded> = LazyLock::new(|| planfile::sample().expect("the sample can be read"));
    let sample = SAMPLE.clone();
    let (plan, me): (PlanId, ActorId) = (sample.plan.id.clone(), ME.into());
    let ledger = MemoryLedger::new();
    ledger.lay_down(sample.plan, &me, now, EntryId(Uuid::nil())).await.expect("memory has room");
    ledger.import(&plan, sample.journal).await.expect("memory has room");
    Embedded::new(Arc::new(ledger), plan, me, std::time::Duration::from_secs(2))
}
