//! What several messages need, read together before the first of them is decided on; and how many may be decided on from it.
//!
//! What one message changes the next must see. So a message is decided on from what was read ahead only where none before it
//! has touched the same message, patient or prescription; else it waits until those are written.

use std::collections::{BTreeMap, BTreeSet};

use riktig_codes::NationalId;

use super::patient::{PID, digits};
use super::{Effect, Held, Incoming, Link, MessageId, PatientId, PrescriptionId};
use super::{inbox, patient, prescription, take};
use crate::store::{Journal, JournalError, Reading, Row, Value};

/// What a message, or something that happens by the day, needs to be decided on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needs<'a> {
    pub(super) message: Option<&'a MessageId>,
    pub(super) patient: Option<&'a NationalId>,
    pub(super) prescriptions: &'a [PrescriptionId],
    pub(super) bytes: bool,
}

impl<'a> Needs<'a> {
    pub(super) fn of(message: &'a Incoming) -> Self {
        Self {
            message: Some(&message.id),
            patient: message.patient.as_ref(),
            prescriptions: &message.wants.prescriptions,
            bytes: message.wants.bytes,
        }
    }

    pub(super) fn by_the_day(prescription: &'a PrescriptionId) -> Self {
        Self {
            message: None,
            patient: None,
            prescriptions: std::slice::from_ref(prescription),
            bytes: true,
        }
    }

    /// What can be told before anything is read.
    fn named(&self, journal: &Journal) -> BTreeSet<Touched> {
        let message = self.message.cloned().map(Touched::Message);
        let pid = self.patient.map(|pid| Touched::Pid(newest(journal, pid)));
        let prescriptions = self.prescriptions.iter().cloned();
        let prescriptions = prescriptions.map(Touched::Prescription);
        message
            .into_iter()
            .chain(pid)
            .chain(prescriptions)
            .collect()
    }
}

/// What one message may change and another may need.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Touched {
    Message(MessageId),
    Pid([u8; 32]),
    Patient([u8; 16]),
    Prescription(PrescriptionId),
}

/// What was read ahead, and what has been touched since.
#[derive(Debug)]
pub(super) struct Ahead {
    count: usize,
    seen: BTreeMap<MessageId, Row>,
    patients: BTreeMap<[u8; 32], PatientId>,
    prescriptions: BTreeMap<PrescriptionId, Held>,
    bytes: BTreeMap<MessageId, Vec<u8>>,
    touched: BTreeSet<Touched>,
}

impl Ahead {
    /// Reads for the first of `needs`, and for those behind it as far as they name nothing that one before names.
    pub(super) async fn read(
        reading: &mut Reading,
        journal: &Journal,
        link: Link,
        needs: &[Needs<'_>],
    ) -> Result<Self, JournalError> {
        let needs = &needs[..apart(journal, needs)];
        let messages = needs.iter().filter_map(|needs| needs.message);
        let messages: Vec<_> = messages.map(Value::from).collect();
        let pids = needs.iter().filter_map(|needs| needs.patient);
        let hashes = pids.flat_map(|pid| journal.keys().lookups(PID, digits(pid)));
        let hashes: Vec<_> = hashes.map(Value::from).collect();
        let wanted = needs.iter().flat_map(|needs| needs.prescriptions);
        let wanted: Vec<_> = wanted.map(Value::from).collect();
        let held = prescription::several(reading, journal, link, &wanted).await?;
        let prescriptions: BTreeMap<_, _> = held
            .into_iter()
            .map(|held| (held.id.clone(), held))
            .collect();
        let with_bytes = needs.iter().filter(|needs| needs.bytes);
        let brought = with_bytes
            .flat_map(|needs| needs.prescriptions)
            .filter_map(|id| Some(Value::from(&prescriptions.get(id)?.message)));
        let brought: Vec<_> = brought.collect();
        Ok(Self {
            count: needs.len(),
            seen: take::seen(reading, link, &messages).await?,
            patients: patient::find_all(reading, &hashes).await?,
            bytes: inbox::bytes_of_several(reading, journal, link, &brought).await?,
            prescriptions,
            touched: BTreeSet::new(),
        })
    }

    /// For how many of the needs it was read.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The row of a message that was taken before.
    pub(super) fn seen(&self, id: &MessageId) -> Option<&Row> {
        self.seen.get(id)
    }

    /// The patient with this identity.
    pub(super) fn patient(&self, journal: &Journal, pid: &NationalId) -> Option<PatientId> {
        let mut hashes = journal.keys().lookups(PID, digits(pid)).into_iter();
        hashes.find_map(|hash| self.patients.get(&hash).copied())
    }

    /// A prescription, without the message that brought it.
    pub(super) fn prescription(&self, id: &PrescriptionId) -> Option<&Held> {
        self.prescriptions.get(id)
    }

    /// The bytes of a message that brought a prescription, where they were read.
    pub(super) fn bytes(&self, id: &MessageId) -> Option<&Vec<u8>> {
        self.bytes.get(id)
    }

    /// Whether something that was read for these has been touched since.
    pub(super) fn is_overtaken(&self, journal: &Journal, needs: &Needs<'_>) -> bool {
        !self.touched.is_disjoint(&self.known(journal, needs))
    }

    /// These were decided on, with what followed.
    pub(super) fn touch(&mut self, journal: &Journal, needs: &Needs<'_>, effects: &[Effect]) {
        let prescriptions = effects.iter().filter_map(|effect| match effect {
            Effect::Prescribe(new) => Some(&new.id),
            Effect::Change(change) => Some(&change.id),
            Effect::Send(_) => None,
        });
        let prescriptions = prescriptions.cloned().map(Touched::Prescription);
        let known = self.known(journal, needs);
        self.touched.extend(known.into_iter().chain(prescriptions));
    }

    /// What these name, and whose that is.
    fn known(&self, journal: &Journal, needs: &Needs<'_>) -> BTreeSet<Touched> {
        let mut known = needs.named(journal);
        let patient = needs.patient.and_then(|pid| self.patient(journal, pid));
        let held = needs
            .prescriptions
            .iter()
            .filter_map(|id| self.prescription(id));
        let patients = patient.into_iter().chain(held.map(|held| held.patient));
        known.extend(patients.map(|patient| Touched::Patient(*patient.as_bytes())));
        known
    }
}

/// How many from the first on name nothing in common.
fn apart(journal: &Journal, needs: &[Needs<'_>]) -> usize {
    let mut named = BTreeSet::new();
    let apart = needs.iter().take_while(|needs| {
        let mut more = needs.named(journal);
        let apart = named.is_disjoint(&more);
        named.append(&mut more);
        apart
    });
    apart.count()
}

fn newest(journal: &Journal, pid: &NationalId) -> [u8; 32] {
    journal.keys().lookup(PID, digits(pid))
}
