//! A step of a task, from a form of its panel: the same commands as everywhere, the same refusals.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use engine::app::{Answer, AppError, Ask};
use engine::domain::definition::Gate;
use engine::domain::field::Entered;
use engine::domain::project::ProjectCommand;
use engine::domain::project::set_priority::Priority;
use engine::domain::{ContentId, ProjectId, Refusal, Round, TaskId};
use engine::store::change::Content;

use super::login_page::is_local;
use super::panel_forms;
use super::people::Names;
use super::preview::{ask_once, page_of};
use super::project_page;
use super::session::Staff;
use crate::body;
use crate::site::Site;

/// A posted step, in bytes.
const LARGEST: usize = 512 * 1024;

/// What a form said.
pub(super) struct Posted(Vec<(String, String)>);

impl Posted {
    pub fn read(body: &[u8]) -> Self {
        Self(
            form_urlencoded::parse(body)
                .map(|(name, value)| (name.into_owned(), value.replace("\r\n", "\n")))
                .collect(),
        )
    }

    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// Whether the form had it at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// What was said under names that begin so: the rest of each name, and its value, if there is one.
    pub fn beginning(&self, start: &str) -> impl Iterator<Item = (&str, &str)> {
        let named =
            self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(start)?, value.trim())));
        named.filter(|(_, value)| !value.is_empty())
    }

    /// A text as it was typed, to its last line end.
    pub fn whole(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// The token of the form, under which its command is given.
    pub fn token(&self) -> &str {
        self.get("ask")
    }

    /// The fields that were changed on the page: what somebody else wrote meanwhile into another one stays.
    fn fields(&self) -> Vec<(String, Entered)> {
        let shown = |field: &str| {
            let name = format!("o.{field}");
            self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
        };
        let mut fields: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (name, value) in self.0.iter().filter_map(|(name, value)| Some((name.strip_prefix("f.")?, value)))
        {
            match name.split_once('.') {
                // A choice for each item: those that are chosen, a line each.
                Some((field, item)) => {
                    let line = (!value.is_empty()).then(|| format!("{item}: {value}"));
                    fields.entry(field).or_default().extend(line);
                }
                None => fields.entry(name).or_default().push(value.clone()),
            }
        }
        let fields = fields.into_iter().map(|(field, mut lines)| {
            lines.sort_unstable();
            (field, lines.join("\n"))
        });
        let changed = fields.filter(|(field, value)| shown(field) != Some(value.as_str()));
        changed.map(|(field, value)| (field.to_owned(), Entered::Text(value))).collect()
    }

    fn round(&self) -> Option<Round> {
        self.get("round").parse().ok()
    }
}

pub(super) async fn take(
    State(site): State<Site>,
    staff: Staff,
    Path((project, task, step)): Path<(String, String, String)>,
    body: Body,
) -> Response {
    let Ok(body) = body::read(body, LARGEST).await else {
        return site.plain(StatusCode::PAYLOAD_TOO_LARGE, &staff.language, "large");
    };
    let (project, task) = (ProjectId(project), TaskId(task));
    let posted = Posted::read(&body);
    if step == "tried" && posted.get("note").trim().is_empty() {
        return said_no(
            &site,
            &staff,
            (&project, &task),
            &Refusal::ReasonNeeded { wanted: "confirm".to_owned() },
            "",
        )
        .await;
    }
    let made = match step.as_str() {
        "time" => match panel_forms::time_of(&site, &staff, task.clone(), &posted) {
            Ok(made) => Some(made),
            Err(refusal) => return said_no(&site, &staff, (&project, &task), &refusal, "").await,
        },
        "due" => panel_forms::due_of(&site, &staff, task.clone(), &posted),
        step => command(&site, &staff, &task, step, &posted),
    };
    let Some((command, content)) = made else {
        return site.plain(StatusCode::NOT_FOUND, &staff.language, "gone");
    };
    let mut asked = ask_once(&site, &staff, command, posted.token());
    asked.along.contents.extend(content);
    let back = Some(posted.get("back")).filter(|back| is_local(back)).map(str::to_owned);
    give(&site, &staff, (&project, &task), asked, back).await
}

/// Gives a command and shows what became of it: the task's panel, or the page `back`.
pub(super) async fn give(
    site: &Site,
    staff: &Staff,
    place: (&ProjectId, &TaskId),
    asked: Ask<ProjectCommand>,
    back: Option<String>,
) -> Response {
    given(site, staff, place, asked, (back, "")).await
}

