//! Estimates of how hard values of 16 bits are to guess, from a sample of them.

/// What a sample says of 16 bits.
#[derive(Clone, Copy, Debug)]
pub struct Estimate {
    /// How many different values there may be.
    pub possible: u32,
    /// How many different ones came.
    pub distinct: usize,
    /// Shannon entropy in bits, with the correction of Miller and Madow for values that came too seldom or never.
    pub shannon: f64,
    /// Collision entropy in bits: how often two of them are equal. No estimate of it leans to one side, and guessing is at most twice
    /// as easy as it says.
    pub collision: f64,
    /// A cautious sum over the bits, as if each were guessed alone: the most common value of each at the upper end of its confidence
    /// interval of 99 % (NIST SP 800-90B §6.3.1).
    pub minimum: f64,
    /// How far chi-square is from what equal chances for all possible values give, in standard deviations.
    pub chi_square: f64,
    /// The same for the differences between neighbours, modulo 2^16: whether one follows from the one before.
    pub chi_square_of_steps: f64,
}

impl Estimate {
    /// Of values of which `possible` different ones can occur, all of them above `least`.
    pub fn new(values: &[u16], least: u16) -> Self {
        let counts = counts(values.iter().copied());
        let total = values.len() as f64;
        let seen = counts.iter().filter(|count| **count > 0);
        let distinct = seen.clone().count();
        let plain: f64 = seen
            .clone()
            .map(|count| {
                let share = f64::from(*count) / total;
                -share * share.log2()
            })
            .sum();
        let bias = (distinct.max(1) - 1) as f64 / (2.0 * total * std::f64::consts::LN_2);
        let pairs: f64 = seen
            .map(|count| f64::from(*count) * (f64::from(*count) - 1.0))
            .sum();
        let possible = 65_536 - u32::from(least);
        let steps = values.windows(2).map(|pair| pair[1].wrapping_sub(pair[0]));
        Self {
            possible,
            distinct,
            // No more than there is.
            shannon: (plain + bias).min(f64::from(possible).log2()),
            collision: -(pairs / (total * (total - 1.0))).log2(),
            minimum: (0..16).map(|bit| bit_minimum(values, bit)).sum(),
            chi_square: chi_square(&counts[usize::from(least)..], total),
            chi_square_of_steps: chi_square(&self::counts(steps), total - 1.0),
        }
    }
}

fn counts(values: impl Iterator<Item = u16>) -> Vec<u32> {
    let mut counts = vec![0; 65_536];
    for value in values {
        counts[usize::from(value)] += 1;
    }
    counts
}

fn bit_minimum(values: &[u16], bit: u16) -> f64 {
    let total = values.len() as f64;
    let ones = values.iter().filter(|value| *value >> bit & 1 == 1).count() as f64;
    let share = ones.max(total - ones) / total;
    let above = 2.576 * (share * (1.0 - share) / (total - 1.0)).sqrt();
    -(share + above).min(1.0).log2()
}

/// In standard deviations from its mean; with so many degrees of freedom it is close to normal.
fn chi_square(counts: &[u32], total: f64) -> f64 {
    let expected = total / counts.len() as f64;
    let sum: f64 = counts
        .iter()
        .map(|count| (f64::from(*count) - expected).powi(2) / expected)
        .sum();
    let freedom = (counts.len() - 1) as f64;
    // For equal chances; the third term is for the few that fall on each value.
    (sum - freedom) / (2.0 * freedom * (1.0 - 1.0 / total)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sequence that repeats late enough: a linear congruence with a full period, its upper half.
    fn spread(count: usize) -> Vec<u16> {
        let mut state = 1_u64;
        let next = |_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 48) as u16
        };
        (0..count).map(next).collect()
    }

    #[test]
    fn equal_chances_have_sixteen_bits() {
        let estimate = Estimate::new(&spread(100_000), 0);
        assert!(estimate.shannon > 15.7, "{estimate:?}");
        assert!((estimate.collision - 16.0).abs() < 0.1, "{estimate:?}");
        assert!(estimate.minimum > 15.7, "{estimate:?}");
        assert!(estimate.chi_square.abs() < 5.0, "{estimate:?}");
        assert!(estimate.chi_square_of_steps.abs() < 5.0, "{estimate:?}");
    }

    #[test]
    fn a_counter_is_seen_in_its_steps() {
        let counter: Vec<u16> = (0..65_536_u32).map(|number| number as u16).collect();
        let estimate = Estimate::new(&counter, 0);
        assert!(estimate.chi_square_of_steps > 1e6, "{estimate:?}");
    }

    #[test]
    fn half_of_the_values_is_a_bit_less() {
        let values: Vec<u16> = spread(100_000).iter().map(|value| value | 1).collect();
        let estimate = Estimate::new(&values, 0);
        assert!((estimate.collision - 15.0).abs() < 0.1, "{estimate:?}");
        assert!(estimate.minimum < 15.0, "{estimate:?}");
        assert!(estimate.chi_square > 5.0, "{estimate:?}");
    }
}
