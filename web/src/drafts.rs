//! Drafts: answers that are kept while a form is being filled in, whoever else saves at the same moment.

use engine::app::AppError;
use engine::domain::form::Typed;
use engine::domain::project::event::FilledBy;
use engine::store::forms::{Draft, Seen};

use crate::door::Room;
use crate::site::Site;

/// So often saving is tried when another device saves at the same moment.
const TRIES: usize = 5;

/// Keeps what `make` makes of the draft that is there, and answers what else it made and the version of the draft;
/// nothing if the form was handed in.
pub(crate) async fn keep<T>(
    site: &Site,
    room: &Room,
    make: impl Fn(Option<&Draft>) -> (Typed, T),
) -> Result<Option<(T, i64)>, AppError> {
    let (project, form, store) = (&room.link.project, &room.link.form, site.app.store());
    for _ in 0..TRIES {
        let now = site.again(room).await?;
        if now.handed_in().is_some() {
            return Ok(None);
        }
        let before = store.draft(project, form).await?;
        let (answers, made) = make(before.as_ref());
        let version = before.as_ref().map_or(0, |draft| draft.version);
        if before.is_some_and(|draft| draft.answers == answers) {
            return Ok(Some((made, version)));
        }
        let seen = Seen { project: now.project.version, draft: version };
        if store.save_draft(project, form, &answers, seen, (site.now(), FilledBy::Client)).await? {
            return Ok(Some((made, version + 1)));
        }
    }
    Err(AppError::Busy)
}
