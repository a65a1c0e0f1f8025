//! The one shape of signature that is taken: enveloped, over the whole message, with its certificate beside it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::canonical::Form;
use super::fault::SignatureFault;
use crate::xml::{Document, Element, Node};

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
pub(super) struct Claim<'d> {
    pub(super) signature: &'d Element,
    pub(super) signed_info: &'d Element,
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
pub(super) fn read(document: &Document) -> Result<Claim<'_>, SignatureFault> {
    let signature = find(document)?;
    let parts = markup(signature)?;
    let [signed_info, value, rest @ ..] = &parts[..] else {
        return Err(structure(
            "SignedInfo, SignatureValue and KeyInfo in this order",
        ));
    };
    if !is_dsig(signed_info, "SignedInfo") || !is_dsig(value, "SignatureValue") {
        return Err(structure(
            "SignedInfo, SignatureValue and KeyInfo in this order",
        ));
    }
    let [key_info, objects @ ..] = rest else {
        return Err(SignatureFault::NoCertificate);
    };
    if !is_dsig(key_info, "KeyInfo") {
        return Err(SignatureFault::NoCertificate);
    }
    if !objects.iter().all(|it| is_dsig(it, "Object")) {
        return Err(structure("nothing but Object after KeyInfo"));
    }
    let info = signed_info_of(signed_info)?;
    Ok(Claim {
        signature,
        signed_info,
        info_form: info.form,
        message_form: info.message_form,
        hash: info.hash,
        digest: info.digest,
        value: base64(value)?,
        certificates: certificates(key_info)?,
        has_objects: !objects.is_empty(),
    })
}

/// The only `Signature` outside itself: the last element in `MsgHead`.
fn find(document: &Document) -> Result<&Element, SignatureFault> {
    root(document)?;
    let mut found = Vec::new();
    signatures(document.root(), &mut found);
    match found[..] {
        [] => Err(SignatureFault::NoSignature),
        [only] => match document.root().elements().last() {
            Some(last) if std::ptr::eq(last, only) => Ok(only),
            _ => Err(SignatureFault::MovedSignature),
        },
        _ => Err(SignatureFault::SecondSignature),
    }
}

/// Every signature that does not stand in another: what is inside of one is its own and never given to a reader.
fn signatures<'d>(element: &'d Element, found: &mut Vec<&'d Element>) {
    if is_dsig(element, "Signature") {
        found.push(element);
        return;
    }
    for child in element.elements() {
        signatures(child, found);
    }
}

/// Checks that the outermost element is `MsgHead`.
pub(super) fn root(document: &Document) -> Result<(), SignatureFault> {
    if !document.root().is(MSGHEAD, "MsgHead") {
        return Err(SignatureFault::NotAMessage);
    }
    Ok(())
}

/// Whether any signature stands anywhere.
pub(super) fn is_signed(document: &Document) -> bool {
    let mut found = Vec::new();
    signatures(document.root(), &mut found);
    !found.is_empty()
}

struct Info {
    form: Form,
    message_form: Form,
    hash: Hash,
    digest: Vec<u8>,
}

