//! Where findings are, in what the renderer made.

use std::ops::Range;

use mimi_lint::Place;
use mimi_output::Shown;

/// The places of a finding. The renderer would count columns of what it shows; ours count octets of the file, wherever its lines are cut
/// and whatever is escaped. So it gets a character in place of a path that no shown text holds, and what it made of it is replaced.
#[derive(Default)]
pub(super) struct Places(Vec<String>);

impl Places {
    /// Private use characters.
    const STAND_INS: Range<u32> = 0xe000..0xe100;

    /// What stands for the place.
    pub(super) fn add(&mut self, place: &Place) -> String {
        let (line, column) = place.line_column();
        let name = &place.excerpt.source.name;
        self.0.push(format!("{}:{line}:{column}", Shown(name)));
        let mut at = Self::STAND_INS.skip(self.0.len() - 1);
        at.next().and_then(char::from_u32).into_iter().collect()
    }

    /// The text with all places named.
    pub(super) fn named(&self, rendered: &str) -> String {
        let mut text = String::with_capacity(rendered.len() + 256);
        let mut rest = rendered;
        while let Some(at) = rest.find(|found| Self::STAND_INS.contains(&u32::from(found))) {
            let (before, from) = rest.split_at(at);
            text.push_str(before);
            let mut characters = from.chars();
            let index = characters
                .next()
                .map_or(0, |found| u32::from(found) - Self::STAND_INS.start);
            text.extend(self.0.get(index as usize).map(String::as_str));
            rest = characters
                .as_str()
                .trim_start_matches(|found: char| found == ':' || found.is_ascii_digit());
        }
        text.push_str(rest);
        text
    }
}
