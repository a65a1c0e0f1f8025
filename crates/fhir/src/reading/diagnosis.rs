//! What the contact is about.

use riktig_codes::Day;
use riktig_guideline::{
    Diagnosis, FindingKind, FindingValue, Findings, PatientContext, Pregnancy, Unread,
};

use crate::hooks::{HookRequest, Key};
use crate::resource::{Concept, Condition};

/// A diagnosis counts as the contact's for so many days: as long as a prescription is linked to a contact (decision 0001). An older entry of
/// the problem list is history.
const CONTACT_DAYS: i32 = 7;

/// A pregnancy written down longer ago than this has ended.
const PREGNANCY_DAYS: i32 = 300;

impl HookRequest {
    /// Diagnoses of this contact, and a pregnancy that stands among them.
    ///
    /// Where the call names the contact and diagnoses refer to it, those are they, with those of today that refer to no contact. Otherwise
    /// active ones of the last [`CONTACT_DAYS`], and undated ones. What is only considered (`differential`) is no diagnosis.
    pub(super) fn read_diagnoses(&self, patient: &mut PatientContext) {
        let active = self.active_conditions();
        let recorded = active.iter().filter(|it| !it.is_considered());
        let here = |it: &&Condition<'_>| {
            let contact = it.encounter().and_then(|it| it.rsplit('/').next());
            contact.is_some() && contact == self.encounter_id.as_deref()
        };
        let of_today =
            |it: &&Condition<'_>| it.encounter().is_none() && it.day() == Some(patient.on);
        let chosen: Vec<&Condition<'_>> = match recorded.clone().any(|it| here(&it)) {
            true => recorded.filter(|it| here(it) || of_today(it)).collect(),
            false => recorded.filter(|it| is_recent(it, patient.on)).collect(),
        };
        if chosen.iter().any(|it| diagnoses(&it.code()).is_empty()) {
            patient.unread.push(Unread::Diagnosis);
        }
        patient.diagnoses = chosen
            .into_iter()
            .flat_map(|it| diagnoses(&it.code()))
            .collect();
        dedup(&mut patient.diagnoses);
        self.read_pregnancy_among(&active, patient);
    }

    fn read_pregnancy_among(&self, active: &[Condition<'_>], patient: &mut PatientContext) {
        let pregnancies = active
            .iter()
            .filter(|it| diagnoses(&it.code()).into_iter().any(means_pregnancy));
        for it in pregnancies {
            match it.day() {
                Some(day) if within(day, patient.on, PREGNANCY_DAYS) => {
                    patient.pregnancy = Pregnancy::Yes { week: None };
                }
                Some(_) => {}
                // Written down some time: it may be this year's.
                None => patient.unread.push(Unread::Pregnancy),
            }
        }
        let may_be = active.iter().any(|it| {
            it.day()
                .is_none_or(|day| within(day, patient.on, PREGNANCY_DAYS))
                && diagnoses(&it.code()).into_iter().any(may_mean_pregnancy)
        });
        if may_be {
            patient.unread.push(Unread::Pregnancy);
        }
        if patient.pregnancy != Pregnancy::Unknown {
            patient.unread.retain(|it| *it != Unread::Pregnancy);
        }
    }

    /// Findings that any recent diagnosis states, of whichever contact, and one that is only considered too: of sepsis a suspicion is enough.
    pub(super) fn read_suspicions(&self, findings: &Findings, patient: &mut PatientContext) {
        let on = patient.on;
        let active = self.active_conditions();
        let recent: Vec<&Condition<'_>> = active.iter().filter(|it| is_recent(it, on)).collect();
        for finding in findings.iter().filter(|it| it.kind == FindingKind::YesNo) {
            let sepsis = finding.id.as_str() == SUSPECTED_SEPSIS;
            let states = |it: &&&Condition<'_>| {
                let code = it.code();
                let stated = diagnoses(&code)
                    .into_iter()
                    .any(|it| finding.is_stated_by(it));
                let means = || {
                    diagnoses(&code).into_iter().any(means_sepsis)
                        || code.words().any(is_called_sepsis)
                };
                stated || (sepsis && means())
            };
            if recent.iter().any(|it| states(&it)) {
                let there = FindingValue::Present(true);
                patient.findings.insert(finding.id.clone(), there);
                patient
                    .unread
                    .retain(|it| *it != Unread::Finding(finding.id.clone()));
            }
        }
    }

    /// Whether an active diagnosis, however old, says that kidney function is severely reduced.
    pub(super) fn kidneys_are_called_severely_reduced(&self) -> bool {
        let active = self.active_conditions();
        let mut all = active.iter().flat_map(|it| diagnoses(&it.code()));
        all.any(super::kidney::is_severely_reduced)
    }

    pub(super) fn active_conditions(&self) -> Vec<Condition<'_>> {
        let (list, _) = self.list(Key::Conditions);
        let all = list.into_iter().filter_map(Condition::of);
        all.filter(|it| it.is_active()).collect()
    }
}

