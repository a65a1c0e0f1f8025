//! A course certificate: one page, tagged, with lines for name and signatures.

use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{ArtifactType, Tag, TagGroup, TagTree};

use crate::certificate::Certificate;
use crate::error::ReportError;
use crate::font;
use crate::scene::{Dash, Ink, Mark};
use crate::text::{Arg, Key, Lang};

use super::ink::{Fonts, Look, Paper};
use super::tags::{cell, column_header, heading, paragraph, row_header};
use super::{FOOT, MARGIN, PAGE, WIDTH, dated, document, named};

const TEXT: Look = Look::regular(10.5, Ink::Text);
const NOTE: Look = Look::regular(8.5, Ink::Muted);
const LEADING: f32 = 14.5;
const ROW: f32 = 19.0;
/// Where the columns of both tables begin.
const COLUMNS: [f32; 3] = [0.0, 250.0, 370.0];
/// Where the lines to write on begin.
const SIGNED: f32 = PAGE[1] - 190.0;
/// From one line to write on to the next.
const SIGNATURE: f32 = 44.0;

/// A course certificate as a tagged PDF of one A4 page; the same fulfilment gives the same bytes on every day.
///
/// # Errors
/// The PDF writer refused the document, naming the rules that were broken.
pub fn render_certificate_pdf(
    certificate: &Certificate,
    lang: Lang,
) -> Result<Vec<u8>, ReportError> {
    let refused = |broken: String| ReportError::Certificate { broken };
    let mut document = document().map_err(refused)?;
    let fonts = Fonts::load()?;
    let size = PageSettings::from_wh(PAGE[0], PAGE[1]);
    let size = size.ok_or_else(|| refused("page size".to_owned()))?;
    let mut page = document.start_page_with(size);
    let mut surface = page.surface();
    let mut sheet = Sheet {
        paper: Paper::new(&mut surface, fonts),
        groups: Vec::new(),
        outline: Outline::new(),
        lang,
    };
    sheet.draw(certificate);
    let (groups, outline) = (sheet.groups, sheet.outline);
    surface.finish();
    page.finish();
    let mut tree = TagTree::new().with_lang(Some(lang.tag().to_owned()));
    groups.into_iter().for_each(|group| tree.push(group));
    document.set_tag_tree(tree);
    document.set_outline(outline);
    let title = lang.say(Key("certificate-title"));
    let fulfilled = certificate.fulfilled.to_string();
    let metadata = Metadata::new()
        .title(format!("{title}: {}", certificate.course))
        .language(lang.tag().to_owned())
        .producer("Riktig".to_owned())
        .creation_date(dated(&fulfilled))
        .document_id(format!(
            "{}/{}/{fulfilled}/{}",
            certificate.course,
            certificate.doctor,
            lang.tag()
        ));
    document.set_metadata(metadata);
    document.finish().map_err(|error| refused(named(&error)))
}

/// The page under the pen.
struct Sheet<'s, 'p> {
    paper: Paper<'s, 'p>,
    groups: Vec<TagGroup>,
    outline: Outline,
    lang: Lang,
}

impl Sheet<'_, '_> {
    fn draw(&mut self, certificate: &Certificate) {
        let lang = self.lang;
        let mut y = self.head(certificate);
        let columns = [
            Key("certificate-meeting"),
            Key("certificate-day"),
            Key("certificate-place"),
        ];
        let meetings = (1..).zip(&certificate.meetings);
        let rows = meetings.map(|(number, meeting): (u32, _)| {
            [
                self.fill(Key("certificate-number"), &number.to_string()),
                lang.day(&meeting.day.to_string()),
                if meeting.place.is_empty() {
                    "–".to_owned()
                } else {
                    meeting.place.clone()
                },
            ]
        });
        let rows: Vec<_> = rows.collect();
        y = self.table(Key("certificate-meetings"), columns, &rows, y);
        let columns = [
            Key("certificate-test"),
            Key("certificate-passed"),
            Key("certificate-result"),
        ];
        let rows = certificate.tests.iter().map(|test| {
            let counts = [test.correct, test.questions].map(|it| lang.count(f64::from(it)));
            [
                lang.of(&test.title).to_owned(),
                lang.day(&test.day.to_string()),
                lang.fill(
                    Key("certificate-right"),
                    &[
                        ("right", Arg::Text(&counts[0])),
                        ("questions", Arg::Text(&counts[1])),
                    ],
                ),
            ]
        });
        let rows: Vec<_> = rows.collect();
        y = self.table(Key("certificate-tests"), columns, &rows, y);
        let day = lang.day(&certificate.fulfilled.to_string());
        self.words(TEXT, &self.fill(Key("certificate-fulfilled"), &day), y);
        self.signatures();
        self.foot(certificate);
    }

    fn fill(&self, key: Key, value: &str) -> String {
        self.lang.fill(key, &[("value", Arg::Text(value))])
    }

