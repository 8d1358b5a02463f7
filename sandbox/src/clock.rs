//! The sandbox's clock: the machine's time plus an offset that tests move forward.

/// Milliseconds of the machine's clock since 1970, UTC.
#[expect(
    clippy::disallowed_methods,
    reason = "the sandbox stands outside of the product and keeps its own clock"
)]
pub(crate) fn machine_ms() -> i64 {
    chrono::Utc::now().timestamp_millis()
}
