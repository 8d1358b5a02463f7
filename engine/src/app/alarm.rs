//! Alarms: what the staff must hear of although no project brought it about.

use super::{Along, App, AppError};
use crate::domain::{Arg, Timestamp};
use crate::store::change::{Cause, NewMessage, OutFace, Payload, Policy};
use crate::words::Saying;

impl App {
    /// Tells the staff chat, once per `dedupe`; nothing if there is no such chat.
    pub async fn alarm(
        &self,
        key: &str,
        args: &[(&str, String)],
        dedupe: String,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let desk = self.desk();
        let Some(chat) = desk.staff_chat else { return Ok(()) };
        let language = desk.agency.languages.first().cloned().unwrap_or_default();
        let said: Vec<(String, Arg)> =
            args.iter().map(|(name, value)| ((*name).to_owned(), Arg::Text(value.clone()))).collect();
        let said = (desk.render)(Saying { language: &language, key, args: &said })?;
        let arguments = args.iter().map(|(name, value)| ((*name).to_owned(), value.clone().into())).collect();
        let message = NewMessage {
            dedupe: dedupe.clone(),
            cause: Cause::None,
            chat,
            kind: "alarm".to_owned(),
            face: OutFace::Post,
            slot: None,
            reply_to: None,
            project: None,
            task: None,
            message_key: key.to_owned(),
            arguments: serde_json::Value::Object(arguments),
            language,
            payload: Payload { text: said.text, entities: said.entities, ..Payload::default() },
            ask: None,
            policy: Policy::AtLeastOnce,
            buttons: Vec::new(),
            quiet_zone: None,
        };
        self.settle(dedupe, now, Along { messages: vec![message], ..Along::default() }).await
    }
}
