//! Cards of advice: taken in, refused, summed into an edition, and kept back where they would tell of somebody.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use riktig_indicators::{CodeFacts, Definition, SHIPPED_FILES};
use riktig_lake::delivery::rows::{AdviceRow as Row, DispensingRow};
use riktig_lake::delivery::{Field, FileFormat, Header, Kind};
use riktig_lake::edition::{
    AdviceOutcome, AdviceRow, AdviceTold, Edition, Existing, Request, Thresholds, build,
};
use riktig_lake::kernel::Options;
use riktig_lake::store::{Advice, Dataset};

use crate::world::{World, deliver, dispensing, header};

const DOCTORS: [i64; 7] = [
    9_144_897, 9_144_889, 9_144_870, 9_144_862, 9_144_854, 9_144_846, 9_144_838,
];
const VERSIONS: [&str; 2] = ["00112233445566aa", "ffeeddccbbaa0099"];

/// One card as a test makes it.
#[derive(Debug, Clone)]
struct Card {
    doctor: Option<usize>,
    rules: Vec<(usize, usize)>,
    kind: usize,
    outcome: AdviceOutcome,
    reason: Option<usize>,
}

const RULES: [&str; 3] = [
    "cystitis_woman/offer",
    "cystitis_woman/nitrofurantoin",
    "safety/penicillins",
];
const KINDS: [&str; 2] = ["first-choice", "no-antibiotic"];
const REASONS: [&str; 3] = ["tried-before", "patient-preference", "other"];

fn advice_header(delivery: &str) -> Header {
    Header {
        source: "RIKTIG".to_owned(),
        ..header(Kind::Advice, delivery, "2024-03")
    }
}

fn row<'a>(rules: &'a str, outcome: &'a str) -> Row<'a> {
    Row {
        month: Field::Text("2024-03"),
        prescriber_hpr: Field::Whole(DOCTORS[0]),
        rules: Field::Text(rules),
        kind: Field::Text(KINDS[0]),
        outcome: Field::Text(outcome),
        reason: Field::Missing,
    }
}

fn rules_text(card: &Card) -> String {
    let text =
        |(rule, version): &(usize, usize)| format!("{}@{}", RULES[*rule], VERSIONS[*version]);
    card.rules.iter().map(text).collect::<Vec<_>>().join(" ")
}

/// Writes the cards as a delivery and takes it in.
fn take(world: &World, cards: &[Card]) {
    let texts: Vec<String> = cards.iter().map(rules_text).collect();
    let rows: Vec<Row<'_>> = cards
        .iter()
        .zip(&texts)
        .map(|(card, rules)| Row {
            prescriber_hpr: card
                .doctor
                .map_or(Field::Missing, |at| Field::Whole(DOCTORS[at])),
            kind: Field::Text(KINDS[card.kind]),
            reason: card
                .reason
                .map_or(Field::Missing, |at| Field::Text(REASONS[at])),
            ..row(rules, card.outcome.name())
        })
        .collect();
    let path = world.path("advice.csv");
    deliver(&path, &advice_header("advice-1"), FileFormat::Csv, &rows);
    world.taken(&path);
}

/// A lake in which every doctor has an antibiotic in March.
fn doctors() -> World {
    let world = World::new();
    let ids: Vec<String> = (0..DOCTORS.len()).map(|at| at.to_string()).collect();
    let rows: Vec<DispensingRow<'_>> = ids
        .iter()
        .zip(DOCTORS)
        .map(|(id, hpr)| DispensingRow {
            prescriber_hpr: Field::Whole(hpr),
            ..dispensing(id)
        })
        .collect();
    let path = world.path("lmr.csv");
    let lmr = header(Kind::Dispensings, "lmr-1", "2024-03");
    deliver(&path, &lmr, FileFormat::Csv, &rows);
    world.taken(&path);
    world
}

fn edition(world: &World, name: &str) -> Edition {
    let read = |(name, text): &(&str, &str)| {
        let definition = Definition::parse(name, text).expect("shipped");
        (definition, (*text).to_owned())
    };
    let definitions: Vec<(Definition, String)> = SHIPPED_FILES.iter().take(3).map(read).collect();
    let facts = CodeFacts::default();
    let request = Request {
        period: "2024-03..2024-03".parse().expect("months"),
        definitions: &definitions,
        facts: &facts,
        thresholds: Thresholds {
            dispensings: 1,
            contacts: 1,
            list_months: 1,
        },
        options: Options { threads: 1 },
        existing: Existing::Refuse,
        previous: None,
    };
    let dir = world.path(name);
    build(&world.lake(), &request, &dir, &|_| ()).expect("built");
    Edition::open(&dir).expect("read")
}

