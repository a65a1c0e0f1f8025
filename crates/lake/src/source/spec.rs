//! The `SOURCE.toml` itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{DateShape, Shape, SourceError};
use crate::delivery::Kind;

/// A description of foreign files.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Version of the description format; this program reads 1.
    pub format: u32,
    /// Name of the source, part of every delivery's record.
    pub name: String,
    /// What plays prescriber: name of its number system, `HPR` in Norway.
    pub prescriber_system: String,
    /// Role that such prescribers get where no register is delivered.
    pub prescriber_role: Option<String>,
    /// One entry per shape of file.
    #[serde(rename = "file")]
    pub files: Vec<FileSpec>,
    /// Where the description lies; code maps are looked for beside it.
    #[serde(skip)]
    pub folder: PathBuf,
    /// SHA-256 of the description.
    #[serde(skip)]
    pub sha256: String,
}

/// One shape of file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSpec {
    /// What the rows are.
    pub kind: Kind,
    /// The file is of this shape when it has all these columns.
    pub recognise: Vec<String>,
    /// One character; `tab` for a tabulator.
    #[serde(default = "semicolon")]
    pub delimiter: String,
    /// How the text is encoded.
    #[serde(default)]
    pub encoding: Encoding,
    /// Table from the drug code to ATC.
    pub code_map: Option<CodeMapSpec>,
    /// Name of the drug code system.
    pub code_system: Option<String>,
    /// What becomes of codes that the map does not name.
    #[serde(default)]
    pub unmapped: Unmapped,
    /// Rows where a column has this value are totals of other rows: counted as ballast, not stored.
    #[serde(default)]
    pub totals: BTreeMap<String, String>,
    /// Our column → where it is.
    pub columns: BTreeMap<String, ColumnSpec>,
}

/// Where a foreign file keeps one of our columns.
#[derive(Debug, Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "write the foreign column's name, or a table of column or constant with part, date, decimal, values and band"
)]
pub enum ColumnSpec {
    /// A column as it stands.
    Plain(String),
    /// A column that needs work, or a constant.
    Shaped {
        /// Name of the foreign column.
        column: Option<String>,
        /// The same value in every row.
        constant: Option<String>,
        /// Characters to take, `0..9`: from the first, up to but without the last.
        part: Option<String>,
        /// Shape of a date.
        date: Option<String>,
        /// `.` or `,`.
        decimal: Option<String>,
        /// Foreign word → our word.
        values: Option<BTreeMap<String, String>>,
        /// `from` or `to` of an age band such as `10_14` or `95+`.
        band: Option<String>,
    },
}

/// A table from foreign codes to ATC.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeMapSpec {
    /// File name, beside the description or the data.
    pub file: String,
    /// Column of the foreign code.
    pub code: String,
    /// Column of the ATC code.
    pub atc: String,
    /// Column of the route.
    pub route: Option<String>,
    /// Column of the name.
    pub name: Option<String>,
    /// One character, comma where nothing is said.
    #[serde(default = "comma")]
    pub delimiter: String,
}

/// Text encodings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// ISO 8859-1.
    #[serde(rename = "latin-1")]
    Latin1,
}

/// What becomes of rows whose code is not in the map.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmapped {
    /// Refused, with the reason `unmapped_code`.
    #[default]
    Refuse,
    /// Kept apart and counted.
    Ballast,
}

fn semicolon() -> String {
    ";".to_owned()
}

fn comma() -> String {
    ",".to_owned()
}

fn delimiter_byte(text: &str) -> Option<u8> {
    match text.as_bytes() {
        _ if text == "tab" => Some(b'\t'),
        [byte]
            if byte.is_ascii()
                && !byte.is_ascii_alphanumeric()
                && *byte != b'"'
                && *byte != b'\n' =>
        {
            Some(*byte)
        }
        _ => None,
    }
}

impl CodeMapSpec {
    pub(super) fn delimiter_byte(&self) -> u8 {
        delimiter_byte(&self.delimiter).unwrap_or(b',')
    }
}

impl Source {
    /// Reads and checks a description.
    ///
    /// # Errors
    /// When the file cannot be read, is no TOML of this shape, or holds unknown words.
    pub fn read(path: &Path) -> Result<Self, SourceError> {
        let text = fs::read_to_string(path).map_err(|source| SourceError::Io {
            path: path.to_owned(),
            source,
        })?;
        Source::parse(&text, path)
    }

