//! Names of things: short texts that people can read, and the stream that each one owns.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The namespace from which stream ids are derived; it never changes once a log exists.
const STREAMS: Uuid = Uuid::from_u128(0x5167_6e6f_6666_4000_8000_7374_7265_616d);

/// The id of one stream of the log: a UUID made from the kind and the name of what owns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StreamId(pub Uuid);

impl StreamId {
    /// The stream of the thing called `name` among things of `kind` (`project`, `client`, …).
    pub fn of(kind: &str, name: &str) -> Self {
        Self(Uuid::new_v5(&STREAMS, format!("{kind}/{name}").as_bytes()))
    }

    /// The one stream of the agency itself: its people and its roles.
    pub fn agency() -> Self {
        Self::of("agency", "agency")
    }

    /// The stream of everything that was refused (RELIABILITY 6.8).
    pub fn audit() -> Self {
        Self::of("audit", "audit")
    }

    /// The stream of what Telegram did with our messages to one chat.
    pub fn deliveries(chat: i64) -> Self {
        Self::of("deliveries", &chat.to_string())
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The text of the id.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name!(
    /// A project, such as `smm-k7q2`: the service and four random letters.
    ProjectId
);
name!(
    /// A client organisation, such as `kava-ranok`.
    ClientId
);
name!(
    /// A person; says nothing about who it is (the profile does, in `store/people.rs`).
    PersonId
);
name!(
    /// A task, as the template calls it; in later periods with the number of the period: `ads.2`.
    TaskId
);
name!(
    /// A payment of a project: the number of the period that it pays for, or the id of its task.
    PaymentId
);
name!(
    /// A piece of personal content (a remark, a message, a file) kept outside the log.
    ContentId
);

impl ProjectId {
    /// The project's stream.
    pub fn stream(&self) -> StreamId {
        StreamId::of("project", &self.0)
    }
}

impl TaskId {
    /// The task of a period; those of the first keep the name of the template.
    pub fn of(plan: &str, period: u32) -> Self {
        if period <= 1 { Self(plan.to_owned()) } else { Self(format!("{plan}.{period}")) }
    }

    /// What the template calls the task.
    pub fn plan_id(&self) -> &str {
        self.split().map_or(self.as_str(), |(plan, _)| plan)
    }

    /// The period that the task belongs to, from 1.
    pub fn period(&self) -> u32 {
        self.split().map_or(1, |(_, period)| period)
    }

    fn split(&self) -> Option<(&str, u32)> {
        let (plan, number) = self.0.rsplit_once('.')?;
        Some((plan, number.parse().ok().filter(|number| *number > 1)?))
    }
}

impl PaymentId {
    /// The payment for a period of a service that repeats.
    pub fn period(number: u32) -> Self {
        Self(number.to_string())
    }
}

impl ClientId {
    /// The client's stream.
    pub fn stream(&self) -> StreamId {
        StreamId::of("client", &self.0)
    }
}

/// Which try at a task this is, from 1; each return or send-back opens the next.
pub type Round = u32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_of_a_later_period_carries_its_number() {
        assert_eq!(TaskId::of("ads", 1), "ads".into());
        let second = TaskId::of("ads", 2);
        assert_eq!((second.as_str(), second.plan_id(), second.period()), ("ads.2", "ads", 2));
        let first = TaskId::from("ads");
        assert_eq!((first.plan_id(), first.period()), ("ads", 1));
        for odd in ["ads.x", "ads.1", "ads."] {
            assert_eq!((TaskId::from(odd).plan_id(), TaskId::from(odd).period()), (odd, 1));
        }
    }
}
