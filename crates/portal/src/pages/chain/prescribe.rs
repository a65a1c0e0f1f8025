//! `GET` and `POST /prescribe`: from the patient to the confirmation. Every step carries the whole form; nothing is kept, and nothing of it stands in an
//! address.

use askama::Template;
use axum::Form;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use riktig_chain::prescriber::{Order, PrescriptionNumber};
use riktig_codes::{Day, DiagnosisCode, HprNumber};
use riktig_eresept::MessageId;
use riktig_eresept::control::{Control, Rejection};
use riktig_guideline::{Diagnosis, Guideline, SwitchedOff};
use riktig_journal::policy::{About, Act};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::advised::{Advised, context};
use super::draft::{self, Draft, Problem, diagnosis, judged};
use super::filled::{Filled, Shown};
use super::meant::{Meant, meant};
use super::offered::{Choice, Group, choices, offers};
use super::renewed::{self, Renewed};
use crate::diagnosis_name;
use crate::failure::Failure;
use crate::hooks;
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::prescribing::{self, Lack};
use crate::shell::Shell;
use crate::visit::Visit;

/// The form: only the patient and the diagnosis at first, all of it from then on.
#[derive(Debug, Template)]
#[template(path = "chain/prescribe.html")]
pub(crate) struct PrescribePage {
    shell: Shell,
    filled: Filled,
    patient: Option<Shown>,
    said_of_patient: String,
    /// What the code is called in the guideline; empty where it is not told.
    diagnosis_name: String,
    /// Codes for a diagnosis that was written in words.
    meant: Vec<Meant>,
    /// Name and number of the demo's patients, before there is one; elsewhere there are none.
    invented: Vec<[String; 2]>,
    advice: Advised,
    /// A danger was not shown before: it is shown first, and whoever looks it over again goes on.
    held: bool,
    groups: Vec<Group>,
    choices: [Vec<Choice>; 2],
    problems: Vec<Problem>,
    /// The last day if none is written, for the drug that is chosen.
    last_day: String,
}

/// What will be sent, before it is.
#[derive(Debug, Template)]
#[template(path = "chain/confirm.html")]
pub(crate) struct ConfirmPage {
    shell: Shell,
    filled: Filled,
    patient: Shown,
    said_of_patient: String,
    rows: Vec<[String; 2]>,
    /// What the controls would say, and take the prescription all the same.
    warnings: Vec<String>,
    advice: Advised,
    /// What the condition that the drug was chosen for is not meant for; empty: nothing.
    not_for: String,
    to: String,
}

impl Framed for PrescribePage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

impl Framed for ConfirmPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What a link to the page may propose: a code, and never whose.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Proposed {
    diagnosis: String,
}

/// `GET /prescribe`: an empty form, or one with the diagnosis that the link proposes. What is no code is not proposed.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    proposed: Result<Query<Proposed>, QueryRejection>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &visit, shell).await?;
    let Query(proposed) = proposed.unwrap_or_default();
    let filled = Filled {
        diagnosis: proposed.diagnosis.trim().to_owned(),
        ..Filled::default()
    };
    let filled = match diagnosis(&filled) {
        Ok(_) => filled,
        Err(()) => Filled::default(),
    };
    Ok(desk.form(filled, Vec::new()))
}

