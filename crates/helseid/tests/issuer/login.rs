//! What goes well.

use riktig_codes::NationalId;
use riktig_helseid::{
    Ask, Callback, LoginError, OAuthError, Organisation, Pending, Secret, SecurityLevel,
};
use riktig_testkit::issuer::{Fault, Persona, Spoiled};
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn a_doctor_logs_in_with_identity_number_hpr_number_and_level_four() {
    let world = World::new().await;
    let login = world.log_in("doctor").await.unwrap();
    let pid = Persona::new("doctor", 1, None).pid;
    assert_eq!(login.pid, NationalId::parse(&pid).unwrap().known().unwrap());
    assert_eq!(login.hpr.unwrap().to_string(), "9144897");
    assert_eq!(login.level, SecurityLevel::Four);
    assert_eq!(login.sid.unwrap().reveal(), "session of doctor");
    assert_eq!(login.auth_time, Some(world.now));
}

#[tokio::test]
async fn somebody_who_is_no_health_personnel_logs_in_without_hpr_number() {
    let world = World::new().await;
    assert_eq!(world.log_in("operator").await.unwrap().hpr, None);
}

#[tokio::test]
async fn the_browser_carries_nothing_but_a_reference_to_the_pushed_request() {
    let world = World::new().await;
    let (url, _) = world.client.begin(world.now).await.unwrap();
    let names: Vec<_> = url
        .query_pairs()
        .map(|(name, _)| name.into_owned())
        .collect();
    assert_eq!(names, ["client_id", "request_uri"]);
}

