//! What the verdict must show: chance alone calls almost nobody, a doctor far off is found, and never most are worse.

use proptest::prelude::*;
use riktig_indicators::Direction;
use riktig_indicators::casemix::Family;
use riktig_indicators::verdict::{
    CLEARLY_BEYOND, Case, Dots, Evidence, FALSE_DISCOVERY, Peers, Rule, Subject, Verdict,
    benchmark_ratio, benchmark_value, decide, judge, worth_of_effort,
};

/// SplitMix64: the same seed, the same draws, on every machine.
struct Chance(u64);

impl Chance {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Sum of twelve uniform numbers, less six: near enough to normal, without tails beyond six.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }

    fn poisson(&mut self, mean: f64) -> u64 {
        // In parts of at most 20, so that the product does not underflow.
        let (mut left, mut count) = (mean, 0);
        while left > 0.0 {
            let (part, mut product) = (left.min(20.0), 1.0);
            loop {
                product *= self.share();
                if product < (-part).exp() {
                    break;
                }
                count += 1;
            }
            left -= part;
        }
        count
    }
}

/// Contacts of unequal chances around `level`; the doctor's habit multiplies each.
fn share(chance: &mut Chance, contacts: u32, level: f64, habit: f64) -> Subject {
    let (mut observed, mut expected, mut variance) = (0, 0.0, 0.0);
    for _ in 0..contacts {
        let p = (level * (0.5 + chance.share())).min(0.98);
        observed += u64::from(chance.share() < (p * habit).min(1.0));
        expected += p;
        variance += p * (1.0 - p);
    }
    Subject {
        observed,
        denominator: f64::from(contacts),
        expected,
        variance,
        is_peer: true,
    }
}

fn rate(chance: &mut Chance, expected: f64, habit: f64) -> Subject {
    Subject {
        observed: chance.poisson(expected * habit),
        denominator: expected * 3.0,
        expected,
        variance: expected,
        is_peer: true,
    }
}

pub(crate) fn verdicts(
    direction: Direction,
    family: Family,
    subjects: &[Subject],
) -> Vec<(Rule, Verdict)> {
    let case = |evidence| Case::Numbers {
        direction,
        family,
        evidence,
    };
    judge(family, subjects)
        .into_iter()
        .map(|evidence| decide(&case(evidence)))
        .collect()
}

/// Of `draws` doctors whose true ratio is exactly 1, among 100 others who spread by `spread`: how many are called clearly
/// worse, and how many would be by their z and q alone, whatever their reliability.
fn called(family: Family, spread: f64, level: f64, draws: usize) -> [usize; 2] {
    let mut chance = Chance(20_260_101);
    let (mut clearly, mut by_limits) = (0, 0);
    let direction = Direction::Lower;
    for _ in 0..draws / 100 {
        let doctor = |at: usize, chance: &mut Chance| {
            let habit = if at < 100 {
                1.0
            } else {
                (1.0 + spread * chance.normal()).max(0.05)
            };
            let size = 30.0 + 270.0 * chance.share();
            match family {
                Family::Share => share(chance, size as u32, level, habit),
                Family::Rate => rate(chance, size, habit),
            }
        };
        let subjects: Vec<Subject> = (0..200).map(|at| doctor(at, &mut chance)).collect();
        for (subject, (_, verdict)) in judge(family, &subjects)
            .iter()
            .zip(verdicts(direction, family, &subjects))
            .take(100)
        {
            clearly += usize::from(verdict == Verdict::ClearlyWorse);
            by_limits += usize::from(
                subject
                    .compared
                    .is_some_and(|it| it.z > CLEARLY_BEYOND && it.q <= FALSE_DISCOVERY),
            );
        }
    }
    [clearly, by_limits]
}

#[test]
fn a_doctor_with_no_true_difference_is_called_clearly_worse_in_less_than_one_percent_of_draws() {
    let worlds = [
        (Family::Share, 0.03),
        (Family::Share, 0.8),
        (Family::Rate, 0.0),
    ];
    for (family, level) in worlds {
        for spread in [0.0, 0.15, 0.4] {
            let [clearly, by_limits] = called(family, spread, level, 10_000);
            println!(
                "{family:?}, level {level}, spread {spread}: {clearly} called clearly worse, {by_limits} by the limits \
                 alone, of 10000"
            );
            assert!(clearly < 100 && by_limits < 100);
        }
    }
}

