//! [`ZoneFile`]: the input and the options.

use core::fmt;
use std::sync::Arc;

use mimi_name::DomainName;

use crate::entries::{Entries, Records};
use crate::fields::{Context, Known};
use crate::time_to_live::MAX_TTL;
use crate::types::Mnemonics;

/// A master file (RFC 1035 §5) and how to read it.
#[derive(Clone)]
pub struct ZoneFile<'a> {
    input: &'a [u8],
    origin: Known<DomainName>,
    default_ttl: Known<u32>,
    class: u16,
    mnemonics: Mnemonics,
}

impl<'a> ZoneFile<'a> {
    /// A master file of any octets: without an origin, without a default TTL, of class IN.
    pub fn new(input: &'a [u8]) -> Self {
        Self {
            input,
            origin: Known::Missing,
            default_ttl: Known::Missing,
            class: 1,
            mnemonics: Mnemonics::default(),
        }
    }

    /// The origin before any `$ORIGIN`: usually the zone's name.
    #[must_use]
    pub fn origin(mut self, origin: DomainName) -> Self {
        self.origin = Known::Is(origin);
        self
    }

    /// The default TTL in seconds before any `$TTL`; over 2^31 - 1 it is taken as that (RFC 2181 §8).
    #[must_use]
    pub fn default_ttl(mut self, seconds: u32) -> Self {
        self.default_ttl = Known::Is(seconds.min(MAX_TTL));
        self
    }

    /// The class of records that state none; IN unless set.
    ///
    /// As in BIND, an omitted class is the zone's. RFC 1035 §5.1 wants the last one stated, and §5.2 the same one throughout a
    /// file: valid files read the same either way, and a damaged line cannot change the class of others.
    #[must_use]
    pub fn class(mut self, class: u16) -> Self {
        self.class = class;
        self
    }

    /// A mnemonic for a type code, without regard to ASCII case: `.mnemonic("MIMI", 65357)`.
    ///
    /// It goes before a standard mnemonic of the same spelling, and an equal one registered earlier is replaced. It should
    /// start with a letter and name no class, or records will read it as a TTL or a class.
    #[must_use]
    pub fn mnemonic(mut self, mnemonic: &str, record_type: u16) -> Self {
        self.mnemonics.insert(mnemonic, record_type);
        self
    }

    /// Everything in the file: records, directives, comments, errors.
    pub fn entries(&self) -> Entries<'a> {
        let context = Context {
            origin: self.origin.clone(),
            mnemonics: Arc::new(self.mnemonics.clone()),
        };
        Entries::new(self.input, context, self.default_ttl.clone(), self.class)
    }

    /// The records, and the errors.
    pub fn records(&self) -> Records<'a> {
        Records::new(self.entries())
    }
}

impl<'a> IntoIterator for ZoneFile<'a> {
    type Item = <Entries<'a> as Iterator>::Item;
    type IntoIter = Entries<'a>;

    fn into_iter(self) -> Entries<'a> {
        self.entries()
    }
}

impl fmt::Debug for ZoneFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ZoneFile")
            .field("length", &self.input.len())
            .field("class", &self.class)
            .finish_non_exhaustive()
    }
}
