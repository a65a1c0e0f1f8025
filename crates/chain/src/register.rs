//! Who may send what: the intermediary's own copy of the registers.

use std::collections::BTreeMap;

use riktig_codes::{AtcCode, Day, HprNumber, OrganisationNumber};
use riktig_eresept::Message;
use riktig_eresept::control::PrescriberStanding;
use riktig_eresept::prescription::PharmacyId;
use riktig_eresept::signature::{Holder, Signer};

/// Who may send what, as far as this installation has been told.
///
/// ```
/// use riktig_chain::Register;
/// let register = Register::default()
///     .with_prescribers("hpr;right;certificate\n9144897;all;9578-4050-1\n9144900;J01 P01\n9144901;none\n")?
///     .with_pharmacies("her;organisation\n80624;974760673\n")?;
/// let may = |hpr: &str| register.may_prescribe(hpr.parse().ok()?);
/// assert_eq!((may("9144900"), may("9144901"), may("9144902")), (Some(true), Some(false), Some(false)));
/// assert!(Register::default().with_pharmacies("80624;974760673").is_err(), "the first line names the columns");
/// let twice = Register::default().with_prescribers("hpr;right\n9144897;none\n9144897;all\n").unwrap_err();
/// assert!(twice.to_string().contains("line 3: write one right for each prescriber"));
/// # Ok::<(), riktig_chain::RegisterError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Register {
    prescribers: Option<BTreeMap<HprNumber, PrescriberStanding>>,
    certificates: BTreeMap<String, HprNumber>,
    pharmacies: BTreeMap<PharmacyId, OrganisationNumber>,
}

/// A register that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cannot read the register of {of} at line {line}: write {rule}")]
pub struct RegisterError {
    of: &'static str,
    line: usize,
    rule: &'static str,
}

impl Register {
    /// Prescribers with what they may prescribe, by semicolons: HPR number, `all`, `none` or ATC groups, and the number of
    /// their certificate (`serialNumber` of its subject), where that carries no HPR number. Somebody with two certificates has two lines.
    ///
    /// # Errors
    /// At the first line that is not that, or that gives somebody another right than an earlier line.
    pub fn with_prescribers(mut self, text: &str) -> Result<Self, RegisterError> {
        let mut prescribers = BTreeMap::new();
        for (line, columns) in lines(text, "hpr;right;certificate", "prescribers")? {
            let wrong = RegisterError {
                of: "prescribers",
                line,
                rule: "HPR number; all, none or ATC groups; number of the certificate or nothing",
            };
            let (hpr, right) = match columns[..] {
                [hpr, right] | [hpr, right, _] => (hpr, right),
                _ => return Err(wrong),
            };
            let hpr = hpr
                .parse()
                .ok()
                .and_then(HprNumber::from_value)
                .ok_or(wrong)?;
            let right = standing(right).ok_or(wrong)?;
            let before = prescribers.insert(hpr, right.clone());
            if before.is_some_and(|before| before != right) {
                return Err(RegisterError {
                    rule: "one right for each prescriber: an earlier line says another",
                    ..wrong
                });
            }
            if let Some(certificate) = columns.get(2).filter(|text| !text.is_empty()) {
                self.certificates.insert((*certificate).to_owned(), hpr);
            }
        }
        self.prescribers = Some(prescribers);
        Ok(self)
    }

    /// Pharmacies, by semicolons: their address in the health network (HER-id) and their organisation number.
    ///
    /// # Errors
    /// At the first line that is not that.
    pub fn with_pharmacies(mut self, text: &str) -> Result<Self, RegisterError> {
        for (line, columns) in lines(text, "her;organisation", "pharmacies")? {
            let wrong = RegisterError {
                of: "pharmacies",
                line,
                rule: "HER-id; organisation number",
            };
            let [her, organisation] = columns[..] else {
                return Err(wrong);
            };
            let her = PharmacyId(her.parse().map_err(|_| wrong)?);
            let organisation = organisation.parse().map_err(|_| wrong)?;
            let before = self.pharmacies.insert(her, organisation);
            if before.is_some_and(|before| before != organisation) {
                return Err(RegisterError {
                    rule: "one organisation for each HER-id: an earlier line says another",
                    ..wrong
                });
            }
        }
        Ok(self)
    }

    /// Whether somebody may prescribe anything at all: what gives them a look at what others wrote. `None`: there is no register to tell.
    pub fn may_prescribe(&self, hpr: HprNumber) -> Option<bool> {
        let known = self.prescribers.as_ref()?;
        let standing = known.get(&hpr);
        Some(standing.is_some_and(|it| *it != PrescriberStanding::Nothing))
    }

    /// What somebody may prescribe. The register knows today only, whatever day is asked for.
    pub(crate) fn standing(&self, hpr: HprNumber, _: Day) -> PrescriberStanding {
        match &self.prescribers {
            None => PrescriberStanding::CannotBeTold,
            Some(known) => known
                .get(&hpr)
                .cloned()
                .unwrap_or(PrescriberStanding::NotFound),
        }
    }

    /// The health professional who signed: by the certificate itself, else by its number.
    pub(crate) fn professional(&self, signer: &Signer) -> Option<HprNumber> {
        let Holder::Person { hpr } = signer.holder else {
            return None;
        };
        hpr.or_else(|| self.certificates.get(signer.identifier.as_ref()?).copied())
    }

    /// The health professional whom a message names as its sender, if the signature is theirs: the one rule for the intermediary, which takes
    /// a prescription, and the registry, which reads it from a report.
    pub(crate) fn sender_who_signed(
        &self,
        message: &Message,
        signer: &Signer,
    ) -> Option<HprNumber> {
        let named = message.envelope().sender.acting()?.hpr()?;
        (self.professional(signer) == Some(named)).then_some(named)
    }

    /// Whether the one who signed is this pharmacy.
    pub(crate) fn is_pharmacy(&self, pharmacy: PharmacyId, signer: &Signer) -> bool {
        let Holder::Organisation { number } = signer.holder else {
            return false;
        };
        self.pharmacies.get(&pharmacy) == Some(&number)
    }
}

fn standing(text: &str) -> Option<PrescriberStanding> {
    Some(match text {
        "all" => PrescriberStanding::All,
        "none" => PrescriberStanding::Nothing,
        groups => {
            let groups = groups
                .split_whitespace()
                .map(|group| AtcCode::parse(group).ok());
            let groups = groups
                .collect::<Option<Vec<_>>>()
                .filter(|groups| !groups.is_empty());
            PrescriberStanding::Only(groups?)
        }
    })
}

type Lines<'t> = Vec<(usize, Vec<&'t str>)>;

fn lines<'t>(
    text: &'t str,
    heading: &'static str,
    of: &'static str,
) -> Result<Lines<'t>, RegisterError> {
    let mut lines = (1..).zip(text.lines());
    let first = lines.next().map(|(_, line)| line.trim());
    if first.is_none_or(|first| !heading.starts_with(first) || first.is_empty()) {
        return Err(RegisterError {
            of,
            line: 1,
            rule: heading,
        });
    }
    let filled = lines.filter(|(_, line)| !line.trim().is_empty());
    Ok(filled
        .map(|(number, line)| (number, line.split(';').map(str::trim).collect()))
        .collect())
}
