//! A small HTTP/1.1 client: one POST to a loopback address, for webhook deliveries.

use std::io;
use std::net::IpAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The largest answer read, in bytes.
const ANSWER_LIMIT: usize = 128 * 1024;

/// Where to post: `host:port` to connect to, and the path with its query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub host: String,
    pub path: String,
}

impl Target {
    /// Reads an `http://` URL; only loopback addresses are taken, because nothing may leave this machine.
    pub fn parse(url: &str) -> Option<Self> {
        let rest = url.strip_prefix("http://")?;
        let cut = rest.find(['/', '?']).unwrap_or(rest.len());
        let (host, tail) = rest.split_at(cut);
        let (name, port) = match host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()) {
            Some((name, port)) => (name, port),
            None => (host, "80"),
        };
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let local = bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let path = if tail.starts_with('/') { tail.to_owned() } else { format!("/{tail}") };
        local.then(|| Self { host: format!("{name}:{port}"), path })
    }
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reply {
    pub status: u16,
    pub reason: String,
    /// The seconds of `Retry-After`.
    pub retry_after: Option<i64>,
    pub body: String,
}

/// Posts a JSON body with one more header, which is empty or ends its line.
pub(crate) async fn post(target: &Target, header: &str, body: &str) -> io::Result<Reply> {
    let Target { host, path } = target;
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n{header}Content-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(host).await?;
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    let mut bytes = Vec::new();
    let mut piece = [0_u8; 4_096];
    loop {
        let size = stream.read(&mut piece).await?;
        bytes.extend_from_slice(&piece[..size]);
        if size == 0 || bytes.len() > ANSWER_LIMIT || complete(&bytes) {
            return read_reply(&bytes);
        }
    }
}

fn head_end(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

/// Whether a body of known length is all there; others end with the connection.
fn complete(bytes: &[u8]) -> bool {
    let Some(end) = head_end(bytes) else { return false };
    let head = String::from_utf8_lossy(&bytes[..end]);
    let length = header(&head, "content-length").and_then(|value| value.parse::<usize>().ok());
    length.is_some_and(|length| bytes.len() >= end + length)
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let fits = |line: &&str| line.split_once(':').is_some_and(|(key, _)| key.eq_ignore_ascii_case(name));
    head.lines().find(fits).and_then(|line| line.split_once(':')).map(|(_, value)| value.trim())
}

fn read_reply(bytes: &[u8]) -> io::Result<Reply> {
    let end = head_end(bytes).ok_or(io::ErrorKind::UnexpectedEof)?;
    let head = String::from_utf8_lossy(&bytes[..end]);
    let mut words = head.lines().next().unwrap_or_default().splitn(3, ' ').skip(1);
    let status = words.next().and_then(|word| word.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
    Ok(Reply {
        status,
        reason: words.next().unwrap_or_default().to_owned(),
        retry_after: header(&head, "retry-after").and_then(|value| value.parse().ok()),
        body: String::from_utf8_lossy(&bytes[end..]).into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_addresses_are_taken() {
        let target = Target::parse("http://127.0.0.1:8080/hook?x=1").unwrap();
        assert_eq!(target, Target { host: "127.0.0.1:8080".to_owned(), path: "/hook?x=1".to_owned() });
        assert_eq!(Target::parse("http://[::1]:81").unwrap().host, "[::1]:81");
        assert_eq!(Target::parse("http://localhost/a").unwrap().host, "localhost:80");
        for far in
            ["https://127.0.0.1/", "http://example.com/", "http://10.0.0.1/", "http://127.0.0.1.evil.com/"]
        {
            assert_eq!(Target::parse(far), None, "{far}");
        }
    }

    #[test]
    fn an_answer_is_read_with_its_retry_after() {
        let reply = read_reply(b"HTTP/1.1 503 Service Unavailable\r\nretry-After: 5\r\n\r\nno").unwrap();
        assert_eq!((reply.status, reply.retry_after, reply.body.as_str()), (503, Some(5), "no"));
    }
}
