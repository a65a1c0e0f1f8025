//! Checks that several kinds of rows share.

use riktig_codes::{Age, Day, HprNumber, MunicipalityNumber, NationalId, Sex};

use super::{Checker, Reason, Refusal};
use crate::delivery::{DiagnosisSystem, PrescribedDiagnosis, Raw, Unfit, unfit};
use crate::store::{Area, Diagnosis, MISSING, Prescriber};

/// The longest foreign number of a prescriber or area; longer texts are no numbers.
const LONGEST_FOREIGN_ID: usize = 40;

/// 1900-01-01 and 2099-12-31, days since 1970-01-01: what lies outside is a mask or a slip of the pen, and would
/// otherwise stretch the period of a delivery that names none.
const FIRST_EVENT: i32 = -25_567;
const LAST_EVENT: i32 = 47_481;

/// A diagnosis as the dictionary knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::intake) struct Diagnosed {
    pub(super) id: i32,
    pub(super) is_infection: bool,
}

impl Diagnosed {
    /// No diagnosis was given.
    pub(super) const NONE: Diagnosed = Diagnosed {
        id: MISSING,
        is_infection: false,
    };
}

/// Who a row is about.
pub(super) struct Person {
    pub(super) patient: i32,
    pub(super) age: i32,
    pub(super) sex: i32,
}

