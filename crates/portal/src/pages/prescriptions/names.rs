//! Names beside numbers, as far as they are known: a signed message may name who sent it, and the demo knows its people. Nothing here is a register of
//! people: where nobody is named, the number stands alone.

use std::collections::{BTreeMap, BTreeSet};

use riktig_chain::shown::{Named, ShownList, sender_of};
use riktig_codes::{HprNumber, OrganisationNumber};
use riktig_journal::chain::{ChainLine, MessageId};
use riktig_journal::{JournalError, Reading};

use crate::login::Way;
use crate::portal::Portal;

/// The names of a page.
#[derive(Default)]
pub(super) struct Names {
    people: BTreeMap<HprNumber, String>,
    organisations: BTreeMap<OrganisationNumber, String>,
}

impl Names {
    /// The demo's invented people, and nobody elsewhere.
    pub(super) fn of(portal: &Portal) -> Self {
        let mut names = Self::default();
        if let Way::Demo(people) = portal.login() {
            let known = people.iter();
            let known = known.filter_map(|one| Some((one.hpr?, one.persona.name.clone())));
            names.people.extend(known);
        }
        names
    }

    /// With those who prescribed what is shown, as their messages name them.
    pub(super) fn with_prescribers(mut self, list: &ShownList) -> Self {
        for one in &list.prescriptions {
            self.learn(&one.sender, (one.prescriber, None));
        }
        self
    }

    /// With those of the log: of each number that has no name yet, one of its messages is read.
    pub(super) async fn with_senders(
        mut self,
        reading: &mut Reading,
        portal: &Portal,
        lines: &[ChainLine],
    ) -> Result<Self, JournalError> {
        let mut asked = BTreeSet::new();
        for line in lines {
            let numbers = (line.hpr, line.organisation);
            let person = line.hpr.is_some_and(|it| !self.people.contains_key(&it));
            let of_it = line.organisation;
            let organisation = of_it.is_some_and(|it| !self.organisations.contains_key(&it));
            let Ok(message) = line.object.parse::<MessageId>() else {
                continue;
            };
            if (person || organisation) && line.is_message() && asked.insert(numbers) {
                let sender = sender_of(reading, portal.journal(), &message).await?;
                // The log's numbers are those of the signature: of nobody else is the message's word taken.
                self.learn(&sender.unwrap_or_default(), numbers);
            }
        }
        Ok(self)
    }

    /// Takes the message's names for those of these numbers that it names.
    fn learn(
        &mut self,
        sender: &Named,
        (hpr, number): (Option<HprNumber>, Option<OrganisationNumber>),
    ) {
        if let (Some(hpr), Some(name)) = (hpr, &sender.person)
            && sender.hpr == Some(hpr)
        {
            self.people.entry(hpr).or_insert_with(|| name.clone());
        }
        if let (Some(number), Some(name)) = (number, &sender.organisation)
            && sender.number == Some(number)
        {
            let known = self.organisations.entry(number);
            known.or_insert_with(|| name.clone());
        }
    }

    /// What a health professional is called.
    pub(super) fn person(&self, hpr: HprNumber) -> Option<&str> {
        self.people.get(&hpr).map(String::as_str)
    }

    /// What an organisation is called.
    pub(super) fn organisation(&self, number: OrganisationNumber) -> Option<&str> {
        self.organisations.get(&number).map(String::as_str)
    }
}
