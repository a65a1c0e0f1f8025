//! A signer's certificate: whose it is and what it may do.

use aws_lc_rs::signature::{
    RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
    UnparsedPublicKey,
};
use jiff::Timestamp;
use riktig_codes::HprNumber;

use super::der::{self, BIT_STRING, BOOLEAN, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE};
use super::fault::SignatureFault;
use super::profile::Hash;
use super::signer::{Holder, Signer};

/// The shortest RSA key that is taken, in bits. Not 2048: the person certificates on Buypass cards have keys of 2032 bits.
pub const MIN_KEY_BITS: usize = 2032;
/// The longest RSA key that is taken, in bits.
pub const MAX_KEY_BITS: usize = 4096;
/// Exponents are read up to this many bytes; all that were seen are 3 or 65537, and a huge one costs time.
const MAX_EXPONENT_BYTES: usize = 4;

const COMMON_NAME: &[u8] = &[0x55, 4, 3];
const SERIAL_NUMBER: &[u8] = &[0x55, 4, 5];
const ORGANISATION: &[u8] = &[0x55, 4, 10];
const UNIT: &[u8] = &[0x55, 4, 11];
const ORGANISATION_IDENTIFIER: &[u8] = &[0x55, 4, 97];
const KEY_USAGE: &[u8] = &[0x55, 0x1d, 15];
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 19];
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
/// Bits `digitalSignature` and `nonRepudiation` of the first byte of key usage.
const MAY_SIGN: u8 = 0b1100_0000;
/// Bit `keyCertSign` of it.
const MAY_ISSUE: u8 = 0b0000_0100;

/// A certificate, read.
pub(super) struct Certificate<'a> {
    serial: &'a [u8],
    issuer: &'a [u8],
    subject: &'a [u8],
    /// `RSAPublicKey`.
    key: &'a [u8],
    may_sign: bool,
    is_authority: bool,
    valid: (Timestamp, Timestamp),
}

impl<'a> Certificate<'a> {
    /// Reads what is needed of a certificate (RFC 5280, 4.1). Whether to believe it is another matter (`Trust`).
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, SignatureFault> {
        let broken = SignatureFault::Certificate {
            what: "it is not an X.509 certificate",
        };
        read_fields(bytes).ok_or(broken)
    }

    /// The bytes of the issuer's name and of the serial number: what names a certificate in a list of revoked ones.
    pub(super) fn name(&self) -> (&'a [u8], &'a [u8]) {
        (self.issuer, self.serial)
    }

    /// Whether its key usage has `nonRepudiation` or `digitalSignature`.
    pub(super) fn may_sign(&self) -> bool {
        self.may_sign
    }

    /// Whether it may issue others (RFC 5280, 4.2.1.9). Where that is not said at all, as in the first version, it is not denied.
    pub(super) fn is_authority(&self) -> bool {
        self.is_authority
    }

    /// From when until when it is valid.
    pub(super) fn valid(&self) -> (Timestamp, Timestamp) {
        self.valid
    }

    /// The key as `RSAPublicKey`.
    pub(super) fn key(&self) -> &'a [u8] {
        self.key
    }

    /// Refuses keys that are too short, too long or slow.
    pub(super) fn check_key(&self, min_bits: usize) -> Result<(), SignatureFault> {
        let parts = || {
            let mut key = der::only(self.key, SEQUENCE)?;
            let modulus = der::expect(&mut key, INTEGER)?;
            let exponent = der::expect(&mut key, INTEGER)?;
            key.is_empty()
                .then_some((unsigned(modulus)?, unsigned(exponent)?))
        };
        let (modulus, exponent) = parts().ok_or(SignatureFault::WeakKey)?;
        let leading = modulus.first().map_or(0, |it| it.leading_zeros() as usize);
        let bits = modulus.len() * 8 - leading;
        let odd_exponent = exponent.last().is_some_and(|it| it & 1 == 1) && exponent != [1];
        let fine = (min_bits..=MAX_KEY_BITS).contains(&bits)
            && exponent.len() <= MAX_EXPONENT_BYTES
            && odd_exponent;
        fine.then_some(()).ok_or(SignatureFault::WeakKey)
    }

    /// Whether this certificate's key made the signature (PKCS #1 v1.5).
    pub(super) fn verify(
        &self,
        hash: Hash,
        message: &[u8],
        value: &[u8],
    ) -> Result<(), SignatureFault> {
        let algorithm = match hash {
            // The name is of the library: its 2048 would refuse the cards' 2032 bits; `check_key` has our limits.
            Hash::Sha256 => &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
            Hash::Sha1 => &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        };
        UnparsedPublicKey::new(algorithm, self.key)
            .verify(message, value)
            .map_err(|_| SignatureFault::WrongKey)
    }

    /// Whose certificate it is. An HPR number is read only if `hpr` says that the authority vouches for it.
    pub(super) fn signer(&self, hpr: bool) -> Result<Signer, SignatureFault> {
        let broken = SignatureFault::Certificate {
            what: "a name in it cannot be read",
        };
        let subject = attributes(self.subject).ok_or(broken)?;
        let issuer = attributes(self.issuer).ok_or(broken)?;
        let of = |oid: &[u8]| first(&subject, oid);
        let identifier = of(SERIAL_NUMBER);
        let organisation_number = of(ORGANISATION_IDENTIFIER)
            .and_then(|it| it.strip_prefix("NTRNO-"))
            .or(identifier)
            .and_then(|it| it.parse().ok());
        let holder = match (of(ORGANISATION), organisation_number) {
            (Some(_), Some(number)) => Holder::Organisation { number },
            (Some(_), None) => Holder::Unknown,
            (None, _) => Holder::Person {
                hpr: of(UNIT).filter(|_| hpr).and_then(hpr_number),
            },
        };
        Ok(Signer {
            name: of(COMMON_NAME).unwrap_or_default().to_owned(),
            identifier: identifier.map(str::to_owned),
            holder,
            serial: self.serial.iter().map(|it| format!("{it:02X}")).collect(),
            issuer: first(&issuer, COMMON_NAME).unwrap_or_default().to_owned(),
            issuer_organisation: first(&issuer, ORGANISATION).map(str::to_owned),
        })
    }
}

