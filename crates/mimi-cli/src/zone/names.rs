//! Types and classes by name: `MX`, `MIMI`, `TYPE65300`; `IN`, `CLASS7` (RFC 3597 §5).

use domain::base::iana::Rtype;
use mimi_rr::TypeCodes;

pub(crate) const CLASS_IN: u16 = 1;

/// The mnemonic of a type, else `TYPEnnn`.
pub(crate) fn type_name(record_type: u16, codes: TypeCodes) -> String {
    if let Some(mnemonic) = codes.mnemonic(record_type) {
        return mnemonic.to_owned();
    }
    match record_type {
        // `domain` spells it without the hyphen.
        23 => "NSAP-PTR".to_owned(),
        _ => Rtype::from_int(record_type)
            .to_mnemonic_str()
            .map_or_else(|| format!("TYPE{record_type}"), str::to_owned),
    }
}

/// The mnemonic of a class, else `CLASSnnn`.
pub(crate) fn class_name(class: u16) -> String {
    match class {
        CLASS_IN => "IN".to_owned(),
        3 => "CH".to_owned(),
        4 => "HS".to_owned(),
        _ => format!("CLASS{class}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mimi_zonefile::{Form, ZoneReader};

    #[test]
    fn every_name_is_read_as_its_number() {
        let reader = ZoneReader::new()
            .private_type("MIMI", 65357, Form::Strings)
            .private_type("MIMIX", 65368, Form::Name);
        let mut read = 0;
        for number in 1..=u16::MAX {
            let type_name = type_name(number, TypeCodes::DEFAULT);
            let class_name = class_name(number);
            let line = format!(". 0 {class_name} TYPE1 \\# 0\n. 0 IN {type_name} \\# 0\n");
            let mut entries = reader.entries(line.as_bytes());
            while let Some(record) = entries.next_record() {
                let Ok(record) = record else {
                    continue;
                };
                assert!(
                    record.class == number || record.record_type == number,
                    "{line}"
                );
                read += 1;
            }
        }
        assert!(read > 130_000);
    }
}
