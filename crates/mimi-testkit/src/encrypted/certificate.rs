//! Certificates for one server of a test: sound, or flawed in one way.

use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::{CERTIFICATE_NAME, Flaw};

/// A certificate, its key, and the authority that vouches for it.
pub(crate) struct Issued {
    pub(crate) certificate: CertificateDer<'static>,
    pub(crate) key: PrivateKeyDer<'static>,
    /// In PEM form.
    pub(crate) authority: String,
}

impl Issued {
    /// For [`CERTIFICATE_NAME`] and the addresses 127.0.0.1 and ::1, unless the flaw wants another.
    pub(crate) fn new(flaw: Flaw) -> Result<Self, rcgen::Error> {
        let (issuer, mut authority) = authority()?;
        let names = match flaw {
            Flaw::OtherName => vec!["other.example.net".to_owned()],
            _ => [CERTIFICATE_NAME, "127.0.0.1", "::1"]
                .map(String::from)
                .to_vec(),
        };
        let mut params = CertificateParams::new(names)?;
        if flaw == Flaw::Expired {
            params.not_before = date_time_ymd(2001, 1, 1);
            params.not_after = date_time_ymd(2002, 1, 1);
        }
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &issuer)?;
        if flaw == Flaw::OtherAuthority {
            authority = self::authority()?.1;
        }
        Ok(Self {
            certificate: certificate.der().clone(),
            key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            authority,
        })
    }
}

/// A sound certificate for [`CERTIFICATE_NAME`] and the addresses 127.0.0.1 and ::1, for a server that reads files in PEM form.
pub struct PemCertificate {
    /// The certificate.
    pub certificate: String,
    /// Its private key.
    pub key: String,
    /// The authority to trust.
    pub authority: String,
}

impl PemCertificate {
    /// A new one, under a new authority.
    ///
    /// # Errors
    /// When this machine has no randomness.
    pub fn new() -> std::io::Result<Self> {
        let issue = || {
            let (issuer, authority) = authority()?;
            let names = [CERTIFICATE_NAME, "127.0.0.1", "::1"].map(String::from);
            let key = KeyPair::generate()?;
            let certificate = CertificateParams::new(names)?.signed_by(&key, &issuer)?;
            Ok(Self {
                certificate: certificate.pem(),
                key: key.serialize_pem(),
                authority,
            })
        };
        issue().map_err(|error: rcgen::Error| std::io::Error::other(error))
    }
}

/// A new authority, and its certificate in PEM form.
fn authority() -> Result<(Issuer<'static, KeyPair>, String), rcgen::Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let common_name = "Authority of a test";
    params
        .distinguished_name
        .push(DnType::CommonName, common_name);
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    Ok((Issuer::new(params, key), certificate.pem()))
}
