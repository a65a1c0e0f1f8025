//! A number of a group of doctors who are drawn as anonymous dots.

use super::{Comparator, Dots, Indicator};

/// One number of a group: the country's figures, the group's own published figure, and its doctors as dots.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupNumber {
    /// What it is, and the country's figures. The own figure is that of the doctor who looks, or missing.
    pub indicator: Indicator,
    /// The group's own published figure; `None` where the edition has no such group.
    pub figure: Option<Comparator>,
    /// The group's doctors, or why they are not drawn.
    pub dots: Result<Dots, NoDots>,
    /// In which bin the doctor lies who looks; `None` where that doctor is not one of the dots.
    pub own_bin: Option<usize>,
}

/// Why a group's doctors are not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoDots {
    /// Nobody asked for them: the group is not drawn beside this edition at all.
    NotAsked,
    /// Fewer than ten of the group have a number that may be held against others.
    Few,
    /// So near each other, or so few, that all lie in one place once nobody stands out at either end.
    OnePlace,
}

impl GroupNumber {
    /// Where the lowest place ends and the highest begins, in the unit: below the first are at least five doctors, at the
    /// second and above are at least five.
    #[must_use]
    pub fn ends(&self) -> Option<[f64; 2]> {
        let dots = self.dots.as_ref().ok()?;
        let last = dots.counts.len().checked_sub(1).filter(|last| *last > 0)?;
        Some([dots.from + dots.width, dots.from + dots.width * last as f64])
    }

    /// How far the group's ends are apart, as a part of the country's distance from 10 % to 90 %: what makes two numbers of
    /// different units comparable.
    #[must_use]
    pub fn apart(&self) -> Option<f64> {
        let [low, high] = self.ends()?;
        let deciles = self.indicator.spread.as_ref()?.deciles;
        let country = deciles[8] - deciles[0];
        (country > 0.0).then(|| (high - low) / country)
    }
}
