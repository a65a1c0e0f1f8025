use super::*;

fn shipped() -> Tables<String> {
    Tables {
        antibiotics: include_str!("../../../../content/codes/antibiotics.csv").to_owned(),
        diagnosis_groups: include_str!("../../../../content/codes/diagnosis_groups.csv").to_owned(),
        contact_forms: include_str!("../../../../content/codes/contact_forms.csv").to_owned(),
        course_doses: include_str!("../../../../content/codes/course_doses.csv").to_owned(),
        safety_mirror: include_str!("../../../../content/codes/safety_mirror.csv").to_owned(),
    }
}

fn refusal(spoil: impl FnOnce(&mut Tables<String>)) -> String {
    let mut tables = shipped();
    spoil(&mut tables);
    Codebook::from_tables(&tables)
        .expect_err("a spoilt table was accepted")
        .to_string()
}

/// Replaces a text that must be there.
fn swap(table: &mut String, from: &str, to: &str) {
    assert!(table.contains(from), "{from} is not in the table");
    *table = table.replacen(from, to, 1);
}

fn icpc2(text: &str) -> Icpc2Code {
    text.parse().unwrap()
}

fn group(id: &str) -> &'static DiagnosisGroup {
    Codebook::embedded()
        .diagnosis_group(id)
        .unwrap_or_else(|| panic!("no group {id}"))
}

#[test]
fn a_folder_with_the_shipped_tables_gives_the_embedded_codebook() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/codes");
    assert_eq!(&Codebook::from_dir(&folder).unwrap(), Codebook::embedded());
}

#[test]
fn a_folder_without_tables_is_named_with_what_it_needs() {
    let folder = tempfile::tempdir().unwrap();
    let message = Codebook::from_dir(folder.path()).unwrap_err().to_string();
    assert!(
        message.contains("antibiotics.csv") && message.contains("the folder needs"),
        "{message}"
    );
}

#[test]
fn respiratory_tract_infection_is_what_skil_says() {
    let said = "R01-R05,R07-R29,R71,R72,R74-R78,R80-R83,H01,H71,H72,H74";
    let mut expected: Vec<Icpc2Code> = Vec::new();
    for part in said.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let number = |code: &str| code[1..].parse::<u8>().unwrap();
        expected.extend(
            (number(first)..=number(last)).map(|n| icpc2(&format!("{}{n:02}", &part[..1]))),
        );
    }
    for chapter in "ABDFHKLNPRSTUWXYZ".chars() {
        for number in 1..=99 {
            let code = icpc2(&format!("{chapter}{number:02}"));
            assert_eq!(
                group("RTI").contains_icpc2(code),
                expected.contains(&code),
                "{code}"
            );
        }
    }
    // Not in it: nosebleed, chronic bronchitis and COPD, covid (in the extensions of R99).
    for code in ["R06", "R79", "R95", "R99", "R991"] {
        assert!(!group("RTI").contains_icpc2(icpc2(code)), "{code}");
    }
}

#[test]
fn the_groups_of_the_indicators_hold_their_codes_in_both_systems() {
    for (id, icpc2_code, icd10_code) in [
        ("AOM", "H71", "H66.0"),
        ("SINUSITIS", "R75", "J01.9"),
        ("TONSILLITIS", "R72", "J02.0"),
        ("TONSILLITIS", "R76", "J03.9"),
        ("URTI", "R74", "J06.9"),
        ("BRONCHITIS", "R78", "J20.9"),
        ("PNEUMONIA", "R81", "J18.9"),
        ("CYSTITIS", "U71", "N30.0"),
        ("PYELONEPHRITIS", "U70", "N10"),
        ("UTI", "U70", "N39.0"),
        ("COPD", "R95", "J44.1"),
        ("SKIN", "S84", "L01.0"),
        ("IMPETIGO", "S84", "L01.0"),
        ("COVID", "R992", "U07.1"),
    ] {
        assert!(
            group(id).contains_icpc2(icpc2(icpc2_code)),
            "{id} {icpc2_code}"
        );
        assert!(
            group(id).contains_icd10(icd10_code.parse().unwrap()),
            "{id} {icd10_code}"
        );
    }
    assert!(!group("CYSTITIS").contains_icpc2(icpc2("U70")));
    assert!(
        !group("COPD").contains_icd10("J44.9".parse().unwrap()),
        "a stable COPD is no exacerbation"
    );
}

