//! A zone file in memory, with the options it is read by.

use anyhow::{Context, Result};
use mimi_name::DomainName;
use mimi_rr::TypeCodes;
use mimi_zonefile::ZoneFile;

use crate::zone::arguments::Input;
use crate::zones;

/// A zone file in memory.
pub(crate) struct Source<'o> {
    /// Its name, fit for a terminal and for a comment.
    pub(crate) label: String,
    pub(crate) octets: Vec<u8>,
    pub(crate) origin: Option<&'o DomainName>,
    pub(crate) codes: TypeCodes,
}

impl<'o> Source<'o> {
    pub(crate) fn read(input: &'o Input) -> Result<Self> {
        let codes = input.types.codes()?;
        let label = match input.file.as_os_str().to_str() {
            Some("-") => "standard input".to_owned(),
            _ => zones::shown_path(&input.file),
        };
        let octets = zones::read(&input.file).with_context(|| format!("cannot read {label}"))?;
        Ok(Self {
            label,
            octets,
            origin: input.origin.as_ref(),
            codes,
        })
    }

    pub(crate) fn zone_file(&self) -> ZoneFile<'_> {
        let zone_file = ZoneFile::new(&self.octets)
            .mnemonic("MIMI", self.codes.mimi())
            .mnemonic("MIMIX", self.codes.mimix());
        match self.origin {
            Some(origin) => zone_file.origin(origin.clone()),
            None => zone_file,
        }
    }
}
