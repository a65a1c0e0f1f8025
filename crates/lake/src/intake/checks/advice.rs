//! Checks cards of advice: codes only, because nothing that anybody wrote may come in by this way.

use super::register::month_of;
use super::{Became, Checker, Reason, Refusal};
use crate::delivery::{Raw, unfit};
use crate::store::{AdviceOutcome, GuidelineCode, MISSING};

/// The longest code of a rule, a kind or a reason; longer is no code.
const LONGEST_CODE: usize = 80;

/// Characters of a version: the beginning of the text's digest, in hex.
const VERSION: usize = 16;

/// The most rules that a card rests on.
const MOST_RULES: usize = 16;

impl Checker<'_> {
    pub(super) fn advice(&mut self, line: i32, row: &[Raw<'_>]) -> Result<Became, Refusal> {
        let [month, prescriber, rules, kind, outcome, reason] = row else {
            return Err(Reason::WrongColumnCount.at(""));
        };
        let month = month_of(month)?;
        self.event_day(Some(month.first_day().epoch_days()), "month")?;
        let rules = rules_of(rules)?;
        let kind = code(kind, "kind")?.ok_or(Reason::MissingValue.at("kind"))?;
        let outcome = outcome_of(outcome)?;
        let reason = code(reason, "reason")?;
        if reason.is_some() && outcome != AdviceOutcome::Overridden {
            return Err(Reason::UnknownOutcome.at("reason"));
        }
        let prescriber = self.prescriber(prescriber, &Raw::Missing)?;
        if prescriber == MISSING {
            self.count_missing("prescriber_hpr");
        }
        let codes = &mut self.dictionaries.guideline_codes;
        let mut id = |code| codes.intern(GuidelineCode { code });
        let rows = self.staged.advice.entry(month).or_default();
        rows.line.push(line);
        rows.month.push(month.index());
        rows.prescriber.push(prescriber);
        rows.rules.push(id(rules));
        rows.kind.push(id(kind));
        rows.outcome.push(outcome.code());
        rows.reason.push(reason.map_or(MISSING, id));
        Ok(Became::Kept)
    }
}

fn outcome_of(raw: &Raw<'_>) -> Result<AdviceOutcome, Refusal> {
    let mut buffer = Vec::new();
    std::str::from_utf8(raw.bytes(&mut buffer))
        .ok()
        .and_then(AdviceOutcome::from_name)
        .ok_or(Reason::UnknownOutcome.at("outcome"))
}

/// The rules of a card, sorted, each once: whatever order they come in, the card is the same.
fn rules_of(raw: &Raw<'_>) -> Result<String, Refusal> {
    let mut buffer = Vec::new();
    let wrong = Reason::BadGuidelineCode.at("rules");
    let text = std::str::from_utf8(raw.bytes(&mut buffer)).map_err(|_| wrong)?;
    let mut rules: Vec<&str> = text.split_ascii_whitespace().collect();
    rules.sort_unstable();
    rules.dedup();
    match rules.len() {
        0 => Err(Reason::MissingValue.at("rules")),
        1..=MOST_RULES if rules.iter().all(|rule| is_rule(rule)) => Ok(rules.join(" ")),
        _ => Err(wrong),
    }
}

/// `pneumonia/penicillin-v`, perhaps with `@` and the version of the text that it stood in.
fn is_rule(text: &str) -> bool {
    let (rule, version) = match text.split_once('@') {
        Some((rule, version)) => (rule, Some(version)),
        None => (text, None),
    };
    let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_version = |text: &str| text.len() == VERSION && text.bytes().all(hex);
    let parts: Vec<&str> = rule.split('/').collect();
    parts.len() <= 2
        && parts.iter().all(|part| is_code(part))
        && rule.len() <= LONGEST_CODE
        && version.is_none_or(is_version)
}

fn code(raw: &Raw<'_>, column: &'static str) -> Result<Option<String>, Refusal> {
    if raw.is_missing() {
        return Ok(None);
    }
    let mut buffer = Vec::new();
    let text = std::str::from_utf8(raw.bytes(&mut buffer)).ok();
    text.filter(|text| is_code(text))
        .map(|text| Some(text.to_owned()))
        .ok_or(Reason::BadGuidelineCode.at(column))
}

/// Begins with a letter, so that nobody's number is a code.
fn is_code(text: &str) -> bool {
    let letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    text.len() <= LONGEST_CODE
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(letter)
        && unfit(text.as_bytes()).is_none()
}
