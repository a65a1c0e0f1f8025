//! Checks contacts, from KPR and from claim messages.

use super::fields::diagnosis_system;
use super::{Became, Checker, Reason, Refusal};
use crate::delivery::{DiagnosisSystem, Raw};
use crate::store::{MISSING, Setting};

impl Checker<'_> {
    pub(super) fn contact(&mut self, line: i32, row: &[Raw<'_>]) -> Result<Became, Refusal> {
        let [
            id,
            status,
            patient,
            birth,
            sex,
            municipality,
            prescriber,
            time,
            practice_type,
            rest @ ..,
        ] = row
        else {
            return Err(Reason::WrongColumnCount.at(""));
        };
        let [tariffs, diagnoses @ .., system] = rest else {
            return Err(Reason::WrongColumnCount.at(""));
        };
        let event = self.event(id, line, "contact_id")?;
        match status {
            Raw::Text(b"active") => {}
            Raw::Text(b"credited") => return Ok(self.cancel(event, line)),
            _ => return Err(Reason::UnknownStatus.at("status")),
        }
        let time = time
            .minute()
            .map_err(|_| Reason::BadDate.at("contact_time"))?;
        let day = self.event_day(time.map(|(day, _)| day), "contact_time")?;
        let minute = time.map_or(MISSING, |(_, minute)| i32::from(minute));
        let setting = setting_of(practice_type)?;
        let system =
            diagnosis_system(system, "diagnosis_system")?.unwrap_or(DiagnosisSystem::Icpc2);
        let mut found = [MISSING; 3];
        let mut is_infection = false;
        for ((slot, code), column) in
            found
                .iter_mut()
                .zip(diagnoses)
                .zip(["diagnosis_1", "diagnosis_2", "diagnosis_3"])
        {
            let diagnosis = self.diagnosis(system, code, column)?;
            *slot = diagnosis.id;
            is_infection |= diagnosis.is_infection;
        }
        let prescriber = self.prescriber(prescriber, &Raw::Missing)?;
        let area = self.area(municipality, "patient_municipality")?;
        let person = self.person(day, patient, birth, sex)?;
        self.first_time(event, "contact_id")?;
        self.count_unknown(&person, prescriber);
        for (missing, column) in [
            (found[0] == MISSING, "diagnosis_1"),
            (setting == Setting::Unknown, "practice_type"),
        ] {
            if missing {
                self.count_missing(column);
            }
        }
        let form = self.form(tariffs);
        let month = self.staged.month_of(day);
        let rows = if is_infection {
            &mut month.infection_contacts
        } else {
            &mut month.other_contacts
        };
        rows.event.push(event);
        rows.line.push(line);
        rows.patient.push(person.patient);
        rows.prescriber.push(prescriber);
        rows.day.push(day);
        rows.minute.push(minute);
        rows.setting.push(setting.code());
        rows.form.push(form);
        rows.diagnosis_1.push(found[0]);
        rows.diagnosis_2.push(found[1]);
        rows.diagnosis_3.push(found[2]);
        rows.age.push(person.age);
        rows.sex.push(person.sex);
        rows.area.push(area);
        Ok(Became::Kept)
    }

    fn form(&mut self, tariffs: &Raw<'_>) -> i32 {
        let Checker {
            memos, codebook, ..
        } = self;
        let mut buffer = Vec::new();
        let text = tariffs.bytes(&mut buffer);
        memos
            .forms
            .get_or(text, || i32::from(codebook.contact_form(text).code()))
    }
}

/// Praksistype 1 and 2 are general practice, 3 and 4 out of hours; others are other services, unknown to us.
fn setting_of(raw: &Raw<'_>) -> Result<Setting, Refusal> {
    match raw
        .whole()
        .map_err(|_| Reason::BadNumber.at("practice_type"))?
    {
        Some(1 | 2) => Ok(Setting::ListPractice),
        Some(3 | 4) => Ok(Setting::OutOfHours),
        Some(number) if number < 0 => Err(Reason::BadNumber.at("practice_type")),
        _ => Ok(Setting::Unknown),
    }
}
