//! Worlds of signed zones for programs: serve one, write its zones out, or compare what validators say of all of them.
//!
//! ```text
//! signed list                              `verdict ID` or `work ID`, one a line
//! signed serve ID ANCHOR                   serve `sound` or an id; write the trust anchor to the file ANCHOR; print the address
//! signed zones ID FOLDER                   write every signed zone to a file; print apex and path of each
//! signed compare FOLDER UNBOUND MIMI [ID]  one line of JSON for each id; `-` in place of a program that is not there
//! ```

#![expect(clippy::print_stdout, reason = "a program for other programs")]

mod ask;
mod compare;
mod mimi;
mod unbound;

use std::error::Error;
use std::fs;
use std::future::pending;
use std::path::Path;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use mimi_testkit::signed::{SignedWorld, WorldError, WorldServer, broken, hostile};
use tokio::runtime::{Builder, Handle};

type Anything<T> = Result<T, Box<dyn Error>>;

fn main() -> Anything<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["list"] => {
            for breakage in broken::all() {
                println!("verdict {}", breakage.id);
            }
            for hostility in hostile::all() {
                println!("work {}", hostility.id);
            }
            Ok(())
        }
        ["serve", id, anchor] => {
            let server = start(&runtime()?, world(id)?)?;
            fs::write(anchor, server.world().trust_anchor())?;
            println!("{}", server.address());
            loop {
                thread::park();
            }
        }
        ["zones", id, folder] => zones(id, Path::new(folder)),
        ["compare", folder, unbound, mimi, ids @ ..] => {
            let programs = compare::Programs {
                unbound: Some(*unbound).filter(|word| *word != "-"),
                mimi: Some(*mimi).filter(|word| *word != "-"),
            };
            compare::run(Path::new(folder), &programs, ids)
        }
        _ => Err("expected list, serve, zones or compare".into()),
    }
}

/// The world of an id, sound at this moment.
fn world(id: &str) -> Result<SignedWorld, WorldError> {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = elapsed.map_or(0, |elapsed| elapsed.as_secs());
    let now = u32::try_from(seconds).unwrap_or(u32::MAX);
    if id == "sound" {
        SignedWorld::sound(now)
    } else if hostile::all().any(|hostility| hostility.id == id) {
        SignedWorld::hostile(id, now)
    } else {
        SignedWorld::broken(id, now)
    }
}

/// A runtime that a thread of its own drives, for as long as the program runs.
fn runtime() -> Anything<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    thread::spawn(move || runtime.block_on(pending::<()>()));
    Ok(handle)
}

fn start(runtime: &Handle, world: SignedWorld) -> Anything<WorldServer> {
    Ok(runtime.block_on(WorldServer::start(world))?)
}

fn zones(id: &str, folder: &Path) -> Anything<()> {
    let world = world(id)?;
    fs::create_dir_all(folder)?;
    for zone in world.zones.iter().filter(|zone| zone.is_signed) {
        let apex = zone.apex.to_string();
        let path = folder.join(format!("{apex}zone"));
        fs::write(&path, world.zone_text(&apex)?)?;
        println!("{apex} {}", path.display());
    }
    Ok(())
}
