//! D36: the target `.` says that the provider declines.

use mimi_name::DomainName;
use mimi_rr::Mimix;

#[test]
fn the_root_declines_however_it_is_written() {
    for mimix in [
        Mimix::from_rdata(b"\0").unwrap(),
        Mimix::from_text(b".", None).unwrap(),
        Mimix::from_text(br"\# 1 00", None).unwrap(),
        Mimix::from_text(b"@", Some(&DomainName::root())).unwrap(),
    ] {
        assert!(mimix.declines());
        assert_eq!(mimix.to_text(), ".");
    }
}

#[test]
fn never_declines_for_a_name_that_only_looks_like_a_dot() {
    let mimix = Mimix::from_text(br"\..", None).unwrap();
    assert_eq!(mimix.as_rdata(), b"\x01.\0");
    assert!(!mimix.declines());
}
