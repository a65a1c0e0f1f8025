//! An edition: every table can be read, tables and definitions are unchanged, and its sums agree with each other.

use std::fs;
use std::path::Path;

use anyhow::Result;
use riktig_indicators::Definition;
use riktig_lake::edition::{AdviceRow, Edition, SafetyRow, Value, Window};

use super::Findings;
use riktig_lake::store::sha256_of;

/// Reads the whole edition.
///
/// # Errors
/// When the folder is no edition or a table cannot be read at all.
pub(crate) fn verify(folder: &Path) -> Result<Findings> {
    let edition = Edition::open_unchecked(folder)?;
    let mut findings = Findings::default();
    tables(&edition, &mut findings);
    definitions(&edition, &mut findings);
    deliveries(&edition, &mut findings);
    sums(&edition, &mut findings);
    expected(&edition, &mut findings);
    safety(&edition, &mut findings);
    advice(&edition, &mut findings);
    verdicts(&edition, &mut findings)?;
    Ok(findings)
}

fn tables(edition: &Edition, findings: &mut Findings) {
    let known = &edition.meta().tables;
    if known.is_empty() {
        let fault = "edition.json has no hashes of the tables: build the edition again";
        findings.check("tables are unchanged", Some(fault.to_owned()));
    }
    for (name, sha256) in known {
        let fault = match fs::read(edition.dir().join(name)) {
            Ok(bytes) if sha256_of(&bytes) == *sha256 => None,
            Ok(_) => Some(format!("{name} was changed after the edition was built")),
            Err(error) => Some(format!("{name} cannot be read: {error}")),
        };
        findings.check("tables are unchanged", fault);
    }
}

fn definitions(edition: &Edition, findings: &mut Findings) {
    for (_, definition) in edition.indicators() {
        let fault = match fs::read(edition.dir().join(&definition.file)) {
            Ok(bytes) if sha256_of(&bytes) == definition.sha256 => None,
            Ok(_) => Some(format!(
                "{} was changed after the edition was built",
                definition.file
            )),
            Err(error) => Some(format!("{} cannot be read: {error}", definition.file)),
        };
        findings.check("definitions are unchanged", fault);
    }
}

fn deliveries(edition: &Edition, findings: &mut Findings) {
    for delivery in &edition.meta().deliveries {
        let sum = delivery.kept + delivery.ballast + delivery.refused + delivery.cancelled;
        let fault = (sum != delivery.rows_in).then(|| {
            format!(
                "delivery {}: {} rows in, {sum} accounted for",
                delivery.delivery, delivery.rows_in
            )
        });
        findings.check("deliveries add up", fault);
    }
}

/// The mirror's counts lie within each other, and a country told is at least its doctors.
fn safety(edition: &Edition, findings: &mut Findings) {
    let rows = edition.prescribers().iter().map(|it| edition.safety(it.id));
    let rows: Vec<&SafetyRow> = rows.flatten().collect();
    for row in rows.iter().copied().chain(edition.safety_country()) {
        let whose = row.prescriber.map_or("the country".to_owned(), |id| {
            let prescriber = &edition.prescribers()[id.0 as usize];
            format!("prescriber {}", prescriber.external_id)
        });
        let within = [row.recontacts, row.admissions].into_iter().all(|outcome| {
            outcome.measured().is_none_or(|it| {
                (0..=it.followed).contains(&it.events) && it.followed <= row.episodes
            })
        });
        let fault = (!within).then(|| format!("safety of {whose}: more returns than episodes"));
        findings.check("safety counts lie within each other", fault);
    }
    for country in edition.safety_country() {
        let same = |row: &&&SafetyRow| {
            (row.infection, row.treated) == (country.infection, country.treated)
        };
        let own: i64 = rows.iter().filter(same).map(|row| row.episodes).sum();
        // The country's figure is a multiple of five, so it may be two less than its doctors.
        let fault = (own > country.episodes + 2).then(|| {
            format!(
                "safety: {} episodes in the country, but {own} of its prescribers",
                country.episodes
            )
        });
        findings.check("safety counts add up", fault);
    }
}

