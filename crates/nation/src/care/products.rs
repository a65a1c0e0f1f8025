//! Packs that pharmacies hand out. DDD per unit follows the WHO index (snapshot 2026-04-25); item numbers and
//! pack sizes are invented, the sizes so that the guideline's courses fit.

/// A product: a strength and form of a drug with its packs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Product {
    pub(crate) atc: &'static str,
    pub(crate) route: &'static str,
    /// DDD in one unit (tablet, ml, vial), millionths.
    pub(crate) ddd_per_unit_micro: i64,
    /// Units in a pack, ascending.
    pub(crate) packs: &'static [u16],
    /// Units a day in an adult course, thousandths.
    pub(crate) daily_milli: u32,
}

/// Index in [`PRODUCTS`].
pub(crate) type ProductId = u16;

macro_rules! products {
    ($($name:ident = $atc:literal $route:literal $ddd:literal [$($pack:literal),*] $daily:literal;)*) => {
        /// Names of the products, as indices.
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "an index that reads as the drug")]
        #[derive(Clone, Copy)]
        enum Name { $($name),* }
        $(pub(crate) const $name: ProductId = Name::$name as ProductId;)*
        /// All antibiotics and other courses that are prescribed for an infection.
        pub(crate) const PRODUCTS: &[Product] = &[$(Product {
            atc: $atc, route: $route, ddd_per_unit_micro: $ddd, packs: &[$($pack),*], daily_milli: $daily,
        }),*];
    };
}

products! {
    PENV_1G = "J01CE02" "oral" 500_000 [20, 28, 40] 4_000;
    PENV_660 = "J01CE02" "oral" 330_000 [20, 28, 40, 56] 4_000;
    PENV_MIXTURE = "J01CE02" "oral" 25_000 [100, 125, 200, 300] 24_000;
    AMOXICILLIN = "J01CA04" "oral" 333_333 [15, 21, 30] 3_000;
    AMOXICILLIN_MIXTURE = "J01CA04" "oral" 33_333 [60, 100] 15_000;
    DOXYCYCLINE = "J01AA02" "oral" 1_000_000 [6, 8, 10, 20] 1_100;
    DOXYCYCLINE_TWICE = "J01AA02" "oral" 1_000_000 [14, 20, 28] 2_000;
    LYMECYCLINE = "J01AA04" "oral" 500_000 [100] 1_000;
    TETRACYCLINE = "J01AA07" "oral" 250_000 [100] 2_000;
    ERYTHROMYCIN = "J01FA01" "oral" 250_000 [20, 28, 40] 4_000;
    ERYTHROMYCIN_MIXTURE = "J01FA01" "oral" 20_000 [100, 200] 20_000;
    AZITHROMYCIN = "J01FA10" "oral" 1_666_667 [2, 3] 1_000;
    AZITHROMYCIN_MIXTURE = "J01FA10" "oral" 133_333 [15, 30] 5_000;
    CLARITHROMYCIN = "J01FA09" "oral" 500_000 [10, 14, 20] 2_000;
    PIVMECILLINAM = "J01CA08" "oral" 333_333 [9, 15, 21, 30] 3_000;
    PIVMECILLINAM_LONG = "J01CA08" "oral" 333_333 [100] 1_000;
    NITROFURANTOIN = "J01XE01" "oral" 250_000 [9, 15, 21, 30] 3_000;
    NITROFURANTOIN_LONG = "J01XE01" "oral" 250_000 [100] 1_000;
    TRIMETHOPRIM = "J01EA01" "oral" 400_000 [6, 10, 14, 20] 2_000;
    TRIMETHOPRIM_LONG = "J01EA01" "oral" 250_000 [100] 1_000;
    TMP_SMX = "J01EE01" "oral" 250_000 [20, 28, 40, 56] 4_000;
    CIPROFLOXACIN = "J01MA02" "oral" 500_000 [6, 10, 14, 20, 28] 2_000;
    LEVOFLOXACIN = "J01MA12" "oral" 1_000_000 [5, 10] 1_000;
    DICLOXACILLIN = "J01CF01" "oral" 250_000 [20, 28, 40] 4_000;
    CLOXACILLIN = "J01CF02" "oral" 250_000 [20, 28, 40] 4_000;
    CLINDAMYCIN = "J01FF01" "oral" 250_000 [15, 21, 30] 3_000;
    CEFALEXIN = "J01DB01" "oral" 250_000 [20, 28] 4_000;
    CO_AMOXICLAV = "J01CR02" "oral" 333_333 [15, 21] 3_000;
    METRONIDAZOLE = "P01AB01" "oral" 200_000 [14, 20, 21] 3_000;
    METHENAMINE = "J01XX05" "oral" 500_000 [100] 2_000;
    BENZYLPENICILLIN = "J01CE01" "parenteral" 166_667 [10, 20] 4_000;
    CEFOTAXIME = "J01DD01" "parenteral" 250_000 [10] 3_000;
    FUSIDIC_ACID = "J01XC01" "oral" 166_667 [36] 6_000;
    VANCOMYCIN_ORAL = "A07AA09" "oral" 62_500 [40] 4_000;
    CHLORAMPHENICOL_EYE = "S01AA01" "topical" 0 [1] 200;
}

/// A quantity on its way over the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quantity {
    pub(crate) items: u8,
    pub(crate) units_milli: i64,
    pub(crate) ddd_milli: i64,
    /// Six digits: the product and which of its packs.
    pub(crate) item_number: u32,
}

/// The smallest pack that holds the course, or several of the largest.
pub(crate) fn quantity(product: ProductId, days: u32) -> Quantity {
    let made = &PRODUCTS[usize::from(product)];
    let need = (u64::from(made.daily_milli) * u64::from(days)).div_ceil(1000) as u32;
    let fitting = made.packs.iter().position(|pack| u32::from(*pack) >= need);
    let (at, items) = match fitting {
        Some(at) => (at, 1),
        None => {
            let largest = made.packs.len() - 1;
            (
                largest,
                need.div_ceil(u32::from(made.packs[largest])).min(9),
            )
        }
    };
    let units = i64::from(items) * i64::from(made.packs[at]);
    Quantity {
        items: items as u8,
        units_milli: units * 1000,
        ddd_milli: (units * made.ddd_per_unit_micro + 500) / 1000,
        item_number: 100_000 + u32::from(product) * 10 + at as u32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guideline_course_of_cystitis_is_nine_tablets_and_three_ddd() {
        let course = quantity(PIVMECILLINAM, 3);
        assert_eq!(
            (course.items, course.units_milli, course.ddd_milli),
            (1, 9_000, 3_000)
        );
    }

    #[test]
    fn a_course_longer_than_the_largest_pack_takes_several() {
        let course = quantity(DICLOXACILLIN, 20);
        assert_eq!((course.items, course.units_milli), (2, 80_000));
    }

    #[test]
    fn every_product_has_a_level_5_code_and_packs_in_order() {
        for product in PRODUCTS {
            assert_eq!(product.atc.len(), 7);
            assert!(
                product.packs.windows(2).all(|pair| pair[0] < pair[1]),
                "{}",
                product.atc
            );
        }
    }
}