    /// Title, doctor, course and group; gives the height below them.
    fn head(&mut self, certificate: &Certificate) -> f32 {
        self.paper.artifact(ArtifactType::Layout, |paper| {
            paper.mark(&Mark::Rect {
                x: 0.0,
                y: 0.0,
                width: PAGE[0],
                height: 8.0,
                fill: Ink::Own,
            });
        });
        let title = self.lang.say(Key("certificate-title"));
        self.heading(1, 28.0, title, 84.0);
        let doctor = self.fill(Key("certificate-doctor"), &certificate.doctor);
        let y = self.words(TEXT, &doctor, 124.0) + 10.0;
        let y = self.words(Look::bold(16.0, Ink::Own), &certificate.course, y) + 2.0;
        if certificate.group.is_empty() {
            return y + 20.0;
        }
        self.words(Look::regular(10.5, Ink::Muted), &certificate.group, y) + 20.0
    }

    fn heading(&mut self, level: u16, size: f32, title: String, y: f32) {
        let look = Look::bold(size, Ink::Text);
        let id = self.paper.line(MARGIN, y, look, &title);
        self.groups.push(heading(level, &title, vec![id]));
        let place = XyzDestination::new(0, Point::from_xy(0.0, y - size));
        self.outline.push_child(OutlineNode::new(title, place));
    }

    /// A paragraph as wide as the page; gives the baseline of what follows.
    fn words(&mut self, look: Look, text: &str, y: f32) -> f32 {
        let leading = LEADING.max(look.size * 1.25);
        let lines = font::lines(text, look.weight, look.size, WIDTH);
        let (ids, last) = self.paper.lines(MARGIN, y, look, leading, &lines);
        self.groups.push(paragraph(ids));
        last + leading
    }

    /// A heading and a table of three columns; gives the baseline of what follows.
    fn table(&mut self, title: Key, columns: [Key; 3], rows: &[[String; 3]], y: f32) -> f32 {
        let title = self.lang.say(title);
        self.heading(2, 12.0, title, y);
        let mut y = y + 19.0;
        let mut head = TagGroup::new(Tag::TR);
        for (x, words) in COLUMNS.into_iter().zip(columns) {
            let words = self.lang.say(words);
            head.push(column_header(vec![self.paper.line(
                MARGIN + x,
                y,
                NOTE,
                &words,
            )]));
        }
        let mut group = TagGroup::new(Tag::THead);
        group.push(head);
        let mut table = TagGroup::new(Tag::Table);
        table.push(group);
        let mut body = TagGroup::new(Tag::TBody);
        for cells in rows {
            y += ROW;
            let (row, last) = self.row(cells, y);
            body.push(row);
            y = last;
        }
        table.push(body);
        self.groups.push(table);
        y + 34.0
    }

    /// One row, broken into lines where a cell is long; gives the last baseline.
    fn row(&mut self, cells: &[String; 3], y: f32) -> (TagGroup, f32) {
        rule(&mut self.paper, y - 13.5, [MARGIN, PAGE[0] - MARGIN]);
        let mut row = TagGroup::new(Tag::TR);
        let ends = COLUMNS[1..].iter().copied().chain([WIDTH]);
        let mut lowest = y;
        for (index, ((text, x), end)) in cells.iter().zip(COLUMNS).zip(ends).enumerate() {
            let lines = font::lines(text, TEXT.weight, TEXT.size, end - x - 10.0);
            let (ids, last) = self.paper.lines(MARGIN + x, y, TEXT, 13.0, &lines);
            lowest = lowest.max(last);
            row.push(if index == 0 {
                row_header(ids)
            } else {
                cell(ids)
            });
        }
        (row, lowest)
    }

    fn signatures(&mut self) {
        let half = WIDTH / 2.0 - 10.0;
        let lines = [
            (Key("certificate-name"), 0.0, 0.0),
            (Key("certificate-own-signature"), 0.0, 1.0),
            (Key("certificate-leader-signature"), half + 20.0, 1.0),
        ];
        for (words, x, step) in lines {
            let y = SIGNED + SIGNATURE * step;
            let from = MARGIN + x;
            rule(&mut self.paper, y, [from, from + half]);
            let id = self.paper.line(from, y + 12.0, NOTE, &self.lang.say(words));
            self.groups.push(paragraph(vec![id]));
        }
    }

    /// What the paper rests on; made-up people say so.
    fn foot(&mut self, certificate: &Certificate) {
        let mut words = self.lang.say(Key("certificate-rests-on"));
        if certificate.synthetic {
            words = format!("{} {words}", self.lang.say(Key("synthetic")));
        }
        self.words(NOTE, &words, FOOT - 26.0);
    }
}

fn rule(paper: &mut Paper<'_, '_>, y: f32, [from, to]: [f32; 2]) {
    paper.artifact(ArtifactType::Layout, |paper| {
        paper.mark(&Mark::Line {
            from: [from, y],
            to: [to, y],
            ink: Ink::Line,
            width: 0.7,
            dash: Dash::Solid,
        });
    });
}
