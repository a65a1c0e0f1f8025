//! Checks registers: lists, inhabitants, prescribers, course groups.

use riktig_codes::{Day, Month};

use super::fields::{count, optional_day, sex_of, stored_text};
use super::{Became, Checker, Reason, Refusal};
use crate::delivery::Raw;
use crate::store::{Group, MISSING, Practice, Role, Specialty};

/// The oldest age that a register may name; open bands end nowhere.
const OLDEST: i32 = 130;

impl Checker<'_> {
    pub(super) fn practice_list(&mut self, line: i32, row: &[Raw<'_>]) -> Result<Became, Refusal> {
        let [month, prescriber, practice, age_from, age_to, sex, patients] = row else {
            return Err(Reason::WrongColumnCount.at(""));
        };
        let month = month_of(month)?;
        self.event_day(Some(month.first_day().epoch_days()), "month")?;
        let prescriber = self.someone(prescriber)?;
        let (age_from, age_to) = (age(age_from, "age_from")?, age(age_to, "age_to")?);
        if age_from == MISSING {
            return Err(Reason::MissingValue.at("age_from"));
        }
        if age_to != MISSING && age_to < age_from {
            return Err(Reason::EndsBeforeStart.at("age_to"));
        }
        let sex = i32::from(sex_of(sex)?.code());
        let patients = needed(count(patients, "patients")?, "patients")?;
        let practice = self.practice(practice)?;
        self.first_row([month.index(), prescriber, practice, age_from, age_to, sex])?;
        let rows = self.staged.practice_lists.entry(month).or_default();
        rows.line.push(line);
        rows.month.push(month.index());
        rows.prescriber.push(prescriber);
        rows.practice.push(practice);
        rows.age_from.push(age_from);
        rows.age_to.push(age_to);
        rows.sex.push(sex);
        rows.patients.push(patients);
        Ok(Became::Kept)
    }

    pub(super) fn inhabitants(&mut self, line: i32, row: &[Raw<'_>]) -> Result<Became, Refusal> {
        let [
            date,
            municipality,
            name,
            county,
            county_name,
            age_raw,
            sex,
            inhabitants,
        ] = row
        else {
            return Err(Reason::WrongColumnCount.at(""));
        };
        let day = self.event_day(optional_day(date, "date")?, "date")?;
        let area =
            self.described_area(municipality, [name, county, county_name], "municipality")?;
        let area = needed(area, "municipality")?;
        let age = needed(age(age_raw, "age")?, "age")?;
        let sex = i32::from(sex_of(sex)?.code());
        let inhabitants = needed(count(inhabitants, "inhabitants")?, "inhabitants")?;
        self.first_row([day, area, age, sex, 0, 0])?;
        let rows = self
            .staged
            .inhabitants
            .entry(Day::from_epoch_days(day).month())
            .or_default();
        rows.line.push(line);
        rows.day.push(day);
        rows.area.push(area);
        rows.age.push(age);
        rows.sex.push(sex);
        rows.inhabitants.push(inhabitants);
        Ok(Became::Kept)
    }

    pub(super) fn prescriber_role(
        &mut self,
        line: i32,
        row: &[Raw<'_>],
    ) -> Result<Became, Refusal> {
        let [
            prescriber,
            role,
            practice,
            municipality,
            from,
            to,
            specialty,
            absent_from,
            absent_to,
        ] = row
        else {
            return Err(Reason::WrongColumnCount.at(""));
        };
        let prescriber = self.someone(prescriber)?;
        let mut buffer = Vec::new();
        let role = std::str::from_utf8(role.bytes(&mut buffer))
            .ok()
            .and_then(Role::from_name);
        let role = role.ok_or(Reason::UnknownRole.at("role"))?;
        let area = self.area(municipality, "municipality")?;
        let (from, to) = span(from, to, ["from", "to"])?;
        let (absent_from, absent_to) = span(absent_from, absent_to, ["absent_from", "absent_to"])?;
        let specialty = match stored_text(specialty, "specialty")? {
            None => MISSING,
            Some(name) => self.dictionaries.specialties.intern(Specialty { name }),
        };
        let practice = self.practice(practice)?;
        let rows = &mut self.staged.prescribers;
        rows.line.push(line);
        rows.prescriber.push(prescriber);
        rows.role.push(role.code());
        rows.practice.push(practice);
        rows.area.push(area);
        rows.from.push(from);
        rows.to.push(to);
        rows.specialty.push(specialty);
        rows.absent_from.push(absent_from);
        rows.absent_to.push(absent_to);
        Ok(Became::Kept)
    }

    pub(super) fn course_group(&mut self, line: i32, row: &[Raw<'_>]) -> Result<Became, Refusal> {
        let [group, name, prescriber, from, to, course] = row else {
            return Err(Reason::WrongColumnCount.at(""));
        };
        let id = stored_text(group, "group_id")?.ok_or(Reason::MissingValue.at("group_id"))?;
        let name = stored_text(name, "group_name")?;
        let prescriber = self.someone(prescriber)?;
        let (from, to) = span(from, to, ["from", "to"])?;
        let course_day = optional_day(course, "course_date")?.unwrap_or(MISSING);
        let group = self.dictionaries.groups.intern(Group { id, name });
        let rows = &mut self.staged.course_groups;
        rows.line.push(line);
        rows.group.push(group);
        rows.prescriber.push(prescriber);
        rows.from.push(from);
        rows.to.push(to);
        rows.course_day.push(course_day);
        Ok(Became::Kept)
    }

    /// Refuses a second row about the same people: the register would count them twice.
    fn first_row(&mut self, key: [i32; 6]) -> Result<(), Refusal> {
        if self.register_rows.insert(key) {
            Ok(())
        } else {
            Err(Reason::RepeatedRow.at(""))
        }
    }

    /// A register row is about a prescriber: a mask is no prescriber.
    fn someone(&mut self, number: &Raw<'_>) -> Result<i32, Refusal> {
        match self.prescriber(number, &Raw::Missing)? {
            MISSING => Err(Reason::MissingPrescriber.at("prescriber_hpr")),
            known => Ok(known),
        }
    }

    fn practice(&mut self, id: &Raw<'_>) -> Result<i32, Refusal> {
        Ok(match stored_text(id, "practice_id")? {
            None => MISSING,
            Some(id) => self.dictionaries.practices.intern(Practice { id }),
        })
    }
}

fn needed(value: i32, column: &'static str) -> Result<i32, Refusal> {
    if value == MISSING {
        Err(Reason::MissingValue.at(column))
    } else {
        Ok(value)
    }
}

fn age(raw: &Raw<'_>, column: &'static str) -> Result<i32, Refusal> {
    let age = count(raw, column)?;
    if age > OLDEST {
        Err(Reason::ImpossibleAge.at(column))
    } else {
        Ok(age)
    }
}

pub(in crate::intake) fn span(
    from: &Raw<'_>,
    to: &Raw<'_>,
    columns: [&'static str; 2],
) -> Result<(i32, i32), Refusal> {
    let (from, to) = (
        optional_day(from, columns[0])?,
        optional_day(to, columns[1])?,
    );
    match (from, to) {
        (Some(from), Some(to)) if to < from => Err(Reason::EndsBeforeStart.at(columns[1])),
        _ => Ok((from.unwrap_or(MISSING), to.unwrap_or(MISSING))),
    }
}

pub(super) fn month_of(raw: &Raw<'_>) -> Result<Month, Refusal> {
    let wrong = Reason::BadDate.at("month");
    match raw {
        Raw::Missing => Err(Reason::MissingDate.at("month")),
        Raw::Whole(index) => i32::try_from(*index)
            .map(Month::from_index)
            .map_err(|_| wrong),
        Raw::Text(text) => std::str::from_utf8(text)
            .ok()
            .and_then(|text| text.parse().ok())
            .ok_or(wrong),
        Raw::Day(day) => Ok(Day::from_epoch_days(*day).month()),
        _ => Err(wrong),
    }
}
