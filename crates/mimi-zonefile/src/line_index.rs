//! Lines and columns from octet offsets, computed only when somebody asks.

/// Where lines start in an input; worth building when many offsets are asked for.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// The offset of each line's first octet; the first is 0.
    starts: Vec<usize>,
    length: usize,
}

impl LineIndex {
    /// Finds the lines of `input`, which end at line feeds.
    pub fn new(input: &[u8]) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', input).map(|end| end + 1));
        Self {
            starts,
            length: input.len(),
        }
    }

    /// The line and the column of an octet offset, both from 1; columns count octets. Offsets behind the end mean the end.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.length);
        // The first line starts at 0, so at least one start is not behind the offset.
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        (line, offset - self.starts[line - 1] + 1)
    }
}

/// The line and the column of one octet offset, as [`LineIndex::line_column`] gives them.
pub fn line_column(input: &[u8], offset: usize) -> (usize, usize) {
    let before = &input[..offset.min(input.len())];
    let line = 1 + memchr::memchr_iter(b'\n', before).count();
    let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    (line, before.len() - start + 1)
}
