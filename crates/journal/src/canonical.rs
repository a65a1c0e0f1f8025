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

/// Reads what [`write`] wrote, to the last byte; nothing where it is not that.
pub(crate) fn read(mut bytes: &[u8]) -> Option<Vec<Value>> {
    let mut values = Vec::new();
    while !bytes.is_empty() {
        let (head, rest) = bytes.split_first_chunk::<5>()?;
        let [tag, length @ ..] = *head;
        let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
        let (content, rest) = rest.split_at_checked(length)?;
        values.push(match tag {
            0 if content.is_empty() => Value::Nothing,
            1 => Value::Integer(i64::from_be_bytes(content.try_into().ok()?)),
            2 => Value::Text(std::str::from_utf8(content).ok()?.to_owned()),
            3 => Value::Bytes(content.to_vec()),
            _ => return None,
        });
        bytes = rest;
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Nothing),
            any::<i64>().prop_map(Value::Integer),
            any::<String>().prop_map(Value::Text),
            any::<Vec<u8>>().prop_map(Value::Bytes),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_and_has_one_spelling(values in proptest::collection::vec(value(), 0..8)) {
            let mut bytes = Vec::new();
            write(&mut bytes, &values);
            prop_assert_eq!(read(&bytes), Some(values));
        }

        #[test]
        fn what_can_be_read_is_spelled_so(bytes in any::<Vec<u8>>()) {
            if let Some(values) = read(&bytes) {
                let mut again = Vec::new();
                write(&mut again, &values);
                prop_assert_eq!(again, bytes);
            }
        }
    }
}
