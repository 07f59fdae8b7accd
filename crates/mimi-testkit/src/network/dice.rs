//! Where chance comes from: a generator that is the same on every machine and in every version, and is seeded by what it decides about.
//!
//! SplitMix64 (Steele, Lea, Flood 2014), seeded by FNV-1a over the parts of a key. No draw depends on how many others went before it elsewhere, so
//! what happens to one question does not depend on what else is under way.

/// A run of draws about one thing.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The draws of a whole run.
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// The draws about the thing that `key` names, in the run of `seed`.
    pub(crate) fn of(seed: u64, key: &[&[u8]]) -> Self {
        let mut hash = 0xCBF2_9CE4_8422_2325 ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut take = |octet: u8| hash = (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01B3);
        for part in key {
            part.iter().copied().for_each(&mut take);
            // Between parts, so that where one ends is part of the key.
            (part.len() as u64)
                .to_le_bytes()
                .into_iter()
                .for_each(&mut take);
        }
        Self(hash)
    }

    /// The next draw: any number.
    #[expect(
        clippy::should_implement_trait,
        reason = "it never ends, and is asked for single draws"
    )]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Whether something of this probability, 0 to 1, happens.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        // 53 bits are what a f64 holds exactly.
        let drawn = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        drawn < probability
    }

    /// A number from 0 to `end`, without `end`; 0 where `end` is.
    pub fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.next()) * u128::from(end);
        u64::try_from(wide >> 64).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    /// The first values of SplitMix64 from state 0, as its authors' code prints them.
    #[test]
    fn is_splitmix64() {
        let mut dice = Dice(0);
        let drawn = [dice.next(), dice.next(), dice.next()];
        assert_eq!(
            drawn,
            [
                0xE220_A839_7B1D_CDAF,
                0x6E78_9E6A_A1B9_65F4,
                0x06C4_5D18_8009_454F
            ]
        );
    }

    #[test]
    fn keys_differ_by_where_their_parts_end() {
        let first = |key: &[&[u8]]| Dice::of(1, key).next();
        assert_ne!(first(&[b"ab", b"c"]), first(&[b"a", b"bc"]));
        assert_ne!(first(&[b"ab"]), Dice::of(2, &[b"ab"]).next());
        assert_eq!(first(&[b"ab"]), first(&[b"ab"]));
    }

    #[test]
    fn chances_are_met() {
        let mut dice = Dice::of(7, &[]);
        let met = (0..100_000).filter(|_| dice.chance(0.3)).count();
        assert!((29_000..31_000).contains(&met), "{met}");
        assert!((0..1000).all(|_| dice.below(7) < 7));
        assert_eq!(
            (dice.below(0), dice.chance(0.0), dice.chance(1.0)),
            (0, false, true)
        );
    }
}
