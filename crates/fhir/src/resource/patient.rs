//! The patient, what they have, where they are seen, and who asks.

use riktig_codes::{Day, Sex};

use super::view::{Concept, View};

macro_rules! resources {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<'a>(pub(super) View<'a>);

        impl<'a> $name<'a> {
            /// The view, if the resource says that it is one.
            #[must_use]
            pub fn of(resource: View<'a>) -> Option<Self> {
                (resource.text("resourceType")? == stringify!($name)).then_some(Self(resource))
            }

            /// Its id on the client's server.
            #[must_use]
            pub fn id(self) -> Option<&'a str> {
                self.0.text("id")
            }
        }
    )*};
}
pub(super) use resources;

resources! {
    /// Who is ill.
    Patient,
    /// A diagnosis.
    Condition,
    /// A contact.
    Encounter,
    /// Who prescribes.
    Practitioner,
    /// Who prescribes, where and as what.
    PractitionerRole,
}

impl<'a> Patient<'a> {
    /// Day of birth.
    #[must_use]
    pub fn born(self) -> Option<Day> {
        self.0.day("birthDate")
    }

    /// Sex as registered. `other` and `unknown` are not known.
    #[must_use]
    pub fn sex(self) -> Sex {
        match self.0.text("gender") {
            Some("female") => Sex::Female,
            Some("male") => Sex::Male,
            _ => Sex::Unknown,
        }
    }
}

impl<'a> Condition<'a> {
    /// What.
    #[must_use]
    pub fn code(self) -> Concept<'a> {
        self.0.concept("code")
    }

    /// Whether it is there now: active, or of no stated status, and neither refuted nor entered in error.
    #[must_use]
    pub fn is_active(self) -> bool {
        let clinical = self.0.concept("clinicalStatus");
        let active = clinical.is_empty() || clinical.is_any(&["active", "recurrence", "relapse"]);
        let wrong = ["refuted", "entered-in-error"];
        active && !self.0.concept("verificationStatus").is_any(&wrong)
    }

    /// Whether it is one of several that are only considered.
    #[must_use]
    pub fn is_considered(self) -> bool {
        self.0
            .concept("verificationStatus")
            .is_any(&["differential"])
    }

    /// The day on which it was written down, or else began.
    #[must_use]
    pub fn day(self) -> Option<Day> {
        let onset = || {
            self.0
                .day("onsetDateTime")
                .or(self.0.at("onsetPeriod").day("start"))
        };
        self.0.day("recordedDate").or_else(onset)
    }

    /// The contact it was written down in.
    #[must_use]
    pub fn encounter(self) -> Option<&'a str> {
        self.0.at("encounter").text("reference")
    }
}

impl<'a> Encounter<'a> {
    /// Reasons of the contact.
    #[must_use]
    pub fn reason(self) -> Concept<'a> {
        self.0.concept("reasonCode")
    }
}

impl<'a> Practitioner<'a> {
    /// The number in the register of health personnel (HPR), as it is written.
    #[must_use]
    pub fn hpr(self) -> Option<&'a str> {
        let hpr = |it: &View<'_>| it.text("system") == Some("urn:oid:2.16.578.1.12.4.1.4.4");
        self.0.each("identifier").find(hpr)?.text("value")
    }
}

impl<'a> PractitionerRole<'a> {
    /// A reference to the person.
    #[must_use]
    pub fn practitioner(self) -> Option<&'a str> {
        self.0.at("practitioner").text("reference")
    }
}
