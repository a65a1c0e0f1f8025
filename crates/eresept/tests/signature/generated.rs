//! Messages by chance: everything in XML that canonical form treats in a way of its own.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::MSGHEAD;

/// An element with what is in it; prefixes and attributes are made sound when it is written.
#[derive(Debug, Clone)]
struct Element {
    prefix: usize,
    name: usize,
    /// Prefix and namespace, each as an index.
    declares: Vec<(usize, usize)>,
    /// Prefix, name, value.
    attributes: Vec<(usize, usize, String)>,
    single_quotes: bool,
    children: Vec<Child>,
}

#[derive(Debug, Clone)]
enum Child {
    Element(Element),
    /// Written as it stands.
    Raw(String),
}

const PREFIXES: [&str; 4] = ["", "a", "b", "zz"];
// No `&amp;`: libxml2 2.9 writes it bare in a namespace, which is no XML.
const NAMESPACES: [&str; 6] = [
    "urn:one",
    "urn:two",
    "http://example.org/a?x=%20'2';y#z",
    MSGHEAD,
    "urn:z",
    "",
];
const NAMES: [&str; 5] = ["Resept", "b", "\u{d8}l", "x-1.y", "Atc"];

fn value() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[ a-zA-Z0-9.;:/=>\\[\\]]{0,8}",
        1 => Just("&amp;&lt;&gt;&quot;&apos;".to_owned()),
        1 => Just("\t\n\r\n\r".to_owned()),
        1 => Just("&#9;&#xA;&#13;&#x20;&#xE5;&#128512;".to_owned()),
        1 => Just("\u{e6}\u{f8}\u{e5} \u{1F600} \u{4e2d}\u{85}\u{2028}".to_owned()),
    ];
    prop::collection::vec(piece, 0..3).prop_map(|it| it.concat())
}

fn raw(comments: bool) -> impl Strategy<Value = Child> {
    let comment = if comments { "<!-- c & > -->" } else { "" };
    prop_oneof![
        4 => value().prop_map(|it| it.replace("]]>", "")),
        1 => value().prop_map(|it| format!("<![CDATA[{}]]>", it.replace("]]>", ""))),
        1 => Just("\"'>".to_owned()),
        1 => Just(comment.to_owned()),
        1 => Just("<?pi  some \r\n data ?><?p?>".to_owned()),
        1 => Just("<![CDATA[]]>".to_owned()),
    ]
    .prop_map(Child::Raw)
}

fn element(comments: bool) -> impl Strategy<Value = Element> {
    let tag = move || {
        (
            0..PREFIXES.len(),
            0..NAMES.len(),
            prop::collection::vec((0..PREFIXES.len(), 0..NAMESPACES.len()), 0..4),
            prop::collection::vec((0..=PREFIXES.len(), 0..NAMES.len(), value()), 0..5),
            any::<bool>(),
        )
    };
    let build = |tag: (usize, usize, Vec<_>, Vec<_>, bool), children| Element {
        prefix: tag.0,
        name: tag.1,
        declares: tag.2,
        attributes: tag.3,
        single_quotes: tag.4,
        children,
    };
    let leaf = (tag(), prop::collection::vec(raw(comments), 0..3))
        .prop_map(move |(tag, children)| build(tag, children));
    leaf.prop_recursive(5, 40, 5, move |inner| {
        let child = prop_oneof![inner.prop_map(Child::Element), raw(comments)];
        (tag(), prop::collection::vec(child, 0..5))
            .prop_map(move |(tag, children)| build(tag, children))
    })
}

