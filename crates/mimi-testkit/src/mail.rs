//! A mail server on loopback that keeps what it is given, or refuses it.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// How many octets a conversation may have: a mail with a token has some thousand.
const MAX_OCTETS: u64 = 1 << 20;

/// What a mail server does with recipients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailMood {
    /// Takes mail for everybody.
    Accept,
    /// Says this to every `RCPT`: a line with its end.
    Say(&'static str),
    /// Takes mail, and knows no addresses but those in ASCII.
    Old,
    /// Closes the connection at the first word.
    HangUp,
}

/// A mail as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// What stood after `RCPT TO:`.
    pub to: String,
    /// Header and body, with the line ends of mail.
    pub data: String,
}

impl Mail {
    /// The token of an oracle in the text.
    pub fn token(&self) -> Option<&str> {
        let is_token = |line: &&str| line.starts_with("    ") && line.trim().len() == 38;
        self.data.lines().find(is_token).map(str::trim)
    }
}

/// A mail server without TLS, until it is dropped.
pub struct MailServer {
    address: SocketAddr,
    mails: Arc<watch::Sender<Vec<Mail>>>,
    mood: Arc<Mutex<MailMood>>,
    task: JoinHandle<()>,
}

impl MailServer {
    /// Starts one on a free port of loopback.
    ///
    /// # Errors
    /// When loopback cannot be used.
    pub async fn start() -> io::Result<Self> {
        Self::start_on(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await
    }

    /// Starts one there.
    ///
    /// # Errors
    /// When the address is taken, or not of this machine.
    pub async fn start_on(address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let mails = Arc::new(watch::Sender::new(Vec::new()));
        let mood = Arc::new(Mutex::new(MailMood::Accept));
        let task = tokio::spawn(accept(listener, Arc::clone(&mails), Arc::clone(&mood)));
        Ok(Self {
            address,
            mails,
            mood,
            task,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes what it does, from the next connection on.
    pub fn be(&self, mood: MailMood) {
        *self.mood.lock().unwrap_or_else(PoisonError::into_inner) = mood;
    }

    /// Every mail, in the order in which they came.
    pub fn mails(&self) -> Vec<Mail> {
        self.mails.borrow().clone()
    }

    /// The last mail to an address, which is written as in `RCPT TO:`, without its brackets.
    pub fn last_to(&self, address: &str) -> Option<Mail> {
        let mails = self.mails.borrow();
        let is_to = |mail: &&Mail| {
            let path = mail.to.strip_prefix('<');
            path.and_then(|path| path.split_once('>'))
                .is_some_and(|(to, _)| to == address)
        };
        mails.iter().rfind(is_to).cloned()
    }

    /// The mail of this number, from 0, once it is there.
    pub async fn mail(&self, number: usize) -> Option<Mail> {
        let mut mails = self.mails.subscribe();
        let come = mails.wait_for(|mails| mails.len() > number).await;
        come.ok()?.get(number).cloned()
    }

    /// Takes no more connections.
    pub fn stop(&self) {
        self.task.abort();
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn accept(
    listener: TcpListener,
    mails: Arc<watch::Sender<Vec<Mail>>>,
    mood: Arc<Mutex<MailMood>>,
) {
    // Ends those who are served when it is dropped itself.
    let mut serving = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        while serving.try_join_next().is_some() {}
        let mood = *mood.lock().unwrap_or_else(PoisonError::into_inner);
        let mails = Arc::clone(&mails);
        serving.spawn(async move {
            // Who goes away has sent nothing.
            let _ = serve(stream, mood, &mails).await;
        });
    }
}

/// One conversation, up to its first mail.
async fn serve(
    stream: TcpStream,
    mood: MailMood,
    mails: &watch::Sender<Vec<Mail>>,
) -> io::Result<()> {
    // Each reply is waited for.
    stream.set_nodelay(true)?;
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read.take(MAX_OCTETS));
    write.write_all(b"220 mail.example.net\r\n").await?;
    let mut to = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).await? == 0 || mood == MailMood::HangUp {
            return Ok(());
        }
        let line = line.trim_end();
        let reply = if line.starts_with("EHLO") && mood == MailMood::Old {
            "250 mail.example.net\r\n"
        } else if line.starts_with("EHLO") {
            "250-mail.example.net\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"
        } else if let Some(path) = line.strip_prefix("RCPT TO:") {
            to = path.to_owned();
            match mood {
                MailMood::Say(reply) => reply,
                _ => "250 ok\r\n",
            }
        } else if line == "DATA" {
            write.write_all(b"354 go on\r\n").await?;
            let data = read_data(&mut lines).await?;
            // Before it is acknowledged, so that who waits for that finds it.
            mails.send_modify(|mails| mails.push(Mail { to, data }));
            return write.write_all(b"250 ok\r\n").await;
        } else if line.starts_with("QUIT") {
            return Ok(());
        } else {
            "250 ok\r\n"
        };
        write.write_all(reply.as_bytes()).await?;
    }
}

/// The lines up to the one that is a dot.
async fn read_data(lines: &mut (impl AsyncBufReadExt + Unpin)) -> io::Result<String> {
    let mut data = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line == ".\r\n" {
            return Ok(data);
        }
        // A line with a dot of its own comes with one more (RFC 5321 §4.5.2).
        data.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}
