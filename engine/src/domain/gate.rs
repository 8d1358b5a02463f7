//! One gate engine for every surface: what stands between a task and its next step (REQUIREMENTS 1.6.4).

use super::definition::{self, Button, Field, Gate, Period};
use super::field::filled;
use super::project::payment::Payment;
use super::project::state::{Project, Task};
use super::refusal::Missing;

impl Gate {
    /// The name that people type, such as `form:smm-brief` or `paid:this-period`.
    pub fn name(&self) -> String {
        match self {
            Self::Form(form) => format!("form:{form}"),
            Self::Paid(Period::This) => "paid:this-period".to_owned(),
            Self::Paid(Period::Next) => "paid:next-period".to_owned(),
            Self::Field(field) => format!("field:{field}"),
            Self::Button(button) => format!("button:{button}"),
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

    /// Opened by hand, until the part of the product that opens it exists.
    pub fn is_by_hand(&self) -> bool {
        matches!(self, Self::Form(_) | Self::Paid(_))
    }
}

/// Whether somebody said that a brief is here: its gate was opened by hand on any task.
pub fn is_form_confirmed(project: &Project, form: &str) -> bool {
    let gate = Gate::Form(form.to_owned());
    project.tasks.iter().any(|task| task.confirmed.contains(&gate))
}

/// What keeps a ready task from starting, besides its turn.
pub fn missing_to_start(project: &Project, task: &Task) -> Vec<Missing> {
    let Some(plan) = project.plan(&task.id) else { return Vec::new() };
    let mut missing: Vec<Missing> =
        plan.start_needs.iter().filter_map(|gate| closed(project, gate, plan, task)).collect();
    if project.holder(&plan.assignee).is_none() {
        missing.push(Missing::Role { role: plan.assignee.clone() });
    }
    missing
}

/// What keeps a task from being finished: fields, checklist, gates (G7).
pub fn missing_to_finish(project: &Project, task: &Task) -> Vec<Missing> {
    let Some(plan) = project.plan(&task.id) else { return Vec::new() };
    let fields = plan.result.iter().filter_map(|field| lacking(field, task));
    let gates = plan.finish_needs.iter().filter_map(|gate| closed(project, gate, plan, task));
    let mut missing: Vec<Missing> = Vec::new();
    for found in fields.chain(unticked(plan, task)).chain(gates) {
        if !missing.contains(&found) {
            missing.push(found);
        }
    }
    missing
}

/// What keeps a staff button from being there (PF-61).
pub fn missing_for_button(plan: &definition::Task, button: &Button, task: &Task) -> Vec<Missing> {
    let needed = button.needs.iter().filter_map(|id| plan.field(id));
    needed.filter_map(|field| empty(field, task)).collect()
}

/// The staff buttons that can be pressed now.
pub fn open_buttons<'a>(plan: &'a definition::Task, task: &'a Task) -> impl Iterator<Item = &'a Button> {
    plan.buttons.iter().filter(|button| {
        let used = button.once && task.pressed.contains(&button.id);
        !used && missing_for_button(plan, button, task).is_empty()
    })
}

fn lacking(field: &Field, task: &Task) -> Option<Missing> {
    let have = filled(task.values.get(&field.id));
    match field.at_least {
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

fn closed(project: &Project, gate: &Gate, plan: &definition::Task, task: &Task) -> Option<Missing> {
    match gate {
        Gate::Paid(which) if is_paid(project, task, *which) => None,
        Gate::Form(_) | Gate::Paid(_) => {
            let back = matches!(gate, Gate::Form(form) if project.received_form(form).is_some());
            let open = back || task.confirmed.contains(gate);
            (!open).then(|| Missing::Gate { gate: gate.name() })
        }
        Gate::Field(id) => plan.field(id).and_then(|field| empty(field, task)),
        Gate::Button(id) => {
            let button = plan.button(id).filter(|_| !task.pressed.contains(id))?;
            let opens_with = missing_for_button(plan, button, task);
            let ids = opens_with.into_iter().filter_map(|missing| match missing {
                Missing::Field { field, .. } => Some(field),
                Missing::More { .. }
                | Missing::Gate { .. }
                | Missing::Checklist { .. }
                | Missing::Button { .. }
                | Missing::Role { .. }
                | Missing::Task { .. } => None,
            });
            Some(Missing::Button {
                button: id.clone(),
                title: button.title.clone(),
                opens_with: ids.collect(),
            })
        }
    }
}
