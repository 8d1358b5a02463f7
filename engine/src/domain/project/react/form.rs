//! What is said and done about the forms of a project: the request, the thanks, the news, the client's card.

use super::super::card::{card, press};
use super::{Scene, key, send, to_staff};
use crate::domain::client::ClientCommand;
use crate::domain::client::event::BriefSource;
use crate::domain::definition::{Form, Text};
use crate::domain::effect::{Arg, Face, Press, PressKind, TimerCommand};
use crate::domain::project::ProjectEvent;
use crate::domain::project::event::{CardAnswer, FilledBy};
use crate::domain::{Effect, PersonId, TaskId};

/// Seconds that one question takes, for the promise how long a form is.
const SECONDS_A_QUESTION: i64 = 50;

/// The effects of what happened to a form.
pub(super) fn tell(scene: &Scene<'_>) -> Vec<Effect> {
    if let ProjectEvent::FormSent { task, form, sending } = &scene.fact.event {
        return request(scene, task, form, *sending).into_iter().collect();
    }
    if let ProjectEvent::HelpAsked { task, form, person } = &scene.fact.event {
        return help(scene, task, form, person).into_iter().collect();
    }
    received(scene)
}

fn request(scene: &Scene<'_>, task: &TaskId, form: &str, sending: u32) -> Option<Effect> {
    let (form, task) = (scene.project.form(form)?, scene.project.task(task)?);
    let questions = i64::try_from(form.questions.len()).unwrap_or(i64::MAX);
    let mut args = vec![("form".into(), Arg::Words(form.title.clone()))];
    let own = !form.questions.is_empty();
    if own {
        let minutes = questions.saturating_mul(SECONDS_A_QUESTION).saturating_add(59) / 60;
        args.push(("questions".into(), Arg::Number(questions)));
        args.push(("minutes".into(), Arg::Number(minutes)));
    }
    let message = if own { "brief-request" } else { "brief-request-elsewhere" };
    let mut message = scene.to_client("brief", message, args, Face::Post);
    let id = form.id.clone();
    let open = PressKind::OpenForm { form: id.clone(), sending, elsewhere: form.google_form.clone() };
    message.buttons = vec![
        vec![press(scene.project, task, key("btn-fill-brief"), open)],
        vec![press(scene.project, task, key("btn-need-help"), PressKind::NeedHelp { form: id })],
    ];
    Some(send(message))
}

fn received(scene: &Scene<'_>) -> Vec<Effect> {
    let ProjectEvent::FormReceived { form: id, version, card, late, by, .. } = &scene.fact.event else {
        return Vec::new();
    };
    let (Some(form), Some(opened)) = (scene.project.form(id), &scene.project.opened) else {
        return Vec::new();
    };
    let first = *version == 1;
    let thanks = if first { "brief-received" } else { "brief-updated" };
    // Nobody is thanked for what the staff handed in for him.
    let thanks = (*by != FilledBy::Staff)
        .then(|| send(scene.to_client("brief-received", thanks, Vec::new(), Face::Post)));
    let mut effects: Vec<Effect> = thanks.into_iter().collect();
    effects.extend([
        news(scene, form, *version, (*late, *by)),
        Effect::DropDraft { project: opened.project.clone(), form: id.clone() },
    ]);
    effects.extend(changed(scene, form));
    effects.extend(fill_card(scene, id, *version, card));
    effects.extend(cards(scene));
    effects
}

/// The staff hear it with an address where the answers stand (PF-91).
fn news(scene: &Scene<'_>, form: &Form, version: u32, (late, by): (bool, FilledBy)) -> Effect {
    let told = match (by, version, late) {
        (FilledBy::Staff, _, _) => "staff-brief-filled",
        (_, 1, true) => "staff-brief-received-late",
        (_, 1, false) => "staff-brief-received",
        (..) => "staff-brief-updated",
    };
    let mut args = about(scene, form);
    args.push(("version".into(), Arg::Number(i64::from(version))));
    if by == FilledBy::Staff {
        let person = scene.fact.by.person().cloned();
        args.push(("person".into(), person.map_or_else(|| Arg::Text("signoff".into()), Arg::Person)));
    }
    let mut message = to_staff("brief-received", told, args, Face::Post);
    message.buttons = vec![vec![read(scene, form, version)]];
    send(message)
}

