//! Whom the reader of a portal's page has chosen to be held against.

use crate::compared::{self, Compared};
use crate::model::{Direction, Figure, GroupKind, Indicator, Report};
use crate::text::{Digits, Key, Lang};

use super::{Page, figure, first};

/// Whom every number of a page stands beside, chosen by the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Against {
    /// The doctor's own earlier period.
    Earlier,
    /// The course group (etterutdanningsgruppe).
    CourseGroup,
    /// The practice.
    Practice,
    /// The municipality.
    Municipality,
    /// The county.
    County,
    /// The country.
    Country,
    /// Doctors with contacts like one's own.
    Similar,
    /// What the best quarter of doctors reach.
    Benchmark,
}

impl Against {
    /// All, nearest first.
    pub const ALL: [Against; 8] = [
        Against::Earlier,
        Against::CourseGroup,
        Against::Practice,
        Against::Municipality,
        Against::County,
        Against::Country,
        Against::Similar,
        Against::Benchmark,
    ];

    /// The word in addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Against::Earlier => "earlier",
            Against::CourseGroup => "course-group",
            Against::Practice => "practice",
            Against::Municipality => "municipality",
            Against::County => "county",
            Against::Country => "country",
            Against::Similar => "similar",
            Against::Benchmark => "benchmark",
        }
    }

    /// Whom this word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Against> {
        Against::ALL.into_iter().find(|it| it.word() == word)
    }

    /// What they are called on the page.
    #[must_use]
    pub fn name(self, lang: Lang) -> String {
        lang.say(self.key())
    }

    /// Those whom this report can be held against: a group that the doctor has none of is not offered.
    #[must_use]
    pub fn offered(report: &Report) -> Vec<Against> {
        let any = |has: fn(&Indicator) -> bool| report.indicators.iter().any(has);
        Against::ALL
            .into_iter()
            .filter(|it| match it {
                Against::Earlier => report.previous.is_some(),
                Against::CourseGroup => any(|it| it.course_group.is_some()),
                Against::Practice => any(|it| it.practice.is_some()),
                Against::Similar => any(|it| it.similar.is_some()),
                _ => true,
            })
            .collect()
    }

    fn key(self) -> Key {
        match self {
            Against::Earlier => Key("previous"),
            Against::CourseGroup => Key("course-group"),
            Against::Practice => Key("practice"),
            Against::Municipality => Key("municipality"),
            Against::County => Key("county"),
            Against::Country => Key("country"),
            Against::Similar => Key("similar"),
            Against::Benchmark => Key("benchmark"),
        }
    }

    fn kind(self) -> Option<GroupKind> {
        match self {
            Against::Earlier | Against::Benchmark => None,
            Against::CourseGroup => Some(GroupKind::CourseGroup),
            Against::Practice => Some(GroupKind::Practice),
            Against::Municipality => Some(GroupKind::Municipality),
            Against::County => Some(GroupKind::County),
            Against::Country => Some(GroupKind::Country),
            Against::Similar => Some(GroupKind::Similar),
        }
    }

    /// The row of this choice, or of whoever stands in for it.
    fn row<'i>(self, rows: &'i [Compared<'i>]) -> Option<&'i Compared<'i>> {
        let own = rows.iter().find(|row| row.who == self.key());
        own.or_else(|| {
            let kind = self.kind()?;
            rows.iter().find(|row| row.stands_for.contains(&kind))
        })
    }
}

/// `Kommunen: 24 %`, with who it is, or why there is nothing to tell.
pub(super) fn beside(page: &mut Page, indicator: &Indicator, against: Against, lang: Lang) {
    page.raw("<p class=\"beside\">");
    let rows = compared::all(indicator);
    let Some(row) = against.row(&rows) else {
        let neutral = against == Against::Benchmark && indicator.direction == Direction::Neutral;
        let why = if neutral {
            lang.say(Key("goal-neutral"))
        } else {
            lang.say(Key("missing-no-group"))
        };
        page.raw("<span class=\"whom\">")
            .text(&against.name(lang))
            .raw("</span> <span class=\"of\">")
            .text(&why)
            .raw("</span></p>");
        return;
    };
    page.raw("<span class=\"whom\">");
    first::mark(page, row.glyph);
    page.text(&lang.say(row.who)).raw("</span> <b>");
    figure(page, lang, &row.figure, indicator, Digits::Brief);
    page.raw("</b>");
    let known = matches!(*row.figure, Figure::Measured { .. } | Figure::Zero { .. });
    if !known {
        page.raw(" <span class=\"of\">")
            .text(&lang.figure_note(&row.figure))
            .raw("</span>");
    } else if let Some(group) = row.group {
        // Whom it stands in for matters to who chose that group.
        let stands_in = if row.who == against.key() {
            String::new()
        } else {
            row.stands_in(lang)
        };
        page.raw(" <span class=\"of\">").name(&group.name);
        if !stands_in.is_empty() {
            page.raw(if group.name.is_empty() { "" } else { ", " })
                .text(&stands_in);
        }
        page.raw("</span>");
    }
    page.raw("</p>");
}
