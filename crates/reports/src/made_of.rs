//! A definition in the reader's words: what is counted, by which codes, over which months, and what is left out.

use riktig_codes::{AtcCode, Aware, Codebook, ContactForm, Icpc2Code, Names, Route, Sex};
use riktig_indicators::{
    Course, Definition, DiagnosisCode, DrugFilter, Filter, LinkRule, Linked, Measure, Part, Prefix,
    Setting, Span,
};

use crate::from_edition::{Reports, phrase, words};
use crate::model::Report;
use crate::text::{Arg, Key, Lang};

/// How one number of a report is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeOf {
    /// Above the line, below the line.
    pub parts: [PartMadeOf; 2],
    /// The months it is counted over, in words.
    pub window: String,
    /// What is left out, a sentence each.
    pub left_out: Vec<String>,
    /// Where the definition comes from.
    pub source: String,
}

/// What is counted, or what it is counted among.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartMadeOf {
    /// In the definition's own words: `utleveringer av penicillin V`.
    pub what: String,
    /// Heading and codes: `Legemidler (ATC)`, `J01CE02 (fenoksymetylpenicillin)`.
    pub codes: Vec<[String; 2]>,
}

impl Reports<'_> {
    /// How an indicator of the report is made, by its id; `None` for one that is in no report of this edition.
    #[must_use]
    pub fn made_of(&self, report: &Report, id: &str, lang: Lang) -> Option<MadeOf> {
        let definition = self.definition(id)?;
        let indicator = report.indicator(id)?;
        let months = indicator.counted_over.unwrap_or(report.provenance.months);
        Some(MadeOf {
            parts: [
                lang.part(&definition.numerator),
                lang.part(&definition.denominator),
            ],
            window: lang.fill(
                Key("made-window"),
                &[
                    ("period", Arg::Text(&lang.period(&report.period))),
                    ("months", Arg::Text(&lang.months(months))),
                ],
            ),
            left_out: lang.left_out(definition),
            source: definition.source.clone(),
        })
    }
}

impl Lang {
    fn part(self, part: &Part) -> PartMadeOf {
        let filter = &part.filter;
        let mut codes = Vec::new();
        let mut add = |heading: Key, text: Option<String>| {
            codes.extend(text.map(|text| [self.say(heading), text]));
        };
        let of_drugs = part.count.is_of_dispensings() || part.count == Measure::TreatedContacts;
        add(
            Key("made-drugs"),
            of_drugs.then(|| self.drugs(&filter.drug)),
        );
        add(Key("made-not-drugs"), self.atc(&filter.drug.without));
        add(
            Key("made-aware"),
            joined(filter.drug.aware.iter().map(|it| aware(*it).to_owned())),
        );
        add(
            Key("made-route"),
            joined(filter.drug.routes.iter().map(|it| self.route(*it))),
        );
        add(Key("made-diagnoses"), self.diagnoses(filter));
        add(
            Key("made-not-diagnoses"),
            joined(coded(filter.diagnosis_without.iter())),
        );
        add(
            Key("made-linked"),
            self.link(filter, part.count == Measure::TreatedContacts),
        );
        add(
            Key("made-settings"),
            joined(filter.settings.iter().map(|it| self.place_of_work(*it))),
        );
        add(
            Key("made-forms"),
            joined(filter.forms.iter().map(|it| self.form(*it))),
        );
        add(Key("made-people"), self.people(filter));
        add(
            Key("made-course"),
            filter.course.as_ref().map(|it| self.course(it)),
        );
        PartMadeOf {
            what: self.of(&phrase(&part.phrase).many).to_owned(),
            codes,
        }
    }

    fn drugs(self, filter: &DrugFilter) -> String {
        self.atc(&filter.within)
            .unwrap_or_else(|| self.say(Key("made-every-antibiotic")))
    }

    /// `J01CE02 (fenoksymetylpenicillin), J01FA`: a substance has a name, a group of them its code.
    fn atc(self, prefixes: &[Prefix]) -> Option<String> {
        joined(prefixes.iter().map(|it| {
            if it.system != "atc" {
                return format!("{} {}", it.system.to_uppercase(), it.code);
            }
            let substance = AtcCode::parse(&it.code).ok();
            let known = substance.and_then(|atc| Codebook::embedded().antibiotic(atc));
            known.map_or_else(
                || it.code.clone(),
                |known| format!("{} ({})", it.code, self.named(&known.names)),
            )
        }))
    }

    fn named(self, names: &Names) -> &str {
        match self {
            Lang::Nb => &names.nb,
            Lang::Nn => &names.nn,
            Lang::En => &names.en,
        }
    }

