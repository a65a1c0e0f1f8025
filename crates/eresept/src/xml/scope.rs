//! Which namespaces are in force at a place.

use std::sync::Arc;

use super::{Declaration, Element, Node, XmlFaultKind};

/// The namespace of the prefix `xml`, bound without a declaration.
pub(super) const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
/// The namespace of `xmlns` itself; never bound.
pub(super) const XMLNS_NAMESPACE: &str = "http://www.w3.org/2000/xmlns/";

/// The declarations from the outermost element to here.
#[derive(Default)]
pub(super) struct Scope {
    bound: Vec<Declaration>,
}

impl Scope {
    /// How many declarations are in force, for [`leave`](Self::leave).
    pub(super) fn mark(&self) -> usize {
        self.bound.len()
    }

    /// One more declaration, of an element that is entered.
    pub(super) fn enter(&mut self, declaration: &Declaration) {
        self.bound.push(declaration.clone());
    }

    /// Back to what was in force.
    pub(super) fn leave(&mut self, mark: usize) {
        self.bound.truncate(mark);
    }

    /// What a prefix is bound to here; no prefix asks for the default namespace.
    pub(super) fn find(&self, prefix: Option<&str>) -> Option<Arc<str>> {
        if prefix == Some("xml") {
            return Some(XML_NAMESPACE.into());
        }
        self.bound
            .iter()
            .rev()
            .find(|declaration| declaration.prefix.as_deref() == prefix)
            .map(|declaration| Arc::clone(&declaration.namespace))
            .filter(|namespace| !namespace.is_empty())
    }
}

impl Declaration {
    /// A declaration that XML with namespaces allows.
    pub(super) fn checked(prefix: Option<&str>, namespace: &str) -> Result<Self, XmlFaultKind> {
        let allowed = match prefix {
            Some("xmlns") => false,
            Some("xml") => namespace == XML_NAMESPACE,
            Some(_) => {
                !namespace.is_empty() && !matches!(namespace, XML_NAMESPACE | XMLNS_NAMESPACE)
            }
            None => !matches!(namespace, XML_NAMESPACE | XMLNS_NAMESPACE),
        };
        if !allowed {
            return Err(XmlFaultKind::BadDeclaration);
        }
        Ok(Self {
            prefix: prefix.map(Into::into),
            namespace: namespace.into(),
        })
    }
}

/// Declares what an element and its parts need and nothing around them declares.
pub(super) fn declare_missing(root: &mut Element) {
    declare_within(root, &mut Scope::default());
}

fn declare_within(element: &mut Element, scope: &mut Scope) {
    let mark = scope.mark();
    for declaration in &element.declarations {
        scope.enter(declaration);
    }
    let prefix = element.prefix.clone();
    if scope.find(prefix.as_deref()) != element.namespace {
        let namespace = element.namespace.clone().unwrap_or_else(|| "".into());
        declare(element, scope, prefix, namespace);
    }
    for index in 0..element.attributes.len() {
        let attribute = &element.attributes[index];
        let (Some(prefix), Some(namespace)) =
            (attribute.prefix.clone(), attribute.namespace.clone())
        else {
            continue;
        };
        if scope.find(Some(&prefix)) != Some(Arc::clone(&namespace)) {
            declare(element, scope, Some(prefix), namespace);
        }
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            declare_within(child, scope);
        }
    }
    scope.leave(mark);
}

fn declare(
    element: &mut Element,
    scope: &mut Scope,
    prefix: Option<Box<str>>,
    namespace: Arc<str>,
) {
    let declaration = Declaration { prefix, namespace };
    scope.enter(&declaration);
    element.declarations.push(declaration);
}
