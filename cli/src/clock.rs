//! The clock: the only place that asks the machine for the time.

use chrono::SubsecRound;
use engine::domain::Timestamp;

/// Now, to the microsecond, which is as fine as the log keeps it.
#[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
pub fn now() -> Timestamp {
    chrono::Utc::now().trunc_subsecs(6)
}
