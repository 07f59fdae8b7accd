//! Edits of a file that is not changed yet: read as if they had been made, and put together with those that come on top.

use std::io::{self, Read};
use std::sync::Arc;

use mimi_lint::{Edit, Fix};

/// The fixes that do not get in each other's way, the first of those that do. Their edits in the order of the file.
pub(crate) struct Selection {
    edits: Vec<Edit>,
    /// How many fixes there are in it.
    pub(crate) count: usize,
}

impl Selection {
    pub(crate) fn of(mut fixes: Vec<Fix>) -> Self {
        let start = |fix: &Fix| fix.edits.first().map(|edit| edit.span.start);
        fixes.retain(|fix| !fix.edits.is_empty());
        fixes.sort_by_key(start);
        let mut selection = Self {
            edits: Vec::new(),
            count: 0,
        };
        for fix in fixes {
            if fix.edits.iter().all(|edit| selection.has_room_for(edit)) {
                selection.count += 1;
                selection.insert(fix.edits);
            }
        }
        selection
    }

    /// The place of an edit among those that are there.
    fn index(&self, edit: &Edit) -> usize {
        let before = |other: &Edit| other.span.start < edit.span.start;
        self.edits.partition_point(before)
    }

    /// Whether it touches none that is there.
    fn has_room_for(&self, edit: &Edit) -> bool {
        let index = self.index(edit);
        let before = index.checked_sub(1).and_then(|index| self.edits.get(index));
        let behind = self.edits.get(index);
        before.is_none_or(|other| other.span.end <= edit.span.start)
            && behind.is_none_or(|other| {
                other.span.start >= edit.span.end && other.span.start != edit.span.start
            })
    }

    fn insert(&mut self, edits: Vec<Edit>) {
        for edit in edits {
            let index = self.index(&edit);
            self.edits.insert(index, edit);
        }
    }

    pub(crate) fn into_edits(self) -> Vec<Edit> {
        self.edits
    }
}

/// The edits that do at once what `first`, and then `second` on what that gives, do one after the other. Both are in the order of the
/// file, and so is what comes out.
pub(crate) fn compose(first: &[Edit], second: &[Edit]) -> Vec<Edit> {
    let mut composed = Vec::with_capacity(first.len() + second.len());
    let mut first = Placed::all(first).peekable();
    let mut second = second.iter().peekable();
    // What has to be taken from an offset in the changed file for that in the original one.
    let mut shift = 0_isize;
    loop {
        let starts = (
            first.peek().map(|placed| placed.start),
            second.peek().map(|edit| edit.span.start),
        );
        let start = match starts {
            (Some(one), Some(other)) => one.min(other),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => return composed,
        };
        // All of both that hangs together.
        let mut end = start;
        let mut below: Vec<Placed<'_>> = Vec::new();
        let mut above: Vec<&Edit> = Vec::new();
        let shift_before = shift;
        loop {
            if let Some(placed) = first.next_if(|placed| placed.start <= end) {
                end = end.max(placed.start + placed.edit.replacement.len());
                shift += placed.growth();
                below.push(placed);
            } else if let Some(edit) = second.next_if(|edit| edit.span.start <= end) {
                end = end.max(edit.span.end);
                above.push(edit);
            } else {
                break;
            }
        }
        let mut replacement = Vec::new();
        let mut at = start;
        for edit in &above {
            append(&below, at, edit.span.start, &mut replacement);
            replacement.extend_from_slice(&edit.replacement);
            at = edit.span.end;
        }
        append(&below, at, end, &mut replacement);
        let original =
            start.saturating_add_signed(-shift_before)..end.saturating_add_signed(-shift);
        composed.push(Edit {
            span: original,
            replacement,
        });
    }
}

/// An edit, and where its replacement starts in the changed file.
struct Placed<'e> {
    edit: &'e Edit,
    start: usize,
}

impl<'e> Placed<'e> {
    fn all(edits: &'e [Edit]) -> impl Iterator<Item = Self> {
        let mut shift = 0_isize;
        edits.iter().map(move |edit| {
            let start = edit.span.start.saturating_add_signed(shift);
            let placed = Self { edit, start };
            shift += placed.growth();
            placed
        })
    }

    fn growth(&self) -> isize {
        self.edit.replacement.len() as isize - self.edit.span.len() as isize
    }
}

