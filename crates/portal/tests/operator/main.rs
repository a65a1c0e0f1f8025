//! The operator's pages, asked as a browser asks.

#[expect(dead_code, reason = "the doctor's own pages need more of the world")]
#[path = "../world/mod.rs"]
mod world;

mod advice;
mod appointments;
mod deliveries;
mod disputes;
mod editions;
mod groups;
mod mailings;
mod showing;
mod words;

/// What stands between two texts of a page; the id of a form, for example.
fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    let rest = page.split_once(before);
    let (_, rest) = rest.unwrap_or_else(|| panic!("no {before:?} in\n{page}"));
    rest.split_once(after).expect("its end").0
}