/// The finding that a suspicion of sepsis is, in `content/guideline/findings.toml`.
const SUSPECTED_SEPSIS: &str = "suspected_sepsis";

/// Streptococcal and other sepsis (A40, A41) in ICD-10; sepsis in SNOMED CT.
fn means_sepsis(diagnosis: Diagnosis) -> bool {
    match diagnosis {
        Diagnosis::Icpc2(_) => false,
        Diagnosis::Icd10(code) => ["A40", "A41"].contains(&code.category().as_str()),
        Diagnosis::Snomed(concept) => concept == 91_302_008,
    }
}

/// A diagnosis in words, which names sepsis and does not rule it out.
fn is_called_sepsis(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|it: char| !it.is_alphabetic());
    let denied = [
        "ikke", "ikkje", "ingen", "no", "not", "uten", "utan", "without",
    ];
    let named = [
        "sepsis",
        "septisk",
        "septic",
        "septikemi",
        "blodforgiftning",
    ];
    words
        .clone()
        .any(|it| named.iter().any(|its| it.contains(its)))
        && !words.any(|it| denied.contains(&it))
}

fn is_recent(condition: &Condition<'_>, on: Day) -> bool {
    condition
        .day()
        .is_none_or(|day| within(day, on, CONTACT_DAYS))
}

/// The diagnoses that a concept's codes say.
pub(super) fn diagnoses(concept: &Concept<'_>) -> Vec<Diagnosis> {
    let mut diagnoses: Vec<Diagnosis> = concept.codings().filter_map(|it| it.diagnosis()).collect();
    dedup(&mut diagnoses);
    diagnoses
}

/// Each once, in their order.
pub(super) fn dedup(diagnoses: &mut Vec<Diagnosis>) {
    let mut seen = std::collections::HashSet::new();
    diagnoses.retain(|it| seen.insert(*it));
}

/// W78 pregnancy, W79 unwanted pregnancy, W84 pregnancy of high risk; Z33–Z35 in ICD-10; 77386006 in SNOMED CT.
fn means_pregnancy(diagnosis: Diagnosis) -> bool {
    match diagnosis {
        Diagnosis::Icpc2(code) => ["W78", "W79", "W84"].contains(&code.rubric().as_str()),
        Diagnosis::Icd10(code) => ["Z33", "Z34", "Z35"].contains(&code.category().as_str()),
        Diagnosis::Snomed(concept) => concept == 77_386_006,
    }
}

/// A diagnosis that somebody has who is pregnant, or was: chapter O but for what is of delivery and after (O03–O08, O80–O92), Z32 and Z36 in ICD-10;
/// chapter W but for contraception (W10–W15), and what is of delivery and after. It says that pregnancy is not known.
fn may_mean_pregnancy(diagnosis: Diagnosis) -> bool {
    match diagnosis {
        Diagnosis::Icpc2(code) => {
            let rubric = code.rubric();
            let number = rubric.as_str().strip_prefix('W');
            number
                .and_then(|it| it.parse::<u8>().ok())
                .is_some_and(|it| !matches!(it, 10..=15 | 17..=19 | 82 | 83 | 90..))
        }
        Diagnosis::Icd10(code) => {
            let category = code.category();
            let number = category.as_str().strip_prefix('O');
            number
                .and_then(|it| it.parse::<u8>().ok())
                .is_some_and(|it| !matches!(it, 3..=8 | 80..=92))
                || ["Z32", "Z36"].contains(&category.as_str())
        }
        Diagnosis::Snomed(_) => false,
    }
}

/// Whether a day lies at most so many days back; tomorrow's does not count.
pub(super) fn within(day: Day, on: Day, days: i32) -> bool {
    (0..=days).contains(&(on - day))
}
