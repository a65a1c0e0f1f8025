//! How strong a product is: from its ingredients, or from the words that every label has.

use crate::resource::{Concept, Medication, View};

/// Milligrams of each substance in one tablet, or in so many millilitres.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Strength {
    pub(super) milligrams: Vec<f64>,
    /// `None`: in one piece.
    pub(super) millilitres: Option<f64>,
}

/// Of the product's ingredients, or else of its own words.
pub(super) fn of_product(product: Medication<'_>, concept: &Concept<'_>) -> Option<Strength> {
    let ingredients: Vec<View<'_>> = product.ingredients().collect();
    if ingredients.is_empty() {
        return of_words(product.code().words().chain(concept.words()));
    }
    let each: Option<Vec<(f64, Option<f64>)>> = ingredients.into_iter().map(ingredient).collect();
    let each = each?;
    let millilitres = each.first()?.1;
    let same = each.iter().all(|it| it.1 == millilitres);
    same.then(|| Strength {
        milligrams: each.into_iter().map(|it| it.0).collect(),
        millilitres,
    })
}

fn ingredient(view: View<'_>) -> Option<(f64, Option<f64>)> {
    let (over, under) = (
        view.at("strength").at("numerator"),
        view.at("strength").at("denominator"),
    );
    let unit = |it: View<'_>| it.text("code").or(it.text("unit")).map(str::to_lowercase);
    let milligrams = over.number("value")? * milligrams_of(&unit(over)?)?;
    let each = under.number("value").unwrap_or(1.0);
    let sound = milligrams > 0.0 && each > 0.0;
    match unit(under).as_deref() {
        _ if !sound => None,
        Some("ml") => Some((milligrams, Some(each))),
        Some("g" | "l") => None,
        _ => Some((milligrams / each, None)),
    }
}

/// The one strength that the words state; two different ones are none.
pub(super) fn of_words<'a>(words: impl Iterator<Item = &'a str>) -> Option<Strength> {
    let mut found: Vec<Strength> = words.filter_map(parse).collect();
    let first = found.pop()?;
    found.iter().all(|it| *it == first).then_some(first)
}

/// Milligrams in one of this unit of mass.
pub(crate) fn milligrams_of(unit: &str) -> Option<f64> {
    match unit {
        "mg" => Some(1.0),
        "g" => Some(1_000.0),
        "ug" | "mcg" | "µg" | "μg" | "mikrog" => Some(0.001),
        _ => None,
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(f64),
    Slash,
    Word(String),
}

/// `660 mg`, `50 mg/ml`, `250 mg/5 ml`, `500 mg/125 mg`, `160/800 mg`. A text with two such statements, or with a number before
/// another as in `1 500 mg`, states nothing.
fn parse(text: &str) -> Option<Strength> {
    let tokens = tokens(text);
    if tokens
        .windows(2)
        .any(|it| matches!(it, [Token::Number(_), Token::Number(_)]))
    {
        return None;
    }
    let (mut found, mut rest) = (None, tokens.as_slice());
    while !rest.is_empty() {
        match statement(rest) {
            Some((strength, after)) => {
                if found.replace(strength).is_some() {
                    return None;
                }
                rest = after;
            }
            None => rest = &rest[1..],
        }
    }
    found
}

/// A statement of strength at the beginning of the tokens, and what follows it.
fn statement(tokens: &[Token]) -> Option<(Strength, &[Token])> {
    let (mut milligrams, mut rest) = masses(tokens)?;
    while let [Token::Slash, after @ ..] = rest {
        if let Some((more, after)) = masses(after) {
            milligrams.extend(more);
            rest = after;
            continue;
        }
        let (each, after) = match after {
            [Token::Number(each), Token::Word(unit), after @ ..] if unit == "ml" => (*each, after),
            [Token::Word(unit), after @ ..] if unit == "ml" => (1.0, after),
            _ => break,
        };
        let sound = each > 0.0;
        return sound.then_some((
            Strength {
                milligrams,
                millilitres: Some(each),
            },
            after,
        ));
    }
    Some((
        Strength {
            milligrams,
            millilitres: None,
        },
        rest,
    ))
}

/// `660 mg`, or `160/800 mg`.
fn masses(tokens: &[Token]) -> Option<(Vec<f64>, &[Token])> {
    let [Token::Number(first), rest @ ..] = tokens else {
        return None;
    };
    let (mut numbers, mut rest) = (vec![*first], rest);
    while let [Token::Slash, Token::Number(next), after @ ..] = rest {
        numbers.push(*next);
        rest = after;
    }
    let [Token::Word(unit), after @ ..] = rest else {
        return None;
    };
    let factor = milligrams_of(unit)?;
    let milligrams: Vec<f64> = numbers.iter().map(|it| it * factor).collect();
    milligrams
        .iter()
        .all(|it| *it > 0.0)
        .then_some((milligrams, after))
}

fn tokens(text: &str) -> Vec<Token> {
    let text = text.to_lowercase();
    let mut tokens = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let is_number = |it: char| it.is_ascii_digit() || it == '.' || it == ',';
        let length =
            |holds: &dyn Fn(char) -> bool| rest.find(|it| !holds(it)).unwrap_or(rest.len());
        let taken = if first.is_ascii_digit() {
            let end = length(&is_number);
            let number = rest[..end].trim_end_matches(['.', ',']).replace(',', ".");
            // "1.000.000" is no number here.
            tokens.push(
                number
                    .parse()
                    .map_or_else(|_| Token::Word(number), Token::Number),
            );
            end
        } else if first == '/' {
            tokens.push(Token::Slash);
            1
        } else if first.is_alphabetic() {
            let end = length(&char::is_alphabetic);
            tokens.push(Token::Word(rest[..end].to_owned()));
            end
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Word(first.to_string()));
            }
            first.len_utf8()
        };
        rest = &rest[taken..];
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strength(text: &str) -> Option<(Vec<f64>, Option<f64>)> {
        parse(text).map(|it| (it.milligrams, it.millilitres))
    }

    #[test]
    fn a_label_states_milligrams_of_a_piece_or_of_millilitres() {
        assert_eq!(strength("Apocillin tab 660 mg"), Some((vec![660.0], None)));
        assert_eq!(
            strength("Penicillin V Potassium 500 MG Oral Tablet"),
            Some((vec![500.0], None))
        );
        assert_eq!(
            strength("Weifapenin mikst 50 mg/ml"),
            Some((vec![50.0], Some(1.0)))
        );
        assert_eq!(
            strength("amoxicillin 250 mg/5 ml"),
            Some((vec![250.0], Some(5.0)))
        );
        assert_eq!(strength("1,2 g"), Some((vec![1200.0], None)));
        assert_eq!(strength("azitromycin 500mg"), Some((vec![500.0], None)));
    }

    #[test]
    fn a_combination_has_a_number_for_each_substance() {
        assert_eq!(
            strength("tab 500 mg/125 mg"),
            Some((vec![500.0, 125.0], None))
        );
        assert_eq!(
            strength("Bactrim 80 mg/400 mg"),
            Some((vec![80.0, 400.0], None))
        );
        assert_eq!(strength("160/800 mg"), Some((vec![160.0, 800.0], None)));
    }

    #[test]
    fn a_label_that_can_be_read_in_two_ways_states_nothing() {
        for text in [
            "",
            "1 mill. IE",
            "1 500 mg",
            "660 mg eller 330 mg",
            "0 mg",
            "1.000.000 mg",
            "mg/ml",
            "5 mg/0 ml",
        ] {
            assert_eq!(strength(text), None, "{text}");
        }
    }
}