/// A whole unsigned message: `MsgHead` with a prefix or without, declarations and attributes of its own, content by chance.
pub(crate) fn message(comments: bool) -> impl Strategy<Value = String> {
    let outside = if comments { "<!-- out -->" } else { "" };
    let prolog = prop_oneof![
        Just(String::new()),
        Just("<?xml version=\"1.0\" encoding=\"utf-8\" standalone='yes' ?>\r\n".to_owned()),
        Just(format!(
            "<?xml version=\"1.0\"?>\n{outside}<?before?>\n<?before it?>"
        )),
    ];
    let epilog = prop_oneof![
        Just(String::new()),
        Just(format!("\n<?after x?>{outside}\n<?more?>\n")),
    ];
    (prolog, element(comments), any::<bool>(), epilog).prop_map(
        |(prolog, content, prefixed, epilog)| {
            let (name, declaration) = if prefixed {
                ("mh:MsgHead", "xmlns:mh")
            } else {
                ("MsgHead", "xmlns")
            };
            let default = if prefixed { 5 } else { 3 };
            let mut scope = vec![(0, default)];
            let mut out = format!(
                "{prolog}<{name} xml:lang=\"nb\" {declaration}=\"{MSGHEAD}\" xmlns:a=\"{}\">\r\n ",
                NAMESPACES[0]
            );
            scope.push((1, 0));
            content.write(&mut out, &mut scope);
            write!(out, " \n</{name} >{epilog}").unwrap();
            out
        },
    )
}

impl Element {
    /// Writes the element; `scope` is what each prefix stands for, innermost last.
    fn write(&self, out: &mut String, scope: &mut Vec<(usize, usize)>) {
        let outer = scope.len();
        let quote = if self.single_quotes { '\'' } else { '"' };
        let mut own: Vec<(usize, usize)> = Vec::new();
        for (prefix, namespace) in &self.declares {
            let unset = *prefix != 0 && NAMESPACES[*namespace].is_empty();
            if !unset && own.iter().all(|it| it.0 != *prefix) {
                own.push((*prefix, *namespace));
            }
        }
        let attributes: Vec<_> = self
            .attributes
            .iter()
            .filter(|it| it.0 < PREFIXES.len())
            .collect();
        let used = attributes.iter().map(|it| it.0).chain([self.prefix]);
        for prefix in used.filter(|it| *it != 0) {
            let known = scope.iter().chain(&own).any(|it| it.0 == prefix);
            if !known {
                own.push((prefix, prefix));
            }
        }
        scope.extend(&own);
        let namespace = |prefix: usize| {
            scope
                .iter()
                .rev()
                .find(|it| it.0 == prefix)
                .map_or("", |it| NAMESPACES[it.1])
        };
        let name = qualified(self.prefix, self.name);
        write!(out, "<{name}").unwrap();
        let mut seen = Vec::new();
        for (prefix, local, value) in &self.attributes {
            // The index after the last prefix stands for `xml:`.
            let (key, written) = match *prefix {
                0 => (("", NAMES[*local]), NAMES[*local].to_owned()),
                it if it == PREFIXES.len() => {
                    (("xml", NAMES[*local]), format!("xml:{}", NAMES[*local]))
                }
                it => ((namespace(it), NAMES[*local]), qualified(it, *local)),
            };
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            let value = value.replace(quote, "");
            write!(out, "\n  {written} = {quote}{value}{quote}").unwrap();
        }
        for (prefix, namespace) in &own {
            let colon = if *prefix == 0 { "" } else { ":" };
            write!(
                out,
                " xmlns{colon}{}=\"{}\"",
                PREFIXES[*prefix], NAMESPACES[*namespace]
            )
            .unwrap();
        }
        if self.children.is_empty() {
            out.push_str(" />");
        } else {
            out.push('>');
            for child in &self.children {
                match child {
                    Child::Element(child) => child.write(out, scope),
                    Child::Raw(text) => out.push_str(text),
                }
            }
            write!(out, "</{name}>").unwrap();
        }
        scope.truncate(outer);
    }
}

fn qualified(prefix: usize, name: usize) -> String {
    match PREFIXES[prefix] {
        "" => NAMES[name].to_owned(),
        prefix => format!("{prefix}:{}", NAMES[name]),
    }
}
