//! Why a row is refused.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::store::RefusalTally;

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $remedy:literal;)*) => {
        /// Why a row is refused. The name goes into the manifest and the table of `riktig intake`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Reason { $($(#[$doc])* $variant,)* }

        impl Reason {
            /// Every reason.
            pub const ALL: &'static [Reason] = &[$(Reason::$variant,)*];

            /// The name in manifests and tables.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Reason::$variant => $name,)* }
            }

            /// What the sender should do.
            #[must_use]
            pub fn remedy(self) -> &'static str {
                match self { $(Reason::$variant => $remedy,)* }
            }
        }
    };
}

reasons! {
    /// More or fewer fields than the header.
    WrongColumnCount = "wrong_column_count", "write every column in every row; quote fields that hold the delimiter";
    /// No id where rows have ids.
    MissingId = "missing_id", "give every row its stable id";
    /// The id stands in an earlier row of the delivery.
    DuplicateId = "duplicate_id", "deliver every id once, or mark the repetition as a cancellation";
    /// Not a status of this kind.
    UnknownStatus = "unknown_status", "see docs/reference/deliveries.md for the words of `status`";
    /// Not a receiver.
    UnknownReceiver = "unknown_receiver", "write human, animal or practice";
    /// No identity number of any kind.
    BadIdentity = "bad_identity_number", "check the eleven digits at the source; a masked number is 00000000000";
    /// Not a date.
    BadDate = "bad_date", "write YYYY-MM-DD, and only dates that exist";
    /// No date of the event itself.
    MissingDate = "missing_date", "give the date of the event";
    /// An antibiotic without a number of items.
    MissingItems = "missing_items", "give the number of items; 1 for an ordinary pack line";
    /// Later than the data cut.
    FutureDate = "future_date", "check the date, or name a later data cut";
    /// Not in the delivery's period.
    OutsidePeriod = "outside_period", "deliver the row with the period it belongs to";
    /// Dispensed before it was prescribed.
    DispensedBeforePrescribed = "dispensed_before_prescribed", "check both dates at the source";
    /// Born after the event, or older than anybody.
    ImpossibleAge = "impossible_age", "check the birth date at the source";
    /// Not a code of list 3101.
    UnknownSex = "unknown_sex_code", "write 1, 2, 0 or 9 (list 3101)";
    /// Not four digits of a municipality.
    BadMunicipality = "bad_municipality", "write the four-digit kommunenummer, or leave it empty";
    /// Not an HPR number.
    BadPrescriber = "bad_prescriber", "write the HPR number, or 0 where it is not known";
    /// A register row about no prescriber.
    MissingPrescriber = "missing_prescriber", "name the prescriber in a register of prescribers";
    /// Not an ATC code of level 5.
    BadAtc = "bad_atc", "write the seven characters of ATC level 5";
    /// Not a route.
    UnknownRoute = "unknown_route", "write oral, parenteral, rectal, inhalation or topical, or leave it empty";
    /// A foreign code that the code map does not name.
    UnmappedCode = "unmapped_code", "add the code to the map, or declare `unmapped = \"ballast\"`";
    /// Not a number.
    BadNumber = "bad_number", "write digits, with a point before decimals, at most three of them";
    /// Below zero.
    NegativeQuantity = "negative_quantity", "send a return as a cancellation of the row it returns";
    /// Not a code of its system.
    BadDiagnosis = "bad_diagnosis", "write a code of ICPC-2 or ICD-10";
    /// A diagnosis of no known system.
    UnknownDiagnosisSystem = "unknown_diagnosis_system", "name the system: ICPC-2, ICPC-2B or ICD-10, or its OID";
    /// Not a word about waiting.
    UnknownWaiting = "unknown_waiting", "write yes or no, or leave it empty where the prescription does not say";
    /// Not six digits.
    BadItemNumber = "bad_item_number", "write the six digits of the varenummer, or leave it empty";
    /// Not a role.
    UnknownRole = "unknown_role", "see docs/reference/deliveries.md for the words of `role`";
    /// Not an outcome of advice.
    UnknownOutcome = "unknown_outcome", "see docs/reference/deliveries.md for the words of `outcome`; only an overridden card has a reason";
    /// Not a code of the guideline.
    BadGuidelineCode = "bad_guideline_code", "write codes: small letters, digits, - and _, a rule with / and the version after an @; never a sentence";
    /// A period that ends before it begins.
    EndsBeforeStart = "ends_before_start", "check both dates at the source";
    /// A number or name that the row is about is missing.
    MissingValue = "missing_value", "fill in the column";
    /// The register or another claim message already has this row.
    RepeatedRow = "repeated_row", "deliver every row of a register and every bill once";
    /// More than anybody dispenses in one row.
    ImplausibleQuantity = "implausible_quantity", "check the quantity at the source";
    /// A name or id that holds somebody's identity number.
    IdentityNumberInText = "identity_number_in_text", "send names and ids of registers, never a person's number";
    /// A name or id with a control character or a sign that turns the direction of writing.
    ControlCharacter = "control_character", "send plain text";
}

/// A refused row: the reason and the column, never the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// Where; empty for the whole row.
    pub column: &'static str,
}

impl Reason {
    /// A refusal for this reason in a column.
    #[must_use]
    pub(crate) fn at(self, column: &'static str) -> Refusal {
        Refusal {
            reason: self,
            column,
        }
    }
}

/// Lines shown per reason in the manifest; the file of refusals has all.
const FIRST_LINES: usize = 20;

/// The refused rows of a delivery.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    tallies: BTreeMap<Reason, RefusalTally>,
    /// `line;reason;column`, one row each.
    list: String,
    rows: u64,
}

impl Refusals {
    pub(crate) fn add(&mut self, line: u64, refusal: Refusal) {
        let tally = self.tallies.entry(refusal.reason).or_default();
        tally.rows += 1;
        if tally.first_lines.len() < FIRST_LINES {
            tally.first_lines.push(line);
        }
        self.rows += 1;
        let _infallible = writeln!(
            self.list,
            "{line};{};{}",
            refusal.reason.name(),
            refusal.column
        );
    }

    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    pub(crate) fn by_name(&self) -> BTreeMap<String, RefusalTally> {
        self.tallies
            .iter()
            .map(|(reason, tally)| (reason.name().to_owned(), tally.clone()))
            .collect()
    }

    /// The content of the file of refusals; `None` when nothing was refused.
    pub(crate) fn file(&self) -> Option<String> {
        (self.rows > 0).then(|| format!("line;reason;column\n{}", self.list))
    }

    /// The most frequent reasons, with first line and remedy, for an error.
    pub(crate) fn summary(&self) -> String {
        let mut tallies: Vec<_> = self.tallies.iter().collect();
        tallies.sort_by_key(|(reason, tally)| (std::cmp::Reverse(tally.rows), **reason));
        let mut text = String::new();
        for (reason, tally) in tallies.into_iter().take(3) {
            let line = tally.first_lines.first().copied().unwrap_or(0);
            let separator = if text.is_empty() { "" } else { "; " };
            let _infallible = write!(
                text,
                "{separator}{} × {} (first in line {line}: {})",
                tally.rows,
                reason.name(),
                reason.remedy()
            );
        }
        text
    }
}
