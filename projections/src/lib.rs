//! Read models: what people look at, each of them rebuilt from the log at any time.

pub mod board;
pub mod conversation;
pub mod directory;
pub mod money;
mod rows;
pub mod sieve;
pub mod status;
pub mod timeline;

use std::sync::Arc;

use engine::store::Projection;

/// Every read model, for `StoreOptions::projections`.
pub fn all() -> Vec<Arc<dyn Projection>> {
    vec![
        Arc::new(board::Board),
        Arc::new(timeline::Timeline),
        Arc::new(directory::Directory),
        Arc::new(conversation::Conversation),
        Arc::new(money::LooseMoney),
    ]
}

pub use rows::ReadError;
