//! What the edition's reasons are called in a sentence on a terminal.
//!
//! Reports have their own words in three languages; the operator's terminal speaks English.

use riktig_indicators::Unit;
use riktig_lake::edition::{Area, Findings, Limit, ScopeKind, Suppression, Unavailable};

pub(crate) fn scope_kind(kind: ScopeKind) -> &'static str {
    match kind {
        ScopeKind::Country => "country",
        ScopeKind::County => "county",
        ScopeKind::Municipality => "municipality",
        ScopeKind::CourseGroup => "course group",
    }
}

pub(crate) fn scope(kind: ScopeKind, area: &Area) -> String {
    match kind {
        ScopeKind::Country => scope_kind(kind).to_owned(),
        _ => format!("{} {}", scope_kind(kind), area.name),
    }
}

pub(crate) fn suppression(reason: Suppression) -> &'static str {
    match reason {
        Suppression::FewerThanFivePrescribers => "kept back: fewer than five prescribers",
        Suppression::OnePrescriberDominates => "kept back: one prescriber has more than half",
        Suppression::SmallCell => "kept back: it would tell about one to four patients",
        Suppression::Complement => "kept back: another group could be worked out from it",
    }
}

pub(crate) fn unavailable(reason: Unavailable) -> &'static str {
    match reason {
        Unavailable::NoPatients => "unknown: no patients were delivered",
        Unavailable::NoContacts => "unknown: no contacts were delivered",
        Unavailable::NoPracticeLists => "unknown: no patient lists were delivered",
        Unavailable::NoInhabitants => "unknown: no inhabitants were delivered",
        Unavailable::NoPeriod => "unknown: the lake does not hold these months",
        Unavailable::OtherSetting => "not applicable: the indicator is about another setting",
        Unavailable::NoOwnList => "not applicable: no patient list in the period",
        Unavailable::PopulationOnly => "not applicable: the indicator is a population's",
        Unavailable::PrescriberOnly => "not applicable: the indicator is a prescriber's",
        Unavailable::NoQuantities => "unknown: no quantities were delivered",
        Unavailable::OtherCodeSystem => "unknown: drugs are coded in another system",
        Unavailable::KeptBack => {
            "kept back: it would tell, or let work out, a count of one to four people"
        }
    }
}

/// What the gate found: a sentence for each, the most severe first.
pub(crate) fn findings(found: &Findings) -> String {
    let mut text = match &found.compared_with {
        Some(previous) => format!("compared with the edition of {}\n", previous.period),
        None => String::new(),
    };
    let blocking = found.blocking().count();
    for finding in &found.findings {
        let (severity, id) = (finding.severity.word(), &finding.id);
        text.push_str(&format!("{severity}: {id}: {}\n", finding.words));
    }
    if blocking > 0 {
        let they = if blocking == 1 { "it" } else { "each" };
        text.push_str(&format!(
            "{blocking} blocking: riktig publish refuses until a named person has accepted {they} with a reason\n"
        ));
    }
    text
}

pub(crate) fn limit(limit: Limit) -> &'static str {
    match limit {
        Limit::NoPatients => "the dispensings carry no patients: no users, no link, no age or sex",
        Limit::NoContacts => "no contacts were delivered: no diagnoses, no setting",
        Limit::NoPracticeLists => "no patient lists were delivered",
        Limit::NoInhabitants => "no inhabitants were delivered",
        Limit::FirstWeekIncomplete => {
            "the month before is not in the lake: links of the first week are incomplete"
        }
        Limit::MonthsMissing => "some months of the period have no dispensings",
        Limit::LastWeekIncomplete => {
            "the month after is not in the lake: links of the last week are incomplete"
        }
        Limit::ContactsPartial => "contacts were delivered for some months only: not used",
        Limit::ListsPartial => "patient lists were delivered for some months only: not used",
        Limit::NoPreviousPeriod => "the period before is missing in full or in part",
    }
}

pub(crate) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "%",
        Unit::Per1000 => "per 1000",
        Unit::Per100 => "per 100",
        Unit::Ratio => "ratio",
    }
}
