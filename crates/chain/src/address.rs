//! To whom messages are addressed that have one receiver in the country. Where its system is, the one who delivers knows.
//!
//! The schema of the envelope wants a number beside the name; both bodies stand under theirs in the national messages.

use riktig_eresept::Ident;
use riktig_eresept::envelope::Organisation;

/// The registry of dispensings (Legemiddelregisteret), which the Institute of Public Health keeps.
#[must_use]
pub fn registry() -> Organisation {
    body("Legemiddelregisteret", "983744516")
}

/// The summary record (kjernejournal), which Norsk helsenett runs.
#[must_use]
pub fn summary_record() -> Organisation {
    body("Kjernejournal", "994598759")
}

fn body(name: &str, number: &str) -> Organisation {
    let number = number.parse().expect("a number with right check digits");
    Organisation {
        name: Some(name.to_owned()),
        idents: vec![Ident::organisation(number)],
        ..Organisation::default()
    }
}
