//! What later entries inherit from earlier ones: origin, owner, TTL (RFC 1035 §5.1, RFC 2308 §4).

use std::sync::Arc;

use mimi_name::{DomainName, TextError, TextErrorKind};

use crate::error::SyntaxErrorKind;
use crate::generate::Generated;
use crate::types::PrivateTypes;

/// Something that later entries inherit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known<T> {
    /// Never set.
    Missing,
    /// To be set by the entry that starts in `line`, which could not be read.
    Lost {
        line: usize,
    },
    Is(T),
}

/// What reading a name or a type takes.
#[derive(Clone, Copy)]
pub(crate) struct Context<'s> {
    pub(crate) origin: &'s Known<Arc<DomainName>>,
    pub(crate) types: &'s PrivateTypes,
}

/// Why a word is not a name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NameError {
    Text(TextError),
    NoOrigin,
    OriginLost { line: usize },
}

impl<'s> Context<'s> {
    pub(crate) fn origin(&self) -> Option<&'s DomainName> {
        match self.origin {
            Known::Is(origin) => Some(origin),
            Known::Missing | Known::Lost { .. } => None,
        }
    }

    /// Reads a name, relative to the origin.
    pub(crate) fn read_name(&self, text: &[u8]) -> Result<DomainName, (NameError, TextError)> {
        DomainName::from_text(text, self.origin()).map_err(|error| (self.name_error(error), error))
    }

    /// What an error with a name comes to here.
    pub(crate) fn name_error(&self, error: TextError) -> NameError {
        match (error.kind(), self.origin) {
            (TextErrorKind::RelativeWithoutOrigin, &Known::Lost { line }) => {
                NameError::OriginLost { line }
            }
            (TextErrorKind::RelativeWithoutOrigin, _) => NameError::NoOrigin,
            _ => NameError::Text(error),
        }
    }
}

impl From<NameError> for SyntaxErrorKind {
    fn from(error: NameError) -> Self {
        match error {
            NameError::Text(error) => Self::BadName(error),
            NameError::NoOrigin => Self::NoOrigin,
            NameError::OriginLost { line } => Self::OriginLost { line },
        }
    }
}

/// The state between entries.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) origin: Known<Arc<DomainName>>,
    /// The last owner stated; means something only while `owner_known` says so.
    pub(crate) owner: DomainName,
    pub(crate) owner_known: Known<()>,
    written_owner: WrittenOwner,
    pub(crate) default_ttl: Known<u32>,
    pub(crate) last_ttl: Known<u32>,
    /// What `$GENERATE` made.
    pub(crate) generated: Generated,
    /// What was taken from before it was set: the assumptions a part of a file rests on.
    pub(crate) inherited: Inherited,
}

/// Whether something was used that only entries before the part being read could have set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inherited {
    pub(crate) owner: Use,
    pub(crate) last_ttl: Use,
}

/// What became of an inherited value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Use {
    /// Neither used nor replaced.
    #[default]
    Untouched,
    /// Replaced before it was used.
    Replaced,
    Used,
}

impl Use {
    pub(crate) fn replace(&mut self) {
        if *self == Self::Untouched {
            *self = Self::Replaced;
        }
    }

    pub(crate) fn use_it(&mut self) {
        if *self == Self::Untouched {
            *self = Self::Used;
        }
    }
}

impl State {
    pub(crate) fn new(origin: Known<Arc<DomainName>>, default_ttl: Known<u32>) -> Self {
        Self {
            origin,
            owner: DomainName::root(),
            owner_known: Known::Missing,
            written_owner: WrittenOwner::default(),
            default_ttl,
            last_ttl: Known::Missing,
            generated: Generated::default(),
            inherited: Inherited::default(),
        }
    }

    /// Whether what was read from `guess` on would have been read the same from `actual` on.
    pub(crate) fn rests_on(&self, guess: &Self, actual: &Self) -> bool {
        let same_owner = || match (guess.owner_known, actual.owner_known) {
            (Known::Is(()), Known::Is(())) => guess.owner.eq_case(&actual.owner),
            (guessed, known) => guessed == known,
        };
        let same_origin = match (&guess.origin, &actual.origin) {
            (Known::Is(guessed), Known::Is(origin)) => guessed.eq_case(origin),
            (guessed, origin) => guessed == origin,
        };
        same_origin
            && guess.default_ttl == actual.default_ttl
            && (self.inherited.last_ttl != Use::Used || guess.last_ttl == actual.last_ttl)
            && (self.inherited.owner != Use::Used || same_owner())
            && self.generated.plus(actual.generated).is_some()
    }

