//! [`MailSender`]: tokens by mail, through the mail server of whoever runs the oracle (SMTP, RFC 5321).

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use async_trait::async_trait;
use lettre::address::Envelope;
use lettre::message::header::{
    ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue,
};
use lettre::message::{Body, Mailbox, MessageBuilder};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tokio::time::timeout;

use super::{ProofSender, SendError, text};
use crate::server::token::ProofToken;
use crate::subject::Subject;

/// How long sending may take. Shorter than the server lets a request take.
const PATIENCE: Duration = Duration::from_secs(8);

/// Sends plain text to one recipient at a time.
pub struct MailSender {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    oracle: String,
}

impl MailSender {
    /// A sender through the server at `smtps://[USER:PASSWORD@]HOST[:PORT]` (TLS from the start) or `smtp://…` (STARTTLS, without which
    /// nothing is sent; to this machine itself, no encryption). Mails are from `from`, an address with or without a name, and name `oracle`,
    /// the URL by which people know it.
    ///
    /// # Errors
    /// [`MailConfigError`].
    pub fn new(url: &str, from: &str, oracle: &str) -> Result<Self, MailConfigError> {
        let from: Mailbox = from.parse().map_err(|_| MailConfigError::From)?;
        let is_url = !oracle.is_empty() && oracle.bytes().all(|octet| octet.is_ascii_graphic());
        if !is_url {
            return Err(MailConfigError::Oracle);
        }
        let url = secured(url)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url)
            .map_err(|_| MailConfigError::Url)?
            .timeout(Some(PATIENCE))
            .build();
        Ok(Self {
            transport,
            from,
            oracle: oracle.to_owned(),
        })
    }

    fn message(&self, to: Address, token: &ProofToken) -> Option<Message> {
        let envelope = Envelope::new(Some(self.from.email.clone()), vec![to.clone()]).ok()?;
        let mut builder: MessageBuilder = Message::builder()
            .from(self.from.clone())
            .subject("Your token for a MIMI oracle")
            .header(ContentType::TEXT_PLAIN)
            .header(AutoSubmitted)
            .message_id(Some(self.message_id(token)?))
            .envelope(envelope);
        // A header of other characters would need a mail server that takes them (RFC 6532); the envelope alone leads the way.
        if AsRef::<str>::as_ref(&to).is_ascii() {
            builder = builder.to(Mailbox::new(None, to));
        }
        // ASCII in short lines, so that everybody reads it as it is.
        let encoding = ContentTransferEncoding::SevenBit;
        let text = text::mail(&self.oracle, token);
        let body = Body::new_with_encoding(text, encoding).ok()?;
        builder.body(body).ok()
    }

    /// Unlike any other, and says nothing of the token: the first half of its hash.
    fn message_id(&self, token: &ProofToken) -> Option<String> {
        let hash = ring::digest::digest(&ring::digest::SHA256, token.text.as_bytes());
        let half = hash.as_ref().get(..16)?;
        let id = data_encoding::HEXLOWER.encode(half);
        Some(format!("<{id}@{}>", self.from.email.domain()))
    }
}

/// Says that no person wrote it, so that no person's absence is answered (RFC 3834 §5).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[async_trait]
impl ProofSender for MailSender {
    async fn send(&self, subject: &Subject, token: &ProofToken) -> Result<(), SendError> {
        let to = address(subject.as_str()).ok_or(SendError::Unreachable)?;
        let is_ascii = AsRef::<str>::as_ref(&to).is_ascii();
        let message = self.message(to, token).ok_or(SendError::Unreachable)?;
        let sent = timeout(PATIENCE, self.transport.send(message))
            .await
            .map_err(|_| SendError::TimedOut)?;
        let Err(error) = sent else {
            return Ok(());
        };
        // The text of the error may quote the recipient.
        Err(match error.status().map(u16::from) {
            Some(code) if error.is_permanent() => SendError::Refused { code },
            Some(code) => SendError::Deferred { code },
            // The server does not take such addresses (SMTPUTF8), and was not asked.
            None if error.is_client() && !is_ascii => SendError::Unreachable,
            None if error.is_timeout() => SendError::TimedOut,
            None => SendError::Connection,
        })
    }
}

/// The address of a subject with this key. `None` for one that SMTP takes only in quotes: mail servers disagree about whose those are.
fn address(key: &str) -> Option<Address> {
    let (local_part, domain) = key.strip_prefix("email:")?.rsplit_once('@')?;
    let is_atom = |atom: &str| !atom.is_empty() && atom.chars().all(is_of_an_atom);
    if !local_part.split('.').all(is_atom) {
        return None;
    }
    Address::new(local_part, domain).ok()
}

/// Whether a character may stand in an atom (RFC 5321 §4.1.2, RFC 6531 §3.3): no space, no control, nothing that ends a header or a path.
fn is_of_an_atom(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(character)
    } else {
        character.is_alphanumeric()
    }
}

