//! Who sees a person's prescriptions (decision 0019), asked of the journal on both databases.

use super::*;
use crate::AskError;
use crate::policy::{About, Act, Actor, GuardianKind, Reason};
use crate::suite::on_both;
use crate::tests::{acting, log_in_as, looking, maintaining};

/// Born so long before the tests' time, in years.
fn aged(years: i32, serial: u32) -> NationalId {
    let birth = Day::from_ymd(2025 - years, 3, 2).expect("a day");
    NationalId::synthetic_tenor(birth, Sex::Female, serial).expect("a serial of the day")
}

async fn patient(world: &World, number: u32, pid: NationalId) -> PatientId {
    let message = Incoming {
        patient: Some(pid),
        ..m1(number)
    };
    let post = Post::open(world.journal.clone(), Link::SummaryRecord);
    post.take(message, prescribe(number))
        .await
        .expect("it is taken");
    let found = patient_with(&world.journal, &pid).await.expect("it reads");
    found.expect("a message was about them")
}

async fn may(world: &World, actor: &Actor, act: Act, about: About) -> Result<(), Reason> {
    match world
        .journal
        .ask_to_look(actor, act, about, moment(90))
        .await
    {
        Ok(_) => Ok(()),
        Err(AskError::Refused(refusal)) => Err(refusal.reason),
        Err(AskError::Journal(error)) => panic!("{error}"),
    }
}

async fn choose_as(world: &World, actor: &Actor, choice: Choice, on: bool) {
    let mut act = acting(
        world,
        actor,
        Act::KeepOwnChoices,
        About::Oneself,
        moment(80),
    )
    .await;
    choose(&mut act, choice, on).await.expect("it is theirs");
    act.done().await.expect("it is written");
}