impl Checker<'_> {
    /// The day that places a row in time: given, inside the period, not after the data cut.
    pub(super) fn event_day(&self, day: Option<i32>, column: &'static str) -> Result<i32, Refusal> {
        let day = day.ok_or(Reason::MissingDate.at(column))?;
        if day < FIRST_EVENT {
            return Err(Reason::BadDate.at(column));
        }
        if day > LAST_EVENT {
            return Err(Reason::FutureDate.at(column));
        }
        if self.window.data_cut.is_some_and(|cut| day > cut) {
            return Err(Reason::FutureDate.at(column));
        }
        match self.window.period {
            Some((first, last)) if day < first || day > last => {
                Err(Reason::OutsidePeriod.at(column))
            }
            _ => Ok(day),
        }
    }

    /// Identity number, birth date and sex. The delivery's own fields go before what a number carries.
    pub(super) fn person(
        &mut self,
        day: i32,
        id: &Raw<'_>,
        birth: &Raw<'_>,
        sex: &Raw<'_>,
    ) -> Result<Person, Refusal> {
        let number = match id {
            Raw::Missing => None,
            _ => {
                let digits;
                let text = match id {
                    // A column of whole numbers has lost its leading zeros.
                    Raw::Whole(number) => {
                        digits = format!("{number:011}");
                        digits.as_bytes()
                    }
                    _ => id.bytes(&mut self.memos.buffer),
                };
                NationalId::parse_bytes(text)
                    .map_err(|_| Reason::BadIdentity.at("patient_id"))?
                    .known()
            }
        };
        let birth = birth
            .day()
            .map_err(|_| Reason::BadDate.at("patient_birth_date"))?;
        let birth = birth
            .map(Day::from_epoch_days)
            .or_else(|| number.as_ref()?.birth_date());
        let age = match birth {
            None => MISSING,
            Some(birth) => {
                let age = Age::at(birth, Day::from_epoch_days(day));
                i32::from(
                    age.ok_or(Reason::ImpossibleAge.at("patient_birth_date"))?
                        .years(),
                )
            }
        };
        let sex = match sex_of(sex)? {
            Sex::Unknown => number
                .as_ref()
                .and_then(NationalId::sex)
                .unwrap_or(Sex::Unknown),
            known => known,
        };
        let patient = match number {
            None => MISSING,
            Some(number) => self
                .patients
                .intern(&self.patient_key, number.reveal_digits()),
        };
        Ok(Person {
            patient,
            age,
            sex: i32::from(sex.code()),
        })
    }

    /// Counts what is unknown about the person of a row that was taken in.
    pub(super) fn count_unknown(&mut self, person: &Person, prescriber: i32) {
        if person.patient == MISSING {
            self.count_missing("patient_id");
        }
        if person.age == MISSING {
            self.count_missing("patient_birth_date");
        }
        if person.sex == 0 {
            self.count_missing("patient_sex");
        }
        if prescriber == MISSING {
            self.count_missing("prescriber_hpr");
        }
    }

    /// The prescriber's id; masked and missing numbers are [`MISSING`].
    pub(super) fn prescriber(&mut self, number: &Raw<'_>, name: &Raw<'_>) -> Result<i32, Refusal> {
        if number.is_missing() {
            return Ok(MISSING);
        }
        fit(name, "prescriber_name")?;
        let Checker {
            memos,
            dictionaries,
            rules,
            ..
        } = self;
        let mut buffer = Vec::new();
        let text = number.bytes(&mut buffer);
        let system = &rules.prescriber_system;
        let learn = || {
            let id = if system == "HPR" {
                match HprNumber::parse_bytes(text).ok()?.known() {
                    None => return Some(MISSING),
                    Some(number) => number.value().to_string(),
                }
            } else {
                foreign_id(text)?
            };
            let name = text_of(name);
            Some(dictionaries.prescribers.intern(Prescriber {
                system: system.clone(),
                id,
                name,
            }))
        };
        memos
            .prescribers
            .get_or(text, learn)
            .ok_or(Reason::BadPrescriber.at("prescriber_hpr"))
    }

    /// The municipality's id; `9999` (not stated) is [`MISSING`].
    pub(super) fn area(&mut self, code: &Raw<'_>, column: &'static str) -> Result<i32, Refusal> {
        self.described_area(code, [&Raw::Missing; 3], column)
    }

    /// As [`Checker::area`], with name, county and name of the county.
    pub(super) fn described_area(
        &mut self,
        code: &Raw<'_>,
        [name, county, county_name]: [&Raw<'_>; 3],
        column: &'static str,
    ) -> Result<i32, Refusal> {
        if code.is_missing() {
            return Ok(MISSING);
        }
        fit(name, "municipality_name")?;
        fit(county, "county")?;
        fit(county_name, "county_name")?;
        let Checker {
            memos,
            dictionaries,
            rules,
            ..
        } = self;
        let mut buffer = Vec::new();
        let text = match code {
            // A column of whole numbers has lost its leading zeros.
            Raw::Whole(number) if rules.norwegian_areas => {
                buffer.extend_from_slice(format!("{number:04}").as_bytes());
                &buffer
            }
            _ => code.bytes(&mut buffer),
        };
        let learn = || {
            let (code, county_of_code) = if rules.norwegian_areas {
                let number = MunicipalityNumber::parse_bytes(text).ok()?;
                if !number.is_stated() {
                    return Some(MISSING);
                }
                (number.to_string(), Some(format!("{:02}", number.county())))
            } else {
                (foreign_id(text)?, None)
            };
            let county = text_of(county).or(county_of_code);
            let area = Area {
                code,
                name: text_of(name),
                county,
                county_name: text_of(county_name),
            };
            Some(dictionaries.areas.intern(area))
        };
        memos
            .areas
            .get_or(text, learn)
            .ok_or(Reason::BadMunicipality.at(column))
    }

    /// A diagnosis of a system.
    pub(super) fn diagnosis(
        &mut self,
        system: DiagnosisSystem,
        code: &Raw<'_>,
        column: &'static str,
    ) -> Result<Diagnosed, Refusal> {
        if code.is_missing() {
            return Ok(Diagnosed::NONE);
        }
        let Checker {
            memos,
            dictionaries,
            codebook,
            ..
        } = self;
        let mut buffer = Vec::new();
        let text = code.bytes(&mut buffer);
        let learn = || {
            let read = PrescribedDiagnosis::read(system, text)?;
            let is_infection = match read {
                PrescribedDiagnosis::Icpc2(code) => codebook.is_infection(code),
                PrescribedDiagnosis::Icd10(code) => codebook.is_infection_icd10(code),
            };
            let id = dictionaries.diagnoses.intern(Diagnosis {
                system: read.system().name().to_owned(),
                code: read.code().to_owned(),
            });
            Some(Diagnosed { id, is_infection })
        };
        memos.diagnoses[system as usize]
            .get_or(text, learn)
            .ok_or(Reason::BadDiagnosis.at(column))
    }
}

