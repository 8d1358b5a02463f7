//! Handle: stored updates one after another, each in one transaction with what it causes (RELIABILITY 3.2 T2).

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use engine::app::Along;
use engine::domain::{Arg, Timestamp};
use engine::store::inbox::{self, Received};
use futures::FutureExt;
use futures::future::join_all;

use crate::bot::{Bot, lock};
use crate::classify::Verdict;
use crate::crash;
use crate::fault::Fault;
use crate::on_button::Reply;

/// So often an update may fail before it is put aside.
const TRIES: i64 = 3;
/// An answer to a press that takes longer is of no use any more.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// So many answers are sent at the same time.
const ANSWERS: usize = 32;

/// The update that is being handled.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    pub update_id: i64,
    /// When it was received: what it causes happened then, however long it waited.
    pub at: Timestamp,
}

impl Turn {
    /// The id of the one command of this update.
    pub fn command_id(self) -> String {
        format!("tg:{}", self.update_id)
    }

    /// The id of a further step of this update.
    pub fn step(self, name: &str) -> String {
        format!("tg:{}:{name}", self.update_id)
    }

    /// What settles the update along with its command.
    pub fn along(self) -> Along {
        Along { update: Some(self.update_id), ..Along::default() }
    }
}

impl Bot {
    /// Handles everything that waits, in order, and answers the presses among it. Answers how many updates.
    pub async fn handle_all(&self) -> Result<usize, Fault> {
        let handled = self.handle_waiting().await;
        self.answer_all().await;
        handled
    }

    pub(crate) async fn handle_waiting(&self) -> Result<usize, Fault> {
        let mut handled = 0;
        while self.lead(self.now()).await?.is_some() {
            let Some(received) = inbox::next(self.store()).await? else { break };
            self.handle(&received).await?;
            handled += 1;
        }
        Ok(handled)
    }

    async fn handle(&self, received: &Received) -> Result<(), Fault> {
        crash::point("handle_begin");
        let turn = Turn { update_id: received.update_id, at: received.received_at };
        let routed = AssertUnwindSafe(self.route(turn, &received.body)).catch_unwind().await;
        crash::point("handle_routed");
        match routed.unwrap_or(Err(Fault::Panicked)) {
            Ok(reply) => {
                if let Some(reply) = reply {
                    lock(&self.inner.replies).push_back(reply);
                    self.inner.answerable.notify_one();
                }
                crash::point("handle_done");
                Ok(())
            }
            Err(fault) if fault.is_passing() => Err(fault),
            Err(fault) => self.failed(received, &fault).await,
        }
    }

    /// The update is at fault: after three tries it is put aside, and later ones go on.
    async fn failed(&self, received: &Received, fault: &Fault) -> Result<(), Fault> {
        let update = received.update_id;
        tracing::warn!(update, attempt = received.attempts + 1, error = %fault, "an update could not be handled");
        crash::point("handle_failed");
        if received.attempts + 1 < TRIES {
            return Ok(inbox::failed(self.store(), update, &fault.to_string()).await?);
        }
        tracing::error!(update, "an update is put aside; its text is kept in the inbox");
        let args = [("update".to_owned(), Arg::Text(update.to_string()))];
        self.tell_staff(&format!("alarm:update:{update}"), "staff-update-dead", &args, self.now()).await?;
        Ok(inbox::bury(self.store(), update, &fault.to_string(), self.now()).await?)
    }

    /// Ends the spinners of the buttons that were pressed; best effort, the facts are stored already.
    pub async fn answer_all(&self) {
        loop {
            let batch: Vec<Reply> = {
                let mut waiting = lock(&self.inner.replies);
                let count = waiting.len().min(ANSWERS);
                waiting.drain(..count).collect()
            };
            if batch.is_empty() || self.is_token_dead() {
                return;
            }
            join_all(batch.iter().map(|reply| self.answer(reply))).await;
        }
    }

    async fn answer(&self, reply: &Reply) {
        for attempt in 1..=2 {
            let call = self.inner.api.answer(&reply.callback, &reply.text, reply.alert);
            match tokio::time::timeout(ANSWER_WITHIN, call).await {
                Ok(Verdict::Accepted(_) | Verdict::AlreadySo) => break,
                Ok(Verdict::TooOld) => {
                    tracing::debug!("a press was answered too late");
                    break;
                }
                Ok(verdict) => tracing::debug!(attempt, ?verdict, "answering a press failed"),
                Err(_) => tracing::debug!(attempt, "answering a press took too long"),
            }
        }
        crash::point("answer_sent");
    }
}
