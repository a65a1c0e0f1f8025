//! What a diagnosis code is called on a prescription, where the codebook tells it.

use riktig_codes::{Codebook, DiagnosisCode, DiagnosisGroup, Names};
use riktig_eresept::Coded;
use riktig_reports::Lang;

/// Codes whose group in the codebook says less than the code: `A78` is *other infection*, where borreliosis is coded; `H66` holds chronic
/// otitis media and `U07` a lung injury beside covid-19. A wrong name is worse than none.
const SAYS_MORE: [&str; 3] = ["A78", "H66", "U07"];

/// What a code is called: the name of the group of the codebook that holds this rubric (ICPC-2) or category (ICD-10) and nothing else. `None`
/// where there is no such group: the program ships no list of names.
pub(crate) fn name(code: DiagnosisCode) -> Option<&'static Names> {
    let group = Codebook::embedded()
        .diagnosis_groups()
        .find(|group| is_all_of(group, code))?;
    Some(&group.names)
}

fn is_all_of(group: &DiagnosisGroup, code: DiagnosisCode) -> bool {
    match code {
        DiagnosisCode::Icpc2(code) => {
            let rubric = code.rubric();
            group.icpc2().eq([rubric]) && !SAYS_MORE.contains(&rubric.as_str())
        }
        DiagnosisCode::Icd10(code) => {
            let mut all = group.icd10();
            let only = all.next().filter(|_| all.next().is_none());
            only.is_some_and(|only| {
                code.is_within(only) && !SAYS_MORE.contains(&code.category().as_str())
            })
        }
    }
}

/// The same as it stands at the beginning of a line.
pub(crate) fn name_in(lang: Lang, code: DiagnosisCode) -> Option<String> {
    let names = name(code)?;
    let name = match lang {
        Lang::Nb => &names.nb,
        Lang::Nn => &names.nn,
        Lang::En => &names.en,
    };
    let mut letters = name.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

/// The name of a code in a message: its writer's, else the codebook's. A writer who repeats the code has named nothing.
pub(crate) fn told(lang: Lang, coded: &Coded) -> Option<String> {
    let own = coded.name.as_deref().map(str::trim);
    let own = own.filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case(&coded.code));
    own.map(str::to_owned).or_else(|| {
        let system = coded.system.as_deref()?;
        name_in(lang, DiagnosisCode::read(system, &coded.code).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(system: &str, code: &str) -> Option<String> {
        let code = DiagnosisCode::read(system, code).expect("a code");
        name_in(Lang::Nb, code)
    }

    #[test]
    fn a_code_has_the_name_of_the_group_that_is_this_code_alone() {
        let icpc2 = |code| named(DiagnosisCode::ICPC2, code);
        assert_eq!(icpc2("R75").as_deref(), Some("Bihulebetennelse"));
        assert_eq!(icpc2("U71").as_deref(), Some("Blærekatarr"));
        // One of several in its group, or in none.
        for code in ["X84", "D73", "R99", "A78"] {
            assert_eq!(icpc2(code), None, "{code}");
        }
        let icd10 = |code| named(DiagnosisCode::ICD10, code);
        assert_eq!(icd10("J01.9").as_deref(), Some("Bihulebetennelse"));
        for code in ["N30.0", "H66.3", "U07.0", "J0"] {
            let code = DiagnosisCode::read(DiagnosisCode::ICD10, code).ok();
            assert_eq!(code.and_then(name), None, "{code:?}");
        }
    }

    #[test]
    fn a_name_that_repeats_the_code_is_none() {
        let of = |code, name| told(Lang::En, &Coded::of(DiagnosisCode::ICPC2, code, name));
        assert_eq!(of("R75", "R75").as_deref(), Some("Sinusitis"));
        assert_eq!(
            of("R75", "Bihulebetennelse").as_deref(),
            Some("Bihulebetennelse")
        );
        assert_eq!(of("X84", "x84"), None);
    }
}