/// Every doctor's cards are at least those of each rule, and no more stand in the tables than were delivered.
fn advice(edition: &Edition, findings: &mut Findings) {
    let Some(coverage) = edition.advice_coverage() else {
        return;
    };
    let sum = |rows: &[AdviceRow], rule: Option<&str>| -> i64 {
        let of = rows.iter().filter(|row| row.rule.as_deref() == rule);
        of.map(|row| row.cards).sum()
    };
    let mut told = 0;
    for prescriber in edition.prescribers() {
        let rows = edition.advice(prescriber.id);
        let all = sum(rows, None);
        told += all;
        let mut rules = rows.iter().filter_map(|row| row.rule.as_deref());
        let more = rules.find(|rule| sum(rows, Some(rule)) > all);
        let fault = more.map(|rule| {
            format!(
                "advice of prescriber {}: more cards of {rule} than cards",
                prescriber.external_id
            )
        });
        findings.check("cards of advice add up", fault);
    }
    let known = coverage.cards.saturating_sub(coverage.without_prescriber);
    let fault = (told.unsigned_abs() > known)
        .then(|| format!("advice: {told} cards of prescribers, but {known} were delivered"));
    findings.check("cards of advice add up", fault);
}

fn sums(edition: &Edition, findings: &mut Findings) {
    let meta = edition.meta();
    let links = &meta.linkage;
    let linked = links.by_prescription + links.by_contact + links.unlinked;
    let fault = (linked != links.dispensings).then(|| {
        format!(
            "{} antibiotics, but {linked} by link method",
            links.dispensings
        )
    });
    findings.check("links add up", fault);

    for prescriber in edition.prescribers() {
        let own = edition.lineage(prescriber.id);
        let linked = own.by_prescription + own.by_contact + own.unlinked;
        let fault = (linked != prescriber.dispensings).then(|| {
            format!(
                "prescriber {}: {} antibiotics, but {linked} by link method",
                prescriber.external_id, prescriber.dispensings
            )
        });
        findings.check("links add up", fault);
        if let Some(said) = &own.prescriptions {
            let fault = (said.with_contact() > own.by_prescription
                || said.collected_same_day + said.collected_later > said.waiting)
                .then(|| {
                    format!(
                        "prescriber {}: more prescriptions compared or collected than there are",
                        prescriber.external_id
                    )
                });
            findings.check("links add up", fault);
        }
    }
    let qualified = meta.qualification.qualified as usize;
    let fault = (qualified != edition.prescribers().len()).then(|| {
        format!(
            "{qualified} prescribers qualified, but {} are listed",
            edition.prescribers().len()
        )
    });
    findings.check("every qualified prescriber is listed", fault);
}

/// Rounding of sums of doubles, and of parts in single precision.
const TOLERANCE: f64 = 1e-6;
const PARTS: f64 = 1e-5;

/// Over those an indicator was fitted on, expected events are the observed ones; of everybody, the factors' parts lead from the
/// plain rate to what is expected.
fn expected(edition: &Edition, findings: &mut Findings) {
    for (indicator, definition) in edition.indicators() {
        let (mut observed, mut expected, mut astray) = (0.0, 0.0, 0usize);
        for prescriber in edition.prescribers() {
            let Ok(own) = edition.expected(prescriber.id, indicator) else {
                continue;
            };
            let parts = own.crude + own.by_factor.iter().sum::<f64>();
            astray += usize::from(
                (parts - own.expected).abs() > PARTS * (1.0 + own.expected + own.crude),
            );
            let value = edition.value(prescriber.id, indicator, Window::Current);
            if let (true, Value::Measured { numerator, .. }) = (own.fitted, value) {
                observed += numerator as f64;
                expected += own.expected;
            }
        }
        if edition.coefficients(indicator).is_empty() {
            continue;
        }
        let fault = (astray > 0).then(|| {
            format!(
                "{}: of {astray} prescribers the parts do not add up",
                definition.id
            )
        });
        findings.check("parts of expected numbers add up", fault);
        let fault = ((observed - expected).abs() > TOLERANCE * (1.0 + observed)).then(|| {
            format!(
                "{}: {observed} events observed, {expected} expected",
                definition.id
            )
        });
        findings.check("the country is expected to be as it is", fault);
    }
}

/// Every verdict is what the decision table gives on the stored numbers.
fn verdicts(edition: &Edition, findings: &mut Findings) -> Result<()> {
    let parse = |(indicator, record): (_, &riktig_lake::edition::DefinitionRecord)| {
        Ok(Definition::parse(
            &record.file,
            &edition.definition_text(indicator)?,
        )?)
    };
    let definitions = edition
        .indicators()
        .map(parse)
        .collect::<Result<Vec<_>>>()?;
    let differ = edition.verdicts_that_differ(&definitions);
    for prescriber in edition.prescribers() {
        for (indicator, record) in edition.indicators() {
            if edition.verdict(prescriber.id, indicator).is_none() {
                return Ok(());
            }
            let fault = differ.contains(&(prescriber.id, indicator)).then(|| {
                format!(
                    "prescriber {}, {}: the verdict is not what its numbers give",
                    prescriber.external_id, record.id
                )
            });
            findings.check("verdicts follow from their numbers", fault);
        }
    }
    Ok(())
}
