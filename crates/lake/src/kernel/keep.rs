//! Months that were computed before are kept in the lake, so that a new month costs a month.
//!
//! A kept part is named by the hash of everything it was made from: the segments of its month, the contacts of the month
//! before, the rule and the plan. It is a cache: it may be deleted at any time, a damaged one is computed again, and a
//! lake that cannot be written to is only slower.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use riktig_codes::Month;
use riktig_indicators::{LinkRule, Plan};

use super::mirror::{Cure, MirrorPart, Seen};
use super::month::{MonthPart, Treated};
use super::owners::Owners;
use super::people::Person;
use super::strata::{Entries, Row};
use super::sums::Sparse;
use crate::store::sha256_of;

/// Changes whenever what a part holds, or how it is computed, changes.
const VERSION: &str = "riktig-part/7";

/// A folder of kept parts, for one plan.
pub(crate) struct Keep {
    folder: PathBuf,
    plan: String,
}

impl Keep {
    pub(crate) fn new(folder: PathBuf, plan: &Plan) -> Keep {
        let plan = format!("{VERSION} {:?} {plan:?}", LinkRule::default());
        Keep {
            folder,
            plan: sha256_of(plan.as_bytes()),
        }
    }

    fn path(&self, month: Month, rows: &str) -> PathBuf {
        let key = sha256_of(format!("{} {month} {rows}", self.plan).as_bytes());
        self.folder.join(format!("{month}-{}.part", &key[..32]))
    }

    /// The part made from these rows, if it is kept whole.
    pub(crate) fn load(&self, month: Month, rows: &str) -> Option<MonthPart> {
        let bytes = fs::read(self.path(month, rows)).ok()?;
        let (content, seal) = bytes.split_at_checked(bytes.len().checked_sub(32)?)?;
        if blake3::hash(content).as_bytes() != seal {
            return None;
        }
        let mut reader = Reader(content);
        let part = reader.part()?;
        (reader.0.is_empty() && part.month == month).then_some(part)
    }

    /// Keeps a part, in place of other parts of its month.
    pub(crate) fn store(&self, rows: &str, part: &MonthPart) {
        // Not keeping is no error: the next build computes the month again.
        let _ = self.try_store(rows, part);
    }

    fn try_store(&self, rows: &str, part: &MonthPart) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        let mut sink = Sink::new(file.as_file_mut());
        write_part(&mut sink, part);
        sink.seal()?;
        self.forget(part.month)?;
        file.persist(self.path(part.month, rows))?;
        Ok(())
    }

    /// Removes parts of a month that were made from something else.
    fn forget(&self, month: Month) -> io::Result<()> {
        let prefix = format!("{month}-");
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if is_part(&path, &prefix) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

fn is_part(path: &Path, prefix: &str) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| name.starts_with(prefix) && name.ends_with(".part"))
}

/// A part on its way to its file: a national month is some 16 MB, which never lie in memory a second time.
struct Sink<'a> {
    file: &'a mut File,
    hash: blake3::Hasher,
    bytes: Vec<u8>,
    /// The first write that failed; nothing is written after it.
    written: io::Result<()>,
}

/// Bytes that are hashed and written together.
const AT_A_TIME: usize = 1 << 18;

