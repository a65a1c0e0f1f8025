//! The label (etikett) on what is handed out.

use riktig_codes::Day;
use riktig_eresept::Withheld;

use super::Counter;

/// Characters in a line of a label.
pub const LABEL_WIDTH: usize = 40;

/// What stands on a label. It carries the patient's name and what the drug is for in the prescriber's words, never the diagnosis code: a
/// label is read by whoever sees the box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The patient's name; empty where the message has none.
    pub patient: Withheld,
    /// The patient's day of birth: with the name it tells two of the same name apart, without a name whose it is.
    pub born: Option<Day>,
    /// The drug's name, form and strength: of what was handed out.
    pub drug: String,
    /// How it is taken.
    pub dosage: Option<String>,
    /// What for, in words (bruksområde).
    pub use_text: Option<String>,
    /// Who prescribed: the name, or the HPR number where the message has no name.
    pub prescriber: Withheld,
    /// The day of dispensing.
    pub dispensed: Day,
    /// The pharmacy.
    pub pharmacy: String,
}

impl Label {
    /// The label of a prescription for what is handed out: the prescribed drug, or `instead` of it. None where neither has a name.
    pub fn of(
        counter: &Counter,
        instead: Option<&str>,
        dispensed: Day,
        pharmacy: &str,
    ) -> Option<Self> {
        let drug = instead
            .map(str::to_owned)
            .or_else(|| counter.drug.clone())?;
        Some(Self {
            patient: counter.patient_name.clone(),
            born: counter.patient.birth_date(),
            drug,
            dosage: counter.dosage.clone(),
            use_text: counter.use_text.clone(),
            prescriber: match counter.prescriber_name.reveal().trim() {
                "" => Withheld::new(format!("HPR-nummer {}", counter.prescriber)),
                name => Withheld::new(name),
            },
            dispensed,
            pharmacy: pharmacy.to_owned(),
        })
    }

    /// As lines of at most [`LABEL_WIDTH`] characters. Nothing is cut: what is long takes more lines, broken between words.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![];
        let mut write = |text: &str| lines.extend(wrapped(text));
        write(&self.whose());
        write(&self.drug);
        // Without a dosage the label must not look as if there were none to follow.
        write(
            self.dosage
                .as_deref()
                .unwrap_or("Dosering: se egen veiledning"),
        );
        if let Some(text) = self
            .use_text
            .as_deref()
            .filter(|text| !text.trim().is_empty())
        {
            // As it was written: what is against something and what prevents it cannot be told apart here.
            write(&format!("Bruksområde: {}", text.trim()));
        }
        write(&format!("Rekvirent: {}", self.prescriber.reveal()));
        write(&format!("{} {}", norwegian(self.dispensed), self.pharmacy));
        lines
    }

    fn whose(&self) -> String {
        let name = self.patient.reveal().trim();
        match (name, self.born.map(norwegian)) {
            ("", Some(born)) => format!("Født {born}"),
            (name, Some(born)) => format!("{name} f. {born}"),
            (name, None) => name.to_owned(),
        }
    }

    /// As text.
    pub fn text(&self) -> String {
        self.lines()
            .iter()
            .map(|line| format!("{line}\n"))
            .collect()
    }
}

fn norwegian(day: Day) -> String {
    let iso = day.to_string();
    let mut parts = iso.splitn(3, '-');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day)) => format!("{day}.{month}.{year}"),
        _ => iso,
    }
}

fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace().flat_map(pieces) {
        let line = lines
            .last_mut()
            .expect("there is a line from the beginning");
        let room = if line.is_empty() {
            0
        } else {
            line.chars().count() + 1
        };
        if room + word.chars().count() <= LABEL_WIDTH {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        } else {
            lines.push(word);
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// A word that is longer than a line, in lines.
fn pieces(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters
        .chunks(LABEL_WIDTH)
        .map(|piece| piece.iter().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(dosage: Option<&str>, use_text: Option<&str>) -> Label {
        Label {
            patient: Withheld::new("Kari Oppdiktet"),
            born: "1990-05-04".parse().ok(),
            drug: "Apocillin Tab 660 mg".to_owned(),
            dosage: dosage.map(str::to_owned),
            use_text: use_text.map(str::to_owned),
            prescriber: Withheld::new("Ola Testlege"),
            dispensed: "2026-03-02".parse().unwrap(),
            pharmacy: "Testapoteket".to_owned(),
        }
    }

    #[test]
    fn a_label_says_whose_what_how_what_for_by_whom_and_when() {
        let label = label(
            Some("1 tablett 4 ganger daglig i 5 dager"),
            Some("mot bihulebetennelse"),
        );
        assert_eq!(
            label.text(),
            "Kari Oppdiktet f. 04.05.1990\nApocillin Tab 660 mg\n1 tablett 4 ganger daglig i 5 dager\n\
             Bruksområde: mot bihulebetennelse\nRekvirent: Ola Testlege\n02.03.2026 Testapoteket\n"
        );
    }

    #[test]
    fn without_a_name_the_day_of_birth_tells_whose_it_is() {
        let nameless = Label {
            patient: Withheld::new(" "),
            ..label(None, None)
        };
        assert!(
            nameless.text().starts_with("Født 04.05.1990\n"),
            "{}",
            nameless.text()
        );
    }

    #[test]
    fn what_is_long_takes_more_lines_and_loses_no_word() {
        let dosage = "2 tabletter morgen og kveld den første dagen, deretter 1 tablett morgen og kveld til pakningen er tom";
        let lines = label(Some(dosage), Some("mot halsbetennelse")).lines();
        assert!(
            lines.iter().all(|line| line.chars().count() <= LABEL_WIDTH),
            "{lines:?}"
        );
        let text = lines.join(" ");
        assert!(
            text.contains(dosage) && text.contains(" Bruksområde: mot halsbetennelse "),
            "{text}"
        );
        let long = "a".repeat(LABEL_WIDTH + 1);
        assert_eq!(wrapped(&long).concat(), long);
    }

    #[test]
    fn a_label_without_a_dosage_says_that_there_is_one_elsewhere() {
        let text = label(None, Some(" ")).text();
        assert!(
            text.contains("Dosering: se egen veiledning") && !text.contains("Bruksområde"),
            "{text}"
        );
    }
}
