//! Recent: the projects of the board as they were read last, brought up to date by what was written since.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use engine::domain::ProjectId;
use engine::store::Store;
use sqlx::Row;

use super::{BoardProject, project, projects};
use crate::ReadError;

/// So long single projects are read anew; then all are, whatever happened to the read model meanwhile.
const TRUST: Duration = Duration::from_secs(5);
/// When more projects than these changed, all are read.
const FEW: usize = 40;

/// All projects at a position of the log.
#[derive(Clone)]
struct Known {
    position: i64,
    read: Instant,
    projects: Arc<Vec<Arc<BoardProject>>>,
}

/// The last reading, shared by everybody who looks at the board.
#[derive(Default)]
pub struct Recent(Mutex<Option<Known>>);

impl Recent {
    /// All projects with their tasks, in the order in which they were opened; never older than the call.
    pub async fn projects(&self, store: &Store) -> Result<Arc<Vec<Arc<BoardProject>>>, ReadError> {
        // What is committed while we read is looked for the next time.
        let position = store.head().await?.position;
        let known = self.lock().clone().filter(|known| known.read.elapsed() < TRUST);
        if let Some(known) = known.as_ref().filter(|known| known.position >= position) {
            return Ok(Arc::clone(&known.projects));
        }
        let fresh = match known {
            Some(known) => match changed(store, known.position).await? {
                Some(changed) => Known { position, ..mended(store, known, changed).await? },
                None => whole(store, position).await?,
            },
            None => whole(store, position).await?,
        };
        let projects = Arc::clone(&fresh.projects);
        let mut last = self.lock();
        if last.as_ref().is_none_or(|last| last.position <= fresh.position) {
            *last = Some(fresh);
        }
        Ok(projects)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn whole(store: &Store, position: i64) -> Result<Known, ReadError> {
    let read = Instant::now();
    let projects = projects(store).await?.into_iter().map(Arc::new).collect();
    Ok(Known { position, read, projects: Arc::new(projects) })
}

/// The projects that something was written about since a position; nothing if they are many.
async fn changed(store: &Store, since: i64) -> Result<Option<Vec<ProjectId>>, ReadError> {
    let sql = "SELECT p.project FROM board_projects p
               WHERE p.stream IN (SELECT e.stream FROM events e WHERE e.position > $1)";
    let rows = sqlx::query(sql).bind(since).fetch_all(store.reads()).await?;
    if rows.len() > FEW {
        return Ok(None);
    }
    Ok(Some(rows.iter().map(|row| row.try_get(0).map(ProjectId)).collect::<Result<_, _>>()?))
}

async fn mended(store: &Store, known: Known, changed: Vec<ProjectId>) -> Result<Known, ReadError> {
    let mut projects = (*known.projects).clone();
    for id in changed {
        let Some(fresh) = project(store, &id).await?.map(Arc::new) else { continue };
        match projects.iter_mut().find(|old| old.project == id) {
            Some(old) => *old = fresh,
            None => projects.push(fresh),
        }
    }
    projects.sort_by(|a, b| (a.opened, &a.project).cmp(&(b.opened, &b.project)));
    Ok(Known { projects: Arc::new(projects), ..known })
}
