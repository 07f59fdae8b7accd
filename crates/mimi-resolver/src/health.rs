//! Which server to ask first: what the last answers and failures say of each.
//!
//! No sockets, no clock: `now` is an argument, counted from any instant that is the same for all calls.

use std::time::Duration;

/// How much slower than the fastest a server may be, and yet keep its place in the list: who wrote the list had a reason.
const TOLERANCE: Duration = Duration::from_millis(100);

/// How long a round trip is believed. A server that was passed over for being slow is measured again afterwards.
const BELIEVED: Duration = Duration::from_secs(60);

/// How many failures in a row make a server sick. One alone is a lost packet.
const FAILURES: u32 = 2;

/// How long a server is passed over when it falls sick; twice as long after each further failure, up to [`LONGEST_REST`].
const SHORTEST_REST: Duration = Duration::from_secs(1);
const LONGEST_REST: Duration = Duration::from_secs(60);

/// The health of a list of servers, by their index.
#[derive(Clone, Debug)]
pub(crate) struct Health(Vec<Server>);

#[derive(Clone, Debug, Default)]
struct Server {
    round_trip: Option<RoundTrip>,
    /// In a row, and not counted further than they matter.
    failures: u32,
    /// Until when it is passed over.
    rests_until: Option<Duration>,
}

#[derive(Clone, Copy, Debug)]
struct RoundTrip {
    /// Seven parts of what it was, one of the last measurement (RFC 6298 §2).
    smoothed: Duration,
    measured: Duration,
}

impl Health {
    pub(crate) fn new(servers: usize) -> Self {
        Self(vec![Server::default(); servers])
    }

    /// All servers, the one to ask first at the head: healthy ones as they stand in the list, then healthy ones that are much slower
    /// than the fastest, then sick ones, the first to recover at the head.
    ///
    /// A sick one whose rest is over has its place again for this caller, and rests on for the others: one question tries it, not all.
    pub(crate) fn order(&mut self, now: Duration) -> Vec<usize> {
        let fastest = self.0.iter().filter_map(|server| server.speed(now)).min();
        let slow = fastest.map(|fastest| fastest + TOLERANCE);
        let mut order: Vec<usize> = (0..self.0.len()).collect();
        order.sort_by_key(|index| {
            let Some(server) = self.0.get(*index) else {
                return (2, Duration::ZERO);
            };
            match server.rests_until {
                Some(until) if until > now => (2, until),
                _ => (
                    u8::from(server.speed(now) > slow && slow.is_some()),
                    Duration::ZERO,
                ),
            }
        });
        for server in &mut self.0 {
            if server.rests_until.is_some_and(|until| until <= now) {
                server.rests_until = Some(now + server.rest());
            }
        }
        order
    }

    /// A server answered, with whatever response code: what it says may be about the name.
    pub(crate) fn answered(&mut self, index: usize, round_trip: Duration, now: Duration) {
        if let Some(server) = self.0.get_mut(index) {
            let smoothed = match server.speed(now) {
                Some(before) => (before * 7 + round_trip) / 8,
                None => round_trip,
            };
            *server = Server {
                round_trip: Some(RoundTrip {
                    smoothed,
                    measured: now,
                }),
                ..Server::default()
            };
        }
    }

    /// Nothing came from a server, or it could not be reached.
    pub(crate) fn failed(&mut self, index: usize, now: Duration) {
        if let Some(server) = self.0.get_mut(index) {
            // Beyond this the rest grows no more.
            server.failures = (server.failures + 1).min(FAILURES + 6);
            if server.failures >= FAILURES {
                server.rests_until = Some(now + server.rest());
            }
        }
    }
}

impl Server {
    /// The smoothed round trip, while it is believed.
    fn speed(&self, now: Duration) -> Option<Duration> {
        self.round_trip
            .filter(|trip| now.saturating_sub(trip.measured) < BELIEVED)
            .map(|trip| trip.smoothed)
    }

