//! One gate engine for every surface: what stands between a task and its next step (REQUIREMENTS 1.6.4).

use std::collections::BTreeSet;

use super::definition::{self, Button, Definition, Field, FieldKind, Gate, Handoff, Period};
use super::field::within::rows_outside;
use super::field::{Value, filled};
use super::project::access::AccessState;
use super::project::payment::Payment;
use super::project::state::{Project, Task};
use super::project::{ProjectCommand, handoff};
use super::refusal::Missing;
use super::{Asked, TaskId};

impl Gate {
    /// The name that people type, such as `form:smm-brief` or `paid:this-period`.
    pub fn name(&self) -> String {
        match self {
            Self::Form(form) => format!("form:{form}"),
            Self::Paid(Period::This) => "paid:this-period".to_owned(),
            Self::Paid(Period::Next) => "paid:next-period".to_owned(),
            Self::Field(field) => format!("field:{field}"),
            Self::Button(button) => format!("button:{button}"),
            Self::Access(item) => format!("access:{item}"),
            Self::Approved(task) => format!("approved:{task}"),
            Self::Acknowledged(rules) => format!("acknowledged:{rules}"),
        }
    }

    /// Whether `typed` means this gate: `form:smm-brief`, `form: smm-brief`, `paid: this period`, `paid`.
    pub fn is_called(&self, typed: &str) -> bool {
        let plain = |text: &str| -> String {
            text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
        };
        let (name, typed) = (plain(&self.name()), plain(typed));
        let kind = plain(self.name().split(':').next().unwrap_or_default());
        typed == name || typed == kind
    }

    /// A person may say something about it: that an access works, or that work goes on without the rest.
    pub fn is_by_hand(&self) -> bool {
        matches!(self, Self::Form(_) | Self::Paid(_) | Self::Access(_))
    }

    /// The gate as something that is missing, whatever it waits for.
    pub fn missing(&self) -> Missing {
        Missing::Gate { gate: self.name() }
    }
}

/// What sales have to hand over and have not (G1).
pub fn missing_to_open(asked: &Asked<ProjectCommand>) -> Vec<Missing> {
    let ProjectCommand::OpenProject { definition, assigned, price, .. } = &asked.command else {
        return Vec::new();
    };
    let client = asked.world.client.as_ref();
    let is_there = |need: &Handoff| match need {
        // Where a result sets the price, as a quotation does, nobody knows it at the beginning.
        Handoff::Price => price.is_some() || definition.price.is_some() || is_priced_later(definition),
        Handoff::Chat => client.is_some_and(|client| client.chat.is_some()),
        Handoff::Contact => client.is_some_and(|client| client.contacts > 0),
        Handoff::Approver => !asked.world.approvers.is_empty(),
        Handoff::Pm => assigned.contains_key("pm"),
    };
    let lacking = definition.rules.handoff_needs.iter().filter(|need| !is_there(need));
    lacking.map(|need| Missing::Handoff { need: need.word().to_owned() }).collect()
}

fn is_priced_later(definition: &Definition) -> bool {
    definition.tasks().flat_map(|task| &task.result).any(|field| field.sets_price)
}

/// Whether somebody let work go on without this brief: its gate was opened by hand on any task.
pub fn is_form_confirmed(project: &Project, form: &str) -> bool {
    let gate = Gate::Form(form.to_owned());
    project.tasks.iter().any(|task| task.confirmed.contains(&gate))
}

/// What keeps a ready task from starting, besides its turn.
pub fn missing_to_start(project: &Project, task: &Task) -> Vec<Missing> {
    let Some(plan) = project.plan(&task.id) else { return Vec::new() };
    let mut missing: Vec<Missing> =
        plan.start_needs.iter().flat_map(|gate| closed(project, gate, plan, task)).collect();
    missing.extend(handoff::missing(project));
    if project.holder(&plan.assignee).is_none() {
        missing.push(Missing::Role { role: plan.assignee.clone() });
    }
    missing
}

/// What keeps a task from being finished: fields, checklist, gates (G7).
pub fn missing_to_finish(project: &Project, task: &Task) -> Vec<Missing> {
    let Some(plan) = project.plan(&task.id) else { return Vec::new() };
    let fields = plan.result.iter().filter_map(|field| lacking(field, task));
    let fields = fields.chain(outside(plan, task));
    // What is to be published is looked at again at the end: it may have changed since the start.
    let again = plan.start_needs.iter().filter(|gate| matches!(gate, Gate::Approved(_)));
    let gates = again.chain(&plan.finish_needs).flat_map(|gate| closed(project, gate, plan, task));
    let mut missing: Vec<Missing> = Vec::new();
    for found in fields.chain(unticked(plan, task)).chain(gates) {
        if !missing.contains(&found) {
            missing.push(found);
        }
    }
    missing
}

