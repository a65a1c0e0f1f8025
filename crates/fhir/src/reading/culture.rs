//! Cultures, where they are structured.

use riktig_codes::{AtcCode, Day};
use riktig_guideline::{Culture, Findings, PatientContext, Unread};

use super::resistance::{self, Said};
use super::{checked, diagnosis::within, drug, found, kidney_code, reaches_back};
use crate::hooks::{HookRequest, Key};
use crate::resource::{Concept, Observation, Tested, View};

/// Cultures of so many days are read.
const CULTURE_DAYS: i32 = 90;

impl HookRequest {
    /// Cultures: observations with a part for each antibiotic, named by ATC or by its name, and interpreted as resistant or
    /// susceptible, in a code or a word. A page of several that is sorted and reaches back far enough is whole. One of which a row cannot be
    /// read is not: what is resistant, and to what, may be just what is ordered. Nor is one that is not final: what it says may change, and is not
    /// read.
    ///
    /// What the words of the whole, a note or a report's conclusion call resistant, and no code does, counts as resistant and is named.
    pub(super) fn read_cultures(&self, findings: &Findings, patient: &mut PatientContext) {
        let on = patient.on;
        let (list, whole) = self.list(Key::Laboratory);
        let reports: Vec<View<'_>> = list
            .iter()
            .filter(|it| it.text("resourceType") == Some("DiagnosticReport"))
            .copied()
            .collect();
        let observations: Vec<(Option<Day>, Observation<'_>)> = list
            .into_iter()
            .filter_map(Observation::of)
            .map(|it| (it.day(), it))
            .collect();
        let dates: Vec<_> = observations.iter().map(|(day, _)| *day).collect();
        let reaches_back = reaches_back(self.came(Key::Laboratory), &dates, on, CULTURE_DAYS);
        let is_recent = |day: &Option<Day>| day.is_none_or(|day| within(day, on, CULTURE_DAYS));
        let pending = observations
            .iter()
            .any(|(day, it)| it.is_pending() && is_recent(day) && may_be_a_culture(*it, findings));
        let standing = observations.iter().filter(|(_, it)| it.stands());
        let read = standing.map(|(day, it)| (*day, told(*it)));
        let concluded = reports.iter().map(|it| (reported(*it), concluded(*it)));
        let (mut cultures, mut unread) = (Vec::new(), !reports.is_empty() || pending);
        let mut in_words = false;
        for (day, told) in read.chain(concluded).filter(|(day, _)| is_recent(day)) {
            unread |= told.unread || told.in_words;
            in_words |= told.in_words;
            if told.resistant_to.is_empty() && told.susceptible_to.is_empty() {
                continue;
            }
            match day {
                Some(on) => cultures.push(Culture {
                    on,
                    resistant_to: told.resistant_to,
                    susceptible_to: told.susceptible_to,
                }),
                None => unread = true,
            }
        }
        let whole = (whole || reaches_back) && !unread;
        patient.cultures = checked(cultures, whole, self.came(Key::Laboratory));
        if in_words {
            patient.unread.push(Unread::Resistance);
        }
    }
}

/// What one answer tells.
struct Told {
    resistant_to: Vec<AtcCode>,
    susceptible_to: Vec<AtcCode>,
    /// A row of it could not be read.
    unread: bool,
    /// Its words tell of resistance that no code of it does.
    in_words: bool,
}

fn told(it: Observation<'_>) -> Told {
    let rows: Vec<Row> = it.tested().map(|it| row(&it)).collect();
    let those = |wanted: Susceptibility| rows.iter().filter_map(|it| it.drug(wanted)).collect();
    let mut told = Told {
        resistant_to: those(Susceptibility::Resistant),
        susceptible_to: those(Susceptibility::Susceptible),
        unread: rows.contains(&Row::Unread),
        in_words: false,
    };
    for (tested, row) in it.tested().zip(&rows) {
        let results = tested.results.iter().flat_map(Concept::words);
        for text in results.chain(tested.words) {
            let mut said = resistance::said(text);
            // "Resistent" beside a drug is about that drug, and was read.
            said.open &= !matches!(row, Row::Of(..));
            told.add(said);
        }
        told.in_words |= finds_the_resistant(&tested);
    }
    it.notes().for_each(|it| told.add(resistance::said(it)));
    told
}

/// A test for bacteria that are called by what they resist, or for what they make, that is answered with anything but "no".
fn finds_the_resistant(tested: &Tested<'_>) -> bool {
    let is_asked = tested.code.words().any(resistance::is_tested_for);
    let coded = |it: &Concept<'_>| it.is_any(&["NEG", "ND", "N", "260385009", "260415000"]);
    let results = tested.results.iter().flat_map(Concept::words);
    let mut words = results.chain(tested.words).map(str::to_lowercase);
    let denies = |it: String| {
        ["neg", "ikk", "ingen", "inga", "no"]
            .iter()
            .any(|no| it.starts_with(no))
    };
    let is_answered = tested.results.iter().any(|it| !it.is_empty()) || tested.words.is_some();
    is_asked && is_answered && !tested.results.iter().any(coded) && !words.any(denies)
}

/// When a report was made of a sample.
fn reported(report: View<'_>) -> Option<Day> {
    let begun = || report.at("effectivePeriod").day("start");
    let effective = report.day("effectiveDateTime").or_else(begun);
    effective.or_else(|| report.day("issued"))
}

/// Of a report nothing but this is read.
fn concluded(report: View<'_>) -> Told {
    let mut told = Told {
        resistant_to: Vec::new(),
        susceptible_to: Vec::new(),
        unread: true,
        in_words: false,
    };
    let void = ["entered-in-error", "cancelled"];
    if report.text("status").is_some_and(|it| void.contains(&it)) {
        return told;
    }
    let codes = report.concept("conclusionCode");
    let texts = report.text("conclusion").into_iter().chain(codes.words());
    texts.for_each(|it| told.add(resistance::said(it)));
    told
}

impl Told {
    fn add(&mut self, said: Said) {
        let is_known = |it: &AtcCode| self.resistant_to.iter().any(|its| it.is_within(*its));
        let more: Vec<AtcCode> = said
            .resistant
            .into_iter()
            .filter(|it| !is_known(it))
            .collect();
        self.in_words |= said.open || !more.is_empty();
        self.resistant_to.extend(more);
    }
}

/// Whether a laboratory's answer that is not final may be a culture's: it tells of an antibiotic or is called a culture, or it is neither a number
/// nor something else that is looked for.
fn may_be_a_culture(it: Observation<'_>, findings: &Findings) -> bool {
    let code = it.code();
    let mut words = code.words().map(str::to_lowercase);
    let called = words.any(|it| CALLED.iter().any(|called| it.contains(called)));
    let tells = it.tested().any(|it| row(&it) != Row::Nothing);
    let is_other = it.bare_number().is_some()
        || it.number().is_some()
        || kidney_code::of(it).is_some()
        || findings.iter().any(|finding| found::states(it, finding));
    called || tells || !is_other
}

/// What laboratories call cultures, in Norwegian and English.
const CALLED: [&str; 4] = ["dyrk", "kultur", "cultur", "resist"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Susceptibility {
    Resistant,
    /// At increased exposure, or indeterminate: neither of the others.
    Between,
    Susceptible,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Of(AtcCode, Susceptibility),
    /// It tells of no antibiotic.
    Nothing,
    /// Resistance to what, or what of this antibiotic, cannot be told.
    Unread,
}

impl Row {
    fn drug(self, wanted: Susceptibility) -> Option<AtcCode> {
        match self {
            Self::Of(drug, its) => (its == wanted).then_some(drug),
            Self::Nothing | Self::Unread => None,
        }
    }
}

fn row(tested: &Tested<'_>) -> Row {
    let code = &tested.code;
    let by_name = || code.words().find_map(antibiotic);
    let drug = code.codings().find_map(|it| it.atc()).or_else(by_name);
    // "Penicillin", "kefalosporiner": of a group only what forbids is read.
    let group = || code.words().find_map(group);
    match (drug, susceptibility(tested)) {
        (Some(drug), Some(its)) => Row::Of(drug, its),
        (None, Some(Susceptibility::Resistant)) => match group() {
            Some(group) => Row::Of(group, Susceptibility::Resistant),
            None => Row::Unread,
        },
        (Some(_), None) => Row::Unread,
        (None, None) if group().is_some() => Row::Unread,
        (None, _) => Row::Nothing,
    }
}

/// By exactly its name, or the name that a laboratory's begins with: "Nitrofurantoin [Susceptibility]".
fn antibiotic(text: &str) -> Option<AtcCode> {
    let first = text.split([' ', ',', '[', ':']).next()?;
    drug::named(text).or_else(|| drug::named(first))
}

/// A group that laboratories report together, by the first word.
fn group(text: &str) -> Option<AtcCode> {
    let first = text.split([' ', ',', '[', ':']).next()?.to_lowercase();
    resistance::drugs(&first).first().copied()
}

/// In HL7's, SNOMED CT's and LOINC's codes, and in words. Of two the graver.
fn susceptibility(tested: &Tested<'_>) -> Option<Susceptibility> {
    let told = |it: &Concept<'_>| {
        let any = |codes: &[&str]| it.is_any(codes);
        if any(&["R", "30714006", "LA6676-6"]) {
            Some(Susceptibility::Resistant)
        } else if any(&["I", "11896004"]) {
            Some(Susceptibility::Between)
        } else if any(&["S", "131196009", "LA24225-7"]) {
            Some(Susceptibility::Susceptible)
        } else {
            it.words().find_map(in_words)
        }
    };
    let coded = tested.results.iter().filter_map(told);
    let all: Vec<Susceptibility> = coded.chain(tested.words.and_then(in_words)).collect();
    [
        Susceptibility::Resistant,
        Susceptibility::Between,
        Susceptibility::Susceptible,
    ]
    .into_iter()
    .find(|it| all.contains(it))
}

fn in_words(text: &str) -> Option<Susceptibility> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "r" => Some(Susceptibility::Resistant),
        "i" => Some(Susceptibility::Between),
        "s" => Some(Susceptibility::Susceptible),
        _ if text.starts_with("resisten") || text.starts_with("resistan") => {
            Some(Susceptibility::Resistant)
        }
        _ if text.starts_with("interm") => Some(Susceptibility::Between),
        // EUCAST's I, spelled out.
        _ if ["økt", "auka", "increased"]
            .iter()
            .any(|it| text.contains(it)) =>
        {
            Some(Susceptibility::Between)
        }
        _ if ["følsom", "sensitiv", "susceptib"]
            .iter()
            .any(|it| text.starts_with(it)) =>
        {
            Some(Susceptibility::Susceptible)
        }
        _ => None,
    }
}
