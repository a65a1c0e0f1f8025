//! The demo's web server: files of one folder, to this machine only.
//!
//! Small on purpose. It answers `GET` and `HEAD` on the loopback, closes after each answer, and knows nothing of users;
//! the portal is another room.

mod answer;
mod files;
mod hurried;
mod request;

use std::io::{self, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use answer::Answer;
use hurried::Hurried;
use request::Request;

/// A browser opens at most a handful of connections; more at once is not a reader.
const MOST_CONNECTIONS: usize = 32;
/// How long a client may take to say what it wants: all of it, not each byte.
const ASKING: Duration = Duration::from_secs(3);
/// How long it may take to receive its answer; the largest is a few hundred kilobytes on the loopback.
const ANSWERING: Duration = Duration::from_secs(20);

/// A folder on a port of the loopback.
pub(crate) struct Server {
    listener: TcpListener,
    folder: PathBuf,
}

impl Server {
    /// Takes the port (0: any free one) on 127.0.0.1.
    ///
    /// # Errors
    /// When the port is taken or the folder does not exist.
    pub(crate) fn bind(folder: &Path, port: u16) -> io::Result<Self> {
        let folder = folder.canonicalize()?;
        Ok(Server {
            listener: TcpListener::bind((Ipv4Addr::LOCALHOST, port))?,
            folder,
        })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until the process ends. A connection that fails ends alone.
    pub(crate) fn run(self) -> io::Result<()> {
        let port = self.address()?.port();
        let folder: Arc<Path> = self.folder.into();
        let open = Arc::new(AtomicUsize::new(0));
        for stream in self.listener.incoming() {
            let Ok(stream) = stream else { continue };
            if open.fetch_add(1, Ordering::AcqRel) >= MOST_CONNECTIONS {
                open.fetch_sub(1, Ordering::AcqRel);
                continue;
            }
            let (folder, open) = (Arc::clone(&folder), Arc::clone(&open));
            std::thread::spawn(move || {
                // The reader went away or spoke no HTTP: there is nobody to tell.
                let _ = converse(stream, &folder, port);
                open.fetch_sub(1, Ordering::AcqRel);
            });
        }
        Ok(())
    }
}

fn converse(stream: TcpStream, folder: &Path, port: u16) -> io::Result<()> {
    let asking = Hurried::new(&stream, ASKING);
    let answer = match Request::read(&mut BufReader::new(asking)) {
        Ok(request) => answer(&request, folder, port),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Answer::bad_request(),
        Err(error) => return Err(error),
    };
    let mut answering = Hurried::new(&stream, ANSWERING);
    answer.write_to(&mut answering)?;
    answering.flush()
}

/// What the request deserves. Reading is all there is to do, and only for pages that asked for this host.
fn answer(request: &Request, folder: &Path, port: u16) -> Answer {
    if !request.is_for_this_host(port) {
        // A foreign name that resolves to the loopback (DNS rebinding) must not read reports.
        return Answer::misdirected();
    }
    let head_only = match request.method.as_str() {
        "GET" => false,
        "HEAD" => true,
        _ => return Answer::method_not_allowed(),
    };
    match files::find(folder, &request.path) {
        Some(file) => Answer::file(&file, head_only).unwrap_or_else(|_| Answer::not_found()),
        None => Answer::not_found(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// Serves one folder with one page and asks it once.
    fn ask(request: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("index.html"), "<p>hello").unwrap();
        let server = Server::bind(folder.path(), 0).unwrap();
        let address = server.address().unwrap();
        std::thread::spawn(move || server.run());
        let mut stream = TcpStream::connect(address).unwrap();
        stream
            .write_all(request.replace("HOST", &address.to_string()).as_bytes())
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn the_first_page_is_given_with_headers_that_lock_it_down() {
        let answer = ask("GET / HTTP/1.1\r\nHost: HOST\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains("Content-Security-Policy: default-src 'none'"));
        assert!(answer.contains("Content-Type: text/html; charset=utf-8\r\n"));
        assert!(answer.ends_with("\r\n\r\n<p>hello"));
    }

    #[test]
    fn head_gives_the_length_without_the_page() {
        let answer = ask("HEAD / HTTP/1.1\r\nHost: HOST\r\n\r\n");
        assert!(answer.contains("Content-Length: 8\r\n") && answer.ends_with("\r\n\r\n"));
    }

    #[test]
    fn nothing_can_be_sent() {
        assert!(ask("POST / HTTP/1.1\r\nHost: HOST\r\n\r\n").starts_with("HTTP/1.1 405"));
    }

    #[test]
    fn a_foreign_name_that_points_here_gets_nothing() {
        assert!(ask("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n").starts_with("HTTP/1.1 421"));
    }

    #[test]
    fn what_is_not_http_is_told_so() {
        assert!(ask("hello\r\n\r\n").starts_with("HTTP/1.1 400"));
    }
}
