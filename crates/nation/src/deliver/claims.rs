//! A week of a practice's bills as a KUHR claim message: *Behandlerkrav* inside a *MsgHead* of type LOM.
//!
//! Element names and order follow the schema `bkm/2006-12-20` (Direktoratet for e-helse, Sarepta archive).

use std::fmt::Write as _;
use std::path::Path;

use riktig_codes::Day;
use riktig_lake::delivery::{Field, Kind, WriteError};

use super::rows::{self, Scratch};
use super::truth::DeliveryTruth;
use crate::care::events::Contact;
use crate::chance::mix;
use crate::world::World;

/// Every so many bills one is credited and sent again.
const CREDITED: usize = 25;

/// Refund of a bill, kroner; the amount is not used by anybody.
const REFUND: &str = "168.00";

/// Writes the message and says what it holds.
pub(crate) fn write(
    world: &World,
    folder: &Path,
    number: u32,
    bills: &[Contact],
) -> Result<DeliveryTruth, WriteError> {
    let month = world.spec.from + number as i32;
    let file = format!("behandlerkrav-{month}.xml");
    let path = folder.join(&file);
    let (text, rows, credited) = message(world, number, bills);
    std::fs::write(&path, text).map_err(|source| WriteError::Io { path, source })?;
    Ok(DeliveryTruth {
        file,
        delivery: message_id(world, number),
        kind: Kind::Behandlerkrav.name().to_owned(),
        period: Some(month.to_string()),
        rows,
        cancelling: credited,
        sent_again: credited,
        ..Default::default()
    })
}

/// A message id that depends on the seed and the month alone, shaped like a UUID.
fn message_id(world: &World, number: u32) -> String {
    guid(mix(world.spec.seed ^ 0xBE4A), u64::from(number))
}

fn guid(high: u64, low: u64) -> String {
    let low = mix(low);
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        high >> 16 & 0xFFFF,
        high & 0xFFF,
        low >> 52,
        low & 0xFFFF_FFFF_FFFF
    )
}

fn message(world: &World, number: u32, bills: &[Contact]) -> (String, u64, u64) {
    let sender = bills.first().map_or(0, |bill| bill.doctor);
    let doctor = world.doctors.doctor(sender);
    let sent = (world.spec.from + number as i32).last_day();
    let mut out = String::new();
    let (mut rows, mut credited) = (0, 0);
    let mut body = String::new();
    for (at, bill) in bills.iter().enumerate() {
        invoice(world, bill, bill.id, false, &mut body);
        rows += 1;
        if at % CREDITED == CREDITED / 2 {
            let again = Contact {
                minute: bill.minute + 1,
                ..*bill
            };
            invoice(world, bill, bill.id, true, &mut body);
            invoice(
                world,
                &again,
                bill.id + super::faults::SENT_AGAIN,
                false,
                &mut body,
            );
            rows += 2;
            credited += 1;
        }
    }
    // Writing to a string cannot fail.
    let _infallible = write!(
        out,
        r#"<?xml version="1.0" encoding="UTF-8"?>
<MsgHead xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24">
<MsgInfo><Type V="LOM" DN="Legeoppgjørsmelding"/><MIGversion>v1.2 2006-05-24</MIGversion><GenDate>{sent}T20:00:00</GenDate><MsgId>{id}</MsgId><Ack V="J" DN="Ja"/>
<Sender><Organisation><OrganisationName>Legekontoret P{practice:05}</OrganisationName><HealthcareProfessional><FamilyName>Syntetisk</FamilyName><GivenName>Lege</GivenName><Ident><Id>{hpr}</Id><TypeId V="HPR" S="2.16.578.1.12.4.1.1.8116" DN="HPR-nummer"/></Ident></HealthcareProfessional></Organisation></Sender>
<Receiver><Organisation><OrganisationName>Helfo</OrganisationName></Organisation></Receiver></MsgInfo>
<Document><RefDoc><MsgType V="XML"/><MimeType>text/xml</MimeType><Description>BehandlerKrav</Description><Content>
<BehandlerKrav xmlns="http://www.kith.no/xmlstds/bkm/2006-12-20" navnEPJ="Riktig nation" versjonEPJ="1"><Praksistype>1</Praksistype>
<Krav><AntallRegninger>{rows}</AntallRegninger><SumKravSamlet U="NOK" V="0.00"/></Krav>
{body}</BehandlerKrav></Content></RefDoc></Document></MsgHead>
"#,
        id = message_id(world, number),
        practice = doctor.practice,
        hpr = doctor.hpr,
    );
    (out, rows, credited)
}

/// One *Enkeltregning*.
fn invoice(world: &World, bill: &Contact, id: u64, credit: bool, out: &mut String) {
    let mut scratch = Scratch::new();
    let row = rows::contact(world, bill, &mut scratch);
    let person = world.people.get(bill.person);
    let text = |field: &Field<'_>| match field {
        Field::Text(text) => (*text).to_owned(),
        _ => String::new(),
    };
    let identity = String::from_utf8_lossy(&person.identity()).into_owned();
    let kind = if person.d_number { "DNR" } else { "FNR" };
    let time = format!(
        "{}T{:02}:{:02}:00",
        Day::from_epoch_days(bill.day),
        bill.minute / 60,
        bill.minute % 60
    );
    let guid = guid(mix(id), id);
    let _infallible = write!(out, "<Enkeltregning><Guid>{{{guid}}}</Guid>");
    if credit {
        out.push_str("<Kreditering>true</Kreditering>");
    }
    let _infallible = write!(
        out,
        r#"<RegningNr>{id}</RegningNr><DatoTid>{time}</DatoTid><Patient><FamilyName>Syntetisk</FamilyName><GivenName>Pasient</GivenName><Sex V="{sex}"/><Ident><Id>{identity}</Id><TypeId V="{kind}" S="2.16.578.1.12.4.1.1.8116"/></Ident></Patient><Behandling>"#,
        sex = text(&row.patient_sex),
    );
    for diagnosis in [&row.diagnosis_1, &row.diagnosis_2] {
        let code = text(diagnosis);
        if !code.is_empty() {
            let _infallible = write!(
                out,
                r#"<Diagnose V="{code}" S="2.16.578.1.12.4.1.1.7170"/>"#
            );
        }
    }
    for tariff in text(&row.tariffs).split(' ') {
        let _infallible = write!(
            out,
            r#"<Takst><Verdi U="NOK" V="{REFUND}"/><Kode>{tariff}</Kode><Antall>1</Antall></Takst>"#
        );
    }
    let _infallible = writeln!(
        out,
        r#"<SumKrav><Refusjon U="NOK" V="{REFUND}"/></SumKrav></Behandling></Enkeltregning>"#
    );
}