on_both! {
    async fn a_parent_sees_until_the_twelfth_birthday_and_between_12_and_16_nobody_at_home_does(world: World) {
        let ages = [(11, Ok(()), Err(Reason::Age)), (12, Err(Reason::Age), Err(Reason::Age)), (15, Err(Reason::Age), Err(Reason::Age)), (16, Err(Reason::Age), Ok(()))];
        let parent_pid = aged(40, 1);
        let parent = log_in_as(&world, parent_pid, None, moment(1)).await;
        for (serial, (years, of_parent, own)) in (2..).zip(ages) {
            let pid = aged(years, serial);
            let child = patient(&world, serial, pid).await;
            let guardian = Guardianship { ward: pid, guardian: parent_pid, kind: GuardianKind::Parent };
            let mut act = maintaining(&world, moment(2)).await;
            replace_guardians(&mut act, &world.journal, &[guardian]).await.expect("one pair");
            act.done().await.expect("it is written");
            assert_eq!(may(&world, &parent, Act::SeeWardsPrescriptions, About::Patient(child)).await, of_parent, "parent of {years}");
            let young = log_in_as(&world, pid, None, moment(3)).await;
            assert_eq!(may(&world, &young, Act::SeeOwnPrescriptions, About::Oneself).await, own, "own at {years}");
            assert_eq!(may(&world, &young, Act::SeeWardsPrescriptions, About::Patient(child)).await, Err(Reason::NoStanding), "one is no guardian of oneself");
        }
    }

    async fn an_appointed_guardian_sees_an_adults_and_a_stranger_nobodys(world: World) {
        let (ward_pid, guardian_pid) = (aged(80, 1), aged(50, 2));
        let ward = patient(&world, 1, ward_pid).await;
        let guardian = log_in_as(&world, guardian_pid, None, moment(1)).await;
        let about = About::Patient(ward);
        assert_eq!(may(&world, &guardian, Act::SeeWardsPrescriptions, about.clone()).await, Err(Reason::NoStanding));
        let mut act = maintaining(&world, moment(2)).await;
        let kind = GuardianKind::Appointed;
        replace_guardians(&mut act, &world.journal, &[Guardianship { ward: ward_pid, guardian: guardian_pid, kind }]).await.expect("one pair");
        act.done().await.expect("it is written");
        assert_eq!(may(&world, &guardian, Act::SeeWardsPrescriptions, about.clone()).await, Ok(()));
        let mut own = looking(&world, &guardian, Act::SeeOwnPrescriptions, About::Oneself, moment(4)).await;
        let today = Day::from_ymd(2025, 10, 9).expect("a day");
        let told = wards(&mut own, &world.journal, today).await.expect("their own");
        assert_eq!(told, [Ward { patient: ward, kind, age: riktig_codes::Age::from_years(80) }]);
        drop(own);
        let lines = log_of_patient(&mut world.journal.reading().await.expect("it reads"), ward, None).await.expect("it reads").lines;
        let seen: Vec<_> = lines.iter().map(|line| (line.act.as_str(), line.result.as_str())).collect();
        assert_eq!(seen, [("see_wards_prescriptions", "done"), ("see_wards_prescriptions", "no_standing"), ("chain_message", "done")]);
    }

    async fn prescriptions_concern_the_patient_and_whoever_is_on_the_register_and_whether_the_ward_has_any_is_not_told(world: World) {
        let (pid, guardian_pid) = (aged(30, 1), aged(50, 2));
        let owner = log_in_as(&world, pid, None, moment(1)).await;
        let guardian = log_in_as(&world, guardian_pid, None, moment(1)).await;
        let concerned = async |actor: &Actor| concerned(&world.journal, actor.person().expect("a person")).await.expect("it reads");
        assert!(!concerned(&owner).await && !concerned(&guardian).await);
        let mut act = maintaining(&world, moment(2)).await;
        let kind = GuardianKind::Appointed;
        replace_guardians(&mut act, &world.journal, &[Guardianship { ward: aged(80, 3), guardian: guardian_pid, kind }]).await.expect("one pair");
        act.done().await.expect("it is written");
        assert!(concerned(&guardian).await, "the ward has no prescription");
        assert!(!concerned(&owner).await);
        patient(&world, 1, pid).await;
        assert!(concerned(&owner).await);
    }

    async fn a_look_up_that_is_closed_opens_by_consent_or_emergency_and_for_a_named_number_never(world: World) {
        let pid = aged(30, 1);
        let patient = patient(&world, 1, pid).await;
        let owner = log_in_as(&world, pid, None, moment(1)).await;
        let (doctor, named) = (log_in_as(&world, aged(45, 2), Some(2_000_002), moment(1)).await, log_in_as(&world, aged(46, 3), Some(2_000_003), moment(1)).await);
        let about = About::Patient(patient);
        let grounds = [Act::LookUpForTreatment, Act::LookUpWithConsent, Act::LookUpInEmergency];
        for act in grounds {
            assert_eq!(may(&world, &doctor, act, about.clone()).await, Ok(()));
            assert_eq!(may(&world, &owner, act, about.clone()).await, Err(Reason::NoStanding), "without an HPR number");
        }
        choose_as(&world, &owner, Choice::Close, true).await;
        choose_as(&world, &owner, Choice::CloseTo(HprNumber::from_value(2_000_003).expect("a number")), true).await;
        assert_eq!(may(&world, &doctor, Act::LookUpForTreatment, about.clone()).await, Err(Reason::Closed));
        assert_eq!(may(&world, &doctor, Act::LookUpWithConsent, about.clone()).await, Ok(()));
        assert_eq!(may(&world, &doctor, Act::LookUpInEmergency, about.clone()).await, Ok(()));
        for act in grounds {
            assert_eq!(may(&world, &named, act, about.clone()).await, Err(Reason::Closed));
        }
        let chosen = own_choices(&mut looking(&world, &owner, Act::SeeOwnPrescriptions, About::Oneself, moment(91)).await).await.expect("their own");
        assert!(chosen.closed && !chosen.hides_diagnosis && chosen.closed_to.len() == 1);
        choose_as(&world, &owner, Choice::Close, false).await;
        assert_eq!(may(&world, &doctor, Act::LookUpForTreatment, about).await, Ok(()));
    }

    async fn every_look_and_every_refusal_stands_in_the_patients_log_with_its_ground(world: World) {
        let pid = aged(30, 1);
        let patient = patient(&world, 1, pid).await;
        let owner = log_in_as(&world, pid, None, moment(1)).await;
        let doctor = log_in_as(&world, aged(45, 2), Some(2_000_002), moment(1)).await;
        choose_as(&world, &owner, Choice::Close, true).await;
        let about = About::Patient(patient);
        for act in [Act::LookUpForTreatment, Act::LookUpInEmergency] {
            let _ = may(&world, &doctor, act, about.clone()).await;
        }
        let lines = log_of_patient(&mut world.journal.reading().await.expect("it reads"), patient, None).await.expect("it reads").lines;
        let seen: Vec<_> = lines.iter().map(|line| (line.act.as_str(), line.result.as_str(), line.hpr.map(HprNumber::value))).collect();
        assert_eq!(seen, [
            ("look_up_in_emergency", "done", Some(2_000_002)),
            ("look_up_for_treatment", "closed", Some(2_000_002)),
            ("chain_message", "done", Some(2_000_001)),
        ]);
    }

    async fn in_the_log_of_the_one_who_asked_closed_reads_as_nothing_and_as_nobody(world: World) {
        let (pid, unknown) = (aged(30, 1), aged(31, 9));
        patient(&world, 1, pid).await;
        let owner = log_in_as(&world, pid, None, moment(1)).await;
        let doctor = log_in_as(&world, aged(45, 2), Some(2_000_002), moment(1)).await;
        choose_as(&world, &owner, Choice::CloseTo(HprNumber::from_value(2_000_002).expect("a number")), true).await;
        for act in [Act::LookUpForTreatment, Act::LookUpWithConsent, Act::LookUpInEmergency] {
            for (whom, answer) in [(pid, Err(Reason::Closed)), (unknown, Ok(()))] {
                let whom = patient_or_nobody(&world.journal, &whom, moment(89)).await.expect("it reads");
                assert_eq!(may(&world, &doctor, act, About::Patient(whom)).await, answer);
            }
        }
        let page = crate::audit::done_by_oneself(&world.journal, &doctor, None).await.expect("it reads");
        assert_eq!(page.lines.len(), 6);
        for two in page.lines.chunks(2) {
            let told = |number: usize| {
                let line = &two[number];
                (line.act, line.basis.as_str(), line.kind.as_str(), line.object.len(), line.result.as_str(), line.other)
            };
            assert_eq!(told(0), told(1));
        }
        assert!(patient_with(&world.journal, &unknown).await.expect("it reads").is_none(), "asking makes nobody known");
    }

    async fn what_is_closed_stays_closed_when_a_message_comes_under_a_newer_key(world: World) {
        let pid = aged(30, 1);
        let known = patient(&world, 1, pid).await;
        let owner = log_in_as(&world, pid, None, moment(1)).await;
        choose_as(&world, &owner, Choice::Close, true).await;
        let newer = crate::Journal::open(&world.address, crate::suite::newer_keys()).await.expect("opens");
        let again = Incoming { patient: Some(pid), ..m1(2) };
        Post::open(newer.clone(), Link::SummaryRecord).take(again, prescribe(2)).await.expect("it is taken");
        let mut reading = newer.reading().await.expect("it reads");
        assert!(choices_of(&mut reading, known).await.expect("it reads").closed);
    }
}
