//! What every page of the counter needs.

use riktig_chain::At;
use riktig_chain::pharmacy::{AtHand, Doing, PharmacyError};
use riktig_chain::prescriber::PrescriptionNumber;
use riktig_codes::{Day, HprNumber, Names, NationalId};
use riktig_eresept::{MessageId, Withheld};
use riktig_journal::chain::PrescriptionId;
use riktig_journal::policy::{About, Act};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use super::refused;
use crate::dispensing::Dispensary;
use crate::failure::Failure;
use crate::moment;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The desk of a pharmacist of the pharmacy that dispenses from here.
pub(super) struct Desk {
    pub(super) portal: Portal,
    pub(super) shell: Shell,
    pub(super) hpr: HprNumber,
    pub(super) today: Day,
}

impl Desk {
    /// The desk, if there is such a pharmacy, this is one of its pharmacists, and the policy lets them. To others it is not there.
    /// The act's line is in the log before anything is asked.
    pub(super) async fn of(
        portal: &Portal,
        visit: &Visit,
        shell: Shell,
        act: Act,
    ) -> Result<Self, Failure> {
        let hpr = visit.doctor()?;
        let about = About::Prescriber(hpr);
        let works_here = |pharmacy: &Dispensary| pharmacy.is_pharmacist(hpr);
        if !portal.pharmacy().is_some_and(works_here) {
            return Err(Failure::NotFound);
        }
        match act.is_write() {
            true => visit.act(portal, act, about).await?.done().await?,
            false => drop(visit.look(portal, act, about).await?),
        }
        Ok(Self {
            today: moment::day(portal.now()),
            portal: portal.clone(),
            shell,
            hpr,
        })
    }

    pub(super) fn dispensary(&self) -> Result<&Dispensary, Failure> {
        self.portal.pharmacy().ok_or(Failure::NotFound)
    }

    /// An act of this pharmacist's, as this message.
    pub(super) fn doing(&self, message: MessageId) -> Doing {
        Doing {
            message,
            employee: Withheld::new(self.hpr.to_string()),
            hpr: Some(self.hpr),
            at: At {
                now: self.portal.now(),
                today: self.today,
            },
        }
    }

    /// A number for a new message.
    pub(super) fn number(&self) -> Result<MessageId, Failure> {
        PrescriptionNumber::draw(self.portal.now()).map_err(Failure::internal)
    }

    /// What the pharmacy has of a patient.
    pub(super) async fn at_hand(&self, patient: &NationalId) -> Result<Vec<AtHand>, Failure> {
        let pharmacy = self.dispensary()?.pharmacy();
        Ok(pharmacy.at_hand(patient, self.today).await?)
    }

    /// One of them.
    pub(super) async fn one(
        &self,
        patient: &NationalId,
        id: &PrescriptionId,
    ) -> Result<AtHand, Failure> {
        let all = self.at_hand(patient).await?;
        let found = all.into_iter().find(|it| it.counter.id == *id);
        found.ok_or(Failure::NotFound)
    }

    /// One of them to show: the line that the patient can see is written first (decision 0019).
    pub(super) async fn look(
        &self,
        patient: &NationalId,
        id: &PrescriptionId,
    ) -> Result<AtHand, Failure> {
        let found = self.one(patient, id).await?;
        let doing = self.doing(self.number()?);
        let looked = self.dispensary()?.pharmacy().look(&doing, patient).await;
        looked.map_err(|error| Failure::Unavailable(error.into()))?;
        Ok(found)
    }

    /// Why something was not done, in words; a fault of ours is none for the page.
    pub(super) fn told(&self, error: PharmacyError) -> Result<String, Failure> {
        use PharmacyError as E;
        let lang = self.shell.lang;
        Ok(match error {
            E::NoAnswer => lang.say(Key("pharmacy-problem-no-answer")),
            E::Refused(errors) => {
                let each = errors.iter().map(|(_, words)| refused::words(lang, words));
                let each: Vec<String> = each.collect();
                lang.fill(
                    Key("pharmacy-problem-refused"),
                    &[("why", Arg::Text(&each.join(" ")))],
                )
            }
            E::NotPossible { code, words } => refused::by_code(lang, &code).unwrap_or(words),
            E::Unsigned(_) | E::Foreign | E::OtherAnswer => {
                lang.say(Key("pharmacy-problem-answer"))
            }
            E::Signature(_) | E::OtherPrescription | E::NotShown(_) => {
                lang.say(Key("pharmacy-problem-signature"))
            }
            E::Goods => lang.say(Key("pharmacy-problem-goods")),
            E::ExchangeWithoutReason => lang.say(Key("pharmacy-problem-exchange")),
            E::Post(error) => return Err(Failure::Unavailable(error.into())),
            error => return Err(Failure::internal(error)),
        })
    }
}

/// One of three languages.
pub(super) fn in_language(lang: Lang, names: &Names) -> &str {
    match lang {
        Lang::Nb => &names.nb,
        Lang::Nn => &names.nn,
        Lang::En => &names.en,
    }
}
