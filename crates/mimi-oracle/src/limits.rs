//! The sizes that `mimi-oracle/1` fixes, so that no request differs from another by what it is about.

/// The name of the protocol, and what domain-separates everything that is hashed or signed.
pub const PROTOCOL: &str = "mimi-oracle/1";

/// Octets of a slot: a tag, and a sealed part of an entry.
pub const SLOT_OCTETS: usize = 512;

/// Slots of a bucket, in use or not.
pub const SLOTS: usize = 128;

/// Octets of a signature (Ed25519).
pub const SIGNATURE_OCTETS: usize = 64;

/// Octets of every bucket: its signature and its slots.
pub const BUCKET_OCTETS: usize = SIGNATURE_OCTETS + SLOTS * SLOT_OCTETS;

/// Octets of the tag by which a slot is found.
pub const TAG_OCTETS: usize = 16;

/// Octets that sealing adds (Poly1305).
const SEAL_OCTETS: usize = 16;

/// Octets of an entry that one slot carries.
pub const PART_OCTETS: usize = SLOT_OCTETS - TAG_OCTETS - SEAL_OCTETS;

/// Slots that one entry may take.
pub const MAX_PARTS: usize = 8;

/// Octets of the longest entry.
pub const MAX_ENTRY_OCTETS: usize = MAX_PARTS * PART_OCTETS;

/// Definition strings of one identifier, as many as are used of one RRset (D32).
pub const MAX_DEFINITION_STRINGS: usize = 16;

/// Elements of one evaluation request.
pub const MAX_BATCH: usize = 1024;

/// Octets of a group element, of a scalar, and of a public key.
pub const ELEMENT_OCTETS: usize = 32;

/// Octets of a proof: two scalars (RFC 9497 §2.2.1).
pub const PROOF_OCTETS: usize = 2 * ELEMENT_OCTETS;

/// Octets of what the oblivious function gives for an identifier.
pub const OUTPUT_OCTETS: usize = 64;

/// Octets of an epoch's salt.
pub const SALT_OCTETS: usize = 16;

/// Lookup keys under one pin: the one in use, those before, and those to come.
pub const MAX_LOOKUP_KEYS: usize = 32;

/// Epochs announced at the same time.
pub const MAX_EPOCHS: usize = 2;

/// Buckets of an epoch.
pub const MAX_BUCKETS: u32 = 1 << 24;

/// Octets of the longest document at `/.well-known/mimi-oracle`.
pub const MAX_PARAMETERS_OCTETS: usize = 16 * 1024;

/// Seconds by which the clocks of a client and an oracle may differ.
pub const CLOCK_SKEW: u64 = 300;

/// Seconds for which the parameters may be kept.
pub const PARAMETERS_MAX_AGE: u64 = 300;

/// Seconds for which an epoch is served after the next has begun, for clients that learnt of it before. Longer than
/// [`PARAMETERS_MAX_AGE`], so that no client is left without buckets.
pub const EPOCH_OVERLAP: u64 = 600;
