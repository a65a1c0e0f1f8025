use super::*;
use crate::suite::on_both;
use crate::waiver;

async fn change(world: &World, doctor: &Actor, words: Option<&str>, now: Timestamp) {
    let about = About::Prescriber(doctor.hpr().expect("a doctor"));
    let mut changing = acting(world, doctor, Act::WaiveVisit, about, now).await;
    let changed = match words {
        Some(words) => waiver::give(&mut changing, words).await,
        None => waiver::take_back(&mut changing).await,
    };
    changed.expect("their own");
    changing.done().await.expect("it is written");
}

on_both! {
    async fn a_waiver_stands_until_it_is_taken_back(world: World) {
        let operators = operators(&world).await;
        let doctor = log_in(&world, 1, moment(0)).await;
        change(&world, &doctor, None, moment(1)).await;
        change(&world, &doctor, Some(""), moment(2)).await;
        change(&world, &doctor, Some("snakket i går"), moment(3)).await;
        let mut seeing = looking(&world, &operators[0], Act::SeeMailings, About::Country, moment(4)).await;
        let all = waiver::all(&mut seeing).await.expect("operators may");
        assert_eq!((all.len(), all[0].given_at, all[0].words.as_str()), (1, moment(2), "snakket i går"));
        drop(seeing);
        change(&world, &doctor, None, moment(2)).await;
        change(&world, &doctor, Some("igjen"), moment(2)).await;
        let mut own = own(&world, &doctor, moment(5)).await;
        let standing = waiver::own(&mut own).await.expect("their own").expect("it stands");
        assert_eq!(standing.words, "igjen");
    }
}
