//! Who dispenses at a pharmacy.

use std::collections::BTreeSet;

use riktig_codes::HprNumber;

/// The categories of health personnel (list 9060) that are pharmacists: provisorfarmasøyt and reseptarfarmasøyt.
const CATEGORIES: [&str; 2] = ["FA1", "FA2"];
const HEADING: &str = "hpr;category";

/// The pharmacists of a pharmacy, by HPR number.
///
/// ```
/// use riktig_codes::HprNumber;
/// use riktig_portal::Pharmacists;
/// let own = Pharmacists::read("hpr;category\n9144902;FA1\n9144903;AT\n")?;
/// let number = |digits| HprNumber::from_value(digits).expect("an HPR number");
/// assert!(own.has(number(9_144_902)));
/// // A pharmacy's technician (apotektekniker) is no pharmacist.
/// assert!(!own.has(number(9_144_903)));
/// # Ok::<(), riktig_portal::PharmacistsError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pharmacists(BTreeSet<HprNumber>);

/// A file of pharmacists that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "cannot read line {line} of the pharmacists: it is not `HPR number;category` under the heading `{HEADING}`"
)]
pub struct PharmacistsError {
    /// Which line, from 1.
    pub line: usize,
}

impl Pharmacists {
    /// Reads those of a pharmacy; who has another category is left out.
    ///
    /// # Errors
    /// At the first line that is not an HPR number and a category.
    pub fn read(text: &str) -> Result<Self, PharmacistsError> {
        let mut lines = (1..).zip(text.lines());
        if lines.next().map(|(_, line)| line.trim()) != Some(HEADING) {
            return Err(PharmacistsError { line: 1 });
        }
        let mut own = BTreeSet::new();
        for (line, text) in lines.filter(|(_, text)| !text.trim().is_empty()) {
            let wrong = PharmacistsError { line };
            let (hpr, category) = text.trim().split_once(';').ok_or(wrong)?;
            let hpr = HprNumber::parse(hpr.trim()).map_err(|_| wrong)?.known();
            let hpr = hpr.ok_or(wrong)?;
            if CATEGORIES.contains(&category.trim()) {
                own.insert(hpr);
            }
        }
        Ok(Self(own))
    }

    /// Whether this is one of them.
    #[must_use]
    pub fn has(&self, hpr: HprNumber) -> bool {
        self.0.contains(&hpr)
    }
}
