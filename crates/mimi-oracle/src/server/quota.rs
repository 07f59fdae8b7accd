//! [`Admission`]: who may have how many evaluations, and how many proofs are sent.

mod rate;

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use ring::digest;

use self::rate::{Rate, Rates};
use super::token::TokenSecret;
use crate::encoding::first_octets;
use crate::parameters::Quota;
use crate::subject::Subject;

/// Clients that are remembered. Beyond that, who has not been seen for long is forgotten, and begins anew.
const REMEMBERED: usize = 1 << 20;

/// What a request says of who sends it. `Debug` is redacted.
#[derive(Clone, Copy, Default)]
pub struct Credentials<'a> {
    /// What follows `Authorization: Bearer`, or `None` without that header.
    pub token: Option<&'a str>,
    /// The address of the client, where it is known.
    pub address: Option<IpAddr>,
}

impl fmt::Debug for Credentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("token", &self.token.is_some())
            .field("address", &self.address.is_some())
            .finish()
    }
}

/// Decides whether a batch is evaluated. Other schemes, such as Privacy Pass (RFC 9576), take the place of [`QuotaAdmission`] here.
pub trait Admission: Send + Sync + 'static {
    /// Admits a batch of this many evaluations and counts it, or refuses it, which costs the client nothing.
    ///
    /// # Errors
    /// [`Refusal`].
    fn admit(
        &self,
        credentials: &Credentials<'_>,
        evaluations: u32,
        now: u64,
    ) -> Result<(), Refusal>;
}

/// Why a request is not served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The client has had what it may have.
    Exceeded {
        /// After how many seconds the same request would be admitted; `None` where it is larger than any that is.
        retry_after: Option<u64>,
    },
    /// The token is not one of this oracle, or has expired.
    Token,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exceeded {
                retry_after: Some(seconds),
            } => write!(f, "the quota is used up; try again in {seconds} s"),
            Self::Exceeded { retry_after: None } => {
                f.write_str("more at once than the quota allows; ask for fewer")
            }
            Self::Token => f.write_str("the quota token is not one of this oracle, or has expired"),
        }
    }
}

impl Error for Refusal {}

/// Whose requests are counted together.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Client {
    /// The holder of a quota token.
    Token([u8; 8]),
    /// An IPv4 network of this many bits.
    V4(u32, u32),
    /// An IPv6 network of this many bits.
    V6(u32, u128),
    /// All whose address is not known.
    Unknown,
}

impl Client {
    /// Who has this address: of IPv6 the first 64 bits, since a household has at least those.
    pub(super) fn new(address: Option<IpAddr>) -> Self {
        match address.map(|address| address.to_canonical()) {
            Some(IpAddr::V4(address)) => Self::V4(32, address.to_bits()),
            Some(IpAddr::V6(address)) => Self::V6(64, address.to_bits() >> 64),
            None => Self::Unknown,
        }
    }
}

/// How many times the quota of one address the networks around it have, by their bits. A household has an IPv6 network of 64 bits or more, and
/// whoever rents addresses gets whole networks: without this, 10^10 telephone numbers would be a matter of one rented network.
const V4_NETWORKS: [(u32, u32); 2] = [(32, 1), (24, 32)];
const V6_NETWORKS: [(u32, u32); 4] = [(64, 1), (56, 4), (48, 16), (32, 1024)];

/// The networks of an address, and what each may have of what an address may.
fn networks(
    address: Option<IpAddr>,
    burst: u32,
    per_period: u32,
    period: u64,
) -> Vec<(Client, Rate)> {
    let rate = |times| {
        let (burst, per_period) = (
            burst.saturating_mul(times),
            per_period.saturating_mul(times),
        );
        Rate::new(burst, per_period, period)
    };
    match Client::new(address) {
        Client::V4(_, address) => V4_NETWORKS
            .map(|(bits, times)| (Client::V4(bits, address >> (32 - bits)), rate(times)))
            .to_vec(),
        Client::V6(_, network) => V6_NETWORKS
            .map(|(bits, times)| (Client::V6(bits, network >> (64 - bits)), rate(times)))
            .to_vec(),
        client => vec![(client, rate(1))],
    }
}

