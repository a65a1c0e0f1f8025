//! The report on A4 pages: what it says at a glance; at most eight charts; expected counts and the safety mirror; goal, plan and
//! questions for the group. Tagged, and the same bytes every time.

mod advised;
mod certificate;
mod expected_page;
mod first_page;
mod ink;
mod plan_page;
mod second_page;
mod sources;
mod tags;

use std::collections::BTreeSet;

use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{ArtifactType, TagTree};
use krilla::{Document, SerializeSettings};

use crate::error::ReportError;
use crate::font;
use crate::model::Report;
use crate::scene::Ink;
use crate::text::{Arg, Key, Lang};

pub use certificate::render_certificate_pdf;
use ink::{Fonts, Look, Paper};

/// A4 in points.
const PAGE: [f32; 2] = [595.28, 841.89];
/// Margin to the left and right.
const MARGIN: f32 = 42.0;
/// Baseline of the footer line.
const FOOT: f32 = PAGE[1] - 24.0;
/// Width between the margins.
const WIDTH: f32 = PAGE[0] - 2.0 * MARGIN;
/// The most charts that fit the second page.
pub const PDF_CHARTS: usize = 8;

/// The report as a tagged PDF of four A4 pages; three where the edition tells neither what was expected nor what followed,
/// and one more where the first has no room for the facts about sources.
///
/// The writer's own PDF/UA-1 check is switched on: a document that breaks one of its rules is an error, not a file. Dates in
/// the file are the edition's data cut, so the same report gives the same bytes on every day and machine.
///
/// # Errors
/// The PDF writer refused the document, naming the rules that were broken.
pub fn render_pdf(report: &Report, lang: Lang) -> Result<Vec<u8>, ReportError> {
    let refused = |broken: String| ReportError::Pdf {
        prescriber: report.prescriber.id.clone(),
        broken,
    };
    let mut document = document().map_err(refused)?;
    let fonts = Fonts::load()?;
    let title = lang.fill(
        Key("title-of"),
        &[
            ("id", Arg::Text(&report.prescriber.id)),
            ("period", Arg::Text(&lang.period(&report.period))),
        ],
    );
    let size =
        || PageSettings::from_wh(PAGE[0], PAGE[1]).ok_or_else(|| refused("page size".to_owned()));
    let mut tree = TagTree::new().with_lang(Some(lang.tag().to_owned()));
    let mut outline = Outline::new();
    let pages = pages(report, lang);
    for (number, (draw, foot_at)) in (1..).zip(&pages) {
        let mut page = document.start_page_with(size()?);
        let mut surface = page.surface();
        let mut paper = Paper::new(&mut surface, fonts.clone());
        let drawn = draw(&mut paper, report, lang);
        let numbers = [number, pages.len()];
        foot(&mut paper, report, lang, (&title, *foot_at), numbers);
        surface.finish();
        page.finish();
        for group in drawn.groups {
            tree.push(group);
        }
        for (text, y) in drawn.marks {
            outline.push_child(OutlineNode::new(
                text,
                XyzDestination::new(number - 1, Point::from_xy(0.0, y)),
            ));
        }
    }
    document.set_outline(outline);
    document.set_tag_tree(tree);
    document.set_metadata(metadata(report, lang, title));
    document.finish().map_err(|error| refused(named(&error)))
}

/// A new document, checked by the writer against PDF/UA-1; what is wrong with the configuration otherwise.
fn document() -> Result<Document, String> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| format!("{error:?}"))?;
    Ok(Document::new_with(SerializeSettings {
        configuration,
        enable_tagging: true,
        xmp_metadata: true,
        ..SerializeSettings::default()
    }))
}

/// One page drawn, given its paper.
type Draw = fn(&mut Paper<'_, '_>, &Report, Lang) -> Drawn;

/// The pages of a report in their order, with the baseline of their footer; an edition that tells neither what was expected nor what followed has no page for it.
fn pages(report: &Report, lang: Lang) -> Vec<(Draw, f32)> {
    let mut pages: Vec<(Draw, f32)> = vec![(first_page::draw, FOOT), (second_page::draw, FOOT)];
    if report.tells_expected() || report.safety.is_some() || report.advised.is_some() {
        pages.push((expected_page::draw, FOOT));
    }
    if !first_page::holds_sources(report, lang) {
        pages.push((sources::page, FOOT));
    }
    // Below the cut stands nothing that says whose report it is.
    pages.push((plan_page::draw, plan_page::CUT - 10.0));
    pages
}

/// Signs of the report's delivered names that the PDF's fonts lack: a box stands in for each.
#[must_use]
pub fn unprintable(report: &Report) -> BTreeSet<char> {
    let prescriber = &report.prescriber;
    let areas = report.indicators.iter().flat_map(|indicator| {
        [
            &indicator.municipality,
            &indicator.county,
            &indicator.country,
        ]
        .map(|group| &group.name)
    });
    [&prescriber.id]
        .into_iter()
        .chain(&prescriber.municipality)
        .chain(&prescriber.county)
        .chain(&report.provenance.sources)
        .chain(areas)
        .flat_map(|name| name.chars())
        .filter(|sign| !font::draws(*sign))
        .collect()
}

/// What a page leaves for the document.
struct Drawn {
    groups: Vec<krilla::tagging::TagGroup>,
    /// Headings for the outline, with their height on the page.
    marks: Vec<(String, f32)>,
}

fn foot(
    paper: &mut Paper<'_, '_>,
    report: &Report,
    lang: Lang,
    (title, baseline): (&str, f32),
    [number, pages]: [usize; 2],
) {
    let look = Look::regular(7.5, Ink::Muted);
    let page = lang.fill(
        Key("print-page"),
        &[
            ("page", Arg::Text(&number.to_string())),
            ("pages", Arg::Text(&pages.to_string())),
        ],
    );
    let left = if report.provenance.synthetic {
        format!("{title} · {}", lang.say(Key("synthetic-short")))
    } else {
        title.to_owned()
    };
    paper.artifact(ArtifactType::Footer, |paper| {
        paper.glyphs(MARGIN, baseline, look, &left);
        let wide = font::width(&page, look.weight, look.size);
        paper.glyphs(PAGE[0] - MARGIN - wide, baseline, look, &page);
    });
}

fn metadata(report: &Report, lang: Lang, title: String) -> Metadata {
    Metadata::new()
        .title(title)
        .language(lang.tag().to_owned())
        .producer("Riktig".to_owned())
        .creation_date(dated(&report.provenance.data_cut))
        .document_id(format!(
            "{}/{}/{}",
            report.provenance.edition,
            report.prescriber.id,
            lang.tag()
        ))
}

/// The beginning of a day given as `YYYY-MM-DD`.
fn dated(day: &str) -> DateTime {
    let mut date = day.split('-').map(|part| part.parse::<u16>().unwrap_or(1));
    let mut next = || date.next().unwrap_or(1);
    let (year, month, day) = (next(), next(), next());
    let clamp = |number: u16, most: u8| u8::try_from(number).unwrap_or(most).clamp(1, most);
    DateTime::new(year)
        .month(clamp(month, 12))
        .day(clamp(day, 31))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// The broken rules by name; the writer's own text only counts them.
fn named(error: &KrillaError) -> String {
    match error {
        KrillaError::Validation(broken) => broken
            .iter()
            .map(|(rule, _)| format!("{rule:?}"))
            .collect::<Vec<_>>()
            .join(", "),
        other => other.to_string(),
    }
}
