//! A world as the kernel's input: rows in memory, in several unsorted deliveries.

use riktig_codes::{Day, Month};
use riktig_indicators::oracle::World;
use riktig_lake::kernel::{ContactPart, Input, KernelError};
use riktig_lake::store::{
    Admissions, Antibiotics, Area, Contacts, Diagnosis, Dictionaries, Drug, Inhabitants,
    PracticeLists, Prescriber,
};

use crate::world::{AREAS, PRESCRIBERS};

pub(crate) struct Memory<'a> {
    pub(crate) world: &'a World,
    pub(crate) dictionaries: Dictionaries,
}

fn month_of(day: i32) -> Month {
    Day::from_epoch_days(day).month()
}

fn id(id: Option<u32>) -> i32 {
    id.map_or(-1, |id| id as i32)
}

impl<'a> Memory<'a> {
    pub(crate) fn new(world: &'a World) -> Memory<'a> {
        let mut dictionaries = Dictionaries::default();
        // Random worlds have a fixed number, so that somebody has no rows; worlds made by hand have as many as they need.
        let named = world.dispensings.iter().filter_map(|row| row.prescriber);
        for at in 0..named.map(|last| last + 1).fold(PRESCRIBERS, u32::max) {
            dictionaries.prescribers.intern(Prescriber {
                system: "HPR".into(),
                id: format!("{at}"),
                name: None,
            });
        }
        for at in 0..AREAS {
            dictionaries.areas.intern(Area {
                code: format!("{at}"),
                name: None,
                county: None,
                county_name: None,
            });
        }
        for row in &world.dispensings {
            dictionaries.drugs.intern(drug(row));
            if let Some(code) = &row.diagnosis {
                dictionaries.diagnoses.intern(diagnosis(code));
            }
        }
        let admissions = world.admissions.iter().map(|row| &row.diagnoses);
        let contacts = world.contacts.iter().map(|row| &row.diagnoses);
        for diagnoses in contacts.chain(admissions) {
            for code in diagnoses {
                dictionaries.diagnoses.intern(diagnosis(code));
            }
        }
        Memory {
            world,
            dictionaries,
        }
    }

    fn diagnosis_id(&self, code: Option<&riktig_indicators::DiagnosisCode>) -> i32 {
        code.map_or(-1, |code| {
            self.dictionaries
                .diagnoses
                .find(&diagnosis(code))
                .expect("interned")
        })
    }
}

fn drug(row: &riktig_indicators::oracle::Dispensing) -> Drug {
    let (system, code) = row.foreign.clone().map_or((None, None), |(system, code)| {
        (Some(system.to_uppercase()), Some(code))
    });
    Drug {
        atc: row.atc.map(|atc| atc.as_str().to_owned()),
        system,
        code,
        route: row.route.map(|route| route.as_str().to_owned()),
        name: None,
    }
}

fn diagnosis(code: &riktig_indicators::DiagnosisCode) -> Diagnosis {
    Diagnosis {
        system: code.system.clone(),
        code: code.code.clone(),
    }
}

impl Input for Memory<'_> {
    fn dictionaries(&self) -> &Dictionaries {
        &self.dictionaries
    }

    fn antibiotics(&self, month: Month) -> Result<Antibiotics, KernelError> {
        let mut rows = Antibiotics::default();
        for row in self
            .world
            .dispensings
            .iter()
            .filter(|row| month_of(row.day) == month)
        {
            let drug = drug(row);
            rows.event.push(row.event);
            rows.patient.push(id(row.patient));
            rows.prescriber.push(id(row.prescriber));
            rows.day.push(row.day);
            rows.drug.push(
                self.dictionaries
                    .drugs
                    .find(&(drug.atc, drug.system, drug.code, drug.route))
                    .expect("interned"),
            );
            rows.items.push(row.items as i32);
            rows.ddd_milli.push(row.ddd_milli.unwrap_or(-1));
            rows.units_milli.push(row.units_milli.unwrap_or(-1));
            rows.diagnosis
                .push(self.diagnosis_id(row.diagnosis.as_ref()));
            rows.prescribed.push(row.prescribed.unwrap_or(-1));
            rows.waiting.push(row.waiting.map_or(-1, i32::from));
            rows.age.push(row.age.map_or(-1, i32::from));
            rows.sex.push(i32::from(row.sex.code()));
            rows.area.push(id(row.area));
        }
        Ok(rows)
    }

    fn contacts(
        &self,
        month: Month,
        part: ContactPart,
        visit: &mut dyn FnMut(&Contacts),
    ) -> Result<(), KernelError> {
        let tail_from = month.last_day().epoch_days() - 9;
        let wanted = |row: &&riktig_indicators::oracle::Contact| {
            month_of(row.day) == month
                && row.infection == part.infection
                && (!part.tail || row.day >= tail_from)
        };
        let rows: Vec<_> = self.world.contacts.iter().filter(wanted).collect();
        for batch in rows.chunks(3) {
            let mut columns = Contacts::default();
            for row in batch {
                columns.event.push(row.event);
                columns.patient.push(id(row.patient));
                columns.prescriber.push(id(row.prescriber));
                columns.day.push(row.day);
                columns.minute.push(row.minute);
                columns.setting.push(row.setting.code());
                columns.form.push(i32::from(row.form.code()));
                columns
                    .diagnosis_1
                    .push(self.diagnosis_id(row.diagnoses.first()));
                columns
                    .diagnosis_2
                    .push(self.diagnosis_id(row.diagnoses.get(1)));
                columns
                    .diagnosis_3
                    .push(self.diagnosis_id(row.diagnoses.get(2)));
                columns.age.push(row.age.map_or(-1, i32::from));
                columns.sex.push(i32::from(row.sex.code()));
            }
            visit(&columns);
        }
        Ok(())
    }

    fn practice_lists(&self, month: Month) -> Result<PracticeLists, KernelError> {
        let mut rows = PracticeLists::default();
        for row in self
            .world
            .lists
            .iter()
            .filter(|row| row.month == month.index())
        {
            rows.month.push(row.month);
            rows.prescriber.push(row.prescriber as i32);
            rows.age_from.push(row.band.age.from);
            rows.age_to.push(row.band.age.to.unwrap_or(-1));
            rows.sex
                .push(row.band.sex.map_or(0, |sex| i32::from(sex.code())));
            rows.patients.push(row.patients as i32);
        }
        Ok(rows)
    }

    fn admissions(&self, month: Month) -> Result<Admissions, KernelError> {
        let mut rows = Admissions::default();
        for row in self
            .world
            .admissions
            .iter()
            .filter(|row| month_of(row.day) == month)
        {
            rows.patient.push(id(row.patient));
            rows.day.push(row.day);
            rows.diagnosis_1
                .push(self.diagnosis_id(row.diagnoses.first()));
            rows.diagnosis_2
                .push(self.diagnosis_id(row.diagnoses.get(1)));
            rows.acute.push(row.acute.map_or(-1, i32::from));
        }
        Ok(rows)
    }

    fn inhabitants(&self) -> Result<Inhabitants, KernelError> {
        let mut rows = Inhabitants::default();
        for row in &self.world.inhabitants {
            rows.day.push(row.day);
            rows.area.push(row.area as i32);
            rows.age.push(row.age.map_or(-1, i32::from));
            rows.sex.push(i32::from(row.sex.code()));
            rows.inhabitants.push(row.inhabitants as i32);
        }
        Ok(rows)
    }
}
