//! How cells look: one accent, red for what is late alone, as on the screen.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Formats, made once.
pub(super) struct Style {
    pub(super) title: Format,
    pub(super) line: Format,
    pub(super) sample: Format,
    pub(super) heading: Format,
    /// A heading over several.
    pub(super) band: Format,
    /// A heading whose column the program works out and does not read again.
    pub(super) heading_ours: Format,
    pub(super) text: Format,
    pub(super) id: Format,
    pub(super) day: Format,
    /// The same for cells nothing stands in yet.
    pub(super) day_bare: Format,
    pub(super) number: Format,
    pub(super) percent: Format,
    pub(super) example: Format,
    pub(super) late: Format,
    pub(super) near: Format,
    pub(super) out: Format,
    pub(super) total: Format,
}

impl Style {
    pub(super) fn new() -> Self {
        const LINES: Color = Color::RGB(0xC8_CDD3);
        const ACCENT: Color = Color::RGB(0x1F_4E79);
        let cell = Format::new().set_border(FormatBorder::Thin).set_border_color(LINES).set_align(FormatAlign::Top);
        let heading = cell
            .clone()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_font_color(Color::White)
            .set_background_color(ACCENT);
        Style {
            title: Format::new().set_bold().set_font_size(14).set_font_color(ACCENT),
            line: Format::new().set_font_color(Color::RGB(0x59_6270)),
            sample: Format::new().set_bold().set_font_color(Color::RGB(0x9C_5700)),
            band: heading.clone().set_align(FormatAlign::Center),
            heading_ours: heading.clone().set_background_color(Color::RGB(0x6B_7A8C)),
            heading,
            text: cell.clone().set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            id: cell.clone().set_align(FormatAlign::Left).set_indent(1).set_font_color(Color::RGB(0x59_6270)),
            day: cell.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Right),
            day_bare: Format::new().set_num_format("dd/mm/yyyy"),
            number: cell.clone().set_num_format("#,##0").set_align(FormatAlign::Right),
            percent: cell.clone().set_num_format("0%").set_align(FormatAlign::Right),
            example: cell.clone().set_indent(1).set_italic().set_font_color(Color::RGB(0x59_6270)).set_text_wrap(),
            total: cell.clone().set_bold().set_num_format("#,##0"),
            late: Format::new().set_font_color(Color::RGB(0xB0_0020)).set_bold(),
            near: Format::new().set_font_color(Color::RGB(0x9C_5700)),
            out: Format::new().set_font_color(Color::RGB(0x8A_929C)),
        }
    }
}
