//! The rows of a segment as structs of vectors, one vector a column.
//!
//! All vectors of a struct have one length, except that a column which was not asked for is empty.
//! [`super::MISSING`] (-1) means missing in every column.

/// Whether a column is stored in 32 or 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// `INT32`.
    Narrow,
    /// `INT64`.
    Wide,
}

/// A column, read.
#[derive(Debug, Clone, Copy)]
pub enum Values<'a> {
    /// 32-bit.
    Narrow(&'a [i32]),
    /// 64-bit.
    Wide(&'a [i64]),
}

/// A column, to be filled.
#[derive(Debug)]
pub enum ValuesMut<'a> {
    /// 32-bit.
    Narrow(&'a mut Vec<i32>),
    /// 64-bit.
    Wide(&'a mut Vec<i64>),
}

/// A struct of column vectors that a segment can be written from and read into.
pub trait SegmentRows: Default + Clone {
    /// Column names and widths in file order.
    const COLUMNS: &'static [(&'static str, Width)];
    /// Columns that a file has only where a row has a value in them.
    const OPTIONAL: &'static [&'static str] = &[];
    /// Column number `at`.
    fn column(&self, at: usize) -> Values<'_>;
    /// Column number `at`, to be filled.
    fn column_mut(&mut self, at: usize) -> ValuesMut<'_>;

    /// Number of rows: the length of the longest column, because columns not read are empty.
    fn rows(&self) -> usize {
        let length = |at| match self.column(at) {
            Values::Narrow(values) => values.len(),
            Values::Wide(values) => values.len(),
        };
        (0..Self::COLUMNS.len()).map(length).max().unwrap_or(0)
    }

    /// Empties every column and keeps the memory.
    fn clear(&mut self) {
        for at in 0..Self::COLUMNS.len() {
            match self.column_mut(at) {
                ValuesMut::Narrow(values) => values.clear(),
                ValuesMut::Wide(values) => values.clear(),
            }
        }
    }

    /// Whether a file of these rows has the column: all but the optional ones without a value.
    fn is_written(&self, at: usize) -> bool {
        !Self::OPTIONAL.contains(&Self::COLUMNS[at].0)
            || match self.column(at) {
                Values::Narrow(values) => values.iter().any(|value| *value != super::MISSING),
                Values::Wide(values) => values
                    .iter()
                    .any(|value| *value != i64::from(super::MISSING)),
            }
    }

    /// Whether an optional column is written, which programs that know manifests of format 1 only cannot keep.
    fn has_optional(&self) -> bool {
        Self::OPTIONAL
            .iter()
            .filter_map(|name| Self::position(name))
            .any(|at| self.is_written(at))
    }

    /// The number of the column of that name.
    fn position(name: &str) -> Option<usize> {
        Self::COLUMNS.iter().position(|(column, _)| *column == name)
    }
}

macro_rules! rust_type {
    (Narrow) => { Vec<i32> };
    (Wide) => { Vec<i64> };
}

macro_rules! segment {
    ($(#[$doc:meta])* $name:ident { $($column:ident : $width:ident, $what:literal;)* } $(optional $($optional:literal)+)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $name { $(#[doc = $what] pub $column: rust_type!($width),)* }

        impl SegmentRows for $name {
            const COLUMNS: &'static [(&'static str, Width)] =
                &[$((stringify!($column), Width::$width),)*];
            $(const OPTIONAL: &'static [&'static str] = &[$($optional),+];)?

            fn column(&self, at: usize) -> Values<'_> {
                let columns = [$(Values::$width(&self.$column),)*];
                columns[at]
            }

            fn column_mut(&mut self, at: usize) -> ValuesMut<'_> {
                let mut next = 0..;
                $(if next.next() == Some(at) { return ValuesMut::$width(&mut self.$column); })*
                panic!("{} has {} columns", stringify!($name), Self::COLUMNS.len())
            }
        }
    };
}

segment! {
    /// Rows of [`super::Dataset::Antibiotics`].
    Antibiotics {
        event: Wide, "Keyed hash of the delivered id, 63 bits.";
        line: Narrow, "Line in the delivery, from 1.";
        patient: Narrow, "Dense patient id; -1: masked or none.";
        prescriber: Narrow, "Index in the dictionary of prescribers; -1: masked or missing.";
        day: Narrow, "Day of dispensing, days since 1970-01-01.";
        prescribed: Narrow, "Day of prescription.";
        drug: Narrow, "Index in the dictionary of drugs.";
        items: Narrow, "Number of items.";
        ddd_milli: Wide, "Defined daily doses in thousandths.";
        units_milli: Wide, "Units (tablets, ml) in thousandths.";
        diagnosis: Narrow, "Diagnosis on the prescription, index in the dictionary of diagnoses.";
        age: Narrow, "Whole years at dispensing.";
        sex: Narrow, "0 unknown, 1 male, 2 female.";
        area: Narrow, "Municipality of residence, index in the dictionary of areas.";
        waiting: Narrow, "Whether the prescription was to wait: 1 it was, 0 it was not; -1: not told.";
    }
    optional "waiting"
}

