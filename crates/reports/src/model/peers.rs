//! Whom a doctor is held against.

use serde::{Deserialize, Serialize};

use super::value::{Figure, Missing};

/// Kind of group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupKind {
    /// Doctors whose contacts are most like the doctor's own.
    Similar,
    /// Continuing-education group (etterutdanningsgruppe).
    CourseGroup,
    /// Practice.
    Practice,
    /// Municipality (kommune).
    Municipality,
    /// County (fylke).
    County,
    /// Country.
    Country,
}

/// What a group does together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparator {
    /// Name of the practice, group, municipality or county; empty where the group has none.
    pub name: String,
    /// Prescribers the figure rests on; 0 where it is not known.
    pub prescribers: u32,
    /// The figure, without counts.
    pub figure: Figure,
    /// The next larger group that stands in, where this one is too small to be shown. Its figure is its own, not this one's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stand_in: Option<GroupKind>,
    /// Set where the group is everybody: a county that is the whole country, peers that are all doctors.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub whole_country: bool,
}

impl Comparator {
    /// A group that is not known.
    #[must_use]
    pub fn unknown() -> Comparator {
        Comparator {
            name: String::new(),
            prescribers: 0,
            figure: Figure::Missing {
                reason: Missing::NoGroup,
            },
            stand_in: None,
            whole_country: false,
        }
    }
}

/// The spread of the country's prescribers, in the indicator's unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// 10 %, 20 % … 90 %.
    pub deciles: [f64; 9],
    /// Prescribers in it.
    pub prescribers: u32,
}

/// Anonymous doctors as dots, in bins so wide that none can be picked out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dots {
    /// Whose dots they are.
    pub of: GroupKind,
    /// Lower end of the first bin, in the indicator's unit.
    pub from: f64,
    /// Width of a bin, in the indicator's unit.
    pub width: f64,
    /// Doctors in each bin.
    pub counts: Vec<u32>,
}
