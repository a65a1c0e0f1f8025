//! Codes that belong to one sex or to some ages: `content/chain/sex-and-age.toml`.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use riktig_codes::{DiagnosisCode, Icd10Code, Sex};
use serde::Deserialize;

/// What a classification says of the patients of a group of codes.
pub(super) struct Rule {
    codes: Codes,
    pub(super) sex: Option<Sex>,
    pub(super) years: Option<RangeInclusive<u8>>,
}

enum Codes {
    Icpc2Chapter(char),
    Icd10Block(Icd10Code, Icd10Code),
}

impl Rule {
    fn holds_for(&self, code: DiagnosisCode) -> bool {
        match (&self.codes, code) {
            (Codes::Icpc2Chapter(chapter), DiagnosisCode::Icpc2(code)) => {
                code.chapter() == *chapter
            }
            (Codes::Icd10Block(first, last), DiagnosisCode::Icd10(code)) => {
                (*first..=*last).contains(&code.category())
            }
            _ => false,
        }
    }
}

/// The rules that hold for a code.
pub(super) fn rules_for(code: DiagnosisCode) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(move |rule| rule.holds_for(code))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    rule: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    icpc2_chapter: Option<char>,
    icd10_block: Option<String>,
    sex: Option<WrittenSex>,
    from_years: Option<u8>,
    to_years: Option<u8>,
    source: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenSex {
    Female,
    Male,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let text = include_str!("../../../../content/chain/sex-and-age.toml");
    read(text).expect("a test reads the shipped rules")
});

/// `None` if the text is no table of rules.
fn read(text: &str) -> Option<Vec<Rule>> {
    let document: Document = toml::from_str(text).ok()?;
    document.rule.iter().map(rule).collect()
}

fn rule(written: &Written) -> Option<Rule> {
    let codes = match (written.icpc2_chapter, &written.icd10_block) {
        (Some(chapter), None) => Codes::Icpc2Chapter(chapter),
        (None, Some(block)) => {
            let (first, last) = block.split_once('-')?;
            Codes::Icd10Block(Icd10Code::parse(first).ok()?, Icd10Code::parse(last).ok()?)
        }
        _ => return None,
    };
    let years = match (written.from_years, written.to_years) {
        (None, None) => None,
        (from, to) => Some(from.unwrap_or(0)..=to.unwrap_or(u8::MAX)),
    };
    let sex = written.sex.map(|sex| match sex {
        WrittenSex::Female => Sex::Female,
        WrittenSex::Male => Sex::Male,
    });
    let says_something = sex.is_some() || years.is_some();
    (says_something && !written.source.is_empty()).then_some(Rule { codes, sex, years })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sexes(system: &str, code: &str) -> Vec<Option<Sex>> {
        rules_for(DiagnosisCode::read(system, code).unwrap())
            .map(|rule| rule.sex)
            .collect()
    }

    #[test]
    fn chapters_and_blocks_belong_to_a_sex_and_everything_else_to_nobody() {
        let [icpc2, icd10] = [DiagnosisCode::ICPC2, DiagnosisCode::ICD10];
        assert_eq!(sexes(icpc2, "W781"), [Some(Sex::Female)]);
        assert_eq!(sexes(icpc2, "Y73"), [Some(Sex::Male)]);
        assert_eq!(sexes(icpc2, "U71"), []);
        assert_eq!(sexes(icd10, "N41.0"), [Some(Sex::Male)]);
        assert_eq!(sexes(icd10, "N519"), [Some(Sex::Male)]);
        // N60 to N64 are diseases of the breast, which everybody has.
        assert_eq!(sexes(icd10, "N61"), []);
    }

    #[test]
    fn a_rule_without_source_or_without_content_is_none() {
        let rule = "[[rule]]\nicpc2_chapter = \"W\"\n";
        assert!(read(&format!("{rule}sex = \"female\"\nsource = \"s\"\n")).is_some());
        assert!(read(&format!("{rule}sex = \"female\"\nsource = \"\"\n")).is_none());
        assert!(read(&format!("{rule}source = \"s\"\n")).is_none());
    }
}
