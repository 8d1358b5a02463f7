//! Somebody leaves: all that they hold goes to others in one transaction with the leaving itself (CR-30).

use std::sync::Arc;

use esrs::Aggregate;

use super::{Along, Answer, App, AppError, Ask, Decides, Outcome, TRIES, beside, compose, fingerprint};
use crate::domain::agency::{Agency, AgencyCommand, Successors};
use crate::domain::project::{Project, ProjectCommand, ProjectEvent};
use crate::domain::{Asked, Fact, PersonId, ProjectId, Refusal, StreamId, TaskId};
use crate::store::change::{Append, Change, Written};

/// What somebody holds in one project that is not over.
#[derive(Clone, Debug)]
pub struct Holding {
    pub project: ProjectId,
    pub roles: Vec<String>,
    /// Tasks of theirs that are not over.
    pub tasks: Vec<TaskId>,
    /// Tasks of others that they check, not over.
    pub checks: Vec<TaskId>,
    pub state: Arc<Project>,
}

/// A command that was decided and is not written yet.
struct Decided {
    asked: Asked<ProjectCommand>,
    before: Arc<Project>,
    facts: Vec<Fact<ProjectEvent>>,
}

impl App {
    /// What a person holds: roles in projects that are not over, with the tasks and checks behind them.
    pub async fn holdings(&self, person: &PersonId) -> Result<Vec<Holding>, AppError> {
        let mut found = Vec::new();
        for project in self.store().projects().await? {
            let Some(state) = self.project_state(&project).await? else { continue };
            found.extend(holding(project, person, state));
        }
        Ok(found)
    }

    /// Gives what the leaver holds to the others and takes them off the staff: all of it, or nothing.
    pub async fn leave(&self, ask: Ask<AgencyCommand>) -> Result<Answer, AppError> {
        let fingerprint = fingerprint(&StreamId::agency().to_string(), &ask.by, &ask.command)
            .map_err(|error| AppError::Broken(error.to_string()))?;
        for _ in 0..TRIES {
            match self.try_leave(&ask, &fingerprint).await? {
                Outcome::Is(answer) => return Ok(answer),
                Outcome::Repeated => {
                    return self.repeated::<Agency>((StreamId::agency(), "agency"), &ask, &fingerprint).await;
                }
                Outcome::Moved => {}
            }
        }
        Err(AppError::Busy)
    }

    async fn try_leave(&self, ask: &Ask<AgencyCommand>, fingerprint: &str) -> Result<Outcome, AppError> {
        let AgencyCommand::RemovePerson { person, to, by_role } = &ask.command else {
            return Err(AppError::Broken("only leaving is given here".to_owned()));
        };
        let agency = self.agency_state().await?;
        let mut change = beside(ask.command_id.clone(), ask.at, ask.along.clone());
        change.fingerprint = Some(fingerprint.to_owned());
        change.relies_on.push((StreamId::agency(), agency.version));
        let asked = self.asked::<Agency>(&agency, ask, &mut change).await?;
        let about = (StreamId::agency(), "agency", Agency::order_name(&ask.command));
        let leaves = match Agency::handle_command(&agency, asked.clone()) {
            Ok(leaves) => leaves,
            Err(refusal) => return self.write_refusal(about, &asked, refusal, change).await,
        };
        let successors = Successors { leaver: person, to: to.as_ref(), by_role };
        let given = match self.hand_on(ask, successors, &mut change).await? {
            Ok(given) => given,
            Err(refusal) => return self.write_refusal(about, &asked, refusal, change).await,
        };
        if leaves.is_empty() && given.is_empty() {
            return self.write_nothing(change).await;
        }
        let mut states = Vec::new();
        for decided in given {
            states.push(
                self.write_down::<Project>(decided.before, &decided.asked, &decided.facts, &mut change)
                    .await?,
            );
        }
        let agency = self.write_down::<Agency>(agency, &asked, &leaves, &mut change).await?;
        change.signs_out.push(person.clone());
        self.forget_people(&change);
        Ok(match self.inner.store.write(change).await? {
            Written::Done { first, count } => {
                for (stream, state) in states {
                    self.inner.remember::<Project>(stream, state);
                }
                self.inner.remember::<Agency>(agency.0, agency.1);
                Outcome::Is(Answer::Done { first, count, repeated: false })
            }
            Written::Repeated { .. } => Outcome::Repeated,
            Written::Conflict => Outcome::Moved,
        })
    }

