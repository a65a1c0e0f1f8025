//! The closed sets that definitions, masks, the linkage rule and the oracle speak of, beside those of room `codes`.
//!
//! Each carries the integer that the lake stores (`docs/reference/segments.md`), so a border is crossed by
//! [`Setting::from_code`] and never by a cast. **`Unknown` is a value of its own**: it is never read as the normal case.

use riktig_codes::{Aware, ContactForm, ProjectGroup};

macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $word:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant = $code,)+ }

        impl $name {
            /// Every value, in the order of the stored integers.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The value stored as `code`; `None` for an integer outside the set.
            #[must_use]
            pub fn from_code(code: i32) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The integer in the segments.
            #[must_use]
            pub fn code(self) -> i32 {
                self as i32
            }

            /// The word used in definitions.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The value written as `word` in a definition.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

coded! {
    /// Where a contact took place, from *Praksistype* in the contact registry.
    ///
    /// A dispensing has the setting of the contact it is linked to, and `Unknown` when it is linked to none.
    Setting {
        /// Not said, or no contact was found.
        Unknown = 0, "unknown";
        /// List practice (fastlegepraksis).
        ListPractice = 1, "gp";
        /// Out of hours (legevakt).
        OutOfHours = 2, "ooh";
        /// Nursing home (sykehjem).
        NursingHome = 3, "nursing_home";
    }
}

coded! {
    /// How a dispensing got its diagnosis: the step of decision 0001 that answered.
    LinkMethod {
        /// The prescription carried it.
        Prescription = 1, "prescription";
        /// A contact of the same patient with the same prescriber.
        Contact = 2, "contact";
        /// Neither: its own class.
        Unlinked = 3, "unlinked";
    }
}

/// Forms of contact by the words that definitions use.
pub(crate) const FORMS: &[(&str, ContactForm)] = &[
    ("unknown", ContactForm::Unknown),
    ("consultation", ContactForm::Consultation),
    ("e_consultation", ContactForm::EConsultation),
    ("home_visit", ContactForm::HomeVisit),
    ("simple_contact", ContactForm::Simple),
];

/// AWaRe groups by the words that definitions use. A drug that is not listed has none of them.
pub(crate) const AWARE: &[(&str, Aware)] = &[
    ("access", Aware::Access),
    ("watch", Aware::Watch),
    ("reserve", Aware::Reserve),
];

/// The project's groups by the words that definitions use.
pub(crate) const PROJECT_GROUPS: &[(&str, ProjectGroup)] = &[
    ("narrow_penicillin", ProjectGroup::NarrowPenicillin),
    ("uti_preferred", ProjectGroup::UtiPreferred),
    ("resistance_driving", ProjectGroup::ResistanceDriving),
    ("intermediate", ProjectGroup::Intermediate),
    ("antiseptic", ProjectGroup::Antiseptic),
];
