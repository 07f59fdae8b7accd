//! How encrypted servers prove who they are.

use std::sync::Arc;

use rustls::ClientConfig;

use crate::certificate_authorities::CertificateAuthorities;

/// TLS 1.2 and 1.3 with ring, no client certificate, no early data (which somebody could send again).
pub(crate) fn client_config(
    authorities: &CertificateAuthorities,
) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(authorities.to_store())
        .with_no_client_auth();
    Ok(config)
}
