//! A prescriber's report: one model, four forms.
//!
//! ```text
//! edition ──from_edition──► Report ──┬─ render_html   one file, no script, no outside resource
//!                                    ├─ render_pdf    tagged A4 pages, four as a rule
//!                                    ├─ render_json   the model itself, "riktig-report/1"
//!                                    └─ render_csv    one row an indicator
//! ```
//!
//! Page and paper draw their charts from the same scene, so they cannot disagree. A [`model::Figure`] is a number or
//! one of four distinct reasons for there being none; nothing downstream can turn "unknown" into "zero".

mod advice;
mod area;
mod certificate;
mod compared;
mod csv;
mod error;
mod follow_up;
mod font;
mod from_edition;
pub mod goal;
mod headline;
mod html;
mod json;
mod made_of;
pub mod model;
mod pdf;
mod provenance;
mod published;
mod scene;
pub mod text;

pub use advice::{
    SUMMARY_CHARACTERS, ToldLine, render_advice_json, rule_name, tell_advice, tell_buttons,
    tell_doses, tell_findings, tell_lines, tell_ordered_dose, tell_treatments, told_milligrams,
};
pub use area::{
    AREA_COLUMNS, AreaRow, area_direction, area_figure, area_number, area_range, area_reason,
    area_unit, render_area_csv,
};
pub use certificate::{Certificate, CertifiedMeeting, CertifiedTest};
pub use csv::{CSV_COLUMNS, render_csv};
pub use error::ReportError;
pub use follow_up::{
    FOLLOW_UP_COLUMNS, follow_up_head, follow_up_method, follow_up_sentences, follow_up_table,
    render_follow_up_csv, render_follow_up_json,
};
pub use from_edition::{CourseProblem, CourseQuestion, GroupQuestion, Reports};
pub use headline::{HEADLINES, discussion, group_headlines, headlines};
pub use html::{
    Against, Extent, FRAGMENT_STYLE, IndexEntry, Proposal, beyond_fragment, chart_key_fragment,
    country_range, direction_of, follow_up_fragment, follow_up_people, follow_up_questions,
    fragment_defs, group_differences, group_places, group_questions, group_spread,
    group_strip_fragment, headline_fragment, in_unit, no_dots, own_in_words, proposal,
    render_follow_up_html, render_html, render_index, report_facts, report_lead, report_of,
    report_period, report_questions, safety_fragment, section_fragment, sections_of, takes_goal,
    told_figure,
};
pub use json::render_json;
pub use made_of::{MadeOf, PartMadeOf};
pub use pdf::{PDF_CHARTS, render_certificate_pdf, render_pdf, unprintable};
pub use published::{
    AREAS_COLUMNS, PUBLISHED_COLUMNS, PUBLISHED_POPULATION_COLUMNS, areas_csv, definitions_csv,
    published_csv, published_population_csv,
};
pub use text::Lang;
