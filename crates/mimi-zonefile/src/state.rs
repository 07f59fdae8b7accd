//! What later entries inherit from earlier ones: origin, owner, TTL (RFC 1035 §5.1, RFC 2308 §4).

use core::ops::Range;
use std::sync::Arc;

use mimi_name::DomainName;

use crate::directive::DirectiveName;
use crate::error::{Problem, SyntaxErrorKind};
use crate::fields::{Context, Known};
use crate::lexer::Token;
use crate::record::Record;
use crate::time_to_live::MAX_TTL;

const SOA: u16 = 6;

/// The state between entries.
#[derive(Clone)]
pub(crate) struct State<'a> {
    pub(crate) context: Arc<Context>,
    owner: Known<Arc<DomainName>>,
    /// The text of the current owner, while it still means the same name.
    owner_text: Option<&'a [u8]>,
    pub(crate) default_ttl: Known<u32>,
    pub(crate) last_ttl: Known<u32>,
}

impl<'a> State<'a> {
    pub(crate) fn new(context: Context, default_ttl: Known<u32>) -> Self {
        Self {
            context: Arc::new(context),
            owner: Known::Missing,
            owner_text: None,
            default_ttl,
            last_ttl: Known::Missing,
        }
    }

    pub(crate) fn inherited_owner(&self, blank: Range<usize>) -> Result<Arc<DomainName>, Problem> {
        let kind = match &self.owner {
            Known::Is(owner) => return Ok(Arc::clone(owner)),
            Known::Missing => SyntaxErrorKind::NoOwner,
            &Known::Lost { since } => SyntaxErrorKind::OwnerLost { since },
        };
        Err(Problem { kind, span: blank })
    }

    pub(crate) fn stated_owner(
        &mut self,
        token: &Token<'a>,
        start: usize,
    ) -> Result<Arc<DomainName>, Problem> {
        if let Known::Is(owner) = &self.owner
            && self.owner_text == Some(token.raw)
        {
            return Ok(Arc::clone(owner));
        }
        match self.context.name(token) {
            Ok(owner) => {
                let owner = Arc::new(owner);
                self.owner = Known::Is(Arc::clone(&owner));
                self.owner_text = Some(token.raw);
                Ok(owner)
            }
            Err(error) => {
                self.lose_owner(start);
                Err(error.into())
            }
        }
    }

    /// The TTL of a record that states none, as BIND has it: the default, else the last one stated, else (`None`) the SOA's.
    pub(crate) fn inherited_ttl(&self, type_span: &Range<usize>) -> Result<Option<u32>, Problem> {
        match (&self.default_ttl, &self.last_ttl) {
            (Known::Is(seconds), _) | (Known::Missing, Known::Is(seconds)) => Ok(Some(*seconds)),
            (Known::Missing, Known::Missing) => Ok(None),
            (&Known::Lost { since }, _) | (Known::Missing, &Known::Lost { since }) => {
                Err(Problem {
                    kind: SyntaxErrorKind::TtlLost { since },
                    span: type_span.clone(),
                })
            }
        }
    }

    /// The minimum of an SOA record, which becomes the default TTL.
    pub(crate) fn ttl_from_soa(&mut self, record: &Record<'a>) -> Result<u32, Problem> {
        let problem = Problem {
            kind: SyntaxErrorKind::NoTtl,
            span: record.type_span.clone(),
        };
        if record.record_type != SOA {
            return Err(problem);
        }
        let wire = record.rdata_wire().ok().flatten().unwrap_or_default();
        let Some(minimum) = wire.last_chunk() else {
            self.default_ttl = Known::Lost {
                since: record.span.start,
            };
            return Err(problem);
        };
        let seconds = u32::from_be_bytes(*minimum).min(MAX_TTL);
        self.default_ttl = Known::Is(seconds);
        Ok(seconds)
    }

    pub(crate) fn set_origin(&mut self, origin: Known<DomainName>) {
        self.context = Arc::new(Context {
            origin,
            mnemonics: Arc::clone(&self.context.mnemonics),
        });
        self.owner_text = None;
    }

    pub(crate) fn lose_owner(&mut self, since: usize) {
        self.owner = Known::Lost { since };
        self.owner_text = None;
    }

    pub(crate) fn lose_directive(&mut self, name: DirectiveName, since: usize) {
        match name {
            DirectiveName::Origin => self.set_origin(Known::Lost { since }),
            DirectiveName::Ttl => self.default_ttl = Known::Lost { since },
            DirectiveName::Generate => self.lose_owner(since),
            // An included file changes nothing for the file that includes it.
            DirectiveName::Include => {}
        }
    }
}
