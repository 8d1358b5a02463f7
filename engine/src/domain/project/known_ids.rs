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
        plan.after.iter_mut().flatten().chain(&mut plan.inputs).for_each(|task| names.follow(task));
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
            Gate::Form(_) | Gate::Paid(_) | Gate::Access(_) | Gate::Approved(_) | Gate::Acknowledged(_) => {}
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::project::testing::definition;

    /// The usual template with the field and the button of `ads`, which a gate and a need speak of.
    fn ads(change: impl FnOnce(&mut Task)) -> Definition {
        let mut definition = definition();
        let mut tasks = definition.stages.iter_mut().flat_map(|stage| &mut stage.tasks);
        change(tasks.find(|task| task.id == "ads").unwrap());
        definition
    }

    fn plan(definition: &Definition) -> &Task {
        definition.tasks().find(|task| task.id == "ads").unwrap()
    }

    fn renamed(task: &mut Task) {
        let button = &mut task.buttons[0];
        button.was = vec![std::mem::replace(&mut button.id, "started".into())];
        let field = &mut task.result[0];
        field.was = vec![std::mem::replace(&mut field.id, "renamed".into())];
        let (now, was) = (field.id.clone(), field.was[0].clone());
        task.buttons[0].needs.iter_mut().filter(|need| **need == was).for_each(|need| need.clone_from(&now));
        task.finish_needs = vec![Gate::Button("started".into()), Gate::Field(now)];
    }

    #[test]
    fn what_speaks_of_a_renamed_field_or_button_speaks_of_the_known_one() {
        let (old, new) = (definition(), ads(renamed));
        let (followed, told) = under_known_ids(&old, &new);
        let (before, after) = (plan(&old), plan(&followed));
        let (field, button) = (before.result[0].id.clone(), before.buttons[0].id.clone());
        assert_eq!((&after.result[0].id, &after.buttons[0].id), (&field, &button));
        assert_eq!(after.buttons[0].needs, before.buttons[0].needs);
        assert_eq!(after.finish_needs, [Gate::Button(button.clone()), Gate::Field(field.clone())]);
        assert_eq!(
            (&after.result[0].was, &after.buttons[0].was),
            (&vec!["renamed".into()], &vec!["started".into()])
        );
        let line = |here: &str, now: &str| (format!("ads.{here}"), format!("ads.{now}"));
        assert_eq!(told, [line(&field, "renamed"), line(&button, "started")]);
    }

    #[test]
    fn a_project_that_was_moved_finds_its_names_when_the_template_forgets_the_old_ones() {
        let (followed, _) = under_known_ids(&definition(), &ads(renamed));
        let forgetful = ads(|task| {
            renamed(task);
            task.result[0].was.clear();
            task.buttons[0].was.clear();
        });
        let (again, _) = under_known_ids(&followed, &forgetful);
        assert_eq!(again, followed);
        let (back, told) = under_known_ids(&followed, &definition());
        assert_eq!((back, told), (definition(), Vec::new()));
    }

    #[test]
    fn an_old_id_that_something_else_has_today_is_no_rename() {
        let taken = ads(|task| {
            let mut other = task.result[0].clone();
            (other.id, other.was) = ("other".into(), vec![task.result[0].id.clone()]);
            task.result.push(other);
        });
        let (followed, told) = under_known_ids(&definition(), &taken);
        assert_eq!((followed, told), (taken, Vec::new()));
    }
}
