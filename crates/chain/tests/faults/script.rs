//! What is sent about one prescription.

use riktig_chain::rehearsal::{Rehearsal, Terms, id};
use riktig_eresept::MessageId;

use crate::chance::Chance;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    Prescription,
    Download,
    DownloadAgain,
    Dispensing,
    Annulment,
    Recall,
}

impl What {
    pub(crate) const ALL: [Self; 6] = [
        Self::Prescription,
        Self::Download,
        Self::DownloadAgain,
        Self::Dispensing,
        Self::Annulment,
        Self::Recall,
    ];
}

/// Ways that a prescription goes.
const WAYS: [&[What]; 8] = [
    &[What::Prescription],
    &[What::Prescription, What::Download, What::Dispensing],
    &[What::Prescription, What::Download, What::Dispensing],
    &[
        What::Prescription,
        What::Download,
        What::Dispensing,
        What::Annulment,
    ],
    &[What::Prescription, What::Recall],
    &[
        What::Prescription,
        What::Download,
        What::Recall,
        What::DownloadAgain,
        What::Dispensing,
    ],
    &[
        What::Prescription,
        What::Download,
        What::Dispensing,
        What::Annulment,
        What::Recall,
        What::DownloadAgain,
    ],
    &[
        What::Prescription,
        What::Download,
        What::Dispensing,
        What::Recall,
    ],
];

#[derive(Debug, Clone)]
pub(crate) struct Script {
    pub(crate) number: u32,
    pub(crate) terms: Terms,
    pub(crate) messages: Vec<What>,
    /// All at once and in any order, instead of each after the answer to the one before.
    pub(crate) hasty: bool,
}

impl Script {
    pub(crate) fn of(seed: u64, number: u32) -> Self {
        let mut chance = Chance::new(seed, number);
        let mut messages = WAYS[chance.below(WAYS.len() as u64) as usize].to_vec();
        let hasty = chance.one_in(5);
        if hasty {
            chance.shuffle(&mut messages);
        }
        let terms = Terms {
            diagnosis: !chance.one_in(12),
            antibiotic: !chance.one_in(12),
            locked: false,
            hidden_from_guardians: false,
        };
        Self {
            number,
            terms,
            messages,
            hasty,
        }
    }

    pub(crate) fn bytes(&self, what: What, parties: &Rehearsal) -> Vec<u8> {
        match what {
            What::Prescription => parties.prescription(self.number, self.terms),
            What::Download => parties.download(self.number, false, 0),
            What::DownloadAgain => parties.download(self.number, false, 1),
            What::Dispensing => parties.dispensing_on(self.number, self.terms),
            What::Annulment => parties.annulment_on(self.number, self.terms),
            What::Recall => parties.recall(self.number, None),
        }
    }

    pub(crate) fn id(&self, what: What) -> MessageId {
        let name = match what {
            What::Prescription => "m1",
            What::Download => "m93-0",
            What::DownloadAgain => "m93-1",
            What::Dispensing => "m10",
            What::Annulment => "m10-annul",
            What::Recall => "m5",
        };
        id(name, self.number)
    }
}
