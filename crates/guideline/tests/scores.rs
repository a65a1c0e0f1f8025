//! What is missing makes a score a range, and filling it in stays within the range.

use proptest::prelude::*;
use riktig_codes::Sex;
use riktig_guideline::AgeInMonths;
use riktig_guideline::scores::{
    Between, Centor, Crb65, Creatinine, McIsaac, ckd_epi_2009, ckd_epi_2021,
};

fn within<T: PartialOrd + Copy>(fuller: Between<T>, range: Between<T>) -> bool {
    range.least <= fuller.least && fuller.most <= range.most
}

fn found() -> impl Strategy<Value = Option<bool>> {
    proptest::option::of(any::<bool>())
}

proptest! {
    #[test]
    fn a_finding_that_is_added_stays_within_the_range_before(
        exudate in found(), nodes in found(), cough in found(), fever in any::<bool>(), age in 36_u16..1200,
    ) {
        let before = Centor { exudate, tender_nodes: nodes, no_cough: cough, fever: None };
        let after = Centor { fever: Some(fever), ..before };
        prop_assert!(within(after.score(), before.score()));
        let before = McIsaac { age: None, over_38: exudate, no_cough: cough, tender_nodes: nodes, swelling_or_exudate: Some(fever) };
        let after = McIsaac { age: Some(AgeInMonths(age)), ..before };
        let (after, before) = (after.score().expect("from 3 years"), before.score().expect("the age is not known"));
        prop_assert!(within(after, before));
        prop_assert!((-1..=5).contains(&after.least) && after.most <= 5);
    }

    #[test]
    fn a_pressure_that_is_taken_stays_within_the_range_before(
        confusion in found(), rate in proptest::option::of(5_u16..60), systolic in proptest::option::of(50_u16..250), diastolic in 30_u16..140,
    ) {
        let before = Crb65 { confusion, respiratory_rate: rate, systolic, diastolic: None, age: None };
        let after = Crb65 { diastolic: Some(diastolic), ..before };
        prop_assert!(within(after.score(), before.score()));
        if let Some(risk) = before.risk() {
            prop_assert_eq!(after.risk(), Some(risk));
        }
    }

    #[test]
    fn kidney_function_falls_with_age_and_creatinine(micromoles in 20.0_f64..1000.0, more in 1.0_f64..500.0, years in 18_u16..100) {
        let creatinine = |micromoles| Creatinine::from_micromoles_per_litre(micromoles).expect("it is believed");
        for equation in [ckd_epi_2009, ckd_epi_2021] {
            let of = |micromoles, years: u16, sex| {
                equation(creatinine(micromoles), AgeInMonths(years * 12), sex).expect("an adult")
            };
            for sex in [Sex::Male, Sex::Female] {
                let rate = of(micromoles, years, sex).known().expect("nothing is missing");
                prop_assert!(of(micromoles + more, years, sex).most < rate);
                prop_assert!(of(micromoles, years + 1, sex).most < rate);
                prop_assert!(within(of(micromoles, years, sex), of(micromoles, years, Sex::Unknown)));
            }
        }
    }
}