    fn rest(&self) -> Duration {
        let doublings = self.failures.saturating_sub(FAILURES);
        (SHORTEST_REST * 2_u32.saturating_pow(doublings)).min(LONGEST_REST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn milliseconds(number: u64) -> Duration {
        Duration::from_millis(number)
    }

    #[test]
    fn unknown_servers_stand_as_in_the_list() {
        assert_eq!(Health::new(3).order(at(0)), [0, 1, 2]);
        assert_eq!(Health::new(0).order(at(0)), [0_usize; 0]);
    }

    #[test]
    fn a_server_keeps_its_place_unless_it_is_much_slower_than_the_fastest() {
        let mut health = Health::new(3);
        health.answered(0, milliseconds(90), at(0));
        health.answered(1, milliseconds(10), at(0));
        assert_eq!(health.order(at(1)), [0, 1, 2]);
        health.answered(0, milliseconds(900), at(1));
        assert_eq!(health.order(at(1)), [1, 2, 0]);
    }

    #[test]
    fn a_slow_server_is_measured_again_after_a_while() {
        let mut health = Health::new(2);
        health.answered(0, milliseconds(900), at(0));
        health.answered(1, milliseconds(10), at(0));
        assert_eq!(health.order(at(59)), [1, 0]);
        health.answered(1, milliseconds(10), at(59));
        assert_eq!(health.order(at(61)), [0, 1]);
    }

    #[test]
    fn one_measurement_changes_little() {
        let mut health = Health::new(1);
        health.answered(0, milliseconds(80), at(0));
        health.answered(0, milliseconds(160), at(1));
        assert_eq!(health.0[0].speed(at(1)), Some(milliseconds(90)));
    }

    #[test]
    fn one_failure_is_a_lost_packet_and_two_make_sick() {
        let mut health = Health::new(2);
        health.failed(0, at(0));
        assert_eq!(health.order(at(0)), [0, 1]);
        health.failed(0, at(0));
        assert_eq!(health.order(at(0)), [1, 0]);
        health.answered(0, milliseconds(10), at(0));
        assert_eq!(health.order(at(0)), [0, 1]);
        health.failed(0, at(0));
        assert_eq!(health.order(at(0)), [0, 1]);
    }

    #[test]
    fn a_sick_server_is_tried_by_one_question_when_its_rest_is_over() {
        let mut health = Health::new(2);
        health.failed(0, at(0));
        health.failed(0, at(0));
        assert_eq!(health.order(milliseconds(999)), [1, 0]);
        assert_eq!(health.order(at(1)), [0, 1]);
        assert_eq!(health.order(at(1)), [1, 0]);
        // The one that tried it never came back: somebody else tries.
        assert_eq!(health.order(at(2)), [0, 1]);
    }

    #[test]
    fn rests_grow_up_to_a_minute_and_no_number_of_failures_overflows() {
        let mut health = Health::new(2);
        let mut rests = Vec::new();
        for _ in 0..1_000 {
            health.failed(0, at(0));
            rests.push(health.0[0].rests_until.map(|until| until.as_secs()));
        }
        let expected = [None, Some(1), Some(2), Some(4), Some(8), Some(16), Some(32)];
        assert_eq!(rests[..7], expected);
        assert!(rests[7..].iter().all(|rest| *rest == Some(60)));
    }

    #[test]
    fn where_all_are_sick_the_first_to_recover_is_asked() {
        let mut health = Health::new(2);
        for _ in 0..3 {
            health.failed(0, at(0));
        }
        for _ in 0..2 {
            health.failed(1, at(0));
        }
        assert_eq!(health.order(at(0)), [1, 0]);
    }

    #[test]
    fn what_is_not_in_the_list_changes_nothing() {
        let mut health = Health::new(1);
        health.failed(7, at(0));
        health.answered(7, milliseconds(1), at(0));
        assert_eq!(health.order(at(0)), [0]);
    }
}
