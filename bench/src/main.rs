//! The benchmark: figures with their durability, in one run, on real databases.
#![expect(clippy::print_stdout, reason = "the table is the product")]

mod figures;
mod memory;
mod rebuild;
mod send;
mod transitions;

use figures::Table;
use journeys::db;

/// How much of everything: the whole run, or a short one that only shows that it works.
#[derive(Clone, Copy)]
struct Size {
    transitions: usize,
    events: usize,
    messages: usize,
}

#[tokio::main]
async fn main() {
    let quick = std::env::args().any(|arg| arg == "--quick");
    let size = if quick {
        Size { transitions: 400, events: 2_000, messages: 50 }
    } else {
        Size { transitions: 8_000, events: 100_000, messages: 400 }
    };
    let mut table = Table::default();
    let sqlite = db::sqlite();
    let postgres = db::postgres().await;
    for (db, durable) in [
        (&sqlite, "SQLite, WAL, synchronous=FULL"),
        (&postgres, "PostgreSQL, fsync=on, synchronous_commit=on"),
    ] {
        transitions::run(&mut table, db, durable, size).await;
    }
    send::run(&mut table, size).await;
    rebuild::run(&mut table, size).await;
    memory::run(&mut table).await;
    println!("{table}");
}
