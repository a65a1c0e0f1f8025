//! The life of a prescription once more, as long lists and plain loops: what was said is kept, and every question is answered from
//! the whole history.

use riktig_codes::Day;
use riktig_eresept::prescription::{
    Dispensing, Event, Prescription, Recall, RecallReason, Recaller, Refusal, Status,
};

/// Everything that was accepted.
pub(crate) struct Model {
    history: Vec<Event>,
    pub(crate) locked: bool,
    pub(crate) reserved: bool,
}

impl Model {
    pub(crate) fn new(prescription: &Prescription) -> Self {
        Self {
            history: Vec::new(),
            locked: prescription.locked,
            reserved: prescription.guardian_reservation,
        }
    }

    /// Takes the event, or says the code of its refusal.
    pub(crate) fn take(
        &mut self,
        prescription: &Prescription,
        event: &Event,
        day: Day,
    ) -> Option<&'static str> {
        let refused = self.refused(prescription, event, day);
        if refused.is_none() {
            match event {
                Event::Locked(locked) => self.locked = *locked,
                Event::GuardianReservation(reserved) => self.reserved = *reserved,
                _ => {}
            }
            self.history.push(event.clone());
        }
        refused
    }

    /// Who downloaded last without having dispensed or released since.
    fn holder(&self) -> Option<u32> {
        let mut holder = None;
        for event in &self.history {
            match event {
                Event::Downloaded { pharmacy } => holder = Some(pharmacy.0),
                Event::Released { .. } | Event::Dispensed(_) => holder = None,
                _ => {}
            }
        }
        holder
    }

    /// Dispensings that stand, with their place in the history.
    fn standing(&self) -> Vec<(usize, &Dispensing)> {
        let mut standing: Vec<(usize, &Dispensing)> = Vec::new();
        for (at, event) in self.history.iter().enumerate() {
            match event {
                Event::Dispensed(report) => standing.push((at, report)),
                Event::DispensingCancelled { dispensing, .. } => {
                    standing.retain(|(_, report)| report.id != *dispensing);
                }
                _ => {}
            }
        }
        standing
    }

    /// In thousandths; packs and millilitres are not compared.
    pub(crate) fn left(&self, prescription: &Prescription) -> u64 {
        let mut taken = 0;
        for (_, report) in self.standing() {
            taken += comparable(prescription, report).unwrap_or(course(prescription));
        }
        u64::try_from(total(prescription).saturating_sub(taken)).unwrap()
    }

    pub(crate) fn status(&self, prescription: &Prescription, day: Day) -> &'static str {
        let recalled = self
            .history
            .iter()
            .any(|event| matches!(event, Event::Recalled(_)));
        let invalid = self.history.contains(&Event::Invalidated);
        let standing = self.standing();
        let said = standing.iter().any(|(_, report)| report.last);
        let finished = !standing.is_empty() && (said || self.left(prescription) == 0);
        [
            (self.holder().is_some(), "U"),
            (invalid, "X"),
            (recalled, "T"),
            (finished, "R"),
            (day > prescription.expires, "F"),
            (true, "E"),
        ]
        .into_iter()
        .find_map(|(holds, code)| holds.then_some(code))
        .unwrap()
    }

    fn refused(
        &self,
        prescription: &Prescription,
        event: &Event,
        day: Day,
    ) -> Option<&'static str> {
        let status = self.status(prescription, day);
        let over = || (!["E", "U"].contains(&status)).then_some("RIKTIG-L01");
        match event {
            Event::Downloaded { pharmacy } => match self.holder() {
                Some(holder) if holder == pharmacy.0 => None,
                Some(_) => Some("RIKTIG-L02"),
                None => over(),
            },
            Event::Released { pharmacy } => self.not_held(pharmacy.0),
            Event::Dispensed(report) => {
                let again = |event: &Event| matches!(event, Event::Dispensed(other) if other.id == report.id);
                if self.history.iter().any(again) {
                    return Some("RIKTIG-L08");
                }
                over()
                    .or_else(|| self.not_held(report.pharmacy.0))
                    .or_else(|| wrong_day(prescription, report, day))
                    .or_else(|| self.too_much(prescription, report))
            }
            Event::DispensingCancelled {
                pharmacy,
                dispensing,
            } => {
                let own = |event: &Event| matches!(event, Event::Dispensed(other) if other.id == *dispensing && other.pharmacy == *pharmacy);
                let before = |event: &Event| matches!(event, Event::DispensingCancelled { dispensing: other, .. } if other == dispensing);
                if !self.history.iter().any(own) {
                    Some("RIKTIG-L09")
                } else if self.history.iter().any(before) {
                    Some("RIKTIG-L10")
                } else {
                    None
                }
            }
            Event::Recalled(recall) => not_theirs(prescription, recall)
                .or_else(over)
                .or_else(|| {
                    let recalled = |event: &Event| matches!(event, Event::Recalled(_));
                    self.history.iter().any(recalled).then_some("RIKTIG-L11")
                })
                .or_else(|| {
                    (recall.renewed_as.as_ref() == Some(&prescription.id)).then_some("RIKTIG-L13")
                }),
            Event::Invalidated => over(),
            Event::Expired => (day <= prescription.expires).then_some("RIKTIG-L14"),
            Event::Locked(_) | Event::GuardianReservation(_) => None,
        }
    }

    fn not_held(&self, pharmacy: u32) -> Option<&'static str> {
        match self.holder() {
            None => Some("RIKTIG-L03"),
            Some(holder) if holder != pharmacy => Some("RIKTIG-L02"),
            Some(_) => None,
        }
    }

    fn too_much(&self, prescription: &Prescription, report: &Dispensing) -> Option<&'static str> {
        let wanted = comparable(prescription, report)?;
        (wanted > u128::from(self.left(prescription)) && !report.intervened).then_some("RIKTIG-L07")
    }
}

