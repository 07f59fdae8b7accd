//! `--diff`: what edits would change, as a unified diff, made from the lines around them while the file is read.

use std::collections::VecDeque;
use std::io::{self, BufRead, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use mimi_lint::Edit;
use mimi_output::Source;

use crate::input::shown;

/// How many lines are shown around a change.
const CONTEXT: usize = 3;

/// A hunk with more lines than this is ended; the next one goes on right behind it.
const LONGEST_HUNK: usize = 1 << 14;

/// How lines are written.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    /// Whether octets that no terminal should get are escaped. Without it, `patch` can read the diff.
    pub(crate) is_escaped: bool,
    pub(crate) has_colour: bool,
}

struct Diff<'o> {
    out: &'o mut dyn Write,
    look: Look,
    /// The last lines before a change.
    before: VecDeque<Vec<u8>>,
    hunk: Option<Hunk>,
    /// The number of the line that comes next, in the file as it is and as it would be.
    old_line: usize,
    new_line: usize,
}

struct Hunk {
    old_start: usize,
    new_start: usize,
    lines: Vec<(u8, Vec<u8>)>,
    /// How many lines at its end are the same in both.
    trailing: usize,
}

/// Writes the diff of a file. The edits are in its order.
///
/// # Errors
/// Those of reading and writing.
pub(crate) fn write(
    path: &Path,
    mut file: impl BufRead,
    edits: &[Edit],
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let name = shown(path);
    let strong = if look.has_colour {
        Style::new().bold()
    } else {
        Style::new()
    };
    writeln!(out, "{strong}--- {name}{strong:#}")?;
    writeln!(out, "{strong}+++ {name}{strong:#}")?;
    let mut diff = Diff {
        out,
        look,
        before: VecDeque::new(),
        hunk: None,
        old_line: 1,
        new_line: 1,
    };
    let mut rest = edits;
    let mut offset = 0;
    loop {
        let mut old = Vec::new();
        let length = file.read_until(b'\n', &mut old)?;
        if length == 0 && rest.is_empty() {
            break;
        }
        // At the end of the file, or of a last line without a line feed, an insertion belongs here.
        let is_last = old.last() != Some(&b'\n');
        let touches = |edit: &&Edit, end: usize, is_last: bool| {
            edit.span.start < end || (is_last && edit.span.start <= end)
        };
        if !rest
            .first()
            .is_some_and(|edit| touches(&edit, offset + old.len(), is_last))
        {
            if length == 0 {
                break;
            }
            offset += old.len();
            diff.same(old)?;
            continue;
        }
        // Whole lines, also where an edit takes a line feed away.
        let new = loop {
            let end = offset + old.len();
            let is_last = old.last() != Some(&b'\n');
            let count = rest
                .iter()
                .take_while(|edit| touches(edit, end, is_last))
                .count();
            let here = rest.get(..count).unwrap_or_default();
            let goes_on = here.last().is_some_and(|edit| edit.span.end > end);
            let new = apply(&old, offset, here);
            let is_whole = new.is_empty() || new.last() == Some(&b'\n');
            if (goes_on || !is_whole) && file.read_until(b'\n', &mut old)? > 0 {
                continue;
            }
            rest = rest.get(count..).unwrap_or_default();
            break new;
        };
        offset += old.len();
        diff.change(&old, &new)?;
    }
    diff.end()
}

fn apply(old: &[u8], offset: usize, edits: &[Edit]) -> Vec<u8> {
    let mut new = Vec::with_capacity(old.len());
    let mut at = 0;
    for edit in edits {
        let start = edit.span.start.saturating_sub(offset).min(old.len());
        new.extend_from_slice(old.get(at..start).unwrap_or_default());
        new.extend_from_slice(&edit.replacement);
        at = edit.span.end.saturating_sub(offset).min(old.len());
    }
    new.extend_from_slice(old.get(at..).unwrap_or_default());
    new
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|octet| *octet == b'\n')
}

