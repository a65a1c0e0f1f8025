//! The tree: what is written is read as the same tree.

use proptest::prelude::*;
use riktig_eresept::xml::{Document, Element};

use crate::national;

/// Any text that XML can hold, with the characters that need care more often than chance would have them.
fn text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        any::<char>(),
        prop::sample::select(vec![
            '\r', '\n', '\t', ' ', '&', '<', '>', '"', '\'', ']', 'å'
        ]),
    ];
    prop::collection::vec(character, 0..12).prop_map(String::from_iter)
}

fn element() -> impl Strategy<Value = Element> {
    let name = || prop::sample::select(vec!["a", "Diagnose", "æ-1", "_x.y"]);
    let namespace = || prop::sample::select(vec!["urn:a", "urn:b & c", "http://x/"]);
    let leaf = (namespace(), name(), text(), text()).prop_map(|(namespace, local, value, text)| {
        Element::new(namespace, local)
            .with_attribute("V", &value)
            .with_text(&text)
    });
    leaf.prop_recursive(6, 40, 5, move |inner| {
        (
            namespace(),
            name(),
            prop::collection::vec((inner, text()), 0..5),
        )
            .prop_map(|(namespace, local, children)| {
                children
                    .into_iter()
                    .fold(Element::new(namespace, local), |element, (child, text)| {
                        element.with(child).with_text(&text)
                    })
            })
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_what_was_meant(element in element()) {
        let document = Document::new(element);
        let written = document.write();
        let read = Document::read(&written).expect("what is written here is well formed");
        prop_assert_eq!(read.write(), written);
        same(read.root(), document.root())?;
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _read_or_why_not = Document::read(&bytes);
    }

    #[test]
    fn no_markup_makes_the_reader_panic_and_what_is_read_is_written_again(text in "[<>/&;!?a:x='\" \\-\\[\\]#x0-9\r\n]{0,60}") {
        if let Ok(read) = Document::read(text.as_bytes()) {
            let written = read.write();
            prop_assert_eq!(Document::read(&written).expect("written by us").write(), written);
        }
    }
}

/// Same names, namespaces, attributes and text; lines differ.
fn same(read: &Element, meant: &Element) -> Result<(), TestCaseError> {
    prop_assert_eq!(read.local_name(), meant.local_name());
    prop_assert_eq!(read.namespace(), meant.namespace());
    prop_assert_eq!(read.text(), meant.text());
    prop_assert_eq!(read.attribute("V"), meant.attribute("V"));
    prop_assert_eq!(read.elements().count(), meant.elements().count());
    for (read, meant) in read.elements().zip(meant.elements()) {
        same(read, meant)?;
    }
    Ok(())
}

#[test]
fn canonical_form_survives_what_is_easily_lost() {
    if !national::has_xmllint() {
        return;
    }
    for document in [
        "<a b='1&#13;&#10;2&#9;3\n4'>x&#13;y\r\nz<![CDATA[<&]]>&amp;</a>",
        "<!-- before --><?pi  some data ?><a/><!-- after -->",
        "<x:a xmlns:x='urn:x' xmlns='urn:d'><b xmlns=''><c xmlns='urn:d' x:d='\"'/></b></x:a>",
        "<a xml:lang='nb' xmlns:q='urn:q'> <q:b q:c='&lt;&gt;&quot;'/>&gt; </a>",
    ] {
        let written = Document::read(document.as_bytes())
            .expect("well formed")
            .write();
        assert_eq!(
            national::canonical(document.as_bytes()),
            national::canonical(&written),
            "{document}"
        );
    }
}