/// What keeps a staff button from being there (PF-61).
pub fn missing_for_button(
    project: &Project,
    plan: &definition::Task,
    button: &Button,
    task: &Task,
) -> Vec<Missing> {
    let needed = button.needs.iter().filter_map(|id| plan.field(id));
    let is_out = |form: &&String| project.received_form(form).is_none() && !is_form_confirmed(project, form);
    let form = button.needs_form.iter().filter(is_out).map(|form| Gate::Form(form.clone()).missing());
    needed.filter_map(|field| empty(field, task)).chain(form).collect()
}

/// The staff buttons that can be pressed now.
pub fn open_buttons<'a>(
    project: &'a Project,
    plan: &'a definition::Task,
    task: &'a Task,
) -> impl Iterator<Item = &'a Button> {
    plan.buttons.iter().filter(move |button| {
        let used = button.once && task.pressed.contains(&button.id);
        !used && missing_for_button(project, plan, button, task).is_empty()
    })
}

/// Tables with days outside their date range; nobody says yes to those (PF-53).
pub fn outside(plan: &definition::Task, task: &Task) -> Vec<Missing> {
    let tables = plan.result.iter().map(|field| (field, rows_outside(field, &task.values)));
    let tables = tables.filter(|(_, rows)| !rows.is_empty());
    tables
        .map(|(field, rows)| Missing::Outside { field: field.id.clone(), title: field.title.clone(), rows })
        .collect()
}

fn lacking(field: &Field, task: &Task) -> Option<Missing> {
    let have = filled(task.values.get(&field.id));
    let each = (field.kind == FieldKind::ChoiceForEach)
        .then(|| u32::try_from(field.items.len()).unwrap_or(u32::MAX));
    match field.at_least.or(each) {
        _ if !field.required && have == 0 => None,
        Some(at_least) if have > 0 && have < at_least => {
            Some(Missing::More { field: field.id.clone(), title: field.title.clone(), at_least, have })
        }
        _ => empty(field, task),
    }
}

fn empty(field: &Field, task: &Task) -> Option<Missing> {
    let is_empty = filled(task.values.get(&field.id)) == 0;
    is_empty.then(|| Missing::Field { field: field.id.clone(), title: field.title.clone() })
}

fn unticked(plan: &definition::Task, task: &Task) -> impl Iterator<Item = Missing> {
    let numbered = (1u32..).zip(&plan.checklist);
    numbered
        .filter(|(item, line)| !line.optional && !task.ticked.contains(item))
        .map(|(item, line)| Missing::Checklist { item, text: line.text.clone() })
}

/// Whether the money is in that a gate on the task waits for (G3).
fn is_paid(project: &Project, task: &Task, which: Period) -> bool {
    project.payment_behind(&task.id, which).is_some_and(Payment::is_paid)
}

/// What keeps the client from reading what he never approved (G9): approvals and files that are not there.
pub fn missing_to_publish(project: &Project, task: &Task) -> Vec<Missing> {
    let plan = project.plan(&task.id);
    let gates = plan.iter().flat_map(|plan| plan.start_needs.iter().chain(&plan.finish_needs));
    let approved = gates.filter(|gate| matches!(gate, Gate::Approved(_))).collect::<BTreeSet<_>>();
    approved
        .into_iter()
        .flat_map(|gate| plan.map(|plan| closed(project, gate, plan, task)).unwrap_or_default())
        .collect()
}

fn closed(project: &Project, gate: &Gate, plan: &definition::Task, task: &Task) -> Vec<Missing> {
    let is_open = task.confirmed.contains(gate)
        || match gate {
            Gate::Paid(which) => is_paid(project, task, *which),
            Gate::Form(form) => project.received_form(form).is_some(),
            Gate::Acknowledged(rules) => project.is_acknowledged(rules),
            // What was tried for one task works for every other.
            Gate::Access(item) => {
                matches!(project.access_state(item), AccessState::Confirmed | AccessState::NotNeeded)
            }
            Gate::Field(_) | Gate::Button(_) | Gate::Approved(_) => false,
        };
    match gate {
        _ if is_open => Vec::new(),
        Gate::Form(_) | Gate::Paid(_) | Gate::Access(_) | Gate::Acknowledged(_) => vec![gate.missing()],
        Gate::Field(id) => plan.field(id).and_then(|field| empty(field, task)).into_iter().collect(),
        Gate::Button(id) => unpressed(id, plan, task).into_iter().collect(),
        Gate::Approved(id) => unapproved(project, id, plan, task),
    }
}

fn unpressed(id: &str, plan: &definition::Task, task: &Task) -> Option<Missing> {
    let button = plan.button(id).filter(|_| !task.pressed.contains(id))?;
    let needed = button.needs.iter().filter_map(|id| plan.field(id));
    let opens_with = needed.filter(|field| empty(field, task).is_some()).map(|field| field.id.clone());
    Some(Missing::Button {
        button: id.to_owned(),
        title: button.title.clone(),
        opens_with: opens_with.collect(),
    })
}

