//! A user's table from foreign drug codes to ATC and route.

use std::fs::File;
use std::path::{Path, PathBuf};

use hashbrown::HashMap;
use riktig_codes::{AtcCode, Route};

use super::{CodeMapSpec, SourceError};
use crate::delivery::{CsvReader, Fields};

/// What a foreign code means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedCode {
    /// ATC, level 5.
    pub atc: AtcCode,
    /// Route, where the map gives one.
    pub route: Option<Route>,
    /// Name, where the map gives one.
    pub name: Option<String>,
}

/// Foreign code → ATC. Every drug in the map counts as an antibiotic of the source.
#[derive(Debug, Clone, Default)]
pub struct CodeMap {
    codes: HashMap<Vec<u8>, MappedCode>,
}

impl CodeMap {
    /// What the code means; `None` where the map does not name it.
    #[must_use]
    pub fn get(&self, code: &[u8]) -> Option<&MappedCode> {
        self.codes.get(code)
    }

    /// Number of codes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether the map names nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Finds and reads the map: the given file, or the named one beside the description or the delivery.
    ///
    /// # Errors
    /// When there is no such file, or a line is wrong.
    pub fn find(
        spec: &CodeMapSpec,
        given: Option<&Path>,
        folders: &[&Path],
    ) -> Result<Self, SourceError> {
        let path = match given {
            Some(path) => path.to_owned(),
            None => folders
                .iter()
                .map(|folder| folder.join(&spec.file))
                .find(|path| path.is_file())
                .ok_or_else(|| SourceError::NoCodeMap(spec.file.clone()))?,
        };
        CodeMap::read(spec, path)
    }

    fn read(spec: &CodeMapSpec, path: PathBuf) -> Result<Self, SourceError> {
        let file = File::open(&path).map_err(|source| SourceError::Io {
            path: path.clone(),
            source,
        })?;
        let wrong = |line: u64, what: String| SourceError::CodeMap {
            path: path.clone(),
            line,
            what,
        };
        let mut reader = CsvReader::new(file, spec.delimiter_byte(), false)
            .map_err(|e| wrong(1, e.to_string()))?;
        let mut fields = Fields::default();
        let columns = reader
            .next_row(&mut fields)
            .map_err(|e| wrong(1, e.to_string()))?
            .unwrap_or(0);
        let position =
            |name: &str| (0..columns).find(|at| reader.field(&fields, *at) == name.as_bytes());
        let needed =
            |name: &str| position(name).ok_or_else(|| wrong(1, format!("no column `{name}`")));
        let (code, atc) = (needed(&spec.code)?, needed(&spec.atc)?);
        let route = spec.route.as_deref().map(needed).transpose()?;
        let name = spec.name.as_deref().map(needed).transpose()?;
        let mut codes = HashMap::new();
        while reader
            .next_row(&mut fields)
            .map_err(|e| wrong(reader.line(), e.to_string()))?
            .is_some()
        {
            let line = reader.line();
            let text = |at: usize| reader.field(&fields, at);
            let filled = |at: Option<usize>| at.map(text).filter(|text| !text.is_empty());
            let atc = AtcCode::parse_bytes(text(atc)).map_err(|e| wrong(line, e.to_string()))?;
            if !atc.is_substance() {
                return Err(wrong(line, "the ATC code is not of level 5".to_owned()));
            }
            let route = filled(route)
                .map(Route::parse_bytes)
                .transpose()
                .map_err(|e| wrong(line, e.to_string()))?;
            let name = filled(name).map(|text| String::from_utf8_lossy(text).into_owned());
            if codes
                .insert(text(code).to_vec(), MappedCode { atc, route, name })
                .is_some()
            {
                return Err(wrong(
                    line,
                    "the code stands in an earlier line too".to_owned(),
                ));
            }
        }
        Ok(CodeMap { codes })
    }
}
