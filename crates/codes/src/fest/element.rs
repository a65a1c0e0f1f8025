//! One entry of FEST as a small tree, while it is being looked at.

/// An element with the attributes that FEST's coded values use.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    /// The code or number: `V`.
    pub(super) v: Option<String>,
    /// The code's name: `DN`.
    pub(super) dn: Option<String>,
    /// The code system: `S`.
    pub(super) s: Option<String>,
    /// The unit: `U`.
    pub(super) u: Option<String>,
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of this name.
    pub(super) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child of this name, trimmed; an empty one counts as absent.
    pub(super) fn text_of(&self, name: &str) -> Option<String> {
        self.child(name)
            .map(|child| child.text.trim())
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    }

    /// The texts of all children of this name.
    pub(super) fn texts_of(&self, name: &str) -> Vec<String> {
        self.all(name)
            .map(|child| child.text.trim())
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The code (`V`) of the first child of this name.
    pub(super) fn code_of(&self, name: &str) -> Option<&str> {
        self.child(name)?.v.as_deref()
    }
}
