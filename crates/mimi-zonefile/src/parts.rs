//! A file read in parts, on several threads.
//!
//! A part starts at a line that looks like the start of an entry. It is read on a guess at what it inherits: the origin and the
//! default TTL that the directives before it set. Then it is the turn of the part before to say what it really left behind. If
//! that is not what was guessed, or its last entry goes on into this part, the part is read again, after the one before.

use std::collections::BTreeMap;
use std::io::Read;
use std::num::NonZeroUsize;
use std::sync::mpsc::{self, Sender};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::entries::{End, Entries};
use crate::includes::Includes;
use crate::part_source::{Part, PartSource};
use crate::scanner::Scanner;
use crate::state::State;
use crate::window::Window;
use crate::zone_reader::ZoneReader;

/// How many parts a thread may be ahead of the first one that is not settled.
const PARTS_AHEAD: usize = 4;

impl ZoneReader {
    /// Reads a file on up to `threads` threads, in parts of [`part_length`](Self::part_length).
    ///
    /// `map` reads the entries of one part, on any thread; `fold` gets what it returned, on this thread and in the order of the
    /// file. Together the parts hold each entry once. `map` may be called for a part whose outcome is then thrown away, so it
    /// should do nothing but return something. What it does not read of a part is passed over.
    ///
    /// On one thread the whole file is one part. Memory does not grow with the file, apart from what `map` returns and
    /// `fold` keeps.
    pub fn in_parts<T: Send>(
        &self,
        reader: impl Read + Send,
        threads: NonZeroUsize,
        map: impl Fn(&mut Entries<'_>) -> T + Sync,
        mut fold: impl FnMut(T),
    ) {
        if threads.get() == 1 {
            fold(map(&mut self.stream(reader)));
            return;
        }
        let scanner = self.scanner();
        let includes = self.includes();
        let shared = Shared {
            queue: Mutex::new(Queue {
                source: PartSource::new(reader, self.part_length, &scanner),
                settled: 0,
                is_stopped: false,
            }),
            settled: Condvar::new(),
            ahead: threads.get() * PARTS_AHEAD,
            follows_includes: includes.are_followed(),
        };
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..threads.get() {
                let sender = sender.clone();
                let (shared, map, first) = (&shared, &map, scanner.clone());
                scope.spawn(move || work(shared, &first, map, &sender));
            }
            drop(sender);
            let _stop = StopOnPanic(&shared);
            let mut settler = Settler::new(scanner.clone(), includes);
            let mut waiting = BTreeMap::new();
            for outcome in receiver {
                waiting.insert(outcome.part.index, outcome);
                while let Some(outcome) = waiting.remove(&settler.next) {
                    let octets = settler.settle(outcome, &map, &mut fold);
                    let mut queue = shared.lock();
                    queue.source.recycle(octets);
                    queue.settled = settler.next;
                    drop(queue);
                    shared.settled.notify_all();
                }
            }
        });
    }
}

struct Shared<R> {
    queue: Mutex<Queue<R>>,
    /// Told when `settled` has changed.
    settled: Condvar,
    ahead: usize,
    /// Whether `$INCLUDE` means another file, which only the thread that settles parts reads.
    follows_includes: bool,
}

struct Queue<R> {
    source: PartSource<R>,
    /// How many parts are settled.
    settled: usize,
    /// Set when a thread is gone for good: no other one may wait for it.
    is_stopped: bool,
}

impl<R: Read> Shared<R> {
    fn lock(&self) -> MutexGuard<'_, Queue<R>> {
        // A thread that panicked takes the others with it at the end of the scope; until then the queue is whole.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next part to read, and what it is guessed to inherit.
    fn take(&self) -> Option<(Part, State)> {
        let mut queue = self.lock();
        while !queue.is_stopped && queue.source.next_index() >= queue.settled + self.ahead {
            queue = self
                .settled
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
        if queue.is_stopped {
            return None;
        }
        queue.source.next()
    }
}

/// Ends the waiting of all threads when one of them panics.
struct StopOnPanic<'s, R: Read>(&'s Shared<R>);

