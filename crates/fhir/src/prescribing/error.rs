//! What is no order to prescribe from.

/// A resource that is no order, or one that says not to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// Another resource.
    #[error(
        "the resource is neither a MedicationRequest nor a MedicationStatement: send one of them"
    )]
    NotAnOrder,
    /// Any status but active: a draft, a pause, something that is over, or nothing told.
    #[error("status is not active: only an active order is prescribed from")]
    NotActive,
    /// Any intent but an order: a plan, a proposal, one administration of a series, or nothing told.
    #[error(
        "intent is neither order nor original-order: a plan or a proposal is not prescribed from"
    )]
    NotOrdered,
    /// Not to be performed.
    #[error(
        "doNotPerform says that the drug is not to be given: leave it out of an order that is to be carried out"
    )]
    NotToBeGiven,
    /// Something modifies its meaning in a way that is not known here.
    #[error(
        "modifierExtension may change what the order means and is not known here: leave it out"
    )]
    Modified,
}

impl OrderError {
    /// The element that says so.
    #[must_use]
    pub fn element(self) -> &'static str {
        match self {
            Self::NotAnOrder => "resourceType",
            Self::NotActive => "status",
            Self::NotOrdered => "intent",
            Self::NotToBeGiven => "doNotPerform",
            Self::Modified => "modifierExtension",
        }
    }
}
