//! Allergies and intolerances as they are registered.

use super::patient::resources;
use super::view::{Concept, View};

resources! {
    /// An entry of the allergy list.
    AllergyIntolerance,
}

impl<'a> AllergyIntolerance<'a> {
    /// To what; the substances named with the reactions too.
    pub fn substances(self) -> impl Iterator<Item = Concept<'a>> {
        let reactions = self.0.each("reaction").map(|it| it.concept("substance"));
        std::iter::once(self.0.concept("code")).chain(reactions)
    }

    /// To what, as the entry itself has it.
    #[must_use]
    pub fn code(self) -> Concept<'a> {
        self.0.concept("code")
    }

    /// Whether a reaction is registered.
    #[must_use]
    pub fn reacted(self) -> bool {
        self.0.each("reaction").next().is_some()
    }

    /// What happened in free words: of the reactions, and notes on them and on the entry.
    pub fn descriptions(self) -> impl Iterator<Item = &'a str> {
        let notes = |it: View<'a>| it.each("note").filter_map(|it| it.text("text"));
        let reactions = self.0.each("reaction");
        let told =
            reactions.flat_map(move |it| it.text("description").into_iter().chain(notes(it)));
        told.chain(notes(self.0))
    }

    /// What happened, in every reaction that is registered.
    pub fn manifestations(self) -> impl Iterator<Item = Concept<'a>> {
        let entry = |it: View<'a>| Concept::of(it);
        self.0
            .each("reaction")
            .flat_map(move |it| it.each("manifestation").map(entry))
    }

    /// Whether a reaction was called severe, or another one life-threatening.
    #[must_use]
    pub fn is_grave(self) -> bool {
        self.0.text("criticality") == Some("high")
            || self
                .0
                .each("reaction")
                .any(|it| it.text("severity") == Some("severe"))
    }

    /// `allergy` or `intolerance`.
    #[must_use]
    pub fn kind(self) -> Option<&'a str> {
        self.0.text("type")
    }

    /// Whether it says that it is about food, the surroundings or a biologic only.
    #[must_use]
    pub fn is_not_about_drugs(self) -> bool {
        let mut categories = self.0.each("category").filter_map(View::as_text).peekable();
        categories.peek().is_some() && categories.all(|it| it == "food" || it == "environment")
    }

    /// Whether it says that it is about a drug.
    #[must_use]
    pub fn is_about_drugs(self) -> bool {
        let mut categories = self.0.each("category").filter_map(View::as_text);
        categories.any(|it| it == "medication" || it == "biologic")
    }

    /// How sure.
    #[must_use]
    pub fn verification(self) -> Concept<'a> {
        self.0.concept("verificationStatus")
    }

    /// Whether it is still there.
    #[must_use]
    pub fn clinical(self) -> Concept<'a> {
        self.0.concept("clinicalStatus")
    }
}