/// The system that a row names; `None` where it names none.
pub(super) fn diagnosis_system(
    raw: &Raw<'_>,
    column: &'static str,
) -> Result<Option<DiagnosisSystem>, Refusal> {
    match raw {
        Raw::Missing => Ok(None),
        Raw::Text(text) => match DiagnosisSystem::parse_bytes(text) {
            Some(system) => Ok(Some(system)),
            None => Err(Reason::UnknownDiagnosisSystem.at(column)),
        },
        _ => Err(Reason::UnknownDiagnosisSystem.at(column)),
    }
}

/// Sex by list 3101; missing is unknown.
pub(super) fn sex_of(raw: &Raw<'_>) -> Result<Sex, Refusal> {
    let sex = match raw {
        Raw::Missing => Some(Sex::Unknown),
        Raw::Text(text) => Sex::parse_bytes(text).ok(),
        Raw::Whole(code) => u8::try_from(*code).ok().and_then(Sex::from_code),
        _ => None,
    };
    sex.ok_or(Reason::UnknownSex.at("sex"))
}

/// A quantity in thousandths, not below zero; [`MISSING`] where none is given.
pub(super) fn quantity(raw: &Raw<'_>, column: &'static str) -> Result<i64, Refusal> {
    match raw.milli().map_err(|_| Reason::BadNumber.at(column))? {
        None => Ok(i64::from(MISSING)),
        Some(milli) if milli < 0 => Err(Reason::NegativeQuantity.at(column)),
        Some(milli) => Ok(milli),
    }
}

/// A number of things, not below zero; [`MISSING`] where none is given.
pub(super) fn count(raw: &Raw<'_>, column: &'static str) -> Result<i32, Refusal> {
    match raw.whole().map_err(|_| Reason::BadNumber.at(column))? {
        None => Ok(MISSING),
        Some(number) if number < 0 => Err(Reason::NegativeQuantity.at(column)),
        Some(number) => i32::try_from(number).map_err(|_| Reason::BadNumber.at(column)),
    }
}

/// A date, [`MISSING`] where none is given.
pub(in crate::intake) fn optional_day(
    raw: &Raw<'_>,
    column: &'static str,
) -> Result<Option<i32>, Refusal> {
    raw.day().map_err(|_| Reason::BadDate.at(column))
}

/// Text that is stored as it is, and must therefore be fit for it.
pub(in crate::intake) fn stored_text(
    raw: &Raw<'_>,
    column: &'static str,
) -> Result<Option<String>, Refusal> {
    fit(raw, column)?;
    Ok(text_of(raw))
}

/// Refuses a text that may not be stored.
#[inline]
pub(super) fn fit(raw: &Raw<'_>, column: &'static str) -> Result<(), Refusal> {
    if raw.is_missing() {
        return Ok(());
    }
    let mut buffer = Vec::new();
    match unfit(raw.bytes(&mut buffer).trim_ascii()) {
        None => Ok(()),
        Some(Unfit::ControlCharacter) => Err(Reason::ControlCharacter.at(column)),
        Some(Unfit::IdentityNumber) => Err(Reason::IdentityNumberInText.at(column)),
    }
}

/// Text for a dictionary, found fit before.
pub(super) fn text_of(raw: &Raw<'_>) -> Option<String> {
    let mut buffer = Vec::new();
    let text = raw.bytes(&mut buffer);
    let text = String::from_utf8_lossy(text).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn foreign_id(text: &[u8]) -> Option<String> {
    let good = text.len() <= LONGEST_FOREIGN_ID
        && text.iter().all(u8::is_ascii_graphic)
        && unfit(text).is_none();
    good.then(|| String::from_utf8_lossy(text).into_owned())
}
