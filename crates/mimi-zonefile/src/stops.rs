//! Finding the end of a bare word, many octets at once.

/// The octets at which reading a bare word has to stop and look.
const STOPS: [bool; 256] = {
    let mut table = [false; 256];
    let stops = b" \t\r\n;()\"\\";
    let mut index = 0;
    while index < stops.len() {
        table[stops[index] as usize] = true;
        index += 1;
    }
    table
};

/// Whether a bare word may start with an octet.
pub(crate) fn is_bare(octet: u8) -> bool {
    !STOPS[usize::from(octet)] || octet == b'\\'
}

/// The first octet of [`STOPS`] from `position` on, or the end of `text`.
///
/// Names and numbers are short: they are read by eights. A word that goes on is read by blocks, which the compiler turns into
/// vectors.
pub(crate) fn next_stop(text: &[u8], mut position: usize) -> usize {
    let long = position + 3 * EIGHT;
    while let Some(octets) = text.get(position..).and_then(<[u8]>::first_chunk) {
        let mut candidates = candidates(octets);
        while candidates != 0 {
            let found = position + candidates.trailing_zeros() as usize / 8;
            if STOPS[usize::from(text[found])] {
                return found;
            }
            candidates &= candidates - 1;
        }
        position += EIGHT;
        if position == long {
            position += length_of_plain_blocks(&text[position..]);
        }
    }
    while let Some(&octet) = text.get(position) {
        if STOPS[usize::from(octet)] {
            break;
        }
        position += 1;
    }
    position
}

const EIGHT: usize = 8;
const BLOCK: usize = 32;

/// How many octets at the front come in blocks without a candidate.
fn length_of_plain_blocks(text: &[u8]) -> usize {
    let (blocks, _) = text.as_chunks::<BLOCK>();
    let is_plain = |block: &&[u8; BLOCK]| {
        block.iter().fold(0, |found, &octet| {
            found | u8::from((octet <= b')') | (octet == b';') | (octet == b'\\'))
        }) == 0
    };
    blocks.iter().take_while(is_plain).count() * BLOCK
}

/// Of eight octets: the top bit of each that is `;`, `\` or at most `)`. A few of the latter are no stops.
fn candidates(octets: &[u8; EIGHT]) -> u64 {
    const LOW: u64 = repeat(0x7F);
    const HIGH: u64 = repeat(0x80);
    let octets = u64::from_le_bytes(*octets);
    // No sum of two 7-bit octets carries into the next.
    let above = ((octets & LOW) + repeat(0x7F - b')')) | octets;
    let differs = |octet: u8| {
        let difference = octets ^ repeat(octet);
        ((difference & LOW) + LOW) | difference
    };
    !(above & differs(b';') & differs(b'\\')) & HIGH
}

const fn repeat(octet: u8) -> u64 {
    u64::from_ne_bytes([octet; EIGHT])
}

#[cfg(test)]
mod tests {
    use super::{STOPS, next_stop};

    #[test]
    fn many_octets_at_once_stop_where_one_at_a_time_does() {
        for octet in 0..=255u8 {
            for at in 0..100 {
                let mut text = [b'x'; 100];
                text[at] = octet;
                let expected = if STOPS[usize::from(octet)] { at } else { 100 };
                assert_eq!(next_stop(&text, 0), expected, "octet {octet} at {at}");
                let expected = if STOPS[usize::from(octet)] && at > 0 {
                    at
                } else {
                    100
                };
                assert_eq!(next_stop(&text, 1), expected, "octet {octet} at {at}");
            }
        }
    }
}