fn wrong_day(prescription: &Prescription, report: &Dispensing, day: Day) -> Option<&'static str> {
    if report.on > day || report.on < prescription.prescribed {
        Some("RIKTIG-L06")
    } else if report.on > prescription.expires {
        Some("RIKTIG-L05")
    } else if prescription
        .earliest_dispensing
        .is_some_and(|earliest| report.on < earliest)
    {
        Some("RIKTIG-L04")
    } else {
        None
    }
}

fn not_theirs(prescription: &Prescription, recall: &Recall) -> Option<&'static str> {
    let theirs = match (recall.by, recall.reason) {
        (Recaller::Operator, reason) => reason == RecallReason::AdministrativeDeletion,
        (Recaller::Prescriber(hpr), RecallReason::AdministrativeDeletion) => {
            hpr == prescription.prescriber
        }
        (Recaller::Prescriber(_), _) => true,
    };
    (!theirs).then_some("RIKTIG-L12")
}

fn course(prescription: &Prescription) -> u128 {
    match &prescription.amount {
        Some(amount) => u128::from(amount.thousandths),
        None => 1000,
    }
}

fn total(prescription: &Prescription) -> u128 {
    let whole = course(prescription) * (u128::from(prescription.reiterations) + 1);
    whole.min(u128::from(u64::MAX))
}

fn comparable(prescription: &Prescription, report: &Dispensing) -> Option<u128> {
    let (whole, part) = (prescription.amount.as_ref()?, report.amount.as_ref()?);
    (whole.unit == part.unit).then(|| u128::from(part.thousandths))
}

#[test]
fn the_reference_names_every_refusal_and_status() {
    let page = include_str!("../../../../docs/reference/prescription-chain.md");
    for number in 1..=14 {
        assert!(page.contains(&format!("| L{number:02} |")), "L{number:02}");
    }
    assert_eq!(
        Refusal::NotExpired("2026-11-02".parse().unwrap()).code(),
        "RIKTIG-L14"
    );
    for status in Status::ALL {
        assert!(page.contains(&format!("`{}`", status.code())), "{status:?}");
    }
}
