#![doc = include_str!("../README.md")]

mod comment;
mod directive;
mod entries;
mod entry_text;
mod error;
mod escape;
mod fields;
mod generate;
mod generic;
mod include;
mod includes;
mod interpret;
mod lexer;
mod line_index;
mod lines;
mod part_source;
mod parts;
mod place;
mod rdata;
mod read_directive;
mod read_record;
mod record;
mod scanner;
mod state;
mod stops;
mod time_to_live;
mod types;
mod window;
mod words;
mod zone_reader;

pub use comment::Comment;
pub use directive::{Directive, DirectiveKind};
pub use entries::{Entries, Entry};
pub use error::{Excerpt, SyntaxError, SyntaxErrorKind};
pub use escape::{EscapeError, EscapeErrorKind};
pub use generate::{GenerateErrorKind, MAX_GENERATED, MAX_GENERATED_IN_FILE, MAX_GENERATED_OCTETS};
#[cfg(feature = "include")]
pub use include::IncludeRoot;
pub use include::{
    FileKind, IncludeError, MAX_INCLUDE_DEPTH, MAX_INCLUDED_OCTETS, MAX_INCLUDES, PathError,
};
pub use lexer::MAX_ENTRY_LENGTH;
pub use line_index::{LineIndex, line_column};
pub use lines::Lines;
pub use place::{FileId, Place};
pub use rdata::{RdataError, RdataErrorKind};
pub use record::{GenericRdata, Rdata, RdataText, Record, Token, Tokens};
pub use types::Form;
pub use zone_reader::ZoneReader;
