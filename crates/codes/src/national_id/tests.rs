use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn known(text: &str) -> NationalId {
    NationalId::parse(text)
        .unwrap_or_else(|error| panic!("{text}: {error}"))
        .known()
        .expect("no mask")
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn the_published_test_numbers_are_of_their_kind() {
    use NationalIdKind::*;
    let published = [
        ("13097248022", BirthNumber),
        ("29029648784", BirthNumber),
        ("29020075838", BirthNumber),
        ("15021951940", BirthNumber),
        ("01015000232", BirthNumber),
        ("13116900216", BirthNumber),
        ("03117000205", BirthNumber),
        ("53097248016", DNumber),
        ("13527248013", HNumberOrDolly),
        ("10915596784", TenorBirthNumber),
        ("68467038838", DNumberInHSeries),
        ("50846202355", TenorDNumber),
        ("02013299997", BirthNumber),
        ("30108299920", BirthNumber),
        ("30108299939", BirthNumber),
    ];
    for (text, kind) in published {
        assert_eq!(known(text).kind(), kind, "{text}");
    }
}

#[test]
fn the_published_wrong_numbers_are_refused_with_the_reason() {
    let refusal = |text| NationalId::parse(text).unwrap_err();
    for text in ["13097248032", "13097248023", "01015000322"] {
        assert_eq!(refusal(text), NationalIdError::WrongCheckDigits, "{text}");
    }
    assert_eq!(refusal("13137248022"), NationalIdError::NoSuchDate);
    for text in [
        "",
        "1309724802",
        "130972480222",
        "130972 4802",
        "1309724802x",
        "１３０９７２４８０２２",
    ] {
        assert_eq!(refusal(text), NationalIdError::NotElevenDigits, "{text}");
    }
}

#[test]
fn the_numbers_of_2032_carry_neither_birth_date_nor_sex() {
    // One by its remainder, one because its date would lie in 2032.
    assert!(
        known("30108299939").follows_the_2032_rule()
            && !known("02013299997").follows_the_2032_rule()
    );
    for text in ["30108299939", "02013299997"] {
        assert_eq!(
            (known(text).birth_date(), known(text).sex()),
            (None, None),
            "{text}"
        );
    }
}

#[test]
fn a_number_of_2032_that_fits_todays_rule_cannot_be_told_apart() {
    let number = known("30108299920");
    assert!(!number.follows_the_2032_rule());
    assert_eq!(number.birth_date(), Some(day("1982-10-30")));
}

#[test]
fn the_century_follows_from_the_individual_number() {
    assert_eq!(known("13097248022").birth_date(), Some(day("1972-09-13")));
    assert_eq!(known("53097248016").birth_date(), Some(day("1972-09-13")));
    assert_eq!(known("29020075838").birth_date(), Some(day("2000-02-29")));
    assert_eq!(known("29029648784").birth_date(), Some(day("1996-02-29")));
    assert_eq!(known("13116900216").birth_date(), Some(day("1969-11-13")));
    assert_eq!(known("50846202355").birth_date(), Some(day("1962-04-10")));
    assert_eq!(known("15021951940").birth_date(), Some(day("2019-02-15")));
    assert_eq!(known("10915596784").birth_date(), Some(day("1955-11-10")));
}

#[test]
fn masks_are_nobody() {
    assert_eq!(NationalId::parse("00000000000"), Ok(MaybeMasked::Masked));
    assert_eq!(NationalId::parse("99999999999"), Ok(MaybeMasked::Masked));
}

#[test]
fn an_fh_number_needs_only_its_check_digits() {
    let digits = rules::with_check_digits([8, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0])
        .or(rules::with_check_digits([8, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0]));
    let text = digits
        .unwrap()
        .map(|digit| char::from(b'0' + digit))
        .iter()
        .collect::<String>();
    let number = known(&text);
    assert_eq!(number.kind(), NationalIdKind::FhNumber);
    assert_eq!((number.birth_date(), number.sex()), (None, None));
}

#[test]
fn series_that_were_never_issued_carry_no_date() {
    // Individual numbers 750–899 exist only for the years 00 to 39.
    let digits = (750..900).find_map(|individual: u16| {
        let [i1, i2, i3] =
            [individual / 100, individual / 10 % 10, individual % 10].map(|digit| digit as u8);
        rules::with_check_digits([1, 7, 0, 5, 5, 0, i1, i2, i3, 0, 0])
    });
    let number = NationalId(digits.unwrap().map(|digit| b'0' + digit));
    assert_eq!(
        NationalId::parse_bytes(number.reveal_digits()),
        Ok(MaybeMasked::Known(number))
    );
    assert_eq!((number.birth_date(), number.sex()), (None, None));
}

/// A fødselsnummer with this date text, from the first individual number of the range that has check digits.
fn first_of(date: &str, individuals: std::ops::Range<u16>) -> NationalId {
    let numbers = individuals.map(|individual| format!("{date}{individual:03}00"));
    let completed = numbers.filter_map(|text| {
        let digits: [u8; 11] = text.as_bytes().try_into().unwrap();
        rules::with_check_digits(digits.map(|byte| byte - b'0'))
    });
    let mut texts = completed.map(|digits| {
        digits
            .map(|digit| char::from(b'0' + digit))
            .iter()
            .collect::<String>()
    });
    known(&texts.next().unwrap())
}

#[test]
fn each_series_ends_with_its_last_year() {
    let year = |date: &str, individuals| first_of(date, individuals).birth_date().map(Day::year);
    assert_eq!(year("170555", 500..750), Some(1855));
    assert_eq!(year("170554", 500..750), None);
    assert_eq!(year("170599", 500..750), Some(1899));
    assert_eq!(year("170540", 900..1000), Some(1940));
    assert_eq!(
        year("170539", 900..1000),
        None,
        "2039 has no series that tells the century"
    );
    assert_eq!(year("170531", 900..1000), Some(2031));
    assert_eq!(year("170500", 500..750), Some(2000));
    assert_eq!(year("170500", 0..500), Some(1900));
}

#[test]
fn the_twenty_ninth_of_february_needs_a_leap_year_and_that_of_march_does_not() {
    assert_eq!(
        NationalId::parse("29027300000"),
        Err(NationalIdError::NoSuchDate)
    );
    assert_eq!(
        NationalId::parse("30027200000"),
        Err(NationalIdError::NoSuchDate)
    );
    assert_eq!(
        NationalId::parse("31047200000"),
        Err(NationalIdError::NoSuchDate)
    );
    assert_eq!(
        first_of("290272", 0..500).birth_date(),
        Some(day("1972-02-29"))
    );
    assert_eq!(
        first_of("290373", 0..500).birth_date(),
        Some(day("1973-03-29"))
    );
}

#[test]
fn the_leap_day_of_1900_did_not_exist() {
    let digits = (0..500).find_map(|individual: u16| {
        let [i1, i2, i3] =
            [individual / 100, individual / 10 % 10, individual % 10].map(|digit| digit as u8);
        rules::with_check_digits([2, 9, 0, 2, 0, 0, i1, i2, i3, 0, 0])
    });
    let number = NationalId(digits.unwrap().map(|digit| b'0' + digit));
    assert_eq!(number.birth_date(), None);
}

#[test]
fn no_way_of_printing_shows_a_digit() {
    for text in ["13097248022", "53097248016", "50846202355", "13527248013"] {
        let number = known(text);
        let outcome = NationalId::parse(text);
        let printed = format!(
            "{number} {number:?} {number:#?} {outcome:?} {:>40}",
            number.to_string()
        );
        assert!(!printed.contains(|c: char| c.is_ascii_digit()), "{printed}");
    }
    let printed = format!(
        "{:?} {}",
        NationalId::parse("13097248032"),
        NationalId::parse("13097248032").unwrap_err()
    );
    assert!(!printed.contains(|c: char| c.is_ascii_digit()), "{printed}");
}

#[test]
fn a_whole_day_of_tenor_numbers_is_distinct_valid_and_true() {
    for birth in [
        "1899-12-31",
        "1900-01-01",
        "1939-12-31",
        "1940-01-01",
        "1999-12-31",
        "2000-02-29",
        "2031-12-31",
    ]
    .map(day)
    {
        let mut seen = BTreeSet::new();
        for sex in [Sex::Female, Sex::Male] {
            let series: Vec<_> = TenorSeries::new(birth, sex)
                .unwrap()
                .chain(TenorSeries::d_numbers(birth, sex).unwrap())
                .collect();
            assert!(series.len() >= 200, "{birth} has only {}", series.len());
            for number in series {
                assert_eq!(
                    NationalId::parse_bytes(number.reveal_digits()),
                    Ok(MaybeMasked::Known(number))
                );
                assert_eq!(
                    (number.birth_date(), number.sex()),
                    (Some(birth), Some(sex))
                );
                assert!(number.is_certainly_synthetic() && seen.insert(number));
            }
        }
    }
}

#[test]
fn a_used_up_day_an_unknown_sex_and_a_year_without_series_give_no_number() {
    let birth = day("1975-05-17");
    assert_eq!(NationalId::synthetic_tenor(birth, Sex::Female, 300), None);
    assert_eq!(NationalId::synthetic_tenor(birth, Sex::Unknown, 0), None);
    assert_eq!(
        NationalId::synthetic_tenor(day("1854-12-31"), Sex::Male, 0),
        None
    );
    assert_eq!(
        NationalId::synthetic_tenor(day("2032-01-01"), Sex::Male, 0),
        None
    );
}

/// What the published rules say about eleven digits, written down a second time and slowly: the kind, the birth date and
/// whether it is accepted at all.
fn by_the_book(text: &str) -> Option<(NationalIdKind, Option<String>)> {
    use NationalIdKind::*;
    let number = |from: usize, to: usize| text[from..to].parse::<i32>().unwrap();
    let digits: [u8; 11] = text.as_bytes().try_into().unwrap();
    let (day, month, year, individual) = (number(0, 2), number(2, 4), number(4, 6), number(6, 9));
    let shapes = [
        (0, 0, BirthNumber),
        (40, 0, DNumber),
        (0, 40, HNumberOrDolly),
        (40, 40, DNumberInHSeries),
        (0, 80, TenorBirthNumber),
        (40, 80, TenorDNumber),
    ];
    let found = if day >= 80 {
        Some((FhNumber, 0, 0))
    } else {
        shapes
            .into_iter()
            .find_map(|(more_days, more_months, kind)| {
                let (day, month) = (day - more_days, month - more_months);
                let exists = |century: i32| {
                    jiff::civil::Date::new((century + year) as i16, month as i8, day as i8).is_ok()
                };
                (day > 0 && month > 0 && (exists(1800) || exists(1900) || exists(2000)))
                    .then_some((kind, day, month))
            })
    };
    let (kind, day, month) = found?;
    let has_date = !matches!(kind, FhNumber | HNumberOrDolly | DNumberInHSeries);
    let remainders: &[u32] = if has_date { &[0, 1, 2, 3] } else { &[0] };
    if !slow_check(&digits, remainders) {
        return None;
    }
    let century = match individual {
        0..=499 => Some(1900),
        500..=749 if year > 54 => Some(1800),
        900..=999 if year > 39 => Some(1900),
        500..=999 if year < 40 => Some(2000),
        _ => None,
    };
    let date = century
        .filter(|_| has_date && slow_check(&digits, &[0]))
        .and_then(|century| {
            jiff::civil::Date::new((century + year) as i16, month as i8, day as i8).ok()
        })
        .filter(|date| date.year() < 2032);
    Some((kind, date.map(|date| date.to_string())))
}

/// The rule of the two check digits, written out the long way.
fn slow_check(text: &[u8; 11], allowed: &[u32]) -> bool {
    let digit = |at: usize| u32::from(text[at] - b'0');
    let first = 3 * digit(0)
        + 7 * digit(1)
        + 6 * digit(2)
        + digit(3)
        + 8 * digit(4)
        + 9 * digit(5)
        + 4 * digit(6)
        + 5 * digit(7)
        + 2 * digit(8)
        + digit(9);
    let second = 5 * digit(0)
        + 4 * digit(1)
        + 3 * digit(2)
        + 2 * digit(3)
        + 7 * digit(4)
        + 6 * digit(5)
        + 5 * digit(6)
        + 4 * digit(7)
        + 3 * digit(8)
        + 2 * digit(9)
        + digit(10);
    allowed.contains(&(first % 11)) && second % 11 == 0
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_without_a_panic(bytes: Vec<u8>) {
        let _outcome = NationalId::parse_bytes(&bytes);
    }

    /// Numbers near valid ones: a raised or plain date, any individual number, and all hundred pairs of check digits.
    #[test]
    fn numbers_are_read_as_the_published_rules_say(
        day in 0u8..100, month in 0u8..13, raised in proptest::sample::select(vec![0u8, 40, 80, 20]), year in 0u8..100, individual in 0u16..1000,
    ) {
        let mut accepted = 0;
        for check in 0..100 {
            let text = format!("{day:02}{:02}{year:02}{individual:03}{check:02}", month + raised);
            if text.bytes().all(|byte| byte == b'0') {
                continue;
            }
            let read = NationalId::parse(&text).ok().and_then(MaybeMasked::known);
            let ours = read.map(|number| (number.kind(), number.birth_date().map(|day| day.to_string())));
            prop_assert_eq!(&ours, &by_the_book(&text), "{}", text);
            accepted += u32::from(ours.is_some());
        }
        prop_assert!(accepted <= 4);
    }

    #[test]
    fn serials_never_collide(birth in -41_000i32..22_600, one in 0u32..100, other in 0u32..100) {
        let birth = Day::from_epoch_days(birth);
        let female = NationalId::synthetic_tenor(birth, Sex::Female, one);
        let male = NationalId::synthetic_tenor(birth, Sex::Male, other);
        prop_assert_eq!(one == other, female == NationalId::synthetic_tenor(birth, Sex::Female, other));
        prop_assert!(female.is_some() && female != male);
    }

    #[test]
    fn one_wrong_digit_of_an_individual_number_is_noticed_or_becomes_a_2032_number(
        birth in -20_000i32..20_000, serial in 0u32..100, position in 6usize..9, change in 1u8..10,
    ) {
        let number = NationalId::synthetic_tenor(Day::from_epoch_days(birth), Sex::Male, serial).unwrap();
        let mut digits = *number.reveal_digits();
        digits[position] = b'0' + (digits[position] - b'0' + change) % 10;
        prop_assert!(NationalId::parse_bytes(&digits).map_or(true, |read| read.known().unwrap().follows_the_2032_rule()));
    }
}
