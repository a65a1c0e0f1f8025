//! What a doctor types, and which condition stands first.

use riktig_guideline::Guideline;

/// Typed, and the condition that is meant first of all.
const TYPED: &[(&str, &str)] = &[
    ("halsbetennelse", "strep_throat"),
    ("tonsillitt", "strep_throat"),
    ("tonsilitt", "strep_throat"),
    ("mandelbetenelse", "strep_throat"),
    ("sore throat", "strep_throat"),
    ("UVI", "cystitis_women"),
    ("urinveisinfeksjon", "cystitis_women"),
    ("urinvegsinfeksjon", "cystitis_women"),
    ("urinveisinfeksjn", "cystitis_women"),
    ("blærekatarr", "cystitis_women"),
    ("blaerekatarr", "cystitis_women"),
    ("UTI", "cystitis_women"),
    ("bladder infection", "cystitis_women"),
    ("uvi gravide", "cystitis_complicated"),
    ("UVI gravid", "cystitis_complicated"),
    ("gravid", "cystitis_complicated"),
    ("UVI mann", "cystitis_complicated"),
    ("cystitt mann", "cystitis_complicated"),
    ("uvi hos mann", "cystitis_complicated"),
    ("mandler", "strep_throat"),
    ("rør i øret", "aom"),
    ("borrelia", "erythema_migrans"),
    ("UVI hos barn", "cystitis_child"),
    ("uvi kateter", "uti_nursing_home"),
    ("nyrebekkenbetennelse", "pyelonephritis"),
    ("ørebetennelse", "aom"),
    ("orebetennelse", "aom"),
    ("oerebetennelse", "aom"),
    ("øyrebetennelse", "aom"),
    ("ørebetenelse", "aom"),
    ("otitis media", "aom"),
    ("øregangsbetennelse", "otitis_externa"),
    ("lungebetennelse", "pneumonia"),
    ("lungebetenelse", "pneumonia"),
    ("pneumoni", "pneumonia"),
    ("mykoplasma", "atypical_pneumonia"),
    ("kols", "copd_exacerbation"),
    ("COPD", "copd_exacerbation"),
    ("bihulebetennelse", "sinusitis"),
    ("bihulebetennesle", "sinusitis"),
    ("sinusitt", "sinusitis"),
    ("borreliose", "erythema_migrans"),
    ("nevroborreliose", "borrelia_other"),
    ("flåttbitt", "erythema_migrans"),
    ("flåttbit", "erythema_migrans"),
    ("tick bite", "erythema_migrans"),
    ("bronkitt", "acute_bronchitis"),
    ("hoste", "acute_bronchitis"),
    ("kikhoste", "pertussis"),
    ("forkjøling", "urti"),
    ("brennkoppar", "impetigo"),
    ("rosen", "erysipelas"),
    ("øyekatarr", "conjunctivitis"),
    ("augekatarr", "conjunctivitis"),
    ("klamydia", "chlamydia"),
    ("clamydia", "chlamydia"),
    ("C. diff", "c_difficile"),
    ("R78", "acute_bronchitis"),
    ("H71", "aom"),
    ("j18.9", "pneumonia"),
    ("J189", "pneumonia"),
    ("n10", "pyelonephritis"),
];

#[test]
fn the_condition_that_is_meant_stands_first_in_any_language_by_code_and_with_one_slip() {
    let guideline = Guideline::shipped();
    let wrong: Vec<_> = TYPED
        .iter()
        .filter_map(|(typed, meant)| {
            let first = guideline.find(typed).first().map(|it| it.id.as_str());
            (first != Some(meant)).then_some((typed, meant, first))
        })
        .collect();
    assert!(wrong.is_empty(), "typed, meant, found: {wrong:#?}");
}

#[test]
fn every_condition_is_found_first_by_its_own_name_in_each_language() {
    let guideline = Guideline::shipped();
    for condition in guideline.conditions() {
        for name in [&condition.name.nb, &condition.name.nn, &condition.name.en] {
            assert_eq!(guideline.find(name)[0].id, condition.id, "{name}");
        }
    }
}

#[test]
fn a_slip_is_forgiven_only_where_nothing_fits_without_and_never_in_a_code_or_a_short_word() {
    let guideline = Guideline::shipped();
    let found = |typed| -> Vec<&str> {
        let found = guideline.find(typed).into_iter();
        found.map(|it| it.id.as_str()).collect()
    };
    assert_eq!(found("kikhoste"), ["pertussis"]);
    for nothing in ["kolz", "R78.1", "Z99", "brukket ben", "hodepine"] {
        assert!(found(nothing).is_empty(), "{nothing}: {:?}", found(nothing));
    }
    assert_eq!(found("").len(), guideline.conditions().len());
}

#[test]
fn further_words_that_say_nothing_new_are_refused() {
    let file = |words: &str| {
        format!(
            "id = \"x\"\nwords = [{words}]\nsource = \"https://example.no\"\nreview_by = 2027-12-31\nauthor = \"A\"\n\
             [name]\nnb = \"Ørebetennelse\"\nnn = \"Øyrebetennelse\"\nen = \"Otitis\"\n[codes]\nicpc2 = [\"H71\"]\n"
        )
    };
    let read = |words: &str| {
        let text = file(words);
        let (findings, safety) = (riktig_guideline::FINDINGS, riktig_guideline::SAFETY);
        Guideline::from_files(findings, safety, [("x.toml", text.as_str())])
    };
    assert!(read("\"øreverk\"").is_ok());
    for words in ["\"ørebetennelse\"", "\"øreverk\", \"Øreverk\"", "\"x\""] {
        let error = read(words).expect_err("it says nothing new");
        assert!(format!("{error:?}").contains("leave it out"), "{error:?}");
    }
}
