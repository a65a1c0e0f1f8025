//! What models expect of one unit of each cell of a month: asked once a cell, however many prescribers have met it.

use riktig_indicators::casemix::{Cell, Expected, Model, NoExpected};

/// One month's answers, as they come to be asked for. The next month's take their room.
pub(super) struct Units<'a> {
    models: &'a [Result<Model, NoExpected>],
    month: u8,
    /// By cell: its place in `ones`, or [`UNASKED`].
    place: Vec<u32>,
    /// By place and indicator; nothing where there is no model.
    ones: Vec<Expected>,
}

const UNASKED: u32 = u32::MAX;

impl<'a> Units<'a> {
    pub(super) fn new(models: &'a [Result<Model, NoExpected>]) -> Units<'a> {
        Units {
            models,
            month: 0,
            place: vec![UNASKED; usize::from(u16::MAX) + 1],
            ones: Vec::new(),
        }
    }

    /// A new month, of which nothing was asked.
    pub(super) fn begin(&mut self, month: u8) {
        self.month = month;
        self.place.fill(UNASKED);
        self.ones.clear();
    }

    /// By indicator.
    #[inline]
    pub(super) fn of(&mut self, cell: Cell) -> &[Expected] {
        let width = self.models.len();
        let at = usize::from(cell.0);
        if self.place[at] == UNASKED {
            self.place[at] = (self.ones.len() / width.max(1)) as u32;
            let levels = cell.levels(self.month);
            let one = |model: &Result<Model, NoExpected>| {
                model
                    .as_ref()
                    .map_or_else(|_| Expected::default(), |model| model.of_one(&levels))
            };
            self.ones.extend(self.models.iter().map(one));
        }
        &self.ones[self.place[at] as usize * width..][..width]
    }
}
