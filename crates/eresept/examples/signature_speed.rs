//! How long signing and verifying take, for prescriptions of 10 kB: `cargo run --release -p riktig-eresept --example signature_speed`.

use std::time::{Duration, Instant};

use riktig_eresept::signature::pki::TestAuthority;
use riktig_eresept::signature::{Trust, sign, verify};
use riktig_eresept::xml::Document;

/// How many times each is done.
const TIMES: u32 = 2_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let at = "2026-03-01T12:00:00Z".parse()?;
    let authority = TestAuthority::new(at)?;
    let doctor = authority.person("Ola Testlege", None, at)?;
    let trust = Trust::for_tests(&[authority.certificate().to_vec()])?;
    let message = message();
    let signed = sign(message.as_bytes(), &doctor, at)?;
    println!(
        "message of {} bytes, signed {} bytes",
        message.len(),
        signed.len()
    );
    let signing = each(|| sign(message.as_bytes(), &doctor, at).map(drop));
    let verifying = each(|| verify(&signed, &trust, at).map(drop));
    let reading = each(|| Document::read(&signed).map(drop));
    println!("sign   {signing:?}");
    println!("verify {verifying:?}, of which reading the XML {reading:?}");
    Ok(())
}

/// The mean time of one.
fn each<E: std::fmt::Debug>(act: impl Fn() -> Result<(), E>) -> Duration {
    let from = Instant::now();
    for _ in 0..TIMES {
        act().expect("what was done once before is done again");
    }
    from.elapsed() / TIMES
}

/// With as many elements and attributes to the kilobyte as the published prescriptions have: about a dozen, indented.
fn message() -> String {
    let dose = "
            <DoseFastTidspunkt>
              <Mengde V=\"1\" U=\"tablett\"/>
              <Intervall V=\"1\" U=\"D\u{f8}gn\"/>
              <Tidsomrade DN=\"Morgen\" V=\"1\"/>
              <Bruksomrade>mot smerter, en tablett morgen og kveld i ti dager</Bruksomrade>
              <Merknad>svelges hel med et glass vann, helst til et m\u{e5}ltid; ta kontakt ved utslett</Merknad>
            </DoseFastTidspunkt>";
    format!(
        "<MsgHead xmlns=\"http://www.kith.no/xmlstds/msghead/2006-05-24\"><Document><RefDoc><Content>\
         <Resept xmlns=\"http://www.kith.no/xmlstds/eresept/m1/2013-10-08\">{}</Resept></Content></RefDoc></Document></MsgHead>",
        dose.repeat(18)
    )
}
