//! What is prescribed or dispensed (`ReseptDokLegemiddel`, `ReseptDokHandelsvare`).

use riktig_codes::AtcCode;

use super::{ORDER_NAMESPACE as ORDER, PRESCRIPTION_NAMESPACE as M1};
use crate::fault::{MessageFault, MessageFaultKind};
use crate::parts::{Making, Parts};
use crate::value::{Coded, Decimal, Quantity};
use crate::xml::Element;

/// What is prescribed or dispensed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A drug.
    Medicine(Box<Medicine>),
    /// Goods (`ReseptDokHandelsvare`): nutrition, aids, prostheses. Kept as it stands.
    Goods(Element),
}

/// A drug with its amount and its use (`ReseptDokLegemiddel`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medicine {
    /// Drug or other (`Varegruppekode`, list 7402).
    pub group: Coded,
    /// Number of packs (`Antall`).
    pub packs: Option<Decimal>,
    /// To the pharmacy (`Merknad`).
    pub note: Option<String>,
    /// Legal ground of reimbursement (`RefHjemmel`, list 7427); none on a white prescription.
    pub legal_ground: Option<Coded>,
    /// How it is administered (`KomLegemdlAdm`).
    pub administration_comment: Option<String>,
    /// The diagnosis that reimbursement is asked for (`RefKode`). Not the reason of treatment: see [`Diagnosis`](crate::Diagnosis).
    pub reimbursement_code: Option<Coded>,
    /// How many times more it may be dispensed (`Reiterasjon`).
    pub repeats: u32,
    /// Whether the prescriber reserves against an equivalent in its place (byttereservasjon, `BytteresRekvirent`, list 1101): *Ja* is a reservation. The
    /// public stylesheet of M9.6 marks it beside the reservation of a guardian, and the official examples have *Nei* beside a customer without one.
    pub prescriber_refuses_exchange: Option<Coded>,
    /// The amount, where it is not said in packs (`Mengde`).
    pub amount: Option<Quantity>,
    /// Why an unregistered drug is needed (`LegemiddelUtenMt`). Kept as it stands.
    pub unregistered: Option<Element>,
    /// How it is used.
    pub order: Order,
}

/// How a drug is used (`Forskrivning`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What it is for, in words for the patient (`Bruksomrade`). The reason as a code is the [`Diagnosis`](crate::Diagnosis).
    pub use_text: Option<String>,
    /// How it is taken, in words (`DosVeiledEnkel`).
    pub dosage_text: Option<String>,
    /// `IngenKombinasjon`.
    pub no_combination: Option<bool>,
    /// Continuous, a course, when needed (`Bruk`, list 9101).
    pub course: Option<Coded>,
    /// Dosage as a code (`Kortdose`, list 7478).
    pub short_dosage: Option<Coded>,
    /// `AdministreringForskrivning`, kept as it stands.
    pub administration: Option<Element>,
    /// Structured dosages (`Dosering`), kept as they stand.
    pub dosages: Vec<Element>,
    /// The drug.
    pub product: Product,
}

/// Which drug.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Product {
    /// A pack (`Legemiddelpakning`).
    Pack(Box<Pack>),
    /// A brand, a substance, a mixture made at the pharmacy or a unit dose. Kept as it stands.
    Other(Element),
}

/// A pack that is sold (`Legemiddelpakning`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// ATC code.
    pub atc: Option<Coded>,
    /// Name, form and strength (`NavnFormStyrke`).
    pub name_form_strength: String,
    /// Dispensing group A, B, C, … (`Reseptgruppe`, list 7421).
    pub dispensing_group: Coded,
    /// Form (`LegemiddelformKort`, list 7448).
    pub form: Option<Coded>,
    /// `Preparattype`.
    pub preparation_kind: Option<Coded>,
    /// How the drug is given (`AdministreringLegemiddel`). Kept as it stands; its routes are [`Product::administration_routes`].
    pub administration: Option<Element>,
    /// Nordic article number (`Varenr`).
    pub article_number: String,
    /// The pack as printed on a prescription (`PakningsinfoResept`).
    pub printed: Option<PrintedPack>,
}

