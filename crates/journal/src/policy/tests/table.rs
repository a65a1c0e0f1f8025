//! The table of `docs/reference/policy.md`, found by asking.

use std::fmt::Write as _;

use riktig_codes::Age;

use super::*;

const REFERENCE: &str = include_str!("../../../../../docs/reference/policy.md");

struct Column {
    heading: &'static str,
    actor: Actor,
    facts: Facts,
}

fn column(heading: &'static str, actor: Actor) -> Column {
    Column {
        heading,
        actor,
        facts: plain_facts(),
    }
}

fn columns() -> Vec<Column> {
    let leader = || appointed(somebody(6, 6), Role::GroupLeader(group()));
    let with = |heading, actor, change: fn(&mut Facts)| {
        let mut column = column(heading, actor);
        change(&mut column.facts);
        column
    };
    vec![
        column("anybody", somebody(1, 0)),
        column("doctor: own", somebody(2, DOCTOR)),
        column("doctor: another's", somebody(3, 3)),
        with("member", somebody(4, 4), |facts| {
            facts.asker_is_member = true;
        }),
        with("enrolled", somebody(5, 5), |facts| {
            facts.asker_is_enrolled = true;
        }),
        column("group leader", leader()),
        with("… shared with", leader(), |facts| {
            facts.shares = vec![share()]
        }),
        with("guardian", somebody(12, 0), |facts| {
            facts.patient = Some(PatientFacts {
                age: Age::from_years(11),
                guardian: Some(GuardianKind::Parent),
                ..PatientFacts::default()
            });
        }),
        column(
            "nursing home",
            appointed(somebody(7, 7), Role::NursingHomeLeader(service())),
        ),
        column(
            "out-of-hours",
            appointed(somebody(8, 8), Role::OutOfHoursLeader(service())),
        ),
        column(
            "chief doctor",
            appointed(somebody(9, 9), Role::ChiefDoctor(municipality())),
        ),
        column("operator", appointed(somebody(10, 0), Role::Operator)),
        column("researcher", appointed(somebody(11, 0), Role::Researcher)),
        column("binary", Actor::verb("maintain")),
    ]
}

fn table() -> String {
    let columns = columns();
    let mut text = String::from("| act |");
    for column in &columns {
        let _ = write!(text, " {} |", column.heading);
    }
    text.push_str("\n|---|");
    text.push_str(&"---|".repeat(columns.len()));
    for act in Act::ALL {
        let _ = write!(text, "\n| `{}` |", act.word());
        for column in &columns {
            match ask(&column.actor, *act, &facts_for(*act, &column.facts)) {
                Ok(_) => text.push_str(" **yes** |"),
                Err(refusal) => {
                    let _ = write!(text, " {} |", refusal.reply.status());
                }
            }
        }
    }
    text.push('\n');
    text
}

fn acts() -> String {
    let mut text = String::from("| act | what | kind | about |\n|---|---|---|---|\n");
    for act in Act::ALL {
        let kind = if act.is_write() { "writes" } else { "reads" };
        let about = example(*act);
        let _ = writeln!(
            text,
            "| `{}` | {} | {kind} | {} |",
            act.word(),
            act.meaning().trim_end_matches('.'),
            about.word()
        );
    }
    text
}

#[test]
fn the_reference_prints_what_the_policy_answers() {
    for part in [acts(), table()] {
        assert!(
            REFERENCE.contains(&part),
            "docs/reference/policy.md should print\n{part}"
        );
    }
}

#[test]
fn words_are_read_back() {
    for act in Act::ALL {
        assert_eq!(Act::from_word(act.word()), Some(*act));
    }
    for kind in RoleKind::ALL {
        assert_eq!(RoleKind::from_word(kind.word()), Some(kind));
    }
}
