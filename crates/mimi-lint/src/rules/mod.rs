//! All rules, one a file. Written by `cargo xtask codegen` from the files of this folder.

pub(crate) mod account_email_address;
pub(crate) mod account_is_endpoint;
pub(crate) mod account_personal_name;
pub(crate) mod account_telephone_number;
pub(crate) mod account_with_endpoint;
pub(crate) mod answers_any_name;
pub(crate) mod answers_any_user;
pub(crate) mod bad_tag_name;
pub(crate) mod bridge_differs;
pub(crate) mod broken_chain;
pub(crate) mod control_octet;
pub(crate) mod decline_beside_others;
pub(crate) mod definition_string_under_other_type;
pub(crate) mod delegation_below_mimix_target;
pub(crate) mod duplicate_tag;
pub(crate) mod empty_account;
pub(crate) mod empty_endpoint;
pub(crate) mod empty_optional_value;
pub(crate) mod empty_segment;
pub(crate) mod empty_tag_name;
pub(crate) mod encoded_value;
pub(crate) mod endpoint_address;
pub(crate) mod endpoint_bad_port;
pub(crate) mod endpoint_documentation_name;
pub(crate) mod endpoint_ip_address;
pub(crate) mod endpoint_not_a_host;
pub(crate) mod endpoint_not_asked;
pub(crate) mod endpoint_not_found;
pub(crate) mod endpoint_path;
pub(crate) mod endpoint_port;
pub(crate) mod endpoint_scheme;
pub(crate) mod endpoint_single_label;
pub(crate) mod endpoint_special_use;
pub(crate) mod endpoint_trailing_dot;
pub(crate) mod endpoint_upper_case;
pub(crate) mod endpoint_user_information;
pub(crate) mod enum_bad_label;
pub(crate) mod enum_leading_zero;
pub(crate) mod enum_not_reversed;
pub(crate) mod enum_several_digits_a_label;
pub(crate) mod enum_too_long;
pub(crate) mod enum_wrong_suffix;
pub(crate) mod escaped_value;
pub(crate) mod folded_white_space;
pub(crate) mod hash_iterations;
pub(crate) mod ignore_without_reason;
pub(crate) mod include_not_followed;
pub(crate) mod inner_white_space;
pub(crate) mod invalid_utf8;
pub(crate) mod invisible_character;
pub(crate) mod lame_server;
pub(crate) mod malformed_ignore;
pub(crate) mod mimi_and_mimix_at_one_name;
pub(crate) mod mimi_below_delegation;
pub(crate) mod mimi_below_dname;
pub(crate) mod mimi_beside_cname;
pub(crate) mod mimi_holds_a_name;
pub(crate) mod mimi_rdata;
pub(crate) mod mimix_declines;
pub(crate) mod mimix_holds_a_string;
pub(crate) mod mimix_rdata;
pub(crate) mod mimix_target_below_target;
pub(crate) mod mimix_target_has_mimix;
pub(crate) mod mimix_target_is_alias;
pub(crate) mod mimix_target_is_mail_domain;
pub(crate) mod mimix_target_looks_absolute;
pub(crate) mod mimix_target_special_use;
pub(crate) mod mimix_target_without_users;
pub(crate) mod missing_account;
pub(crate) mod missing_endpoint;
pub(crate) mod missing_equals;
pub(crate) mod more_than_judged;
pub(crate) mod mui_confusable;
pub(crate) mod mui_guessable;
pub(crate) mod mui_hard_to_say;
pub(crate) mod mui_impossible;
pub(crate) mod mui_mixed_script;
pub(crate) mod mui_not_idna2008;
pub(crate) mod mui_same_domain_as_endpoint;
pub(crate) mod mui_too_long;
pub(crate) mod no_answer;
pub(crate) mod no_tags;
pub(crate) mod no_tcp;
pub(crate) mod no_usable_record;
pub(crate) mod non_ascii;
pub(crate) mod non_canonical_spacing;
pub(crate) mod not_signed;
pub(crate) mod not_validated;
pub(crate) mod nothing_published;
pub(crate) mod nsec3_iterations;
pub(crate) mod nsec3_over_enum;
pub(crate) mod nsec3_salt;
pub(crate) mod open_transfer;
pub(crate) mod other_version;
pub(crate) mod owner_out_of_zone;
pub(crate) mod priority_leading_zeros;
pub(crate) mod priority_not_a_number;
pub(crate) mod priority_over_65535;
pub(crate) mod priority_partly_absent;
pub(crate) mod priority_tie;
pub(crate) mod priority_too_large;
pub(crate) mod quoted_value;
pub(crate) mod rdata_error;
pub(crate) mod rrset_over_1232_octets;
pub(crate) mod rrset_over_64_records;
pub(crate) mod same_identifier_twice;
pub(crate) mod serials_differ;
pub(crate) mod servers_disagree;
pub(crate) mod service_case;
pub(crate) mod service_near_miss;
pub(crate) mod service_not_registered;
pub(crate) mod service_twice;
pub(crate) mod several_mimix;
pub(crate) mod signature_not_current;
pub(crate) mod string_too_long;
pub(crate) mod syntax_error;
pub(crate) mod tag_case;
pub(crate) mod targets_shared;
pub(crate) mod text_record_holds_definition_string;
pub(crate) mod too_many_tags;
pub(crate) mod truncated_answer;
pub(crate) mod ttl_differs;
pub(crate) mod ttl_too_long;
pub(crate) mod ttl_too_short;
pub(crate) mod type_code_taken;
pub(crate) mod unknown_ignore;
pub(crate) mod unknown_tag;
pub(crate) mod unknown_version;
pub(crate) mod unquoted_definition_string;
pub(crate) mod unused_ignore;
pub(crate) mod version_not_first;
pub(crate) mod walkable_answers;
pub(crate) mod walkable_nsec;
pub(crate) mod white_space_before_version;
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
    &endpoint_ip_address::RULE,
    &endpoint_user_information::RULE,
    &endpoint_port::RULE,
    &endpoint_path::RULE,
    &endpoint_scheme::RULE,
    &endpoint_special_use::RULE,
    &endpoint_documentation_name::RULE,
    &endpoint_single_label::RULE,
    &endpoint_not_a_host::RULE,
    &endpoint_trailing_dot::RULE,
    &endpoint_upper_case::RULE,
    &endpoint_bad_port::RULE,
    &service_not_registered::RULE,
    &service_case::RULE,
    &service_near_miss::RULE,
    &account_email_address::RULE,
    &account_telephone_number::RULE,
    &account_personal_name::RULE,
    &account_with_endpoint::RULE,
    &account_is_endpoint::RULE,
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
    &ttl_too_long::RULE,
    &ttl_too_short::RULE,
    &text_record_holds_definition_string::RULE,
    &definition_string_under_other_type::RULE,
    &mimi_holds_a_name::RULE,
    &mimix_holds_a_string::RULE,
    &type_code_taken::RULE,
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
    &owner_out_of_zone::RULE,
    &enum_not_reversed::RULE,
    &enum_several_digits_a_label::RULE,
    &enum_wrong_suffix::RULE,
    &enum_too_long::RULE,
    &enum_bad_label::RULE,
    &enum_leading_zero::RULE,
    &mui_not_idna2008::RULE,
    &mui_mixed_script::RULE,
    &mui_confusable::RULE,
    &mui_hard_to_say::RULE,
    &mui_too_long::RULE,
    &mui_same_domain_as_endpoint::RULE,
    &mui_impossible::RULE,
    &zone_not_signed::RULE,
    &walkable_nsec::RULE,
    &nsec3_iterations::RULE,
    &nsec3_salt::RULE,
    &nsec3_over_enum::RULE,
    &mui_guessable::RULE,
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