/// The pack as printed on a prescription (`PakningsinfoResept`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedPack {
    /// Brand name (`Varenavn`).
    pub brand: String,
    /// Size in text: `40`, `2x7x1` (`Pakningsstr`).
    pub size: String,
    /// Unit of the size (`EnhetPakning`, list 7452).
    pub unit: Coded,
}

impl Line {
    /// The drug; none for goods.
    pub fn medicine(&self) -> Option<&Medicine> {
        match self {
            Self::Medicine(medicine) => Some(medicine),
            Self::Goods(_) => None,
        }
    }

    /// What stands in an element that has one of the two; none where neither stands there.
    pub(super) fn read_some(around: &Element) -> Result<Option<Self>, MessageFault> {
        if let Some(element) = around.child_in(M1, "ReseptDokLegemiddel") {
            return Medicine::read(element)
                .map(Box::new)
                .map(Self::Medicine)
                .map(Some);
        }
        Ok(around
            .child_in(M1, "ReseptDokHandelsvare")
            .cloned()
            .map(Self::Goods))
    }

    pub(super) fn write(&self) -> Element {
        match self {
            Self::Medicine(medicine) => medicine.write(),
            Self::Goods(element) => element.clone(),
        }
    }
}

impl Medicine {
    /// The drug's ATC code; none where it has none, such as a mixture.
    pub fn atc(&self) -> Option<AtcCode> {
        self.order.product.atc()
    }

    /// Reads a `ReseptDokLegemiddel`, which also stands alone in lists of drugs (M25.1).
    ///
    /// # Errors
    /// The first part that is not as the schema has it.
    pub fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            group: parts.coded("Varegruppekode")?,
            packs: parts.some_decimal("Antall")?,
            note: parts.some_text("Merknad"),
            legal_ground: parts.some_coded("RefHjemmel")?,
            administration_comment: parts.some_text("KomLegemdlAdm"),
            reimbursement_code: parts.some_coded("RefKode")?,
            repeats: parts.whole("Reiterasjon")?,
            prescriber_refuses_exchange: parts.some_coded("BytteresRekvirent")?,
            amount: parts.some_quantity("Mengde")?,
            unregistered: element.child("LegemiddelUtenMt").cloned(),
            order: Order::read(parts.element_in(ORDER, "Forskrivning")?)?,
        })
    }

    fn write(&self) -> Element {
        Making::new(M1, "ReseptDokLegemiddel")
            .simple("Varegruppekode", &self.group)
            .some_text("Antall", self.packs.as_ref())
            .some_text("Merknad", self.note.as_ref())
            .some_coded("RefHjemmel", self.legal_ground.as_ref())
            .some_text("KomLegemdlAdm", self.administration_comment.as_ref())
            .some_coded("RefKode", self.reimbursement_code.as_ref())
            .text("Reiterasjon", self.repeats)
            .some_simple(
                "BytteresRekvirent",
                self.prescriber_refuses_exchange.as_ref(),
            )
            .some_quantity("Mengde", self.amount.as_ref())
            .with_all(self.unregistered.clone())
            .with(self.order.write())
            .element
    }
}

impl Order {
    fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            use_text: parts.some_text("Bruksomrade"),
            dosage_text: parts.some_text("DosVeiledEnkel"),
            no_combination: parts.some_truth("IngenKombinasjon")?,
            course: parts.some_coded("Bruk")?,
            short_dosage: parts.some_coded("Kortdose")?,
            administration: element.child("AdministreringForskrivning").cloned(),
            dosages: element.children_in(ORDER, "Dosering").cloned().collect(),
            product: Product::read(element)?,
        })
    }

    fn write(&self) -> Element {
        Making::new(ORDER, "Forskrivning")
            .some_text("Bruksomrade", self.use_text.as_ref())
            .some_text("DosVeiledEnkel", self.dosage_text.as_ref())
            .some_text("IngenKombinasjon", self.no_combination)
            .some_simple("Bruk", self.course.as_ref())
            .some_coded("Kortdose", self.short_dosage.as_ref())
            .with_all(self.administration.clone())
            .with_all(self.dosages.iter().cloned())
            .with(self.product.write())
            .element
    }
}

/// The other elements that a drug can be.
const OTHER_PRODUCTS: [&str; 4] = [
    "LegemiddelMerkevare",
    "LegemiddelVirkestoff",
    "Legemiddelblanding",
    "Legemiddeldose",
];

