//! One provider of cryptography.

/// Makes aws-lc the provider of cryptography for TLS and for signatures, in the whole process.
///
/// Both libraries would otherwise choose one by how they happen to be compiled, and panic at their first use when that
/// is not clear. The first line of `main`, and of whatever opens a connection or touches a token; calling it again
/// changes nothing.
pub fn install_cryptography() {
    // Err means that there is one already, which is what we want.
    let _already = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let _already = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
}