impl Diff<'_> {
    fn same(&mut self, line: Vec<u8>) -> io::Result<()> {
        self.old_line += 1;
        self.new_line += 1;
        let Some(hunk) = &mut self.hunk else {
            self.before.push_back(line);
            if self.before.len() > CONTEXT {
                self.before.pop_front();
            }
            return Ok(());
        };
        hunk.lines.push((b' ', line));
        hunk.trailing += 1;
        if hunk.trailing > 2 * CONTEXT {
            self.end()?;
        }
        Ok(())
    }

    fn change(&mut self, old: &[u8], new: &[u8]) -> io::Result<()> {
        let before = &mut self.before;
        let (old_start, new_start) = (self.old_line - before.len(), self.new_line - before.len());
        let hunk = self.hunk.get_or_insert_with(|| Hunk {
            old_start,
            new_start,
            lines: before.drain(..).map(|line| (b' ', line)).collect(),
            trailing: 0,
        });
        hunk.trailing = 0;
        for line in lines(old) {
            self.old_line += 1;
            hunk.lines.push((b'-', line.to_vec()));
        }
        for line in lines(new) {
            self.new_line += 1;
            hunk.lines.push((b'+', line.to_vec()));
        }
        if hunk.lines.len() > LONGEST_HUNK {
            self.end()?;
        }
        Ok(())
    }

    /// Writes the hunk; of the lines behind the last change as many as are context, the last ones become what is before the next.
    fn end(&mut self) -> io::Result<()> {
        let Some(mut hunk) = self.hunk.take() else {
            return Ok(());
        };
        let surplus = hunk.trailing.saturating_sub(CONTEXT);
        let left = hunk.lines.split_off(hunk.lines.len() - surplus);
        let left = left.into_iter().map(|(_, line)| line);
        self.before = left.collect();
        while self.before.len() > CONTEXT {
            self.before.pop_front();
        }
        let count = |sign: u8| {
            let of_file = hunk
                .lines
                .iter()
                .filter(|(mark, _)| *mark == sign || *mark == b' ');
            of_file.count()
        };
        let (old, new) = (count(b'-'), count(b'+'));
        // A file without lines has line 0.
        let start = |start: usize, count: usize| if count == 0 { start - 1 } else { start };
        let header = format!(
            "@@ -{},{old} +{},{new} @@",
            start(hunk.old_start, old),
            start(hunk.new_start, new)
        );
        self.line(AnsiColor::Cyan, header.as_bytes())?;
        for (mark, text) in &hunk.lines {
            self.marked(*mark, text)?;
        }
        Ok(())
    }

    fn marked(&mut self, mark: u8, text: &[u8]) -> io::Result<()> {
        let (body, is_whole) = match text.strip_suffix(b"\n") {
            Some(body) => (body, true),
            None => (text, false),
        };
        let mut line = vec![mark];
        if self.look.is_escaped {
            for (index, part) in body.split(|octet| *octet == b'\t').enumerate() {
                if index > 0 {
                    line.push(b'\t');
                }
                line.extend(Source(part).to_string().bytes());
            }
        } else {
            line.extend_from_slice(body);
        }
        match mark {
            b'-' => self.line(AnsiColor::Red, &line)?,
            b'+' => self.line(AnsiColor::Green, &line)?,
            _ => {
                self.out.write_all(&line)?;
                self.out.write_all(b"\n")?;
            }
        }
        if !is_whole {
            self.out.write_all(b"\\ No newline at end of file\n")?;
        }
        Ok(())
    }

    fn line(&mut self, colour: AnsiColor, text: &[u8]) -> io::Result<()> {
        let style = if self.look.has_colour {
            colour.on_default()
        } else {
            Style::new()
        };
        write!(self.out, "{style}")?;
        self.out.write_all(text)?;
        writeln!(self.out, "{style:#}")
    }
}
