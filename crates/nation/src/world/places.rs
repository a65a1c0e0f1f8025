//! Counties and municipalities with invented names and numbers.

use crate::NationSpec;
use crate::chance::{Chance, Purpose, exp};

/// A municipality (kommune).
#[derive(Debug, Clone)]
pub(crate) struct Municipality {
    /// Four digits; the first two are the county's.
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) county: usize,
    /// Share of the nation's inhabitants.
    pub(crate) share: f64,
    /// Out-of-hours service (legevakt) that serves it.
    pub(crate) service: usize,
}

/// A county (fylke).
#[derive(Debug, Clone)]
pub(crate) struct County {
    pub(crate) number: String,
    pub(crate) name: String,
}

/// The map.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    pub(crate) counties: Vec<County>,
    pub(crate) municipalities: Vec<Municipality>,
}

const FIRST_PARTS: [&str; 24] = [
    "Bjørke", "Ulv", "Furu", "Stein", "Lang", "Brei", "Gran", "Elve", "Tind", "Sjø", "Myr", "Rogn",
    "Hassel", "Orre", "Falke", "Lyng", "Skare", "Varde", "Kvit", "Selje", "Nord", "Hegge", "Måse",
    "Tyri",
];
const LAST_PARTS: [&str; 16] = [
    "vik", "dal", "nes", "heim", "sund", "fjell", "øy", "lia", "mo", "strand", "berg", "vatn",
    "haug", "tun", "eid", "bygd",
];

/// The numbers of invented counties begin here: no Norwegian county has a number above 56.
const FIRST_COUNTY: usize = 71;

impl Places {
    pub(crate) fn new(spec: &NationSpec) -> Self {
        let mut chance = Chance::new(spec.seed, Purpose::Geography, 0, 0);
        let county_count = spec.counties() as usize;
        let count = spec.municipalities() as usize;
        let services = spec.out_of_hours_services() as usize;
        let names = chance.order(FIRST_PARTS.len() * LAST_PARTS.len());
        let name = |at: usize| {
            let pair = names[at % names.len()];
            format!(
                "{}{}",
                FIRST_PARTS[pair / LAST_PARTS.len()],
                LAST_PARTS[pair % LAST_PARTS.len()]
            )
        };
        let counties = (0..county_count)
            .map(|at| County {
                number: (FIRST_COUNTY + at).to_string(),
                name: name(count + at),
            })
            .collect();
        // Municipal sizes are log-normal: a few towns, many small places.
        let sizes: Vec<f64> = chance
            .normals(count, 2.2)
            .into_iter()
            .map(|z| exp(1.1 * z))
            .collect();
        let total: f64 = sizes.iter().sum();
        let mut in_county = vec![0usize; county_count];
        let municipalities = (0..count)
            .map(|at| {
                let county = at * county_count / count;
                in_county[county] += 1;
                Municipality {
                    number: format!("{}{:02}", FIRST_COUNTY + county, in_county[county]),
                    name: name(at),
                    county,
                    share: sizes[at] / total,
                    service: at * services / count,
                }
            })
            .collect();
        Places {
            counties,
            municipalities,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn numbers_and_names_are_unique_up_to_the_size_of_norway() {
        let places = Places::new(&NationSpec {
            inhabitants: 5_600_000,
            ..NationSpec::demo()
        });
        let numbers: HashSet<_> = places.municipalities.iter().map(|m| &m.number).collect();
        let names: HashSet<_> = places.municipalities.iter().map(|m| &m.name).collect();
        assert_eq!((numbers.len(), names.len()), (357, 357));
        assert!(places.municipalities.iter().all(|m| m.number.len() == 4));
        assert!((places.municipalities.iter().map(|m| m.share).sum::<f64>() - 1.0).abs() < 1e-9);
    }
}
