//! What is said to the doctor.

use riktig_codes::{AtcCode, Day, Sex};

use crate::context::Reaction;
use crate::criterion::Missing;
use crate::finding::FindingId;

/// The whole answer: at most [`Answer::MOST`] pieces of advice, the weightiest first, or the reason why there are none.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What is said.
    pub advice: Vec<Advice>,
    /// Why nothing is said of an order, or of the contact: one reason for each order that no advice is about.
    pub silence: Vec<Silence>,
    /// What was missing or not looked at and might have changed the answer. Shown with every card.
    pub not_checked: Vec<Missing>,
}

impl Answer {
    /// More than this at a time is not read; of drugs that the patient must not have, all are told.
    pub const MOST: usize = 3;
}

/// One piece of advice.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// The order it is about; `None`: the contact.
    pub order: Option<String>,
    /// What it says.
    pub kind: Kind,
    /// The rules it rests on, `pneumonia/penicillin-v-2025`, the first first.
    pub rules: Vec<String>,
    /// Facts without which this one cannot be said more firmly.
    pub unless: Vec<Missing>,
    /// Findings that nobody has told of, for which the topic is not meant: it is said for patients without any of them, and told
    /// so first ([`Condition::not_for`](crate::Condition::not_for)).
    pub only_without: Vec<FindingId>,
    /// Ids of [dangers](crate::Danger) that nobody has told of: it is not meant where one of them is there, and the answer says so.
    pub standing: Vec<String>,
}

/// What a piece of advice says, the weightiest first: their order is the order in which they are shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// The patient must not have this drug.
    Contraindicated {
        /// Which drug.
        drug: AtcCode,
        /// Why.
        because: Because,
        /// What the guideline would give instead, where it can be told.
        instead: Vec<Treatment>,
    },
    /// Admit or refer.
    Refer,
    /// An allergy stands in the list and nobody has written what happened: ask before avoiding, or giving, the drug.
    ClarifyAllergy {
        /// To what.
        to: AtcCode,
    },
    /// As a rule no antibiotic.
    NoAntibiotic,
    /// A prescription that waits, instead of one at once.
    ConsiderWaiting,
    /// An antibiotic order without a reason.
    DiagnosisMissing,
    /// The guideline's first choice is another drug; or, without an order, is this one.
    FirstChoice {
        /// Equal choices.
        choices: Vec<Treatment>,
    },
    /// The drug is right; dose, frequency or length differ.
    Differs {
        /// What the guideline gives.
        treatment: Treatment,
        /// What to change.
        changes: Vec<Change>,
    },
    /// Two drugs that do not go together.
    Interacts {
        /// The row of the table.
        row: String,
        /// With which drug in use.
        with: AtcCode,
    },
    /// Another antibiotic for the whole body is in use, or ordered in the same call, and the guideline does not give the two together.
    SecondAntibiotic {
        /// The other one.
        with: AtcCode,
    },
    /// Something to mind with this drug.
    Caution {
        /// Which drug.
        drug: AtcCode,
        /// Why.
        because: Because,
    },
    /// Take a test, or await its answer.
    TakeTest,
    /// Whether an antibiotic is indicated depends on what is not known here.
    Depends,
    /// Something that was sent could not be read, and nothing else is said.
    CannotBeTold,
    /// As the guideline has it.
    Agrees {
        /// With which treatment.
        treatment: Treatment,
    },
}

impl Kind {
    /// The word in examples, feedback and statistics.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Contraindicated { .. } => "contraindicated",
            Self::Refer => "refer",
            Self::ClarifyAllergy { .. } => "clarify_allergy",
            Self::NoAntibiotic => "no_antibiotic",
            Self::ConsiderWaiting => "consider_waiting",
            Self::DiagnosisMissing => "diagnosis_missing",
            Self::FirstChoice { .. } => "first_choice",
            Self::Differs { .. } => "differs",
            Self::Interacts { .. } => "interacts",
            Self::SecondAntibiotic { .. } => "second_antibiotic",
            Self::Caution { .. } => "caution",
            Self::TakeTest => "take_test",
            Self::Depends => "depends",
            Self::CannotBeTold => "cannot_be_told",
            Self::Agrees { .. } => "agrees",
        }
    }

    /// 0 is shown first.
    #[must_use]
    pub fn weight(&self) -> u8 {
        match self {
            Self::Contraindicated { .. } => 0,
            Self::Refer => 1,
            Self::ClarifyAllergy { .. } => 2,
            Self::NoAntibiotic => 3,
            Self::ConsiderWaiting => 4,
            Self::DiagnosisMissing => 5,
            Self::FirstChoice { .. } => 6,
            Self::Differs { .. } => 7,
            Self::Interacts { .. } => 8,
            Self::SecondAntibiotic { .. } => 9,
            Self::Caution { .. } => 10,
            Self::TakeTest => 11,
            Self::Depends => 12,
            Self::CannotBeTold => 13,
            Self::Agrees { .. } => 14,
        }
    }
}

/// A drug with how it is taken, for this patient.
#[derive(Debug, Clone, PartialEq)]
pub struct Treatment {
    /// The rule it comes from.
    pub rule: String,
    /// Further rules that give the same, and hold too.
    pub also: Vec<String>,
    /// The drug.
    pub drug: AtcCode,
    /// Milligrams at a time, least and most of each substance; `None` where it cannot be told (no weight, kidney function
    /// reduced, above the highest dose that has a source).
    pub milligrams: Option<Vec<(f64, f64)>>,
    /// Milligrams of the first day, where it differs.
    pub first_day: Option<f64>,
    /// Times a day, equally right.
    pub times_per_day: Vec<u8>,
    /// Shortest and longest right course in days.
    pub days: Option<(u16, u16)>,
}

