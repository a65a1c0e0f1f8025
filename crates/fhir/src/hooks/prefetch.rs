//! What a client is asked to send along, and in which state it came.

use serde_json::Value;

use super::Version;
use crate::resource::{Bundle, Page, View};

/// The data that advice rests on, each under its prefetch key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    Patient,
    Conditions,
    Allergies,
    Medications,
    Requests,
    Observations,
    Laboratory,
    Prescriber,
}

/// The prefetch keys, in the order in which they are offered and fetched.
pub const KEYS: [&str; 8] = [
    "patient",
    "conditions",
    "allergies",
    "medicationStatements",
    "medicationRequests",
    "observations",
    "laboratory",
    "prescriber",
];

impl Key {
    pub(crate) const ALL: [Self; 8] = [
        Self::Patient,
        Self::Conditions,
        Self::Allergies,
        Self::Medications,
        Self::Requests,
        Self::Observations,
        Self::Laboratory,
        Self::Prescriber,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        KEYS[self as usize]
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// The query, with its tokens. Version 2 allows tokens of the context only; version 3 can say "the last year".
    pub(crate) fn template(self, version: Version) -> &'static str {
        match (self, version) {
            (Self::Patient, _) => "Patient/{{context.patientId}}",
            (Self::Conditions, _) => {
                "Condition?patient={{context.patientId}}&clinical-status=active"
            }
            (Self::Prescriber, _) => "{{context.userId}}",
            (Self::Allergies, _) => "AllergyIntolerance?patient={{context.patientId}}",
            (Self::Medications, _) => {
                "MedicationStatement?patient={{context.patientId}}&status=active"
            }
            (Self::Requests, Version::V2) => {
                "MedicationRequest?patient={{context.patientId}}&_sort=-authoredon&_count=100"
            }
            (Self::Requests, Version::V3) => {
                "MedicationRequest?patient={{context.patientId}}&authoredon=ge{{today() - 365 days}}"
            }
            (Self::Observations, Version::V2) => {
                "Observation?patient={{context.patientId}}&_sort=-date&_count=100"
            }
            (Self::Observations, Version::V3) => {
                "Observation?patient={{context.patientId}}&date=ge{{today() - 365 days}}"
            }
            (Self::Laboratory, Version::V2) => {
                "Observation?patient={{context.patientId}}&category=laboratory&_sort=-date&_count=200"
            }
            (Self::Laboratory, Version::V3) => {
                "Observation?patient={{context.patientId}}&category=laboratory&date=ge{{today() - 365 days}}"
            }
        }
    }
}

/// In which state the data of a key came. Only [`Whole`](Self::Whole) makes a list one that was looked at.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Prefetched {
    /// The key is not there: the client did not ask its server.
    #[default]
    Absent,
    /// The key is there with `null`: the client asked, and got nothing that it could send. Not the same as an empty list.
    Null,
    /// The server answered with an OperationOutcome, or with something that is no resource.
    Failed,
    /// Some of it: a page of several, or a bundle with holes.
    Part {
        /// What came.
        resources: Vec<Value>,
        /// Where the next page is.
        next: Option<String>,
    },
    /// All of it. Empty: the server looked and there is none.
    Whole(Vec<Value>),
}

impl Prefetched {
    /// More resources under one key are not read; a record with so many is read in part.
    pub const MOST: usize = 2_000;

    /// Reads what stands under a key, or what a server has answered.
    #[must_use]
    pub fn read(value: &Value) -> Self {
        Self::take(value.clone())
    }

    /// Like [`read`](Self::read), without a copy.
    pub(crate) fn take(value: Value) -> Self {
        let view = View::of(&value);
        let Some(bundle) = Bundle::of(view) else {
            return match view.text("resourceType") {
                _ if value.is_null() => Self::Null,
                None | Some("OperationOutcome") => Self::Failed,
                Some(_) => Self::Whole(vec![value]),
            };
        };
        let (page, next) = (bundle.page(), bundle.next().map(str::to_owned));
        let mut resources = Bundle::into_resources(value);
        let many = resources.len() > Self::MOST;
        resources.truncate(Self::MOST);
        match page {
            Page::Whole if !many => Self::Whole(resources),
            _ => Self::Part {
                resources,
                next: next.filter(|_| !many),
            },
        }
    }

    /// What came.
    #[must_use]
    pub fn resources(&self) -> &[Value] {
        match self {
            Self::Absent | Self::Null | Self::Failed => &[],
            Self::Part { resources, .. } | Self::Whole(resources) => resources,
        }
    }

    /// Adds a server's answer: a further page to what is there already, or all of it where nothing was.
    pub(crate) fn add(&mut self, answer: Self) {
        *self = match (std::mem::take(self), answer) {
            (
                Self::Part {
                    mut resources,
                    next: Some(_),
                },
                Self::Part {
                    resources: more,
                    next,
                },
            ) if resources.len() + more.len() <= Self::MOST => {
                resources.extend(more);
                Self::Part { resources, next }
            }
            (
                Self::Part {
                    mut resources,
                    next: Some(_),
                },
                Self::Whole(more),
            ) => {
                resources.extend(more);
                Self::Whole(resources)
            }
            (Self::Part { resources, .. }, _) => Self::Part {
                resources,
                next: None,
            },
            (_, answer) => answer,
        };
    }
}
