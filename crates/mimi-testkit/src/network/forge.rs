//! What others than the server send.

use hickory_proto::op::{Message, Query};
use hickory_proto::rr::Record;
use mimi_name::DomainName;
use mimi_rr::hickory::{from_hickory_name, to_hickory_name};
use mimi_rr::{Mimi, Mimix, TypeCodes};

use crate::server::reply::{response_to, turn_case};

/// The account that nobody has. It is never right to find it.
pub const FALSE_ACCOUNT: &str = "v=MIMI1; a=mallory; e=mallory.invalid";

const TTL: u32 = 86_400;
const NXDOMAIN: u16 = 3;

/// How a forged answer differs from one that would be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    Id,
    Address,
    Question,
    Case,
}

impl Flaw {
    pub(super) const ALL: [Self; 4] = [Self::Id, Self::Address, Self::Question, Self::Case];
}

/// A forged answer with this flaw; `None` where the name has nothing that could be wrong.
pub(super) fn forge(question: &Message, flaw: Flaw) -> Option<Vec<u8>> {
    let mut query = question.queries.first()?.clone();
    match flaw {
        Flaw::Id | Flaw::Address => {}
        Flaw::Question => {
            let other = DomainName::parse_absolute("other.invalid").ok()?;
            query.set_name(to_hickory_name(&other).ok()?);
        }
        Flaw::Case => {
            let name = from_hickory_name(&query.name).ok()?;
            let turned = turn_case(&name)?;
            if turned.eq_case(&name) {
                return None;
            }
            query.set_name(to_hickory_name(&turned).ok()?);
        }
    }
    let mut message = false_account(question, query, TypeCodes::DEFAULT);
    if flaw == Flaw::Id {
        message.metadata.id ^= 1;
    }
    message.to_vec().ok()
}

/// An answer that leads to [`FALSE_ACCOUNT`].
pub(super) fn false_account(question: &Message, query: Query, codes: TypeCodes) -> Message {
    let asked = u16::from(query.query_type);
    let data = if asked == codes.mimi() {
        Mimi::new(FALSE_ACCOUNT.as_bytes())
            .ok()
            .map(|mimi| mimi.to_hickory(codes))
    } else if asked == codes.mimix() {
        DomainName::parse_absolute("mallory.invalid")
            .ok()
            .map(|target| Mimix::new(target).to_hickory(codes))
    } else {
        None
    };
    let name = query.name.clone();
    let mut message = response_to(question, query);
    match data {
        Some(data) => message.add_answers([Record::from_rdata(name, TTL, data)]),
        None => {
            message.metadata.response_code = NXDOMAIN.into();
            &mut message
        }
    };
    message
}

/// The answer without its records, marked as cut short; `None` for what is no message.
pub(super) fn cut_short(octets: &[u8]) -> Option<Vec<u8>> {
    Message::from_vec(octets).ok()?.truncate().to_vec().ok()
}

/// The right ID and then no DNS message.
pub(super) fn garbage(question: &Message) -> Vec<u8> {
    [&question.id.to_be_bytes(), b"no message".as_slice()].concat()
}
