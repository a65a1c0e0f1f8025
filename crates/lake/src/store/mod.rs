//! The lake on disk, as `docs/reference/segments.md` describes it.
//!
//! [`Lake`] opens the folder and reads its [`Manifest`]; the manifest lists every file with size and
//! SHA-256. [`SegmentReader`] reads the columns and row groups one needs into structs of vectors;
//! [`Dictionaries`] turn ids back into codes. Only [`crate::intake`] writes.

mod dataset;
mod dictionary;
mod error;
mod lake;
mod manifest;
mod segment;
mod segment_reader;
mod segment_writer;
mod values;
mod verify;

pub use dataset::Dataset;
pub use dictionary::{
    Area, Diagnosis, Dictionaries, Dictionary, Drug, Entry, Group, GuidelineCode, Practice,
    Prescriber, Specialty,
};
pub use error::StoreError;
pub use lake::Lake;
pub use manifest::{
    Counts, DeliveryRecord, DictionaryFiles, FileEntry, Manifest, RefusalTally, SegmentEntry,
};

pub(crate) use lake::{LOCK, MANIFEST, PRIVATE_FOLDER, private_file};
pub use segment::{
    Admissions, Advice, Antibiotics, Ballast, Cancellations, Contacts, CourseGroups, Inhabitants,
    Patients, PracticeLists, PrescriberRoles, SegmentRows, Values, ValuesMut, Width,
};
pub use segment_reader::{RowGroup, SegmentReader};
pub(crate) use segment_writer::write_ordered;
pub use segment_writer::{RowGroupPlan, write_segment};
pub use values::{AdviceOutcome, BallastClass, Form, MISSING, Role, Setting};
pub(crate) use verify::sha256_of_file;
pub use verify::{Finding, Verification, prune, verify};

/// SHA-256 as lowercase hexadecimal text: how manifests and editions name bytes.
#[must_use]
pub fn sha256_of(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(bytes))
}

/// A hash as lowercase hexadecimal text.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _infallible = write!(text, "{byte:02x}");
            text
        })
}
