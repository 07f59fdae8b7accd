//! Definition strings to read: the draft's own, and a stream of generated ones.

/// The strings of §4.5 of the draft.
pub const EXAMPLES: [&str; 3] = [
    "v=MIMI1; a=myuser; e=mimiserver.example.com",
    "v=MIMI1; p=2; a=+15551234567; e=mimi.whatsapp.com; s=whatsapp",
    "v=MIMI1; p=1; a=myname99; e=im.telegram.org; s=telegram",
];

/// The seed of [`stream`], printed with its results.
pub const SEED: u64 = 0x4D49_4D49_3120;

/// Strings one behind the other in memory, as they would come from a zone or a batch of answers.
pub struct Corpus {
    text: String,
    ends: Vec<usize>,
    /// How often they are read.
    passes: usize,
}

impl Corpus {
    fn new<T: AsRef<str>>(strings: impl IntoIterator<Item = T>, passes: usize) -> Self {
        let mut corpus = Self {
            text: String::new(),
            ends: Vec::new(),
            passes,
        };
        for string in strings {
            corpus.text.push_str(string.as_ref());
            corpus.ends.push(corpus.text.len());
        }
        corpus
    }

    /// Calls a function with every string, as often as it is to be read.
    pub fn for_each(&self, mut function: impl FnMut(&str)) {
        for _ in 0..self.passes {
            let mut start = 0;
            for &end in &self.ends {
                function(&self.text[start..end]);
                start = end;
            }
        }
    }

    /// How many strings [`for_each`](Self::for_each) gives.
    pub fn count(&self) -> usize {
        self.passes * self.ends.len()
    }

    /// How many octets these have.
    pub fn octets(&self) -> usize {
        self.passes * self.text.len()
    }

    /// The average length.
    pub fn octets_each(&self) -> f64 {
        self.octets() as f64 / self.count() as f64
    }
}

/// The examples of the draft over and over: from cache, with branches that the processor has learnt by heart.
pub fn hot(passes: usize) -> Corpus {
    Corpus::new(EXAMPLES, passes)
}

/// Different usable strings of eight shapes in random order; the same ones for the same seed.
pub fn stream(count: usize, seed: u64) -> Corpus {
    let mut random = Random(seed);
    Corpus::new((0..count).map(|_| random.string()), 1)
}

/// SplitMix64 (Steele, Lea, Flood 2014): good enough to vary strings, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    fn word(&mut self, alphabet: &str, shortest: usize, longest: usize) -> String {
        let letters = alphabet.as_bytes();
        let length = shortest + self.below(longest - shortest + 1);
        (0..length)
            .map(|_| char::from(letters[self.below(letters.len())]))
            .collect()
    }

    fn name(&mut self) -> String {
        self.word("abcdefghijklmnopqrstuvwxyz0123456789._-", 3, 16)
    }

    fn number(&mut self) -> String {
        format!("+{}", self.word("0123456789", 9, 14))
    }

    fn host(&mut self) -> String {
        let label = self.word("abcdefghijklmnopqrstuvwxyz-", 3, 12);
        let prefix = self.pick(&["im", "mimi", "chat", "xmpp-gateway", "m"]);
        let suffix = self.pick(&["example", "example.com", "example.net", "example.org"]);
        format!("{prefix}.{label}.{suffix}")
    }

    fn service(&mut self) -> &'static str {
        self.pick(&["whatsapp", "telegram", "signal", "matrix", "wire"])
    }

    fn string(&mut self) -> String {
        let host = self.host();
        let priority = self.below(100);
        match self.below(8) {
            0 => format!("v=MIMI1; a={}; e={host}", self.name()),
            1 => format!("v=MIMI1;a={};e={host};", self.name()),
            2 => {
                let (number, service) = (self.number(), self.service());
                format!("v=MIMI1; p={priority}; a={number}; e={host}; s={service}")
            }
            3 => format!("v=MIMI1; e={host}; p={priority}; a={}", self.name()),
            4 => format!("v=MIMI1; a={}; e={host}; s={}", self.name(), self.service()),
            5 => format!(
                "v=MIMI1; pv=1.{}; a={}; e={host}",
                priority % 10,
                self.name()
            ),
            6 => format!("v = MIMI1 ; a = {} ; e = {host}", self.number()),
            _ => {
                let umlauts = self.pick(&["", "", "ü", "é", "ß"]);
                format!(
                    "v=MIMI1; a={}{umlauts}; e={host}; x_{priority}=1",
                    self.name()
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_usable_and_of_the_promised_length() {
        let corpus = stream(10_000, SEED);
        corpus.for_each(|string| assert!(mimi_mssi::parse_strict(string.as_bytes()).is_ok()));
        assert!(
            (56.0..60.0).contains(&corpus.octets_each()),
            "{}",
            corpus.octets_each()
        );
    }

    #[test]
    fn the_stream_is_the_same_for_the_same_seed() {
        assert_eq!(stream(100, 7).text, stream(100, 7).text);
        assert_ne!(stream(100, 7).text, stream(100, 8).text);
    }
}
