use super::*;
use crate::ChangeError;
use crate::policy::Reason;
use crate::shelf;
use crate::suite::on_both;

on_both! {
    async fn an_edition_is_read_while_it_stands_on_the_shelf(world: World) {
        let operators = operators(&world).await;
        let doctor = log_in(&world, 1, moment(0)).await;
        let (read, report) = (Act::ReadOwnReport, About::Report(hpr(1), edition()));
        let before = refused(&world, &doctor, read, report.clone(), moment(1)).await;
        assert_eq!(before.reason, Reason::NotOnShelf);
        publish(&world, &operators[0]).await;
        looking(&world, &doctor, read, report.clone(), moment(2)).await;
        let standing = shelf::standing(&world.journal).await.expect("it can be read");
        assert_eq!((standing.len(), standing[0].period.len()), (1, 12));

        let about = About::Edition(edition());
        let mut taking = acting(&world, &operators[1], Act::KeepShelf, about, moment(3)).await;
        shelf::take_off(&mut taking, "feil i leveransen").await.expect("it stands");
        taking.done().await.expect("it is written");
        refused(&world, &doctor, read, report, moment(3)).await;
        assert!(shelf::standing(&world.journal).await.expect("it can be read").is_empty());
        let mut seeing = looking(&world, &operators[0], Act::SeeDeliveries, About::Country, moment(4)).await;
        let all = shelf::all(&mut seeing).await.expect("operators may");
        assert_eq!(all[0].reason.as_deref(), Some("feil i leveransen"));
    }

    async fn the_name_of_an_edition_is_used_once_and_its_folder_is_no_path(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        let period = MonthRange::ending(Month::from_ym(2025, 12).expect("a month"), 12).expect("a year");
        let about = About::Edition(edition());
        let mut again = acting(&world, &operators[0], Act::KeepShelf, about, moment(2)).await;
        let used = shelf::put(&mut again, "edition-2025", period).await;
        assert!(matches!(used, Err(ChangeError::Invalid { .. })));
        drop(again);
        let about = About::Edition("2026".parse().expect("a name"));
        let mut other = acting(&world, &operators[0], Act::KeepShelf, about, moment(3)).await;
        for path in ["../secret", "a/b", "a\\b", ".hidden", ""] {
            let refused = shelf::put(&mut other, path, period).await;
            assert!(matches!(refused, Err(ChangeError::Invalid { .. })), "{path:?}");
        }
    }
}
