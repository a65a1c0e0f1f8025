//! The safety mirror of an edition: the kernel's counts, the country's sums, and what cannot be told.

use riktig_codes::{Day, MonthRange};
use riktig_indicators::disclosure::{LARGEST_SMALL_CELL, group_sum, rounded};
use riktig_indicators::safety::{Coverage, FOLLOWED_DAYS, Followed, Infection};
use riktig_indicators::{Amount, DiagnosisCode, Measured, Plan};

use super::who::People;
use crate::delivery::Kind;
use crate::edition::{
    InfectionId, NotFollowed, PrescriberId, SafetyInfection, SafetyOutcome, SafetyRow, SafetyRule,
    Suppression,
};
use crate::kernel::{Activity, MirrorCounts, MirrorSums, reach};
use crate::store::Manifest;

/// What the lake holds of the months that matter to the window.
pub(super) fn coverage(manifest: &Manifest, window: MonthRange) -> Coverage {
    let of = |kind| {
        reach(window)
            .iter()
            .filter(move |month| manifest.delivered(kind, *month))
    };
    Coverage::new(
        of(Kind::Contacts),
        of(Kind::Dispensings),
        of(Kind::Admissions),
    )
}

/// What the mirror's tables are made from.
pub(super) struct Safety<'a> {
    sums: &'a MirrorSums,
    coverage: &'a Coverage,
    window: MonthRange,
    plan: &'a Plan,
    /// Everybody's counts, also of prescribers that nobody knows.
    total: Vec<[MirrorCounts; 2]>,
    /// Why no re-contact, and why no admission can be told.
    unknown: [Option<NotFollowed>; 2],
}

impl<'a> Safety<'a> {
    /// `activity` is that of all prescribers.
    pub(super) fn new(
        sums: &'a MirrorSums,
        coverage: &'a Coverage,
        window: MonthRange,
        plan: &'a Plan,
        manifest: &Manifest,
        activity: &Activity,
    ) -> Safety<'a> {
        let mut safety = Safety {
            sums,
            coverage,
            window,
            plan,
            total: sums.total(),
            unknown: [None; 2],
        };
        let delivered = |kind| {
            reach(window)
                .iter()
                .any(|month| manifest.delivered(kind, month))
        };
        let no_contacts = activity.all_contacts() == 0 || !delivered(Kind::Contacts);
        let no_recontacts = safety.no_recontacts(no_contacts);
        let no_admissions = if delivered(Kind::Admissions) {
            let known = safety.days().any(|day| coverage.admission(day));
            no_recontacts.or((!known).then_some(NotFollowed::DaysMissing))
        } else {
            Some(NotFollowed::NoAdmissions)
        };
        safety.unknown = [no_recontacts, no_admissions];
        safety
    }

    fn days(&self) -> impl Iterator<Item = i32> {
        self.window.first_day().epoch_days()..=self.window.last_day().epoch_days()
    }

    fn no_recontacts(&self, no_contacts: bool) -> Option<NotFollowed> {
        let nobody = self.total.iter().flatten().all(|it| it.episodes == 0);
        if no_contacts {
            Some(NotFollowed::NoContacts)
        } else if nobody && self.sums.masked > 0 {
            Some(NotFollowed::NoPatients)
        } else if !self.days().any(|day| self.coverage.recontact(day)) {
            Some(NotFollowed::DaysMissing)
        } else {
            None
        }
    }

    /// How the mirror was made.
    pub(super) fn rule(&self) -> SafetyRule {
        let known: Vec<i32> = self
            .days()
            .filter(|day| self.coverage.recontact(*day))
            .collect();
        let text = |day: &i32| Day::from_epoch_days(*day).to_string();
        let ends = known.first().zip(known.last());
        let all = self.total.iter().flatten();
        SafetyRule {
            days: FOLLOWED_DAYS as u32,
            infections: self.plan.mirror().iter().map(infection).collect(),
            followed: ends.map(|(first, last)| [text(first), text(last)]),
            recontacts: self.unknown[0],
            admissions: self.unknown[1],
            not_followed: all
                .map(|counts| u64::from(counts.episodes - counts.followed))
                .sum(),
            masked: self.sums.masked,
        }
    }

    /// The country's rows, then each prescriber's.
    pub(super) fn rows(&self, people: &People) -> Vec<SafetyRow> {
        let mut rows = self.country();
        for (id, dictionary) in (0..).zip(&people.ids) {
            let pairs = self.sums.prescriber(*dictionary);
            for (infection, treated, counts) in each(pairs) {
                if counts.episodes > 0 {
                    rows.push(SafetyRow {
                        prescriber: Some(PrescriberId(id)),
                        infection,
                        treated,
                        episodes: counts.episodes.into(),
                        recontacts: self.recontacts(counts),
                        admissions: self.admissions(counts),
                    });
                }
            }
        }
        rows
    }

    fn recontacts(&self, counts: MirrorCounts) -> SafetyOutcome {
        outcome(
            self.unknown[0],
            Followed {
                followed: counts.followed.into(),
                events: counts.recontacts.into(),
            },
        )
    }

    fn admissions(&self, counts: MirrorCounts) -> SafetyOutcome {
        outcome(
            self.unknown[1],
            Followed {
                followed: counts.admission_followed.into(),
                events: counts.admissions.into(),
            },
        )
    }

    /// Sums of all known prescribers, as far as decisions 0004 and 0007 let them be told: multiples of five, and one reason
    /// for all that is kept back.
    fn country(&self) -> Vec<SafetyRow> {
        let nothing = vec![[MirrorCounts::default(); 2]; self.total.len()];
        let rows = each(&nothing).filter_map(|(infection, treated, _)| {
            let members: Vec<MirrorCounts> = self
                .sums
                .everybody()
                .map(|pairs| pairs[infection.0 as usize][usize::from(treated)])
                .collect();
            let told = |pick: fn(&MirrorCounts) -> (u32, u32), is_share| {
                let measured = |counts: &MirrorCounts| Measured {
                    numerator: Amount::count(pick(counts).0.into()),
                    denominator: Amount::count(pick(counts).1.into()),
                };
                told(&members.iter().map(measured).collect::<Vec<_>>(), is_share)
            };
            let episodes = told(|it| (it.episodes, it.episodes), false)?;
            let recontacts = told(|it| (it.recontacts, it.followed), true);
            let admissions = told(|it| (it.admissions, it.admission_followed), true);
            Some(SafetyRow {
                prescriber: None,
                infection,
                treated,
                episodes: episodes.followed,
                recontacts: of_country(self.unknown[0], recontacts),
                admissions: of_country(self.unknown[1], admissions),
            })
        });
        rows.collect()
    }
}

