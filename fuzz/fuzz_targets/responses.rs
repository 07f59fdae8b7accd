//! What this enforces is the sentence that opens `crates/mimi-fuzz-bodies/src/responses.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| mimi_fuzz_bodies::responses::check(data));