/// The URL with what it has to say of encryption.
fn secured(url: &str) -> Result<String, MailConfigError> {
    if url.contains(['?', '#']) {
        return Err(MailConfigError::Url);
    }
    let Some(rest) = url.strip_prefix("smtp://") else {
        let is_encrypted = url.starts_with("smtps://");
        return is_encrypted
            .then(|| url.to_owned())
            .ok_or(MailConfigError::Url);
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    if is_loopback(host) {
        Ok(url.to_owned())
    } else {
        Ok(format!("{url}?tls=required"))
    }
}

/// Whether a host, with or without a port, is this machine.
fn is_loopback(host: &str) -> bool {
    let host = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let address: Result<IpAddr, _> = host.parse();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

impl fmt::Debug for MailSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailSender(..)")
    }
}

/// Why mails cannot be sent as configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MailConfigError {
    /// The URL of the mail server is none.
    Url,
    /// The sender's address is none.
    From,
    /// The URL of the oracle is empty, or has other characters than those of URLs.
    Oracle,
}

impl fmt::Display for MailConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Url => {
                "the mail server is named by smtps://[USER:PASSWORD@]HOST[:PORT] or smtp://…, without a query"
            }
            Self::From => "the address that mails are from is not an address",
            Self::Oracle => "the URL of the oracle that mails name is not a URL",
        })
    }
}

impl Error for MailConfigError {}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use mimi_id::Identifier;

    use super::*;

    const ORACLE: &str = "https://oracle.example.net";

    fn subject(text: &str) -> Subject {
        Subject::new(&Identifier::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn without_encryption_mail_goes_only_to_this_machine() {
        for (url, expected) in [
            ("smtp://localhost:2525", "smtp://localhost:2525"),
            ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525"),
            ("smtp://u:p@[::1]:2525", "smtp://u:p@[::1]:2525"),
            ("smtps://mail.example.net", "smtps://mail.example.net"),
            (
                "smtp://u:p@mail.example.net",
                "smtp://u:p@mail.example.net?tls=required",
            ),
            (
                "smtp://localhost@mail.example.net",
                "smtp://localhost@mail.example.net?tls=required",
            ),
            (
                "smtp://localhost.example.net:25/name",
                "smtp://localhost.example.net:25/name?tls=required",
            ),
        ] {
            assert_eq!(secured(url).as_deref(), Ok(expected), "{url}");
        }
        for url in [
            "smtp://mail.example.net?tls=opportunistic",
            "smtps://mail.example.net#x",
            "http://mail.example.net",
            "mail.example.net",
            "",
        ] {
            assert_eq!(secured(url), Err(MailConfigError::Url), "{url}");
        }
    }

    #[test]
    fn d41_mail_goes_to_the_canonical_spelling_and_only_where_no_quotes_are_needed() {
        let to = |text| address(subject(text).as_str()).map(|address| address.to_string());
        let expected = Some("alice+x@example.com".to_owned());
        assert_eq!(to("ALICE+x@Example.com"), expected);
        assert_eq!(to("\"alice+x\"@example.com"), expected);
        let expected = Some("jörg@xn--mller-kva.example".to_owned());
        assert_eq!(to("jörg@müller.example"), expected);
        for unreachable in [
            "\"a b\"@example.com",
            "\"a@b\"@example.com",
            "\"a\\\"b\"@example.com",
            "\"a..b\"@example.com",
            "\"a>b\"@example.com",
            "+15551234567",
        ] {
            assert_eq!(to(unreachable), None, "{unreachable}");
        }
    }

    #[test]
    fn no_identifier_and_no_configuration_adds_a_header() {
        for from in ["a@example.net\r\nBcc: b@example.net", "no address", ""] {
            let error = MailSender::new("smtp://localhost", from, ORACLE).unwrap_err();
            assert_eq!(error, MailConfigError::From);
        }
        for oracle in [
            "",
            "https://oracle.example.net\n\nHello",
            "a b",
            "https://ö.example",
        ] {
            let from = "oracle@example.net";
            let error = MailSender::new("smtp://localhost", from, oracle).unwrap_err();
            assert_eq!(error, MailConfigError::Oracle);
        }
        // Built by hand, since no parser lets these pass.
        for key in [
            "email:a\r\nBcc: b@example.com",
            "email:a> RCPT TO:<b@example.com",
            "email:a\u{85}b@example.com",
            "email:a\u{2028}b@example.com",
            "email:@example.com",
            "email:a@exa\r\nmple.com",
        ] {
            assert_eq!(address(key), None, "{key:?}");
        }
    }

    #[tokio::test]
    async fn a_message_is_plain_text_with_few_headers() {
        let from = "MIMI oracle <oracle@example.net>";
        let sender = MailSender::new("smtp://localhost", from, ORACLE).unwrap();
        let token = ProofToken {
            text: "AAECAwQFBgcBycOA_xAREhMUFRYXGBkaGxwdHg".to_owned(),
            expires: 1_800_001_800,
        };
        let to = address("email:alice@example.com").unwrap();
        let message = sender.message(to, &token).unwrap().formatted();
        let message = String::from_utf8(message).unwrap();
        let lines = message.split("\r\n");
        let lines: Vec<_> = lines.filter(|line| !line.starts_with("Date: ")).collect();
        insta::assert_snapshot!(lines.join("\n"));
    }
}
