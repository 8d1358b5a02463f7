//! Bot: what it is made of, and who of several nodes is the one that acts.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use engine::app::App;
use engine::domain::{Arg, Timestamp};
use engine::store::change::NewMessage;
use engine::store::leases::{self, Lease};
use engine::store::outbox::Claim;
use engine::store::{Store, chats, notes, outbox};
use tokio::sync::Notify;

use crate::api::{Api, ApiSetup};
use crate::classify::Verdict;
use crate::fault::Fault;
use crate::limits::{Limits, Pace};
use crate::on_button::Reply;
use crate::secret::Secret;
use crate::token::Standing;
use crate::voice::Voice;

/// The name of the lease of whoever polls, handles and sends.
const LEASE: &str = "bot";
/// The lease is renewed after this.
const RENEW: Duration = Duration::from_secs(5);
/// Without a renewal for this long we no longer trust that it is ours (15 s less a margin).
const TRUST: Duration = Duration::from_secs(10);
/// So often the bot notes that it is alive, in seconds.
const HEARTBEAT: i64 = 10;

/// Reads the token anew, where it may have changed; `None` if it cannot be read now.
pub type TokenSource = Arc<dyn Fn() -> Option<Secret> + Send + Sync>;

/// Tells the time; only the edge asks the machine.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What the bot must be told.
#[derive(Clone)]
pub struct BotOptions {
    /// Such as `https://api.telegram.org`.
    pub api_url: String,
    pub token: Secret,
    /// Asked after Telegram has refused the token.
    pub token_again: Option<TokenSource>,
    /// How long one call to Telegram may take.
    pub deadline: Duration,
    /// How long a poll waits for the first update; only `run` waits.
    pub poll_wait: Duration,
    /// Look for a message whose sending ended in the unknown before sending it again (RELIABILITY 3.4).
    pub probe: bool,
    /// How fast to write; `None` for tests alone.
    pub pace: Option<Pace>,
    /// Where files lie that Telegram does not have yet, named by their SHA-256.
    pub files_dir: Option<PathBuf>,
    /// Chats that are written to at the same time.
    pub at_once: usize,
    /// The name of this process in the lease.
    pub owner: String,
    pub clock: Clock,
}

impl BotOptions {
    /// The usual settings.
    pub fn new(api_url: impl Into<String>, token: Secret, clock: Clock) -> Self {
        Self {
            api_url: api_url.into(),
            token,
            token_again: None,
            deadline: Duration::from_secs(25),
            poll_wait: Duration::from_secs(25),
            probe: false,
            pace: Some(Pace::default()),
            files_dir: None,
            at_once: 32,
            owner: format!("{}", std::process::id()),
            clock,
        }
    }
}

/// The bot: a cheap handle. No `Debug`: it holds the token.
#[derive(Clone)]
pub struct Bot {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub api: Api,
    pub app: App,
    pub voice: Voice,
    pub options: BotOptions,
    lease: Mutex<Option<Held>>,
    limits: Mutex<Limits>,
    /// Whether Telegram takes the token.
    pub token: Standing,
    /// When the last heartbeat was noted, in seconds.
    beat: AtomicI64,
    /// From where to ask for updates; negative until it is known.
    pub offset: AtomicI64,
    /// When the last updates came, in seconds; 0 before the first.
    pub fed: AtomicI64,
    /// Answers to presses that wait to be sent.
    pub replies: Mutex<VecDeque<Reply>>,
    /// What became of messages, where the database did not take it.
    pub unrecorded: Mutex<Vec<(Claim, Verdict)>>,
    /// Wakes whoever handles updates.
    pub arrived: Notify,
    /// Wakes whoever answers presses.
    pub answerable: Notify,
    /// What was told by the clock, and for which time.
    pub told_at: Mutex<BTreeMap<&'static str, Timestamp>>,
}

struct Held {
    lease: Lease,
    renewed: Instant,
}

impl Bot {
    /// A bot over an open app; nothing happens before the first tick.
    pub fn new(options: BotOptions, app: App, voice: Voice) -> Result<Self, ApiSetup> {
        let api = Api::new(&options.api_url, &options.token, options.deadline)?;
        let limits = Mutex::new(Limits::new(options.pace));
        let token = Standing::new(options.token.clone());
        Ok(Self {
            inner: Arc::new(Inner {
                api,
                app,
                voice,
                options,
                lease: Mutex::new(None),
                limits,
                token,
                beat: AtomicI64::new(0),
                offset: AtomicI64::new(-1),
                fed: AtomicI64::new(0),
                replies: Mutex::new(VecDeque::new()),
                unrecorded: Mutex::new(Vec::new()),
                arrived: Notify::new(),
                answerable: Notify::new(),
                told_at: Mutex::default(),
            }),
        })
    }

    /// Lets the lease go, so that another node takes over at once.
    pub async fn stand_down(&self) -> Result<(), Fault> {
        let held = lock(&self.inner.lease).take();
        match held {
            Some(held) => Ok(leases::release(self.store(), held.lease).await?),
            None => Ok(()),
        }
    }

