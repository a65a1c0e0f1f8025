//! Who can be in the demo: doctors of the synthetic country in the parts that were planted for them.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use riktig_codes::{Day, HprNumber, MunicipalityNumber, NationalId, Sex};
use riktig_lake::edition::{Edition, Prescriber};
use riktig_nation::truth::Truth;
use riktig_portal::login::Invented;
use riktig_portal::pages::demo::{Persona, PersonaRole};

/// Whom the demo's journal is about.
pub(super) struct Cast {
    /// Who can be chosen on the login page, first the doctor.
    pub(super) people: Vec<Invented>,
    /// The course group of the doctor: its code in deliveries, its name, its members.
    pub(super) group: Option<Group>,
    /// Who leads it.
    pub(super) leader: Option<HprNumber>,
    /// A member who shares with the leader from the beginning, so that there is something to read.
    pub(super) sharing: Option<Invented>,
    /// Everybody with a report and a number of their own.
    pub(super) doctors: Vec<HprNumber>,
    /// The municipality's chief doctor, and of which municipality.
    pub(super) chief: Option<(HprNumber, MunicipalityNumber)>,
    /// An out-of-hours service (legevakt).
    pub(super) service: Option<Service>,
}

/// An out-of-hours service: its code in deliveries, who leads it, and one of its doctors who shares with the leader.
pub(super) struct Service {
    pub(super) code: String,
    pub(super) leader: HprNumber,
    pub(super) sharing: Option<Invented>,
}

pub(super) struct Group {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) members: Vec<HprNumber>,
}

/// Members of the demo's group at least: ten are drawn as dots, and one may be looked at who has no value.
const MEMBERS: usize = 11;
/// What was planted on the doctor whom the demo is about.
const PLANTED: &str = "treats_respiratory_infections_most";
/// Ids of the two operators: one proposes, the other confirms.
pub(super) const OPERATORS: [&str; 2] = ["operator", "second-operator"];
/// Id of the researcher.
pub(super) const RESEARCHER: &str = "researcher";
/// Id of somebody who has prescriptions.
pub(super) const PATIENT: &str = "patient";
/// The pharmacist at the demo's counter: the HPR number is above all of the synthetic country's.
pub(super) const PHARMACIST: (&str, u32) = ("pharmacist", 99_999_001);
/// Id of the mother of a child who has one.
pub(super) const GUARDIAN: &str = "guardian";

impl Cast {
    /// Chooses the doctors of this edition.
    pub(super) fn of(edition: &Edition, truth: &Truth) -> Result<Cast> {
        let high = high_prescriber(edition, truth).context("nobody has a report")?;
        let group = high.course_group.as_ref().map(|area| Group {
            code: area.code.clone(),
            name: area.name.clone(),
            members: members(edition, &area.code),
        });
        let own = hpr(high);
        let leader = group.as_ref().and_then(|group| {
            let mut others = group.members.iter().copied();
            others.find(|one| Some(*one) != own)
        });
        let chief = chief(edition, high, leader);
        // Nobody is two people: who can be chosen on the login page does nothing as somebody unseen.
        let seen = [own, leader, chief.map(|(hpr, _)| hpr)];
        let sharing = group.as_ref().and_then(|group| {
            let mut others = group.members.iter().copied();
            others.find(|one| !seen.contains(&Some(*one)))
        });
        let mut cast = Cast {
            people: Vec::new(),
            doctors: edition.prescribers().iter().filter_map(hpr).collect(),
            leader,
            sharing: sharing.map(|hpr| invented(FIRST_UNSEEN, hpr)).transpose()?,
            chief,
            service: service(edition)?,
            group,
        };
        cast.gather(high)?;
        Ok(cast)
    }

    fn gather(&mut self, high: &Prescriber) -> Result<()> {
        let municipality = high.municipality.as_ref();
        let municipality = municipality
            .map(|area| area.name.clone())
            .unwrap_or_default();
        let group = self.group.as_ref().map(|group| group.name.clone());
        let doctor = ("doctor", "Solveig Bakke", PersonaRole::Prescriber);
        self.add(doctor, &municipality, hpr(high))?;
        if let Some(leader) = self.leader {
            let who = ("group-leader", "Anders Moen", PersonaRole::GroupLeader);
            self.add(who, &group.unwrap_or_default(), Some(leader))?;
        }
        if let Some((chief, _)) = self.chief {
            let who = ("chief-doctor", "Ingrid Haugen", PersonaRole::MunicipalChief);
            self.add(who, &municipality, Some(chief))?;
        }
        if let Some(service) = &self.service {
            let (leader, code) = (service.leader, service.code.clone());
            let who = ("duty-leader", "Kari Lie", PersonaRole::InstitutionLeader);
            self.add(who, &code, Some(leader))?;
        }
        let [first, second] = OPERATORS;
        self.add((first, "Jonas Strand", PersonaRole::Operator), "", None)?;
        self.add((second, "Mari Dahl", PersonaRole::Operator), "", None)?;
        for one in [
            (RESEARCHER, "Eva Nilsen", PersonaRole::Researcher),
            (PATIENT, "Berit Nordby", PersonaRole::Patient),
            (GUARDIAN, "Siri Vik", PersonaRole::Guardian),
        ] {
            self.add(one, "", None)?;
        }
        let (id, hpr) = PHARMACIST;
        let who = (id, "Tora Eide", PersonaRole::Pharmacist);
        self.add(who, "Testapoteket", HprNumber::from_value(hpr))
    }

    /// The doctors among those who can be chosen.
    pub(super) fn prescribers(&self) -> Vec<HprNumber> {
        let all = self.people.iter();
        let doctors = all.filter(|one| one.persona.role != PersonaRole::Pharmacist);
        doctors.filter_map(|one| one.hpr).collect()
    }

