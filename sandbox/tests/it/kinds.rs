//! Files of every kind go out again as what they are; what is no file is copied.

use sandbox::{FileKind, SentFile};
use serde_json::json;

use crate::world::{GROUP, SOFIA, SUPER, World};

/// The kind, the method that sends it, and the method of another kind that refuses it.
const KINDS: [(FileKind, &str, &str); 8] = [
    (FileKind::Photo, "sendPhoto", "sendDocument"),
    (FileKind::Voice, "sendVoice", "sendDocument"),
    (FileKind::Document, "sendDocument", "sendPhoto"),
    (FileKind::Video, "sendVideo", "sendDocument"),
    (FileKind::Audio, "sendAudio", "sendDocument"),
    (FileKind::Animation, "sendAnimation", "sendPhoto"),
    (FileKind::VideoNote, "sendVideoNote", "sendDocument"),
    (FileKind::Sticker, "sendSticker", "sendDocument"),
];

fn parameter(method: &str) -> &'static str {
    match method {
        "sendPhoto" => "photo",
        "sendVoice" => "voice",
        "sendVideo" => "video",
        "sendAudio" => "audio",
        "sendAnimation" => "animation",
        "sendVideoNote" => "video_note",
        "sendSticker" => "sticker",
        _ => "document",
    }
}

#[tokio::test]
async fn each_kind_of_file_is_sent_again_by_its_own_method_and_by_no_other() {
    let world = World::start().await;
    for (kind, method, other) in KINDS {
        let id = world.sandbox.send_file(&SentFile::new(SOFIA, GROUP, kind)).unwrap();
        let sent = world.sandbox.messages(GROUP).into_iter().find(|message| message.id == id).unwrap();
        let file_id = sent.file.unwrap().file_id;
        let again = json!({"chat_id": SUPER, parameter(method): file_id, "caption": "Ось"});
        let shape = world.ok(method, again).await;
        assert!(!shape[parameter(method)].is_null(), "{method}: {shape}");
        let has_caption = !matches!(kind, FileKind::VideoNote | FileKind::Sticker);
        assert_eq!(shape["caption"] == "Ось", has_caption, "{method}");
        let wrong = json!({"chat_id": SUPER, parameter(other): file_id});
        let why = world.refused(other, wrong).await;
        assert!(why.starts_with("Bad Request: can't use file of type "), "{other}: {why}");
    }
}

#[tokio::test]
async fn a_place_on_the_map_is_copied_and_a_notice_is_not() {
    let world = World::start().await;
    let place = json!({"location": {"latitude": 50.45, "longitude": 30.52}});
    let id = world.sandbox.send_other(SOFIA, GROUP, &place, None).unwrap();
    let copy = json!({"chat_id": SUPER, "from_chat_id": GROUP, "message_id": id});
    world.ok("copyMessage", copy).await;
    assert_eq!(world.sandbox.last_message(SUPER).unwrap().other.as_deref(), Some("location"));
    world.sandbox.set_auto_delete(SOFIA, GROUP, 86_400).unwrap();
    let notice = world.sandbox.last_message(GROUP).unwrap();
    let copy = json!({"chat_id": SUPER, "from_chat_id": GROUP, "message_id": notice.id});
    assert_eq!(world.refused("copyMessage", copy).await, "Bad Request: message can't be copied");
}

#[tokio::test]
async fn several_messages_are_copied_in_their_order_without_those_that_are_gone() {
    let world = World::start().await;
    let first = world.sandbox.send_text(SOFIA, GROUP, "/один", None).unwrap();
    let second = world.sandbox.send_text(SOFIA, GROUP, "/два", None).unwrap();
    let ids = json!([first, second, 9_999]);
    let copies = json!({"chat_id": SUPER, "from_chat_id": GROUP, "message_ids": ids});
    let sent = world.ok("copyMessages", copies).await;
    assert_eq!(sent.as_array().unwrap().len(), 2);
    let texts: Vec<_> = world.sandbox.messages(SUPER).into_iter().map(|message| message.text).collect();
    assert!(texts.ends_with(&["/один".to_owned(), "/два".to_owned()]), "{texts:?}");
    let turned = json!({"chat_id": SUPER, "from_chat_id": GROUP, "message_ids": [second, first]});
    assert!(world.refused("copyMessages", turned).await.contains("strictly increasing order"));
}
