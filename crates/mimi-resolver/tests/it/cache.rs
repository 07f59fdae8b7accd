//! The caches: nothing is used past its time, whatever the clocks do, and nothing grows past its bound.

mod answers;
mod lifetimes;
mod model;
mod outcomes;
mod store;
mod world;
