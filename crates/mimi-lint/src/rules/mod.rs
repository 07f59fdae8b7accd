//! All rules, one a file. Written by `cargo xtask codegen` from the files of this folder.

pub(crate) mod bad_tag_name;
pub(crate) mod control_octet;
pub(crate) mod duplicate_tag;
pub(crate) mod empty_account;
pub(crate) mod empty_endpoint;
pub(crate) mod empty_optional_value;
pub(crate) mod empty_segment;
pub(crate) mod empty_tag_name;
pub(crate) mod encoded_value;
pub(crate) mod escaped_value;
pub(crate) mod folded_white_space;
pub(crate) mod ignore_without_reason;
pub(crate) mod include_not_followed;
pub(crate) mod inner_white_space;
pub(crate) mod invalid_utf8;
pub(crate) mod invisible_character;
pub(crate) mod malformed_ignore;
pub(crate) mod mimi_rdata;
pub(crate) mod mimix_rdata;
pub(crate) mod missing_account;
pub(crate) mod missing_endpoint;
pub(crate) mod missing_equals;
pub(crate) mod more_than_judged;
pub(crate) mod no_tags;
pub(crate) mod non_ascii;
pub(crate) mod non_canonical_spacing;
pub(crate) mod other_version;
pub(crate) mod priority_leading_zeros;
pub(crate) mod priority_not_a_number;
pub(crate) mod priority_over_65535;
pub(crate) mod priority_too_large;
pub(crate) mod quoted_value;
pub(crate) mod rdata_error;
pub(crate) mod string_too_long;
pub(crate) mod syntax_error;
pub(crate) mod tag_case;
pub(crate) mod too_many_tags;
pub(crate) mod unknown_ignore;
pub(crate) mod unknown_tag;
pub(crate) mod unknown_version;
pub(crate) mod unquoted_definition_string;
pub(crate) mod unused_ignore;
pub(crate) mod version_not_first;
pub(crate) mod white_space_before_version;

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
    &string_too_long::RULE,
    &no_tags::RULE,
    &version_not_first::RULE,
    &unknown_version::RULE,
    &control_octet::RULE,
    &invalid_utf8::RULE,
    &missing_equals::RULE,
    &empty_tag_name::RULE,
    &bad_tag_name::RULE,
    &duplicate_tag::RULE,
    &too_many_tags::RULE,
    &missing_account::RULE,
    &empty_account::RULE,
    &missing_endpoint::RULE,
    &empty_endpoint::RULE,
    &white_space_before_version::RULE,
    &folded_white_space::RULE,
    &inner_white_space::RULE,
    &empty_segment::RULE,
    &tag_case::RULE,
    &non_ascii::RULE,
    &empty_optional_value::RULE,
    &priority_not_a_number::RULE,
    &priority_too_large::RULE,
    &priority_leading_zeros::RULE,
    &priority_over_65535::RULE,
    &unknown_tag::RULE,
    &non_canonical_spacing::RULE,
    &other_version::RULE,
    &unquoted_definition_string::RULE,
    &encoded_value::RULE,
    &quoted_value::RULE,
    &escaped_value::RULE,
    &invisible_character::RULE,
];
