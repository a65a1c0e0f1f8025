//! Keys change: the issuer's, and ours.

use riktig_helseid::{Client, ClientKeys, LoginError, TokenRefusal};
use riktig_testkit::issuer::{Fault, Issuer, Spoiled, new_key};
use serde_json::json;

use crate::world::{BACK, World, at};

#[tokio::test]
async fn when_the_issuer_changes_its_key_the_next_login_fetches_it() {
    let mut world = World::new().await;
    world.log_in("doctor").await.unwrap();
    world.wait(60);
    world.issuer.change_key();
    world.log_in("doctor").await.unwrap();
    assert_eq!(world.issuer.asked("jwks"), 2);
}

#[tokio::test]
async fn unknown_keys_make_us_fetch_at_most_once_a_minute() {
    let mut world = World::new().await;
    let unknown = Fault::IdToken(Spoiled::Header(json!({ "kid": "nobody's" })));
    world.issuer.misbehave(unknown);
    for (seconds, fetched) in [(0, 1), (59, 1), (1, 2), (1, 2), (59, 3)] {
        world.wait(seconds);
        let refusal = world.log_in("doctor").await.unwrap_err();
        assert!(matches!(
            refusal,
            LoginError::Token(TokenRefusal::UnknownKey)
        ));
        assert_eq!(world.issuer.asked("jwks"), fetched);
    }
}

#[tokio::test]
async fn a_hundred_unknown_keys_at_once_make_one_fetch() {
    let mut world = World::new().await;
    world.client.ready(world.now).await.unwrap();
    world.wait(61);
    let foreign = new_key("foreign");
    let token = foreign.sign(
        &json!({ "typ": "logout+jwt", "kid": "foreign" }),
        &json!({}),
    );
    let (client, now) = (std::sync::Arc::new(world.client), world.now);
    let asked: Vec<_> = (0..100)
        .map(|_| {
            let (client, token) = (std::sync::Arc::clone(&client), token.clone());
            tokio::spawn(async move { client.logout_token(&token, now).await.is_err() })
        })
        .collect();
    for refused in asked {
        assert!(refused.await.unwrap());
    }
    assert_eq!(world.issuer.asked("jwks"), 2);
}

#[tokio::test]
async fn while_our_key_is_changed_either_of_the_two_may_be_the_one_that_counts() {
    let now = at(1_800_000_000);
    let issuer = Issuer::start(now).await;
    let (new, old) = (new_key("new"), new_key("old"));
    let mut settings = issuer.settings(BACK);
    issuer.unregister("client key 1");
    settings.keys = ClientKeys::changing(new.clone(), old.clone());
    let client = Client::new(settings).unwrap();
    let log_in = async || {
        let (url, pending) = client.begin(now).await?;
        client
            .finish(pending, &issuer.log_in(&url, "doctor"), now)
            .await
    };

    issuer.register(&old);
    log_in().await.expect("only the old one counts yet");
    assert_eq!(issuer.asked("par"), 2, "the new one was tried first");
    assert_eq!(
        issuer.asked("token"),
        1,
        "the one that counted was remembered"
    );
    issuer.register(&new);
    log_in().await.expect("both count");
    issuer.unregister("old");
    log_in().await.expect("only the new one counts");
    log_in().await.unwrap();
    assert_eq!(issuer.asked("par"), 2 + 1 + 2 + 1);
    issuer.unregister("new");
    let refusal = log_in().await.unwrap_err();
    let LoginError::Issuer(source) = refusal else {
        panic!("{refusal}")
    };
    assert!(source.to_string().contains("invalid_client"), "{source}");
}
