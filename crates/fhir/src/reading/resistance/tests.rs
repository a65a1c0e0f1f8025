use super::*;

fn resistant(text: &str) -> (Vec<String>, bool) {
    let said = said(text);
    let codes = said.resistant.iter().map(ToString::to_string);
    (codes.collect(), said.open)
}

fn to(codes: &[&str]) -> (Vec<String>, bool) {
    (codes.iter().map(|it| (*it).to_owned()).collect(), false)
}

#[test]
fn a_text_tells_to_which_drugs_bacteria_are_resistant_and_to_which_not() {
    let trimethoprim = to(&["J01EA01"]);
    for text in [
        "E. coli, resistent mot trimetoprim",
        "Resistent mot trimetoprim. Følsom for mecillinam, nitrofurantoin",
        "Trimetoprim resistent, nitrofurantoin følsom",
        "Trimetoprim: R, Nitrofurantoin: S",
        "R: trimetoprim; S: nitrofurantoin, mecillinam",
        "trimetoprimresistent E. coli",
        "Resistant to trimethoprim and susceptible to nitrofurantoin",
        "Trimetoprim (R), mecillinam (S)",
        "S. saprophyticus. Påvist resistens mot trimetoprim",
        "Følsom for nitrofurantoin, men resistent mot trimetoprim",
        "Gram negative staver resistente mot trimetoprim",
        "Resistensbestemmelse: Mecillinam S Trimetoprim R Nitrofurantoin S",
        "Mecillinam følsom Trimetoprim resistent Nitrofurantoin følsom",
        "Følsom for mecillinam resistent mot trimetoprim",
    ] {
        assert_eq!(resistant(text), trimethoprim, "{text}");
    }
    let both = to(&["J01EA01", "J01XE01"]);
    for text in [
        "Resistent mot trimetoprim, nitrofurantoin",
        "Resistent mot trimetoprim og nitrofurantoin, følsom for mecillinam",
        "Trimetoprim, nitrofurantoin resistent",
        "Trimetoprim R og nitrofurantoin R",
    ] {
        assert_eq!(resistant(text), both, "{text}");
    }
    assert_eq!(resistant("Penicillinresistent S. aureus"), to(&["J01CE"]));
}

#[test]
fn not_susceptible_and_of_reduced_susceptibility_are_resistant() {
    let penicillin = to(&["J01CE"]);
    for text in [
        "S. pneumoniae, ikke følsom for penicillin",
        "Ikkje følsam for penicillin",
        "Not susceptible to penicillin",
        "Er ikke lenger følsom for penicillin",
        "ikke-følsom for penicillin",
        "Non-susceptible to penicillin",
        "Nedsatt følsomhet for penicillin",
        "Nedsett følsemd for penicillin",
        "Reduced susceptibility to penicillin",
        "Pneumokokker med nedsatt penicillinfølsomhet",
        "Ikke penicillinfølsom",
        "Penicillin: ikke følsom",
        "Ikke følsom for penicillin, følsom for mecillinam",
        "Mecillinam følsom Penicillin ikke følsom",
        "Penicillin MIC 4, klinisk kategori R",
        "Penicillin MIC 4 mg/L R",
        "Penicillin G MIC 0,5 mg/L (R)",
        "Penicillin MIC 0.5, R",
    ] {
        assert_eq!(resistant(text), penicillin, "{text}");
    }
}

#[test]
fn intermediate_and_what_bacteria_make_or_are_called_is_open_and_forbids_no_drug() {
    for text in [
        "Penicillin I",
        "Penicillin intermediær",
        "Intermediate to penicillin",
        "Mecillinam S, penicillin MIC 0,5 I",
        "Betalaktamase positiv",
        "beta-lactamase producing",
        "Penicillinase-produserende S. aureus",
        "PNSP",
        "Følsom for mecillinam, ikke trimetoprim",
        "Følsom for mecillinam, men ikke for trimetoprim",
        "Følsomheten for penicillin er nedsatt",
        "Ikke nedsatt følsomhet for penicillin",
        "Nedsatt følsomhet",
        "Klinisk kategori R",
    ] {
        assert_eq!(resistant(text), (Vec::new(), true), "{text}");
    }
}

#[test]
fn what_is_denied_or_names_no_drug_tells_of_none_and_is_open() {
    let open = (Vec::new(), true);
    for text in [
        "Ikke resistent mot trimetoprim",
        "Ingen resistens påvist",
        "Resistent mot alt vi har",
        "ESBL-produserende E. coli",
        "MRSA påvist",
        "multiresistent",
        "Følsom for mecillinam. Resistent: ingen",
        "MRSA negativ",
        "Resistent mot trimetoprim-sulfametoksazol-noe",
    ] {
        assert_eq!(resistant(text), open, "{text}");
    }
}

#[test]
fn what_is_no_resistance_to_a_drug_says_nothing() {
    for text in [
        "",
        "Følsom for trimetoprim",
        "Resistensbestemmelse utført etter EUCAST",
        "insulin resistance",
        "APC-resistens",
        "Trimetoprim i urinen",
        "S. aureus i sår",
        "Intermediær flora",
        "R",
        "I 2025 ble trimetoprim brukt",
        "Høysensitiv metode, ikke påvist",
        "Penicillinfølsomme stafylokokker",
    ] {
        assert_eq!(resistant(text), to(&[]), "{text}");
    }
}
