//! The safety mirror in words.

use crate::model::{Figure, Missing, Safety, SafetyArm, SafetyGroup, Standing, Unit};

use super::{Arg, Digits, Key, Lang};

impl Lang {
    /// What followed in both arms of an infection, a sentence or more each. Admissions are left out where none were delivered
    /// at all: that is said once for all infections.
    pub(crate) fn followed(self, group: &SafetyGroup, safety: &Safety) -> [String; 2] {
        let arm = |arm: &SafetyArm, treated: bool| {
            let mut said = self.came_back(group, arm, treated);
            let followed = matches!(
                arm.recontacts,
                Figure::Measured { .. } | Figure::Zero { .. }
            );
            if followed && !safety.lacks_admissions() {
                said.push(' ');
                said += &self.admitted(arm);
            }
            said
        };
        [arm(&group.untreated, false), arm(&group.treated, true)]
    }

    /// `Av dine 224 tilfeller av akutt bronkitt uten antibiotika kom 18 tilbake …`
    fn came_back(self, group: &SafetyGroup, arm: &SafetyArm, treated: bool) -> String {
        let of = |without, with| if treated { with } else { without };
        if let Figure::Missing { reason } = arm.recontacts {
            return match reason {
                Missing::NothingToCount => {
                    self.say(of(Key("safety-nobody-without"), Key("safety-nobody-with")))
                }
                reason => self.fill(
                    of(Key("safety-unknown-without"), Key("safety-unknown-with")),
                    &[("reason", Arg::Text(&self.missing(reason)))],
                ),
            };
        }
        let Some(counts) = arm.recontacts.counts() else {
            return self.figure_note(&arm.recontacts);
        };
        let episodes = self.count(counts.denominator);
        let back = if counts.numerator == 0.0 {
            self.say(Key("safety-nobody"))
        } else {
            self.count(counts.numerator)
        };
        if matches!(arm.recontacts, Figure::TooFew { .. }) {
            return self.fill(
                of(Key("safety-few-without"), Key("safety-few-with")),
                &[
                    ("episodes", Arg::Text(&episodes)),
                    ("back", Arg::Text(&back)),
                ],
            );
        }
        let (share, country) = (
            self.percent(&arm.recontacts),
            self.beside(&arm.recontacts_country),
        );
        // What a name explains in brackets stands in its heading.
        let name = self.of(&group.name).split(" (").next().unwrap_or_default();
        let mut args = vec![
            ("episodes", Arg::Text(&episodes)),
            ("back", Arg::Text(&back)),
            ("share", Arg::Text(&share)),
            ("country", Arg::Text(&country)),
        ];
        if !treated {
            args.push(("name", Arg::Text(name)));
        }
        let mut said = self.fill(of(Key("safety-without"), Key("safety-with")), &args);
        if let Some(standing) = arm.standing {
            said.push(' ');
            said += &self.say(match standing {
                Standing::MayBeChance => Key("safety-chance"),
                Standing::Fewer => Key("safety-fewer"),
                Standing::More => Key("safety-more"),
            });
        }
        said
    }

    /// `1 ble innlagt (landet 0,6 %).`
    fn admitted(self, arm: &SafetyArm) -> String {
        match &arm.admissions {
            Figure::Measured { .. } | Figure::Zero { .. } => {
                let number = arm.admissions.counts().map_or(0.0, |it| it.numerator);
                self.fill(
                    Key("safety-admitted"),
                    &[
                        ("count", Arg::Plural(number as i64)),
                        ("number", Arg::Text(&self.count(number))),
                        ("country", Arg::Text(&self.beside(&arm.admissions_country))),
                    ],
                )
            }
            other => self.figure_note(other),
        }
    }

    /// `landet 6,3 %`, or in plain words why the country's share is not told.
    fn beside(self, country: &Figure) -> String {
        match country {
            Figure::Measured { .. } | Figure::Zero { .. } => self.fill(
                Key("safety-country"),
                &[("share", Arg::Text(&self.percent(country)))],
            ),
            Figure::Missing { .. } => self.say(Key("safety-country-missing")),
            Figure::TooFew { .. } => self.say(Key("safety-country-few")),
            Figure::Suppressed { .. } => self.say(Key("safety-country-kept")),
        }
    }

    /// A share of the mirror; the short name of the reason where there is none.
    fn percent(self, figure: &Figure) -> String {
        match figure {
            Figure::Measured { value, .. } => self.value(*value, Unit::Percent, Digits::Exact),
            Figure::Zero { .. } => self.nothing(Unit::Percent),
            Figure::Missing { .. } => self.say(Key("state-missing")).to_lowercase(),
            Figure::TooFew { .. } => self.say(Key("state-too-few")).to_lowercase(),
            Figure::Suppressed { .. } => self.say(Key("state-suppressed")).to_lowercase(),
        }
    }
}

impl Safety {
    /// True where no admission to hospital was delivered.
    pub(crate) fn lacks_admissions(&self) -> bool {
        let lacks = |arm: &SafetyArm| {
            matches!(
                arm.admissions,
                Figure::Missing {
                    reason: Missing::NoAdmissions
                }
            )
        };
        self.groups
            .iter()
            .any(|group| lacks(&group.untreated) || lacks(&group.treated))
    }
}
