//! What this enforces is the sentence that opens `crates/mimi-fuzz-bodies/src/oracle_server.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| mimi_fuzz_bodies::oracle_server::check(data));
