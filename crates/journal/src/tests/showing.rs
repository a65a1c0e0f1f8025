use super::advice::{confirm, propose as propose_client, terms};
use super::*;
use crate::cds_client::{self, CdsClient, Keys, Mode, Terms};
use crate::cds_showing::{self, OPEN_FOR, Outcome, Showing};
use crate::id::ClientId;
use crate::policy::Reason;
use crate::suite::on_both;
use crate::{ChangeError, Journal};

/// A client that two operators let ask, with time enough for proposals to expire.
async fn admitted(world: &World, operators: &[Actor; 3]) -> ClientId {
    let [first, second, _] = operators;
    let until = moment(0) + OPEN_FOR + OPEN_FOR + OPEN_FOR;
    let id = propose_client(world, first, &Terms { until, ..terms() }).await;
    confirm(world, second, id).await;
    id
}

async fn the_client(world: &World, id: ClientId, now: Timestamp) -> CdsClient {
    let found = cds_client::in_force(&world.journal, now)
        .await
        .expect("reads");
    let mut found = found.into_iter().filter(|client| client.id == id);
    found.next().expect("it may ask")
}

async fn mode(world: &World, id: ClientId, now: Timestamp) -> Mode {
    the_client(world, id, now).await.mode
}

/// Proposes, and tells the proposal's number.
async fn propose(world: &World, operator: &Actor, id: ClientId, now: Timestamp) -> i64 {
    let version = the_client(world, id, now).await.version;
    let mut proposing = acting(world, operator, Act::ProposeShowing, About::Client(id), now).await;
    let proposed = cds_showing::propose(&mut proposing, version).await;
    proposed.expect("it is silent");
    proposing.done().await.expect("it is written");
    the_client(world, id, now).await.version
}

async fn approve(world: &World, operator: &Actor, id: ClientId, number: i64, now: Timestamp) {
    let mut approving = acting(world, operator, Act::ApproveShowing, About::Client(id), now).await;
    let approved = cds_showing::approve(&mut approving, number).await;
    approved.expect("it waits");
    approving.done().await.expect("it is written");
}

/// The newest proposal of the one client.
async fn newest(world: &World, operator: &Actor) -> Showing {
    let about = About::Country;
    let mut seeing = looking(world, operator, Act::SeeAdvice, about, moment(20)).await;
    let all = cds_showing::all(&mut seeing).await.expect("operators may");
    all.into_iter().next().expect("one was proposed")
}

fn settled(showing: &Showing) -> Option<(Outcome, Option<&str>)> {
    let settled = showing.settled.as_ref()?;
    Some((settled.outcome, settled.reason.as_deref()))
}

/// Approves as a request of its own would, from the question to the last line.
async fn tries(journal: &Journal, operator: &Actor, id: ClientId, number: i64) -> bool {
    let (act, about) = (Act::ApproveShowing, About::Client(id));
    let Ok(mut approving) = journal.ask_to_act(operator, act, about, moment(6)).await else {
        return false;
    };
    if cds_showing::approve(&mut approving, number).await.is_err() {
        return false;
    }
    approving.done().await.is_ok()
}

