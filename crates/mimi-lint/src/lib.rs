#![doc = include_str!("../README.md")]

mod check;
mod definition;
mod endpoint;
mod finding;
mod fix;
mod identifier;
mod level;
mod live;
mod mend;
mod mimi;
mod mimix;
pub mod observations;
mod octet_map;
mod owner;
mod pages;
mod record;
pub mod registry;
mod rule;
pub mod rules;
mod settings;
mod sink;
mod unquoted;
mod zone;

pub use check::{CheckError, Checker, Open, Summary};
pub use finding::{Excerpt, Finding, Place, Related, Source};
pub use fix::{Edit, Fix, Safety};
pub use level::{Level, UnknownLevel};
pub use rule::{Fixable, Rule};
pub use settings::Settings;