impl Treatment {
    /// All the rules that give it.
    pub fn rules(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.rule).chain(&self.also)
    }

    /// Whether it is the same to the patient, by whichever rules.
    #[must_use]
    pub fn is_as(&self, other: &Self) -> bool {
        let plain = |it: &Self| Self {
            rule: String::new(),
            also: Vec::new(),
            ..it.clone()
        };
        plain(self) == plain(other)
    }
}

/// What to change in an order.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Milligrams at a time.
    Dose {
        /// As ordered.
        from: Vec<f64>,
        /// Least and most by the guideline.
        to: Vec<(f64, f64)>,
    },
    /// Times a day.
    Frequency {
        /// As ordered.
        from: u8,
        /// By the guideline.
        to: Vec<u8>,
    },
    /// Days.
    Length {
        /// As ordered.
        from: u16,
        /// Shortest and longest by the guideline.
        to: (u16, u16),
    },
}

/// Why a drug is not for this patient, or needs care.
#[derive(Debug, Clone, PartialEq)]
pub enum Because {
    /// An allergy.
    Allergy {
        /// As it stands in the list.
        to: AtcCode,
        /// What happened.
        reaction: Reaction,
    },
    /// A row of the safety table: pregnancy, breast-feeding, kidney.
    Row {
        /// Its id.
        row: String,
    },
    /// An interaction that forbids the pair.
    Interaction {
        /// Its row.
        row: String,
        /// The drug in use.
        with: AtcCode,
    },
    /// A culture of these months was resistant.
    Resistance {
        /// Day of the sample.
        on: Day,
    },
}

/// Why nothing is said.
#[derive(Debug, Clone, PartialEq)]
pub struct Silence {
    /// Of which order; `None`: of the contact.
    pub order: Option<String>,
    /// Why.
    pub reason: SilenceReason,
    /// For [`OutsideScope`](SilenceReason::OutsideScope): the recorded findings for which the topic is not meant.
    pub findings: Vec<FindingId>,
    /// For the same: ids of the [dangers](crate::Danger) that are there.
    pub dangers: Vec<String>,
    /// For [`SexDiffers`](SilenceReason::SexDiffers): of whose bodies the topic, or its code, speaks.
    pub topic_for: Option<Sex>,
}

/// The reasons for silence, each different to a doctor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SilenceReason {
    /// The order names no drug, or one by a code that is not known.
    NoDrug,
    /// Not an antibiotic.
    NotAnAntibiotic,
    /// The guideline has no condition for these codes here.
    NoCondition,
    /// The condition is there, and no line of it that may be given as advice fits this patient.
    NoLine,
    /// A line about this drug exists that nobody has read in the guideline yet: the drug is not criticised.
    LineNotRead,
    /// A rule that nobody has read, or that is switched off, might forbid the drug to this patient: because of an allergy, a pregnancy or a
    /// drug in use.
    SafetyNotRead,
    /// A rule forbids the drug to some, and whether the patient is one of them is not known: the week of a pregnancy, an allergy that nobody
    /// could read.
    MayBeForbidden,
    /// What the guideline says depends on facts that are not known.
    Depends,
    /// A recorded finding puts the patient outside what the topic is about: of drug, dose and whether one is given nothing is
    /// said. What it says of tests and referral still is.
    OutsideScope,
    /// The diagnosis speaks of a body of another sex than the registered one. Which of the two holds for what the guideline says is not known
    /// here. Tests and referrals still are told.
    SexDiffers,
    /// Kidney function is severely reduced, or may be, and the drug's dose follows it: neither drug nor dose can be told.
    KidneyFunction,
    /// The guideline asks for care with the drug in pregnancy, and its line for the condition does not say that it holds there: what it says of
    /// pregnancy is told, and no drug.
    Pregnancy,
    /// Everybody the guideline would give it to must not have its drugs, and what it gives instead has not been read.
    AlternativeNotRead,
    /// The condition's text was to be read again before this day and has not been.
    Expired,
    /// Switched off.
    SwitchedOff,
    /// No diagnosis and no order: nothing was asked.
    NothingAsked,
}

impl SilenceReason {
    /// Whether it is told though something else is said: a drug is held back, and silence beside a word of caution might pass for consent.
    pub(crate) fn is_told_beside_advice(self) -> bool {
        matches!(
            self,
            Self::KidneyFunction | Self::Pregnancy | Self::SafetyNotRead | Self::MayBeForbidden
        )
    }

    /// The word in examples and answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoDrug => "no_drug",
            Self::NotAnAntibiotic => "not_an_antibiotic",
            Self::NoCondition => "no_condition",
            Self::NoLine => "no_line",
            Self::LineNotRead => "line_not_read",
            Self::SafetyNotRead => "safety_not_read",
            Self::MayBeForbidden => "may_be_forbidden",
            Self::Depends => "depends",
            Self::OutsideScope => "outside_scope",
            Self::SexDiffers => "sex_differs",
            Self::KidneyFunction => "kidney_function",
            Self::Pregnancy => "pregnancy",
            Self::AlternativeNotRead => "alternative_not_read",
            Self::Expired => "expired",
            Self::SwitchedOff => "switched_off",
            Self::NothingAsked => "nothing_asked",
        }
    }

    /// Whether the guideline has something to say of the drug that this patient's state, or what is not known of it, keeps back. Where
    /// agreement is told by saying nothing, silence for such a reason would pass for it.
    #[must_use]
    pub fn holds_back(self) -> bool {
        matches!(
            self,
            Self::SafetyNotRead
                | Self::MayBeForbidden
                | Self::Depends
                | Self::OutsideScope
                | Self::SexDiffers
                | Self::KidneyFunction
                | Self::Pregnancy
        )
    }
}
