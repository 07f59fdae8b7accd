//! What a rule rests on, as links: `§4.3` to the draft, `D19` to the decision, `RFC 1035 §5.1` to the RFC.

use std::collections::BTreeMap;

const DRAFT: &str = "https://datatracker.ietf.org/doc/html/draft-bertola-mimi-discovery-00";
const RFCS: &str = "https://www.rfc-editor.org/rfc/rfc";

/// The decisions, and the anchors of their headings in `docs/spec/gaps.md`.
pub(super) struct Decisions(BTreeMap<String, String>);

impl Decisions {
    /// Reads headings such as `### D19 — Segment without …`.
    pub(super) fn read(document: &str) -> Self {
        let headings = document
            .lines()
            .filter_map(|line| line.strip_prefix("### "));
        let decision = |heading: &str| {
            let (id, _) = heading.split_once(" — ")?;
            Some((id.to_owned(), anchor(heading)))
        };
        Self(headings.filter_map(decision).collect())
    }

    /// Where a part of a basis leads; `gaps` is the path of `docs/spec/gaps.md` as the reader sees it.
    ///
    /// # Errors
    /// The id, when no decision has it.
    pub(super) fn link(&self, part: &str, gaps: &str) -> Result<Option<String>, String> {
        if let Some(section) = part.strip_prefix('§') {
            return Ok(Some(format!("{DRAFT}#section-{section}")));
        }
        if let Some(rest) = part.strip_prefix("RFC ") {
            let (number, section) = match rest.split_once(" §") {
                Some((number, section)) => (number, format!("#section-{section}")),
                None => (rest, String::new()),
            };
            return Ok(Some(format!("{RFCS}{number}{section}")));
        }
        let is_id = part
            .strip_prefix('D')
            .is_some_and(|number| number.parse::<u32>().is_ok());
        if !is_id {
            return Ok(None);
        }
        let anchor = self.0.get(part).ok_or_else(|| part.to_owned())?;
        Ok(Some(format!("{gaps}#{anchor}")))
    }
}

/// The parts of a basis.
pub(super) fn parts(basis: &str) -> impl Iterator<Item = &str> {
    basis.split(", ").filter(|part| !part.is_empty())
}

/// The anchor that GitHub gives a heading: lower case, punctuation left out, a hyphen for each space.
fn anchor(heading: &str) -> String {
    let lower = heading.to_lowercase();
    let kept = lower.chars().filter_map(|character| match character {
        ' ' => Some('-'),
        '-' | '_' => Some(character),
        other => other.is_alphanumeric().then_some(other),
    });
    kept.collect()
}
