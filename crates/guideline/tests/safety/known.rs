//! What must never be advised, written down a second time: nothing here comes from the engine or from `content/guideline`.
//!
//! Sources: the guideline's chapters on penicillin allergy (2024-03-01 and 2024-12-03), on drugs in pregnancy, and its doses, as
//! the national guideline for antibiotics in primary care (Helsedirektoratet) had them when they were read.

use riktig_codes::AtcCode;
use riktig_guideline::{
    Certainty, DraftOrder, FirstDay, Kilograms, PatientContext, Pregnancy, Reaction, Treatment,
};

/// Why a treatment must not be advised to a patient.
pub(crate) fn danger(treatment: &Treatment, patient: &PatientContext) -> Option<String> {
    let drug = treatment.drug.as_str();
    allergy(drug, patient)
        .or_else(|| pregnancy(drug, patient))
        .or_else(|| minded_in_pregnancy(treatment, patient))
        .or_else(|| pair(drug, patient))
        .or_else(|| kidney(drug, patient))
        .or_else(|| dose(treatment, patient))
}

/// Groups whose immediate and severe reactions go together, as beginnings of codes.
const TOGETHER: [&[&str]; 4] = [
    &["J01C"],
    &["J01EB", "J01EC", "J01ED", "J01EE"],
    &["J01EA", "J01EE"],
    &["J01M"],
];
/// Whoever reacted to one of the first must not have the second.
const REACHES: (&str, [&str; 5]) = ("J01C", ["J01DB", "J01DC", "J01DD", "J01DE", "J01DI"]);

fn allergy(drug: &str, patient: &PatientContext) -> Option<String> {
    let listed = patient.allergies.known().iter();
    let mut blocking = listed.filter(|it| {
        let harmless = matches!(it.reaction, Reaction::SideEffect | Reaction::DelayedMild);
        it.certainty != Certainty::Refuted && !harmless && is_reached(drug, it.to.as_str())
    });
    let found = blocking.next()?;
    Some(format!("{drug} after {:?} to {}", found.reaction, found.to))
}

fn is_reached(drug: &str, to: &str) -> bool {
    let overlaps = |one: &str, other: &str| one.starts_with(other) || other.starts_with(one);
    let same_subgroup = to.len() >= 5 && drug.len() >= 5 && to[..5] == drug[..5];
    let together = TOGETHER.iter().any(|group| {
        group.iter().any(|it| overlaps(to, it)) && group.iter().any(|it| drug.starts_with(it))
    });
    let across = overlaps(to, REACHES.0) && REACHES.1.iter().any(|it| drug.starts_with(it));
    overlaps(drug, to) || same_subgroup || together || across
}

/// From and to which completed week a drug must not be given.
const WEEKS: [(&str, u8, u8); 5] = [
    ("J01AA02", 15, 45),
    ("J01EA01", 0, 13),
    ("J01EE", 0, 13),
    ("J01EE", 28, 45),
    ("J01XE01", 36, 45),
];

fn pregnancy(drug: &str, patient: &PatientContext) -> Option<String> {
    let Pregnancy::Yes { week } = patient.pregnancy else {
        return None;
    };
    let mut rows = WEEKS.iter().filter(|(its, _, _)| drug.starts_with(its));
    let forbidden =
        |(_, from, to): &&(&str, u8, u8)| week.is_none_or(|it| (*from..=*to).contains(&it));
    rows.find(forbidden)
        .map(|_| format!("{drug} in week {week:?}"))
}

/// From and to which completed week the chapter on pregnancy asks for care with a drug. A topic may name it all the same where its own line is
/// about the pregnant: of all topics only that on complicated cystitis has such lines.
const MINDED_WEEKS: [(&str, u8, u8); 5] = [
    ("J01AA02", 0, 14),
    ("J01FA", 0, 13),
    ("J01MA02", 0, 45),
    ("J01XE01", 0, 13),
    ("P01AB01", 0, 13),
];

fn minded_in_pregnancy(treatment: &Treatment, patient: &PatientContext) -> Option<String> {
    let Pregnancy::Yes { week } = patient.pregnancy else {
        return None;
    };
    let drug = treatment.drug.as_str();
    let mut rows = MINDED_WEEKS
        .iter()
        .filter(|(its, _, _)| drug.starts_with(its));
    let minded =
        |(_, from, to): &&(&str, u8, u8)| week.is_none_or(|it| (*from..=*to).contains(&it));
    let own = treatment.rule.starts_with("cystitis_complicated/");
    rows.find(minded)
        .filter(|_| !own)
        .map(|_| format!("{drug} in week {week:?} by {}", treatment.rule))
}

/// Drugs that must not be given with a drug in use: trimethoprim with methotrexate (pancytopenia), ciprofloxacin with tizanidine,
/// pivmecillinam with valproate (carnitine), erythromycin and clarithromycin with simvastatin (myopathy).
const PAIRS: [(&str, &str); 6] = [
    ("J01CA08", "N03AG01"),
    ("J01FA01", "C10AA01"),
    ("J01FA09", "C10AA01"),
    ("J01EA", "L04AX03"),
    ("J01EE", "L04AX03"),
    ("J01MA02", "M03BX02"),
];

fn pair(drug: &str, patient: &PatientContext) -> Option<String> {
    // Told by its group, it may be any of it.
    let takes = |with: &str| may_take(patient, with);
    let mut forbidden = PAIRS
        .iter()
        .filter(|(one, with)| drug.starts_with(one) && takes(with));
    forbidden
        .next()
        .map(|(_, with)| format!("{drug} with {with}"))
}

fn may_take(patient: &PatientContext, with: &str) -> bool {
    let mut drugs = patient.drugs.known().iter();
    drugs.any(|it| with.starts_with(it.as_str()))
}

