use super::*;
use crate::mailing::{self, Again, MOST_TRIES, Made, Notice, Sending};
use crate::suite::on_both;

on_both! {
    async fn a_mailing_is_sent_by_the_verb_and_each_result_is_kept(world: World) {
        let operators = operators(&world).await;
        let id = mailing::new_id(moment(1)).expect("chance");
        let about = About::Mailing(id);
        let mut making = acting(&world, &operators[0], Act::SendMailing, about.clone(), moment(1)).await;
        let to: Vec<HprNumber> = [1, 2, 3, 4, 1].map(hpr).to_vec();
        mailing::make(&mut making, &edition(), Notice::ReportReady, &to, false).await.expect("it is new");
        making.done().await.expect("it is written");
        let mut twice = acting(&world, &operators[0], Act::SendMailing, about.clone(), moment(1)).await;
        let again = mailing::make(&mut twice, &edition(), Notice::ReportReady, &to, false).await;
        assert!(matches!(again, Err(crate::ChangeError::Conflict { .. })), "one form, one mailing");
        drop(twice);

        let verb = Actor::verb("mail");
        refused(&world, &operators[0], Act::Maintain, about.clone(), moment(2)).await;
        let mut seeing = looking(&world, &verb, Act::Maintain, About::Journal, moment(2)).await;
        let unsent = mailing::unsent(&mut seeing).await.expect("the verb may");
        assert_eq!((unsent.len(), unsent[0].id, unsent[0].waiting), (1, id, 4));
        drop(seeing);
        for try_number in 0..MOST_TRIES {
            let mut seeing = looking(&world, &verb, Act::Maintain, about.clone(), moment(3)).await;
            let waiting = mailing::waiting(&mut seeing).await.expect("the verb may");
            drop(seeing);
            assert_eq!(waiting.len(), if try_number == 0 { 4 } else { 1 });
            let mut noting = acting(&world, &verb, Act::Maintain, about.clone(), moment(4)).await;
            for (doctor, tries) in waiting {
                let sending = match doctor.value() - 9_000_000 {
                    1 => Sending::Sent,
                    2 => Sending::NoAddress,
                    3 => Sending::Failed,
                    _ => Sending::Waits,
                };
                mailing::note(&mut noting, doctor, tries, sending).await.expect("it waits");
            }
            noting.done().await.expect("it is written");
        }
        let mut seeing = looking(&world, &operators[1], Act::SeeMailings, About::Country, moment(5)).await;
        let all = mailing::all(&mut seeing).await.expect("operators may");
        let went = &all[0];
        assert_eq!((went.waiting, went.sent, went.failed, went.without_address), (0, 1, 2, 1));
        drop(seeing);
        let mut seeing = looking(&world, &verb, Act::Maintain, About::Journal, moment(5)).await;
        assert!(mailing::unsent(&mut seeing).await.expect("the verb may").is_empty());
        drop(seeing);
        let doctor = log_in(&world, 1, moment(6)).await;
        let mut own = own(&world, &doctor, moment(6)).await;
        let received = mailing::own(&mut own).await.expect("their own");
        assert_eq!((received.len(), received[0].sending), (1, Sending::Sent));
    }
    async fn who_has_fetched_the_report_is_not_written_to(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        let doctor = log_in(&world, 1, moment(2)).await;
        let about = About::Report(hpr(1), edition());
        let mut fetching = acting(&world, &doctor, Act::FetchOwnReport, about, moment(2)).await;
        crate::fetch::note(&mut fetching, crate::fetch::How::Opened).await.expect("it fits");
        fetching.done().await.expect("it is written");
        let all = [1, 2, 3].map(hpr);
        let mut seeing = looking(&world, &operators[0], Act::SeeMailings, About::Country, moment(3)).await;
        let left = crate::fetch::not_fetched(&mut seeing, &edition(), &all).await;
        assert_eq!(left.expect("operators may"), [2, 3].map(hpr));
        drop(seeing);
        let id = mailing::new_id(moment(3)).expect("chance");
        let about = About::Mailing(id);
        let mut making = acting(&world, &operators[0], Act::SendMailing, about, moment(3)).await;
        mailing::make(&mut making, &edition(), Notice::ReportWaits, &all, false).await.expect("it is new");
        making.done().await.expect("it is written");
        let mut seeing = looking(&world, &operators[0], Act::SeeMailings, About::Country, moment(4)).await;
        assert_eq!(mailing::all(&mut seeing).await.expect("operators may")[0].waiting, 2);
    }
    async fn nobody_is_written_to_again_of_the_same_edition_unless_it_is_meant(world: World) {
        let operators = operators(&world).await;
        let make = async |to: &[HprNumber], again, hour| {
            let about = About::Mailing(mailing::new_id(moment(hour)).expect("chance"));
            let mut making = acting(&world, &operators[0], Act::SendMailing, about, moment(hour)).await;
            let made = mailing::make(&mut making, &edition(), Notice::ReportWaits, to, again).await;
            making.done().await.expect("it is written");
            made.expect("it is new")
        };
        assert_eq!(make(&[1, 2].map(hpr), false, 1).await, Made::Waits);
        let asked = Again { doctors: 1, last: moment(1) };
        assert_eq!(make(&[2, 2, 3].map(hpr), false, 2).await, Made::NotAgain(asked));
        let mut seeing = looking(&world, &operators[1], Act::SeeMailings, About::Country, moment(3)).await;
        assert_eq!(mailing::all(&mut seeing).await.expect("operators may").len(), 1, "nothing was made");
        let before = mailing::written_before(&mut seeing, &edition(), &[2, 3].map(hpr)).await;
        assert_eq!(before.expect("operators may"), Some(asked));
        let before = mailing::written_before(&mut seeing, &edition(), &[hpr(3)]).await;
        assert_eq!(before.expect("operators may"), None);
        drop(seeing);
        assert_eq!(make(&[3].map(hpr), false, 4).await, Made::Waits, "somebody else");
        assert_eq!(make(&[2, 3].map(hpr), true, 5).await, Made::Waits, "it was meant");
    }
}
