//! `riktig report`: an edition's reports as files.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{ArgGroup, Args};
use riktig_lake::edition::{Edition, Prescriber, Publication};
use riktig_reports::{
    Lang, Reports, render_csv, render_html, render_json, render_pdf, unprintable,
};

use crate::edition_folder;
use crate::parallel;
use crate::progress;
use crate::report_files::{self, Format};

/// Render reports: a page, a PDF, JSON or CSV for each prescriber
///
/// Every file is written whole or not at all, readable by its owner alone. A page needs no JavaScript and loads nothing; a
/// PDF is some tagged sheets and the same bytes every time.
#[derive(Args)]
#[command(
    group = ArgGroup::new("whose").required(true).args(["prescriber", "all"]),
    after_help = "Examples:\n  riktig report --edition edition --all --format html,pdf --lang nb --out reports\n  \
                  riktig report --edition edition --prescriber 9001234 --format html --lang en --out reports\n\n\
                  You get: reports/html/9001234.html, reports/pdf/9001234.pdf and so on."
)]
pub(crate) struct Arguments {
    /// The edition's folder
    #[arg(long, value_name = "EDITION")]
    edition: PathBuf,
    /// One prescriber, by HPR number (or a foreign source's own code)
    #[arg(long, value_name = "HPR")]
    prescriber: Option<String>,
    /// Every prescriber of the edition
    #[arg(long)]
    all: bool,
    /// Forms of the report, comma-separated
    #[arg(long, value_enum, value_delimiter = ',', default_value = "html,pdf")]
    format: Vec<Format>,
    /// Language: nb, nn or en
    #[arg(long, value_name = "LANG", default_value = "nb")]
    lang: Lang,
    /// Folder for the files
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Mark every page as made of invented data
    #[arg(long)]
    synthetic: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let edition = edition_folder::open(&arguments.edition)?;
    let whose: Vec<&Prescriber> = match &arguments.prescriber {
        Some(number) => vec![edition_folder::prescriber(&edition, number)?],
        None => edition.prescribers().iter().collect(),
    };
    let formats: BTreeSet<Format> = arguments.format.iter().copied().collect();
    let order = Order {
        formats: formats.into_iter().collect(),
        lang: arguments.lang,
        synthetic: arguments.synthetic,
    };
    if let Some(note) = draft(&edition) {
        // A closed error stream is no reason to stop.
        let _ = writeln!(std::io::stderr().lock(), "{note}");
    }
    let written = order.render(&edition, &whose, &arguments.out)?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{written} files for {} prescribers in \"{}\"",
        whose.len(),
        arguments.out.display()
    )
    .context("cannot print")
}

/// What is wanted of every report.
pub(crate) struct Order {
    pub(crate) formats: Vec<Format>,
    pub(crate) lang: Lang,
    pub(crate) synthetic: bool,
}

impl Order {
    /// Renders on all cores and gives the number of files.
    pub(crate) fn render(
        &self,
        edition: &Edition,
        whose: &[&Prescriber],
        out: &Path,
    ) -> Result<usize> {
        edition_folder::one_report_a_number(edition)?;
        report_files::make_folders(out, &self.formats)?;
        let reports = Reports::new(edition, self.synthetic)?;
        let bar = progress::counting("rendering", whose.len() as u64, "reports");
        let written = parallel::map(whose, |prescriber| {
            let signs = self.one(&reports, prescriber, out);
            bar.inc(1);
            signs
        });
        bar.finish_and_clear();
        let signs: BTreeSet<char> = written?.into_iter().flatten().collect();
        if let Some(note) = boxes(&signs) {
            // A closed error stream is no reason to stop.
            let _ = writeln!(std::io::stderr().lock(), "{note}");
        }
        Ok(whose.len() * self.formats.len())
    }

    /// Writes one prescriber's files; gives the signs that the PDF could not draw.
    fn one(
        &self,
        reports: &Reports<'_>,
        prescriber: &Prescriber,
        out: &Path,
    ) -> Result<BTreeSet<char>> {
        let report = reports.of(prescriber);
        for format in &self.formats {
            let content = match format {
                Format::Html => render_html(&report, self.lang).into_bytes(),
                Format::Pdf => render_pdf(&report, self.lang)?,
                Format::Json => render_json(&report)?.into_bytes(),
                Format::Csv => render_csv(&report, self.lang).into_bytes(),
            };
            report_files::write(
                &report_files::path(out, *format, &prescriber.external_id),
                &content,
            )?;
        }
        Ok(if self.formats.contains(&Format::Pdf) {
            unprintable(&report)
        } else {
            BTreeSet::new()
        })
    }
}

/// What a person is told who makes reports of an edition that nobody let out; drafts are looked at, so it is no error.
fn draft(edition: &Edition) -> Option<String> {
    let publication = match Publication::of(edition.dir()) {
        Ok(publication) if publication.published_at().is_some() => return None,
        Ok(publication) => publication,
        Err(error) => return Some(format!("not published: {error}")),
    };
    let open: Vec<&str> = edition
        .gate()
        .findings
        .iter()
        .flat_map(|findings| publication.open(findings))
        .map(|it| &*it.id)
        .collect();
    let why = if open.is_empty() {
        "nobody has let the edition out (riktig publish EDITION)".to_owned()
    } else {
        format!("not accepted: {} (riktig publish EDITION)", open.join(", "))
    };
    Some(format!("not published: {why}"))
}

/// The note about signs that no font of ours has.
fn boxes(signs: &BTreeSet<char>) -> Option<String> {
    let named: Vec<String> = signs
        .iter()
        .map(|sign| format!("U+{:04X}", u32::from(*sign)))
        .collect();
    (!named.is_empty()).then(|| {
        format!(
            "note: names hold signs that the PDF's fonts lack, a box stands in for them: {}",
            named.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_without_a_glyph_are_named_once_and_nothing_is_said_without_them() {
        assert_eq!(boxes(&BTreeSet::new()), None);
        let note = boxes(&BTreeSet::from(['北', '🦠'])).unwrap();
        assert!(note.ends_with("U+5317, U+1F9A0"), "{note}");
    }
}
