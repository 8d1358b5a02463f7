//! Door: whoever lacks the right of a page or an action is not let in, whether they look or act (G16).

use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use engine::app::{Along, AppError, Attempt};
use engine::domain::{ProjectId, Refusal, Right};
use maud::html;

use super::act::refused;
use super::frame::{Page, Ui, notice};
use super::routes::Needs;
use super::session::Staff;
use crate::site::Site;

/// What one entry of the table asks for.
#[derive(Clone)]
pub(super) struct Door {
    pub site: Site,
    pub needs: Needs,
}

/// Lets in whoever has the right; others read why not.
pub(super) async fn enter(State(door): State<Door>, request: Request, next: Next) -> Response {
    let Needs::Right(right) = door.needs else { return next.run(request).await };
    let (mut parts, body) = request.into_parts();
    let staff = match Staff::from_request_parts(&mut parts, &door.site).await {
        Ok(staff) => staff,
        Err(answer) => return answer,
    };
    let project = match RawPathParams::from_request_parts(&mut parts, &door.site).await {
        Ok(params) => params.iter().find(|(name, _)| *name == "project").map(|(_, id)| id.to_owned()),
        Err(_) => None,
    };
    match has(&door.site, &staff, right, project.map(ProjectId)).await {
        Ok(true) => {
            parts.extensions.insert(staff);
            next.run(Request::from_parts(parts, body)).await
        }
        Ok(false) => turn_away(&door.site, &staff, right, &parts.method).await,
        Err(error) => door.site.trouble(&error, &staff.language),
    }
}

/// Whether somebody has a right, in a project if it is about one.
pub(super) async fn has(
    site: &Site,
    staff: &Staff,
    right: Right,
    project: Option<ProjectId>,
) -> Result<bool, AppError> {
    let Some(project) = project.filter(|_| right == Right::Member) else { return Ok(staff.may(right)) };
    Ok(match site.app.project_state(&project).await? {
        Some(project) => right.reaches(&staff.person, &staff.roles, &project),
        // Nobody learns which projects there are: to those who watch all of them the page says that it is none.
        None => staff.may(right),
    })
}

async fn turn_away(site: &Site, staff: &Staff, right: Right, method: &Method) -> Response {
    let refusal = right.refusal("look");
    let said = match note(site, staff, &refusal, method).await {
        Ok(()) => refused(site, staff, &refusal).await,
        Err(error) => Err(error),
    };
    let said = match said {
        Ok(said) => said,
        Err(error) => return site.trouble(&error, &staff.language),
    };
    let title = Ui::of(site, staff).t("ui-no-right");
    let content = html! { h1 { (title) } (notice(&said)) };
    Page { site, staff, title: &title, place: "", live: false, content }.answer(StatusCode::FORBIDDEN).await
}

/// An attempt to act is on record as everywhere; a look changes nothing.
async fn note(site: &Site, staff: &Staff, refusal: &Refusal, method: &Method) -> Result<(), AppError> {
    if method != Method::POST {
        return Ok(());
    }
    let attempt = Attempt {
        command_id: format!("web:{}:{}", staff.person, site.token()),
        at: site.now(),
        by: staff.actor(),
        what: "page".to_owned(),
        refusal: refusal.clone(),
        along: Along::default(),
    };
    site.app.note_attempt(attempt).await
}
