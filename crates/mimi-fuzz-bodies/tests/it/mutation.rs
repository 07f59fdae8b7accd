//! Mutations of seeds that are the same on every machine and in every run.

/// SplitMix64: small, and good enough to choose octets.
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 when that is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }
}

/// Octets that mean something to one grammar or another.
const TELLING: &[u8] = b"\0\"\\;=. \n()@9\xFF";

/// A few changes to a seed, some of them with parts of another.
pub(crate) fn mutate(seed: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut octets = seed.to_vec();
    for _ in 0..=random.below(6) {
        let place = random.below(octets.len() + 1);
        let until = place + random.below(octets.len() - place + 1).min(16);
        match random.below(6) {
            0 => octets.insert(place, u8::try_from(random.below(256)).unwrap()),
            1 if place < octets.len() => octets[place] ^= 1 << random.below(8),
            2 if place < octets.len() => octets[place] = TELLING[random.below(TELLING.len())],
            3 => drop(octets.drain(place..until)),
            4 => {
                let copy = octets[place..until].to_vec();
                octets.splice(place..place, copy);
            }
            _ => {
                let start = random.below(other.len());
                let end = (start + random.below(32)).min(other.len());
                octets.splice(place..place, other[start..end].iter().copied());
            }
        }
    }
    octets
}
