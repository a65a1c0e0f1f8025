//! A small world in which everybody tries everything.

use proptest::prelude::*;

use super::*;

/// People 1 to 6: person n has HPR number n. Person 1 is the doctor.
const PEOPLE: u8 = 6;
const GROUPS: u8 = 2;
/// The second of a world's first step; each step takes a second.
const BEGINNING: i64 = 1_000;

#[derive(Debug, Clone)]
struct AppointmentRow {
    role: Role,
    appointee: u8,
    proposer: u8,
    confirmed: Option<(u8, i64)>,
    until: i64,
    ended: bool,
}

#[derive(Debug, Clone)]
struct ShareRow {
    group: u8,
    given: i64,
    withdrawn: Option<i64>,
}

#[derive(Debug, Clone)]
enum Step {
    Propose {
        by: u8,
        whom: u8,
        role: u8,
        lasts: i64,
    },
    Confirm {
        by: u8,
        which: usize,
    },
    End {
        by: u8,
        which: usize,
    },
    Enrol {
        by: u8,
        group: u8,
        whom: u8,
        out: bool,
    },
    Share {
        by: u8,
        group: u8,
    },
    Withdraw {
        by: u8,
        group: u8,
    },
}

#[derive(Debug, Default)]
struct World {
    appointments: Vec<AppointmentRow>,
    members: Vec<(u8, u8)>,
    shares: Vec<ShareRow>,
}

fn group_of(number: u8) -> GroupId {
    GroupId::from_bytes([number; 16])
}

fn role_of(number: u8) -> Role {
    match number % 5 {
        0 => Role::Operator,
        1 => Role::Researcher,
        2 => Role::ChiefDoctor(municipality()),
        _ => Role::GroupLeader(group_of(number % GROUPS)),
    }
}

impl World {
    /// Three operators, appointed by the binary.
    fn new() -> Self {
        let operator = |appointee| AppointmentRow {
            role: Role::Operator,
            appointee,
            proposer: 0,
            confirmed: Some((0, 0)),
            until: BEGINNING + 1_000,
            ended: false,
        };
        Self {
            appointments: vec![operator(2), operator(3), operator(4)],
            ..Self::default()
        }
    }

    fn actor(&self, number: u8) -> Actor {
        let mut actor = somebody(number, number.into());
        for row in &self.appointments {
            if let (true, false, Some((_, from))) =
                (row.appointee == number, row.ended, row.confirmed)
            {
                actor.standings.push(Standing {
                    role: row.role.clone(),
                    from: at(from),
                    until: at(row.until),
                });
            }
        }
        actor
    }

    fn facts(&self, asker: u8, group: u8, appointment: Option<usize>) -> Facts {
        let shares = self.shares.iter().map(|row| ShareFacts {
            audience: Audience::Group(group_of(row.group)),
            edition: None,
            given: at(row.given),
            withdrawn: row.withdrawn.is_some(),
            doctor_is_member: self.members.contains(&(row.group, 1)),
        });
        let row = appointment.and_then(|which| self.appointments.get(which));
        Facts {
            edition_on_shelf: true,
            asker_is_member: self.members.contains(&(group, asker)),
            shares: shares.collect(),
            appointment: row.map(|row| AppointmentFacts {
                appointee: Some(person(row.appointee)),
                appointee_hpr: Some(hpr(row.appointee.into())),
                proposer: (row.proposer > 0).then(|| person(row.proposer)),
                waits: row.confirmed.is_none(),
                ended: row.ended,
            }),
            ..Facts::default()
        }
    }

    fn may(&self, by: u8, act: Act, about: About, facts: &Facts, second: i64) -> bool {
        decide(&self.actor(by), act, about, facts, at(second)).is_ok()
    }

    fn take(&mut self, step: &Step, second: i64) {
        match *step {
            Step::Propose {
                by,
                whom,
                role,
                lasts,
            } => {
                let about = About::Prescriber(hpr(whom.into()));
                let facts = self.facts(by, 0, None);
                if self.may(by, Act::ProposeAppointment, about, &facts, second) {
                    self.appointments.push(AppointmentRow {
                        role: role_of(role),
                        appointee: whom,
                        proposer: by,
                        confirmed: None,
                        until: second + lasts,
                        ended: false,
                    });
                }
            }
            Step::Confirm { by, which } => {
                let which = which % self.appointments.len();
                let about = example(Act::ConfirmAppointment);
                let facts = self.facts(by, 0, Some(which));
                if self.may(by, Act::ConfirmAppointment, about, &facts, second) {
                    self.appointments[which].confirmed = Some((by, second));
                }
            }
            Step::End { by, which } => {
                let which = which % self.appointments.len();
                let about = example(Act::EndAppointment);
                let facts = self.facts(by, 0, Some(which));
                if self.may(by, Act::EndAppointment, about, &facts, second) {
                    self.appointments[which].ended = true;
                }
            }
            Step::Enrol {
                by,
                group,
                whom,
                out,
            } => {
                let about = About::Member(group_of(group), hpr(whom.into()));
                let facts = self.facts(by, group, None);
                if self.may(by, Act::KeepRoster, about, &facts, second) {
                    self.members.retain(|member| *member != (group, whom));
                    if !out {
                        self.members.push((group, whom));
                    }
                }
            }
            Step::Share { by, group } => {
                if self.may_share(by, Act::GiveShare, group, second) {
                    self.shares.push(ShareRow {
                        group,
                        given: second,
                        withdrawn: None,
                    });
                }
            }
            Step::Withdraw { by, group } => {
                if self.may_share(by, Act::WithdrawShare, group, second) {
                    for share in self.shares.iter_mut().filter(|share| share.group == group) {
                        share.withdrawn.get_or_insert(second);
                    }
                }
            }
        }
    }

