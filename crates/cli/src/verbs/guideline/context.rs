//! A patient context from a file; what cannot be read of it is named with its field and its line.

use std::path::Path;

use anyhow::{Context, Result};
use riktig_guideline::{ContextDocument, ContextError, Findings, PatientContext};

use crate::failure::advise as hint;

/// Where every field stands with its form.
const FIELDS: &str = "docs/reference/guideline-format.md (\"A patient context\") has every field and how it is written; leave out what is not known";

/// The text of a file, which is JSON without a name that stands twice.
pub(super) fn read(file: &Path) -> Result<(String, serde_json::Value)> {
    let name = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read \"{name}\""))?;
    let value = riktig_fhir::json_once(text.as_bytes()).map_err(|error| {
        hint(
            format!(
                "\"{name}\" is neither a patient context nor a CDS Hooks request: line {}: {}",
                error.line(),
                without_place(&error)
            ),
            "write JSON in which every name stands once",
        )
    })?;
    Ok((text, value))
}

/// The patient of a context. It is read from its text, because a value no longer knows its line.
pub(super) fn patient(file: &Path, text: &str, findings: &Findings) -> Result<PatientContext> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let document: ContextDocument =
        serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let field = error.path().to_string();
            let cause = error.inner();
            refused(file, cause.line(), &field, &without_place(cause))
        })?;
    document.read(findings).map_err(|error| {
        let line = line_of(text, &error);
        let what = format!("\"{}\" cannot be read: {}", error.found, error.rule);
        refused(file, line, &error.field, &what)
    })
}

fn refused(file: &Path, line: usize, field: &str, what: &str) -> anyhow::Error {
    // A field that is missing is of the document as a whole.
    let field = match field {
        "." => String::new(),
        field => format!("{field}: "),
    };
    let name = file.display();
    hint(
        format!("\"{name}\" is no patient context: line {line}: {field}{what}"),
        FIELDS,
    )
}

/// The words of an error, whose line is told before them.
fn without_place(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    words.strip_suffix(&place).unwrap_or(&words).to_owned()
}

/// The line of a value that its field cannot have: the first time that what was found stands behind the field's name and before that name
/// comes again.
fn line_of(text: &str, error: &ContextError) -> usize {
    let name = error.field.rsplit('.').next().unwrap_or(&error.field);
    let name = name.split('[').next().unwrap_or(name);
    let key = format!("\"{name}\"");
    let begins: Vec<usize> = text.match_indices(&key).map(|(at, _)| at).collect();
    let ends = begins.iter().skip(1).copied().chain([text.len()]);
    let found = begins.iter().zip(ends).find_map(|(begin, end)| {
        let value = begin + key.len();
        let behind = text[value..end].find(&error.found)?;
        Some(value + behind)
    });
    let at = found.or(begins.first().copied()).unwrap_or(0);
    1 + text[..at].matches('\n').count()
}

#[cfg(test)]
mod tests {
    use riktig_guideline::Guideline;

    use super::*;

    fn told(text: &str) -> String {
        let findings = Guideline::shipped().findings();
        let error = patient(Path::new("p.json"), text, findings).map(|_| ());
        error.unwrap_err().to_string()
    }

    #[test]
    fn a_field_of_another_type_is_named_with_its_path_and_line() {
        let told = told(
            "{\n  \"on\": \"2026-01-10\",\n  \"orders\": [\n    {\"days\": \"seven\"}\n  ]\n}",
        );
        assert!(
            told.contains("line 4: orders[0].days: invalid type"),
            "{told}"
        );
        assert!(!told.contains("column"), "{told}");
    }

    #[test]
    fn a_field_that_may_be_written_in_two_ways_is_named_with_both_and_with_its_place_in_the_list() {
        let dose = told("{\"on\": \"2026-01-10\",\n \"orders\": [{}, {\"mg\": \"some\"}]}");
        assert!(
            dose.contains("line 2: orders[1].mg: write a number of milligrams, or a list of them"),
            "{dose}"
        );
        let finding = told("{\"on\": \"2026-01-10\", \"findings\": {\"crp\": \"high\"}}");
        assert!(
            finding.contains("findings.crp: write true, false or a number"),
            "{finding}"
        );
        let reason = told(
            "{\"on\": \"2026-01-10\",\n \"orders\": [{\"reasons\": [\"icpc2:R81\",\n \"R75\"]}]}",
        );
        assert!(
            reason.contains("line 3: orders[0].reasons[1]: \"R75\" cannot be read"),
            "{reason}"
        );
        let no_rubric = told("{\"on\": \"2026-01-10\",\n \"diagnoses\": [\"icpc2:R811\"]}");
        assert!(
            no_rubric.contains("diagnoses[0]: \"icpc2:R811\" cannot be read"),
            "{no_rubric}"
        );
    }

    #[test]
    fn a_field_that_nobody_knows_and_one_that_is_missing_are_named() {
        let unknown = told("{\"on\": \"2026-01-10\",\n \"agee\": \"45 years\"}");
        assert!(
            unknown.contains("line 2") && unknown.contains("agee"),
            "{unknown}"
        );
        let missing = told("{\"age\": \"45 years\"}");
        assert!(missing.contains("missing field `on`"), "{missing}");
    }

    #[test]
    fn a_value_that_its_field_cannot_have_is_named_with_the_line_on_which_it_stands() {
        let told = told(
            "{\"on\": \"2026-01-10\",\n \"recent_antibiotics\": [\n  {\"drug\": \"J01CE02\", \"on\": \"2026-01-01\"},\n  {\"drug\": \"penicillin\", \"on\": \"2026-01-02\"}\n ]}",
        );
        assert!(
            told.contains("line 4: recent_antibiotics[1].drug: \"penicillin\" cannot be read"),
            "{told}"
        );
    }
}