    fn add(
        &mut self,
        (id, name, role): (&str, &str, PersonaRole),
        place: &str,
        hpr: Option<HprNumber>,
    ) -> Result<()> {
        let number = u32::try_from(self.people.len())?;
        let birth = Day::from_ymd(1970, 1, 15).context("cannot name a birthday")?;
        let pid = NationalId::synthetic_tenor(birth, Sex::Female, number)
            .context("cannot invent an identity number")?;
        self.people.push(Invented {
            persona: Persona {
                id: id.to_owned(),
                name: name.to_owned(),
                role,
                place: place.to_owned(),
            },
            pid,
            hpr,
        });
        Ok(())
    }

    /// The HPR numbers of all whom the demo's journal knows by an act of their own.
    pub(super) fn everybody(&self) -> impl Iterator<Item = HprNumber> {
        let service = self.service.iter();
        let sharing = service.flat_map(|it| &it.sharing).chain(&self.sharing);
        let all = self.people.iter().chain(sharing);
        all.filter_map(|one| one.hpr)
    }

    /// The identity number of one of them.
    pub(super) fn pid(&self, id: &str) -> Result<&NationalId> {
        let found = self.people.iter().find(|one| one.persona.id == id);
        found.map(|one| &one.pid).context("a persona is missing")
    }
}

/// Identity numbers of those who stand on no login page begin here in the series.
const FIRST_UNSEEN: u32 = 100;

/// A doctor whom nobody can be: they do one thing while the demo is planted.
fn invented(number: u32, hpr: HprNumber) -> Result<Invented> {
    let birth = Day::from_ymd(1970, 1, 15).context("cannot name a birthday")?;
    let pid = NationalId::synthetic_tenor(birth, Sex::Male, number)
        .context("cannot invent an identity number")?;
    Ok(Invented {
        persona: Persona {
            id: format!("unseen-{number}"),
            name: String::new(),
            role: PersonaRole::Prescriber,
            place: String::new(),
        },
        pid,
        hpr: Some(hpr),
    })
}

/// The out-of-hours service with most doctors who have a report.
fn service(edition: &Edition) -> Result<Option<Service>> {
    let mut services: BTreeMap<&str, Vec<HprNumber>> = BTreeMap::new();
    for one in edition.prescribers() {
        let on_duty = one.roles.iter().any(|role| role == "ooh");
        let is_listed = one.roles.iter().any(|role| role == "gp");
        if let (true, false, Some(code), Some(hpr)) =
            (on_duty, is_listed, one.practice.as_deref(), hpr(one))
        {
            services.entry(code).or_default().push(hpr);
        }
    }
    let most = services
        .into_iter()
        .max_by_key(|(_, doctors)| doctors.len());
    let Some((code, doctors)) = most else {
        return Ok(None);
    };
    let sharing = doctors.get(1).map(|hpr| invented(FIRST_UNSEEN + 1, *hpr));
    Ok(Some(Service {
        code: code.to_owned(),
        leader: doctors[0],
        sharing: sharing.transpose()?,
    }))
}

/// The doctors of a course group; of a smaller one with others besides, as an operator enrols whom no delivery lists.
fn members(edition: &Edition, group: &str) -> Vec<HprNumber> {
    let listed = |one: &&Prescriber| {
        let own = one.course_group.as_ref();
        own.is_some_and(|own| own.code == group)
    };
    let mut members: Vec<HprNumber> = doctors(edition).filter(listed).filter_map(hpr).collect();
    let mut others: Vec<&Prescriber> = doctors(edition).filter(|one| !listed(one)).collect();
    others.sort_by_key(|one| one.course_group.is_some());
    let missing = MEMBERS.saturating_sub(members.len());
    members.extend(others.into_iter().filter_map(hpr).take(missing));
    members
}

fn hpr(prescriber: &Prescriber) -> Option<HprNumber> {
    prescriber
        .external_id
        .parse()
        .ok()
        .and_then(HprNumber::from_value)
}

/// General practitioners with a number of their own.
fn doctors(edition: &Edition) -> impl Iterator<Item = &Prescriber> {
    let all = edition.prescribers().iter();
    all.filter(|one| one.roles.iter().any(|role| role == "gp") && hpr(one).is_some())
}

/// The planted one; in a country too small for one, whoever prescribes most.
fn high_prescriber<'e>(edition: &'e Edition, truth: &Truth) -> Option<&'e Prescriber> {
    let planted = truth.extremes.iter().find(|one| one.what == PLANTED);
    planted
        .and_then(|one| edition.prescriber(&one.prescriber.to_string()))
        .or_else(|| doctors(edition).max_by_key(|one| one.items))
}

/// Another doctor of the same municipality, who does not lead the group.
fn chief(
    edition: &Edition,
    high: &Prescriber,
    leader: Option<HprNumber>,
) -> Option<(HprNumber, MunicipalityNumber)> {
    let area = high.municipality.as_ref()?;
    let number = MunicipalityNumber::parse_bytes(area.code.as_bytes()).ok()?;
    let same = |one: &&Prescriber| {
        let there = one.municipality.as_ref();
        there.is_some_and(|own| own.code == area.code)
    };
    let found = doctors(edition)
        .filter(same)
        .filter_map(hpr)
        .find(|one| Some(*one) != hpr(high) && Some(*one) != leader);
    // In a municipality with nobody else, somebody of the country does both.
    let found = found.or_else(|| {
        let others = doctors(edition).filter_map(hpr);
        let mut others = others.filter(|one| Some(*one) != hpr(high) && Some(*one) != leader);
        others.next()
    });
    Some((found?, number))
}