#[tokio::test]
async fn a_pending_login_survives_being_written_down() {
    let world = World::new().await;
    let (url, pending) = world.client.begin(world.now).await.unwrap();
    let written = serde_json::to_string(&pending).unwrap();
    let read: Pending = serde_json::from_str(&written).unwrap();
    let callback = world.issuer.log_in(&url, "doctor");
    assert!(read.state().is(callback.state.as_ref().unwrap().reveal()));
    world
        .client
        .finish(read, &callback, world.now)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_nonce_that_the_issuer_asks_for_is_given_and_remembered() {
    let world = World::new().await;
    world.issuer.misbehave(Fault::Nonce);
    world.log_in("doctor").await.unwrap();
    assert_eq!(world.issuer.asked("token"), 2);
    world.log_in("doctor").await.unwrap();
    assert_eq!(
        world.issuer.asked("token"),
        3,
        "the second login knew the nonce"
    );
}

#[tokio::test]
async fn an_issuer_that_is_never_content_with_a_nonce_is_asked_twice_and_no_more() {
    let world = World::new().await;
    world.issuer.misbehave(Fault::NonceForEver);
    let error = world.log_in("doctor").await.unwrap_err();
    assert!(error.to_string().contains("issuer"), "{error}");
    assert_eq!(world.issuer.asked("token"), 2);
}

#[tokio::test]
async fn metadata_and_keys_are_fetched_once_a_day() {
    let mut world = World::new().await;
    for _ in 0..3 {
        world.log_in("doctor").await.unwrap();
        world.wait(7 * 3600);
    }
    assert_eq!(
        (
            world.issuer.asked("openid-configuration"),
            world.issuer.asked("jwks")
        ),
        (1, 1)
    );
    world.wait(4 * 3600);
    world.log_in("doctor").await.unwrap();
    assert_eq!(
        (
            world.issuer.asked("openid-configuration"),
            world.issuer.asked("jwks")
        ),
        (2, 2)
    );
}

#[tokio::test]
async fn asked_anew_the_person_has_to_have_proved_who_they_are_since() {
    let world = World::new().await;
    let ask = Ask {
        anew: true,
        login_hint: Some("doctor".into()),
        ..Ask::default()
    };
    let (url, pending) = world.client.begin_with(&ask, world.now).await.unwrap();
    let callback = world.issuer.log_in(&url, "doctor");
    world
        .client
        .finish(pending, &callback, world.now)
        .await
        .unwrap();

    let an_hour_ago = json!({ "auth_time": world.now.as_second() - 3600 });
    world
        .issuer
        .misbehave(Fault::IdToken(Spoiled::Claims(an_hour_ago)));
    let (url, pending) = world.client.begin_with(&ask, world.now).await.unwrap();
    let callback = world.issuer.log_in(&url, "doctor");
    let refusal = world
        .client
        .finish(pending, &callback, world.now)
        .await
        .unwrap_err();
    assert!(refusal.to_string().contains("not asked anew"), "{refusal}");
    world.log_in("doctor").await.unwrap();
}

#[tokio::test]
async fn an_organisation_that_the_issuer_names_has_to_be_ours() {
    let (parent, child) = ("983544622".parse().unwrap(), "974760673".parse().unwrap());
    let world = World::with(|_, settings| {
        settings.organisation = Organisation::MultiTenant {
            parent,
            child: Some(child),
        };
    })
    .await;
    let said = |parent: &str, child: &str| {
        Fault::IdToken(Spoiled::Claims(json!({
            "helseid://claims/client/claims/orgnr_parent": parent,
            "helseid://claims/client/claims/orgnr_child": child,
        })))
    };
    world.issuer.misbehave(said("983544622", "974760673"));
    let login = world.log_in("doctor").await.unwrap();
    assert_eq!(
        (login.organisation_parent, login.organisation_child),
        (Some(parent), Some(child))
    );
    world.issuer.behave();
    for (parent, child) in [("974761076", "974760673"), ("983544622", "974761076")] {
        let refusal = world.refusal(said(parent, child)).await;
        assert!(
            refusal.to_string().contains("another organisation"),
            "{refusal}"
        );
    }
}

#[tokio::test]
async fn whoever_turns_back_at_the_issuer_is_not_logged_in_and_the_issuers_words_are_not_repeated()
{
    let world = World::new().await;
    for (said, understood) in [
        ("access_denied", OAuthError::AccessDenied),
        ("13097248022", OAuthError::Other),
    ] {
        let (_, pending) = world.client.begin(world.now).await.unwrap();
        let callback = Callback {
            state: Some(pending.state().clone()),
            iss: Some(world.issuer.url().into()),
            error: Some(said.into()),
            code: None,
        };
        let refusal = world
            .client
            .finish(pending, &callback, world.now)
            .await
            .unwrap_err();
        assert!(matches!(refusal, LoginError::Ended(error) if error == understood));
        assert!(!refusal.to_string().contains("13097248022"));
    }
}

#[tokio::test]
async fn a_login_that_took_too_long_is_begun_anew() {
    let mut world = World::new().await;
    for (seconds, in_time) in [(15 * 60, true), (15 * 60 + 1, false)] {
        let (url, pending) = world.client.begin(world.now).await.unwrap();
        world.wait(seconds);
        let callback = world.issuer.log_in(&url, "doctor");
        let outcome = world.client.finish(pending, &callback, world.now).await;
        assert_eq!(outcome.is_ok(), in_time, "{seconds}");
        assert!(in_time || matches!(outcome, Err(LoginError::TooLate)));
    }
}

#[tokio::test]
async fn a_callback_for_another_browser_without_code_or_from_another_issuer_changes_nothing() {
    let world = World::new().await;
    type Spoil = fn(&mut Callback);
    let spoil: [(&str, Spoil); 6] = [
        ("not begun in this browser", |callback| {
            callback.state = None
        }),
        ("not begun in this browser", |callback| {
            callback.state = Some(Secret::new("other"))
        }),
        ("another issuer", |callback| {
            callback.iss = Some("https://evil.example.org".into())
        }),
        ("another issuer", |callback| callback.iss = None),
        ("no code", |callback| callback.code = None),
        ("no code", |callback| callback.code = Some(Secret::new(""))),
    ];
    for (why, spoil) in spoil {
        let (url, pending) = world.client.begin(world.now).await.unwrap();
        let mut callback = world.issuer.log_in(&url, "doctor");
        spoil(&mut callback);
        let refusal = world
            .client
            .finish(pending, &callback, world.now)
            .await
            .unwrap_err();
        assert!(refusal.to_string().contains(why), "{refusal}");
    }
    assert_eq!(world.issuer.asked("token"), 0, "no code was given away");
}

#[tokio::test]
async fn a_code_of_another_login_is_refused_by_the_issuer_since_verifier_and_key_differ() {
    let world = World::new().await;
    let (theirs, _) = world.client.begin(world.now).await.unwrap();
    let (_, ours) = world.client.begin(world.now).await.unwrap();
    let mut callback = world.issuer.log_in(&theirs, "operator");
    callback.state = Some(ours.state().clone());
    let refusal = world
        .client
        .finish(ours, &callback, world.now)
        .await
        .unwrap_err();
    let LoginError::Issuer(source) = refusal else {
        panic!("{refusal}")
    };
    assert!(source.to_string().contains("invalid_grant"), "{source}");
}
