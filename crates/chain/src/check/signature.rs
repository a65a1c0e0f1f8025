//! Whether a message is signed as its receiver asks.

use jiff::Timestamp;
use riktig_eresept::check::Code;
use riktig_eresept::envelope::Content;
use riktig_eresept::signature::{Holder, SignatureFault, Signer, Trust, verify};
use riktig_eresept::{Body, Message};

use super::{Looking, Receiver, Signature};

/// What is told where somebody else signed than sends.
const OTHER_SIGNER: &str = "the signer is not the sender of such a message; sign with the prescriber's own or the pharmacy's certificate";

const SECONDS_OF_A_DAY: i64 = 86_400;

impl Looking {
    pub(super) fn signature(
        &mut self,
        message: &Message,
        bytes: &[u8],
        (receiver, trust): (Receiver, &Trust),
    ) -> Signature {
        self.enclosed(message, (receiver, trust));
        let place = place(message, "");
        let refusal =
            |own, receipt| (receiver != Receiver::Another).then_some(Code { own, receipt });
        let fault = |looking: &mut Self, fault: SignatureFault| {
            let code = refusal("RIKTIG-I01", fault.code());
            looking.fault(code, place.clone(), &fault.to_string());
        };
        let at = moment(message);
        let (verified, holds) = match verify(bytes, trust, at) {
            Ok(verified) => (verified, Signature::Holds),
            Err(legacy @ SignatureFault::Legacy) => {
                fault(self, legacy);
                // Taken here only to tell whether it is weak and nothing else.
                match verify(bytes, &trust.clone().taking_legacy(), at) {
                    Ok(verified) => (verified, Signature::Weak),
                    Err(why) => {
                        fault(self, why);
                        return Signature::DoesNotHold;
                    }
                }
            }
            Err(why) => {
                fault(self, why);
                return Signature::DoesNotHold;
            }
        };
        if is_of_another(message, &verified.signer) {
            self.fault(refusal("RIKTIG-I02", "S01"), place, OTHER_SIGNER);
        }
        holds
    }

    /// The prescriber's messages that go along are looked at as whoever takes them looks: at the moment that each names.
    fn enclosed(&mut self, message: &Message, (receiver, trust): (Receiver, &Trust)) {
        let refusal = |own| {
            (receiver == Receiver::Registry).then_some(Code {
                own,
                receipt: "X99",
            })
        };
        for (number, enclosure) in (1..).zip(message.enclosures()) {
            let (Content::Bytes(bytes), None) = (&enclosure.content, &enclosure.description) else {
                continue;
            };
            let Ok(m1) = Message::read(bytes) else {
                continue;
            };
            if !matches!(m1.body(), Body::M1(_)) {
                continue;
            }
            let place = place(&m1, &format!("attachment {number} › "));
            match verify(bytes, trust, moment(&m1)) {
                Err(fault) => self.fault(refusal("RIKTIG-R01"), place, &fault.to_string()),
                Ok(verified) if is_of_another(&m1, &verified.signer) => {
                    self.fault(refusal("RIKTIG-R02"), place, OTHER_SIGNER);
                }
                Ok(_) => {}
            }
        }
    }
}

fn place(message: &Message, inside: &str) -> (u32, String) {
    let root = message.document().root();
    let signature = root.elements().find(|it| it.local_name() == "Signature");
    let name = match signature {
        Some(_) => "MsgHead/Signature",
        None => "MsgHead",
    };
    let line = signature.unwrap_or(root).line();
    (line, format!("{inside}{name}"))
}

/// When the message says that it was written; without a difference from UTC, at noon of that day.
fn moment(message: &Message) -> Timestamp {
    let written = &message.envelope().generated;
    let noon = i64::from(written.day().epoch_days()) * SECONDS_OF_A_DAY + SECONDS_OF_A_DAY / 2;
    let seconds = written.unix_seconds().unwrap_or(noon);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Whether the certificate alone tells that somebody else signed than such a message is of. Whose number of a certificate is whose, only the
/// register tells.
fn is_of_another(message: &Message, signer: &Signer) -> bool {
    let sender = &message.envelope().sender;
    match (message.body(), signer.holder) {
        (Body::M1(_) | Body::M5(_) | Body::M95(_) | Body::M97(_), Holder::Person { hpr }) => {
            hpr.is_some() && hpr != sender.acting().and_then(|acting| acting.hpr())
        }
        (Body::M1(_) | Body::M5(_) | Body::M95(_) | Body::M97(_), _) => true,
        (Body::M91(_) | Body::M93(_) | Body::M10(_), holder) => {
            !matches!(holder, Holder::Organisation { .. })
        }
        _ => false,
    }
}
