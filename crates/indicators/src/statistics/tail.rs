//! Tails and quantiles of the beta and gamma distributions: the special functions behind the exact intervals.
//!
//! Incomplete functions are a power term times a series or continued fraction. Crates (statrs, puruspe, special: measured)
//! take the power term from differences of ln Γ, which cancel: with 10⁷ trials eight digits are left. Here it is Loader's
//! saddle-point form (Fast and Accurate Computation of Binomial Probabilities, 2000), good to 10⁻¹³ at any size, on
//! `libm`'s ln Γ; the continued fractions are DiDonato and Morris's
//! (beta) and DLMF 8.9.2 (gamma), evaluated after Lentz. Quantiles
//! are solved on the smaller tail, in logarithms, so that a limit near 0 keeps its relative precision. `statrs` is the
//! second opinion of the tests, at the sizes where it is accurate.

use std::f64::consts::{LN_2, PI};

use libm::lgamma;

/// Terms after which a continued fraction or series has long converged: near the mean it takes a few √n, and n is at most 2⁵³.
const MOST_TERMS: usize = 10_000_000;
/// Newton steps after which a quantile has long converged; a few are the rule.
const MOST_STEPS: usize = 200;
/// Keeps Lentz's quotients away from a division by zero.
const TINY: f64 = 1e-300;

/// Lower and upper tail of a distribution at a point, each with its own relative precision.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tails {
    /// P(X ≤ x).
    pub(super) lower: f64,
    /// P(X > x).
    pub(super) upper: f64,
}

impl Tails {
    fn from_lower(lower: f64) -> Self {
        let upper = 1.0 - lower;
        Self { lower, upper }
    }

    fn swapped(self) -> Self {
        Self {
            lower: self.upper,
            upper: self.lower,
        }
    }
}

/// Which tail a quantile is asked of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Lower,
    Upper,
}

/// The x with P(X ≤ x) = p for X from Beta(a, b).
pub(super) fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    beta_point(a, b, p, Side::Lower)
}

/// The x with P(X > x) = p for X from Beta(a, b).
pub(super) fn beta_quantile_upper(a: f64, b: f64, p: f64) -> f64 {
    beta_point(a, b, p, Side::Upper)
}

/// The x with P(X ≤ x) = p for X from Gamma(a, 1).
pub(super) fn gamma_quantile(a: f64, p: f64) -> f64 {
    gamma_point(a, p, Side::Lower)
}

/// The x with P(X > x) = p for X from Gamma(a, 1).
pub(super) fn gamma_quantile_upper(a: f64, p: f64) -> f64 {
    gamma_point(a, p, Side::Upper)
}

/// Tails of the number of events at `count`, for a binomial number of `trials` with probability `p`.
pub(super) fn binomial_tails(count: f64, trials: f64, p: f64) -> Tails {
    if count >= trials {
        return Tails::from_lower(1.0);
    }
    beta_tails(count + 1.0, trials - count, p, 1.0 - p).swapped()
}

/// Tails of the number of events at `count`, for a Poisson number with this mean.
pub(super) fn poisson_tails(count: f64, mean: f64) -> Tails {
    gamma_tails(count + 1.0, mean).swapped()
}

/// The smallest count that a Binomial(trials, ½) does not exceed with at least probability `p`.
pub(super) fn fair_binomial_quantile(p: f64, trials: usize) -> usize {
    (0..trials)
        .find(|&count| binomial_tails(count as f64, trials as f64, 0.5).lower >= p)
        .unwrap_or(trials)
}

/// Solved for the logit t of x: the slope of the distribution over t is the power term itself.
fn beta_point(a: f64, b: f64, p: f64, side: Side) -> f64 {
    let x_of = |t: f64| (1.0 / (1.0 + (-t).exp()), 1.0 / (1.0 + t.exp()));
    let t = solve((a / b).ln(), p, side, |t| {
        let (x, y) = x_of(t);
        (beta_tails(a, b, x, y), beta_power(a, b, x, y))
    });
    x_of(t).0
}

/// Solved for t = ln x.
fn gamma_point(a: f64, p: f64, side: Side) -> f64 {
    let t = solve(a.ln(), p, side, |t| {
        let x = t.exp();
        (gamma_tails(a, x), a * poisson_term(a, x))
    });
    t.exp()
}

