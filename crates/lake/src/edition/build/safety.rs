//! The safety mirror of an edition: the kernel's counts, the country's sums, and what cannot be told.

use riktig_codes::{Day, MonthRange};
use riktig_indicators::disclosure::{self, group_sum};
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

    /// Sums of all known prescribers, as far as decision 0004 lets them be told.
    fn country(&self) -> Vec<SafetyRow> {
        let nothing = vec![[MirrorCounts::default(); 2]; self.total.len()];
        let rows = each(&nothing).filter_map(|(infection, treated, _)| {
            let members: Vec<MirrorCounts> = self
                .sums
                .everybody()
                .map(|pairs| pairs[infection.0 as usize][usize::from(treated)])
                .collect();
            let mut sum = MirrorCounts::default();
            members.iter().for_each(|counts| sum.absorb(counts));
            let told = |pick: fn(&MirrorCounts) -> (u32, u32), is_share| {
                let measured = |counts: &MirrorCounts| Measured {
                    numerator: Amount::count(pick(counts).0.into()),
                    denominator: Amount::count(pick(counts).1.into()),
                };
                group_sum(&members.iter().map(measured).collect::<Vec<_>>(), is_share)
            };
            told(|it| (it.episodes, it.episodes), false).ok()?;
            let recontacts = told(|it| (it.recontacts, it.followed), true);
            let admissions = told(|it| (it.admissions, it.admission_followed), true);
            Some(SafetyRow {
                prescriber: None,
                infection,
                treated,
                episodes: sum.episodes.into(),
                recontacts: kept_back(self.recontacts(sum), recontacts),
                admissions: kept_back(self.admissions(sum), admissions),
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

fn kept_back(
    outcome: SafetyOutcome,
    told: Result<Measured, disclosure::Suppression>,
) -> SafetyOutcome {
    match (outcome, told) {
        (SafetyOutcome::Measured(_), Err(why)) => SafetyOutcome::Suppressed(match why {
            disclosure::Suppression::FewerThanFiveDoctors => Suppression::FewerThanFivePrescribers,
            disclosure::Suppression::OneDoctorDominates => Suppression::OnePrescriberDominates,
            disclosure::Suppression::SmallCell => Suppression::SmallCell,
            disclosure::Suppression::Withheld => Suppression::Complement,
        }),
        _ => outcome,
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
