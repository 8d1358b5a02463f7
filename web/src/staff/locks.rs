//! Locks: what keeps each ready task from its start, for the cards of the board (PF-26).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use engine::app::AppError;
use engine::domain::gate::missing_to_start;
use engine::domain::project::Status;
use engine::domain::refusal::Missing;
use engine::domain::{ProjectId, TaskId};
use projections::board::BoardProject;

use crate::site::Site;

/// What each ready task of a project lacks, as of this reading of the project.
struct Known {
    board: Arc<BoardProject>,
    lacks: Vec<(TaskId, Missing)>,
}

/// The last look at every project; one that was written about since is looked at again.
#[derive(Default)]
pub(crate) struct Locks(Mutex<HashMap<ProjectId, Arc<Known>>>);

/// The first thing that each task waits for.
pub(super) struct Locked(HashMap<ProjectId, Arc<Known>>);

impl Locked {
    pub fn of(&self, project: &ProjectId, task: &TaskId) -> Option<&Missing> {
        let lacks = &self.0.get(project)?.lacks;
        lacks.iter().find(|(known, _)| known == task).map(|(_, missing)| missing)
    }
}

impl Locks {
    /// Of the projects that have a ready task.
    pub(super) async fn of(&self, site: &Site, projects: &[Arc<BoardProject>]) -> Result<Locked, AppError> {
        let before = self.lock().clone();
        let mut now = HashMap::new();
        for project in projects.iter().filter(|project| has_ready(project)) {
            let known = before.get(&project.project).filter(|known| Arc::ptr_eq(&known.board, project));
            let known = match known {
                Some(known) => Arc::clone(known),
                None => Arc::new(look(site, project).await?),
            };
            now.insert(project.project.clone(), known);
        }
        // Others look at other projects: what they know is kept, as long as something there is ready.
        let mut kept = self.lock();
        for project in projects.iter().filter(|project| !has_ready(project)) {
            kept.remove(&project.project);
        }
        kept.extend(now.iter().map(|(project, known)| (project.clone(), Arc::clone(known))));
        Ok(Locked(now))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<ProjectId, Arc<Known>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn has_ready(project: &BoardProject) -> bool {
    !project.completed && project.tasks.iter().any(|task| task.status == Status::Ready)
}

async fn look(site: &Site, board: &Arc<BoardProject>) -> Result<Known, AppError> {
    let mut lacks = Vec::new();
    if let Some(project) = site.app.project_state(&board.project).await? {
        for task in project.tasks.iter().filter(|task| task.status == Status::Ready) {
            let first = missing_to_start(&project, task).into_iter().next();
            lacks.extend(first.map(|missing| (task.id.clone(), missing)));
        }
    }
    Ok(Known { board: Arc::clone(board), lacks })
}
