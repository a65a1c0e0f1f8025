//! Serde for checked values: always the written form, always through the same parser.

/// Implements `Serialize` and `Deserialize` for types with `Display` and `FromStr`.
macro_rules! serde_as_text {
    ($($name:ty),+ $(,)?) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

serde_as_text!(
    crate::Age,
    crate::AgeBand,
    crate::AtcCode,
    crate::Day,
    crate::HprNumber,
    crate::Icd10Code,
    crate::Icpc2Code,
    crate::Month,
    crate::MonthRange,
    crate::MunicipalityNumber,
    crate::OrganisationNumber,
    crate::Route,
    crate::Sex,
);
