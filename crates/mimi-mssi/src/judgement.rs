//! Reading for people and linters: everything that could be read, and everything there is to say about it.

use alloc::vec::Vec;
use core::fmt;

use crate::judge::judge;
use crate::sink::Recorder;
use crate::{Diagnostic, Mssi, Refusal, Severity, Verdict};

/// Reads a definition string, finds all that is odd or wrong about it, and keeps what could be read.
///
/// It takes the octets of the joined character-strings (D1) and is linear in their number. An engine that only
/// wants the MSSI calls [`parse_strict`](crate::parse_strict), which always agrees.
///
/// ```
/// let judgement = mimi_mssi::parse(b"v=MIMI1; a=foo;bar; e=im.example");
/// assert_eq!(judgement.verdict(), mimi_mssi::Verdict::Rejected);
/// assert_eq!(judgement.tags().a, Some("foo"));
/// assert_eq!(judgement.diagnostics()[0].message(), "expected `name=value`, found `bar`");
/// ```
pub fn parse(input: &[u8]) -> Judgement<'_> {
    let mut recorder = Recorder {
        input,
        diagnostics: Vec::new(),
        extensions: Vec::new(),
    };
    let Ok(tags) = judge(input, &mut recorder);
    let refusal = recorder
        .diagnostics
        .iter()
        .find(|diagnostic| diagnostic.severity() == Severity::Error)
        .map(|diagnostic| Refusal::new(diagnostic.code()));
    Judgement {
        refusal,
        mssi: match refusal {
            Some(_) => None,
            None => Mssi::new(input, &tags),
        },
        tags: ReadTags {
            v: tags.version,
            a: tags.account,
            e: tags.endpoint,
            pv: tags.protocol_version,
            p: tags.priority,
            s: tags.service,
            extensions: recorder.extensions,
        },
        diagnostics: recorder.diagnostics,
    }
}

/// What [`parse`] found out about one definition string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement<'a> {
    refusal: Option<Refusal>,
    mssi: Option<Mssi<'a>>,
    tags: ReadTags<'a>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Judgement<'a> {
    /// What becomes of the record.
    pub fn verdict(&self) -> Verdict {
        self.refusal
            .map_or(Verdict::Usable, |refusal| refusal.verdict)
    }

    /// Why it is not usable, if it is not: the first error.
    pub fn refusal(&self) -> Option<Refusal> {
        self.refusal
    }

    /// The MSSI, if the verdict is [`Verdict::Usable`].
    pub fn mssi(&self) -> Option<Mssi<'a>> {
        self.mssi
    }

    /// What could be read, whatever the verdict.
    pub fn tags(&self) -> &ReadTags<'a> {
        &self.tags
    }

    /// All findings, in the order of judgement: from left to right, at last what is amiss with `a` and `e` as such.
    ///
    /// At most one of a code for each name, value, white space or run of empty segments, so a few hundred at worst.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The findings, without the rest.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}

/// The tags of a definition string as far as they could be read. Not for delivering messages: see [`Judgement::mssi`].
///
/// A tag is `None` when it is absent, has no value or cannot be read (D14, D22, D25, D26). Of a repeated tag the first is
/// kept; of repeated extensions, all are. Of a rejected string with over 64 tags the first 64 are read, of one that is too
/// long, none.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadTags<'a> {
    /// The version.
    pub v: Option<&'a str>,
    /// The account label (MSSA).
    pub a: Option<&'a str>,
    /// The service endpoint (MSE).
    pub e: Option<&'a str>,
    /// The highest protocol version.
    pub pv: Option<&'a str>,
    /// The priority; lower comes first.
    pub p: Option<u32>,
    /// The service.
    pub s: Option<&'a str>,
    /// Names and values of the other tags, in order.
    pub extensions: Vec<(&'a str, &'a str)>,
}

impl fmt::Debug for ReadTags<'_> {
    /// Redacted: values may be personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadTags").finish_non_exhaustive()
    }
}
