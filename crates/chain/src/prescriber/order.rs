//! What is to be prescribed.

use riktig_codes::{AtcCode, Day, HprNumber, NationalId};
use riktig_eresept::prescription::{Amount, Reimbursement};
use riktig_eresept::{Diagnosis, MessageId};

/// A prescription before it is a message.
#[derive(Debug, Clone)]
pub struct Order {
    /// Its id (ReseptId), which becomes the message's: the same order sent twice is one prescription.
    pub id: MessageId,
    /// For whom.
    pub patient: NationalId,
    /// Who prescribes.
    pub prescriber: HprNumber,
    /// What.
    pub product: Product,
    /// How it is taken, in words (doseringsveiledning).
    pub dosage: String,
    /// What for, on the label (bruksområde).
    pub application_area: Option<String>,
    /// How it is used: a code of list 9101 with its name.
    pub used: (&'static str, &'static str),
    /// How much at a time.
    pub amount: Amount,
    /// How many times again.
    pub reiterations: u32,
    /// What for, as a code.
    pub diagnosis: Option<Diagnosis>,
    /// The day of prescribing.
    pub prescribed: Day,
    /// The last day on which it is valid.
    pub expires: Day,
    /// Not to be dispensed before this day.
    pub not_before: Option<Day>,
    /// Whether it is a waiting prescription (vent-og-se-resept); `None` where whoever ordered did not say.
    pub waiting: Option<bool>,
    /// The prescriber's reservation against an equivalent in the drug's place (byttereservasjon).
    pub refuses_exchange: bool,
    /// Reimbursement, if it was chosen.
    pub reimbursement: Option<Reimbursement>,
}

/// The drug of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its substance; `None` where it is not known.
    pub atc: Option<AtcCode>,
    /// Name, form and strength.
    pub name: String,
    /// The object in FEST (`ID_…`), if it was chosen there.
    pub fest: Option<String>,
    /// The pack's item number (varenummer), if a pack was chosen.
    pub item: Option<String>,
    /// Dispensing group (reseptgruppe, list 7421): `C` for what is neither narcotic nor habit-forming, and so for every antibiotic.
    pub group: char,
}
