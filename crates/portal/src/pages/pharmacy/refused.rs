//! Why another link of the chain refused something, in the reader's language.

use riktig_eresept::control::Control;
use riktig_eresept::prescription::refusal_words;
use riktig_reports::Lang;
use riktig_reports::text::Key;

use super::desk::in_language;

/// Codes of our own whose words on the wire are for a vendor, in English or bokmål.
const OWN: [(&str, Key); 19] = [
    ("RIKTIG-I01", Key("pharmacy-refused-i01")),
    ("RIKTIG-I02", Key("pharmacy-refused-i02")),
    ("RIKTIG-I03", Key("pharmacy-refused-i03")),
    ("RIKTIG-I04", Key("pharmacy-refused-i04")),
    ("RIKTIG-I05", Key("pharmacy-refused-i05")),
    ("RIKTIG-I06", Key("pharmacy-refused-i06")),
    ("RIKTIG-I07", Key("pharmacy-refused-i07")),
    ("RIKTIG-I09", Key("pharmacy-refused-i09")),
    ("RIKTIG-I10", Key("pharmacy-refused-i10")),
    ("RIKTIG-I11", Key("pharmacy-refused-i11")),
    ("RIKTIG-I12", Key("pharmacy-refused-i12")),
    ("RIKTIG-I15", Key("pharmacy-refused-i15")),
    ("RIKTIG-I16", Key("pharmacy-refused-i16")),
    ("RIKTIG-R01", Key("pharmacy-refused-r01")),
    ("RIKTIG-P01", Key("pharmacy-refused-p01")),
    ("RIKTIG-L01", Key("pharmacy-refused-l01")),
    ("RIKTIG-L04", Key("pharmacy-refused-l04")),
    ("RIKTIG-L05", Key("pharmacy-refused-l05")),
    ("RIKTIG-L06", Key("pharmacy-refused-l06")),
];

/// A refusal `RIKTIG-I02: the signer is …` in the reader's language, with its code behind it; a control's sentence in the reader's language. What has no
/// code of ours is told as it came.
pub(crate) fn words(lang: Lang, told: &str) -> String {
    let Some((code, original)) = told
        .split_once(": ")
        .filter(|it| it.0.starts_with("RIKTIG-"))
    else {
        return told.to_owned();
    };
    if let Some(said) = Control::said(code, original) {
        return in_language(lang, &said).to_owned();
    }
    by_code(lang, code).map_or_else(|| original.to_owned(), |words| format!("{words} ({code})"))
}

/// The words of a code of ours.
pub(super) fn by_code(lang: Lang, code: &str) -> Option<String> {
    if let Some((_, key)) = OWN.iter().find(|(own, _)| *own == code) {
        return Some(lang.say(*key));
    }
    refusal_words(code).map(|words| in_language(lang, &words).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_ours_is_told_in_the_readers_language_and_other_words_as_they_came() {
        let told = "RIKTIG-I02: the signer is not the sender";
        assert!(
            words(Lang::Nb, told).starts_with("Signaturen "),
            "{}",
            words(Lang::Nb, told)
        );
        assert!(words(Lang::Nn, told).ends_with("(RIKTIG-I02)"));
        let other = "RIKTIG-C01: Resepten mangler diagnosekode.";
        assert_eq!(words(Lang::Nb, other), "Resepten mangler diagnosekode.");
        let twice = Control::Duplicate.sentence();
        let told = format!("RIKTIG-C12: {}", twice.nb);
        assert_eq!(words(Lang::Nn, &told), twice.nn);
        assert_eq!(words(Lang::En, &told), twice.en);
        assert_eq!(words(Lang::En, "Utløpt: i går"), "Utløpt: i går");
        let left = words(Lang::En, "RIKTIG-L07: Det er ikke så mye igjen.");
        assert!(
            left.contains("left") && left.ends_with("(RIKTIG-L07)"),
            "{left}"
        );
    }
}
