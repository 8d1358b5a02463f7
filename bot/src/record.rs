//! Record: what became of each send, and who has to hear of it (RELIABILITY 3.2 T4).

use engine::domain::Arg;
use engine::store::outbox::Claim;
use engine::store::outcome;
use projections::directory;

use crate::bot::Bot;
use crate::classify::Verdict;
use crate::crash;
use crate::fault::Fault;

impl Bot {
    /// RELIABILITY 3.2 T4, row by row.
    pub(crate) async fn record(&self, claim: &Claim, verdict: Verdict) -> Result<(), Fault> {
        let now = self.now();
        let store = self.store();
        match verdict {
            Verdict::Accepted(message) => outcome::delivered(store, claim, message, false, now).await?,
            Verdict::AcceptedAlbum { first, last } => {
                outcome::album_delivered(store, claim, (first, last), now).await?;
            }
            Verdict::AlreadySo => outcome::delivered(store, claim, 0, false, now).await?,
            Verdict::NotSent => {
                let next = now + backoff(claim);
                outcome::later(store, claim, next, false, "Telegram cannot be reached").await?;
            }
            Verdict::Wait(seconds) => {
                let until = now + chrono::Duration::seconds(seconds.clamp(0, 86_400) + 1);
                tracing::warn!(chat = claim.chat, seconds, "Telegram asks to wait");
                self.limits().flooded(claim.chat, now, until);
                outcome::later(store, claim, until, true, "Telegram asked to wait").await?;
            }
            Verdict::Moved(to) => {
                outcome::later(store, claim, now, false, "the group has a new id").await?;
                self.move_chat(claim.chat, to, now).await?;
            }
            Verdict::MessageGone | Verdict::NotOurs if claim.target.is_some() => {
                outcome::post_instead(store, claim, now).await?;
            }
            Verdict::ChatGone(why) => {
                let key = format!("out:{}:{}:{}", claim.id, claim.epoch, claim.attempts);
                self.lose(claim.chat, why.word(), &key, now).await?;
            }
            Verdict::TokenDead => {
                outcome::later(store, claim, now, false, "Telegram refuses the token").await?;
                self.token_died(now).await?;
            }
            Verdict::Unknown => {
                crash::point("deliver_unknown");
                tracing::warn!(
                    message = claim.id,
                    attempt = claim.attempts,
                    "it is not known whether a message arrived"
                );
                outcome::unknown(store, claim, now + self.quarantine()).await?;
            }
            Verdict::NoTopic => self.without_topic(claim, now).await?,
            refused @ (Verdict::MessageGone
            | Verdict::NotOurs
            | Verdict::BadMarkup
            | Verdict::TooLong
            | Verdict::BadButton
            | Verdict::Conflict
            | Verdict::TooOld
            | Verdict::NoFile
            | Verdict::Rejected(_)) => self.fail(claim, &Why::of(refused)).await?,
        }
        Ok(())
    }

    /// Refused for good. A request to decide holds its chat: what follows it makes no sense without it.
    pub(crate) async fn fail(&self, claim: &Claim, why: &Why) -> Result<(), Fault> {
        let reason = why.words();
        tracing::error!(
            message = claim.id,
            chat = claim.chat,
            reason,
            held = claim.is_request,
            "a message was refused"
        );
        outcome::failed(self.store(), claim, reason, claim.is_request, self.now()).await?;
        self.tell_about(claim, "staff-send-failed", why).await
    }

    /// Tells the staff that a message to a client needs a person.
    pub(crate) async fn tell_about(&self, claim: &Claim, key: &str, why: &Why) -> Result<(), Fault> {
        if self.staff_chat().await? == Some(claim.chat) {
            return Ok(());
        }
        // A message to a chat of nobody's answers a stranger; nobody waits for it.
        let client = directory::client_by_chat(self.store(), claim.chat).await?;
        let Some(client) = client else { return Ok(()) };
        let args = [
            ("client".to_owned(), Arg::Text(client.name)),
            ("task".to_owned(), self.title(claim).await?),
            ("reason".to_owned(), why.arg()),
        ];
        self.tell_staff(&format!("alarm:{}:{}", claim.id, claim.attempts), key, &args, self.now()).await
    }

