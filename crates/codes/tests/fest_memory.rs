//! A complete FEST file is over 100 MB. Here one is made while it is read: 20 MB in an ordinary test run, 120 MB with
//! `RIKTIG_FULL=1`, larger than any real one.

use std::io::{BufReader, Read};

use riktig_codes::fest::{FestEntry, FestReader, MAX_EVENT_BYTES};

/// A FEST document that is written as it is asked for and never exists as a whole.
struct EndlessFest {
    bytes: u64,
    wanted: u64,
    serial: u32,
    pending: Vec<u8>,
    taken: usize,
    packs: u32,
    closed: bool,
}

impl EndlessFest {
    fn of(wanted: u64) -> Self {
        let head = "<FEST xmlns=\"http://www.kith.no/xmlstds/eresept/m30/2014-12-01\"><HentetDato>2026-09-01T03:00:00</HentetDato><Kat>";
        Self {
            bytes: 0,
            wanted,
            serial: 0,
            pending: head.into(),
            taken: 0,
            packs: 0,
            closed: false,
        }
    }

    /// The next entry: mostly of a kind that is not read, with long texts; every eighth a pack.
    fn refill(&mut self) {
        self.taken = 0;
        self.pending.clear();
        if self.bytes >= self.wanted {
            if !self.closed {
                self.pending.extend_from_slice(b"</Kat></FEST>");
                self.closed = true;
            }
            return;
        }
        let serial = self.serial;
        self.serial += 1;
        let entry = if serial.is_multiple_of(8) {
            self.packs += 1;
            format!(
                "<OppfLegemiddelpakning><Id>ID_{serial}</Id><Tidspunkt>2026-01-01T00:00:00</Tidspunkt><Status V=\"A\" DN=\"Aktiv\"/>\
                 <Legemiddelpakning><Atc V=\"J01CE02\"/><Id>P_{serial}</Id><Varenr>{number:06}</Varenr>\
                 <Pakningsinfo><RefLegemiddelMerkevare>B</RefLegemiddelMerkevare><Mengde>20</Mengde></Pakningsinfo>\
                 </Legemiddelpakning></OppfLegemiddelpakning>\n",
                number = serial / 8 % 1_000_000,
            )
        } else {
            let text = "Kombinasjonen bør unngås &amp; følges opp. ".repeat(40);
            format!(
                "<OppfByttegruppe><Id>I_{serial}</Id><Byttegruppe><MerknadTilByttbarhet>{text}</MerknadTilByttbarhet></Byttegruppe></OppfByttegruppe>\n"
            )
        };
        self.pending.extend_from_slice(entry.as_bytes());
    }
}

impl Read for EndlessFest {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.taken == self.pending.len() {
            self.refill();
        }
        let length = buffer.len().min(self.pending.len() - self.taken);
        buffer[..length].copy_from_slice(&self.pending[self.taken..self.taken + length]);
        self.taken += length;
        self.bytes += length as u64;
        Ok(length)
    }
}

/// Resident memory of this process in bytes, where the system tells.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

#[test]
fn memory_does_not_grow_with_the_size_of_the_file() {
    let full = std::env::var("RIKTIG_FULL").is_ok_and(|value| value == "1");
    let wanted = if full { 120_000_000 } else { 20_000_000 };
    let mut source = EndlessFest::of(wanted);
    let mut reader = FestReader::new(BufReader::with_capacity(64 * 1024, &mut source));
    let (mut packs, mut most_buffered, mut warm) = (0, 0, None);
    while let Some(entry) = reader.next() {
        assert!(matches!(entry.unwrap(), FestEntry::Pack(_)));
        packs += 1;
        most_buffered = most_buffered.max(reader.buffered_bytes());
        if packs == 100 {
            warm = resident_bytes();
        }
    }
    let read = reader.bytes_read();
    let grown = warm
        .zip(resident_bytes())
        .map(|(before, after)| after.saturating_sub(before));
    assert!(read >= wanted, "only {read} bytes were read");
    assert_eq!(packs, source.packs);
    assert!(
        most_buffered <= MAX_EVENT_BYTES,
        "{most_buffered} bytes were buffered"
    );
    assert!(
        most_buffered < 16 * 1024,
        "{most_buffered} bytes were buffered for texts of 2 kB"
    );
    assert!(
        grown.is_none_or(|grown| grown < 4_000_000),
        "memory grew by {grown:?} bytes over {read} bytes of FEST"
    );
}
