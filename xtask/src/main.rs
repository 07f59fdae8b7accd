//! `cargo xtask`: everything a contributor runs, without any tool but the Rust toolchain.

mod ci;
mod interop;
mod process;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tasks of the MIMI discovery workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run every check that a change must pass.
    Ci(ci::Options),
    /// Compare with other DNS servers, those that are present.
    Interop,
    /// Check what no compiler checks: edges between crates, documents, coverage of the decisions.
    Tidy(tidy::Options),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().task {
        Task::Ci(options) => ci::run(&options),
        Task::Interop => interop::run().map(|skipped| {
            for skip in skipped {
                process::say(&format!("interop: skipped: {skip}"));
            }
        }),
        Task::Tidy(options) => tidy::run(&options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            process::say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
