//! What a system names in a search or a condition: an order by an identifier, a patient by a number.

use axum::http::HeaderMap;
use riktig_codes::{HprNumber, NationalId};
use riktig_eresept::MessageId;
use riktig_fhir::prescribing::{Order, is_identity_system};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid, Variant, Version};

use super::refusal::Refusal;

/// The header of a conditional create.
const IF_NONE_EXIST: &str = "if-none-exist";

/// Which prescription an order becomes: the same order sent again is the same one.
#[derive(Debug)]
pub(super) struct Number {
    pub(super) id: MessageId,
    /// Whether it was asked to create it only where it is not there.
    pub(super) conditional: bool,
}

impl Number {
    /// The number of an order: its ReseptId, else one that follows from the doctor and the identifier.
    pub(super) fn of(
        headers: &HeaderMap,
        (resource, order): (&Value, &Order),
        doctor: HprNumber,
    ) -> Result<Self, Refusal> {
        if let Some(condition) = headers.get(IF_NONE_EXIST) {
            let condition = condition.to_str().unwrap_or_default();
            let named = identifier(condition).ok_or(Refusal::Condition)?;
            let id = number(doctor, &named)?;
            let conditional = true;
            return Ok(Self { id, conditional });
        }
        let conditional = false;
        if let Some(own) = &order.id {
            let id = MessageId::parse(&own.to_ascii_lowercase()).filter(MessageId::is_uuid);
            let id = id.ok_or(Refusal::IdForm)?;
            return Ok(Self { id, conditional });
        }
        let identifiers = resource["identifier"].as_array();
        let pair = |it: &Value| {
            let system = it["system"].as_str().unwrap_or_default().to_owned();
            Some((system, it["value"].as_str()?.to_owned()))
        };
        let named = identifiers.and_then(|them| them.iter().find_map(pair));
        let named = named.ok_or(Refusal::IdNone)?;
        let id = number(doctor, &named)?;
        Ok(Self { id, conditional })
    }
}

/// `identifier=system|value`, as an address has it.
fn identifier(condition: &str) -> Option<(String, String)> {
    let mut pairs = url::form_urlencoded::parse(condition.trim_start_matches('?').as_bytes());
    let (key, value) = pairs.next()?;
    let alone = pairs.next().is_none();
    let (system, value) = value.split_once('|')?;
    (alone && key == "identifier" && !value.is_empty())
        .then(|| (system.to_owned(), value.to_owned()))
}

/// A UUID (version 8) of the doctor and their system's own identifier. A ReseptId that is named by its own value stays.
fn number(doctor: HprNumber, (system, value): &(String, String)) -> Result<MessageId, Refusal> {
    let own = value.strip_prefix("urn:uuid:").unwrap_or(value);
    let of_uuid = system.is_empty() || system == "urn:ietf:rfc:3986";
    if let (true, Ok(id)) = (of_uuid, Uuid::try_parse(own)) {
        return Ok(parsed(id));
    }
    if value.is_empty() || system.len() + value.len() > LONGEST_IDENTIFIER {
        return Err(Refusal::IdLong);
    }
    let text = format!("riktig order\n{doctor}\n{system}\n{value}");
    let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    let (half, _) = digest.split_at(16);
    let half: [u8; 16] = half.try_into().expect("half of 32 bytes");
    let id = Builder::from_bytes(half)
        .with_variant(Variant::RFC4122)
        .with_version(Version::Custom)
        .into_uuid();
    Ok(parsed(id))
}

fn parsed(id: Uuid) -> MessageId {
    MessageId::parse(&id.hyphenated().to_string()).expect("a UUID is a number of a message")
}

/// Bytes of an identifier that are read.
const LONGEST_IDENTIFIER: usize = 500;

/// Whom a search is about.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Whose {
    This(NationalId),
    /// None, more than one, or no identity number.
    Nobodys,
    /// It asks for less than everything of a patient: a filter that is passed over would answer another question.
    Narrowed,
}

/// The patient of a search: `patient.identifier`, `patient:identifier`, `subject.identifier` … with or without the system.
pub(super) fn whose(form: &[u8]) -> Whose {
    let names_a_patient = |key: &str| {
        let (who, what) = key.split_once([':', '.']).unwrap_or((key, "identifier"));
        ["patient", "subject"].contains(&who) && what == "identifier"
    };
    let mut values = Vec::new();
    for (key, value) in url::form_urlencoded::parse(form) {
        match &*key {
            key if names_a_patient(key) => values.push(value),
            "_format" | "_pretty" => {}
            _ => return Whose::Narrowed,
        }
    }
    let [value] = &values[..] else {
        return Whose::Nobodys;
    };
    // Another list's number with the same digits is another person's, or nobody's.
    let digits = match value.split_once('|') {
        None => value,
        Some((system, digits)) if is_identity_system(system) => digits,
        Some(_) => return Whose::Nobodys,
    };
    let number = NationalId::parse(digits).ok().and_then(|id| id.known());
    number.map_or(Whose::Nobodys, Whose::This)
}
