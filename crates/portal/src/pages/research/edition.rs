//! `GET /research/{edition}`: where an edition comes from, its definitions, its files and what their columns mean.

use askama::Template;
use axum::extract::{Path, State};
use riktig_journal::policy::{About, Act};
use riktig_lake::edition::{DeliveryAccount, EditionMeta};
use riktig_reports::model::{Definition, Known};
use riktig_reports::text::{Arg, Key};
use riktig_reports::{Lang, area_direction, area_unit};

use super::codebook::{self, Entry};
use super::file::{self, Kind};
use super::list::{period, short};
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::pages::operator::delivered;
use crate::portal::Portal;
use crate::shelf::OnShelf;
use crate::shell::Shell;
use crate::visit::Visit;

/// One edition.
#[derive(Debug, Template)]
#[template(path = "research/edition.html")]
pub(crate) struct EditionPage {
    shell: Shell,
    synthetic: bool,
    name: String,
    period: String,
    facts: Vec<[String; 2]>,
    sources: Vec<[String; 6]>,
    files: Vec<File>,
    definitions: Vec<Defined>,
    /// Columns that mean the same in one line.
    codebook: Vec<Entry>,
    cite: String,
}

/// A file to download.
#[derive(Debug)]
struct File {
    path: String,
    name: &'static str,
    what: String,
    /// SHA-256 of a table that is given as it is; empty for what is written at the moment.
    sha256: String,
}

/// A definition.
#[derive(Debug)]
struct Defined {
    id: String,
    name: String,
    why: String,
    facts: Vec<[String; 2]>,
    numerator: String,
    denominator: String,
}

impl Framed for EditionPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /research/{edition}`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(edition): Path<String>,
) -> Result<Page<EditionPage>, Failure> {
    visit
        .look(&portal, Act::SeePublished, About::Country)
        .await?;
    let open = portal.shelf().named(&edition).ok_or(Failure::NotFound)?;
    Ok(Page::new(page(shell, &open)))
}

fn page(shell: Shell, open: &OnShelf) -> EditionPage {
    let lang = shell.lang;
    let meta = open.edition().meta();
    let file = |kind: Kind| File {
        path: format!("/research/{}/file/{}", open.name(), kind.name()),
        name: kind.name(),
        what: lang.say(kind.what()),
        sha256: file::stored(meta, kind).cloned().unwrap_or_default(),
    };
    let offered = Kind::ALL.into_iter();
    EditionPage {
        synthetic: open.reports().is_synthetic(),
        name: open.name().to_owned(),
        period: period(open, lang),
        facts: facts(lang, meta),
        sources: sources(lang, &meta.deliveries),
        files: offered
            .filter(|kind| file::is_offered(meta, *kind))
            .map(file)
            .collect(),
        definitions: open
            .reports()
            .all_definitions()
            .map(|it| defined(lang, &it))
            .collect(),
        codebook: codebook::together(lang),
        cite: cite(lang, open),
        shell,
    }
}

fn facts(lang: Lang, meta: &EditionMeta) -> Vec<[String; 2]> {
    let count = |number: u64| lang.count(number as f64);
    let linkage = &meta.linkage;
    vec![
        [lang.say(Key("research-fact-cut")), lang.day(&meta.data_cut)],
        [
            lang.say(Key("research-fact-doctors")),
            lang.fill(
                Key("research-fact-doctors-of"),
                &[
                    (
                        "qualified",
                        Arg::Text(&count(meta.qualification.qualified.into())),
                    ),
                    ("seen", Arg::Text(&count(meta.qualification.seen.into()))),
                ],
            ),
        ],
        [
            lang.say(Key("research-fact-linked")),
            lang.fill(
                Key("research-fact-linked-of"),
                &[
                    (
                        "linked",
                        Arg::Text(&count(linkage.dispensings - linkage.unlinked)),
                    ),
                    ("all", Arg::Text(&count(linkage.dispensings))),
                ],
            ),
        ],
        [lang.say(Key("research-fact-input")), meta.input.clone()],
        [lang.say(Key("research-fact-format")), meta.format.clone()],
    ]
}

/// Deliveries by kind and source: files, rows in, kept, refused.
fn sources(lang: Lang, deliveries: &[DeliveryAccount]) -> Vec<[String; 6]> {
    let mut sums: Vec<(&str, &str, [u64; 4])> = Vec::new();
    for it in deliveries {
        let rows = [1, it.rows_in, it.kept, it.refused];
        let same = |sum: &&mut (&str, &str, _)| sum.0 == it.kind && sum.1 == it.source;
        match sums.iter_mut().find(same) {
            Some((_, _, sum)) => sum
                .iter_mut()
                .zip(rows)
                .for_each(|(sum, more)| *sum += more),
            None => sums.push((&it.kind, &it.source, rows)),
        }
    }
    let row = |(kind, source, sum): (&str, &str, [u64; 4])| {
        let [files, rows, kept, refused] = sum.map(|number| lang.count(number as f64));
        [
            kind_in_words(lang, kind),
            source.to_owned(),
            files,
            rows,
            kept,
            refused,
        ]
    };
    sums.into_iter().map(row).collect()
}

/// A kind of delivery in words; one of a newer program stands as its name.
fn kind_in_words(lang: Lang, kind: &str) -> String {
    let known = kind.parse::<riktig_lake::delivery::Kind>();
    known.map_or_else(|_| kind.to_owned(), |it| lang.say(delivered::kind(it)))
}

fn defined(lang: Lang, it: &Definition) -> Defined {
    let measure = &it.measure;
    let known = match it.known {
        Known::Published => Key("research-known-published"),
        Known::Reconstructed => Key("research-known-reconstructed"),
        Known::Proposal => Key("research-known-proposal"),
    };
    let of = if measure.of_inhabitants {
        Key("research-of-inhabitants")
    } else {
        Key("research-of-doctors")
    };
    let mut facts = vec![
        [
            lang.say(Key("research-definition-unit")),
            area_unit(measure, lang),
        ],
        [
            lang.say(Key("research-definition-direction")),
            area_direction(measure, lang),
        ],
        [lang.say(Key("research-definition-of")), lang.say(of)],
        [lang.say(Key("research-definition-known")), lang.say(known)],
        [
            lang.say(Key("research-definition-from")),
            lang.day(&it.valid_from),
        ],
        [
            lang.say(Key("research-definition-version")),
            format!("{} ({})", measure.version, short(&it.sha256)),
        ],
    ];
    if it.reference {
        let reference = Key("research-definition-reference");
        facts.push([lang.say(reference), lang.say(Key("research-reference"))]);
    }
    facts.push([
        lang.say(Key("research-definition-source")),
        it.source.clone(),
    ]);
    let [numerator, denominator] = it.exactly.clone();
    Defined {
        id: measure.id.clone(),
        name: lang.of(&measure.name).to_owned(),
        why: lang.of(&measure.why).to_owned(),
        facts,
        numerator,
        denominator,
    }
}

/// How the edition is cited: what it is, which months, and the hash that no other input has.
fn cite(lang: Lang, open: &OnShelf) -> String {
    let meta = open.edition().meta();
    lang.fill(
        Key("research-cite-text"),
        &[
            ("edition", Arg::Text(open.name())),
            ("period", Arg::Text(&period(open, lang))),
            ("cut", Arg::Text(&lang.day(&meta.data_cut))),
            ("input", Arg::Text(&short(&meta.input))),
        ],
    )
}
