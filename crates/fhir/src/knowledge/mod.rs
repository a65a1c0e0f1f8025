//! The guideline for whoever wants to hold it in a system of their own: as FHIR, and as plain JSON.
//!
//! Only what may be given as advice is handed out ([`riktig_guideline::Provenance::is_advice_on`]); what has not been read in the guideline is
//! silent here too.