    /// `luftveisinfeksjon: ICPC-2 R01–R05, R07–R29 …; ICD-10 J00 …`.
    fn diagnoses(self, filter: &Filter) -> Option<String> {
        let groups = filter.diagnosis_groups.iter().map(|id| {
            let Some(group) = Codebook::embedded().diagnosis_group(id) else {
                return id.clone();
            };
            let icpc: Vec<Icpc2Code> = group.icpc2().collect();
            let icd = group.icd10().map(|code| code.as_str().to_owned());
            let mut systems = vec![format!("ICPC-2 {}", ranges(&icpc).join(", "))];
            systems.extend(joined(icd).map(|codes| format!("ICD-10 {codes}")));
            format!("{}: {}", self.named(&group.names), systems.join("; "))
        });
        joined(groups.chain(coded(filter.diagnosis_within.iter())))
    }

    fn link(self, filter: &Filter, treated: bool) -> Option<String> {
        let by_diagnosis = !filter.diagnosis_groups.is_empty()
            || !filter.diagnosis_within.is_empty()
            || filter.linked == Linked::Yes;
        let days = filter.within_days.unwrap_or(LinkRule::WINDOW_DAYS);
        let days = self.count(f64::from(days));
        let key = match filter.linked {
            _ if treated => Key("made-linked-after"),
            Linked::Prescription => return Some(self.say(Key("made-linked-prescription"))),
            Linked::No => return Some(self.say(Key("made-linked-not"))),
            _ if by_diagnosis
                && filter.forms.is_empty()
                && filter.drug != DrugFilter::default() =>
            {
                Key("made-linked-diagnosis")
            }
            _ => return None,
        };
        Some(self.fill(key, &[("days", Arg::Text(&days))]))
    }

    fn place_of_work(self, setting: Setting) -> String {
        self.say(match setting {
            Setting::Unknown => Key("made-setting-unknown"),
            Setting::ListPractice => Key("made-setting-gp"),
            Setting::OutOfHours => Key("made-setting-ooh"),
            Setting::NursingHome => Key("made-setting-nursing-home"),
        })
    }

    fn form(self, form: ContactForm) -> String {
        self.say(match form {
            ContactForm::Unknown => Key("made-form-unknown"),
            ContactForm::Consultation => Key("made-form-consultation"),
            ContactForm::EConsultation => Key("made-form-e-consultation"),
            ContactForm::HomeVisit => Key("made-form-home-visit"),
            ContactForm::Simple => Key("made-form-simple"),
        })
    }

    fn route(self, route: Route) -> String {
        self.say(match route {
            Route::Oral => Key("made-route-oral"),
            Route::Parenteral => Key("made-route-parenteral"),
            Route::Rectal => Key("made-route-rectal"),
            Route::Inhalation => Key("made-route-inhalation"),
            Route::Topical => Key("made-route-topical"),
        })
    }

    /// `kvinner, 15–65 år`.
    fn people(self, filter: &Filter) -> Option<String> {
        let sex = filter.sex.map(|sex| {
            self.say(match sex {
                Sex::Female => Key("made-women"),
                Sex::Male => Key("made-men"),
                Sex::Unknown => Key("made-sex-unknown"),
            })
        });
        let ages = |span: Span, closed: Key, open: Key| {
            let from = span.from.to_string();
            match span.to {
                Some(to) => {
                    let to = to.to_string();
                    self.fill(
                        closed,
                        &[("from", Arg::Text(&from)), ("to", Arg::Text(&to))],
                    )
                }
                None => self.fill(open, &[("from", Arg::Text(&from))]),
            }
        };
        let age = filter.age;
        let age = age.map(|span| ages(span, Key("made-years"), Key("made-years-from")));
        let not = filter.not_age;
        let not = not.map(|span| ages(span, Key("made-years-not"), Key("made-years-not-from")));
        joined(sex.into_iter().chain(age).chain(not))
    }

    fn course(self, course: &Course) -> String {
        match course {
            Course::Known => self.say(Key("made-course-known")),
            Course::AtMostDays {
                days,
                pack_slack_percent,
            } => {
                let [days, slack] = [*days, *pack_slack_percent].map(|it| it.to_string());
                self.fill(
                    Key("made-course-days"),
                    &[("days", Arg::Text(&days)), ("slack", Arg::Text(&slack))],
                )
            }
            Course::AtMost { limits, .. } => self.amounts(Key("made-course-at-most"), limits),
            Course::MoreThan { limits, .. } => self.amounts(Key("made-course-more-than"), limits),
        }
    }

    fn amounts(self, key: Key, limits: &[(String, i64)]) -> String {
        let one = |(atc, milli): &(String, i64)| {
            format!("{atc} {}", self.number(*milli as f64 / 1000.0, 2))
        };
        let limits = joined(limits.iter().map(one)).unwrap_or_default();
        self.fill(key, &[("limits", Arg::Text(&limits))])
    }

