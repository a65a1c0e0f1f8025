//! No body makes a call of the hooks panic; whatever one says, a reading is of the call's own patient, a plan of fetches leads
//! to the named server only, and a refusal repeats nothing of the body.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use riktig_codes::Day;
use riktig_codes::fest::{FestReader, ProductNumbers};
use riktig_fhir::{CardWords, Feedback, HookRequest, Names, Recognition, Service, Version, violations};
use riktig_guideline::{Guideline, ToldAdvice, ToldAnswer, ToldButtons};

/// One pack, so that a number may be one that is known.
static PRODUCTS: LazyLock<ProductNumbers> = LazyLock::new(|| {
    let file = r#"<FEST><OppfLegemiddelpakning><Id>E</Id><Tidspunkt>t</Tidspunkt><Status V="A"/><Legemiddelpakning><Atc V="J01CE02"/>
        <Id>ID_0A1B2C3D-0000-4000-8000-000000000001</Id><Varenr>000123</Varenr></Legemiddelpakning></OppfLegemiddelpakning></FEST>"#;
    ProductNumbers::read(FestReader::new(file.as_bytes())).expect("it is FEST")
});

fuzz_target!(|bytes: &[u8]| {
    let _ = Feedback::read(bytes);
    let mut request = match HookRequest::read(bytes) {
        Ok(request) => request,
        Err(refusal) => {
            assert!(refusal.outcome().to_string().len() < 400, "{refusal}");
            return;
        }
    };
    let server = request.fhir_server.clone().unwrap_or_default();
    for fetch in request.plan_fetches() {
        assert!(
            fetch.url.starts_with(server.trim_end_matches('/')),
            "{}",
            fetch.url
        );
        let value: serde_json::Value = serde_json::from_slice(bytes).expect("read before");
        let _ = request.supply(fetch.key, &value);
    }
    let guideline = Guideline::shipped();
    let today = Day::from_ymd(2026, 1, 10).expect("a day");
    let recognition = Recognition {
        names: true,
        fest: Some(&PRODUCTS),
    };
    let Ok(reading) = request.context(today, recognition, guideline.findings()) else {
        return;
    };
    let answer = guideline.advise(&reading.patient);
    let told = |_| ToldAdvice {
        summary: "s".repeat(200),
        reason: "<r>".to_owned(),
        details: vec!["d".to_owned()],
        standing: None,
        sources: Vec::new(),
    };
    let told = ToldAnswer {
        advice: answer.advice.iter().map(told).collect(),
        silence: Vec::new(),
        standing: None,
        not_checked: None,
    };
    let buttons = ToldButtons {
        own_source: "s".to_owned(),
        read_more: "m".to_owned(),
        ..ToldButtons::default()
    };
    let words = CardWords {
        guideline,
        reading: &reading,
        answer: &answer,
        told: &told,
        buttons: &buttons,
        names: Names::unkeyed(),
    };
    let service = Service {
        base: "https://riktig.example.no".to_owned(),
    };
    let response = request.cards(words, &service, Version::V3);
    let json = serde_json::to_value(&response).expect("cards are JSON");
    assert_eq!(violations(&json), Vec::<&str>::new());
});
