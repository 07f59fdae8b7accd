//! `cargo xtask`: everything a contributor runs, without any tool but the Rust toolchain.

mod bench;
mod cache;
mod ci;
mod codegen;
mod compare;
mod conformance;
mod dnssec;
mod entropy;
mod figures;
mod fuzz;
mod interop;
mod oracle;
mod process;
mod reliability;
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
    /// Measure, and keep the figures in docs/benchmarks.md.
    Bench(bench::Options),
    /// Measure lookups at an oracle and the building of its buckets, and keep the figures in docs/benchmarks.md.
    Oracle(oracle::Options),
    /// Send many identifiers through the cache, and keep the figures in docs/reliability.md.
    Cache(cache::Options),
    /// Run every check that a change must pass.
    Ci(ci::Options),
    /// Write what comes from the rules of mimi-lint: their list, their pages, the table.
    Codegen(codegen::Options),
    /// Measure beside the programs that operators use, and keep the figures in docs/benchmarks.md.
    Compare(compare::Options),
    /// Run every case of the test data, through the libraries and through the command.
    Conformance(conformance::Options),
    /// Put broken and hostile signed zones to unbound and to our command, and keep the table in docs/reliability.md.
    Dnssec(dnssec::Options),
    /// Measure what a forger has to guess of our questions, and keep the figures in docs/reliability.md.
    Entropy(entropy::Options),
    /// Fuzz the parsers and the discovery machine.
    Fuzz(fuzz::Options),
    /// Compare with other DNS servers, those that are present.
    Interop(interop::Options),
    /// Begin a rule of mimi-lint.
    NewRule(codegen::new_rule::Options),
    /// Discover people of known truth under loss, and keep the figures in docs/reliability.md.
    Reliability(reliability::Options),
    /// Check what no compiler checks: edges between crates, documents, coverage of the decisions.
    Tidy(tidy::Options),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().task {
        Task::Bench(options) => bench::run(&options),
        Task::Cache(options) => cache::run(&options),
        Task::Oracle(options) => oracle::run(&options),
        Task::Ci(options) => ci::run(&options),
        Task::Codegen(options) => codegen::run(&options),
        Task::Compare(options) => compare::run(&options),
        Task::Conformance(options) => conformance::run(&options),
        Task::Dnssec(options) => dnssec::run(&options),
        Task::Entropy(options) => entropy::run(&options),
        Task::Fuzz(options) => fuzz::run(&options),
        Task::Interop(options) => interop::task(&options),
        Task::NewRule(options) => codegen::new_rule::run(&options),
        Task::Reliability(options) => reliability::run(&options),
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
