//! Many at once: more than the journal has connections for readers.

use riktig_portal::ROUTES;

use crate::world::World;

/// Everything that can be read without a name in its address.
fn pages() -> impl Iterator<Item = &'static str> {
    ROUTES
        .iter()
        .filter(|route| route.method == "GET" && !route.path.contains('{'))
        .map(|route| route.path)
}

/// Whoever holds one connection while waiting for another waits for ever when all others do the same.
#[tokio::test]
async fn a_page_that_eight_ask_for_at_once_is_there_for_all_of_them() {
    let world = World::new().await;
    for persona in [
        "doctor",
        "leader",
        "operator",
        "researcher",
        "chief",
        "duty-leader",
    ] {
        let browser = world.log_in(persona).await;
        for path in pages() {
            let one = || browser.get(path);
            let answers = tokio::join!(one(), one(), one(), one(), one(), one(), one(), one());
            let answers: [_; 8] = answers.into();
            for answer in answers {
                assert!(
                    !answer.status.is_server_error(),
                    "{persona} {path}: {} {}",
                    answer.status,
                    answer.words()
                );
            }
        }
    }
}
