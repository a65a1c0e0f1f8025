//! One struct per kind of delivery, with the columns of `docs/reference/deliveries.md` in their order.

use super::{Field, Kind};

/// How a column is stored in Parquet. In CSV everything is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// UTF-8 text.
    Text,
    /// A whole number, INT64.
    Whole,
    /// A date, DATE32.
    Day,
    /// A local date-time, TIMESTAMP in milliseconds without time zone.
    Minute,
    /// A decimal with three places, DECIMAL(18,3) on INT64.
    Milli,
}

/// A row that [`super::DeliveryWriter`] can write.
pub trait Row {
    /// The kind of delivery the row belongs to.
    const KIND: Kind;
    /// Names and Parquet types of the columns, in the order of [`Row::each_field`].
    const COLUMNS: &'static [(&'static str, ColumnType)];
    /// Hands out every field in column order.
    fn each_field(&self, visit: impl FnMut(&Field<'_>));
}

macro_rules! row {
    ($(#[$doc:meta])* $name:ident, $kind:ident { $($column:ident : $type:ident, $what:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct $name<'a> { $(#[doc = $what] pub $column: Field<'a>,)* }

        impl Row for $name<'_> {
            const KIND: Kind = Kind::$kind;
            const COLUMNS: &'static [(&'static str, ColumnType)] =
                &[$((stringify!($column), ColumnType::$type),)*];
            #[inline]
            fn each_field(&self, mut visit: impl FnMut(&Field<'_>)) {
                $(visit(&self.$column);)*
            }
        }
    };
}

row! {
    /// A dispensed item from Legemiddelregisteret (LMR).
    DispensingRow, Dispensings {
        dispensing_id: Text, "Stable id of the dispensed item; a cancellation repeats it.";
        status: Text, "`dispensed` or `annulled`.";
        receiver: Text, "`human`, `animal` or `practice`.";
        patient_id: Text, "National identity number, or a mask.";
        patient_birth_date: Day, "Date of birth.";
        patient_sex: Text, "`1`, `2`, `0` or `9`.";
        patient_municipality: Text, "Kommunenummer of residence.";
        prescriber_hpr: Whole, "HPR number; 0 and 999999999 are missing.";
        prescribed_date: Day, "Date of the prescription.";
        dispensed_date: Day, "Date of dispensing.";
        item_number: Text, "Varenummer, six digits.";
        atc: Text, "ATC, level 5.";
        route: Text, "Route of administration.";
        items: Whole, "Number of items.";
        units: Milli, "Quantity dispensed, in thousandths.";
        ddd: Milli, "Defined daily doses, in thousandths.";
        diagnosis_system: Text, "`ICPC-2` or `ICD-10`.";
        diagnosis: Text, "Diagnosis or refusjonskode on the prescription.";
    }
}

row! {
    /// A contact from Kommunalt pasient- og brukerregister (KPR).
    ContactRow, Contacts {
        contact_id: Text, "Stable id of the bill; crediting repeats it.";
        status: Text, "`active` or `credited`.";
        patient_id: Text, "National identity number, or a mask.";
        patient_birth_date: Day, "Date of birth.";
        patient_sex: Text, "`1`, `2`, `0` or `9`.";
        patient_municipality: Text, "Kommunenummer of residence.";
        prescriber_hpr: Whole, "HPR number of the treating clinician.";
        contact_time: Minute, "When the contact was.";
        practice_type: Whole, "Praksistype.";
        tariffs: Text, "Takster, separated by spaces.";
        diagnosis_1: Text, "Main diagnosis, ICPC-2.";
        diagnosis_2: Text, "Second diagnosis.";
        diagnosis_3: Text, "Third diagnosis.";
    }
}

row! {
    /// List patients of a general practitioner, by month, age band and sex.
    PracticeListRow, PracticeLists {
        month: Text, "Month, `YYYY-MM`.";
        prescriber_hpr: Whole, "HPR number of the doctor who holds the list.";
        practice_id: Text, "The practice.";
        age_from: Whole, "First age of the band, years.";
        age_to: Whole, "Last age of the band, years; missing: open.";
        sex: Text, "`1`, `2` or `0` (all).";
        patients: Whole, "Number of list patients.";
    }
}

row! {
    /// Inhabitants of a municipality on 1 January.
    InhabitantsRow, Inhabitants {
        date: Day, "1 January of the year.";
        municipality: Text, "Kommunenummer.";
        municipality_name: Text, "Name of the municipality.";
        county: Text, "Fylkesnummer.";
        county_name: Text, "Name of the county.";
        age: Whole, "Age in whole years.";
        sex: Text, "`1` or `2`.";
        inhabitants: Whole, "Number of inhabitants.";
    }
}

row! {
    /// A role period of a prescriber, or an absence inside one (HPR and agreement register).
    PrescriberRow, Prescribers {
        prescriber_hpr: Whole, "HPR number.";
        role: Text, "`gp`, `locum`, `ooh`, `nursing_home`, `hospital`, `dentist` or `other`.";
        practice_id: Text, "The practice.";
        municipality: Text, "Kommunenummer of the practice.";
        from: Day, "First day of the role.";
        to: Day, "Last day of the role; missing: still.";
        specialty: Text, "Specialty, or missing.";
        absent_from: Day, "First day of an absence.";
        absent_to: Day, "Last day of an absence.";
    }
}

row! {
    /// Membership of a course group (etterutdanningsgruppe).
    CourseGroupRow, CourseGroups {
        group_id: Text, "Stable id of the group.";
        group_name: Text, "Name of the group.";
        prescriber_hpr: Whole, "HPR number of the member.";
        from: Day, "First day of membership.";
        to: Day, "Last day; missing: still.";
        course_date: Day, "Day of the course, or missing.";
    }
}

row! {
    /// A hospital admission from Norsk pasientregister (NPR).
    AdmissionRow, Admissions {
        admission_id: Text, "Stable id of the admission; a cancellation repeats it.";
        status: Text, "`active` or `cancelled`.";
        patient_id: Text, "National identity number, or a mask.";
        patient_birth_date: Day, "Date of birth.";
        patient_sex: Text, "`1`, `2`, `0` or `9`.";
        admitted: Day, "Day of admission.";
        diagnosis_1: Text, "Main diagnosis, ICD-10.";
        diagnosis_2: Text, "Second diagnosis, ICD-10.";
        acute: Text, "`1` acute, `0` planned.";
    }
}

row! {
    /// A card of advice that a prescriber's system got, and what became of it. No patient, no text of anybody's.
    AdviceRow, Advice {
        month: Text, "Month, `YYYY-MM`.";
        prescriber_hpr: Whole, "HPR number of the prescriber; missing where the system did not tell.";
        rules: Text, "The rules that the card rests on, separated by spaces, each with the version of its text: `pneumonia/penicillin-v@0123456789abcdef`.";
        kind: Text, "What the card said, as a code.";
        outcome: Text, "`accepted`, `overridden` or `not_told`.";
        reason: Text, "Code of the reason for choosing otherwise.";
    }
}
