//! What the simulated network does to messages.

use std::time::Duration;

/// What may happen to a message on its way, each with its own probability from 0 to 1. The default is a network without faults or delay.
///
/// Everything follows from the seed of the network and from what a message is: the name and type that it asks for, its transport, and how
/// often that question was sent before.
#[derive(Clone, Debug, PartialEq)]
pub struct Faults {
    /// UDP: a question does not arrive. TCP, where nothing is lost for good: a segment takes another second, twice as long each time.
    pub loss_to_server: f64,
    /// The same for answers.
    pub loss_to_client: f64,
    /// The mean time that a message takes, each way.
    pub delay: Duration,
    /// By how much less or more it may take, all of that alike; at least nothing and no less than nothing.
    pub jitter: Duration,
    /// UDP: a message arrives twice, each copy after a delay of its own. Both copies of a question are answered.
    pub duplication: f64,
    /// UDP: a message is held back by another delay, so that later ones overtake it.
    pub reordering: f64,
    /// UDP: an answer comes without its records, and says so (TC).
    pub truncation: f64,
    /// UDP: somebody else answers first, with a false account. One of: under another ID, from another address, for another name, or with the case
    /// of a letter of the name turned. The last one knows the ID, as an attacker who cannot see the question does not.
    pub forgery: f64,
    /// UDP: octets with the right ID and no DNS message behind it come before the answer.
    pub garbage: f64,
    /// TCP: the connection is refused.
    pub refusal: f64,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            loss_to_server: 0.0,
            loss_to_client: 0.0,
            delay: Duration::ZERO,
            jitter: Duration::ZERO,
            duplication: 0.0,
            reordering: 0.0,
            truncation: 0.0,
            forgery: 0.0,
            garbage: 0.0,
            refusal: 0.0,
        }
    }
}

impl Faults {
    /// The network of the reliability run: this loss each way; 200 ms ± 200 ms each way, 2 % duplicates, 5 % reordering, 1 % TC, 0.5 % forgeries
    /// and 0.1 % garbage; 1 % of TCP connections are refused.
    pub fn harsh(loss: f64) -> Self {
        Self {
            loss_to_server: loss,
            loss_to_client: loss,
            delay: Duration::from_millis(200),
            jitter: Duration::from_millis(200),
            duplication: 0.02,
            reordering: 0.05,
            truncation: 0.01,
            forgery: 0.005,
            garbage: 0.001,
            refusal: 0.01,
        }
    }
}
