//! From the tree to bytes.

use super::{Aside, Document, Element, Node};

pub(super) fn write(document: &Document) -> Vec<u8> {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    for aside in &document.before {
        write_aside(&mut out, aside);
        out.push('\n');
    }
    write_element(&mut out, &document.root);
    for aside in &document.after {
        out.push('\n');
        write_aside(&mut out, aside);
    }
    out.into_bytes()
}

fn write_aside(out: &mut String, aside: &Aside) {
    match aside {
        Aside::Comment(text) => write_comment(out, text),
        Aside::Instruction { target, data } => write_instruction(out, target, data),
    }
}

/// The reader's bound on depth is the bound on this recursion.
fn write_element(out: &mut String, element: &Element) {
    out.push('<');
    write_name(out, element.prefix(), &element.local);
    for declaration in &element.declarations {
        out.push_str(" xmlns");
        if let Some(prefix) = &declaration.prefix {
            out.push(':');
            out.push_str(prefix);
        }
        write_value(out, &declaration.namespace);
    }
    for attribute in &element.attributes {
        out.push(' ');
        write_name(out, attribute.prefix(), &attribute.local);
        write_value(out, &attribute.value);
    }
    out.push('>');
    for node in &element.children {
        match node {
            Node::Element(child) => write_element(out, child),
            Node::Text(text) => write_text(out, text),
            Node::CharacterData(text) => {
                out.push_str("<![CDATA[");
                out.push_str(text);
                out.push_str("]]>");
            }
            Node::Comment(text) => write_comment(out, text),
            Node::Instruction { target, data } => write_instruction(out, target, data),
        }
    }
    out.push_str("</");
    write_name(out, element.prefix(), &element.local);
    out.push('>');
}

fn write_name(out: &mut String, prefix: Option<&str>, local: &str) {
    if let Some(prefix) = prefix {
        out.push_str(prefix);
        out.push(':');
    }
    out.push_str(local);
}

/// `="value"`. White space other than the blank is written as a reference: a reader would make a blank of it.
fn write_value(out: &mut String, value: &str) {
    out.push_str("=\"");
    for character in value.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(character),
        }
    }
    out.push('"');
}

/// A carriage return is written as a reference: a reader would make a line feed of it.
fn write_text(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(character),
        }
    }
}

fn write_comment(out: &mut String, text: &str) {
    out.push_str("<!--");
    out.push_str(text);
    out.push_str("-->");
}

fn write_instruction(out: &mut String, target: &str, data: &str) {
    out.push_str("<?");
    out.push_str(target);
    if !data.is_empty() {
        out.push(' ');
        out.push_str(data);
    }
    out.push_str("?>");
}