/// What the unit of a test certificate says before the number.
pub(super) const HPR_UNIT: &str = "HPR-nummer ";

fn hpr_number(unit: &str) -> Option<HprNumber> {
    let number = unit.strip_prefix(HPR_UNIT)?.parse().ok()?;
    HprNumber::from_value(number)
}

fn read_fields(bytes: &[u8]) -> Option<Certificate<'_>> {
    let mut certificate = der::only(bytes, SEQUENCE)?;
    let mut fields = der::expect(&mut certificate, SEQUENCE)?;
    let mut serial = der::next(&mut fields)?;
    if serial.tag == 0xa0 {
        serial = der::next(&mut fields)?;
    }
    let serial = unsigned((serial.tag == INTEGER).then_some(serial.content)?)?;
    der::expect(&mut fields, SEQUENCE)?;
    let issuer = der::expect(&mut fields, SEQUENCE)?;
    let mut validity = der::expect(&mut fields, SEQUENCE)?;
    let valid = (
        der::next(&mut validity)?.time()?,
        der::next(&mut validity)?.time()?,
    );
    let subject = der::expect(&mut fields, SEQUENCE)?;
    let mut public = der::expect(&mut fields, SEQUENCE)?;
    let mut method = der::expect(&mut public, SEQUENCE)?;
    let rsa = der::expect(&mut method, OBJECT_IDENTIFIER)? == RSA_ENCRYPTION;
    let key = der::only(public, BIT_STRING)?.strip_prefix(&[0])?;
    let mut says = Says::default();
    while !fields.is_empty() {
        let field = der::next(&mut fields)?;
        if field.tag == 0xa3 {
            says = extensions(der::only(field.content, SEQUENCE)?)?;
        }
    }
    Some(Certificate {
        serial,
        issuer,
        subject,
        key: if rsa { key } else { &[] },
        may_sign: says.usage.is_some_and(|it| it & MAY_SIGN != 0),
        is_authority: match (says.issues, says.usage) {
            (Some(issues), _) => issues,
            (None, usage) => usage.is_none_or(|it| it & MAY_ISSUE != 0),
        },
        valid,
    })
}

/// What the extensions say of what a certificate is for, where they do.
#[derive(Default)]
struct Says {
    /// The first byte of key usage.
    usage: Option<u8>,
    /// Whether it is an authority's.
    issues: Option<bool>,
}

fn extensions(mut extensions: &[u8]) -> Option<Says> {
    let mut says = Says::default();
    while !extensions.is_empty() {
        let mut extension = der::expect(&mut extensions, SEQUENCE)?;
        let oid = der::expect(&mut extension, OBJECT_IDENTIFIER)?;
        let mut value = der::next(&mut extension)?;
        if value.tag != OCTET_STRING {
            value = der::next(&mut extension)?;
        }
        if oid == KEY_USAGE {
            says.usage = der::only(value.content, BIT_STRING)?.get(1).copied();
        }
        if oid == BASIC_CONSTRAINTS {
            // Nothing inside is `FALSE`, which DER leaves out.
            let mut inside = der::only(value.content, SEQUENCE)?;
            let first = (!inside.is_empty()).then(|| der::next(&mut inside));
            let first = first.map_or(Some(None), |it| it.map(Some))?;
            says.issues = Some(first.is_some_and(|it| it.tag == BOOLEAN && it.content != [0]));
        }
    }
    Some(says)
}

/// A positive integer's bytes without the zero in front; `None` for negative numbers and nothing.
fn unsigned(content: &[u8]) -> Option<&[u8]> {
    match content {
        [] => None,
        [0, rest @ ..] if !rest.is_empty() => Some(rest),
        [first, ..] if first & 0x80 != 0 => None,
        all => Some(all),
    }
}

/// The attributes of a name, in written order.
fn attributes(mut name: &[u8]) -> Option<Vec<(&[u8], String)>> {
    let mut found = Vec::new();
    while !name.is_empty() {
        let mut set = der::next(&mut name).filter(|it| it.tag == 0x31)?.content;
        while !set.is_empty() {
            let mut pair = der::expect(&mut set, SEQUENCE)?;
            let oid = der::expect(&mut pair, OBJECT_IDENTIFIER)?;
            found.push((oid, der::next(&mut pair)?.text()?));
        }
    }
    Some(found)
}

fn first<'n>(name: &'n [(&[u8], String)], oid: &[u8]) -> Option<&'n str> {
    name.iter().find(|it| it.0 == oid).map(|it| it.1.as_str())
}
