//! [`ZoneReader`]: how to read.

use core::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use mimi_name::DomainName;

use crate::entries::Entries;
#[cfg(feature = "include")]
use crate::include::IncludeRoot;
use crate::includes::Includes;
use crate::part_source::PART_LENGTH;
use crate::place::FileId;
use crate::scanner::{Scanner, Settings};
use crate::state::{Known, State};
use crate::time_to_live::MAX_TTL;
use crate::types::{Form, PrivateTypes};
use crate::window::Window;

/// How to read master files (RFC 1035 §5).
#[derive(Clone)]
pub struct ZoneReader {
    origin: Known<Arc<DomainName>>,
    default_ttl: Known<u32>,
    settings: Settings,
    pub(crate) part_length: usize,
    #[cfg(feature = "include")]
    include_root: Option<IncludeRoot>,
}

impl ZoneReader {
    /// Reads without an origin, without a default TTL, and as of class IN.
    pub fn new() -> Self {
        Self {
            origin: Known::Missing,
            default_ttl: Known::Missing,
            settings: Settings {
                types: PrivateTypes::default(),
                class: 1,
            },
            part_length: PART_LENGTH,
            #[cfg(feature = "include")]
            include_root: None,
        }
    }

    /// The origin before any `$ORIGIN`: usually the zone's name.
    #[must_use]
    pub fn origin(mut self, origin: DomainName) -> Self {
        self.origin = Known::Is(Arc::new(origin));
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
        self.settings.class = class;
        self
    }

    /// A mnemonic for a type code, without regard to ASCII case, and how the type's RDATA is written:
    /// `.private_type("MIMI", 65357, Form::Strings)`.
    ///
    /// It goes before a standard mnemonic of the same spelling, and an equal one registered earlier is replaced. It should
    /// start with a letter and name no class, or records will read it as a TTL or a class.
    #[must_use]
    pub fn private_type(mut self, mnemonic: &str, record_type: u16, form: Form) -> Self {
        self.settings.types.insert(mnemonic, record_type, form);
        self
    }

    /// Lets `$INCLUDE` be followed, to files beneath this folder.
    #[cfg(feature = "include")]
    #[must_use]
    pub fn include_root(mut self, root: IncludeRoot) -> Self {
        self.include_root = Some(root);
        self
    }

    /// How long the parts of [`in_parts`](Self::in_parts) are, in octets; 256 KiB unless set.
    #[must_use]
    pub fn part_length(mut self, octets: usize) -> Self {
        self.part_length = octets;
        self
    }

    /// The entries of a file that is in memory.
    pub fn entries<'i>(&self, input: &'i [u8]) -> Entries<'i> {
        Entries::new(self.scanner(), Window::Whole(input)).with_includes(self.includes())
    }

    /// The entries of a file as it is read. The memory needed does not grow with the file.
    pub fn stream<'i>(&self, reader: impl Read + Send + 'i) -> Entries<'i> {
        Entries::new(self.scanner(), Window::moving(reader)).with_includes(self.includes())
    }

    /// The entries of the file at `path`, which is not confined to the root of includes. It is noticed where it includes itself.
    ///
    /// # Errors
    /// Those of opening it. Later ones are entries.
    pub fn open(&self, path: &Path) -> io::Result<Entries<'static>> {
        let file = File::open(path)?;
        let includes = self.includes_of(path, &file)?;
        let mut scanner = self.scanner();
        scanner.name = Some(path.into());
        Ok(Entries::new(scanner, Window::moving(file)).with_includes(includes))
    }

    #[cfg(feature = "include")]
    fn includes_of(&self, path: &Path, file: &File) -> io::Result<Includes> {
        let root = self.include_root.as_ref();
        let chain = root.map(|root| root.chain(path, Some(file))).transpose()?;
        Ok(Includes::new(chain, Some(path.into())))
    }

    #[cfg(not(feature = "include"))]
    #[expect(
        clippy::unnecessary_wraps,
        reason = "with the feature there is an error"
    )]
    fn includes_of(&self, _path: &Path, _file: &File) -> io::Result<Includes> {
        Ok(Includes::default())
    }

    /// What `$INCLUDE` may do in something that is no file.
    #[cfg(feature = "include")]
    pub(crate) fn includes(&self) -> Includes {
        let chain = self
            .include_root
            .as_ref()
            .and_then(|root| root.chain(Path::new("-"), None).ok());
        Includes::new(chain, None)
    }

    #[cfg(not(feature = "include"))]
    pub(crate) fn includes(&self) -> Includes {
        Includes::default()
    }

    pub(crate) fn scanner(&self) -> Scanner {
        let state = State::new(self.origin.clone(), self.default_ttl);
        let settings = Arc::new(self.settings.clone());
        Scanner::new(settings, state, FileId::default(), (0, 1))
    }
}

impl Default for ZoneReader {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for ZoneReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ZoneReader")
            .field("class", &self.settings.class)
            .finish_non_exhaustive()
    }
}
