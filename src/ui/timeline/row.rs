//! A campaign's line of the chart: the days behind it, what leads up to it and follows it, its bar, today's line, its
//! milestones. Milestones and today's line are cut out of the bar, so that their colours are readable on any bar.

use std::ops::Range;

use jiff::civil::Date;
use ratatui::{
    buffer::Buffer,
    style::{Modifier, Style},
};

use super::super::{
    Look,
    colour::contrast,
    depth::Depth,
    pen::{blank, put, put_sign, width},
    status,
    theme::Role,
};
use crate::{
    domain::{
        campaign::{Campaign, Phase},
        id::ItemId,
        item::Item,
        status::{Cell as Standing, cell as standing},
    },
    panels::{
        Row,
        scene::Scene,
        stretch::{Place, Stretch, WHOLE},
        view::Area,
    },
};

/// What the lines of a chart have in common.
pub(super) struct Chart<'a> {
    pub scene: Scene<'a>,
    pub stretch: Stretch,
    /// The cell today's line stands in.
    pub today: Option<u16>,
    /// The cells in which a week, month or quarter begins.
    pub divisions: &'a [u16],
    pub look: &'a Look<'a>,
}

impl Chart<'_> {
    /// Draws the line of `row`, on the ground of a selection where it has one.
    pub(super) fn draw(&self, buffer: &mut Buffer, area: Area, row: Row, ground: Option<Role>) {
        self.draw_days(buffer, area, ground);
        let Row::Campaign(index) = row else { return };
        let Some(campaign) = self.scene.snapshot.outline.plan.campaigns.get(index as usize) else { return };
        let milestones = self.milestones(campaign);
        self.draw_way(buffer, area, campaign, &milestones, ground);
        let phase = campaign.countdown(self.scene.today.date, &self.scene.snapshot.outline.calendar).phase;
        let span = self.stretch.span(campaign.from, campaign.to);
        let bar = span.map_or(0..0, |span| self.draw_bar(buffer, area, span, phase, ground));
        // What is on today alone would be behind its line.
        if self.today.is_none_or(|cell| bar != (cell..cell + 1)) {
            self.draw_today(buffer, area, ground);
        }
        self.draw_milestones(buffer, area, &milestones, (bar, phase), ground);
        self.draw_beyond(buffer, area, campaign, phase, ground);
    }

    /// The days behind a line: where a division begins, and today.
    pub(super) fn draw_days(&self, buffer: &mut Buffer, area: Area, ground: Option<Role>) {
        blank(buffer, area, self.style(Role::Text, ground));
        let [_, division, _] = self.look.glyphs.time;
        for cell in self.divisions {
            put_sign(buffer, area.x + cell, area.y, division, self.style(Role::Track, ground));
        }
        self.draw_today(buffer, area, ground);
    }

    fn style(&self, role: Role, ground: Option<Role>) -> Style {
        match ground {
            Some(selection) => self.look.palette.selected(role, selection),
            None => self.look.palette.style(role),
        }
    }

    fn draw_today(&self, buffer: &mut Buffer, area: Area, ground: Option<Role>) {
        if let Some(cell) = self.today {
            put_sign(buffer, area.x + cell, area.y, self.look.glyphs.time[0], self.style(Role::Accent, ground));
        }
    }

    /// Its milestones with their due dates.
    fn milestones(&self, campaign: &Campaign) -> Vec<(Date, &Item)> {
        let item = |id| self.scene.snapshot.item(&ItemId::milestone(&campaign.id, id));
        let items = campaign.milestones.iter().filter_map(|milestone| item(&milestone.id));
        items.filter_map(|item| Some((item.due?, item))).collect()
    }

    /// The way up to it from its first milestone, and on to its last one.
    fn draw_way(
        &self,
        buffer: &mut Buffer,
        area: Area,
        campaign: &Campaign,
        milestones: &[(Date, &Item)],
        ground: Option<Role>,
    ) {
        let days = || milestones.iter().map(|(due, _)| *due);
        let (Some(first), Some(last)) = (days().min(), days().max()) else { return };
        let Some((from, to)) = self.stretch.span(first.min(campaign.from), last.max(campaign.to)) else { return };
        let style = self.style(if ground.is_some() { Role::Dim } else { Role::Border }, ground);
        for cell in from / WHOLE..(to + WHOLE - 1) / WHOLE {
            put_sign(buffer, at(area.x, cell), area.y, self.look.glyphs.time[2], style);
        }
    }

    /// Its bar: the cells of which it has half or more, and one where it has that of none. Gives them.
    fn draw_bar(
        &self,
        buffer: &mut Buffer,
        area: Area,
        (from, to): (i32, i32),
        phase: Phase,
        ground: Option<Role>,
    ) -> Range<u16> {
        let half = WHOLE / 2;
        let first = (from + half - 1).div_euclid(WHOLE).min((to - 1) / WHOLE);
        let end = ((to + half) / WHOLE).max(first + 1);
        let coloured = self.look.palette.depth != Depth::None;
        let sign = self.look.glyphs.bar.filter(|_| coloured).unwrap_or(self.look.glyphs.phase_bar(phase));
        for cell in first..end {
            put_sign(buffer, at(area.x, cell), area.y, sign, self.style(role(phase), ground));
        }
        at(0, first)..at(0, end)
    }

    /// The signs of the milestones; of several in one cell that which presses most.
    fn draw_milestones(
        &self,
        buffer: &mut Buffer,
        area: Area,
        milestones: &[(Date, &Item)],
        (bar, phase): (Range<u16>, Phase),
        ground: Option<Role>,
    ) {
        let mut placed: Vec<(u16, u8, &Item)> = Vec::new();
        for (due, item) in milestones {
            if let Place::Cell(cell) = self.stretch.place(*due) {
                placed.push((cell, pressing(standing(item, self.scene.today)), item));
            }
        }
        // The last one written stays.
        placed.sort_by_key(|(cell, pressing, _)| (*cell, *pressing));
        for (cell, _, item) in placed {
            let standing = standing(item, self.scene.today);
            let role = status::role(item.state.base, standing);
            // What is to come is to be seen on the way to it.
            let role = if role == Role::Dim { Role::Text } else { role };
            let sign = status::sign(self.look.glyphs, item.state.base, standing);
            let style = self.style(role, ground);
            // Of a bar that has but this cell the ground is left, unless the sign's own colour is needed.
            let is_bar = bar == (cell..cell + 1) && !matches!(role, Role::Late | Role::DueSoon);
            let style = if is_bar { self.on_bar(phase, style) } else { style };
            put_sign(buffer, area.x + cell, area.y, sign, style);
        }
    }

    /// Letters on a bar's colour in place of a ground; underlined where there are no colours.
    fn on_bar(&self, phase: Phase, style: Style) -> Style {
        let colour = self.look.palette.colour(role(phase));
        if self.look.palette.depth == Depth::None {
            return style.add_modifier(Modifier::UNDERLINED);
        }
        let plain = self.look.palette.style(Role::Text);
        let (text, ground) = (plain.fg.unwrap_or_default(), plain.bg.unwrap_or_default());
        // The bar of what is over is hardly darker than the ground: letters in the ground's colour would be lost on it.
        if phase == Phase::Past || contrast(text, colour) > contrast(ground, colour) {
            return style.fg(text).bg(colour).remove_modifier(Modifier::REVERSED);
        }
        style.fg(colour).add_modifier(Modifier::REVERSED)
    }

    /// Where it goes on beyond an edge; where it is altogether beyond one, when.
    fn draw_beyond(&self, buffer: &mut Buffer, area: Area, campaign: &Campaign, phase: Phase, ground: Option<Role>) {
        let [before, after] = self.look.glyphs.beyond;
        let style = self.style(if phase == Phase::Past { Role::Dim } else { Role::Text }, ground);
        let date = |day: Date| self.look.words.short_date(day, self.scene.snapshot.outline.plan.year);
        let right = area.x + area.width.saturating_sub(1);
        match (self.stretch.place(campaign.from), self.stretch.place(campaign.to)) {
            (Place::Before, Place::Before) => {
                let text = format!("{before} {} ", date(campaign.to));
                put(buffer, area.x, area.y, area.width, &text, style);
            }
            (Place::After, Place::After) => {
                let text = format!(" {} {after}", date(campaign.from));
                let wide = width(&text).min(area.width);
                put(buffer, area.x + area.width - wide, area.y, wide, &text, style);
            }
            (from, to) => {
                if from == Place::Before {
                    put_sign(buffer, area.x, area.y, before, style);
                }
                if to == Place::After {
                    put_sign(buffer, right, area.y, after, style);
                }
            }
        }
    }
}

fn at(x: u16, cell: i32) -> u16 {
    x.saturating_add(u16::try_from(cell).unwrap_or(u16::MAX))
}

fn role(phase: Phase) -> Role {
    match phase {
        Phase::Running => Role::BarRunning,
        Phase::Coming => Role::BarComing,
        Phase::Past => Role::BarPast,
    }
}

/// How much a milestone presses.
fn pressing(standing: Option<Standing>) -> u8 {
    match standing {
        Some(Standing::Overdue) => 5,
        Some(Standing::DueSoon) => 4,
        Some(Standing::AwaitingConfirmation | Standing::Paused) => 3,
        Some(Standing::InTime | Standing::NoDeadline) => 2,
        Some(Standing::Late) => 1,
        Some(Standing::OnTime | Standing::DoneNoDeadline) | None => 0,
    }
}
