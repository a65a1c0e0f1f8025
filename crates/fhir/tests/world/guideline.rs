//! A small guideline of the tests' own, so that no edit of the real one changes what they see.

use std::sync::LazyLock;

use riktig_guideline::Guideline;

static GUIDELINE: LazyLock<Guideline> = LazyLock::new(|| {
    let conditions = [
        pneumonia(),
        bronchitis(),
        cystitis(),
        exacerbation(),
        impetigo(),
    ];
    let files = conditions.iter().map(|(name, text)| (*name, text.as_str()));
    let guideline = Guideline::from_files(&findings(), &safety(), files);
    guideline
        .and_then(|it| it.with_dangers(&dangers()))
        .unwrap()
});

pub(crate) fn guideline() -> &'static Guideline {
    &GUIDELINE
}

fn basis(of: &str, status: &str) -> String {
    format!(
        "[{of}.basis]\nstatus = \"{status}\"\nsource = \"https://guideline.example.org/topic\"\nedition = \"2025\"\nvalid_from = 2021-01-01\n"
    )
}

fn told(of: &str, text: &str) -> String {
    format!("[{of}]\nnb = \"{text} (nb)\"\nnn = \"{text} (nn)\"\nen = \"{text}\"\n")
}

fn condition(id: &str, codes: &str, applies: &str, rules: &[String]) -> String {
    let name = told("name", id);
    let head = format!(
        "id = \"{id}\"\nsource = \"https://guideline.example.org/{id}\"\nreview_by = 2027-12-31\nauthor = \"A\"\napprover = \"B\"\n{applies}\n"
    );
    format!("{head}{name}[codes]\n{codes}\n{}", rules.join("\n"))
}

fn indication(stance: &str, when: &str) -> String {
    let told = told("indication.told", stance);
    let basis = basis("indication", "guideline");
    format!(
        "[[indication]]\nid = \"{stance}\"\nstance = \"{stance}\"\nwhen = [{when}]\n{told}{basis}"
    )
}

fn line(id: &str, rank: u8, drug: &str, how: &str) -> String {
    let basis = basis("line", "guideline");
    format!(
        "[[line]]\nid = \"{id}\"\nrank = {rank}\natc = \"{drug}\"\nroute = \"oral\"\n{how}\n{basis}"
    )
}

fn findings() -> String {
    let finding = |id: &str, rest: &str| {
        format!(
            "[[finding]]\nid = \"{id}\"\n{rest}\n{}",
            told("finding.name", id)
        )
    };
    [
        finding("signs_of_viral_cause", ""),
        finding("gravely_ill", ""),
        finding("crp", "unit = \"mg/l\"\nlaboratory = [\"1988-5\"]"),
        finding("crb65", "unit = \"points\""),
        finding("suspected_sepsis", ""),
        finding("cough", "snomed = [49727002]"),
        finding(
            "fever",
            "diagnoses = [\"icpc2:A03\", \"icd10:R50\"]\nbody_temperature_from = 38.0",
        ),
    ]
    .join("\n")
}

fn dangers() -> String {
    let name = told("danger.name", "a grave illness");
    format!("[[danger]]\nid = \"grave\"\nwhen = [\"gravely_ill\"]\n{name}")
}

fn safety() -> String {
    let basis = basis("allergy_class", "guideline");
    format!(
        "author = \"A\"\napprover = \"B\"\n[[allergy_class]]\nid = \"penicillins\"\nmembers = [\"J01C\"]\n{basis}"
    )
}

fn pneumonia() -> (&'static str, String) {
    let adults = "population = [\"age >= 18 years\"]\ndose_mg = 1000\ntimes_per_day = 4\ndays = 5";
    let unread = line(
        "amoxicillin",
        2,
        "J01CA04",
        "dose_mg = 500\ntimes_per_day = 3\ndays = 5",
    )
    .replace("status = \"guideline\"", "status = \"incomplete\"");
    let rules = [
        indication("offer", "\"not signs_of_viral_cause\""),
        line("penicillin-v", 1, "J01CE02", adults),
        unread,
    ];
    let codes = "icpc2 = [\"R81\"]\nicd10 = [\"J18.9\"]\nsnomed = [385093006]";
    (
        "pneumonia.toml",
        condition(
            "pneumonia",
            codes,
            "applies = [\"not nursing_home\"]",
            &rules,
        ),
    )
}

fn bronchitis() -> (&'static str, String) {
    let rules = [indication("no_antibiotic", "")];
    (
        "acute_bronchitis.toml",
        condition("acute_bronchitis", "icpc2 = [\"R78\"]", "", &rules),
    )
}

/// A combination: two substances, one of which no number can say.
fn cystitis() -> (&'static str, String) {
    let rules = [
        indication("offer", ""),
        line(
            "both",
            1,
            "J01EE01",
            "dose_mg = [160, 800]\ntimes_per_day = 2\ndays = 3",
        ),
        line(
            "alone",
            1,
            "J01EA01",
            "dose_mg = 160\ntimes_per_day = 2\ndays_between = [3, 5]",
        ),
    ];
    (
        "cystitis.toml",
        condition("cystitis", "icpc2 = [\"U71\"]", "", &rules),
    )
}

/// A first day that differs.
fn exacerbation() -> (&'static str, String) {
    let how = "dose_mg = 100\nfirst_day_mg = 200\ntimes_per_day = 1\ndays = 5";
    let rules = [
        indication("offer", ""),
        line("doxycycline", 1, "J01AA02", how),
    ];
    (
        "exacerbation.toml",
        condition("exacerbation", "icpc2 = [\"R95\"]", "", &rules),
    )
}

/// A dose by weight, up to what an adult gets.
fn impetigo() -> (&'static str, String) {
    let child =
        "population = [\"age < 18 years\"]\ndose_mg_per_kg = 12.5\ntimes_per_day = 4\ndays = 7";
    let adult = "population = [\"age >= 18 years\"]\ndose_mg_between = [500, 1000]\ntimes_per_day = [3, 4]\ndays = 7";
    let rules = [
        indication("offer", ""),
        line("child", 1, "J01CF01", child),
        line("adult", 1, "J01CF01", adult),
    ];
    (
        "impetigo.toml",
        condition("impetigo", "icpc2 = [\"S84\"]", "", &rules),
    )
}
