//! GitHub Flavored Markdown that reads well as plain text.

/// The text so written that no part of it is taken for markup: clients pass Markdown's HTML through to the page.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' => {
                out.push('\\');
                out.push(it);
            }
            it if it.is_control() => out.push(' '),
            it => out.push(it),
        }
    }
    out
}

/// Paragraphs and a list.
pub(super) fn page(paragraphs: &[&str], list: &[String], after: &[&str]) -> String {
    let mut parts: Vec<String> = paragraphs
        .iter()
        .filter(|it| !it.is_empty())
        .map(|it| escaped(it))
        .collect();
    if !list.is_empty() {
        let items: Vec<String> = list.iter().map(|it| format!("- {}", escaped(it))).collect();
        parts.push(items.join("\n"));
    }
    parts.extend(
        after
            .iter()
            .filter(|it| !it.is_empty())
            .map(|it| escaped(it)),
    );
    parts.join("\n\n")
}

/// At most so many characters, cut at a word with an ellipsis.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most - 1).collect();
    let at = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..at].trim_end_matches([',', '.', ';', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_text_is_shown_and_not_obeyed() {
        let text = "<img src=x onerror=alert(1)> *bold* [a](javascript:b) | `c`\n# d";
        let escaped = escaped(text);
        assert!(
            !escaped.contains('<') && !escaped.contains('\n'),
            "{escaped}"
        );
        assert!(
            escaped.contains("\\*bold\\*") && escaped.contains("\\[a\\]"),
            "{escaped}"
        );
    }

    #[test]
    fn a_long_summary_is_cut_at_a_word() {
        let long = "ord ".repeat(60);
        let short = shortened(&long, 139);
        assert!(
            short.chars().count() <= 139 && short.ends_with("ord…"),
            "{short}"
        );
        assert_eq!(shortened("kort", 139), "kort");
    }
}
