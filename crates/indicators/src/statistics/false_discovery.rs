//! How many of many findings are false.

use super::domain::{OutOfDomain, within};

/// Benjamini and Hochberg's adjusted p-values ("q-values"), in the order of the input.
///
/// With p₍₁₎ ≤ … ≤ p₍ₘ₎: q₍ᵢ₎ = min over j ≥ i of min(1, m·p₍ⱼ₎/j). Findings with q ≤ 0.05 are false in at most 5 % of
/// cases on average when the tests are independent or positively dependent. Benjamini & Hochberg, J R Stat Soc B
/// 1995;57:289–300. Domain: 0 ≤ p ≤ 1.
///
/// ```
/// use riktig_indicators::statistics::false_discovery::benjamini_hochberg;
/// // Twenty tests: a p of 0.04 among them is what chance gives.
/// let mut p = vec![0.5; 19];
/// p.push(0.04);
/// assert!(benjamini_hochberg(&p)?[19] > 0.4);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When a p-value is not between 0 and 1.
pub fn benjamini_hochberg(p_values: &[f64]) -> Result<Vec<f64>, OutOfDomain> {
    step_up(p_values, 1.0)
}

/// Benjamini and Yekutieli's adjusted p-values, in the order of the input: valid under any dependence, and stricter.
///
/// As [`benjamini_hochberg`], times Σ 1/k for k = 1…m. Benjamini & Yekutieli, Ann Stat 2001;29:1165–88. Domain: 0 ≤ p ≤ 1.
///
/// ```
/// use riktig_indicators::statistics::false_discovery::{benjamini_hochberg, benjamini_yekutieli};
/// let p = [0.01, 0.02];
/// assert_eq!(benjamini_hochberg(&p)?, [0.02, 0.02]);
/// assert_eq!(benjamini_yekutieli(&p)?, [0.03, 0.03]);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When a p-value is not between 0 and 1.
pub fn benjamini_yekutieli(p_values: &[f64]) -> Result<Vec<f64>, OutOfDomain> {
    let harmonic = (1..=p_values.len()).rev().map(|k| 1.0 / k as f64).sum();
    step_up(p_values, harmonic)
}

fn step_up(p_values: &[f64], factor: f64) -> Result<Vec<f64>, OutOfDomain> {
    for &p in p_values {
        within("p-value", p, 0.0, 1.0)?;
    }
    let mut largest_first: Vec<usize> = (0..p_values.len()).collect();
    largest_first.sort_by(|&a, &b| p_values[b].total_cmp(&p_values[a]));
    let mut adjusted = vec![0.0; p_values.len()];
    let tests = p_values.len() as f64;
    let mut least = 1.0_f64;
    for (passed, &index) in largest_first.iter().enumerate() {
        let rank = (p_values.len() - passed) as f64;
        least = least.min(p_values[index] * (tests / rank * factor));
        adjusted[index] = least;
    }
    Ok(adjusted)
}
