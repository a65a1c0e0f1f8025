//! An HTTP answer, with the headers that keep a report where it belongs.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Sent with everything: a report has no script, loads nothing, is framed by nobody and stays in no cache.
const LOCKED_DOWN: &str = "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
     font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n\
     X-Content-Type-Options: nosniff\r\n\
     X-Frame-Options: DENY\r\n\
     Referrer-Policy: no-referrer\r\n\
     Cross-Origin-Opener-Policy: same-origin\r\n\
     Cross-Origin-Resource-Policy: same-origin\r\n\
     Cache-Control: no-store\r\n";

enum Body {
    None,
    Text(&'static str),
    File(File),
}

/// Status, type, length and body of one answer.
pub(crate) struct Answer {
    status: &'static str,
    content_type: &'static str,
    length: u64,
    body: Body,
}

impl Answer {
    /// A file with its type; for `HEAD` its length alone.
    pub(crate) fn file(path: &Path, head_only: bool) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let body = if head_only {
            Body::None
        } else {
            Body::File(file)
        };
        Ok(Answer {
            status: "200 OK",
            content_type: content_type(path),
            length,
            body,
        })
    }

    pub(crate) fn not_found() -> Self {
        Answer::sentence("404 Not Found", "There is no such page.\n")
    }

    pub(crate) fn bad_request() -> Self {
        Answer::sentence("400 Bad Request", "This is not an HTTP/1 request.\n")
    }

    pub(crate) fn misdirected() -> Self {
        Answer::sentence(
            "421 Misdirected Request",
            "This server answers to 127.0.0.1 and localhost only.\n",
        )
    }

    pub(crate) fn method_not_allowed() -> Self {
        Answer::sentence(
            "405 Method Not Allowed",
            "Pages here can be read, nothing else.\n",
        )
    }

    fn sentence(status: &'static str, text: &'static str) -> Self {
        let length = text.len() as u64;
        Answer {
            status,
            content_type: "text/plain; charset=utf-8",
            length,
            body: Body::Text(text),
        }
    }

    /// Writes the whole answer; the connection is not used again.
    pub(crate) fn write_to(self, output: &mut impl Write) -> io::Result<()> {
        write!(
            output,
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nAllow: GET, HEAD\r\nConnection: close\r\n{LOCKED_DOWN}\r\n",
            self.status, self.content_type, self.length
        )?;
        match self.body {
            Body::None => Ok(()),
            Body::Text(text) => output.write_all(text.as_bytes()),
            Body::File(mut file) => io::copy(&mut file, output).map(drop),
        }
    }
}

/// By the ending of the name; what is unknown is offered for saving, not shown.
fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("pdf") => "application/pdf",
        Some("json") => "application/json; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_never_guessed() {
        assert_eq!(content_type(Path::new("a.pdf")), "application/pdf");
        assert_eq!(content_type(Path::new("a.exe")), "application/octet-stream");
    }
}
