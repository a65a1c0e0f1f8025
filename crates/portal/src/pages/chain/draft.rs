//! From what was typed to a prescription, or to what must be mended.

use riktig_codes::{AtcCode, Codebook, Day, HprNumber, NationalId, PrescribingRules, Route};
use riktig_fhir::CodedUse;
use riktig_fhir::prescribing::{
    Amount, Dose, Drug, Kind, Order, Reason, ReasonSystem, Reasons, Taken, Use,
};
use riktig_guideline::{Diagnosis, DraftOrder, FirstDay, OrderPart};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use super::filled::Filled;

/// Longest text of the label.
const LONGEST_AREA: usize = 100;
/// Longest course that the page prescribes, in days.
const LONGEST_COURSE: u16 = 365;

/// A field and what must be mended in it.
pub(super) type Problem = [String; 2];

/// A prescription as the page makes it: a course of an antibiotic by mouth.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) patient: NationalId,
    pub(super) diagnosis: Option<Diagnosis>,
    pub(super) drug: AtcCode,
    pub(super) milligrams: Vec<f64>,
    /// On the whole first day, where it differs.
    first_day: Option<f64>,
    pub(super) times: u8,
    pub(super) days: u16,
    pub(super) packs: u16,
    area: String,
    pub(super) waiting: bool,
    pub(super) not_before: Option<Day>,
    pub(super) prescribed: Day,
    pub(super) expires: Day,
}

/// The diagnosis that was typed. `Err`: it is no code.
pub(super) fn diagnosis(filled: &Filled) -> Result<Option<Diagnosis>, ()> {
    let typed = filled.diagnosis.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let capital = match typed.split_once(':') {
        Some(_) => typed.to_owned(),
        None => typed.to_uppercase(),
    };
    let read = crate::pages::guideline::diagnosis(&capital);
    // SNOMED has no place on a prescription.
    read.filter(|it| !matches!(it, Diagnosis::Snomed(_)))
        .map(Some)
        .ok_or(())
}

/// The drug that was chosen, if it is an antibiotic that is taken by mouth.
pub(super) fn drug(filled: &Filled) -> Option<AtcCode> {
    let drug = AtcCode::parse(filled.drug.trim()).ok()?;
    by_mouth().any(|it| it == drug).then_some(drug)
}

/// Antibiotics by mouth, as the codebook has them.
pub(super) fn by_mouth() -> impl Iterator<Item = AtcCode> {
    let oral =
        |it: &&riktig_codes::Antibiotic| it.doses.iter().any(|dose| dose.route == Route::Oral);
    Codebook::embedded()
        .antibiotics()
        .filter(oral)
        .map(|it| it.atc)
}

/// The last day of a prescription of this drug that is written on that day and not reimbursed: ten days for an antibiotic.
pub(crate) fn last_day(drug: AtcCode, prescribed: Day) -> Option<Day> {
    let longest = PrescribingRules::embedded().validity(Some(drug), false, None)?;
    Some(longest.validity.last_day(prescribed))
}

/// The order for the guideline, as far as it was filled in.
pub(super) fn judged(filled: &Filled, today: Day) -> Option<DraftOrder> {
    let drug = drug(filled)?;
    let reasons = diagnosis(filled).ok().flatten().into_iter().collect();
    Some(DraftOrder {
        id: "draft".to_owned(),
        atc: Some(drug),
        route: Some(Route::Oral),
        milligrams: milligrams(&filled.milligrams),
        times_per_day: whole(&filled.times, 1, 12),
        days: whole(&filled.days, 1, LONGEST_COURSE),
        first_day: match first_day(filled) {
            Ok(milligrams) => milligrams.map(FirstDay::Milligrams),
            Err(()) => Some(FirstDay::NotRead),
        },
        reasons,
        waiting: waits(filled) || day(&filled.not_before).is_some_and(|it| it > today),
        unread: unread(filled),
    })
}

