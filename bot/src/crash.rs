//! Crash points of the bot; the store ends the process at them, as it does at its own (RELIABILITY G2).

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

/// Ends the process here if it was told to; nothing, in a release build.
#[inline]
pub(crate) fn point(name: &'static str) {
    debug_assert!(POINTS.contains(&name), "{name} is not in the list of crash points");
    engine::store::crash::point(name);
}
