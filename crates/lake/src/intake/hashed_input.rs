//! Reads a file on its own thread and takes its SHA-256 on the way, so that no byte is read twice.

use std::fs::File;
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use sha2::{Digest, Sha256};

use crate::source::Encoding;
use crate::store::hex;

/// Bytes handed over at a time, and how many such pieces may wait.
const PIECE: usize = 1 << 20;
const WAITING: usize = 2;

/// What a file was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileDigest {
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
}

pub(crate) struct HashedInput {
    pieces: Option<Receiver<io::Result<Vec<u8>>>>,
    piece: Vec<u8>,
    at: usize,
    thread: Option<JoinHandle<FileDigest>>,
}

impl HashedInput {
    pub(crate) fn new(file: File, encoding: Encoding) -> Self {
        let (sender, pieces) = sync_channel(WAITING);
        let thread = std::thread::spawn(move || pump(file, encoding, &sender));
        HashedInput {
            pieces: Some(pieces),
            piece: Vec::new(),
            at: 0,
            thread: Some(thread),
        }
    }

    /// The digest of the whole file; to be asked after the last byte was read.
    pub(crate) fn digest(mut self) -> io::Result<FileDigest> {
        let mut rest = [0u8; 4096];
        while self.read(&mut rest)? > 0 {}
        let thread = self
            .thread
            .take()
            .ok_or_else(|| io::Error::other("the digest was already taken"))?;
        thread
            .join()
            .map_err(|_| io::Error::other("the reading thread failed"))
    }
}

fn pump(
    mut file: File,
    encoding: Encoding,
    sender: &SyncSender<io::Result<Vec<u8>>>,
) -> FileDigest {
    let mut hasher = Sha256::new();
    let mut bytes = 0;
    loop {
        let mut piece = Vec::with_capacity(PIECE);
        let outcome = (&mut file).take(PIECE as u64).read_to_end(&mut piece);
        let failed = outcome.is_err();
        if let Err(error) = outcome {
            let _receiver_may_be_gone = sender.send(Err(error));
        }
        if failed || piece.is_empty() {
            return FileDigest {
                sha256: hex(&hasher.finalize()),
                bytes,
            };
        }
        hasher.update(&piece);
        bytes += piece.len() as u64;
        let piece = if encoding == Encoding::Latin1 {
            latin1(&piece)
        } else {
            piece
        };
        if sender.send(Ok(piece)).is_err() {
            return FileDigest {
                sha256: String::new(),
                bytes,
            };
        }
    }
}

fn latin1(bytes: &[u8]) -> Vec<u8> {
    bytes
        .iter()
        .map(|byte| char::from(*byte))
        .collect::<String>()
        .into_bytes()
}

impl Read for HashedInput {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.piece.len() {
            let Some(pieces) = &self.pieces else {
                return Ok(0);
            };
            match pieces.recv() {
                Ok(piece) => {
                    self.piece = piece?;
                    self.at = 0;
                }
                Err(_) => {
                    self.pieces = None;
                    return Ok(0);
                }
            }
        }
        let count = buffer.len().min(self.piece.len() - self.at);
        buffer[..count].copy_from_slice(&self.piece[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}