/// The t at which the tail is p. Newton on the logarithm of the tail, which is concave in t for both families, so that
/// the steps converge from one side; a step that leaves what is known to hold the root is halved instead.
fn solve(start: f64, p: f64, side: Side, at: impl Fn(f64) -> (Tails, f64)) -> f64 {
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut t = start;
    for _ in 0..MOST_STEPS {
        let (tails, slope) = at(t);
        let (tail, rising) = match side {
            Side::Lower => (tails.lower, 1.0),
            Side::Upper => (tails.upper, -1.0),
        };
        if (tail > p) == (side == Side::Lower) {
            high = t;
        } else {
            low = t;
        }
        let step = -rising * (tail / p).ln() * tail / slope;
        let next = inside(t + step, t, low, high);
        if (next - t).abs() <= 2.0 * f64::EPSILON * t.abs().max(1.0) {
            return next;
        }
        t = next;
    }
    t
}

/// `next`, unless it lies outside of the bracket: then the middle, or a doubled step where one side is still open.
fn inside(next: f64, t: f64, low: f64, high: f64) -> f64 {
    if next >= low && next <= high && next.is_finite() {
        return next;
    }
    match (low.is_finite(), high.is_finite()) {
        (true, true) => f64::midpoint(low, high),
        (true, false) => t + t.abs().max(1.0),
        _ => t - t.abs().max(1.0),
    }
}

/// Tails of Beta(a, b) at x; `y` is 1−x, given apart because it may be smaller than what 1−x can tell.
pub(super) fn beta_tails(a: f64, b: f64, x: f64, y: f64) -> Tails {
    if x <= 0.0 {
        return Tails::from_lower(0.0);
    }
    if y <= 0.0 {
        return Tails::from_lower(1.0);
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return beta_tails_below(b, a, y, x).swapped();
    }
    beta_tails_below(a, b, x, y)
}

/// Iₓ(a, b) = xᵃ(1−x)ᵇ/B(a, b) ÷ (β₀ + α₁/(β₁ + α₂/(β₂ + …))), for x not far above the mean. In this form of the
/// fraction nothing cancels when one of a and b is small and the other huge (DiDonato & Morris, ACM Trans Math Softw
/// 1992;18:360–73, section 4).
fn beta_tails_below(a: f64, b: f64, x: f64, y: f64) -> Tails {
    let below_mean = a * y - b * x;
    let pair = |m: usize| {
        let n = m as f64;
        let s = a + 2.0 * n - 1.0;
        let w = n * (b - n) * x;
        (
            (a + n - 1.0) / s * ((a + b + n - 1.0) / s) * w * x,
            n + w / s + (a + n) / (a + 1.0 + 2.0 * n) * (below_mean + 1.0 + n * (1.0 + y)),
        )
    };
    let start = a / (a + 1.0) * (below_mean + 1.0);
    Tails::from_lower((beta_power(a, b, x, y) / lentz(start, pair)).min(1.0))
}

/// Tails of Gamma(a, 1) at x.
fn gamma_tails(a: f64, x: f64) -> Tails {
    if x <= 0.0 {
        return Tails::from_lower(0.0);
    }
    if x < a + 1.0 {
        return Tails::from_lower((poisson_term(a, x) * gamma_series(a, x)).min(1.0));
    }
    let start = x + 1.0 - a;
    let fraction = lentz(start, |m| {
        let n = m as f64;
        (n * (a - n), start + 2.0 * n)
    });
    let upper = (a * poisson_term(a, x) / fraction).min(1.0);
    Tails::from_lower(upper).swapped()
}

/// 1 + x/(a+1) + x²/((a+1)(a+2)) + …
fn gamma_series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 1..MOST_TERMS {
        term *= x / (a + n as f64);
        sum += term;
        if term < sum * f64::EPSILON / 4.0 {
            break;
        }
    }
    sum
}

