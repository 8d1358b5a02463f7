//! Fingerprint: what was asked, hashed, so that a command asked again is told from another under its id.

use serde::Serialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::domain::Actor;

/// What the edge makes or looks up anew each time it asks for the same thing.
const MADE_ANEW: [(&str, &[&str]); 6] = [
    ("open_project", &["project"]),
    ("add_client", &["client", "languages"]),
    ("choose_language", &["languages"]),
    ("link_chat", &["chat_client"]),
    ("offer_link", &["expires"]),
    ("add_person", &["known", "profile_changed"]),
];

/// SHA-256 of who asked whom for what. A stream that the command itself begins is not known before it.
pub fn fingerprint<C: Serialize>(stream: &str, by: &Actor, order: &C) -> Result<String, serde_json::Error> {
    let mut order = serde_json::to_value(order)?;
    forget_contents(&mut order);
    let begins = forget_made_anew(&mut order);
    let asked = serde_json::to_string(&(if begins { "" } else { stream }, by, order))?;
    Ok(hex::encode(Sha256::digest(asked)))
}

/// Answers whether the command begins a stream.
fn forget_made_anew(order: &mut Json) -> bool {
    let name = order["command"].as_str().unwrap_or_default().to_owned();
    let Some(order) = order.as_object_mut() else { return false };
    for key in MADE_ANEW.iter().filter(|(command, _)| *command == name).flat_map(|(_, keys)| *keys) {
        order.remove(*key);
    }
    if let Some(definition) = order.get_mut("definition") {
        // The template may be edited between two tries.
        *definition = definition["service"].take();
    }
    matches!(name.as_str(), "open_project" | "add_client")
}

/// A comment or a file gets a new id each time it is handed over; its hash stays.
fn forget_contents(json: &mut Json) {
    match json {
        Json::Object(map) => {
            if map.contains_key("sha256") {
                map.remove("content");
            }
            map.values_mut().for_each(forget_contents);
        }
        Json::Array(items) => items.iter_mut().for_each(forget_contents),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::client::ClientCommand;
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::event::ContentRef;
    use crate::domain::{ClientId, ContentId, TaskId};

    fn print<C: Serialize>(stream: &str, order: &C) -> String {
        fingerprint(stream, &Actor::Operator, order).unwrap()
    }

    fn cancel(content: &str, sha256: &str) -> ProjectCommand {
        let reason = ContentRef { content: ContentId::from(content), sha256: sha256.into() };
        ProjectCommand::CancelTask { task: TaskId::from("ads"), reason }
    }

    #[test]
    fn another_stream_another_task_and_another_person_are_another_command() {
        let start = |task: &str| ProjectCommand::StartTask { task: TaskId::from(task) };
        let first = print("a", &start("ads"));
        assert_eq!(first, print("a", &start("ads")));
        assert_ne!(first, print("b", &start("ads")));
        assert_ne!(first, print("a", &start("report")));
        assert_ne!(first, print("a", &ProjectCommand::PauseTask { task: TaskId::from("ads") }));
        let olena = Actor::Person("olena".into());
        assert_ne!(first, fingerprint("a", &olena, &start("ads")).unwrap());
    }

    #[test]
    fn the_same_words_handed_over_again_are_the_same_command() {
        assert_eq!(print("a", &cancel("c-1", "aa")), print("a", &cancel("c-2", "aa")));
        assert_ne!(print("a", &cancel("c-1", "aa")), print("a", &cancel("c-1", "bb")));
    }

    #[test]
    fn a_client_added_again_under_a_new_id_is_the_same_command() {
        let add = |client: &str, name: &str| ClientCommand::AddClient {
            client: ClientId::from(client),
            name: name.into(),
            language: "uk".into(),
            languages: vec!["uk".into()],
        };
        assert_eq!(print("a", &add("ranok", "Ранок")), print("b", &add("ranok-2", "Ранок")));
        assert_ne!(print("a", &add("ranok", "Ранок")), print("a", &add("ranok", "Вечір")));
    }
}
