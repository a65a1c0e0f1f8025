//! What a course certificate says.

use riktig_codes::Day;

use crate::model::Words;

/// A course certificate (kursbevis) of one doctor: that three meetings were attended and every short test was passed.
///
/// It holds no day of printing: the same fulfilment gives the same paper on every day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// HPR number of the doctor. The login tells no name, so the paper leaves a line for it.
    pub doctor: String,
    /// Title of the course.
    pub course: String,
    /// Name of the course group; empty where it is not known.
    pub group: String,
    /// The meetings that were attended, in their order.
    pub meetings: Vec<CertifiedMeeting>,
    /// The short tests that were passed.
    pub tests: Vec<CertifiedTest>,
    /// The day on which nothing was missing any more.
    pub fulfilled: Day,
    /// Made-up people.
    pub synthetic: bool,
}

/// A meeting that was attended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifiedMeeting {
    /// When.
    pub day: Day,
    /// Where, possibly empty.
    pub place: String,
}

/// A short test that was passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifiedTest {
    /// Of which module.
    pub title: Words,
    /// Right answers.
    pub correct: u32,
    /// Questions.
    pub questions: u32,
    /// When it was passed first.
    pub day: Day,
}
