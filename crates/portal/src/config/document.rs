//! The default configuration as a file that explains itself.

use std::fmt::Write as _;

use super::key::{Default, KEYS};

/// The longest line of a comment.
const WIDTH: usize = 100;

/// The whole configuration with every default and what each key means: a file to begin with.
#[must_use]
pub fn documented() -> String {
    let mut text = String::from(
        "# Configuration of `riktig serve`. Every key may also be given as an environment variable, which wins:\n\
         # RIKTIG_<TABLE>__<KEY>, for instance RIKTIG_SERVER__LISTEN. Secrets stand in files of their own.\n",
    );
    let mut section = "";
    for key in KEYS {
        if key.section != section {
            section = key.section;
            let _ = write!(text, "\n[{section}]");
        }
        text.push('\n');
        for line in wrapped(key.meaning) {
            let _ = writeln!(text, "# {line}");
        }
        let _ = match key.default {
            Default::Text(value) => writeln!(text, "{} = \"{value}\"", key.name),
            Default::Number(value) => writeln!(text, "{} = {value}", key.name),
            Default::Flag(value) => writeln!(text, "{} = {value}", key.name),
        };
    }
    text
}

fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().expect("there is always a line");
        if last.is_empty() {
            last.push_str(word);
        } else if last.len() + 1 + word.len() <= WIDTH {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
