//! What this enforces is the sentence that opens `crates/mimi-fuzz-bodies/src/zone_text.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| mimi_fuzz_bodies::zone_text::check(data));
