//! Deliveries as text.

use std::fs::File;
use std::io::{self, Write};

use super::rows::{ColumnType, Row};
use super::{Field, Header};

/// Bytes gathered before they go to the disk in one write.
const BUFFER: usize = 1 << 18;

pub(super) struct CsvWriter {
    file: File,
    buffer: Vec<u8>,
}

impl CsvWriter {
    pub(super) fn new(
        file: File,
        header: &Header,
        columns: &[(&'static str, ColumnType)],
    ) -> io::Result<Self> {
        let mut buffer = Vec::with_capacity(BUFFER + (1 << 12));
        buffer.extend_from_slice(header.preamble().as_bytes());
        buffer.push(b'\n');
        for (at, (name, _)) in columns.iter().enumerate() {
            if at > 0 {
                buffer.push(b';');
            }
            buffer.extend_from_slice(name.as_bytes());
        }
        buffer.push(b'\n');
        Ok(CsvWriter { file, buffer })
    }

    #[inline]
    pub(super) fn write<R: Row>(&mut self, row: &R) -> io::Result<()> {
        let out = &mut self.buffer;
        row.each_field(|field| {
            match field {
                Field::Text(text) if needs_quotes(text) => write_quoted(out, text),
                other => other.write_to(out),
            }
            out.push(b';');
        });
        if let Some(last) = out.last_mut() {
            *last = b'\n';
        }
        self.spill()
    }

    pub(super) fn write_line(&mut self, line: &[u8]) -> io::Result<()> {
        self.buffer.extend_from_slice(line);
        self.buffer.push(b'\n');
        self.spill()
    }

    fn spill(&mut self) -> io::Result<()> {
        if self.buffer.len() >= BUFFER {
            self.file.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.file.write_all(&self.buffer)
    }
}

#[inline]
fn needs_quotes(text: &str) -> bool {
    text.bytes()
        .any(|b| matches!(b, b';' | b'"' | b'\n' | b'\r'))
}

fn write_quoted(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    for byte in text.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}
