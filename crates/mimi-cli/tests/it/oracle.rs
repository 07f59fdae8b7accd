//! `mimi oracle`: the secrets, the server, and the folder it runs on.

mod key;
mod serving;
mod support;
