//! The safety mirror of an edition in the model's words.

use riktig_indicators::safety::{Followed, Statement, statement};
use riktig_lake::edition::{
    Edition, InfectionId, NotFollowed, PrescriberId, SafetyInfection, SafetyOutcome, SafetyRow,
};

use crate::model::{
    Counts, Figure, Missing, Safety, SafetyArm, SafetyGroup, Scale, Standing, Suppressed, Unit,
    Words,
};

use super::natural;

/// What followed the doctor's own episodes; `None` where the edition does not tell.
pub(super) fn safety(edition: &Edition, prescriber: PrescriberId) -> Option<Safety> {
    let rule = edition.safety_rule()?;
    let own = edition.safety(prescriber);
    let country = edition.safety_country();
    let groups = (0..).map(InfectionId).zip(&rule.infections);
    Some(Safety {
        days: rule.days,
        groups: groups
            .filter(|(id, _)| own.iter().any(|row| row.infection == *id))
            .map(|(id, infection)| group(id, infection, own, country))
            .collect(),
    })
}

fn group(
    id: InfectionId,
    infection: &SafetyInfection,
    own: &[SafetyRow],
    country: &[SafetyRow],
) -> SafetyGroup {
    let arm = |treated: bool| {
        let of = |rows: &[SafetyRow]| {
            rows.iter()
                .find(|row| row.infection == id && row.treated == treated)
                .copied()
        };
        arm(of(own), of(country))
    };
    let [nb, nn, en] = infection.names.clone();
    SafetyGroup {
        id: infection.id.clone(),
        name: Words { nb, nn, en },
        untreated: arm(false),
        treated: arm(true),
    }
}

fn arm(own: Option<SafetyRow>, country: Option<SafetyRow>) -> SafetyArm {
    let nobody = SafetyOutcome::Measured(Followed::default());
    let recontacts = |row: Option<SafetyRow>| row.map_or(nobody, |row| row.recontacts);
    let admissions = |row: Option<SafetyRow>| row.map_or(nobody, |row| row.admissions);
    let all = recontacts(country);
    let own_recontacts = recontacts(own);
    SafetyArm {
        episodes: natural(own.map_or(0, |row| row.episodes)),
        recontacts: figure(own_recontacts),
        recontacts_country: of_country(all),
        standing: own_recontacts
            .measured()
            .and_then(|followed| standing(followed, all.measured())),
        admissions: figure(admissions(own)),
        admissions_country: of_country(admissions(country)),
    }
}

fn standing(own: Followed, country: Option<Followed>) -> Option<Standing> {
    use riktig_indicators::safety::Standing as Told;
    let Statement::Told {
        standing: Some(standing),
        ..
    } = statement(own, country)
    else {
        return None;
    };
    Some(match standing {
        Told::Fewer => Standing::Fewer,
        Told::PerhapsFewer | Told::AsCountry | Told::PerhapsMore => Standing::MayBeChance,
        Told::More => Standing::More,
    })
}

fn figure(outcome: SafetyOutcome) -> Figure {
    match outcome {
        SafetyOutcome::Measured(Followed { followed: 0, .. }) => Figure::Missing {
            reason: Missing::NothingToCount,
        },
        SafetyOutcome::Measured(Followed { followed, events }) => Figure::of(
            Counts {
                numerator: events as f64,
                denominator: followed as f64,
            },
            Scale::PERCENT,
        ),
        // Why exactly would tell how few.
        SafetyOutcome::Suppressed(_) => Figure::Suppressed {
            reason: Suppressed::OtherGroup,
        },
        SafetyOutcome::Unavailable(reason) => Figure::Missing {
            reason: match reason {
                NotFollowed::NoContacts => Missing::NoContacts,
                NotFollowed::NoAdmissions => Missing::NoAdmissions,
                NotFollowed::DaysMissing => Missing::DaysMissing,
                NotFollowed::NoPatients => Missing::NoPatients,
            },
        },
    }
}

/// The country's share, without its counts and no more exact than the page prints it.
fn of_country(outcome: SafetyOutcome) -> Figure {
    match figure(outcome) {
        Figure::Measured { value, .. } => Figure::Measured {
            value: Unit::Percent.rounded(value),
            counts: None,
        },
        Figure::Zero { .. } => Figure::Zero { counts: None },
        Figure::TooFew { .. } => Figure::Suppressed {
            reason: Suppressed::OtherGroup,
        },
        other => other,
    }
}
