//! What is refused, and that it is refused soon.

use std::time::{Duration, Instant};

use riktig_eresept::xml::{Document, Limits, XmlFaultKind};

/// What grows faster than the document would take hours; a busy machine takes seconds.
const SOON: Duration = Duration::from_secs(60);

fn refusal(bytes: &[u8]) -> (u32, XmlFaultKind) {
    let started = Instant::now();
    let fault = Document::read(bytes).expect_err("refused");
    assert!(
        started.elapsed() < SOON,
        "{fault} took {:?}",
        started.elapsed()
    );
    (fault.line, fault.kind)
}

#[test]
fn a_document_type_is_refused_before_any_entity_of_it_is_read() {
    let bomb = b"<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\">]>\n<a>&c;</a>";
    assert_eq!(refusal(bomb), (2, XmlFaultKind::DocumentType));
    let external = b"<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>";
    assert_eq!(refusal(external), (1, XmlFaultKind::DocumentType));
    assert_eq!(refusal(b"<a>\n&c;</a>"), (2, XmlFaultKind::UnknownEntity));
}

#[test]
fn a_hundred_thousand_elements_in_one_another_are_refused() {
    let deep = "<a>".repeat(100_000);
    assert_eq!(refusal(deep.as_bytes()).1, XmlFaultKind::TooDeep);
}

#[test]
fn a_huge_attribute_a_huge_name_and_very_many_of_them_are_refused() {
    let huge = format!("<a b=\"{}\"/>", "x".repeat(1 << 20));
    assert_eq!(refusal(huge.as_bytes()).1, XmlFaultKind::AttributeTooLong);
    let named = format!("<{}/>", "a".repeat(1 << 20));
    assert_eq!(refusal(named.as_bytes()).1, XmlFaultKind::AttributeTooLong);
    let many: String = (0..100_000)
        .map(|number| format!(" a{number}=\"\""))
        .collect();
    assert_eq!(
        refusal(format!("<a{many}/>").as_bytes()).1,
        XmlFaultKind::TooManyAttributes
    );
}

#[test]
fn more_bytes_more_parts_and_more_namespaces_than_a_message_has_are_refused() {
    let long = format!("<a>{}</a>", " ".repeat(Limits::MESSAGE.bytes));
    assert_eq!(refusal(long.as_bytes()).1, XmlFaultKind::TooManyBytes);
    let wide = format!("<a>{}</a>", "<b/>".repeat(Limits::MESSAGE.nodes));
    assert_eq!(refusal(wide.as_bytes()).1, XmlFaultKind::TooManyNodes);
    let declaring = |level: usize| -> String {
        let all: String = (0..60)
            .map(|number| format!(" xmlns:n{level}_{number}=\"urn:x\""))
            .collect();
        format!("<a{all}>")
    };
    let scoped: String = (0..60).map(declaring).collect();
    assert_eq!(
        refusal(scoped.as_bytes()).1,
        XmlFaultKind::TooManyNamespaces
    );
}

#[test]
fn very_many_references_in_one_text_cost_no_more_than_the_text() {
    let text = format!("<a>{}</a>", "&#230;x".repeat(100_000));
    let started = Instant::now();
    let read = Document::read(text.as_bytes()).expect("it is well formed and under the bound");
    assert_eq!(read.root().text().len(), 300_000);
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
}

#[test]
fn what_another_reader_could_understand_differently_is_refused() {
    for (document, kind) in [
        ("<a b=\"1\"c=\"2\"/>", XmlFaultKind::BadAttribute),
        ("<a b=1/>", XmlFaultKind::BadAttribute),
        ("<a b/>", XmlFaultKind::BadAttribute),
        ("<a b=\"<\"/>", XmlFaultKind::BadAttribute),
        ("<a b=\"1\" b=\"2\"/>", XmlFaultKind::AttributeTwice),
        (
            "<a xmlns:x='urn:1' xmlns:y='urn:1' x:b='1' y:b='2'/>",
            XmlFaultKind::AttributeTwice,
        ),
        ("<x:a/>", XmlFaultKind::UnboundPrefix),
        ("<a x:b=''/>", XmlFaultKind::UnboundPrefix),
        ("<a xmlns:x=''/>", XmlFaultKind::BadDeclaration),
        (
            "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
            XmlFaultKind::BadDeclaration,
        ),
        ("<a:b:c xmlns:a='urn:x'/>", XmlFaultKind::BadName),
        ("<1/>", XmlFaultKind::BadName),
        ("<a/><b/>", XmlFaultKind::NotOneRoot),
        ("<a/>text", XmlFaultKind::NotOneRoot),
        ("text", XmlFaultKind::NotOneRoot),
        ("", XmlFaultKind::NotOneRoot),
        ("<a>", XmlFaultKind::Unbalanced),
        ("<a></b>", XmlFaultKind::Unbalanced),
        ("<a><!-- -- --></a>", XmlFaultKind::NotWellFormed),
        ("<a>]]></a>", XmlFaultKind::NotWellFormed),
        ("<a>&#0;</a>", XmlFaultKind::ForbiddenCharacter),
        ("<a>\u{1}</a>", XmlFaultKind::ForbiddenCharacter),
        (" <?xml version='1.0'?><a/>", XmlFaultKind::Declaration),
        ("<?xml version='1.1'?><a/>", XmlFaultKind::Declaration),
        ("<a><?xml version='1.0'?></a>", XmlFaultKind::Declaration),
    ] {
        assert_eq!(refusal(document.as_bytes()).1, kind, "{document}");
    }
}

#[test]
fn an_encoding_is_what_the_document_says_or_it_is_refused() {
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>bl\xE5b\xE6r</a>";
    assert_eq!(Document::read(latin).unwrap().root().text(), "blåbær");
    let windows = b"<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>\x80</a>";
    assert_eq!(Document::read(windows).unwrap().root().text(), "€");
    let marked = b"\xEF\xBB\xBF<a>bl\xC3\xA5b\xC3\xA6r</a>";
    assert_eq!(Document::read(marked).unwrap().root().text(), "blåbær");
    let wide: Vec<u8> = "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>blåbær</a>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(Document::read(&wide).unwrap().root().text(), "blåbær");

    let undeclared = b"<a>bl\xE5b\xE6r</a>";
    assert_eq!(refusal(undeclared).1, XmlFaultKind::WrongEncoding);
    let lying = b"<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>";
    assert_eq!(refusal(lying).1, XmlFaultKind::WrongEncoding);
    let other = b"<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>";
    assert_eq!(refusal(other).1, XmlFaultKind::UnknownEncoding);
    let unmarked: Vec<u8> = "<a/>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(refusal(&unmarked).1, XmlFaultKind::UnknownEncoding);
}

#[test]
fn a_refusal_names_the_line_and_the_remedy_and_repeats_nothing() {
    let fault = Document::read(b"<a>\n<b>Ola Nordmann</c>\n</a>").unwrap_err();
    let words = fault.to_string();
    assert!(
        words.contains("line 2") && words.contains("schema"),
        "{words}"
    );
    assert!(!words.contains("Ola"), "{words}");
}
