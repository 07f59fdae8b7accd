//! All rules, one a file. Written by `cargo xtask codegen` from the files of this folder.

pub(crate) mod ignore_without_reason;
pub(crate) mod include_not_followed;
pub(crate) mod malformed_ignore;
pub(crate) mod mimi_rdata;
pub(crate) mod mimix_rdata;
pub(crate) mod missing_equals;
pub(crate) mod more_than_judged;
pub(crate) mod rdata_error;
pub(crate) mod syntax_error;
pub(crate) mod unknown_ignore;
pub(crate) mod unused_ignore;

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
];
