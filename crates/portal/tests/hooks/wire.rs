//! A client: one connection a request, the answer as it came.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The name under which the portal of these tests answers.
pub(crate) const HOST: &str = "riktig.example";

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    method: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn new(method: &'static str, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            headers: vec![("host".to_owned(), HOST.to_owned())],
            body: None,
        }
    }

    pub(crate) fn get(path: &str) -> Self {
        Self::new("GET", path)
    }

    pub(crate) fn post(path: &str, body: &Value) -> Self {
        Self::new("POST", path)
            .with("content-type", "application/json")
            .body(body.to_string().as_bytes())
    }

    /// Replaces a header, or with an empty value leaves it out.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        if !value.is_empty() {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn body(mut self, body: &[u8]) -> Self {
        self.body = Some(body.to_vec());
        self
    }

    pub(crate) async fn send(&self, to: SocketAddr) -> Answer {
        let mut head = format!(
            "{} {} HTTP/1.1\r\nconnection: close\r\n",
            self.method, self.path
        );
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if let Some(body) = &self.body {
            head.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend(self.body.iter().flatten());
        raw(to, &bytes).await
    }
}

/// Sends bytes and reads until the server closes. A server that answers before it has read all may close while we write.
pub(crate) async fn raw(to: SocketAddr, bytes: &[u8]) -> Answer {
    let stream = TcpStream::connect(to).await.expect("it listens");
    let (mut reading, mut writing) = stream.into_split();
    let bytes = bytes.to_vec();
    let sent = tokio::spawn(async move {
        let _ = writing.write_all(&bytes).await;
        writing
    });
    let mut came = Vec::new();
    let _ = reading.read_to_end(&mut came).await; // what came before a reset is the answer
    let _writing = sent.await.expect("nobody panics in it");
    Answer::parse(&came)
}

impl Answer {
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        Self {
            status: status.and_then(|status| status.parse().ok()).unwrap_or(0),
            headers,
            body: body.to_owned(),
        }
    }

    /// The value of a header; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The cards.
    pub(crate) fn cards(&self) -> Vec<Value> {
        assert_eq!(self.status, 200, "{self:?}");
        self.json()["cards"]
            .as_array()
            .expect("always a list")
            .clone()
    }

    /// FHIR's code for what went wrong.
    pub(crate) fn issue(&self) -> String {
        let outcome = self.json();
        assert_eq!(outcome["resourceType"], "OperationOutcome", "{self:?}");
        outcome["issue"][0]["code"]
            .as_str()
            .expect("a code")
            .to_owned()
    }
}
