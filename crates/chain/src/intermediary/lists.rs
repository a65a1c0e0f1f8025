//! Questions: which prescriptions a patient has (M9.1, M9.5), and what was dispensed on one (M9.7).

use riktig_codes::NationalId;
use riktig_eresept::envelope::Enclosure;
use riktig_eresept::message::{
    ListedEnd, M91, M92, M95, M96, M97, M98, Medicine, PharmacyListed, PrescriberListed, Product,
};
use riktig_eresept::prescription::{PrescriptionId, Recall};
use riktig_eresept::{Body, Coded, PersonNumber, Withheld};
use riktig_journal::chain::{
    Decision, LONGEST_WITH_ANSWER, MOST_OF_A_PATIENT, OfPatient, Present, Wants,
};

use super::known::Asker;
use super::prescribe::unreadable;
use super::{Answer, Intermediary, MOST_REFERENCES, Party, Signed, by_id};
use crate::At;
use crate::kept::Read;
use crate::wording::{Refused, Wording, patient_of};

impl Intermediary {
    /// A pharmacy asks for a patient's list (M9.1): answered with M9.2.
    pub(super) async fn list_for_pharmacy(
        &self,
        signed: Signed,
        bytes: Vec<u8>,
        at: At,
        m91: &M91,
    ) -> Answer {
        let Some(patient) = number(m91.patient.as_ref()) else {
            return self.who(&signed, at);
        };
        if m91.reference_numbers.len() > MOST_REFERENCES {
            return self.guessing(&signed, at);
        }
        let (all, m91, by) = (m91.all, m91.clone(), signed.by);
        let asked = bytes.len();
        let decide = move |present: &Present, wording: Wording<'_>| match read_all(present) {
            Ok(read) => {
                let asker = Asker::new(by, &m91.reference_numbers, present);
                let list = pharmacys_list(&m91, &asker, &read, wording);
                Size::of(all, asked, present).hold(list, wording)
            }
            Err(_) => unreadable(wording),
        };
        self.put(
            (signed, "M9.1", bytes),
            (Some(patient), of_patient(all)),
            at,
            decide,
        )
        .await
    }

    /// A prescriber asks for a patient's list (M9.5): answered with M9.6 and the signed M1s in the list's order.
    pub(super) async fn list_for_prescriber(
        &self,
        signed: Signed,
        bytes: Vec<u8>,
        at: At,
        m95: &M95,
    ) -> Answer {
        let Some(patient) = number(m95.patient.as_ref()) else {
            return self.who(&signed, at);
        };
        if m95.reference_numbers.len() > MOST_REFERENCES {
            return self.guessing(&signed, at);
        }
        let (all, m95, by) = (m95.all, m95.clone(), signed.by);
        let asked = bytes.len();
        let decide = move |present: &Present, wording: Wording<'_>| match read_all(present) {
            Ok(read) => {
                let asker = Asker::new(by, &m95.reference_numbers, present);
                let list = prescribers_list(&m95, (by, &asker), read, wording);
                Size::of(all, asked, present).hold(list, wording)
            }
            Err(_) => unreadable(wording),
        };
        self.put(
            (signed, "M9.5", bytes),
            (Some(patient), of_patient(all)),
            at,
            decide,
        )
        .await
    }

    /// A prescriber asks what was dispensed on a prescription (M9.7): answered with M9.8, which tells how many times.
    pub(super) async fn dispensings(
        &self,
        signed: Signed,
        bytes: Vec<u8>,
        at: At,
        m97: &M97,
    ) -> Answer {
        let (wants, by) = (by_id(m97.prescription.as_str()), signed.by);
        let decide = move |present: &Present, wording: Wording<'_>| {
            let Ok(read) = read_all(present) else {
                return unreadable(wording);
            };
            let asker = Asker::new(by, &[], present);
            let (m98, patient) = match read.first().filter(|read| asker.knows(read)) {
                None => (M98::NoPrescription, None),
                Some(read) => {
                    let standing = read.state.dispensings().iter().filter(|one| !one.cancelled);
                    let count = u32::try_from(standing.count()).unwrap_or(u32::MAX);
                    (M98::Dispensings(count), patient_of(&read.message))
                }
            };
            wording.answered(Vec::new(), patient, (Body::M98(m98), Vec::new()))
        };
        self.put((signed, "M9.7", bytes), (None, wants), at, decide)
            .await
    }

    fn guessing(&self, signed: &Signed, at: At) -> Answer {
        self.refuse(&signed.message, at, ("RIKTIG-I20", "T02"), GUESSING)
    }

    fn who(&self, signed: &Signed, at: At) -> Answer {
        self.refuse(&signed.message, at, ("RIKTIG-I15", "E31"), WHOSE)
    }
}

/// What is told where more reference numbers come than one question may bring.
pub(crate) const GUESSING: &str =
    "one question brings at most 20 reference numbers; ask with those that the patient has";

