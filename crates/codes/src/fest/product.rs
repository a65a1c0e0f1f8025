//! Which drug a product is, by the numbers that records and prescriptions send instead of its ATC code.

use std::collections::{BTreeMap, BTreeSet};

use super::FestError;
use super::entry::{Classification, FestEntry, Listing, ListingStatus};
use crate::AtcCode;

/// A number by which FEST knows a product.
///
/// ```
/// use riktig_codes::fest::ProductNumber;
/// // A zero in front belongs to it: five digits are not guessed to be six.
/// assert!(ProductNumber::item("011818").is_some());
/// assert!(ProductNumber::item("11818").is_none());
/// // Some systems write ids in small letters.
/// let id = ProductNumber::object("ID_2ABAC272-0BCF-43F0-84BE-984074D92E15");
/// assert_eq!(ProductNumber::object("ID_2abac272-0bcf-43f0-84be-984074d92e15"), id);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProductNumber(Number);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Number {
    Item(u32),
    Registry(u32),
    Object(u128),
}

impl ProductNumber {
    /// The number of a pack (varenummer): six digits.
    #[must_use]
    pub fn item(text: &str) -> Option<Self> {
        digits(text, 6).map(|it| Self(Number::Item(it)))
    }

    /// The running number of a dose pack (LMR-løpenummer): seven digits.
    #[must_use]
    pub fn registry(text: &str) -> Option<Self> {
        digits(text, 7).map(|it| Self(Number::Registry(it)))
    }

    /// The id of a pack, a brand, a dose pack or a drug without a brand: `ID_` and a UUID.
    #[must_use]
    pub fn object(text: &str) -> Option<Self> {
        let groups: Vec<&str> = text.strip_prefix("ID_")?.split('-').collect();
        let is_hexadecimal = |it: &&str| it.bytes().all(|byte| byte.is_ascii_hexdigit());
        let lengths = groups.iter().map(|it| it.len());
        if !lengths.eq([8, 4, 4, 4, 12]) || !groups.iter().all(is_hexadecimal) {
            return None;
        }
        let id = u128::from_str_radix(&groups.concat(), 16).ok()?;
        Some(Self(Number::Object(id)))
    }
}

fn digits(text: &str, count: usize) -> Option<u32> {
    let are_digits = text.len() == count && text.bytes().all(|it| it.is_ascii_digit());
    are_digits.then(|| text.parse().ok())?
}

/// The drug behind each product number of FEST.
///
/// A number that FEST gives to two drugs is known as neither, and so is one that it also gives to something without a human ATC
/// code. An expired entry says nothing of what it was and takes nothing away: a pack that is no longer sold is still the drug in
/// it. The id of a substance (virkestoff) stands for no product, and FEST gives it no ATC code.
///
/// A whole file has about 40,000 products, which are some megabytes here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductNumbers {
    drugs: BTreeMap<ProductNumber, Option<AtcCode>>,
    /// By the first word of the name, in small letters. One name may stand for tablets and for ointment.
    names: BTreeMap<String, BTreeSet<AtcCode>>,
}

/// Shorter words begin too many names.
const SHORTEST_NAME: usize = 4;

impl ProductNumbers {
    /// Reads all entries; those that are no products are passed over.
    ///
    /// # Errors
    /// The first entry that cannot be read.
    pub fn read(
        entries: impl IntoIterator<Item = Result<FestEntry, FestError>>,
    ) -> Result<Self, FestError> {
        let mut all = Self::default();
        for entry in entries {
            all.apply(&entry?);
        }
        Ok(all)
    }

    /// Takes in what one entry says of a product.
    pub fn apply(&mut self, entry: &FestEntry) {
        match entry {
            FestEntry::Pack(listing) => {
                if let Some(it) = active(listing) {
                    let item = ProductNumber::item(&it.item_number);
                    self.say(
                        [ProductNumber::object(&it.id), item],
                        it.classification.as_ref(),
                    );
                    self.call(it.name_form_strength.as_deref(), it.classification.as_ref());
                }
            }
            FestEntry::Brand(listing) => {
                if let Some(it) = active(listing) {
                    self.say(
                        [ProductNumber::object(&it.id), None],
                        it.classification.as_ref(),
                    );
                    let name = it.name.as_deref().or(it.name_form_strength.as_deref());
                    self.call(name, it.classification.as_ref());
                }
            }
            FestEntry::DosePack(listing) => {
                if let Some(it) = active(listing) {
                    let running = it.registry_number.as_deref();
                    let running = running.and_then(ProductNumber::registry);
                    self.say(
                        [ProductNumber::object(&it.id), running],
                        it.classification.as_ref(),
                    );
                }
            }
            FestEntry::Generic(listing) => {
                if let Some(it) = active(listing) {
                    self.say(
                        [ProductNumber::object(&it.id), None],
                        it.classification.as_ref(),
                    );
                }
            }
            FestEntry::Strength(_)
            | FestEntry::Condition(_)
            | FestEntry::Interaction(_)
            | FestEntry::NotAssessed(_) => {}
        }
    }

    /// One product has these numbers and this classification.
    fn say(&mut self, numbers: [Option<ProductNumber>; 2], its: Option<&Classification>) {
        let Some(classification) = its else { return };
        let drug = classification.atc();
        for number in numbers.into_iter().flatten() {
            let known = self.drugs.entry(number).or_insert(drug);
            if *known != drug {
                *known = None;
            }
        }
    }

    /// One product has this name and this classification.
    fn call(&mut self, name: Option<&str>, its: Option<&Classification>) {
        let word = name.and_then(|it| it.split_whitespace().next());
        let Some((word, drug)) = word.zip(its.and_then(Classification::atc)) else {
            return;
        };
        if word.chars().count() >= SHORTEST_NAME {
            self.names
                .entry(word.to_lowercase())
                .or_default()
                .insert(drug);
        }
    }

