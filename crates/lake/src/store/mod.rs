//! The lake on disk.
