//! One spelling of values as bytes: what the chain of the log hashes and what a back-up holds.
//!
//! Each value is one byte for its type (0 nothing, 1 integer, 2 text, 3 bytes), its length in bytes as four bytes, the
//! greatest first, and its bytes: an integer's eight, the greatest first in two's complement; a text's UTF-8.

use crate::store::Value;

/// Writes the values one after the other.
pub(crate) fn write(out: &mut Vec<u8>, values: &[Value]) {
    for value in values {
        match value {
            Value::Nothing => write_one(out, 0, &[]),
            Value::Integer(value) => write_one(out, 1, &value.to_be_bytes()),
            Value::Text(value) => write_one(out, 2, value.as_bytes()),
            Value::Bytes(value) => write_one(out, 3, value),
        }
    }
}

fn write_one(out: &mut Vec<u8>, tag: u8, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).expect("the database holds no value of 4 GiB");
    out.push(tag);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(bytes);
}
