//! Scores and kidney function, as their papers give them. Pure functions of what was found; nothing in the guideline's advice
//! rests on them unless its content says so.
//!
//! A component that nobody looked at makes the result a [`Between`]: from its least to its most, never a guess.

mod crb65;
mod creatinine;
mod kidney;
mod throat;

pub use crb65::{Crb65, Risk};
pub use creatinine::highest_normal_creatinine;
pub use kidney::{
    Creatinine, ckd_epi_2009, ckd_epi_2021, clearance_cockcroft_gault, schwartz_bedside,
};
pub use throat::{Centor, FeverPain, McIsaac};

/// A result that is known to lie between two, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Between<T> {
    /// The least it can be.
    pub least: T,
    /// The most it can be.
    pub most: T,
}

impl<T: PartialEq + Copy> Between<T> {
    /// The result, if nothing is missing that could change it.
    #[must_use]
    pub fn known(self) -> Option<T> {
        (self.least == self.most).then_some(self.least)
    }
}

/// Adds up points: each component gives so many where it is present, none where it is absent, and either where nobody looked.
fn points<const N: usize>(components: [(Option<bool>, i8); N]) -> Between<i8> {
    let mut sum = Between { least: 0, most: 0 };
    for (present, points) in components {
        let (least, most) = match present {
            Some(true) => (points, points),
            Some(false) => (0, 0),
            None => (points.min(0), points.max(0)),
        };
        sum.least += least;
        sum.most += most;
    }
    sum
}
