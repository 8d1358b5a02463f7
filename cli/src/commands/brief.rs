//! `brief`: the forms of a project, sent, looked at, and filled in for the client.

use engine::app::{Along, Answer, Brief as Answers, HandIn, HandedIn};
use engine::domain::definition::Form;
use engine::domain::form::{Typed, question_called, refusal};
use engine::domain::project::event::FilledBy;
use engine::domain::project::{Project, ProjectCommand};
use engine::domain::{ProjectId, Refusal, TaskId};
use engine::store::forms::Seen;
use serde_json::{Value as Json, json};

use crate::args::Brief;
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::hint::About;
use crate::office::Office;

/// So often writing down is tried while the client saves at the same moment.
const TRIES: usize = 5;

pub async fn run(command: Brief, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    match command {
        Brief::Send { project, form, again } => send(&project, form.as_deref(), again, office, console).await,
        Brief::Show { project, form } => show(&project, form.as_deref(), office, console).await,
        Brief::Set { project, form, answers } => set(&project, &form, &answers, office, console).await,
        Brief::Submit { project, form, with_draft } => {
            submit(&project, (form.as_deref(), with_draft), office, console).await
        }
    }
}

/// The form that was named, or the only one that the project has.
async fn find(
    id: &ProjectId,
    state: &Project,
    typed: Option<&str>,
    office: &Office,
) -> Result<Form, Failure> {
    let forms: &[Form] = state.opened.as_ref().map_or(&[], |opened| &opened.definition.forms);
    let found = match (typed, forms) {
        (Some(typed), _) => forms.iter().find(|form| form.id == typed),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    if let Some(form) = found {
        return Ok(form.clone());
    }
    let known: Vec<String> = forms.iter().map(|form| form.id.clone()).collect();
    let Some(typed) = typed else {
        if known.is_empty() {
            return Err(Failure::not_found(format!("{id} has no forms")));
        }
        let several = Failure::usage(format!("{id} has several forms: {}", known.join(", ")));
        return Err(several.with_hint("name one of them after the project"));
    };
    let refusal = Refusal::NoForm { form: typed.to_owned(), known };
    Err(office.refused(refusal, Some(about(id, state))).await)
}

fn about<'a>(id: &'a ProjectId, state: &'a Project) -> About<'a> {
    About { project: id.as_str(), task: None, state: Some(state), now: clock::now() }
}

async fn send(
    project: &str,
    form: Option<&str>,
    again: bool,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let (id, state) = office.find_project(project).await?;
    let form = find(&id, &state, form, office).await?;
    let sends = |task: &&engine::domain::definition::Task| {
        task.buttons.iter().any(|button| button.send_form.as_deref() == Some(form.id.as_str()))
    };
    let plans = || state.opened.iter().flat_map(|opened| opened.definition.tasks());
    let task = plans().find(sends).or_else(|| plans().next()).map(|plan| TaskId(plan.id.clone()));
    let task = task.ok_or_else(|| Failure::not_found("the project has no tasks"))?;
    let known = again.then(|| state.sent_form(&form.id).sendings);
    let command = ProjectCommand::SendForm { task, form: form.id.clone(), known };
    let changed = office.project(&id, None, command, Along::default()).await?;
    let what = if changed { "is on its way" } else { "was sent meanwhile (nothing to change)" };
    let json = json!({ "project": id, "form": form.id, "changed": changed });
    console.answer(&json, &format!("{id}: {} {what}", form.id));
    Ok(())
}

async fn show(
    project: &str,
    form: Option<&str>,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let (id, state) = office.find_project(project).await?;
    let forms: Vec<Form> = match form {
        Some(_) => vec![find(&id, &state, form, office).await?],
        None => state.opened.iter().flat_map(|opened| opened.definition.forms.clone()).collect(),
    };
    let (mut all, mut texts) = (Vec::new(), Vec::new());
    for form in &forms {
        let status = status(&id, &state, form, office).await?;
        let answers = answers(&id, &state, form, office).await?;
        let lines: Vec<String> =
            answers.iter().map(|(question, words)| format!("  {question:<14}  {words}")).collect();
        texts.push(format!("{id}  {}  {status}\n{}", form.id, lines.join("\n")).trim_end().to_owned());
        let answers: serde_json::Map<String, Json> =
            answers.into_iter().map(|(question, words)| (question, json!(words))).collect();
        all.push(json!({ "form": form.id, "status": status, "answers": answers }));
    }
    console.answer(&json!({ "project": id, "forms": all }), &texts.join("\n\n"));
    Ok(())
}

/// Not sent, sent, opened, partly filled, or received with its version (PF-87).
async fn status(id: &ProjectId, state: &Project, form: &Form, office: &Office) -> Result<String, Failure> {
    let sent = state.sent_form(&form.id);
    if let Some(received) = sent.received.as_ref().filter(|_| !sent.is_out()) {
        let late = if received.late { ", late" } else { "" };
        let by = if received.by == FilledBy::Staff { ", filled in by the staff" } else { "" };
        return Ok(format!("received, version {}{late}{by}", received.version));
    }
    if let Some(draft) = office.app.store().draft(id, &form.id).await? {
        let by = if draft.by_client { "" } else { ", by the staff" };
        return Ok(format!("partly filled{by}"));
    }
    let opened = office.app.store().form_opened(id, &form.id, sent.sendings).await?;
    let word = match (sent.sendings, opened) {
        (0, _) => "not sent",
        (_, Some(_)) => "opened",
        (_, None) => "sent",
    };
    Ok(word.to_owned())
}

/// What is written down so far, or else what came back.
async fn answers(
    id: &ProjectId,
    state: &Project,
    form: &Form,
    office: &Office,
) -> Result<Vec<(String, String)>, Failure> {
    if let Some(draft) = office.app.store().draft(id, &form.id).await? {
        let filled = draft.answers.into_iter().filter(|(_, entries)| !entries.concat().trim().is_empty());
        return Ok(filled.map(|(question, entries)| (question, entries.join(", "))).collect());
    }
    let Some(received) = state.received_form(&form.id) else { return Ok(Vec::new()) };
    let Some(Answers { answers, .. }) = office.app.brief(&received.content.content).await? else {
        return Ok(Vec::new());
    };
    Ok(answers.into_iter().map(|answer| (answer.question.clone(), answer.as_typed().join(", "))).collect())
}

async fn set(
    project: &str,
    form: &str,
    given: &[(String, String)],
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let (id, state) = office.find_project(project).await?;
    let form = find(&id, &state, Some(form), office).await?;
    if let Some(refusal) = office.app.may_fill_in(&hand_in(&id, &form, Typed::new(), office)).await? {
        return Err(office.attempt("set_brief", refusal).await);
    }
    let mut typed = Typed::new();
    for (name, text) in given {
        let Some(field) = question_called(&form, name) else {
            let known = form.questions.iter().map(|field| field.id.clone()).collect();
            let (title, question) = (form.title.clone(), name.clone());
            let refusal = Refusal::NoQuestion { form: form.id.clone(), title, question, known };
            return Err(office.refused(refusal, Some(about(&id, &state))).await);
        };
        typed.entry(field.id.clone()).or_default().push(text.clone());
    }
    write_down(&id, &form, &typed, office).await?;
    let text = format!("{id}: {} answers of {} are written down", typed.len(), form.id);
    console.answer(&json!({ "project": id, "form": form.id, "answers": typed.len() }), &text);
    Ok(())
}

/// Puts answers over those that are there: what is being filled in, or else what came back.
async fn write_down(id: &ProjectId, form: &Form, typed: &Typed, office: &Office) -> Result<(), Failure> {
    let store = office.app.store();
    for _ in 0..TRIES {
        let Some(state) = office.app.project_state(id).await? else { break };
        let before = store.draft(id, &form.id).await?;
        let seen = Seen { project: state.version, draft: before.as_ref().map_or(0, |draft| draft.version) };
        let mut all = match (before, state.received_form(&form.id)) {
            (Some(draft), _) => draft.answers,
            (None, Some(received)) => office.app.answers_again(received).await?,
            (None, None) => Typed::new(),
        };
        all.extend(typed.clone());
        if store.save_draft(id, &form.id, &all, seen, (clock::now(), FilledBy::Staff)).await? {
            return Ok(());
        }
    }
    Err(Failure::failed("the client is writing at the same moment; try again"))
}

/// Answers as the staff hand them in. Only who asks and when is taken from the ask.
fn hand_in(id: &ProjectId, form: &Form, typed: Typed, office: &Office) -> HandIn {
    let ask = office.ask((), Along::default());
    HandIn {
        project: id.clone(),
        form: form.id.clone(),
        typed,
        sending: None,
        filled: FilledBy::Staff,
        by: ask.by,
        command_id: ask.command_id,
        at: ask.at,
    }
}

async fn submit(
    project: &str,
    (form, with_draft): (Option<&str>, bool),
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let (id, state) = office.find_project(project).await?;
    let form = find(&id, &state, form, office).await?;
    let draft = office.app.store().draft(&id, &form.id).await?;
    if let Some(draft) = draft.as_ref().filter(|draft| draft.by_client && !with_draft) {
        let (title, at) = (form.title.clone(), draft.saved);
        let refusal = Refusal::DraftOfClient { form: form.id.clone(), title, at };
        return Err(office.attempt("receive_form", refusal).await.with_hint(format!(
            "signoff brief show {id} {}; then add --with-draft to hand in what stands there",
            form.id
        )));
    }
    let typed = draft.map(|draft| draft.answers).unwrap_or_default();
    match office.app.hand_in(hand_in(&id, &form, typed.clone(), office)).await? {
        HandedIn::Given(Answer::Done { .. } | Answer::AlreadySo) => {
            let text = format!("{id}: {} is handed in for the client", form.id);
            console.answer(&json!({ "project": id, "form": form.id }), &text);
            Ok(())
        }
        HandedIn::Given(Answer::Refused(refusal)) => {
            Err(office.refused(refusal, Some(about(&id, &state))).await)
        }
        HandedIn::Wrong(wrong) => {
            let first = wrong.first().map_or("QUESTION", |wrong| wrong.question.as_str());
            let failure = office.attempt("receive_form", refusal(&form, &typed, &wrong)).await;
            Err(failure.with_hint(format!("signoff brief set {id} {} {first}=…", form.id)))
        }
    }
}
