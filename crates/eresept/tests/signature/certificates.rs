//! Which certificates are believed, at what time, under whom.
//!
//! `KeyInfo` is not signed, so a test may put another certificate of the same key there.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, PublicKeyData, SignatureAlgorithm,
};
use riktig_eresept::signature::pki::{TEST_ORGANISATION, TestAuthority};
use riktig_eresept::signature::{
    KeyError, SignatureFault, SigningKey, Strength, Trust, sign, verify,
};

use crate::{KEYS, day, message, now, signed};

/// The signed message with other certificates in it.
fn with_certificates(certificates: &[Vec<u8>]) -> String {
    let own = STANDARD.encode(KEYS.doctor.certificate());
    let all: Vec<String> = certificates.iter().map(|it| STANDARD.encode(it)).collect();
    signed().replace(&own, &all.join("</X509Certificate><X509Certificate>"))
}

fn verify_with(certificates: &[Vec<u8>], trust: &Trust) -> Result<(), SignatureFault> {
    verify(with_certificates(certificates).as_bytes(), trust, now()).map(|_| ())
}

/// What the tests' own authorities and certificates have in common: valid in 2026.
fn params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params
        .distinguished_name
        .push(DnType::OrganizationName, TEST_ORGANISATION);
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = rcgen::date_time_ymd(2026, 1, 1);
    params.not_after = rcgen::date_time_ymd(2026, 12, 31);
    params
}

fn authority_params(name: &str) -> CertificateParams {
    let mut params = params(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params
}

/// An authority of the tests' own.
fn authority(name: &str) -> (Vec<u8>, Issuer<'static, KeyPair>) {
    let key = KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048).unwrap();
    let params = authority_params(name);
    let certificate = params.self_signed(&key).unwrap().der().to_vec();
    (certificate, Issuer::new(params, key))
}

/// The doctor's key in a certificate of another kind, under `issuer`.
fn doctor_as(issuer: &Issuer<'_, KeyPair>, change: impl FnOnce(&mut CertificateParams)) -> Vec<u8> {
    let key = KeyPair::try_from(KEYS.doctor.private_key()).unwrap();
    let mut params = params("doctor");
    params.key_usages = vec![KeyUsagePurpose::ContentCommitment];
    change(&mut params);
    params.signed_by(&key, issuer).unwrap().der().to_vec()
}

#[test]
fn a_certificate_is_believed_from_its_first_second_to_its_last() {
    let at =
        |time: &str| verify(signed().as_bytes(), &KEYS.trust, time.parse().unwrap()).map(|_| ());
    assert_eq!(at("2026-01-01T11:59:59Z"), Err(SignatureFault::NotYetValid));
    assert_eq!(at("2026-01-01T12:00:00Z"), Ok(()));
    assert_eq!(at("2028-12-31T12:00:00Z"), Ok(()));
    assert_eq!(at("2028-12-31T12:00:01Z"), Err(SignatureFault::Expired));
    assert_eq!(at("1900-01-01T00:00:00Z"), Err(SignatureFault::NotYetValid));
    assert_eq!(SignatureFault::Expired.code(), "S02");
}

#[test]
fn a_certificate_of_a_foreign_authority_is_refused_even_with_the_same_names() {
    let foreign = TestAuthority::new(day("2026-01-01")).unwrap();
    let key = foreign
        .person("Ola Testlege", None, day("2026-01-01"))
        .unwrap();
    let message = sign(message().as_bytes(), &key, now()).unwrap();
    let refused = verify(&message, &KEYS.trust, now());
    assert_eq!(refused, Err(SignatureFault::Foreign));
    let nobody = Trust::new(&[]).unwrap();
    let refused = verify(signed().as_bytes(), &nobody, now());
    assert_eq!(refused, Err(SignatureFault::Foreign));
}

#[test]
fn a_certificate_that_signs_itself_is_not_its_own_authority() {
    let key = KeyPair::try_from(KEYS.doctor.private_key()).unwrap();
    let mut own = params("doctor");
    own.key_usages = vec![KeyUsagePurpose::ContentCommitment];
    let own = own.self_signed(&key).unwrap().der().to_vec();
    assert_eq!(
        verify_with(&[own], &KEYS.trust),
        Err(SignatureFault::Foreign)
    );
}

#[test]
fn a_revoked_certificate_is_refused_with_its_own_code_and_others_are_not() {
    let mut trust = KEYS.trust.clone();
    trust.revoke(KEYS.doctor.certificate()).unwrap();
    let refused = verify(signed().as_bytes(), &trust, now()).unwrap_err();
    assert_eq!((refused, refused.code()), (SignatureFault::Revoked, "S03"));
    let other = KEYS
        .authority
        .person("Kari Testlege", None, day("2026-01-01"))
        .unwrap();
    let message = sign(message().as_bytes(), &other, now()).unwrap();
    assert!(verify(&message, &trust, now()).is_ok());
}

#[test]
fn a_certificate_between_signer_and_authority_comes_with_the_message_or_with_the_trust() {
    let (root, issuer) = authority("root");
    let trust = Trust::for_tests(&[root]).unwrap();
    let key = KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048).unwrap();
    let params = authority_params("between");
    let between = params.signed_by(&key, &issuer).unwrap().der().to_vec();
    let leaf = doctor_as(&Issuer::new(params, key), |_| {});
    let leaf_only = std::slice::from_ref(&leaf);
    assert_eq!(verify_with(leaf_only, &trust), Err(SignatureFault::Foreign));
    let both = [leaf.clone(), between.clone()];
    assert_eq!(verify_with(&both, &trust), Ok(()));
    assert_eq!(
        verify_with(
            leaf_only,
            &trust
                .clone()
                .with_intermediates(std::slice::from_ref(&between))
        ),
        Ok(())
    );
    let mut without = trust;
    without.revoke(&between).unwrap();
    assert_eq!(verify_with(&both, &without), Err(SignatureFault::Revoked));
}

