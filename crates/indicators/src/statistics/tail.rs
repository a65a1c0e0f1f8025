//! Beta and gamma quantiles: the special functions behind the exact intervals.

use statrs::function::{beta, gamma};

/// Halvings after which a bracket of doubles cannot shrink any further.
const HALVINGS: usize = 200;

/// The x with Iₓ(a, b) = p.
pub(super) fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    bisect(0.0, 1.0, |x| beta::beta_reg(a, b, x) < p)
}

/// The x with P(a, x) = p.
pub(super) fn gamma_quantile(a: f64, p: f64) -> f64 {
    let mut upper = a.max(1.0);
    while gamma::gamma_lr(a, upper) < p {
        upper *= 2.0;
    }
    bisect(0.0, upper, |x| gamma::gamma_lr(a, x) < p)
}

fn bisect(mut lower: f64, mut upper: f64, is_below: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(lower, upper);
        if middle <= lower || middle >= upper {
            break;
        }
        if is_below(middle) {
            lower = middle;
        } else {
            upper = middle;
        }
    }
    upper
}

/// P(X ≤ count) for a binomial X.
pub(super) fn binomial_at_most(count: f64, trials: f64, p: f64) -> f64 {
    if count >= trials {
        return 1.0;
    }
    beta::beta_reg(trials - count, count + 1.0, 1.0 - p)
}

/// P(X ≤ count) for a Poisson X.
pub(super) fn poisson_at_most(count: f64, mean: f64) -> f64 {
    gamma::gamma_ur(count + 1.0, mean)
}

/// The x with Iₓ(a, b) = 1 − p.
pub(super) fn beta_quantile_upper(a: f64, b: f64, p: f64) -> f64 {
    1.0 - beta_quantile(b, a, p)
}

/// The x with P(a, x) = 1 − p.
pub(super) fn gamma_quantile_upper(a: f64, p: f64) -> f64 {
    gamma_quantile(a, 1.0 - p)
}

/// The smallest count that a Binomial(trials, ½) does not exceed with at least probability `p`.
pub(super) fn binomial_quantile(p: f64, trials: usize) -> usize {
    (0..trials)
        .find(|&count| binomial_at_most(count as f64, trials as f64, 0.5) >= p)
        .unwrap_or(trials)
}
