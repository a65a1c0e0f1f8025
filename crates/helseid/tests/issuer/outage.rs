//! The issuer is down, slow, large, or not the issuer.

use riktig_helseid::{Client, LoginError, Problem, SettingsError};
use riktig_testkit::issuer::{Answer, Fault, Issuer};
use serde_json::json;

use crate::world::{BACK, World, at};

async fn problem(world: &World, fault: Fault) -> Problem {
    world.issuer.misbehave(fault);
    let refusal = world.log_in("doctor").await.unwrap_err();
    world.issuer.behave();
    match refusal {
        LoginError::Issuer(error) => error.problem,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn an_endpoint_that_fails_is_named_and_works_again_when_it_does() {
    let mut world = World::new().await;
    for endpoint in ["openid-configuration", "jwks", "par", "token"] {
        for (answer, expected) in [
            (Answer::Status(500, "broken"), Problem::Status(500)),
            (Answer::Status(200, "<html>"), Problem::Unreadable),
            (Answer::Large(300_000), Problem::TooLarge),
            (
                Answer::Elsewhere("http://127.0.0.1:1/"),
                Problem::Status(303),
            ),
        ] {
            let fresh = World::new().await; // nothing in its memory
            let found = problem(&fresh, Fault::Answer(endpoint, answer)).await;
            assert_eq!(found, expected, "{endpoint}");
        }
    }
    world
        .issuer
        .misbehave(Fault::Answer("jwks", Answer::Status(503, "")));
    assert!(world.client.ready(world.now).await.is_err());
    world.issuer.behave();
    world.wait(2);
    world.client.ready(world.now).await.unwrap();
    world.log_in("doctor").await.unwrap();
}

#[tokio::test]
async fn refusals_of_the_issuer_are_told_in_the_words_of_the_standard_and_no_others() {
    let world = World::new().await;
    for (text, shown) in [
        (r#"{"error":"invalid_scope"}"#, "it refused: invalid_scope"),
        (
            r#"{"error":"13097248022","error_description":"13097248022"}"#,
            "it refused: another error",
        ),
        ("13097248022", "it answered with status 400"),
    ] {
        let found = problem(&world, Fault::Answer("par", Answer::Status(400, text))).await;
        assert_eq!(found.to_string(), shown);
    }
}

#[tokio::test]
async fn metadata_and_keys_serve_for_one_more_day_when_they_cannot_be_fetched_again() {
    let mut world = World::new().await;
    world.log_in("doctor").await.unwrap();
    for endpoint in ["openid-configuration", "jwks"] {
        world
            .issuer
            .misbehave(Fault::Answer(endpoint, Answer::Status(500, "")));
    }
    world.wait(47 * 3600);
    world
        .log_in("doctor")
        .await
        .expect("a day old, and nothing better to be had");
    world.wait(3600);
    let refusal = world.log_in("doctor").await.unwrap_err();
    assert!(matches!(refusal, LoginError::Issuer(_)), "{refusal}");
    world.issuer.behave();
    world.wait(2);
    world.log_in("doctor").await.unwrap();
}

#[tokio::test]
async fn an_issuer_that_does_not_answer_in_time_is_given_up() {
    let world = World::new().await;
    let slow = Answer::Slow(std::time::Duration::from_secs(30));
    let found = problem(&world, Fault::Answer("par", slow)).await;
    assert_eq!(found, Problem::TooSlow);
}

#[tokio::test]
async fn nobody_at_the_address_is_said_without_the_address() {
    let settings = Issuer::start(at(0)).await.settings(BACK); // the issuer ends here
    let refusal = Client::new(settings)
        .unwrap()
        .begin(at(0))
        .await
        .unwrap_err();
    let LoginError::Issuer(error) = refusal else {
        panic!("{refusal}")
    };
    assert_eq!(
        error.to_string(),
        "cannot use the issuer's metadata: no answer came"
    );
}

#[tokio::test]
async fn metadata_that_are_not_this_issuers_or_offer_too_little_are_refused() {
    for (member, value, expected) in [
        (
            "issuer",
            json!("https://evil.example.org"),
            Problem::OtherIssuer,
        ),
        (
            "token_endpoint",
            json!("http://helseid.example.org/token"),
            Problem::NotHttps,
        ),
        ("jwks_uri", json!("file:///etc/passwd"), Problem::NotHttps),
        ("authorization_endpoint", json!(null), Problem::Unreadable),
        (
            "authorization_endpoint",
            json!("connect/authorize"),
            Problem::Unreadable,
        ),
        (
            "pushed_authorization_request_endpoint",
            json!(null),
            Problem::NotOffered("pushed requests"),
        ),
        (
            "code_challenge_methods_supported",
            json!(["plain"]),
            Problem::NotOffered("S256"),
        ),
        (
            "token_endpoint_auth_methods_supported",
            json!(["client_secret_post"]),
            Problem::NotOffered("private_key_jwt"),
        ),
        (
            "dpop_signing_alg_values_supported",
            json!(["RS256"]),
            Problem::NotOffered("ES256"),
        ),
    ] {
        let world = World::new().await;
        let found = problem(&world, Fault::Metadata(member, value)).await;
        assert_eq!(found, expected, "{member}");
    }
}

#[tokio::test]
async fn settings_that_cannot_be_right_are_refused_at_the_start() {
    let issuer = Issuer::start(at(0)).await;
    let refused = |change: &dyn Fn(&mut riktig_helseid::Settings)| {
        let mut settings = issuer.settings(BACK);
        change(&mut settings);
        Client::new(settings).err().expect("refused")
    };
    let error = refused(&|settings| settings.issuer = "http://helseid.example.org".into());
    assert!(matches!(error, SettingsError::NotHttps { .. }), "{error}");
    let error = refused(&|settings| settings.issuer = "helseid".into());
    assert!(
        matches!(error, SettingsError::NotAnAddress { .. }),
        "{error}"
    );
    let error = refused(&|settings| settings.issuer = "https://helseid.example.org/?a".into());
    assert!(
        matches!(error, SettingsError::NotAnAddress { .. }),
        "{error}"
    );
    let error =
        refused(&|settings| settings.redirect_uri = "http://portal.example.org/".parse().unwrap());
    assert!(matches!(error, SettingsError::NotHttps { .. }), "{error}");
    let error = refused(&|settings| settings.client_id.clear());
    assert!(matches!(error, SettingsError::Missing { .. }), "{error}");
    let error = refused(&|settings| settings.scopes.clear());
    assert!(matches!(error, SettingsError::Missing { .. }), "{error}");
}