/// `POST /prescribe`: the next step.
pub(crate) async fn step(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(mut filled): Form<Filled>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &visit, shell).await?;
    if !filled.meant.is_empty() {
        filled.diagnosis = std::mem::take(&mut filled.meant);
    }
    if filled.patient.number().is_none() {
        let problem = desk.say("patient", Key("prescribe-problem-patient"));
        return Ok(desk.form(filled, vec![problem]));
    }
    if diagnosis(&filled).is_err() {
        let problem = desk.say("diagnosis", Key("prescribe-problem-diagnosis"));
        let problems = match desk.meant(&filled).is_empty() {
            true => vec![problem],
            false => Vec::new(),
        };
        return Ok(desk.form(filled, problems));
    }
    let wrong = desk.wrong(&filled);
    if !wrong.is_empty() {
        return Ok(desk.form(filled, wrong));
    }
    if !filled.take.is_empty() {
        desk.fill(&mut filled);
        return Ok(desk.form(filled, Vec::new()));
    }
    if filled.step != "check" {
        return Ok(desk.form(filled, Vec::new()));
    }
    match desk.read(&portal, &filled) {
        Ok((draft, warnings)) => {
            let renewed = match Renewed::of(&desk, &visit, &filled).await? {
                Renewed::Nothing => None,
                Renewed::This(words) => Some(words),
                Renewed::Gone => {
                    let problems = renewed::gone(desk.shell.lang);
                    return Ok(desk.form(filled, problems));
                }
            };
            let warned = desk.advice(&filled).warned;
            if !warned.is_empty() && warned != filled.warned {
                return Ok(desk.form(filled, Vec::new()));
            }
            desk.confirm(portal.now(), filled, (&draft, warnings, renewed))
        }
        Err(problems) => Ok(desk.form(filled, problems)),
    }
}

/// What every step needs.
pub(super) struct Desk {
    pub(super) portal: Portal,
    pub(super) shell: Shell,
    pub(super) today: Day,
    off: SwitchedOff,
    to: String,
    can_sign: bool,
    pub(super) doctor: HprNumber,
}

impl Desk {
    /// The doctor's desk, if the portal sends prescriptions and the policy lets this person write them.
    pub(super) async fn of(portal: &Portal, visit: &Visit, shell: Shell) -> Result<Desk, Failure> {
        let doctor = visit.doctor()?;
        visit
            .look(portal, Act::SeeOwn, About::Prescriber(doctor))
            .await?;
        let prescriber = portal.prescriber().ok_or(Failure::NotFound)?;
        let unknown = || Failure::Unavailable("which rules are switched off cannot be told".into());
        Ok(Desk {
            portal: portal.clone(),
            off: hooks::switched_off(portal).await.ok_or_else(unknown)?,
            today: moment::day(portal.now()),
            to: prescriber.intermediary().name.clone(),
            can_sign: prescriber.can_sign(doctor),
            doctor,
            shell,
        })
    }

    /// The prescription that the form says, with what the controls of the chain would warn of; or what must be mended, in their words.
    pub(super) fn read(
        &self,
        portal: &Portal,
        filled: &Filled,
    ) -> Result<(Draft, Vec<String>), Vec<Problem>> {
        let lang = self.shell.lang;
        let draft = Draft::read(filled, lang, self.today)?;
        if !self.can_sign {
            return Err(vec![self.say("patient", Key("prescribe-problem-key"))]);
        }
        let nobody = || vec![self.say("patient", Key("prescribe-problem-key"))];
        let prescriber = portal.prescriber().ok_or_else(nobody)?;
        let order = self.order(&draft, &MessageId::parse("draft").expect("a short text"));
        let order = order.map_err(|lack| vec![["drug".to_owned(), lack.to_string()]])?;
        let found = prescriber.checked(&order, self.today);
        if !found.is_accepted() {
            let problem = |it: &Rejection| [field(it.control).to_owned(), words(lang, it)];
            return Err(found.refused.iter().map(problem).collect());
        }
        let warnings = found.warnings.iter().map(|it| words(lang, it)).collect();
        Ok((draft, warnings))
    }

    /// The draft as the chain has it, with this id.
    pub(super) fn order(&self, draft: &Draft, id: &MessageId) -> Result<Order, Lack> {
        let order = prescribing::order(&draft.order(id.as_str(), self.doctor), id.clone())?;
        // The page asks whether it waits: not ticked is *no*.
        Ok(Order {
            waiting: Some(draft.waiting),
            ..order
        })
    }

    pub(super) fn say(&self, field: &str, key: Key) -> Problem {
        [field.to_owned(), self.shell.lang.say(key)]
    }

