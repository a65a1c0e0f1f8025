//! Worked examples: a patient, and what is to be said.

use serde::Deserialize;

use crate::advice::Answer;
use crate::context::PatientContext;
use crate::context_document::ContextDocument;
use crate::guideline::Guideline;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExampleDocument {
    title: String,
    patient: ContextDocument,
    /// `kind` or `kind rule`, in the order in which they are shown; empty: nothing to say.
    advice: Vec<String>,
    /// Words of the reasons for silence.
    #[serde(default)]
    silence: Vec<String>,
}

/// An example of a condition's file.
#[derive(Debug, Clone)]
pub struct Example {
    /// The condition in whose file it stands.
    pub condition: String,
    /// What it shows, in a clinician's words.
    pub title: String,
    document: ContextDocument,
    /// What is to be said.
    pub advice: Vec<String>,
    /// Why nothing is.
    pub silence: Vec<String>,
}

/// An example that does not come out as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// The condition in whose file it stands.
    pub condition: String,
    /// Its title.
    pub title: String,
    /// What was written, and what came out, or why it could not be read.
    pub what: String,
}

impl Example {
    pub(crate) fn new(condition: &str, document: ExampleDocument) -> Self {
        Self {
            condition: condition.to_owned(),
            title: document.title,
            document: document.patient,
            advice: document.advice,
            silence: document.silence,
        }
    }

    /// Its patient.
    ///
    /// # Errors
    /// The field that cannot be read.
    pub fn patient(&self, guideline: &Guideline) -> Result<PatientContext, Deviation> {
        let unreadable = |error: crate::ContextError| self.deviation(error.to_string());
        self.document.read(guideline.findings()).map_err(unreadable)
    }

    /// Runs it.
    ///
    /// # Errors
    /// What came out instead.
    pub fn check(&self, guideline: &Guideline) -> Result<(), Deviation> {
        let answer = guideline.advise(&self.patient(guideline)?);
        let (advice, silence) = in_short(&answer);
        if advice == self.advice && silence == self.silence {
            return Ok(());
        }
        Err(self.deviation(format!(
            "written advice {:?}, silence {:?}; it says advice {advice:?}, silence {silence:?}",
            self.advice, self.silence
        )))
    }

    fn deviation(&self, what: String) -> Deviation {
        Deviation {
            condition: self.condition.clone(),
            title: self.title.clone(),
            what,
        }
    }
}

/// An answer as examples write it: the kind and the rules it rests on; the words of silence.
#[must_use]
pub fn in_short(answer: &Answer) -> (Vec<String>, Vec<String>) {
    let advice = answer.advice.iter().map(|it| {
        let mut text = it.kind.as_str().to_owned();
        for rule in &it.rules {
            text.push(' ');
            text.push_str(rule);
        }
        text
    });
    let silence = answer
        .silence
        .iter()
        .map(|it| it.reason.as_str().to_owned());
    (advice.collect(), silence.collect())
}
