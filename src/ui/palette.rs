//! [`Palette`]: a theme as a terminal of some depth shows it: one style per role, and how a role looks on a selected row.

use ratatui::style::{Color, Modifier, Style};

use super::{
    colour::Colour,
    depth::Depth,
    theme::{Ink, Role, Theme},
};

/// Styles by role.
#[derive(Clone, Debug)]
pub struct Palette {
    /// How many colours it uses.
    pub depth: Depth,
    styles: [Style; Role::COUNT],
}

impl Palette {
    /// `theme` in `depth`. Sixteen colours are the terminal's own and no theme's: with them `sixteen` is taken, with none
    /// emphasis alone.
    pub fn new(theme: &Theme, sixteen: &Theme, depth: Depth) -> Self {
        let mut styles = [Style::new(); Role::COUNT];
        for role in Role::ALL {
            styles[*role as usize] = match depth {
                Depth::TrueColour => style(theme.ink(*role), Colour::exact),
                Depth::Colours256 => style(theme.ink(*role), Colour::of_256),
                Depth::Colours16 => style(sixteen.ink(*role), Colour::exact),
                Depth::None => Style::new().add_modifier(emphasis(*role)),
            };
        }
        // What is told by reversing reverses the theme's own letters and ground, not the terminal's.
        let text = styles[Role::Text as usize];
        for style in styles.iter_mut().filter(|style| style.add_modifier.contains(Modifier::REVERSED)) {
            *style = Style { fg: style.fg.or(text.fg), bg: style.bg.or(text.bg), ..*style };
        }
        // A line that is typed is cleared first: it keeps the theme's ground, whatever the terminal's own is.
        let input = &mut styles[Role::Input as usize];
        input.bg = input.bg.or(text.bg);
        Palette { depth, styles }
    }

    /// A role's style.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// The style of what has `role` in a selected row: its own letters on the selection's ground; where the selection is
    /// told by reversing, the selection's alone, so that nothing in the row can become unreadable.
    pub fn selected(&self, role: Role, selection: Role) -> Style {
        let ground = self.style(selection);
        let own = self.style(role);
        if role == Role::Text || ground.bg.is_none() || ground.add_modifier.contains(Modifier::REVERSED) {
            return ground.add_modifier(own.add_modifier & Modifier::BOLD);
        }
        Style { fg: own.fg.or(ground.fg), bg: ground.bg, ..own }
    }

    /// The colour of a role's letters, for what is drawn as a ground.
    pub fn colour(&self, role: Role) -> Color {
        self.style(role).fg.unwrap_or(Color::Reset)
    }
}

fn style(ink: Ink, shown: fn(Colour) -> Color) -> Style {
    let style = Style { fg: ink.letters.map(shown), bg: ink.ground.map(shown), ..Style::new() };
    style.add_modifier(ink.emphasis)
}

/// What tells a role where there are no colours.
fn emphasis(role: Role) -> Modifier {
    match role {
        Role::Selection | Role::PastDay | Role::Error => Modifier::REVERSED,
        Role::Title
        | Role::Late
        | Role::Mark
        | Role::BorderFocused
        | Role::BorderPastDayFocused
        | Role::Key
        | Role::Accent
        | Role::Changed => Modifier::BOLD,
        Role::SelectionIdle | Role::Heading | Role::Input => Modifier::UNDERLINED,
        Role::Text
        | Role::Dim
        | Role::Border
        | Role::BorderPastDay
        | Role::DueSoon
        | Role::OnTime
        | Role::DoneLate
        | Role::InProgress
        | Role::Awaiting
        | Role::Paused
        | Role::BarOnTime
        | Role::BarDoneLate
        | Role::BarLate
        | Role::Track
        | Role::BarRunning
        | Role::BarComing
        | Role::BarPast
        | Role::Info
        | Role::Sample => Modifier::empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped(name: &str) -> Theme {
        Theme::shipped(name).unwrap().unwrap()
    }

    #[test]
    fn red_is_only_for_what_is_late() {
        let is_red = |colour: Option<Colour>| match colour {
            Some(Colour::Rgb(red, green, blue)) => red > 150 && i32::from(red) > 2 * i32::from(green.max(blue)) - 40,
            Some(Colour::Named(place)) => place % 8 == 1,
            Some(Colour::Default) | None => false,
        };
        for name in ["dark", "light", "high-contrast", "terminal"] {
            let theme = shipped(name);
            for role in Role::ALL {
                let ink = theme.ink(*role);
                let late = matches!(role, Role::Late | Role::BarLate);
                assert_eq!(is_red(ink.letters) || is_red(ink.ground), late, "{name} {role:?}");
            }
        }
    }

    #[test]
    fn without_colours_there_is_emphasis_and_no_colour() {
        let palette = Palette::new(&shipped("dark"), &shipped("terminal"), Depth::None);
        for role in Role::ALL {
            assert_eq!((palette.style(*role).fg, palette.style(*role).bg), (None, None), "{role:?}");
        }
        assert!(
            palette.selected(Role::Late, Role::Selection).add_modifier.contains(Modifier::REVERSED | Modifier::BOLD)
        );
    }
}