    /// The drugs whose products have names that begin with this word, in small letters; none where FEST has no such name.
    pub fn called(&self, word: &str) -> impl Iterator<Item = AtcCode> {
        self.names.get(word).into_iter().flatten().copied()
    }

    /// The drug with this number, if FEST says which.
    #[must_use]
    pub fn drug(&self, number: ProductNumber) -> Option<AtcCode> {
        self.drugs.get(&number).copied().flatten()
    }

    /// How many numbers are known, those of no one drug included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.drugs.len()
    }

    /// Whether the file had no product at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.drugs.is_empty()
    }
}

fn active<T>(listing: &Listing<T>) -> Option<&T> {
    let content = listing.content.as_ref();
    content.filter(|_| listing.status == ListingStatus::Active)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fest::FestReader;

    fn id(serial: u8) -> String {
        format!("ID_0A1B2C3D-0000-4000-8000-{serial:012}")
    }

    fn entry(kind: &str, serial: u8, atc: &str, rest: &str) -> String {
        let id = id(serial);
        format!(
            r#"<Oppf{kind}><Id>E{serial}</Id><Tidspunkt>t</Tidspunkt><Status V="A"/><{kind}>{atc}<Id>{id}</Id>{rest}</{kind}></Oppf{kind}>"#
        )
    }

    fn pack(serial: u8, atc: &str, item: &str) -> String {
        let atc = format!(r#"<Atc V="{atc}"/>"#);
        entry(
            "Legemiddelpakning",
            serial,
            &atc,
            &format!("<Varenr>{item}</Varenr>"),
        )
    }

    fn read(entries: &[String]) -> ProductNumbers {
        let file = format!("<FEST>{}</FEST>", entries.concat());
        ProductNumbers::read(FestReader::new(file.as_bytes())).unwrap()
    }

    fn drug(all: &ProductNumbers, number: Option<ProductNumber>) -> Option<String> {
        all.drug(number.unwrap()).map(|it| it.to_string())
    }

    fn item(all: &ProductNumbers, number: &str) -> Option<String> {
        drug(all, ProductNumber::item(number))
    }

    fn object(all: &ProductNumbers, serial: u8) -> Option<String> {
        drug(all, ProductNumber::object(&id(serial)))
    }

    #[test]
    fn each_kind_of_product_is_known_by_its_id_and_packs_by_their_numbers_too() {
        let atc = r#"<Atc V="J01CE02"/>"#;
        let all = read(&[
            pack(1, "J01CA04", "000123"),
            entry("LegemiddelMerkevare", 2, atc, ""),
            entry("Legemiddeldose", 3, atc, "<LmrLopenr>0000123</LmrLopenr>"),
            entry("LegemiddelVirkestoff", 4, atc, ""),
        ]);
        let told = |atc: &str| Some(atc.to_owned());
        assert_eq!(object(&all, 1), told("J01CA04"));
        assert_eq!(item(&all, "000123"), told("J01CA04"));
        for serial in 2..=4 {
            assert_eq!(object(&all, serial), told("J01CE02"), "{serial}");
        }
        // Six digits and seven are numbers of two kinds.
        assert_eq!(
            drug(&all, ProductNumber::registry("0000123")),
            told("J01CE02")
        );
        assert_eq!(item(&all, "000124"), None);
        assert_eq!(object(&all, 5), None);
    }

    #[test]
    fn a_number_that_is_given_to_two_drugs_is_neither_in_any_order() {
        let (one, other) = (pack(1, "J01CE02", "000123"), pack(2, "J01CA04", "000123"));
        let again = pack(3, "J01CE02", "000123");
        for entries in [
            [&one, &other, &again],
            [&one, &again, &other],
            [&other, &one, &again],
        ] {
            let all = read(&entries.map(String::clone));
            assert_eq!(item(&all, "000123"), None);
            assert_eq!(object(&all, 1).as_deref(), Some("J01CE02"));
        }
        let same = read(&[one.clone(), again]);
        assert_eq!(item(&same, "000123").as_deref(), Some("J01CE02"));
        let for_animals = read(&[one, pack(2, "QJ01CE02", "000123")]);
        assert_eq!(item(&for_animals, "000123"), None);
    }

    #[test]
    fn a_product_without_a_code_says_nothing_and_an_expired_entry_takes_nothing_away() {
        let expired = r#"<OppfLegemiddelpakning><Id>E1</Id><Tidspunkt>t</Tidspunkt><Status V="U"/></OppfLegemiddelpakning>"#;
        let uncoded = entry("Legemiddelpakning", 2, "", "<Varenr>000124</Varenr>");
        let all = read(&[pack(1, "J01CE02", "000123"), expired.to_owned(), uncoded]);
        assert_eq!(item(&all, "000123").as_deref(), Some("J01CE02"));
        assert_eq!(item(&all, "000124"), None);
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn what_has_not_the_shape_of_a_number_is_none() {
        for text in [
            "",
            "12345",
            "1234567",
            "12345a",
            " 12345",
            "+12345",
            "１２３４５６",
        ] {
            assert_eq!(ProductNumber::item(text), None, "{text}");
        }
        for text in [
            "",
            "ID_",
            "ID_0A1B2C3D00004000800000000000000",
            "0A1B2C3D-0000-4000-8000-000000000001",
            "id_0A1B2C3D-0000-4000-8000-000000000001",
            "ID_0A1B2C3D-0000-4000-8000-00000000000g",
            "ID_+A1B2C3D-0000-4000-8000-000000000001",
            "ID_0A1B2C3D-0000-4000-8000-000000000001-",
        ] {
            assert_eq!(ProductNumber::object(text), None, "{text}");
        }
    }
}
