//! No bytes make a reader of messages panic, and a tree that is read is written again as the same tree.
#![no_main]

use libfuzzer_sys::fuzz_target;
use riktig_eresept::prescription::Event;
use riktig_eresept::show::{Identities, show};
use riktig_eresept::xml::Document;
use riktig_eresept::{AppRec, Message};

fuzz_target!(|bytes: &[u8]| {
    let _findings = riktig_chain::check::check(bytes, Default::default());
    let Ok(document) = Document::read(bytes) else {
        return;
    };
    let written = document.write();
    let again = Document::read(&written).expect("what is written is well formed");
    assert_eq!(again.write(), written);
    serde_json::to_vec(&show(&document, Identities::Withheld)).expect("text is JSON");
    if let Ok(receipt) = AppRec::of(&document) {
        let written = receipt.write();
        assert_eq!(AppRec::read(&written).expect("ours").write(), written);
    }
    if let Ok(message) = Message::of(document) {
        let _carried_or_why_not = (message.carried(), message.diagnosis());
        let _event_or_why_not = Event::of_message(&message);
        for enclosed in message.enclosed_messages() {
            let _message_or_why_not = Message::read(enclosed);
        }
        let written = message.to_draft().write();
        assert_eq!(
            Message::read(&written).expect("ours").to_draft().write(),
            written
        );
    }
});
