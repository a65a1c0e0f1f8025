//! Dots: with which doctors a group is drawn beside an edition.
//!
//! A group is drawn with the same doctors as long as the edition stands, whoever comes and goes meanwhile: otherwise one
//! picture less another would tell the dot of the one who left (decision 0013).

use jiff::{SignedDuration, Timestamp};
use riktig_codes::HprNumber;

use crate::change::{self, ChangeError};
use crate::policy::{About, Act, EditionId};
use crate::shelf;
use crate::store::{JournalError, Looking, Row, params, statements};

statements! {
    /// Who was a member, and when.
    STAYS: Select = "SELECT hpr, from_at, until_at FROM membership WHERE course_group = $1 ORDER BY hpr, from_at";
}

/// A group is drawn from this many doctors on. Whoever draws asks the same of those who have a value.
pub const FEWEST_DOTS: usize = 10;
/// A roster that grows while the edition stands is left alone for a day before it is drawn: a leader enrols one by one.
pub const SETTLES_IN: SignedDuration = SignedDuration::from_hours(24);

/// With which doctors a group is drawn beside an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dots {
    /// With these, who were the members then. A page must not print the numbers.
    Members {
        /// Sorted.
        hprs: Vec<HprNumber>,
        /// When they were.
        as_of: Timestamp,
    },
    /// From this moment on: the roster has grown lately.
    From(Timestamp),
    /// There are too few members.
    TooFew,
}

/// A time in the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stay {
    hpr: HprNumber,
    from: Timestamp,
    until: Option<Timestamp>,
}

/// With whom the group of the permit is drawn beside this edition.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit shows the group; [`ChangeError::NotThere`] where the edition is not on
/// the shelf.
pub async fn beside(looking: &mut Looking, edition: &EditionId) -> Result<Dots, ChangeError> {
    let acts = [Act::SeeGroup, Act::SeeRoster, Act::SeeFollowUp];
    let About::Group(group) = *change::about(looking.permit(), &acts)? else {
        return Err(change::other(looking.permit()));
    };
    let published = shelf::published_at(looking, edition).await?;
    let published = published.ok_or(ChangeError::NotThere { of: "this edition" })?;
    let rows = looking.rows(STAYS, params![group]).await?;
    let stay = |row: &Row| {
        Ok(Stay {
            hpr: row.get(0)?,
            from: row.get(1)?,
            until: row.get(2)?,
        })
    };
    let stays: Result<Vec<Stay>, JournalError> = rows.iter().map(stay).collect();
    Ok(drawn(&stays?, published, looking.now()))
}

/// The first settled roster of ten and more since the edition was published. Only what happened up to its moment decides
/// it, so nothing that happens later changes it.
fn drawn(stays: &[Stay], published: Timestamp, now: Timestamp) -> Dots {
    if now < published {
        return Dots::From(published); // the clock was set back
    }
    let at_publication = members(stays, published);
    if at_publication.len() >= FEWEST_DOTS {
        return Dots::Members {
            hprs: at_publication,
            as_of: published,
        };
    }
    let mut arrivals: Vec<Timestamp> = stays
        .iter()
        .map(|stay| stay.from)
        .filter(|from| *from > published)
        .collect();
    arrivals.sort_unstable();
    let mut tried = published;
    for arrival in arrivals {
        if arrival <= tried || members(stays, arrival).len() < FEWEST_DOTS {
            continue;
        }
        let Ok(settled) = arrival.checked_add(SETTLES_IN) else {
            return Dots::TooFew;
        };
        if now < settled {
            return Dots::From(settled);
        }
        let hprs = members(stays, settled);
        if hprs.len() >= FEWEST_DOTS {
            let as_of = settled;
            return Dots::Members { hprs, as_of };
        }
        tried = settled;
    }
    Dots::TooFew
}

