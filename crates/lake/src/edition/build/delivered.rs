//! What came in by month: items by substance for the country, rows by municipality. For the gate before publication.

use std::collections::BTreeMap;

use super::who::People;
use super::{BuildError, Frame};
use crate::edition::{DrugMonth, Gate, PlaceMonth};
use crate::kernel::Input;
use crate::store::{Antibiotics, Dataset};

/// The gate's tables; findings come when everything else is known.
pub(super) fn gate(frame: &Frame<'_>, people: &People) -> Result<Gate, BuildError> {
    let dictionaries = frame.input.dictionaries();
    let mut drugs: BTreeMap<(u32, &str), i64> = BTreeMap::new();
    let mut places: BTreeMap<(&str, u32), [i64; 3]> = BTreeMap::new();
    for (at, (_, month)) in (0u32..).zip(frame.periods.series()) {
        let rows: Antibiotics = frame.input.rows(
            Dataset::Antibiotics,
            Some(month),
            &["drug", "items", "area"],
        )?;
        let mut items = vec![0i64; dictionaries.drugs.entries().len()];
        let mut areas = vec![0i64; dictionaries.areas.entries().len()];
        let columns = rows.drug.iter().zip(&rows.items).zip(&rows.area);
        for ((drug, count), area) in columns {
            if let Some(sum) = at_id(&mut items, *drug) {
                *sum += i64::from(*count);
            }
            if let Some(sum) = at_id(&mut areas, *area) {
                *sum += 1;
            }
        }
        for (drug, sum) in dictionaries.drugs.entries().iter().zip(items) {
            if let Some(atc) = drug.atc.as_deref().filter(|_| sum != 0) {
                *drugs.entry((at, atc)).or_default() += sum;
            }
        }
        for (area, sum) in dictionaries.areas.entries().iter().zip(areas) {
            if sum > 0 {
                places.entry((&area.code, at)).or_default()[0] += sum;
            }
        }
        for (id, contacts) in frame.kernel.month_contacts(month) {
            let row = people.row(id).map(|row| &people.rows[row as usize]);
            if let Some(area) = row.and_then(|row| row.municipality.as_ref()) {
                let place = places.entry((&area.code, at)).or_default();
                place[1] += contacts;
                place[2] += 1;
            }
        }
    }
    let drug = |((month, atc), items): ((u32, &str), i64)| DrugMonth {
        month,
        atc: atc.to_owned(),
        items,
    };
    let place =
        |((code, month), [antibiotics, contacts, doctors]): ((&str, u32), [i64; 3])| PlaceMonth {
            municipality: code.to_owned(),
            month,
            antibiotics,
            contacts,
            doctors,
        };
    Ok(Gate {
        drugs: Some(drugs.into_iter().map(drug).collect()),
        places: Some(places.into_iter().map(place).collect()),
        findings: None,
    })
}

/// The sum of an id; -1 is nobody known.
fn at_id(sums: &mut [i64], id: i32) -> Option<&mut i64> {
    usize::try_from(id).ok().and_then(|id| sums.get_mut(id))
}
