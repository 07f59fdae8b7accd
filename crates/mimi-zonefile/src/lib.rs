#![doc = include_str!("../README.md")]

mod comment;
mod directive;
mod entries;
mod error;
mod escape;
mod fields;
mod generic;
mod lexer;
mod line_index;
mod rdata;
mod record;
mod state;
mod time_to_live;
mod types;
mod zone_file;

pub use comment::Comment;
pub use directive::{Directive, DirectiveKind};
pub use entries::{Entries, Entry, Records};
pub use error::{Excerpt, SyntaxError, SyntaxErrorKind};
pub use escape::{EscapeError, EscapeErrorKind};
pub use generic::GenericRdata;
pub use lexer::{MAX_ENTRY_LENGTH, Token};
pub use line_index::{LineIndex, line_column};
pub use rdata::{RdataError, RdataErrorKind};
pub use record::{Rdata, RdataText, Record, Tokens};
pub use zone_file::ZoneFile;
