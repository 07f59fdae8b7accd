//! Clocks that jump while people move: what is kept is never used past its time.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use hickory_proto::rr::Record;
use mimi_resolver::discovery::Policy;
use mimi_resolver::{Clock, Moment, cache};
use mimi_rr::{Mimi, TypeCodes};
use mimi_testkit::network::{Faults, VirtualClock, VirtualServer};
use tokio::time::Instant;

use super::Setting;

/// Both clocks of a simulated network.
struct Clocks(Arc<VirtualClock>);

impl Clock for Clocks {
    fn now(&self) -> Moment {
        Moment {
            monotonic: self.0.elapsed(),
            wall: self.0.wall().duration_since(UNIX_EPOCH).unwrap(),
        }
    }
}

/// How long a record may be kept.
const TTL: Duration = Duration::from_secs(60);
/// How long the person stays at an account.
const STAY: Duration = Duration::from_secs(30);
/// More than an answer takes.
const TRAVEL: Duration = Duration::from_millis(10);

/// A server of somebody whose account is the number of stays since now.
fn moving() -> VirtualServer {
    let start = Instant::now();
    VirtualServer::answering(move |question| {
        let query = question.queries.first()?;
        let stay = start.elapsed().as_secs() / STAY.as_secs();
        let text = format!("v=MIMI1; a={stay}; e=m.example");
        let data = Mimi::new(text.as_bytes())
            .ok()?
            .to_hickory(TypeCodes::DEFAULT);
        let ttl = u32::try_from(TTL.as_secs()).ok()?;
        let mut message = question.clone().into_response();
        message.add_answers([Record::from_rdata(query.name.clone(), ttl, data)]);
        Some(message)
    })
}

/// SplitMix64, so that a failure names a seed that brings it back.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// Whatever the wall clock is set to, no account is told that the person had left more than a TTL before.
#[tokio::test(start_paused = true)]
async fn never_tells_an_account_past_its_time_whatever_the_wall_clock_does() {
    let mut from_cache = 0;
    for seed in 0..50 {
        let mut numbers = Numbers(seed);
        let setting = Setting::start(seed, Faults::default(), vec![moving()]);
        let clock = Arc::clone(setting.network.clock());
        let clocks = Arc::new(Clocks(Arc::clone(&clock)));
        let resolver = setting.resolver(Policy::default());
        let resolver = resolver.caching(cache::DEFAULT_OCTETS, clocks);
        for _ in 0..100 {
            // Most of the time a few seconds go by; sometimes the wall clock is set, by up to a day, either way.
            clock.advance(Duration::from_secs(numbers.below(40))).await;
            if numbers.below(4) == 0 {
                let step = i64::try_from(numbers.below(86_400_000)).unwrap();
                clock.step_wall(if numbers.below(2) == 0 { step } else { -step });
            }
            let outcome = resolver.discover_text("bob.example").await;
            let account = outcome.groups()[0].contacts[0].mssi.mssa();
            let stay: u32 = account.parse().unwrap();
            let left = STAY * (stay + 1);
            let now = clock.elapsed();
            assert!(
                now < left + TTL + TRAVEL,
                "seed {seed}: at {now:?} the account left at {left:?} is told"
            );
            from_cache += usize::from(now > left + TRAVEL);
        }
    }
    // The control: some were told from the cache after the person had left, as a TTL allows.
    assert!(from_cache > 0);
}
