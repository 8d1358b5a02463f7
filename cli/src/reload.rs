//! Reload: edited templates come into force while the server runs; a broken edit changes nothing, and the staff hear of it.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use engine::app::{App, AppError, Publish};
use engine::domain::agency::Published;
use engine::domain::{Actor, Timestamp};
use engine::store::notes;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use sha2::{Digest, Sha256};
use tokio::sync::Notify;
use workflows::{Catalogue, Files, Keeper, Look, Problem};

use crate::clock;
use crate::config::Settings;
use crate::office::desk;
use crate::random::letters;
use crate::server::Stop;

/// So often the folder is looked at, for file systems that tell nothing.
const POLL: Duration = Duration::from_secs(5);
/// So long after a change the next look comes; two that see the same make it settled.
const SETTLE: Duration = Duration::from_millis(400);
/// Under this name stands what is wrong with the folder, as the staff were told; empty: nothing.
const NOTE: &str = "templates-broken";

/// The catalogue in force, which a reload replaces.
pub struct Live(RwLock<Arc<Catalogue>>);

impl Live {
    pub fn new(catalogue: Arc<Catalogue>) -> Self {
        Self(RwLock::new(catalogue))
    }

    /// As it is now.
    pub fn now(&self) -> Arc<Catalogue> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another one in its place.
    pub fn replace(&self, catalogue: Arc<Catalogue>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = catalogue;
    }
}

/// Follows the folder until the server stops.
pub struct Reload {
    pub app: App,
    pub live: Arc<Live>,
    pub settings: Settings,
    pub keeper: Keeper,
}

/// What was seen in the folder and is not yet stored and told.
#[derive(Default)]
struct Pending {
    good: Option<Files>,
    broken: Option<(Files, Vec<Problem>)>,
}

impl Reload {
    pub async fn run(mut self, mut stop: Stop) {
        let changed = Arc::new(Notify::new());
        // Dropped, it would no longer tell.
        let _watcher = watcher(self.keeper.dir(), Arc::clone(&changed));
        let (mut pending, mut settling) = (Pending::default(), false);
        loop {
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => return,
                () = changed.notified(), if !settling => {}
                () = tokio::time::sleep(if settling { SETTLE } else { POLL }) => {}
            }
            let mut keeper = self.keeper.clone();
            let looked = tokio::task::spawn_blocking(move || (keeper.look(), keeper)).await;
            let Ok((look, keeper)) = looked else { continue };
            self.keeper = keeper;
            settling = matches!(look, Look::Settling);
            self.take(look, &mut pending);
            if let Err(error) = self.settle(&mut pending).await {
                tracing::warn!(%error, "the change of the templates has to wait to be stored");
            }
        }
    }

    /// A good set holds at once, even if the database cannot be reached just now.
    fn take(&self, look: Look, pending: &mut Pending) {
        match look {
            Look::Same | Look::Settling => {}
            Look::Good(files, catalogue) => {
                let catalogue = Arc::new(*catalogue);
                self.app.set_desk(desk(&catalogue, &self.settings));
                self.live.replace(catalogue);
                *pending = Pending { good: Some(files), broken: None };
            }
            Look::Broken(files, problems) => {
                for problem in problems.iter().filter(|problem| problem.is_error()) {
                    tracing::warn!(%problem, "the edited templates cannot be used; those before them stay in force");
                }
                pending.broken = Some((files, problems));
            }
        }
    }

    /// Stores and tells what was seen; what fails is tried again.
    async fn settle(&self, pending: &mut Pending) -> Result<(), AppError> {
        let now = clock::now();
        if let Some(files) = &pending.good {
            publish(&self.app, files, now).await?;
            let moved = self.app.follow_calendar(now).await?;
            if moved > 0 {
                tracing::info!(moved, "timers follow the changed calendar");
            }
            if pending.broken.is_none() {
                tell(&self.app, files, &[], now).await?;
            }
            pending.good = None;
        }
        if let Some((files, problems)) = &pending.broken {
            tell(&self.app, files, problems, now).await?;
            pending.broken = None;
        }
        Ok(())
    }
}

/// Puts the set on record as the one in force.
pub async fn publish(app: &App, files: &Files, at: Timestamp) -> Result<(), AppError> {
    let files = files.texts().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    let command_id = format!("templates:{}", letters(26));
    let publish =
        Publish { files, how: Published::FileEdit, base: None, by: Actor::Operator, at, command_id };
    let answer = app.publish_templates(publish).await?;
    if let engine::app::Answer::Done { .. } = answer {
        tracing::info!("the templates are in force; projects from now on use them");
    }
    Ok(())
}

/// Tells the staff chat that the folder is broken, or mended: once each, whatever is restarted in between.
pub async fn tell(app: &App, files: &Files, problems: &[Problem], now: Timestamp) -> Result<(), AppError> {
    let first = problems.iter().find(|problem| problem.is_error());
    let mark = first.map_or_else(String::new, |problem| {
        let what = format!("{}\n{}\n{}", files.path_of(&problem.file), problem.line, problem.message);
        hex::encode(Sha256::digest(what))
    });
    let (told, since) = notes::read(app.store(), NOTE).await?.unzip();
    if told.unwrap_or_default() == mark {
        return Ok(());
    }
    // The same for two servers that see the same at the same time, and another one for the next time.
    let dedupe =
        format!("alarm:templates:{mark}:{}", since.map_or(0, |since: Timestamp| since.timestamp_micros()));
    let language = app.desk().agency.languages.first().cloned().unwrap_or_default();
    match first {
        Some(problem) => {
            let args = [
                ("file", files.path_of(&problem.file).to_owned()),
                ("line", problem.line.to_string()),
                ("reason", problem.in_language(&language).message),
            ];
            app.alarm("staff-templates-broken", &args, dedupe, now).await?;
        }
        None => app.alarm("staff-templates-mended", &[], dedupe, now).await?,
    }
    notes::write(app.store(), NOTE, &mark, now).await?;
    Ok(())
}

/// Tells of changes in the folder; without it the folder is only looked at from time to time.
fn watcher(dir: &Path, changed: Arc<Notify>) -> Option<RecommendedWatcher> {
    let told = move |event: notify::Result<notify::Event>| {
        // Our own reading is told as well.
        let reading = event.as_ref().is_ok_and(|event| matches!(event.kind, EventKind::Access(_)));
        if !reading {
            changed.notify_one();
        }
    };
    let watching = notify::recommended_watcher(told)
        .and_then(|mut watcher| watcher.watch(dir, RecursiveMode::Recursive).map(|()| watcher));
    watching
        .inspect_err(|error| tracing::warn!(%error, "the folder of templates is looked at every few seconds"))
        .ok()
}
