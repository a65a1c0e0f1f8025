//! That something was sent and could not be read is told, where nothing else is.

use super::Asking;
use crate::advice::{Kind, SilenceReason};
use crate::criterion::Missing;

impl Asking<'_> {
    /// Without it, silence about an order might pass for consent, and a record that could not be read for one without anything in it.
    pub(super) fn say_what_could_not_be_read(&mut self) {
        let silent: Vec<Option<String>> = self
            .silence
            .iter()
            .filter(|it| {
                matches!(
                    it.reason,
                    SilenceReason::Depends
                        | SilenceReason::MayBeForbidden
                        | SilenceReason::KidneyFunction
                )
            })
            .map(|it| it.order.clone())
            .collect();
        for about in silent {
            if self.advice.iter().any(|it| it.order == about) {
                continue;
            }
            let orders = self.patient.orders.iter();
            let order = orders.into_iter().find(|it| Some(&it.id) == about.as_ref());
            let parts = order.map_or(&[][..], |it| &it.unread[..]);
            let of_order = parts.iter().copied().map(Missing::OrderPart);
            let of_record = self.patient.unread.iter().cloned().map(Missing::Unread);
            let unread: Vec<Missing> = of_order.chain(of_record).collect();
            if !unread.is_empty() {
                self.say_unless(order, Kind::CannotBeTold, Vec::new(), unread);
            }
        }
    }
}

impl Missing {
    /// Whether it is about the patient, and not a part of the order that whoever signs it sees.
    #[must_use]
    pub fn is_about_the_patient(&self) -> bool {
        let part_of_the_order = matches!(
            self,
            Self::OrderDose | Self::Length | Self::Route | Self::FirstDay | Self::OrderPart(_)
        );
        !part_of_the_order
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::{Checked, DraftOrder, PatientContext};
    use crate::guideline::Guideline;
    use crate::unread::{OrderPart, Unread};

    fn asked(change: impl FnOnce(&mut PatientContext, &mut DraftOrder)) -> Vec<&'static str> {
        let mut patient = PatientContext::unknown("2026-01-10".parse().unwrap());
        patient.age = Some(crate::AgeInMonths(46 * 12));
        patient.sex = riktig_codes::Sex::Male;
        patient.allergies = Checked::Checked(Vec::new());
        patient.drugs = Checked::Checked(Vec::new());
        patient.diagnoses = vec![crate::Diagnosis::Icpc2("R81".parse().unwrap())];
        let mut order = DraftOrder {
            id: "o".to_owned(),
            atc: Some("J01CE02".parse().unwrap()),
            route: Some(riktig_codes::Route::Oral),
            milligrams: Some(vec![1000.0]),
            times_per_day: Some(4),
            days: Some(5),
            first_day: None,
            reasons: Vec::new(),
            waiting: false,
            unread: Vec::new(),
        };
        patient.nursing_home = Some(false);
        for finding in Guideline::shipped().findings().iter() {
            let asked = finding.kind == crate::FindingKind::YesNo
                && finding.id.as_str() != "suspected_sepsis";
            if asked && finding.id.as_str() != "clinical_pneumonia" {
                patient
                    .findings
                    .insert(finding.id.clone(), crate::FindingValue::Present(false));
            }
        }
        change(&mut patient, &mut order);
        patient.orders = vec![order];
        let answer = Guideline::shipped().advise(&patient);
        answer.advice.iter().map(|it| it.kind.as_str()).collect()
    }

    #[test]
    fn an_order_of_which_a_part_cannot_be_read_is_not_agreed_with_and_that_is_told() {
        assert_eq!(asked(|_, _| {}), ["agrees"]);
        assert_eq!(
            asked(|_, order| order.unread.push(OrderPart::Dose)),
            ["cannot_be_told"]
        );
    }

    #[test]
    fn an_order_whose_codes_are_of_different_drugs_is_told_and_one_without_a_drug_is_silent() {
        let untold = |unread: Vec<OrderPart>| {
            asked(move |_, order| {
                order.atc = None;
                order.unread = unread;
            })
        };
        assert_eq!(untold(vec![OrderPart::Drug]), ["cannot_be_told"]);
        assert_eq!(untold(vec![OrderPart::Dose]), Vec::<&str>::new());
    }

    #[test]
    fn a_grave_allergy_that_is_not_understood_stops_every_drug() {
        let grave = |patient: &mut PatientContext, _: &mut DraftOrder| {
            patient.unread.push(Unread::GraveAllergy)
        };
        assert_eq!(asked(grave), ["cannot_be_told"]);
    }

    #[test]
    fn a_reason_that_cannot_be_read_is_not_the_contacts() {
        assert_eq!(
            asked(|_, order| order.unread.push(OrderPart::Reason)),
            ["cannot_be_told"]
        );
    }

    #[test]
    fn a_danger_whose_answer_cannot_be_read_is_not_held_to_be_absent() {
        let sepsis = Guideline::shipped()
            .findings()
            .get("suspected_sepsis")
            .unwrap()
            .id
            .clone();
        let unread = |patient: &mut PatientContext, _: &mut DraftOrder| {
            patient.unread.push(Unread::Finding(sepsis.clone()));
        };
        assert_eq!(asked(unread), ["depends"]);
    }

    #[test]
    fn of_many_drugs_that_the_patient_must_not_have_each_is_told() {
        let mut patient = PatientContext::unknown("2026-01-10".parse().unwrap());
        patient.unread.push(Unread::Diagnosis);
        patient.allergies = Checked::Checked(vec![crate::Allergy {
            to: "J01C".parse().unwrap(),
            reaction: crate::Reaction::Immediate,
            certainty: crate::Certainty::Told,
        }]);
        let order = |at: usize| DraftOrder {
            id: at.to_string(),
            atc: Some("J01CE02".parse().unwrap()),
            route: None,
            milligrams: None,
            times_per_day: None,
            days: None,
            first_day: None,
            reasons: Vec::new(),
            waiting: false,
            unread: Vec::new(),
        };
        patient.orders = (0..6).map(order).collect();
        let answer = Guideline::shipped().advise(&patient);
        let forbidden = answer
            .advice
            .iter()
            .filter(|it| matches!(it.kind, Kind::Contraindicated { .. }));
        assert_eq!(forbidden.count(), 6);
    }
}
