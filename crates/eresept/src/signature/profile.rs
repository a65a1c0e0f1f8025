//! The one shape of signature that is taken: enveloped, over the whole message, with its certificate beside it.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::canonical::Form;
use super::document::Document;
use super::fault::SignatureFault;

/// The namespace of XML signatures.
pub(super) const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
/// The namespace of `MsgHead` v1.2.
pub(super) const MSGHEAD: &str = "http://www.kith.no/xmlstds/msghead/2006-05-24";
pub(super) const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const INCLUSIVE: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
pub(super) const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
pub(super) const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const RSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
pub(super) const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const SHA1: &str = "http://www.w3.org/2000/09/xmldsig#sha1";

/// Certificates beside a signature: the signer's, and those between it and the authority.
const MAX_CERTIFICATES: usize = 4;
/// The longest base64 text read: a certificate of 8 kB with its line ends.
const MAX_BASE64: usize = 16 << 10;

/// Which hash, for the message and for the signature alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha256,
    Sha1,
}

/// What a signature claims, read but not yet checked.
pub(super) struct Claim {
    /// The elements `Signature` and `SignedInfo`.
    pub(super) signature: usize,
    pub(super) signed_info: usize,
    /// How `SignedInfo` is made canonical.
    pub(super) info_form: Form,
    /// How the message is made canonical.
    pub(super) message_form: Form,
    pub(super) hash: Hash,
    pub(super) digest: Vec<u8>,
    pub(super) value: Vec<u8>,
    /// The signer's certificate first, DER.
    pub(super) certificates: Vec<Vec<u8>>,
    /// Whether somebody added something inside `Signature`, which nobody has signed.
    pub(super) has_objects: bool,
}

/// Finds the one signature and reads it.
pub(super) fn read(document: &Document<'_>) -> Result<Claim, SignatureFault> {
    let signature = find(document)?;
    let mut parts = document.children(signature).peekable();
    only_markup(document, signature)?;
    let mut part = |name| {
        parts
            .next()
            .filter(|it| is_dsig(document, *it, name))
            .ok_or(structure(
                "SignedInfo, SignatureValue and KeyInfo in this order",
            ))
    };
    let signed_info = part("SignedInfo")?;
    let value = part("SignatureValue")?;
    let key_info = match parts.next() {
        Some(it) if is_dsig(document, it, "KeyInfo") => it,
        _ => return Err(SignatureFault::NoCertificate),
    };
    let has_objects = parts.peek().is_some();
    if !parts.all(|it| is_dsig(document, it, "Object")) {
        return Err(structure("nothing but Object after KeyInfo"));
    }
    let info = signed_info_of(document, signed_info)?;
    Ok(Claim {
        signature,
        signed_info,
        info_form: info.form,
        message_form: info.message_form,
        hash: info.hash,
        digest: info.digest,
        value: base64(document, value)?,
        certificates: certificates(document, key_info)?,
        has_objects,
    })
}

/// The only `Signature` outside itself: the last element in `MsgHead`.
fn find(document: &Document<'_>) -> Result<usize, SignatureFault> {
    root(document)?;
    let mut found = None;
    let mut index = 0;
    while index < document.elements.len() {
        if !is_dsig(document, index, "Signature") {
            index += 1;
            continue;
        }
        if found.replace(index).is_some() {
            return Err(SignatureFault::SecondSignature);
        }
        // What is inside is the signature's own: it is never given to a reader.
        let end = document.elements[index].nodes.end;
        index += 1;
        while index < document.elements.len() && document.elements[index].nodes.start < end {
            index += 1;
        }
    }
    let found = found.ok_or(SignatureFault::NoSignature)?;
    if document.children(0).last() != Some(found) {
        return Err(SignatureFault::MovedSignature);
    }
    Ok(found)
}

/// Checks that the outermost element is `MsgHead`.
pub(super) fn root(document: &Document<'_>) -> Result<(), SignatureFault> {
    if document.qualified(0) != (MSGHEAD, "MsgHead") {
        return Err(SignatureFault::NotAMessage);
    }
    Ok(())
}

/// Whether any signature stands anywhere.
pub(super) fn is_signed(document: &Document<'_>) -> bool {
    (0..document.elements.len()).any(|it| is_dsig(document, it, "Signature"))
}

struct Info {
    form: Form,
    message_form: Form,
    hash: Hash,
    digest: Vec<u8>,
}

fn signed_info_of(document: &Document<'_>, info: usize) -> Result<Info, SignatureFault> {
    only_markup(document, info)?;
    let parts: Vec<usize> = document.children(info).collect();
    let [canonicalization, method, references @ ..] = &parts[..] else {
        return Err(structure("SignedInfo with its methods and a Reference"));
    };
    let form = canonical_form(algorithm(
        document,
        *canonicalization,
        "CanonicalizationMethod",
    )?)?;
    let signed_with = match algorithm(document, *method, "SignatureMethod")? {
        RSA_SHA256 => Hash::Sha256,
        RSA_SHA1 => Hash::Sha1,
        _ => return Err(SignatureFault::Method),
    };
    let [reference] = references else {
        return Err(SignatureFault::Reference);
    };
    let (message_form, hash, digest) = reference_of(document, *reference)?;
    // Mixed pairs exist in no message that was seen; a weak part makes the whole weak.
    if hash != signed_with {
        return Err(SignatureFault::Method);
    }
    Ok(Info {
        form,
        message_form,
        hash,
        digest,
    })
}

