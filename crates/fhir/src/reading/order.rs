//! The orders being written.

use riktig_codes::{AtcCode, Route};
use riktig_guideline::{Diagnosis, DraftOrder, FirstDay, PatientContext};
use serde_json::Value;

use super::recognition::{Coded, Recognition};
use super::stated::{self, Stated};
use super::strength::{self, Strength};
use super::{diagnosis, drug};
use crate::code_system::SNOMED;
use crate::hooks::{Hook, HookRequest};
use crate::resource::{Concept, Condition, Dosage, MedicationOrder, View};

/// An order of the call by the id under which advice speaks of it.
pub(crate) struct Draft<'a> {
    /// The client's id, made unique within the call.
    pub(crate) id: String,
    /// As it came.
    pub(crate) resource: &'a Value,
    /// The same, to look into.
    pub(crate) order: MedicationOrder<'a>,
}

impl HookRequest {
    /// The orders to judge: at order-select those just chosen, where the call says which; otherwise all drafts.
    pub(crate) fn judged(&self) -> Vec<Draft<'_>> {
        let (chosen, beside) = self.by_selection();
        if chosen.is_empty() { beside } else { chosen }
    }

    /// Drafts that were not chosen now: for interactions they count as drugs in use.
    pub(super) fn orders_beside(&self) -> Vec<MedicationOrder<'_>> {
        let (chosen, beside) = self.by_selection();
        if chosen.is_empty() {
            return Vec::new();
        }
        beside.into_iter().map(|it| it.order).collect()
    }

    fn by_selection(&self) -> (Vec<Draft<'_>>, Vec<Draft<'_>>) {
        let chosen = |it: &Draft<'_>| {
            let own = it.order.id();
            let names = |selection: &String| selection.rsplit('/').next() == own;
            self.hook == Hook::OrderSelect && own.is_some() && self.selections.iter().any(names)
        };
        self.orders().into_iter().partition(chosen)
    }

    fn orders(&self) -> Vec<Draft<'_>> {
        let mut orders: Vec<Draft<'_>> = Vec::new();
        for (at, resource) in self.drafts.iter().enumerate() {
            let request = MedicationOrder::of(View::of(resource))
                .filter(|it| it.is_request() && !it.is_void());
            let Some(order) = request else { continue };
            let own = order
                .id()
                .map_or_else(|| format!("draft-{}", at + 1), str::to_owned);
            let taken = orders.iter().any(|it| it.id == own);
            let id = if taken {
                format!("{own}#{}", at + 1)
            } else {
                own
            };
            orders.push(Draft {
                id,
                resource,
                order,
            });
        }
        orders
    }

    /// Reads the orders to judge.
    pub(super) fn read_orders(&self, recognition: Recognition<'_>, patient: &mut PatientContext) {
        let read = |draft: Draft<'_>| self.read_order(&draft, recognition, patient.on);
        patient.orders = self.judged().into_iter().map(read).collect();
    }

    fn read_order(
        &self,
        draft: &Draft<'_>,
        recognition: Recognition<'_>,
        on: riktig_codes::Day,
    ) -> DraftOrder {
        let order = draft.order;
        let concept = order.drug(|it| self.referenced(it));
        let atc = drug::atc(&concept, recognition);
        let taken = Taken::of(&order.dosages());
        let strength = order
            .product(|it| self.referenced(it))
            .and_then(|it| strength::of_product(it, &concept))
            .or_else(|| strength::of_words(concept.words()));
        let (reasons, reasons_are_read) = self.reasons(order);
        let mut read = DraftOrder {
            id: draft.id.clone(),
            atc,
            route: taken.main.and_then(|it| route(&it.route())),
            milligrams: taken.main.and_then(|it| {
                milligrams(it, strength.as_ref(), atc).or_else(|| in_words(it, atc))
            }),
            times_per_day: taken.main.and_then(Dosage::times_per_day),
            days: taken.days.or_else(|| order.supply_days()),
            first_day: taken.first.map(|it| first_day(it, strength.as_ref(), atc)),
            reasons,
            waiting: order.fetched_from().is_some_and(|day| day > on),
            unread: Vec::new(),
        };
        let stated = Stated {
            order,
            drug: &concept,
            codes_disagree: disagree(&concept, recognition),
            fest: recognition.fest,
            strength: strength.as_ref(),
            reasons_are_read,
            read: &read,
        };
        read.unread = stated.unread();
        read
    }
}

impl HookRequest {
    /// The order's own reasons: by code, and by reference to a diagnosis that came with the call; and whether all of them could be read.
    fn reasons(&self, order: MedicationOrder<'_>) -> (Vec<Diagnosis>, bool) {
        let codes = order.reasons();
        let mut each: Vec<Vec<Diagnosis>> = codes.map(|it| diagnosis::diagnoses(&it)).collect();
        for reference in order.reason_references() {
            let found = order
                .contained(reference)
                .or_else(|| self.referenced(reference).map(View::of));
            let condition = found.and_then(Condition::of);
            each.push(
                condition
                    .map(|it| diagnosis::diagnoses(&it.code()))
                    .unwrap_or_default(),
            );
        }
        let all_are_read = !each.iter().any(Vec::is_empty);
        let mut reasons = each.concat();
        diagnosis::dedup(&mut reasons);
        (reasons, all_are_read)
    }
}

