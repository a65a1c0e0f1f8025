//! By what drugs are recognised, and which drug a concept means.

use riktig_codes::AtcCode;
use riktig_codes::fest::ProductNumbers;

use crate::code_system::Coding;
use crate::resource::Concept;

/// By what drugs are recognised. Always by their ATC codes; the default is by nothing else.
#[derive(Debug, Clone, Copy, Default)]
pub struct Recognition<'f> {
    /// Also by the RxNorm codes of the public CDS Hooks sandbox and, on orders and in lists of drugs, by plain names. For
    /// demonstrations: a name in words may mean a combination.
    pub names: bool,
    /// Also by product numbers, each of which this table gives its ATC code. Without it, a drug that is told by its number alone is
    /// not known.
    pub fest: Option<&'f ProductNumbers>,
}

impl Recognition<'_> {
    /// The drug behind a code.
    fn by_code(self, coding: &Coding<'_>) -> Option<AtcCode> {
        coding.atc().or_else(|| self.by_number(coding))
    }

    /// The drug behind a product number.
    pub(super) fn by_number(self, coding: &Coding<'_>) -> Option<AtcCode> {
        self.fest?.drug(coding.product()?)
    }
}

/// Which drug the codes of a concept mean.
pub(super) enum Coded {
    /// This one.
    One(AtcCode),
    /// These, and no more than one of them can be right: an ATC code and a product number that disagree, or two of a kind. None is
    /// picked.
    Different(Vec<AtcCode>),
    /// No code is known here.
    Nothing,
}

impl Coded {
    pub(super) fn of(concept: &Concept<'_>, recognition: Recognition<'_>) -> Self {
        let codings = concept.codings();
        let drugs: Vec<AtcCode> = codings.filter_map(|it| recognition.by_code(&it)).collect();
        let Some((first, others)) = drugs.split_first() else {
            return Self::Nothing;
        };
        match others
            .iter()
            .try_fold(*first, |one, other| narrower(one, *other))
        {
            Some(drug) => Self::One(drug),
            None => Self::Different(drugs),
        }
    }
}

/// A group and a substance of it are the substance.
pub(super) fn narrower(one: AtcCode, other: AtcCode) -> Option<AtcCode> {
    match (one.is_within(other), other.is_within(one)) {
        (true, _) => Some(one),
        (_, true) => Some(other),
        _ => None,
    }
}
