//! The pages that a doctor, a leader and an operator log in to.