fn reference_of(
    document: &Document<'_>,
    reference: usize,
) -> Result<(Form, Hash, Vec<u8>), SignatureFault> {
    if !is_dsig(document, reference, "Reference") {
        return Err(structure("a Reference after the methods"));
    }
    let attributes = &document.attributes[document.elements[reference].attributes.clone()];
    let whole = attributes
        .iter()
        .any(|it| it.name == "URI" && it.value.is_empty());
    if !whole || attributes.iter().any(|it| !matches!(it.name, "URI" | "Id")) {
        return Err(SignatureFault::Reference);
    }
    only_markup(document, reference)?;
    let parts: Vec<usize> = document.children(reference).collect();
    let [transforms, method, value] = parts[..] else {
        return Err(SignatureFault::Transform);
    };
    if !is_dsig(document, transforms, "Transforms") || !is_dsig(document, value, "DigestValue") {
        return Err(structure(
            "Transforms, DigestMethod and DigestValue in this order",
        ));
    }
    only_markup(document, transforms)?;
    let steps: Vec<usize> = document.children(transforms).collect();
    let [enveloped, canonical] = steps[..] else {
        return Err(SignatureFault::Transform);
    };
    if algorithm(document, enveloped, "Transform")? != ENVELOPED {
        return Err(SignatureFault::Transform);
    }
    let form = canonical_form(algorithm(document, canonical, "Transform")?)?;
    let hash = match algorithm(document, method, "DigestMethod")? {
        SHA256 => Hash::Sha256,
        SHA1 => Hash::Sha1,
        _ => return Err(SignatureFault::Method),
    };
    Ok((form, hash, base64(document, value)?))
}

fn canonical_form(algorithm: &str) -> Result<Form, SignatureFault> {
    match algorithm {
        EXCLUSIVE => Ok(Form::Exclusive),
        INCLUSIVE => Ok(Form::Inclusive),
        _ => Err(SignatureFault::Transform),
    }
}

/// The `Algorithm` of an element that has nothing else: parameters could change what is signed.
fn algorithm<'d>(
    document: &'d Document<'_>,
    element: usize,
    name: &str,
) -> Result<&'d str, SignatureFault> {
    if !is_dsig(document, element, name) {
        return Err(structure("another element where a method is named"));
    }
    let attributes = &document.attributes[document.elements[element].attributes.clone()];
    let empty = document
        .text(element)
        .is_some_and(|it| it.trim().is_empty());
    match attributes {
        [only] if only.name == "Algorithm" && empty => Ok(&only.value),
        _ => Err(SignatureFault::Transform),
    }
}

fn certificates(document: &Document<'_>, key_info: usize) -> Result<Vec<Vec<u8>>, SignatureFault> {
    let mut data = document
        .children(key_info)
        .filter(|it| is_dsig(document, *it, "X509Data"));
    let first = data.next().ok_or(SignatureFault::NoCertificate)?;
    if data.next().is_some() {
        return Err(structure("one X509Data"));
    }
    let found: Vec<usize> = document
        .children(first)
        .filter(|it| is_dsig(document, *it, "X509Certificate"))
        .collect();
    match found.len() {
        0 => Err(SignatureFault::NoCertificate),
        1..=MAX_CERTIFICATES => found.into_iter().map(|it| base64(document, it)).collect(),
        _ => Err(SignatureFault::TooLarge {
            what: "its certificates",
        }),
    }
}

fn base64(document: &Document<'_>, element: usize) -> Result<Vec<u8>, SignatureFault> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::RequireCanonical);
    let text = document.text(element).ok_or(structure("base64 text"))?;
    if text.len() > MAX_BASE64 {
        return Err(SignatureFault::TooLarge {
            what: "a base64 text of its signature",
        });
    }
    let text: String = text.split_ascii_whitespace().collect();
    GeneralPurpose::new(&STANDARD, config)
        .decode(text)
        .map_err(|_| structure("base64 text"))
}

/// Only elements and white space directly inside.
fn only_markup(document: &Document<'_>, element: usize) -> Result<(), SignatureFault> {
    use super::document::Node;
    let nodes = document.elements[element].nodes.clone();
    let mut at = nodes.start + 1;
    while at < nodes.end {
        at = match &document.nodes[at] {
            Node::Start(child) => document.elements[*child].nodes.end + 1,
            Node::Text(text) if text.trim().is_empty() => at + 1,
            _ => return Err(structure("nothing but elements between its elements")),
        };
    }
    Ok(())
}

fn is_dsig(document: &Document<'_>, element: usize, name: &str) -> bool {
    document.qualified(element) == (DSIG, name)
}

fn structure(what: &'static str) -> SignatureFault {
    SignatureFault::Structure { what }
}