/// Quotas in memory: of clients without a token by their address and the networks around it, of others by what their token grants.
/// Nothing of it is kept on a disk.
pub struct QuotaAdmission {
    secret: Arc<TokenSecret>,
    anonymous: Quota,
    rates: Rates<Client>,
}

impl QuotaAdmission {
    /// Admits whoever has no token by this quota, and others by the tokens made with this secret.
    pub fn new(secret: Arc<TokenSecret>, anonymous: Quota) -> Self {
        Self {
            secret,
            anonymous,
            rates: Rates::new(REMEMBERED),
        }
    }
}

impl Admission for QuotaAdmission {
    fn admit(
        &self,
        credentials: &Credentials<'_>,
        evaluations: u32,
        now: u64,
    ) -> Result<(), Refusal> {
        let clients = match credentials.token {
            Some(token) => {
                let grant = self.secret.verify_quota(token, now).ok_or(Refusal::Token)?;
                let rate = Rate::new(grant.quota.burst, grant.quota.per_day, DAY);
                vec![(Client::Token(grant.id), rate)]
            }
            None => {
                let Quota { burst, per_day } = self.anonymous;
                networks(credentials.address, burst, per_day, DAY)
            }
        };
        self.rates.admit(&clients, evaluations, now)
    }
}

impl fmt::Debug for QuotaAdmission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QuotaAdmission")
            .field("anonymous", &self.anonymous)
            .finish_non_exhaustive()
    }
}

const DAY: u64 = 86_400;
const HOUR: u64 = 3_600;

/// How many proofs are sent, so that nobody's mailbox is flooded through an oracle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProofLimits {
    /// To one subject in an hour.
    pub per_subject: u32,
    /// At the request of one client in an hour.
    pub per_client: u32,
}

impl Default for ProofLimits {
    /// Three, as many as a person tries before looking elsewhere for the fault; and ten, for a household.
    fn default() -> Self {
        Self {
            per_subject: 3,
            per_client: 10,
        }
    }
}

/// Keeps to [`ProofLimits`], in memory.
pub(crate) struct ProofQuota {
    limits: ProofLimits,
    subjects: Rates<[u8; 32]>,
    clients: Rates<Client>,
}

impl ProofQuota {
    pub(crate) fn new(limits: ProofLimits) -> Self {
        Self {
            limits,
            subjects: Rates::new(REMEMBERED / 4),
            clients: Rates::new(REMEMBERED / 4),
        }
    }

    /// Admits a proof for a subject at the request of a client.
    pub(crate) fn admit(
        &self,
        subject: &Subject,
        address: Option<IpAddr>,
        now: u64,
    ) -> Result<(), Refusal> {
        let ProofLimits {
            per_subject,
            per_client,
        } = self.limits;
        // The client first: who has used up the limit must not use up the subject's.
        let clients = networks(address, per_client, per_client, HOUR);
        self.clients.admit(&clients, 1, now)?;
        let rate = Rate::new(per_subject, per_subject, HOUR);
        // Nobody who looks into the memory should find a list of identifiers.
        let hash = digest::digest(&digest::SHA256, subject.as_bytes());
        let key = first_octets(hash.as_ref());
        self.subjects.admit(&[(key, rate)], 1, now)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use mimi_id::Identifier;

    use super::*;

    const NOW: u64 = 1_800_000_000;
    const QUOTA: Quota = Quota {
        burst: 100,
        per_day: 1_000,
    };

    fn from(address: &str) -> Credentials<'static> {
        Credentials {
            token: None,
            address: Some(address.parse().unwrap()),
        }
    }

    fn admission() -> (QuotaAdmission, Arc<TokenSecret>) {
        let secret = Arc::new(TokenSecret::new(&[1; 32]));
        (QuotaAdmission::new(secret.clone(), QUOTA), secret)
    }

