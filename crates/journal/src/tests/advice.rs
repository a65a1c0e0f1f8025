use super::*;
use crate::ChangeError;
use crate::advice_cards;
use crate::advised::{self, Outcome, Shown, Told};
use crate::cds_client::{self, Keys, Terms};
use crate::id::ClientId;
use crate::policy::{Reason, RuleName};
use crate::suite::on_both;
use crate::switch;

const PNEUMONIA: &str = "pneumonia";

fn rule(name: &str) -> About {
    About::Rule(name.parse::<RuleName>().expect("a rule"))
}

async fn switch_off(world: &World, operator: &Actor, name: &str, now: Timestamp) {
    let mut acting = acting(world, operator, Act::SwitchRuleOff, rule(name), now).await;
    switch::off(&mut acting, "new warning about the drug")
        .await
        .expect("it is on");
    acting.done().await.expect("it is written");
}

pub(super) fn terms() -> Terms {
    Terms {
        name: "Journalsystemet".to_owned(),
        issuer: "https://epj.example.no".to_owned(),
        keys: Keys::At("https://epj.example.no/jwks.json".to_owned()),
        fhir_server: Some("https://epj.example.no/fhir".to_owned()),
        newer: false,
        until: moment(1_000),
    }
}

pub(super) async fn propose(world: &World, operator: &Actor, terms: &Terms) -> ClientId {
    let id = cds_client::new_id(moment(2)).expect("chance");
    let mut acting = acting(
        world,
        operator,
        Act::ProposeClient,
        About::Client(id),
        moment(2),
    )
    .await;
    cds_client::propose(&mut acting, terms)
        .await
        .expect("it fits");
    acting.done().await.expect("it is written");
    id
}

pub(super) async fn confirm(world: &World, operator: &Actor, id: ClientId) {
    let mut acting = acting(
        world,
        operator,
        Act::ConfirmClient,
        About::Client(id),
        moment(3),
    )
    .await;
    cds_client::confirm(&mut acting).await.expect("it waits");
    acting.done().await.expect("it is written");
}

fn card(number: u8, client: Option<ClientId>, prescriber: u32) -> Shown {
    Shown {
        card: [number; 16],
        rule: "pneumonia/penicillin-v".to_owned(),
        client,
        at: moment(10),
        hook: "order-sign",
        instance: [number; 32],
        kind: "differs",
        content: "abc".to_owned(),
        shown: true,
        hpr: (prescriber > 0).then(|| hpr(prescriber)),
    }
}

fn told(number: u8, outcome: Outcome, at: i64) -> Told {
    Told {
        card: [number; 16],
        outcome,
        at: moment(at),
    }
}

async fn met(world: &World, operator: &Actor) -> advised::Met {
    let mut looking = looking(world, operator, Act::SeeAdvice, About::Country, moment(20)).await;
    let rules = advised::met(&mut looking, moment(0))
        .await
        .expect("operators may");
    rules.into_values().next().expect("one rule")
}

