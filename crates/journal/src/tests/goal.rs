use super::*;
use crate::ChangeError;
use crate::goal::{self, Wish};
use crate::suite::on_both;

pub(super) async fn set(
    world: &World,
    doctor: &Actor,
    plan: &str,
    version: i64,
    now: Timestamp,
) -> Result<i64, ChangeError> {
    let about = About::Prescriber(doctor.hpr().expect("a doctor"));
    let mut setting = acting(world, doctor, Act::SetGoal, about, now).await;
    let wish = Wish {
        indicator: "RT-01".to_owned(),
        edition: edition(),
        target_thousandths: Some(12_500),
        plan: plan.to_owned(),
        given_up: false,
    };
    let set = goal::set(&mut setting, &wish, version).await?;
    setting.done().await.expect("it is written");
    Ok(set)
}

on_both! {
    async fn every_version_of_a_goal_is_kept(world: World) {
        let doctor = log_in(&world, 1, moment(0)).await;
        assert_eq!(set(&world, &doctor, "vente og se", 0, moment(1)).await.expect("the first"), 1);
        assert_eq!(set(&world, &doctor, "ta CRP", 1, moment(2)).await.expect("the second"), 2);
        let mut own = own(&world, &doctor, moment(3)).await;
        let standing = goal::own(&mut own).await.expect("their own");
        assert_eq!(standing.len(), 1);
        assert_eq!((standing[0].plan.as_str(), standing[0].version), ("ta CRP", 2));
        assert_eq!(standing[0].target_thousandths, Some(12_500));
        let versions = goal::own_versions(&mut own, "RT-01").await.expect("their own");
        let plans: Vec<&str> = versions.iter().map(|goal| goal.plan.as_str()).collect();
        assert_eq!(plans, ["ta CRP", "vente og se"]);
    }

    async fn a_goal_set_in_another_window_meanwhile_is_a_conflict_and_stays(world: World) {
        let doctor = log_in(&world, 1, moment(0)).await;
        set(&world, &doctor, "one", 0, moment(1)).await.expect("the first");
        for stale in [0, 2, -1] {
            let conflict = set(&world, &doctor, "other", stale, moment(2)).await;
            assert!(matches!(conflict, Err(ChangeError::Conflict { current: 1 })), "{stale}");
        }
        let mut own = own(&world, &doctor, moment(3)).await;
        assert_eq!(goal::own(&mut own).await.expect("their own")[0].plan, "one");
    }

    async fn nobody_reads_or_sets_the_goal_of_another(world: World) {
        let (doctor, other) = (log_in(&world, 1, moment(0)).await, log_in(&world, 2, moment(0)).await);
        set(&world, &doctor, "mine", 0, moment(1)).await.expect("the first");
        for act in [Act::SetGoal, Act::SeeOwn] {
            refused(&world, &other, act, About::Prescriber(hpr(1)), moment(2)).await;
        }
    }
}
