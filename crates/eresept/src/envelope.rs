//! The envelope of every message: MsgHead version 1.2.

mod address;
mod enclosure;
mod organisation;
mod person;

use crate::fault::MessageFault;
use crate::parts::{Making, Parts};
use crate::value::{Coded, MessageId, Moment};
use crate::xml::Element;

pub use address::{Address, Telecom};
pub use enclosure::{Connection, Content, Enclosure};
pub use organisation::{Organisation, Professional};
pub use person::Person;

pub(crate) use address::{read_ident, write_ident};

/// The namespace of MsgHead.
pub const NAMESPACE: &str = "http://www.kith.no/xmlstds/msghead/2006-05-24";

/// The version that is written in every envelope.
const VERSION: &str = "v1.2 2006-05-24";

/// What stands on the envelope (`MsgInfo`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// What kind of message it is: `ERM1` and so on (list 8279).
    pub kind: Coded,
    /// When it was made.
    pub generated: Moment,
    /// Its number; of an M1 also the prescription's.
    pub id: MessageId,
    /// Whether a receipt is wanted.
    pub acknowledgement: Option<Coded>,
    /// What it belongs to.
    pub conversation: Option<Conversation>,
    /// From whom.
    pub sender: Organisation,
    /// To whom.
    pub receiver: Organisation,
    /// About whom.
    pub patient: Option<Person>,
}

/// Which message a message answers, and which one began it all (`ConversationRef`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// The message that is answered or followed.
    pub parent: MessageId,
    /// The first one.
    pub first: MessageId,
}

impl Envelope {
    /// An envelope between two parties; its kind is written from the body.
    pub fn between(
        id: MessageId,
        generated: Moment,
        sender: Organisation,
        receiver: Organisation,
    ) -> Self {
        Self {
            kind: Coded::simple("", ""),
            generated,
            id,
            acknowledgement: None,
            conversation: None,
            sender,
            receiver,
            patient: None,
        }
    }

    /// About a patient.
    #[must_use]
    pub fn about(mut self, patient: Person) -> Self {
        self.patient = Some(patient);
        self
    }

    /// In answer to a message: it is the parent, and the conversation is the one it belongs to or begins.
    #[must_use]
    pub fn answering(mut self, message: &Self) -> Self {
        let first = message
            .conversation
            .as_ref()
            .map_or(&message.id, |conversation| &conversation.first);
        self.conversation = Some(Conversation {
            parent: message.id.clone(),
            first: first.clone(),
        });
        self
    }

    pub(crate) fn read(head: &Element) -> Result<Self, MessageFault> {
        let info = Parts(Parts(head).element("MsgInfo")?);
        let organisation = |local| {
            let party = Parts(info.element(local)?);
            Organisation::read(party.element("Organisation")?)
        };
        let conversation = info.0.child("ConversationRef").map(|reference| {
            let reference = Parts(reference);
            Ok::<_, MessageFault>(Conversation {
                parent: reference.id("RefToParent")?,
                first: reference.id("RefToConversation")?,
            })
        });
        Ok(Self {
            kind: info.coded("Type")?,
            generated: info.moment("GenDate")?,
            id: info.id("MsgId")?,
            acknowledgement: info.some_coded("Ack")?,
            conversation: conversation.transpose()?,
            sender: organisation("Sender")?,
            receiver: organisation("Receiver")?,
            patient: info.0.child("Patient").map(Person::read).transpose()?,
        })
    }

    pub(crate) fn write(&self) -> Element {
        let party = |local, organisation: &Organisation| {
            Element::new(NAMESPACE, local).with(organisation.write())
        };
        let conversation = self.conversation.as_ref().map(|conversation| {
            Making::new(NAMESPACE, "ConversationRef")
                .text("RefToParent", &conversation.parent)
                .text("RefToConversation", &conversation.first)
                .element
        });
        Making::new(NAMESPACE, "MsgInfo")
            .simple("Type", &self.kind)
            .text("MIGversion", VERSION)
            .text("GenDate", self.generated)
            .text("MsgId", &self.id)
            .some_simple("Ack", self.acknowledgement.as_ref())
            .with_all(conversation)
            .with(party("Sender", &self.sender))
            .with(party("Receiver", &self.receiver))
            .with_all(self.patient.as_ref().map(|patient| {
                patient
                    .write_into(Making::new(NAMESPACE, "Patient"))
                    .element
            }))
            .element
    }
}
