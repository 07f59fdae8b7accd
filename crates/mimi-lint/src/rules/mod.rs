//! All rules, one a file. Written by `cargo xtask codegen` from the files of this folder.

pub(crate) mod bridge_differs;
pub(crate) mod decline_beside_others;
pub(crate) mod delegation_below_mimix_target;
pub(crate) mod ignore_without_reason;
pub(crate) mod include_not_followed;
pub(crate) mod malformed_ignore;
pub(crate) mod mimi_and_mimix_at_one_name;
pub(crate) mod mimi_below_delegation;
pub(crate) mod mimi_below_dname;
pub(crate) mod mimi_beside_cname;
pub(crate) mod mimi_rdata;
pub(crate) mod mimix_declines;
pub(crate) mod mimix_rdata;
pub(crate) mod mimix_target_below_target;
pub(crate) mod mimix_target_has_mimix;
pub(crate) mod mimix_target_is_alias;
pub(crate) mod mimix_target_is_mail_domain;
pub(crate) mod mimix_target_looks_absolute;
pub(crate) mod mimix_target_special_use;
pub(crate) mod mimix_target_without_users;
pub(crate) mod missing_equals;
pub(crate) mod more_than_judged;
pub(crate) mod no_usable_record;
pub(crate) mod nsec3_iterations;
pub(crate) mod nsec3_over_enum;
pub(crate) mod nsec3_salt;
pub(crate) mod out_of_zone;
pub(crate) mod priority_partly_absent;
pub(crate) mod priority_tie;
pub(crate) mod rdata_error;
pub(crate) mod rrset_over_1232_octets;
pub(crate) mod rrset_over_64_records;
pub(crate) mod same_identifier_twice;
pub(crate) mod service_twice;
pub(crate) mod several_mimix;
pub(crate) mod syntax_error;
pub(crate) mod targets_shared;
pub(crate) mod ttl_differs;
pub(crate) mod unknown_ignore;
pub(crate) mod unused_ignore;
pub(crate) mod walkable_nsec;
pub(crate) mod wildcard_below_mimix_target;
pub(crate) mod wildcard_mimi;
pub(crate) mod zone_not_signed;

use crate::rule::Rule;

/// All rules, by their codes.
pub static RULES: &[&Rule] = &[
    &syntax_error::RULE,
    &rdata_error::RULE,
    &include_not_followed::RULE,
    &mimi_rdata::RULE,
    &mimix_rdata::RULE,
    &malformed_ignore::RULE,
    &unknown_ignore::RULE,
    &unused_ignore::RULE,
    &ignore_without_reason::RULE,
    &more_than_judged::RULE,
    &missing_equals::RULE,
    &same_identifier_twice::RULE,
    &service_twice::RULE,
    &no_usable_record::RULE,
    &ttl_differs::RULE,
    &priority_tie::RULE,
    &priority_partly_absent::RULE,
    &rrset_over_1232_octets::RULE,
    &rrset_over_64_records::RULE,
    &several_mimix::RULE,
    &decline_beside_others::RULE,
    &mimi_beside_cname::RULE,
    &mimi_and_mimix_at_one_name::RULE,
    &bridge_differs::RULE,
    &mimix_target_looks_absolute::RULE,
    &mimix_target_special_use::RULE,
    &mimix_declines::RULE,
    &mimix_target_is_mail_domain::RULE,
    &mimix_target_is_alias::RULE,
    &mimix_target_has_mimix::RULE,
    &mimix_target_without_users::RULE,
    &targets_shared::RULE,
    &mimi_below_delegation::RULE,
    &mimi_below_dname::RULE,
    &wildcard_mimi::RULE,
    &wildcard_below_mimix_target::RULE,
    &delegation_below_mimix_target::RULE,
    &mimix_target_below_target::RULE,
    &out_of_zone::RULE,
    &zone_not_signed::RULE,
    &walkable_nsec::RULE,
    &nsec3_iterations::RULE,
    &nsec3_salt::RULE,
    &nsec3_over_enum::RULE,
];