/// What was typed and cannot be read: the guideline must not agree with it.
fn unread(filled: &Filled) -> Vec<OrderPart> {
    let typed = |text: &str| !text.trim().is_empty();
    let dose = typed(&filled.milligrams) && milligrams(&filled.milligrams).is_none();
    let times = typed(&filled.times) && whole::<u8>(&filled.times, 1, 12).is_none();
    let days = typed(&filled.days) && whole::<u16>(&filled.days, 1, LONGEST_COURSE).is_none();
    let parts = [
        (dose, OrderPart::Dose),
        (times, OrderPart::Frequency),
        (days, OrderPart::Length),
        (area_differs(filled), OrderPart::Wording),
    ];
    let parts = parts.into_iter().filter(|(holds, _)| *holds);
    parts.map(|(_, part)| part).collect()
}

/// What it is for and how, in words for the label, has a number that is none of the dose.
fn area_differs(filled: &Filled) -> bool {
    let number = |typed: &str, most: u16| whole::<u16>(typed, 1, most).map(f64::from);
    let mut at_a_time = milligrams(&filled.milligrams).unwrap_or_default();
    at_a_time.extend(milligrams(&filled.first_day).unwrap_or_default());
    let coded = CodedUse {
        milligrams: at_a_time,
        times_per_day: number(&filled.times, 12).into_iter().collect(),
        days: number(&filled.days, LONGEST_COURSE).into_iter().collect(),
        ..CodedUse::default()
    };
    !coded.fits(&filled.area)
}

/// Milligrams of the first day. `Err`: they cannot be read, or the drug has two substances.
pub(super) fn first_day(filled: &Filled) -> Result<Option<f64>, ()> {
    if filled.first_day.trim().is_empty() {
        return Ok(None);
    }
    match milligrams(&filled.first_day).as_deref() {
        Some([one]) => Ok(Some(*one)),
        _ => Err(()),
    }
}