/// The same sums in plain loops over what was delivered.
fn by_hand(
    cards: &[Card],
    hpr: &str,
) -> BTreeMap<(Option<String>, String, AdviceOutcome, Option<String>), i64> {
    let mut sums = BTreeMap::new();
    for card in cards {
        if card.doctor.map(|at| DOCTORS[at].to_string()).as_deref() != Some(hpr) {
            continue;
        }
        let mut under: Vec<Option<String>> = vec![None];
        for (rule, _) in &card.rules {
            let rule = Some(RULES[*rule].to_owned());
            if !under.contains(&rule) {
                under.push(rule);
            }
        }
        for rule in under {
            let key = (
                rule,
                KINDS[card.kind].to_owned(),
                card.outcome,
                card.reason.map(|at| REASONS[at].to_owned()),
            );
            *sums.entry(key).or_insert(0) += 1;
        }
    }
    sums
}

fn key(row: &AdviceRow) -> (Option<String>, String, AdviceOutcome, Option<String>) {
    (
        row.rule.clone(),
        row.kind.clone(),
        row.outcome,
        row.reason.clone(),
    )
}

fn card() -> impl Strategy<Value = Card> {
    let rules = proptest::collection::vec((0..RULES.len(), 0..VERSIONS.len()), 1..4);
    let outcome = prop_oneof![
        Just((AdviceOutcome::Accepted, None)),
        Just((AdviceOutcome::NotTold, None)),
        proptest::option::of(0..REASONS.len())
            .prop_map(|reason| (AdviceOutcome::Overridden, reason)),
    ];
    let doctor = proptest::option::weighted(0.9, 0..DOCTORS.len());
    (doctor, rules, 0..KINDS.len(), outcome).prop_map(|(doctor, rules, kind, (outcome, reason))| {
        Card {
            doctor,
            rules,
            kind,
            outcome,
            reason,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn an_edition_counts_each_doctors_cards_as_plain_loops_do(
        cards in proptest::collection::vec(card(), 1..60),
    ) {
        let world = doctors();
        take(&world, &cards);
        let edition = edition(&world, "edition");
        let coverage = edition.advice_coverage().expect("delivered");
        prop_assert_eq!(&coverage.months, &["2024-03".to_owned()]);
        prop_assert_eq!(coverage.cards, cards.len() as u64);
        let unknown = cards.iter().filter(|card| card.doctor.is_none()).count();
        prop_assert_eq!(coverage.without_prescriber, unknown as u64);
        prop_assert_eq!(edition.prescribers().len(), DOCTORS.len());
        for prescriber in edition.prescribers() {
            let rows = edition.advice(prescriber.id);
            let found: BTreeMap<_, _> = rows.iter().map(|row| (key(row), row.cards)).collect();
            prop_assert_eq!(found.len(), rows.len());
            prop_assert_eq!(found, by_hand(&cards, &prescriber.external_id));
        }
    }
}

/// So many cards of a rule for each doctor, of which so many overridden, the rest accepted.
fn cards(of: &[(usize, usize)]) -> Vec<Card> {
    let each = of
        .iter()
        .enumerate()
        .flat_map(|(doctor, (all, overridden))| {
            (0..*all).map(move |at| Card {
                doctor: Some(doctor),
                rules: vec![(0, 0)],
                kind: 0,
                outcome: if at < *overridden {
                    AdviceOutcome::Overridden
                } else {
                    AdviceOutcome::Accepted
                },
                reason: (at < *overridden).then_some(at % 2),
            })
        });
    each.collect()
}

/// Shown, answered, overridden and reasons of the first rule as they are told; `None`: kept back.
type Told = Option<(i64, Option<(i64, i64, Vec<(Option<String>, i64)>)>)>;

fn told(cards: &[Card]) -> Told {
    let world = doctors();
    take(&world, cards);
    let edition = edition(&world, "edition");
    let rule = edition.advice_rules().first()?.clone();
    assert_eq!(rule.rule, RULES[0]);
    assert_eq!(rule.version.as_deref(), Some(VERSIONS[0]));
    match rule.told {
        AdviceTold::Suppressed(_) => None,
        AdviceTold::Measured { shown, answered } => {
            let answered = answered.map(|it| (it.answered, it.overridden, it.reasons));
            Some((shown, answered))
        }
    }
}

#[test]
fn of_a_rule_only_what_hides_every_doctor_is_told_and_in_fives() {
    let reasons = |first: i64, second: i64| {
        vec![
            (Some(REASONS[1].to_owned()), second),
            (Some(REASONS[0].to_owned()), first),
        ]
    };
    let even = cards(&[(21, 8), (20, 8), (20, 8), (20, 8), (20, 8)]);
    assert_eq!(told(&even), Some((100, Some((100, 40, reasons(20, 20))))));
    // Four doctors.
    assert_eq!(told(&cards(&[(20, 8); 4])), None);
    // One has more than half.
    assert_eq!(
        told(&cards(&[(90, 8), (20, 8), (20, 8), (20, 8), (20, 8)])),
        None
    );
    // Three of the others' overridden cards: how many were shown is told, what was answered is not.
    let few = cards(&[(20, 8), (20, 8), (20, 1), (20, 1), (20, 1)]);
    assert_eq!(told(&few), Some((100, None)));
    // A reason that three gave goes with the rest; where the rest is only that one, no reason is told.
    let mut one = cards(&[(20, 8); 5]);
    for (at, card) in one.iter_mut().enumerate() {
        if card.reason.is_some() {
            card.reason = Some(usize::from(at == 0 || at == 20 || at == 40));
        }
    }
    assert_eq!(told(&one), Some((100, Some((100, 40, Vec::new())))));
}

#[test]
fn an_edition_without_advice_has_neither_its_tables_nor_its_field() {
    let world = doctors();
    let edition = edition(&world, "edition");
    assert_eq!(edition.advice_coverage(), None);
    let dir = world.path("edition");
    assert!(!dir.join("advice.parquet").exists() && !dir.join("advice_rules.parquet").exists());
    let meta = std::fs::read_to_string(dir.join("edition.json")).expect("read");
    let meta: serde_json::Value = serde_json::from_str(&meta).expect("json");
    assert!(meta.get("advice").is_none());
}

#[test]
fn a_month_in_which_no_card_was_shown_is_known_and_has_no_cards() {
    let world = doctors();
    take(&world, &[]);
    let edition = edition(&world, "edition");
    let coverage = edition.advice_coverage().expect("delivered");
    assert_eq!((coverage.months.len(), coverage.cards), (1, 0));
    assert_eq!(edition.advice(edition.prescribers()[0].id), []);
}

fn bytes(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(dir).expect("a folder").flatten();
    let files = files.filter(|file| file.path().is_file());
    let read = |file: std::fs::DirEntry| {
        let name = file.file_name().to_string_lossy().into_owned();
        (name, std::fs::read(file.path()).expect("read"))
    };
    files.map(read).collect()
}

#[test]
fn two_builds_with_advice_are_the_same_bytes() {
    let world = doctors();
    take(
        &world,
        &cards(&[(21, 8), (20, 8), (20, 8), (20, 8), (20, 8)]),
    );
    edition(&world, "one");
    edition(&world, "two");
    let one = bytes(&world.path("one"));
    assert!(one.contains_key("advice.parquet") && one.contains_key("advice_rules.parquet"));
    assert_eq!(one, bytes(&world.path("two")));
}

#[test]
fn a_card_that_says_anything_but_codes_is_refused_with_its_reason() {
    let world = World::new();
    let good = "pneumonia/penicillin-v@00112233445566aa";
    let many = vec![good; 200];
    let mut rows: Vec<Row<'_>> = many
        .into_iter()
        .map(|rules| row(rules, "accepted"))
        .collect();
    let wrong = [
        row("Pasienten ville heller ha noe annet", "accepted"),
        row("13097248022", "accepted"),
        row("pneumonia/penicillin-v@13097248022", "accepted"),
        row("", "accepted"),
        row(good, "ignored"),
        Row {
            reason: Field::Text("other"),
            ..row(good, "accepted")
        },
        Row {
            reason: Field::Text("fordi hun sa det"),
            ..row(good, "overridden")
        },
        Row {
            month: Field::Text("2024-04"),
            ..row(good, "accepted")
        },
    ];
    rows.extend(wrong);
    let path = world.path("advice.csv");
    deliver(&path, &advice_header("advice-1"), FileFormat::Csv, &rows);
    let record = world.taken(&path);
    let refused: BTreeMap<&str, u64> = record
        .refused
        .iter()
        .map(|(reason, tally)| (reason.as_str(), tally.rows))
        .collect();
    let expected = [
        ("bad_guideline_code", 4),
        ("missing_value", 1),
        ("outside_period", 1),
        ("unknown_outcome", 2),
    ];
    assert_eq!(refused, BTreeMap::from(expected));
    assert_eq!(record.counts.kept, 200);
    // Cards alike are many cards, not one that was delivered twice.
    let rows: Vec<Advice> = world.rows(Dataset::Advice);
    assert_eq!(rows[0].line.len(), 200);
}
