//! Starting and stopping: the listener, the routes, the shared state and the background loops.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::line::{Lines, Scissors};
use crate::params::BODY_LIMIT;
use crate::state::State;
use crate::{api, control, page, persist, webhook};

/// How a sandbox is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    pub token: String,
    pub bot_username: String,
    /// Seeds everything random: ids of presses and files, faults by chance.
    pub seed: u64,
    /// Privacy mode: in groups the bot gets commands, replies to it and service messages only.
    pub privacy: bool,
    /// Answer 429 over 1/s per chat (bursts of 3), 20/min per group, 30/s in all.
    pub enforce_limits: bool,
    /// Where the state lives between runs; `None` keeps it in memory.
    pub state_dir: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            token: "7000000001:sandbox-token".to_owned(),
            bot_username: "signoff_bot".to_owned(),
            seed: 1,
            privacy: true,
            enforce_limits: false,
            state_dir: None,
        }
    }
}

/// What all handlers and the handle share.
pub(crate) struct Inner {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
    stop: watch::Sender<bool>,
    dirty: AtomicBool,
    tasks: Mutex<JoinSet<()>>,
    pub address: SocketAddr,
    pub state_dir: Option<PathBuf>,
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works on the state and wakes everybody who waits for a change.
    pub fn change<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        let result = work(&mut self.lock());
        self.poke();
        result
    }

    /// Works on the state without waking anybody.
    pub fn read<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.lock())
    }

    pub fn poke(&self) {
        self.dirty.store(true, Ordering::SeqCst);
        self.changed.send_modify(|count| *count += 1);
    }

    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Resolves once the sandbox is being stopped.
    pub async fn stopped(&self) {
        let mut stop = self.stop.subscribe();
        // An error would mean that the sender is gone, and with it the sandbox.
        let _ = stop.wait_for(|stop| *stop).await;
    }

    pub fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }

    pub fn take_dirty(&self) -> bool {
        self.dirty.swap(false, Ordering::SeqCst)
    }

    /// Sleeps, but not past the end of the sandbox.
    pub async fn pause(&self, ms: u64) {
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(ms)) => {}
            () = self.stopped() => {}
        }
    }

    /// Runs a task that `stop` waits for.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(task);
    }

    /// Ends the loops and the listener, and keeps the state.
    pub async fn finish(&self) -> io::Result<()> {
        self.stop.send_replace(true);
        let mut tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        let ended = tokio::time::timeout(Duration::from_secs(3), async {
            while tasks.join_next().await.is_some() {}
        });
        if ended.await.is_err() {
            tasks.shutdown().await;
        }
        persist::save(self)
    }
}

/// Binds, loads what an earlier run left, and starts serving.
pub(crate) async fn start(options: Options) -> io::Result<Arc<Inner>> {
    let state = persist::load(&options)?;
    let listener = TcpListener::bind(options.listen).await?;
    let inner = Arc::new(Inner {
        state: Mutex::new(state),
        changed: watch::Sender::new(1),
        stop: watch::Sender::new(false),
        dirty: AtomicBool::new(true),
        tasks: Mutex::new(JoinSet::new()),
        address: listener.local_addr()?,
        state_dir: options.state_dir,
    });
    inner.spawn(serve(Arc::clone(&inner), listener));
    inner.spawn(webhook::deliver_forever(Arc::clone(&inner)));
    if inner.state_dir.is_some() {
        inner.spawn(persist::save_forever(Arc::clone(&inner)));
    }
    Ok(inner)
}

fn routes(inner: Arc<Inner>) -> Router {
    Router::new()
        .route("/", get(page::html))
        .route("/page.css", get(page::css))
        .route("/page.js", get(page::js))
        .route("/control/watch", get(control::watch))
        .route("/control/file/{file_id}", get(control::file))
        .route("/control/{action}", get(control::ask).post(control::act))
        .fallback(api::serve)
        .layer(axum::middleware::from_fn(only_this_machine))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(inner)
}

/// A name that merely points here (DNS rebinding) must not let another site act as the people of the chats.
async fn only_this_machine(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok());
    let name = name.map_or(host, |(name, _)| name);
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    if bare.is_empty() || bare == "localhost" || bare.parse::<IpAddr>().is_ok() {
        return next.run(request).await;
    }
    StatusCode::FORBIDDEN.into_response()
}

async fn serve(inner: Arc<Inner>, listener: TcpListener) {
    let own = Arc::clone(&inner);
    let service = routes(inner).into_make_service_with_connect_info::<Scissors>();
    let ended =
        axum::serve(Lines(listener), service).with_graceful_shutdown(async move { own.stopped().await });
    if let Err(error) = ended.await {
        tracing::error!(%error, "the sandbox's listener ended");
    }
}