on_both! {
    async fn a_client_is_silent_until_a_second_operator_has_approved_that_it_is_shown(world: World) {
        let operators = operators(&world).await;
        let [first, second, third] = &operators;
        let id = admitted(&world, &operators).await;
        assert_eq!(mode(&world, id, moment(4)).await, Mode::Silent);
        let number = propose(&world, first, id, moment(5)).await;
        assert_eq!(mode(&world, id, moment(5)).await, Mode::Silent);
        let refusal = refused(&world, first, Act::ApproveShowing, About::Client(id), moment(6)).await;
        assert_eq!(refusal.reason, Reason::SamePerson);
        let refusal = refused(&world, third, Act::ProposeShowing, About::Client(id), moment(6)).await;
        assert_eq!(refusal.reason, Reason::Settled);
        approve(&world, second, id, number, moment(6)).await;
        assert_eq!(mode(&world, id, moment(6)).await, Mode::Showing);
        let told = newest(&world, first).await;
        let by = told.settled.as_ref().and_then(|it| it.by);
        assert_eq!((Some(told.proposed_by), by), (first.person(), second.person()));
        assert_eq!((told.proposed_at, told.until), (moment(5), moment(5) + OPEN_FOR));
        let refusal = refused(&world, third, Act::ApproveShowing, About::Client(id), moment(7)).await;
        assert_eq!(refusal.reason, Reason::Settled);
    }

    async fn one_operator_makes_a_client_silent_at_once_and_two_must_show_it_again(world: World) {
        let operators = operators(&world).await;
        let [first, second, _] = &operators;
        let id = admitted(&world, &operators).await;
        let number = propose(&world, first, id, moment(5)).await;
        approve(&world, second, id, number, moment(6)).await;
        let mut keeping = acting(&world, first, Act::KeepClient, About::Client(id), moment(7)).await;
        cds_client::hush(&mut keeping).await.expect("it is shown");
        keeping.done().await.expect("it is written");
        assert_eq!(mode(&world, id, moment(7)).await, Mode::Silent);
        let refusal = refused(&world, second, Act::ApproveShowing, About::Client(id), moment(8)).await;
        assert_eq!(refusal.reason, Reason::Settled);
        let mut keeping = acting(&world, first, Act::KeepClient, About::Client(id), moment(8)).await;
        assert!(matches!(cds_client::hush(&mut keeping).await, Err(ChangeError::Conflict { .. })));
    }

    async fn of_two_operators_who_approve_at_once_one_wins(world: World) {
        let operators = operators(&world).await;
        let [first, second, third] = &operators;
        let id = admitted(&world, &operators).await;
        let number = propose(&world, first, id, moment(5)).await;
        let journal = &world.journal;
        let both = tokio::join!(tries(journal, second, id, number), tries(journal, third, id, number));
        assert!(both.0 != both.1, "{both:?}");
        assert_eq!(mode(&world, id, moment(6)).await, Mode::Showing);
        let by = newest(&world, first).await.settled.and_then(|it| it.by);
        assert_eq!(by, if both.0 { second.person() } else { third.person() });
    }

    async fn a_proposal_expires_after_fourteen_days_and_may_be_made_again(world: World) {
        let operators = operators(&world).await;
        let [first, second, _] = &operators;
        let id = admitted(&world, &operators).await;
        let number = propose(&world, first, id, moment(5)).await;
        let end = moment(5) + OPEN_FOR;
        for act in [Act::ApproveShowing, Act::RefuseShowing] {
            let refusal = refused(&world, second, act, About::Client(id), end).await;
            assert_eq!(refusal.reason, Reason::Expired, "{act:?}");
        }
        let old = newest(&world, first).await;
        assert_eq!((old.waits(end), old.outcome(end)), (false, Some(Outcome::Expired)));
        let again = propose(&world, second, id, end).await;
        assert!(again > number);
        assert_eq!(mode(&world, id, end).await, Mode::Silent);
        let last = end + OPEN_FOR - SignedDuration::from_secs(1);
        approve(&world, first, id, again, last).await;
        assert_eq!(mode(&world, id, last).await, Mode::Showing);
    }

    async fn a_proposal_is_withdrawn_by_whoever_made_it_and_refused_by_another_with_a_reason(world: World) {
        let operators = operators(&world).await;
        let [first, second, _] = &operators;
        let id = admitted(&world, &operators).await;
        let number = propose(&world, first, id, moment(5)).await;
        let about = || About::Client(id);
        assert_eq!(refused(&world, second, Act::WithdrawShowing, about(), moment(6)).await.reason, Reason::NoStanding);
        assert_eq!(refused(&world, first, Act::RefuseShowing, about(), moment(6)).await.reason, Reason::SamePerson);
        let mut withdrawing = acting(&world, first, Act::WithdrawShowing, about(), moment(6)).await;
        cds_showing::withdraw(&mut withdrawing, number).await.expect("it waits");
        withdrawing.done().await.expect("it is written");
        assert_eq!(refused(&world, second, Act::ApproveShowing, about(), moment(7)).await.reason, Reason::Settled);
        assert_eq!(settled(&newest(&world, first).await), Some((Outcome::Withdrawn, None)));

        let next = propose(&world, first, id, moment(8)).await;
        let mut refusing = acting(&world, second, Act::RefuseShowing, about(), moment(9)).await;
        assert!(matches!(cds_showing::refuse(&mut refusing, next, " ").await, Err(ChangeError::Invalid { .. })));
        cds_showing::refuse(&mut refusing, next, "half of the calls lack the allergy list").await.expect("it waits");
        refusing.done().await.expect("it is written");
        let told = newest(&world, first).await;
        assert_eq!(settled(&told), Some((Outcome::Refused, Some("half of the calls lack the allergy list"))));
        assert_eq!(mode(&world, id, moment(9)).await, Mode::Silent);
    }

    async fn who_looked_at_an_earlier_proposal_approves_no_later_one(world: World) {
        let operators = operators(&world).await;
        let [first, second, third] = &operators;
        let id = admitted(&world, &operators).await;
        let seen = propose(&world, first, id, moment(5)).await;
        let mut withdrawing = acting(&world, first, Act::WithdrawShowing, About::Client(id), moment(6)).await;
        cds_showing::withdraw(&mut withdrawing, seen).await.expect("it waits");
        withdrawing.done().await.expect("it is written");
        let later = propose(&world, third, id, moment(7)).await;
        let mut approving = acting(&world, second, Act::ApproveShowing, About::Client(id), moment(8)).await;
        let refused = cds_showing::approve(&mut approving, seen).await;
        assert!(matches!(refused, Err(ChangeError::Conflict { current }) if current == later));
        drop(approving);
        assert_eq!(mode(&world, id, moment(8)).await, Mode::Silent);
    }

    async fn another_key_issuer_or_server_is_another_client_and_begins_silent(world: World) {
        let operators = operators(&world).await;
        let [first, second, third] = &operators;
        let id = admitted(&world, &operators).await;
        let number = propose(&world, first, id, moment(5)).await;
        approve(&world, second, id, number, moment(6)).await;
        let keys = Keys::At("https://epj.example.no/new-keys.json".to_owned());
        let next = propose_client(&world, first, &Terms { keys, ..terms() }).await;
        assert_eq!(mode(&world, id, moment(7)).await, Mode::Showing);
        confirm(&world, third, next).await;
        assert_eq!(mode(&world, next, moment(8)).await, Mode::Silent);
        let found = cds_client::in_force(&world.journal, moment(8)).await.expect("reads");
        assert_eq!(found.len(), 1);
        for change in ["key_set_url = 'https://x'", "issuer = 'https://x'", "fhir_server = 'https://x'"] {
            let changed = world.behind_its_back(&format!("UPDATE cds_client SET {change}")).await;
            assert!(changed.is_err(), "{change}");
        }
    }

    async fn the_database_itself_shows_nothing_without_an_approval(world: World) {
        let operators = operators(&world).await;
        let id = admitted(&world, &operators).await;
        propose(&world, &operators[0], id, moment(5)).await;
        let shown = world.behind_its_back("UPDATE cds_client SET mode = 'showing', version = version + 1").await;
        assert!(shown.is_err());
        let own = "UPDATE cds_showing SET outcome = 'approved', settled_by = proposed_by, settled_at = proposed_at + 1";
        assert!(world.behind_its_back(own).await.is_err());
        assert_eq!(mode(&world, id, moment(6)).await, Mode::Silent);
    }
}