#[test]
fn an_extension_belongs_to_the_group_of_its_rubric_but_not_the_other_way() {
    assert!(group("CYSTITIS").contains_icpc2(icpc2("U711")));
    assert!(
        group("COVID").contains_icpc2(icpc2("R991"))
            && !group("COVID").contains_icpc2(icpc2("R99"))
    );
}

#[test]
fn a_contact_is_an_infection_contact_exactly_when_an_infection_group_holds_its_code() {
    let codebook = Codebook::embedded();
    for chapter in "ABDFHKLNPRSTUWXYZ".chars() {
        for number in 1..=99 {
            let code = icpc2(&format!("{chapter}{number:02}"));
            let expected = codebook
                .diagnosis_groups()
                .any(|group| group.is_infection && group.contains_icpc2(code));
            assert_eq!(codebook.is_infection(code), expected, "{code}");
        }
    }
    for code in ["K86", "T90", "L03", "A97", "P76", "S96", "S97", "D92"] {
        assert!(!codebook.is_infection(icpc2(code)), "{code}");
    }
    assert!(
        codebook.is_infection(icpc2("R992")) && codebook.is_infection_icd10("A46".parse().unwrap())
    );
    assert!(!codebook.is_infection_icd10("I10".parse().unwrap()));
}

#[test]
fn tariffs_tell_the_form_as_the_directorate_counts_it() {
    let codebook = Codebook::embedded();
    for (tariffs, form) in [
        ("2ad", ContactForm::Consultation),
        ("2ak", ContactForm::Consultation),
        ("2fk", ContactForm::Consultation),
        ("2ae", ContactForm::EConsultation),
        ("2aef", ContactForm::EConsultation),
        ("2aek", ContactForm::EConsultation),
        ("11ad", ContactForm::HomeVisit),
        ("11ak", ContactForm::HomeVisit),
        ("1ad", ContactForm::Simple),
        ("1bd", ContactForm::Simple),
        ("1be", ContactForm::Simple),
        ("1i", ContactForm::Simple),
        ("2AD", ContactForm::Consultation),
        ("  701a   2ad 705k ", ContactForm::Consultation),
        ("701a 2ae", ContactForm::EConsultation),
        ("2ad 11ad", ContactForm::HomeVisit),
        ("11ad 2ae", ContactForm::HomeVisit),
        ("2ae 2ad", ContactForm::Consultation),
        ("1bd 2ae", ContactForm::EConsultation),
        ("", ContactForm::Unknown),
        ("2", ContactForm::Unknown),
        ("2adx", ContactForm::Unknown),
        ("averylongtariffthatnobodyuses", ContactForm::Unknown),
        ("1f", ContactForm::Unknown),
    ] {
        assert_eq!(
            codebook.contact_form(tariffs.as_bytes()),
            form,
            "{tariffs:?}"
        );
    }
}

#[test]
fn guideline_days_in_defined_daily_doses_are_those_published() {
    let codebook = Codebook::embedded();
    let general = |atc: &str| codebook.ddd_milli_per_guideline_day(atc.parse().unwrap());
    for (atc, milli) in [
        ("J01CE02", 2000),
        ("J01CA08", 1000),
        ("J01XE01", 750),
        ("J01EE01", 1000),
        ("J01CF01", 1000),
        ("J01CA04", 1000),
        ("J01AA02", 1000),
        ("J01MA02", 1000),
    ] {
        assert_eq!(general(atc), Some(milli), "{atc}");
    }
    assert_eq!(
        general("J01FA10"),
        None,
        "a single dose of azithromycin is no daily dose"
    );
    let day = "2023-06-01".parse().unwrap();
    let of = |atc: &str, group| {
        codebook
            .course_dose(atc.parse().unwrap(), Some(group), day)
            .unwrap()
            .ddd_milli_per_day
    };
    assert_eq!(of("J01CE02", "TONSILLITIS"), 1320);
    assert_eq!(of("J01CF01", "IMPETIGO"), 750);
    assert_eq!(of("J01AA02", "BORRELIOSIS"), 2000);
    assert_eq!(
        of("J01CE02", "BRONCHITIS"),
        2000,
        "no course for bronchitis: the general dose"
    );
}

