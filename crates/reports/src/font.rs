//! The two built-in fonts: measuring and shaping text, for the paper and for placing labels in charts.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::LazyLock;

use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Direction, Face, Feature, UnicodeBuffer};

/// Inter Regular, SIL Open Font License (`fonts/OFL.txt`).
pub(crate) static REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.otf");
/// Inter SemiBold.
pub(crate) static SEMI_BOLD: &[u8] = include_bytes!("../fonts/Inter-SemiBold.otf");

/// Weight of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Weight {
    /// Running text.
    Regular,
    /// Headings and own values.
    SemiBold,
}

static FACES: LazyLock<[Face<'static>; 2]> = LazyLock::new(|| {
    [REGULAR, SEMI_BOLD]
        .map(|bytes| Face::from_slice(bytes, 0).expect("the committed fonts are read by a test"))
});

/// What is drawn for a sign that the fonts lack: a box that says "something stands here", so that one letter of one name
/// stops nobody's report. The text behind it stays, for copying and for reading aloud.
const STAND_IN: char = '□';

/// True where both fonts draw the sign itself.
pub(crate) fn draws(sign: char) -> bool {
    FACES.iter().all(|face| face.glyph_index(sign).is_some())
}

/// One glyph; lengths in em.
#[derive(Debug, Clone)]
pub(crate) struct ShapedGlyph {
    pub(crate) id: u32,
    pub(crate) advance: f32,
    pub(crate) x_offset: f32,
    pub(crate) y_offset: f32,
    /// Bytes of the text this glyph stands for.
    pub(crate) range: Range<usize>,
}

/// A word, shaped once a thread.
#[derive(Debug)]
pub(crate) struct Shaped {
    pub(crate) glyphs: Vec<ShapedGlyph>,
    pub(crate) width: f32,
}

/// Reports share their words and differ in their numbers: the cache is emptied before numbers could fill the memory.
const CACHED_WORDS: usize = 20_000;

thread_local! {
    static WORDS: RefCell<[HashMap<Box<str>, Rc<Shaped>>; 2]> = RefCell::default();
}

/// A word (or any text without line breaks) as glyphs.
pub(crate) fn shape(word: &str, weight: Weight) -> Rc<Shaped> {
    WORDS.with_borrow_mut(|caches| {
        let cache = &mut caches[weight as usize];
        if let Some(shaped) = cache.get(word) {
            return Rc::clone(shaped);
        }
        if cache.len() >= CACHED_WORDS {
            cache.clear();
        }
        let shaped = Rc::new(shape_anew(word, weight));
        cache.insert(word.into(), Rc::clone(&shaped));
        shaped
    })
}

fn shape_anew(word: &str, weight: Weight) -> Shaped {
    let face = &FACES[weight as usize];
    let em = face.units_per_em() as f32;
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(word);
    buffer.guess_segment_properties();
    // The fonts have no letters that run the other way; boxes in place of them keep the order of the text.
    buffer.set_direction(Direction::LeftToRight);
    // Contextual alternates would turn "2 x 3" into typography of its own.
    let plain = [Feature::new(Tag::from_bytes(b"calt"), 0, ..)];
    let output = rustybuzz::shape(face, &plain, buffer);
    let infos = output.glyph_infos();
    let mut glyphs = Vec::with_capacity(infos.len());
    let mut width = 0.0;
    for (index, (info, position)) in infos.iter().zip(output.glyph_positions()).enumerate() {
        let start = info.cluster as usize;
        let end = infos[index + 1..]
            .iter()
            .map(|next| next.cluster as usize)
            .find(|&next| next > start)
            .unwrap_or(word.len());
        let (id, advance) = match info.glyph_id {
            0 => stand_in(face),
            id => (id, position.x_advance as f32),
        };
        let advance = advance / em;
        width += advance;
        glyphs.push(ShapedGlyph {
            id,
            advance,
            x_offset: position.x_offset as f32 / em,
            y_offset: position.y_offset as f32 / em,
            range: start..end,
        });
    }
    Shaped { glyphs, width }
}

/// The stand-in's glyph and its advance in font units.
fn stand_in(face: &Face<'_>) -> (u32, f32) {
    let id = face
        .glyph_index(STAND_IN)
        .expect("a test finds the stand-in in both fonts");
    let advance = face.glyph_hor_advance(id).unwrap_or_default();
    (id.0.into(), f32::from(advance))
}

/// Width of a line of text in the unit of `size`.
pub(crate) fn width(text: &str, weight: Weight, size: f32) -> f32 {
    let mut em = 0.0;
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            em += shape(" ", weight).width;
        }
        em += shape(word, weight).width;
    }
    em * size
}

/// Breaks text into lines no wider than `room`; a single word that is wider gets a line of its own.
pub(crate) fn lines(text: &str, weight: Weight, size: f32, room: f32) -> Vec<String> {
    let space = shape(" ", weight).width * size;
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let wide = shape(word, weight).width * size;
        if !line.is_empty() && used + space + wide > room {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        if !line.is_empty() {
            line.push(' ');
            used += space;
        }
        line.push_str(word);
        used += wide;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_the_pages_use_has_a_glyph_in_both_fonts() {
        let signs = "AaÆæØøÅåÉé0123456789 \u{a0}\u{202f}\u{2212}–—•·…%,.:;()/«»’\"<>≥≤=+-→↓↑&@#□";
        for face in FACES.iter() {
            for sign in signs.chars() {
                assert!(face.glyph_index(sign).is_some(), "{sign:?}");
            }
        }
    }

    #[test]
    fn lines_keep_every_word_and_stay_within_their_room() {
        let text = "Av dine 312 utleverte antibiotika er 240 koblet til en kontakt";
        let broken = lines(text, Weight::Regular, 9.0, 120.0);
        assert!(broken.len() > 1);
        assert_eq!(broken.join(" "), text);
        assert!(
            broken
                .iter()
                .all(|line| width(line, Weight::Regular, 9.0) <= 120.0)
        );
    }
}
