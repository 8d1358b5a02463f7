//! Who held the ball of a project's tasks, read from its stream.

use super::{App, AppError};
use crate::domain::ProjectId;
use crate::domain::project::spans::{Ball, Span};
use crate::domain::project::waits::{Wait, Waits};
use crate::domain::project::{Project, ProjectEvent};

impl App {
    /// From when to when each side held the ball, in the order in which it took it; empty if there is no such project.
    pub async fn project_spans(&self, id: &ProjectId) -> Result<Vec<Span>, AppError> {
        let mut ball = Ball::default();
        let mut project = Project::default();
        for stored in self.store().stream(id.stream(), 0).await? {
            let fact = stored.fact::<ProjectEvent>()?;
            project = project.with(&fact);
            ball.saw(&project, fact.at);
        }
        Ok(ball.spans())
    }

    /// For whom what is in the project waited, in the order in which it began; empty if there is no such project.
    pub async fn project_waits(&self, id: &ProjectId) -> Result<Vec<Wait>, AppError> {
        let mut waits = Waits::default();
        let mut project = Project::default();
        for stored in self.store().stream(id.stream(), 0).await? {
            let fact = stored.fact::<ProjectEvent>()?;
            project = project.with(&fact);
            waits.saw(&project, fact.at);
        }
        Ok(waits.all())
    }
}
