//! Bodies: read to a limit and within a time; what is larger is read on for a while, so that the answer arrives.

use std::time::Duration;

use axum::body::Body;
use futures::StreamExt;

/// So many bytes of too large a body are read and thrown away.
const DRAINED: usize = 16 * 1024 * 1024;

/// So long a body may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why there is no body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    TooLarge,
    /// It broke off or took too long.
    Broken,
}

/// The whole body, if it has at most `limit` bytes.
pub(crate) async fn read(body: Body, limit: usize) -> Result<Vec<u8>, Unread> {
    tokio::time::timeout(PATIENCE, collect(body, limit)).await.unwrap_or(Err(Unread::Broken))
}

async fn collect(body: Body, limit: usize) -> Result<Vec<u8>, Unread> {
    let (mut kept, mut seen) = (Vec::new(), 0_usize);
    let mut stream = body.into_data_stream();
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|_| Unread::Broken)?;
        seen = seen.saturating_add(piece.len());
        if seen <= limit {
            kept.extend_from_slice(&piece);
        } else if seen > DRAINED {
            return Err(Unread::TooLarge);
        }
    }
    if seen > limit { Err(Unread::TooLarge) } else { Ok(kept) }
}
