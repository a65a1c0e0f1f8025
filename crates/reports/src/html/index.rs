//! The list of reports that `riktig demo` serves: by number, in neutral order.

use crate::model::Role;
use crate::text::{Arg, Key, Lang, capital};

use super::{Page, head};

/// One report in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexEntry {
    /// HPR number or foreign code.
    pub id: String,
    /// Roles in the period.
    pub roles: Vec<Role>,
    /// Municipality's name.
    pub municipality: Option<String>,
    /// Link to the page, relative to the list.
    pub html: String,
    /// Link to the PDF, if there is one.
    pub pdf: Option<String>,
}

/// A page that links to every report. Entries are put in order of their number: nothing here ranks.
#[must_use]
pub fn render_index(entries: &[IndexEntry], synthetic: bool, lang: Lang) -> String {
    let mut sorted: Vec<&IndexEntry> = entries.iter().collect();
    sorted.sort_by(|a, b| (a.id.len(), &a.id).cmp(&(b.id.len(), &b.id)));
    let mut page = Page::new(4096 + entries.len() * 200);
    head(&mut page, lang, &lang.say(Key("index-title")));
    page.raw("<body><header class=\"top\">");
    if synthetic {
        page.raw("<p class=\"synthetic\">")
            .text(&lang.say(Key("synthetic")))
            .raw("</p>");
    }
    let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    let number = lang.count(entries.len() as f64);
    page.raw("<p class=\"eyebrow\">").text(&lang.fill(
        Key("index-count"),
        &[
            ("count", Arg::Plural(count)),
            ("number", Arg::Text(&number)),
        ],
    ));
    page.raw("</p><h1>")
        .text(&lang.say(Key("index-title")))
        .raw("</h1><p class=\"who\">")
        .text(&lang.say(Key("index-lead")));
    page.raw("</p></header><main id=\"main\"><table class=\"index\"><caption>")
        .text(&lang.say(Key("index-caption")))
        .raw("</caption><thead><tr>");
    for heading in [
        Key("index-number"),
        Key("index-role"),
        Key("index-municipality"),
        Key("index-report"),
    ] {
        page.raw("<th scope=\"col\">")
            .text(&lang.say(heading))
            .raw("</th>");
    }
    page.raw("</tr></thead><tbody>");
    for entry in sorted {
        row(&mut page, entry, lang);
    }
    page.raw("</tbody></table></main></body></html>\n");
    page.0
}

fn row(page: &mut Page, entry: &IndexEntry, lang: Lang) {
    let roles: Vec<String> = entry.roles.iter().map(|role| lang.role(*role)).collect();
    page.raw("<tr><th scope=\"row\">")
        .name(&entry.id)
        .raw("</th><td>")
        .text(&capital(&roles.join(", ")))
        .raw("</td><td>");
    page.name(entry.municipality.as_deref().unwrap_or("–"))
        .raw("</td><td><a href=\"")
        .text(&entry.html)
        .raw("\">");
    page.text(&lang.say(Key("index-open")))
        .raw("<span class=\"sr\"> ")
        .text(&entry.id)
        .raw("</span></a>");
    if let Some(pdf) = &entry.pdf {
        page.raw(" · <a href=\"")
            .text(pdf)
            .raw("\">")
            .text(&lang.say(Key("index-pdf")))
            .raw("<span class=\"sr\"> ")
            .text(&entry.id)
            .raw("</span></a>");
    }
    page.raw("</td></tr>");
}
