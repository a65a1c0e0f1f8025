//! From a resource to an order.

use riktig_codes::Day;
use serde_json::Value;

use super::drug::{GROUPS, Named, code_of_drug, group_of, name};
use super::error::OrderError;
use super::extension::{WAITING, code, day, extension, in_thousandths, text, thousandths};
use super::left::left;
use super::order::{Amount, Dose, Drug, Kind, Order, Reimbursement, Taken, Use};
use super::person::{self, Number};
use super::quantity::{quantity, whole};
use super::reason::Reasons;
use crate::resource::{MedicationOrder, View};

/// An order as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// What it says.
    pub order: Order,
    /// Elements that say something and cannot be understood. Nothing may be prescribed while one stands here: what is left of the order
    /// may mean something else.
    pub unread: Vec<&'static str>,
}

impl Read {
    /// Reads an order; `find` knows the resources that came with it by their reference.
    ///
    /// ```
    /// use riktig_fhir::prescribing::Read;
    /// let order = serde_json::json!({ "resourceType": "MedicationRequest", "status": "active", "intent": "order",
    ///     "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "J01CE02" }] },
    ///     "reasonCode": [{ "coding": [{ "system": "2.16.578.1.12.4.1.1.7170", "code": "R75" }] }],
    ///     "dispenseRequest": { "numberOfRepeatsAllowed": "many" } });
    /// let read = Read::of(&order, |_| None)?;
    /// assert_eq!(read.order.reasons.one()?.unwrap().code(), "R75");
    /// // Something stands there, and nobody knows what: it is said, and the number of repeats is not known.
    /// assert_eq!((read.order.reiterations, read.unread), (None, vec!["dispenseRequest.numberOfRepeatsAllowed"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Another resource, one that is not to be carried out, or one whose meaning something unknown modifies.
    pub fn of<'a>(
        resource: &'a Value,
        find: impl Fn(&str) -> Option<&'a Value>,
    ) -> Result<Self, OrderError> {
        let view = View::of(resource);
        let order = MedicationOrder::of(view).ok_or(OrderError::NotAnOrder)?;
        if view.text("status") != Some("active") {
            return Err(OrderError::NotActive);
        }
        let ordered =
            ["order", "original-order"].contains(&view.text("intent").unwrap_or_default());
        if order.is_request() && !ordered {
            return Err(OrderError::NotOrdered);
        }
        if view
            .at("doNotPerform")
            .value()
            .is_some_and(|it| *it != Value::Bool(false))
        {
            return Err(OrderError::NotToBeGiven);
        }
        if view.each("modifierExtension").next().is_some() {
            return Err(OrderError::Modified);
        }
        let mut reading = Reading {
            view,
            order,
            amendment: extension(view, "sfm-reseptamendment"),
            dispense: view.at("dispenseRequest"),
            find: &find,
            unread: left(order, view),
        };
        let order = reading.read();
        Ok(Read {
            order,
            unread: reading.unread,
        })
    }
}

struct Reading<'a, 'f> {
    view: View<'a>,
    order: MedicationOrder<'a>,
    /// The profile's `sfm-reseptamendment`.
    amendment: Option<View<'a>>,
    dispense: View<'a>,
    find: &'f dyn Fn(&str) -> Option<&'a Value>,
    unread: Vec<&'static str>,
}

