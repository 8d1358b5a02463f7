//! The benchmark: figures with their durability, in one run, on real databases.
#![expect(clippy::print_stdout, reason = "the table is the product")]

mod board;
mod browser;
mod check;
mod figures;
mod memory;
mod rebuild;
mod send;
mod transitions;

use figures::Table;
use journeys::db;

/// What to measure: all parts, or those whose name contains a word, such as `sqlite` or `transitions-1-`.
struct Chosen(Option<String>);

impl Chosen {
    fn has(&self, part: &str) -> bool {
        self.0.as_ref().is_none_or(|word| part.contains(word.as_str()))
    }
}

/// How much of everything: the whole run, or a short one that only shows that it works.
#[derive(Clone, Copy)]
struct Size {
    transitions: usize,
    events: usize,
    messages: usize,
    pages: usize,
    moves: usize,
    openings: usize,
}

#[tokio::main]
async fn main() {
    let args: Vec<_> = std::env::args().collect();
    let only = args.iter().position(|arg| arg == "--only").and_then(|at| args.get(at + 1));
    let chosen = Chosen(only.cloned());
    let size = if args.iter().any(|arg| arg == "--quick") {
        Size { transitions: 400, events: 2_000, messages: 50, pages: 20, moves: 40, openings: 3 }
    } else {
        Size { transitions: 8_000, events: 100_000, messages: 400, pages: 400, moves: 400, openings: 40 }
    };
    let mut table = Table::default();
    for callers in [1, 32] {
        if chosen.has(&format!("transitions-{callers}-sqlite")) {
            transitions::run(&mut table, &db::sqlite(), callers, size).await;
        }
        if chosen.has(&format!("transitions-{callers}-postgres")) {
            transitions::run(&mut table, &db::postgres().await, callers, size).await;
        }
    }
    if chosen.has("send-sqlite") {
        send::run(&mut table, &db::sqlite(), size).await;
    }
    if chosen.has("send-postgres") {
        send::run(&mut table, &db::postgres().await, size).await;
    }
    if ["board", "project-page", "search", "board-live", "browser"].iter().any(|part| chosen.has(part)) {
        board::run(&mut table, &chosen, size).await;
    }
    if chosen.has("check") {
        check::run(&mut table);
    }
    if chosen.has("rebuild") {
        rebuild::run(&mut table, size).await;
    }
    if chosen.has("memory") {
        memory::run(&mut table).await;
    }
    println!("{table}");
}