impl Product {
    /// ATC code; none where the drug has none.
    pub fn atc(&self) -> Option<AtcCode> {
        match self {
            Self::Pack(pack) => pack.atc.as_ref().and_then(Coded::atc),
            Self::Other(element) => Coded::read(element.child("Atc")?)?.atc(),
        }
    }

    /// Whether an ATC code stands there that is none.
    pub(crate) fn has_unreadable_atc(&self) -> bool {
        let stands = match self {
            Self::Pack(pack) => pack.atc.is_some(),
            Self::Other(element) => element.child("Atc").is_some(),
        };
        stands && self.atc().is_none()
    }

    /// Whether it is a pack, a brand or an active substance, and not made at the pharmacy.
    pub(crate) fn is_named(&self) -> bool {
        match self {
            Self::Pack(_) => true,
            Self::Other(element) => {
                matches!(
                    element.local_name(),
                    "LegemiddelMerkevare" | "LegemiddelVirkestoff"
                )
            }
        }
    }

    /// Name, form and strength, or the name of a mixture.
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Pack(pack) => Some(pack.name_form_strength.clone()),
            Self::Other(element) => {
                let parts = Parts(element);
                parts
                    .some_text("NavnFormStyrke")
                    .or_else(|| parts.some_text("Navn"))
            }
        }
    }

    /// By which ways the drug is given (`Administrasjonsvei`, list 7477); none where the message does not tell.
    pub fn administration_routes(&self) -> Vec<Coded> {
        let given = match self {
            Self::Pack(pack) => pack.administration.as_ref(),
            Self::Other(element) => element.child("AdministreringLegemiddel"),
        };
        let routes = given
            .into_iter()
            .flat_map(|given| given.children_in(ORDER, "Administrasjonsvei"));
        routes.filter_map(Coded::read).collect()
    }

    fn read(around: &Element) -> Result<Self, MessageFault> {
        if let Some(pack) = around.child("Legemiddelpakning") {
            return Pack::read(pack).map(Box::new).map(Self::Pack);
        }
        let other = OTHER_PRODUCTS.iter().find_map(|name| around.child(name));
        other
            .cloned()
            .map(Self::Other)
            .ok_or_else(|| Parts(around).fault("Legemiddelpakning", MessageFaultKind::NoneOf))
    }

    fn write(&self) -> Element {
        match self {
            Self::Pack(pack) => pack.write(),
            Self::Other(element) => element.clone(),
        }
    }
}

impl Pack {
    fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        let printed = |element| {
            let parts = Parts(element);
            Ok::<_, MessageFault>(PrintedPack {
                brand: parts.text("Varenavn")?,
                size: parts.text("Pakningsstr")?,
                unit: parts.coded("EnhetPakning")?,
            })
        };
        Ok(Self {
            atc: parts.some_coded("Atc")?,
            name_form_strength: parts.text("NavnFormStyrke")?,
            dispensing_group: parts.coded("Reseptgruppe")?,
            form: parts.some_coded("LegemiddelformKort")?,
            preparation_kind: parts.some_coded("Preparattype")?,
            administration: element.child("AdministreringLegemiddel").cloned(),
            article_number: parts.text("Varenr")?,
            printed: element
                .child("PakningsinfoResept")
                .map(printed)
                .transpose()?,
        })
    }

    fn write(&self) -> Element {
        let printed = self.printed.as_ref().map(|printed| {
            Making::new(ORDER, "PakningsinfoResept")
                .text("Varenavn", &printed.brand)
                .text("Pakningsstr", &printed.size)
                .coded("EnhetPakning", &printed.unit)
                .element
        });
        Making::new(ORDER, "Legemiddelpakning")
            .some_coded("Atc", self.atc.as_ref())
            .text("NavnFormStyrke", &self.name_form_strength)
            .simple("Reseptgruppe", &self.dispensing_group)
            .some_coded("LegemiddelformKort", self.form.as_ref())
            .some_simple("Preparattype", self.preparation_kind.as_ref())
            .with_all(self.administration.clone())
            .text("Varenr", &self.article_number)
            .with_all(printed)
            .element
    }
}
