//! The safety mirror in words.

use crate::model::{Figure, Safety, SafetyArm, SafetyGroup, Unit};

use super::{Arg, Digits, Key, Lang};

impl Lang {
    /// `Av dine 224 kontakter med akutt bronkitt uten antibiotika kom 18 tilbake …`: one sentence on the contacts of one arm.
    pub(crate) fn came_back(self, group: &SafetyGroup, arm: &SafetyArm, treated: bool) -> String {
        let name = self.of(&group.name);
        let contacts = self.count(arm.contacts as f64);
        if let Figure::TooFew { counts } = &arm.recontacts {
            return self.fill(
                if treated {
                    Key("safety-few-with")
                } else {
                    Key("safety-few-without")
                },
                &[
                    ("contacts", Arg::Text(&contacts)),
                    ("name", Arg::Text(name)),
                    ("back", Arg::Text(&self.count(counts.numerator))),
                ],
            );
        }
        let Some(counts) = arm.recontacts.counts() else {
            return self.figure_note(&arm.recontacts);
        };
        let key = if treated {
            Key("safety-with")
        } else {
            Key("safety-without")
        };
        let said = self.fill(
            key,
            &[
                ("contacts", Arg::Text(&contacts)),
                ("name", Arg::Text(name)),
                ("back", Arg::Text(&self.count(counts.numerator))),
                ("share", Arg::Text(&self.percent(&arm.recontacts))),
                ("country", Arg::Text(&self.percent(&arm.recontacts_country))),
            ],
        );
        format!("{said} {}", self.admitted(arm))
    }

    /// `1 ble innlagt (0,4 %; landet 0,6 %).`; where nobody delivered admissions, that.
    pub(crate) fn admitted(self, arm: &SafetyArm) -> String {
        match &arm.admissions {
            Figure::Measured { .. } | Figure::Zero { .. } => {
                let number = arm.admissions.counts().map_or(0.0, |it| it.numerator);
                self.fill(
                    Key("safety-admitted"),
                    &[
                        ("count", Arg::Plural(number as i64)),
                        ("number", Arg::Text(&self.count(number))),
                        ("country", Arg::Text(&self.percent(&arm.admissions_country))),
                    ],
                )
            }
            other => self.figure_note(other),
        }
    }

    /// A share of the mirror; the short name of the reason where there is none.
    pub(crate) fn percent(self, figure: &Figure) -> String {
        match figure {
            Figure::Measured { value, .. } => self.value(*value, Unit::Percent, Digits::Exact),
            Figure::Zero { .. } => self.value(0.0, Unit::Percent, Digits::Brief).replace(
                if self == Lang::En { "0.0" } else { "0,0" },
                "0",
            ),
            Figure::Missing { .. } => self.say(Key("state-missing")),
            Figure::TooFew { .. } => self.say(Key("state-too-few")),
            Figure::Suppressed { .. } => self.say(Key("state-suppressed")),
        }
    }
}

impl Safety {
    /// True where no admission to hospital was delivered to the edition.
    pub(crate) fn lacks_admissions(&self) -> bool {
        use crate::model::Missing;
        let missing = |arm: &SafetyArm| {
            matches!(
                arm.admissions,
                Figure::Missing {
                    reason: Missing::NoAdmissions
                }
            )
        };
        self.groups
            .iter()
            .all(|group| missing(&group.untreated) && missing(&group.treated))
    }
}
