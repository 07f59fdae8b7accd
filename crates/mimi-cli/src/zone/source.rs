//! A zone file, and how it is read.

use std::io;
use std::path::Path;

use anyhow::{Context, Result};
use mimi_name::DomainName;
use mimi_rr::TypeCodes;
use mimi_zonefile::{Entries, Form, IncludeRoot, ZoneReader};

use crate::zone::arguments::Input;
use crate::zones;

/// A zone file, with the options it is read by.
pub(crate) struct Source<'o> {
    /// Its name, fit for a terminal and for a comment.
    pub(crate) label: String,
    pub(crate) origin: Option<&'o DomainName>,
    pub(crate) codes: TypeCodes,
    path: &'o Path,
}

impl<'o> Source<'o> {
    pub(crate) fn new(input: &'o Input) -> Result<Self> {
        Ok(Self {
            label: match input.file.as_os_str().to_str() {
                Some("-") => "standard input".to_owned(),
                _ => zones::shown_path(&input.file),
            },
            origin: input.origin.as_ref(),
            codes: input.types.codes()?,
            path: &input.file,
        })
    }

    /// The file's octets, all of them.
    pub(crate) fn read(&self) -> Result<Vec<u8>> {
        zones::read(self.path).with_context(|| self.cannot_read())
    }

    /// The file's entries as they are read: it may be larger than the memory. Files that it includes may lie beneath a root.
    pub(crate) fn stream(&self, include_root: Option<&Path>) -> Result<Entries<'static>> {
        let mut reader = self.reader();
        if let Some(folder) = include_root {
            let root = IncludeRoot::open(folder)
                .with_context(|| format!("cannot open {}", zones::shown_path(folder)))?;
            reader = reader.include_root(root);
        }
        if self.path == Path::new("-") {
            return Ok(reader.stream(io::stdin()));
        }
        reader.open(self.path).with_context(|| self.cannot_read())
    }

    /// How the file is to be read.
    pub(crate) fn reader(&self) -> ZoneReader {
        let reader = ZoneReader::new()
            .private_type("MIMI", self.codes.mimi(), Form::Strings)
            .private_type("MIMIX", self.codes.mimix(), Form::Name);
        match self.origin {
            Some(origin) => reader.origin(origin.clone()),
            None => reader,
        }
    }

    /// What is said when it cannot be read.
    pub(crate) fn cannot_read(&self) -> String {
        format!("cannot read {}", self.label)
    }
}
