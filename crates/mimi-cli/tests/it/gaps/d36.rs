//! D36: the target `.` declines.

use super::{assert_account, assert_ending};

#[test]
fn refuses_on_behalf_of_the_provider() {
    let domain = Some("declines.example.");
    assert_ending("alice@declines.example", "provider_declines", None, domain);
}

#[test]
fn a_mui_in_the_same_zone_is_none_of_the_provider_s_business() {
    assert_account("alice.declines.example", "wrong");
}