/// b₀ + a₁/(b₁ + a₂/(b₂ + …)) by the modified Lentz algorithm; `pair` gives aₘ and bₘ from m = 1.
fn lentz(start: f64, pair: impl Fn(usize) -> (f64, f64)) -> f64 {
    let not_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut c, mut d, mut value) = (not_zero(start), 0.0, not_zero(start));
    for m in 1..MOST_TERMS {
        let (a, b) = pair(m);
        d = 1.0 / not_zero(b + a * d);
        c = not_zero(b + a / c);
        let change = c * d;
        value *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

/// xᵃ(1−x)ᵇ / B(a, b).
fn beta_power(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    let exponent = stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - deviance(a, n * x)
        - deviance(b, n * y);
    exponent.exp() * (a * (b / n) / (2.0 * PI)).sqrt()
}

/// xᵃ e⁻ˣ / Γ(a+1).
fn poisson_term(a: f64, x: f64) -> f64 {
    (-stirling_error(a) - deviance(a, x)).exp() / (2.0 * PI * a).sqrt()
}

/// ln Γ(n+1) less Stirling's formula: ln Γ(n+1) − (n+½)ln n + n − ½ln 2π.
fn stirling_error(n: f64) -> f64 {
    /// From here on the series is exact to double precision.
    const SERIES_FROM: f64 = 15.0;
    if n <= SERIES_FROM {
        return lgamma(n + 1.0) - (n + 0.5) * n.ln() + n - (LN_2 + PI.ln()) / 2.0;
    }
    let square = n * n;
    let inner = 1.0 / 1680.0 - 1.0 / 1188.0 / square;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - inner / square) / square) / square) / n
}

/// x·ln(x/m) + m − x, the deviance of seeing x where m is the mean, without cancellation when they are close.
fn deviance(x: f64, m: f64) -> f64 {
    let v = (x - m) / (x + m);
    if v.abs() >= 0.1 {
        return x * (x / m).ln() + m - x;
    }
    // ln(x/m) = 2(v + v³/3 + v⁵/5 + …)
    let mut sum = (x - m) * v;
    let mut power = 2.0 * x * v;
    for k in 1..100 {
        power *= v * v;
        let next = sum + power / (2 * k + 1) as f64;
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::function::{beta, gamma};

    fn near(left: f64, right: f64, tolerance: f64) -> bool {
        (left - right).abs() <= tolerance * right.abs()
    }

    #[test]
    fn tails_agree_with_statrs_at_the_sizes_where_it_is_accurate() {
        for a in [0.01, 0.5, 1.0, 3.7, 40.0, 300.0] {
            for b in [0.02, 0.5, 1.0, 9.0, 250.0] {
                for x in [1e-6, 0.01, 0.3, 0.5, 0.8, 0.999] {
                    let own = beta_tails(a, b, x, 1.0 - x).lower;
                    let other = beta::beta_reg(a, b, x);
                    assert!(near(own, other, 1e-11), "beta {a} {b} {x}: {own} {other}");
                }
            }
            for x in [1e-3, 0.7, 5.0, 44.0, 290.0, 400.0] {
                let (own, other) = (gamma_tails(a, x), gamma::gamma_lr(a, x));
                assert!(near(own.lower, other, 1e-11), "gamma {a} {x}");
                if own.upper > 1e-200 {
                    assert!(
                        near(own.upper, gamma::gamma_ur(a, x), 1e-11),
                        "gamma {a} {x}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_quantile_has_the_tail_that_was_asked_for() {
        for a in [0.003, 0.5, 1.0, 17.0, 1e4, 1e7] {
            for p in [1e-12, 0.001, 0.025, 0.4, 0.7, 0.999] {
                for b in [0.003, 0.5, 2.0, 3e5, 1e7] {
                    let x = beta_quantile(a, b, p);
                    if x > 1e-280 && x < 0.5 {
                        assert!(
                            near(beta_tails(a, b, x, 1.0 - x).lower, p, 1e-9),
                            "{a} {b} {p}"
                        );
                    }
                }
                let x = gamma_quantile_upper(a, p);
                if x > 1e-280 {
                    assert!(near(gamma_tails(a, x).upper, p, 1e-9), "{a} {p} {x}");
                }
            }
        }
    }

    #[test]
    fn closed_forms_hold_far_out() {
        // Beta(1, n): 1−(1−x)ⁿ; Gamma(1): 1−e⁻ˣ.
        let n = 1e7;
        assert!(near(
            beta_quantile(1.0, n, 0.025),
            -f64::exp_m1(f64::ln_1p(-0.025) / n),
            1e-13
        ));
        assert!(near(gamma_quantile(1.0, 1e-15), 1e-15, 1e-12));
        assert!(near(
            gamma_quantile_upper(1.0, 1e-200),
            -(1e-200_f64.ln()),
            1e-13
        ));
    }
}
