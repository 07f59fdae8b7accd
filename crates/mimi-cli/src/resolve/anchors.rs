//! `--trust-anchor FILE`: DNSKEY and DS records of a zone file, as `unbound-anchor` and `dnssec-keygen` write them.

use std::path::Path;

use anyhow::{Context, Result, bail};
use mimi_name::DomainName;
use mimi_resolver::TrustAnchors;
use mimi_zonefile::{Entry, ZoneReader};

use crate::zones::{self, shown_path};

const DS: u16 = 43;
const DNSKEY: u16 = 48;

/// The anchors that a file holds. A file with a mistake is not used at all: what it fails to say could be the only key that matters.
pub(super) fn read(path: &Path) -> Result<TrustAnchors> {
    let shown = shown_path(path);
    let octets = zones::read(path).with_context(|| format!("cannot read {shown}"))?;
    let mut anchors = TrustAnchors::none();
    // Anchors are often written without a TTL; none is used.
    let reader = ZoneReader::new().origin(DomainName::root()).default_ttl(0);
    let mut entries = reader.entries(&octets);
    while let Some(entry) = entries.next() {
        let record = match entry {
            Ok(Entry::Record(record)) => record,
            Ok(_) => continue,
            Err(error) => bail!(
                "{shown}:{}:{}: {error}; expected DNSKEY or DS records in zone-file form",
                error.place.line,
                error.place.column
            ),
        };
        let place = record.place(record.span().start);
        let at = format!("{shown}:{}:{}", place.line, place.column);
        let rdata = record.rdata_wire().map_err(|error| {
            let (line, column) = (error.place.line, error.place.column);
            anyhow::anyhow!("{shown}:{line}:{column}: {error}")
        })?;
        let added = match (record.record_type, rdata) {
            (DNSKEY, Some(rdata)) => anchors.add_key(record.owner, &rdata),
            (DS, Some(rdata)) => anchors.add_digest(record.owner, &rdata),
            _ => bail!("{at}: expected a DNSKEY or DS record, found another type"),
        };
        added.with_context(|| at.clone())?;
    }
    if anchors.is_empty() {
        bail!("{shown} holds no trust anchor: expected DNSKEY or DS records in zone-file form");
    }
    Ok(anchors)
}