impl Draft {
    /// Reads the whole form on this day.
    pub(super) fn read(filled: &Filled, lang: Lang, today: Day) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, said: String| problems.push([field.to_owned(), said]);
        let patient = filled.patient.number();
        if patient.is_none() {
            wrong("patient", lang.say(Key("prescribe-problem-patient")));
        }
        let diagnosis = diagnosis(filled);
        if diagnosis.is_err() {
            wrong("diagnosis", lang.say(Key("prescribe-problem-diagnosis")));
        }
        let drug = drug(filled);
        if drug.is_none() {
            wrong("drug", lang.say(Key("prescribe-problem-drug")));
        }
        let milligrams = milligrams(&filled.milligrams);
        match &milligrams {
            None => wrong("milligrams", lang.say(Key("prescribe-problem-milligrams"))),
            Some(them) if !fits(drug, them.len()) => {
                let key = match drug.is_some_and(|it| it.is_combination()) {
                    true => Key("prescribe-problem-two-substances"),
                    false => Key("prescribe-problem-one-substance"),
                };
                wrong("milligrams", lang.say(key));
            }
            Some(_) => {}
        }
        let first_day = first_day(filled);
        if first_day.is_err() {
            wrong("first_day", lang.say(Key("prescribe-problem-milligrams")));
        }
        let mut number = |field: &str, typed: &str, most: u16| {
            let read: Option<u16> = whole(typed, 1, most);
            if read.is_none() {
                let most = most.to_string();
                let said = lang.fill(
                    Key("prescribe-problem-number"),
                    &[("most", Arg::Text(&most))],
                );
                wrong(field, said);
            }
            read
        };
        let times = number("times", &filled.times, 12).and_then(|it| u8::try_from(it).ok());
        let days = number("days", &filled.days, LONGEST_COURSE);
        let packs = number("packs", &filled.packs, 20);
        let area = filled.area.trim();
        if area.chars().count() > LONGEST_AREA || area.chars().any(char::is_control) {
            wrong("area", lang.say(Key("prescribe-problem-area")));
        }
        let dates = Dates::read(filled, drug, today);
        problems.extend(dates.problems(lang));
        match (
            patient,
            diagnosis,
            drug,
            milligrams,
            times,
            days,
            packs,
            dates.expires,
        ) {
            (
                Some(patient),
                Ok(diagnosis),
                Some(drug),
                Some(milligrams),
                Some(times),
                Some(days),
                Some(packs),
                Ok(expires),
            ) if problems.is_empty() => Ok(Self {
                patient,
                diagnosis,
                drug,
                milligrams,
                first_day: first_day.unwrap_or_default(),
                times,
                days,
                packs,
                area: area.to_owned(),
                waiting: dates.waits,
                not_before: dates.not_before.unwrap_or_default(),
                prescribed: today,
                expires,
            }),
            _ => Err(problems),
        }
    }

    /// How it is taken, as it stands on the label: in Norwegian, whatever the page's language.
    pub(super) fn dosage(&self) -> String {
        let (times, days) = (self.times.to_string(), self.days.to_string());
        let dose = amounts(&self.milligrams);
        let parts = [
            ("dose", Arg::Text(&dose)),
            ("times", Arg::Text(&times)),
            ("how-often", Arg::Plural(i64::from(self.times))),
            ("days", Arg::Text(&days)),
            ("how-long", Arg::Plural(i64::from(self.days))),
        ];
        let each = Lang::Nb.fill(Key("prescribe-label"), &parts);
        let Some(first) = self.first_day else {
            return each;
        };
        let first = amounts(&[first]);
        let parts = [("each", Arg::Text(&each)), ("dose", Arg::Text(&first))];
        Lang::Nb.fill(Key("prescribe-label-first"), &parts)
    }

    /// The drug as it is named to the pharmacy.
    pub(super) fn name(&self) -> String {
        format!(
            "{} {} mg",
            Lang::Nb.drug(self.drug),
            amounts(&self.milligrams)
        )
    }

    /// What stands on the label of what it is for.
    pub(super) fn area(&self) -> Option<String> {
        Some(self.area.clone()).filter(|it| !it.is_empty())
    }

    /// As an order of this doctor.
    pub(super) fn order(&self, id: &str, doctor: HprNumber) -> Order {
        let dose = match self.milligrams.as_slice() {
            [one] if self.first_day.is_none() => dose_of(*one),
            _ => None, // two numbers are told in words
        };
        Order {
            id: Some(id.to_owned()),
            patient: Some(self.patient),
            prescriber: Some(doctor),
            drug: Drug {
                atc: Some(self.drug),
                name: Some(self.name()),
                ..Drug::default()
            },
            dosage: Some(self.dosage()),
            taken: Taken {
                dose,
                times_per_day: Some(self.times),
                days: Some(self.days),
            },
            used: Some(Use::Course),
            application_area: self.area(),
            amount: Some(Amount::Packs(1000 * u64::from(self.packs))),
            reiterations: Some(0),
            reasons: Reasons(self.diagnosis.and_then(reason).into_iter().collect()),
            prescribed: Some(self.prescribed),
            expires: Some(self.expires),
            not_before: self.not_before,
            waiting: self.waiting,
            exchange: None,
            reimbursement: None,
            kind: Some(Kind::Electronic),
        }
    }
}

fn dose_of(milligrams: f64) -> Option<Dose> {
    let thousandths = (milligrams * 1000.0).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "read as between 0 and 10000"
    )]
    (thousandths > 0.0).then(|| Dose {
        thousandths: thousandths as u64,
        unit: "mg".to_owned(),
    })
}

fn reason(diagnosis: Diagnosis) -> Option<Reason> {
    match diagnosis {
        Diagnosis::Icpc2(code) => Reason::new(ReasonSystem::Icpc2, &code.to_string(), None),
        Diagnosis::Icd10(code) => Reason::new(ReasonSystem::Icd10, code.as_str(), None),
        Diagnosis::Snomed(_) => None,
    }
}

/// From when and until when it holds.
struct Dates {
    waits: bool,
    not_before: Result<Option<Day>, Key>,
    expires: Result<Day, Key>,
}

