//! Cards of advice at the moment of prescribing, and what became of them: invented, because no country has published any.

use riktig_lake::delivery::rows::AdviceRow;
use riktig_lake::delivery::{Field, Kind, WriteError};

use super::registers::period;
use super::truth::DeliveryTruth;
use super::{Folder, Out, header};
use crate::chance::{Chance, Purpose};
use crate::world::World;
use crate::world::doctors::Role;

/// The months at the end of the simulation in which record systems showed advice.
const MONTHS: u32 = 12;

/// Of the general practitioners, those whose record system shows advice.
const HAVE_IT: f64 = 0.6;

/// Mean cards a month of a doctor who gets them.
const CARDS: f64 = 7.0;

/// Cards that are answered; the others are passed over.
const ANSWERED: f64 = 0.35;

/// Cards for which the system did not tell for whom.
const UNNAMED: f64 = 0.03;

/// Overridden cards without a reason of the list.
const NO_REASON: f64 = 0.2;

/// A rule that cards rest on: its id, what it says, the weight among cards, and how often those who answer choose otherwise.
struct Rule {
    id: &'static str,
    kind: &'static str,
    weight: f32,
    overridden: f64,
}

const fn rule(id: &'static str, kind: &'static str, weight: f32, overridden: f64) -> Rule {
    Rule {
        id,
        kind,
        weight,
        overridden,
    }
}

const RULES: [Rule; 7] = [
    rule("acute_bronchitis/none", "no_antibiotic", 22.0, 0.34),
    rule("sinusitis/moderate-short", "no_antibiotic", 16.0, 0.42),
    rule("sinusitis/penicillin-v", "first_choice", 14.0, 0.22),
    rule("strep_throat/penicillin-v", "first_choice", 12.0, 0.16),
    rule("strep_throat/mild", "no_antibiotic", 8.0, 0.3),
    rule("cystitis_women/wait", "consider_waiting", 12.0, 0.52),
    rule("cystitis_women/nitrofurantoin", "first_choice", 16.0, 0.2),
];

/// Reasons with their cumulative weights.
const REASONS: [(&str, f32); 7] = [
    ("more-severely-ill", 0.27),
    ("patient-preference", 0.47),
    ("advice-does-not-fit", 0.62),
    ("not-tolerated", 0.74),
    ("tried-before", 0.85),
    ("other-diagnosis", 0.93),
    ("other", 1.0),
];

/// The versions of a rule's text in the first half and in the second.
const VERSIONS: [&str; 2] = ["00000000000000a1", "00000000000000a2"];

pub(crate) fn write(world: &World, folder: &Folder) -> Result<DeliveryTruth, WriteError> {
    let months = world.spec.months.min(MONTHS);
    let before = world.spec.months - months;
    let first = world.spec.from + before as i32;
    let header = header(
        Kind::Advice,
        "advice",
        Some(period(first, world.spec.last_month())),
    );
    let (name, path) = folder.file("advice");
    let mut out: Out<AdviceRow<'static>> = Out::create(&path, &header, folder.format)?;
    let mut edges = Vec::new();
    for rule in &RULES {
        edges.push(edges.last().copied().unwrap_or(0.0) + rule.weight);
    }
    let texts = VERSIONS.map(|version| RULES.map(|rule| format!("{}@{version}", rule.id)));
    for number in 0..months {
        let month = (first + number as i32).to_string();
        let texts = &texts[usize::from(2 * number >= months)];
        for (at, doctor) in (0u32..).zip(&world.doctors.all) {
            let habit = Chance::new(world.spec.seed, Purpose::Advice, u32::MAX, at).unit();
            if doctor.role != Role::Gp || habit >= HAVE_IT {
                continue;
            }
            let mut chance = Chance::new(world.spec.seed, Purpose::Advice, before + number, at);
            for _ in 0..chance.poisson(CARDS) {
                let rule = chance.pick(&edges);
                // From half to one and a half times as often as others.
                let stubborn = 0.5 + habit / HAVE_IT;
                let (outcome, reason) = met(&mut chance, RULES[rule].overridden * stubborn);
                let named = !chance.happens(UNNAMED);
                out.write(&AdviceRow {
                    month: Field::Text(&month),
                    prescriber_hpr: if named {
                        Field::Whole(doctor.hpr)
                    } else {
                        Field::Missing
                    },
                    rules: Field::Text(&texts[rule]),
                    kind: Field::Text(RULES[rule].kind),
                    outcome: Field::Text(outcome),
                    reason: reason.map_or(Field::Missing, Field::Text),
                })?;
            }
        }
    }
    let written = out.finish()?;
    Ok(DeliveryTruth::register(name, &header, written.rows))
}

/// What became of a card.
fn met(chance: &mut Chance, overridden: f64) -> (&'static str, Option<&'static str>) {
    if !chance.happens(ANSWERED) {
        return ("not_told", None);
    }
    if !chance.happens(overridden) {
        return ("accepted", None);
    }
    if chance.happens(NO_REASON) {
        return ("overridden", None);
    }
    let weights = REASONS.map(|(_, weight)| weight);
    ("overridden", Some(REASONS[chance.pick(&weights)].0))
}