    /// What the message is about: its task, or else how it begins.
    async fn title(&self, claim: &Claim) -> Result<Arg, Fault> {
        let name = claim.file.iter().chain(&claim.album).find_map(|row| row.name.clone());
        let beginning = first_line(&claim.payload.text).or(name);
        let unknown = || beginning.map_or_else(|| Arg::Key("content-file".to_owned()), Arg::Text);
        let (Some(project), Some(task)) = (&claim.project, &claim.task) else { return Ok(unknown()) };
        let state = self.inner.app.project_state(project).await?;
        let title = state.as_deref().and_then(|state| state.plan(task)).map(|plan| plan.title.clone());
        Ok(title.map_or_else(unknown, Arg::Words))
    }
}

/// Why Telegram will never take a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    File,
    Gone,
    Formatting,
    Long,
    Buttons,
    Topic,
    Silence,
    Strange,
    /// Telegram's own words.
    Said(String),
}

impl Why {
    fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::NoFile => Self::File,
            Verdict::MessageGone | Verdict::NotOurs => Self::Gone,
            Verdict::BadMarkup => Self::Formatting,
            Verdict::TooLong => Self::Long,
            Verdict::BadButton => Self::Buttons,
            Verdict::NoTopic => Self::Topic,
            Verdict::Rejected(words) => Self::Said(words),
            Verdict::Accepted(_)
            | Verdict::AcceptedAlbum { .. }
            | Verdict::AlreadySo
            | Verdict::NotSent
            | Verdict::Wait(_)
            | Verdict::Moved(_)
            | Verdict::ChatGone(_)
            | Verdict::TokenDead
            | Verdict::Conflict
            | Verdict::TooOld
            | Verdict::Unknown => Self::Strange,
        }
    }

    /// For logs and facts.
    fn words(&self) -> &str {
        match self {
            Self::File => "the file is no longer here",
            Self::Gone => "the message is gone",
            Self::Formatting => "the formatting cannot be read",
            Self::Long => "the message is too long",
            Self::Buttons => "Telegram does not take its buttons",
            Self::Topic => "the topic is closed",
            Self::Silence => "no answer from Telegram",
            Self::Strange => "an answer that makes no sense",
            Self::Said(words) => words,
        }
    }

    /// For people.
    fn arg(&self) -> Arg {
        Arg::Key(
            match self {
                Self::File => "failed-file",
                Self::Gone => "failed-gone",
                Self::Formatting => "failed-formatting",
                Self::Long => "failed-long",
                Self::Buttons => "failed-buttons",
                Self::Topic => "failed-topic",
                Self::Silence => "failed-silence",
                Self::Strange => "failed-strange",
                Self::Said(words) => return Arg::Text(words.clone()),
            }
            .to_owned(),
        )
    }
}

/// The first line with words, cut to the length of a title.
fn first_line(text: &str) -> Option<String> {
    const MOST: usize = 60;
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    if line.chars().count() <= MOST {
        return Some(line.to_owned());
    }
    let kept: String = line.chars().take(MOST - 1).collect();
    Some(format!("{}…", kept.trim_end()))
}

/// 1 s, 2 s, 4 s … at most 5 minutes, and a little of its own so that chats do not come back together.
fn backoff(claim: &Claim) -> chrono::Duration {
    let doubled = 1_i64 << (claim.attempts - 1).clamp(0, 9);
    let jitter = claim.id.unsigned_abs() % 500;
    chrono::Duration::seconds(doubled.min(300))
        + chrono::Duration::milliseconds(i64::try_from(jitter).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_without_a_task_is_called_by_how_it_begins() {
        assert_eq!(first_line(" \nВітаємо!\nДалі").as_deref(), Some("Вітаємо!"));
        assert_eq!(first_line(&"ж".repeat(100)).map(|line| line.chars().count()), Some(60));
        assert_eq!(first_line(" \n"), None);
    }
}
