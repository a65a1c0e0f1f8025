//! A module of the e-learning: statements with their sources, and a short test.

use riktig_codes::Day;
use riktig_reports::model::Words;

/// A module (e-læringsmodul).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Its name in addresses and in the journal: `a-z` and `-`.
    pub id: String,
    /// Counts its editions.
    pub version: u32,
    /// First and last day on which it is shown.
    pub valid: [Day; 2],
    /// In which role it was written, and who reviewed it.
    pub author: Words,
    /// What it is called.
    pub title: Words,
    /// What it is about, in a sentence.
    pub lead: Words,
    /// How long it takes.
    pub minutes: u32,
    /// Share of right answers that passes.
    pub pass_percent: u32,
    /// What it rests on.
    pub sources: Vec<Source>,
    /// What it says.
    pub sections: Vec<Section>,
    /// The short test.
    pub questions: Vec<Question>,
    /// Lines and questions that name no source: they are not shown.
    pub unsourced: usize,
}

/// What a line rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name inside of the module.
    pub id: String,
    /// Its title, in its own language.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// Its date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `None` where the source tells none.
    pub date: Option<String>,
}

/// Lines under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: Words,
    /// The lines that have a source.
    pub lines: Vec<Line>,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub words: Words,
    /// Number of its source in the module's list, from 0.
    pub source: usize,
}

/// A question with one right answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name inside of the module.
    pub id: String,
    /// What is asked.
    pub text: Words,
    /// Why the right answer is right.
    pub because: Words,
    /// The answers, two to six.
    pub answers: Vec<Answer>,
    /// Number of its source in the module's list, from 0.
    pub source: usize,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What it says.
    pub words: Words,
    /// Whether it is the right one.
    pub right: bool,
}

/// How a test went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Right answers.
    pub correct: u32,
    /// Questions.
    pub questions: u32,
}

impl Module {
    /// Whether it may be shown on a day.
    #[must_use]
    pub fn is_valid_on(&self, day: Day) -> bool {
        let [first, last] = self.valid;
        first <= day && day <= last
    }

    /// Fewest right answers that pass, of so many questions.
    #[must_use]
    pub fn needed(&self, questions: u32) -> u32 {
        (questions * self.pass_percent).div_ceil(100)
    }

    /// Whether a result passes.
    #[must_use]
    pub fn is_passed(&self, score: Score) -> bool {
        score.questions > 0 && score.correct >= self.needed(score.questions)
    }

    /// Scores a whole test: for each question the number of the chosen answer, from 0. `None` where the answers do not fit the
    /// questions.
    #[must_use]
    pub fn score(&self, chosen: &[usize]) -> Option<Score> {
        if chosen.len() != self.questions.len() {
            return None;
        }
        let mut correct = 0;
        for (question, chosen) in self.questions.iter().zip(chosen) {
            correct += u32::from(question.answers.get(*chosen)?.right);
        }
        let questions = u32::try_from(chosen.len()).ok()?;
        Some(Score { correct, questions })
    }
}
