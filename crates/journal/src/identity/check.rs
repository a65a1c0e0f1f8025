//! Whether the keys are those that the journal was written with.

use crate::chain;
use crate::id::PersonId;
use crate::store::{JournalError, Writing, params, statements};

use super::{Keys, Sealed, field};

statements! {
    /// The values that are kept.
    KEPT: Select = "SELECT number, value FROM key_check ORDER BY number";
    /// The value of a key.
    ADD: Change = "INSERT INTO key_check (number, value) VALUES ($1, $2)";
    /// A field of somebody, of a journal that keeps no value yet.
    ANY_FIELD: Select = "SELECT person, field, key, sealed FROM identity ORDER BY person, field LIMIT 1";
}

/// Refuses the keys of another journal, and keeps the values of keys that are new to this one.
///
/// With other keys nobody would be found, and what was written meanwhile would not be found with the right ones. A journal
/// that keeps no value yet is tried by what it holds: one patient, and one encrypted field of a person. One that holds neither takes the
/// keys that it is opened with.
pub(crate) async fn of_this_journal(
    writing: &mut Writing,
    keys: &Keys,
) -> Result<(), JournalError> {
    let rows = writing.rows(KEPT, params![]).await?;
    let kept = rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?)));
    let kept: Vec<(u32, [u8; 32])> = kept.collect::<Result<_, JournalError>>()?;
    let ours: Vec<(u32, [u8; 32])> = keys.checks().collect();
    let of = |number| kept.iter().find(|(of, _)| *of == number);
    let differs = ours
        .iter()
        .any(|(number, value)| of(*number).is_some_and(|(_, kept)| kept != value));
    let known = ours.iter().any(|(number, _)| of(*number).is_some());
    let fits = if kept.is_empty() {
        what_is_held_opens(writing, keys).await?
    } else {
        known && !differs
    };
    if !fits {
        return Err(JournalError::OtherKeys {
            file: keys.file().map(str::to_owned),
        });
    }
    for (number, value) in ours {
        if of(number).is_none() {
            writing.change(ADD, params![number, value]).await?;
        }
    }
    Ok(())
}

async fn what_is_held_opens(writing: &mut Writing, keys: &Keys) -> Result<bool, JournalError> {
    if !chain::a_patient_is_found(writing, keys).await? {
        return Ok(false);
    }
    let Some(row) = writing.row(ANY_FIELD, params![]).await? else {
        return Ok(true);
    };
    let (person, name): (PersonId, String) = (row.get(0)?, row.get(1)?);
    let sealed = Sealed {
        key: row.get(2)?,
        bytes: row.get(3)?,
    };
    Ok(sealed.open(keys, field::place(&person, &name)).is_some())
}

#[cfg(test)]
mod tests {
    use crate::identity::{Field, Keys, keep};
    use crate::store::{Journal, JournalError};
    use crate::suite::{World, doctor, keys, moment, newer_keys, on_both, own_permit};

    fn others() -> Keys {
        Keys::parse(&Keys::generate().expect("there is chance")).expect("they are keys")
    }

    async fn everything(world: &World, name: &str) -> Vec<u8> {
        let file = world.folder().join(name);
        crate::backup::write(&world.journal, &file, moment(0))
            .await
            .expect("it is written");
        std::fs::read(file).expect("it is there")
    }

    on_both! {
        async fn the_keys_of_another_journal_are_refused_and_nothing_is_written(world: World) {
            let before = everything(&world, "before").await;
            let refused = Journal::open(&world.address, others()).await.expect_err("they are another's");
            assert!(matches!(refused, JournalError::OtherKeys { file: None }), "{refused:?}");
            assert!(refused.hint().is_some_and(|hint| hint.contains("--keys")));
            assert!(before == everything(&world, "after").await, "something was written");
            Journal::open(&world.address, keys()).await.expect("it opens with its own");
        }

        async fn a_newer_key_is_known_from_its_first_use_and_the_older_may_go(world: World) {
            let newer = Journal::open(&world.address, newer_keys()).await.expect("one of them is known");
            newer.close().await;
            let alone = "lookup 2 BQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\nfield 1 AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=\nanchor 1 AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=";
            Journal::open(&world.address, Keys::parse(alone).expect("keys")).await.expect("it is known by now");
            // The right key beside another's of a number that is known is another's file.
            let mixed = alone.replace("lookup 2", "lookup 1 AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\nlookup 2").replace("BQEB", "BgEB");
            let refused = Journal::open(&world.address, Keys::parse(&mixed).expect("keys")).await;
            assert!(matches!(refused, Err(JournalError::OtherKeys { .. })), "{refused:?}");
        }

        async fn a_journal_without_a_value_is_tried_by_what_it_holds(world: World) {
            world.behind_its_back("DELETE FROM key_check").await.expect("writes");
            let mut acting = world.journal.act(own_permit(&doctor(1)), moment(0)).await.expect("begins");
            let person = crate::id::PersonId::from_bytes([1; 16]);
            keep(&mut acting, &world.journal, person, Field::Email, "a@b.test").await.expect("writes");
            acting.done().await.expect("ends");
            let refused = Journal::open(&world.address, others()).await;
            assert!(matches!(refused, Err(JournalError::OtherKeys { .. })), "{refused:?}");
            Journal::open(&world.address, keys()).await.expect("it opens with its own");
            world.behind_its_back("DELETE FROM identity").await.expect("writes");
            let refused = Journal::open(&world.address, others()).await;
            assert!(matches!(refused, Err(JournalError::OtherKeys { .. })), "its own keys left their value: {refused:?}");
        }

        async fn a_journal_that_holds_nobody_takes_the_keys_it_is_opened_with(world: World) {
            world.behind_its_back("DELETE FROM key_check").await.expect("writes");
            Journal::open(&world.address, others()).await.expect("nothing speaks against it");
            let refused = Journal::open(&world.address, keys()).await;
            assert!(matches!(refused, Err(JournalError::OtherKeys { .. })), "{refused:?}");
        }
    }
}
