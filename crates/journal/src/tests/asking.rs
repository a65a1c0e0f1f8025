use super::*;
use crate::policy::Reply;
use crate::store::params;
use crate::store::statements;
use crate::suite::on_both;

statements! {
    /// How long the log is.
    LINES: Select = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit";
    /// The last line.
    LAST: Select = "SELECT act, basis, kind, object, result FROM audit ORDER BY line DESC LIMIT 1";
}

async fn lines(world: &World) -> i64 {
    let mut reading = world.journal.reading().await.expect("it can be read");
    let row = reading.row(LINES, params![]).await.expect("it can be read");
    row.expect("a count").get(0).expect("a number")
}

async fn last(world: &World) -> [String; 5] {
    let mut reading = world.journal.reading().await.expect("it can be read");
    let row = reading.row(LAST, params![]).await.expect("it can be read");
    let row = row.expect("a line");
    [0, 1, 2, 3, 4].map(|column| row.get(column).expect("a text"))
}

on_both! {
    async fn one_s_own_is_read_without_a_line_and_a_shared_report_with_one(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        let group = group(&world, &operators, &[1], 2).await;
        let (doctor, leader) = (log_in(&world, 1, moment(2)).await, log_in(&world, 2, moment(2)).await);
        share::give(&world, &doctor, group, None, moment(3)).await;
        let (before, report) = (lines(&world).await, About::Report(hpr(1), edition()));
        looking(&world, &doctor, Act::ReadOwnReport, report.clone(), moment(4)).await;
        assert_eq!(lines(&world).await, before);
        looking(&world, &leader, Act::ReadSharedReport, report, moment(4)).await;
        assert_eq!(lines(&world).await, before + 1);
        assert_eq!(last(&world).await, ["read_shared_report", "share", "report", "2025", "done"]);
    }

    async fn a_refusal_is_in_the_log_with_its_reason_and_says_not_there(world: World) {
        let (doctor, before) = (log_in(&world, 1, moment(0)).await, lines(&world).await);
        let report = About::Report(hpr(2), edition());
        for act in [Act::ReadOwnReport, Act::ReadSharedReport, Act::FlagRows] {
            let refusal = refused(&world, &doctor, act, report.clone(), moment(1)).await;
            assert_eq!(refusal.reply, Reply::NotThere);
        }
        assert_eq!(lines(&world).await, before + 3);
        assert_eq!(last(&world).await, ["flag_rows", "", "report", "2025", "no_standing"]);
    }

    async fn an_act_that_is_not_done_leaves_nothing_behind(world: World) {
        let (doctor, before) = (log_in(&world, 1, moment(0)).await, lines(&world).await);
        let about = About::Prescriber(hpr(1));
        let mut waiving = acting(&world, &doctor, Act::WaiveVisit, about, moment(1)).await;
        crate::waiver::give(&mut waiving, "").await.expect("their own");
        drop(waiving);
        assert_eq!(lines(&world).await, before);
        let mut own = own(&world, &doctor, moment(2)).await;
        assert_eq!(crate::waiver::own(&mut own).await.expect("their own"), None);
    }

    async fn a_permit_for_one_thing_does_not_serve_for_another(world: World) {
        let doctor = log_in(&world, 1, moment(0)).await;
        let about = About::Prescriber(hpr(1));
        let mut waiving = acting(&world, &doctor, Act::WaiveVisit, about, moment(1)).await;
        let refused = crate::share::withdraw(&mut waiving).await;
        assert!(matches!(refused, Err(crate::ChangeError::OtherPermit { act: Act::WaiveVisit })));
    }
}
