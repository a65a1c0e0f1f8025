//! The two deliveries of a month: dispensings and contacts.

use riktig_codes::{AtcCode, Codebook};
use riktig_lake::delivery::rows::ContactRow;
use riktig_lake::delivery::{Field, Kind, WriteError};

use super::dispensed::DispensedOut;
use super::faults::{self, DirtPlan, TakenBack};
use super::registers::period;
use super::rows::{self, Scratch};
use super::truth::{DeliveryTruth, DirtyRow};
use super::{Folder, Out, header};
use crate::NationSpec;
use crate::care::events::{Contact, Dispensing, Drug, Receiver};
use crate::care::products::PRODUCTS;
use crate::world::World;
use crate::world::people::NONE;

/// What a delivery leaves for the next one: rows to be taken back.
pub(crate) type Late<E> = Vec<E>;

/// A month's dispensings on their way to the disk.
pub(crate) struct DispensingFile<'w> {
    world: &'w World,
    out: DispensedOut,
    plan: DirtPlan,
    truth: DeliveryTruth,
    late: Late<Dispensing>,
    /// The incomplete first sending of a delivery that is corrected.
    first_sending: Option<(DispensedOut, DeliveryTruth)>,
}

/// The month (counted from the start) whose dispensings are sent incomplete first, then corrected.
fn corrected_month(spec: &NationSpec) -> Option<u32> {
    (spec.faults && spec.months >= 2).then(|| 4.min(spec.months - 1))
}

/// Rows that the incomplete sending lacks.
fn lost_at_first(event: &Dispensing) -> bool {
    event.id.is_multiple_of(11)
}

/// Whether intake is to keep the row among the antibiotics.
fn is_antibiotic(event: &Dispensing) -> bool {
    let Drug::Course(product, _) = event.drug else {
        return false;
    };
    let atc = PRODUCTS[usize::from(product)].atc;
    event.receiver == Receiver::Human
        && AtcCode::parse(atc).is_ok_and(|atc| Codebook::embedded().is_antibiotic(atc))
}

impl<'w> DispensingFile<'w> {
    pub(crate) fn create(
        world: &'w World,
        folder: &Folder,
        number: u32,
    ) -> Result<Self, WriteError> {
        let month = world.spec.from + number as i32;
        let mut head = header(
            Kind::Dispensings,
            &month.to_string(),
            Some(period(month, month)),
        );
        let stem = format!("dispensings-{month}");
        let coded = world.spec.coded_milli > 0;
        let mut first_sending = None;
        let mut file = folder.file(&stem);
        if corrected_month(&world.spec) == Some(number) {
            let (name, path) = file;
            first_sending = Some((
                DispensedOut::create(&path, &head, folder.format, coded)?,
                DeliveryTruth::new(name, &head),
            ));
            head.corrects = Some(head.delivery.clone());
            head.delivery.push_str("-v2");
            file = folder.file(&format!("{stem}.v2"));
        }
        let (name, path) = file;
        Ok(DispensingFile {
            world,
            out: DispensedOut::create(&path, &head, folder.format, coded)?,
            plan: DirtPlan::new(&world.spec, folder.format, false, number),
            truth: DeliveryTruth::new(name, &head),
            late: Vec::new(),
            first_sending,
        })
    }

    /// Writes what the delivery before left to take back.
    pub(crate) fn take_back(&mut self, late: &[Dispensing]) -> Result<(), WriteError> {
        for event in late {
            self.annul(event)?;
            self.truth.cancelling_earlier += 1;
        }
        Ok(())
    }

    fn annul(&mut self, event: &Dispensing) -> Result<(), WriteError> {
        let mut scratch = Scratch::new();
        let mut row = rows::prescribed(self.world, event, &mut scratch);
        row.row.status = Field::Text("annulled");
        self.truth.cancelling += 1;
        self.out.write(&row)
    }

    pub(crate) fn write(&mut self, events: &[Dispensing]) -> Result<(), WriteError> {
        let mut annulled = Vec::new();
        for event in events {
            let mut scratch = Scratch::new();
            let row = rows::prescribed(self.world, event, &mut scratch);
            self.out.write(&row)?;
            if let Some((out, truth)) = self
                .first_sending
                .as_mut()
                .filter(|_| !lost_at_first(event))
            {
                truth.antibiotics += u64::from(is_antibiotic(event));
                truth.not_human += u64::from(event.receiver != Receiver::Human);
                out.write(&row)?;
            }
            self.truth.not_human += u64::from(event.receiver != Receiver::Human);
            self.truth.antibiotics += u64::from(is_antibiotic(event));
            self.count_coded(event);
            if let Some(when) = faults::annulled(event).filter(|_| self.world.spec.faults) {
                self.truth.antibiotics_cancelled += u64::from(is_antibiotic(event));
                match when {
                    TakenBack::InTheSameDelivery => annulled.push(*event),
                    TakenBack::InTheNextDelivery => self.late.push(*event),
                }
            }
            if event.receiver == Receiver::Human {
                self.spoil(event)?;
            }
        }
        annulled.iter().try_for_each(|event| self.annul(event))
    }

    fn count_coded(&mut self, event: &Dispensing) {
        if self.world.spec.coded_milli > 0 && is_antibiotic(event) {
            let coded = self.truth.coded.get_or_insert_default();
            coded.with_diagnosis += u64::from(event.diagnosis.is_some());
            coded.not_waiting += u64::from(event.waiting == Some(false));
            coded.waiting += u64::from(event.waiting == Some(true));
        }
    }

