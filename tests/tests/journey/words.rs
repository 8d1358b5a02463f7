//! Every message that the code names stands in the message files.

use std::path::Path;

use journeys::desk;

/// How the names of messages begin; other texts with a dash are kinds, slots and the like.
const STARTS: [&str; 14] = [
    "page-",
    "staff-",
    "press-",
    "btn-",
    "approval-",
    "sendback-",
    "outage-",
    "digest-",
    "nothing-",
    "undo-",
    "chat-linked",
    "brief-",
    "decision-",
    "task-",
];

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push(text.split("#[cfg(test)]").next().unwrap_or_default().to_owned());
        }
    }
}

fn keys(source: &str) -> impl Iterator<Item = &str> {
    let is_key = |text: &&str| {
        let plain =
            text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') && !text.ends_with('-');
        plain && STARTS.iter().any(|start| text.starts_with(start))
    };
    source.split('"').skip(1).step_by(2).filter(is_key)
}

#[test]
fn the_bot_and_the_engine_never_ask_for_a_message_that_nobody_wrote() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let catalogue = desk::catalogue();
    let mut count = 0;
    for folder in ["bot/src", "engine/src/domain", "web/src"] {
        let mut texts = Vec::new();
        sources(&root.join(folder), &mut texts);
        for key in texts.iter().flat_map(|text| keys(text)) {
            assert!(catalogue.has(key), "{folder} says {key}, which stands in no message file");
            count += 1;
        }
    }
    assert!(count > 40, "only {count} names of messages were found");
}