impl<'a> Sink<'a> {
    fn new(file: &'a mut File) -> Sink<'a> {
        Sink {
            file,
            hash: blake3::Hasher::new(),
            bytes: Vec::with_capacity(AT_A_TIME),
            written: Ok(()),
        }
    }

    #[inline]
    fn put(&mut self, bytes: &[u8]) {
        if self.bytes.len() + bytes.len() > AT_A_TIME {
            self.flush();
        }
        self.bytes.extend_from_slice(bytes);
    }

    fn flush(&mut self) {
        self.hash.update(&self.bytes);
        if self.written.is_ok() {
            self.written = self.file.write_all(&self.bytes);
        }
        self.bytes.clear();
    }

    /// Ends the file with the hash of everything before.
    fn seal(mut self) -> io::Result<()> {
        self.flush();
        self.written?;
        self.file.write_all(self.hash.finalize().as_bytes())
    }
}

fn write_part(out: &mut Sink<'_>, part: &MonthPart) {
    out.put(&part.month.index().to_le_bytes());
    out.put(&part.last_day.to_le_bytes());
    for sparse in [&part.sums, &part.areas, &part.steps] {
        write_owners(out, &sparse.owners);
        column(out, &sparse.slot, u16::to_le_bytes);
        column(out, &sparse.value, u32::to_le_bytes);
        column(out, &sparse.wide, |(row, value): (u32, i64)| {
            let mut bytes = [0; 12];
            bytes[..4].copy_from_slice(&row.to_le_bytes());
            bytes[4..].copy_from_slice(&value.to_le_bytes());
            bytes
        });
    }
    for treated in [&part.before, &part.after] {
        column(out, treated, |row: Treated| {
            let mut bytes = [0; 34];
            bytes[..8].copy_from_slice(&row.event.to_le_bytes());
            bytes[8..12].copy_from_slice(&row.patient.to_le_bytes());
            bytes[12..16].copy_from_slice(&row.prescriber.to_le_bytes());
            bytes[16..32].copy_from_slice(&row.terms.to_le_bytes());
            bytes[32..].copy_from_slice(&row.cell.to_le_bytes());
            bytes
        });
    }
    column(out, &part.strata.signatures, u128::to_le_bytes);
    write_owners(out, &part.strata.owners);
    column(out, &part.strata.rows, |row: Row| {
        let [a, b] = row.cell.to_le_bytes();
        let [c, d] = row.signature.to_le_bytes();
        let [e, f] = row.amount.to_le_bytes();
        [a, b, c, d, e, f]
    });
    column(out, &part.strata.wide, |[signature, amount]: [u32; 2]| {
        (u64::from(amount) << 32 | u64::from(signature)).to_le_bytes()
    });
    column(out, &part.people, |row: Person| {
        let mut bytes = [0; 24];
        bytes[..4].copy_from_slice(&row.patient.to_le_bytes());
        bytes[4..8].copy_from_slice(&row.prescriber.to_le_bytes());
        bytes[8..12].copy_from_slice(&row.area.to_le_bytes());
        bytes[12..14].copy_from_slice(&row.unknown_setting.to_le_bytes());
        bytes[14..16].copy_from_slice(&row.cell.to_le_bytes());
        bytes[16..].copy_from_slice(&row.terms.to_le_bytes());
        bytes
    });
    write_mirror(out, &part.mirror);
}

fn write_owners(out: &mut Sink<'_>, owners: &Owners) {
    column(out, &owners.owner, i32::to_le_bytes);
    column(out, &owners.end, u32::to_le_bytes);
}

fn write_mirror(out: &mut Sink<'_>, mirror: &MirrorPart) {
    out.put(&mirror.masked.to_le_bytes());
    column(out, &mirror.seen, |row: Seen| {
        let mut bytes = [row.day, row.own, row.returns, 0, 0, 0, 0, 0, 0, 0, 0];
        bytes[3..7].copy_from_slice(&row.patient.to_le_bytes());
        bytes[7..].copy_from_slice(&row.prescriber.to_le_bytes());
        bytes
    });
    column(out, &mirror.cures, |row: Cure| {
        let mut bytes = [row.returns; 7];
        bytes[1..5].copy_from_slice(&row.patient.to_le_bytes());
        bytes[5..].copy_from_slice(&row.day.to_le_bytes());
        bytes
    });
}

fn column<T: Copy, const N: usize>(out: &mut Sink<'_>, values: &[T], bytes: impl Fn(T) -> [u8; N]) {
    out.put(&(values.len() as u64).to_le_bytes());
    values.iter().for_each(|value| out.put(&bytes(*value)));
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*bytes)
    }

    fn column<T, const N: usize>(&mut self, value: impl Fn(&[u8; N]) -> T) -> Option<Vec<T>> {
        let length = usize::try_from(u64::from_le_bytes(self.bytes()?)).ok()?;
        let (bytes, rest) = self.0.split_at_checked(length.checked_mul(N)?)?;
        self.0 = rest;
        Some(bytes.as_chunks::<N>().0.iter().map(value).collect())
    }

    fn sparse(&mut self) -> Option<Sparse> {
        Some(Sparse {
            owners: self.owners()?,
            slot: self.column(|bytes| u16::from_le_bytes(*bytes))?,
            value: self.column(|bytes| u32::from_le_bytes(*bytes))?,
            wide: self.column(|bytes: &[u8; 12]| {
                let row = u32::from_le_bytes(piece(bytes, 0));
                (row, i64::from_le_bytes(piece(bytes, 4)))
            })?,
        })
    }

    fn owners(&mut self) -> Option<Owners> {
        Some(Owners {
            owner: self.column(|bytes| i32::from_le_bytes(*bytes))?,
            end: self.column(|bytes| u32::from_le_bytes(*bytes))?,
        })
    }

    fn strata(&mut self) -> Option<Entries> {
        Some(Entries {
            signatures: self.column(|bytes| u128::from_le_bytes(*bytes))?,
            owners: self.owners()?,
            rows: self.column(|bytes: &[u8; 6]| Row {
                cell: u16::from_le_bytes(piece(bytes, 0)),
                signature: u16::from_le_bytes(piece(bytes, 2)),
                amount: u16::from_le_bytes(piece(bytes, 4)),
            })?,
            wide: self.column(|bytes: &[u8; 8]| {
                [
                    u32::from_le_bytes(piece(bytes, 0)),
                    u32::from_le_bytes(piece(bytes, 4)),
                ]
            })?,
        })
    }

    fn treated(&mut self) -> Option<Vec<Treated>> {
        self.column(|bytes: &[u8; 34]| Treated {
            event: i64::from_le_bytes(piece(bytes, 0)),
            patient: i32::from_le_bytes(piece(bytes, 8)),
            prescriber: i32::from_le_bytes(piece(bytes, 12)),
            terms: u128::from_le_bytes(piece(bytes, 16)),
            cell: u16::from_le_bytes(piece(bytes, 32)),
        })
    }

    fn part(&mut self) -> Option<MonthPart> {
        Some(MonthPart {
            month: Month::from_index(i32::from_le_bytes(self.bytes()?)),
            last_day: i32::from_le_bytes(self.bytes()?),
            sums: self.sparse()?,
            areas: self.sparse()?,
            steps: self.sparse()?,
            before: self.treated()?,
            after: self.treated()?,
            strata: self.strata()?,
            people: self.column(|bytes: &[u8; 24]| Person {
                patient: i32::from_le_bytes(piece(bytes, 0)),
                prescriber: i32::from_le_bytes(piece(bytes, 4)),
                area: i32::from_le_bytes(piece(bytes, 8)),
                unknown_setting: u16::from_le_bytes(piece(bytes, 12)),
                cell: u16::from_le_bytes(piece(bytes, 14)),
                terms: u64::from_le_bytes(piece(bytes, 16)),
            })?,
            mirror: self.mirror()?,
        })
    }

    fn mirror(&mut self) -> Option<MirrorPart> {
        Some(MirrorPart {
            masked: u64::from_le_bytes(self.bytes()?),
            seen: self.column(|bytes: &[u8; 11]| Seen {
                day: bytes[0],
                own: bytes[1],
                returns: bytes[2],
                patient: i32::from_le_bytes(piece(bytes, 3)),
                prescriber: i32::from_le_bytes(piece(bytes, 7)),
            })?,
            cures: self.column(|bytes: &[u8; 7]| Cure {
                returns: bytes[0],
                patient: i32::from_le_bytes(piece(bytes, 1)),
                day: i16::from_le_bytes(piece(bytes, 5)),
            })?,
        })
    }
}

