//! Sore throat: how likely streptococci are.

use super::{Between, points};
use crate::context::AgeInMonths;

/// The Centor criteria, 0 to 4, for adults.
///
/// Source: Centor RM et al., The diagnosis of strep throat in adults in the emergency room, Med Decis Making 1981;1:239–246.
///
/// ```
/// use riktig_guideline::scores::Centor;
/// let looked = Centor { exudate: Some(true), tender_nodes: Some(true), no_cough: Some(true), fever: Some(false) };
/// assert_eq!(looked.score().known(), Some(3));
/// // Nobody took the temperature: 3 or 4, and not 3.
/// let score = Centor { fever: None, ..looked }.score();
/// assert_eq!((score.least, score.most, score.known()), (3, 4, None));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Centor {
    /// Exudate on the tonsils.
    pub exudate: Option<bool>,
    /// Swollen, tender nodes at the front of the neck.
    pub tender_nodes: Option<bool>,
    /// No cough.
    pub no_cough: Option<bool>,
    /// Fever, told or measured.
    pub fever: Option<bool>,
}

impl Centor {
    /// The number of criteria that are met.
    #[must_use]
    pub fn score(self) -> Between<i8> {
        points([
            (self.exudate, 1),
            (self.tender_nodes, 1),
            (self.no_cough, 1),
            (self.fever, 1),
        ])
    }
}

/// McIsaac's score, −1 to 5: Centor's criteria and the age, from 3 years.
///
/// Source: McIsaac WJ et al., Empirical validation of guidelines for the management of pharyngitis in children and adults,
/// JAMA 2004;291:1587–1595.
///
/// ```
/// use riktig_guideline::{AgeInMonths, scores::McIsaac};
/// let child = McIsaac { age: Some(AgeInMonths(7 * 12)), over_38: Some(true), no_cough: Some(true), tender_nodes: Some(false),
///     swelling_or_exudate: Some(false) };
/// assert_eq!(child.score().unwrap().known(), Some(3)); // one of them for the age
/// // From 45 years a point is taken away, so the score can lie below 0. Below 3 years it was not studied.
/// let nothing = McIsaac { over_38: Some(false), no_cough: Some(false), ..child };
/// assert_eq!(McIsaac { age: Some(AgeInMonths(45 * 12)), ..nothing }.score().unwrap().known(), Some(-1));
/// assert_eq!(McIsaac { age: Some(AgeInMonths(2 * 12)), ..child }.score(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct McIsaac {
    /// Age.
    pub age: Option<AgeInMonths>,
    /// A temperature above 38 °C.
    pub over_38: Option<bool>,
    /// No cough.
    pub no_cough: Option<bool>,
    /// Tender nodes at the front of the neck.
    pub tender_nodes: Option<bool>,
    /// Swollen tonsils, or exudate on them.
    pub swelling_or_exudate: Option<bool>,
}

impl McIsaac {
    /// The score; `None` below 3 years.
    #[must_use]
    pub fn score(self) -> Option<Between<i8>> {
        let of_age = match self.age.map(AgeInMonths::years) {
            Some(0..3) => return None,
            Some(3..15) => Between { least: 1, most: 1 },
            Some(15..45) => Between { least: 0, most: 0 },
            Some(45..) => Between {
                least: -1,
                most: -1,
            },
            None => Between { least: -1, most: 1 },
        };
        let found = points([
            (self.over_38, 1),
            (self.no_cough, 1),
            (self.tender_nodes, 1),
            (self.swelling_or_exudate, 1),
        ]);
        Some(Between {
            least: found.least + of_age.least,
            most: found.most + of_age.most,
        })
    }
}

/// FeverPAIN, 0 to 5, from 3 years. Not part of the Norwegian guideline.
///
/// Source: Little P et al., Clinical score and rapid antigen detection test to guide antibiotic use for sore throats, BMJ
/// 2013;347:f5806.
///
/// ```
/// use riktig_guideline::scores::FeverPain;
/// let throat = FeverPain { fever: Some(true), purulence: Some(true), attended_rapidly: Some(true), ..Default::default() };
/// assert_eq!((throat.score().least, throat.score().most), (3, 5));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FeverPain {
    /// Fever in the last 24 hours.
    pub fever: Option<bool>,
    /// Pus on the tonsils.
    pub purulence: Option<bool>,
    /// Came within three days of the first symptom.
    pub attended_rapidly: Option<bool>,
    /// Severely inflamed tonsils.
    pub severely_inflamed: Option<bool>,
    /// Neither cough nor coryza.
    pub no_cough_or_coryza: Option<bool>,
}

impl FeverPain {
    /// The number of criteria that are met.
    #[must_use]
    pub fn score(self) -> Between<i8> {
        points([
            (self.fever, 1),
            (self.purulence, 1),
            (self.attended_rapidly, 1),
            (self.severely_inflamed, 1),
            (self.no_cough_or_coryza, 1),
        ])
    }
}
