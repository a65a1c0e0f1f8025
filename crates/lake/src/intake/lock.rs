//! One intake at a time.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::store::{LOCK, StoreError, private_file};

/// Held while an intake is open; the system gives it up when the program ends, however it ends.
#[derive(Debug)]
pub(crate) struct LakeLock {
    _file: File,
}

impl LakeLock {
    pub(crate) fn take(root: &Path) -> Result<Self, StoreError> {
        let path = root.join(LOCK);
        let failed = |source| StoreError::Io {
            act: "lock",
            path: path.clone(),
            source,
        };
        let file = private_file(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(LakeLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked(root.to_owned())),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }
}