    /// Reads a description from its text; `path` stands in errors and tells where code maps are looked for.
    ///
    /// # Errors
    /// As [`Source::read`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, SourceError> {
        let mut source: Source = toml::from_str(text).map_err(|source| SourceError::Toml {
            path: path.to_owned(),
            source: Box::new(source),
        })?;
        source.folder = path.parent().unwrap_or(Path::new("")).to_owned();
        source.sha256 = crate::store::sha256_of(text.as_bytes());
        source.check()?;
        Ok(source)
    }

    fn check(&self) -> Result<(), SourceError> {
        let bad = |key: &str, value: &str, expected| SourceError::BadValue {
            key: key.to_owned(),
            value: value.to_owned(),
            expected,
        };
        if self.format != 1 {
            return Err(bad(
                "format",
                &self.format.to_string(),
                "1, the version this program reads",
            ));
        }
        if let Some(role) = &self.prescriber_role
            && crate::store::Role::from_name(role).is_none()
        {
            return Err(bad(
                "prescriber_role",
                role,
                "a role of docs/reference/deliveries.md or `practice`",
            ));
        }
        for file in &self.files {
            file.delimiter_byte()?;
            if file.recognise.is_empty() {
                return Err(bad(
                    "recognise",
                    "[]",
                    "a list of columns that tell this file from others",
                ));
            }
            for (name, column) in &file.columns {
                if !crate::intake::column_exists(file.kind, name) {
                    return Err(bad(
                        "columns",
                        name,
                        "a column of this kind of delivery (docs/reference/sources.md)",
                    ));
                }
                column.shape(name)?;
                column.part()?;
            }
        }
        Ok(())
    }

    /// The entry whose `recognise` columns are all in the header that `header` reads for a delimiter.
    pub fn recognise(&self, has_columns: impl Fn(&FileSpec) -> bool) -> Option<&FileSpec> {
        self.files.iter().find(|file| has_columns(file))
    }
}

impl FileSpec {
    /// The delimiter.
    ///
    /// # Errors
    /// When it is not one character.
    pub fn delimiter_byte(&self) -> Result<u8, SourceError> {
        delimiter_byte(&self.delimiter).ok_or_else(|| SourceError::BadValue {
            key: "delimiter".to_owned(),
            value: self.delimiter.clone(),
            expected: "one punctuation character, or `tab`",
        })
    }
}

impl ColumnSpec {
    /// The foreign column; `None` for a constant.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        match self {
            ColumnSpec::Plain(column) => Some(column),
            ColumnSpec::Shaped { column, .. } => column.as_deref(),
        }
    }

    /// The constant, if it is one.
    #[must_use]
    pub fn constant(&self) -> Option<&str> {
        match self {
            ColumnSpec::Plain(_) => None,
            ColumnSpec::Shaped { constant, .. } => constant.as_deref(),
        }
    }

    /// The part of the text to take.
    ///
    /// # Errors
    /// When it is not of the form `0..9`.
    pub fn part(&self) -> Result<Option<std::ops::Range<usize>>, SourceError> {
        let ColumnSpec::Shaped {
            part: Some(part), ..
        } = self
        else {
            return Ok(None);
        };
        let range = part
            .split_once("..")
            .and_then(|(from, to)| Some(from.parse().ok()?..to.parse().ok()?));
        range
            .filter(|range: &std::ops::Range<usize>| range.start < range.end)
            .map(Some)
            .ok_or_else(|| SourceError::BadValue {
                key: "part".to_owned(),
                value: part.clone(),
                expected: "a range such as 0..9",
            })
    }

    /// What to do with the text; `name` is our column.
    ///
    /// # Errors
    /// When a word is not known.
    pub fn shape(&self, name: &str) -> Result<Shape, SourceError> {
        let ColumnSpec::Shaped {
            date,
            decimal,
            values,
            band,
            ..
        } = self
        else {
            return Ok(Shape::AsIs);
        };
        let bad = |key: &str, value: &str, expected| {
            Err(SourceError::BadValue {
                key: format!("{name}.{key}"),
                value: value.to_owned(),
                expected,
            })
        };
        if let Some(date) = date {
            let Some((_, shape)) = DateShape::NAMES.iter().find(|(known, _)| known == date) else {
                return bad(
                    "date",
                    date,
                    "YYYY-MM-DD, YYYYMMDD, DD.MM.YYYY, DDMONYYYY or YYYY_MM",
                );
            };
            return Ok(if name == "month" {
                Shape::MonthOf(*shape)
            } else {
                Shape::Date(*shape)
            });
        }
        if let Some(values) = values {
            let bytes = values
                .iter()
                .map(|(from, to)| (from.clone().into_bytes(), to.clone().into_bytes()));
            return Ok(Shape::Values(bytes.collect()));
        }
        match (decimal.as_deref(), band.as_deref()) {
            (Some(","), _) => Ok(Shape::DecimalComma),
            (Some("."), _) | (None, None) => Ok(Shape::AsIs),
            (Some(other), _) => bad("decimal", other, "`.` or `,`"),
            (None, Some("from")) => Ok(Shape::BandFrom),
            (None, Some("to")) => Ok(Shape::BandTo),
            (None, Some(other)) => bad("band", other, "`from` or `to`"),
        }
    }
}
