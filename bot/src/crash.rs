//! Crash points: named places where the process ends at once, so that tests can prove that nothing is lost (RELIABILITY G2).

/// Every point, in the order of a message's way through the bot.
pub const POINTS: [&str; 18] = [
    "poll_received",
    "poll_stored",
    "handle_begin",
    "handle_routed",
    "handle_done",
    "handle_failed",
    "answer_sent",
    "deliver_chosen",
    "deliver_claimed",
    "deliver_sent",
    "deliver_recorded",
    "deliver_unknown",
    "probe_found",
    "migrate_done",
    "park_done",
    "back_done",
    "recover_done",
    "outage_asked",
];

/// Ends the process here if `SIGNOFF_CRASH=name:n` names this point and this is its n-th pass.
#[cfg(debug_assertions)]
pub fn point(name: &'static str) {
    use std::collections::HashMap;
    use std::sync::{LazyLock, Mutex, PoisonError};

    static PASSES: LazyLock<Mutex<HashMap<&'static str, u32>>> = LazyLock::new(Mutex::default);
    static WANTED: LazyLock<Option<(String, u32)>> = LazyLock::new(|| {
        let wanted = std::env::var("SIGNOFF_CRASH").ok()?;
        let (name, pass) = wanted.split_once(':')?;
        Some((name.to_owned(), pass.parse().ok()?))
    });
    debug_assert!(POINTS.contains(&name), "{name} is not in the list of crash points");
    let Some((wanted, pass)) = &*WANTED else { return };
    if wanted != name {
        return;
    }
    let mut passes = PASSES.lock().unwrap_or_else(PoisonError::into_inner);
    let passed = passes.entry(name).or_default();
    *passed += 1;
    if *passed == *pass {
        std::process::abort();
    }
}

/// Nothing, in a release build.
#[cfg(not(debug_assertions))]
#[inline]
pub fn point(_name: &'static str) {}
