//! D2: the type codes come from the private range, live in one struct, and can be overridden.

use mimi_rr::{TypeCodes, TypeCodesError, squatters};

#[test]
fn the_defaults_are_private_and_nobody_else_uses_them() {
    let codes = TypeCodes::default();
    assert_eq!((codes.mimi(), codes.mimix()), (65357, 65368));
    for code in [codes.mimi(), codes.mimix()] {
        assert!(TypeCodes::PRIVATE_USE.contains(&code));
        assert_eq!(squatters(code), None);
    }
}

#[test]
fn both_codes_can_be_overridden_even_outside_the_private_range() {
    let codes = TypeCodes::new(270, 271).unwrap();
    assert_eq!(codes.mnemonic(270), Some("MIMI"));
    assert_eq!(codes.mnemonic(271), Some("MIMIX"));
    assert_eq!(codes.mnemonic(65357), None);
}

#[test]
fn every_code_that_others_use_is_known() {
    let known: Vec<u16> = TypeCodes::PRIVATE_USE
        .filter(|code| squatters(*code).is_some())
        .collect();
    assert_eq!(
        known,
        [
            65280, 65281, 65282, 65305, 65400, 65401, 65402, 65422, 65433, 65533, 65534
        ]
    );
}

#[test]
fn rejects_the_same_code_twice() {
    let error = TypeCodes::new(65300, 65300).unwrap_err();
    assert_eq!(error, TypeCodesError::Same { code: 65300 });
}

#[test]
fn rejects_codes_that_the_dns_itself_uses() {
    for code in [0, 1, 6, 16, 41, 128, 252, 255, 65535] {
        let error = TypeCodesError::NotUsable { code };
        assert_eq!(TypeCodes::new(code, 65300), Err(error));
        assert_eq!(TypeCodes::new(65300, code), Err(error));
    }
}
