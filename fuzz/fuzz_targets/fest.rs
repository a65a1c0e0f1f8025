//! No bytes make the FEST reader panic, hang or hold more than its limits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use riktig_codes::Day;
use riktig_codes::Sex;
use riktig_codes::fest::{
    FestReader, FestRegister, MAX_EVENT_BYTES, ProductNumber, ProductNumbers,
};

fuzz_target!(|bytes: &[u8]| {
    let mut reader = FestReader::new(bytes);
    let mut register = FestRegister::default();
    let mut products = ProductNumbers::default();
    while let Some(Ok(entry)) = reader.next() {
        products.apply(&entry);
        register.apply(entry);
        assert!(reader.buffered_bytes() <= 2 * (MAX_EVENT_BYTES + 1));
    }
    for pack in register.packs() {
        let drug = ProductNumber::item(&pack.item_number).and_then(|it| products.drug(it));
        let own = pack.classification.as_ref().and_then(|it| it.atc());
        let says_another = drug.is_some() && own.is_some() && drug != own;
        assert!(!says_another, "a number of another drug");
        register.ddd_milli_per_pack(pack);
        let drug = register.drug(&pack.id).expect("a pack is found by its id");
        let day = Day::from_epoch_days(20_000);
        register.diagnosis_demand(drug, day);
        register.validity_of(drug, Sex::Female, true, day);
    }
});
