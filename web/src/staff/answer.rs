//! Answering a client: a message, a next step by a day, or a call that is written down (XP-06, XP-07).

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use engine::app::{Along, Answer, AppError, Ask, ToClient};
use engine::domain::client::ClientCommand;
use engine::domain::client::event::Answered;
use engine::domain::{ClientId, ContentId, ProjectId};
use engine::store::change::Content;
use maud::{Markup, html};

use super::act::{Posted, refused};
use super::frame::Ui;
use super::session::Staff;
use super::{messages_page, talk_page};
use crate::body;
use crate::site::Site;

/// A posted answer, in bytes.
const LARGEST: usize = 64 * 1024;
/// So many characters one message may have; Telegram takes a few more (TG-08).
const LONGEST: usize = 3_500;

/// What somebody typed that was not taken, and why.
pub(super) struct Typed {
    pub client: ClientId,
    pub said: String,
    posted: Posted,
}

/// The boxes of one client, on whichever page.
pub(super) struct Boxes<'a> {
    pub site: &'a Site,
    pub ui: Ui<'a>,
    pub client: &'a ClientId,
    /// Its open projects: id and title.
    pub projects: &'a [(ProjectId, String)],
    /// The project that the page is about.
    pub about: Option<&'a ProjectId>,
    pub typed: Option<&'a Typed>,
    pub can_write: bool,
}

impl Boxes<'_> {
    /// The box to write, and the one for a call.
    pub fn draw(&self) -> Markup {
        html! {
            @if self.can_write { (self.write()) } @else { p.gate { (self.ui.t("ui-chat-none")) } }
            details.called open[self.kept("comment").is_some()] {
                summary { (self.ui.t("ui-call")) }
                form method="post" action=(self.action("call")) {
                    (self.hidden())
                    label for=(self.id("comment")) { (self.ui.t("ui-call-said")) }
                    textarea id=(self.id("comment")) name="comment" rows="2" required { (self.kept("comment").unwrap_or_default()) }
                    button.btn { (self.ui.t("ui-call-save")) }
                }
            }
        }
    }

    fn write(&self) -> Markup {
        html! {
            form.reply method="post" action=(self.action("write")) {
                (self.hidden())
                label for=(self.id("text")) { (self.ui.t("ui-reply")) }
                textarea id=(self.id("text")) name="text" rows="3" required maxlength=(LONGEST) { (self.kept("text").unwrap_or_default()) }
                div.line {
                    @if self.about.is_none() && !self.projects.is_empty() { (self.choose()) }
                    @if !self.projects.is_empty() {
                        span {
                            label for=(self.id("by")) { (self.ui.t("ui-reply-by")) }
                            input id=(self.id("by")) type="date" name="by" value=(self.kept("by").unwrap_or_default());
                        }
                    }
                    button.btn.pri { (self.ui.t("ui-reply-send")) }
                }
            }
        }
    }

    fn choose(&self) -> Markup {
        let chosen = self.kept("project");
        html! {
            span {
                label for=(self.id("project")) { (self.ui.t("ui-reply-about")) }
                select id=(self.id("project")) name="project" {
                    @for (id, title) in self.projects { option value=(id) selected[chosen == Some(id.as_str())] { (title) } }
                    option value="" selected[chosen == Some("")] { (self.ui.t("ui-reply-no-project")) }
                }
            }
        }
    }

    fn hidden(&self) -> Markup {
        html! {
            input type="hidden" name="ask" value=(self.site.token());
        }
    }

    fn action(&self, step: &str) -> String {
        match self.about {
            Some(project) => format!("/p/{project}/{step}"),
            None => format!("/c/{}/{step}", self.client),
        }
    }

    fn id(&self, name: &str) -> String {
        format!("{name}-{}", self.client)
    }

    fn kept(&self, name: &str) -> Option<&str> {
        let typed = self.typed.filter(|typed| typed.client == *self.client)?;
        Some(typed.posted.get(name)).filter(|_| typed.posted.has(name))
    }
}

/// Where an answer was typed.
struct Desk<'a> {
    site: &'a Site,
    staff: &'a Staff,
    client: ClientId,
    /// The project whose chat it was; none on the page of all who wait.
    about: Option<ProjectId>,
}

pub(super) async fn write(
    State(site): State<Site>,
    staff: Staff,
    Path(client): Path<String>,
    body: Body,
) -> Response {
    Desk { site: &site, staff: &staff, client: ClientId(client), about: None }.write(body).await
}

/// The same in the chat of a project.
pub(super) async fn write_about(
    State(site): State<Site>,
    staff: Staff,
    Path(project): Path<String>,
    body: Body,
) -> Response {
    match Desk::of(&site, &staff, ProjectId(project)).await {
        Ok(desk) => desk.write(body).await,
        Err(response) => response,
    }
}

/// A call that is written down.
pub(super) async fn call(
    State(site): State<Site>,
    staff: Staff,
    Path(client): Path<String>,
    body: Body,
) -> Response {
    Desk { site: &site, staff: &staff, client: ClientId(client), about: None }.call(body).await
}

