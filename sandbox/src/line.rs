//! TCP connections that a fault can reset before a byte of the answer leaves, and that tell when the client left.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// The scissors of one connection.
#[derive(Clone, Debug)]
pub(crate) struct Scissors {
    cut: Arc<AtomicBool>,
    gone: watch::Receiver<bool>,
}

impl Scissors {
    /// From now on nothing more is written; the client sees a reset connection.
    pub fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
    }

    /// Waits until the connection is closed, by whichever side.
    pub async fn gone(mut self) {
        let _ = self.gone.wait_for(|gone| *gone).await;
    }

    fn check(&self) -> io::Result<()> {
        if self.cut.load(Ordering::SeqCst) { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

/// A connection with its scissors.
pub(crate) struct Line {
    stream: TcpStream,
    scissors: Scissors,
    gone: watch::Sender<bool>,
}

impl Line {
    fn new(stream: TcpStream) -> Self {
        let gone = watch::Sender::new(false);
        let scissors = Scissors { cut: Arc::default(), gone: gone.subscribe() };
        Self { stream, scissors, gone }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.scissors.check().is_err() {
            // Without lingering the kernel sends RST instead of the polite FIN.
            let _ = self.stream.set_zero_linger();
        }
        self.gone.send_replace(true);
    }
}

/// A listener whose connections can be cut.
pub(crate) struct Lines(pub TcpListener);

impl Listener for Lines {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Line, SocketAddr) {
        loop {
            match self.0.accept().await {
                Ok((stream, address)) => {
                    let _ = stream.set_nodelay(true);
                    return (Line::new(stream), address);
                }
                // Out of file handles or a peer that went away: wait a moment instead of spinning.
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Lines>> for Scissors {
    fn connect_info(stream: IncomingStream<'_, Lines>) -> Self {
        stream.io().scissors.clone()
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.scissors.check()?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.scissors.check()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // A shutdown would send FIN first, and the client would see an orderly end.
        self.scissors.check()?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
