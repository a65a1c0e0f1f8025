//! A fault in an attachment is told at its place in it, and the message around it keeps its name.

use riktig_eresept::check::{Checked, Weight, check};
use riktig_eresept::envelope::{Content, Enclosure};
use riktig_eresept::message::M94;
use riktig_eresept::xml::{Document, Element};
use riktig_eresept::{Body, Coded, Draft};

use crate::invented;

const OF_M1: &str = "http://www.kith.no/xmlstds/eresept/m1/2013-10-08/extension/1";
const OF_M10: &str = "http://www.kith.no/xmlstds/eresept/m10/2013-10-08/extension/1";

/// The one fault: its line and place, and the kind of the message around it.
fn fault(bytes: &[u8]) -> (u32, String, String) {
    let checked: Checked = check(bytes);
    let faults = checked.findings.iter();
    let faults: Vec<_> = faults.filter(|it| it.weight == Weight::Fault).collect();
    let [fault] = faults.as_slice() else {
        panic!("{checked:#?}");
    };
    let kind = checked.kind.expect("the envelope says it").code;
    (fault.line, fault.place.clone(), kind)
}

/// An extension whose diagnosis has no code, on the third line.
fn without_code(name: &str, namespace: &str) -> Vec<u8> {
    format!("<{name} xmlns=\"{namespace}\">\n\n<Diagnose S=\"2.16.578.1.12.4.1.1.7170\"/></{name}>")
        .into_bytes()
}

/// An extension of this content in the place of the one with the diagnosis.
fn extended(draft: Draft, content: Content) -> Draft {
    let mut draft = draft.with_diagnosis(&invented::sinusitis());
    draft.enclosures[0].content = content;
    draft
}

/// The line of the first that reads so, from 1.
fn line_of(bytes: &[u8], text: &str) -> u32 {
    let all = std::str::from_utf8(bytes).unwrap();
    let at = all.find(text).unwrap();
    u32::try_from(all[..at].matches('\n').count() + 1).unwrap()
}

#[test]
fn in_the_extension_of_a_prescription_and_of_a_report_the_line_is_the_attachments_own() {
    let of_m1 = Content::Bytes(without_code("ReseptUtvidelse", OF_M1));
    let (line, place, kind) = fault(&extended(invented::prescription(), of_m1).write());
    assert_eq!((line, kind.as_str()), (3, "ERM1"));
    assert_eq!(place, "attachment 1 › ReseptUtvidelse/Diagnose");
    let name = "UtleveringsrapportUtvidelse";
    let of_m10 = Content::Bytes(without_code(name, OF_M10));
    let (line, place, kind) = fault(&extended(invented::report(), of_m10).write());
    assert_eq!((line, kind.as_str()), (3, "ERM10"));
    assert_eq!(place, format!("attachment 1 › {name}/Diagnose"));
}

#[test]
fn in_an_extension_that_stands_as_elements_the_line_is_the_messages() {
    let bytes = without_code("ReseptUtvidelse", OF_M1);
    let element = Document::read(&bytes).unwrap().into_root();
    let written = extended(invented::prescription(), Content::Elements(vec![element])).write();
    let (line, place, _) = fault(&written);
    assert_eq!(line, line_of(&written, "<Diagnose"));
    assert_eq!(place, "attachment 1/ReseptUtvidelse/Diagnose");
}

#[test]
fn an_extension_that_is_empty_another_document_or_no_xml_is_named_by_its_number() {
    let at = |content| fault(&extended(invented::prescription(), content).write());
    let (_, place, _) = at(Content::Empty);
    assert_eq!(place, "attachment 1 (ReseptUtvidelse)");
    let (line, place, _) = at(Content::Bytes(b"<!-- -->\n<Noe/>".to_vec()));
    assert_eq!((line, place.as_str()), (2, "attachment 1 › Noe"));
    let (line, place, _) = at(Content::Bytes(b"<ReseptUtvidelse>\n<".to_vec()));
    assert_eq!((line, place.as_str()), (2, "attachment 1 › the document"));
}

