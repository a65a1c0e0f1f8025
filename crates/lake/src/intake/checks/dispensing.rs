//! Checks dispensings.

use riktig_codes::{AtcCode, Route};

use super::fields::{Diagnosed, count, diagnosis_system, fit, optional_day, quantity, text_of};
use super::{Became, Checker, Reason, Refusal};
use crate::delivery::{Raw, unfit};
use crate::source::Unmapped;
use crate::store::{BallastClass, Drug, MISSING};

/// What a distinct drug is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::intake) struct Drugged {
    id: i32,
    /// `None`: an antibiotic.
    ballast: Option<BallastClass>,
}

/// A dispensing whose dates, receiver and drug are checked.
struct Item {
    event: i64,
    line: i32,
    day: i32,
    prescribed: i32,
    prescriber: i32,
    drug: Drugged,
    items: i32,
}

impl Checker<'_> {
    pub(super) fn dispensing(&mut self, line: i32, row: &[Raw<'_>]) -> Result<Became, Refusal> {
        let [
            id,
            status,
            receiver,
            patient,
            birth,
            sex,
            municipality,
            prescriber,
            prescribed,
            dispensed,
            rest @ ..,
        ] = row
        else {
            return Err(Reason::WrongColumnCount.at(""));
        };
        let [
            item_number,
            atc,
            route,
            items,
            units,
            ddd,
            diagnosis_in,
            diagnosis,
            waiting,
            foreign @ ..,
        ] = rest
        else {
            return Err(Reason::WrongColumnCount.at(""));
        };
        let event = self.event(id, line, "dispensing_id")?;
        match status {
            Raw::Text(b"dispensed") => {}
            Raw::Text(b"annulled") => return Ok(self.cancel(event, line)),
            // A source without ids has no cancellations, and need not say so in a column.
            Raw::Missing if !self.rules.has_ids => {}
            _ => return Err(Reason::UnknownStatus.at("status")),
        }
        let ballast = receiver_class(receiver, self.rules.has_ids)?;
        let day = self.event_day(optional_day(dispensed, "dispensed_date")?, "dispensed_date")?;
        let prescribed = optional_day(prescribed, "prescribed_date")?;
        if prescribed.is_some_and(|prescribed| prescribed > day) {
            return Err(Reason::DispensedBeforePrescribed.at("prescribed_date"));
        }
        item_number_of(item_number)?;
        let drug = self.drug(atc, route, foreign)?;
        let prescriber = self.foreign_prescriber(prescriber, foreign)?;
        let items = count(items, "items")?;
        if items > self.rules.most_items() {
            return Err(Reason::ImplausibleQuantity.at("items"));
        }
        let (units, ddd) = (quantity(units, "units")?, quantity(ddd, "ddd")?);
        let diagnosis = match diagnosis_system(diagnosis_in, "diagnosis_system")? {
            Some(system) => self.diagnosis(system, diagnosis, "diagnosis")?,
            None if diagnosis.is_missing() => Diagnosed::NONE,
            None => return Err(Reason::UnknownDiagnosisSystem.at("diagnosis_system")),
        };
        let waiting = waiting_code(waiting)?;
        let item = Item {
            event,
            line,
            day,
            prescribed: prescribed.unwrap_or(MISSING),
            prescriber,
            drug,
            items,
        };
        if let Some(class) = ballast {
            self.first_time(event, "dispensing_id")?;
            return Ok(self.set_apart(&item, MISSING, class));
        }
        let area = self.area(municipality, "patient_municipality")?;
        let person = self.person(day, patient, birth, sex)?;
        if items == MISSING && drug.ballast.is_none() {
            // An antibiotic without a number of items would count as none at all.
            return Err(Reason::MissingItems.at("items"));
        }
        self.first_time(event, "dispensing_id")?;
        if let Some(class) = drug.ballast {
            return Ok(self.set_apart(&item, person.patient, class));
        }
        self.count_unknown(&person, prescriber);
        for (missing, column) in [
            (ddd < 0, "ddd"),
            (units < 0, "units"),
            (area == MISSING, "patient_municipality"),
        ] {
            if missing {
                self.count_missing(column);
            }
        }
        let rows = &mut self.staged.month_of(day).antibiotics;
        rows.event.push(event);
        rows.line.push(line);
        rows.patient.push(person.patient);
        rows.prescriber.push(prescriber);
        rows.day.push(day);
        rows.prescribed.push(item.prescribed);
        rows.drug.push(drug.id);
        rows.items.push(items);
        rows.ddd_milli.push(ddd);
        rows.units_milli.push(units);
        rows.diagnosis.push(diagnosis.id);
        rows.waiting.push(waiting);
        rows.age.push(person.age);
        rows.sex.push(person.sex);
        rows.area.push(area);
        Ok(Became::Kept)
    }

    fn set_apart(&mut self, item: &Item, patient: i32, class: BallastClass) -> Became {
        let rows = &mut self.staged.month_of(item.day).ballast;
        rows.event.push(item.event);
        rows.line.push(item.line);
        rows.patient.push(patient);
        rows.prescriber.push(item.prescriber);
        rows.day.push(item.day);
        rows.drug.push(item.drug.id);
        rows.items.push(item.items);
        rows.class.push(class.code());
        Became::Ballast(class.name())
    }

    /// The drug by ATC and route, or by the source's own code.
    fn drug(
        &mut self,
        atc: &Raw<'_>,
        route: &Raw<'_>,
        foreign: &[Raw<'_>],
    ) -> Result<Drugged, Refusal> {
        if self.rules.drug_codes.is_some() {
            return self.foreign_drug(foreign);
        }
        let Checker {
            memos,
            dictionaries,
            codebook,
            ..
        } = self;
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let (atc, route) = (atc.bytes(&mut first), route.bytes(&mut second));
        // ATC and route side by side: an ATC code holds no `|`, so the key is unambiguous.
        let mut key = [0u8; 32];
        let length = atc.len() + 1 + route.len();
        if length > key.len() {
            return Err(Reason::BadAtc.at("atc"));
        }
        key[..atc.len()].copy_from_slice(atc);
        key[atc.len()] = b'|';
        key[atc.len() + 1..length].copy_from_slice(route);
        let parsed = |text: &[u8]| {
            AtcCode::parse_bytes(text)
                .ok()
                .filter(AtcCode::is_substance)
        };
        let learn = || {
            let route = if route.is_empty() {
                None
            } else {
                Some(Route::parse_bytes(route).ok()?)
            };
            if atc.is_empty() {
                return Some(Drugged {
                    id: MISSING,
                    ballast: Some(BallastClass::OtherDrug),
                });
            }
            let code = parsed(atc)?;
            let id = dictionaries.drugs.intern(Drug {
                atc: Some(code.to_string()),
                system: None,
                code: None,
                route: route.map(|route| route.to_string()),
                name: None,
            });
            let ballast = (!codebook.is_antibiotic(code)).then_some(BallastClass::OtherDrug);
            Some(Drugged { id, ballast })
        };
        memos.drugs.get_or(&key[..length], learn).ok_or_else(|| {
            if atc.is_empty() || parsed(atc).is_some() {
                Reason::UnknownRoute.at("route")
            } else {
                Reason::BadAtc.at("atc")
            }
        })
    }

    fn foreign_drug(&mut self, foreign: &[Raw<'_>]) -> Result<Drugged, Refusal> {
        let [.., code, name] = foreign else {
            return Err(Reason::WrongColumnCount.at(""));
        };
        fit(name, "drug_name")?;
        let Checker {
            memos,
            dictionaries,
            rules,
            ..
        } = self;
        let Some((system, map)) = &rules.drug_codes else {
            return Err(Reason::BadAtc.at("drug_code"));
        };
        let mut buffer = Vec::new();
        let text = code.bytes(&mut buffer);
        if text.is_empty() {
            return Err(Reason::MissingValue.at("drug_code"));
        }
        let unmapped = rules.unmapped;
        let learn = || {
            let mapped = map.get(text);
            if mapped.is_none() && (unmapped == Unmapped::Refuse || unfit(text).is_some()) {
                return None;
            }
            let id = dictionaries.drugs.intern(Drug {
                atc: mapped.map(|mapped| mapped.atc.to_string()),
                system: Some(system.clone()),
                code: Some(String::from_utf8_lossy(text).into_owned()),
                route: mapped
                    .and_then(|mapped| mapped.route)
                    .map(|route| route.to_string()),
                name: mapped
                    .and_then(|mapped| mapped.name.clone())
                    .or_else(|| text_of(name)),
            });
            Some(Drugged {
                id,
                ballast: mapped.is_none().then_some(BallastClass::UnmappedCode),
            })
        };
        memos
            .drugs
            .get_or(text, learn)
            .ok_or(Reason::UnmappedCode.at("drug_code"))
    }

    /// The prescriber; where a source gives one only in its dispensings, also its name, role and municipality.
    fn foreign_prescriber(
        &mut self,
        number: &Raw<'_>,
        foreign: &[Raw<'_>],
    ) -> Result<i32, Refusal> {
        let Some(role) = self.rules.prescriber_role else {
            return self.prescriber(number, &Raw::Missing);
        };
        let [name, area, area_name, county, county_name, ..] = foreign else {
            return Err(Reason::WrongColumnCount.at(""));
        };
        let prescriber = self.prescriber(number, name)?;
        let area = self.described_area(
            area,
            [area_name, county, county_name],
            "prescriber_municipality",
        )?;
        if prescriber != MISSING && self.described.insert(prescriber) {
            let known = &mut self.staged.prescribers;
            let none = [
                &mut known.practice,
                &mut known.from,
                &mut known.to,
                &mut known.specialty,
            ];
            none.into_iter().for_each(|column| column.push(MISSING));
            known.absent_from.push(MISSING);
            known.absent_to.push(MISSING);
            known.line.push(MISSING);
            known.prescriber.push(prescriber);
            known.role.push(role.code());
            known.area.push(area);
        }
        Ok(prescriber)
    }
}

fn receiver_class(receiver: &Raw<'_>, has_ids: bool) -> Result<Option<BallastClass>, Refusal> {
    match receiver {
        Raw::Text(b"human") => Ok(None),
        Raw::Text(b"animal") => Ok(Some(BallastClass::Animal)),
        Raw::Text(b"practice") => Ok(Some(BallastClass::PracticeStock)),
        // A source of aggregated counts names no receivers.
        Raw::Missing if !has_ids => Ok(None),
        _ => Err(Reason::UnknownReceiver.at("receiver")),
    }
}

/// Whether the prescription was to wait: 1 or 0, [`MISSING`] where the row does not say.
fn waiting_code(waiting: &Raw<'_>) -> Result<i32, Refusal> {
    match waiting {
        Raw::Missing => Ok(MISSING),
        Raw::Text(b"yes") => Ok(1),
        Raw::Text(b"no") => Ok(0),
        _ => Err(Reason::UnknownWaiting.at("waiting")),
    }
}

/// Varenummer: six digits where given. Not stored; a wrong one shows a shifted row.
fn item_number_of(raw: &Raw<'_>) -> Result<(), Refusal> {
    let good = match raw {
        Raw::Missing => true,
        Raw::Text(text) => text.len() == 6 && text.iter().all(u8::is_ascii_digit),
        Raw::Whole(number) => (0..1_000_000).contains(number),
        _ => false,
    };
    if good {
        Ok(())
    } else {
        Err(Reason::BadItemNumber.at("item_number"))
    }
}
