use super::*;
use crate::fetch::{self, How};
use crate::suite::on_both;

async fn note(world: &World, doctor: &Actor, how: How, now: Timestamp) {
    let about = About::Report(doctor.hpr().expect("a doctor"), edition());
    let mut noting = acting(world, doctor, Act::FetchOwnReport, about, now).await;
    fetch::note(&mut noting, how).await.expect("their own");
    noting.done().await.expect("it is written");
}

on_both! {
    async fn the_first_and_the_last_time_are_kept(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        let doctor = log_in(&world, 1, moment(2)).await;
        for second in [10, 20, 30] {
            note(&world, &doctor, How::Opened, moment(second)).await;
        }
        note(&world, &doctor, How::Downloaded, moment(25)).await;
        let mut own = own(&world, &doctor, moment(40)).await;
        let fetches = fetch::own(&mut own).await.expect("their own");
        assert_eq!(fetches.len(), 1);
        assert_eq!(fetches[0].opened, Some((moment(10), moment(30))));
        assert_eq!(fetches[0].downloaded, Some((moment(25), moment(25))));
    }

    async fn uptake_counts_doctors_of_the_edition_once_and_for_those_who_may(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        for number in [1, 2, 50] {
            let doctor = log_in(&world, number, moment(2)).await;
            note(&world, &doctor, How::Downloaded, moment(3)).await;
            note(&world, &doctor, How::Opened, moment(4)).await;
        }
        let prescribers: Vec<(HprNumber, u8)> = (1..=10).map(|number| (hpr(number), 11)).collect();
        let day = 24 * 3600;
        let mut seeing = looking(&world, &operators[0], Act::SeeUptake, About::Country, moment(5)).await;
        let uptake = fetch::uptake(&mut seeing, &edition(), &prescribers).await.expect("operators may");
        let county = uptake.counties[0].1.as_ref().expect("ten are enough");
        assert_eq!((county.prescribers, county.fetched), (10, 0), "nothing of the day itself");
        drop(seeing);
        let mut seeing = looking(&world, &operators[0], Act::SeeUptake, About::Country, moment(day)).await;
        let uptake = fetch::uptake(&mut seeing, &edition(), &prescribers).await.expect("operators may");
        let county = uptake.counties[0].1.as_ref().expect("ten are enough");
        assert_eq!((county.prescribers, county.fetched), (10, 2));
        assert_eq!(county.first_fetched, [(Month::from_ym(2025, 10).expect("a month"), 2)]);
        drop(seeing);
        let doctor = log_in(&world, 1, moment(6)).await;
        refused(&world, &doctor, Act::SeeUptake, About::Country, moment(6)).await;
    }
}