    fn left_out(self, definition: &Definition) -> Vec<String> {
        let parts = [&definition.numerator.filter, &definition.denominator.filter];
        let any = |asks: fn(&Filter) -> bool| parts.iter().any(|filter| asks(filter));
        let mut sentences = Vec::new();
        sentences.extend(
            definition
                .note
                .as_ref()
                .map(|note| self.of(&words(note)).to_owned()),
        );
        if any(|it| it.without_dual_role_unknown) {
            sentences.push(self.say(Key("made-left-dual-role")));
        }
        if any(|it| it.age.is_some() || it.not_age.is_some() || it.sex.is_some()) {
            sentences.push(self.say(Key("made-left-unknown-person")));
        }
        if any(|it| !it.settings.is_empty() && !it.settings.contains(&Setting::OutOfHours)) {
            sentences.push(self.say(Key("made-left-out-of-hours")));
        }
        sentences
    }
}

fn joined(texts: impl Iterator<Item = String>) -> Option<String> {
    let texts: Vec<String> = texts.collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}

fn coded<'c>(
    codes: impl Iterator<Item = &'c DiagnosisCode> + 'c,
) -> impl Iterator<Item = String> + 'c {
    codes.map(|it| format!("{} {}", it.system, it.code))
}

/// WHO's own words, the same in every language.
fn aware(group: Aware) -> &'static str {
    match group {
        Aware::Access => "Access",
        Aware::Watch => "Watch",
        Aware::Reserve => "Reserve",
        Aware::NotListed | Aware::NotApplicable => "–",
    }
}

/// Codes of one letter that follow each other as `R01–R05`.
fn ranges(codes: &[Icpc2Code]) -> Vec<String> {
    let mut runs: Vec<(&str, &str)> = Vec::new();
    for code in codes.iter().map(Icpc2Code::as_str) {
        match runs.last_mut() {
            Some((_, last)) if follows(last, code) => *last = code,
            _ => runs.push((code, code)),
        }
    }
    let text = |(first, last): (&str, &str)| match first == last {
        true => first.to_owned(),
        false => format!("{first}–{last}"),
    };
    runs.into_iter().map(text).collect()
}

fn follows(earlier: &str, later: &str) -> bool {
    let split = |code: &str| {
        let letter = code.chars().next()?;
        Some((letter, code.get(1..3)?.parse::<u8>().ok()?, code.len()))
    };
    match (split(earlier), split(later)) {
        (Some((a, first, 3)), Some((b, next, 3))) => a == b && next == first + 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(id: &str, lang: Lang) -> [PartMadeOf; 2] {
        let definition = riktig_indicators::shipped()
            .into_iter()
            .find(|it| it.id == id)
            .expect("shipped");
        [&definition.numerator, &definition.denominator].map(|part| lang.part(part))
    }

    #[test]
    fn a_choice_of_drug_tells_its_substances_by_code_and_name() {
        let [counted, among] = of("RAK-PENV", Lang::Nb);
        assert_eq!(counted.what, "utleveringer av penicillin V");
        assert_eq!(
            counted.codes[0],
            ["Legemidler (ATC)", "J01CE02 (fenoksymetylpenicillin)"].map(str::to_owned)
        );
        assert!(among.codes[0][1].ends_with("J01FA"), "{:?}", among.codes[0]);
    }

    #[test]
    fn a_rate_of_treated_contacts_tells_its_diagnoses_as_ranges_and_its_days() {
        let [counted, among] = of("SKIL-AB3", Lang::En);
        let told = |part: &PartMadeOf| {
            part.codes
                .iter()
                .map(|it| it.join(": "))
                .collect::<Vec<_>>()
        };
        assert!(
            told(&among)
                .iter()
                .any(|it| it.contains("ICPC-2 H01, H71–H72, H74, R01–R05, R07–R29")),
            "{:?}",
            told(&among)
        );
        assert!(
            told(&counted)
                .iter()
                .any(|it| it.contains("0–7 days after the contact"))
        );
        assert!(!told(&among).iter().any(|it| it.contains("0–7 days")));
    }

    #[test]
    fn every_shipped_definition_is_told_in_every_language() {
        for definition in riktig_indicators::shipped() {
            for lang in [Lang::Nb, Lang::Nn, Lang::En] {
                for part in [&definition.numerator, &definition.denominator] {
                    let told = lang.part(part);
                    assert!(!told.what.is_empty(), "{}", definition.id);
                    assert!(
                        told.codes.iter().flatten().all(|it| !it.is_empty()),
                        "{}: {told:?}",
                        definition.id
                    );
                }
            }
        }
    }
}
