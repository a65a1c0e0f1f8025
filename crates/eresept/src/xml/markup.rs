//! The inside of a start tag: a name and attributes.

use super::{Attribute, Declaration, Limits, XmlFaultKind, characters, names, scope::Scope};

/// An attribute as it is written: name and value, the value's references resolved.
struct Written<'a> {
    name: &'a str,
    value: String,
}

/// What a start tag says, declarations apart from attributes; prefixes not yet resolved.
pub(super) struct Tag<'a> {
    attributes: Vec<Written<'a>>,
    pub(super) declarations: Vec<Declaration>,
}

impl<'a> Tag<'a> {
    /// Reads what stands after the name.
    pub(super) fn read(mut rest: &'a str, limits: Limits) -> Result<Self, XmlFaultKind> {
        let mut tag = Self {
            attributes: Vec::new(),
            declarations: Vec::new(),
        };
        loop {
            let trimmed = rest.trim_start_matches(is_blank);
            if trimmed.is_empty() {
                return Ok(tag);
            }
            if trimmed.len() == rest.len() {
                return Err(XmlFaultKind::BadAttribute);
            }
            if tag.attributes.len() + tag.declarations.len() >= limits.attributes {
                return Err(XmlFaultKind::TooManyAttributes);
            }
            let (written, after) = read_attribute(trimmed, limits)?;
            tag.keep(written)?;
            rest = after;
        }
    }

    fn keep(&mut self, written: Written<'a>) -> Result<(), XmlFaultKind> {
        let (prefix, local) = names::split(written.name)?;
        let declared = match (prefix, local) {
            (None, "xmlns") => None,
            (Some("xmlns"), local) => Some(local),
            _ => {
                self.attributes.push(written);
                return Ok(());
            }
        };
        let declaration = Declaration::checked(declared, &written.value)?;
        if self
            .declarations
            .iter()
            .any(|other| other.prefix == declaration.prefix)
        {
            return Err(XmlFaultKind::AttributeTwice);
        }
        self.declarations.push(declaration);
        Ok(())
    }

    /// The attributes with their namespaces.
    pub(super) fn resolve(
        self,
        scope: &Scope,
    ) -> Result<(Vec<Declaration>, Vec<Attribute>), XmlFaultKind> {
        let mut attributes: Vec<Attribute> = Vec::with_capacity(self.attributes.len());
        for written in self.attributes {
            let (prefix, local) = names::split(written.name)?;
            let namespace = match prefix {
                None => None,
                Some(prefix) => Some(
                    scope
                        .find(Some(prefix))
                        .ok_or(XmlFaultKind::UnboundPrefix)?,
                ),
            };
            let twice = |other: &Attribute| &*other.local == local && other.namespace == namespace;
            if attributes.iter().any(twice) {
                return Err(XmlFaultKind::AttributeTwice);
            }
            attributes.push(Attribute {
                prefix: prefix.map(Into::into),
                local: local.into(),
                namespace,
                value: written.value.into(),
            });
        }
        Ok((self.declarations, attributes))
    }
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// One `name = "value"`, and what follows it.
fn read_attribute(text: &str, limits: Limits) -> Result<(Written<'_>, &str), XmlFaultKind> {
    let name_end = text
        .find(|character| is_blank(character) || character == '=')
        .ok_or(XmlFaultKind::BadAttribute)?;
    let (name, rest) = text.split_at(name_end);
    let rest = rest
        .trim_start_matches(is_blank)
        .strip_prefix('=')
        .ok_or(XmlFaultKind::BadAttribute)?
        .trim_start_matches(is_blank);
    let quote = rest
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\''))
        .ok_or(XmlFaultKind::BadAttribute)?;
    let (raw, rest) = rest[1..]
        .split_once(quote)
        .ok_or(XmlFaultKind::BadAttribute)?;
    if raw.len() > limits.attribute_bytes {
        return Err(XmlFaultKind::AttributeTooLong);
    }
    let value = read_value(raw)?;
    Ok((Written { name, value }, rest))
}

/// A value as XML reads one: white space becomes blanks, references what they stand for.
fn read_value(raw: &str) -> Result<String, XmlFaultKind> {
    if raw.contains('<') {
        return Err(XmlFaultKind::BadAttribute);
    }
    characters::check(raw)?;
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(start) = rest.find('&') {
        push_blanked(&mut value, &rest[..start]);
        let (name, after) = rest[start + 1..]
            .split_once(';')
            .ok_or(XmlFaultKind::NotWellFormed)?;
        value.push(characters::referred(name)?);
        rest = after;
    }
    push_blanked(&mut value, rest);
    Ok(value)
}

fn push_blanked(value: &mut String, text: &str) {
    if !text.contains(['\t', '\n', '\r']) {
        value.push_str(text);
        return;
    }
    let unix = text.replace("\r\n", "\n");
    value.extend(
        unix.chars()
            .map(|character| if is_blank(character) { ' ' } else { character }),
    );
}