/// The same in the chat of a project.
pub(super) async fn call_about(
    State(site): State<Site>,
    staff: Staff,
    Path(project): Path<String>,
    body: Body,
) -> Response {
    match Desk::of(&site, &staff, ProjectId(project)).await {
        Ok(desk) => desk.call(body).await,
        Err(response) => response,
    }
}

impl<'a> Desk<'a> {
    async fn of(site: &'a Site, staff: &'a Staff, project: ProjectId) -> Result<Self, Response> {
        let state = site.app.project_state(&project).await;
        let state = state.map_err(|error| site.trouble(&error, &staff.language))?;
        match state.and_then(|state| state.opened.as_ref().map(|opened| opened.client.clone())) {
            Some(client) => Ok(Self { site, staff, client, about: Some(project) }),
            None => Err(site.plain(StatusCode::NOT_FOUND, &staff.language, "gone")),
        }
    }

    async fn write(self, body: Body) -> Response {
        let posted = match read(self.site, self.staff, body).await {
            Ok(posted) => posted,
            Err(response) => return response,
        };
        match self.message(&posted) {
            Ok(said) => {
                let answer = self.site.app.write_to_client(&self.client, said).await;
                self.finish(posted, answer).await
            }
            Err(key) => {
                let said = Ui::of(self.site, self.staff).t(key);
                self.again(posted, said).await
            }
        }
    }

    async fn call(self, body: Body) -> Response {
        let posted = match read(self.site, self.staff, body).await {
            Ok(posted) => posted,
            Err(response) => return response,
        };
        let said = Some(posted.get("comment")).filter(|text| !text.is_empty());
        let content = said.map(|text| written(self.site, self.staff, text));
        let note = content.as_ref().map(Content::reference);
        let command = ClientCommand::NoteAnswer { how: Answered::Call, note };
        let along = Along { contents: content.into_iter().collect(), ..Along::default() };
        let command_id = command_id(self.staff, self.site, posted.token());
        let (at, by) = (self.site.now(), self.staff.actor());
        let answer = self.site.app.client(&self.client, Ask { command_id, at, by, command, along }).await;
        self.finish(posted, answer).await
    }

    /// The message of a form, or the key of what is wrong with it.
    fn message(&self, posted: &Posted) -> Result<ToClient, &'static str> {
        let text = posted.get("text");
        if text.is_empty() {
            return Err("ui-reply-empty");
        }
        if text.chars().count() > LONGEST {
            return Err("ui-reply-long");
        }
        let chosen = Some(posted.get("project")).filter(|id| !id.is_empty()).map(ProjectId::from);
        let project = self.about.clone().or(chosen);
        let next_step = match posted.get("by") {
            "" => None,
            day => Some(day.parse::<NaiveDate>().map_err(|_| "ui-reply-day")?),
        };
        if next_step.is_some() && project.is_none() {
            return Err("ui-reply-needs-project");
        }
        Ok(ToClient {
            command_id: command_id(self.staff, self.site, posted.token()),
            at: self.site.now(),
            by: self.staff.actor(),
            content: written(self.site, self.staff, text),
            project,
            next_step,
        })
    }

    async fn finish(self, posted: Posted, answer: Result<Answer, AppError>) -> Response {
        match answer {
            Ok(Answer::Done { .. } | Answer::AlreadySo) => {
                let to = self.about.as_ref().map_or_else(|| "/messages".to_owned(), talk_page::address);
                (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
            }
            Ok(Answer::Refused(refusal)) => match refused(self.site, self.staff, &refusal).await {
                Ok(said) => self.again(posted, said).await,
                Err(error) => self.site.trouble(&error, &self.staff.language),
            },
            Err(error) => self.site.trouble(&error, &self.staff.language),
        }
    }

    /// The page that the form came from, with what is wrong above and what was typed in its place.
    async fn again(self, posted: Posted, said: String) -> Response {
        let typed = Typed { client: self.client, said, posted };
        match &self.about {
            Some(project) => talk_page::page(self.site, self.staff, project, None, Some(&typed)).await,
            None => messages_page::page(self.site, self.staff, Some(&typed)).await,
        }
    }
}

async fn read(site: &Site, staff: &Staff, body: Body) -> Result<Posted, Response> {
    match body::read(body, LARGEST).await {
        Ok(body) => Ok(Posted::read(&body)),
        Err(_) => Err(site.plain(StatusCode::PAYLOAD_TOO_LARGE, &staff.language, "large")),
    }
}

/// The same for the same form: sent twice, it is one command.
pub(super) fn command_id(staff: &Staff, site: &Site, token: &str) -> String {
    let token = if token.is_empty() { site.token() } else { token.to_owned() };
    format!("web:{}:{token}", staff.person)
}

fn written(site: &Site, staff: &Staff, text: &str) -> Content {
    let id = ContentId(format!("c-{}", site.token()));
    Content::written(id, text, Some(staff.person.clone()), site.now())
}