    fn spoil(&mut self, event: &Dispensing) -> Result<(), WriteError> {
        let Some(dirt) = self.plan.due(self.out.rows()) else {
            return Ok(());
        };
        self.truth.dirty.push(DirtyRow {
            reason: dirt.reason().to_owned(),
            line: self.out.next_line(),
        });
        if dirt == faults::Dirt::WrongColumnCount {
            return self.out.write_raw(b"1;dispensed;human");
        }
        let copy = Dispensing {
            id: faults::spoiled_id(event.id),
            ..*event
        };
        let mut scratch = Scratch::new();
        let mut row = rows::prescribed(self.world, &copy, &mut scratch);
        dirt.spoil_dispensing(event, &mut row.row);
        self.out.write(&row)
    }

    /// Closes the files. Returns what the next delivery has to take back.
    pub(crate) fn finish(mut self) -> Result<(Vec<DeliveryTruth>, Late<Dispensing>), WriteError> {
        let mut files = Vec::new();
        if let Some((out, mut truth)) = self.first_sending {
            truth.rows = out.finish()?.rows;
            files.push(truth);
        }
        self.truth.rows = self.out.finish()?.rows;
        files.push(self.truth);
        Ok((files, self.late))
    }
}

/// A month's contacts on their way to the disk.
pub(crate) struct ContactFile<'w> {
    world: &'w World,
    out: Out<ContactRow<'static>>,
    plan: DirtPlan,
    truth: DeliveryTruth,
    late: Late<Contact>,
    /// Contacts that travel as claim messages instead.
    claims: Vec<Contact>,
    claimant: Option<u32>,
    claims_until: i32,
}

/// The doctors whose first week of contacts comes as claim messages: month and place among the lists.
fn claimant(world: &World, number: u32) -> Option<u32> {
    let place = match number {
        _ if !world.spec.faults => return None,
        0 => 0,
        1 => world.doctors.lists.len() / 2,
        _ => return None,
    };
    world.doctors.lists.get(place).map(|list| list.holder)
}

impl<'w> ContactFile<'w> {
    pub(crate) fn create(
        world: &'w World,
        folder: &Folder,
        number: u32,
    ) -> Result<Self, WriteError> {
        let month = world.spec.from + number as i32;
        let head = header(
            Kind::Contacts,
            &month.to_string(),
            Some(period(month, month)),
        );
        let (name, path) = folder.file(&format!("contacts-{month}"));
        Ok(ContactFile {
            world,
            out: Out::create(&path, &head, folder.format)?,
            plan: DirtPlan::new(&world.spec, folder.format, true, number),
            truth: DeliveryTruth::new(name, &head),
            late: Vec::new(),
            claims: Vec::new(),
            claimant: claimant(world, number),
            claims_until: month.first_day().epoch_days() + 6,
        })
    }

    pub(crate) fn take_back(&mut self, late: &[Contact]) -> Result<(), WriteError> {
        for event in late {
            self.credit(event)?;
            self.truth.cancelling_earlier += 1;
        }
        Ok(())
    }

    fn credit(&mut self, event: &Contact) -> Result<(), WriteError> {
        let mut scratch = Scratch::new();
        let mut row = rows::contact(self.world, event, &mut scratch);
        row.status = Field::Text("credited");
        self.truth.cancelling += 1;
        self.out.write(&row)
    }

    pub(crate) fn write(&mut self, events: &[Contact]) -> Result<(), WriteError> {
        for event in events {
            let claimed = Some(event.doctor) == self.claimant
                && event.day <= self.claims_until
                && !event.out_of_hours;
            if claimed && self.world.people.get(event.person).list != NONE {
                self.claims.push(*event);
                continue;
            }
            let mut scratch = Scratch::new();
            let row = rows::contact(self.world, event, &mut scratch);
            self.out.write(&row)?;
            match faults::credited(event).filter(|_| self.world.spec.faults) {
                Some(TakenBack::InTheSameDelivery) => {
                    self.credit(event)?;
                    self.send_again(event)?;
                }
                Some(TakenBack::InTheNextDelivery) => self.late.push(*event),
                None => {}
            }
            self.spoil(event)?;
        }
        Ok(())
    }

    /// The corrected bill: a new id, and the time of day put right.
    fn send_again(&mut self, event: &Contact) -> Result<(), WriteError> {
        let again = Contact {
            id: event.id + faults::SENT_AGAIN,
            minute: event.minute + 1,
            ..*event
        };
        let mut scratch = Scratch::new();
        self.truth.sent_again += 1;
        self.out
            .write(&rows::contact(self.world, &again, &mut scratch))
    }

    fn spoil(&mut self, event: &Contact) -> Result<(), WriteError> {
        let Some(dirt) = self.plan.due(self.out.rows) else {
            return Ok(());
        };
        self.truth.dirty.push(DirtyRow {
            reason: dirt.reason().to_owned(),
            line: self.out.next_line(),
        });
        let copy = Contact {
            id: faults::spoiled_id(event.id),
            ..*event
        };
        let mut scratch = Scratch::new();
        let mut row = rows::contact(self.world, &copy, &mut scratch);
        dirt.spoil_contact(&mut row);
        self.out.write(&row)
    }

    /// Closes the file. Returns what the next delivery has to take back, and what goes as claims.
    pub(crate) fn finish(
        mut self,
    ) -> Result<(DeliveryTruth, Late<Contact>, Vec<Contact>), WriteError> {
        self.truth.rows = self.out.finish()?.rows;
        Ok((self.truth, self.late, self.claims))
    }
}
