//! XML that is sent to harm whoever reads it. None of it names anything outside itself that exists.

use std::fmt::Write as _;

use super::Words;

/// An attack: its words and its bytes.
pub(crate) type Attack = (Words, fn(&[u8]) -> Vec<u8>);

const REFUSED: &str = "refused or turned away (HTTP 4xx) within 2 s";

/// What is made of a good message.
pub(crate) const ATTACKS: [Attack; 12] = [
    (
        (
            "entity_bomb",
            "a message with entities that grow to 3 GB",
            REFUSED,
        ),
        |good| with_type(good, &bomb()),
    ),
    (
        (
            "external_entity",
            "a message that wants a file of the server in it",
            REFUSED,
        ),
        |good| {
            with_type(
                good,
                "<!DOCTYPE MsgHead [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>",
            )
        },
    ),
    (
        (
            "deep_nesting",
            "a message with 50,000 elements within one another",
            REFUSED,
        ),
        |good| inside(good, &("<a>".repeat(50_000) + &"</a>".repeat(50_000))),
    ),
    (
        (
            "many_attributes",
            "a message with 40,000 attributes on one element",
            REFUSED,
        ),
        |good| inside(good, &attributes(40_000)),
    ),
    (
        (
            "huge_attribute",
            "a message with an attribute of 400,000 characters",
            REFUSED,
        ),
        |good| inside(good, &format!("<a b=\"{}\"/>", "x".repeat(400_000))),
    ),
    (
        (
            "wrong_encoding",
            "a message that is not in the encoding it names",
            REFUSED,
        ),
        |good| {
            [
                b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><MsgHead>\xff\xfe".as_slice(),
                good,
            ]
            .concat()
        },
    ),
    (
        (
            "other_encoding",
            "a message in an encoding that no XML reader has to know (UTF-7)",
            REFUSED,
        ),
        |good| renamed(good, "UTF-7"),
    ),
    (
        (
            "wide_encoding",
            "a message in UTF-16 that says it is in UTF-8",
            REFUSED,
        ),
        |good| {
            let text = String::from_utf8_lossy(good);
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        },
    ),
    (
        (
            "many_namespaces",
            "a message with 60 namespaces on each of 60 elements within one another",
            REFUSED,
        ),
        |good| inside(good, &namespaces(60)),
    ),
    (
        (
            "signature_wrapping",
            "a forged message around the signed one",
            REFUSED,
        ),
        |good| wrapped(good, "</Document>", "</MsgHead>"),
    ),
    (
        (
            "signature_object",
            "a forged message with the signed one within its signature",
            REFUSED,
        ),
        |good| wrapped(good, "<Object>", "</Object></Signature></MsgHead>"),
    ),
    (("cut_off", "half a message", REFUSED), |good| {
        good[..good.len() / 2].to_vec()
    }),
];

fn bomb() -> String {
    let mut bomb = "<!DOCTYPE MsgHead [<!ENTITY a0 \"hahaha\">".to_owned();
    for level in 1..10 {
        let below = format!("&a{};", level - 1).repeat(10);
        write!(bomb, "<!ENTITY a{level} \"{below}\">").expect("a text takes text");
    }
    bomb + "<!ENTITY a \"&a9;\">]>"
}

/// With a document type before the root, and its entity `a` where the first text may be.
fn with_type(good: &[u8], document_type: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(good);
    let root = text
        .find("<MsgHead")
        .or_else(|| text.find(":MsgHead").and_then(|at| text[..at].rfind('<')));
    let root = root.unwrap_or_default();
    let inside = inside(text[root..].as_bytes(), "&a;");
    [text[..root].as_bytes(), document_type.as_bytes(), &inside].concat()
}

/// With something after the start tag of the root.
fn inside(good: &[u8], what: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(good);
    let root = text.find("MsgHead").unwrap_or_default();
    let end = text[root..]
        .find('>')
        .map_or(text.len(), |at| root + at + 1);
    [&text[..end], what, &text[end..]].concat().into_bytes()
}

fn attributes(count: u32) -> String {
    let mut element = "<a".to_owned();
    for number in 0..count {
        write!(element, " b{number}=\"\"").expect("a text takes text");
    }
    element + "/>"
}

/// The same bytes under another encoding's name.
fn renamed(good: &[u8], encoding: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(good);
    let body = match text
        .strip_prefix("<?xml")
        .and_then(|text| text.split_once("?>"))
    {
        Some((_, body)) => body,
        None => &text,
    };
    format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>{body}").into_bytes()
}

fn namespaces(count: u32) -> String {
    let mut nested = String::new();
    for level in 0..count {
        nested += "<a";
        for number in 0..count {
            write!(nested, " xmlns:n{level}_{number}=\"urn:x\"").expect("a text takes text");
        }
        nested += ">";
    }
    nested + &"</a>".repeat(count as usize)
}

/// A copy of the message with another drug in it, and then the message as it was signed, between two texts: a reader that finds
/// the signature believed and reads the first prescription reads the forged one.
fn wrapped(good: &[u8], before: &str, after: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(good);
    let root = text.find("<MsgHead").unwrap_or_default();
    let forged = text.replace("Apocillin", "Oxycodone");
    let end = match before {
        "<Object>" => forged.rfind("</Signature>"),
        _ => forged.find("</Document>"),
    };
    let end = end.unwrap_or(forged.len());
    [&forged[..end], before, &text[root..], after]
        .concat()
        .into_bytes()
}
