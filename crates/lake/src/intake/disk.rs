//! Every change of a lake's files, in one place, so that a test can stop the program before any of them.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::store::hex;
use crate::store::{
    FileEntry, PRIVATE_FOLDER, RowGroupPlan, SegmentRows, StoreError, private_file, write_ordered,
};

/// Called with the number of the file operation that comes next.
pub type BeforeFileOperation = Box<dyn Fn(u64)>;

/// Writes below one root.
pub(crate) struct Disk {
    root: PathBuf,
    before: Option<BeforeFileOperation>,
    operations: Cell<u64>,
}

/// A file that takes its SHA-256 while it is written.
struct HashedFile {
    file: io::BufWriter<File>,
    hasher: Sha256,
    bytes: u64,
}

impl Write for HashedFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let count = self.file.write(buffer)?;
        self.hasher.update(&buffer[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Bytes gathered before a write.
const BUFFER: usize = 1 << 18;

impl Disk {
    pub(crate) fn new(root: &Path, before: Option<BeforeFileOperation>) -> Self {
        Disk {
            root: root.to_owned(),
            before,
            operations: Cell::new(0),
        }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    fn step(&self) {
        let number = self.operations.get();
        self.operations.set(number + 1);
        if let Some(before) = &self.before {
            before(number);
        }
    }

    /// Writes a new file of the lake and makes it durable. A file of that name is rubbish of an interrupted intake.
    pub(crate) fn write(
        &self,
        path: &str,
        content: &[u8],
        rows: u64,
    ) -> Result<FileEntry, StoreError> {
        self.write_with(path, rows, |mut file| {
            file.write_all(content)?;
            Ok(file)
        })
    }

    /// Writes a segment in the given order.
    pub(crate) fn write_segment<R: SegmentRows>(
        &self,
        path: &str,
        name: &str,
        rows: &R,
        order: Option<&[u32]>,
        plan: &RowGroupPlan,
    ) -> Result<FileEntry, StoreError> {
        let count = order.map_or(rows.rows(), <[u32]>::len) as u64;
        self.write_with(path, count, |file| {
            // The library hides the system's error in its own; a full disk is looked for below.
            write_ordered(file, name, rows, order, plan).map_err(into_io)
        })
    }

    fn write_with(
        &self,
        path: &str,
        rows: u64,
        fill: impl FnOnce(HashedFile) -> io::Result<HashedFile>,
    ) -> Result<FileEntry, StoreError> {
        let full = self.root.join(path);
        let failed = |source| StoreError::Io {
            act: "write",
            path: full.clone(),
            source,
        };
        self.step();
        let folder = full.parent().unwrap_or(&self.root);
        fs::DirBuilder::new()
            .recursive(true)
            .mode(PRIVATE_FOLDER)
            .create(folder)
            .map_err(failed)?;
        let file = private_file(&full).map_err(failed)?;
        let hashed = HashedFile {
            file: io::BufWriter::with_capacity(BUFFER, file),
            hasher: Sha256::new(),
            bytes: 0,
        };
        let mut hashed = fill(hashed).map_err(failed)?;
        hashed.flush().map_err(failed)?;
        self.step();
        hashed.file.get_ref().sync_all().map_err(failed)?;
        sync_folder(folder).map_err(failed)?;
        let sha256 = hex(&hashed.hasher.finalize());
        Ok(FileEntry {
            path: path.to_owned(),
            sha256,
            bytes: hashed.bytes,
            rows,
        })
    }

    /// Replaces a file by one atomic rename, after everything before is durable.
    pub(crate) fn replace(&self, path: &str, content: &[u8]) -> Result<(), StoreError> {
        let new = self.write(&format!("{path}.new"), content, 0)?;
        self.step();
        let (from, to) = (self.root.join(&new.path), self.root.join(path));
        fs::rename(&from, &to).map_err(|source| StoreError::Io {
            act: "rename",
            path: from,
            source,
        })?;
        self.step();
        sync_folder(&self.root).map_err(|source| StoreError::Io {
            act: "write",
            path: to,
            source,
        })
    }
}

fn into_io(error: parquet::errors::ParquetError) -> io::Error {
    match error {
        parquet::errors::ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

/// A new name is durable only when its folder is.
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