    fn offers(&self, filled: &Filled) -> Vec<Group> {
        let patient = filled.patient.number().map(|it| Shown::of(it, self.today));
        let found = diagnosis(filled).ok().flatten();
        let (Some(patient), Some(found)) = (patient, found) else {
            return Vec::new();
        };
        let guideline = hooks::guideline(&self.portal);
        let whose = (&patient, &filled.told);
        let (context, _) = context(guideline, whose, Some(found), self.today);
        offers(self.shell.lang, guideline, &self.off, (found, &context))
    }

    /// What was told of the patient and cannot be read.
    fn wrong(&self, filled: &Filled) -> Vec<Problem> {
        let Some(patient) = filled.patient.number() else {
            return Vec::new();
        };
        let (guideline, patient) = (
            hooks::guideline(&self.portal),
            Shown::of(patient, self.today),
        );
        let whose = (&patient, &filled.told);
        let (_, wrong) = context(guideline, whose, None, self.today);
        wrong.iter().map(|it| it.words(self.shell.lang)).collect()
    }

    /// What the words that stand in place of a code may mean.
    fn meant(&self, filled: &Filled) -> Vec<Meant> {
        let guideline = hooks::guideline(&self.portal);
        match diagnosis(filled) {
            Ok(_) => Vec::new(),
            Err(()) => meant(self.shell.lang, guideline, &filled.diagnosis),
        }
    }

    fn fill(&self, filled: &mut Filled) {
        let take = std::mem::take(&mut filled.take);
        if let Some(offer) = self
            .offers(filled)
            .iter()
            .flat_map(|it| &it.offers)
            .find(|it| it.told.source.rule == take)
        {
            offer.fill(filled);
        }
    }

    fn advice(&self, filled: &Filled) -> Advised {
        let Some(patient) = filled.patient.number() else {
            return Advised::nothing();
        };
        let found = diagnosis(filled).ok().flatten();
        let guideline = hooks::guideline(&self.portal);
        let patient = Shown::of(patient, self.today);
        let told = &filled.told;
        let (context, _) = context(guideline, (&patient, told), found, self.today);
        let order = judged(filled, self.today);
        Advised::of(
            self.shell.lang,
            guideline,
            &self.off,
            (context, told, order),
        )
    }

    /// The form, with what must be mended in it.
    pub(super) fn form(self, filled: Filled, problems: Vec<Problem>) -> Response {
        let lang = self.shell.lang;
        let status = match problems.is_empty() {
            true => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let patient = filled.patient.number().map(|it| Shown::of(it, self.today));
        let advice = self.advice(&filled);
        let groups = self.offers(&filled);
        let last_day = draft::drug(&filled).and_then(|it| draft::last_day(it, self.today));
        let page = PrescribePage {
            said_of_patient: patient.as_ref().map(|it| it.said(lang)).unwrap_or_default(),
            meant: self.meant(&filled),
            invented: match patient.is_none() {
                true => self.portal.invented_patients(),
                false => Vec::new(),
            },
            diagnosis_name: name(lang, diagnosis(&filled).ok().flatten()),
            held: filled.step == "check" && problems.is_empty() && !advice.dangers.is_empty(),
            advice,
            choices: choices(lang, &groups, &filled.drug),
            groups,
            last_day: last_day.map(|it| it.to_string()).unwrap_or_default(),
            patient,
            problems,
            filled,
            shell: self.shell,
        };
        Page::with_status(status, page).into_response()
    }

    /// What the condition that offers this drug first is not meant for.
    fn not_for(&self, filled: &Filled, draft: &Draft) -> String {
        let groups = self.offers(filled);
        let of_drug = |it: &Group| it.offers.iter().any(|it| it.drug == draft.drug);
        let group = groups.into_iter().find(of_drug);
        group.map(|it| it.not_for).unwrap_or_default()
    }

    fn confirm(
        self,
        now: Timestamp,
        mut filled: Filled,
        (draft, warnings, renewed): (&Draft, Vec<String>, Option<String>),
    ) -> Result<Response, Failure> {
        let lang = self.shell.lang;
        let renewed = renewed.map(|words| [lang.say(Key("prescribe-renews")), words]);
        let patient = Shown::of(draft.patient, self.today);
        let id = PrescriptionNumber::draw(now).map_err(Failure::internal)?;
        filled.id = id.to_string();
        filled.by = self.doctor.to_string();
        let page = ConfirmPage {
            said_of_patient: patient.said(lang),
            advice: self.advice(&filled),
            not_for: self.not_for(&filled, draft),
            rows: rows(lang, draft).into_iter().chain(renewed).collect(),
            warnings,
            to: self.to,
            patient,
            filled,
            shell: self.shell,
        };
        Ok(Page::new(page).into_response())
    }
}

/// The field that a control is about.
pub(crate) fn field(control: Control) -> &'static str {
    use Control::*;
    match control {
        DiagnosisMissing
        | DiagnosisNotAsked
        | DiagnosisSystem
        | DiagnosisCode
        | DiagnosisProcess
        | DiagnosisNotRecommended
        | Sex
        | Age => "diagnosis",
        Expired | ValidityTooLong | Dates => "expires",
        IdentityMissing | IdentityWrong | IdentityInsufficient => "patient",
        _ => "drug",
    }
}