/// What is told where the patient's number is missing or wrong.
pub(crate) const WHOSE: &str =
    "whose prescriptions cannot be told; send an identity number with right check digits";

pub(crate) fn number(patient: Option<&PersonNumber>) -> Option<NationalId> {
    patient?.national_id().ok().flatten()
}

fn of_patient(all: bool) -> Wants {
    Wants {
        of_patient: if all { OfPatient::All } else { OfPatient::Open },
        choices: true,
        bytes: true,
        ..Wants::default()
    }
}

fn read_all(present: &Present) -> Result<Vec<Read>, crate::kept::Unreadable> {
    present.prescriptions.iter().map(Read::of).collect()
}

/// What a pharmacy's list says beside a prescription whose recall waits.
const RECALLED: &str = "Tilbakekalt av rekvirent. Skal ikke utleveres.";

/// A list that is made, and of how many.
type List = (Decision, usize);

fn pharmacys_list(m91: &M91, asker: &Asker<'_>, read: &[Read], wording: Wording<'_>) -> List {
    let shown = |read: &&Read| {
        (m91.all || read.status(wording.at.today).is_on_the_list())
            && asker.knows(read)
            && (m91.include_hidden_from_guardians || !read.state.is_hidden_from_guardians())
    };
    let listed = read.iter().filter(shown);
    let listed = listed.map(|read| for_pharmacy(read, wording.at));
    let m92 = M92 {
        prescriptions: listed.collect(),
        ..M92::default()
    };
    let (count, patient) = (m92.prescriptions.len(), wording.envelope.patient.clone());
    let list = wording.answered(Vec::new(), patient, (Body::M92(m92), Vec::new()));
    (list, count)
}