/// Whether the codes of an order are of different drugs, and one of them an antibiotic: of other drugs nothing is said here.
fn disagree(concept: &Concept<'_>, recognition: Recognition<'_>) -> bool {
    match Coded::of(concept, recognition) {
        Coded::Different(drugs) => drugs.into_iter().any(drug::antibiotic),
        Coded::One(_) | Coded::Nothing => false,
    }
}

/// How an order is taken, if that can be told from its instructions.
struct Taken<'a> {
    main: Option<Dosage<'a>>,
    /// A first day that is written apart.
    first: Option<Dosage<'a>>,
    days: Option<u16>,
}

impl<'a> Taken<'a> {
    /// One instruction, or a first day that differs and then the rest. Anything more intricate is not known.
    fn of(dosages: &[Dosage<'a>]) -> Self {
        match dosages {
            [one] => Self {
                main: Some(*one),
                first: None,
                days: one.days(),
            },
            [first, rest] if first.days() == Some(1) => Self {
                main: Some(*rest),
                first: Some(*first),
                days: rest.days().and_then(|it| it.checked_add(1)),
            },
            _ => Self {
                main: None,
                first: None,
                days: None,
            },
        }
    }
}

/// All that is taken on the first day.
fn first_day(dosage: Dosage<'_>, strength: Option<&Strength>, drug: Option<AtcCode>) -> FirstDay {
    let at_a_time = milligrams(dosage, strength, drug).map(|it| it.iter().sum::<f64>());
    match at_a_time.zip(dosage.times_per_day()) {
        Some((milligrams, times)) => FirstDay::Milligrams(milligrams * f64::from(times)),
        None => FirstDay::NotRead,
    }
}

/// One coded number cannot say the two of a combination: they may stand in words, "800/160 mg".
fn in_words(dosage: Dosage<'_>, drug: Option<AtcCode>) -> Option<Vec<f64>> {
    let view = dosage.view();
    if stated::has_dose(view) || !drug.is_some_and(|it| it.is_combination()) {
        return None;
    }
    let said = strength::of_words(view.text("text").into_iter())?;
    said.millilitres.is_none().then_some(said.milligrams)
}

/// The milligrams at a time, one number for each substance.
fn milligrams(
    dosage: Dosage<'_>,
    strength: Option<&Strength>,
    drug: Option<AtcCode>,
) -> Option<Vec<f64>> {
    let (amount, unit) = dosage.amount()?;
    if !(amount > 0.0 && amount < 100_000.0) {
        return None;
    }
    let unit = unit.to_lowercase();
    if let Some(factor) = strength::milligrams_of(&unit) {
        // So many milligrams of a combination: of which substance?
        return (!drug.is_some_and(|it| it.is_combination())).then(|| vec![amount * factor]);
    }
    let Strength {
        milligrams,
        millilitres,
    } = strength?;
    let times = match (unit.as_str(), millilitres) {
        ("ml", Some(each)) => amount / each,
        ("l", _) | ("ml", None) | (_, Some(_)) => return None,
        (unit, None) if is_piece(unit) => amount,
        _ => return None,
    };
    Some(milligrams.iter().map(|it| it * times).collect())
}

/// Whether a unit is one tablet or capsule.
pub(super) fn is_piece(unit: &str) -> bool {
    PIECES.contains(&unit)
}

/// How clients write "one tablet".
const PIECES: [&str; 20] = [
    "{tbl}",
    "{tablet}",
    "{pill}",
    "{capsule}",
    "{cap}",
    "{kapsel}",
    "tbl",
    "tab",
    "tablet",
    "tablets",
    "tablett",
    "tabletter",
    "cap",
    "capsule",
    "capsules",
    "kapsel",
    "kapsler",
    "pill",
    "stk",
    "1",
];

fn route(concept: &Concept<'_>) -> Option<Route> {
    const VOLVEN: &str = "urn:oid:2.16.578.1.12.4.1.1.7477";
    const EDQM: &str = "http://standardterms.edqm.eu";
    let coded = concept
        .codings()
        .find_map(|it| match (it.system?, it.code) {
            // Administration routes of Volven 7477 and of EDQM: oral; intramuscular, intravenous, subcutaneous; rectal.
            (VOLVEN, "53") | (SNOMED, "26643006") | (EDQM, "20053000") => Some(Route::Oral),
            (VOLVEN, "33" | "43" | "62")
            | (SNOMED, "47625008" | "78421000" | "34206005")
            | (EDQM, "20035000" | "20045000" | "20066000") => Some(Route::Parenteral),
            (VOLVEN, "59") | (SNOMED, "37161004") | (EDQM, "20061000") => Some(Route::Rectal),
            // Topical, ophthalmic and otic.
            (SNOMED, "6064005" | "54485002" | "10547007") => Some(Route::Topical),
            _ => None,
        });
    coded.or_else(|| concept.words().find_map(route_in_words))
}

fn route_in_words(text: &str) -> Option<Route> {
    match text.to_lowercase().as_str() {
        "oral" | "oralt" | "peroral" | "peroralt" | "per os" | "po" | "p.o." | "oral use"
        | "oral bruk" | "oral route" | "gjennom munnen" | "svelges" => Some(Route::Oral),
        "intravenous" | "intravenøs" | "intramuscular" | "intramuskulær" | "iv" | "i.v." | "im" => {
            Some(Route::Parenteral)
        }
        "topical" | "lokalt" | "på huden" | "i øyet" | "i øynene" | "ocular use"
        | "cutaneous use" => Some(Route::Topical),
        _ => None,
    }
}
