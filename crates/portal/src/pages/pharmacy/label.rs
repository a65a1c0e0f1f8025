//! `POST /pharmacy/label`: the label of what was handed out, to print on a roll of 80 × 40 millimetres. What is long goes on to a second label; nothing is
//! cut, and the diagnosis does not stand on it.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use riktig_chain::pharmacy::Label;
use riktig_codes::Day;
use riktig_eresept::Withheld;
use riktig_journal::policy::Act;
use serde::Deserialize;

use super::counter::Which;
use super::desk::Desk;
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::pages::chain::filled::Shown;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// Lines of a label: forty millimetres less the margins, at four millimetres each.
const LINES: usize = 9;

/// The labels of one dispensing.
#[derive(Debug, Template)]
#[template(path = "pharmacy/label.html")]
pub(crate) struct LabelPage {
    shell: Shell,
    labels: Vec<Vec<String>>,
    of: Of,
    patient: String,
    name: String,
    dosage: String,
}

impl Framed for LabelPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Of which dispensing.
#[derive(Debug, Deserialize)]
pub(crate) struct Of {
    #[serde(flatten)]
    which: Which,
    /// The day of handing out.
    day: String,
    /// What was handed out instead of the prescribed product.
    #[serde(default)]
    instead: String,
    /// The patient's name as the pharmacist typed it; it is printed and not kept.
    #[serde(default)]
    name: String,
    /// How it is taken, where that is not as it was prescribed.
    #[serde(default)]
    dosage: String,
}

/// Longest text that is typed for a label.
const LONGEST: usize = 200;

/// `POST /pharmacy/label`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(of): Form<Of>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &visit, shell, Act::SeeAtPharmacy).await?;
    let (patient, id) = of.which.read()?;
    let day: Day = of.day.parse().map_err(|_| Failure::Invalid)?;
    let at_hand = desk.look(&patient, &id).await?;
    let instead = Some(of.instead.trim()).filter(|it| !it.is_empty());
    let name = desk.dispensary()?.name().to_owned();
    let label = Label::of(&at_hand.counter, instead, day, &name).ok_or(Failure::Invalid)?;
    let label = typed(label, (&of.name, &of.dosage))?;
    let page = LabelPage {
        shell: desk.shell,
        labels: pages(&label.lines()),
        patient: Shown::of(patient, desk.today).digits,
        name: label.patient.reveal().to_owned(),
        dosage: label.dosage.clone().unwrap_or_default(),
        of,
    };
    Ok(Page::new(page).into_response())
}

/// With what the pharmacist typed for it.
fn typed(mut label: Label, (name, dosage): (&str, &str)) -> Result<Label, Failure> {
    let read = |text: &str| {
        let text = text.trim();
        let fits = text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
        fits.then(|| Some(text.to_owned()).filter(|it| !it.is_empty()))
            .ok_or(Failure::Invalid)
    };
    if let Some(name) = read(name)? {
        label.patient = Withheld::new(name);
    }
    if let Some(dosage) = read(dosage)? {
        label.dosage = Some(dosage);
    }
    Ok(label)
}

/// Each label but the only one ends with its number, so that one that is lost is missed.
fn pages(lines: &[String]) -> Vec<Vec<String>> {
    if lines.len() <= LINES {
        return vec![lines.to_vec()];
    }
    let parts: Vec<&[String]> = lines.chunks(LINES - 1).collect();
    let all = parts.len();
    let numbered = (1..).zip(parts).map(|(number, part)| {
        let mut part = part.to_vec();
        part.push(format!("({number}/{all})"));
        part
    });
    numbered.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_goes_on_to_another_label_and_no_line_is_lost() {
        let lines: Vec<String> = (1..=20).map(|it| format!("line {it}")).collect();
        assert_eq!(pages(&lines[..LINES]), [lines[..LINES].to_vec()]);
        let labels = pages(&lines);
        assert_eq!(labels.len(), 3);
        assert!(labels.iter().all(|label| label.len() <= LINES));
        assert_eq!(labels[0].last().map(String::as_str), Some("(1/3)"));
        let said: Vec<String> = labels.concat();
        assert!(lines.iter().all(|line| said.contains(line)));
    }
}
