//! `mimi oracle`: the secrets, the server, and the folder it runs on.

mod client;
#[cfg(unix)]
mod end_to_end;
mod key;
mod serving;
mod support;
