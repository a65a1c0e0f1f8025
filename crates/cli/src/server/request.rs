//! The head of an HTTP/1.1 request: all that a reader of files says.

use std::io::{self, BufRead, Read};

/// A browser's request head is one or two kilobytes.
const LONGEST_HEAD: u64 = 16 * 1024;

/// What is asked for.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// The path as sent, without query; still percent-encoded.
    pub(crate) path: String,
    host: Option<String>,
}

impl Request {
    /// Reads to the empty line.
    ///
    /// # Errors
    /// `InvalidData` for what is no HTTP/1 request, otherwise what the connection says.
    pub(crate) fn read(input: &mut impl BufRead) -> io::Result<Self> {
        let mut lines = input.take(LONGEST_HEAD).lines();
        let first = lines.next().transpose()?.ok_or_else(invalid)?;
        let mut words = first.split(' ');
        let (Some(method), Some(target), Some(version)) =
            (words.next(), words.next(), words.next())
        else {
            return Err(invalid());
        };
        if !version.starts_with("HTTP/1.") || !target.starts_with('/') {
            return Err(invalid());
        }
        let path = target.split(['?', '#']).next().unwrap_or("/").to_owned();
        let mut request = Request {
            method: method.to_owned(),
            path,
            host: None,
        };
        for line in lines {
            let line = line?;
            if line.is_empty() {
                return Ok(request);
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("host")
            {
                request.host = Some(value.trim().to_owned());
            }
        }
        Err(invalid())
    }

    /// True when the request names the loopback and our port, as every honest one does.
    pub(crate) fn is_for_this_host(&self, port: u16) -> bool {
        let Some(host) = &self.host else { return false };
        let (name, asked_port) = host.rsplit_once(':').unwrap_or((host, "80"));
        let is_loopback = name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost");
        is_loopback && asked_port.parse() == Ok(port)
    }
}

fn invalid() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not an HTTP/1 request")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_no_part_of_the_path() {
        let request =
            Request::read(&mut &b"GET /a.html?x=1 HTTP/1.1\r\nhost: localhost:8080\r\n\r\n"[..])
                .unwrap();
        assert_eq!(request.path, "/a.html");
        assert!(request.is_for_this_host(8080) && !request.is_for_this_host(8081));
    }

    #[test]
    fn a_head_without_end_is_given_up() {
        let endless = io::repeat(b'a');
        assert!(Request::read(&mut io::BufReader::new(endless)).is_err());
    }
}
