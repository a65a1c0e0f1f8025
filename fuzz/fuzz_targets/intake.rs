//! No file makes an intake panic: it is taken whole, with every row accounted for, or refused, and then the lake is what it was.
#![no_main]

use std::io::Write;

use libfuzzer_sys::fuzz_target;
use riktig_lake::intake::{Intake, IntakeOptions, Outcome, PseudonymKey};

fuzz_target!(
    init: riktig_fuzz::let_panics_be_caught(),
    |bytes: &[u8]| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(bytes).expect("written");
        let options = IntakeOptions { largest_refused_share: 1.0, ..IntakeOptions::default() };
        let key = PseudonymKey::from_bytes([7; 32]);
        let mut intake = Intake::open(folder.path(), key, options).expect("an empty lake");
        match intake.take(file.path(), &mut |_| {}) {
            Ok(Outcome::Taken(record)) => {
                assert!(record.counts.add_up(), "{:?}", record.counts);
                let again = intake.take(file.path(), &mut |_| {}).expect("known by its bytes");
                assert!(matches!(again, Outcome::AlreadyThere { .. }));
            }
            Ok(Outcome::AlreadyThere { .. }) => panic!("the lake is empty"),
            Err(_) => assert_eq!(intake.lake().manifest().deliveries.len(), 0),
        }
    }
);