    /// The roles of the leaver in every project, decided and not written.
    async fn hand_on(
        &self,
        ask: &Ask<AgencyCommand>,
        successors: Successors<'_>,
        change: &mut Change,
    ) -> Result<Result<Vec<Decided>, Refusal>, AppError> {
        let (mut decided, mut holds) = (Vec::new(), Vec::new());
        for holding in self.holdings(successors.leaver).await? {
            let roles = successors.share(&holding.project, &holding.roles, &mut holds);
            let ask = Ask {
                command_id: ask.command_id.clone(),
                at: ask.at,
                by: ask.by.clone(),
                command: ProjectCommand::AssignRoles { roles },
                along: Along::default(),
            };
            change.relies_on.push((holding.project.stream(), holding.state.version));
            let asked = self.asked::<Project>(&holding.state, &ask, change).await?;
            match Project::handle_command(&holding.state, asked.clone()) {
                Ok(facts) => decided.push(Decided { asked, before: holding.state, facts }),
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
        if holds.is_empty() {
            return Ok(Ok(decided));
        }
        Ok(Err(Refusal::StillHolds { person: successors.leaver.clone(), holds }))
    }

    pub(super) async fn asked<A: Decides>(
        &self,
        state: &A,
        ask: &Ask<A::Order>,
        change: &mut Change,
    ) -> Result<Asked<A::Order>, AppError> {
        let world = self.world::<A>(state, ask, change, true).await?;
        let (command_id, by) = (ask.command_id.clone(), ask.by.clone());
        Ok(Asked { command_id, at: ask.at, by, world, command: ask.command.clone() })
    }

    /// Puts the facts of one stream and what they cause into the change; answers the state after them.
    pub(super) async fn write_down<A: Decides>(
        &self,
        before: Arc<A>,
        asked: &Asked<A::Order>,
        facts: &[Fact<A::Fact>],
        change: &mut Change,
    ) -> Result<(StreamId, Arc<A>), AppError> {
        let Some(stream) = facts.first().map(|fact| fact.stream) else {
            return Ok((StreamId::agency(), before));
        };
        let after = facts.iter().fold((*before).clone(), |state, fact| A::apply_event(state, fact.clone()));
        let first = change.appends.iter().map(|append| append.events.len()).sum();
        let events = compose::events::<A>(facts, first, None)?;
        let expected = Some(before.version());
        change.appends.push(Append { stream, aggregate: A::NAME, expected, events });
        compose::effects::<A>(self, asked, facts, (&before, &after), first, change).await?;
        Ok((stream, Arc::new(after)))
    }
}

fn holding(project: ProjectId, person: &PersonId, state: Arc<Project>) -> Option<Holding> {
    let opened = state.opened.as_ref().filter(|_| !state.completed)?;
    let held = opened.assigned.iter().filter(|(_, holder)| *holder == person);
    let roles: Vec<String> = held.map(|(role, _)| role.clone()).collect();
    let open = state.tasks.iter().filter(|task| !task.status.is_over());
    let tasks = open.clone().filter(|task| state.assignee(&task.id) == Some(person));
    let checks = open.filter(|task| state.auditor(&task.id) == Some(person));
    let (tasks, checks) =
        (tasks.map(|task| task.id.clone()).collect(), checks.map(|task| task.id.clone()).collect());
    (!roles.is_empty()).then_some(Holding { project, roles, tasks, checks, state })
}