on_both! {
    async fn a_rule_is_off_at_once_and_on_again_only_by_another_operator(world: World) {
        let [first, second, _] = operators(&world).await;
        switch_off(&world, &first, PNEUMONIA, moment(1)).await;
        let standing = switch::standing(&world.journal).await.expect("reads");
        assert_eq!((standing.len(), standing[0].rule.as_str()), (1, PNEUMONIA));
        let refusal = refused(&world, &first, Act::SwitchRuleOn, rule(PNEUMONIA), moment(2)).await;
        assert_eq!(refusal.reason, Reason::SamePerson);
        let mut again = acting(&world, &second, Act::SwitchRuleOff, rule(PNEUMONIA), moment(2)).await;
        assert!(matches!(switch::off(&mut again, "x").await, Err(ChangeError::Invalid { .. })));
        drop(again);
        let mut on = acting(&world, &second, Act::SwitchRuleOn, rule(PNEUMONIA), moment(3)).await;
        switch::on(&mut on).await.expect("it is off");
        on.done().await.expect("it is written");
        assert!(switch::standing(&world.journal).await.expect("reads").is_empty());
        let refusal = refused(&world, &first, Act::SwitchRuleOn, rule(PNEUMONIA), moment(4)).await;
        assert_eq!(refusal.reason, Reason::Settled);
        switch_off(&world, &second, PNEUMONIA, moment(5)).await;
        let mut seeing = looking(&world, &first, Act::SeeAdvice, About::Country, moment(6)).await;
        assert_eq!(switch::all(&mut seeing).await.expect("operators may").len(), 2);
    }

    async fn nobody_but_an_operator_touches_switches_and_clients(world: World) {
        let [operator, ..] = operators(&world).await;
        let doctor = log_in(&world, 1, moment(0)).await;
        let id = propose(&world, &operator, &terms()).await;
        for (act, about) in [
            (Act::SwitchRuleOff, rule("*")), (Act::SwitchRuleOn, rule("*")), (Act::SeeAdvice, About::Country),
            (Act::ProposeClient, About::Client(id)), (Act::ConfirmClient, About::Client(id)), (Act::KeepClient, About::Client(id)),
            (Act::ProposeShowing, About::Client(id)), (Act::ApproveShowing, About::Client(id)),
            (Act::RefuseShowing, About::Client(id)), (Act::WithdrawShowing, About::Client(id)),
        ] {
            assert_eq!(refused(&world, &doctor, act, about, moment(3)).await.reason, Reason::NoStanding, "{act:?}");
        }
    }

    async fn a_client_may_ask_when_a_second_operator_has_confirmed_it_and_until_its_end(world: World) {
        let [first, second, third] = operators(&world).await;
        let id = propose(&world, &first, &terms()).await;
        assert!(cds_client::in_force(&world.journal, moment(3)).await.expect("reads").is_empty());
        let refusal = refused(&world, &first, Act::ConfirmClient, About::Client(id), moment(3)).await;
        assert_eq!(refusal.reason, Reason::SamePerson);
        confirm(&world, &second, id).await;
        let refusal = refused(&world, &third, Act::ConfirmClient, About::Client(id), moment(4)).await;
        assert_eq!(refusal.reason, Reason::Settled);
        let found = cds_client::in_force(&world.journal, moment(999)).await.expect("reads");
        assert_eq!((found.len(), found[0].id, &found[0].terms), (1, id, &terms()));
        assert!(cds_client::in_force(&world.journal, moment(1_000)).await.expect("reads").is_empty());

        // Another with the same issuer takes its place in the moment in which it is confirmed.
        let next = propose(&world, &second, &terms()).await;
        confirm(&world, &third, next).await;
        let found = cds_client::in_force(&world.journal, moment(5)).await.expect("reads");
        assert_eq!((found.len(), found[0].id), (1, next));
        let mut keeping = acting(&world, &first, Act::KeepClient, About::Client(next), moment(6)).await;
        cds_client::end(&mut keeping).await.expect("it stands");
        keeping.done().await.expect("it is written");
        assert!(cds_client::in_force(&world.journal, moment(7)).await.expect("reads").is_empty());
        let mut seeing = looking(&world, &first, Act::SeeAdvice, About::Country, moment(8)).await;
        assert_eq!(cds_client::all(&mut seeing).await.expect("operators may").len(), 2);
    }

    async fn a_client_without_an_end_or_with_an_unsafe_address_is_not_taken(world: World) {
        let [operator, ..] = operators(&world).await;
        let id = cds_client::new_id(moment(2)).expect("chance");
        let bad = [
            Terms { until: moment(2), ..terms() },
            Terms { until: moment(0) + cds_client::LONGEST + cds_client::LONGEST, ..terms() },
            Terms { name: " ".to_owned(), ..terms() },
            Terms { keys: Keys::At("http://epj.example.no/jwks.json".to_owned()), ..terms() },
            Terms { keys: Keys::Here("no keys".to_owned()), ..terms() },
            Terms { fhir_server: Some("https://user@epj.example.no".to_owned()), ..terms() },
        ];
        let mut proposing = acting(&world, &operator, Act::ProposeClient, About::Client(id), moment(2)).await;
        for terms in bad {
            let refused = cds_client::propose(&mut proposing, &terms).await;
            assert!(matches!(refused, Err(ChangeError::Invalid { .. })), "{terms:?}");
        }
    }

    async fn what_is_told_twice_counts_once_and_the_latest_stands_in_whatever_order_it_comes(world: World) {
        let [operator, ..] = operators(&world).await;
        let cards: Vec<Shown> = (1..=7).map(|number| card(number, None, number.into())).collect();
        // The first is told of before the row that says it was shown.
        for _ in 0..2 {
            advised::tell(&world.journal, None, &[told(1, Outcome::Accepted, 11)], moment(11)).await.expect("writes");
            advised::note(&world.journal, &cards).await.expect("writes");
        }
        // The second is told of by a system that never got it.
        let other = cds_client::new_id(moment(2)).expect("chance");
        advised::tell(&world.journal, Some(other), &[told(2, Outcome::Accepted, 11)], moment(11)).await.expect("writes");
        advised::tell(&world.journal, None, &[told(3, Outcome::Overridden(Some("severe")), 13)], moment(13)).await.expect("writes");
        advised::tell(&world.journal, None, &[told(3, Outcome::Accepted, 12)], moment(14)).await.expect("writes");
        for number in 4..=6 {
            advised::tell(&world.journal, None, &[told(number, Outcome::Accepted, 11)], moment(11)).await.expect("writes");
        }
        let met = met(&world, &operator).await;
        let answers = met.answers.expect("five have answered");
        assert_eq!((met.shown, met.measured, answers.accepted, answers.overridden), (7, 0, 4, 1));
        assert_eq!(answers.reasons, [("severe".to_owned(), 1)]);
    }

    async fn answers_of_fewer_than_five_known_prescribers_are_not_told(world: World) {
        let [operator, ..] = operators(&world).await;
        let mut cards: Vec<Shown> = (1..=5).map(|number| card(number, None, number.into())).collect();
        // A second card of the first, and one of somebody whom the system did not tell.
        cards.extend([card(6, None, 1), card(7, None, 0)]);
        advised::note(&world.journal, &cards).await.expect("writes");
        for number in [1, 2, 3, 4, 6, 7] {
            advised::tell(&world.journal, None, &[told(number, Outcome::Overridden(None), 11)], moment(11)).await.expect("writes");
        }
        let few = met(&world, &operator).await;
        assert_eq!((few.shown, few.answers), (7, None));
        advised::tell(&world.journal, None, &[told(5, Outcome::Accepted, 11)], moment(11)).await.expect("writes");
        let answers = met(&world, &operator).await.answers.expect("five have answered");
        assert_eq!((answers.accepted, answers.overridden, answers.reasons), (1, 6, vec![(String::new(), 6)]));
    }

    async fn a_doctor_has_their_own_advice_shown_or_measured_and_nobody_else_s(world: World) {
        let measured = Shown { shown: false, at: moment(9), ..card(3, None, 1) };
        advised::note(&world.journal, &[card(1, None, 1), card(2, None, 2), measured]).await.expect("writes");
        let other = Outcome::Overridden(Some("other"));
        advised::tell(&world.journal, None, &[told(1, other, 11)], moment(11)).await.expect("writes");
        let doctor = log_in(&world, 1, moment(0)).await;
        let mut seeing = own(&world, &doctor, moment(20)).await;
        let own = advised::own(&mut seeing).await.expect("their own");
        let event = |at, shown, outcome: Option<&str>, reason: Option<&str>| advised::Own {
            at: moment(at),
            rule: "pneumonia/penicillin-v".to_owned(),
            kind: "differs".to_owned(),
            shown,
            outcome: outcome.map(str::to_owned),
            reason: reason.map(str::to_owned),
        };
        assert_eq!(own.events, [event(10, true, Some("overridden"), Some("other")), event(9, false, None, None)]);
        assert!(!own.is_cut_off);
    }

    async fn cards_leave_by_month_and_codes_in_an_order_that_tells_nothing(world: World) {
        let second_rule = Shown { rule: "pneumonia/suspected".to_owned(), ..card(9, None, 1) };
        let silent = Shown { shown: false, ..card(3, None, 1) };
        let shown = [card(9, None, 1), second_rule, card(2, None, 0), silent, card(4, None, 1)];
        advised::note(&world.journal, &shown).await.expect("writes");
        advised::tell(&world.journal, None, &[told(9, Outcome::Overridden(Some("other")), 11)], moment(11)).await.expect("writes");
        let month = advice_cards::month(moment(10));
        let verb = Actor::verb("advice");
        let mut seeing = looking(&world, &verb, Act::Maintain, About::Journal, moment(20)).await;
        let cards = advice_cards::cards(&mut seeing, month.into()).await.expect("the verb may");
        let rule = |name: &str| (format!("pneumonia/{name}"), "abc".to_owned());
        let one = |number: Option<u32>| advice_cards::Card {
            month,
            hpr: number.map(|number| hpr(number).value()),
            rules: vec![rule("penicillin-v")],
            kind: "differs".to_owned(),
            outcome: None,
            reason: None,
        };
        let overridden = advice_cards::Card {
            rules: vec![rule("penicillin-v"), rule("suspected")],
            outcome: Some("overridden".to_owned()),
            reason: Some("other".to_owned()),
            ..one(Some(1))
        };
        assert_eq!(cards, [one(None), one(Some(1)), overridden]);
        let before = advice_cards::cards(&mut seeing, month.prev().into()).await.expect("the verb may");
        assert_eq!(before, []);
        drop(seeing);
        let [operator, ..] = operators(&world).await;
        let mut seeing = looking(&world, &operator, Act::SeeAdvice, About::Country, moment(20)).await;
        let refused = advice_cards::cards(&mut seeing, month.into()).await;
        assert!(matches!(refused, Err(ChangeError::OtherPermit { .. })));
    }

    async fn what_was_only_measured_is_counted_apart(world: World) {
        let [operator, ..] = operators(&world).await;
        let silent = Shown { shown: false, ..card(1, None, 0) };
        advised::note(&world.journal, &[silent]).await.expect("writes");
        advised::tell(&world.journal, None, &[told(1, Outcome::Accepted, 11)], moment(11)).await.expect("writes");
        let met = met(&world, &operator).await;
        assert_eq!((met.shown, met.measured, met.answers), (0, 1, None));
    }
}