    #[test]
    fn clients_are_told_apart_by_ipv4_address_and_by_ipv6_network_of_64_bits() {
        let (admission, _) = admission();
        let used_up = [
            ("192.0.2.1", Ok(())),
            ("192.0.2.2", Ok(())),
            ("::ffff:192.0.2.2", Err(())),
            ("2001:db8::1", Ok(())),
            ("2001:db8::ffff:2", Err(())),
            ("2001:db8:0:1::1", Ok(())),
        ];
        for (address, expected) in used_up {
            let admitted = admission.admit(&from(address), QUOTA.burst, NOW);
            assert_eq!(admitted.map_err(drop), expected, "{address}");
        }
    }

    /// Who rents a network of addresses has more than one address may have, and less than all of them would.
    #[test]
    fn all_addresses_of_a_network_have_a_quota_together() {
        let admitted = |addresses: &mut dyn Iterator<Item = IpAddr>| {
            let (admission, _) = admission();
            addresses
                .filter(|address| {
                    let credentials = Credentials {
                        token: None,
                        address: Some(*address),
                    };
                    admission.admit(&credentials, QUOTA.burst, NOW).is_ok()
                })
                .count()
        };
        let v4 = &mut (0..=255).map(|n| IpAddr::from([192, 0, 2, n]));
        assert_eq!(admitted(v4), 32);
        let v6 = |a: u16, b: u16| IpAddr::from([0x2001, 0xdb8, a, b, 0, 0, 0, 1]);
        assert_eq!(admitted(&mut (0..256).map(|n| v6(0, n))), 4);
        assert_eq!(admitted(&mut (0..256).map(|n| v6(0, n << 8))), 16);
        assert_eq!(admitted(&mut (0..2_000).map(|n| v6(n, 0))), 1024);
    }

    #[test]
    fn a_token_has_its_own_quota_wherever_it_is_used() {
        let (admission, secret) = admission();
        let larger = Quota {
            burst: 500,
            per_day: 500,
        };
        let token = secret.issue_quota(larger, NOW + 86_400);
        let with_token = |address| Credentials {
            token: Some(&token),
            ..from(address)
        };
        assert_eq!(admission.admit(&with_token("192.0.2.1"), 400, NOW), Ok(()));
        assert!(admission.admit(&with_token("192.0.2.2"), 200, NOW).is_err());
        assert_eq!(admission.admit(&from("192.0.2.1"), 100, NOW), Ok(()));
        let later = admission.admit(&with_token("192.0.2.1"), 1, NOW + 2 * 86_400);
        assert_eq!(later, Err(Refusal::Token));
        let junk = Credentials {
            token: Some("junk"),
            ..from("192.0.2.3")
        };
        assert_eq!(admission.admit(&junk, 1, NOW), Err(Refusal::Token));
    }

    #[test]
    fn proofs_are_limited_for_each_subject_and_for_each_client() {
        let quota = ProofQuota::new(ProofLimits::default());
        let subject = |n: u32| {
            let text = format!("alice{n}@example.com");
            Subject::new(&Identifier::parse(&text).unwrap()).unwrap()
        };
        let address = |n: u8| Some(IpAddr::from([192, 0, 2, n]));
        for n in 0..3 {
            assert_eq!(quota.admit(&subject(0), address(n), NOW), Ok(()));
        }
        let refused = quota.admit(&subject(0), address(9), NOW);
        let retry_after = Some(1_200);
        assert_eq!(refused, Err(Refusal::Exceeded { retry_after }));
        assert_eq!(quota.admit(&subject(0), address(9), NOW + 1_200), Ok(()));

        for n in 1..=10 {
            assert_eq!(quota.admit(&subject(n), address(20), NOW), Ok(()));
        }
        let refused = quota.admit(&subject(11), address(20), NOW);
        let retry_after = Some(360);
        assert_eq!(refused, Err(Refusal::Exceeded { retry_after }));
        // Refused at the client, so the subject still has all of its own.
        for n in 0..3 {
            assert_eq!(quota.admit(&subject(11), address(30 + n), NOW), Ok(()));
        }
    }
}
