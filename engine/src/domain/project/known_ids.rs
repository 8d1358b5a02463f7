//! A new version of a template under the ids that a project knows: events, values, buttons, timers and answers keep
//! theirs for ever, and `was` says what is called otherwise now (PF-39).

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::definition::{Button, CountedFrom, Definition, Field, Form, Gate, Task};

/// An id, and others that the same thing had.
type Called<'a> = (&'a str, &'a [String]);

fn tasks(definition: &Definition) -> Vec<Called<'_>> {
    definition.tasks().map(|plan| (plan.id.as_str(), plan.was.as_slice())).collect()
}

fn fields(fields: &[Field]) -> Vec<Called<'_>> {
    fields.iter().map(|field| (field.id.as_str(), field.was.as_slice())).collect()
}

fn buttons(buttons: &[Button]) -> Vec<Called<'_>> {
    buttons.iter().map(|button| (button.id.as_str(), button.was.as_slice())).collect()
}

/// What the new version calls it, and what the project does.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    /// What was renamed between two versions, in either direction.
    fn between(old: &[Called<'_>], new: &[Called<'_>]) -> Self {
        let ids = |called: &[Called<'_>]| -> BTreeSet<String> {
            called.iter().map(|(id, _)| (*id).to_owned()).collect()
        };
        let (known, today) = (ids(old), ids(new));
        let mut names = BTreeMap::new();
        for (id, was) in new.iter().filter(|(id, _)| !known.contains(*id)) {
            if let Some(was) = was.iter().find(|was| known.contains(*was) && !today.contains(*was)) {
                names.insert((*id).to_owned(), was.clone());
            }
        }
        // A project that was moved before knows it by an even older id.
        for (id, was) in old.iter().filter(|(id, _)| !today.contains(*id)) {
            for alias in was.iter().filter(|was| !known.contains(*was) && today.contains(*was)) {
                names.insert(alias.clone(), (*id).to_owned());
            }
        }
        Self(names)
    }

    /// A name of the new version becomes the one that the project knows.
    fn follow(&self, name: &mut String) {
        if let Some(known) = self.0.get(name) {
            name.clone_from(known);
        }
    }

    /// The same for the id of a thing itself, which keeps the new one among its others.
    fn rename(&self, id: &mut String, was: &mut Vec<String>) {
        let called = id.clone();
        self.follow(id);
        if called != *id {
            was.retain(|was| was != id);
            was.push(called);
        }
    }

    /// What the project calls it, and what the template calls it now, with the place before both.
    fn told(self, place: &str) -> impl Iterator<Item = (String, String)> + '_ {
        self.0.into_iter().map(move |(now, here)| (format!("{place}{here}"), format!("{place}{now}")))
    }
}

/// The new version with all that was renamed under its old ids; and what the project calls otherwise than the
/// template does: tasks as they are, fields and buttons after their task, questions after their form.
pub fn under_known_ids(old: &Definition, new: &Definition) -> (Definition, Vec<(String, String)>) {
    let names = Names::between(&tasks(old), &tasks(new));
    let mut definition = new.clone();
    let mut renamed = Vec::new();
    let Definition { stages, repeats, forms, .. } = &mut definition;
    let mut counted = repeats.as_mut().map(|repeats| &mut repeats.counted_from);
    for plan in stages.iter_mut().flat_map(|stage| &mut stage.tasks) {
        names.rename(&mut plan.id, &mut plan.was);
        plan.after.iter_mut().flatten().for_each(|task| names.follow(task));
        for gate in plan.start_needs.iter_mut().chain(&mut plan.finish_needs) {
            if let Gate::Approved(task) = gate {
                names.follow(task);
            }
        }
        if let Some(before) = old.tasks().find(|before| before.id == plan.id) {
            let presses = Names::between(&buttons(&before.buttons), &buttons(&plan.buttons));
            if let Some(CountedFrom::Button(name)) = counted.as_deref_mut()
                && plan.button(name).is_some()
            {
                presses.follow(name);
            }
            renamed.extend(within_task(before, plan, presses));
        }
    }
    if let Some(CountedFrom::Task(task)) = counted {
        names.follow(task);
    }
    for form in forms {
        if let Some(before) = old.forms.iter().find(|before| before.id == form.id) {
            renamed.extend(within_form(before, form));
        }
    }
    renamed.splice(0..0, names.told(""));
    (definition, renamed)
}

fn within_task(before: &Task, plan: &mut Task, presses: Names) -> Vec<(String, String)> {
    let results = Names::between(&fields(&before.result), &fields(&plan.result));
    for field in &mut plan.result {
        results.rename(&mut field.id, &mut field.was);
    }
    for button in &mut plan.buttons {
        presses.rename(&mut button.id, &mut button.was);
        button.needs.iter_mut().for_each(|field| results.follow(field));
    }
    for gate in plan.start_needs.iter_mut().chain(&mut plan.finish_needs) {
        match gate {
            Gate::Field(field) => results.follow(field),
            Gate::Button(button) => presses.follow(button),
            Gate::Form(_) | Gate::Paid(_) | Gate::Access(_) | Gate::Approved(_) => {}
        }
    }
    if let Some((field, _)) = &mut plan.ends_project_if {
        results.follow(field);
    }
    let place = format!("{}.", plan.id);
    results.told(&place).chain(presses.told(&place)).collect()
}

fn within_form(before: &Form, form: &mut Form) -> Vec<(String, String)> {
    let questions = Names::between(&fields(&before.questions), &fields(&form.questions));
    for question in &mut form.questions {
        questions.rename(&mut question.id, &mut question.was);
    }
    questions.told(&format!("{}.", form.id)).collect()
}
