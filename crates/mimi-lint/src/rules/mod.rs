//! All rules, one a file. Written by `cargo xtask codegen` from the files of this folder.

pub(crate) mod answers_any_name;
pub(crate) mod answers_any_user;
pub(crate) mod broken_chain;
pub(crate) mod endpoint_address;
pub(crate) mod endpoint_not_asked;
pub(crate) mod endpoint_not_found;
pub(crate) mod hash_iterations;
pub(crate) mod ignore_without_reason;
pub(crate) mod include_not_followed;
pub(crate) mod lame_server;
pub(crate) mod malformed_ignore;
pub(crate) mod mimi_rdata;
pub(crate) mod mimix_rdata;
pub(crate) mod missing_equals;
pub(crate) mod more_than_judged;
pub(crate) mod no_answer;
pub(crate) mod no_tcp;
pub(crate) mod not_signed;
pub(crate) mod not_validated;
pub(crate) mod nothing_published;
pub(crate) mod open_transfer;
pub(crate) mod rdata_error;
pub(crate) mod serials_differ;
pub(crate) mod servers_disagree;
pub(crate) mod signature_not_current;
pub(crate) mod syntax_error;
pub(crate) mod truncated_answer;
pub(crate) mod unknown_ignore;
pub(crate) mod unused_ignore;
pub(crate) mod walkable_answers;

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
    &no_answer::RULE,
    &lame_server::RULE,
    &servers_disagree::RULE,
    &serials_differ::RULE,
    &truncated_answer::RULE,
    &no_tcp::RULE,
    &nothing_published::RULE,
    &answers_any_name::RULE,
    &answers_any_user::RULE,
    &not_signed::RULE,
    &broken_chain::RULE,
    &signature_not_current::RULE,
    &not_validated::RULE,
    &walkable_answers::RULE,
    &hash_iterations::RULE,
    &open_transfer::RULE,
    &endpoint_not_found::RULE,
    &endpoint_address::RULE,
    &endpoint_not_asked::RULE,
];
