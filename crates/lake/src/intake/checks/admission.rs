//! Checks hospital admissions.

use super::fields::optional_day;
use super::{Became, Checker, Reason, Refusal};
use crate::delivery::{DiagnosisSystem, Raw};
use crate::store::MISSING;

impl Checker<'_> {
    pub(super) fn admission(&mut self, line: i32, row: &[Raw<'_>]) -> Result<Became, Refusal> {
        let [
            id,
            status,
            patient,
            birth,
            sex,
            admitted,
            diagnosis_1,
            diagnosis_2,
            acute,
        ] = row
        else {
            return Err(Reason::WrongColumnCount.at(""));
        };
        let event = self.event(id, line, "admission_id")?;
        match status {
            Raw::Text(b"active") => {}
            Raw::Text(b"cancelled") => return Ok(self.cancel(event, line)),
            _ => return Err(Reason::UnknownStatus.at("status")),
        }
        let day = self.event_day(optional_day(admitted, "admitted")?, "admitted")?;
        let diagnosis_1 = self
            .diagnosis(DiagnosisSystem::Icd10, diagnosis_1, "diagnosis_1")?
            .id;
        let diagnosis_2 = self
            .diagnosis(DiagnosisSystem::Icd10, diagnosis_2, "diagnosis_2")?
            .id;
        let acute = match acute.whole() {
            Ok(None) => MISSING,
            Ok(Some(0)) => 0,
            Ok(Some(1)) => 1,
            _ => return Err(Reason::BadNumber.at("acute")),
        };
        let person = self.person(day, patient, birth, sex)?;
        self.first_time(event, "admission_id")?;
        // An admission has no prescriber: nothing to count for it.
        self.count_unknown(&person, 0);
        let rows = &mut self.staged.month_of(day).admissions;
        rows.event.push(event);
        rows.line.push(line);
        rows.patient.push(person.patient);
        rows.day.push(day);
        rows.diagnosis_1.push(diagnosis_1);
        rows.diagnosis_2.push(diagnosis_2);
        rows.age.push(person.age);
        rows.sex.push(person.sex);
        rows.acute.push(acute);
        Ok(Became::Kept)
    }
}