#[test]
fn an_edition_holds_from_its_first_to_its_last_day() {
    let pcv = "J01CE02".parse().unwrap();
    let days = |on: &str| {
        Codebook::embedded()
            .course_dose(pcv, Some("PNEUMONIA"), on.parse().unwrap())
            .unwrap()
            .days
    };
    assert_eq!((days("2024-12-31"), days("2025-01-01")), (Some(7), Some(5)));
}

#[test]
fn an_unlisted_j01_is_an_antibiotic_nobody_has_described() {
    let codebook = Codebook::embedded();
    let new: AtcCode = "J01XX99".parse().unwrap();
    assert!(codebook.is_antibiotic(new) && codebook.antibiotic(new).is_none());
    assert!(codebook.is_antibiotic("P01AB01".parse().unwrap()));
    assert!(!codebook.is_antibiotic("C10AA01".parse().unwrap()));
    assert!(!codebook.is_antibiotic("S01AA01".parse().unwrap()));
}

#[test]
fn every_antibiotic_of_the_total_is_a_j01_other_than_methenamine_and_every_j01_counts() {
    for drug in Codebook::embedded().antibiotics() {
        let j01 = drug.atc.as_str().starts_with("J01") && drug.atc.as_str() != "J01XX05";
        assert_eq!(drug.counts_in_total, j01, "{}", drug.atc);
        assert_eq!(
            drug.indication == Indication::Excluded,
            !j01,
            "{}",
            drug.atc
        );
        assert_eq!(drug.breadth == Breadth::Excluded, !j01, "{}", drug.atc);
    }
}

#[test]
fn the_broad_groups_are_those_of_the_surveillance() {
    let broad = [
        "J01CR", "J01DC", "J01DD", "J01DE", "J01DH", "J01DI", "J01M", "J01XA",
    ];
    for drug in Codebook::embedded()
        .antibiotics()
        .filter(|drug| drug.counts_in_total)
    {
        let expected = broad
            .iter()
            .any(|prefix| drug.atc.as_str().starts_with(prefix))
            || drug.atc.as_str() == "J01XX08";
        assert_eq!(drug.breadth == Breadth::Broad, expected, "{}", drug.atc);
    }
}

#[test]
fn the_formulation_without_a_name_is_the_ordinary_one() {
    let erythromycin = Codebook::embedded()
        .antibiotic("J01FA01".parse().unwrap())
        .unwrap();
    let ordinary = erythromycin.dose(crate::Route::Oral).unwrap();
    assert_eq!(
        (
            ordinary.amount.unwrap().thousandths,
            ordinary.formulation.as_deref()
        ),
        (1000, None)
    );
    assert_eq!(
        erythromycin
            .doses
            .iter()
            .filter(|dose| dose.route == crate::Route::Oral)
            .count(),
        2
    );
    assert_eq!(erythromycin.dose(crate::Route::Rectal), None);
}

#[test]
fn words_of_groups_read_back() {
    for drug in Codebook::embedded().antibiotics() {
        assert_eq!(
            drug.project_group.to_string().parse(),
            Ok(drug.project_group)
        );
        assert_eq!(drug.indication.to_string().parse(), Ok(drug.indication));
        assert_eq!(drug.breadth.to_string().parse(), Ok(drug.breadth));
        for dose in &drug.doses {
            assert_eq!(dose.aware.to_string().parse(), Ok(dose.aware));
        }
    }
    assert!(
        "broadish"
            .parse::<Breadth>()
            .unwrap_err()
            .to_string()
            .contains("narrow, broad")
    );
}