impl<R: Read> Drop for StopOnPanic<'_, R> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.lock().is_stopped = true;
            self.0.settled.notify_all();
        }
    }
}

/// A part that was read on a guess.
struct Outcome<T> {
    part: Part,
    guess: State,
    result: T,
    end: End,
}

fn work<R: Read, T>(
    shared: &Shared<R>,
    first: &Scanner,
    map: &impl Fn(&mut Entries<'_>) -> T,
    sender: &Sender<Outcome<T>>,
) {
    let _stop = StopOnPanic(shared);
    while let Some((part, guess)) = shared.take() {
        let scanner = first.at(guess.clone(), (part.offset, part.line));
        let mut entries = entries(scanner, &part.octets, &part);
        if shared.follows_includes {
            entries = entries.stopping_at_include();
        }
        let (result, end) = read(entries, map);
        let outcome = Outcome {
            part,
            guess,
            result,
            end,
        };
        if sender.send(outcome).is_err() {
            return;
        }
    }
}

/// The entries of `octets`, which end with `part`.
fn entries<'o>(scanner: Scanner, octets: &'o [u8], part: &Part) -> Entries<'o> {
    let window = if part.is_last && part.failure.is_none() {
        Window::Whole(octets)
    } else {
        Window::Part(octets)
    };
    Entries::new(scanner, window).with_failure(part.failure)
}

/// Lets `map` read entries, and reads what it left.
fn read<T>(mut entries: Entries<'_>, map: &impl Fn(&mut Entries<'_>) -> T) -> (T, End) {
    let result = map(&mut entries);
    while entries.next_record().is_some() {}
    (result, entries.into_end())
}

/// Accepts parts in their order.
struct Settler {
    /// The part that is due.
    next: usize,
    /// Behind what is settled, and the octets from there on that were read already.
    scanner: Scanner,
    rest: Vec<u8>,
    includes: Includes,
}

impl Settler {
    fn new(scanner: Scanner, includes: Includes) -> Self {
        Self {
            next: 0,
            scanner,
            rest: Vec::new(),
            includes,
        }
    }

    /// Gives the part's outcome, or that of reading it again, to `fold`, and the part's memory back.
    fn settle<T>(
        &mut self,
        outcome: Outcome<T>,
        map: &impl Fn(&mut Entries<'_>) -> T,
        fold: &mut impl FnMut(T),
    ) -> Vec<u8> {
        let Outcome {
            part,
            guess,
            result,
            mut end,
        } = outcome;
        self.next += 1;
        let state = &mut end.scanner.state;
        if self.is_settled() && state.rests_on(&guess, &self.scanner.state) {
            state.fill_in(&self.scanner.state);
            let is_stopped = end.is_stopped;
            self.keep_rest(end.scanner, &part.octets);
            fold(result);
            if is_stopped && part.is_last {
                self.read_on(&part, map, fold);
            }
        } else {
            self.rest.extend_from_slice(&part.octets);
            self.read_on(&part, map, fold);
        }
        part.octets
    }

    /// Reads what is left, which ends with `part`, with all that is known now.
    fn read_on<T>(
        &mut self,
        part: &Part,
        map: &impl Fn(&mut Entries<'_>) -> T,
        fold: &mut impl FnMut(T),
    ) {
        let octets = core::mem::take(&mut self.rest);
        let includes = core::mem::take(&mut self.includes);
        let entries = entries(self.scanner.clone(), &octets, part).with_includes(includes);
        let (result, end) = read(entries, map);
        self.includes = end.includes;
        self.keep_rest(end.scanner, &octets);
        fold(result);
    }

    /// Whether everything up to the next part was read, and that part starts with a line.
    fn is_settled(&self) -> bool {
        let scanner = &self.scanner;
        self.rest.is_empty() && scanner.is_between_entries() && scanner.lines.start_with_line()
    }

    fn keep_rest(&mut self, mut scanner: Scanner, octets: &[u8]) {
        let read = scanner.discard(octets);
        self.rest.clear();
        self.rest
            .extend_from_slice(octets.get(read..).unwrap_or_default());
        self.scanner = scanner;
    }
}