/// The same for a comment: its words stay on the page if it is refused.
pub(super) async fn give_written(
    site: &Site,
    staff: &Staff,
    place: (&ProjectId, &TaskId),
    asked: Ask<ProjectCommand>,
    words: &str,
) -> Response {
    given(site, staff, place, asked, (None, words)).await
}

async fn given(
    site: &Site,
    staff: &Staff,
    (project, task): (&ProjectId, &TaskId),
    asked: Ask<ProjectCommand>,
    (back, words): (Option<String>, &str),
) -> Response {
    match site.app.project(project, asked).await {
        Ok(Answer::Done { .. } | Answer::AlreadySo) => {
            let to = back.unwrap_or_else(|| page_of(project, task));
            (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
        }
        Ok(Answer::Refused(refusal)) => said_no(site, staff, (project, task), &refusal, words).await,
        Err(error) => site.trouble(&error, &staff.language),
    }
}

/// The panel with a refusal above it, and with the words of a comment that was not taken.
async fn said_no(
    site: &Site,
    staff: &Staff,
    (project, task): (&ProjectId, &TaskId),
    refusal: &Refusal,
    words: &str,
) -> Response {
    match refused(site, staff, refusal).await {
        Ok(text) => project_page::page_written(site, staff, (project, Some(task)), Some(&text), words).await,
        Err(error) => site.trouble(&error, &staff.language),
    }
}

/// A refusal in words.
pub(super) async fn refused(site: &Site, staff: &Staff, refusal: &Refusal) -> Result<String, AppError> {
    let names = Names::of_staff(site).await?;
    Ok((site.office.refusal)(&staff.language, refusal, names.map()))
}

/// The command of a step; nothing if there is no such step.
fn command(
    site: &Site,
    staff: &Staff,
    task: &TaskId,
    step: &str,
    posted: &Posted,
) -> Option<(ProjectCommand, Option<Content>)> {
    let task = task.clone();
    let plain = |command| Some((command, None));
    match step {
        "start" => plain(ProjectCommand::StartTask { task }),
        "pause" => plain(ProjectCommand::PauseTask { task }),
        "resume" => plain(ProjectCommand::ResumeTask { task }),
        "submit" => plain(ProjectCommand::SubmitTask { task }),
        "accept" => plain(ProjectCommand::AcceptTask { task, round: posted.round() }),
        "set" => plain(ProjectCommand::SetFields { task, values: posted.fields() }),
        "tick" => {
            let (item, done) = (posted.get("item").parse().ok()?, posted.get("done") != "no");
            let said = Some(posted.get("note").trim()).filter(|text| done && !text.is_empty());
            let content = said.map(|text| written(site, staff, text));
            let note = content.as_ref().map(Content::reference);
            Some((ProjectCommand::TickItem { task, item, done, note }, content))
        }
        "tried" => {
            let gate = Gate::Access(posted.get("access").to_owned());
            let content = written(site, staff, posted.get("note").trim());
            let note = content.reference();
            let command = match posted.get("needed") {
                "no" => ProjectCommand::OverrideGate { task, gate, reason: note },
                _ => ProjectCommand::ConfirmGate { task, gate, comment: note },
            };
            Some((command, Some(content)))
        }
        "untime" => {
            let entry = posted.get("entry").parse().ok()?;
            plain(ProjectCommand::CancelTime { entry, reason: None })
        }
        "priority" => {
            let priority = Priority::of(posted.get("priority"))?;
            plain(ProjectCommand::SetPriority { task, priority })
        }
        "press" => plain(ProjectCommand::PressButton { task, button: posted.get("button").to_owned() }),
        "return" => {
            let remark = Some(posted.get("remark")).filter(|text| !text.is_empty());
            let content = remark.map(|text| written(site, staff, text));
            let remark = content.as_ref().map(Content::reference);
            Some((ProjectCommand::ReturnTask { task, round: posted.round(), remark }, content))
        }
        _ => None,
    }
}

/// A text of a person, to be kept beside the log.
pub(super) fn written(site: &Site, staff: &Staff, text: &str) -> Content {
    let id = ContentId(format!("c-{}", site.token()));
    Content::written(id, text, Some(staff.person.clone()), site.now())
}
