//! Finding a condition by what somebody types: a name in any language, what else it is called, a code; one slip is forgiven.

use crate::condition::Condition;
use crate::document::Reading;
use crate::error::ContentProblem;
use crate::guideline::Guideline;
use crate::told::Told;

/// Letters that a word must have before a slip in it is forgiven: below, one letter makes another word.
const FORGIVEN_FROM: usize = 6;

/// How well one typed word fits; the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// A name or a code, from its first letter to its last, is all that was typed.
    Whole,
    /// A word of a name, or a code.
    Word,
    /// The beginning of one.
    Beginning,
    /// Letters inside of one.
    Inside,
    /// One letter too many, too few, wrong, or two that changed places.
    Slip,
}

impl Guideline {
    /// The conditions that hold every word of what was typed, the likeliest first; nothing typed: all of them, by their
    /// order. Slips are forgiven only where nothing fits without.
    ///
    /// ```
    /// use riktig_guideline::Guideline;
    ///
    /// let found = Guideline::shipped().find("blærekatar");
    /// assert_eq!(found[0].id, "cystitis_women");
    /// ```
    #[must_use]
    pub fn find(&self, typed: &str) -> Vec<&Condition> {
        let typed = plain(typed);
        let words: Vec<&str> = typed.split(' ').filter(|it| !it.is_empty()).collect();
        if words.is_empty() {
            return self.conditions().iter().collect();
        }
        let mut found: Vec<(Fit, usize, &Condition)> = self
            .conditions()
            .iter()
            .filter_map(|it| fit(it, &words).map(|(fit, length)| (fit, length, it)))
            .collect();
        if found.iter().any(|(fit, ..)| *fit < Fit::Slip) {
            found.retain(|(fit, ..)| *fit < Fit::Slip);
        }
        // Of two that fit alike the one with advice, then the one whose own name says it in fewer letters.
        found.sort_by_key(|(fit, length, it)| (*fit, !it.gives_advice(), *length));
        found.into_iter().map(|(.., condition)| condition).collect()
    }
}

/// How well all words fit (as well as the one that fits worst), and how long the name is in which they do.
fn fit(condition: &Condition, words: &[&str]) -> Option<(Fit, usize)> {
    let name = &condition.name;
    let names = [&name.nb, &name.nn, &name.en]
        .into_iter()
        .chain(&condition.words);
    let names: Vec<String> = names.map(|it| plain(it)).chain(codes(condition)).collect();
    let whole = words.join(" ");
    if names.contains(&whole) {
        return Some((Fit::Whole, whole.len()));
    }
    let worst = words.iter().map(|word| best(&names, word));
    let worst = worst.collect::<Option<Vec<_>>>()?.into_iter().max();
    let holds = |name: &&String| {
        let name = std::slice::from_ref(*name);
        words.iter().all(|word| best(name, word).is_some())
    };
    let length = names.iter().filter(holds).map(String::len).min();
    Some((worst.unwrap_or(Fit::Word), length.unwrap_or(usize::MAX)))
}

fn best(names: &[String], word: &str) -> Option<Fit> {
    let each = names.iter().flat_map(|name| name.split(' '));
    each.filter_map(|its| {
        if its == word {
            Some(Fit::Word)
        } else if its.starts_with(word) {
            Some(Fit::Beginning)
        } else if its.contains(word) {
            Some(Fit::Inside)
        } else {
            slips(its, word).then_some(Fit::Slip)
        }
    })
    .min()
}

/// Codes with and without their point: `j18.9`, `j189`.
fn codes(condition: &Condition) -> impl Iterator<Item = String> {
    let icpc2 = condition.codes.icpc2.iter().map(|it| plain(it.as_str()));
    let icd10 = condition.codes.icd10.iter().flat_map(|it| {
        let dotted = it.dotted().to_string().to_lowercase();
        [dotted.replace('.', ""), dotted]
    });
    icpc2.chain(icd10)
}

/// Small letters without what a foreign keyboard lacks, words apart by one space: `C. diff` → `c diff`, `øre-verk` → `ore verk`.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let lower = text.to_lowercase();
    let mut letters = lower.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            'æ' => plain.push_str("ae"),
            'ø' | 'ö' => plain.push('o'),
            'å' => plain.push('a'),
            'é' | 'è' => plain.push('e'),
            // A point between two signs belongs to a code.
            '.' if letters.peek().is_some_and(|it| it.is_ascii_digit()) => plain.push('.'),
            it if it.is_alphanumeric() => plain.push(it),
            _ if plain.ends_with(' ') => {}
            _ => plain.push(' '),
        }
    }
    plain.trim().to_owned()
}

/// Whether one slip makes the one word of the other.
fn slips(name: &str, typed: &str) -> bool {
    let (name, typed): (Vec<char>, Vec<char>) = (name.chars().collect(), typed.chars().collect());
    let digits = |it: &[char]| it.iter().any(char::is_ascii_digit);
    // A code with a slip is another code.
    if typed.len() < FORGIVEN_FROM || name.len() < FORGIVEN_FROM || digits(&name) || digits(&typed)
    {
        return false;
    }
    let same = name.iter().zip(&typed).take_while(|(a, b)| a == b).count();
    let (name, typed) = (&name[same..], &typed[same..]);
    match (name, typed) {
        ([], rest) | (rest, []) => rest.len() <= 1,
        ([_, name @ ..], [_, typed @ ..]) if name == typed => true,
        ([a, b, name @ ..], [c, d, typed @ ..]) if a == d && b == c && name == typed => true,
        ([_, shorter @ ..], typed) if shorter == typed => true,
        (name, [_, shorter @ ..]) => name == shorter,
    }
}

/// A condition's further words: each says something that its names and the others do not.
pub(crate) fn words(
    reading: &Reading<'_>,
    words: Vec<String>,
    name: &Told,
) -> Result<Vec<String>, ContentProblem> {
    let mut seen: Vec<String> = [&name.nb, &name.nn, &name.en].map(|it| plain(it)).to_vec();
    for word in &words {
        let plain = plain(word);
        if plain.len() < 2 || seen.contains(&plain) {
            let what = format!(
                "words holds \"{word}\", which is one of its names, stands there twice or is too short: leave it out"
            );
            return Err(reading.wrong(&what));
        }
        seen.push(plain);
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::slips;

    #[test]
    fn one_letter_too_many_too_few_wrong_or_changed_is_a_slip_and_two_are_not() {
        for typed in [
            "tonsilitt",
            "tonsiillitt",
            "tonsyllitt",
            "tonisllitt",
            "tonsillit",
            "tonsillitta",
        ] {
            assert!(slips("tonsillitt", typed), "{typed}");
        }
        for typed in ["tonislitt", "tonsli", "laryngitt", "tonsyllit"] {
            assert!(!slips("tonsillitt", typed), "{typed}");
        }
    }

    #[test]
    fn a_short_word_and_a_code_with_a_slip_are_another_word_and_another_code() {
        assert!(!slips("kols", "kola") && !slips("j18.90", "j18.91"));
    }
}
