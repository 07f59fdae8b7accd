//! Who may vouch for encrypted servers.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::TrustAnchor;
use rustls::pki_types::pem::PemObject;

/// The certificate authorities that are trusted to vouch for encrypted servers.
///
/// By default those that browsers trust (Mozilla's list, as of the build of this library); or only one's own, which then take their
/// place: a server inside a company needs no public authority, and who trusts one of their own rarely wants a hundred others beside it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CertificateAuthorities {
    /// `None` for the public ones.
    own: Option<Arc<[TrustAnchor<'static>]>>,
}

impl CertificateAuthorities {
    /// The certificates of a PEM file (RFC 7468), and no others. What is no certificate, such as a key or a comment, is passed over.
    ///
    /// # Errors
    /// [`CertificateAuthoritiesError`] when it has no certificate, or one that cannot be read: a part of them would be a surprise later.
    pub fn from_pem(pem: &[u8]) -> Result<Self, CertificateAuthoritiesError> {
        let mut store = RootCertStore::empty();
        for (index, certificate) in CertificateDer::pem_slice_iter(pem).enumerate() {
            let number = index + 1;
            let certificate =
                certificate.map_err(|_| CertificateAuthoritiesError::NotPem { number })?;
            store
                .add(certificate)
                .map_err(|_| CertificateAuthoritiesError::BadCertificate { number })?;
        }
        if store.is_empty() {
            return Err(CertificateAuthoritiesError::None);
        }
        Ok(Self {
            own: Some(store.roots.into()),
        })
    }

    pub(crate) fn to_store(&self) -> RootCertStore {
        let roots = match &self.own {
            Some(own) => own.to_vec(),
            None => webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        RootCertStore { roots }
    }
}

impl fmt::Debug for CertificateAuthorities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.own {
            Some(own) => write!(f, "CertificateAuthorities({} of one's own)", own.len()),
            None => f.write_str("CertificateAuthorities(public)"),
        }
    }
}

/// Why octets hold no certificate authorities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CertificateAuthoritiesError {
    /// There is no certificate.
    None,
    /// A section is broken.
    NotPem {
        /// Which one, counted from 1.
        number: usize,
    },
    /// A certificate cannot be read.
    BadCertificate {
        /// Which one, counted from 1.
        number: usize,
    },
}

impl fmt::Display for CertificateAuthoritiesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str(
                "expected certificates in PEM form (-----BEGIN CERTIFICATE-----), found none",
            ),
            Self::NotPem { number } => write!(f, "certificate {number} is not in PEM form"),
            Self::BadCertificate { number } => {
                write!(f, "certificate {number} cannot be read")
            }
        }
    }
}

impl Error for CertificateAuthoritiesError {}