    pub(crate) fn store(&self) -> &Store {
        self.inner.app.store()
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.inner.options.clock)()
    }

    pub(crate) fn limits(&self) -> MutexGuard<'_, Limits> {
        lock(&self.inner.limits)
    }

    pub(crate) fn quarantine(&self) -> chrono::Duration {
        chrono::Duration::from_std(self.inner.options.deadline * 2).unwrap_or(chrono::Duration::seconds(50))
    }

    /// The lease, if this process is the one that acts; takes it when it is free.
    pub(crate) async fn lead(&self, now: Timestamp) -> Result<Option<Lease>, Fault> {
        let held = lock(&self.inner.lease).as_ref().map(|held| (held.lease.clone(), held.renewed));
        let lease = match held {
            Some((lease, renewed)) if renewed.elapsed() < RENEW => lease,
            Some((lease, renewed)) => match self.renew(lease, renewed).await? {
                Some(lease) => lease,
                None => return Ok(None),
            },
            None => match self.take_over(now).await? {
                Some(lease) => lease,
                None => return Ok(None),
            },
        };
        self.beat(now).await?;
        Ok(Some(lease))
    }

    async fn renew(&self, lease: Lease, renewed: Instant) -> Result<Option<Lease>, Fault> {
        let begun = Instant::now();
        match leases::renew(self.store(), &lease).await {
            Ok(true) => {
                *lock(&self.inner.lease) = Some(Held { lease: lease.clone(), renewed: begun });
                Ok(Some(lease))
            }
            Ok(false) => {
                tracing::warn!(epoch = lease.epoch, "the lease was taken by another node; standing by");
                self.forget_lease(&lease);
                Ok(None)
            }
            Err(error) => {
                if renewed.elapsed() > TRUST {
                    self.forget_lease(&lease);
                }
                Err(error.into())
            }
        }
    }

    fn forget_lease(&self, lease: &Lease) {
        let mut held = lock(&self.inner.lease);
        if held.as_ref().is_some_and(|held| held.lease.epoch == lease.epoch) {
            *held = None;
        }
    }

    /// Everything that was on its way is unknown now, and presses may have been missed (RELIABILITY 3.2 R, 3.6).
    async fn take_over(&self, now: Timestamp) -> Result<Option<Lease>, Fault> {
        let begun = Instant::now();
        let Some(lease) = leases::acquire(self.store(), LEASE, &self.inner.options.owner, now).await? else {
            return Ok(None);
        };
        let unknown = outbox::recover(self.store(), &lease, self.quarantine()).await?;
        if unknown > 0 {
            tracing::warn!(messages = unknown, "messages were on their way when the last holder stopped");
        }
        crate::crash::point("recover_done");
        let minute_ago = now - chrono::Duration::minutes(1);
        for (chat, at) in outbox::recent(self.store(), minute_ago).await? {
            self.limits().remember(chat, at);
        }
        self.finish_lost_and_back(lease.epoch, now).await?;
        self.ask_again_after_outage(now).await?;
        tracing::info!(epoch = lease.epoch, "this node polls, handles and sends");
        *lock(&self.inner.lease) = Some(Held { lease: lease.clone(), renewed: begun });
        Ok(Some(lease))
    }

    async fn beat(&self, now: Timestamp) -> Result<(), Fault> {
        let seconds = now.timestamp();
        if seconds - self.inner.beat.load(Ordering::Acquire) < HEARTBEAT {
            return Ok(());
        }
        notes::write(self.store(), crate::outage::ALIVE, &seconds.to_string(), now).await?;
        self.inner.beat.store(seconds, Ordering::Release);
        Ok(())
    }

    /// The chat of the staff, wherever it moved.
    pub(crate) async fn staff_chat(&self) -> Result<Option<i64>, Fault> {
        match self.inner.app.desk().staff_chat {
            Some(chat) => Ok(Some(chats::resolve(self.store(), chat).await?)),
            None => Ok(None),
        }
    }

    /// The language of the staff.
    pub(crate) fn staff_language(&self) -> String {
        self.inner.app.desk().agency.languages.first().cloned().unwrap_or_default()
    }

    /// Tells the staff something once per `key`; without a staff chat only the log hears of it.
    pub(crate) async fn tell_staff(
        &self,
        key: &str,
        message: &str,
        args: &[(String, Arg)],
        now: Timestamp,
    ) -> Result<(), Fault> {
        let Some(chat) = self.inner.app.desk().staff_chat else { return Ok(()) };
        let language = self.staff_language();
        let Some(text) = self.inner.voice.text(&language, message, args) else { return Ok(()) };
        let mut post = NewMessage::post(chat, key, message, text);
        post.language = language;
        let along = engine::app::Along { messages: vec![post], ..engine::app::Along::default() };
        Ok(self.inner.app.settle(key.to_owned(), now, along).await?)
    }
}

/// A lock that is never held over an await; a panic elsewhere does not spoil what it guards.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
