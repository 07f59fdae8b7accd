//! How entries cover a file.

use core::ops::Range;

/// Takes the spans of entries and comments as they come, and asserts that they cover the file: in order, disjoint, and with nothing between
/// them but white space, line ends and parentheses.
pub(super) struct Cover<'d> {
    data: &'d [u8],
    /// What is covered ends here.
    end: usize,
    /// The last entry: comments inside it come after it.
    entry: Range<usize>,
    /// Comments behind the last entry: they stand alone, or lie in the damaged part that comes next.
    comments: Vec<Range<usize>>,
}

impl<'d> Cover<'d> {
    pub(super) fn new(data: &'d [u8]) -> Self {
        Self {
            data,
            end: 0,
            entry: 0..0,
            comments: Vec::new(),
        }
    }

    /// A record or a directive.
    pub(super) fn entry(&mut self, span: Range<usize>) {
        for comment in core::mem::take(&mut self.comments) {
            self.take(&comment);
        }
        self.take(&span);
        self.entry = span;
    }

    /// What an error gave up.
    pub(super) fn given_up(&mut self, span: Range<usize>) {
        // Comments inside were told before.
        let inside =
            |comment: &Range<usize>| span.start <= comment.start && comment.end <= span.end;
        let alone = self.comments.iter().take_while(|comment| !inside(comment));
        let alone = alone.count();
        assert!(self.comments[alone..].iter().all(inside));
        self.comments.truncate(alone);
        self.entry(span);
    }

    pub(super) fn comment(&mut self, span: Range<usize>) {
        if self.entry.end <= span.start {
            self.comments.push(span);
        } else {
            super::lies_in(&span, &self.entry);
        }
    }

    /// The end of the file.
    pub(super) fn finish(mut self) {
        let end = self.data.len();
        for comment in core::mem::take(&mut self.comments) {
            self.take(&comment);
        }
        self.pass_over(end);
    }

    fn take(&mut self, span: &Range<usize>) {
        assert!(span.start < span.end, "{span:?}");
        self.pass_over(span.start);
        self.end = span.end;
    }

    fn pass_over(&mut self, until: usize) {
        assert!(self.end <= until, "{until} is before {}", self.end);
        let between = &self.data[self.end..until];
        assert!(
            between
                .iter()
                .all(|octet| matches!(octet, b' ' | b'\t' | b'\r' | b'\n' | b'(' | b')')),
            "nobody told of \"{}\" at {}",
            between.escape_ascii(),
            self.end
        );
        self.end = until;
    }
}