/// Pairs of which no Norwegian source was read: warfarin, methotrexate and potassium-sparing drugs with the antibiotics that are said to
/// reach them. No order beside one of them is agreed with.
const NOT_READ: [(&str, &str); 7] = [
    ("P01AB01", "B01AA03"),
    ("J01FA", "B01AA03"),
    ("J01EE01", "B01AA03"),
    ("J01MA02", "B01AA03"),
    ("J01C", "L04AX03"),
    ("J01EA01", "C03DA01"),
    ("J01EE01", "C03DA01"),
];

/// Why an order must not be agreed with.
pub(crate) fn not_to_be_agreed_with(
    drug: &str,
    order: &DraftOrder,
    patient: &PatientContext,
) -> Option<String> {
    let mut pairs = NOT_READ.iter();
    let pair = pairs.find(|(one, with)| drug.starts_with(one) && may_take(patient, with));
    if let Some((_, with)) = pair {
        return Some(format!(
            "agreed: {drug} beside {with}, which nobody has read"
        ));
    }
    let mut taken = patient.drugs.known().iter().map(AtcCode::as_str);
    let second = taken
        .find(|it| is_systemic(it))
        .filter(|_| is_systemic(drug));
    if let Some(second) = second {
        return Some(format!("agreed: {drug} beside {second}"));
    }
    let first_day = order.first_day?;
    let usual = MOST.iter().find(|it| it.drug == drug)?.adult;
    match first_day {
        FirstDay::Milligrams(mg) if mg <= usual => None,
        FirstDay::Milligrams(_) | FirstDay::NotRead => {
            Some(format!("agreed: {drug} with {first_day:?}"))
        }
    }
}

/// For the whole body: of those that are ordered and taken here, all antibiotics but methenamine and what is for the vagina.
fn is_systemic(drug: &str) -> bool {
    (drug.starts_with("J01") || drug == "P01AB01") && drug != "J01XX05"
}

/// Drugs whose dose follows kidney function ("spesielle hensyn"). Below 30 ml/min/1.73 m² (KDIGO 2012, stage G4) nobody here has read what
/// is left of the dose, or whether they are for the patient at all.
const BY_KIDNEY: [&str; 9] = [
    "J01CA04", "J01CA08", "J01CE01", "J01CF02", "J01EA01", "J01EE01", "J01FA09", "J01MA02",
    "J01XE01",
];

fn kidney(drug: &str, patient: &PatientContext) -> Option<String> {
    let rate = patient.egfr.filter(|rate| *rate < 30.0)?;
    BY_KIDNEY
        .contains(&drug)
        .then(|| format!("{drug} with an eGFR of {rate}"))
}

/// The most of a day, in milligrams, of all substances together: for an adult, and for each kilogram of a child.
struct Most {
    drug: &'static str,
    adult: f64,
    per_kilogram: Option<f64>,
}

const fn most(drug: &'static str, adult: f64, per_kilogram: Option<f64>) -> Most {
    Most {
        drug,
        adult,
        per_kilogram,
    }
}

/// Phenoxymethylpenicillin 1 g × 4 (child 20 mg/kg × 4); amoxicillin 500 mg × 3 (15 mg/kg × 3); pivmecillinam 200 mg × 3
/// (7.5 mg/kg × 3); dicloxacillin 500 mg × 4; doxycycline 200 mg (4 mg/kg); erythromycin 500 mg × 4 (40 mg/kg); nitrofurantoin 50 mg × 3;
/// trimethoprim 160 mg × 2, with sulfamethoxazole 800 mg × 2; ciprofloxacin 500 mg × 2; metronidazole 500 mg × 2;
/// dequalinium 10 mg.
const MOST: [Most; 11] = [
    most("J01CE02", 4000.0, Some(80.0)),
    most("J01CA04", 1500.0, Some(45.0)),
    most("J01CA08", 600.0, Some(22.5)),
    most("J01CF01", 2000.0, None),
    most("J01AA02", 200.0, Some(4.0)),
    most("J01FA01", 2000.0, Some(40.0)),
    most("J01XE01", 150.0, None),
    most("J01EE01", 1920.0, None),
    most("J01EA01", 320.0, None),
    most("J01MA02", 1000.0, None),
    most("P01AB01", 1000.0, None),
];
const DEQUALINIUM: (&str, f64) = ("G01AC05", 10.0);

fn dose(treatment: &Treatment, patient: &PatientContext) -> Option<String> {
    let drug = treatment.drug.as_str();
    let each = treatment.milligrams.as_ref()?;
    let times = f64::from(*treatment.times_per_day.iter().max()?);
    let daily = each.iter().map(|(_, most)| most * times).sum::<f64>();
    let daily = daily.max(treatment.first_day.unwrap_or(0.0));
    if drug == DEQUALINIUM.0 {
        return (daily > DEQUALINIUM.1).then(|| format!("{daily} mg of {drug}"));
    }
    let Some(most) = MOST.iter().find(|it| it.drug == drug) else {
        return Some(format!("{drug}: no source for a dose"));
    };
    let child = patient.age.is_some_and(|age| age.years() < 12);
    let small = patient
        .weight
        .map(Kilograms::get)
        .filter(|kg| *kg < 40.0 && child);
    let highest = match (small, most.per_kilogram) {
        (Some(kilograms), Some(each)) => most.adult.min(each * kilograms),
        (Some(_), None) => return Some(format!("{drug}: no source for a dose for a child")),
        (None, _) => most.adult,
    };
    (daily > highest * 1.001).then(|| format!("{daily} mg of {drug} a day, {highest} at most"))
}
