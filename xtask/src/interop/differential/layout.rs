//! The way from fields to an entry's text: white space, parentheses, comments.

use super::maker::Maker;

/// Comments, with everything in them that means something elsewhere.
const COMMENTS: [&[u8]; 9] = [
    b";",
    b"; serial",
    b";touching",
    b"; \"one quote",
    b"; ) and (",
    b"; back \\",
    b"; $ORIGIN elsewhere.",
    b"; \xC3\xA4 \xFF",
    b";;;; \"; \\\" '",
];

impl Maker {
    pub(super) fn comment(&mut self) -> Vec<u8> {
        self.random.pick(&COMMENTS).to_vec()
    }

    fn blanks(&mut self) -> Vec<u8> {
        let blanks: [&[u8]; 5] = [b" ", b" ", b"\t", b"   ", b"\t \t"];
        self.random.pick(&blanks).to_vec()
    }

    /// The text of the fields behind an owner. `header` of them stand before the RDATA.
    pub(super) fn lay_out(
        &mut self,
        fields: &[Vec<u8>],
        header: usize,
        is_owner_blank: bool,
    ) -> Vec<u8> {
        let mut text = Vec::new();
        let style = self.random.below(10);
        // Which fields stand in parentheses, from and to; most entries have none.
        let mut open = usize::MAX;
        let mut close = usize::MAX;
        if style < 3 && !fields.is_empty() {
            let early = self.random.one_in(3)
                && (!is_owner_blank || self.wants("parenthesis-after-blank-owner"));
            let first = if early { 0 } else { header };
            // Without RDATA, there is nothing for them to stand around.
            if first < fields.len() {
                open = self.random.between(first, fields.len() - 1);
                close = self.random.between(open, fields.len() - 1);
            }
        }
        let mut inside = false;
        for (index, field) in fields.iter().enumerate() {
            let gap = self.gap(inside);
            text.extend(gap);
            if index == open {
                text.push(b'(');
                inside = true;
                if self.wants("nested-parentheses") {
                    text.extend(b" ( ) ");
                }
                // Some readers want white space between a parenthesis and what stands before the RDATA.
                if index < header || self.random.one_in(2) {
                    text.extend(self.gap(true));
                }
            }
            text.extend(field);
            if index == close {
                if index < header || self.random.one_in(2) {
                    text.extend(self.gap(true));
                }
                text.push(b')');
                inside = false;
                // A second pair may follow.
                if index + 1 < fields.len() && index >= header && self.random.one_in(3) {
                    open = self.random.between(index + 1, fields.len() - 1);
                    close = open;
                }
            }
        }
        match self.random.below(12) {
            0 => text.extend(self.blanks()),
            1 => {
                text.extend(self.blanks());
                text.extend(self.comment());
            }
            2 => text.extend(b" ()"),
            _ => {}
        }
        text
    }

    /// White space between two fields; line ends and comments too inside parentheses.
    fn gap(&mut self, inside: bool) -> Vec<u8> {
        let mut gap = self.blanks();
        if inside {
            for _ in 0..self.random.below(3) {
                if self.random.one_in(3) {
                    gap.extend(self.comment());
                }
                gap.push(b'\n');
                if !self.random.one_in(3) {
                    gap.extend(self.blanks());
                }
            }
        }
        gap
    }
}
