//! Answers questions from a conversation, and remembers them.

use std::io;
use std::sync::Arc;

use hickory_proto::op::{Message, MessageType, Metadata, OpCode, ResponseCode};
use hickory_server::net::runtime::Time;
use hickory_server::server::{Request, RequestHandler, ResponseHandler, ResponseInfo};
use hickory_server::zone_handler::MessageResponseBuilder;

use crate::scenario::{Exchange, ServerKind};
use crate::server::{Conversation, Overheard, ServerTransport};

/// Clones share what they remember.
#[derive(Clone)]
pub(super) struct Handler(Arc<Conversation>);

impl Handler {
    pub(super) fn new(conversation: &[Exchange]) -> io::Result<Self> {
        let conversation = Conversation::new(ServerKind::Scripted, conversation)?;
        Ok(Self(Arc::new(conversation)))
    }

    pub(super) fn overheard(&self) -> Vec<Overheard> {
        self.0.overheard()
    }

    /// Remembers a question, and composes what the conversation says to it.
    async fn answer(&self, request: &Request) -> Option<Message> {
        let (octets, from) = (request.as_slice(), request.src());
        let due = self.0.hear(octets, ServerTransport::Tcp, from)?;
        tokio::time::sleep(due.delay).await;
        let (_, octets) = due.messages.first()?;
        Message::from_vec(octets).ok()
    }
}

#[async_trait::async_trait]
impl RequestHandler for Handler {
    async fn handle_request<R: ResponseHandler, T: Time>(
        &self,
        request: &Request,
        mut response_handle: R,
    ) -> ResponseInfo {
        let message = self.answer(request).await.unwrap_or_else(|| {
            let mut refusal = Message::query();
            refusal.metadata.response_code = ResponseCode::Refused;
            refusal
        });
        let mut metadata = Metadata::new(request.metadata.id, MessageType::Response, OpCode::Query);
        metadata.response_code = message.response_code;
        metadata.authentic_data = message.authentic_data;
        metadata.truncation = message.truncation;
        let response = MessageResponseBuilder::from_message_request(request).build(
            metadata,
            &message.answers,
            &message.authorities,
            [],
            [],
        );
        match response_handle.send_response(response).await {
            Ok(info) => info,
            // An asker that has gone.
            Err(_) => hickory_proto::op::Header {
                metadata,
                counts: Default::default(),
            }
            .into(),
        }
    }
}