    /// Takes from the state before what was neither used nor replaced since.
    pub(crate) fn fill_in(&mut self, before: &Self) {
        if self.inherited.owner == Use::Untouched {
            self.owner.clone_from(&before.owner);
            self.owner_known = before.owner_known;
            self.written_owner.forget();
        }
        if self.inherited.last_ttl == Use::Untouched {
            self.last_ttl = before.last_ttl;
        }
        self.generated = self
            .generated
            .plus(before.generated)
            .unwrap_or(self.generated);
        self.inherited = Inherited::default();
    }

    /// Takes what an included file leaves behind: in BIND and NSD its TTLs, and never its origin (RFC 1035 §5.1).
    pub(crate) fn return_from(&mut self, included: Self) {
        self.default_ttl = included.default_ttl;
        self.set_last_ttl(included.last_ttl);
        self.generated = included.generated;
    }

    /// Forgets what only neighbouring entries need.
    pub(crate) fn forget_entries(&mut self) {
        self.owner_known = Known::Missing;
        self.last_ttl = Known::Missing;
        self.generated = Generated::default();
        self.inherited = Inherited::default();
    }

    pub(crate) fn context<'s>(&'s self, types: &'s PrivateTypes) -> Context<'s> {
        Context {
            origin: &self.origin,
            types,
        }
    }

    /// Checks that a blank owner means the one in `owner`.
    pub(crate) fn inherit_owner(&mut self) -> Result<(), SyntaxErrorKind> {
        self.inherited.owner.use_it();
        match self.owner_known {
            Known::Is(()) => Ok(()),
            Known::Missing => Err(SyntaxErrorKind::NoOwner),
            Known::Lost { line } => Err(SyntaxErrorKind::OwnerLost { line }),
        }
    }

    /// Reads the text of an owner. After an error no owner is known.
    pub(crate) fn set_owner(&mut self, text: &[u8]) -> Result<(), TextError> {
        self.inherited.owner.replace();
        if !self.written_owner.replace(text, &mut self.owner) {
            let origin = match &self.origin {
                Known::Is(origin) => Some(&**origin),
                Known::Missing | Known::Lost { .. } => None,
            };
            self.written_owner.forget();
            self.owner.set_text(text, origin)?;
            self.written_owner.learn(text);
        }
        self.owner_known = Known::Is(());
        Ok(())
    }

    pub(crate) fn lose_owner(&mut self, line: usize) {
        self.inherited.owner.replace();
        self.owner_known = Known::Lost { line };
    }

    pub(crate) fn set_last_ttl(&mut self, ttl: Known<u32>) {
        self.inherited.last_ttl.replace();
        self.last_ttl = ttl;
    }

    /// The TTL of a record that states none, as BIND has it: the default, else the last one stated, else (`None`) the SOA's.
    pub(crate) fn inherited_ttl(&mut self) -> Result<Option<u32>, SyntaxErrorKind> {
        if let Known::Is(seconds) = self.default_ttl {
            return Ok(Some(seconds));
        }
        self.inherited.last_ttl.use_it();
        match (self.default_ttl, self.last_ttl) {
            (Known::Lost { line }, _) | (_, Known::Lost { line }) => {
                Err(SyntaxErrorKind::TtlLost { line })
            }
            (_, Known::Is(seconds)) => Ok(Some(seconds)),
            (_, Known::Missing) => Ok(None),
        }
    }
}

/// The text of the last owner, if it was absolute and without escapes: the next one mostly differs in its first label, if at all.
#[derive(Clone, Debug, Default)]
struct WrittenOwner {
    /// Empty when it is not known.
    text: Vec<u8>,
    /// Where its first dot stands.
    dot: usize,
}

impl WrittenOwner {
    fn forget(&mut self) {
        self.text.clear();
    }

    /// Takes the text of an owner that was just read.
    fn learn(&mut self, text: &[u8]) {
        if text.ends_with(b".") && memchr::memchr(b'\\', text).is_none() {
            self.dot = memchr::memchr(b'.', text).unwrap_or_default();
            self.text.extend_from_slice(text);
        }
    }

    /// Makes `owner`, which is that of the last text, the one of `text`, if both differ in nothing but their first labels. Whether
    /// that is so.
    fn replace(&mut self, text: &[u8], owner: &mut DomainName) -> bool {
        let Some(dot) = memchr::memchr2(b'.', b'\\', text) else {
            return false;
        };
        let (label, parent) = text.split_at(dot);
        let (last_label, last_parent) = self.text.split_at(self.dot.min(self.text.len()));
        if parent != last_parent || parent.first() != Some(&b'.') {
            return false;
        }
        if label == last_label {
            return true;
        }
        if owner.replace_first_label(label).is_err() {
            return false;
        }
        if dot == self.dot {
            self.text[..dot].copy_from_slice(label);
        } else {
            self.text.clear();
            self.text.extend_from_slice(text);
            self.dot = dot;
        }
        true
    }
}
