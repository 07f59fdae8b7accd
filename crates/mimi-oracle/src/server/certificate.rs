//! [`CertificateFiles`]: what a server shows to clients over TLS.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// A certificate with its chain, and its private key, each in a PEM file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFiles {
    /// The certificate, followed by those of intermediate authorities.
    pub certificate: PathBuf,
    /// The key.
    pub key: PathBuf,
}

impl CertificateFiles {
    /// Reads both, for HTTP/2 and HTTP/1.1.
    pub(crate) fn read(&self) -> Result<Arc<ServerConfig>, CertificateError> {
        let of_chain = |error| CertificateError::Certificate(self.certificate.clone(), error);
        let chain: Vec<_> = CertificateDer::pem_file_iter(&self.certificate)
            .map_err(of_chain)?
            .collect::<Result<_, _>>()
            .map_err(of_chain)?;
        if chain.is_empty() {
            return Err(of_chain(pem::Error::NoItemsFound));
        }
        let key = PrivateKeyDer::from_pem_file(&self.key)
            .map_err(|error| CertificateError::Key(self.key.clone(), error))?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(CertificateError::Pair)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

/// Why there is no certificate to show.
#[derive(Debug)]
#[non_exhaustive]
pub enum CertificateError {
    /// This file has no certificate.
    Certificate(PathBuf, pem::Error),
    /// This file has no private key.
    Key(PathBuf, pem::Error),
    /// The two do not belong together, or are of a kind that is not served.
    Pair(rustls::Error),
    /// Reading them was interrupted.
    Interrupted(io::Error),
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Certificate(path, error) => {
                write!(f, "no certificate in {}: {error}", path.display())
            }
            Self::Key(path, error) => write!(f, "no private key in {}: {error}", path.display()),
            Self::Pair(error) => write!(f, "the certificate and the key do not serve: {error}"),
            Self::Interrupted(error) => write!(f, "reading the certificate failed: {error}"),
        }
    }
}

impl Error for CertificateError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Certificate(_, error) | Self::Key(_, error) => Some(error),
            Self::Pair(error) => Some(error),
            Self::Interrupted(error) => Some(error),
        }
    }
}
