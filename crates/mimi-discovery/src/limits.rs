//! What one identifier may cost, whatever the data says: D32, D34, D37 and D39 as constants.

use core::time::Duration;

/// Questions for one identifier over all steps, without validation (D39).
pub const QUESTIONS: u16 = 24;
/// Questions for one identifier over all steps, with validation (D39).
pub const QUESTIONS_VALIDATING: u16 = 64;
/// How often one question may be sent, over all servers and transports (D39). Kept by whoever runs the machine.
pub const SENDINGS: u16 = 12;
/// How long one identifier may take, when the caller does not say (D39).
pub const DEADLINE: Duration = Duration::from_secs(15);
/// Aliases (CNAME, DNAME) followed in one lookup (D37).
pub const ALIASES: usize = 8;
/// MIMIX records used of one RRset, the first in canonical order of their targets (D34).
pub const MIMIX_RECORDS: usize = 4;
/// MIMI records used of one RRset, the first in octet order of their definition strings (D32).
pub const MIMI_RECORDS: usize = 64;
