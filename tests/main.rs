//! Whole-binary tests, grouped by what a person does.
