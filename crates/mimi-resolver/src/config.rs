//! How a [`DnsClient`](crate::DnsClient) asks: every option, each default with its reason.

use std::time::Duration;

use mimi_discovery::limits;

use crate::certificate_authorities::CertificateAuthorities;

/// Options of a [`DnsClient`](crate::DnsClient).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DnsClientConfig {
    /// The largest UDP answer to ask for, in octets. 1232 fits every path without fragments (D7).
    pub udp_payload: u16,
    /// How often one question is sent, over all servers and transports; at most [`limits::SENDINGS`] (D39).
    pub sendings: u16,
    /// How long to wait for the first answer before sending again. Later waits double, up to [`longest_wait`](Self::longest_wait).
    ///
    /// 400 ms is longer than a round trip to almost any resolver, and short enough for a person not to notice one loss.
    pub first_wait: Duration,
    /// The longest wait before sending again: 1.5 s, so that most of the sendings fit into the deadline of 15 s.
    pub longest_wait: Duration,
    /// How long an answer to one sending is listened for, while later ones are sent: 4 s. On slow paths most answers come after the first
    /// wait, and are as good as any. With the other defaults at most five sockets are open for one question. TCP has as long for its
    /// handshake and the answer.
    pub patience: Duration,
    /// Whether to vary the case of letters in names over UDP, and to refuse answers that do not repeat it: a forger has to guess
    /// one more bit for each letter.
    pub case_randomization: bool,
    /// Whether a plain server in the list is an error, on loopback, too: what runs there may ask others in the clear. Off, since most
    /// systems name a plain server.
    pub require_encrypted: bool,
    /// Who may vouch for encrypted servers: by default the authorities that browsers trust.
    pub certificate_authorities: CertificateAuthorities,
}

impl Default for DnsClientConfig {
    fn default() -> Self {
        Self {
            udp_payload: 1232,
            sendings: limits::SENDINGS,
            first_wait: Duration::from_millis(400),
            longest_wait: Duration::from_millis(1500),
            patience: Duration::from_secs(4),
            case_randomization: true,
            require_encrypted: false,
            certificate_authorities: CertificateAuthorities::default(),
        }
    }
}
