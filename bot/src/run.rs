//! Run: the ticks as loops, until the shutdown; each loop finishes what it has begun.

use std::time::{Duration, Instant};

use engine::domain::Timestamp;
use engine::store::outbox::strays;
use engine::store::outcome;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tokio::sync::watch;

use crate::bot::Bot;
use crate::fault::Fault;
use crate::poll::Polled;

/// Without any hint everything looks for work this often.
const IDLE: Duration = Duration::from_secs(1);
/// After a machine error a loop rests this long.
const REST: Duration = Duration::from_secs(1);
/// Lost copies are looked for this often.
const CLOCK: Duration = Duration::from_secs(20);
const SWEEP: Duration = Duration::from_mins(1);

/// How updates come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// We ask.
    Polling,
    /// Telegram calls the route of `webhook`.
    Webhook,
}

impl Bot {
    /// Polls, handles, answers and sends until `stop` becomes true, then lets the lease go.
    pub async fn run(&self, mode: Mode, stop: watch::Receiver<bool>) {
        let polling = stop.clone();
        let poll = async move {
            match mode {
                Mode::Polling => self.poll_loop(polling).await,
                Mode::Webhook => {}
            }
        };
        // Boxed, so that whoever runs the bot does not carry the frames of eight loops.
        tokio::join!(
            Box::pin(poll),
            Box::pin(self.handle_loop(stop.clone())),
            Box::pin(self.answer_loop(stop.clone())),
            Box::pin(self.deliver_loop(stop.clone())),
            Box::pin(self.keep_lease(stop.clone())),
            Box::pin(self.revive_loop(stop.clone())),
            Box::pin(self.clock_loop(stop.clone())),
            Box::pin(self.sweep_loop(stop)),
        );
        if let Err(error) = self.stand_down().await {
            tracing::warn!(%error, "the lease could not be let go; it runs out by itself");
        }
    }

    async fn poll_loop(&self, stop: watch::Receiver<bool>) {
        let wait = self.inner.options.poll_wait;
        while !is_stopped(&stop) {
            // An interrupted poll has confirmed nothing that is not stored.
            let polled = tokio::select! {
                polled = self.ingest(wait) => polled,
                () = stopped(stop.clone()) => return,
            };
            match polled {
                Ok(Polled::Stored(0)) if wait.is_zero() => rest(IDLE, &stop).await,
                Ok(Polled::Stored(_)) => {}
                Ok(Polled::StandingBy) => rest(IDLE, &stop).await,
                Ok(Polled::Wait(pause)) => rest(pause, &stop).await,
                Err(error) => complain("polling", &error, &stop).await,
            }
        }
    }

    async fn handle_loop(&self, stop: watch::Receiver<bool>) {
        while !is_stopped(&stop) {
            match self.handle_waiting().await {
                Ok(_) => tokio::select! {
                    () = self.inner.arrived.notified() => {}
                    () = rest(IDLE, &stop) => {}
                },
                Err(error) => complain("handling updates", &error, &stop).await,
            }
        }
    }

    async fn answer_loop(&self, stop: watch::Receiver<bool>) {
        while !is_stopped(&stop) {
            self.answer_all().await;
            tokio::select! {
                () = self.inner.answerable.notified() => {}
                () = rest(IDLE, &stop) => {}
            }
        }
        self.answer_all().await;
    }

    async fn deliver_loop(&self, stop: watch::Receiver<bool>) {
        let mut commits = self.store().watch();
        let mut flying = FuturesUnordered::new();
        while !is_stopped(&stop) {
            let now = self.now();
            commits.borrow_and_update();
            let room = self.inner.options.at_once.saturating_sub(flying.len());
            let mut pause = IDLE;
            match self.choose(now, room).await {
                Ok(chosen) => {
                    pause = chosen.next.map_or(IDLE, |next| until(next, now)).min(IDLE);
                    let begun = Instant::now();
                    for claim in chosen.claims {
                        flying.push(async move { self.deliver(&claim, begun).await });
                    }
                }
                Err(error) => complain("choosing messages", &error, &stop).await,
            }
            tokio::select! {
                Some(done) = flying.next() => report(done),
                changed = commits.changed(), if room > 0 => if changed.is_err() { rest(IDLE, &stop).await },
                () = rest(pause, &stop) => {}
            }
        }
        while let Some(done) = flying.next().await {
            report(done);
        }
    }

    /// Long polls and long sends must not cost the lease.
    async fn keep_lease(&self, stop: watch::Receiver<bool>) {
        while !is_stopped(&stop) {
            if let Err(error) = self.heartbeat().await {
                tracing::warn!(%error, "the lease could not be renewed");
            }
            rest(IDLE, &stop).await;
        }
    }

    /// A token that is valid again, or another one, needs no restart.
    async fn revive_loop(&self, stop: watch::Receiver<bool>) {
        while !is_stopped(&stop) {
            if let Err(error) = self.revive().await {
                tracing::warn!(%error, "that the token is valid again could not be noted");
            }
            rest(IDLE, &stop).await;
        }
    }

    /// What the staff hear at fixed times; a minute's delay does no harm.
    async fn clock_loop(&self, stop: watch::Receiver<bool>) {
        while !is_stopped(&stop) {
            if let Err(error) = self.clock_tick(self.now()).await {
                tracing::warn!(%error, "what the staff hear by the clock could not be said");
            }
            rest(CLOCK, &stop).await;
        }
    }

    async fn sweep_loop(&self, stop: watch::Receiver<bool>) {
        while !is_stopped(&stop) {
            rest(SWEEP, &stop).await;
            if is_stopped(&stop) {
                return;
            }
            if let Err(error) = self.sweep().await {
                tracing::warn!(%error, "lost copies could not be taken away");
            }
        }
    }

    /// Takes away copies of messages that lost against another copy; they live 48 hours at most (TG-48).
    pub async fn sweep(&self) -> Result<(), Fault> {
        if self.is_token_dead() || self.lead(self.now()).await?.is_none() {
            return Ok(());
        }
        for (chat, message) in strays(self.store()).await? {
            let verdict = self.inner.api.delete(chat, message).await;
            tracing::info!(chat, ?verdict, "a second copy of a message was taken away");
            outcome::stray_done(self.store(), chat, message).await?;
        }
        Ok(())
    }
}

fn until(next: Timestamp, now: Timestamp) -> Duration {
    (next - now).to_std().unwrap_or(Duration::ZERO).max(Duration::from_millis(1))
}

fn report(done: Result<(), Fault>) {
    if let Err(error) = done {
        tracing::error!(%error, "what became of a message could not be recorded; it is taken for unknown");
    }
}

async fn complain(what: &str, error: &Fault, stop: &watch::Receiver<bool>) {
    tracing::error!(%error, what, "a tick failed; trying again");
    rest(REST, stop).await;
}

/// Asked to stop, or nobody left who could ask.
fn is_stopped(stop: &watch::Receiver<bool>) -> bool {
    *stop.borrow() || stop.has_changed().is_err()
}

async fn rest(pause: Duration, stop: &watch::Receiver<bool>) {
    tokio::select! {
        () = tokio::time::sleep(pause) => {}
        () = stopped(stop.clone()) => {}
    }
}

/// Returns once the shutdown is asked for, or once nobody can ask for it any more.
async fn stopped(mut stop: watch::Receiver<bool>) {
    while !*stop.borrow_and_update() {
        if stop.changed().await.is_err() {
            return;
        }
    }
}
