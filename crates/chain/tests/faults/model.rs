//! What ought to come of messages about one prescription, in the order in which they are taken: written from the table in
//! docs/reference/prescription-chain.md, with nothing of the state machine in it.

use riktig_chain::rehearsal::Terms;

use crate::script::What;

pub(crate) const TAKEN: &str = "done";
pub(crate) const NOT_THERE: &str = "refused RIKTIG-I11";

#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) there: bool,
    at_pharmacy: bool,
    dispensed: bool,
    annulled: bool,
    recalled: bool,
    /// What happened, in order.
    pub(crate) events: Vec<What>,
}

impl Model {
    /// Status of list 7408; none where nothing was taken.
    pub(crate) fn status(&self) -> Option<&'static str> {
        self.there.then_some(match self {
            Self {
                at_pharmacy: true, ..
            } => "U",
            Self { recalled: true, .. } => "T",
            Self {
                dispensed: true,
                annulled: false,
                ..
            } => "R",
            _ => "E",
        })
    }

    /// What is answered.
    pub(crate) fn take(&mut self, what: What, terms: Terms) -> &'static str {
        let answer = self.answer(what, terms);
        if answer == TAKEN {
            self.happen(what);
            self.events.push(what);
        }
        answer
    }

    fn answer(&self, what: What, terms: Terms) -> &'static str {
        let over = matches!(self.status(), Some("R" | "T"));
        match what {
            What::Prescription if terms.antibiotic && !terms.diagnosis => "refused RIKTIG-C01",
            What::Prescription => TAKEN,
            _ if !self.there => NOT_THERE,
            What::Download | What::DownloadAgain | What::Recall if over => "refused RIKTIG-L01",
            What::Dispensing if self.dispensed => "refused RIKTIG-L08",
            What::Dispensing if over => "refused RIKTIG-L01",
            What::Dispensing if !self.at_pharmacy => "refused RIKTIG-L03",
            What::Annulment if !self.dispensed => "refused RIKTIG-L09",
            What::Download
            | What::DownloadAgain
            | What::Recall
            | What::Dispensing
            | What::Annulment => TAKEN,
        }
    }

    fn happen(&mut self, what: What) {
        match what {
            What::Prescription => self.there = true,
            What::Download | What::DownloadAgain => self.at_pharmacy = true,
            What::Dispensing => (self.dispensed, self.at_pharmacy) = (true, false),
            What::Annulment => self.annulled = true,
            What::Recall => self.recalled = true,
        }
    }
}
