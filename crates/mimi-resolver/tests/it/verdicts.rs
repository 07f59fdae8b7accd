//! The server's word for what is validated: its AD bit, and over which channels it counts (D55; RFC 6840 §5.7, §5.8).

use hickory_proto::op::{Message, MessageType, OpCode, Query};
use hickory_proto::rr::{Name, Record, RecordType};
use mimi_resolver::discovery::{
    Channel, Dnssec, Failure, Policy, Proof, Question, Response, Validation,
};
use mimi_resolver::{DnssecRequest, Resolver, Upstream, read_response};
use mimi_rr::hickory::to_hickory_name;
use mimi_rr::{Mimi, TypeCodes};

use crate::support::{question, summary};

/// Answers every question with one account, as octets, and says that it validated.
struct Vouching {
    channel: Channel,
    authentic: bool,
}

fn message(question: &Question, authentic: bool) -> Vec<u8> {
    let name: Name = to_hickory_name(&question.name).unwrap();
    let code = RecordType::from(question.record_type);
    let mut message = Message::new(7, MessageType::Response, OpCode::Query);
    message.metadata.authentic_data = authentic;
    message.add_query(Query::query(name.clone(), code));
    let mimi = Mimi::new(b"v=MIMI1; a=bob; e=m.example").unwrap();
    message.add_answer(Record::from_rdata(
        name,
        300,
        mimi.to_hickory(TypeCodes::DEFAULT),
    ));
    message.to_vec().unwrap()
}

impl Upstream for Vouching {
    async fn ask(&self, question: &Question, dnssec: DnssecRequest) -> Result<Response, Failure> {
        assert_eq!(dnssec, DnssecRequest::Verdict);
        read_response(
            &message(question, self.authentic),
            question,
            dnssec,
            self.channel,
        )
    }
}

async fn assurance(channel: Channel, authentic: bool) -> Dnssec {
    let upstream = Vouching { channel, authentic };
    let resolver = Resolver::new(upstream, Policy::default()).trusting_upstream();
    let outcome = resolver.discover_text("bob.example").await;
    assert_eq!(summary(&outcome), "found");
    outcome.assurance.unwrap().dnssec
}

#[tokio::test]
async fn d55_the_servers_word_counts_over_a_protected_channel() {
    for channel in [
        Channel::Tls,
        Channel::Https,
        Channel::Quic,
        Channel::Loopback,
    ] {
        assert_eq!(assurance(channel, true).await, Dnssec::Secure);
        assert_eq!(assurance(channel, false).await, Dnssec::Unchecked);
    }
}

#[tokio::test]
async fn d55_never_believes_an_ad_bit_that_anybody_on_the_way_could_set() {
    assert_eq!(assurance(Channel::Plain, true).await, Dnssec::Unchecked);
    let upstream = Vouching {
        channel: Channel::Plain,
        authentic: true,
    };
    let policy = Policy {
        validation: Validation::Require,
        ..Policy::default()
    };
    let resolver = Resolver::new(upstream, policy).trusting_upstream();
    let outcome = resolver.discover_text("bob.example").await;
    assert_eq!(summary(&outcome), "security_failure not-secure");
}

#[test]
fn an_ad_bit_that_was_not_asked_for_proves_nothing() {
    let question = question("bob.example.", TypeCodes::DEFAULT.mimi());
    let octets = message(&question, true);
    for dnssec in [DnssecRequest::Nothing, DnssecRequest::Signatures] {
        let response = read_response(&octets, &question, dnssec, Channel::Tls).unwrap();
        assert_eq!(response.answer[0].proof, Proof::Unchecked);
        assert_eq!(response.denial, Proof::Unchecked);
    }
}

#[test]
fn a_message_that_answers_another_question_or_none_is_refused() {
    let asked = question("bob.example.", TypeCodes::DEFAULT.mimi());
    let other = message(&question("eve.example.", TypeCodes::DEFAULT.mimi()), false);
    let mut query = message(&asked, false);
    query[2] &= 0x7f; // QR
    for octets in [&other[..], &query, b"", b"garbage"] {
        let read = read_response(octets, &asked, DnssecRequest::Nothing, Channel::Plain);
        assert_eq!(read, Err(Failure::Malformed));
    }
}
