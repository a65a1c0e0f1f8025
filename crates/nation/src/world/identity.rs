//! Synthetic identity numbers: fødselsnummer and D-number with the Tenor mark (month + 80), check digits by
//! the rule of today, each number once.

use riktig_codes::{Day, NationalId};

/// Which numbers of a birth date are taken: one counter a date and sex.
pub(crate) struct Issued {
    first_birth: i32,
    taken: Vec<[u16; 2]>,
}

impl Issued {
    pub(crate) fn new(first_birth: i32, last_birth: i32) -> Self {
        Issued {
            first_birth,
            taken: vec![[0; 2]; (last_birth - first_birth + 1).max(0) as usize],
        }
    }

    /// The next free individual number of that day and sex; `None` when the day has run out of numbers.
    pub(crate) fn next(&mut self, birth: i32, woman: bool, d_number: bool) -> Option<u16> {
        let counter = self
            .taken
            .get_mut((birth - self.first_birth) as usize)?
            .get_mut(usize::from(woman))?;
        loop {
            let individual = nth_individual(birth, woman, *counter)?;
            *counter += 1;
            if digits(birth, individual, d_number).is_some() {
                return Some(individual);
            }
        }
    }
}

/// Individual numbers in the order they are used: downwards inside the range of the century, then the
/// extra range 900–999 of 1940–1999. Even for women, odd for men.
fn nth_individual(birth: i32, woman: bool, nth: u16) -> Option<u16> {
    let year = Day::from_epoch_days(birth).year();
    let (top, size) = if year >= 2000 { (999, 250) } else { (499, 250) };
    let parity = u16::from(woman);
    if nth < size {
        return Some(top - parity - 2 * nth);
    }
    let extra = nth - size;
    ((1940..2000).contains(&year) && extra < 50).then(|| 999 - parity - 2 * extra)
}

/// The eleven digits as text, or `None` where a check digit would be 10.
pub(crate) fn digits(birth: i32, individual: u16, d_number: bool) -> Option<[u8; 11]> {
    NationalId::synthetic_tenor_with(Day::from_epoch_days(birth), individual, d_number)
        .map(|number| *number.reveal_digits())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_birth_date_has_numbers_for_more_people_than_norway_ever_bore_on_a_day() {
        for (year, least) in [(1935, 190), (1965, 230), (2010, 190)] {
            let birth = Day::from_ymd(year, 5, 17).expect("a day").epoch_days();
            let mut issued = Issued::new(birth, birth);
            let mut seen = HashSet::new();
            for woman in [false, true] {
                let mut count = 0;
                while let Some(individual) = issued.next(birth, woman, false) {
                    assert_eq!(individual % 2 == 0, woman);
                    assert!(seen.insert(digits(birth, individual, false)));
                    count += 1;
                }
                assert!(count >= least, "{year}: {count}");
            }
        }
    }
}