/// `N` bytes from `from` on.
fn piece<const N: usize, const M: usize>(bytes: &[u8; M], from: usize) -> [u8; N] {
    std::array::from_fn(|at| bytes[from + at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part() -> MonthPart {
        let mut sums = Sparse::default();
        sums.push(-1, 3, i64::MAX);
        sums.push(7, 300, -2);
        MonthPart {
            month: Month::from_index(650),
            sums,
            areas: Sparse::default(),
            steps: Sparse::default(),
            before: vec![Treated {
                event: 5,
                patient: 6,
                prescriber: 7,
                terms: 1 << 127,
                cell: 300,
            }],
            strata: Entries {
                signatures: vec![1 << 127],
                owners: Owners {
                    owner: vec![7],
                    end: vec![2],
                },
                rows: vec![
                    Row {
                        cell: 300,
                        signature: 0,
                        amount: 65_535,
                    },
                    Row {
                        cell: 301,
                        signature: 0,
                        amount: 0,
                    },
                ],
                wide: vec![[0, u32::MAX]],
            },
            after: Vec::new(),
            people: vec![Person {
                patient: 1,
                prescriber: -1,
                area: 2,
                unknown_setting: 1,
                cell: 23,
                terms: 9,
            }],
            last_day: 19_800,
            mirror: MirrorPart {
                seen: vec![Seen {
                    patient: 3,
                    prescriber: -1,
                    day: 30,
                    own: 1,
                    returns: 129,
                }],
                cures: vec![Cure {
                    patient: 3,
                    day: -7,
                    returns: 128,
                }],
                masked: 2,
            },
        }
    }

    #[test]
    fn a_kept_part_comes_back_and_a_damaged_one_does_not() {
        let root = tempfile::tempdir().expect("a folder");
        let keep = Keep {
            folder: root.path().join("derived"),
            plan: "plan".to_owned(),
        };
        keep.store("rows", &part());
        assert_eq!(keep.load(part().month, "rows"), Some(part()));
        assert_eq!(keep.load(part().month, "other rows"), None);
        let path = keep.path(part().month, "rows");
        let mut bytes = fs::read(&path).expect("kept");
        bytes[9] ^= 1;
        fs::write(&path, bytes).expect("damaged");
        assert_eq!(keep.load(part().month, "rows"), None);
    }

    #[test]
    fn a_month_is_kept_once() {
        let root = tempfile::tempdir().expect("a folder");
        let keep = Keep {
            folder: root.path().to_owned(),
            plan: "plan".to_owned(),
        };
        keep.store("before the correction", &part());
        keep.store("after the correction", &part());
        assert_eq!(fs::read_dir(root.path()).expect("a folder").count(), 1);
    }
}