#[test]
fn the_interval_of_observed_by_expected_covers_the_truth_as_often_as_it_says() {
    let mut chance = Chance(93);
    let worlds = [0.05, 0.25, 0.5, 0.8].map(|level| (Family::Share, level));
    for (family, level) in worlds.into_iter().chain([(Family::Rate, 0.0)]) {
        let draws = 4_000;
        let subjects: Vec<Subject> = (0..draws)
            .map(|_| {
                let size = 30.0 + 270.0 * chance.share();
                match family {
                    Family::Share => share(&mut chance, size as u32, level, 1.0),
                    Family::Rate => rate(&mut chance, size, 1.0),
                }
            })
            .collect();
        let covers = |it: &&Evidence| {
            it.ratio
                .is_some_and(|it| it.lower <= 1.0 && 1.0 <= it.upper)
        };
        let covered = judge(family, &subjects).iter().filter(covers).count();
        println!("{family:?}, level {level}: {covered} of {draws} intervals hold the truth");
        assert!((0.93..=0.97).contains(&(covered as f64 / f64::from(draws))));
    }
}

/// Of 100 doctors with so many times the expected, among 149 who spread by 0.3: called worse, and clearly so.
fn found(times: f64) -> [usize; 2] {
    let mut chance = Chance(7);
    let mut counts = [0, 0];
    for _ in 0..100 {
        let mut doctor = |at: usize| {
            let (habit, contacts) = if at == 0 {
                (times, 200)
            } else {
                let habit = (1.0 + 0.3 * chance.normal()).max(0.05);
                (habit, 60 + (240.0 * chance.share()) as u32)
            };
            share(&mut chance, contacts, 0.25, habit)
        };
        let subjects: Vec<Subject> = (0..150).map(&mut doctor).collect();
        let (_, verdict) = verdicts(Direction::Lower, Family::Share, &subjects)[0];
        counts[0] += usize::from(verdict.is_worse());
        counts[1] += usize::from(verdict == Verdict::ClearlyWorse);
    }
    counts
}

#[test]
fn a_doctor_far_worse_is_found() {
    let told = [1.5, 2.0, 2.5].map(|times| {
        let counts = found(times);
        println!("{times} times the expected: {counts:?} of 100 called worse, clearly worse");
        counts
    });
    assert!(told[2][0] >= 95 && told[2][1] >= 80);
    assert!(told[1][0] >= 90);
    // Half as many again is what doctors ordinarily do here.
    assert!(told[0][1] <= 10);
}

fn plain(observed: u64, denominator: f64, expected: f64) -> Subject {
    Subject {
        observed,
        denominator,
        expected,
        variance: expected * (1.0 - expected / denominator),
        is_peer: true,
    }
}

/// A country in which doctors differ, and one more.
fn among_others(subject: Subject) -> (Evidence, Rule, Verdict) {
    let mut subjects: Vec<Subject> = (0..40).map(|at| plain(10 + at * 2, 200.0, 50.0)).collect();
    subjects.push(subject);
    let evidence = *judge(Family::Share, &subjects).last().expect("not empty");
    let (rule, verdict) = *verdicts(Direction::Lower, Family::Share, &subjects)
        .last()
        .expect("not empty");
    (evidence, rule, verdict)
}

#[test]
fn none_of_many_is_better_and_has_an_interval_that_begins_at_zero() {
    let (evidence, rule, verdict) = among_others(plain(0, 300.0, 75.0));
    let ratio = evidence.ratio.expect("75 are expected");
    assert_eq!((ratio.ratio, ratio.lower), (0.0, 0.0));
    assert!(ratio.upper > 0.0 && ratio.upper < 0.1);
    assert!(verdict.is_better(), "{rule:?}");
}

#[test]
fn all_of_many_is_worse_and_its_interval_ends_at_all_of_them() {
    let (evidence, _, verdict) = among_others(plain(300, 300.0, 75.0));
    let ratio = evidence.ratio.expect("75 are expected");
    assert_eq!(ratio.ratio, 4.0);
    assert!((ratio.upper - 4.0).abs() < 1e-12 && ratio.lower > 3.8);
    assert!(verdict.is_worse());
}

