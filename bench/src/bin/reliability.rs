//! A population of known truth, discovered over the simulated network. `cargo xtask reliability` runs this.
//!
//! Prints a Markdown table, and on standard error who was found wrongly; fails where somebody was. Options: `--identifiers N`, `--seed N`,
//! `--loss 0,10,30` in per cent, and in milliseconds what differs from the defaults of the DNS client: `--first-wait`, `--longest-wait`,
//! `--deadline`.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use mimi_resolver::discovery::Policy;
use mimi_resolver::{DnsClient, DnsClientConfig, Resolver, Server};
use mimi_testkit::network::population::ENUM_SUFFIX;
use mimi_testkit::network::reliability::{First, Part, Tally, UPSTREAMS};
use mimi_testkit::network::{Faults, VirtualNetwork};

type Failure = Box<dyn Error + Send + Sync>;

/// How many people one thread looks for on one network.
const PART: u32 = 2000;

fn main() -> Result<ExitCode, Failure> {
    let options = Options::read(std::env::args().skip(1))?;
    println!("{HEAD}");
    let mut wrong = 0;
    for loss in &options.losses {
        let started = Instant::now();
        let tally = run(&options, f64::from(*loss) / 100.0)?;
        println!("{}", row(*loss, &tally, started.elapsed()));
        for one in &tally.wrong {
            eprintln!("WRONG, loss {loss} %, seed {}, {one}", options.seed);
        }
        wrong += tally.wrong.len();
    }
    Ok(match wrong {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

struct Options {
    identifiers: u32,
    seed: u64,
    losses: Vec<u8>,
    client: DnsClientConfig,
    policy: Policy,
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut options = Self {
            identifiers: 100_000,
            seed: 1,
            losses: vec![0, 10, 30],
            client: DnsClientConfig::default(),
            policy: Policy {
                enum_suffix: ENUM_SUFFIX.parse()?,
                ..Policy::default()
            },
        };
        while let Some(argument) = arguments.next() {
            let value = arguments
                .next()
                .ok_or_else(|| format!("{argument}: how much?"))?;
            let time = || Ok::<_, Failure>(Duration::from_millis(value.parse()?));
            match argument.as_str() {
                "--identifiers" => options.identifiers = value.parse()?,
                "--seed" => options.seed = value.parse()?,
                "--loss" => {
                    options.losses = value.split(',').map(str::parse).collect::<Result<_, _>>()?;
                }
                "--first-wait" => options.client.first_wait = time()?,
                "--longest-wait" => options.client.longest_wait = time()?,
                "--deadline" => options.policy.deadline = time()?,
                _ => return Err(format!("{argument}: not an option").into()),
            }
        }
        Ok(options)
    }

    /// What discovers one identifier over a network.
    fn resolver(&self, network: &VirtualNetwork) -> Arc<Resolver<DnsClient<VirtualNetwork>>> {
        let servers = UPSTREAMS.map(Server::udp);
        let client = DnsClient::on(network.clone(), servers, self.client.clone())
            .expect("plain servers are allowed");
        Arc::new(Resolver::new(client, self.policy.clone()))
    }
}

/// All parts of a run, on every core. What comes of it is the same on any number of them.
fn run(options: &Options, loss: f64) -> Result<Tally, Failure> {
    let parts = options.identifiers.div_ceil(PART);
    let next = AtomicU32::new(0);
    let done = Mutex::new(BTreeMap::new());
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let work = || {
            loop {
                let at = next.fetch_add(1, Ordering::SeqCst);
                if at >= parts {
                    return Ok::<_, Failure>(());
                }
                let start = at * PART;
                let part = Part {
                    seed: options.seed,
                    numbers: start..options.identifiers.min(start + PART),
                    faults: Faults::harsh(loss),
                    first: First::Flapping,
                };
                let tally = play(options, &part)?;
                done.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(at, tally);
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            worker.join().map_err(|_| "a thread panicked")??;
        }
        Ok::<_, Failure>(())
    })?;
    let mut total = Tally::default();
    for tally in done
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
        .into_values()
    {
        total.join(tally);
    }
    Ok(total)
}

fn play(options: &Options, part: &Part) -> Result<Tally, Failure> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().start_paused(true).build()?;
    Ok(runtime.block_on(part.play(|network| {
        let resolver = options.resolver(network);
        move |identifier: String| {
            let resolver = Arc::clone(&resolver);
            async move { resolver.discover_text(&identifier).await }
        }
    })))
}

const HEAD: &str = "\
| loss each way | identifiers | correct | unavailable | wrong | wrong at most (95 %) | questions | sendings | of one question | p50 ms | p99 ms | max ms | run s |
|---:|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|";

fn row(loss: u8, tally: &Tally, took: Duration) -> String {
    let count = tally.identifiers().max(1) as f64;
    format!(
        "| {loss} % | {} | {:.2} | {:.2} | {} | {} | {} | {} | {:.0} |",
        tally.cells(),
        tally.questions as f64 / count,
        tally.sendings as f64 / count,
        tally.most_sendings,
        tally.latency(0.5),
        tally.latency(0.99),
        tally.latency(1.0),
        took.as_secs_f64(),
    )
}