impl<'a> Reading<'a, '_> {
    fn read(&mut self) -> Order {
        let (reasons, understood) = Reasons::read(self.view);
        self.note("reasonCode", understood);
        let prescribed = self.prescribed();
        let (dosage, taken) = self.dosage();
        let (not_before, waiting) = self.waiting(prescribed);
        Order {
            id: self.id(),
            patient: self.patient(),
            prescriber: self.prescriber(),
            drug: self.drug(),
            dosage,
            taken,
            used: self.used(),
            application_area: self.application_area(),
            amount: self.amount(),
            reiterations: self.reiterations(),
            reasons,
            prescribed,
            expires: self.expires(),
            not_before,
            waiting,
            exchange: self.exchange(),
            reimbursement: self.reimbursement(),
            kind: self.kind(),
        }
    }

    fn note(&mut self, element: &'static str, understood: bool) {
        if !understood && !self.unread.contains(&element) {
            self.unread.push(element);
        }
    }

    /// What stood there, if it was understood; that it was not is noted.
    fn noted<T>(&mut self, element: &'static str, there: bool, read: Option<T>) -> Option<T> {
        self.note(element, read.is_some() || !there);
        read
    }

    /// What two places say of the same thing: one of them, or both alike. Where they differ, which is meant is not told.
    fn either<T: PartialEq>(
        &mut self,
        element: &'static str,
        (one, other): (Option<T>, Option<T>),
    ) -> Option<T> {
        if let (Some(one), Some(other)) = (&one, &other) {
            self.note(element, one == other);
        }
        one.or(other)
    }

    /// A part of the profile's extension.
    fn amended<T>(
        &mut self,
        (name, element): (&str, &'static str),
        read: impl Fn(View<'a>) -> Option<T>,
    ) -> Option<T> {
        let part = extension(self.amendment?, name)?;
        let read = read(part);
        self.noted(element, true, read)
    }

    fn id(&self) -> Option<String> {
        let typed = |it: &View<'_>| {
            let kind = it.at("type").text("text").unwrap_or_default();
            ["reseptid", "prescriptionid"].contains(&kind.to_ascii_lowercase().as_str())
        };
        let identifier = self.view.each("identifier").find(typed)?;
        identifier.text("value").map(str::to_owned)
    }

    fn patient(&mut self) -> Option<riktig_codes::NationalId> {
        let subject = self.view.at("subject");
        let own = person::identity(subject.each("identifier"));
        let number = match (own, self.referenced(subject)) {
            (Number::Absent, Some(patient)) => person::identity(patient.each("identifier")),
            (own, _) => own,
        };
        let (number, understood) = number.known();
        self.note("subject", understood);
        number
    }

    fn prescriber(&mut self) -> Option<riktig_codes::HprNumber> {
        let registered = extension(self.view, "sfm-regInfo");
        let provider = registered.and_then(|it| extension(it, "provider"));
        let provider = provider.map(|it| it.at("valueReference"));
        let stated = ["requester", "informationSource"].map(|key| self.view.at(key));
        let mut found = Number::Absent;
        for reference in stated.into_iter().chain(provider) {
            let own = person::hpr(reference.each("identifier"));
            found = match (own, self.professional(reference)) {
                (Number::Absent, Some(person)) => person::hpr(person.each("identifier")),
                (own, _) => own,
            };
            if !matches!(found, Number::Absent) {
                break;
            }
        }
        let (number, understood) = found.known();
        self.note("requester", understood);
        number
    }

    /// The person behind a reference, also behind a role.
    fn professional(&self, reference: View<'a>) -> Option<View<'a>> {
        let found = self.referenced(reference)?;
        match found.text("resourceType")? {
            "PractitionerRole" => {
                let practitioner = found.at("practitioner");
                let named = practitioner.at("identifier").value().is_some();
                if named {
                    return Some(practitioner);
                }
                self.referenced(practitioner)
            }
            _ => Some(found),
        }
    }

    fn referenced(&self, reference: View<'a>) -> Option<View<'a>> {
        let reference = reference.text("reference")?;
        let contained = self.order.contained(reference);
        contained.or_else(|| (self.find)(reference).map(View::of))
    }

    fn drug(&mut self) -> Drug {
        let product = self.order.product(self.find);
        let concept = self.order.drug(self.find);
        let (mut drug, mut understood) = (Drug::default(), true);
        for coding in concept.codings() {
            match code_of_drug(&coding) {
                Some(Named::Atc(atc)) => understood &= set(&mut drug.atc, atc),
                Some(Named::Fest(id)) => understood &= set(&mut drug.fest, id),
                Some(Named::Item(number)) => understood &= set(&mut drug.item, number),
                None => {}
            }
        }
        drug.name = name(self.view, product.map(|it| it.code()), &concept);
        let concept = self.view.at("medicationCodeableConcept");
        let stated = [Some(concept), product.map(|it| it.view())];
        for stated in stated.into_iter().flatten().filter_map(group_of) {
            let part = extension(stated, "prescriptiongroup").unwrap_or(stated);
            let group = code(part).map(|it| it.1);
            let group = group.filter(|it| GROUPS.contains(&it.as_str()));
            self.note("medication.extension", group.is_some());
            understood &= group.is_none_or(|it| set(&mut drug.group, it));
        }
        let stated = ["medicationCodeableConcept", "medicationReference"];
        let there = stated.iter().any(|it| self.view.at(it).value().is_some());
        let nothing = drug == Drug::default();
        self.note("medication", understood && !(there && nothing));
        drug
    }

    fn dosage(&mut self) -> (Option<String>, Taken) {
        let dosages = self.order.dosages();
        let texts: Vec<&str> = dosages
            .iter()
            .filter_map(|it| it.view().text("text"))
            .collect();
        let whole = self.amended(("dssn", "extension.dssn"), text);
        let joined = (!texts.is_empty() && texts.len() == dosages.len()).then(|| texts.join("; "));
        self.note("dosage", texts.is_empty() || joined.is_some());
        if let (Some(whole), Some(joined)) = (&whole, &joined) {
            self.note("dosage.text", same_words(whole, joined));
        }
        let words = whole.or(joined);
        let [one] = dosages.as_slice() else {
            // Several instructions are told by their words only.
            let has_numbers = |key| dosages.iter().any(|it| it.view().at(key).value().is_some());
            let numbers = has_numbers("timing") || has_numbers("doseAndRate");
            self.note("dosage", dosages.is_empty() || words.is_some() && !numbers);
            return (words, Taken::default());
        };
        let amount = one.view().at("doseAndRate");
        let dose = one.amount().and_then(|(value, unit)| {
            Some(Dose {
                thousandths: in_thousandths(value)?,
                unit: unit.to_owned(),
            })
        });
        let repeat = one.view().at("timing").at("repeat");
        let bounds = ["boundsDuration", "boundsPeriod", "boundsRange"];
        let bounded = bounds.iter().any(|it| repeat.at(it).value().is_some());
        let says = |it: &View<'_>| it.value().is_some();
        let often = ["frequency", "period", "periodUnit"]
            .map(|it| repeat.at(it))
            .iter()
            .any(says)
            || says(&one.view().at("timing").at("code"));
        let taken = Taken {
            dose: self.noted("dosage.doseAndRate", amount.value().is_some(), dose),
            times_per_day: self.noted("dosage.timing", often, one.times_per_day()),
            days: self.noted("dosage.timing.repeat.bounds", bounded, one.days()),
        };
        (words, taken)
    }

    /// An extension of the first instruction, where SFM has it; of the order, where others do.
    fn of_use(&self, name: &str) -> Option<View<'a>> {
        let first = self.order.dosages().first().map(|it| it.view());
        first
            .and_then(|it| extension(it, name))
            .or_else(|| extension(self.view, name))
    }

    /// Regular, course or as needed, from the places that say it; as needed is never a course.
    fn used(&mut self) -> Option<Use> {
        let stated = self.of_use("sfm-use");
        let used = stated.and_then(|it| Use::of(&code(it)?.1));
        let used = self.noted("extension.sfm-use", stated.is_some(), used);
        let course = self.view.concept("courseOfTherapyType");
        let found = course.codings().find_map(|it| match it.code {
            "acute" => Some(Use::Course),
            "continuous" => Some(Use::Regular),
            _ => None,
        });
        let there = self.view.at("courseOfTherapyType").value().is_some();
        let found = self.noted("courseOfTherapyType", there, found);
        let used = self.either("courseOfTherapyType", (used, found));
        let dosages = self.order.dosages();
        let mut flags = dosages
            .iter()
            .filter_map(|it| it.view().flag("asNeededBoolean"));
        match (flags.next(), used) {
            (None, used) => used,
            (Some(true), None) => Some(Use::AsNeeded),
            (Some(needed), used) => {
                let agree = needed == (used == Some(Use::AsNeeded));
                self.note(
                    "dosage.asNeededBoolean",
                    agree && flags.all(|it| it == needed),
                );
                used
            }
        }
    }

    fn application_area(&mut self) -> Option<String> {
        let area = self.of_use("sfm-application-area")?;
        let read = extension(area, "text")
            .and_then(text)
            .or_else(|| text(area));
        self.noted("extension.sfm-application-area", true, read)
    }

    fn amount(&mut self) -> Option<Amount> {
        let packs = self.amended(
            ("numberofpackages", "extension.numberofpackages"),
            thousandths,
        );
        let of = |part: View<'a>| quantity(part.at("valueQuantity"));
        let amount = self.amended(("amount", "extension.amount"), of);
        let amount = self.either("extension.amount", (packs.map(Amount::Packs), amount));
        let stated = self.dispense.at("quantity");
        let own = self.noted(
            "dispenseRequest.quantity",
            stated.value().is_some(),
            quantity(stated),
        );
        self.either("dispenseRequest.quantity", (amount, own))
    }

    fn reiterations(&mut self) -> Option<u8> {
        let few = |number: u64| u8::try_from(number).ok();
        let amended = |part| few(whole(thousandths(part)?)?);
        let reiterations = self.amended(("reit", "extension.reit"), amended);
        let (key, element) = (
            "numberOfRepeatsAllowed",
            "dispenseRequest.numberOfRepeatsAllowed",
        );
        let read = self.dispense.count(key).and_then(|it| few(u64::from(it)));
        let there = self.dispense.at(key).value().is_some();
        let own = self.noted(element, there, read);
        self.either(element, (reiterations, own))
    }

    /// Whether an equivalent may be handed out: of R4's two forms and of the profile's.
    fn exchange(&mut self) -> Option<bool> {
        let own = extension(self.view, "sfm-generic-substitution");
        let accepted = own.and_then(|it| {
            let parts = it.each("extension").count();
            let part = extension(it, "genericsubstitutionaccepted").filter(|_| parts == 1);
            part.unwrap_or(it).flag("valueBoolean")
        });
        let accepted = self.noted(
            "extension.sfm-generic-substitution",
            own.is_some(),
            accepted,
        );
        let stated = self.view.at("substitution");
        let coded = stated.concept("allowedCodeableConcept");
        // HL7's codes of what may be exchanged: none, an equivalent, a generic.
        let coded = coded.codings().find_map(|it| match it.code {
            "N" => Some(false),
            "E" | "EC" | "G" => Some(true),
            _ => None,
        });
        let there = stated.value().is_some();
        let allowed = self.noted(
            "substitution",
            there,
            stated.flag("allowedBoolean").or(coded),
        );
        self.either("substitution", (accepted, allowed))
    }

    fn prescribed(&mut self) -> Option<Day> {
        let amended = self.amended(("reseptdate", "extension.reseptdate"), day);
        let authored = self.view.day("authoredOn");
        let there = self.view.at("authoredOn").value().is_some();
        let authored = self.noted("authoredOn", there, authored);
        // When it was stated is another day than that of the prescription, where both are told.
        let stated = self.order.day().filter(|_| !there);
        self.either("authoredOn", (amended, authored)).or(stated)
    }

    fn expires(&mut self) -> Option<Day> {
        let amended = self.amended(("expirationdate", "extension.expirationdate"), day);
        let period = self.dispense.at("validityPeriod");
        let (there, element) = (
            period.at("end").value().is_some(),
            "dispenseRequest.validityPeriod.end",
        );
        let own = self.noted(element, there, period.day("end"));
        self.either(element, (amended, own))
    }

    /// Not before which day, and whether it is a waiting prescription. A day of the past keeps nobody from fetching.
    fn waiting(&mut self, prescribed: Option<Day>) -> (Option<Day>, bool) {
        let period = self.dispense.at("validityPeriod");
        let there = period.at("start").value().is_some();
        let mut start = self.noted(
            "dispenseRequest.validityPeriod.start",
            there,
            period.day("start"),
        );
        let mut waits = false;
        if let Some(own) = extension(self.view, WAITING) {
            let flag = extension(own, "waiting").unwrap_or(own);
            let said = flag.flag("valueBoolean");
            waits = self.noted("extension.waiting-prescription", true, said) == Some(true);
            if let Some(part) = extension(own, "not-before") {
                start = self.noted("extension.waiting-prescription", true, day(part));
            }
        }
        let later = |day: &Day| prescribed.is_none_or(|on| *day > on);
        (start.filter(later), waits)
    }

    fn reimbursement(&mut self) -> Option<Reimbursement> {
        let part = ("reimbursementparagraph", "extension.reimbursementparagraph");
        let (_, paragraph) = self.amended(part, code)?;
        let pair = |part| {
            let (system, code) = code(part)?;
            Some((system?, code))
        };
        Some(Reimbursement {
            paragraph,
            code: self.amended(("reimbursementcode", "extension.reimbursementcode"), pair),
        })
    }

    fn kind(&mut self) -> Option<Kind> {
        let drug = |part: View<'a>| (code(part)?.1 == "L").then_some(());
        self.amended(("itemgroup", "extension.itemgroup"), drug);
        let kind = |part| Kind::of(&code(part)?.1);
        self.amended(("typeresept", "extension.typeresept"), kind)
    }
}

/// Sets what is not set; `false` if something else is.
fn set<T: PartialEq>(place: &mut Option<T>, value: T) -> bool {
    match place {
        Some(before) => *before == value,
        None => {
            *place = Some(value);
            true
        }
    }
}

/// Whether two texts are the same words, whatever their spaces and large letters.
fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| {
        text.to_lowercase()
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    words(one) == words(other)
}