fn prescribers_list(
    m95: &M95,
    (by, asker): (Party, &Asker<'_>),
    read: Vec<Read>,
    wording: Wording<'_>,
) -> List {
    let today = wording.at.today;
    let wanted = |read: &Read| m95.all || read.status(today).is_on_the_list();
    let known = |read: &Read| asker.knows(read);
    let shown: Vec<Read> = read.into_iter().filter(wanted).filter(known).collect();
    let m96 = M96 {
        patient: m95.patient.clone(),
        other_numbers: Vec::new(),
        // That there are locked ones is told to nobody without their number, and that it is closed to nobody.
        has_locked: None,
        patient_reservation: None,
        search_status: None,
        prescriptions: shown
            .iter()
            .map(|read| for_prescriber(read, (by, &shown), wording.at))
            .collect(),
    };
    let signed = shown.iter().filter_map(|read| read.held.bytes.clone());
    let content = (Body::M96(m96), signed.map(Enclosure::message).collect());
    let opened = shown.iter().filter(|read| asker.opens_with_number(read));
    let effects = match by {
        Party::Prescriber(hpr) => opened.map(|read| read.opened(hpr, today)).collect(),
        Party::Pharmacy(_) => Vec::new(),
    };
    let list = wording.answered(effects, wording.envelope.patient.clone(), content);
    (list, shown.len())
}

/// What of a list there is, beside what one answer holds.
struct Size {
    all: bool,
    /// Bytes of the question, which stands in one row with its answer.
    asked: usize,
    /// How many there are, where not all of them were looked at.
    in_all: Option<u64>,
}

impl Size {
    fn of(all: bool, asked: usize, present: &Present) -> Self {
        Self {
            all,
            asked,
            in_all: present.in_all,
        }
    }

    /// The list, or a refusal that says how long it is: the message has no place for a part of a list, and one that was cut off
    /// would be read as the whole.
    fn hold(&self, (list, count): List, wording: Wording<'_>) -> Decision {
        let long = self.asked + list.answer.len();
        let too_long = match self.in_all {
            Some(in_all) => format!(
                "there are {in_all} prescriptions, and one answer is made of at most {MOST_OF_A_PATIENT}"
            ),
            None if long > LONGEST_WITH_ANSWER => format!(
                "the list has {count} prescriptions and with their messages {long} bytes, and one answer has at most {LONGEST_WITH_ANSWER}"
            ),
            None => return list,
        };
        let instead = match self.all {
            true => "ask for those that can be dispensed only (AlleResepter N)",
            false => {
                "nothing shorter can be asked for; ask whoever prescribed, or the intermediary's operator"
            }
        };
        wording.refused(&[Refused {
            code: "RIKTIG-I06",
            receipt_code: "X99",
            words: &format!("{too_long}; {instead}"),
        }])
    }
}

fn for_prescriber(read: &Read, (by, shown): (Party, &[Read]), at: At) -> PrescriberListed {
    let status = read.status(at.today);
    let recall = read.state.recall();
    let ended = |recall: &Recall| ListedEnd {
        at: None,
        reason: riktig_eresept::Coded::simple(recall.reason.code(), ""),
        note: None,
    };
    // That there is one in its place is told to whoever is shown that one, or has written this one.
    let own = by == Party::Prescriber(read.prescription.prescriber);
    let is_shown = |id: &&PrescriptionId| shown.iter().any(|read| read.prescription.id == **id);
    let renewed = recall.and_then(|recall| recall.renewed_as.as_ref());
    let renewed = renewed.filter(|id| own || is_shown(id));
    PrescriberListed {
        prescription: read.message.envelope().id.clone(),
        pharmacy_name: None,
        application_sent: None,
        status: Coded::simple(status.code(), status.display_name()),
        application_status: None,
        recall: recall.map(ended),
        renewal: renewed.map(|id| (riktig_eresept::MessageId::parse(&id.0), None)),
        stopped: None,
        dispensings: Vec::new(),
    }
}

fn for_pharmacy(read: &Read, at: At) -> PharmacyListed {
    let (envelope, prescription) = (read.message.envelope(), &read.prescription);
    let status = read.status(at.today);
    let patient = envelope.patient.clone().unwrap_or_default();
    let acting = envelope
        .sender
        .acting()
        .map(|acting| acting.person.clone())
        .unwrap_or_default();
    let name = |text: Option<String>| Withheld::new(text.unwrap_or_default());
    let medicine = match read.message.body() {
        Body::M1(m1) => m1.line.medicine(),
        _ => None,
    };
    let dispensed = read.state.dispensings().iter().filter(|one| !one.cancelled);
    let prescriber = [acting.given_name, acting.family_name];
    let prescriber = prescriber
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    PharmacyListed {
        prescribed: prescription.prescribed,
        given_name: name(patient.given_name),
        middle_name: patient.middle_name.map(Withheld::new),
        family_name: name(patient.family_name),
        address: None,
        prescriber: PersonNumber::new(&prescription.prescriber.to_string()),
        prescriber_name: Withheld::new(prescriber),
        article_number: prescription.drug.item_number.clone(),
        name_form_strength: medicine.and_then(|medicine| medicine.order.product.name()),
        changed_by_pharmacist: false,
        legal_ground: medicine.and_then(|medicine| medicine.legal_ground.clone()),
        prescription: envelope.id.clone(),
        status: Coded::simple(status.code(), status.display_name()),
        // A recall that waits until the pharmacy that has it is done: the list is where the holder reads of it.
        recall_note: read.state.recall().map(|_| RECALLED.to_owned()),
        pharmacy_name: None,
        reference_number: prescription.reference_number.clone(),
        patient: patient.idents.into_iter().next(),
        mixture_name: None,
        hidden_from_guardians: read.state.is_hidden_from_guardians(),
        last_dispensed: dispensed.map(|one| one.report.on).max(),
        use_text: medicine.and_then(|medicine| medicine.order.use_text.clone()),
        packs: medicine.and_then(|medicine| medicine.packs.clone()),
        pack: medicine.and_then(pack),
        amount: medicine.and_then(|medicine| medicine.amount.clone()),
        repeats: Some(prescription.reiterations),
        not_before: prescription.earliest_dispensing,
        course: medicine.and_then(|medicine| medicine.order.course.clone()),
    }
}

fn pack(medicine: &Medicine) -> Option<(String, Coded)> {
    match &medicine.order.product {
        Product::Pack(pack) => pack
            .printed
            .as_ref()
            .map(|printed| (printed.size.clone(), printed.unit.clone())),
        Product::Other(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use riktig_eresept::Moment;
    use riktig_eresept::envelope::{Envelope, Organisation};

    use super::*;
    use crate::rehearsal::id;

    #[test]
    fn a_list_is_whole_or_says_how_long_it_is() {
        let moment = Moment::from_unix_seconds(1_770_000_000).unwrap();
        let (from, to) = (Organisation::default(), Organisation::default());
        let envelope = Envelope::between(id("m95", 1), moment, from, to);
        let at = At {
            now: "2026-03-02T09:00:00Z".parse().unwrap(),
            today: "2026-03-02".parse().unwrap(),
        };
        let wording = Wording {
            envelope: &envelope,
            at,
            key: None,
        };
        let held = |in_all, answer: usize| {
            let size = Size {
                all: true,
                asked: 4_000,
                in_all,
            };
            let list = Decision {
                effects: Vec::new(),
                answer: vec![b' '; answer],
                result: "done".to_owned(),
            };
            size.hold((list, 7), wording)
        };
        let words = |decision: &Decision| String::from_utf8(decision.answer.clone()).unwrap();
        assert_eq!(held(None, LONGEST_WITH_ANSWER - 4_000).result, "done");
        let long = held(None, LONGEST_WITH_ANSWER - 3_999);
        assert_eq!(long.result, "refused RIKTIG-I06");
        assert!(words(&long).contains("the list has 7 prescriptions"));
        let many = held(Some(612), 10);
        assert_eq!(many.result, "refused RIKTIG-I06");
        assert!(words(&many).contains("there are 612 prescriptions"));
        assert!(words(&many).contains("at most 500"));
    }
}
