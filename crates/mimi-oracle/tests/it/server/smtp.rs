//! A mail server that keeps what it is given, or refuses it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What it does with recipients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Accept,
    /// Says this to every `RCPT`.
    Say(&'static str),
    /// Knows nothing but ASCII.
    Old,
    /// Closes the connection at the first word.
    HangUp,
}

/// A mail as it came.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    /// What stood after `RCPT TO:`.
    pub(crate) to: String,
    pub(crate) data: String,
}

impl Mail {
    /// The token in the text.
    pub(crate) fn token(&self) -> String {
        let is_token = |line: &&str| line.starts_with("    ") && line.trim().len() == 38;
        self.data.lines().find(is_token).unwrap().trim().to_owned()
    }
}

pub(crate) struct MailServer {
    pub(crate) address: SocketAddr,
    mails: Arc<Mutex<Vec<Mail>>>,
    mood: Arc<Mutex<Mood>>,
    task: JoinHandle<()>,
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mails = Arc::new(Mutex::new(Vec::new()));
        let mood = Arc::new(Mutex::new(Mood::Accept));
        let (kept, of_server) = (mails.clone(), mood.clone());
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let mood = *of_server.lock().unwrap();
                let kept = kept.clone();
                tokio::spawn(async move {
                    if let Some(mail) = serve(stream, mood).await {
                        kept.lock().unwrap().push(mail);
                    }
                });
            }
        });
        Self {
            address,
            mails,
            mood,
            task,
        }
    }

    pub(crate) fn be(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().clone()
    }

    pub(crate) fn stop(&self) {
        self.task.abort();
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.stop();
    }
}

/// One conversation; the mail that came of it.
async fn serve(stream: TcpStream, mood: Mood) -> Option<Mail> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 mail.example.net\r\n").await.ok()?;
    let (mut to, mut data) = (String::new(), String::new());
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 || mood == Mood::HangUp {
            return None;
        }
        let line = line.trim_end();
        let reply = if line.starts_with("EHLO") && mood == Mood::Old {
            "250 mail.example.net\r\n"
        } else if line.starts_with("EHLO") {
            "250-mail.example.net\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"
        } else if let Some(path) = line.strip_prefix("RCPT TO:") {
            to = path.to_owned();
            match mood {
                Mood::Say(reply) => reply,
                _ => "250 ok\r\n",
            }
        } else if line == "DATA" {
            stream.write_all(b"354 go on\r\n").await.ok()?;
            loop {
                let mut line = String::new();
                stream.read_line(&mut line).await.ok()?;
                if line == ".\r\n" {
                    break;
                }
                data.push_str(&line);
            }
            stream.write_all(b"250 ok\r\n").await.ok()?;
            return Some(Mail { to, data });
        } else if line.starts_with("QUIT") {
            return None;
        } else {
            "250 ok\r\n"
        };
        stream.write_all(reply.as_bytes()).await.ok()?;
    }
}
