//! Sessions, by example and against a model.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::advised;
use crate::suite::{On, World, moment, on_both, run};

const LIMITS: Limits = Limits {
    idle: SignedDuration::from_mins(30),
    absolute: SignedDuration::from_hours(8),
};

fn login(number: u8) -> NewSession {
    NewSession {
        person: PersonId::from_bytes([number; 16]),
        hpr: HprNumber::from_value(2_000_000),
        organisation: None,
        sub: format!("sub-{number}"),
        sid: Some(format!("sid-{number}")),
        id_token: format!("token-{number}"),
    }
}

async fn begun(world: &World, number: u8, seconds: i64) -> Token {
    let token = begin(&world.journal, login(number), None, LIMITS, moment(seconds)).await;
    token.expect("it begins")
}

async fn at(world: &World, token: &Token, seconds: i64) -> Option<Session> {
    find(&world.journal, token, LIMITS, moment(seconds))
        .await
        .expect("it reads")
}

on_both! {
    async fn a_session_is_found_by_its_token_and_the_journal_does_not_hold_the_token(world: World) {
        let token = begun(&world, 1, 0).await;
        let session = at(&world, &token, 1).await.expect("it holds");
        assert_eq!(session.person, login(1).person);
        assert_eq!(session.hpr, login(1).hpr);
        assert_eq!(session.id_token(&world.journal).as_deref(), Some("token-1"));
        let unknown = Token::draw().expect("there is chance");
        assert_eq!(at(&world, &unknown, 1).await, None);
        let hash_as_token = Token::parse(&{
            use base64::Engine as _;
            base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(token.hash())
        });
        assert_eq!(at(&world, &hash_as_token.expect("32 bytes"), 1).await, None);
    }

    async fn sessions_are_counted_as_long_as_they_hold(world: World) {
        let count = |seconds| in_force(&world.journal, LIMITS, moment(seconds));
        assert_eq!(count(0).await.expect("it reads"), 0);
        begun(&world, 1, 0).await;
        let used = begun(&world, 2, 0).await;
        assert_eq!(count(1).await.expect("it reads"), 2);
        let half_an_hour = 30 * 60;
        at(&world, &used, half_an_hour - 60).await.expect("it holds");
        assert_eq!(count(half_an_hour).await.expect("it reads"), 1);
        assert_eq!(count(8 * 60 * 60).await.expect("it reads"), 0);
    }

    async fn the_token_from_before_the_login_is_worth_nothing_after_it(world: World) {
        let fixed = begun(&world, 1, 0).await;
        let new = begin(&world.journal, login(2), Some(&fixed), LIMITS, moment(1)).await.expect("begins");
        assert_ne!(fixed, new);
        assert_eq!(at(&world, &fixed, 2).await, None);
        assert_eq!(at(&world, &new, 2).await.expect("it holds").person, login(2).person);
    }

    async fn it_ends_after_lying_idle_and_at_its_last_moment_however_used(world: World) {
        let idle = begun(&world, 1, 0).await;
        assert!(at(&world, &idle, 30 * 60 - 1).await.is_some());
        assert!(at(&world, &idle, 60 * 60 - 2).await.is_some(), "the use was noted");
        assert!(at(&world, &idle, 120 * 60).await.is_none());
        let busy = begun(&world, 1, 0).await;
        for minute in (0..8 * 60).step_by(20) {
            assert!(at(&world, &busy, minute * 60).await.is_some(), "minute {minute}");
        }
        assert!(at(&world, &busy, 8 * 3600 - 1).await.is_some());
        assert!(at(&world, &busy, 8 * 3600).await.is_none());
    }

    async fn a_clock_set_back_gives_nobody_more_time(world: World) {
        let token = begun(&world, 1, 10_000).await;
        assert!(at(&world, &token, 11_000).await.is_some());
        assert!(at(&world, &token, 10_000 - 299).await.is_some(), "a small step is borne");
        assert!(at(&world, &token, 10_000 - 301).await.is_none(), "a great one is not");
        assert!(at(&world, &token, 11_000 + 30 * 60 - 1).await.is_some(), "the clock is right again");
    }

    async fn the_issuer_ends_one_session_or_all_of_a_subject(world: World) {
        let (one, two) = (begun(&world, 1, 0).await, begun(&world, 2, 0).await);
        let again = begin(&world.journal, NewSession { sid: Some("other".into()), ..login(1) }, None, LIMITS, moment(0)).await.expect("begins");
        let journal = &world.journal;
        assert_eq!(end_upon_logout(journal, None, None).await.expect("ends"), 0);
        assert_eq!(end_upon_logout(journal, Some("sub-2"), Some("sid-1")).await.expect("ends"), 0);
        assert_eq!(end_upon_logout(journal, None, Some("sid-1")).await.expect("ends"), 1);
        assert!(at(&world, &one, 1).await.is_none());
        assert!(at(&world, &again, 1).await.is_some());
        assert_eq!(end_upon_logout(journal, Some("sub-1"), None).await.expect("ends"), 1);
        assert!(at(&world, &again, 1).await.is_none());
        assert!(at(&world, &two, 1).await.is_some());
        assert_eq!(end_of_person(journal, login(2).person).await.expect("ends"), 1);
        assert!(at(&world, &two, 1).await.is_none());
    }

    async fn a_pending_login_comes_back_once_and_within_ten_minutes(world: World) {
        let journal = &world.journal;
        keep_pending(journal, "state", b"verifier", moment(0)).await.expect("keeps");
        assert!(matches!(keep_pending(journal, "state", b"x", moment(1)).await, Err(JournalError::Conflict { .. })));
        assert_eq!(take_pending(journal, "other", moment(1)).await.expect("reads"), None);
        assert_eq!(take_pending(journal, "state", moment(599)).await.expect("reads").as_deref(), Some(&b"verifier"[..]));
        assert_eq!(take_pending(journal, "state", moment(599)).await.expect("reads"), None);
        keep_pending(journal, "late", b"verifier", moment(0)).await.expect("keeps");
        assert_eq!(take_pending(journal, "late", moment(600)).await.expect("reads"), None);
    }

    async fn what_was_sealed_for_one_login_is_not_opened_in_another(world: World) {
        let journal = &world.journal;
        keep_pending(journal, "mine", b"my verifier", moment(0)).await.expect("keeps");
        keep_pending(journal, "yours", b"your verifier", moment(0)).await.expect("keeps");
        world.behind_its_back("UPDATE pending_login SET sealed = (SELECT sealed FROM pending_login ORDER BY state LIMIT 1)").await.expect("writes");
        let mine = take_pending(journal, "mine", moment(1)).await.expect("reads");
        let yours = take_pending(journal, "yours", moment(1)).await.expect("reads");
        assert_eq!(mine.is_some() as u8 + yours.is_some() as u8, 1);
    }

    async fn an_id_is_used_once_until_its_age_refuses_it(world: World) {
        let journal = &world.journal;
        assert!(use_once(journal, "logout", "jti", moment(60), moment(0)).await.expect("writes"));
        assert!(!use_once(journal, "logout", "jti", moment(60), moment(60)).await.expect("writes"));
        assert!(use_once(journal, "proof", "jti", moment(60), moment(0)).await.expect("writes"));
        assert!(use_once(journal, "logout", "jti", moment(120), moment(61)).await.expect("writes"));
    }

    async fn a_token_that_is_noted_with_advice_is_known_until_its_age_refuses_it(world: World) {
        let journal = &world.journal;
        let used = |mark: u8| Used { mark: [mark; 32], until: moment(60) };
        let note = async |used: &[Used], now: i64| {
            advised::note_with_tokens(journal, &[], (used, moment(now))).await.expect("writes")
        };
        assert!(!was_used(journal, [1; 32]).await.expect("reads"));
        assert_eq!(note(&[used(1), used(2), used(3)], 0).await, 0);
        assert!(was_used(journal, [1; 32]).await.expect("reads"));
        // Two servers took one at once.
        assert_eq!(note(&[used(3), used(4)], 1).await, 1);
        // The next that is noted makes room.
        assert_eq!(note(&[Used { until: moment(120), ..used(5) }], 61).await, 0);
        assert!(!was_used(journal, [1; 32]).await.expect("reads"));
        assert!(was_used(journal, [5; 32]).await.expect("reads"));
    }
}

