//! The edition's and the definitions' words in the model's.

use riktig_indicators::{Definition, Linked, Measure, Population, Scope, Unit as DefinedUnit};
use riktig_lake::edition::{self, Unavailable};

use crate::model::{Direction, Missing, Period, Phrase, Role, Setting, Theme, Unit, Words};

pub(super) fn limit_of(limit: edition::Limit) -> crate::model::Limit {
    use crate::model::Limit as Shown;
    match limit {
        edition::Limit::NoPatients => Shown::NoPatients,
        edition::Limit::NoContacts => Shown::NoContacts,
        edition::Limit::NoPracticeLists => Shown::NoPracticeLists,
        edition::Limit::NoInhabitants => Shown::NoInhabitants,
        edition::Limit::FirstWeekIncomplete => Shown::FirstWeekIncomplete,
        edition::Limit::MonthsMissing => Shown::MonthsMissing,
        edition::Limit::NoPreviousPeriod => Shown::NoPreviousPeriod,
        edition::Limit::LastWeekIncomplete => Shown::LastWeekIncomplete,
        edition::Limit::ContactsPartial => Shown::ContactsPartial,
        edition::Limit::ListsPartial => Shown::ListsPartial,
    }
}

pub(super) fn missing(reason: Unavailable) -> Missing {
    match reason {
        Unavailable::NoPatients => Missing::NoPatients,
        Unavailable::NoContacts => Missing::NoContacts,
        Unavailable::NoPracticeLists => Missing::NoPracticeLists,
        Unavailable::NoInhabitants => Missing::NoInhabitants,
        Unavailable::NoPeriod => Missing::NoPeriod,
        Unavailable::OtherSetting => Missing::OtherSetting,
        Unavailable::NoOwnList => Missing::NoOwnList,
        Unavailable::PopulationOnly => Missing::PopulationOnly,
        Unavailable::PrescriberOnly => Missing::PrescriberOnly,
        Unavailable::NoQuantities => Missing::NoQuantities,
        Unavailable::OtherCodeSystem => Missing::OtherCodeSystem,
        Unavailable::NoWaiting => Missing::NoWaiting,
        Unavailable::NoPrescribedDiagnoses => Missing::NoPrescribedDiagnoses,
        // Told as kept back wherever a population is shown; a prescriber's own value never is.
        Unavailable::KeptBack => Missing::NoGroup,
        // A reference indicator is in no report.
        Unavailable::WindowOnly => Missing::NoPeriod,
    }
}

/// The register's words; a source without a register has practices.
pub(super) fn roles(prescriber: &edition::Prescriber) -> Vec<Role> {
    let mut roles: Vec<Role> = prescriber
        .roles
        .iter()
        .map(|role| match role.as_str() {
            "gp" => Role::GeneralPractitioner,
            "locum" => Role::Locum,
            "ooh" => Role::OutOfHours,
            "nursing_home" => Role::NursingHome,
            "hospital" => Role::Hospital,
            "dentist" => Role::Dentist,
            "practice" => Role::Practice,
            _ => Role::Other,
        })
        .collect();
    if roles.is_empty() {
        let hpr = prescriber
            .external_id
            .bytes()
            .all(|byte| byte.is_ascii_digit());
        roles.push(if hpr { Role::Other } else { Role::Practice });
    }
    roles.sort();
    roles.dedup();
    roles
}

pub(super) fn setting(definition: &Definition) -> Setting {
    match (definition.population, definition.scope) {
        (Population::Municipality, _) => Setting::Population,
        (_, Scope::Gp) => Setting::Practice,
        (_, Scope::OutOfHours) => Setting::OutOfHours,
        (_, Scope::Any) => Setting::Any,
    }
}

pub(super) fn unit(unit: DefinedUnit) -> Unit {
    match unit {
        DefinedUnit::Percent => Unit::Percent,
        DefinedUnit::Per1000 => Unit::Per1000,
        DefinedUnit::Per100 => Unit::Per100,
        DefinedUnit::Ratio => Unit::Ratio,
    }
}

pub(super) fn direction(direction: riktig_indicators::Direction) -> Direction {
    match direction {
        riktig_indicators::Direction::Lower => Direction::Lower,
        riktig_indicators::Direction::Higher => Direction::Higher,
        riktig_indicators::Direction::Neutral => Direction::Neutral,
    }
}

pub(crate) fn words(words: &riktig_indicators::Words) -> Words {
    Words {
        nb: words.nb.clone(),
        nn: words.nn.clone(),
        en: words.en.clone(),
    }
}

pub(crate) fn phrase(phrase: &riktig_indicators::Phrase) -> Phrase {
    Phrase {
        one: words(&phrase.one),
        many: words(&phrase.many),
    }
}

pub(super) fn period(span: &edition::Span) -> Period {
    Period {
        first: span.first.clone(),
        last: span.last.clone(),
    }
}

/// A stored count; the kernel never writes a negative one.
pub(super) fn natural(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

pub(super) fn suppressed(reason: edition::Suppression) -> crate::model::Suppressed {
    use crate::model::Suppressed;
    match reason {
        edition::Suppression::FewerThanFivePrescribers => Suppressed::FewerThanFivePrescribers,
        edition::Suppression::OnePrescriberDominates => Suppressed::OnePrescriberDominates,
        edition::Suppression::SmallCell => Suppressed::FewPeople,
        edition::Suppression::Complement => Suppressed::OtherGroup,
    }
}

/// What kind of decision an indicator is about, read off what it counts.
pub(super) fn theme(definition: &Definition) -> Theme {
    let limited = definition.numerator.filter.course.is_some();
    match definition.denominator.count {
        Measure::ListPatients | Measure::Inhabitants => Theme::Volume,
        _ if limited => Theme::Length,
        // Treated contacts, or dispensings for so many contacts: whether to treat.
        Measure::Contacts => Theme::Decision,
        _ if definition.numerator.filter.linked != Linked::Any => Theme::Record,
        _ => Theme::Choice,
    }
}
