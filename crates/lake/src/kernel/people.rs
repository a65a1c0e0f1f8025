//! Distinct persons of a window: counted once however many months they were treated in.

/// A treated person as one month saw them. Within a month, rows of a patient are in the order of dispensing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) patient: i32,
    pub(crate) prescriber: i32,
    pub(crate) area: i32,
    /// 1 if the items had no known setting.
    pub(crate) unknown_setting: u16,
    /// Age and sex, as a [`riktig_indicators::casemix::Cell`].
    pub(crate) cell: u16,
    /// Person terms by their place among the plan's person terms.
    pub(crate) terms: u64,
}

/// Adds `person` to a month's list; rows that differ only in their terms become one.
pub(crate) fn push(people: &mut Vec<Person>, person: Person) {
    match people.last_mut() {
        Some(last)
            if Person {
                terms: person.terms,
                ..*last
            } == person =>
        {
            last.terms |= person.terms
        }
        _ => people.push(person),
    }
}

/// Patients handled together; their rows of all months fit in a core's cache.
const BLOCK: i32 = 8192;

/// Shows every patient's rows of all months, in order of months. Each month must be sorted by patient.
pub(crate) fn each_patient(months: &[&[Person]], mut visit: impl FnMut(&[Person])) {
    let end = months
        .iter()
        .filter_map(|month| month.last())
        .map(|person| person.patient)
        .max()
        .unwrap_or(-1);
    let mut cursors = vec![0; months.len()];
    let mut block: Vec<Person> = Vec::new();
    let mut first: i32 = 0;
    while first <= end {
        block.clear();
        let limit = first.saturating_add(BLOCK);
        for (month, cursor) in months.iter().zip(&mut cursors) {
            let rest = &month[*cursor..];
            let here = rest.partition_point(|person| person.patient < limit);
            block.extend_from_slice(&rest[..here]);
            *cursor += here;
        }
        // Stable: rows of a patient stay in the order of months and dispensings.
        block.sort_by_key(|person| person.patient);
        block
            .chunk_by(|left, right| left.patient == right.patient)
            .for_each(&mut visit);
        first = limit;
    }
}

/// One patient's terms with each prescriber: those that always count, and those that count unless the prescriber is dual-role.
pub(crate) fn by_prescriber(rows: &[Person], dual_role: u64, mut add: impl FnMut(i32, u64, u64)) {
    for (at, person) in rows.iter().enumerate() {
        // Groups are two or three rows; looking back is cheaper than sorting.
        if rows[..at]
            .iter()
            .any(|before| before.prescriber == person.prescriber)
        {
            continue;
        }
        let (mut always, mut unless_dual) = (0, 0);
        for row in rows[at..]
            .iter()
            .filter(|row| row.prescriber == person.prescriber)
        {
            let held_back = if row.unknown_setting == 1 {
                row.terms & dual_role
            } else {
                0
            };
            always |= row.terms & !held_back;
            unless_dual |= held_back;
        }
        add(person.prescriber, always, unless_dual & !always);
    }
}

/// One patient's terms by area: each term once, at the residence of the first matching dispensing.
pub(crate) fn by_first_area(rows: &[Person], mut add: impl FnMut(i32, u64)) {
    let mut seen = 0;
    for row in rows {
        let new = row.terms & !seen;
        seen |= new;
        if new != 0 {
            add(row.area, new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(
        patient: i32,
        prescriber: i32,
        area: i32,
        unknown_setting: u16,
        terms: u64,
    ) -> Person {
        Person {
            patient,
            prescriber,
            area,
            unknown_setting,
            cell: 0,
            terms,
        }
    }

    #[test]
    fn a_person_seen_in_two_months_is_one_person_at_the_first_residence() {
        let january = [person(1, 0, 7, 0, 1), person(20_000, 0, 7, 0, 1)];
        let march = [person(1, 0, 8, 0, 3)];
        let mut counts = Vec::new();
        each_patient(&[&january, &march], |rows| {
            by_first_area(rows, |area, terms| {
                counts.push((rows[0].patient, area, terms))
            })
        });
        assert_eq!(counts, [(1, 7, 1), (1, 8, 2), (20_000, 7, 1)]);
    }

    #[test]
    fn an_unlinked_item_makes_no_person_for_a_dual_role_doctor_unless_another_item_does() {
        let mut counts = Vec::new();
        let rows = [
            person(1, 4, 0, 1, 0b11),
            person(1, 5, 0, 1, 0b01),
            person(1, 4, 0, 0, 0b01),
        ];
        by_prescriber(&rows, 0b01, |prescriber, always, unless_dual| {
            counts.push((prescriber, always, unless_dual))
        });
        assert_eq!(counts, [(4, 0b11, 0), (5, 0, 0b01)]);
    }
}
