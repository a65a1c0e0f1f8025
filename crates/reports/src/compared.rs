//! Whom an own figure is held against, nearest first, and who stands in for whom.

use std::borrow::Cow;

use crate::model::{Comparator, Direction, Figure, GroupKind, Indicator};
use crate::scene::Glyph;
use crate::text::{Arg, Key, Lang};

/// One row of a comparison.
pub(crate) struct Compared<'i> {
    /// Whose figure it is.
    pub(crate) who: Key,
    /// The shape it has in charts; groups that stand in tables only have none.
    pub(crate) glyph: Option<Glyph>,
    pub(crate) figure: Cow<'i, Figure>,
    /// The group, where it is one.
    pub(crate) group: Option<&'i Comparator>,
    /// Smaller groups that this one stands in for.
    pub(crate) stands_for: Vec<GroupKind>,
}

/// What stands on the first screen and in the rows of a table: own earlier period, municipality, county, country and, unless
/// the indicator is neutral, the level to reach for.
pub(crate) fn near(indicator: &Indicator) -> Vec<Compared<'_>> {
    rows(
        indicator,
        &[
            GroupKind::Municipality,
            GroupKind::County,
            GroupKind::Country,
        ],
    )
}

/// Everything there is.
pub(crate) fn all(indicator: &Indicator) -> Vec<Compared<'_>> {
    rows(
        indicator,
        &[
            GroupKind::Similar,
            GroupKind::CourseGroup,
            GroupKind::Practice,
            GroupKind::Municipality,
            GroupKind::County,
            GroupKind::Country,
        ],
    )
}

fn rows<'i>(indicator: &'i Indicator, kinds: &[GroupKind]) -> Vec<Compared<'i>> {
    let mut rows = vec![Compared {
        who: Key("previous"),
        glyph: Some(Glyph::Previous),
        figure: Cow::Borrowed(&indicator.previous),
        group: None,
        stands_for: Vec::new(),
    }];
    let stand_in = |kind: &GroupKind| group(indicator, *kind)?.stand_in;
    for kind in kinds {
        let Some(comparator) = group(indicator, *kind) else {
            continue;
        };
        // Its place is taken by a larger group that says so.
        if comparator
            .stand_in
            .is_some_and(|other| kinds.contains(&other))
        {
            continue;
        }
        let (who, glyph) = named(*kind);
        let stands_for = kinds.iter().filter(|other| stand_in(other) == Some(*kind));
        rows.push(Compared {
            who,
            glyph,
            figure: Cow::Borrowed(&comparator.figure),
            group: Some(comparator),
            stands_for: stands_for.copied().collect(),
        });
    }
    if indicator.direction != Direction::Neutral {
        rows.push(Compared {
            who: Key("benchmark"),
            glyph: Some(Glyph::Benchmark),
            figure: Cow::Owned(indicator.goal_level()),
            group: None,
            stands_for: Vec::new(),
        });
    }
    rows
}

fn group(indicator: &Indicator, kind: GroupKind) -> Option<&Comparator> {
    match kind {
        GroupKind::Similar => indicator.similar.as_ref(),
        GroupKind::CourseGroup => indicator.course_group.as_ref(),
        GroupKind::Practice => indicator.practice.as_ref(),
        GroupKind::Municipality => Some(&indicator.municipality),
        GroupKind::County => Some(&indicator.county),
        GroupKind::Country => Some(&indicator.country),
    }
}

fn named(kind: GroupKind) -> (Key, Option<Glyph>) {
    match kind {
        GroupKind::Similar => (Key("similar"), None),
        GroupKind::CourseGroup => (Key("course-group"), None),
        GroupKind::Practice => (Key("practice"), None),
        GroupKind::Municipality => (Key("municipality"), Some(Glyph::Municipality)),
        GroupKind::County => (Key("county"), Some(Glyph::County)),
        GroupKind::Country => (Key("country"), Some(Glyph::Country)),
    }
}

impl Compared<'_> {
    /// `i stedet for kommunen, som er for liten til å vises`; empty where it stands for itself only.
    pub(crate) fn stands_in(&self, lang: Lang) -> String {
        let names: Vec<String> = self
            .stands_for
            .iter()
            .filter_map(|kind| {
                Some(lang.say(match kind {
                    GroupKind::Similar => Key("stands-in-similar"),
                    GroupKind::CourseGroup => Key("stands-in-course-group"),
                    GroupKind::Practice => Key("stands-in-practice"),
                    GroupKind::Municipality => Key("stands-in-municipality"),
                    GroupKind::County => Key("stands-in-county"),
                    GroupKind::Country => return None,
                }))
            })
            .collect();
        let joined = match names.split_last() {
            None => return String::new(),
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} {} {last}", rest.join(", "), lang.say(Key("and"))),
        };
        lang.fill(Key("stands-in"), &[("group", Arg::Text(&joined))])
    }
}