/// Appends what the edits put between two offsets of the changed file.
fn append(edits: &[Placed<'_>], from: usize, to: usize, out: &mut Vec<u8>) {
    for Placed { edit, start } in edits {
        let text = &edit.replacement;
        let within =
            from.saturating_sub(*start).min(text.len())..to.saturating_sub(*start).min(text.len());
        out.extend_from_slice(text.get(within).unwrap_or_default());
    }
}

/// Reads a file as if the edits had been made.
pub(crate) struct Patched<R> {
    reader: R,
    edits: Arc<[Edit]>,
    /// The next edit.
    next: usize,
    /// How far the original file was read.
    position: usize,
    /// What of the current replacement was handed out; `None` before it.
    replaced: Option<usize>,
}

impl<R: Read> Patched<R> {
    pub(crate) fn new(reader: R, edits: Arc<[Edit]>) -> Self {
        Self {
            reader,
            edits,
            next: 0,
            position: 0,
            replaced: None,
        }
    }

    fn read_original(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(buffer)?;
        self.position += length;
        Ok(length)
    }

    /// Passes over what an edit replaces.
    fn skip(&mut self, until: usize) -> io::Result<()> {
        let mut scratch = [0; 4096];
        while self.position < until {
            let length = (until - self.position).min(scratch.len());
            let part = scratch.get_mut(..length).unwrap_or_default();
            if self.read_original(part)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Patched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let edits = Arc::clone(&self.edits);
            let Some(edit) = edits.get(self.next) else {
                return self.read_original(buffer);
            };
            if self.position < edit.span.start {
                let length = (edit.span.start - self.position).min(buffer.len());
                let part = buffer.get_mut(..length).unwrap_or_default();
                return match self.read_original(part)? {
                    0 => Err(io::ErrorKind::UnexpectedEof.into()),
                    length => Ok(length),
                };
            }
            let done = match self.replaced {
                Some(done) => done,
                None => {
                    self.skip(edit.span.end)?;
                    0
                }
            };
            let rest = edit.replacement.get(done..).unwrap_or_default();
            if rest.is_empty() {
                self.next += 1;
                self.replaced = None;
                continue;
            }
            let length = rest.len().min(buffer.len());
            if let (Some(to), Some(from)) = (buffer.get_mut(..length), rest.get(..length)) {
                to.copy_from_slice(from);
            }
            self.replaced = Some(done + length);
            return Ok(length);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn patched(text: &[u8], edits: &[Edit]) -> Vec<u8> {
        let mut out = Vec::new();
        Patched::new(text, edits.into())
            .read_to_end(&mut out)
            .unwrap();
        out
    }

    /// Edits from pseudo-random numbers, in order and without overlap.
    fn edits(seed: &mut u64, length: usize) -> Vec<Edit> {
        let mut next = |bound: usize| {
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (*seed >> 33) as usize % bound
        };
        let mut edits = Vec::new();
        let mut at = next(4);
        while at <= length {
            let end = (at + next(4)).min(length);
            let replacement = (0..next(4)).map(|_| b'A' + next(26) as u8).collect();
            edits.push(Edit {
                span: at..end,
                replacement,
            });
            at = end + 1 + next(6);
        }
        edits
    }

    #[test]
    fn edits_put_together_do_what_both_do_one_after_the_other() {
        let text = b"abcdefghijklmnopqrstuvwxyz";
        let mut seed = 1;
        for _ in 0..20_000 {
            let first = edits(&mut seed, text.len());
            let middle = patched(text, &first);
            let second = edits(&mut seed, middle.len());
            let both = patched(&middle, &second);
            let composed = compose(&first, &second);
            assert_eq!(patched(text, &composed), both, "{first:?} {second:?}");
            assert!(
                composed
                    .windows(2)
                    .all(|pair| pair[0].span.end <= pair[1].span.start)
            );
        }
    }

    #[test]
    fn of_fixes_that_overlap_the_first_is_taken() {
        let fix = |spans: &[(usize, usize)]| Fix {
            safety: mimi_lint::Safety::Safe,
            title: String::new(),
            edits: spans
                .iter()
                .map(|(start, end)| Edit {
                    span: *start..*end,
                    replacement: vec![b'x'],
                })
                .collect(),
        };
        let selection = Selection::of(vec![
            fix(&[(4, 6)]),
            fix(&[(0, 2), (5, 7)]),
            fix(&[(2, 2)]),
            fix(&[(2, 2)]),
            fix(&[(6, 8), (9, 9)]),
        ]);
        assert_eq!(selection.count, 2);
        let spans: Vec<_> = selection
            .into_edits()
            .into_iter()
            .map(|edit| edit.span)
            .collect();
        assert_eq!(spans, [0..2, 2..2, 5..7]);
    }
}