/// Who was a member at a moment, sorted, each once.
fn members(stays: &[Stay], at: Timestamp) -> Vec<HprNumber> {
    let there = |stay: &&Stay| stay.from <= at && stay.until.is_none_or(|until| at < until);
    let mut hprs: Vec<HprNumber> = stays.iter().filter(there).map(|stay| stay.hpr).collect();
    hprs.sort_unstable();
    hprs.dedup();
    hprs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: i64 = 3_600;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a moment")
    }

    fn stay(number: u32, from: i64, until: Option<i64>) -> Stay {
        Stay {
            hpr: HprNumber::from_value(9_000_000 + number).expect("seven digits"),
            from: at(from),
            until: until.map(at),
        }
    }

    fn ten(from: i64) -> Vec<Stay> {
        (0..10).map(|number| stay(number, from, None)).collect()
    }

    #[test]
    fn who_leaves_after_publication_is_drawn_and_who_comes_is_not() {
        let mut stays = ten(0);
        let before = drawn(&stays, at(100), at(200));
        stays[3].until = Some(at(150));
        stays.push(stay(77, 160, None));
        assert_eq!(drawn(&stays, at(100), at(200)), before);
        assert!(
            matches!(before, Dots::Members { hprs, as_of } if hprs.len() == 10 && as_of == at(100))
        );
    }

    #[test]
    fn a_group_made_after_publication_is_drawn_a_day_after_its_tenth_member() {
        let mut stays = ten(1_000);
        stays.push(stay(77, 1_000 + 5 * HOUR, None));
        let settled = 1_000 + 24 * HOUR;
        assert_eq!(
            drawn(&stays, at(100), at(settled - 1)),
            Dots::From(at(settled))
        );
        let Dots::Members { hprs, .. } = drawn(&stays, at(100), at(settled)) else {
            panic!("it is settled");
        };
        assert_eq!(hprs.len(), 11);
    }

    #[test]
    fn nine_are_too_few_and_so_are_ten_of_whom_one_leaves_within_the_day() {
        let mut stays = ten(1_000);
        stays[0].until = Some(at(1_000 + HOUR));
        assert_eq!(drawn(&stays, at(100), at(1_000 + 48 * HOUR)), Dots::TooFew);
        stays.push(stay(0, 1_000 + 30 * HOUR, None));
        let settled = at(1_000 + 54 * HOUR);
        assert_eq!(
            drawn(&stays, at(100), at(1_000 + 48 * HOUR)),
            Dots::From(settled)
        );
    }

    proptest! {
        #[test]
        fn once_drawn_a_group_is_drawn_with_the_same_whatever_happens_later(
            early in prop::collection::vec((0u32..14, 0i64..60, 1i64..60), 0..40),
            later in prop::collection::vec((0u32..30, 0i64..200), 0..20),
            ended in prop::collection::vec(any::<prop::sample::Index>(), 0..10),
            now in 0i64..120,
        ) {
            // Hours; whoever is still there at `now` has an open stay.
            let mut stays: Vec<Stay> = early
                .iter()
                .filter(|(_, from, _)| *from <= now)
                .map(|(number, from, length)| {
                    let until = from + length;
                    stay(*number, from * HOUR, (until <= now).then_some(until * HOUR))
                })
                .collect();
            let seen = drawn(&stays, at(20 * HOUR), at(now * HOUR));
            let open: Vec<usize> = (0..stays.len()).filter(|index| stays[*index].until.is_none()).collect();
            for index in ended.iter().filter(|_| !open.is_empty()) {
                stays[*index.get(&open)].until = Some(at(now * HOUR + 1));
            }
            for (number, after) in later {
                stays.push(stay(number, (now + after) * HOUR + 1, None));
            }
            if let Dots::Members { .. } = &seen {
                for after in [1, 24, 48, 1_000] {
                    prop_assert_eq!(&drawn(&stays, at(20 * HOUR), at((now + after) * HOUR)), &seen);
                }
            }
        }
    }
}
