//! The registers: prescribers, course groups, inhabitants, list patients.

use riktig_codes::{Day, Month};
use riktig_lake::delivery::rows::{CourseGroupRow, InhabitantsRow, PracticeListRow, PrescriberRow};
use riktig_lake::delivery::{Field, Kind, Period, WriteError};

use super::truth::DeliveryTruth;
use super::{Folder, Out, header};
use crate::world::World;
use crate::world::doctors::Doctor;
use crate::world::people::NONE;

/// First and last ages of the bands of list patients; the bands of the weighted lists.
const LIST_BANDS: [(i32, Option<i32>); 7] = [
    (0, Some(4)),
    (5, Some(9)),
    (10, Some(19)),
    (20, Some(44)),
    (45, Some(64)),
    (65, Some(79)),
    (80, None),
];

/// The oldest age that is told apart.
const OLDEST: usize = 105;

/// `YYYY-MM` as the period of a delivery.
pub(crate) fn period(first: Month, last: Month) -> Period {
    Period {
        first: first.index(),
        last: last.index(),
    }
}

pub(crate) fn write(world: &World, folder: &Folder) -> Result<Vec<DeliveryTruth>, WriteError> {
    Ok(vec![
        prescribers(world, folder)?,
        course_groups(world, folder)?,
        inhabitants(world, folder)?,
        practice_lists(world, folder)?,
    ])
}

fn prescribers(world: &World, folder: &Folder) -> Result<DeliveryTruth, WriteError> {
    let header = header(Kind::Prescribers, "prescribers", None);
    let (name, path) = folder.file("prescribers");
    let mut out: Out<PrescriberRow<'static>> = Out::create(&path, &header, folder.format)?;
    let start = Day::from_ymd(2015, 1, 1).map_or(0, Day::epoch_days);
    let engagements = engagements(world);
    for (at, doctor) in world.doctors.all.iter().enumerate() {
        let practice = format!("P{:05}", doctor.practice);
        let row = register_row(world, doctor, &practice, start);
        let mine: Vec<_> = engagements.iter().filter(|e| e.0 == at as u32).collect();
        if mine.is_empty() {
            out.write(&row)?;
        }
        for (_, from, to, list) in mine {
            let list = &world.doctors.lists[*list];
            let practice = format!("P{:05}", list.practice);
            let municipality = &world.places.municipalities[usize::from(list.municipality)].number;
            out.write(&PrescriberRow {
                practice_id: Field::Text(&practice),
                municipality: Field::Text(municipality),
                from: Field::Day(*from),
                to: Field::Day(*to),
                ..row
            })?;
        }
        if doctor.on_duty_too {
            let service = world.places.municipalities[usize::from(doctor.municipality)].service;
            let practice = format!("L{service:05}");
            out.write(&PrescriberRow {
                role: Field::Text("ooh"),
                practice_id: Field::Text(&practice),
                absent_from: Field::Missing,
                absent_to: Field::Missing,
                ..row
            })?;
        }
    }
    let written = out.finish()?;
    Ok(DeliveryTruth::register(name, &header, written.rows))
}

/// Locum, first and last day, list.
fn engagements(world: &World) -> Vec<(u32, i32, i32, usize)> {
    let covers = world.doctors.lists.iter().enumerate();
    covers
        .filter_map(|(at, list)| list.cover.map(|(from, to, locum)| (locum, from, to, at)))
        .collect()
}

fn register_row<'a>(
    world: &'a World,
    doctor: &'a Doctor,
    practice: &'a str,
    start: i32,
) -> PrescriberRow<'a> {
    let day = |end: fn((i32, i32)) -> i32| {
        doctor
            .absence
            .map_or(Field::Missing, |absence| Field::Day(end(absence)))
    };
    PrescriberRow {
        prescriber_hpr: Field::Whole(doctor.hpr),
        role: Field::Text(doctor.role.word()),
        practice_id: Field::Text(practice),
        municipality: Field::Text(
            &world.places.municipalities[usize::from(doctor.municipality)].number,
        ),
        from: Field::Day(start),
        to: Field::Missing,
        specialty: if doctor.specialist {
            Field::Text("allmennmedisin")
        } else {
            Field::Missing
        },
        absent_from: day(|absence| absence.0),
        absent_to: day(|absence| absence.1),
    }
}

