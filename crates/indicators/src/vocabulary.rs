//! The few closed sets that definitions, masks, the linkage rule and the oracle all speak of.
//!
//! Each carries the integer that the lake stores (`docs/reference/segments.md`), so a border is crossed by
//! [`Setting::from_code`] and never by a cast. **`Unknown` is a value of its own**: it is never read as the normal case.

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
    /// How doctor and patient met, from the tariffs (takster) of the bill.
    ContactForm {
        /// No tariff that says.
        Unknown = 0, "unknown";
        /// In the surgery (2ad).
        Consultation = 1, "consultation";
        /// Over video, telephone or text (2ae).
        EConsultation = 2, "e_consultation";
        /// At the patient's (11ad, 11ak).
        HomeVisit = 3, "home_visit";
        /// Simple contact or renewal (1bd, 1be, 1i).
        SimpleContact = 4, "simple_contact";
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

coded! {
    /// WHO's AWaRe group.
    Aware {
        /// First and second choice of common infections.
        Access = 1, "access";
        /// Higher potential for resistance.
        Watch = 2, "watch";
        /// Last resort.
        Reserve = 3, "reserve";
    }
}
