//! Links mimi-name, mimi-mssi, mimi-id, mimi-rr and mimi-discovery into a program without the standard library, and runs them once.
//!
//! Should any of them come to need `std`, there would be two panic handlers, and this would not link. Ends with 0 when every
//! crate did its work, else with the number of the check that failed.

#![no_std]
#![no_main]

extern crate alloc;

use alloc::string::ToString;
use core::alloc::{GlobalAlloc, Layout};
use core::ffi::{c_char, c_int, c_void};
use core::panic::PanicInfo;
use core::time::Duration;

use mimi_discovery::{Action, Discovery, Failure, Policy};
use mimi_id::Identifier;
use mimi_name::DomainName;
use mimi_rr::{Mimi, Mimix};

#[link(name = "c")]
unsafe extern "C" {
    fn aligned_alloc(alignment: usize, size: usize) -> *mut c_void;
    fn free(pointer: *mut c_void);
    fn abort() -> !;
}

struct SystemAllocator;

// SAFETY: `aligned_alloc` returns memory of that size and alignment, or null, and `free` takes it back.
unsafe impl GlobalAlloc for SystemAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the alignment is a power of two, and the size a multiple of it.
        unsafe { aligned_alloc(layout.align(), layout.pad_to_align().size()).cast() }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, _layout: Layout) {
        // SAFETY: the pointer comes from `alloc`.
        unsafe { free(pointer.cast()) }
    }
}

#[global_allocator]
static ALLOCATOR: SystemAllocator = SystemAllocator;

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    // SAFETY: takes nothing and does not return.
    unsafe { abort() }
}

/// The precompiled `alloc` refers to unwinding, which nothing here does.
// SAFETY: the one symbol of this name in the program; never called.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

/// As above.
// SAFETY: the one symbol of this name in the program; never called.
#[unsafe(no_mangle)]
extern "C" fn _Unwind_Resume() -> ! {
    // SAFETY: takes nothing and does not return.
    unsafe { abort() }
}

/// What the C runtime calls.
// SAFETY: the one symbol of this name in the program.
#[unsafe(no_mangle)]
extern "C" fn main(_count: c_int, _arguments: *const *const c_char) -> c_int {
    let checks: [fn() -> Option<bool>; 5] = [name, mssi, id, rr, discovery];
    let failed = checks.iter().position(|check| check() != Some(true));
    failed.map_or(0, |index| index as c_int + 1)
}

fn name() -> Option<bool> {
    let name = DomainName::parse_absolute(r"o\039brien.example").ok()?;
    Some(name.to_string() == r"o\039brien.example.")
}

fn mssi() -> Option<bool> {
    let mssi = mimi_mssi::parse_strict(b"v=MIMI1; p=1; a=myname99; e=im.telegram.org").ok()?;
    let diagnostics = mimi_mssi::parse(b"v=MIMI1; a=x");
    Some(mssi.priority() == Some(1) && !diagnostics.diagnostics().is_empty())
}

fn id() -> Option<bool> {
    let Ok(Identifier::Email(address)) = Identifier::parse("b\u{fc}cher@example.com") else {
        return None;
    };
    let name = address
        .name_under(&DomainName::parse_absolute("mimi.example").ok()?)
        .ok()?;
    Some(name.to_string() == "xn--bcher-kva.mimi.example.")
}

fn rr() -> Option<bool> {
    let mimi = Mimi::from_text(br#""v=MIMI1; a=x; " "e=y""#).ok()?;
    let mimix = Mimix::from_rdata(b"\x01a\x00").ok()?;
    Some(mimi.mssi().ok()?.mse() == "y" && !mimix.declines())
}

fn discovery() -> Option<bool> {
    let person = Identifier::parse("mymimi.example.com").ok()?;
    let mut machine = Discovery::new(person, Policy::default(), Duration::ZERO);
    let Action::Ask(id, _) = machine.poll_action()? else {
        return None;
    };
    machine.handle_failure(id, Failure::Timeout, Duration::from_secs(1));
    let outcome = machine.into_outcome().ok()?;
    Some(outcome.ending.code() == Some("timeout"))
}
