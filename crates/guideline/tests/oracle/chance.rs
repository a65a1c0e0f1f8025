//! Chance that is the same in every run: the next number of SplitMix64 (Steele, Lea and Flood 2014).

pub(crate) struct Chance(pub u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("lists are short");
        usize::try_from(self.next() % end).expect("it is below a usize")
    }

    /// True in so many of a hundred.
    pub(crate) fn percent(&mut self, of_a_hundred: usize) -> bool {
        self.below(100) < of_a_hundred
    }

    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    pub(crate) fn maybe<T: Copy>(&mut self, of: &[T], percent: usize) -> Option<T> {
        self.percent(percent).then(|| self.one(of))
    }
}

/// Patients of an ordinary run; `cargo xtask test --full` asks for more.
pub(crate) fn patients() -> u64 {
    let asked = std::env::var("RIKTIG_PATIENTS").ok();
    asked.and_then(|it| it.parse().ok()).unwrap_or(20_000)
}
