//! A mail server that shows what it gets, for trying an oracle without one: `mailbox 127.0.0.1:2525`.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

use mimi_testkit::{Mail, MailServer};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let address: Option<SocketAddr> = std::env::args().nth(1).and_then(|word| word.parse().ok());
    let Some(address) = address else {
        // A closed standard error leaves nobody to tell.
        let _ = writeln!(io::stderr(), "usage: mailbox ADDRESS:PORT");
        return ExitCode::from(2);
    };
    match run(address).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {address}: {error}");
            ExitCode::from(3)
        }
    }
}

/// Shows mails as they come, until nobody reads them.
async fn run(address: SocketAddr) -> io::Result<()> {
    let server = MailServer::start_on(address).await?;
    let mut out = io::stdout();
    writeln!(out, "listening on smtp://{}", server.address())?;
    for number in 0.. {
        let Some(mail) = server.mail(number).await else {
            break;
        };
        write(&mut out, &mail)?;
    }
    Ok(())
}

fn write(out: &mut impl Write, mail: &Mail) -> io::Result<()> {
    writeln!(out, "--- to {}", shown(&mail.to))?;
    for line in mail.data.lines() {
        writeln!(out, "{}", shown(line))?;
    }
    out.flush()
}

/// Printable ASCII as it is, and everything else by its code point: who sends mail does not command a terminal.
fn shown(line: &str) -> String {
    let mut text = String::new();
    for character in line.chars() {
        match character {
            ' '..='~' => text.push(character),
            _ => text.extend(character.escape_unicode()),
        }
    }
    text
}
