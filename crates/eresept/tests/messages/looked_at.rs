//! What a person is shown of a message, and what is said to be wrong with it.

use riktig_eresept::check::{Checked, Weight, check};
use riktig_eresept::envelope::Enclosure;
use riktig_eresept::show::{Identities, show};
use riktig_eresept::xml::{Document, Element};
use riktig_eresept::{Body, Coded, Diagnosis, Draft};

use crate::{invented, national};

fn shown(bytes: &[u8], identities: Identities) -> String {
    serde_json::to_string(&show(&Document::read(bytes).unwrap(), identities)).unwrap()
}

fn download_with_prescription() -> Vec<u8> {
    let mut draft = invented::report();
    let prescription = invented::prescription().with_diagnosis(&invented::sinusitis());
    draft
        .enclosures
        .push(Enclosure::message(prescription.write()));
    draft.write()
}

#[test]
fn attachments_are_opened_all_the_way_in() {
    let shown = shown(&download_with_prescription(), Identities::Withheld);
    let value: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    let inner = &value["MsgHead"]["Document"][1]["RefDoc"]["Content"]["Base64Container"]["#opened"]
        ["MsgHead"];
    let innermost = &inner["Document"][1]["RefDoc"]["Content"]["Base64Container"]["#opened"];
    assert_eq!(innermost["ReseptUtvidelse"]["Diagnose"]["@V"], "R75");
}

#[test]
fn who_it_is_about_is_shown_only_when_asked_for() {
    let message = download_with_prescription();
    let number = invented::patient().number().expect("it has one");
    let secrets = [number.reveal(), "Kari", "Åsen", "9144897"];
    let withheld = shown(&message, Identities::Withheld);
    let open = shown(&message, Identities::Shown);
    for secret in secrets {
        assert!(!withheld.contains(secret) && open.contains(secret));
    }
    assert!(
        withheld.contains("Oppdiktet legekontor"),
        "organisations are shown"
    );
}

#[test]
fn every_official_example_is_shown_and_checked_and_none_shows_a_number_of_eleven_digits() {
    let Some(interop) = national::interop() else {
        return;
    };
    let mut files = national::xml_files(&interop.join("sarepta/eksempel"));
    files.extend(national::xml_files(&interop.join("constructed")));
    files.extend(national::xml_files(&interop.join("nilar")));
    let mut faulty = Vec::new();
    for file in &files {
        let bytes = std::fs::read(file).expect("an example");
        let shown = shown(&bytes, Identities::Withheld);
        assert!(!has_eleven_digits(&shown), "{}", file.display());
        let checked = check(&bytes);
        let faults = checked
            .findings
            .iter()
            .filter(|finding| finding.weight == Weight::Fault)
            // Bodies alone, and laboratory answers: no message of the family.
            .filter(|fault| !fault.remedy.contains("is answered with HTTP 400"));
        faulty.extend(faults.map(|fault| format!("{}: {fault:?}", file.display())));
    }
    assert!(faulty.is_empty(), "{}", faulty.join("\n"));
}

fn has_eleven_digits(text: &str) -> bool {
    text.split(|character: char| !character.is_ascii_digit())
        .any(|digits| digits.len() == 11)
}

#[test]
fn a_number_in_a_code_a_name_or_a_namespace_is_neither_shown_nor_told_in_a_finding() {
    let head = "http://www.kith.no/xmlstds/msghead/2006-05-24";
    let of_kind = format!(
        "<MsgHead xmlns='{head}'><MsgInfo><Type V='13097248022' S='13097248022' DN='13097248022'/></MsgInfo></MsgHead>"
    );
    let named = "<N13097248022 xmlns='urn:13097248022' n13097248022='' V=''/>".to_owned();
    let within = |kind: &str| {
        let m1 = String::from_utf8(invented::prescription().write()).expect("UTF-8");
        m1.replace("eresept/m1/2013-10-08\"", "13097248022\"")
            .replacen("\"ERM1\"", &format!("\"{kind}\""), 1)
    };
    for text in [of_kind, named, within("ERM1"), within("13097248022")] {
        let checked = check(text.as_bytes());
        let kind = checked.kind.as_ref().map(|kind| &kind.code);
        let told = format!("{kind:?} {:?}", checked.findings);
        assert!(!has_eleven_digits(&told), "{told}");
        let shown = shown(text.as_bytes(), Identities::Withheld);
        assert!(
            shown.contains("(11 digits)") && !has_eleven_digits(&shown),
            "{shown}"
        );
    }
}

