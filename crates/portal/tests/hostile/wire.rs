//! Requests as bytes, because no client library would send these; answers as they came.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The name under which the portal of these tests answers.
pub(crate) const HOST: &str = "riktig.example";

/// An answer. Nothing at all (`status` 0) is an answer, too: the server hung up.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// All values of a header, in the order in which they came.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.headers.iter().filter(move |(key, _)| key == name);
        named.map(|(_, value)| value.as_str())
    }

    pub(crate) fn header<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// The value of a cookie that the answer sets.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.all("set-cookie").find_map(|line| {
            let (key, value) = line.split(';').next()?.split_once('=')?;
            (key == name).then(|| value.to_owned())
        })
    }

    /// Everything that was said, for a search in all of it.
    pub(crate) fn whole(&self) -> String {
        let headers = self.headers.iter();
        let lines: Vec<String> = headers
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        format!("{}\n\n{}", lines.join("\n"), self.body)
    }

    fn parse(bytes: &[u8]) -> Answer {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        Answer {
            status: status.and_then(|status| status.parse().ok()).unwrap_or(0),
            headers: lines
                .filter_map(|line| line.split_once(':'))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
                .collect(),
            body: body.to_owned(),
        }
    }
}

/// A request that a browser could have sent; what is hostile is added to it.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    method: String,
    target: String,
    host: Option<String>,
    headers: Vec<u8>,
    body: Vec<u8>,
    has_length: bool,
}

impl Request {
    pub(crate) fn new(method: &str, target: &str) -> Request {
        Request {
            method: method.to_owned(),
            target: target.to_owned(),
            host: Some(HOST.to_owned()),
            headers: Vec::new(),
            body: Vec::new(),
            has_length: false,
        }
    }

    pub(crate) fn get(target: &str) -> Request {
        Request::new("GET", target)
    }

    /// A form of our own page.
    pub(crate) fn form(target: &str, fields: &[(&str, &str)]) -> Request {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        Request::new("POST", target)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(body.finish().as_bytes())
    }

    /// As browsers mark what comes from our own pages.
    pub(crate) fn same_origin(self) -> Request {
        self.header("Origin", &format!("https://{HOST}"))
            .header("Sec-Fetch-Site", "same-origin")
    }

    pub(crate) fn header(self, name: &str, value: &str) -> Request {
        self.line(format!("{name}: {value}").as_bytes())
    }

    /// A line of the head as it stands.
    pub(crate) fn line(mut self, line: &[u8]) -> Request {
        self.headers.extend_from_slice(line);
        self.headers.extend_from_slice(b"\r\n");
        self
    }

    /// Another name of the host, or none.
    pub(crate) fn host(mut self, host: Option<&str>) -> Request {
        self.host = host.map(str::to_owned);
        self
    }

    pub(crate) fn body(mut self, body: &[u8]) -> Request {
        self.body = body.to_vec();
        self.has_length = true;
        self
    }

    /// A body whose length the head does not tell, in the pieces that HTTP/1.1 has for it.
    pub(crate) fn chunked(mut self, body: &[u8]) -> Request {
        for piece in body.chunks(8192) {
            self.body
                .extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
            self.body.extend_from_slice(piece);
            self.body.extend_from_slice(b"\r\n");
        }
        self.body.extend_from_slice(b"0\r\n\r\n");
        self.header("Transfer-Encoding", "chunked")
    }

    /// The bytes of a body with a head that says something else about it.
    pub(crate) fn body_without_length(mut self, body: &[u8]) -> Request {
        self.body = body.to_vec();
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = format!("{} {} HTTP/1.1\r\n", self.method, self.target).into_bytes();
        if let Some(host) = &self.host {
            bytes.extend_from_slice(format!("Host: {host}\r\n").as_bytes());
        }
        bytes.extend_from_slice(&self.headers);
        if self.has_length {
            bytes.extend_from_slice(format!("Content-Length: {}\r\n", self.body.len()).as_bytes());
        }
        bytes.extend_from_slice(b"Connection: close\r\n\r\n");
        bytes.extend_from_slice(&self.body);
        bytes
    }

    /// Sends it and waits for all of the answer.
    pub(crate) async fn send(&self, to: SocketAddr) -> Answer {
        let mut stream = TcpStream::connect(to).await.expect("the portal listens");
        let (mut reading, mut writing) = stream.split();
        let bytes = self.bytes();
        // A server that has refused already does not read the rest.
        let write = async { writing.write_all(&bytes).await.is_ok() };
        let mut answer = Vec::new();
        let read = async { reading.read_to_end(&mut answer).await.is_ok() };
        let both = async { tokio::join!(write, read) };
        let _ended = tokio::time::timeout(Duration::from_secs(10), both).await;
        Answer::parse(&answer)
    }
}
