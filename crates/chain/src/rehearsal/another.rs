//! A second doctor and a second pharmacy, who do with the first ones' prescriptions what they may not.

use riktig_codes::HprNumber;
use riktig_eresept::signature::pki::PkiError;
use riktig_eresept::signature::{SigningKey, sign};

use super::parties::unsigned;
use super::{DOCTOR, PHARMACY, Parties, Rehearsal};
use crate::{At, Register, Setup};

/// HPR number of the second doctor.
const OTHER_DOCTOR: u32 = 9_144_900;
/// HER-id and organisation of the second pharmacy.
const OTHER_PHARMACY: (&str, &str) = ("80626", "983744516");

/// The second doctor and the second pharmacy, under the same authority.
#[derive(Debug)]
pub struct Another {
    doctor: SigningKey,
    pharmacy: SigningKey,
    at: At,
}

impl Rehearsal {
    /// A rehearsal with a second doctor and a second pharmacy.
    ///
    /// # Errors
    /// As [`Rehearsal::new`].
    pub fn with_another(at: At) -> Result<(Self, Another), PkiError> {
        let (rehearsal, authority) = Self::under_authority(at)?;
        let number = HprNumber::from_value(OTHER_DOCTOR);
        let organisation = OTHER_PHARMACY.1.parse();
        let organisation = organisation.expect("a number with right check digits");
        let another = Another {
            doctor: authority.person("Eva Testlege", number, at.now)?,
            pharmacy: authority.organisation("Det andre testapoteket", organisation, at.now)?,
            at,
        };
        Ok((rehearsal, another))
    }

    /// A message of the doctor's with one text in the place of another (which must be there), signed.
    pub fn rewritten(&self, message: &[u8], from: &str, to: &str) -> Vec<u8> {
        let text = String::from_utf8(unsigned(message)).expect("messages are UTF-8");
        assert!(text.contains(from), "the message has no such text");
        let text = text.replacen(from, to, 1);
        sign(text.as_bytes(), &self.doctor, self.at.now).expect("the message is whole")
    }

    /// A message of the doctor's with a name of the surgery of so many letters, signed: one that is as long as may be.
    pub fn with_long_name(&self, message: &[u8], letters: usize) -> Vec<u8> {
        self.rewritten(message, "Oppdiktet legekontor", &"o".repeat(letters))
    }
}

impl Another {
    /// The second doctor's HPR number.
    pub fn hpr(&self) -> HprNumber {
        HprNumber::from_value(OTHER_DOCTOR).expect("a number of its length")
    }

    /// An intermediary that knows these parties beside those of the rehearsal.
    pub fn setup(&self, rehearsal: &Rehearsal) -> Setup {
        let (mut prescribers, mut pharmacies) = Parties::registers(&[]);
        prescribers += &format!("{OTHER_DOCTOR};all\n");
        pharmacies += &format!("{};{}\n", OTHER_PHARMACY.0, OTHER_PHARMACY.1);
        let register = Register::default().with_prescribers(&prescribers);
        let register = register.and_then(|register| register.with_pharmacies(&pharmacies));
        Setup {
            register: register.expect("it is written as it is read"),
            ..rehearsal.setup()
        }
    }

    /// A message of the rehearsal's doctor or pharmacy as the second one sends it, with an id of its own.
    pub fn as_own(&self, message: &[u8]) -> Vec<u8> {
        let text = std::str::from_utf8(message).expect("messages are UTF-8");
        let (from, to) = place_of_id(text);
        self.under_id(message, super::id(&text[from..to], 0).as_str())
    }

    /// The same with an id that somebody else may have used.
    pub fn under_id(&self, message: &[u8], id: &str) -> Vec<u8> {
        let text = String::from_utf8(unsigned(message)).expect("messages are UTF-8");
        let is_doctors = [DOCTOR, OTHER_DOCTOR]
            .iter()
            .any(|doctor| text.contains(&doctor.to_string()));
        let (from, to) = place_of_id(&text);
        let text = [&text[..from], id, &text[to..]].concat();
        let text = text
            .replace(&DOCTOR.to_string(), &OTHER_DOCTOR.to_string())
            .replace(PHARMACY.0, OTHER_PHARMACY.0)
            .replace(PHARMACY.1, OTHER_PHARMACY.1);
        let key = match is_doctors {
            true => &self.doctor,
            false => &self.pharmacy,
        };
        sign(text.as_bytes(), key, self.at.now).expect("the message is whole")
    }
}

fn place_of_id(text: &str) -> (usize, usize) {
    let begin = text.find("<MsgId>").expect("a message has an id");
    let end = text.find("</MsgId>").expect("a message has an id");
    (begin + "<MsgId>".len(), end)
}
