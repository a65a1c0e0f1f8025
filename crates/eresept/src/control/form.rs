//! Controls of the message's form and of reimbursement.

use riktig_codes::DiagnosisCode;

use super::decision::Found;
use super::{Control, Form};
use crate::prescription::{AmountUnit, CodedDiagnosis, Prescription, Reimbursement};

/// Parts of FEST that do not belong in a prescription. Source: Norsk Helsenett, documentation of e-resept, M1.
pub(crate) const FORBIDDEN: [&str; 17] = [
    "AdministreringLegemiddel",
    "Ean",
    "Hjelpestoff",
    "IkkeKonservering",
    "Markedsforingsinfo",
    "Opioidsoknad",
    "Pakningsinfo",
    "PakningByttegruppe",
    "Preparatomtaleavsnitt",
    "PrisVare",
    "ProduktInfo",
    "RefVilkar",
    "RefVirkestoff",
    "Refusjon",
    "Reseptgyldighet",
    "SortertVirkestoffMedStyrke",
    "TypeSoknadSlv",
];

/// Legal bases with which drugs are reimbursed (list 7427): § 2, § 3, § 3a, § 3b, § 4 and H-resept. Same source.
const BASES_OF_DRUGS: [&str; 6] = ["200", "300", "301", "302", "400", "950"];

/// Lists 7434 and 7435: points of reimbursement, whose codes the program does not know.
const POINTS: [&str; 2] = ["2.16.578.1.12.4.1.1.7434", "2.16.578.1.12.4.1.1.7435"];

/// Packs of a drug at a time. No rule has such a number: it is our own, far above any treatment.
const MOST_PACKS: u64 = 100;

/// Repeats: once a week for a year, the longest that a prescription is valid. Our own too.
const MOST_REPEATS: u32 = 52;

pub(super) fn check(prescription: &Prescription, form: Option<&Form>) -> Vec<Found> {
    let mut found = of_form(prescription, form);
    found.extend(of_amount(prescription));
    if let Some(reimbursement) = &prescription.reimbursement {
        found.extend(of_reimbursement(prescription, reimbursement));
    }
    found
}

fn of_form(prescription: &Prescription, form: Option<&Form>) -> Vec<Found> {
    let Some(form) = form else {
        return vec![
            Found::NotTold(Control::ForbiddenField, "the message"),
            Found::NotTold(Control::MissingField, "the message"),
        ];
    };
    let forbidden: Vec<_> = FORBIDDEN
        .into_iter()
        .filter(|name| form.has(name))
        .collect();
    let mut missing = Vec::new();
    if prescription.amount.is_none() {
        missing.push("Antall/Mengde");
    }
    // A preparation made to order is described where it is made.
    if form.has("Forskrivning") && !form.has("DosVeiledEnkel") && !form.has("Dosering") {
        missing.push("DosVeiledEnkel/Dosering");
    }
    if form.has("Forskrivning") && !form.has("Bruk") {
        missing.push("Bruk");
    }
    if form.has("Legemiddelpakning") && !form.has("PakningsinfoResept") {
        missing.push("PakningsinfoResept");
    }
    let named = |control, names: Vec<&str>| {
        (!names.is_empty())
            .then(|| Found::Wrong(control, vec![("fields", names.join(", ").into())]))
    };
    let forbidden = named(Control::ForbiddenField, forbidden);
    forbidden
        .into_iter()
        .chain(named(Control::MissingField, missing))
        .collect()
}

/// Nothing at all, or more of a drug than anybody is to have. Goods are counted in pieces, and many of them are right.
fn of_amount(prescription: &Prescription) -> Option<Found> {
    let amount = prescription.amount.as_ref();
    if amount.is_some_and(|it| it.thousandths == 0) {
        return Some(Found::Wrong(Control::AmountNone, Vec::new()));
    }
    let packs = amount.filter(|it| it.unit == AmountUnit::Packs);
    let packs = packs.map_or(0, |it| it.thousandths.div_ceil(1000));
    let repeats = prescription.reiterations;
    let is_drug = prescription.drug.product_group.as_deref() == Some("L");
    let many = packs > MOST_PACKS || repeats > MOST_REPEATS;
    let facts = [
        ("packs", packs.to_string()),
        ("repeats", repeats.to_string()),
        ("most_packs", MOST_PACKS.to_string()),
        ("most_repeats", MOST_REPEATS.to_string()),
    ];
    let facts = facts.map(|(place, text)| (place, text.into()));
    (is_drug && many).then(|| Found::Wrong(Control::AmountUnlikely, facts.into()))
}

fn of_reimbursement(prescription: &Prescription, reimbursement: &Reimbursement) -> Vec<Found> {
    let mut found = Vec::new();
    let is_drug = prescription.drug.product_group.as_deref() == Some("L");
    if is_drug && !BASES_OF_DRUGS.contains(&reimbursement.basis.as_str()) {
        found.push(Found::Wrong(Control::ReimbursementBasis, Vec::new()));
    }
    if prescription.drug.product_group.is_none() {
        found.push(Found::NotTold(
            Control::ReimbursementBasis,
            "the product group",
        ));
    }
    let Some(code) = &reimbursement.code else {
        return found;
    };
    let bare = code.system.strip_prefix("urn:oid:").unwrap_or(&code.system);
    match DiagnosisCode::read(bare, &code.code) {
        _ if POINTS.contains(&bare) => {}
        Ok(read) => found.extend(against_diagnosis(read, code, prescription)),
        Err(_) => found.push(Found::Wrong(Control::ReimbursementCode, Vec::new())),
    }
    found
}

/// Two codes of one system that are neither the same nor one below the other.
fn against_diagnosis(
    code: DiagnosisCode,
    written: &CodedDiagnosis,
    prescription: &Prescription,
) -> Option<Found> {
    let diagnosis = prescription.diagnosis.as_ref()?;
    let other = DiagnosisCode::read(&diagnosis.system, &diagnosis.code).ok()?;
    let same_system = matches!(
        (code, other),
        (DiagnosisCode::Icpc2(_), DiagnosisCode::Icpc2(_))
            | (DiagnosisCode::Icd10(_), DiagnosisCode::Icd10(_))
    );
    let agree = code.is_within(other) || other.is_within(code) || written == diagnosis;
    (same_system && !agree).then(|| Found::Wrong(Control::ReimbursementAndDiagnosis, Vec::new()))
}