/// Each way of spoiling a table, with words that the refusal must hold: the file, the line and what to write.
#[test]
fn a_bad_table_is_refused_with_file_line_and_remedy() {
    type Spoil = fn(&mut Tables<String>);
    let cases: [(Spoil, &[&str]); 16] = [
        (
            |t| swap(&mut t.antibiotics, "J01CE02;oral;;fen", "J01CE2;oral;;fen"),
            &["antibiotics.csv at line", "J01CE2", "the shape J01CE02"],
        ),
        (
            |t| swap(&mut t.antibiotics, "J01CE02;oral", "J01CE;oral"),
            &["group of drugs", "seven places"],
        ),
        (
            |t| swap(&mut t.antibiotics, ";watch;", ";watched;"),
            &["aware_2023 is \"watched\"", "access, watch, reserve"],
        ),
        (
            |t| swap(&mut t.antibiotics, ";0.1;g;", ";0,1;g;"),
            &["ddd is \"0,1\"", "with a point"],
        ),
        (
            |t| swap(&mut t.antibiotics, ";0.1;g;", ";0.1;;"),
            &["half a defined daily dose", "give both"],
        ),
        (
            |t| {
                swap(
                    &mut t.antibiotics,
                    ";parenteral;;doksysyklin",
                    ";oral;;doksysyklin",
                )
            },
            &["comes twice", "formulation"],
        ),
        (
            |t| {
                swap(
                    &mut t.antibiotics,
                    "parenteral;;doksysyklin;",
                    "parenteral;;doxycyklin;",
                )
            },
            &["differs from its earlier row", "same names"],
        ),
        (
            |t| swap(&mut t.antibiotics, "name_nn", "nynorsk"),
            &["antibiotics.csv at line 6", "the columns are", "name_nn"],
        ),
        (
            |t| {
                swap(
                    &mut t.antibiotics,
                    ";oral;;fenoksymetylpenicillin;",
                    ";oral;fenoksymetylpenicillin;",
                )
            },
            &["fields", "separated by semicolons"],
        ),
        (
            |t| swap(&mut t.diagnosis_groups, "R74-R78", "R78-R74"),
            &["diagnosis_groups.csv at line", "R78-R74", "ranges like"],
        ),
        (
            |t| swap(&mut t.diagnosis_groups, "URTI;ICPC-2", "URTI;ICPC"),
            &["system is \"ICPC\"", "ICPC-2, ICD-10"],
        ),
        (
            |t| {
                swap(
                    &mut t.diagnosis_groups,
                    "URTI;ICD-10;J00 J06;yes",
                    "URTI;ICD-10;J00 J06;no",
                )
            },
            &["URTI differs", "both rows"],
        ),
        (
            |t| swap(&mut t.contact_forms, "2ak;consultation", "2ad;consultation"),
            &["contact_forms.csv at line", "tariff 2ad comes twice"],
        ),
        (
            |t| swap(&mut t.course_doses, "AOM;J01CE02", "OTITIS;J01CE02"),
            &["course_doses.csv at line", "OTITIS", "diagnosis_groups.csv"],
        ),
        (
            |t| swap(&mut t.course_doses, ";2024-12-31;", ";2025-01-31;"),
            &["another row for the same group and time", "the day before"],
        ),
        (
            |t| {
                swap(
                    &mut t.course_doses,
                    "J01CE02;oral;1000;mg",
                    "J01CE02;oral;1;UD",
                )
            },
            &["not in the unit", "mg"],
        ),
    ];
    for (spoil, words) in cases {
        let message = refusal(spoil);
        assert!(
            words.iter().all(|word| message.contains(word)),
            "{message}\nlacks one of {words:?}"
        );
        assert!(message.contains(" at line "), "{message}");
    }
}

#[test]
fn the_line_that_a_refusal_names_is_the_line_of_the_row() {
    let mut tables = shipped();
    let (line, _) = tables
        .antibiotics
        .lines()
        .enumerate()
        .find(|(_, line)| line.starts_with("J01CA08;"))
        .unwrap();
    swap(&mut tables.antibiotics, "J01CA08;oral", "J01CA08;orally");
    let message = Codebook::from_tables(&tables).unwrap_err().to_string();
    assert!(
        message.contains(&format!("antibiotics.csv at line {}:", line + 1)),
        "{message}"
    );
}
