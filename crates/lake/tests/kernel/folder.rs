//! A world as a lake on disk: real segments, dictionaries and a manifest.

use std::path::Path;

use riktig_codes::Month;
use riktig_indicators::oracle::World;
use riktig_lake::kernel::{ContactPart, Input};
use riktig_lake::store::{
    Contacts, Dataset, Dictionary, Entry, FileEntry, Lake, Manifest, RowGroupPlan, SegmentEntry,
    SegmentRows, Values, ValuesMut, write_segment,
};
use serde::Serialize;

use crate::memory::Memory;

/// Writes the rows of `months` to a new lake.
pub(crate) fn write(root: &Path, world: &World, months: impl Iterator<Item = Month>) -> Lake {
    let memory = Memory::new(world);
    let mut writer = Writer {
        root,
        manifest: Manifest::new(),
    };
    for month in months {
        writer.segment(
            Dataset::Antibiotics,
            Some(month),
            &filled(memory.antibiotics(month).expect("in memory")),
            usize::MAX,
        );
        for (dataset, infection) in [
            (Dataset::InfectionContacts, true),
            (Dataset::OtherContacts, false),
        ] {
            let (rows, head) = contacts(&memory, month, infection);
            writer.segment(dataset, Some(month), &filled(rows), head);
        }
        writer.segment(
            Dataset::PracticeLists,
            Some(month),
            &filled(memory.practice_lists(month).expect("in memory")),
            usize::MAX,
        );
        writer.segment(
            Dataset::Admissions,
            Some(month),
            &filled(memory.admissions(month).expect("in memory")),
            usize::MAX,
        );
    }
    writer.segment(
        Dataset::Inhabitants,
        None,
        &filled(memory.inhabitants().expect("in memory")),
        usize::MAX,
    );
    writer.dictionary("drugs", &memory.dictionaries.drugs);
    writer.dictionary("diagnoses", &memory.dictionaries.diagnoses);
    writer.dictionary("prescribers", &memory.dictionaries.prescribers);
    writer.dictionary("areas", &memory.dictionaries.areas);
    std::fs::write(
        root.join("manifest.json"),
        serde_json::to_vec(&writer.manifest).expect("json"),
    )
    .expect("a manifest");
    Lake::open(root).expect("a lake")
}

/// A month's contacts, head before tail, each sorted by patient; and the length of the head.
fn contacts(memory: &Memory<'_>, month: Month, infection: bool) -> (Contacts, usize) {
    let (mut all, mut tail) = (Vec::new(), Vec::new());
    for (is_tail, into) in [(false, &mut all), (true, &mut tail)] {
        memory
            .contacts(
                month,
                ContactPart {
                    infection,
                    tail: is_tail,
                },
                &mut |batch| into.extend(split(batch)),
            )
            .expect("in memory");
    }
    let mut head: Vec<Contacts> = all.into_iter().filter(|row| !tail.contains(row)).collect();
    for part in [&mut head, &mut tail] {
        part.sort_by_key(|row| (row.patient[0], row.day[0], row.event[0]));
    }
    let mut rows = Contacts::default();
    let length = head.len();
    head.iter()
        .chain(&tail)
        .for_each(|row| append(&mut rows, row));
    (rows, length)
}

fn split(batch: &Contacts) -> Vec<Contacts> {
    let one = |at: usize| {
        let mut row = Contacts::default();
        for column in 0..Contacts::COLUMNS.len() {
            match (row.column_mut(column), batch.column(column)) {
                (ValuesMut::Narrow(into), Values::Narrow(from)) => into.extend(from.get(at)),
                (ValuesMut::Wide(into), Values::Wide(from)) => into.extend(from.get(at)),
                _ => unreachable!("a column has one width"),
            }
        }
        row
    };
    (0..batch.patient.len()).map(one).collect()
}

fn append(rows: &mut Contacts, row: &Contacts) {
    for column in 0..Contacts::COLUMNS.len() {
        match (rows.column_mut(column), row.column(column)) {
            (ValuesMut::Narrow(into), Values::Narrow(from)) => into.extend_from_slice(from),
            (ValuesMut::Wide(into), Values::Wide(from)) => into.extend_from_slice(from),
            _ => unreachable!("a column has one width"),
        }
    }
}

/// Columns that the kernel does not read are filled, so that every column has every row.
fn filled<R: SegmentRows>(mut rows: R) -> R {
    let length = rows.rows();
    for column in 0..R::COLUMNS.len() {
        match rows.column_mut(column) {
            ValuesMut::Narrow(values) => values.resize(length, -1),
            ValuesMut::Wide(values) => values.resize(length, -1),
        }
    }
    rows
}

struct Writer<'a> {
    root: &'a Path,
    manifest: Manifest,
}

impl Writer<'_> {
    fn segment<R: SegmentRows>(
        &mut self,
        dataset: Dataset,
        month: Option<Month>,
        rows: &R,
        head: usize,
    ) {
        let folder = format!("segments/{dataset}");
        std::fs::create_dir_all(self.root.join(&folder)).expect("a folder");
        let path = format!(
            "{folder}/{}.parquet",
            month.map_or("all".to_owned(), |month| month.to_string())
        );
        let plan = RowGroupPlan::new(head.min(rows.rows()), rows.rows());
        let _ = std::fs::remove_file(self.root.join(&path));
        write_segment(&self.root.join(&path), dataset, rows, &plan).expect("a segment");
        let delivered = FileEntry {
            sha256: format!("{path}-{}", rows.rows()),
            bytes: 0,
            rows: rows.rows() as u64,
            path,
        };
        self.manifest.segments.push(SegmentEntry {
            dataset,
            month,
            delivery: "test".to_owned(),
            delivered,
            live: None,
        });
    }

    fn dictionary<E: Entry + Serialize>(&mut self, name: &str, dictionary: &Dictionary<E>) {
        let path = format!("{name}.json");
        std::fs::write(
            self.root.join(&path),
            serde_json::to_vec(dictionary.entries()).expect("json"),
        )
        .expect("a dictionary");
        let rows = dictionary.entries().len() as u64;
        self.manifest.dictionaries.files.insert(
            name.to_owned(),
            FileEntry {
                sha256: format!("{name}-{rows}"),
                bytes: 0,
                rows,
                path,
            },
        );
    }
}