/// The client's yes, and every file that is not byte for byte one of those that he said yes to.
fn unapproved(project: &Project, id: &str, plan: &definition::Task, task: &Task) -> Vec<Missing> {
    let found = (1..=task.id.period()).rev().find_map(|period| project.task(&TaskId::of(id, period)));
    let Some((source, shown)) = found.and_then(|source| Some((source, project.plan(&source.id)?))) else {
        return Vec::new();
    };
    if !source.is_approved() {
        return vec![Missing::Approval { task: source.id.clone(), title: shown.title.clone() }];
    }
    let seen = shown.result.iter().filter(|field| field.client_sees);
    let approved: BTreeSet<&str> = seen.flat_map(|field| hashes(source, field)).collect();
    let other = |field: &&Field| hashes(task, field).any(|hash| !approved.contains(hash));
    let missing = |field: &Field| Missing::OtherFile {
        field: field.id.clone(),
        title: field.title.clone(),
        approved: source.id.clone(),
        approved_title: shown.title.clone(),
    };
    plan.result.iter().filter(other).map(missing).collect()
}

/// SHA-256 of each file in a field.
fn hashes<'t>(task: &'t Task, field: &Field) -> impl Iterator<Item = &'t str> {
    let files = match task.values.get(&field.id) {
        Some(Value::Files(files)) => files.as_slice(),
        Some(_) | None => &[],
    };
    files.iter().map(|file| file.sha256.as_str())
}

#[cfg(test)]
mod tests {
    use crate::domain::definition::{FieldKind, Gate, Handoff};
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    /// `plan` brings a file that the client approves, `ads` publishes it.
    fn publishing(approved: &str) -> Given {
        let file = |id: &str| field(id, FieldKind::Files, false);
        let given =
            opened().planned("plan", |plan| plan.result.push(file("poster"))).planned("ads", |plan| {
                plan.result.push(file("published"));
                plan.finish_needs = vec![Gate::Approved("plan".into())];
            });
        let given = given.given(start("brief")).given(receive_by_staff(&["business"])).given(submit("brief"));
        let given = given.by("maksym").given(start("plan")).given(attach("plan", "poster", approved));
        let given = given.given(set("plan", &[("link", "https://a.ua"), ("posts", "9")]));
        let given = given.given(tick("plan", 1)).given(submit("plan")).by("olena").given(accept("plan"));
        given.by("sofiia").given(approve("plan", 1)).by("taras").given(start("ads"))
    }

    #[test]
    fn what_the_client_approved_is_published_byte_for_byte() {
        let same = publishing("poster").given(attach("ads", "published", "poster"));
        same.when(submit("ads")).then(&["task_submitted"]);
        let other = publishing("poster").given(attach("ads", "published", "Poster"));
        other.when(submit("ads")).missing(&["other published plan"]);
        let more = same.given(attach("ads", "published", "another"));
        more.when(submit("ads")).missing(&["other published plan"]);
    }

    #[test]
    fn no_button_tells_the_client_of_what_he_did_not_approve() {
        let other = publishing("poster").given(attach("ads", "published", "Poster"));
        let other = other.given(set("ads", &[("budget", "5000 UAH")]));
        other.when(press("ads", "launched")).missing(&["other published plan"]);
    }

    #[test]
    fn a_file_that_the_client_did_not_see_was_not_approved() {
        let hidden = publishing("poster").given(attach("ads", "published", "poster"));
        let hidden = hidden.planned("plan", |plan| {
            plan.result.iter_mut().for_each(|field| field.client_sees = false);
        });
        hidden.when(submit("ads")).missing(&["other published plan"]);
    }

    #[test]
    fn work_that_needs_an_approval_waits_for_it() {
        let needs = |plan: &mut crate::domain::definition::Task| {
            (plan.after, plan.start_needs) = (Some(Vec::new()), vec![Gate::Approved("plan".into())]);
        };
        let mut definition = definition();
        needs(&mut definition.stages[0].tasks[2]);
        let ready = opened_as(definition).by("taras");
        ready.when(start("ads")).missing(&["approval plan"]);
        let approved = completed("plan").planned("ads", |plan| {
            plan.start_needs = vec![Gate::Approved("plan".into())];
        });
        approved.when(start("ads")).then(&["task_started", "decision_settled"]);
    }

    #[test]
    fn a_project_is_opened_when_sales_have_told_everything() {
        use Handoff as H;
        let asked = |needs: &[Handoff]| {
            let mut definition = definition();
            definition.rules.handoff_needs = needs.to_vec();
            empty().when(open_with(definition))
        };
        asked(&[H::Price, H::Contact, H::Approver, H::Chat, H::Pm]).missing(&[
            "handoff price",
            "handoff contact",
            "handoff chat",
        ]);
        asked(&[H::Approver, H::Pm]).then(&["project_opened", "task_ready"]);
        let mut priced = definition();
        priced.rules.handoff_needs = vec![H::Price];
        let ProjectCommand::OpenProject { project, client, assigned, .. } = open_with(definition()) else {
            panic!("it opens")
        };
        let price = Some(uah("24000 UAH"));
        let definition = std::sync::Arc::new(priced);
        let promised = Box::default();
        let open = ProjectCommand::OpenProject { project, client, definition, assigned, price, promised };
        empty().when(open).then(&["project_opened", "task_ready"]);
    }
}
