//! Chance as an argument: one independent random stream for every (purpose, month, block of people).

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// What a stream is used for. Streams of different purposes never share a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Geography = 1,
    Doctors = 2,
    People = 3,
    Events = 4,
    DoctorMonths = 5,
    Advice = 6,
}

/// A stream of random numbers that depends on the seed and its place alone, never on what ran before it.
///
/// ChaCha8 with the 64-bit stream number as place: any block of any month can be made by any thread,
/// in any order, with the same result.
#[derive(Debug, Clone)]
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    pub(crate) fn new(seed: u64, purpose: Purpose, month: u32, block: u32) -> Self {
        let mut key = [0u8; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8] = purpose as u8;
        key[16..23].copy_from_slice(b"riktig1");
        let mut stream = ChaCha8Rng::from_seed(key);
        stream.set_stream(u64::from(month) << 32 | u64::from(block));
        Chance(stream)
    }

    /// Uniform in `[0, 1)`, 32 bits of it.
    #[inline]
    pub(crate) fn unit(&mut self) -> f64 {
        f64::from(self.0.next_u32()) * (1.0 / 4_294_967_296.0)
    }

    /// 64 random bits.
    #[inline]
    pub(crate) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Uniform in `0..bound`; 0 for a bound of 0.
    #[inline]
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(bound)) >> 32) as u32
    }

    /// True with this probability.
    #[inline]
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A Poisson count by inversion; made for the small means of one person in one month.
    #[inline]
    pub(crate) fn poisson(&mut self, mean: f64) -> u32 {
        let mut rest = self.unit();
        // 1 - mean + mean²/2 - mean³/6 < exp(-mean): most people have nothing, and need no exponential.
        if rest < 1.0 - mean {
            return 0;
        }
        let mut term = exp(-mean);
        let mut count = 0;
        while rest >= term && count < 60 {
            rest -= term;
            count += 1;
            term *= mean / f64::from(count);
        }
        count
    }

    /// Index into cumulative weights (ascending, last one the total).
    #[inline]
    pub(crate) fn pick(&mut self, cumulative: &[f32]) -> usize {
        let total = cumulative.last().copied().unwrap_or(0.0);
        let target = self.unit() as f32 * total;
        cumulative
            .partition_point(|edge| *edge <= target)
            .min(cumulative.len().saturating_sub(1))
    }

    /// A random order of `0..count` (Fisher–Yates).
    pub(crate) fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for last in (1..count).rev() {
            order.swap(last, self.below(last as u32 + 1) as usize);
        }
        order
    }

    /// Standard normal values, one per item, stratified: their spread is the distribution's own
    /// even among a hundred doctors, and only who gets which value is left to chance. `limit` cuts the tails.
    pub(crate) fn normals(&mut self, count: usize, limit: f64) -> Vec<f64> {
        let order = self.order(count);
        let mut values = vec![0.0; count];
        for (rank, place) in order.into_iter().enumerate() {
            let share = (rank as f64 + self.unit()) / count as f64;
            values[place] = normal_quantile(share).clamp(-limit, limit);
        }
        values
    }
}

/// A 64-bit finaliser (SplitMix64): per-person properties that need no storage.
#[inline]
pub(crate) fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// e^x with additions and multiplications only: the platform's own `exp` may differ in the last bit,
/// and the same seed must give the same bytes everywhere.
pub(crate) fn exp(x: f64) -> f64 {
    let halvings = 8;
    let small = x.clamp(-700.0, 700.0) / f64::from(1 << halvings);
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..14 {
        term *= small / f64::from(n);
        sum += term;
    }
    for _ in 0..halvings {
        sum *= sum;
    }
    sum
}

/// Natural logarithm of a positive number, by Newton steps on [`exp`].
pub(crate) fn ln(x: f64) -> f64 {
    let (mut scaled, mut twos) = (x, 0);
    while scaled > 1.5 {
        scaled *= 0.5;
        twos += 1;
    }
    while scaled < 0.75 {
        scaled *= 2.0;
        twos -= 1;
    }
    let ratio = (scaled - 1.0) / (scaled + 1.0);
    let square = ratio * ratio;
    let (mut term, mut sum) = (ratio, 0.0);
    for n in 0..16 {
        sum += term / f64::from(2 * n + 1);
        term *= square;
    }
    2.0 * sum + f64::from(twos) * std::f64::consts::LN_2
}

/// The probability whose log odds are `x`.
pub(crate) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// Log odds of a probability.
pub(crate) fn logit(p: f64) -> f64 {
    ln(p / (1.0 - p))
}

/// Standard normal quantile (Acklam's rational approximation, relative error below 1.2e-9).
pub(crate) fn normal_quantile(p: f64) -> f64 {
    const A: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
    ];
    const C: [f64; 6] = [
        -0.007_784_894_002_430_293,
        -0.322_396_458_041_136_5,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] = [
        0.007_784_695_709_041_462,
        0.322_467_129_070_039_8,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
    ];
    let poly = |coefficients: &[f64], x: f64| coefficients.iter().fold(0.0, |sum, c| sum * x + c);
    let p = p.clamp(1e-12, 1.0 - 1e-12);
    let tail = |q: f64| poly(&C, q) / (poly(&D, q) * q + 1.0);
    if p < 0.024_25 {
        tail((-2.0 * ln(p)).sqrt())
    } else if p > 1.0 - 0.024_25 {
        -tail((-2.0 * ln(1.0 - p)).sqrt())
    } else {
        let q = p - 0.5;
        let r = q * q;
        poly(&A, r) * q / (poly(&B, r) * r + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_exponential_and_logarithm_agree_with_the_platform() {
        for step in -400..400 {
            let x = f64::from(step) / 20.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-12, "exp({x})");
            assert!((ln(x.exp()) - x).abs() < 1e-10, "ln(exp({x}))");
        }
    }

    #[test]
    fn quantiles_are_the_known_ones() {
        assert!((normal_quantile(0.975) - 1.959_963_985).abs() < 1e-6);
        assert!((normal_quantile(0.001) + 3.090_232_306).abs() < 1e-6);
        assert!(normal_quantile(0.5).abs() < 1e-9);
    }

    #[test]
    fn a_stream_depends_on_its_place_alone() {
        let draw = |month, block| Chance::new(7, Purpose::Events, month, block).bits();
        assert_eq!(draw(3, 5), draw(3, 5));
        assert_ne!(draw(3, 5), draw(5, 3));
        assert_ne!(draw(3, 5), Chance::new(8, Purpose::Events, 3, 5).bits());
        assert_ne!(draw(3, 5), Chance::new(7, Purpose::People, 3, 5).bits());
    }

    #[test]
    fn poisson_counts_have_their_mean() {
        let mut chance = Chance::new(1, Purpose::Events, 0, 0);
        for mean in [0.02, 0.4, 3.0] {
            let sum: u32 = (0..100_000).map(|_| chance.poisson(mean)).sum();
            assert!(
                (f64::from(sum) / 100_000.0 / mean - 1.0).abs() < 0.07,
                "mean {mean}"
            );
        }
    }
}