    fn may_share(&self, by: u8, act: Act, group: u8, second: i64) -> bool {
        let about = About::Shared(hpr(DOCTOR), Audience::Group(group_of(group)));
        self.may(by, act, about, &self.facts(by, group, None), second)
    }

    /// Whether anything at all that can be asked for shows `asker` the doctor's report.
    fn opens(&self, asker: u8, second: i64) -> bool {
        let facts = self.facts(asker, 0, None);
        [
            Act::ReadOwnReport,
            Act::FetchOwnReport,
            Act::ReadSharedReport,
        ]
        .into_iter()
        .any(|act| {
            self.may(
                asker,
                act,
                About::Report(hpr(DOCTOR), edition()),
                &facts,
                second,
            )
        })
    }

    /// The same in plain loops, from the rows.
    fn ought_to_open(&self, asker: u8, second: i64) -> bool {
        for share in &self.shares {
            if share.withdrawn.is_some() || !self.members.contains(&(share.group, 1)) {
                continue;
            }
            for row in &self.appointments {
                let Some((confirmer, from)) = row.confirmed else {
                    continue;
                };
                if row.appointee == asker
                    && row.role == Role::GroupLeader(group_of(share.group))
                    && !row.ended
                    && row.proposer != confirmer
                    && asker != confirmer
                    && from <= share.given
                    && second < row.until
                {
                    return true;
                }
            }
        }
        false
    }
}

fn step(by: impl Strategy<Value = u8> + Clone + 'static) -> impl Strategy<Value = Step> {
    let (whom, group) = (1..=PEOPLE, 0..GROUPS);
    prop_oneof![
        3 => (by.clone(), whom.clone(), 0u8..8, 1i64..60)
            .prop_map(|(by, whom, role, lasts)| Step::Propose { by, whom, role, lasts }),
        4 => (by.clone(), any::<usize>()).prop_map(|(by, which)| Step::Confirm { by, which }),
        1 => (by.clone(), any::<usize>()).prop_map(|(by, which)| Step::End { by, which }),
        4 => (by.clone(), group.clone(), whom, any::<bool>())
            .prop_map(|(by, group, whom, out)| Step::Enrol { by, group, whom, out }),
        3 => (by.clone(), group.clone()).prop_map(|(by, group)| Step::Share { by, group }),
        1 => (by, group).prop_map(|(by, group)| Step::Withdraw { by, group }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_sequence_of_acts_by_others_opens_a_report_that_its_doctor_does_not_share(
        steps in prop::collection::vec(step(2..=PEOPLE), 0..60),
    ) {
        let mut world = World::new();
        for (step, second) in steps.iter().zip(BEGINNING..) {
            world.take(step, second);
            for asker in 2..=PEOPLE {
                prop_assert!(!world.opens(asker, second), "person {asker} after {step:?}");
            }
        }
        prop_assert!(world.shares.is_empty());
    }

    #[test]
    fn a_report_is_open_to_exactly_those_leaders_whom_its_doctor_gave_a_share_that_stands(
        steps in prop::collection::vec(step(1..=PEOPLE), 0..60),
    ) {
        let mut world = World::new();
        for (step, second) in steps.iter().zip(BEGINNING..) {
            world.take(step, second);
            prop_assert!(world.opens(1, second));
            for asker in 2..=PEOPLE {
                prop_assert_eq!(world.opens(asker, second), world.ought_to_open(asker, second));
            }
        }
    }

    #[test]
    fn an_appointment_that_is_over_gives_nothing_whatever_it_was(
        role in 0u8..8, act in 0..Act::ALL.len(), later in 0i64..100_000,
    ) {
        let bare = somebody(9, 9);
        let over = appointed(bare.clone(), role_of(role));
        let act = Act::ALL[act];
        let facts = Facts { shares: vec![share()], ..plain_facts() };
        let answer = |actor| decide(actor, act, example(act), &facts, at(10_000 + later)).is_ok();
        prop_assert_eq!(answer(&over), answer(&bare));
    }

    #[test]
    fn a_verb_of_the_binary_reads_nothing(act in 0..Act::ALL.len(), second in 0i64..100_000) {
        let act = Act::ALL[act];
        let facts = Facts { shares: vec![share()], ..plain_facts() };
        let answer = decide(&Actor::verb("maintain"), act, example(act), &facts, at(second));
        prop_assert!(answer.is_err() || matches!(act, Act::AppointFirstOperators | Act::Maintain));
    }
}

#[test]
fn the_small_world_does_open_a_report_when_everybody_plays_their_part() {
    let mut world = World::new();
    let steps = [
        Step::Propose {
            by: 2,
            whom: 5,
            role: 3,
            lasts: 50,
        },
        Step::Confirm { by: 3, which: 3 },
        Step::Enrol {
            by: 5,
            group: 1,
            whom: 1,
            out: false,
        },
        Step::Share { by: 1, group: 1 },
    ];
    for (step, second) in steps.iter().zip(BEGINNING..) {
        assert!(!world.opens(5, second));
        world.take(step, second);
    }
    assert!(world.opens(5, BEGINNING + 4) && !world.opens(6, BEGINNING + 4));
    world.take(&Step::Withdraw { by: 1, group: 1 }, BEGINNING + 5);
    assert!(!world.opens(5, BEGINNING + 5));
}
