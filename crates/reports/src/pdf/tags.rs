//! The structure tree in the report's words.

use std::num::NonZeroU16;

use krilla::geom::Rect;
use krilla::tagging::{BBox, Identifier, TableHeaderScope, Tag, TagGroup};

/// A heading of this level.
pub(super) fn heading(level: u16, text: &str, drawn: Vec<Identifier>) -> TagGroup {
    let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    group(TagGroup::new(Tag::Hn(level, Some(text.to_owned()))), drawn)
}

/// A paragraph.
pub(super) fn paragraph(drawn: Vec<Identifier>) -> TagGroup {
    group(TagGroup::new(Tag::P), drawn)
}

/// A column's header cell.
pub(super) fn column_header(drawn: Vec<Identifier>) -> TagGroup {
    group(TagGroup::new(Tag::TH(TableHeaderScope::Column)), drawn)
}

/// A row's header cell.
pub(super) fn row_header(drawn: Vec<Identifier>) -> TagGroup {
    group(TagGroup::new(Tag::TH(TableHeaderScope::Row)), drawn)
}

/// A data cell.
pub(super) fn cell(drawn: Vec<Identifier>) -> TagGroup {
    group(TagGroup::new(Tag::TD), drawn)
}

/// A chart with everything it shows in words.
pub(super) fn figure(
    alternative: &str,
    page: usize,
    bounds: Option<Rect>,
    drawn: Identifier,
) -> TagGroup {
    let tag = Tag::Figure(Some(alternative.to_owned()))
        .with_bbox(bounds.map(|rect| BBox::new(page, rect)));
    group(TagGroup::new(tag), vec![drawn])
}

/// Children put into a group, in reading order.
pub(super) fn group(mut group: TagGroup, drawn: Vec<Identifier>) -> TagGroup {
    for id in drawn {
        group.push(id);
    }
    group
}