fn course_groups(world: &World, folder: &Folder) -> Result<DeliveryTruth, WriteError> {
    let header = header(Kind::CourseGroups, "course-groups", None);
    let (name, path) = folder.file("course_groups");
    let mut out: Out<CourseGroupRow<'static>> = Out::create(&path, &header, folder.format)?;
    let from = world.spec.from.first_day().epoch_days() - 365;
    for (at, group) in world.doctors.groups.iter().enumerate() {
        let id = group_id(at);
        for member in &group.members {
            out.write(&CourseGroupRow {
                group_id: Field::Text(&id),
                group_name: Field::Text(&group.name),
                prescriber_hpr: Field::Whole(world.doctors.doctor(*member).hpr),
                from: Field::Day(from),
                to: Field::Missing,
                course_date: group.course_day.map_or(Field::Missing, Field::Day),
            })?;
        }
    }
    let written = out.finish()?;
    Ok(DeliveryTruth::register(name, &header, written.rows))
}

/// The id of a course group.
pub(crate) fn group_id(at: usize) -> String {
    format!("G{:03}", at + 1)
}

fn inhabitants(world: &World, folder: &Folder) -> Result<DeliveryTruth, WriteError> {
    let header = header(Kind::Inhabitants, "inhabitants", None);
    let (name, path) = folder.file("inhabitants");
    let mut out: Out<InhabitantsRow<'static>> = Out::create(&path, &header, folder.format)?;
    for year in world.spec.from.year()..=world.spec.last_month().year() {
        let date = Day::from_ymd(year, 1, 1).map_or(0, Day::epoch_days);
        let mut counts = vec![[[0i64; 2]; OLDEST + 1]; world.places.municipalities.len()];
        for person in world.people.all() {
            // A year that begins before the period counts those who live on the period's first day.
            if world
                .people
                .lives(person, date.max(world.spec.from.first_day().epoch_days()))
                && person.birth <= date
            {
                let age = (person.age(date) as usize).min(OLDEST);
                counts[usize::from(person.municipality)][age][usize::from(person.woman)] += 1;
            }
        }
        for (municipality, ages) in world.places.municipalities.iter().zip(&counts) {
            let county = &world.places.counties[municipality.county];
            for (age, sexes) in ages.iter().enumerate() {
                for (sex, count) in ["1", "2"]
                    .into_iter()
                    .zip(sexes)
                    .filter(|(_, count)| **count > 0)
                {
                    out.write(&InhabitantsRow {
                        date: Field::Day(date),
                        municipality: Field::Text(&municipality.number),
                        municipality_name: Field::Text(&municipality.name),
                        county: Field::Text(&county.number),
                        county_name: Field::Text(&county.name),
                        age: Field::Whole(age as i64),
                        sex: Field::Text(sex),
                        inhabitants: Field::Whole(*count),
                    })?;
                }
            }
        }
    }
    let written = out.finish()?;
    Ok(DeliveryTruth::register(name, &header, written.rows))
}

fn practice_lists(world: &World, folder: &Folder) -> Result<DeliveryTruth, WriteError> {
    let header = header(
        Kind::PracticeLists,
        "practice-lists",
        Some(period(world.spec.from, world.spec.last_month())),
    );
    let (name, path) = folder.file("practice_lists");
    let mut out: Out<PracticeListRow<'static>> = Out::create(&path, &header, folder.format)?;
    for number in 0..world.spec.months {
        let month = world.spec.from + number as i32;
        let text = month.to_string();
        let counts = list_counts(world, month.first_day().epoch_days());
        for (list, bands) in world.doctors.lists.iter().zip(&counts) {
            let practice = format!("P{:05}", list.practice);
            let holder = world.doctors.doctor(list.holder);
            for ((from, to), sexes) in LIST_BANDS.iter().zip(bands) {
                for (sex, count) in ["1", "2"]
                    .into_iter()
                    .zip(sexes)
                    .filter(|(_, count)| **count > 0)
                {
                    out.write(&PracticeListRow {
                        month: Field::Text(&text),
                        prescriber_hpr: Field::Whole(holder.hpr),
                        practice_id: Field::Text(&practice),
                        age_from: Field::Whole(i64::from(*from)),
                        age_to: to.map_or(Field::Missing, |age| Field::Whole(i64::from(age))),
                        sex: Field::Text(sex),
                        patients: Field::Whole(*count),
                    })?;
                }
            }
        }
    }
    let written = out.finish()?;
    Ok(DeliveryTruth::register(name, &header, written.rows))
}

fn list_counts(world: &World, day: i32) -> Vec<[[i64; 2]; LIST_BANDS.len()]> {
    let mut counts = vec![[[0; 2]; LIST_BANDS.len()]; world.doctors.lists.len()];
    for person in world.people.all() {
        if person.list != NONE && world.people.lives(person, day) {
            let age = person.age(day);
            let band = LIST_BANDS
                .partition_point(|(from, _)| *from <= age)
                .saturating_sub(1);
            counts[usize::from(person.list)][band][usize::from(person.woman)] += 1;
        }
    }
    counts
}
