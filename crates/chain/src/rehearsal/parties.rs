//! The parties of a rehearsal as they are kept, so that the same parties act again and another system can be told of them.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use riktig_codes::{HprNumber, OrganisationNumber};
use riktig_eresept::signature::pki::{PkiError, TestAuthority};
use riktig_eresept::signature::{SigningKey, sign};

use super::{DOCTOR, INTERMEDIARY, PHARMACY, Rehearsal, id};
use crate::At;

/// How long before its making the certificate that has expired was issued, in hours: it lasts three years.
const FOUR_YEARS: i64 = 4 * 365 * 24;

/// An authority's certificate and the keys of those it vouches for.
#[derive(Debug)]
pub struct Parties {
    /// The authority's certificate (DER).
    pub authority: Vec<u8>,
    /// The doctor's.
    pub doctor: SigningKey,
    /// The pharmacy's.
    pub pharmacy: SigningKey,
    /// The intermediary's.
    pub intermediary: SigningKey,
    /// The doctor's from four years ago, which has expired.
    pub expired: SigningKey,
    /// Keys of other doctors under the same authority, by HPR number.
    pub others: Vec<(HprNumber, SigningKey)>,
}

impl Parties {
    /// Makes them at a moment; what is valid is so from the day before.
    ///
    /// # Errors
    /// Where the operating system gives no chance for keys.
    pub fn new(now: Timestamp) -> Result<Self, PkiError> {
        Self::with_doctors(now, &[])
    }

    /// The same, with keys for other doctors: those of whoever tries a system of their own.
    ///
    /// # Errors
    /// Where the operating system gives no chance for keys.
    pub fn with_doctors(now: Timestamp, others: &[HprNumber]) -> Result<Self, PkiError> {
        let from = before(now, 24);
        let authority = TestAuthority::new(from)?;
        let organisation = |name, number: &str| {
            let number = number.parse().expect("a number with right check digits");
            authority.organisation(name, number, from)
        };
        let doctor = |from| authority.person("Ola Testlege", Some(Self::doctor_number()), from);
        let others = others.iter().map(|hpr| {
            let key = authority.person("Annen Testlege", Some(*hpr), from);
            Ok((*hpr, key?))
        });
        let others = others.collect::<Result<_, PkiError>>()?;
        Ok(Self {
            doctor: doctor(from)?,
            pharmacy: organisation("Testapoteket", PHARMACY.1)?,
            intermediary: organisation("Testformidleren", INTERMEDIARY)?,
            expired: doctor(before(now, FOUR_YEARS))?,
            others,
            authority: authority.certificate().to_vec(),
        })
    }

    /// The HPR number of the doctor.
    pub fn doctor_number() -> HprNumber {
        HprNumber::from_value(DOCTOR).expect("a number of the register's form")
    }

    /// The organisation number of the intermediary.
    pub fn intermediary_number() -> OrganisationNumber {
        INTERMEDIARY
            .parse()
            .expect("a number with right check digits")
    }

    /// The registers that an intermediary needs to know them, as [`crate::Register`] reads them: prescribers (the doctor and these
    /// others) and pharmacies.
    pub fn registers(others: &[HprNumber]) -> (String, String) {
        let mut prescribers = format!("hpr;right\n{DOCTOR};all\n");
        for hpr in others {
            prescribers += &format!("{hpr};all\n");
        }
        let (her, organisation) = PHARMACY;
        (
            prescribers,
            format!("her;organisation\n{her};{organisation}\n"),
        )
    }
}

fn before(now: Timestamp, hours: i64) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(hours))
        .unwrap_or(Timestamp::MIN)
}

/// Who signs in the place of the one who should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Nobody.
    Nobody,
    /// The pharmacy, for the doctor or the intermediary.
    Pharmacy,
    /// The doctor, for the pharmacy.
    Doctor,
    /// The doctor, with a certificate that has expired.
    Expired,
    /// Somebody with the doctor's name and number under an authority of the same name that nobody trusts.
    Foreign,
}

impl Rehearsal {
    /// A rehearsal of parties that are there.
    pub fn of(parties: Parties, at: At) -> Self {
        Self {
            authority: parties.authority,
            doctor: parties.doctor,
            pharmacy: parties.pharmacy,
            intermediary: Arc::new(parties.intermediary),
            expired: Some(parties.expired),
            at,
        }
    }

    /// A message of these parties as if somebody else had signed it.
    ///
    /// # Errors
    /// Where the operating system gives no chance for the foreign key.
    pub fn signed_by(&self, wrong: Wrong, message: &[u8]) -> Result<Vec<u8>, PkiError> {
        let bare = unsigned(message);
        let signed = |key: &SigningKey, at| sign(&bare, key, at).expect("the key was valid then");
        Ok(match wrong {
            Wrong::Nobody => bare,
            Wrong::Pharmacy => signed(&self.pharmacy, self.at.now),
            Wrong::Doctor => signed(&self.doctor, self.at.now),
            Wrong::Expired => {
                let then = before(self.at.now, FOUR_YEARS - 48);
                match &self.expired {
                    Some(key) => signed(key, then),
                    None => signed(&Parties::new(self.at.now)?.expired, then),
                }
            }
            Wrong::Foreign => signed(&Parties::new(self.at.now)?.doctor, self.at.now),
        })
    }

    /// A message of another number as if it had this number's id, signed by the doctor.
    pub fn under_the_id_of(&self, number: u32, of: u32, message: &[u8]) -> Vec<u8> {
        let text = String::from_utf8(unsigned(message)).expect("messages are UTF-8");
        let (own, other) = (id("m1", of), id("m1", number));
        let text = text.replace(own.as_str(), other.as_str());
        sign(text.as_bytes(), &self.doctor, self.at.now).expect("the message is whole")
    }
}

/// The message without its signature, every other byte as it was.
pub(super) fn unsigned(message: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(message).expect("messages are UTF-8");
    let (begin, end) = ("<Signature xmlns=", "</Signature>");
    match (text.rfind(begin), text.rfind(end)) {
        (Some(from), Some(to)) => [&text[..from], &text[to + end.len()..]]
            .concat()
            .into_bytes(),
        _ => message.to_vec(),
    }
}
