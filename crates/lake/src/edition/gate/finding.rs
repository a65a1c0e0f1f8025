//! What the gate saw: findings with a name that can be spoken.

use serde::{Deserialize, Serialize};

/// The layout of `findings.json`.
pub const FINDINGS_FORMAT: &str = "riktig-findings/1";

/// What a finding does to publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Somebody should look; publication goes on.
    Warning,
    /// A named person gives a written reason, or the edition is not published.
    Blocking,
}

impl Severity {
    /// As it stands in `findings.json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Blocking => "blocking",
        }
    }
}

/// One thing that the gate saw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Unique in the edition, the same for the same thing in every edition: `jump-indicator-RAK-PENV`.
    pub id: String,
    /// What it does to publication.
    pub severity: Severity,
    /// The measured figure that the limits are about (a ratio, a share, a count), as `words` name it; `None` where nothing
    /// was measured.
    pub seen: Option<f64>,
    /// From where it is a warning; `None` where no limit applies.
    pub warning_limit: Option<f64>,
    /// From where it is blocking.
    pub blocking_limit: Option<f64>,
    /// One sentence.
    pub words: String,
}

impl Finding {
    /// A finding without a figure.
    #[must_use]
    pub fn told(id: impl Into<String>, severity: Severity, words: impl Into<String>) -> Finding {
        Finding {
            id: id.into(),
            severity,
            seen: None,
            warning_limit: None,
            blocking_limit: None,
            words: words.into(),
        }
    }
}

/// The edition that this one was held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedWith {
    /// Its period, `2023-01..2023-12`.
    pub period: String,
    /// Its `input` in `edition.json`.
    pub input: String,
}

/// `findings.json`: everything that was looked at before an edition may be published (`docs/reference/publishing.md`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// Always [`FINDINGS_FORMAT`].
    pub format: String,
    /// What it was held against; `None`: nothing.
    pub compared_with: Option<ComparedWith>,
    /// The most severe first, then by id.
    pub findings: Vec<Finding>,
}

impl Findings {
    pub(super) fn new(compared_with: Option<ComparedWith>, mut findings: Vec<Finding>) -> Findings {
        findings.sort_by(|left, right| (right.severity, &left.id).cmp(&(left.severity, &right.id)));
        Findings {
            format: FINDINGS_FORMAT.to_owned(),
            compared_with,
            findings,
        }
    }

    /// The finding with this id.
    #[must_use]
    pub fn of(&self, id: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.id == id)
    }

    /// Those that keep the edition from being published.
    pub fn blocking(&self) -> impl Iterator<Item = &Finding> {
        let all = self.findings.iter();
        all.filter(|finding| finding.severity == Severity::Blocking)
    }
}
