//! `mimi oracle`: the secrets, the server, and the folder it runs on.

mod by_email;
mod client;
#[cfg(unix)]
mod end_to_end;
mod key;
#[cfg(unix)]
mod killed;
#[cfg(unix)]
mod plain;
mod serving;
mod support;
