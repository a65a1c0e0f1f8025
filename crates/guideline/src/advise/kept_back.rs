//! That the patient may not have a drug, or is more ill than what is asked about, does not depend on what the order is for: it holds too where
//! the guideline has nothing for the diagnosis, or where none was given.

use super::Asking;
use crate::advice::{Silence, SilenceReason};
use crate::context::{Diagnosis, DraftOrder};
use crate::criterion::Part;
use crate::safety::Verdict;
use crate::truth::Truth;

use super::scope::{Found, Stand};

impl Asking<'_> {
    /// Silence about an order for want of a line, or of a diagnosis, but where something keeps the drug back: that is told in its place.
    /// `topicless`: the diagnoses of an order on which no topic was asked, so that none has looked for dangers.
    pub(super) fn silent_or_kept_back(
        &mut self,
        order: &DraftOrder,
        verdict: &Verdict,
        topicless: Option<&[Diagnosis]>,
        otherwise: Option<SilenceReason>,
    ) {
        let kept_back = verdict.keeps_back();
        let found = topicless.map(|own| self.dangers_to_all(own));
        let found = found.unwrap_or_default();
        if !found.dangers.is_empty() {
            self.silence.push(Silence {
                order: Some(order.id.clone()),
                reason: SilenceReason::OutsideScope,
                findings: found.findings,
                dangers: found.dangers,
                topic_for: None,
            });
        } else if let Some(reason) = kept_back.or(otherwise) {
            self.silent(Some(order), reason);
        }
    }

    /// Dangers that are there and concern every topic, but for those that the order itself is for.
    fn dangers_to_all(&self, own: &[Diagnosis]) -> Found {
        let mut found = Found::default();
        let topics = self.guideline.conditions();
        for danger in self.guideline.dangers().iter() {
            let states = |it: &Diagnosis| {
                let mut stating = topics.iter().filter(|it| danger.stated_by.contains(&it.id));
                stating.any(|topic| topic.codes.hold(*it))
                    || danger.diagnoses.iter().any(|its| it.is_within(*its))
            };
            if !danger.topics.is_empty() || own.iter().any(states) {
                continue;
            }
            match Stand::of(&danger.when, self.patient, Part::observed) {
                Stand::There(findings) => {
                    found.findings.extend(findings);
                    found.dangers.push(danger.id.clone());
                }
                _ if self.is_stated(danger) == Truth::Yes => found.dangers.push(danger.id.clone()),
                _ => {}
            }
        }
        found
    }
}

impl Verdict {
    /// Why the drug can be neither agreed with nor spoken against; `None`: nothing keeps it back, or a card of its own tells.
    fn keeps_back(&self) -> Option<SilenceReason> {
        if !self.forbidden.is_empty() || self.unclear_allergy.is_some() {
            return None;
        }
        let reasons = [
            (self.unread, SilenceReason::SafetyNotRead),
            (
                !self.may_be_forbidden_by.is_empty(),
                SilenceReason::MayBeForbidden,
            ),
            (self.kidneys_forbid_to_name(), SilenceReason::KidneyFunction),
            (self.pair_not_checked(), SilenceReason::Depends),
        ];
        let its = reasons.into_iter().find(|(holds, _)| *holds);
        its.map(|(_, reason)| reason)
    }
}
