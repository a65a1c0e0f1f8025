//! The demo's first page: every prescriber of the invented country, with links to the reports.

use std::fmt::Write as _;

use riktig_lake::edition::{Area, Edition, Prescriber};

use crate::report_files::file_stem;

/// The page as one HTML file without script or outside resource, as the reports are.
pub(super) fn render(edition: &Edition) -> String {
    let meta = edition.meta();
    let mut page = String::from(HEAD);
    let prescribers = edition.prescribers();
    let period = format!("{} to {}", escape(&meta.period.first), escape(&meta.period.last));
    write!(
        page,
        "<h1>Reports of an invented country</h1>\n<p>{} prescribers, {period}. People, doctors and practices do not exist; the \
         figures behave like published Norwegian ones.</p>\n",
        prescribers.len()
    )
    .expect("writing to a string does not fail");
    page.push_str(
        "<table>\n<thead><tr><th scope=\"col\">HPR number</th><th scope=\"col\">Role</th><th scope=\"col\">Municipality</th>\
         <th scope=\"col\">Course group</th><th scope=\"col\" class=\"n\">List patients</th>\
         <th scope=\"col\" class=\"n\">Contacts</th><th scope=\"col\" class=\"n\">Antibiotics</th><th scope=\"col\">Also as</th>\
         </tr></thead>\n<tbody>\n",
    );
    for prescriber in prescribers {
        page.push_str(&row(prescriber));
    }
    page.push_str("</tbody>\n</table>\n</main>\n</body>\n</html>\n");
    page
}

fn row(prescriber: &Prescriber) -> String {
    let stem = file_stem(&prescriber.external_id);
    let list = prescriber.mean_list_patients().map_or_else(|| "–".to_owned(), |patients| format!("{patients:.0}"));
    let name = |area: &Option<Area>| area.as_ref().map_or_else(|| "–".to_owned(), |area| escape(&area.name));
    format!(
        "<tr><th scope=\"row\"><a href=\"html/{stem}.html\">{}</a></th><td>{}</td><td>{}</td><td>{}</td>\
         <td class=\"n\">{list}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
         <td><a href=\"pdf/{stem}.pdf\">PDF</a> <a href=\"json/{stem}.json\">JSON</a></td></tr>\n",
        escape(&prescriber.external_id),
        escape(&roles(prescriber)),
        name(&prescriber.municipality),
        name(&prescriber.course_group),
        prescriber.contacts,
        prescriber.dispensings,
    )
}

fn roles(prescriber: &Prescriber) -> String {
    let words = prescriber.roles.iter().map(|role| match role.as_str() {
        "gp" => "GP",
        "ooh" => "out of hours",
        "nursing_home" => "nursing home",
        other => other,
    });
    words.collect::<Vec<_>>().join(", ")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Riktig: reports of an invented country</title>\n\
    <style>\nbody{font:1rem/1.5 system-ui,sans-serif;margin:0;color:#1b1b1b;background:#fff}\n\
    main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}\nh1{font-size:1.5rem;margin:0 0 .25rem}\n\
    table{border-collapse:collapse;width:100%;margin-top:1rem}\nth,td{text-align:left;padding:.35rem .6rem;\
    border-bottom:1px solid #d7d7d7;font-weight:400}\nthead th{font-weight:600;border-bottom:2px solid #1b1b1b;position:sticky;\
    top:0;background:#fff}\n.n{text-align:right;font-variant-numeric:tabular-nums}\na{color:#0b4f8a}\n\
    a:focus-visible{outline:3px solid #0b4f8a;outline-offset:2px}\n</style>\n</head>\n<body>\n<main>\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_become_markup() {
        assert_eq!(escape("<b>\"x\" & y"), "&lt;b&gt;&quot;x&quot; &amp; y");
    }
}