segment! {
    /// Rows of [`super::Dataset::InfectionContacts`] and [`super::Dataset::OtherContacts`].
    Contacts {
        event: Wide, "Keyed hash of the delivered id, 63 bits.";
        line: Narrow, "Line in the delivery, from 1.";
        patient: Narrow, "Dense patient id; -1: masked.";
        prescriber: Narrow, "Treating clinician, index in the dictionary of prescribers.";
        day: Narrow, "Day of the contact, days since 1970-01-01.";
        minute: Narrow, "Minute of the day.";
        setting: Narrow, "Code of [`super::Setting`].";
        form: Narrow, "Code of [`super::Form`].";
        diagnosis_1: Narrow, "Main diagnosis, index in the dictionary of diagnoses.";
        diagnosis_2: Narrow, "Second diagnosis.";
        diagnosis_3: Narrow, "Third diagnosis.";
        age: Narrow, "Whole years at the contact.";
        sex: Narrow, "0 unknown, 1 male, 2 female.";
        area: Narrow, "Municipality of residence.";
    }
}

segment! {
    /// Rows of [`super::Dataset::Ballast`].
    Ballast {
        event: Wide, "Keyed hash of the delivered id, 63 bits.";
        line: Narrow, "Line in the delivery, from 1.";
        patient: Narrow, "Dense patient id; -1: masked, or no person.";
        prescriber: Narrow, "Index in the dictionary of prescribers.";
        day: Narrow, "Day of dispensing.";
        drug: Narrow, "Index in the dictionary of drugs.";
        items: Narrow, "Number of items.";
        class: Narrow, "Code of [`super::BallastClass`].";
    }
}

segment! {
    /// Rows of [`super::Dataset::Admissions`].
    Admissions {
        event: Wide, "Keyed hash of the delivered id, 63 bits.";
        line: Narrow, "Line in the delivery, from 1.";
        patient: Narrow, "Dense patient id.";
        day: Narrow, "Day of admission.";
        diagnosis_1: Narrow, "Main diagnosis.";
        diagnosis_2: Narrow, "Second diagnosis.";
        age: Narrow, "Whole years at admission.";
        sex: Narrow, "0 unknown, 1 male, 2 female.";
        acute: Narrow, "1 acute, 0 planned, -1 unknown.";
    }
}

segment! {
    /// Rows of [`super::Dataset::PracticeLists`].
    PracticeLists {
        line: Narrow, "Line in the delivery.";
        month: Narrow, "Months since 1970-01.";
        prescriber: Narrow, "Holder of the list.";
        practice: Narrow, "Index in the dictionary of practices.";
        age_from: Narrow, "First age of the band.";
        age_to: Narrow, "Last age of the band; -1: open.";
        sex: Narrow, "1 male, 2 female, 0 all or unknown.";
        patients: Narrow, "Number of list patients.";
    }
}

segment! {
    /// Rows of [`super::Dataset::Inhabitants`].
    Inhabitants {
        line: Narrow, "Line in the delivery.";
        day: Narrow, "The day of the count.";
        area: Narrow, "Index in the dictionary of areas.";
        age: Narrow, "Age in whole years.";
        sex: Narrow, "1 male, 2 female, 0 unknown.";
        inhabitants: Narrow, "Number of inhabitants.";
    }
}

segment! {
    /// Rows of [`super::Dataset::Prescribers`].
    PrescriberRoles {
        line: Narrow, "Line in the delivery.";
        prescriber: Narrow, "Index in the dictionary of prescribers.";
        role: Narrow, "Code of [`super::Role`].";
        practice: Narrow, "Index in the dictionary of practices.";
        area: Narrow, "Municipality of the practice, index in the dictionary of areas.";
        from: Narrow, "First day of the role; -1: not known.";
        to: Narrow, "Last day of the role; -1: still.";
        specialty: Narrow, "Index in the dictionary of specialties.";
        absent_from: Narrow, "First day of an absence.";
        absent_to: Narrow, "Last day of an absence; -1 with `absent_from` set: still.";
    }
}

segment! {
    /// Rows of [`super::Dataset::CourseGroups`].
    CourseGroups {
        line: Narrow, "Line in the delivery.";
        group: Narrow, "Index in the dictionary of groups.";
        prescriber: Narrow, "Member.";
        from: Narrow, "First day of membership.";
        to: Narrow, "Last day; -1: still.";
        course_day: Narrow, "Day of the course.";
    }
}

segment! {
    /// Rows of [`super::Dataset::Advice`].
    Advice {
        line: Narrow, "Line in the delivery.";
        month: Narrow, "Months since 1970-01.";
        prescriber: Narrow, "Who prescribed; -1: not told.";
        rules: Narrow, "The rules of the card with their versions, one text: index in the dictionary of codes.";
        kind: Narrow, "What the card said, index in the dictionary of codes.";
        outcome: Narrow, "Code of [`super::AdviceOutcome`].";
        reason: Narrow, "Why something else was chosen, index in the dictionary of codes; -1: none.";
    }
}

segment! {
    /// Rows of [`super::Dataset::Cancellations`].
    Cancellations {
        event: Wide, "Keyed hash of the id that was cancelled.";
        line: Narrow, "Line in the delivery that cancels.";
    }
}

segment! {
    /// Rows of the files of pseudonyms; the dense id is the position over all files.
    Patients {
        high: Wide, "First eight bytes of the pseudonym, little-endian.";
        low: Wide, "Last eight bytes.";
    }
}
