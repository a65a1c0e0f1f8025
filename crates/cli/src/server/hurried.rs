//! A connection with one deadline for all of its reading and one for all of its writing.
//!
//! A timeout of each read alone lets a client send one byte every few seconds and stay for hours.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// A connection that ends at an hour of its own, however busy it looks.
pub(super) struct Hurried<'a> {
    stream: &'a TcpStream,
    until: Instant,
}

impl<'a> Hurried<'a> {
    /// From now on, so long.
    pub(super) fn new(stream: &'a TcpStream, patience: Duration) -> Self {
        Hurried {
            stream,
            until: Instant::now() + patience,
        }
    }

    /// What is left; a timeout must not be zero, which would mean "for ever".
    fn left(&self) -> io::Result<Duration> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(left)
    }
}

impl Read for Hurried<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(self.left()?))?;
        self.stream.read(buffer)
    }
}

impl Write for Hurried<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(self.left()?))?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_client_that_sends_a_byte_now_and_then_is_given_up_all_the_same() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (stream, _) = listener.accept().unwrap();
        let drip = std::thread::spawn(move || {
            // Each byte comes well within the patience; all of them together never end.
            while client.write_all(b"x").is_ok() {
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let mut read = Vec::new();
        let error = Hurried::new(&stream, Duration::from_millis(200))
            .read_to_end(&mut read)
            .unwrap_err();
        assert!(
            matches!(
                error.kind(),
                io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock
            ),
            "{error}"
        );
        assert!(!read.is_empty(), "the bytes that came were read");
        drop(stream);
        drip.join().unwrap();
    }
}
