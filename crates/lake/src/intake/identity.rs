//! What a delivery is called, where it belongs, and by which rules it is checked.

use std::path::Path;

use riktig_codes::{Day, Month};

use super::checks::{Rules, Window};
use super::open::Opened;
use super::{IntakeError, IntakeOptions};
use crate::delivery::{Kind, Period, checked_id};
use crate::source::{CodeMap, FileSpec, Source};
use crate::store::{DeliveryRecord, Manifest, Role};

/// What a delivery says, or what stands for it where the file is foreign.
pub(crate) struct Identity {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) source: String,
    pub(crate) period: Option<Period>,
    pub(crate) corrects: Option<String>,
    /// As [`Opened::without_diagnosis`].
    pub(crate) without_diagnosis: bool,
}

impl Identity {
    /// From the preamble, or for a foreign file from its name and the options.
    pub(crate) fn new(
        path: &Path,
        opened: &Opened,
        options: &IntakeOptions,
    ) -> Result<Self, IntakeError> {
        if let Some(header) = &opened.header {
            return Ok(Identity {
                id: header.delivery.clone(),
                kind: opened.kind,
                source: header.source.clone(),
                period: header.period,
                corrects: header.corrects.clone(),
                without_diagnosis: opened.without_diagnosis,
            });
        }
        // A foreign file has no id: its name is one, with a letter first and no odd signs.
        let stem = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        let source = options
            .source
            .as_ref()
            .map_or("foreign", |source| source.name.as_str());
        let good = |c: char| {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') {
                c
            } else {
                '_'
            }
        };
        let id: String = format!("{source}-{stem}")
            .chars()
            .map(good)
            .take(100)
            .collect();
        Ok(Identity {
            id: checked_id(&id).map_err(|source| IntakeError::Header {
                path: path.to_owned(),
                source,
            })?,
            kind: opened.kind,
            source: source.to_owned(),
            period: None,
            corrects: options.corrects.clone(),
            without_diagnosis: opened.without_diagnosis,
        })
    }

    /// Whether the delivery may come in beside those that the lake has.
    pub(crate) fn check_place(&self, manifest: &Manifest) -> Result<(), IntakeError> {
        let new = self;
        if manifest.delivery(&new.id).is_some() {
            return Err(IntakeError::IdTaken(new.id.clone()));
        }
        if let Some(old) = &new.corrects {
            let why = match manifest.delivery(old) {
                None => Some("is not in the lake"),
                Some(record) if record.replaced_by.is_some() => Some("was replaced already"),
                Some(record) if record.kind != new.kind => Some("is of another kind"),
                Some(record) if record.source != new.source => Some("is of another source"),
                Some(_) => None,
            };
            if let Some(why) = why {
                return Err(IntakeError::CannotCorrect {
                    new: new.id.clone(),
                    old: old.clone(),
                    why,
                });
            }
        }
        // Every practice sends its own claim messages: they share months by nature.
        if new.kind == Kind::Behandlerkrav {
            return Ok(());
        }
        // Of two sources of the same counts one must be chosen: their people would be added.
        let counts_people = matches!(new.kind, Kind::PracticeLists | Kind::Inhabitants);
        let overlaps = |record: &&DeliveryRecord| {
            record.kind == new.kind
                && (record.source == new.source || counts_people)
                && Some(&record.id) != new.corrects.as_ref()
                && record
                    .period
                    .zip(new.period)
                    .is_none_or(|(a, b)| a.overlaps(b))
        };
        match manifest.active().find(overlaps) {
            None => Ok(()),
            Some(old) => Err(IntakeError::Overlap {
                new: new.id.clone(),
                old: old.id.clone(),
                kind: new.kind,
            }),
        }
    }

    /// Kinds whose events can cancel each other share a hash key.
    pub(crate) fn family(&self) -> &'static str {
        match self.kind {
            Kind::Contacts | Kind::Behandlerkrav => "contacts",
            other => other.name(),
        }
    }

    /// Days within which its events must lie.
    pub(crate) fn window(&self, data_cut: Option<Day>) -> Window {
        let days = |period: Period| {
            let (first, last) = (
                Month::from_index(period.first),
                Month::from_index(period.last),
            );
            (first.first_day().epoch_days(), last.last_day().epoch_days())
        };
        Window {
            period: self.period.map(days),
            data_cut: data_cut.map(Day::epoch_days),
        }
    }
}

/// By which rules the rows of a file are checked.
pub(crate) fn rules(
    path: &Path,
    spec: Option<&FileSpec>,
    options: &IntakeOptions,
) -> Result<Rules, IntakeError> {
    let (Some(spec), Some(source)) = (spec, &options.source) else {
        return Ok(Rules::norwegian());
    };
    let beside = path.parent().unwrap_or(Path::new(""));
    let folders: [&Path; 2] = [&source.folder, beside];
    let drug_codes = match &spec.code_map {
        None => None,
        Some(map) => {
            let system = spec
                .code_system
                .clone()
                .unwrap_or_else(|| source.name.clone());
            Some((
                system,
                CodeMap::find(map, options.code_map.as_deref(), &folders)?,
            ))
        }
    };
    Ok(Rules {
        drug_codes,
        unmapped: spec.unmapped,
        ..foreign_rules(source, spec)
    })
}

fn foreign_rules(source: &Source, spec: &FileSpec) -> Rules {
    let norwegian = source.prescriber_system == "HPR";
    Rules {
        prescriber_system: source.prescriber_system.clone(),
        prescriber_role: source.prescriber_role.as_deref().and_then(Role::from_name),
        norwegian_areas: norwegian,
        has_ids: spec.columns.keys().any(|column| {
            matches!(
                column.as_str(),
                "dispensing_id" | "contact_id" | "admission_id"
            )
        }),
        drug_codes: None,
        unmapped: spec.unmapped,
    }
}
