//! Four types of value, bound natively by either database.

use jiff::Timestamp;
use riktig_codes::{HprNumber, OrganisationNumber};
use uuid::Uuid;

use super::JournalError;

/// A value on its way into or out of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
    Nothing,
}

/// A row, read whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(super) statement: &'static str,
    pub(super) values: Vec<Value>,
}

/// What a column can be read as.
pub(crate) trait FromValue: Sized {
    /// The value, or nothing where it is of another type or form.
    fn from_value(value: &Value) -> Option<Self>;
}

impl Row {
    /// The column at `index`, from 0.
    ///
    /// # Errors
    /// Where the column is not there or is not of the type asked for: the database is not what this program wrote.
    pub(crate) fn get<T: FromValue>(&self, index: usize) -> Result<T, JournalError> {
        let value = self.values.get(index).and_then(T::from_value);
        value.ok_or(JournalError::Unreadable {
            statement: self.statement,
            column: index,
        })
    }

    /// The error of a column that holds a value which this program did not write.
    pub(crate) fn unreadable(&self, column: usize) -> JournalError {
        JournalError::Unreadable {
            statement: self.statement,
            column,
        }
    }

    /// The columns as they came.
    pub(crate) fn into_values(self) -> Vec<Value> {
        self.values
    }
}

/// The values of a statement's `$1`, `$2` …: `params![id, hpr, "text", now, None::<i64>]`.
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::store::Value::from($value)),*][..]
    };
}
pub(crate) use params;

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Integer(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Value::Integer(value.into())
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Value::Integer(value.into())
    }
}

/// 0 or 1.
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Integer(value.into())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Value::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Value::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Value::Bytes(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Value::Bytes(value.to_vec())
    }
}

impl<const N: usize> From<[u8; N]> for Value {
    fn from(value: [u8; N]) -> Self {
        Value::Bytes(value.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Value {
    fn from(value: &[u8; N]) -> Self {
        Value::Bytes(value.to_vec())
    }
}

/// Sixteen bytes.
impl From<Uuid> for Value {
    fn from(value: Uuid) -> Self {
        Value::Bytes(value.as_bytes().to_vec())
    }
}

/// Microseconds since 1970.
impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Value::Integer(value.as_microsecond())
    }
}

impl From<HprNumber> for Value {
    fn from(value: HprNumber) -> Self {
        Value::Integer(value.value().into())
    }
}

/// Nine digits as text.
impl From<OrganisationNumber> for Value {
    fn from(value: OrganisationNumber) -> Self {
        Value::Text(value.to_string())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Nothing, Into::into)
    }
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Integer(value) => Some(*value),
            _ => None,
        }
    }
}

macro_rules! smaller_integers {
    ($($type:ty)+) => {$(
        impl FromValue for $type {
            fn from_value(value: &Value) -> Option<Self> {
                i64::from_value(value)?.try_into().ok()
            }
        }
    )+};
}
smaller_integers!(u8 u16 u32 u64 i32);

impl FromValue for bool {
    fn from_value(value: &Value) -> Option<Self> {
        match i64::from_value(value)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(value) => Some(value.clone()),
            _ => None,
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bytes(value) => Some(value.clone()),
            _ => None,
        }
    }
}

impl<const N: usize> FromValue for [u8; N] {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bytes(value) => value.as_slice().try_into().ok(),
            _ => None,
        }
    }
}

impl FromValue for Uuid {
    fn from_value(value: &Value) -> Option<Self> {
        <[u8; 16]>::from_value(value).map(Uuid::from_bytes)
    }
}

impl FromValue for Timestamp {
    fn from_value(value: &Value) -> Option<Self> {
        Timestamp::from_microsecond(i64::from_value(value)?).ok()
    }
}

impl FromValue for HprNumber {
    fn from_value(value: &Value) -> Option<Self> {
        HprNumber::from_value(u32::from_value(value)?)
    }
}

impl FromValue for OrganisationNumber {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(value) => value.parse().ok(),
            _ => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Nothing => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}
