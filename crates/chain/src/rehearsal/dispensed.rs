//! What the rehearsed pharmacy reports.

use riktig_eresept::message::{Dispensing, Line, M10};
use riktig_eresept::{Body, Coded, Ident, MessageId, Withheld};

use super::{Amiss, PHARMACY, Rehearsal, Terms, id, medicine, pharmacy};

impl Rehearsal {
    /// The pharmacy has dispensed all of an antibiotic (M10).
    pub fn dispensing(&self, number: u32) -> Vec<u8> {
        self.dispensing_on(number, Terms::default())
    }

    /// The pharmacy has dispensed all of what was prescribed on such terms.
    pub fn dispensing_on(&self, number: u32, terms: Terms) -> Vec<u8> {
        self.report("m10", number, terms, None)
    }

    /// The pharmacy has dispensed an antibiotic, and its report says something else than was signed, or than can be. It has an id of its own:
    /// what is refused keeps its.
    pub fn dispensing_amiss(&self, number: u32, amiss: Amiss) -> Vec<u8> {
        let m10 = self.m10(number, Terms::default(), None);
        let what = format!("m10-{amiss:?}");
        let mut draft = self.draft(&what, number, pharmacy(), Body::M10(Box::new(m10)));
        amiss.put_into(&mut draft, number);
        self.signed(&draft, &self.pharmacy)
    }

    /// The pharmacy annuls the report of an antibiotic.
    pub fn annulment(&self, number: u32) -> Vec<u8> {
        self.annulment_on(number, Terms::default())
    }

    /// The pharmacy annuls the report of what was prescribed on such terms.
    pub fn annulment_on(&self, number: u32, terms: Terms) -> Vec<u8> {
        self.report("m10-annul", number, terms, Some(id("m10", number)))
    }

    pub(super) fn m10(&self, number: u32, terms: Terms, annulled: Option<MessageId>) -> M10 {
        let dispensing = Dispensing {
            prescription: id("m1", number),
            dispensed: self.at.today,
            annuls: annulled.is_some(),
            ended: Some(Coded::yes_or_no(true)),
            customer_refuses_exchange: None,
            annulled,
            batch: None,
            line: Some(Line::Medicine(Box::new(medicine(terms.antibiotic)))),
            pharmacy: Ident::her(PHARMACY.0),
            pharmacy_name: "Testapoteket".to_owned(),
            interventions: Vec::new(),
        };
        M10 {
            dispensing,
            given_back: None,
            regular_doctor_not_told: false,
            price: None,
            employee: Withheld::new("1"),
            shares_paid: Vec::new(),
            on_paper: None,
            paper_prescriber: None,
        }
    }

    fn report(
        &self,
        what: &str,
        number: u32,
        terms: Terms,
        annulled: Option<MessageId>,
    ) -> Vec<u8> {
        let m10 = self.m10(number, terms, annulled);
        self.signed(
            &self.draft(what, number, pharmacy(), Body::M10(Box::new(m10))),
            &self.pharmacy,
        )
    }
}
