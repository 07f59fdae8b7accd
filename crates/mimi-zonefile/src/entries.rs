//! [`Entries`]: what a file holds, one thing after the other.

use core::fmt;
use std::io;
use std::path::Path;

use crate::comment::Comment;
use crate::directive::Directive;
use crate::error::SyntaxError;
use crate::includes::{Includes, OpenFile};
use crate::place::FileId;
use crate::read_directive::Include;
use crate::record::Record;
use crate::scanner::{Advance, Scanner};
use crate::window::Window;

/// One thing in a file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Entry<'s> {
    /// A record.
    Record(Record<'s>),
    /// A directive that took effect.
    Directive(Directive),
    /// A comment. Those inside an entry come after it, in their order; those of a damaged one before its error.
    Comment(Comment<'s>),
}

/// The entries of a file in order. Made by [`ZoneReader`](crate::ZoneReader).
///
/// This is no [`Iterator`]: what [`next`](Self::next) returns borrows the part of the file that is in memory.
///
/// # Recovery
///
/// An error inside an entry whose end is known costs that entry alone. When the end is unknown (quotes, parentheses, length) reading
/// goes on at the next line behind the entry's start that could begin one: not with white space, not with `)`, not empty. What
/// was passed over is the error's [`entry`](SyntaxError::entry).
///
/// What an unreadable entry would have set is *lost*, and entries that need it are errors of their own until it is set again:
///
/// | could not be read | lost |
/// |---|---|
/// | an owner; anything in a line without a type; the end of an entry | the owner, for blank owners |
/// | a TTL; an entry's end before its type | the last TTL, where no `$TTL` is in force |
/// | the minimum of an SOA that should have set the TTL | the default TTL |
/// | `$TTL` | the default TTL |
/// | `$ORIGIN` | the origin, for relative names |
/// | an unknown directive, `$GENERATE` | the owner: other readers take these lines as setting it |
///
/// Of a damaged part at most eight times its length is read again, so time is linear in the input. Only made-up files exhaust
/// that; they are then read on behind the place where the damage was noticed.
pub struct Entries<'i> {
    scanner: Scanner,
    window: Window<'i>,
    /// Why reading ended, if not at the end of the file, until that was told.
    failure: Option<io::ErrorKind>,
    includes: Includes,
    /// The files that include the one being read, the first file first.
    parents: Vec<OpenFile<'i>>,
    /// The file that the last entry includes.
    entering: Option<OpenFile<'i>>,
    /// Whether an `$INCLUDE` ends what can be read, as in a part of a file.
    stops_at_include: bool,
    is_stopped: bool,
}

/// Where reading ended.
pub(crate) struct End {
    pub(crate) scanner: Scanner,
    pub(crate) includes: Includes,
    /// Whether that is before an `$INCLUDE`.
    pub(crate) is_stopped: bool,
}

impl<'i> Entries<'i> {
    pub(crate) fn new(scanner: Scanner, window: Window<'i>) -> Self {
        Self {
            scanner,
            window,
            failure: None,
            includes: Includes::default(),
            parents: Vec::new(),
            entering: None,
            stops_at_include: false,
            is_stopped: false,
        }
    }

    /// The same, with what `$INCLUDE` may do.
    pub(crate) fn with_includes(self, includes: Includes) -> Self {
        Self { includes, ..self }
    }

    /// The same, but it ends before the first `$INCLUDE`.
    pub(crate) fn stopping_at_include(self) -> Self {
        Self {
            stops_at_include: true,
            ..self
        }
    }

    /// The same, where the file could not be read behind the window.
    pub(crate) fn with_failure(self, failure: Option<io::ErrorKind>) -> Self {
        Self { failure, ..self }
    }

    /// What is left behind what was read.
    pub(crate) fn into_end(self) -> End {
        End {
            scanner: self.scanner,
            includes: self.includes,
            is_stopped: self.is_stopped,
        }
    }

    /// The path of a file that was read: as given of the first, if it was opened by its path; of included ones relative to the root.
    pub fn file_name(&self, file: FileId) -> Option<&Path> {
        self.includes.name(file)
    }

    /// The next entry or error; `None` at the end of the file.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator's items cannot borrow from it"
    )]
    pub fn next(&mut self) -> Option<Result<Entry<'_>, SyntaxError>> {
        if !self.advance() {
            return None;
        }
        self.scanner.entry_in(self.window.get().0)
    }

    /// The next record or error; `None` at the end of the file.
    pub fn next_record(&mut self) -> Option<Result<Record<'_>, SyntaxError>> {
        loop {
            if !self.advance() {
                return None;
            }
            if self.scanner.found.is_record_or_error() {
                break;
            }
        }
        match self.scanner.entry_in(self.window.get().0)? {
            Ok(Entry::Record(record)) => Some(Ok(record)),
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        }
    }

    /// Finds the next entry, and reads on for it. Whether there is one.
    fn advance(&mut self) -> bool {
        loop {
            if self.is_stopped {
                return false;
            }
            if let Some(included) = self.entering.take() {
                self.parents.push(OpenFile {
                    scanner: core::mem::replace(&mut self.scanner, included.scanner),
                    window: core::mem::replace(&mut self.window, included.window),
                });
            }
            let (window, at_end) = self.window.get();
            match self.scanner.advance(window, at_end) {
                Advance::Found => {
                    let Some(include) = self.scanner.found_include() else {
                        return true;
                    };
                    if !self.stops_at_include {
                        self.follow(&include);
                        return true;
                    }
                    self.scanner.step_back();
                    self.is_stopped = true;
                }
                Advance::End if self.leave() => {}
                Advance::End => return false,
                Advance::NeedMore => {
                    // An entry that the failure cut off is not read: it may be half of one.
                    let more = match self.window.refill(&mut self.scanner) {
                        Ok(more) => more,
                        Err(error) => {
                            self.failure = Some(error);
                            false
                        }
                    };
                    if more {
                        continue;
                    }
                    if self.fail() {
                        return true;
                    }
                    if !self.leave() {
                        return false;
                    }
                }
            }
        }
    }

    /// Tells once why the file could not be read on. Whether there was a reason.
    fn fail(&mut self) -> bool {
        let Some(failure) = self.failure.take() else {
            return false;
        };
        self.scanner.fail(self.window.get().0, failure);
        true
    }

    /// Makes ready to go on in an included file behind the directive that was found, or tells why not.
    fn follow(&mut self, include: &Include) {
        match self.includes.enter(&include.path) {
            Ok(file) => {
                let mut scanner = self.scanner.for_included(file.id, include.origin.as_ref());
                scanner.name = Some(file.name);
                self.entering = Some(OpenFile {
                    scanner,
                    window: file.window,
                });
            }
            Err(error) => self.scanner.refuse_include(self.window.get().0, error),
        }
    }

    /// Goes back to the including file. Whether there is one.
    fn leave(&mut self) -> bool {
        let Some(parent) = self.parents.pop() else {
            return false;
        };
        let included = core::mem::replace(&mut self.scanner, parent.scanner);
        self.window = parent.window;
        self.scanner.state.return_from(included.state);
        self.includes.leave();
        true
    }
}

impl fmt::Debug for Entries<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entries").finish_non_exhaustive()
    }
}
