//! The report of the month: for each project what was finished and agreed by whom, what goes on, what came in (PF-67).

use engine::domain::money::Money;
use engine::domain::project::{Project, Status};
use engine::domain::{Arg, Timestamp};
use engine::words::Rendered;
use projections::board::{BoardProject, BoardTask};

use super::{Scene, id};
use crate::bot::Bot;
use crate::digest::lines;
use crate::fault::Fault;

type Span = (Timestamp, Timestamp);

impl Bot {
    /// A draft for each project in which something happened.
    pub(super) async fn month(&self, scene: &Scene, span: Span) -> Result<Vec<Rendered>, Fault> {
        let mut projects = Vec::new();
        for project in &scene.projects {
            if let Some(state) = self.inner.app.project_state(&project.project).await? {
                projects.extend(self.of_month(scene, project, &state, span).await?);
            }
        }
        let days = [("from", Arg::Date(span.0)), ("until", Arg::Date(span.1))];
        let head = self.say(scene, super::MONTH, &days).filter(|_| !projects.is_empty());
        Ok(head.into_iter().chain(projects).collect())
    }

    async fn of_month(
        &self,
        scene: &Scene,
        project: &BoardProject,
        state: &Project,
        span: Span,
    ) -> Result<Option<Rendered>, Fault> {
        let is_done = |task: &&BoardTask| {
            task.status == Status::Completed && task.since > span.0 && task.since <= span.1
        };
        let mut done = Vec::new();
        for task in project.tasks.iter().filter(is_done) {
            done.extend(self.finished(scene, task, state).await?);
        }
        let goes_on = |task: &&BoardTask| !task.status.is_over() && task.status != Status::Waiting;
        let open: Vec<String> = project
            .tasks
            .iter()
            .filter(goes_on)
            .map(|task| task.title.in_language(&scene.language).to_owned())
            .collect();
        let money = received(state, span);
        if done.is_empty() && money.is_empty() && (open.is_empty() || project.completed) {
            return Ok(None);
        }
        let names = [
            ("client", scene.client(project)),
            ("service", Arg::Words(project.title.clone())),
            ("project", id(project)),
        ];
        let head = self.say(scene, "staff-month-project", &names);
        let open =
            (!open.is_empty()).then(|| self.say(scene, "staff-month-open", &[("tasks", Arg::Names(open))]));
        let money =
            money.into_iter().map(|sum| self.say(scene, "staff-month-money", &[("amount", Arg::Money(sum))]));
        let parts = head.into_iter().chain(done).chain(open.flatten()).chain(money.flatten());
        Ok(Some(lines(parts)))
    }

    /// A finished task with its day, and whoever agreed to it.
    async fn finished(
        &self,
        scene: &Scene,
        task: &BoardTask,
        state: &Project,
    ) -> Result<Option<Rendered>, Fault> {
        let decision = state.task(&task.task).and_then(|task| task.decision.as_ref());
        let person = decision.filter(|decision| decision.approved).map(|decision| decision.person.clone());
        let names = self.store().names(&Vec::from_iter(person.clone())).await?;
        let name = person.and_then(|person| names.get(&person).cloned()).filter(|name| !name.is_empty());
        let title = ("task", Arg::Words(task.title.clone()));
        let day = ("day", Arg::Date(task.since));
        Ok(match name {
            Some(name) => self.say(scene, "staff-month-agreed", &[title, day, ("person", Arg::Text(name))]),
            None => self.say(scene, "staff-month-done", &[title, day]),
        })
    }
}

/// What was noted since the last report, in each currency. Money is often noted days after it came:
/// by its own day some of it would fall between two reports and be in none.
fn received(state: &Project, (from, until): Span) -> Vec<Money> {
    let mut sums: Vec<Money> = Vec::new();
    let receipts = state.payments.iter().flat_map(|payment| &payment.receipts);
    for receipt in receipts.filter(|receipt| receipt.at > from && receipt.at <= until) {
        match sums.iter_mut().find(|sum| sum.currency == receipt.amount.currency) {
            Some(sum) => *sum = sum.plus(&receipt.amount).unwrap_or_else(|| sum.clone()),
            None => sums.push(receipt.amount.clone()),
        }
    }
    sums.retain(|sum| sum.minor != 0);
    sums
}
