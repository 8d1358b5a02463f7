//! The text that a client agrees to, exactly as it was sent (PF-80).

use sha2::{Digest, Sha256};

use super::{App, AppError};
use crate::domain::project::rules_slot;
use crate::domain::{ContentId, ProjectId, TaskId, Timestamp};
use crate::store::change::Content;

impl App {
    /// The text of one sending as the client read it; `None` if there was no such message.
    pub async fn shown_rules(
        &self,
        id: &ProjectId,
        (task, rules, sending): (&TaskId, &str, u32),
        at: Timestamp,
    ) -> Result<Option<Content>, AppError> {
        let Some(project) = self.project_state(id).await? else { return Ok(None) };
        let slot = rules_slot(&project, task, rules, sending);
        let parts = self.store().posted_parts(&slot).await?;
        if parts.is_empty() {
            return Ok(None);
        }
        let text = parts.into_iter().map(|part| part.text).collect::<Vec<_>>().join("\n\n");
        let sha256 = hex::encode(Sha256::digest(&text));
        Ok(Some(Content {
            // The same text is one content, however often it is agreed to.
            content: ContentId(format!("rules-{id}-{}", &sha256[..32])),
            person: None,
            kind: "rules".to_owned(),
            text,
            file_id: None,
            file_name: None,
            mime: None,
            size: None,
            sha256,
            created: at,
        }))
    }
}
