//! What a doctor shares, as the leader reads it.

use axum::http::StatusCode;

use crate::world::{Browser, World};

/// Links to shared reports on a page.
async fn links(browser: &Browser<'_>, path: &str) -> Vec<String> {
    let text = browser.get(path).await.text();
    let links = text.split("href=\"").skip(1);
    links
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.contains("/shared/"))
        .map(str::to_owned)
        .collect()
}

async fn share(doctor: &Browser<'_>, world: &World, what: &str) {
    let audience = format!("group:{}", world.group);
    let form = [("audience", audience.as_str()), ("what", what)];
    let given = doctor.post("/report/sharing", &form).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
}

#[tokio::test]
async fn the_leader_reads_what_is_shared_until_it_is_taken_back_and_the_doctor_sees_that_in_the_log()
 {
    let world = World::new().await;
    let (doctor, leader) = (world.log_in("doctor").await, world.log_in("leader").await);
    let group = format!("/group/{}", world.group);
    assert_eq!(links(&leader, &group).await, Vec::<String>::new());
    let goal = [
        ("version", "0"),
        ("edition", "2025"),
        ("target", "60"),
        ("plan", "En plan bare for meg"),
    ];
    doctor.post("/goals/RAK-PENV", &goal).await;
    share(&doctor, &world, "2025").await;

    let links = links(&leader, &group).await;
    let [link] = links.as_slice() else {
        panic!("{links:?}");
    };
    let page = leader.get(link).await;
    assert_eq!(page.status, StatusCode::OK);
    let words = page.words();
    for said in [
        "HPR-nummer 9144900",
        "Legen delte rapporten med deg 22. november 2026 kl. 10.42.",
        "Delingen kan tas tilbake når som helst",
        "40 %",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    for own in [
        "En plan bare for meg",
        "Målet ditt",
        "/goals",
        "/report/numbers",
    ] {
        assert!(
            !page
                .text()
                .split("<main")
                .nth(1)
                .expect("a main part")
                .contains(own),
            "{own}"
        );
    }
    let log = doctor.get("/log").await.words();
    assert!(
        log.contains("HPR-nummer 9144905\nÅpnet en rapport som er delt\nDu har delt"),
        "{log}"
    );

    let audience = format!("group:{}", world.group);
    let form = [("audience", audience.as_str())];
    doctor.post("/report/sharing/withdraw", &form).await;
    assert_eq!(leader.get(link).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_share_of_one_edition_opens_that_one_and_a_share_of_all_opens_all() {
    let world = World::new().await;
    let (doctor, leader) = (world.log_in("doctor").await, world.log_in("leader").await);
    let group = format!("/group/{}", world.group);
    share(&doctor, &world, "2025").await;
    let link = links(&leader, &group).await.remove(0);
    let older = format!("{link}?edition=2024");
    assert_eq!(leader.get(&older).await.status, StatusCode::NOT_FOUND);
    share(&doctor, &world, "every").await;
    let mut opened = 0;
    for link in links(&leader, &group).await {
        let page = leader.get(&format!("{link}?edition=2024")).await;
        if page.status == StatusCode::OK {
            assert!(page.words().contains("januar–desember 2024"));
            opened += 1;
        }
    }
    assert_eq!(opened, 1, "the share of all");
}

#[tokio::test]
async fn a_shared_report_is_not_there_for_anybody_else() {
    let world = World::new().await;
    let (doctor, leader) = (world.log_in("doctor").await, world.log_in("leader").await);
    let group = format!("/group/{}", world.group);
    share(&doctor, &world, "every").await;
    let link = links(&leader, &group).await.remove(0);
    for who in [
        "doctor",
        "colleague",
        "newcomer",
        "chief",
        "duty-leader",
        "operator",
    ] {
        let browser = world.log_in(who).await;
        let status = browser.get(&link).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{who}");
    }
    let nonsense = format!("{group}/shared/01890a5d-ac96-774b-bcce-b302099a8057");
    assert_eq!(leader.get(&nonsense).await.status, StatusCode::NOT_FOUND);
    assert!(
        links(&doctor, &group).await.is_empty(),
        "a member sees none"
    );
}

#[tokio::test]
async fn who_is_taken_out_of_the_group_is_read_no_more() {
    let world = World::new().await;
    let (doctor, leader) = (world.log_in("doctor").await, world.log_in("leader").await);
    let group = format!("/group/{}", world.group);
    share(&doctor, &world, "every").await;
    let link = links(&leader, &group).await.remove(0);
    let out = format!("{group}/roster/take-out");
    leader.post(&out, &[("hpr", "9144900")]).await;
    assert_eq!(leader.get(&link).await.status, StatusCode::NOT_FOUND);
    assert!(links(&leader, &group).await.is_empty());
}