#[test]
fn where_next_to_nothing_is_expected_next_to_nothing_is_said() {
    let (_, rule, verdict) = among_others(plain(3, 40.0, 0.2));
    assert_eq!((rule, verdict), (Rule::Unreliable, Verdict::TooFewToJudge));
    let (_, rule, verdict) = among_others(plain(0, 40.0, 0.0));
    assert_eq!(
        (rule, verdict),
        (Rule::SmallExpected, Verdict::TooFewToJudge)
    );
    let (_, rule, _) = among_others(plain(9, 29.0, 7.0));
    assert_eq!(rule, Rule::SmallDenominator);
}

#[test]
fn a_rate_with_fewer_than_twenty_expected_is_not_judged_and_one_without_events_is() {
    let mut subjects: Vec<Subject> = (0..20u64)
        .map(|at| Subject {
            observed: 40 + at * 6,
            denominator: 300.0,
            expected: 100.0,
            variance: 100.0,
            is_peer: true,
        })
        .collect();
    subjects.push(Subject {
        observed: 0,
        ..subjects[0]
    });
    subjects.push(Subject {
        observed: 60,
        expected: 19.9,
        variance: 19.9,
        ..subjects[0]
    });
    let told = verdicts(Direction::Lower, Family::Rate, &subjects);
    assert!(told[20].1.is_better());
    assert_eq!(told[21], (Rule::SmallExpected, Verdict::TooFewToJudge));
}

#[test]
fn where_all_doctors_are_equal_nobody_is_judged() {
    let told = verdicts(
        Direction::Lower,
        Family::Share,
        &[plain(50, 200.0, 50.0); 30],
    );
    assert!(
        told.iter()
            .all(|it| *it == (Rule::Unreliable, Verdict::TooFewToJudge))
    );
    // The benchmark is then what is expected, not somebody's luck.
    let evidence = judge(Family::Share, &[plain(50, 200.0, 50.0); 30]);
    assert_eq!(
        benchmark_ratio(Direction::Lower, Family::Share, &evidence),
        Some(1.0)
    );
}

#[test]
fn where_doctors_do_not_differ_a_single_one_who_does_is_not_called() {
    // The price of asking for reliability: a spread of nobody but one is no spread, winsorised or not.
    let mut subjects = vec![plain(50, 200.0, 50.0); 30];
    subjects.push(plain(110, 200.0, 50.0));
    let told = verdicts(Direction::Lower, Family::Share, &subjects);
    assert_eq!(told[30], (Rule::Unreliable, Verdict::TooFewToJudge));
}

#[test]
fn nine_doctors_are_too_few_to_say_how_doctors_differ() {
    let subjects: Vec<Subject> = (0..9).map(|at| plain(10 + at * 10, 200.0, 50.0)).collect();
    let told = verdicts(Direction::Lower, Family::Share, &subjects);
    assert!(
        told.iter()
            .all(|it| *it == (Rule::FewDoctors, Verdict::TooFewToJudge))
    );
    let evidence = judge(Family::Share, &subjects);
    assert_eq!(
        benchmark_ratio(Direction::Lower, Family::Share, &evidence),
        None
    );
}

#[test]
fn a_value_that_means_something_else_is_held_against_nobody() {
    let (evidence, rule, verdict) = among_others(Subject {
        is_peer: false,
        ..plain(150, 200.0, 50.0)
    });
    assert_eq!((rule, verdict), (Rule::NotComparable, Verdict::NoExpected));
    // Observed and expected are still told.
    assert_eq!(evidence.ratio.map(|it| it.ratio), Some(3.0));
}

#[test]
fn higher_is_better_turns_the_words_and_no_direction_has_none() {
    let mut subjects: Vec<Subject> = (0..40).map(|at| plain(10 + at * 2, 200.0, 50.0)).collect();
    subjects.push(plain(180, 200.0, 50.0));
    let of = |direction| verdicts(direction, Family::Share, &subjects)[40].1;
    assert!(of(Direction::Lower).is_worse());
    assert!(of(Direction::Higher).is_better());
    assert_eq!(of(Direction::Neutral), Verdict::NoJudgement);
}

