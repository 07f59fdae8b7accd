//! What is sent: the question with its EDNS record, padded where it is encrypted.

use hickory_proto::op::{DnsRequest, DnsRequestOptions, Query};
use hickory_proto::rr::rdata::opt::EdnsOption;

use crate::config::DnsClientConfig;
use crate::server::Transport;
use crate::upstream::DnssecRequest;

/// Encrypted questions are as long as a multiple of this, in octets (RFC 8467 §4.1): whoever counts octets learns next to nothing of
/// the length of the name. Names of up to 97 octets make one length, up to 225 octets another.
const BLOCK: usize = 128;
/// The padding option (RFC 7830 §3), and the octets before its padding: code and length.
const PADDING: u16 = 12;
const PADDING_HEADER: usize = 4;

/// The question as it is sent over `transport`.
///
/// It has no option with the client's subnet (RFC 7871), not even the one with a prefix of 0 that asks servers to add none: that
/// option is rare, so that it would tell our questions from others, and some servers refuse questions with it.
pub(crate) fn request(
    config: &DnsClientConfig,
    transport: Transport,
    query: Query,
    dnssec: DnssecRequest,
) -> DnsRequest {
    let mut options = DnsRequestOptions::default();
    options.use_edns = true;
    options.edns_payload_len = config.udp_payload;
    options.edns_set_dnssec_ok = dnssec == DnssecRequest::Signatures;
    options.recursion_desired = true;
    options.case_randomization = transport == Transport::Udp && config.case_randomization;
    let mut request = DnsRequest::from_query(query, options);
    request.metadata.checking_disabled = dnssec == DnssecRequest::Signatures;
    request.metadata.authentic_data = dnssec == DnssecRequest::Verdict;
    if transport.is_encrypted() {
        pad(&mut request);
    }
    request
}

fn pad(request: &mut DnsRequest) {
    // One that cannot be written cannot be sent either; that is for the sending to say.
    let Ok(octets) = request.to_vec() else {
        return;
    };
    let length = octets.len() + PADDING_HEADER;
    let padding = length.next_multiple_of(BLOCK) - length;
    if let Some(edns) = &mut request.edns {
        edns.options_mut()
            .insert(EdnsOption::Unknown(PADDING, vec![0; padding]));
    }
}
