//! Crash points: named places where the process ends at once, so that tests can prove that nothing is lost (RELIABILITY G2).
//!
//! Here and not in the bot, because a commit can be cut short too, and the engine knows nothing of the bot.

/// The points of the writer: before and after the COMMIT of a batch of changes, and of short transactions.
pub const POINTS: [&str; 4] = ["write_inserted", "write_committed", "work_done", "work_committed"];

/// Ends the process here if `SIGNOFF_CRASH=name:n` names this point and this is its n-th pass.
#[cfg(debug_assertions)]
pub fn point(name: &'static str) {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    static PASSED: AtomicU32 = AtomicU32::new(0);
    static WANTED: LazyLock<Option<(String, u32)>> = LazyLock::new(|| {
        let wanted = std::env::var("SIGNOFF_CRASH").ok()?;
        let (name, pass) = wanted.split_once(':')?;
        Some((name.to_owned(), pass.parse().ok()?))
    });
    let Some((wanted, pass)) = &*WANTED else { return };
    if wanted == name && PASSED.fetch_add(1, Ordering::AcqRel) + 1 == *pass {
        std::process::abort();
    }
}

/// Nothing, in a release build.
#[cfg(not(debug_assertions))]
#[inline]
pub fn point(_name: &'static str) {}