#[test]
fn an_attachment_that_cannot_be_looked_into_is_named() {
    let mut draft = invented::prescription().with_diagnosis(&invented::sinusitis());
    let mut picture = Enclosure::message(b"no XML".to_vec());
    picture.mime = Some("image/png".to_owned());
    draft.enclosures.push(picture);
    let checked = check(&draft.write());
    let notes = checked.findings.iter();
    let told: Vec<_> = notes
        .filter(|it| it.what.contains("was not looked into"))
        .map(|it| (it.weight, it.place.as_str()))
        .collect();
    assert_eq!(told, [(Weight::Note, "attachment 2")]);
}

/// The places of the faults.
fn faults(checked: &Checked) -> Vec<&str> {
    let faults = checked
        .findings
        .iter()
        .filter(|finding| finding.weight == Weight::Fault);
    faults.map(|fault| fault.place.as_str()).collect()
}

/// The codes of the faults.
fn codes(checked: &Checked) -> Vec<&str> {
    let faults = checked
        .findings
        .iter()
        .filter(|finding| finding.weight == Weight::Fault);
    faults
        .map(|fault| fault.code.map_or("", |code| code.own))
        .collect()
}

#[test]
fn a_right_message_has_no_findings() {
    for draft in [invented::prescription(), invented::report()] {
        let checked = check(&draft.with_diagnosis(&invented::sinusitis()).write());
        assert_eq!(checked.findings, []);
    }
}

#[test]
fn each_fault_is_named_with_its_place_and_line() {
    let m1 = |change: fn(&mut Draft)| {
        let mut draft = invented::prescription();
        change(&mut draft);
        if draft.enclosures.is_empty() {
            draft = draft.with_diagnosis(&invented::sinusitis());
        }
        check(&draft.write())
    };
    let expired = m1(|draft| {
        let Body::M1(m1) = &mut draft.body else {
            unreachable!("an M1")
        };
        m1.expires = m1.prescribed - 1;
    });
    assert_eq!(faults(&expired), ["Resept/Utloper"]);
    assert_eq!(codes(&expired), ["RIKTIG-C11"]);
    let unsigned = m1(|draft| draft.envelope.sender.professional = None);
    assert_eq!(codes(&unsigned), ["RIKTIG-I02"]);
    let wrong_system = m1(|draft| {
        let other = Diagnosis::of(Coded::of("1.2.3", "R75", "Bihulebetennelse"));
        *draft = draft.clone().with_diagnosis(&other);
    });
    let place = "attachment 1 › ReseptUtvidelse/Diagnose";
    assert_eq!(faults(&wrong_system), [place]);
    assert_eq!(codes(&wrong_system), ["RIKTIG-C03"]);
    let cut = String::from_utf8(invented::prescription().write()).unwrap();
    let cut = check(
        cut.replace("<Utloper>2026-01-22", "\n<Utloper>22.1.2026")
            .as_bytes(),
    );
    assert_eq!(faults(&cut), ["Resept/Utloper"]);
    assert!(cut.findings[0].line == 3 && cut.findings[0].remedy.contains("YYYY-MM-DD"));
}

#[test]
fn a_fault_in_an_attachment_is_found_there_and_an_unknown_one_is_none() {
    let with = |enclosure| {
        let mut draft = invented::prescription().with_diagnosis(&invented::sinusitis());
        draft.enclosures.push(enclosure);
        check(&draft.write())
    };
    let unheard_of = Document::new(Element::new("urn:vendor", "Ukjent").with_text("noe"));
    assert!(!with(Enclosure::extension("vendor/1.0.0", "Ukjent", &unheard_of)).has_faults());
    let broken = with(Enclosure::message(b"<MsgHead>".to_vec()));
    assert!(
        faults(&broken)[0].starts_with("attachment 2 › "),
        "{broken:?}"
    );
}

/// The one fault that is found, as line, what and remedy.
fn only_fault(checked: &Checked) -> (u32, String, String) {
    let faults = checked.findings.iter();
    let faults: Vec<_> = faults.filter(|it| it.weight == Weight::Fault).collect();
    let [fault] = faults.as_slice() else {
        panic!("{checked:#?}");
    };
    (fault.line, fault.what.clone(), fault.remedy.clone())
}