fn signed_info_of(info: &Element) -> Result<Info, SignatureFault> {
    let parts = markup(info)?;
    let [canonicalization, method, references @ ..] = &parts[..] else {
        return Err(structure("SignedInfo with its methods and a Reference"));
    };
    let form = canonical_form(algorithm(canonicalization, "CanonicalizationMethod")?)?;
    let signed_with = match algorithm(method, "SignatureMethod")? {
        RSA_SHA256 => Hash::Sha256,
        RSA_SHA1 => Hash::Sha1,
        _ => return Err(SignatureFault::Method),
    };
    let [reference] = references else {
        return Err(SignatureFault::Reference);
    };
    let (message_form, hash, digest) = reference_of(reference)?;
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

fn reference_of(reference: &Element) -> Result<(Form, Hash, Vec<u8>), SignatureFault> {
    if !is_dsig(reference, "Reference") {
        return Err(structure("a Reference after the methods"));
    }
    let plain = |name: &str| reference.attribute(name).is_some();
    let others =
        reference.attributes().len() - usize::from(plain("Id")) - usize::from(plain("URI"));
    if reference.attribute("URI") != Some("") || others > 0 {
        return Err(SignatureFault::Reference);
    }
    let parts = markup(reference)?;
    let [transforms, method, value] = parts[..] else {
        return Err(SignatureFault::Transform);
    };
    if !is_dsig(transforms, "Transforms") || !is_dsig(value, "DigestValue") {
        return Err(structure(
            "Transforms, DigestMethod and DigestValue in this order",
        ));
    }
    let steps = markup(transforms)?;
    let [enveloped, canonical] = steps[..] else {
        return Err(SignatureFault::Transform);
    };
    if algorithm(enveloped, "Transform")? != ENVELOPED {
        return Err(SignatureFault::Transform);
    }
    let form = canonical_form(algorithm(canonical, "Transform")?)?;
    let hash = match algorithm(method, "DigestMethod")? {
        SHA256 => Hash::Sha256,
        SHA1 => Hash::Sha1,
        _ => return Err(SignatureFault::Method),
    };
    Ok((form, hash, base64(value)?))
}

fn canonical_form(algorithm: &str) -> Result<Form, SignatureFault> {
    match algorithm {
        EXCLUSIVE => Ok(Form::Exclusive),
        INCLUSIVE => Ok(Form::Inclusive),
        _ => Err(SignatureFault::Transform),
    }
}

/// The `Algorithm` of an element that has nothing else: parameters could change what is signed.
fn algorithm<'d>(element: &'d Element, name: &str) -> Result<&'d str, SignatureFault> {
    if !is_dsig(element, name) {
        return Err(structure("another element where a method is named"));
    }
    let empty = markup(element)?.is_empty() && element.attributes().len() == 1;
    let algorithm = element.attribute("Algorithm").filter(|_| empty);
    algorithm.ok_or(SignatureFault::Transform)
}

fn certificates(key_info: &Element) -> Result<Vec<Vec<u8>>, SignatureFault> {
    let mut data = key_info.children_in(DSIG, "X509Data");
    let first = data.next().ok_or(SignatureFault::NoCertificate)?;
    if data.next().is_some() {
        return Err(structure("one X509Data"));
    }
    let found: Vec<&Element> = first.children_in(DSIG, "X509Certificate").collect();
    match found.len() {
        0 => Err(SignatureFault::NoCertificate),
        1..=MAX_CERTIFICATES => found.into_iter().map(base64).collect(),
        _ => Err(SignatureFault::TooLarge {
            what: "its certificates",
        }),
    }
}

fn base64(element: &Element) -> Result<Vec<u8>, SignatureFault> {
    let wrong = structure("base64 text");
    let only_text = |it: &Node| !matches!(it, Node::Element(_) | Node::Instruction { .. });
    if !element.nodes().iter().all(only_text) {
        return Err(wrong);
    }
    let text = element.text();
    if text.len() > MAX_BASE64 {
        return Err(SignatureFault::TooLarge {
            what: "a base64 text of its signature",
        });
    }
    let text: String = text.split_ascii_whitespace().collect();
    STANDARD.decode(text).map_err(|_| wrong)
}

/// The elements directly inside, if there is nothing beside them but white space and comments.
fn markup(element: &Element) -> Result<Vec<&Element>, SignatureFault> {
    let aside = |it: &Node| match it {
        Node::Element(_) | Node::Comment(_) => true,
        Node::Text(text) => text.bytes().all(|it| it.is_ascii_whitespace()),
        Node::CharacterData(_) | Node::Instruction { .. } => false,
    };
    if !element.nodes().iter().all(aside) {
        return Err(structure("nothing but elements between its elements"));
    }
    Ok(element.elements().collect())
}

fn is_dsig(element: &Element, name: &str) -> bool {
    element.is(DSIG, name)
}

fn structure(what: &'static str) -> SignatureFault {
    SignatureFault::Structure { what }
}