fn each(pairs: &[[MirrorCounts; 2]]) -> impl Iterator<Item = (InfectionId, bool, MirrorCounts)> {
    let numbered = (0..).map(InfectionId).zip(pairs);
    numbered.flat_map(|(infection, pair)| [(infection, false, pair[0]), (infection, true, pair[1])])
}

/// Nobody to follow is not the same as that nobody came back.
fn outcome(unknown: Option<NotFollowed>, counts: Followed) -> SafetyOutcome {
    match unknown {
        Some(reason) => SafetyOutcome::Unavailable(reason),
        None if counts.followed == 0 => SafetyOutcome::Unavailable(NotFollowed::DaysMissing),
        None => SafetyOutcome::Measured(counts),
    }
}

/// A country's counts as they leave, if they may: rounded, and about enough people whichever two of the doctors take away
/// their own.
pub(super) fn told(members: &[Measured], is_share: bool) -> Option<Followed> {
    let sum = group_sum(members, is_share).ok()?;
    let without_event = |it: &Measured| it.denominator.sum - it.numerator.sum;
    let counts: [fn(&Measured) -> i64; 2] = [|it| it.numerator.sum, |it| it.denominator.sum];
    let hides = |of: &dyn Fn(&Measured) -> i64| {
        let parts: Vec<i64> = members.iter().map(of).collect();
        !leaves_few(&parts)
    };
    let is_safe = counts.iter().all(|of| hides(of)) && (!is_share || hides(&without_event));
    is_safe.then(|| Followed {
        followed: rounded(sum.denominator).sum,
        events: rounded(sum.numerator).sum,
    })
}

/// Whether the two who have most would see one to four of the others' patients.
fn leaves_few(parts: &[i64]) -> bool {
    let mut parts = parts.to_vec();
    parts.sort_unstable_by(|one, other| other.cmp(one));
    let others: i64 = parts.iter().skip(2).sum();
    (1..=LARGEST_SMALL_CELL).contains(&others)
}

fn of_country(unknown: Option<NotFollowed>, told: Option<Followed>) -> SafetyOutcome {
    match told {
        None if unknown.is_none() => SafetyOutcome::Suppressed(Suppression::Complement),
        told => outcome(unknown, told.unwrap_or_default()),
    }
}

fn infection(infection: &Infection) -> SafetyInfection {
    let codes = |codes: &std::collections::BTreeSet<DiagnosisCode>| {
        codes
            .iter()
            .map(|code| format!("{}:{}", code.system, code.code))
            .collect()
    };
    let names = &infection.names;
    SafetyInfection {
        id: infection.id.clone(),
        names: [names.nb.clone(), names.nn.clone(), names.en.clone()],
        own: codes(&infection.own),
        returns: codes(&infection.returns),
        admissions: codes(&infection.admissions),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(counts: &[(i64, i64)]) -> Vec<Measured> {
        let measured = |(events, followed): &(i64, i64)| Measured {
            numerator: Amount::count(*events),
            denominator: Amount::count(*followed),
        };
        counts.iter().map(measured).collect()
    }

    #[test]
    fn the_country_is_rounded_and_nobody_finds_a_few_patients_in_it_by_taking_away_their_own() {
        let told = |counts: &[(i64, i64)]| told(&of(counts), true);
        let plain = told(&[(12, 101), (9, 90), (8, 80), (7, 70), (6, 60)]);
        let rounded = Followed {
            followed: 400,
            events: 40,
        };
        assert_eq!(plain, Some(rounded));
        // Two know 18 of the 21 who came back: three are left.
        assert_eq!(told(&[(9, 101), (9, 90), (1, 80), (1, 70), (1, 60)]), None);
        // Two know 18 of the 20 who did not come back.
        assert_eq!(
            told(&[(92, 101), (81, 90), (79, 80), (69, 70), (60, 60)]),
            None
        );
        assert_eq!(told(&[(1, 101), (1, 90), (1, 80), (0, 70), (0, 60)]), None);
        // Nobody came back: that is about nobody.
        let nobody = told(&[(0, 100), (0, 90), (0, 80), (0, 70), (0, 60)]);
        assert_eq!(nobody.map(|it| it.events), Some(0));
    }

    #[test]
    fn all_that_is_kept_back_has_one_reason_and_what_is_not_known_has_its_own() {
        let kept = SafetyOutcome::Suppressed(Suppression::Complement);
        assert_eq!(of_country(None, None), kept);
        let unknown = NotFollowed::NoAdmissions;
        assert_eq!(
            of_country(Some(unknown), None),
            SafetyOutcome::Unavailable(unknown)
        );
    }
}
