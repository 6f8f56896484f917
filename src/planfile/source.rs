//! [`Source`]: the text of one file and where its lines begin; reading a file within limits. What the text says is read
//! in `node.rs` and upwards.

use std::{cell::OnceCell, fs::File, io::Read, path::Path};

use crate::domain::{sentence::Sentence, text::Text};

use super::{
    error::PlanError,
    remark::{Remark, Severity},
};

/// The largest file that is read, in bytes. A plan of 100,000 reports with its journal is about a fifth of it.
const MOST: u64 = 512 << 20;

/// A file's text, by name.
pub(super) struct Source<'a> {
    /// The name shown in remarks and errors.
    pub(super) file: Text,
    /// Its whole text.
    pub(super) text: &'a str,
    line_starts: OnceCell<Vec<usize>>,
}

impl<'a> Source<'a> {
    pub(super) fn new(file: &str, text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Source { file: Text::new(file), text, line_starts: OnceCell::new() }
    }

    /// The line, from 1, on which the byte at `offset` stands. The lines are found at the first question.
    pub(super) fn line(&self, offset: usize) -> u32 {
        let starts = self.line_starts.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            ends.map(|(end, _)| end + 1).collect()
        });
        u32::try_from(starts.partition_point(|start| *start <= offset) + 1).unwrap_or(u32::MAX)
    }

    /// What is wrong with what stands at that offset, or with the file as a whole.
    pub(super) fn remark(&self, severity: Severity, at: Option<usize>, path: &str, problem: Sentence) -> Remark {
        let line = at.map(|offset| self.line(offset));
        Remark { severity, file: self.file.clone(), line, path: path.into(), problem }
    }

    /// The file is refused for what stands there.
    pub(super) fn refused(&self, at: Option<usize>, path: &str, problem: Sentence) -> PlanError {
        let refused = Sentence::new("file-refused").with("problem", problem);
        PlanError(Box::new(self.remark(Severity::SetAside, at, path, refused)))
    }

    /// Where `part`, a slice of this text, begins.
    pub(super) fn offset_of(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }
}

/// The whole text of the file at `path`, at most [`MOST`] bytes of UTF-8.
pub(super) fn read_text(path: &Path) -> Result<String, PlanError> {
    let wrong = |line, problem| PlanError::of_file(name(path), line, problem);
    let unopened =
        |error: std::io::Error| wrong(None, Sentence::new("file-unopened").with("reason", error.to_string()));
    let too_large = || wrong(None, Sentence::new("file-too-large").with("most", MOST >> 20));
    let opened = File::open(path).map_err(unopened)?;
    let size = opened.metadata().map_err(unopened)?.len();
    if size > MOST {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    // What has no size (a pipe) or grows while it is read is cut at the limit all the same.
    opened.take(MOST + 1).read_to_end(&mut bytes).map_err(unopened)?;
    if bytes.len() as u64 > MOST {
        return Err(too_large());
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
        wrong(u32::try_from(line).ok(), Sentence::new("file-not-utf8"))
    })
}

/// How a path is named in remarks.
pub(super) fn name(path: &Path) -> Text {
    Text::new(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one() {
        let source = Source::new("a", "one\ntwo\n\nfour");
        let lines: Vec<u32> = [0, 3, 4, 8, 9, 12].into_iter().map(|offset| source.line(offset)).collect();
        assert_eq!(lines, [1, 1, 2, 3, 4, 4]);
        assert_eq!(source.offset_of(&source.text[4..7]), 4);
    }
}