fn read(scene: &Scene<'_>, form: &Form, version: u32) -> Press {
    let opened = scene.project.opened.as_ref();
    let first = scene.project.tasks.first().map(|task| task.id.clone());
    let task = scene.project.sent_form(&form.id).task.or(first);
    Press {
        label: key("btn-read-brief"),
        what: PressKind::ReadForm { form: form.id.clone(), version },
        project: opened.map_or_else(|| "".into(), |opened| opened.project.clone()),
        task: task.unwrap_or_else(|| "".into()),
        round: 1,
        only: None,
    }
}

fn about(scene: &Scene<'_>, form: &Form) -> Vec<(String, Arg)> {
    let project = scene.project.opened.as_ref().map_or(String::new(), |opened| opened.project.0.clone());
    vec![
        ("client".into(), Arg::Text(scene.client.name.clone())),
        ("project".into(), Arg::Text(project)),
        ("form".into(), Arg::Words(form.title.clone())),
    ]
}

/// Whose work began on an older version (AG-12).
fn changed(scene: &Scene<'_>, form: &Form) -> Option<Effect> {
    let built =
        |task: &&super::Task| scene.project.changed_forms(task).iter().any(|found| found.id == form.id);
    let titles: Vec<&Text> = scene
        .project
        .tasks
        .iter()
        .filter(built)
        .filter_map(|task| Some(&scene.project.plan(&task.id)?.title))
        .collect();
    if titles.is_empty() {
        return None;
    }
    let mut args = about(scene, form);
    args.push(("tasks".into(), Arg::Words(listed(scene, &titles))));
    Some(send(to_staff("changed", "staff-brief-changed", args, Face::Post)))
}

/// Titles as one text in each language of the agency.
fn listed(scene: &Scene<'_>, titles: &[&Text]) -> Text {
    let languages = scene.project.opened.iter().flat_map(|opened| &opened.definition.languages);
    let line = |language: &String| {
        let names: Vec<String> =
            titles.iter().map(|title| format!("“{}”", title.in_language(language))).collect();
        (language.clone(), names.join(", "))
    };
    Text(languages.map(line).collect())
}

/// The cards that show it: of the task that waited for the form, and of work on an older version.
fn cards(scene: &Scene<'_>) -> Vec<Effect> {
    let open = scene.project.tasks.iter().filter(|task| task.status.is_open());
    open.filter_map(|task| {
        let plan = scene.project.plan(&task.id)?;
        Some(send(card(scene.project, task, plan, &scene.client.name)))
    })
    .collect()
}

/// What the client said about itself goes onto its card.
fn fill_card(scene: &Scene<'_>, form: &str, version: u32, answers: &[CardAnswer]) -> Option<Effect> {
    let opened = scene.project.opened.as_ref().filter(|_| !answers.is_empty())?;
    let from = BriefSource { project: opened.project.clone(), form: form.to_owned(), version };
    let command = ClientCommand::FillCard { from, answers: answers.to_vec() };
    Some(Effect::SetTimer {
        key: format!("card/{}/{form}/{version}", opened.project),
        due: scene.fact.at,
        command: TimerCommand::Client { client: opened.client.clone(), command: Box::new(command) },
    })
}

fn help(scene: &Scene<'_>, task: &TaskId, form: &str, person: &PersonId) -> Option<Effect> {
    let form = scene.project.form(form)?;
    scene.project.task(task)?;
    let pm = scene.project.holder("pm").cloned();
    let mut args = about(scene, form);
    args.push(("person".into(), Arg::Person(person.clone())));
    args.push(("pm".into(), pm.map_or_else(|| Arg::Key("staff-nobody".into()), Arg::Mention)));
    Some(send(to_staff("help", "staff-help-asked", args, Face::Post)))
}
