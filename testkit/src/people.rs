//! Invented people with identity numbers of the range that Skatteetaten sets aside for tests (Tenor).

use riktig_codes::{Day, NationalId, Sex};

/// Somebody who does not exist.
#[derive(Debug, Clone)]
pub struct Person {
    /// Eleven digits that no living person has.
    pub identity_number: String,
    /// Date of birth; the number agrees with it.
    pub birth_date: Day,
    /// Sex; the number agrees with it.
    pub sex: Sex,
}

/// The person with this number in line: the same number gives the same person, another number another one.
///
/// # Panics
/// Beyond 10,000 people; a small world is small.
///
/// ```
/// use riktig_testkit::person;
/// assert_eq!(person(1).identity_number, person(1).identity_number);
/// assert_ne!(person(1).identity_number, person(2).identity_number);
/// ```
#[must_use]
pub fn person(number: u32) -> Person {
    assert!(
        number < 10_000,
        "a small world has fewer than 10,000 people"
    );
    let sex = if number.is_multiple_of(2) {
        Sex::Female
    } else {
        Sex::Male
    };
    let year = 1940 + i32::try_from(number % 60).expect("fewer than 60");
    let month = 1 + u8::try_from(number / 60 % 12).expect("fewer than 12");
    let birth_date = Day::from_ymd(year, month, 15).expect("the fifteenth is in every month");
    let id = NationalId::synthetic_tenor(birth_date, sex, number / 720)
        .expect("a birthday has numbers enough");
    let identity_number = id
        .reveal_digits()
        .iter()
        .map(|digit| char::from(*digit))
        .collect();
    Person {
        identity_number,
        birth_date,
        sex,
    }
}
