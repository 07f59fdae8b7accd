//! `kill -9` of the whole server at any moment: what it acknowledged is there, tokens that were spent are spent, and no epoch is there by half.

mod people;

use std::env;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use mimi_oracle::client::{MediaType, OracleClient, OracleClientConfig};
use mimi_oracle::{Bucket, Parameters, Pin};
use mimi_testkit::MailServer;
use tokio::runtime::Runtime;

use self::people::People;
use super::plain::{ADDRESS_HEADER, Plain};
use super::support::{Folder, Server};

/// How often the server is killed.
const ROUNDS: u64 = 20;

/// Who registers at the same time.
const WRITERS: u64 = 8;

/// Steps of each writer before the first kill: enough for several buckets.
const STEPS_BEFORE: u64 = 60;

/// The longest life of a server, in milliseconds: an epoch begins in most.
const LONGEST_LIFE: u64 = 900;

/// In every other round the server is killed at most so many milliseconds after it began to build an epoch, which takes about as long.
const LONGEST_BUILD: u64 = 60;

/// Where the moments of the kills come from, unless `MIMI_KILL_SEED` says another number.
const SEED: u64 = 1;

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// Where a server is reached, and by which pin.
#[derive(Clone, Copy)]
struct Address {
    socket: SocketAddr,
    pin: Pin,
}

fn start(folder: &Folder, mail: &MailServer) -> (Server, Address) {
    let smtp = format!("smtp://{}", mail.address());
    let options = [
        ["--smtp", &smtp],
        ["--mail-from", "oracle@example.net"],
        ["--url", "https://oracle.example.net"],
        ["--address-header", ADDRESS_HEADER],
        ["--period", "1"],
        ["--overlap", "30"],
        ["--quota-burst", "100000"],
        ["--quota-per-day", "100000"],
    ];
    let server = Server::start(folder.path(), &options.concat());
    let origin = server.said("listening on ");
    let address = Address {
        socket: origin.strip_prefix("http://").unwrap().parse().unwrap(),
        pin: server.said("pin: ").parse().unwrap(),
    };
    (server, address)
}

impl Address {
    fn client(self) -> OracleClient {
        let mut config = OracleClientConfig::default();
        // Longer than a busy machine needs.
        config.timeout = Duration::from_secs(60);
        OracleClient::over(Arc::new(Plain(self.socket)), self.pin, config)
    }

    fn parameters(self) -> Parameters {
        let answer = Plain(self.socket).get("/.well-known/mimi-oracle", MediaType::Json);
        Parameters::from_json(&answer.unwrap().body, &self.pin).unwrap()
    }

    /// Waits, with the patience of the test runner, for an epoch that was built after now.
    fn wait_for_epochs(self) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let is_newer = |parameters: Parameters| {
            let last = parameters.epochs.last().unwrap();
            // The one that begins next may be under way.
            last.number >= now.as_secs() + 2
        };
        while !is_newer(self.parameters()) {
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// Fetches and checks every bucket of every epoch that is announced; how many there were.
    fn check_epochs(self) -> u32 {
        let parameters = self.parameters();
        let mut count = 0;
        for epoch in &parameters.epochs {
            for index in 0..epoch.buckets {
                let path = format!("/v1/bucket/{}/{index}", epoch.number);
                let answer = Plain(self.socket).get(&path, MediaType::Octets).unwrap();
                if answer.status != 200 && !self.parameters().epochs.contains(epoch) {
                    // Others have begun meanwhile.
                    break;
                }
                assert_eq!(answer.status, 200, "{path}");
                Bucket::verify(&answer.body, &parameters, epoch, index).unwrap();
                count += 1;
            }
        }
        count
    }
}

#[test]
fn what_a_server_acknowledged_survives_kill_9_and_no_epoch_is_there_by_half() {
    let seed = env::var("MIMI_KILL_SEED").map_or(SEED, |text| text.parse().unwrap());
    println!("MIMI_KILL_SEED={seed}");
    let mut dice = Dice(seed);
    let runtime = Runtime::new().unwrap();
    let mail = runtime.block_on(MailServer::start()).unwrap();
    let folder = Folder::new();
    let is_building = || folder.file("epochs/.building").exists();
    let mut all = People::default();
    let (mut buckets, mut building, mut unanswered) = (0, 0, 0);

    let (mut server, mut address) = start(&folder, &mail);
    let stop = AtomicBool::new(false);
    all.extend(write(address, &mail, 0, STEPS_BEFORE, &stop, || {}));
    for round in 1..=ROUNDS {
        let life = Duration::from_millis(dice.below(LONGEST_LIFE));
        let build = Duration::from_millis(dice.below(LONGEST_BUILD));
        let stop = AtomicBool::new(false);
        let mut people = write(address, &mail, round, u64::MAX, &stop, || {
            if round % 2 == 0 {
                thread::sleep(life);
            } else {
                while !is_building() {
                    thread::sleep(Duration::from_millis(1));
                }
                thread::sleep(build);
            }
            stop.store(true, Ordering::SeqCst);
            server.kill();
        });
        building += u32::from(is_building());
        let run = folder.oracle(&["verify"]);
        assert_eq!(run.exit, 0, "round {round}: {}", run.text());
        (server, address) = start(&folder, &mail);
        buckets += address.check_epochs();
        unanswered += people.settle(&address.client());
        all.check(&address.client(), 50);
        all.extend(people);
    }
    let count = all.check(&address.client(), usize::MAX);
    address.wait_for_epochs();
    all.look_up(&address.client());
    println!(
        "{count} people, {buckets} buckets checked, {unanswered} changes unanswered, {building} builds cut off"
    );
}

/// Has several people register, change and remove, until they have made so many steps or the server is gone, and does something meanwhile.
fn write(
    address: Address,
    mail: &MailServer,
    round: u64,
    steps: u64,
    stop: &AtomicBool,
    meanwhile: impl FnOnce(),
) -> People {
    thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let prefix = format!("r{round}w{writer}");
                scope.spawn(move || people::write(&address.client(), mail, &prefix, steps, stop))
            })
            .collect();
        meanwhile();
        let mut people = People::default();
        for writer in writers {
            people.extend(writer.join().unwrap());
        }
        people
    })
}