#[test]
fn only_a_certificate_for_signing_signs() {
    let (root, issuer) = authority("root");
    let trust = Trust::for_tests(&[root]).unwrap();
    let with = |usages: &[KeyUsagePurpose], purposes: &[ExtendedKeyUsagePurpose]| {
        let certificate = doctor_as(&issuer, |it| {
            it.key_usages = usages.to_vec();
            it.extended_key_usages = purposes.to_vec();
        });
        verify_with(&[certificate], &trust)
    };
    let signing = [KeyUsagePurpose::ContentCommitment];
    assert_eq!(with(&signing, &[]), Ok(()));
    assert_eq!(with(&[KeyUsagePurpose::DigitalSignature], &[]), Ok(()));
    assert_eq!(with(&[], &[]), Err(SignatureFault::Usage));
    assert_eq!(
        with(&[KeyUsagePurpose::KeyEncipherment], &[]),
        Err(SignatureFault::Usage)
    );
    let mail = [
        ExtendedKeyUsagePurpose::ClientAuth,
        ExtendedKeyUsagePurpose::EmailProtection,
    ];
    assert_eq!(with(&signing, &mail), Ok(()));
    let stamps = [ExtendedKeyUsagePurpose::TimeStamping];
    assert_eq!(with(&signing, &stamps), Err(SignatureFault::Usage));
    let authority = doctor_as(&issuer, |it| {
        it.is_ca = IsCa::Ca(BasicConstraints::Unconstrained)
    });
    assert_eq!(
        verify_with(&[authority], &trust),
        Err(SignatureFault::Foreign)
    );
}

#[test]
fn another_persons_certificate_does_not_fit_the_signature() {
    let other = KEYS
        .authority
        .person("Kari Testlege", None, day("2026-01-01"))
        .unwrap();
    let other = vec![other.certificate().to_vec()];
    assert_eq!(
        verify_with(&other, &KEYS.trust),
        Err(SignatureFault::WrongKey)
    );
}

#[test]
fn a_key_that_is_short_or_slow_or_not_rsa_is_refused_before_it_is_used() {
    let (_, issuer) = authority("root");
    let with_key = |key: Vec<u8>| {
        let mut params = params("doctor");
        params.key_usages = vec![KeyUsagePurpose::ContentCommitment];
        let certificate = params.signed_by(&RsaKey(key), &issuer).unwrap();
        verify_with(&[certificate.der().to_vec()], &KEYS.trust)
    };
    let of = |bytes: usize, exponent: &[u8]| {
        let modulus = [&[0], vec![0xff; bytes].as_slice()].concat();
        der(0x30, &[der(0x02, &modulus), der(0x02, exponent)].concat())
    };
    let usual: &[u8] = &[1, 0, 1];
    assert_eq!(with_key(of(254, usual)), Err(SignatureFault::WrongKey));
    for bytes in [64, 128, 253, 513, 2048] {
        assert_eq!(
            with_key(of(bytes, usual)),
            Err(SignatureFault::WeakKey),
            "{bytes} bytes"
        );
    }
    for exponent in [&[1][..], &[2], &[0], &[1, 0, 0, 0, 0, 1], &[0x7f; 200]] {
        assert_eq!(
            with_key(of(256, exponent)),
            Err(SignatureFault::WeakKey),
            "{exponent:?}"
        );
    }
    assert_eq!(with_key(Vec::new()), Err(SignatureFault::WeakKey));
}

#[test]
fn what_is_no_certificate_is_told_from_what_is_none_of_ours() {
    for bytes in [
        &b""[..],
        b"0",
        b"certificate",
        &KEYS.doctor.certificate()[..100],
    ] {
        let refused = verify_with(&[bytes.to_vec()], &KEYS.trust).unwrap_err();
        assert!(
            matches!(refused, SignatureFault::Certificate { .. }),
            "{refused}"
        );
    }
}

#[test]
fn a_certificate_of_another_key_makes_no_signing_key() {
    let other = KEYS
        .authority
        .person("Kari Testlege", None, day("2026-01-01"))
        .unwrap();
    let pair = SigningKey::new(
        KEYS.doctor.private_key(),
        vec![other.certificate().to_vec()],
    );
    assert_eq!(pair.unwrap_err(), KeyError::Pair);
}

#[test]
fn an_authority_that_was_written_down_issues_as_before() {
    let kept = KEYS.authority.private_key().to_vec();
    let again = TestAuthority::restore(&kept, KEYS.authority.certificate().to_vec()).unwrap();
    let key = again
        .person("Kari Testlege", None, day("2026-01-01"))
        .unwrap();
    let message = sign(message().as_bytes(), &key, now()).unwrap();
    let verified = verify(&message, &KEYS.trust, now()).unwrap();
    assert_eq!(verified.strength, Strength::Sound);
}

/// An `RSAPublicKey` of our making.
struct RsaKey(Vec<u8>);

impl PublicKeyData for RsaKey {
    fn der_bytes(&self) -> &[u8] {
        &self.0
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &rcgen::PKCS_RSA_SHA256
    }
}

/// A value in DER.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = vec![tag];
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        Ok(byte) => out.extend([0x81, byte]),
        Err(_) => out.extend([0x82, (length >> 8) as u8, length as u8]),
    }
    out.extend(content);
    out
}