/// One step of a life of sessions.
#[derive(Debug, Clone)]
enum Step {
    Begin {
        person: u8,
        came_with: Option<usize>,
    },
    Use {
        session: usize,
    },
    End {
        session: usize,
    },
    Logout {
        person: u8,
    },
    Wait {
        minutes: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..3u8, proptest::option::of(0..6usize)).prop_map(|(person, came_with)| Step::Begin { person, came_with }),
        6 => (0..6usize).prop_map(|session| Step::Use { session }),
        1 => (0..6usize).prop_map(|session| Step::End { session }),
        1 => (0..3u8).prop_map(|person| Step::Logout { person }),
        4 => (1..40i64).prop_map(|minutes| Step::Wait { minutes }),
    ]
}

/// The same in plain words: who, since when, last seen when.
type Model = BTreeMap<usize, (u8, i64, i64)>;

async fn live(world: World, steps: Vec<Step>) {
    let (mut tokens, mut model, mut now) = (Vec::new(), Model::new(), 0);
    for step in steps {
        match step {
            Step::Begin { person, came_with } => {
                let old = came_with.filter(|old| *old < tokens.len());
                let old_token = old.map(|old| &tokens[old]);
                let token = begin(
                    &world.journal,
                    login(person),
                    old_token,
                    LIMITS,
                    moment(now),
                )
                .await
                .expect("begins");
                old.and_then(|old| model.remove(&old));
                model.insert(tokens.len(), (person, now, now));
                tokens.push(token);
            }
            Step::Use { session } if session < tokens.len() => {
                let found = at(&world, &tokens[session], now).await;
                let held = model
                    .get_mut(&session)
                    .filter(|(_, began, seen)| now - *began < 8 * 3600 && now - *seen < 1800);
                assert_eq!(
                    found.map(|found| found.person),
                    held.as_ref().map(|held| login(held.0).person)
                );
                if let Some(held) = held {
                    held.2 = now;
                }
            }
            Step::End { session } if session < tokens.len() => {
                end(&world.journal, &tokens[session]).await.expect("ends");
                model.remove(&session);
            }
            Step::Logout { person } => {
                end_upon_logout(&world.journal, Some(&format!("sub-{person}")), None)
                    .await
                    .expect("ends");
                model.retain(|_, held| held.0 != person);
            }
            Step::Wait { minutes } => now += minutes * 60,
            Step::Use { .. } | Step::End { .. } => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn sessions_live_as_the_plain_model_says(steps in proptest::collection::vec(step(), 1..60)) {
        run(On::Sqlite, |world| live(world, steps));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn sessions_live_so_on_postgresql_too(steps in proptest::collection::vec(step(), 1..60)) {
        run(On::Postgres, |world| live(world, steps));
    }
}