impl Dates {
    fn read(filled: &Filled, drug: Option<AtcCode>, today: Day) -> Self {
        let waits = waits(filled);
        let longest = drug.and_then(|drug| last_day(drug, today));
        let expires = match (filled.expires.trim(), longest) {
            ("", Some(longest)) => Ok(longest),
            (_, None) if drug.is_some() => Err(Key("prescribe-problem-validity")),
            (typed, longest) => match day(typed) {
                Some(day) if day >= today && longest.is_none_or(|it| day <= it) => Ok(day),
                _ => Err(Key("prescribe-problem-expires")),
            },
        };
        let not_before = match (filled.not_before.trim(), waits) {
            ("", false) => Ok(None),
            ("", true) => Err(Key("prescribe-problem-not-before")),
            (typed, true) => match (day(typed), &expires) {
                (Some(day), Ok(last)) if day > today && day <= *last => Ok(Some(day)),
                (Some(day), Err(_)) if day > today => Ok(Some(day)),
                _ => Err(Key("prescribe-problem-not-before")),
            },
            // A day without the choice: which of the two is meant is the doctor's to say.
            (_, false) => Err(Key("prescribe-problem-waiting")),
        };
        Self {
            waits,
            not_before,
            expires,
        }
    }

    fn problems(&self, lang: Lang) -> Vec<Problem> {
        let expires = self.expires.as_ref().err().map(|key| ("expires", *key));
        let not_before = self
            .not_before
            .as_ref()
            .err()
            .map(|key| ("not_before", *key));
        let both = expires.into_iter().chain(not_before);
        // Without a drug nobody knows how long it may hold; that one is missing is said already.
        both.map(|(field, key)| [field.to_owned(), lang.say(key)])
            .collect()
    }
}

fn waits(filled: &Filled) -> bool {
    filled.waiting == "yes"
}

fn day(typed: &str) -> Option<Day> {
    typed.trim().parse().ok()
}

fn whole<T: TryFrom<u16>>(typed: &str, least: u16, most: u16) -> Option<T> {
    let number: u16 = typed.trim().parse().ok()?;
    (least..=most)
        .contains(&number)
        .then(|| T::try_from(number).ok())?
}

/// One number, or two of a combination; a decimal comma is as good as a point. Nothing finer than a thousandth of a milligram, which is the finest
/// that the message carries: words and number would differ.
fn milligrams(typed: &str) -> Option<Vec<f64>> {
    let one = |part: &str| {
        let number: f64 = part.trim().replace(',', ".").parse().ok()?;
        let fine = part.trim().split([',', '.']).nth(1).map_or(0, str::len);
        let digits = |it: char| it.is_ascii_digit() || it == ',' || it == '.';
        let written = part.trim().chars().all(digits) && fine <= 3;
        (written && number > 0.0 && number <= 10_000.0).then_some(number)
    };
    let parts: Option<Vec<f64>> = typed.split('+').map(one).collect();
    parts.filter(|it| it.len() <= 2)
}

/// A number for each substance: of two, one number says the dose of nobody knows which.
fn fits(drug: Option<AtcCode>, numbers: usize) -> bool {
    drug.is_none_or(|it| (numbers == 2) == it.is_combination())
}

/// `800+160`, with a decimal comma.
pub(super) fn amounts(milligrams: &[f64]) -> String {
    let parts: Vec<String> = milligrams
        .iter()
        .map(|it| it.to_string().replace('.', ","))
        .collect();
    parts.join("+")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dose_that_is_not_whole_is_written_with_a_comma_and_no_finer_than_the_message_carries() {
        assert_eq!(milligrams("200,5"), Some(vec![200.5]));
        assert_eq!(milligrams(" 200.5 "), Some(vec![200.5]));
        assert_eq!(milligrams("800+160,25"), Some(vec![800.0, 160.25]));
        assert_eq!(amounts(&[200.5]), "200,5");
        assert_eq!(amounts(&[800.0, 160.25]), "800+160,25");
        assert_eq!(dose_of(200.5).map(|it| it.thousandths), Some(200_500));
        for text in [
            "0,0001", "200,0001", "0,000", "1e3", "-5", "NaN", "1,5,5", "",
        ] {
            assert_eq!(milligrams(text), None, "{text}");
        }
    }
}
