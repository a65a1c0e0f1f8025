//! Cultures, where they are structured.

use riktig_codes::Day;
use riktig_guideline::{Checked, Culture};

use super::{checked, diagnosis::within, drug, reaches_back};
use crate::hooks::{HookRequest, Key};
use crate::resource::{Concept, Observation};

/// Cultures of so many days are read.
const CULTURE_DAYS: i32 = 90;

impl HookRequest {
    /// Cultures: observations with a part for each antibiotic, named by ATC or by exactly its name, and interpreted as resistant or
    /// susceptible. A page of several that is sorted and reaches back far enough is whole.
    pub(super) fn cultures(&self, on: Day) -> Checked<Vec<Culture>> {
        let (list, whole) = self.list(Key::Laboratory);
        let observations: Vec<(Option<Day>, Observation<'_>)> = list
            .into_iter()
            .filter_map(Observation::of)
            .map(|it| (it.day(), it))
            .collect();
        let dates: Vec<_> = observations.iter().map(|(day, _)| *day).collect();
        let reaches_back = reaches_back(self.came(Key::Laboratory), &dates, on, CULTURE_DAYS);
        let recent = observations.iter().filter(|(_, it)| it.stands());
        let recent = recent
            .filter_map(|(day, it)| Some((day.filter(|day| within(*day, on, CULTURE_DAYS))?, *it)));
        let cultures = recent.filter_map(|(day, it)| culture(day, it)).collect();
        checked(cultures, whole || reaches_back, self.came(Key::Laboratory))
    }
}

fn culture(on: Day, observation: Observation<'_>) -> Option<Culture> {
    let own = (observation.code(), interpreted(observation));
    let parts: Vec<_> = observation.parts().chain(std::iter::once(own)).collect();
    let those = |codes: &[&str]| {
        let drugs = parts
            .iter()
            .filter(|(_, result)| result.is_any(codes))
            .filter_map(|(code, _)| {
                let named = || code.words().find_map(drug::named);
                code.codings().find_map(|it| it.atc()).or_else(named)
            });
        drugs.collect::<Vec<_>>()
    };
    // SNOMED CT: resistant, susceptible.
    let (resistant_to, susceptible_to) = (those(&["R", "30714006"]), those(&["S", "131196009"]));
    let told = !resistant_to.is_empty() || !susceptible_to.is_empty();
    told.then_some(Culture {
        on,
        resistant_to,
        susceptible_to,
    })
}

fn interpreted(observation: Observation<'_>) -> Concept<'_> {
    let interpretation = observation.interpretation();
    if interpretation.is_empty() {
        observation.value()
    } else {
        interpretation
    }
}