#[test]
fn of_two_extensions_that_differ_the_second_is_named_at_its_line_in_the_message() {
    let other = riktig_eresept::Diagnosis::icpc2("U71".parse().unwrap(), "Blærekatarr");
    let draft = invented::prescription().with_diagnosis(&invented::sinusitis());
    let written = String::from_utf8(draft.with_diagnosis(&other).write()).unwrap();
    let last = written.rfind("<Document>").unwrap();
    let written = [&written[..last], "\n\n", &written[last..]].concat();
    let (line, place, _) = fault(written.as_bytes());
    let before = written[..last].matches('\n').count();
    assert_eq!(line as usize, before + 3);
    assert_eq!(place, "attachment 2 (ReseptUtvidelse)");
}

fn download(prescription: Vec<u8>) -> Vec<u8> {
    let m94 = M94 {
        application_sent: None,
        application_answered: None,
        application_granted: None,
        status: Coded::simple("U", "Under ekspedering"),
        application_status: None,
        shares_paid: Vec::new(),
    };
    let draft = Draft {
        envelope: invented::envelope(94),
        body: Body::M94(Box::new(m94)),
        enclosures: vec![Enclosure::message(prescription)],
    };
    draft.write()
}

#[test]
fn in_a_whole_message_that_goes_along_the_line_is_that_messages_own() {
    let m1 = String::from_utf8(invented::prescription().write()).unwrap();
    let wrong = m1.replace("<Utloper>2026-01-22", "\n<Utloper>22.1.2026");
    let (line, place, kind) = fault(&download(wrong.clone().into_bytes()));
    assert_eq!(line, line_of(wrong.as_bytes(), "<Utloper>"));
    assert_eq!(
        (place.as_str(), kind.as_str()),
        ("attachment 1 › Resept/Utloper", "ERM94")
    );
    // One more in: the extension of the M1 in the M9.4.
    let bytes = Content::Bytes(without_code("ReseptUtvidelse", OF_M1));
    let inner = extended(invented::prescription(), bytes).write();
    let (line, place, _) = fault(&download(inner));
    let expected = "attachment 1 › attachment 1 › ReseptUtvidelse/Diagnose";
    assert_eq!((line, place.as_str()), (3, expected));
}

#[test]
fn an_attachment_that_is_not_base64_is_named_at_its_line_in_the_message() {
    let written = invented::prescription().with_diagnosis(&invented::sinusitis());
    let written = String::from_utf8(written.write()).unwrap();
    let at = written.find("Base64Container").unwrap();
    let end = at + written[at..].find('>').unwrap() + 1;
    let broken = [
        &written[..at - 1],
        "\n",
        &written[at - 1..end],
        "æ",
        &written[end..],
    ]
    .concat();
    let (line, place, kind) = fault(broken.as_bytes());
    assert_eq!(line, line_of(broken.as_bytes(), "<Base64Container"));
    assert_eq!(
        (place.as_str(), kind.as_str()),
        ("attachment 1/Base64Container", "ERM1")
    );
}

#[test]
fn in_a_drug_that_stands_in_base64_in_a_list_the_line_is_the_drugs_own() {
    let drug = Element::new("http://www.kith.no/xmlstds/eresept/m1/2013-10-08", "Resept");
    let drug = String::from_utf8(Document::new(drug).write()).unwrap();
    let drug = drug.replace("<Resept", "\n<Resept");
    let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &drug);
    let list = Element::new("urn:list", "List")
        .with(Element::new("urn:list", "ReseptB64").with_text(&encoded));
    let draft = Draft {
        body: Body::Other(Some(list)),
        ..invented::prescription()
    };
    let mut envelope = draft.envelope.clone();
    envelope.kind = Coded::simple("ERM251", "Legemidler i bruk");
    let written = Draft { envelope, ..draft }.write();
    let (line, place, kind) = fault(&written);
    assert_eq!(
        (line, kind.as_str()),
        (line_of(drug.as_bytes(), "<Resept"), "ERM251")
    );
    let from = line_of(&written, "<ReseptB64");
    let expected = format!("ReseptB64 (line {from}) › Resept/ReseptDokLegemiddel");
    assert!(place.ends_with(&expected), "{place}");
}