/// Why, in the reader's language.
pub(crate) fn words(lang: Lang, found: &Rejection) -> String {
    let words = &found.words;
    match lang {
        Lang::Nb => words.nb.clone(),
        Lang::Nn => words.nn.clone(),
        Lang::En => words.en.clone(),
    }
}

/// What is sent, a row each, in the words of the page; what stands on the label is Norwegian.
pub(super) fn rows(lang: Lang, draft: &Draft) -> Vec<[String; 2]> {
    let told = draft.diagnosis.map(|it| match sent_name(lang, it) {
        Some(name) => format!("{name} ({})", code(it)),
        None => code(it),
    });
    let on = |day: Day| lang.day(&day.to_string());
    let waiting = draft.not_before.map(|day| {
        let day = on(day);
        lang.fill(Key("prescribe-waits-until"), &[("day", Arg::Text(&day))])
    });
    let rows = [
        (Key("prescribe-diagnosis"), told),
        (Key("prescribe-drug"), Some(draft.name())),
        (Key("prescribe-dosage"), Some(draft.dosage())),
        (Key("prescribe-area"), draft.area()),
        (Key("prescribe-packs"), Some(draft.packs.to_string())),
        (Key("prescribe-waiting"), waiting),
        (Key("prescribe-expires"), Some(on(draft.expires))),
    ];
    let row = |(key, value): (Key, Option<String>)| Some([lang.say(key), value?]);
    rows.into_iter().filter_map(row).collect()
}

/// A code as it is shown.
fn code(diagnosis: Diagnosis) -> String {
    match diagnosis {
        Diagnosis::Icpc2(code) => code.to_string(),
        Diagnosis::Icd10(code) => code.dotted().to_string(),
        Diagnosis::Snomed(concept) => concept.to_string(),
    }
}

/// What a diagnosis is called on the prescription, in the language of the page.
fn sent_name(lang: Lang, diagnosis: Diagnosis) -> Option<String> {
    let code = match diagnosis {
        Diagnosis::Icpc2(code) => DiagnosisCode::Icpc2(code),
        Diagnosis::Icd10(code) => DiagnosisCode::Icd10(code),
        Diagnosis::Snomed(_) => return None,
    };
    diagnosis_name::name_in(lang, code)
}

/// What the guideline calls a diagnosis; where it may mean several things, all of them.
fn name(lang: Lang, diagnosis: Option<Diagnosis>) -> String {
    let Some(diagnosis) = diagnosis else {
        return String::new();
    };
    let conditions = Guideline::shipped().conditions().iter();
    let names: Vec<&str> = conditions
        .filter(|it| it.codes.hold(diagnosis))
        .map(|it| lang.of_told(&it.name))
        .collect();
    names.join(" / ")
}