#[test]
fn a_prescription_whose_main_document_is_missing_is_named_with_line_and_remedy() {
    let draft = Draft {
        body: Body::Other(None),
        ..invented::prescription().with_diagnosis(&invented::sinusitis())
    };
    let mut envelope = draft.envelope.clone();
    envelope.kind = Coded::simple("ERM1", "Resept");
    let written = Draft { envelope, ..draft }.write();
    let text = String::from_utf8(written).unwrap();
    let text = text.replacen("<Document>", "\n\n<Document>", 1);
    let (line, what, remedy) = only_fault(&check(text.as_bytes()));
    let before = text
        .find("<Document>")
        .expect("the attachment stands there");
    assert_eq!(line as usize, text[..before].matches('\n').count() + 1);
    assert!(
        what.contains("ERM1") && what.contains("main document is missing"),
        "{what}"
    );
    assert!(remedy.contains("first Document"), "{remedy}");
}

#[test]
fn a_code_with_a_dot_is_named_with_the_form_that_the_register_has() {
    let dotted = Diagnosis::of(Coded::of(
        "2.16.578.1.12.4.1.1.7110",
        "J01.9",
        "Akutt bihulebetennelse",
    ));
    let written = invented::prescription().with_diagnosis(&dotted).write();
    let checked = check(&written);
    let noted = checked.findings.iter();
    let noted = noted.filter(|it| it.weight == Weight::Note && it.what.contains("J01.9"));
    let remedies: Vec<_> = noted.map(|it| it.remedy.as_str()).collect();
    assert_eq!(remedies, ["write J019; the roles here read both"]);
    assert!(!checked.has_faults(), "{checked:#?}");
    let plain = Diagnosis::icd10("J01.9".parse().unwrap(), "Akutt bihulebetennelse");
    let good = check(&invented::prescription().with_diagnosis(&plain).write());
    assert!(!good.has_faults(), "{good:#?}");
}

#[test]
fn a_report_that_says_another_diagnosis_than_its_prescription_is_a_fault_and_two_attachments_that_differ_are()
 {
    let tonsillitis = Diagnosis::icpc2("R76".parse().unwrap(), "Akutt tonsillitt");
    let signed = invented::prescription().with_diagnosis(&invented::sinusitis());
    let mut report = invented::report().with_diagnosis(&tonsillitis);
    report.enclosures.push(Enclosure::message(signed.write()));
    let (_, what, remedy) = only_fault(&check(&report.write()));
    assert!(what.contains("R76") && what.contains("R75"), "{what}");
    assert!(remedy.contains("as the prescriber signed it"), "{remedy}");
    assert_eq!(codes(&check(&report.write())), ["RIKTIG-R01"]);
    let mut agrees = invented::report().with_diagnosis(&invented::sinusitis());
    agrees.enclosures.push(Enclosure::message(signed.write()));
    assert!(!check(&agrees.write()).has_faults());
    let twice = signed.with_diagnosis(&tonsillitis);
    assert!(check(&twice.write()).has_faults());
}

/// The prescription with what stands between the first `<name` and its end once more beside it.
fn twice(name: &str) -> Vec<u8> {
    let text = String::from_utf8(invented::prescription().write()).unwrap();
    let from = text.find(&format!("<{name}")).unwrap();
    let end = format!("</{name}>");
    let to = from + text[from..].find(&end).unwrap() + end.len();
    let one = &text[from..to];
    text.replacen(one, &format!("{one}{one}"), 1).into_bytes()
}

#[test]
fn what_may_stand_once_and_stands_twice_is_a_fault_where_it_stands() {
    for name in ["Utloper", "ReseptDokLegemiddel", "Document"] {
        let checked = check(&twice(name));
        let said = checked.findings.iter().any(|found| {
            found.weight == Weight::Fault
                && found.place.ends_with(name)
                && found.what.contains("more than once")
        });
        assert!(said, "{name}: {:?}", checked.findings);
    }
}

#[test]
fn two_diagnoses_in_one_attachment_are_a_fault_unless_they_say_the_same() {
    let with = |second: &str| {
        let namespace = "http://www.kith.no/xmlstds/eresept/m1/2013-10-08/extension/1";
        let diagnosis = |code: &str| {
            Element::new(namespace, "Diagnose")
                .with_attribute("V", code)
                .with_attribute("S", "2.16.578.1.12.4.1.1.7170")
        };
        let root = Element::new(namespace, "ReseptUtvidelse")
            .with(diagnosis("R75"))
            .with(diagnosis(second));
        let mut draft = invented::prescription();
        draft.enclosures.push(Enclosure::extension(
            "eresept/m1/2013-10-08/extension/1.0.0",
            "ReseptUtvidelse",
            &Document::new(root),
        ));
        draft.write()
    };
    assert!(check(&with("U71")).has_faults());
    assert!(!check(&with("R75")).has_faults());
}
