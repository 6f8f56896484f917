//! The views kept from the palette: one TOML file, each view a table under its name. What stands in it is not looked into
//! here, so that what another version wrote stays as it is.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use toml::{Table, Value};

use crate::{domain::text::fold_marks, own_files};

/// The head of the file.
const HEAD: &str = "# Views kept from the palette of tiendo, which rewrites this file. Your own go into your config file, under [views].\n\n";

/// The table all of them are in.
const VIEWS: &str = "views";

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shelf {
    /// The views by name.
    pub views: Vec<(String, Value)>,
    /// The file could not be read as one of views: where it is now, and what was wrong.
    pub damage: Option<(PathBuf, String)>,
}

/// Reads the file at `path`; one that is not there has no views. One that cannot be understood is set aside under a name with
/// `now` in it.
///
/// # Errors
///
/// Where it cannot be had.
pub fn read(path: &Path, now: Timestamp) -> io::Result<Shelf> {
    match whole(path)? {
        Ok(whole) => Ok(shelf(&whole, None)),
        Err(_) => {
            let _guard = alone(path)?;
            let (whole, damage) = sound(path, now)?;
            Ok(shelf(&whole, damage))
        }
    }
}

/// Keeps `view` under `name` in place of what is called so, or only takes that out; gives what there is then. The file is
/// read anew, so that what another instance kept stays; it is written beside and renamed, for its owner alone.
///
/// # Errors
///
/// Where it cannot be written; then it is what it was.
pub fn keep(path: &Path, name: &str, view: Option<Table>, now: Timestamp) -> io::Result<Shelf> {
    path.parent().map(own_files::make_directory).transpose()?;
    let _guard = alone(path)?;
    let (mut whole, damage) = sound(path, now)?;
    let views = whole.entry(VIEWS).or_insert_with(|| Value::Table(Table::new()));
    if let Value::Table(views) = views {
        let folded = fold_marks(name);
        views.retain(|other, _| fold_marks(other) != folded);
        views.extend(view.map(|view| (name.to_owned(), Value::Table(view))));
    }
    write(path, &whole)?;
    Ok(shelf(&whole, damage))
}

/// Of two instances one writes at a time.
fn alone(path: &Path) -> io::Result<File> {
    let lock = beside(path, "lock");
    own_files::make_file(&lock)?;
    let lock = File::options().write(true).open(lock)?;
    lock.lock()?;
    Ok(lock)
}

/// What the file says; what is wrong with it.
fn whole(path: &Path) -> io::Result<Result<Table, String>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Ok(Table::new())),
        Err(error) if error.kind() == ErrorKind::InvalidData => return Ok(Err(error.to_string())),
        Err(error) => return Err(error),
    };
    let whole: Table = match text.parse() {
        Ok(whole) => whole,
        Err(error) => return Ok(Err(first_line(&error))),
    };
    let is_shelf = whole.get(VIEWS).is_none_or(Value::is_table);
    Ok(if is_shelf { Ok(whole) } else { Err(format!("{VIEWS} = …")) })
}

/// The parser's sentence, with the line of the file it is about.
fn first_line(error: &toml::de::Error) -> String {
    let drawn = error.to_string();
    let place = drawn.lines().next().unwrap_or_default().trim_start_matches("TOML parse error at ");
    format!("{place}: {}", error.message())
}

/// What the file says; where that cannot be understood it is set aside, and there are no views.
fn sound(path: &Path, now: Timestamp) -> io::Result<(Table, Option<(PathBuf, String)>)> {
    match whole(path)? {
        Ok(whole) => Ok((whole, None)),
        Err(what) => {
            let aside = free_name(path, now);
            fs::rename(path, &aside)?;
            Ok((Table::new(), Some((aside, what))))
        }
    }
}

fn write(path: &Path, whole: &Table) -> io::Result<()> {
    let new = beside(path, "new");
    match fs::remove_file(&new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => own_files::make_file(&new)?,
    }
    let mut file = File::options().write(true).open(&new)?;
    file.write_all(format!("{HEAD}{whole}").as_bytes())?;
    file.sync_all()?;
    fs::rename(&new, path)
}

fn shelf(whole: &Table, damage: Option<(PathBuf, String)>) -> Shelf {
    let views = whole.get(VIEWS).and_then(Value::as_table);
    let views = views.map(|views| views.iter().map(|(name, view)| (name.clone(), view.clone())).collect());
    Shelf { views: views.unwrap_or_default(), damage }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!("-{ending}"));
    PathBuf::from(name)
}

/// `views-damaged-20231120T080000Z.toml`, with a number where that is taken.
fn free_name(path: &Path, now: Timestamp) -> PathBuf {
    let day = now.strftime("%Y%m%dT%H%M%SZ");
    let named = |number: u32| {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        path.with_file_name(format!("views-damaged-{day}{number}.toml"))
    };
    (1..1000).map(named).find(|name| !name.exists()).unwrap_or_else(|| named(1000))
}
