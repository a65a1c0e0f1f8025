//! The small integer codes inside segments.

/// What stands in an integer column where nothing is known.
pub const MISSING: i32 = -1;

macro_rules! stored {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $text:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant = $code,)* }

        impl $name {
            /// Every value, by code.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The integer in the segment.
            #[must_use]
            pub fn code(self) -> i32 {
                self as i32
            }

            /// The value of a stored integer.
            #[must_use]
            pub fn from_code(code: i32) -> Option<Self> {
                $name::ALL.iter().copied().find(|value| value.code() == code)
            }

            /// The word used in deliveries and tables.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
        }
    };
}

stored! {
    /// Where a contact was, from Praksistype.
    Setting {
        /// Not known: a setting of its own, never counted as list practice.
        Unknown = 0, "unknown";
        /// A general practitioner's own list practice (fastlege).
        ListPractice = 1, "list_practice";
        /// Out-of-hours service (legevakt).
        OutOfHours = 2, "out_of_hours";
        /// Nursing home (sykehjem).
        NursingHome = 3, "nursing_home";
    }
}

stored! {
    /// How a contact was, from its tariffs (takster).
    Form {
        /// Not known.
        Unknown = 0, "unknown";
        /// Consultation in person.
        Consultation = 1, "consultation";
        /// Consultation by video, telephone or text (e-konsultasjon).
        EConsultation = 2, "e_consultation";
        /// Home visit (sykebesøk).
        HomeVisit = 3, "home_visit";
        /// Simple contact (enkel kontakt).
        Simple = 4, "simple";
    }
}

stored! {
    /// Why a dispensing is kept apart from the antibiotics.
    BallastClass {
        /// Another drug.
        OtherDrug = 1, "other_drug";
        /// For an animal.
        Animal = 2, "animal";
        /// Stock of the prescriber's own practice (egen praksis).
        PracticeStock = 3, "practice_stock";
        /// A foreign code that the source's code map does not name.
        UnmappedCode = 4, "unmapped_code";
    }
}

stored! {
    /// What a prescriber is in a role period.
    Role {
        /// None of the others.
        Other = 0, "other";
        /// General practitioner with a list (fastlege).
        Gp = 1, "gp";
        /// Locum for a list (vikar).
        Locum = 2, "locum";
        /// Out-of-hours doctor (legevaktslege).
        OutOfHours = 3, "ooh";
        /// Nursing-home doctor (sykehjemslege).
        NursingHome = 4, "nursing_home";
        /// Hospital doctor.
        Hospital = 5, "hospital";
        /// Dentist.
        Dentist = 6, "dentist";
        /// A whole practice that plays the prescriber in a foreign source.
        Practice = 7, "practice";
    }
}

impl Role {
    /// The role of a delivered word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Role::ALL.iter().copied().find(|role| role.name() == name)
    }
}

stored! {
    /// What became of a card of advice.
    AdviceOutcome {
        /// A suggestion was taken.
        Accepted = 0, "accepted";
        /// The prescriber chose otherwise and said so.
        Overridden = 1, "overridden";
        /// Nobody told: neither taken nor refused.
        NotTold = 2, "not_told";
    }
}

impl AdviceOutcome {
    /// The outcome of a delivered word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = AdviceOutcome::ALL.iter().copied();
        all.find(|outcome| outcome.name() == name)
    }
}
