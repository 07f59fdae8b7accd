//! What the benchmarks share: inputs, the readers to compare, and the arithmetic. `cargo xtask bench` runs them; see `docs/benchmarks.md`.

pub mod corpus;
pub mod entropy;
pub mod readers;
pub mod shapes;
pub mod statistics;
