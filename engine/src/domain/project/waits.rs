//! Waits: for whom each task and each invoice of a project waited, from when to when (SC-25).

use std::collections::BTreeMap;

use super::payment::PaymentState;
use super::state::{Project, Status, Task};
use crate::domain::Timestamp;
use crate::domain::definition::Kind;

/// For whom something waits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waited {
    /// For whoever does or mends the work, by role.
    Work(String),
    /// For whoever checks it inside, by role.
    Check(String),
    Client,
    /// For money that was invoiced.
    Payment,
}

impl Waited {
    /// The word for machines: `work`, `check`, `client`, `payment`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Work(_) => "work",
            Self::Check(_) => "check",
            Self::Client => "client",
            Self::Payment => "payment",
        }
    }

    /// The role of ours; none where others are waited for.
    pub fn role(&self) -> Option<&str> {
        match self {
            Self::Work(role) | Self::Check(role) => Some(role),
            Self::Client | Self::Payment => None,
        }
    }

    /// For whom a task waits now: from its turn on, unlike [`super::spans::Holder`], which begins with the work. Nobody
    /// is waited for while the task or the project rests.
    pub fn of(project: &Project, task: &Task) -> Option<Self> {
        let plan = project.plan(&task.id).filter(|_| project.paused.is_none())?;
        let work = || Some(Self::Work(plan.assignee.clone()));
        match task.status {
            Status::Waiting | Status::Paused | Status::Completed | Status::Cancelled => None,
            Status::Ready | Status::InProgress | Status::Rework
                if plan.kind == Kind::Payment && is_invoiced(project, task) =>
            {
                // The invoice itself waits: it is the same time.
                None
            }
            // The remarks are not complete before the client says so.
            Status::Rework if task.taking_remarks => Some(Self::Client),
            Status::Ready | Status::InProgress | Status::Rework => work(),
            Status::InReview => Some(Self::Check(plan.auditor.clone().unwrap_or_else(|| "pm".to_owned()))),
            Status::AwaitingApproval => Some(Self::Client),
        }
    }
}

fn is_invoiced(project: &Project, task: &Task) -> bool {
    let payment = project.payment_of(&task.id);
    payment.and_then(|id| project.payment(&id)).is_some_and(|payment| is_out(payment.state()))
}

/// An invoice is out, and not all of its money is in.
fn is_out(state: PaymentState) -> bool {
    match state {
        PaymentState::Invoiced | PaymentState::PartlyPaid => true,
        PaymentState::NotInvoiced | PaymentState::Paid | PaymentState::Cancelled => false,
    }
}

/// What waits: a task, or an invoice that no task stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// The id of the task, or `payment N`.
    pub id: String,
    /// The same without its period, so that months can be compared.
    pub plan: String,
}

/// A stretch of time in which something waited for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    pub item: Item,
    pub waited: Waited,
    pub from: Timestamp,
    /// Nothing while it still waits.
    pub until: Option<Timestamp>,
}

/// Follows a project from fact to fact.
#[derive(Debug, Default)]
pub struct Waits {
    over: Vec<Wait>,
    open: BTreeMap<Item, (Waited, Timestamp)>,
}

impl Waits {
    /// So the project stands since a moment; called in the order of time.
    pub fn saw(&mut self, project: &Project, at: Timestamp) {
        let now = waiting(project);
        let ended: Vec<Item> = self
            .open
            .iter()
            .filter(|(item, (waited, _))| now.get(*item) != Some(waited))
            .map(|(item, _)| item.clone())
            .collect();
        for item in ended {
            if let Some((waited, from)) = self.open.remove(&item).filter(|(_, from)| *from < at) {
                self.over.push(Wait { item, waited, from, until: Some(at) });
            }
        }
        for (item, waited) in now {
            self.open.entry(item).or_insert((waited, at));
        }
    }

    /// All of them in the order in which they began.
    pub fn all(self) -> Vec<Wait> {
        let open =
            self.open.into_iter().map(|(item, (waited, from))| Wait { item, waited, from, until: None });
        let mut all: Vec<Wait> = self.over.into_iter().chain(open).collect();
        all.sort_by(|a, b| (a.from, &a.item).cmp(&(b.from, &b.item)));
        all
    }
}

/// What waits in a project now. A payment is out until its money is in, whatever else rests.
fn waiting(project: &Project) -> BTreeMap<Item, Waited> {
    let task = |task: &Task| {
        let item = Item { id: task.id.to_string(), plan: task.id.plan_id().to_owned() };
        Some((item, Waited::of(project, task)?))
    };
    let out = project.payments.iter().filter(|payment| is_out(payment.state()));
    let payment = |payment: &super::payment::Payment| {
        let item = match &payment.task {
            Some(task) => Item { id: task.to_string(), plan: task.plan_id().to_owned() },
            None => Item { id: format!("payment {}", payment.id.0), plan: "payment".to_owned() },
        };
        (item, Waited::Payment)
    };
    project.tasks.iter().filter_map(task).chain(out.map(payment)).collect()
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::domain::project::testing::*;

    #[test]
    fn a_task_waits_for_its_role_the_check_the_client_and_its_role_again() {
        let mut mended = sent_back("plan");
        let task = mended.state.tasks.iter_mut().find(|task| task.id.0 == "plan").unwrap();
        task.taking_remarks = false;
        let (begun, checked) = (in_progress("plan"), in_review("plan"));
        let days = [completed("brief"), begun, checked, awaiting("plan"), sent_back("plan"), mended];
        let noon = Timestamp::UNIX_EPOCH;
        let mut waits = Waits::default();
        for (day, given) in (0..).zip(&days) {
            waits.saw(&given.state, noon + Duration::days(day));
        }
        let told = waits.all().into_iter().filter(|wait| wait.item.id == "plan");
        let told: Vec<_> = told
            .map(|wait| (wait.waited.word(), wait.until.map(|until| (until - wait.from).num_days())))
            .collect();
        assert_eq!(told, [("work", Some(2)), ("check", Some(1)), ("client", Some(2)), ("work", None)]);
    }

    #[test]
    fn nobody_is_waited_for_while_the_project_rests() {
        let mut given = in_progress("plan");
        given.state.paused = Some(Timestamp::UNIX_EPOCH);
        let mut waits = Waits::default();
        waits.saw(&given.state, Timestamp::UNIX_EPOCH);
        assert_eq!(waits.all(), []);
    }
}
