//! [`Field`]: the lines that stand at the top of a template, each with its name: what a document of the Decree has at fixed
//! places around its text.

/// A line at the top of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// The body above the one that issues it.
    Above,
    /// The body that issues it.
    Office,
    /// The number.
    Number,
    /// A letter's subject.
    Subject,
    /// The state.
    Nation,
    /// Its motto.
    Motto,
    /// Place and date.
    Place,
    /// The kind of document.
    Kind,
    /// What it is about.
    About,
    /// Before whom it is to.
    Dear,
    /// Whom it is to; may stand several times.
    To,
    /// Above who gets it.
    Copies,
    /// Who gets it; may stand several times.
    Copy,
    /// Authority and position of who signs; may stand several times.
    Signed,
    /// The name of who signs.
    Name,
}

impl Field {
    /// All of them, as they are written.
    pub(super) const ALL: [(&'static str, Field); 15] = [
        ("Above", Field::Above),
        ("Office", Field::Office),
        ("Number", Field::Number),
        ("Subject", Field::Subject),
        ("Nation", Field::Nation),
        ("Motto", Field::Motto),
        ("Place", Field::Place),
        ("Kind", Field::Kind),
        ("About", Field::About),
        ("Dear", Field::Dear),
        ("To", Field::To),
        ("Copies", Field::Copies),
        ("Copy", Field::Copy),
        ("Signed", Field::Signed),
        ("Name", Field::Name),
    ];

    /// The field a line begins with, and the rest of it. None where it is no field at all, the name alone where there is no
    /// such field.
    pub(super) fn of(line: &str) -> Result<(Field, &str), Option<&str>> {
        let (name, rest) = line.split_once(':').ok_or(None)?;
        let known = Field::ALL.into_iter().find(|(known, _)| *known == name.trim());
        known.map(|(_, field)| (field, rest.trim())).ok_or(Some(name.trim()))
    }
}