fn anybody() -> impl Strategy<Value = Subject> {
    (30..400u32, 0.0..1.0f64, 0.01..0.99f64, 0.05..1.0f64).prop_map(|(size, seen, level, known)| {
        let denominator = f64::from(size);
        let expected = denominator * level;
        Subject {
            observed: (seen * denominator) as u64,
            denominator,
            expected,
            variance: expected * (1.0 - level) * known,
            is_peer: true,
        }
    })
}

proptest! {
    /// Nobody is lost in the bins, nobody alone at their ends, and groups of like doctors hold ten.
    #[test]
    fn dots_and_fifths_hold_everybody_and_enough_of_them(
        subjects in proptest::collection::vec(anybody(), 0..90),
    ) {
        let evidence = judge(Family::Share, &subjects);
        let peers = Peers::of(Family::Share, &evidence);
        prop_assert!(peers.dots.is_none() || subjects.len() >= 10);
        let all: Vec<&Dots> = peers.fifths.iter().filter_map(|it| it.dots.as_ref()).chain(&peers.dots).collect();
        for dots in &all {
            let doctors: u32 = dots.doctors.iter().sum();
            let ends = [dots.doctors[0], dots.doctors[dots.doctors.len() - 1]];
            prop_assert!(doctors >= 10 && ends.iter().all(|end| *end >= 5), "{:?}", dots);
        }
        if let Some(dots) = &peers.dots {
            prop_assert_eq!(dots.doctors.iter().sum::<u32>() as usize, subjects.len());
        }
        if !peers.fifths.is_empty() {
            prop_assert!(peers.fifths.len() >= 2 && peers.fifths.iter().all(|it| it.doctors >= 10));
            prop_assert_eq!(peers.fifths.iter().map(|it| it.doctors).sum::<usize>(), subjects.len());
            // Told for all or for none, or one could be worked out from the others.
            let told = peers.fifths.iter().filter(|it| it.rate.is_ok()).count();
            prop_assert!(told == 0 || told == peers.fifths.len());
            // Everybody belongs to one, and more is expected in the later ones.
            prop_assert!(evidence.iter().all(|it| peers.like(it).is_some()));
        }
    }

    /// Whatever the expected numbers are, right or far from it.
    #[test]
    fn never_are_more_than_half_of_the_doctors_called_worse(
        mut subjects in proptest::collection::vec(anybody(), 10..60),
        direction in prop_oneof![Just(Direction::Lower), Just(Direction::Higher)],
        family in prop_oneof![Just(Family::Share), Just(Family::Rate)],
    ) {
        // Adversarial: small doctors far out, large ones exactly as expected, so that the spread looks small.
        for (at, subject) in subjects.iter_mut().enumerate() {
            if at % 4 == 0 {
                subject.observed = subject.expected as u64;
                subject.variance /= 50.0;
            }
        }
        let told = verdicts(direction, family, &subjects);
        let worse = told.iter().filter(|(_, verdict)| verdict.is_worse()).count();
        prop_assert!(2 * worse <= told.len(), "{worse} of {}", told.len());
    }

    /// At least a quarter of the compared doctors are, without chance, at the benchmark or beyond it; and it is never a goal
    /// that cannot be had.
    #[test]
    fn the_benchmark_is_what_a_quarter_reach_and_never_beyond_all_or_nothing(
        subjects in proptest::collection::vec(anybody(), 10..60),
        direction in prop_oneof![Just(Direction::Lower), Just(Direction::Higher)],
    ) {
        let evidence = judge(Family::Share, &subjects);
        let ratio = benchmark_ratio(direction, Family::Share, &evidence).expect("ten doctors");
        let reached = |it: &&Evidence| {
            let shrunken = it.compared.map_or(1.0, |compared| compared.shrunken);
            let own = Evidence { observed: (shrunken * it.expected).max(0.0), ..**it };
            worth_of_effort(ratio * 1.01 + 1e-9, direction, Family::Share, &own) == Some(0.0)
        };
        let reached = evidence.iter().filter(reached).count();
        prop_assert!(4 * reached + 4 > evidence.len(), "{reached} of {}", evidence.len());
        for own in &evidence {
            let value = benchmark_value(ratio, direction, Family::Share, own).expect("a direction");
            prop_assert!((0.0..=1.0).contains(&value));
        }
    }
}
