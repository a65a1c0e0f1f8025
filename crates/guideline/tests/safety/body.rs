//! What is not said where a diagnosis and what is registered of the patient do not go together, written down a second time: nothing here comes
//! from the engine.

use riktig_codes::Sex;
use riktig_guideline::{Diagnosis, Guideline, Missing, PatientContext, Pregnancy};

use crate::chance::{Chance, patients};
use crate::grave::decides;
use crate::patient::{codes, patient};
use crate::treatments;

/// Topics whose codes are all of one sex, and codes of one sex in topics of both.
const FEMALE: [&str; 3] = ["bacterial_vaginosis", "mastitis", "pid"];
const MALE: [&str; 2] = ["prostatitis", "epididymitis"];
const FEMALE_CODES: [&str; 4] = ["X92", "X70", "X71", "O231"];
const MALE_CODES: [&str; 2] = ["Y70", "Y71"];

fn written(code: Diagnosis) -> String {
    match code {
        Diagnosis::Icpc2(code) => code.as_str().to_owned(),
        Diagnosis::Icd10(code) => code.as_str().to_owned(),
        Diagnosis::Snomed(concept) => concept.to_string(),
    }
}

/// Topics that do not go with the patient.
fn strange(guideline: &Guideline, patient: &PatientContext) -> Vec<String> {
    let pregnant = matches!(patient.pregnancy, Pregnancy::Yes { .. });
    let male = !pregnant && patient.sex == Sex::Male;
    let female = pregnant || patient.sex == Sex::Female;
    let reasons = patient.orders.iter().flat_map(|it| &it.reasons);
    let coded: Vec<Diagnosis> = patient.diagnoses.iter().chain(reasons).copied().collect();
    let mut topics = Vec::new();
    for condition in guideline.conditions() {
        let own = codes(condition);
        let mut its = coded
            .iter()
            .filter(|it| own.contains(it))
            .map(|it| written(*it));
        let by_code = its.any(|it| {
            male && FEMALE_CODES.contains(&it.as_str())
                || female && MALE_CODES.contains(&it.as_str())
        });
        let id = condition.id.as_str();
        if by_code || male && FEMALE.contains(&id) || female && MALE.contains(&id) {
            topics.push(condition.id.clone());
        }
    }
    topics
}

#[test]
fn no_drug_no_waiting_and_no_none_is_told_where_the_diagnosis_does_not_go_with_the_registered_sex()
{
    let guideline = Guideline::shipped();
    let (mut met, mut told) = (0, 0);
    for seed in 0..patients() {
        let patient = patient(&mut Chance(seed), guideline);
        let strange = strange(guideline, &patient);
        met += u32::from(!strange.is_empty());
        let answer = guideline.advise(&patient);
        for advice in answer.advice.iter().filter(|it| decides(it)) {
            let named = treatments(&advice.kind).iter();
            let rules = advice.rules.iter().chain(named.flat_map(|it| it.rules()));
            for rule in rules {
                let topic = rule.split('/').next().unwrap_or_default().to_owned();
                assert!(
                    !strange.contains(&topic),
                    "seed {seed}: {rule}\n{patient:#?}"
                );
                let one_sex = FEMALE.contains(&topic.as_str()) || MALE.contains(&topic.as_str());
                let open = patient.sex == Sex::Unknown
                    && !matches!(patient.pregnancy, Pregnancy::Yes { .. });
                told += u32::from(one_sex);
                assert!(
                    !(one_sex && open) || answer.not_checked.contains(&Missing::Sex),
                    "seed {seed}: {rule} without a word on the sex"
                );
            }
        }
    }
    assert!(
        met > 300 && told > 20,
        "{met} did not go together, {told} were told"
    );
}

/// Of a registered man nobody is asked whether he is pregnant, but where the record speaks of a body that can be.
#[test]
fn where_the_record_of_a_registered_man_leaves_it_open_pregnancy_is_named_and_forbids() {
    let guideline = Guideline::shipped();
    let drug: riktig_codes::AtcCode = "J01AA02".parse().expect("it is a code");
    let (mut open, mut closed) = (0, 0);
    for seed in 0..patients() {
        let patient = patient(&mut Chance(seed), guideline);
        let age = patient
            .age
            .is_some_and(|it| (10..=60).contains(&it.years()));
        if patient.sex != Sex::Male || !age || patient.pregnancy != Pregnancy::Unknown {
            continue;
        }
        let verdict = guideline.safety().judge(drug, &patient);
        let named = verdict.not_checked.contains(&Missing::Pregnancy);
        let reasons = patient.orders.iter().flat_map(|it| &it.reasons);
        let mut coded = patient
            .diagnoses
            .iter()
            .chain(reasons)
            .map(|it| written(*it));
        // W and X of ICPC-2; pregnancy, pelvis and genitals of ICD-10; mastitis, pelvic infection, vaginosis, cystitis in pregnancy.
        let concepts = ["86216003", "198130006", "419760006", "307534009"];
        let of_women = coded.any(|it| {
            it.starts_with(['W', 'X', 'O'])
                || it.starts_with("N7") && it.as_str() < "N78"
                || concepts.contains(&it.as_str())
        });
        let speaks = patient.breast_feeding == Some(true) || of_women;
        assert_eq!(named, speaks, "seed {seed}: {patient:#?}");
        (open, closed) = (open + u32::from(speaks), closed + u32::from(!speaks));
    }
    assert!(open > 50 && closed > 50, "{open} open, {closed} closed");
}
