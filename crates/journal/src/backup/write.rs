//! The file, written.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use aws_lc_rs::digest::{Context, SHA256};
use jiff::Timestamp;

use super::{BackupError, MAGIC, RestoreError, Summary};
use crate::canonical;
use crate::identity::Keys;
use crate::store::{Journal, Reading, STRIDE, TABLES, Value, migration};

/// Writes a back-up of one state of the journal, while others read and write it. The file appears whole, readable by its
/// owner alone, or not at all; one that is there is not written over.
///
/// # Errors
/// Where the journal cannot be read or the file cannot be written.
pub async fn write(
    journal: &Journal,
    path: &Path,
    now: Timestamp,
) -> Result<Summary, RestoreError> {
    let part = path.with_extension("part");
    let written = write_part(journal, &part, now).await;
    let placed = written.and_then(|summary| {
        place(&part, path).map_err(BackupError::from)?;
        Ok(summary)
    });
    if placed.is_err() {
        // What is left of it is of no use, and it may be there or not.
        let _ = std::fs::remove_file(&part);
    }
    placed
}

async fn write_part(
    journal: &Journal,
    part: &Path,
    now: Timestamp,
) -> Result<Summary, RestoreError> {
    let mut file = Out::new(create(part).map_err(BackupError::from)?)?;
    let mut reading = journal.reading().await?;
    let form = migration::form(&mut reading).await?;
    file.record(&[Value::from("form"), form.into(), now.into()])?;
    for table in TABLES {
        rows(&mut reading, *table, &mut file).await?;
    }
    let rows = file.end(journal.keys())?;
    Ok(Summary {
        form,
        at: now,
        tables: TABLES.len(),
        rows,
    })
}

async fn rows(
    reading: &mut Reading,
    table: (&str, &[&str], &[&str]),
    file: &mut Out,
) -> Result<(), RestoreError> {
    let (name, columns, key) = table;
    let mut head = vec![Value::from("table"), name.into()];
    head.extend(columns.iter().map(|column| Value::from(*column)));
    file.record(&head)?;
    let at = key
        .iter()
        .filter_map(|of| columns.iter().position(|column| column == of));
    let at: Vec<usize> = at.collect();
    let mut after: Option<Vec<Value>> = None;
    loop {
        let page = reading.page(table, after.as_deref()).await?;
        let last = page.len() < STRIDE;
        for row in page {
            let mut record = vec![Value::from("row")];
            record.extend(row.into_values());
            after = Some(at.iter().map(|index| record[index + 1].clone()).collect());
            file.record(&record)?;
            file.rows += 1;
        }
        if last {
            return Ok(());
        }
    }
}

struct Out {
    file: BufWriter<File>,
    hash: Context,
    rows: u64,
}

impl Out {
    fn new(file: File) -> Result<Self, BackupError> {
        let mut out = Self {
            file: BufWriter::new(file),
            hash: Context::new(&SHA256),
            rows: 0,
        };
        out.add(MAGIC)?;
        Ok(out)
    }

    fn record(&mut self, values: &[Value]) -> Result<(), BackupError> {
        let mut bytes = Vec::new();
        canonical::write(&mut bytes, values);
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        self.add(&length.to_be_bytes())?;
        self.add(&bytes)
    }

    fn add(&mut self, bytes: &[u8]) -> Result<(), BackupError> {
        self.hash.update(bytes);
        Ok(self.file.write_all(bytes)?)
    }

    fn end(mut self, keys: &Keys) -> Result<u64, BackupError> {
        let rows = i64::try_from(self.rows).map_err(io::Error::other)?;
        self.record(&[Value::from("end"), rows.into()])?;
        let checksum = self.hash.clone().finish();
        let (key, signature) = keys.sign_backup(checksum.as_ref());
        self.file.write_all(checksum.as_ref())?;
        self.file.write_all(&key.to_be_bytes())?;
        self.file.write_all(&signature)?;
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        Ok(self.rows)
    }
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Gives the file its name, unless something has that name already, and waits until the folder holds it.
fn place(part: &Path, path: &Path) -> io::Result<()> {
    std::fs::hard_link(part, path)?;
    std::fs::remove_file(part)?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
